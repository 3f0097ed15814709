"""What holds of any forecast: order, finiteness, more never costs less, time has no unit."""

import math
from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from made_futures import HYPER, TODAY, component, profile, stack, unknown
from stack_half_life.domain.edits import changed
from stack_half_life.domain.facts import Nature
from stack_half_life.domain.forces import Exposures, Forces
from stack_half_life.domain.layers import Layer
from stack_half_life.domain.profile import ChurnProfile
from stack_half_life.domain.results import (
    Comparison,
    DayQuantiles,
    Forecast,
    ReworkKind,
    TimeQuantiles,
)
from stack_half_life.domain.stack import (
    Component,
    Coupling,
    Estimate3,
    OverriddenFigure,
    Override,
    ProductKind,
    Scenario,
    Stack,
    UpgradePolicy,
)
from stack_half_life.forecast.laws import (
    AnnouncementSlip,
    CycleSupport,
    EndLaw,
    GapLaw,
    LogStudentPart,
    LomaxPart,
    RemovalLaw,
    SuccessorRule,
    SupportLaw,
)
from stack_half_life.forecast.run import compare_stacks, forecast_stack
from stack_half_life.forecast.simulation.clocks import ComponentClocks, Habits, TechnologyClocks
from stack_half_life.forecast.simulation.tenancies import World, slots_of
from stack_half_life.forecast.simulation.timeline import Block, timelines_of

