"""Curves, years and quantiles of times share one grid, whatever the horizon."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stack_half_life.forecast.simulation.axes import Axes


@settings(max_examples=60, derandomize=True, deadline=None)
@given(st.floats(0.003, 100.0), st.lists(st.floats(0.0, 1.0, exclude_max=True), min_size=1))
def test_times_fall_before_the_next_point_and_into_their_cell(
    horizon_years: float, shares: list[float]
) -> None:
    axes, times = Axes.of(horizon_years), horizon_years * np.array(shares)
    grid = axes.grid_years
    assert grid[0] == 0.0
    assert grid[-1] == horizon_years
    assert np.all(np.diff(grid) > 0.0)
    points = axes.grid_point(times)
    slack = 1e-9 * horizon_years
    assert np.all(times <= grid[points] + slack)
    assert np.all((points == 0) | (times > grid[points - 1] - slack))
    cells = axes.fine_cell(times)
    assert np.all(np.abs((cells + 0.5) / axes.fine_per_year - times) <= 0.51 / axes.fine_per_year)


@pytest.mark.parametrize("horizon_years", [0.01, 0.7, 1.0, 2.5, 3.3, 10.0, 17.0, 60.5, 100.0])
def test_years_end_on_grid_points(horizon_years: float) -> None:
    axes = Axes.of(horizon_years)
    ends = np.minimum(np.arange(1, axes.years + 1), horizon_years)
    np.testing.assert_allclose(axes.grid_years[axes.year_points], ends)
    assert axes.grid_cells <= 121
    assert axes.fine_cells >= 1200
