"""What becomes of lanes that hold one technology each: upgrades, time unsupported, shutdowns.

- *supported*: when the cycle in use has lost support and a newer one is out, move to the newest.
- *latest*: also move when a breaking cycle has been out for the lag.
- *pinned*: never move.
- hosted: at the end of support move to the newest whatever the policy; where nothing newer is out
  the technology is gone and must be replaced.

All lanes make their first move together, then their second, until none moves before its end.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from stack_half_life.domain.stack import UpgradePolicy
from stack_half_life.forecast.simulation.clocks import Habits
from stack_half_life.forecast.simulation.event_streams import EventStream
from stack_half_life.forecast.simulation.support import SupportLanes
from stack_half_life.forecast.simulation.variates import Floats, Lanes, Variates

_USUAL_BREAKING = 6


@dataclass(frozen=True, slots=True)
class Lives:
    """Lanes that each take a technology at a start and hold it to an end.

    starts, ends: [n] years; replaced or beyond the horizon at the end.
    releases: release cycles to come.  breaking: breaking ones, those the cycle in use lacks first.
    habits: kinds of lane.  habit: [n] which of them each lane has.
    """

    starts: Floats
    ends: Floats
    releases: EventStream
    breaking: EventStream
    support: SupportLanes
    habits: Sequence[Habits]
    habit: Lanes


@dataclass(frozen=True, slots=True)
class Moves:
    """Moves to newer cycles: lane, years, release cycles crossed; [k] each."""

    lanes: Lanes
    times: Floats
    crossed: NDArray[np.intp]


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
    """The state of lanes while they move; arrays are by lane."""

    def __init__(self, lives: Lives, variates: Variates) -> None:
        n = len(lives.starts)
        self._lives, self._support, self._variates = lives, lives.support, variates
        self._moves = self._flags(lambda habits: habits.can_move)
        self._hosted = self._flags(lambda habits: habits.is_hosted)
        self._takes = self._flags(lambda habits: habits.policy is UpgradePolicy.LATEST)
        self._lag = np.array([habits.lag_years for habits in lives.habits])[lives.habit]
        self._limit = lives.ends.copy()
        self._gone = np.full(n, np.inf)
        everyone = np.arange(n)
        self._ends = self._support.ends_at_start(everyone, lives.releases, newest=False)
        self._in_use = -self._support.outlived
        self._since = lives.starts.copy()
        self._crossed = np.zeros(n, np.intp)
        self._any_takes, self._any_hosted = bool(self._takes.any()), bool(self._hosted.any())
        self._moves_made: list[Moves] = []
        self._spells: list[Spells] = []

    def _flags(self, holds: Callable[[Habits], bool]) -> NDArray[np.bool_]:
        flags = [holds(habits) for habits in self._lives.habits]
        return np.array(flags, bool)[self._lives.habit]

    def outcome(self) -> Outcome:
        """Move until no lane does, then close the spells that are open where a life ends."""
        lanes = np.flatnonzero(self._moves)
        regular = (self._support.successors > 0) & ~self._takes
        lanes = self._without_regular(lanes, regular & np.isinf(self._support.in_use_ends))
        while len(lanes):
            lanes = self._without_regular(self._move(lanes), regular)
        self._record_spells(np.arange(len(self._limit)), self._limit)
        upgrades = upgrades_of(_joined_moves(self._moves_made), self._lives.breaking)
        return Outcome(upgrades, _joined_spells(self._spells), self._gone)

    def _move(self, lanes: Lanes) -> Lanes:
        """The next move of each of some lanes; which of them moved."""
        lost = self._losing(lanes)
        moves = lost
        if self._any_takes:
            moves = np.minimum(lost, self._taking(lanes))
        chosen = moves < self._limit[lanes]
        lanes, moves = lanes[chosen], moves[chosen]
        if not len(lanes):
            return lanes
        self._record_spells(lanes, moves)
        in_use = self._in_use[lanes]
        newest = self._lives.releases.count_from(lanes, np.maximum(in_use, 0), moves)
        self._moves_made.append(Moves(lanes, moves, newest - in_use))
        self._in_use[lanes], self._since[lanes] = newest, moves
        self._ends[lanes] = self._new_ends(lanes, newest, moves)
        return lanes

    def _without_regular(self, lanes: Lanes, is_regular: NDArray[np.bool_]) -> Lanes:
        """The lanes left after those that move by rule from now on have made all their moves."""
        by_rule = is_regular[lanes]
        if not by_rule.any():
            return lanes
        self._move_by_rule(lanes[by_rule])
        return lanes[~by_rule]

    def _move_by_rule(self, lanes: Lanes) -> None:
        """All further moves of lanes where the k-th newer cycle ends support: every k-th release.

        The newest cycle out is then the k-th newer one itself, and no time is unsupported.
        """
        releases, k = self._lives.releases, self._support.successors[lanes]
        in_use, limit = self._in_use[lanes], self._limit[lanes]
        coming = releases.count_from(lanes, np.zeros(len(lanes), np.intp), limit)
        counts = np.maximum(coming - in_use, 0) // k
        at_limit = releases.time_of(lanes, np.maximum(in_use + counts * k, 1))
        counts -= (counts > 0) & (at_limit >= limit)
        self._ends[lanes] = np.inf
        which = np.repeat(np.arange(len(lanes)), counts)
        steps = np.arange(len(which)) - (np.cumsum(counts) - counts)[which] + 1
        moving, each = lanes[which], k[which]
        times = releases.time_of(moving, in_use[which] + steps * each)
        self._moves_made.append(Moves(moving, times, each))

    def _losing(self, lanes: Lanes) -> Floats:
        """When each lane moves because support is lost; hosted ones with nowhere to go are gone."""
        in_use, since = self._in_use[lanes], self._since[lanes]
        lost = np.maximum(self._ends[lanes], since)
        next_number = in_use + 1
        is_out = next_number <= 0
        released = self._lives.releases.time_of(lanes, np.where(is_out, 1, next_number))
        waiting = np.where(is_out, lost, np.maximum(lost, released))
        behind = np.flatnonzero(is_out)
        if len(behind):
            waiting[behind] = self._losing_to_known(lanes[behind], lost[behind])
        if self._any_hosted:
            gone = self._hosted[lanes] & (waiting > lost) & (lost < self._limit[lanes])
            self._gone[lanes[gone]] = self._limit[lanes[gone]] = lost[gone]
        return waiting

    def _losing_to_known(self, lanes: Lanes, lost: Floats) -> Floats:
        """The same where newer cycles are out from the start: they count while in support."""
        releases = self._lives.releases
        first = releases.time_of(lanes, np.ones(len(lanes), np.intp))
        newest_ends = self._support.ends_at_start(lanes, releases, newest=True)
        is_open = (lost < newest_ends) | (lost >= first)
        return np.where(is_open, lost, first)

    def _taking(self, lanes: Lanes) -> Floats:
        """When the next breaking cycle will have been out for the lag."""
        coming = self._lives.breaking.time_of(lanes, self._crossed[lanes] + 1)
        taking = np.maximum(coming + self._lag[lanes], self._lives.starts[lanes])
        return np.where(self._takes[lanes], taking, np.inf)

    def _new_ends(self, lanes: Lanes, newest: NDArray[np.intp], moves: Floats) -> Floats:
        """End of support of the newest cycle out, after a move."""
        lives = self._lives
        released = lives.releases.time_of(lanes, np.maximum(newest, 1))
        released = np.where(newest > 0, released, lives.starts[lanes])
        if self._any_takes:
            passed = self._pass(lanes, moves)
            latest = lives.breaking.time_of(lanes, np.maximum(passed, 1))
            released = np.where(passed > 0, np.maximum(released, latest), released)
        is_known = (newest == 0) & (released <= lives.starts[lanes])
        known, fresh = np.flatnonzero(is_known), np.flatnonzero(~is_known)
        ends = np.empty(len(lanes))
        ends[known] = self._support.ends_at_start(lanes[known], lives.releases, newest=True)
        ends[fresh] = self._support.ends_of_new(
            lanes[fresh],
            newest[fresh],
            released[fresh],
            moves[fresh],
            lives.releases,
            self._variates,
        )
        return ends

    def _pass(self, lanes: Lanes, moves: Floats) -> NDArray[np.intp]:
        """Note how many breaking cycles are out at a move of lanes on *latest*; 0 in the others."""
        passed = np.zeros(len(lanes), np.intp)
        taking = np.flatnonzero(self._takes[lanes])
        some = lanes[taking]
        passed[taking] = self._lives.breaking.count_from(some, self._crossed[some], moves[taking])
        self._crossed[some] = passed[taking]
        return passed

    def _record_spells(self, lanes: Lanes, until: Floats) -> None:
        starts = np.maximum(self._ends[lanes], self._since[lanes])
        is_spell = np.flatnonzero((starts < until) & ~self._hosted[lanes])
        if len(is_spell):
            self._spells.append(Spells(lanes[is_spell], starts[is_spell], until[is_spell]))


def upgrades_of(moves: Moves, breaking: EventStream) -> Upgrades:
    """The moves with the breaking cycles that each crosses, lane by lane in order of time."""
    n = len(breaking.firsts)
    order = np.argsort(moves.lanes.astype(np.uint16 if n < 65_536 else np.intp), kind="stable")
    lanes, times, crossed = moves.lanes[order], moves.times[order], moves.crossed[order]
    passed = breaking.count(lanes, times, _USUAL_BREAKING)
    before = np.zeros(len(lanes), np.intp)
    before[1:] = np.where(lanes[1:] == lanes[:-1], passed[:-1], 0)
    newly = passed - before
    return Upgrades(lanes, times, np.maximum(crossed, newly), newly)


def _joined_moves(chunks: list[Moves]) -> Moves:
    nothing = np.zeros(0, np.intp)
    chunks = chunks or [Moves(nothing, np.zeros(0), nothing)]
    return Moves(
        np.concatenate([chunk.lanes for chunk in chunks]),
        np.concatenate([chunk.times for chunk in chunks]),
        np.concatenate([chunk.crossed for chunk in chunks]),
    )


def _joined_spells(chunks: list[Spells]) -> Spells:
    chunks = chunks or [Spells(np.zeros(0, np.intp), np.zeros(0), np.zeros(0))]
    return Spells(
        np.concatenate([chunk.lanes for chunk in chunks]),
        np.concatenate([chunk.starts for chunk in chunks]),
        np.concatenate([chunk.ends for chunk in chunks]),
    )
