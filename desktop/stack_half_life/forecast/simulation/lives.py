"""What becomes of lanes that hold one technology each: upgrades, time unsupported, shutdowns.

- *supported*: when the cycle in use has lost support and a newer one is out, move to the newest.
- *latest*: also move when a breaking cycle has been out for the lag; any cycle, where none broke
  so far or every one does.
- *pinned*: never move.
- hosted: at the end of support move to the newest whatever the policy; where nothing newer comes
  out within `HOSTED_GRACE_YEARS` the technology is gone and must be replaced.

All lanes make their first move together, then their second, until none moves before its end.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from stack_half_life.domain.stack import UpgradePolicy
from stack_half_life.forecast.simulation.clocks import HOSTED_GRACE_YEARS, Habits
from stack_half_life.forecast.simulation.event_streams import EventStream
from stack_half_life.forecast.simulation.support import SupportLanes
from stack_half_life.forecast.simulation.variates import Floats, Lanes, Variates


@dataclass(frozen=True, slots=True)
class Lives:
    """Lanes that each take a technology at a start and hold it to an end.

    starts, ends: [n] years; replaced or beyond the horizon at the end.
    releases: release cycles to come.  breaking: breaking ones, those the cycle in use lacks first.
    takes_all, all_break: [n] whether *latest* takes every cycle, and whether every cycle breaks.
    newer_since: [n] years since when a cycle newer than the one in use has been out at the start.
    habits: kinds of lane.  habit: [n] which of them each lane has.
    """

    starts: Floats
    ends: Floats
    releases: EventStream
    breaking: EventStream
    support: SupportLanes
    takes_all: NDArray[np.bool_]
    all_break: NDArray[np.bool_]
    newer_since: Floats
    habits: Sequence[Habits]
    habit: Lanes


@dataclass(frozen=True, slots=True)
class Upgrades:
    """Upgrades: lane, years, release cycles crossed, breaking ones among them; [k] each."""

    lanes: Lanes
    times: Floats
    crossed: NDArray[np.intp]
    breaking: NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Spells:
    """Time on a cycle without support: lane, from, to in years; [k] each."""

    lanes: Lanes
    starts: Floats
    ends: Floats


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of the lanes; gone: [n] years at which a hosted one shut down with no successor.

    Upgrades come lane by lane in order of time.
    """

    upgrades: Upgrades
    spells: Spells
    gone: Floats


def live(lives: Lives, variates: Variates) -> Outcome:
    """Follow each lane's habits from its start to its end."""
    return _Course(lives, variates).outcome()


