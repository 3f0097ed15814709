"""Running totals over blocks of futures: everything a summary needs, in bounded memory.

Sums and histograms take every future. Quantiles of cost rest on the futures kept one by one: all
of them up to `KEPT_CELLS` figures, else the first ones.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from stack_half_life.domain.progress import OnStep, no_step
from stack_half_life.forecast.simulation.axes import Axes
from stack_half_life.forecast.simulation.pricing import Rework, present_days
from stack_half_life.forecast.simulation.variates import Floats, Lanes

KINDS = 3
MOST_WINDOWS = 8
KEPT_CELLS = 8_000_000


@dataclass(slots=True)
class ComponentTally:
    """Totals of one component over the futures of one or more blocks.

    counts, cost_by_kind: [3].  cost_by_year_kind: [years, 3].
    forced: replacements that neighbours forced.
    first_rework: [fine] histogram of first times.
    upgrades, replacements: [8, fine] histograms of the time of the n-th.
    redone: [grid + 1] expected share newly redone by each grid point, summed over futures.
    cost, cost_squares: of all futures, summed.  kept: by block, [kept] cost of each future kept.
    """

    axes: Axes
    counts: Floats = field(init=False)
    cost_by_kind: Floats = field(init=False)
    cost_by_year_kind: Floats = field(init=False)
    first_rework: Floats = field(init=False)
    upgrades: Floats = field(init=False)
    replacements: Floats = field(init=False)
    redone: Floats = field(init=False)
    forced: int = 0
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

    def count(self, rework: Rework, points: NDArray[np.intp], n: int, kept: int) -> None:
        """Add the rework of a block of n futures; points: [k] grid point of each event."""
        axes = self.axes
        self.counts += [np.count_nonzero(rework.kinds == kind) for kind in range(KINDS)]
        self.forced += rework.forced
        cells = points * KINDS
        cells += rework.kinds
        size = (axes.grid_cells + 1) * KINDS
        by_point = np.bincount(cells, rework.costs, minlength=size).reshape(-1, KINDS)
        by_year = np.add.reduceat(by_point, [0, *(axes.year_points[:-1] + 1)])
        self.cost_by_year_kind += by_year
        self.cost_by_kind += by_year.sum(axis=0)
        firsts = first_events(rework.lanes)
        totals = np.zeros(n)
        totals[rework.lanes[firsts]] = np.add.reduceat(rework.costs, firsts) if len(firsts) else 0.0
        self.cost += float(totals.sum())
        self.cost_squares += float(np.square(totals).sum())
        self.kept.append(totals[:kept])
        self.first_rework += self._histogram(rework.times[firsts])
        self._count_by_rank(self.upgrades, rework, np.flatnonzero(rework.kinds == 0))
        self._count_by_rank(self.replacements, rework, np.flatnonzero(rework.kinds == 1))
        self._count_redone(rework, points, firsts)

    def _histogram(self, times: Floats) -> NDArray[np.intp]:
        return np.bincount(self.axes.fine_cell(times), minlength=self.axes.fine_cells)

    def _count_by_rank(self, table: Floats, rework: Rework, chosen: NDArray[np.intp]) -> None:
        """Add the n-th chosen event of each lane to the table's n-th histogram."""
        firsts = first_events(rework.lanes[chosen])
        counts = np.diff(firsts, append=len(chosen))
        for rank in range(MOST_WINDOWS):
            nth = firsts[np.flatnonzero(counts > rank)] + rank
            if not len(nth):
                return
            table[rank] += self._histogram(rework.times[chosen[nth]])

    def _count_redone(
        self, rework: Rework, points: NDArray[np.intp], firsts: NDArray[np.intp]
    ) -> None:
        """Add what each event newly redoes: what was left before it less what is left after it."""
        if not len(firsts):
            return
        left = np.cumsum(rework.log_kept)
        before_lane = left[firsts] - rework.log_kept[firsts]
        left -= np.repeat(before_lane, np.diff(firsts, append=len(left)))
        np.exp(left, out=left)
        redone = np.empty_like(left)
        np.subtract(left[:-1], left[1:], out=redone[1:])
        redone[firsts] = 1.0 - left[firsts]
        self.redone += np.bincount(points, redone, minlength=self.axes.grid_cells + 1)

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
        self.forced += other.forced
        self.unsupported_years += other.unsupported_years
        self.cost += other.cost
        self.cost_squares += other.cost_squares
        self.kept += other.kept


