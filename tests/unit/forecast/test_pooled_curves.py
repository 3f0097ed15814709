"""The pooled Kaplan–Meier curve against the product over event times done by hand."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stack_half_life.forecast.fitting.pooled import kaplan_meier, spells_of

SPELLS = st.lists(st.tuples(st.integers(1, 30), st.booleans()), min_size=1, max_size=25)


@settings(max_examples=60, derandomize=True, deadline=None)
@given(SPELLS, st.integers(0, 35))
def test_product_limit(spells: list[tuple[int, bool]], day: int) -> None:
    survival = 1.0
    for age in sorted({length for length, seen in spells if seen and length <= day}):
        at_risk = sum(length >= age for length, _ in spells)
        ended = sum(seen and length == age for length, seen in spells)
        survival *= 1.0 - ended / at_risk
    curve = kaplan_meier(spells_of([[(float(a), b) for a, b in spells]]).equal)
    assert float(curve.survival(np.array(float(day)))) == pytest.approx(survival, abs=1e-12)


def test_each_technology_can_weigh_the_same() -> None:
    often, once = [(10.0, True)] * 9, [(20.0, True)]
    by_spell = kaplan_meier(spells_of([often, once]).equal)
    by_technology = kaplan_meier(spells_of([often, once]))
    day = np.array(10.0)
    assert float(by_spell.survival(day)) == pytest.approx(0.1)
    assert float(by_technology.survival(day)) == pytest.approx(0.5)


def test_conditioning_on_elapsed_days() -> None:
    curve = kaplan_meier(spells_of([[(10.0, True), (20.0, True), (30.0, True), (40.0, True)]]))
    cdf = curve.cdf_given(np.array([15.0, 100.0]), np.array([0.0, 5.0, 15.0]))
    np.testing.assert_allclose(cdf, [[0.0, 1 / 3, 2 / 3], [0.0, 0.0, 0.0]], atol=1e-12)


def test_nothing_known_is_a_curve_that_never_falls() -> None:
    curve = kaplan_meier(spells_of([]))
    assert float(curve.survival(np.array(1e6))) == 1.0