class _Course:
    """The state of lanes while they move; arrays are by lane.

    since: when it last moved, or began.  ready: from when on it may move.
    crossed: how many breaking cycles the one in use has behind it.
    """

    def __init__(self, lives: Lives, variates: Variates) -> None:
        n = len(lives.starts)
        self._lives, self._support, self._variates = lives, lives.support, variates
        self._hosted = self._flags(lambda habits: habits.is_hosted)
        self._takes = self._flags(lambda habits: habits.policy is UpgradePolicy.LATEST)
        self._any_takes, self._any_hosted = bool(self._takes.any()), bool(self._hosted.any())
        self._limit = lives.ends.copy()
        self._gone = np.full(n, np.inf)
        self._ends = self._support.ends_at_start(np.arange(n), lives.releases, newest=False)
        self._in_use = -self._support.outlived
        self._since, self._ready = lives.starts.copy(), lives.starts.copy()
        self._rest = np.array([habits.rest_years for habits in lives.habits])[lives.habit]
        self._crossed = np.zeros(n, np.intp)
        self._upgrades: list[Upgrades] = []
        self._spells: list[Spells] = []

    def _flags(self, holds: Callable[[Habits], bool]) -> NDArray[np.bool_]:
        flags = [holds(habits) for habits in self._lives.habits]
        return np.array(flags, bool)[self._lives.habit]

    def outcome(self) -> Outcome:
        """Move until no lane does, then close the spells that are open where a life ends."""
        lanes = np.flatnonzero(self._flags(lambda habits: habits.can_move))
        lanes = self._first_move(lanes)
        while len(lanes):
            lanes = self._move(lanes, self._losing(lanes))
        self._record_spells(np.arange(len(self._limit)), self._limit)
        return Outcome(_by_lane(self._upgrades), _joined_spells(self._spells), self._gone)

    def _first_move(self, lanes: Lanes) -> Lanes:
        """The first move, where newer cycles may be out from the start; which lanes made it.

        Those cycles count while they are in support.
        """
        releases = self._lives.releases
        lost = np.maximum(self._ends[lanes], self._ready[lanes])
        first = releases.time_of(lanes, np.ones(len(lanes), np.intp))
        waiting = np.maximum(lost, first)
        behind = np.flatnonzero(self._in_use[lanes] < 0)
        if len(behind):
            newest_ends = self._support.ends_at_start(lanes[behind], releases, newest=True)
            is_open = lost[behind] < newest_ends
            waiting[behind] = np.where(is_open, lost[behind], waiting[behind])
        return self._move(lanes, self._or_gone(lanes, lost, waiting))

    def _losing(self, lanes: Lanes) -> Floats:
        """When each lane moves because the cycle in use has lost support and a newer one is out."""
        lost = np.maximum(self._ends[lanes], self._ready[lanes])
        released = self._lives.releases.time_of(lanes, self._in_use[lanes] + 1)
        return self._or_gone(lanes, lost, np.maximum(lost, released))

    def _or_gone(self, lanes: Lanes, lost: Floats, waiting: Floats) -> Floats:
        """The same; hosted lanes with nowhere to go when they must are gone."""
        if self._any_hosted:
            latest = lost + HOSTED_GRACE_YEARS
            is_gone = self._hosted[lanes] & (waiting > latest) & (latest < self._limit[lanes])
            gone = np.flatnonzero(is_gone)
            self._gone[lanes[gone]] = self._limit[lanes[gone]] = latest[gone]
        return waiting

    def _move(self, lanes: Lanes, moves: Floats) -> Lanes:
        """Move lanes at given times, or earlier where they take a cycle; which of them moved."""
        if self._any_takes:
            moves = np.minimum(moves, self._taking(lanes))
        chosen = np.flatnonzero(moves < self._limit[lanes])
        if len(chosen) < len(lanes):
            lanes, moves = lanes[chosen], moves[chosen]
        if not len(lanes):
            return lanes
        self._record_spells(lanes, moves)
        releases, in_use = self._lives.releases, self._in_use[lanes]
        newest = releases.count_from(lanes, np.maximum(in_use, 0), moves)
        had = self._crossed[lanes]
        passed = self._lives.breaking.count_from(lanes, had, moves)
        crossed = np.maximum(newest - in_use, passed - had)
        breaking = np.where(self._lives.all_break[lanes], crossed, passed - had)
        self._upgrades.append(Upgrades(lanes, moves, crossed, breaking))
        self._in_use[lanes], self._crossed[lanes] = newest, passed
        self._since[lanes], self._ready[lanes] = moves, moves + self._rest[lanes]
        self._ends[lanes] = self._new_ends(lanes, newest, passed, moves)
        return lanes

    def _taking(self, lanes: Lanes) -> Floats:
        """When the next cycle to be taken will have been out for the lag, on *latest*."""
        taking = np.full(len(lanes), np.inf)
        chosen = np.flatnonzero(self._takes[lanes])
        some = lanes[chosen]
        coming = self._lives.breaking.time_of(some, self._crossed[some] + 1)
        all_taken = np.flatnonzero(self._lives.takes_all[some])
        if len(all_taken):
            coming[all_taken] = np.minimum(coming[all_taken], self._next_cycle(some[all_taken]))
        lag = np.array([habits.lag_years for habits in self._lives.habits])
        taking[chosen] = np.maximum(coming + lag[self._lives.habit[some]], self._ready[some])
        return taking

    def _next_cycle(self, lanes: Lanes) -> Floats:
        """When the cycle after the one in use comes or came out."""
        number = self._in_use[lanes] + 1
        times = self._lives.releases.time_of(lanes, np.maximum(number, 1))
        return np.where(number < 1, self._lives.newer_since[lanes], times)

    def _new_ends(
        self, lanes: Lanes, newest: NDArray[np.intp], passed: NDArray[np.intp], moves: Floats
    ) -> Floats:
        """End of support of the newest cycle out, after a move."""
        lives = self._lives
        released = lives.releases.time_of(lanes, np.maximum(newest, 1))
        at_start = np.flatnonzero(newest == 0)
        released[at_start] = lives.starts[lanes[at_start]]
        if self._any_takes:
            taking = np.flatnonzero(self._takes[lanes] & (passed > 0))
            latest = lives.breaking.time_of(lanes[taking], passed[taking])
            released[taking] = np.maximum(released[taking], latest)
            at_start = at_start[released[at_start] <= lives.starts[lanes[at_start]]]
        ends = self._support.ends_of_new(
            lanes, newest, released, moves, lives.releases, self._variates
        )
        if len(at_start):
            ends[at_start] = self._support.ends_at_start(
                lanes[at_start], lives.releases, newest=True
            )
        return ends

    def _record_spells(self, lanes: Lanes, until: Floats) -> None:
        starts = np.maximum(self._ends[lanes], self._since[lanes])
        is_spell = np.flatnonzero(starts < until)
        if self._any_hosted:
            is_spell = is_spell[~self._hosted[lanes[is_spell]]]
        if len(is_spell):
            self._spells.append(Spells(lanes[is_spell], starts[is_spell], until[is_spell]))


def stable_order(numbers: NDArray[np.intp]) -> NDArray[np.intp]:
    """The order that sorts whole numbers from 0 and keeps equal ones as they stand.

    numpy sorts 16 bits in linear time: the lower ones first, then those above where there are any.
    """
    order = np.argsort(numbers.astype(np.uint16), kind="stable")
    upper = numbers >> 16
    if len(numbers) and int(upper.max()):
        order = order[np.argsort(upper[order].astype(np.uint16), kind="stable")]
    return order


def _by_lane(chunks: list[Upgrades]) -> Upgrades:
    """All upgrades, lane by lane in order of time."""
    nothing = np.zeros(0, np.intp)
    chunks = chunks or [Upgrades(nothing, np.zeros(0), nothing, nothing)]
    lanes = np.concatenate([chunk.lanes for chunk in chunks])
    order = stable_order(lanes)
    return Upgrades(
        lanes[order],
        np.concatenate([chunk.times for chunk in chunks])[order],
        np.concatenate([chunk.crossed for chunk in chunks])[order],
        np.concatenate([chunk.breaking for chunk in chunks])[order],
    )


def _joined_spells(chunks: list[Spells]) -> Spells:
    chunks = chunks or [Spells(np.zeros(0, np.intp), np.zeros(0), np.zeros(0))]
    return Spells(
        np.concatenate([chunk.lanes for chunk in chunks]),
        np.concatenate([chunk.starts for chunk in chunks]),
        np.concatenate([chunk.ends for chunk in chunks]),
    )
