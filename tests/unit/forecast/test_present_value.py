"""Money is discounted, work is not: present value beside person-days."""

import math
from dataclasses import replace

import numpy as np
import pytest

from made_clocks import SUCCESSOR, law
from made_futures import HYPER, TODAY, component, profile, stack
from stack_half_life.domain.edits import changed
from stack_half_life.domain.progress import ignore_progress
from stack_half_life.domain.results import DayQuantiles
from stack_half_life.domain.stack import Estimate3, Stack, UpgradePolicy
from stack_half_life.forecast.assembly import plan_of, simulated
from stack_half_life.forecast.laws import EndLaw
from stack_half_life.forecast.run import StreamCache, compare_stacks, forecast_stack
from stack_half_life.forecast.simulation.clocks import ComponentClocks, Habits
from stack_half_life.forecast.simulation.futures import FuturesPlan
from stack_half_life.forecast.simulation.summary import quantiles_of_all
from stack_half_life.forecast.simulation.tenancies import slots_of

A, B = component("alpha"), component("beta")
PROFILES = {"alpha": profile("alpha"), "beta": profile("beta", 400)}
ENDS_PER_YEAR, EFFORT_DAYS = 0.8, 7.0


def totals(rate: float, horizon_years: float) -> tuple[DayQuantiles, DayQuantiles]:
    """Days and present days of a component whose only event is its technology's end, Poisson."""
    sure = 1e9
    technology = replace(
        SUCCESSOR,
        cycle=law(300, never=1.0),
        breaking=law(300, never=1.0),
        removal=replace(SUCCESSOR.removal, kind_factor=1e-12),
        end=EndLaw(sure, sure / ENDS_PER_YEAR),
    )
    habits = Habits(UpgradePolicy.PINNED, 0.0, is_hosted=False)
    clocks = ComponentClocks("mortal", 0, habits, 1.0, technology, technology)
    effort = Estimate3(low=EFFORT_DAYS, likely=EFFORT_DAYS, high=EFFORT_DAYS)
    one = stack(
        changed(A, effort_days=effort),
        futures=20_000,
        horizon_years=horizon_years,
        discount_rate_per_year=rate,
    )
    plan: FuturesPlan = replace(plan_of(one, PROFILES, HYPER, TODAY), slots=slots_of([clocks]))
    tally = simulated(plan, on_progress=ignore_progress, streams=None, threads=1)
    return (
        quantiles_of_all(np.concatenate(tally.totals)),
        quantiles_of_all(np.concatenate(tally.present_totals)),
    )


@pytest.mark.parametrize("horizon_years", [2.0, 10.0])
@pytest.mark.parametrize("rate", [0.03, 0.2, 1.0])
def test_present_value_of_a_poisson_stream_is_the_known_integral(
    rate: float, horizon_years: float
) -> None:
    days, present = totals(rate, horizon_years)
    force = math.log1p(rate)
    annuity = -math.expm1(-force * horizon_years) / force
    yearly = ENDS_PER_YEAR * EFFORT_DAYS
    assert days.mean == pytest.approx(yearly * horizon_years, abs=3.5 * days.standard_error)
    assert present.mean == pytest.approx(yearly * annuity, abs=3.5 * present.standard_error)
    variance = yearly * EFFORT_DAYS * -math.expm1(-2.0 * force * horizon_years) / (2.0 * force)
    assert present.standard_error == pytest.approx(math.sqrt(variance / 20_000), rel=0.05)


def discounted(some: Stack, rate: float) -> Stack:
    return changed(some, scenario=changed(some.scenario, discount_rate_per_year=rate))


def test_a_difference_in_money_is_that_of_the_present_values() -> None:
    some, other = stack(A), stack(A, B)
    for rate in (0.0, 0.1):
        pair = compare_stacks(discounted(some, rate), other, PROFILES, PROFILES, HYPER, as_of=TODAY)
        found = pair.difference_present_days
        assert found.mean == pytest.approx(
            pair.b.total_present_days.mean - pair.a.total_present_days.mean
        )
        assert (found == pair.difference_days) == (rate == 0.0)
        assert 0.0 < found.mean <= pair.difference_days.mean


def test_an_edit_of_a_rate_draws_no_future_anew() -> None:
    streams = StreamCache()
    some = stack(A, B, futures=2000)
    first = forecast_stack(some, PROFILES, HYPER, as_of=TODAY, streams=streams)
    missed = streams.misses
    edited = changed(
        some, scenario=changed(some.scenario, discount_rate_per_year=0.2, day_rate=1200.0)
    )
    again = forecast_stack(edited, PROFILES, HYPER, as_of=TODAY, streams=streams)
    assert streams.misses == missed
    assert again == forecast_stack(edited, PROFILES, HYPER, as_of=TODAY)
    assert again.total_present_days.mean < first.total_present_days.mean
