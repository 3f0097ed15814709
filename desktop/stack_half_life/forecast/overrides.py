"""Clocks with the medians that a user set by hand."""

import math
from collections.abc import Iterable
from dataclasses import replace

from stack_half_life.domain.dates import DAYS_PER_YEAR
from stack_half_life.domain.stack import OverriddenFigure, Override
from stack_half_life.forecast.breaking import Breaking
from stack_half_life.forecast.laws import (
    NO_SUCCESSOR_RULE,
    CycleSupport,
    EmpiricalPart,
    GapLaw,
    LogStudentPart,
    Part,
)
from stack_half_life.forecast.simulation.clocks import TechnologyClocks

"""Durations alone decide when support ends."""


def overridden(clocks: TechnologyClocks, overrides: Iterable[Override]) -> TechnologyClocks:
    """The clocks with the medians that the user set by hand."""
    for override in overrides:
        days = override.value_years * DAYS_PER_YEAR
        match override.figure:
            case OverriddenFigure.CYCLE_GAP_YEARS:
                clocks = replace(clocks, cycle=with_median(clocks.cycle, days))
            case OverriddenFigure.BREAKING_GAP_YEARS:
                clocks = replace(
                    clocks,
                    breaking=with_median(clocks.breaking, days),
                    breaks=Breaking.BY_CLOCK,
                )
            case OverriddenFigure.SUPPORT_YEARS:
                law = clocks.support
                clocks = replace(
                    clocks,
                    support=replace(
                        law, duration=with_median(law.duration, days), successor=NO_SUCCESSOR_RULE
                    ),
                    in_use=_support_with_median(clocks.in_use, days),
                    newest=_support_with_median(clocks.newest, days),
                )
            case OverriddenFigure.REPLACEMENT_HALF_LIFE_YEARS:
                clocks = replace(clocks, replacement_half_life_years=override.value_years)
    return clocks


def _support_with_median(cycle: CycleSupport | None, days: float) -> CycleSupport | None:
    return None if cycle is None else replace(cycle, remaining=with_median(cycle.remaining, days))


def with_median(law: GapLaw, median_days: float) -> GapLaw:
    """The law stretched so that a whole gap has this median, conditioned as before."""
    present = replace(law, elapsed_days=0.0).quantile(0.5)
    if not math.isfinite(present):
        return law
    factor = median_days / present
    return replace(law, parts=tuple(_stretched(part, factor) for part in law.parts))


def _stretched(part: Part, factor: float) -> Part:
    if isinstance(part, LogStudentPart):
        return replace(part, location=part.location + math.log(factor))
    if isinstance(part, EmpiricalPart):
        return replace(part, ages_days=tuple(age * factor for age in part.ages_days))
    return replace(part, scale_days=part.scale_days * factor)
