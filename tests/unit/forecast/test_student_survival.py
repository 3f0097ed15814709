"""The Student t survival function agrees with tables and with itself."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stack_half_life.forecast.student import (
    log_gamma,
    regularised_beta,
    student_survival,
)


@pytest.mark.parametrize(
    ("t", "degrees", "tail"),
    [(6.314, 1, 0.05), (2.920, 2, 0.05), (2.571, 5, 0.025), (2.764, 10, 0.01), (1.984, 100, 0.025)],
)
def test_tabulated_tails(t: float, degrees: float, tail: float) -> None:
    assert float(student_survival(np.array(t), degrees)) == pytest.approx(tail, rel=1e-3)


def test_one_degree_is_cauchy_and_two_have_a_closed_form() -> None:
    t = np.linspace(-40, 40, 801)
    cauchy = 0.5 - np.arctan(t) / math.pi
    two = 0.5 - 0.5 * t / np.sqrt(2.0 + t * t)
    np.testing.assert_allclose(student_survival(t, 1.0), cauchy, atol=1e-13)
    np.testing.assert_allclose(student_survival(t, 2.0), two, atol=1e-13)


def test_far_tails_neither_overflow_nor_stop_falling() -> None:
    t = np.array([1e3, 1e10, 1e200])
    tail = student_survival(t, 1.7)
    assert np.all(np.diff(tail) <= 0)
    assert np.all((tail >= 0) & (tail < 1e-4))


@settings(max_examples=60, derandomize=True, deadline=None)
@given(st.floats(0.0, 1.0), st.floats(0.1, 80.0), st.floats(0.1, 80.0))
def test_beta_is_symmetric_and_a_probability(x: float, a: float, b: float) -> None:
    value = float(regularised_beta(np.array(x), a, b))
    assert 0.0 <= value <= 1.0
    assert value == pytest.approx(1.0 - float(regularised_beta(np.array(1.0 - x), b, a)), abs=1e-9)


def test_log_gamma_at_known_points() -> None:
    x = np.array([0.1, 0.5, 1.0, 4.5, 30.0])
    np.testing.assert_allclose(log_gamma(x), [math.lgamma(v) for v in x], rtol=1e-12, atol=1e-13)
