"""A stack's forecast: whole, finite, the same for a seed, and each component's fate its own."""

import math
from collections.abc import Iterator
from datetime import date

import pytest

from made_futures import HYPER, TODAY, component, profile, stack, unknown
from stack_half_life.domain.edits import changed
from stack_half_life.domain.facts import Nature, SupportState, TenureCount
from stack_half_life.domain.layers import Layer
from stack_half_life.domain.results import Forecast
from stack_half_life.domain.stack import (
    Coupling,
    Estimate3,
    OverriddenFigure,
    Override,
    Stack,
    UpgradePolicy,
)
from stack_half_life.errors import CancelledError, ForecastError
from stack_half_life.forecast.run import StreamCache, forecast_stack


def forecast(some: Stack, **more: object) -> Forecast:
    profiles = {one.name: profile(one.profile) for one in some.components}
    arguments = {"as_of": TODAY} | more
    return forecast_stack(some, profiles, HYPER, **arguments)  # type: ignore[arg-type]


def numbers(value: object) -> Iterator[float]:
    if isinstance(value, dict):
        for one in value.values():
            yield from numbers(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from numbers(one)
    elif isinstance(value, int | float):
        yield float(value)


A, B = component("alpha"), component("beta", Layer.MODEL)


def test_forecast_is_the_same_for_a_seed_on_any_number_of_threads_and_with_streams() -> None:
    long = stack(A, B, futures=20_000, discount_rate_per_year=0.03)
    streams = StreamCache()
    first = forecast(long, streams=streams)
    missed = streams.misses
    assert forecast(long, threads=3) == first
    assert forecast(long, streams=streams) == first
    assert streams.misses == missed > 0
    assert streams.hits > 0
    assert forecast(changed(long, scenario=changed(long.scenario, seed=2))) != first


def test_a_component_meets_the_same_fate_in_any_stack() -> None:
    alone = forecast(stack(A, futures=1500))
    apart = changed(stack(component("gamma", Layer.DATA_STORE), B, A), default_couplings=False)
    assert forecast(apart).components[2] == alone.components[0]


@pytest.mark.parametrize("policy", list(UpgradePolicy))
@pytest.mark.parametrize("nature", [Nature.SOFTWARE, Nature.HOSTED_MODEL])
@pytest.mark.parametrize("horizon", [1 / 365, 5.0, 100.0])
def test_every_figure_is_finite(policy: UpgradePolicy, nature: Nature, horizon: float) -> None:
    some = stack(component("alpha", policy=policy), B, futures=60, horizon_years=horizon)
    profiles = {"alpha": profile("alpha", nature=nature), "beta": unknown("beta")}
    result = forecast_stack(some, profiles, HYPER, as_of=TODAY)
    assert all(math.isfinite(number) for number in numbers(result.model_dump()))
    fan = result.cumulative_cost_days
    for low, high in zip(fan.p10, fan.p90, strict=True):
        assert 0.0 <= low <= high
    assert len(fan.mean) == len(result.grid_years) == len(result.redone_share)
    assert fan.mean[-1] == pytest.approx(result.total_cost_days.mean)
    assert sum(year.mean for year in result.cost_by_year_days) == pytest.approx(
        result.total_cost_days.mean
    )
    assert sum(one.cost_days.mean for one in result.components) == pytest.approx(
        result.total_cost_days.mean
    )


def test_pinned_is_never_upgraded_but_a_hosted_model_is_moved_at_its_shutdown() -> None:
    pinned = component("alpha", policy=UpgradePolicy.PINNED)
    software = forecast_stack(stack(pinned), {"alpha": profile("alpha")}, HYPER, as_of=TODAY)
    assert software.components[0].expected_upgrades == 0.0
    assert software.unsupported_component_years > 0.5
    hosted = forecast_stack(
        stack(pinned), {"alpha": profile("alpha", nature=Nature.HOSTED_MODEL)}, HYPER, as_of=TODAY
    )
    assert hosted.components[0].expected_upgrades > 0.5
    assert hosted.unsupported_component_years == 0.0


def test_a_cycle_out_of_support_is_due_at_once() -> None:
    result = forecast(stack(component("alpha", cycle="2")))
    assert result.components[0].first_rework_years.p50 == pytest.approx(0.0, abs=0.01)
    assert result.components[0].upgrades[0].reached_share == 1.0


def test_efforts_of_zero_cost_nothing() -> None:
    nothing = Estimate3(low=0.0, likely=0.0, high=0.0)
    result = forecast(stack(component("alpha", effort_days=nothing)))
    assert result.total_cost_days.p90 == 0.0
    assert result.coverage == 1.0


def test_an_override_of_the_replacement_half_life_shows_and_holds() -> None:
    override = Override(
        figure=OverriddenFigure.REPLACEMENT_HALF_LIFE_YEARS, value_years=2.0, reason="contract"
    )
    result = forecast(stack(component("alpha", overrides=(override,)), futures=8000))
    assert result.components[0].half_life_years == pytest.approx(2.0, abs=0.12)
    assert any("contract" in warning for warning in result.warnings)


def test_unknown_components_are_marked_and_lower_the_coverage() -> None:
    result = forecast_stack(
        stack(A, B), {"alpha": profile("alpha"), "beta": unknown("beta")}, HYPER, as_of=TODAY
    )
    assert result.coverage == pytest.approx(0.5)
    assert not result.components[1].matched
    assert any(warning.startswith("beta: nothing is known") for warning in result.warnings)


def test_a_clock_is_covered_by_evidence_of_its_own_kind_alone() -> None:
    whole = profile("alpha")
    spells = TenureCount(
        spells=4, removals=1, exposure_years_by_band=(1.0, 1.0, 2.0, 0.0, 0.0), repositories=2
    )
    only_tenure = whole.model_copy(update={"cycles": (), "tenure": spells})
    undated = tuple(
        cycle.model_copy(update={"support_ends_on": None, "support": SupportState.UNKNOWN})
        for cycle in whole.cycles
    )
    only_releases = whole.model_copy(update={"cycles": undated, "tenure": None})
    result = forecast_stack(
        stack(A, B), {"alpha": only_tenure, "beta": only_releases}, HYPER, as_of=TODAY
    )
    assert result.coverage == pytest.approx(1.0)
    by_clock = result.coverage_by_clock
    assert (by_clock.release, by_clock.support, by_clock.tenure) == pytest.approx((0.5, 0.0, 0.5))


def test_releases_after_the_date_are_not_known() -> None:
    whole, past = profile("alpha"), date(2021, 6, 1)
    known = [one for one in whole.cycles if one.released_on and one.released_on.midpoint <= past]
    cut = whole.model_copy(update={"cycles": tuple(known)})
    some = stack(A)
    assert forecast_stack(some, {"alpha": whole}, HYPER, as_of=past) == forecast_stack(
        some, {"alpha": cut}, HYPER, as_of=past
    )


@pytest.mark.parametrize(
    ("some", "words"),
    [
        (stack(), "empty"),
        (stack(component("alpha", cycle="99")), "newest known are 13, 12"),
    ],
)
def test_what_cannot_be_forecast_is_said_in_one_line(some: Stack, words: str) -> None:
    with pytest.raises(ForecastError, match=words) as caught:
        forecast(some)
    assert "\n" not in str(caught.value)


def test_cancelling_stops_between_blocks() -> None:
    calls = []

    def stop(share: float, text: str) -> None:
        calls.append((share, text))
        raise CancelledError("stopped")

    with pytest.raises(CancelledError):
        forecast(stack(A, futures=60_000), on_progress=stop)
    assert len(calls) == 1


def test_an_edit_of_efforts_draws_no_future_anew() -> None:
    streams = StreamCache()
    forecast(stack(A, B, futures=2000), streams=streams)
    missed = streams.misses
    dearer = changed(A, effort_days={"low": 1, "likely": 50, "high": 90})
    edited = stack(dearer, B, futures=2000)
    assert forecast(edited, streams=streams) == forecast(edited)
    assert streams.misses == missed


def test_an_edit_of_what_an_adaptation_costs_draws_no_future_anew() -> None:
    def coupled(likely: float) -> Stack:
        share = {"low": 0.0, "likely": likely, "high": 0.9}
        coupling = Coupling(
            when="beta",
            then="alpha",
            adapt_probability=0.8,
            adapt_share=Estimate3.model_validate(share),
        )
        return changed(stack(A, B, futures=2000), couplings=(coupling,))

    streams = StreamCache()
    cheap = forecast(coupled(0.1), streams=streams)
    missed = streams.misses
    dear = forecast(coupled(0.8), streams=streams)
    assert dear == forecast(coupled(0.8))
    assert dear.total_cost_days.mean > cheap.total_cost_days.mean
    assert streams.misses == missed


@pytest.mark.parametrize("others", [(0.2, 0.2), (0.2, 0.6)], ids=["one share", "two shares"])
def test_courses_kept_follow_the_dearest_of_two_adaptations(others: tuple[float, float]) -> None:
    names = ("alpha", "beta", "gamma")
    parts = [component(name) for name in names]

    def coupled(shares: tuple[float, float]) -> Stack:
        estimates = [Estimate3(low=0.0, likely=share, high=0.9) for share in shares]
        edges = (
            Coupling(when="alpha", then="beta", adapt_probability=0.9, adapt_share=estimates[0]),
            Coupling(when="alpha", then="gamma", replace_probability=0.9, adapt_share=estimates[0]),
            Coupling(when="gamma", then="beta", adapt_probability=1.0, adapt_share=estimates[1]),
        )
        some = stack(*parts, futures=800)
        return changed(some, couplings=edges, default_couplings=False)

    streams = StreamCache()
    forecast(coupled(others), streams=streams)
    edited = coupled((others[1], others[0]) if others[0] != others[1] else (0.7, 0.7))
    assert forecast(edited, streams=streams) == forecast(edited)


def test_an_edit_of_a_policy_draws_only_what_it_reaches_anew() -> None:
    streams = StreamCache()
    forecast(stack(A, B, futures=2000), streams=streams)
    missed = streams.misses
    edited = stack(changed(A, policy="pinned"), B, futures=2000)
    assert forecast(edited, streams=streams) == forecast(edited)
    assert streams.misses == missed + 2


def test_streams_follow_a_profile_that_changes() -> None:
    streams = StreamCache()
    profiles = {A.name: profile(A.profile)}
    later = {A.name: changed(profiles[A.name], cycles=profiles[A.name].cycles[:2])}
    for known in (profiles, later):
        kept = forecast_stack(stack(A), known, HYPER, as_of=TODAY, streams=streams)
        assert kept == forecast_stack(stack(A), known, HYPER, as_of=TODAY)


def test_what_holds_of_several_components_is_said_once() -> None:
    profiles = {name: profile(name).model_copy(update={"cycles": ()}) for name in ("alpha", "beta")}
    warnings = forecast_stack(stack(A, B, futures=10), profiles, HYPER, as_of=TODAY).warnings
    (known,) = (warning for warning in warnings if "known at that date" in warning)
    assert known.startswith("alpha, beta: ")


def test_cycles_that_nobody_knows_are_told_together() -> None:
    wrong = [component(name, cycle="99") for name in ("alpha", "beta", "gamma", "delta")]
    with pytest.raises(ForecastError, match=r"“alpha”.*“beta”.*“gamma”.*; 1 more$"):
        forecast(stack(*wrong))


def test_a_cycle_named_too_shortly_is_answered_with_the_ones_it_may_mean() -> None:
    finer = [
        cycle.model_copy(update={"cycle": f"1.{cycle.cycle}"}) for cycle in profile("a").cycles
    ]
    other = finer[-1].model_copy(update={"cycle": "2.0"})
    known = profile("alpha").model_copy(update={"cycles": (*finer[:3], other)})
    asked = stack(component("alpha", cycle="1"))
    with pytest.raises(ForecastError, match=r"; the newest of 1 are 1\.3, 1\.2, 1\.1$"):
        forecast_stack(asked, {"alpha": known}, HYPER, as_of=TODAY)
