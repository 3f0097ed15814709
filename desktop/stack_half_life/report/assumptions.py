"""What a forecast takes for granted, in words, and who set it."""

from collections.abc import Iterator

from stack_half_life.domain.base import Frozen
from stack_half_life.domain.forces import Force
from stack_half_life.domain.stack import (
    DEFAULT_EFFORT,
    DEFAULT_MINOR_UPGRADE_SHARE,
    DEFAULT_UPGRADE_LAG_YEARS,
    DEFAULT_UPGRADE_SHARE,
    Component,
    Estimate3,
    Scenario,
    Stack,
    UpgradePolicy,
)
from stack_half_life.report.figures import day_rate, percent, span

_DEFAULT = "default"
_FILE = "stack file"


class Assumption(Frozen):
    """Something that no evidence backs: what it is, its value, and who set it."""

    what: str
    value: str
    set_by: str


def assumptions(stack: Stack) -> tuple[Assumption, ...]:
    """Everything the forecast of a stack assumes, the scenario first, then by component."""
    by_component = [item for component in stack.components for item in _component(component)]
    return (*scenario_assumptions(stack), *by_component, *overrides_of(stack))


def scenario_assumptions(stack: Stack) -> tuple[Assumption, ...]:
    """What is assumed for the stack as a whole."""
    return (*_scenario(stack.scenario), _coupling(stack), *_not_given(stack))


def default_efforts(stack: Stack) -> str:
    """How many integration efforts are the default, in words; empty where none is."""
    defaults = sum(component.effort_days == DEFAULT_EFFORT for component in stack.components)
    return f"default effort in {_of_all(defaults, stack)}" if defaults else ""


def _not_given(stack: Stack) -> Iterator[Assumption]:
    """What is assumed of components where the stack leaves it out, with how many these are."""
    for what, value, is_left_out in (
        (
            "Integration effort",
            _person_days(DEFAULT_EFFORT),
            [component.effort_days == DEFAULT_EFFORT for component in stack.components],
        ),
        (
            "Release cycle",
            "newest long-term or other one in support (see the notes)",
            [component.cycle is None for component in stack.components],
        ),
        (
            "In use since",
            "the forecast's date",
            [component.in_use_since is None for component in stack.components],
        ),
    ):
        if any(is_left_out):
            yield _assumed(f"{what}, in {_of_all(sum(is_left_out), stack)}", value, True)


def _of_all(some: int, stack: Stack) -> str:
    n = len(stack.components)
    return f"{some} of {n} component{'' if n == 1 else 's'}"


def overrides_of(stack: Stack) -> tuple[Assumption, ...]:
    """Figures and exposures set by hand in place of evidence."""
    found = []
    for component in stack.components:
        if component.exposures is not None:
            found.append(
                _assumed(f"{component.name}: exposure to the forces", "set by hand", False)
            )
        for override in component.overrides:
            figure = override.figure.value.removesuffix("_years").replace("_", " ")
            value = f"{override.value_years:g} years, because: {override.reason}"
            found.append(_assumed(f"{component.name}: {figure}", value, False))
    return tuple(found)


def _assumed(what: str, value: str, is_default: bool) -> Assumption:
    return Assumption(what=what, value=value, set_by=_DEFAULT if is_default else _FILE)


def _scenario(scenario: Scenario) -> list[Assumption]:
    default = Scenario()
    share = scenario.removal_is_replacement
    found = [
        _assumed(
            "Day rate",
            day_rate(scenario),
            (scenario.day_rate, scenario.currency) == (default.day_rate, default.currency),
        ),
        _assumed(
            "Discount rate",
            f"{scenario.discount_rate_per_year * 100:.4g} % a year, of money alone",
            scenario.discount_rate_per_year == default.discount_rate_per_year,
        ),
        _assumed(
            "Removals from a manifest that cost a replacement",
            _shares(share),
            share == default.removal_is_replacement,
        ),
        _assumed(
            "Share of the effort per breaking upgrade, where not given below",
            _shares(DEFAULT_UPGRADE_SHARE),
            True,
        ),
        _assumed(
            "Share of the effort per other upgrade, where not given below",
            _shares(DEFAULT_MINOR_UPGRADE_SHARE),
            True,
        ),
        _assumed(
            "From a release to its upgrade on “latest”, where not given below",
            span(DEFAULT_UPGRADE_LAG_YEARS),
            True,
        ),
    ]
    return found + [
        _assumed(f"Force “{force.value.replace('_', ' ')}”", f"× {intensity:g}", False)
        for force in Force
        if (intensity := scenario.forces.intensity(force)) != 1.0
    ]


def _coupling(stack: Stack) -> Assumption:
    own = len(stack.couplings)
    defaults = (
        "layers that stand on each other at default strength, what one layer changes within half "
        "a year as one change"
        if stack.default_couplings
        else "none by default"
    )
    value = f"{defaults}; {own} set by hand" if own else defaults
    return _assumed("Coupling between neighbours", value, stack.default_couplings and not own)


def _component(component: Component) -> list[Assumption]:
    name = component.name
    found = [
        _assumed(
            f"{name}: integration effort",
            _person_days(component.effort_days),
            component.effort_days == DEFAULT_EFFORT,
        )
    ]
    if component.upgrade_share != DEFAULT_UPGRADE_SHARE:
        what = f"{name}: share of it per breaking upgrade"
        found.append(_assumed(what, _shares(component.upgrade_share), False))
    if component.minor_upgrade_share != DEFAULT_MINOR_UPGRADE_SHARE:
        what = f"{name}: share of it per other upgrade"
        found.append(_assumed(what, _shares(component.minor_upgrade_share), False))
    lag_years = component.upgrade_lag_years
    if component.policy is UpgradePolicy.LATEST and lag_years != DEFAULT_UPGRADE_LAG_YEARS:
        found.append(_assumed(f"{name}: from a release to its upgrade", _lag(lag_years), False))
    return found


def _lag(years: float) -> str:
    return span(years) if years else "at once"


def _person_days(effort: Estimate3) -> str:
    return f"{effort.low:g} / {effort.likely:g} / {effort.high:g} person-days (low / likely / high)"


def _shares(shares: Estimate3) -> str:
    return (
        f"{percent(shares.low)} / {percent(shares.likely)} / {percent(shares.high)}"
        " (low / likely / high)"
    )
