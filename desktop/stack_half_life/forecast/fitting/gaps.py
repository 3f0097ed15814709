"""One technology's gaps, shrunk to its reference class, as a gap law (DESIGN of the clocks).

y = ln max(g, 7), weights λ^lag, ȳ and s² their weighted mean and unbiased variance,
n_e = (Σw)²/Σw², ν = max(n_e − 1, 0);
σ² = (d₀s₀² + νs²)/(d₀ + ν), V = 1/(1/τ² + n_e/σ²), μ = V(m/τ² + n_e ȳ/σ²);
ln gap ~ μ + √(σ² + V) t_{d₀+ν}, mixed with a Lomax tail of shape 1 + Σw', scale G + Σw'g.
"""

import math
from collections.abc import Sequence

import numpy as np

from stack_half_life.domain.hyperparameters import GapHyperparameters, GapPrior
from stack_half_life.forecast.laws import EmpiricalPart, GapLaw, LogStudentPart, LomaxPart, Part
from stack_half_life.forecast.student import Floats

SHORTEST_GAP_DAYS = 7.0
MOST_GAPS = 200


def gap_law(
    gaps_days: Sequence[float],
    elapsed_days: float,
    hyper: GapHyperparameters,
    prior: GapPrior,
) -> GapLaw:
    """The law of the gap under way, from past gaps (newest last) and the days since the last."""
    gaps = np.maximum(np.array(gaps_days[-MOST_GAPS:], float), SHORTEST_GAP_DAYS)
    lags = np.arange(len(gaps), dtype=float)[::-1]
    short = len(gaps) <= 1
    lomax_weight = hyper.lomax_weight_short if short else hyper.lomax_weight
    tail_weights = np.power(hyper.lomax_recency, lags)
    pooled = hyper.pooled_share_short if short and prior.pooled_ages_days else 0.0
    student = _student(np.log(gaps), np.power(hyper.recency, lags), prior)
    parts: list[Part] = [
        LogStudentPart((1.0 - pooled) * (1.0 - lomax_weight), *student),
        LomaxPart(
            (1.0 - pooled) * lomax_weight,
            shape=1.0 + float(tail_weights.sum()),
            scale_days=prior.lomax_days + float(tail_weights @ gaps),
        ),
    ]
    if pooled:
        parts.append(EmpiricalPart(pooled, prior.pooled_ages_days, prior.pooled_survival))
    return GapLaw(
        tuple(part for part in parts if part.weight > 0.0),
        never=hyper.never,
        elapsed_days=max(elapsed_days, 0.0),
    )


def _student(
    logs: Floats,
    weights: Floats,
    prior: GapPrior,
) -> tuple[float, float, float, float]:
    """Location, variance, location variance and degrees of the Student part."""
    m = math.log(prior.location_days)
    if not len(logs):
        return m, prior.variance, prior.location_variance, prior.variance_degrees
    total = float(weights.sum())
    squares = float((weights**2).sum())
    mean = float(weights @ logs) / total
    effective = total**2 / squares
    degrees = max(effective - 1.0, 0.0)
    spread = 0.0
    if degrees > 0.0:
        spread = float(weights @ (logs - mean) ** 2) / (total - squares / total)
    pooled_degrees = prior.variance_degrees + degrees
    variance = (prior.variance_degrees * prior.variance + degrees * spread) / pooled_degrees
    location_variance = 1.0 / (1.0 / prior.location_variance + effective / variance)
    location = location_variance * (m / prior.location_variance + effective * mean / variance)
    return location, variance, location_variance, pooled_degrees