@dataclass(slots=True)
class StackTally:
    """Totals of a whole stack over the futures of one or more blocks.

    discount_rate_per_year: of money; it changes `present_totals` alone.
    totals: by block, [n] person-days of every future.  present_totals: the same as money weighs
        them (`present_days`); the very arrays of totals where the rate is 0.
    fan: [grid + 1, kept] cumulative cost.  by_year: [years, kept].
    """

    axes: Axes
    components: list[ComponentTally]
    discount_rate_per_year: float = 0.0
    n: int = 0
    totals: list[Floats] = field(default_factory=list)
    present_totals: list[Floats] = field(default_factory=list)
    fan: list[NDArray[np.float32]] = field(default_factory=list)
    by_year: list[NDArray[np.float32]] = field(default_factory=list)
    cumulative: Floats = field(init=False)

    def __post_init__(self) -> None:
        self.cumulative = np.zeros(self.axes.grid_cells + 1)

    def count(
        self, reworks: Sequence[Rework], n: int, kept: int, on_step: OnStep = no_step
    ) -> None:
        """Add a block of n futures, of which the first `kept` are kept one by one."""
        axes = self.axes
        most = axes.grid_cells + 1
        bounds = np.cumsum([0, *(len(rework.lanes) for rework in reworks)]).tolist()
        cells, costs = np.empty(bounds[-1], np.intp), np.empty(bounds[-1])
        rate, present = self.discount_rate_per_year, np.zeros(n)
        for tally, rework, first, last in zip(
            self.components, reworks, bounds, bounds[1:], strict=False
        ):
            on_step()
            points = axes.grid_point(rework.times)
            tally.count(rework, points, n, kept)
            part = np.multiply(rework.lanes, most, out=cells[first:last])
            part += points
            costs[first:last] = rework.costs
            if rate:
                present += np.bincount(rework.lanes, present_days(rework, rate), minlength=n)
        by_lane = np.bincount(cells, costs, minlength=n * most).reshape(n, most)
        fan = np.ascontiguousarray(by_lane.T)
        for point in range(1, most):
            fan[point] += fan[point - 1]
        self.n += n
        totals = fan[-1].copy()
        self.totals.append(totals)
        self.present_totals.append(present if rate else totals)
        self.cumulative += fan.sum(axis=1)
        if kept:
            self.fan.append(fan[:, :kept].astype(np.float32))
            by_year = np.diff(fan[axes.year_points, :kept], axis=0, prepend=0.0)
            self.by_year.append(by_year.astype(np.float32))

    def add(self, other: "StackTally") -> None:
        """Add the totals of later futures."""
        self.n += other.n
        self.cumulative += other.cumulative
        self.totals += other.totals
        self.present_totals += other.present_totals
        self.fan += other.fan
        self.by_year += other.by_year
        for mine, theirs in zip(self.components, other.components, strict=True):
            mine.add(theirs)


def first_events(lanes: Lanes) -> NDArray[np.intp]:
    """The place of each lane's first event; lanes are sorted."""
    changes = np.flatnonzero(lanes[1:] != lanes[:-1])
    return np.concatenate([np.zeros(min(len(lanes), 1), np.intp), changes + 1])


def futures_kept(futures: int, components: int, axes: Axes) -> int:
    """How many futures are kept one by one for quantiles of cost."""
    return min(futures, KEPT_CELLS // max(axes.grid_cells + 1 + axes.years, components))
