"""Scores agree with brute force, are proper, and tell calibrated forecasts from others."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stack_half_life.forecast.scores import (
    Outcomes,
    brier,
    crps_days,
    mean_by_product,
    pit_bounds,
    share_within,
)

GRID = np.arange(0.0, 1834.0, 7.0)


def outcomes(event: float, window: float) -> Outcomes:
    return Outcomes(np.array([event]), np.array([window]), np.array([0]))


def exponential(mean: float) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    return (1.0 - np.exp(-GRID / mean))[None, :]


@settings(max_examples=40, derandomize=True, deadline=None)
@given(st.floats(20.0, 2000.0), st.floats(0.0, 2500.0), st.floats(30.0, 1826.0))
def test_crps_is_the_integral_of_squared_error(mean: float, event: float, window: float) -> None:
    fine = np.linspace(0.0, window, 20_001)
    middle = 0.5 * (fine[1:] + fine[:-1])
    chance = np.interp(middle, GRID, exponential(mean)[0])
    brute = float(np.sum((chance - (event <= middle)) ** 2) * (fine[1] - fine[0]))
    score = float(crps_days(exponential(mean), GRID, outcomes(event, window))[0])
    assert score == pytest.approx(brute, rel=1e-3, abs=0.2)


def test_the_true_distribution_scores_best_on_average() -> None:
    rng = np.random.default_rng(5)
    events = rng.exponential(300.0, 3000)
    truth = Outcomes(events, np.full(3000, 1826.0), np.arange(3000))
    means = {
        mean: float(crps_days(np.repeat(exponential(mean), 3000, axis=0), GRID, truth).mean())
        for mean in (150.0, 300.0, 600.0)
    }
    assert min(means, key=lambda mean: means[mean]) == 300.0


def test_certainty_about_what_happens_scores_nothing() -> None:
    step = (GRID >= 70.0).astype(float)[None, :]
    assert float(crps_days(step, GRID, outcomes(70.0, 1000.0))[0]) == pytest.approx(7 / 3)


def test_brier_needs_a_window_that_reaches() -> None:
    certain = np.ones((1, len(GRID)))
    assert float(brier(certain, GRID, outcomes(400.0, 800.0), 365.0)[0]) == 1.0
    assert float(brier(certain, GRID, outcomes(300.0, 800.0), 365.0)[0]) == 0.0
    assert np.isnan(brier(certain, GRID, outcomes(300.0, 200.0), 365.0)[0])


def test_coverage_of_a_true_forecast_is_its_level_even_with_censoring() -> None:
    rng = np.random.default_rng(7)
    events = rng.exponential(500.0, 20_000)
    truth = Outcomes(events, np.full(20_000, 600.0), np.arange(20_000))
    low, high = pit_bounds(np.repeat(exponential(500.0), 20_000, axis=0), GRID, truth)
    for level in (0.5, 0.8, 0.9):
        covered = share_within(low, high, 0.5 - level / 2, 0.5 + level / 2).mean()
        assert covered == pytest.approx(level, abs=0.01)


def test_products_weigh_equally_whatever_their_cases() -> None:
    means = mean_by_product(np.array([1.0, 1.0, 4.0, np.nan]), np.array([0, 0, 2, 1]))
    assert means[0] == 1.0
    assert means[2] == 4.0
    assert np.isnan(means[1])
