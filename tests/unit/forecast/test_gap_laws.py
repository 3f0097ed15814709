"""A gap law is a survival curve, conditions rightly, and inverts."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stack_half_life.forecast.laws import (
    EmpiricalPart,
    EndLaw,
    GapLaw,
    LogStudentPart,
    LomaxPart,
    RemovalLaw,
)

DAYS = np.concatenate([[0.0], np.geomspace(0.5, 40_000.0, 120)])


@st.composite
def laws(draw: st.DrawFn) -> GapLaw:
    weights = np.array([draw(st.floats(0.05, 1.0)) for _ in range(3)])
    weights = weights / weights.sum()
    ages = sorted(draw(st.lists(st.floats(5.0, 4000.0), min_size=1, max_size=6, unique=True)))
    falls = sorted(
        draw(st.lists(st.floats(0.05, 1.0), min_size=len(ages), max_size=len(ages))), reverse=True
    )
    return GapLaw(
        (
            LogStudentPart(
                float(weights[0]),
                location=draw(st.floats(2.0, 8.0)),
                variance=draw(st.floats(0.001, 1.0)),
                location_variance=draw(st.floats(0.001, 1.0)),
                degrees=draw(st.floats(0.8, 40.0)),
            ),
            LomaxPart(
                float(weights[1]), draw(st.floats(1.0, 30.0)), draw(st.floats(50.0, 20_000.0))
            ),
            EmpiricalPart(float(weights[2]), tuple(ages), tuple(falls)),
        ),
        never=draw(st.floats(0.0, 0.2)),
        elapsed_days=draw(st.floats(0.0, 5000.0)),
    )


@settings(max_examples=60, derandomize=True, deadline=None)
@given(laws())
def test_survival_starts_at_one_and_never_rises(law: GapLaw) -> None:
    survival = law.survival(DAYS)
    assert survival[0] == 1.0
    assert np.all(np.diff(survival) <= 1e-12)
    assert np.all((survival >= 0.0) & (survival <= 1.0))


@settings(max_examples=60, derandomize=True, deadline=None)
@given(laws(), st.floats(1.0, 3000.0))
def test_conditioning_in_steps_is_conditioning_once(law: GapLaw, later: float) -> None:
    fresh = GapLaw(law.parts, law.never, 0.0)
    moved = GapLaw(law.parts, law.never, law.elapsed_days + later)
    whole = fresh.survival(law.elapsed_days + later + DAYS)
    steps = law.survival(np.array(later)) * moved.survival(DAYS)
    np.testing.assert_allclose(
        fresh.survival(np.array(law.elapsed_days)) * steps, whole, rtol=1e-9, atol=1e-12
    )


@settings(max_examples=40, derandomize=True, deadline=None)
@given(laws(), st.floats(0.01, 0.99))
def test_quantile_is_where_the_curve_crosses(law: GapLaw, probability: float) -> None:
    days = law.quantile(probability)
    if math.isinf(days):
        assert float(law.survival(np.array(1e17))) > 1.0 - probability
        return
    assert float(law.survival(np.array(days))) <= 1.0 - probability + 1e-9
    assert float(law.survival(np.array(days * (1 - 1e-6)))) >= 1.0 - probability - 1e-4


def test_a_never_ending_gap_has_no_late_quantile() -> None:
    law = GapLaw((LomaxPart(1.0, 2.0, 100.0),), never=0.3)
    assert math.isinf(law.quantile(0.8))
    assert math.isfinite(law.quantile(0.5))


def test_a_gap_already_impossibly_long_is_due_at_once() -> None:
    law = GapLaw((EmpiricalPart(1.0, (10.0,), (0.0,)),), elapsed_days=50.0)
    np.testing.assert_array_equal(law.survival(np.array([0.0, 1.0])), [1.0, 0.0])


def test_removal_law_integrates_its_bands() -> None:
    law = RemovalLaw(5.0, 5.0, 1.0, (0.0, 0.25, 2.0), (0.4, 0.2, 0.1))
    assert float(law.cumulative_baseline(np.array(3.0))) == pytest.approx(0.1 + 0.35 + 0.1)
    sure = RemovalLaw(1e9, 1e9, 2.0, (0.0, 0.25, 2.0), (0.4, 0.2, 0.1))
    assert float(sure.survival(np.array(1.0), 2.0)) == pytest.approx(math.exp(-0.2), rel=1e-6)


def test_end_law_knows_recorded_ends() -> None:
    ended = EndLaw(5.5, 1361.0, ended_in_years=2.0)
    np.testing.assert_array_equal(ended.survival(np.array([1.0, 2.0, 3.0])), [1.0, 0.0, 0.0])
    alive = EndLaw(5.5, 1361.0)
    assert float(alive.survival(np.array(1.0))) == pytest.approx(1 - 5.5 / 1361, rel=1e-3)
