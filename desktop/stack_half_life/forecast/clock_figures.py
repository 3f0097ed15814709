"""The fitted laws of a technology, boiled down to medians and intervals."""

import math
from collections.abc import Callable
from datetime import date

import numpy as np

from stack_half_life.domain.clock_figures import ClockFigure, ClockFigures, RemovalBasis
from stack_half_life.domain.dates import DAYS_PER_YEAR
from stack_half_life.domain.hyperparameters import Hyperparameters
from stack_half_life.domain.profile import ChurnProfile
from stack_half_life.domain.stack import ProductKind
from stack_half_life.forecast.breaking import history_of_breaks
from stack_half_life.forecast.evidence_end import last_seen_on
from stack_half_life.forecast.fitting import (
    breaking_law,
    cycle_law,
    end_law,
    manifest_law,
    removal_basis,
    support_law,
)
from stack_half_life.forecast.history import (
    cycle_history,
    support_durations,
)
from stack_half_life.forecast.laws import GapLaw
from stack_half_life.forecast.student import Floats

_LONGEST_YEARS = 200.0
"""Beyond this a quantile is not told: no history reaches near it."""

_DAYS = np.geomspace(1.0, _LONGEST_YEARS * DAYS_PER_YEAR, 600)
"""Where a law is looked at: once for all quantiles, since a list asks this of all technologies."""


def clock_figures(
    profile: ChurnProfile,
    hyper: Hyperparameters,
    as_of: date,
    kind: ProductKind = ProductKind.UNKNOWN,
) -> ClockFigures:
    """The figures of every clock, each counted from its own start."""
    removal, seen_on = manifest_law(profile, hyper, kind), last_seen_on(profile, as_of)
    basis, end = removal_basis(profile), end_law(profile, hyper, as_of)
    low, high = end.chance_bounds(10.0, np.array([0.05, 0.95])).tolist()
    is_by_manifests = basis in (RemovalBasis.MANIFESTS, RemovalBasis.IMAGES)
    spells = profile.tenure.spells if profile.tenure is not None and is_by_manifests else 0
    return ClockFigures(
        cycle_gap=_gap(
            cycle_law(profile, hyper, seen_on),
            len(cycle_history(profile.cycles, seen_on).gaps_days),
        ),
        breaking_gap=_gap_under_way(
            breaking_law(profile, hyper, seen_on),
            len(history_of_breaks(profile.cycles, seen_on).gaps_days),
        ),
        support=_gap(
            support_law(profile, hyper, seen_on).duration,
            len(support_durations(profile.cycles, seen_on, is_lts=False)),
        ),
        in_manifest=_figure(removal.quantile, spells),
        removal_basis=basis,
        end_within_ten_years=float(1.0 - end.survival(np.array(10.0))),
        end_within_ten_years_p5=low,
        end_within_ten_years_p95=high,
    )


def _gap(law: GapLaw, observations: int) -> ClockFigure:
    reached = np.maximum.accumulate(1.0 - law.survival_of_gap(_DAYS))
    return _figure(lambda probability: _years_until(reached, probability), max(observations, 0))


def _gap_under_way(law: GapLaw, observations: int) -> ClockFigure:
    """Of the whole gap that is under way: a technology long without an event is no longer fast."""
    reached = np.maximum.accumulate(1.0 - law.survival(_DAYS))
    elapsed_years = law.elapsed_days / DAYS_PER_YEAR
    return _figure(
        lambda probability: elapsed_years + _years_until(reached, probability),
        max(observations, 0),
    )


def _years_until(reached: Floats, probability: float) -> float:
    """The time by which a curve over `_DAYS` reaches a probability, to a thousandth of itself."""
    after = int(np.searchsorted(reached, probability))
    if after == len(_DAYS):
        return math.inf
    if after == 0:
        return float(_DAYS[0]) / DAYS_PER_YEAR
    log_days = np.interp(
        probability, reached[after - 1 : after + 1], np.log(_DAYS[after - 1 : after + 1])
    )
    return math.exp(float(log_days)) / DAYS_PER_YEAR


def _figure(quantile: Callable[[float], float], observations: int) -> ClockFigure:
    p10, median, p90 = (_told(quantile(probability)) for probability in (0.1, 0.5, 0.9))
    return ClockFigure(median_years=median, p10_years=p10, p90_years=p90, observations=observations)


def _told(years: float) -> float | None:
    return years if years <= _LONGEST_YEARS else None
