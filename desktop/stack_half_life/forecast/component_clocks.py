"""From a component and its churn profile to its clocks, at a date."""

import math
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from stack_half_life.domain.cycle_choice import cycles_out, followed_cycles
from stack_half_life.domain.facts import Nature, ReleaseCycle
from stack_half_life.domain.forces import Exposures, Force, Forces
from stack_half_life.domain.hyperparameters import Hyperparameters
from stack_half_life.domain.profile import ChurnProfile
from stack_half_life.domain.stack import Component, Override, Stack, UpgradePolicy
from stack_half_life.errors import ForecastError
from stack_half_life.forecast.exposures import EXPOSURES
from stack_half_life.forecast.history import released_on
from stack_half_life.forecast.overrides import overridden
from stack_half_life.forecast.simulation.clocks import (
    ComponentClocks,
    Habits,
    TechnologyClocks,
)
from stack_half_life.forecast.simulation.streams import StreamCache
from stack_half_life.forecast.technology_clocks import HeldTechnology, technology_clocks

SPEED_RANGE = (0.01, 100.0)
"""Clocks run at least and at most so many times as fast as in the data."""

_PROBLEMS_TOLD = 3
_CYCLES_TOLD = 8

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
    for component in stack.components:
        if component.name not in profiles:
            raise ForecastError(f"component “{component.name}” was given no churn profile")
    known = [profiles[component.name] for component in stack.components]
    pairs = list(zip(stack.components, known, strict=True))
    fits = [
        *(_fit_of_component(component, profile, stack, as_of) for component, profile in pairs),
        *(_fit_of_successor(component, profile, stack, as_of) for component, profile in pairs),
    ]
    clocks = _fitted(fits, hyper, streams)
    seen: dict[str, int] = {}
    found = []
    for place, (component, profile) in enumerate(pairs):
        occurrence = seen.get(profile.key, 0)
        seen[profile.key] = occurrence + 1
        habits = Habits(
            component.policy,
            component.upgrade_lag_years,
            is_hosted=profile.technology.nature in _HOSTED,
        )
        found.append(
            ComponentClocks(
                profile=profile.key,
                occurrence=occurrence,
                habits=habits,
                speed=clock_speed(component, stack.scenario.forces),
                now=clocks[place],
                successor=clocks[len(pairs) + place],
            )
        )
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Fit:
    """Clocks wanted: what they depend on, and the technology they are of, told when needed.

    profile: the facts they rest on; None for those of a whole layer.
    overrides: what the user set by hand.
    """

    key: Hashable
    profile: ChurnProfile | None
    held: Callable[[], HeldTechnology]
    overrides: tuple[Override, ...] = ()


def _fitted(
    fits: Sequence[_Fit], hyper: Hyperparameters, streams: StreamCache
) -> list[TechnologyClocks]:
    """The clocks wanted, those kept from earlier where there are any; others fitted together."""
    known: dict[Hashable, TechnologyClocks] = {}
    missing: dict[Hashable, _Fit] = {}
    for fit in fits:
        kept = streams.kept_clocks(fit.key, fit.profile, hyper)
        if kept is not None:
            known[fit.key] = kept
        else:
            missing[fit.key] = fit
    fresh = technology_clocks(_held(missing.values()), hyper)
    for fit, clocks in zip(missing.values(), fresh, strict=True):
        known[fit.key] = overridden(clocks, fit.overrides)
        streams.keep_clocks(fit.key, fit.profile, hyper, known[fit.key])
    return [known[fit.key] for fit in fits]


def _held(fits: Iterable[_Fit]) -> list[HeldTechnology]:
    """The technologies wanted; where some cannot be told, why not, in one line for several."""
    held: list[HeldTechnology] = []
    problems: list[str] = []
    for fit in fits:
        try:
            held.append(fit.held())
        except ForecastError as problem:
            problems.append(str(problem))
    if problems:
        more = f"; {len(problems) - _PROBLEMS_TOLD} more" if problems[_PROBLEMS_TOLD:] else ""
        raise ForecastError("; ".join(problems[:_PROBLEMS_TOLD]) + more)
    return held


def _fit_of_component(
    component: Component, profile: ChurnProfile, stack: Stack, as_of: date
) -> _Fit:
    def held() -> HeldTechnology:
        in_use = cycle_in_use(component, profile, as_of)
        followed = followed_cycles(profile.cycles, component.policy, in_use, as_of)
        out = cycles_out(followed, as_of)
        newest = out[-1] if in_use is not None and out else in_use
        since = _since(component, as_of)
        known = profile.model_copy(update={"cycles": followed})
        is_newest = component.cycle is None and in_use is newest
        is_on_newest = is_newest and in_use is not None and not in_use.is_lts
        return HeldTechnology(known, stack.kind, as_of, since, in_use, newest, is_on_newest)

    takes_latest = component.policy is UpgradePolicy.LATEST
    use = (component.cycle, takes_latest, component.in_use_since, component.overrides)
    return _Fit((profile.key, *use, stack.kind, as_of), profile, held, component.overrides)


def _fit_of_successor(
    component: Component, profile: ChurnProfile, stack: Stack, as_of: date
) -> _Fit:
    def held() -> HeldTechnology:
        return HeldTechnology(reference_profile(component, profile), stack.kind, as_of, as_of)

    nature = profile.technology.nature
    return _Fit(("successor", component.layer, nature, stack.kind, as_of), None, held)


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
    """The release cycle the component runs on: the one it names, else `assumed_cycle`.

    None where the profile has no cycle that is out.

    Raises:
        ForecastError: where the component names a cycle that the profile lacks or is not out yet.
    """
    cycle = profile.cycle_in_use(component, as_of)
    start = released_on(cycle) if cycle is not None else None
    if start is not None and start > as_of:
        raise ForecastError(
            f"component “{component.name}”: cycle “{component.cycle}” came out on "
            f"{start.isoformat()}, after the forecast's date {as_of.isoformat()}"
        )
    if cycle is not None or component.cycle is None or not profile.cycles:
        return cycle
    out = cycles_out(profile.cycles, as_of)
    finer = [cycle for cycle in out if cycle.cycle.startswith(f"{component.cycle}.")]
    which = f"the newest of {component.cycle}" if finer else "the newest known"
    known = ", ".join(cycle.cycle for cycle in reversed((finer or out)[-_CYCLES_TOLD:]))
    raise ForecastError(
        f"component “{component.name}”: {profile.key} has no release cycle "
        f"“{component.cycle}”; {which} are {known or 'not out at that date'}"
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
