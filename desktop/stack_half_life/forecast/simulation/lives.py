"""What becomes of lanes that hold one technology each: upgrades, time unsupported, shutdowns.

- *supported*: when the cycle in use has lost support and a newer one is out, move to the newest.
- *latest*: also move when a breaking cycle has been out for the lag, to the newest that has; any
  cycle, where *latest* takes all.
- *pinned*: never move.
- hosted: at the end of support move to the newest whatever the policy; where nothing newer comes
  out within `HOSTED_GRACE_YEARS` the technology is gone and must be replaced.

All lanes make their first move together, then their second, until none moves before its end.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from stack_half_life.domain.stack import UpgradePolicy
from stack_half_life.forecast.simulation.clocks import HOSTED_GRACE_YEARS, Habits
from stack_half_life.forecast.simulation.event_streams import Cursor, EventStream
from stack_half_life.forecast.simulation.rows import places_of, together
from stack_half_life.forecast.simulation.support import SupportLanes
from stack_half_life.forecast.simulation.variates import Counts, Floats, Lanes, Variates

_INSTANT_YEARS = 1e-9


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
    """Upgrades: lane, years, release cycles crossed, breaking ones among them; [k] each.

    ranks: [k] how many upgrades of the same lane came before.
    """

    lanes: Lanes
    times: Floats
    crossed: Counts
    breaking: Counts
    ranks: Counts


@dataclass(frozen=True, slots=True)
class Spells:
    """Time on a cycle without support: lane, from, to in years; [k] each."""

    lanes: Lanes
    starts: Floats
    ends: Floats


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of the lanes; gone: [n] years at which a hosted one shut down with no successor.

    Upgrades and spells come in any order.
    """

    upgrades: Upgrades
    spells: Spells
    gone: Floats


def live(lives: Lives, variates: Variates) -> Outcome:
    """Follow each lane's habits from its start to its end."""
    return _Course(lives, variates).outcome()


@dataclass(slots=True)
class _Moving:
    """Lanes that may still move, [k] each, in the order of their support clocks.

    limits: years at which they end.  ends: when the cycle in use loses support.
    since: when they last moved, or began.  ready: from when on they may move.
    releases, breaking: cursors after the cycles that are out.
    """

    lanes: Lanes
    limits: Floats
    ends: Floats
    since: Floats
    ready: Floats
    releases: Cursor
    breaking: Cursor


