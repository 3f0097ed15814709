"""Gaps shrunk to what the covariates suggest: the figures of gap laws, many at once.

y = ln max(g, 7), weights λ^lag, ȳ and s² their weighted mean and unbiased variance,
n_e = (Σw)²/Σw², ν = max(n_e − 1, 0);
σ² = (d₀s₀² + νs²)/(d₀ + ν), V = 1/(1/τ² + n_e/σ²), μ = V(m/τ² + n_e ȳ/σ²);
ln gap ~ μ + √(σ² + V) t_{d₀+ν}, mixed with a Lomax tail of shape 1 + Σw', scale G + Σw'g, with the
pooled curve, and with the chance of never. The tail's log odds fall with ν/2 · ln(s²/(π²/6)), the
log likelihood that regular gaps hold against memoryless ones.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from stack_half_life.domain.hyperparameters import GapHyperparameters
from stack_half_life.forecast.fitting.covariates import COVARIATES
from stack_half_life.forecast.laws import log_student_survival, lomax_survival
from stack_half_life.forecast.student import Floats

SHORTEST_GAP_DAYS = 7.0
MOST_GAPS = 60
REGULARITY = "regularity"
"""Coefficient in `lomax_logit` of what the spread of a history says against a memoryless tail."""

_MEMORYLESS_VARIANCE = math.pi**2 / 6.0
_LEAST_SPREAD = 0.01


@dataclass(frozen=True, slots=True)
class GapTable:
    """Histories side by side.

    Always of one width, so that a row's figures are the same to the last bit in any company.

    gaps_days: (n, MOST_GAPS), newest first, 1 where is_known is False.
    elapsed_days: (n,).  day_of_year: (n,), of the date.  covariates: (n, covariates).
    class_names: n reference classes.
    """

    gaps_days: Floats
    is_known: NDArray[np.bool_]
    elapsed_days: Floats
    day_of_year: Floats
    covariates: Floats
    class_names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LawFigures:
    """The figures of n gap laws, each (n,); weights before "never" and among them sum to 1."""

    location: Floats
    variance: Floats
    location_variance: Floats
    degrees: Floats
    lomax_weight: Floats
    lomax_shape: Floats
    lomax_scale_days: Floats
    pooled_weight: Floats
    never: Floats


def gap_table(
    histories: Sequence[tuple[Sequence[float], float]],
    dates: Sequence[date],
    covariates: Sequence[Floats],
    class_names: Sequence[str],
) -> GapTable:
    """A table of (gaps newest last, elapsed days) with covariates and reference classes."""
    table = np.ones((len(histories), MOST_GAPS))
    known = np.zeros((len(histories), MOST_GAPS), bool)
    for row, (gaps, _) in enumerate(histories):
        newest_first = gaps[: -MOST_GAPS - 1 : -1]
        table[row, : len(newest_first)] = newest_first
        known[row, : len(newest_first)] = True
    return GapTable(
        np.where(known, np.maximum(table, SHORTEST_GAP_DAYS), 1.0),
        known,
        np.maximum(np.array([elapsed for _, elapsed in histories], float), 0.0),
        np.array([day.timetuple().tm_yday for day in dates], float),
        np.array(covariates).reshape(len(histories), len(COVARIATES)),
        tuple(class_names),
    )


def law_figures(table: GapTable, hyper: GapHyperparameters) -> LawFigures:
    """The laws' figures from histories and hyper-parameters."""
    z = table.covariates
    offsets = np.array([hyper.class_offsets.get(name, 0.0) for name in table.class_names])
    m = linear(z, hyper.location) + offsets
    mean, effective, spread = _moments(table, hyper.recency)
    nu = np.maximum(effective - 1.0, 0.0)
    degrees = hyper.variance_degrees + nu
    prior_variance = np.exp(linear(z, hyper.log_variance))
    variance = (hyper.variance_degrees * prior_variance + nu * spread) / degrees
    precision = 1.0 / hyper.location_variance
    location_variance = 1.0 / (precision + effective / variance)
    tail = _lag_weights(table.is_known, hyper.lomax_recency)
    pooled = _logistic(linear(z, hyper.pooled_logit))
    lomax_log_odds = linear(z, hyper.lomax_logit)
    lomax_log_odds += hyper.lomax_logit.get(REGULARITY, 0.0) * _log_evidence(nu, spread)
    return LawFigures(
        location=location_variance * (m * precision + effective * mean / variance),
        variance=variance,
        location_variance=location_variance,
        degrees=degrees,
        lomax_weight=(1.0 - pooled) * _logistic(lomax_log_odds),
        lomax_shape=1.0 + tail.sum(axis=1),
        lomax_scale_days=np.exp(m + hyper.log_lomax_scale) + (tail * table.gaps_days).sum(axis=1),
        pooled_weight=pooled,
        never=_logistic(linear(z, hyper.never_logit)),
    )


