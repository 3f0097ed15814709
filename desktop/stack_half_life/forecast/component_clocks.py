"""From a component and its churn profile to its clocks, at a date."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from stack_half_life.domain.dates import DAYS_PER_YEAR, years_between
from stack_half_life.domain.facts import Evidence, Nature, ReleaseCycle
from stack_half_life.domain.forces import Exposures, Force, Forces
from stack_half_life.domain.hyperparameters import Hyperparameters
from stack_half_life.domain.profile import ChurnProfile
from stack_half_life.domain.stack import Component, OverriddenFigure, Stack
from stack_half_life.errors import ForecastError
from stack_half_life.forecast.breaking import Breaking, breaking_of
from stack_half_life.forecast.fitting import (
    breaking_law,
    cycle_law,
    cycle_support,
    end_law,
    removal_law,
    support_law,
)
from stack_half_life.forecast.history import (
    any_cycle_dates,
    breaking_cycle_dates,
    newer_cycle_dates,
    released_on,
)
from stack_half_life.forecast.laws import (
    CycleSupport,
    EmpiricalPart,
    GapLaw,
    LogStudentPart,
    Part,
    SuccessorRule,
)
from stack_half_life.forecast.neighbours import EXPOSURES
from stack_half_life.forecast.simulation.clocks import (
    ComponentClocks,
    Habits,
    TechnologyClocks,
)
from stack_half_life.forecast.simulation.streams import StreamCache

SPEED_RANGE = (0.01, 100.0)
"""Clocks run at least and at most so many times as fast as in the data."""

NO_RULE = SuccessorRule(0.0, ())
"""Durations alone decide when support ends."""

_HOSTED = frozenset({Nature.HOSTED_MODEL, Nature.HOSTED_SERVICE})


def clocks_of_stack(
    stack: Stack,
    profiles: Mapping[str, ChurnProfile],
    hyper: Hyperparameters,
    as_of: date,
    streams: StreamCache,
) -> tuple[ComponentClocks, ...]:
    """The clocks of every component, in the stack's order.

    Raises:
        ForecastError: where a component has no profile, or names a cycle its profile lacks.
    """
    seen: dict[str, int] = {}
    clocks = []
    for component in stack.components:
        profile = profiles.get(component.name)
        if profile is None:
            raise ForecastError(f"component “{component.name}” was given no churn profile")
        occurrence = seen.get(profile.key, 0)
        seen[profile.key] = occurrence + 1
        clocks.append(_clocks(component, occurrence, profile, stack, hyper, as_of, streams))
    return tuple(clocks)


def _clocks(
    component: Component,
    occurrence: int,
    profile: ChurnProfile,
    stack: Stack,
    hyper: Hyperparameters,
    as_of: date,
    streams: StreamCache,
) -> ComponentClocks:
    use = (component.cycle, component.in_use_since, component.overrides, stack.kind, as_of)
    return ComponentClocks(
        profile=profile.key,
        occurrence=occurrence,
        habits=Habits(
            component.policy,
            component.upgrade_lag_years,
            is_hosted=profile.technology.nature in _HOSTED,
        ),
        speed=clock_speed(component, stack.scenario.forces),
        now=streams.clocks(
            use, profile, hyper, lambda: _now(component, profile, stack, hyper, as_of)
        ),
        successor=streams.clocks(
            (component.layer, stack.kind, as_of),
            profile,
            hyper,
            lambda: _successor(component, profile, stack, hyper, as_of),
        ),
    )


def _successor(
    component: Component,
    profile: ChurnProfile,
    stack: Stack,
    hyper: Hyperparameters,
    as_of: date,
) -> TechnologyClocks:
    reference = reference_profile(component, profile)
    return TechnologyClocks(
        cycle=cycle_law(reference, hyper, as_of),
        breaking=breaking_law(reference, hyper, as_of),
        support=support_law(reference, hyper, as_of),
        removal=removal_law(reference, hyper, stack.kind),
        end=end_law(reference, hyper, as_of),
    )


def reference_profile(component: Component, profile: ChurnProfile) -> ChurnProfile:
    """What is known of a successor that nobody can name: the component's layer, and no facts."""
    layer = component.layer
    technology = profile.technology.model_copy(update={"key": layer.value, "layer": layer})
    return ChurnProfile(technology=technology, reference_class=layer.value, is_matched=False)


def clock_speed(component: Component, forces: Forces) -> float:
    """exp(Σ exposure · ln intensity), within `SPEED_RANGE`."""
    exposures = exposures_of(component)
    total = sum(exposures.exposure(force) * math.log(forces.intensity(force)) for force in Force)
    return min(max(math.exp(total), SPEED_RANGE[0]), SPEED_RANGE[1])


