"""The first gap of a future has exactly the closed-form law, whatever the time already elapsed."""

import numpy as np
import pytest

from stack_half_life.domain.dates import DAYS_PER_YEAR
from stack_half_life.forecast.laws import (
    AnnouncementSlip,
    EmpiricalPart,
    EndLaw,
    GapLaw,
    LogStudentPart,
    LomaxPart,
    RemovalLaw,
    SuccessorRule,
    SupportLaw,
    UnderWay,
)
from stack_half_life.forecast.simulation.clocks import TechnologyClocks
from stack_half_life.forecast.simulation.gaps import GapLanes, draw_gaps
from stack_half_life.forecast.simulation.law_table import law_table
from stack_half_life.forecast.simulation.replacement import replacement_table
from stack_half_life.forecast.simulation.variates import LaneVariates, Variates, bulk_variates

N = 40_000
STUDENT = LogStudentPart(1.0, location=5.5, variance=0.06, location_variance=0.2, degrees=2.2)
TIGHT = LogStudentPart(1.0, location=5.8, variance=0.01, location_variance=0.004, degrees=60.0)
LOMAX = LomaxPart(1.0, shape=2.4, scale_days=500.0)
MIXED = (
    LogStudentPart(0.5, 5.5, 0.06, 0.2, 2.2),
    LomaxPart(0.3, 2.4, 500.0),
    EmpiricalPart(0.2, (30.0, 90.0, 200.0, 800.0), (0.9, 0.6, 0.4, 0.1)),
)
EMPIRICAL = EmpiricalPart(1.0, (30.0, 90.0, 200.0, 800.0), (0.9, 0.6, 0.4, 0.1))


def sources() -> list[Variates]:
    return [bulk_variates(7, "test"), LaneVariates(np.arange(N, dtype=np.uint64))]


def drawn_of(law: GapLaw, variates: Variates, *, n: int = N, speed: float = 1.0) -> GapLanes:
    rows, within = np.zeros(n, np.intp), np.full(n, np.inf)
    return draw_gaps(law_table([law]), rows, variates, within, np.array([speed]))


def distance(samples_days: np.ndarray, law: GapLaw) -> float:
    """The Kolmogorov–Smirnov statistic √n sup |F_n − F|, at the samples and just before them."""
    points = np.unique(samples_days[np.isfinite(samples_days)])
    if not len(points):
        return float(np.sqrt(N) * (1.0 - law.survival(np.array(1e300))))
    reached = np.searchsorted(np.sort(samples_days), points, side="right") / N
    before = np.searchsorted(np.sort(samples_days), points, side="left") / N
    nudged = np.maximum(points - 1e-6, 1e-9)
    gaps = np.abs(reached - (1.0 - law.survival(points + 1e-6)))
    gaps_before = np.abs(before - (1.0 - law.survival(nudged)))
    return float(np.sqrt(N) * max(gaps.max(), gaps_before.max()))


@pytest.mark.parametrize("elapsed", [0.0, 20.0, 180.0, 700.0, 3000.0])
@pytest.mark.parametrize(
    ("parts", "never"),
    [
        ((STUDENT,), 0.0),
        ((TIGHT,), 0.0),
        ((LOMAX,), 0.05),
        ((EMPIRICAL,), 0.0),
        (MIXED, 0.03),
    ],
    ids=["student", "tight", "lomax", "empirical", "mixed"],
)
@pytest.mark.parametrize("source", [0, 1], ids=["bulk", "by lane"])
def test_first_gap_has_the_closed_form_law(
    parts: tuple[LogStudentPart, ...], never: float, elapsed: float, source: int
) -> None:
    law = GapLaw(parts, never, elapsed)
    drawn = drawn_of(law, sources()[source]).first_years * DAYS_PER_YEAR
    assert not np.isnan(drawn).any()
    if float(law.survival_of_gap(np.array(elapsed))) > 1e-300:
        assert distance(drawn, law) < 1.95  # exceeded once in a thousand
    else:
        assert (drawn == 0.0).all()


@pytest.mark.parametrize("elapsed", [0.0, 180.0, 3000.0])
@pytest.mark.parametrize("source", [0, 1], ids=["bulk", "by lane"])
def test_a_curve_of_the_gap_under_way_counts_by_its_weight(elapsed: float, source: int) -> None:
    curve = UnderWay(0.6, (7.0, 14.0, 70.0, 900.0), (0.95, 0.8, 0.3, 0.1))
    law = GapLaw(MIXED, 0.03, elapsed, curve)
    drawn = drawn_of(law, sources()[source]).first_years * DAYS_PER_YEAR
    assert distance(drawn, law) < 1.95


def test_each_row_of_a_table_has_its_own_curve() -> None:
    curves = (UnderWay(1.0, (10.0,), (0.0,)), UnderWay(1.0, (20.0, 30.0), (0.5, 0.0)))
    table = law_table([GapLaw((STUDENT,), 0.0, 5.0, curve) for curve in curves])
    rows = np.repeat([0, 1], 500)
    drawn = draw_gaps(table, rows, bulk_variates(4), np.full(1000, np.inf), np.ones(2))
    days = drawn.first_years * DAYS_PER_YEAR
    assert set(np.round(days[:500], 6)) == {10.0}
    assert set(np.round(days[500:], 6)) == {20.0, 30.0}


def test_a_gap_that_cannot_have_lasted_so_long_is_due_at_once() -> None:
    law = GapLaw((EmpiricalPart(1.0, (30.0, 90.0), (0.5, 0.0)),), 0.0, 400.0)
    drawn = drawn_of(law, bulk_variates(1), n=100)
    assert (drawn.first_years == 0.0).all()


def test_speed_divides_what_is_left() -> None:
    law = GapLaw(MIXED, 0.03, 100.0)
    slow = drawn_of(law, bulk_variates(3))
    fast = drawn_of(law, bulk_variates(3), speed=4.0)
    np.testing.assert_allclose(slow.first_years / 4.0, fast.first_years)


@pytest.mark.parametrize("tenure", [0.0, 0.3, 6.0])
def test_replacement_has_the_closed_form_law(tenure: float) -> None:
    removal = RemovalLaw(6.0, 7.0, 1.2, (0.0, 0.25, 0.5, 2.0, 4.0), (0.43, 0.23, 0.16, 0.1, 0.07))
    end = EndLaw(5.5, 40.0)
    law = GapLaw((LOMAX,))
    support = SupportLaw(law, AnnouncementSlip(0.0, 1.0, 0.0), SuccessorRule(0.0, ()))
    clocks = TechnologyClocks(law, law, support, removal, end, tenure_years=tenure)
    table = replacement_table([clocks], [1.0])
    waits = table.draw(np.zeros(N, np.intp), np.zeros(N), np.ones(N), bulk_variates(5, tenure))
    points = np.linspace(0.01, 30.0, 2000)
    reached = np.searchsorted(np.sort(waits), points, side="right") / N
    expected = 1.0 - removal.survival(points, tenure) * end.survival(points)
    assert float(np.sqrt(N) * np.abs(reached - expected).max()) < 1.95
