"""What becomes of lanes that hold one technology each: upgrades, time unsupported, replacement.

Between two releases the newest cycle out does not change, so the policy is followed interval by
interval over all live lanes at once:

- *supported*: when the cycle in use has lost support and a newer one is out, move to the newest.
- *latest*: also move when a breaking cycle has been out for the lag.
- *pinned*: never move.
- hosted: at the end of support move to the newest whatever the policy; where nothing newer is out
  the technology is gone and must be replaced.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from stack_half_life.domain.stack import UpgradePolicy
from stack_half_life.forecast.simulation.gaps import EventStream
from stack_half_life.forecast.simulation.support import SupportLanes
from stack_half_life.forecast.simulation.variates import Floats, Lanes, Variates


@dataclass(frozen=True, slots=True)
class Lives:
    """Lanes that each take a technology at a start and hold it until it is replaced.

    starts: [n] years.  replaced: [n] years at which it is replaced of itself, inf for never.
    releases: release cycles to come.  breaking: [m, n] breaking ones, those the cycle in use lacks
    included, inf-padded; None where no upgrade can happen.
    """

    starts: Floats
    replaced: Floats
    releases: EventStream
    breaking: Floats | None
    support: SupportLanes


@dataclass(frozen=True, slots=True)
class Upgrades:
    """Upgrades: lane, years, release cycles crossed, breaking ones among them; [k] each."""

    lanes: Lanes
    times: Floats
    crossed: NDArray[np.int64]
    breaking: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Spells:
    """Time on a cycle without support: lane, from, to in years; [k] each."""

    lanes: Lanes
    starts: Floats
    ends: Floats


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of the lanes; `replaced` as in `Lives`, shutdowns without successor included."""

    upgrades: Upgrades
    spells: Spells
    replaced: Floats


def live(
    lives: Lives,
    policy: UpgradePolicy,
    lag_years: float,
    horizon_years: float,
    variates: Variates,
    *,
    is_hosted: bool,
) -> Outcome:
    """Follow each lane's policy from its start to its replacement or the horizon."""
    return _Sweep(lives, policy, lag_years, horizon_years, variates, is_hosted=is_hosted).outcome()


