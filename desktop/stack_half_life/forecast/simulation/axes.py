"""How the years of a forecast are cut up."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from stack_half_life.forecast.simulation.variates import Floats

_MOST_PER_YEAR = 12
_MOST_GRID_CELLS = 120
_FINE_CELLS = 1200


@dataclass(frozen=True, slots=True)
class Axes:
    """A grid for curves, fine cells for quantiles of times, and years that end on grid points.

    grid_per_year: cells of the grid in a year; the last one ends at the horizon.
    grid_cells: how many there are.  fine_per_grid: fine cells in each, of equal length.
    years: started years within the horizon.
    """

    horizon_years: float
    grid_per_year: float
    grid_cells: int
    fine_per_grid: int
    years: int

    @classmethod
    def of(cls, horizon_years: float) -> "Axes":
        """The axes for a horizon: a grid by the month, wider over long times."""
        if horizon_years < 1.0:
            per_year = _MOST_PER_YEAR / horizon_years
        else:
            per_year = float(min(_MOST_PER_YEAR, max(int(_MOST_GRID_CELLS / horizon_years), 1)))
        cells = math.ceil(horizon_years * per_year - 1e-9)
        fine = math.ceil(_FINE_CELLS / cells)
        return cls(horizon_years, per_year, cells, fine, math.ceil(horizon_years))

    @property
    def fine_cells(self) -> int:
        """How many fine cells there are."""
        return self.grid_cells * self.fine_per_grid

    @property
    def fine_per_year(self) -> float:
        """How many fine cells make a year."""
        return self.grid_per_year * self.fine_per_grid

    @property
    def grid_years(self) -> Floats:
        """[grid_cells + 1] the ends of the grid cells, from 0."""
        ends: Floats = np.arange(self.grid_cells + 1) / self.grid_per_year
        ends[-1] = self.horizon_years
        return ends

    @property
    def year_points(self) -> NDArray[np.intp]:
        """[years] the grid point at which each year ends."""
        ends = np.arange(1, self.years + 1) * self.grid_per_year
        points: NDArray[np.intp] = np.minimum(ends, self.grid_cells).astype(np.intp)
        return points

    def grid_point(self, times: Floats) -> NDArray[np.intp]:
        """The first grid point not before each time."""
        scaled = times * self.grid_per_year
        points = np.ceil(scaled, out=scaled).astype(np.intp)
        return np.minimum(points, self.grid_cells, out=points)

    def fine_cell(self, times: Floats) -> NDArray[np.intp]:
        """The fine cell of each time."""
        cells = (times * self.fine_per_year).astype(np.intp)
        return np.minimum(cells, self.fine_cells - 1, out=cells)
