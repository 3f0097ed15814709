"""Running totals over blocks of futures: everything a summary needs, in bounded memory.

Sums and histograms take every future. Quantiles of cost rest on the futures kept one by one: all
of them up to `KEPT_CELLS` figures, else the first ones.
"""

import math
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from stack_half_life.forecast.simulation.pricing import MOST_LOG, Prices, Rework, discount
from stack_half_life.forecast.simulation.variates import Floats

KINDS = 3
MOST_WINDOWS = 8
KEPT_CELLS = 8_000_000
_MOST_GRID_CELLS = 120
_FINE_CELLS = 1200


@dataclass(frozen=True, slots=True)
class Axes:
    """How time is cut up.

    grid_cells: of equal length, about a month or longer, from 0 to the horizon.
    fine_cells: of equal length, a whole number in each grid cell, for quantiles of times.
    years: started years within the horizon.
    """

    horizon_years: float
    grid_cells: int
    fine_per_grid: int
    years: int

    @classmethod
    def of(cls, horizon_years: float) -> "Axes":
        """The axes for a horizon."""
        cells = min(max(round(horizon_years * 12), 12), _MOST_GRID_CELLS)
        return cls(horizon_years, cells, math.ceil(_FINE_CELLS / cells), math.ceil(horizon_years))

    @property
    def fine_cells(self) -> int:
        """How many fine cells there are."""
        return self.grid_cells * self.fine_per_grid

    @property
    def grid_years(self) -> Floats:
        """[grid_cells + 1] the ends of the grid cells, from 0."""
        return np.linspace(0.0, self.horizon_years, self.grid_cells + 1)

    def grid_point(self, times: Floats) -> NDArray[np.intp]:
        """The first grid point not before each time."""
        points = np.ceil(times * (self.grid_cells / self.horizon_years)).astype(np.intp)
        return np.minimum(points, self.grid_cells)

    def fine_cell(self, times: Floats) -> NDArray[np.intp]:
        """The fine cell of each time."""
        cells = (times * (self.fine_cells / self.horizon_years)).astype(np.intp)
        return np.minimum(cells, self.fine_cells - 1)

    def year(self, times: Floats) -> NDArray[np.intp]:
        """The year of each time, from 0."""
        return np.minimum(times.astype(np.intp), self.years - 1)


@dataclass(slots=True)
class ComponentTally:
    """Totals of one component over the futures of one or more blocks.

    counts, cost_by_kind: [3].  cost_by_year: [years].  cost_by_year_kind: [years, 3].
    first_rework, replaced: [fine] histograms of first times.
    upgrades, replacements: [8, fine] histograms of the time of the n-th.
    redone: [grid + 1] expected share newly redone by each grid point, summed over futures.
    costs: cost of each future kept.
    """

    axes: Axes
    counts: Floats = field(init=False)
    cost_by_kind: Floats = field(init=False)
    cost_by_year_kind: Floats = field(init=False)
    first_rework: Floats = field(init=False)
    upgrades: Floats = field(init=False)
    replacements: Floats = field(init=False)
    redone: Floats = field(init=False)
    unsupported_years: float = 0.0
    cost: float = 0.0
    cost_squares: float = 0.0
    kept: list[Floats] = field(default_factory=list)

    def __post_init__(self) -> None:
        fine, years = self.axes.fine_cells, self.axes.years
        self.counts, self.cost_by_kind = np.zeros(KINDS), np.zeros(KINDS)
        self.cost_by_year_kind = np.zeros((years, KINDS))
        self.first_rework = np.zeros(fine)
        self.upgrades = np.zeros((MOST_WINDOWS, fine))
        self.replacements = np.zeros((MOST_WINDOWS, fine))
        self.redone = np.zeros(self.axes.grid_cells + 1)

    def count(self, rework: Rework, costs: Floats, n: int, kept: int) -> None:
        """Add the rework of a block of n futures; costs: [k] person-days of each event."""
        axes = self.axes
        self.counts += np.bincount(rework.kinds, minlength=KINDS)
        self.cost_by_kind += np.bincount(rework.kinds, costs, minlength=KINDS)
        cells = axes.year(rework.times) * KINDS + rework.kinds
        self.cost_by_year_kind += np.bincount(cells, costs, minlength=axes.years * KINDS).reshape(
            axes.years, KINDS
        )
        totals = np.bincount(rework.lanes, costs, minlength=n).astype(float)
        self.cost += float(totals.sum())
        self.cost_squares += float(totals @ totals)
        self.kept.append(totals[:kept])
        fine = axes.fine_cell(rework.times)
        is_first = _is_first(rework.lanes)
        first_fine = fine[np.flatnonzero(is_first)]
        self.first_rework += np.bincount(first_fine, minlength=axes.fine_cells)
        _count_by_rank(self.upgrades, rework.lanes, fine, rework.kinds == 0)
        _count_by_rank(self.replacements, rework.lanes, fine, rework.is_replacing)
        self._count_redone(rework, is_first)

    def _count_redone(self, rework: Rework, is_first: NDArray[np.bool_]) -> None:
        """Add what each event newly redoes: share · Π of what earlier events left."""
        if not len(rework.lanes):
            return
        with np.errstate(divide="ignore"):
            logs = np.maximum(np.log1p(-rework.shares), -MOST_LOG)
        before = np.cumsum(logs) - logs
        first_at = np.flatnonzero(is_first)
        run = np.cumsum(is_first) - 1
        left = np.exp(before - before[first_at][run])
        points = self.axes.grid_point(rework.times)
        self.redone += np.bincount(points, left * rework.shares, minlength=self.axes.grid_cells + 1)

    def add(self, other: "ComponentTally") -> None:
        """Add the totals of later futures."""
        for name in (
            "counts",
            "cost_by_kind",
            "cost_by_year_kind",
            "first_rework",
            "upgrades",
            "replacements",
            "redone",
        ):
            getattr(self, name).__iadd__(getattr(other, name))
        self.unsupported_years += other.unsupported_years
        self.cost += other.cost
        self.cost_squares += other.cost_squares
        self.kept += other.kept