class _Course:
    """Lanes move together, round after round; those that will not move again are left behind.

    State is kept of the lanes that move and packed after each round, so that every step sweeps
    over arrays without gaps. Arrays kept here are by lane.
    """

    def __init__(self, lives: Lives, variates: Variates) -> None:
        self._lives, self._support, self._variates = lives, lives.support, variates
        habits, habit = lives.habits, lives.habit
        takes = [one.policy is UpgradePolicy.LATEST for one in habits]
        lags = [one.lag_years if takes[place] else np.inf for place, one in enumerate(habits)]
        self._lags, self._any_takes = np.array(lags)[habit], any(takes)
        self._takes_all = lives.takes_all & np.array(takes)[habit]
        self._rests = np.array([one.rest_years for one in habits])[habit]
        self._hosted = np.array([one.is_hosted for one in habits])[habit]
        self._any_hosted = bool(self._hosted.any())
        self._gone = np.full(len(habit), np.inf)
        self._upgrades: list[Upgrades] = []
        self._spells: list[Spells] = []

    def outcome(self) -> Outcome:
        """Move until no lane does."""
        lives, support = self._lives, self._support
        ends = support.ends_at_start(np.arange(len(lives.starts)), lives.releases, newest=False)
        can_move = np.array([one.can_move for one in lives.habits])[lives.habit]
        still = places_of(~can_move)
        self._note_spells(still, np.maximum(ends, lives.starts)[still], lives.ends[still])
        lanes = support.in_order(places_of(can_move))
        starts = lives.starts[lanes]
        cursors = lives.releases.cursor(lanes), lives.breaking.cursor(lanes)
        moving = _Moving(lanes, lives.ends[lanes], ends[lanes], starts, starts, *cursors)
        moving = self._first_move(moving)
        while len(moving.lanes):
            lost = np.maximum(moving.ends, moving.ready)
            coming = moving.releases.times
            moves = self._or_gone(moving, lost, np.maximum(lost, coming))
            moving = self._move(moving, *self._or_taken(moving, moves, coming))
        return Outcome(
            together([*self._upgrades, _NO_UPGRADES]),
            together([*self._spells, _NO_SPELLS]),
            self._gone,
        )

    def _first_move(self, moving: _Moving) -> _Moving:
        """The first move, where newer cycles may be out from the start.

        Those cycles count while they are in support.
        """
        lanes, releases = moving.lanes, self._lives.releases
        lost = np.maximum(moving.ends, moving.ready)
        coming = moving.releases.times.copy()
        moves = np.maximum(lost, coming)
        outlived = self._support.outlived[lanes]
        behind = places_of(outlived > 0)
        if len(behind):
            some = lanes[behind]
            newest_ends = self._support.ends_at_start(some, releases, newest=True)
            is_open = lost[behind] < newest_ends
            moves[behind] = np.where(is_open, lost[behind], moves[behind])
            coming[behind] = self._lives.newer_since[some]
        moves = self._or_gone(moving, lost, moves)
        return self._move(moving, *self._or_taken(moving, moves, coming), outlived)

    def _or_gone(self, moving: _Moving, lost: Floats, moves: Floats) -> Floats:
        """The same moves; hosted lanes with nowhere to go when they must are gone."""
        if self._any_hosted:
            latest = lost + HOSTED_GRACE_YEARS
            is_gone = self._hosted[moving.lanes] & (moves > latest) & (latest < moving.limits)
            gone = places_of(is_gone)
            self._gone[moving.lanes[gone]] = moving.limits[gone] = latest[gone]
        return moves

    def _or_taken(self, moving: _Moving, moves: Floats, coming: Floats) -> tuple[Floats, Floats]:
        """The moves, or when the next cycle to be taken will have been out for the lag.

        Where all are taken the breaking clock only says which of them break.

        coming: [k] when the cycle after the one in use comes or came out.

        Gives also by when cycles must be out to be moved to.
        """
        if not self._any_takes:
            return moves, moves
        breaking = moving.breaking.times
        takes_all = self._takes_all[moving.lanes]
        taken = np.where(takes_all, coming, breaking)
        lags = self._lags[moving.lanes]
        taken += lags
        np.maximum(taken, moving.ready, out=taken)
        is_taken = taken < moves
        lags -= _INSTANT_YEARS
        return np.minimum(moves, taken), np.subtract(taken, lags, where=is_taken, out=moves.copy())

    def _move(
        self,
        moving: _Moving,
        moves: Floats,
        matured: Floats,
        outlived: NDArray[np.intp] | None = None,
    ) -> _Moving:
        """Move lanes at given times; what is left are those that moved.

        matured: [k] by when cycles must be out to be moved to.
        outlived: [k] how many cycles newer than the one in use were out already, on the first move.
        """
        since = np.maximum(moving.ends, moving.since)
        self._note_spells(moving.lanes, since, np.minimum(moves, moving.limits))
        alive = places_of(moves < moving.limits)
        lanes, moves, matured = moving.lanes[alive], moves[alive], matured[alive]
        releases, breaking = moving.releases.chosen(alive), moving.breaking.chosen(alive)
        crossed, broke = releases.move_past(matured), breaking.move_past(matured)
        if outlived is not None:
            crossed += outlived[alive].astype(np.int32)
        np.maximum(crossed, broke, out=crossed)
        np.copyto(broke, crossed, where=self._lives.all_break[lanes])
        rank = np.full(len(lanes), len(self._upgrades), np.int32)
        self._upgrades.append(Upgrades(lanes, moves, crossed, broke, rank))
        ends = self._new_ends(lanes, releases, breaking, moves)
        ready = moves + self._rests[lanes]
        return _Moving(lanes, moving.limits[alive], ends, moves, ready, releases, breaking)

    def _new_ends(self, lanes: Lanes, releases: Cursor, breaking: Cursor, moves: Floats) -> Floats:
        """End of support of the cycle moved to."""
        starts = self._lives.starts[lanes]
        released = np.maximum(releases.passed, starts)
        if self._any_takes:
            taken = np.isfinite(self._lags[lanes])
            np.maximum(released, breaking.passed, where=taken, out=released)
        ends = self._support.ends_of_new(lanes, releases, released, moves, self._variates)
        is_at_start = (releases.passed < starts) & (released <= starts)
        at_start = places_of(is_at_start)
        if len(at_start):
            ends[at_start] = self._support.ends_at_start(
                lanes[at_start], self._lives.releases, newest=True
            )
        return ends

    def _note_spells(self, lanes: Lanes, starts: Floats, ends: Floats) -> None:
        """Note time without support, of those that can be without."""
        is_spell = starts < ends
        if self._any_hosted:
            is_spell &= ~self._hosted[lanes]
        some = places_of(is_spell)
        self._spells.append(Spells(lanes[some], starts[some], ends[some]))


_NOBODY, _NOTHING, _NEVER = np.zeros(0, np.intp), np.zeros(0, np.int32), np.zeros(0)
_NO_UPGRADES = Upgrades(_NOBODY, _NEVER, _NOTHING, _NOTHING, _NOTHING)
_NO_SPELLS = Spells(_NOBODY, _NEVER, _NEVER)


def stable_order(numbers: NDArray[np.intp]) -> NDArray[np.intp]:
    """The order that sorts whole numbers from 0 and keeps equal ones as they stand.

    numpy sorts 16 bits in linear time: the lower ones first, then those above where there are any.
    """
    order = np.argsort(numbers.astype(np.uint16), kind="stable")
    upper = numbers >> 16
    if len(numbers) and int(upper.max()):
        order = order[np.argsort(upper[order].astype(np.uint16), kind="stable")]
    return order
