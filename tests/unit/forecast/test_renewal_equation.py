"""The renewal equation gives known values, and the simulated clocks agree with it."""

import math

import numpy as np
import pytest

from stack_half_life.forecast.laws import EmpiricalPart, GapLaw, LogStudentPart, LomaxPart, UnderWay
from stack_half_life.forecast.renewal import (
    Resolution,
    delayed_renewals,
    expected_events,
    renewal_function,
)
from stack_half_life.forecast.simulation.event_streams import Stretch, event_stream
from stack_half_life.forecast.simulation.gaps import draw_gaps
from stack_half_life.forecast.simulation.law_table import law_table
from stack_half_life.forecast.simulation.variates import bulk_variates
from stack_half_life.forecast.student import Floats


@pytest.mark.parametrize(
    ("shape", "time", "known"),
    [
        (0.5, 0.5, 0.857901),
        (0.5, 4.0, 3.313380),
        (2.0, 1.0, 0.753691),
        (3.0, 4.0, 4.045339),
        (1.0, 3.0, 3.0),
    ],
)
def test_weibull_gaps_of_scale_1(shape: float, time: float, known: float) -> None:
    solved = renewal_function(lambda x: 1.0 - np.exp(-(x**shape)), time, 4000)
    assert solved[-1] == pytest.approx(known, abs=3e-6)


def test_erlang_2_gaps_of_mean_1_at_every_time() -> None:
    times = np.linspace(0.0, 4.0, 1001)
    solved = renewal_function(lambda x: 1.0 - np.exp(-2.0 * x) * (1.0 + 2.0 * x), 4.0, 1000)
    np.testing.assert_allclose(solved, times - 0.25 + 0.25 * np.exp(-4.0 * times), atol=1e-6)


def test_a_fresh_first_gap_changes_nothing() -> None:
    def erlang(x: Floats) -> Floats:
        return 1.0 - np.exp(-2.0 * x) * (1.0 + 2.0 * x)

    fresh = renewal_function(erlang, 4.0, 2000)
    assert delayed_renewals(erlang, fresh, 4.0) == pytest.approx(fresh[-1], abs=2e-6)


def simulated(law: GapLaw, horizon_years: float, n: int) -> tuple[float, float]:
    """Mean and standard error of the number of events before the horizon."""
    variates = bulk_variates("renewal", law)
    until = np.full(n, horizon_years)
    clock = draw_gaps(law_table([law]), np.zeros(n, np.intp), variates, until, np.ones(1))
    stream = event_stream(clock, np.zeros(n), until, variates, [Stretch(0, n)])
    counts = stream.cursor(np.arange(n)).move_past(np.nextafter(until, 0.0))
    return float(counts.mean()), float(counts.std() / math.sqrt(n))


RESOLUTION = Resolution(cells=300, variance_nodes=40, location_nodes=12)

EXPONENTIAL = GapLaw((LomaxPart(1.0, shape=1e9, scale_days=365.25e9),))
LOGNORMAL = GapLaw((LogStudentPart(1.0, 5.5, 0.3, 1e-6, 1e6),))
STUDENT = GapLaw((LogStudentPart(1.0, 5.6, 0.06, 0.15, 8.0),), never=0.05)
MIXED = GapLaw((LogStudentPart(0.7, 5.8, 0.05, 0.1, 5.0), LomaxPart(0.3, 6.0, 2400.0)), never=0.02)
POOL = EmpiricalPart(0.5, (40.0, 200.0, 420.0, 1000.0), (0.9, 0.5, 0.2, 0.05))
POOLED = GapLaw((LogStudentPart(0.5, 5.8, 0.05, 0.1, 5.0), POOL), never=0.02)
FIXED = GapLaw((EmpiricalPart(1.0, POOL.ages_days, POOL.survival_after),))
SECOND_OPINION = UnderWay(0.9, (30.0, 100.0, 600.0, 1500.0), (0.8, 0.4, 0.1, 0.02))
BOTH = GapLaw(POOLED.parts, 0.02, 90.0, SECOND_OPINION)


@pytest.mark.parametrize(
    "law",
    [EXPONENTIAL, LOGNORMAL, STUDENT, MIXED, POOLED, FIXED, BOTH]
    + [
        GapLaw(law.parts, law.never, elapsed)
        for law in (STUDENT, MIXED, POOLED)
        for elapsed in (90, 700)
    ],
    ids=lambda law: f"{len(law.parts)} parts after {law.elapsed_days:g} days",
)
def test_simulated_clocks_agree_with_the_renewal_equation(law: GapLaw) -> None:
    mean, error = simulated(law, 6.0, 60_000)
    solved = expected_events(law, 6.0, RESOLUTION)
    assert abs(mean - solved) < 3.0 * error
    assert solved > expected_events(law, 3.0, RESOLUTION)


def test_exponential_gaps_of_a_year_give_one_event_a_year() -> None:
    mean, error = simulated(EXPONENTIAL, 4.0, 60_000)
    assert abs(mean - 4.0) < 3.0 * error + 0.01  # later gaps are at least a week


def test_gaps_that_may_be_shorter_than_a_cell_are_still_solved() -> None:
    wide = LogStudentPart(1.0, 7.1, 0.07, 0.44, 1.35)
    law = GapLaw((wide,), never=1e-5, elapsed_days=3726.0, under_way=SECOND_OPINION)
    solved = expected_events(law, 10.0, Resolution(cells=50, variance_nodes=30, location_nodes=8))
    mean, error = simulated(law, 10.0, 20_000)
    assert abs(mean - solved) < 3.0 * error + 0.01 * solved