NAMES = ("alpha", "beta", "gamma")
QUICK = settings(
    max_examples=8, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
PROFILES = {
    "alpha": profile("alpha", 200),
    "beta": profile("beta", 400, Nature.HOSTED_MODEL),
    "gamma": unknown("gamma"),
}


@st.composite
def estimates(draw: st.DrawFn, most: float) -> Estimate3:
    low, likely, high = sorted(draw(st.floats(0.0, most)) for _ in range(3))
    return Estimate3(low=low, likely=likely, high=high)


@st.composite
def components(draw: st.DrawFn, name: str) -> Component:
    figure = draw(st.none() | st.sampled_from(list(OverriddenFigure)))
    overrides: tuple[Override, ...] = ()
    if figure is not None:
        years = draw(st.floats(0.02, 200.0))
        overrides = (Override(figure=figure, value_years=years, reason="drawn"),)
    since = TODAY - timedelta(days=draw(st.integers(0, 4000)))
    return Component(
        name=name,
        profile=name,
        layer=draw(st.sampled_from(list(Layer))),
        cycle=draw(st.sampled_from([None, "2", "8"])),
        policy=draw(st.sampled_from(list(UpgradePolicy))),
        in_use_since=draw(st.none() | st.just(since.isoformat())),
        effort_days=draw(estimates(1e5)),
        upgrade_share=draw(estimates(1.0)),
        minor_upgrade_share=draw(estimates(1.0)),
        upgrade_lag_years=draw(st.floats(0.0, 20.0)),
        exposures=draw(st.none() | st.just(Exposures(hardware_pace=2.0, research_pace=-2.0))),
        overrides=overrides,
    )


@st.composite
def edges(draw: st.DrawFn) -> tuple[Coupling, ...]:
    pairs = [(when, then) for when in NAMES for then in NAMES if when != then]
    chosen = draw(st.lists(st.sampled_from(pairs), unique=True))
    couplings = []
    for when, then in chosen:
        adapt = draw(st.floats(0.0, 1.0))
        couplings.append(
            Coupling(
                when=when,
                then=then,
                adapt_probability=adapt,
                replace_probability=draw(st.floats(0.0, 1.0)) * (1.0 - adapt),
                adapt_share=draw(estimates(1.0)),
            )
        )
    return tuple(couplings)


@st.composite
def stacks(draw: st.DrawFn) -> Stack:
    return Stack(
        kind=draw(st.sampled_from(list(ProductKind))),
        components=tuple(draw(components(name)) for name in NAMES),
        couplings=draw(edges()),
        default_couplings=draw(st.booleans()),
        scenario=Scenario(
            horizon_years=draw(st.sampled_from([1 / 365, 0.3, 4.0, 17.5])),
            futures=draw(st.integers(1, 150)),
            seed=draw(st.integers(0, 2**63 - 1)),
            discount_rate_per_year=draw(st.floats(0.0, 1.0)),
            removal_is_replacement=draw(estimates(1.0)),
            forces=Forces(hardware_pace=draw(st.floats(0.1, 10.0)), research_pace=0.5),
        ),
    )


def assert_ordered(days: DayQuantiles) -> None:
    assert 0.0 <= days.p10 <= days.p50 <= days.p80 <= days.p90
    known = [value for value in vars(days).values() if value is not None]
    assert len(known) >= 6
    assert all(math.isfinite(value) for value in known)


def assert_times_ordered(times: TimeQuantiles, horizon_years: float) -> None:
    reached = [time for time in (times.p10, times.p50, times.p90) if time is not None]
    assert reached == sorted(reached)
    assert all(0.0 <= time <= horizon_years * (1 + 1e-9) for time in reached)


@QUICK
@given(stacks())
def test_any_legal_stack_gives_finite_ordered_figures(some: Stack) -> None:
    result = forecast_stack(some, PROFILES, HYPER, as_of=TODAY)
    assert_ordered(result.total_cost_days)
    for one in result.components:
        assert_ordered(one.cost_days)
        assert_times_ordered(one.first_rework_years, result.horizon_years)
        assert_times_ordered(one.replacement_years, result.horizon_years)
        assert (np.diff(one.in_place_share) <= 1e-12).all()
        assert one.unsupported_years <= result.horizon_years * (1 + 1e-9)
        replaced = one.expected_replacements * (1 + 1e-9)
        assert one.expected_forced_replacements <= replaced
        assert sum(window.reached_share for window in one.replacements) <= replaced
        assert 1.0 - one.in_place_share[-1] <= replaced + 1e-12
    fan = result.cumulative_cost_days
    bands = np.array([fan.p10, fan.p25, fan.p50, fan.p75, fan.p90])
    assert (np.diff(bands, axis=0) >= 0.0).all()
    assert (np.diff(bands, axis=1) >= -1e-6 * (1.0 + bands.max())).all()
    assert (np.diff(result.redone_share) >= -1e-12).all()
    assert 0.0 <= result.coverage <= 1.0
    Forecast.model_validate_json(result.model_dump_json())


def discounted(some: Stack, rate_per_year: float) -> Forecast:
    scenario = changed(some.scenario, discount_rate_per_year=rate_per_year)
    return forecast_stack(changed(some, scenario=scenario), PROFILES, HYPER, as_of=TODAY)


@QUICK
@given(stacks(), st.floats(0.0, 1.0), st.floats(0.0, 1.0))
def test_a_discount_rate_lowers_money_and_leaves_work_alone(
    some: Stack, one_rate: float, other_rate: float
) -> None:
    low, high = sorted((one_rate, other_rate))
    plain, less, least = (discounted(some, rate) for rate in (0.0, low, high))
    assert plain.total_present_days == plain.total_cost_days
    no_money = {"total_present_days"}
    assert less.model_dump(exclude=no_money) == plain.model_dump(exclude=no_money)
    assert least.model_dump(exclude=no_money) == plain.model_dump(exclude=no_money)
    whole = (1.0 + high) ** -some.scenario.horizon_years
    for name in ("mean", "p10", "p50", "p80", "p90"):
        days, more, fewer = (getattr(of.total_present_days, name) for of in (plain, less, least))
        slack = 1e-6 * days
        assert whole * days - slack <= fewer <= more + slack <= days + 2.0 * slack


def three(couplings: tuple[Coupling, ...] = (), **scenario: object) -> Stack:
    some = stack(
        component("alpha"), component("beta", Layer.MODEL), component("gamma"),
        **({"futures": 800, "horizon_years": 5.0} | scenario),
    )  # fmt: skip
    return changed(some, couplings=couplings, default_couplings=False)


def against(a: Stack, b: Stack, profiles: dict[str, ChurnProfile] = PROFILES) -> Comparison:
    return compare_stacks(a, b, profiles, profiles, HYPER, as_of=TODAY)


@QUICK
@given(edges(), st.floats(0.0, 1.0))
def test_more_adaptation_never_costs_less_in_any_future(
    couplings: tuple[Coupling, ...], less: float
) -> None:
    fewer = tuple(changed(one, adapt_probability=one.adapt_probability * less) for one in couplings)
    more = against(three(fewer), three(couplings))
    assert more.difference_days.mean >= 0.0
    assert more.probability_b_cheaper == 0.0


@QUICK
@given(edges(), st.floats(0.0, 1.0))
def test_more_coupling_never_lowers_the_expected_cost(
    couplings: tuple[Coupling, ...], less: float
) -> None:
    fewer = tuple(
        changed(
            one,
            adapt_probability=one.adapt_probability * less,
            replace_probability=one.replace_probability * less,
        )
        for one in couplings
    )
    more = against(three(fewer), three(couplings)).difference_days
    assert more.mean >= -3.0 * more.standard_error


def test_replacements_that_neighbours_force_are_counted_among_all() -> None:
    """So that how many there are, when they come and the half-life speak of the same."""
    forcing = Coupling(when="alpha", then="beta", replace_probability=1.0)
    alone, forced = (
        forecast_stack(three(couplings), PROFILES, HYPER, as_of=TODAY).components[1]
        for couplings in ((), (forcing,))
    )
    assert alone.expected_forced_replacements == 0.0 < forced.expected_forced_replacements
    assert forced.expected_knock_ons == 0.0
    assert forced.expected_replacements > alone.expected_replacements
    assert forced.cost_days_by_kind[ReworkKind.KNOCK_ON] == 0.0
    assert len(forced.replacements) < 8  # the rest are seen by fewer than one future in twenty
    assert sum(window.reached_share for window in forced.replacements) == pytest.approx(
        forced.expected_replacements, abs=0.1
    )


@QUICK
@given(st.integers(0, 1000))
def test_couplings_that_never_hit_leave_components_independent(seed: int) -> None:
    never = tuple(Coupling(when=when, then=then) for when, then in (("alpha", "beta"), NAMES[1:]))
    coupled = forecast_stack(three(never, seed=seed), PROFILES, HYPER, as_of=TODAY)
    for one in coupled.components:
        whole = three(seed=seed)
        alone = changed(whole, components=(whole.component(one.name),))
        assert forecast_stack(alone, PROFILES, HYPER, as_of=TODAY).components[0] == one


@QUICK
@given(edges(), st.sampled_from(NAMES))
def test_a_further_component_never_lowers_the_cost(
    couplings: tuple[Coupling, ...], name: str
) -> None:
    whole = three(couplings)
    fewer = changed(
        whole,
        components=tuple(one for one in whole.components if one.name != name),
        couplings=tuple(one for one in couplings if name not in (one.when, one.then)),
    )
    more = against(fewer, whole).difference_days
    assert more.mean >= -3.0 * more.standard_error
    alone = against(changed(fewer, couplings=()), changed(whole, couplings=()))
    assert alone.probability_b_cheaper == 0.0


def clocks(scale: float) -> ComponentClocks:
    """Clocks of long gaps, all times in them multiplied."""

    def law(days: float, never: float, elapsed: float) -> GapLaw:
        part = LogStudentPart(0.6, math.log(days * scale), 0.02, 0.03, 30.0)
        return GapLaw((part, LomaxPart(0.4, 9.0, 9.0 * days * scale)), never, elapsed * scale)

    slip, rule = AnnouncementSlip(0.2, 400.0 * scale, 0.1), SuccessorRule(0.5, (0.6, 0.4))
    support = SupportLaw(law(800, 0.05, 0.0), slip, rule)
    bands = tuple(start * scale for start in (0.0, 0.25, 0.5, 2.0, 4.0))
    hazards = tuple(hazard / scale for hazard in (0.4, 0.2, 0.15, 0.1, 0.07))
    removal = RemovalLaw(5.0, 5.0, 1.0, bands, hazards)
    successor = TechnologyClocks(
        law(500, 0.0, 0.0), law(900, 0.02, 0.0), support, removal, EndLaw(5.0, 300.0 * scale)
    )
    cycle = CycleSupport(law(800, 0.05, 100.0), 0)
    now = replace(
        successor, cycle=law(500, 0.0, 100.0), in_use=cycle, newest=cycle, tenure_years=0.2 * scale
    )
    habits = Habits(UpgradePolicy.LATEST, 0.4 * scale, False, 0.25 * scale)
    return ComponentClocks("scaled", 0, habits, 1.0, now, successor)


@QUICK
@given(st.floats(0.5, 20.0))
def test_scaling_time_and_clocks_together_changes_nothing(scale: float) -> None:
    block = Block(0, 0, 400)
    courses = [
        timelines_of(World(slots_of([clocks(by)]), np.full(400, 0.5), 8.0 * by), [0], 1, block)[0]
        for by in (1.0, scale)
    ]
    plain, scaled = courses
    few = abs(len(plain.lanes) - len(scaled.lanes))
    assert few <= 0.01 * len(plain.lanes)
    assert math.isclose(plain.times.mean() * scale, scaled.times.mean(), rel_tol=0.02)
