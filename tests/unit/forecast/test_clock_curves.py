from datetime import date

import pytest

import made_values
from stack_half_life.domain.layers import Layer
from stack_half_life.services.clocks import curves_of_profile


@pytest.mark.parametrize("matched", [True, False])
def test_every_curve_falls_from_one_and_stays_a_probability(matched: bool) -> None:
    component = made_values.made_component("PostgreSQL", Layer.DATA_STORE, cycle="17")
    profile = made_values.made_profile(component, matched=matched)
    curves = curves_of_profile(profile, date(2026, 11, 23))
    for curve in (curves.cycle, curves.breaking, curves.support, curves.in_manifest):
        assert curve.survival[0] == pytest.approx(1.0, abs=0.02)
        assert all(a >= b for a, b in zip(curve.survival, curve.survival[1:], strict=False))
        assert curve.years[-1] > 0
    assert curves.cycle.observed_years == ()
    assert (curves.cycle.elapsed_years is None) is not matched