class _Sweep:
    """The state of one pass over the rows of releases; arrays are by lane unless said."""

    def __init__(
        self,
        lives: Lives,
        policy: UpgradePolicy,
        lag_years: float,
        horizon_years: float,
        variates: Variates,
        *,
        is_hosted: bool,
    ) -> None:
        self._lives, self._support, self._variates = lives, lives.support, variates
        self._lag, self._is_hosted = lag_years, is_hosted
        self._moves = is_hosted or policy is not UpgradePolicy.PINNED
        self._takes = policy is UpgradePolicy.LATEST
        self._replaced = lives.replaced.copy()
        self._limit = np.minimum(lives.replaced, horizon_years)
        self._ends = lives.support.in_use_ends.copy()
        self._due = lives.support.in_use_due.copy()
        self._in_use = -lives.support.behind
        self._since = lives.starts.copy()
        self._crossed = np.zeros(len(lives.starts), np.intp)
        self._breaking = lives.breaking.ravel() if lives.breaking is not None else np.zeros(0)
        self._upgrades: list[Upgrades] = []
        self._spells: list[Spells] = []

    def outcome(self) -> Outcome:
        """Sweep, then close the spells that are open where a life ends."""
        has_rule = bool((self._support.successors > 0).any())
        if self._moves or has_rule:
            self._sweep(has_rule=has_rule)
        self._record_spells(np.arange(len(self._limit)), self._limit)
        return Outcome(
            _joined_upgrades(self._upgrades), _joined_spells(self._spells), self._replaced
        )

    def _sweep(self, *, has_rule: bool) -> None:
        lanes = self._lives.releases.order
        released = self._lives.starts[lanes]
        for index, row in enumerate(self._lives.releases.rows):
            if has_rule:
                due = np.flatnonzero(self._due[lanes] == index)
                self._ends[lanes[due]] = released[due]
            if self._moves:
                self._interval(index, lanes, released, row.next_times)
            lanes, released = lanes[row.kept], row.next_times[row.kept]

    def _interval(self, index: int, lanes: Lanes, released: Floats, until: Floats) -> None:
        """All moves between release `index` and the next one."""
        while True:
            ends = self._ends[lanes]
            lost = np.maximum(ends, np.maximum(released, self._since[lanes]))
            is_behind = self._in_use[lanes] < index
            if index == 0:
                is_behind &= self._support.newest_ends[lanes] > lost
            if not self._is_hosted:
                lost = np.where(is_behind, lost, np.inf)
            moves = np.minimum(lost, self._taking(lanes)) if self._takes else lost
            chosen = np.flatnonzero(moves < np.minimum(until, self._limit[lanes]))
            if not len(chosen):
                return
            if self._is_hosted:
                gone = chosen[~is_behind[chosen] & (moves[chosen] == lost[chosen])]
                self._replaced[lanes[gone]] = self._limit[lanes[gone]] = moves[gone]
                chosen = np.setdiff1d(chosen, gone, assume_unique=True)
            self._move(index, lanes[chosen], released[chosen], moves[chosen])
            if not (self._is_hosted or self._takes):
                return

    def _taking(self, lanes: Lanes) -> Floats:
        """When the next breaking cycle will have been out for the lag."""
        next_breaking = self._breaking[self._crossed[lanes] * len(self._limit) + lanes]
        taking: Floats = np.maximum(next_breaking + self._lag, self._lives.starts[lanes])
        return taking

    def _move(self, index: int, lanes: Lanes, released: Floats, times: Floats) -> None:
        """Upgrade lanes to the newest cycle at given times; update support."""
        self._record_spells(lanes, times)
        n = len(self._limit)
        before = self._crossed[lanes]
        after = before.copy()
        latest = np.full(len(lanes), -np.inf)
        left = np.arange(len(lanes))
        while len(left):
            next_breaking = self._breaking[after[left] * n + lanes[left]]
            passed = next_breaking <= times[left]
            left = left[passed]
            latest[left] = next_breaking[passed]
            after[left] += 1
        breaking = after - before
        crossed = np.maximum(index - self._in_use[lanes], breaking)
        self._upgrades.append(Upgrades(lanes, times, crossed, breaking))
        self._crossed[lanes], self._in_use[lanes], self._since[lanes] = after, index, times
        is_known = (latest <= self._lives.starts[lanes]) & (index == 0)
        known, fresh = lanes[is_known], lanes[~is_known]
        self._ends[known] = self._support.newest_ends[known]
        self._due[known] = self._support.newest_due[known]
        newest = np.maximum(released, latest)[~is_known]
        self._ends[fresh], self._due[fresh] = self._support.ends_of_new(
            fresh, newest, times[~is_known], index, self._variates
        )

    def _record_spells(self, lanes: Lanes, until: Floats) -> None:
        starts = np.maximum(self._ends[lanes], self._since[lanes])
        is_spell = starts < until
        if is_spell.any():
            self._spells.append(Spells(lanes[is_spell], starts[is_spell], until[is_spell]))


def _joined_upgrades(chunks: list[Upgrades]) -> Upgrades:
    if not chunks:
        whole = np.zeros(0, np.intp)
        return Upgrades(whole, np.zeros(0), whole, whole)
    return Upgrades(
        np.concatenate([chunk.lanes for chunk in chunks]),
        np.concatenate([chunk.times for chunk in chunks]),
        np.concatenate([chunk.crossed for chunk in chunks]),
        np.concatenate([chunk.breaking for chunk in chunks]),
    )


def _joined_spells(chunks: list[Spells]) -> Spells:
    if not chunks:
        return Spells(np.zeros(0, np.intp), np.zeros(0), np.zeros(0))
    return Spells(
        np.concatenate([chunk.lanes for chunk in chunks]),
        np.concatenate([chunk.starts for chunk in chunks]),
        np.concatenate([chunk.ends for chunk in chunks]),
    )
