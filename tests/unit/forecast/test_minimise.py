"""The minimiser reaches known minima, and says how far it is."""

import numpy as np

from stack_half_life.forecast.fitting.minimise import minimise
from stack_half_life.forecast.student import Floats


def rosenbrock(point: Floats) -> tuple[float, Floats]:
    x, y = point
    slope = np.array([-2 * (1 - x) - 400 * x * (y - x * x), 200 * (y - x * x)])
    return float((1 - x) ** 2 + 100 * (y - x * x) ** 2), slope


def test_a_curved_valley() -> None:
    best = minimise(
        rosenbrock, np.array([-1.2, 1.0]), steps=200, tolerance=1e-14, on_step=lambda *_: None
    )
    np.testing.assert_allclose(best, [1.0, 1.0], atol=1e-3)


def test_a_start_at_the_minimum_stays_and_steps_never_rise() -> None:
    seen: list[float] = []

    def bowl(point: Floats) -> tuple[float, Floats]:
        return float(point @ point), 2.0 * point

    best = minimise(bowl, np.zeros(3), steps=5, on_step=lambda _, value: seen.append(value))
    np.testing.assert_array_equal(best, np.zeros(3))
    minimise(bowl, np.array([3.0, -2.0]), steps=20, on_step=lambda _, value: seen.append(value))
    assert seen[1:] == sorted(seen[1:], reverse=True)