def survival_of_gaps(figures: LawFigures, pooled_survival: Floats, days: Floats) -> Floats:
    """P(gap > days) of n laws before conditioning, (n, g); pooled_survival at days, (n, g)."""
    column = {name: getattr(figures, name)[:, None] for name in LawFigures.__slots__}
    student = log_student_survival(
        days,
        column["location"],
        column["variance"] + column["location_variance"],
        column["degrees"],
    )
    lomax = lomax_survival(days, column["lomax_shape"], column["lomax_scale_days"])
    weight, pooled = column["lomax_weight"], column["pooled_weight"]
    mixed = (1.0 - weight - pooled) * student + weight * lomax + pooled * pooled_survival
    never: Floats = column["never"]
    survival: Floats = never + (1.0 - never) * mixed
    return survival


def mean_log_gaps(table: GapTable, recency: float) -> Floats:
    """ȳ, the weighted mean of each history's log gaps, (n,); 0 without a gap."""
    return _moments(table, recency)[0]


def linear(covariates: Floats, coefficients: Mapping[str, float]) -> Floats:
    """Σ coefficient · covariate, (n,)."""
    vector = np.array([coefficients.get(name, 0.0) for name in COVARIATES])
    total: Floats = (covariates * vector).sum(axis=1)
    return total


def _logistic(log_odds: Floats) -> Floats:
    value: Floats = 1.0 / (1.0 + np.exp(-np.clip(log_odds, -30.0, 30.0)))
    return value


def _log_evidence(nu: Floats, spread: Floats) -> Floats:
    """ν/2 · ln(s²/(π²/6)), (n,): below 0 where gaps vary less than memoryless ones would."""
    evidence: Floats = 0.5 * nu * np.log((spread + _LEAST_SPREAD) / _MEMORYLESS_VARIANCE)
    return evidence


def weighted_moments(
    logs: Floats, is_known: NDArray[np.bool_], recency: float
) -> tuple[Floats, Floats, Floats]:
    """Weighted mean, effective number n_e and unbiased variance of each row, (n,) each.

    logs, is_known: (n, gaps), newest first.
    """
    weights = _lag_weights(is_known, recency)
    total, squares = weights.sum(axis=1), (weights**2).sum(axis=1)
    some = total > 0.0
    safe = np.where(some, total, 1.0)
    mean = (weights * logs).sum(axis=1) / safe
    effective = np.where(some, total**2 / np.where(some, squares, 1.0), 0.0)
    freedom = total - squares / safe
    several = freedom > 1e-12
    deviation = (weights * (logs - mean[:, None]) ** 2).sum(axis=1)
    spread = np.where(several, deviation / np.where(several, freedom, 1.0), 0.0)
    return mean, effective, spread


def _lag_weights(is_known: NDArray[np.bool_], recency: float) -> Floats:
    """λ^lag where a gap is known, else 0, (n, gaps)."""
    lags = np.arange(is_known.shape[1], dtype=float)
    return np.where(is_known, np.power(recency, lags), 0.0)


def _moments(table: GapTable, recency: float) -> tuple[Floats, Floats, Floats]:
    return weighted_moments(np.log(table.gaps_days), table.is_known, recency)
