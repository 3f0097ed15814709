"""What the reader of a forecast must be told: assumptions in force and clocks without evidence."""

from collections.abc import Mapping
from datetime import date

from stack_half_life.domain.forces import Force
from stack_half_life.domain.profile import ChurnProfile
from stack_half_life.domain.stack import Component, OverriddenFigure, Stack, UpgradePolicy
from stack_half_life.forecast.breaking import Breaking, breaking_of
from stack_half_life.forecast.component_clocks import SPEED_RANGE, clock_speed
from stack_half_life.forecast.fitting import RemovalBasis, removal_basis
from stack_half_life.forecast.own_evidence import own_evidence
from stack_half_life.forecast.simulation.clocks import UPGRADE_REST_YEARS


def caveats_of(
    stack: Stack,
    profiles: Mapping[str, ChurnProfile],
    as_of: date,
    *,
    futures_kept: int,
) -> tuple[str, ...]:
    """One sentence each, in the stack's order."""
    warnings: list[str] = []
    for component in stack.components:
        warnings += _of_component(component, profiles[component.name], stack, as_of)
    forces = [force.value for force in Force if stack.scenario.forces.intensity(force) != 1.0]
    if forces:
        warnings.append(f"Assumption: forces moved from the world as measured: {', '.join(forces)}")
    if stack.default_couplings and len(stack.components) > 1:
        warnings.append("Assumption: adjacent layers are coupled by defaults set by hand")
    warnings.append(
        f"Assumption: upgrades of a component are at least {12 * UPGRADE_REST_YEARS:.0f} months "
        "apart; what comes out meanwhile is crossed at once"
    )
    removal = stack.scenario.removal_is_replacement
    warnings.append(
        "Assumption: of removals from manifests, "
        f"{removal.low:.0%} to {removal.high:.0%} (likely {removal.likely:.0%}) "
        "cost a replacement"
    )
    if futures_kept < stack.scenario.futures:
        warnings.append(f"Quantiles of cost rest on the first {futures_kept} futures, means on all")
    return tuple(warnings)


def _of_component(
    component: Component, profile: ChurnProfile, stack: Stack, as_of: date
) -> list[str]:
    name, warnings = component.name, []
    known = own_evidence(profile, as_of)
    if not profile.is_matched:
        warnings.append(
            f"{name}: nothing is known of “{component.profile}”; "
            f"it is forecast from the reference class of its layer ({component.layer.label})"
        )
    elif not known.has_any:
        warnings.append(
            f"{name}: no release cycles or tenures are known at that date; its clocks are those "
            "of its reference class"
        )
    elif not known.release:
        warnings.append(
            f"{name}: no release cycles are known at that date; its release and support clocks "
            "are those of its reference class"
        )
    if removal_basis(profile) is RemovalBasis.ASSUMED_LONG_RUN:
        warnings.append(
            f"Assumption: {name}: no manifest was seen that lists it; it is left at the rate of "
            "dependencies kept over four years"
        )
    warnings += _of_breaking(component, profile, as_of)
    warnings += [
        f"{name}: {override.figure.value} set by hand to {override.value_years:g} "
        f"({override.reason})"
        for override in component.overrides
    ]
    speed = clock_speed(component, stack.scenario.forces)
    if speed in SPEED_RANGE:
        warnings.append(f"{name}: its clocks are held at {speed:g} times the speed of the data")
    return warnings


def _of_breaking(component: Component, profile: ChurnProfile, as_of: date) -> list[str]:
    name = component.name
    if any(one.figure is OverriddenFigure.BREAKING_GAP_YEARS for one in component.overrides):
        return []
    match breaking_of(profile.cycles, as_of):
        case Breaking.EVERY if component.policy is not UpgradePolicy.PINNED:
            return [f"Assumption: {name}: every release cycle of its 0.x line is taken as breaking"]
        case Breaking.ALL_TAKEN if component.policy is UpgradePolicy.LATEST:
            known = "no major version so far, or cycles supported alongside newer ones"
            return [f"Assumption: {name}: {known}; on “latest” every release cycle is taken"]
    return []
