"""What the reader of a forecast must be told: assumptions in force and clocks without evidence."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from stack_half_life.domain.clock_figures import RemovalBasis
from stack_half_life.domain.cycle_choice import followed_cycles
from stack_half_life.domain.forces import Force
from stack_half_life.domain.profile import ChurnProfile
from stack_half_life.domain.stack import Component, OverriddenFigure, Stack, UpgradePolicy
from stack_half_life.forecast.breaking import Breaking, breaking_of
from stack_half_life.forecast.component_clocks import SPEED_RANGE, clock_speed
from stack_half_life.forecast.evidence_end import evidence_age_caveat
from stack_half_life.forecast.fitting import removal_basis
from stack_half_life.forecast.own_evidence import own_evidence
from stack_half_life.forecast.simulation.clocks import UPGRADE_REST_YEARS

_NAMES_TOLD = 12


def caveats_of(
    stack: Stack,
    profiles: Mapping[str, ChurnProfile],
    as_of: date,
    *,
    futures_kept: int,
) -> tuple[str, ...]:
    """One sentence each, those on components in the order of the stack."""
    old = evidence_age_caveat(profiles.values(), as_of)
    warnings = [
        *([old] if old else []),
        *_left_out(stack, profiles, as_of),
        *_of_components(stack, profiles, as_of),
    ]
    forces = [force.value for force in Force if stack.scenario.forces.intensity(force) != 1.0]
    if forces:
        warnings.append(f"Assumption: forces moved from the world as measured: {', '.join(forces)}")
    if stack.default_couplings and len(stack.components) > 1:
        warnings.append(
            "Assumption: layers that stand on each other are coupled by defaults set by hand"
        )
    warnings.append(
        f"Assumption: upgrades of a component are at least {12 * UPGRADE_REST_YEARS:.0f} months "
        "apart; what comes out meanwhile is crossed at once, and what loses support sooner stays "
        "without it until then"
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


def _left_out(stack: Stack, profiles: Mapping[str, ChurnProfile], as_of: date) -> Iterator[str]:
    """What is taken where the stack leaves out a release cycle or since when it is in use."""
    taken = [
        f"{component.name} {cycle.cycle}{' (long-term support)' if cycle.is_lts else ''}"
        for component in stack.components
        if component.cycle is None
        if (cycle := profiles[component.name].cycle_in_use(component, as_of)) is not None
    ]
    if taken:
        yield f"Assumption: {_told(taken)}: release cycles taken, since the stack sets none"
    new = sum(
        component.in_use_since is None
        and removal_basis(profiles[component.name]) is RemovalBasis.MANIFESTS
        for component in stack.components
    )
    if new:
        yield (
            "Assumption: taken up today, when removal is likeliest, as the stack does not say "
            f"since when in use: {new} of {len(stack.components)} components"
        )


def _told(names: Sequence[str]) -> str:
    """The first names, and how many more there are."""
    more = f" and {len(names) - _NAMES_TOLD} more" if names[_NAMES_TOLD:] else ""
    return f"{', '.join(names[:_NAMES_TOLD])}{more}"


class _Caveat(NamedTuple):
    """A sentence on components, but for their names: what stands before and after these."""

    before: str
    after: str


def _of_components(
    stack: Stack, profiles: Mapping[str, ChurnProfile], as_of: date
) -> Iterator[str]:
    """What holds of several components is said once, with all their names."""
    names: dict[_Caveat, list[str]] = {}
    for component in stack.components:
        for caveat in _of_component(component, profiles[component.name], stack, as_of):
            names.setdefault(caveat, []).append(component.name)
    for caveat, of in names.items():
        yield f"{caveat.before}{_told(of)}{caveat.after}"


def _of_component(
    component: Component, profile: ChurnProfile, stack: Stack, as_of: date
) -> Iterator[_Caveat]:
    known = own_evidence(profile, as_of)
    if not profile.is_matched:
        yield _Caveat(
            "",
            ": nothing is known of the technology; forecast from the reference class of the layer "
            f"({component.layer.label})",
        )
    elif not known.has_any:
        yield _Caveat(
            "",
            ": no release cycles or tenures are known at that date; the clocks are those of the "
            "reference class",
        )
    elif not known.release:
        yield _Caveat(
            "",
            ": no release cycles are known at that date; the release and support clocks are "
            "those of the reference class",
        )
    basis = removal_basis(profile)
    if basis is RemovalBasis.ASSUMED_LONG_RUN:
        yield _Caveat(
            "Assumption: ",
            ": seen in no manifest; left at the rate of dependencies kept over four years",
        )
    elif basis is RemovalBasis.IMAGES:
        yield _Caveat(
            "", ": replaced as often as repositories change to images of others of the layer"
        )
    elif basis is not RemovalBasis.MANIFESTS:
        yield _Caveat("", f": {basis.why}")
    yield from _of_breaking(component, profile, as_of)
    for override in component.overrides:
        yield _Caveat(
            "",
            f": {override.figure.value} set by hand to {override.value_years:g} "
            f"({override.reason})",
        )
    speed = clock_speed(component, stack.scenario.forces)
    if speed in SPEED_RANGE:
        yield _Caveat("", f": clocks held at {speed:g} times the speed of the data")


def _of_breaking(component: Component, profile: ChurnProfile, as_of: date) -> Iterator[_Caveat]:
    if any(one.figure is OverriddenFigure.BREAKING_GAP_YEARS for one in component.overrides):
        return
    in_use = profile.cycle_in_use(component, as_of)
    match breaking_of(followed_cycles(profile.cycles, component.policy, in_use, as_of), as_of):
        case Breaking.EVERY if component.policy is not UpgradePolicy.PINNED:
            yield _Caveat(
                "Assumption: ", ": every release cycle of the 0.x line is taken as breaking"
            )
        case Breaking.ALL_TAKEN if component.policy is UpgradePolicy.LATEST:
            known = "no major version so far, or cycles supported alongside newer ones"
            yield _Caveat("Assumption: ", f": {known}; on “latest” every release cycle is taken")