def exposures_of(component: Component) -> Exposures:
    """The component's own exposures, or those assumed of its layer."""
    return EXPOSURES[component.layer] if component.exposures is None else component.exposures


def cycle_in_use(component: Component, profile: ChurnProfile, as_of: date) -> ReleaseCycle | None:
    """The release cycle the component runs on: the one it names, else the newest out at the date.

    None where the profile has no cycle that is out.

    Raises:
        ForecastError: where the component names a cycle that the profile lacks or is not out yet.
    """
    out = _cycles_out(profile.cycles, as_of)
    if component.cycle is None:
        return out[-1] if out else None
    for cycle in profile.cycles:
        if cycle.cycle == component.cycle:
            start = released_on(cycle)
            if start is not None and start > as_of:
                raise ForecastError(
                    f"component “{component.name}”: cycle “{component.cycle}” came out on "
                    f"{start.isoformat()}, after the forecast's date {as_of.isoformat()}"
                )
            return cycle
    if not profile.cycles:
        return None
    known = ", ".join(cycle.cycle for cycle in reversed(out[-8:])) or "none is out at that date"
    raise ForecastError(
        f"component “{component.name}”: {profile.key} has no release cycle "
        f"“{component.cycle}”; the newest known are {known}"
    )


def _since(component: Component, as_of: date) -> date:
    """Since when the component is in use; what is not told is new at the date."""
    since = component.in_use_since
    if since is None:
        return as_of
    if since.earliest > as_of:
        raise ForecastError(
            f"component “{component.name}”: in_use_since is {since}, after the forecast's date "
            f"{as_of.isoformat()}; a date up to then is allowed"
        )
    return since.midpoint


def _cycles_out(cycles: Sequence[ReleaseCycle], as_of: date) -> list[ReleaseCycle]:
    """Cycles released up to a date, oldest first."""
    dated = [(start, cycle) for cycle in cycles if (start := released_on(cycle)) and start <= as_of]
    return [cycle for _, cycle in sorted(dated, key=lambda item: item[0])]


def _now(
    component: Component,
    profile: ChurnProfile,
    stack: Stack,
    hyper: Hyperparameters,
    as_of: date,
) -> TechnologyClocks:
    cycle = cycle_in_use(component, profile, as_of)
    known = _known_at(profile, as_of)
    out = _cycles_out(profile.cycles, as_of)
    since = _since(component, as_of)
    breaks = breaking_of(profile.cycles, as_of)
    clocks = TechnologyClocks(
        cycle=cycle_law(profile, hyper, as_of),
        breaking=breaking_law(profile, hyper, as_of),
        support=support_law(profile, hyper, as_of, is_lts=cycle.is_lts if cycle else False),
        removal=removal_law(profile, hyper, stack.kind),
        end=end_law(known, hyper, as_of),
        in_use=cycle_support(profile, hyper, as_of, cycle) if cycle else None,
        newest=cycle_support(profile, hyper, as_of, out[-1]) if cycle and out else None,
        newer_breaking_years_ago=(
            () if breaks is Breaking.EVERY else _newer_breaking(cycle, profile, as_of)
        ),
        breaks=breaks,
        newer_cycle_years_ago=_newer_cycle(cycle, profile, as_of),
        tenure_years=max(years_between(since, as_of), 0.0),
    )
    if clocks.newest is None and clocks.in_use is not None:
        clocks = replace(clocks, newest=clocks.in_use)
    return _overridden(clocks, component)


def _known_at(profile: ChurnProfile, as_of: date) -> ChurnProfile:
    """The profile without an end that nobody could know of at the date."""
    end = profile.end
    if end is None or end.ended_on.midpoint <= as_of or _retrieved(end.evidence) <= as_of:
        return profile
    return profile.model_copy(update={"end": None})


def _retrieved(evidence: Evidence) -> date:
    return evidence.retrieved_on


def _newer_breaking(
    cycle: ReleaseCycle | None, profile: ChurnProfile, as_of: date
) -> tuple[float, ...]:
    start = released_on(cycle) if cycle is not None else None
    if start is None:
        return ()
    return tuple(
        years_between(day, as_of)
        for day in breaking_cycle_dates(profile.cycles, as_of)
        if day > start
    )


def _newer_cycle(cycle: ReleaseCycle | None, profile: ChurnProfile, as_of: date) -> float:
    """Years since the first cycle newer than the one in use came out; 0 where none is."""
    newer = newer_cycle_dates(cycle, any_cycle_dates(profile.cycles, as_of)) if cycle else ()
    return years_between(newer[0], as_of) if newer else 0.0


def _overridden(clocks: TechnologyClocks, component: Component) -> TechnologyClocks:
    """The clocks with the medians that the user set by hand."""
    for override in component.overrides:
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
                        law, duration=with_median(law.duration, days), successor=NO_RULE
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
