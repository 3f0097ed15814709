"""What the timeline shows of each component, as plain values."""

from dataclasses import dataclass
from datetime import date

from stack_half_life.domain.dates import PartialDate, years_between
from stack_half_life.domain.facts import ReleaseCycle, SupportState
from stack_half_life.domain.grouping import by_layer
from stack_half_life.domain.layers import Layer
from stack_half_life.domain.profile import ChurnProfile
from stack_half_life.domain.results import ComponentForecast, EventWindow, Forecast
from stack_half_life.domain.stack import Component, Override
from stack_half_life.services.assess import Assessment


@dataclass(frozen=True, slots=True)
class CycleMark:
    """A release cycle's beginning or end on the axis, in years from the forecast's date."""

    cycle: str
    at_years: float
    when: PartialDate


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """One component: facts (years below 0 lie in the past) and expectations.

    announced_end: end of support or shutdown announced for the cycle in use.
    is_unsupported: support of the cycle in use has ended, at `ended` where the day is known.
    first_rework_years: median of the first upgrade, replacement or knock-on, where reached.
    in_place: (years, share of futures that have not replaced it), over the horizon.
    """

    name: str
    layer: Layer
    cycle: str
    matched: bool
    in_use_from_years: float
    releases: tuple[CycleMark, ...]
    support_ends: tuple[CycleMark, ...]
    announced_end: CycleMark | None
    is_unsupported: bool
    ended: CycleMark | None
    upgrades: tuple[EventWindow, ...]
    replacements: tuple[EventWindow, ...]
    in_place: tuple[tuple[float, float], ...]
    first_rework_years: float | None = None
    overrides: tuple[Override, ...] = ()


def timeline_rows(assessment: Assessment) -> tuple[TimelineRow, ...]:
    """The rows in the order the stack is drawn in."""
    forecasts = {each.name: each for each in assessment.forecast.components}
    return tuple(
        _row(
            component,
            assessment.profiles[component.name],
            forecasts[component.name],
            assessment.forecast,
        )
        for _layer, inside in by_layer(assessment.stack)
        for component in inside
        if component.name in forecasts
    )


def _row(
    component: Component, profile: ChurnProfile, forecast: ComponentForecast, whole: Forecast
) -> TimelineRow:
    as_of = whole.as_of
    cycle = profile.cycle_in_use(component, as_of)
    since = component.in_use_since
    end = _mark(cycle, cycle.support_ends_on, as_of) if cycle else None
    is_over = end is not None and end.at_years <= 0
    dated = [each for each in profile.cycles if each.support is SupportState.DATED]
    return TimelineRow(
        name=component.name,
        layer=component.layer,
        cycle=cycle.cycle if cycle else (component.cycle or ""),
        matched=forecast.matched,
        in_use_from_years=years_between(as_of, since.midpoint) if since else 0.0,
        releases=_past([_mark(each, each.released_on, as_of) for each in profile.cycles]),
        support_ends=_past([_mark(each, each.support_ends_on, as_of) for each in dated]),
        announced_end=None if is_over else end,
        is_unsupported=is_over
        or (cycle is not None and cycle.support is SupportState.ENDED_DATE_UNKNOWN),
        ended=end if is_over else None,
        upgrades=forecast.upgrades,
        replacements=forecast.replacements,
        in_place=tuple(zip(whole.grid_years, forecast.in_place_share, strict=True)),
        first_rework_years=forecast.first_rework_years.p50,
        overrides=component.overrides,
    )


def _mark(cycle: ReleaseCycle, when: PartialDate | None, as_of: date) -> CycleMark | None:
    if when is None:
        return None
    return CycleMark(cycle.cycle, years_between(as_of, when.midpoint), when)


def _past(marks: list[CycleMark | None]) -> tuple[CycleMark, ...]:
    found = [mark for mark in marks if mark is not None and mark.at_years <= 0]
    return tuple(sorted(found, key=lambda mark: mark.at_years))