def _is_first(lanes: NDArray[np.intp]) -> NDArray[np.bool_]:
    first = np.ones(len(lanes), bool)
    np.not_equal(lanes[1:], lanes[:-1], out=first[1:])
    return first


def _count_by_rank(
    table: Floats, lanes: NDArray[np.intp], fine: NDArray[np.intp], chosen: NDArray[np.bool_]
) -> None:
    """Add the n-th chosen event of each lane to the table's n-th histogram."""
    some = np.flatnonzero(chosen)
    if not len(some):
        return
    lanes, fine = lanes[some], fine[some]
    places = np.arange(len(lanes))
    first_at = places * _is_first(lanes)
    ranks = places - np.maximum.accumulate(first_at)
    near = np.flatnonzero(ranks < MOST_WINDOWS)
    cells = ranks[near] * table.shape[1] + fine[near]
    table += np.bincount(cells, minlength=table.size).reshape(table.shape)


@dataclass(slots=True)
class StackTally:
    """Totals of a whole stack over the futures of one or more blocks.

    totals: cost of every future.  fan: [grid + 1, kept] cumulative cost.  by_year: [years, kept].
    """

    axes: Axes
    components: list[ComponentTally]
    n: int = 0
    totals: list[Floats] = field(default_factory=list)
    fan: list[Floats] = field(default_factory=list)
    by_year: list[Floats] = field(default_factory=list)
    cumulative: Floats = field(init=False)

    def __post_init__(self) -> None:
        self.cumulative = np.zeros(self.axes.grid_cells + 1)

    def count(
        self, reworks: list[Rework], prices: list[Prices], n: int, kept: int, rate: float
    ) -> None:
        """Add a block of n futures, of which the first `kept` are kept one by one."""
        axes = self.axes
        points, years, all_costs = [], [], []
        for tally, rework, price in zip(self.components, reworks, prices, strict=True):
            costs = price.effort_days[rework.lanes] * rework.shares
            if rate > 0.0:
                costs *= discount(rework.times, rate)
            tally.count(rework, costs, n, kept)
            points.append(axes.grid_point(rework.times) * n + rework.lanes)
            years.append(axes.year(rework.times) * n + rework.lanes)
            all_costs.append(costs)
        together = np.concatenate(all_costs)
        fan = _summed(points, together, (axes.grid_cells + 1, n))
        by_year = _summed(years, together, (axes.years, n))
        np.cumsum(fan, axis=0, out=fan)
        self.n += n
        self.totals.append(fan[-1].copy())
        self.cumulative += fan.sum(axis=1)
        if kept:
            self.fan.append(fan[:, :kept].astype(np.float32))
            self.by_year.append(by_year[:, :kept].astype(np.float32))

    def add(self, other: "StackTally") -> None:
        """Add the totals of later futures."""
        self.n += other.n
        self.cumulative += other.cumulative
        self.totals += other.totals
        self.fan += other.fan
        self.by_year += other.by_year
        for mine, theirs in zip(self.components, other.components, strict=True):
            mine.add(theirs)


def _summed(cells: list[NDArray[np.intp]], values: Floats, shape: tuple[int, int]) -> Floats:
    """Values added up by flat cell, as a table."""
    size = shape[0] * shape[1]
    sums: Floats = np.bincount(np.concatenate(cells), values, minlength=size).astype(float)
    return sums.reshape(shape)


def futures_kept(futures: int, components: int, axes: Axes) -> int:
    """How many futures are kept one by one for quantiles of cost."""
    return min(futures, KEPT_CELLS // max(axes.grid_cells + 1 + axes.years, components))
