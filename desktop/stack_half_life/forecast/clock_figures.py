"""The fitted laws of a technology, boiled down to medians and intervals."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import numpy as np

from stack_half_life.domain.clock_figures import ClockFigure, ClockFigures
from stack_half_life.domain.dates import DAYS_PER_YEAR
from stack_half_life.domain.hyperparameters import Hyperparameters
from stack_half_life.domain.profile import ChurnProfile
from stack_half_life.domain.stack import ProductKind
from stack_half_life.forecast.fitting import (
    breaking_law,
    cycle_law,
    end_law,
    removal_law,
    support_law,
)
from stack_half_life.forecast.history import (
    any_cycle_dates,
    breaking_cycle_dates,
    support_durations,
)
from stack_half_life.forecast.laws import GapLaw

_LONGEST_YEARS = 200.0
"""Beyond this a quantile is not told: no history reaches near it."""


def clock_figures(
    profile: ChurnProfile,
    hyper: Hyperparameters,
    as_of: date,
    kind: ProductKind = ProductKind.UNKNOWN,
) -> ClockFigures:
    """The figures of every clock, each gap counted from its own start."""
    removal = removal_law(profile, hyper, kind)
    tenure = profile.tenure
    return ClockFigures(
        cycle_gap=_gap(
            cycle_law(profile, hyper, as_of), len(any_cycle_dates(profile.cycles, as_of)) - 1
        ),
        breaking_gap=_gap(
            breaking_law(profile, hyper, as_of),
            len(breaking_cycle_dates(profile.cycles, as_of)) - 1,
        ),
        support=_gap(
            support_law(profile, hyper, as_of).duration,
            len(support_durations(profile.cycles, as_of, is_lts=False)),
        ),
        in_manifest=_figure(removal.quantile, tenure.spells if tenure is not None else 0),
        end_within_ten_years=float(1.0 - end_law(profile, hyper, as_of).survival(np.array(10.0))),
    )


def _gap(law: GapLaw, observations: int) -> ClockFigure:
    fresh = replace(law, elapsed_days=0.0)
    return _figure(lambda p: fresh.quantile(p) / DAYS_PER_YEAR, max(observations, 0))


def _figure(quantile: Callable[[float], float], observations: int) -> ClockFigure:
    p10, median, p90 = (_told(quantile(probability)) for probability in (0.1, 0.5, 0.9))
    return ClockFigure(median_years=median, p10_years=p10, p90_years=p90, observations=observations)


def _told(years: float) -> float | None:
    return years if years <= _LONGEST_YEARS else None
