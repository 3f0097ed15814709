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
from stack_half_life.forecast.simulation.variates import (
    Floats,
    Lanes,
    Singles,
    Variates,
)


@dataclass(frozen=True, slots=True)
class Lives:
    """Lanes that each take a technology at a start and hold it to an end.

    starts, ends: [n] years; replaced or beyond the horizon at the end.
    seen_until: [n] years, at the start or before: all events up to then were known at the start.
    is_on_newest: [n] whether the cycle in use at the start is the newest out then, known or not.
    releases: release cycles to come.  breaking: breaking ones, those the cycle in use lacks first.
    takes_all, all_break: [n] whether *latest* takes every cycle, and whether every cycle breaks.
    newer_since: [n] years since when a cycle newer than the one in use has been out at the start.
    habits: kinds of lane.  habit: [n] which of them each lane has.

    Years are in single precision, as the events they are compared with.
    """

    starts: Singles
    ends: Singles
    seen_until: Singles
    is_on_newest: NDArray[np.bool_]
    releases: EventStream
    breaking: EventStream
    support: SupportLanes
    takes_all: NDArray[np.bool_]
    all_break: NDArray[np.bool_]
    newer_since: Singles
    habits: Sequence[Habits]
    habit: Lanes


@dataclass(frozen=True, slots=True)
class Upgrades:
    """Upgrades: lane, years, release cycles crossed, breaking ones among them; [k] each."""

    lanes: Lanes
    times: Singles
    crossed: NDArray[np.intp]
    breaking: NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Spells:
    """Time on a cycle without support: lane, from, to in years; [k] each."""

    lanes: Lanes
    starts: Singles
    ends: Singles


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of the lanes.

    upgrades: round by round, each lane's first in the first and so on; at least one round.
    spells: in any order.
    gone: [n] years at which a hosted one shut down with no successor, inf else.
    """

    upgrades: Sequence[Upgrades]
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
    limits: Singles
    ends: Singles
    since: Singles
    ready: Singles
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
        self._lags = np.array(lags, np.float32).take(habit)
        self._takes_all = lives.takes_all & np.array(takes).take(habit)
        self._any_takes, self._any_all_break = any(takes), bool(lives.all_break.any())
        self._rests = np.array([one.rest_years for one in habits], np.float32).take(habit)
        self._hosted = np.array([one.is_hosted for one in habits]).take(habit)
        self._any_hosted = bool(self._hosted.any())
        self._gone = np.full(len(habit), np.inf, np.float32)
        self._upgrades: list[Upgrades] = []
        self._spells: list[Spells] = []

    def outcome(self) -> Outcome:
        """Move until no lane does."""
        lives, support = self._lives, self._support
        ends = support.ends_at_start(np.arange(len(lives.starts)), lives.releases, newest=False)
        can_move = np.array([one.can_move for one in lives.habits]).take(lives.habit)
        still = places_of(~can_move)
        self._note_spells(still, np.maximum(ends, lives.starts)[still], lives.ends[still])
        lanes = support.in_order(places_of(can_move))
        starts = lives.starts.take(lanes)
        cursors = lives.releases.cursor(lanes), lives.breaking.cursor(lanes)
        limits, ends = lives.ends.take(lanes), ends.take(lanes)
        moving = _Moving(lanes, limits, ends, starts, starts, *cursors)
        if lives.is_on_newest.any():
            self._begin_on_newest(moving)
        moving = self._first_move(moving)
        while len(moving.lanes):
            lost = np.maximum(moving.ends, moving.ready)
            coming = moving.releases.times
            moves = self._or_gone(moving, lost, np.maximum(lost, coming))
            moving = self._move(moving, *self._or_taken(moving, moves, coming))
        spells = together([*self._spells, _NO_SPELLS])
        return Outcome(self._upgrades, spells, self._gone.astype(np.float64))

    def _begin_on_newest(self, moving: _Moving) -> None:
        """Take, as no upgrade, what came out before the start and nobody knew of."""
        is_on_newest = self._lives.is_on_newest.take(moving.lanes)
        until = np.where(is_on_newest, moving.since, np.float32(-np.inf))
        crossed = moving.releases.move_past(until) + moving.breaking.move_past(until)
        newer = places_of(crossed > 0)
        lanes = moving.lanes.take(newer)
        releases = moving.releases.chosen(newer, lanes)
        breaking = moving.breaking.chosen(newer, lanes)
        moving.ends[newer] = self._new_ends(lanes, releases, breaking, moving.since.take(newer))

    def _first_move(self, moving: _Moving) -> _Moving:
        """The first move, where newer cycles may be out from the start.

        Those cycles count while they are in support.
        """
        lanes, releases = moving.lanes, self._lives.releases
        lost = np.maximum(moving.ends, moving.ready)
        coming = moving.releases.times.copy()
        moves = np.maximum(lost, coming)
        outlived = self._support.outlived.take(lanes)
        behind = places_of(outlived > 0)
        if len(behind):
            some, until = lanes.take(behind), lost.take(behind)
            newest_ends = self._support.ends_at_start(some, releases, newest=True)
            is_open = until < newest_ends
            moves[behind] = np.where(is_open, until, moves.take(behind))
            coming[behind] = self._lives.newer_since.take(some)
        moves = self._or_gone(moving, lost, moves)
        return self._move(moving, *self._or_taken(moving, moves, coming), outlived)

    def _or_gone(self, moving: _Moving, lost: Singles, moves: Singles) -> Singles:
        """The same moves; hosted lanes with nowhere to go when they must are gone."""
        if self._any_hosted:
            latest = lost + np.float32(HOSTED_GRACE_YEARS)
            is_gone = (moves > latest) & (latest < moving.limits)
            is_gone &= self._hosted.take(moving.lanes)
            gone = places_of(is_gone)
            self._gone[moving.lanes[gone]] = moving.limits[gone] = latest[gone]
        return moves

    def _or_taken(
        self, moving: _Moving, moves: Singles, coming: Singles
    ) -> tuple[Singles, Singles]:
        """The moves, or when the next cycle to be taken will have been out for the lag.

        Where all are taken the breaking clock only says which of them break.

        coming: [k] when the cycle after the one in use comes or came out.

        Gives also by when cycles must be out to be moved to.
        """
        if not self._any_takes:
            return moves, moves
        due, all_taken = moving.breaking.times.copy(), self._takes_all.take(moving.lanes)
        takes_all = places_of(all_taken)
        due[takes_all] = coming.take(takes_all)
        lags = self._lags.take(moving.lanes)
        taken = np.maximum(due + lags, moving.ready)
        some = places_of(taken < moves)
        matured = moves.copy()
        moves, taken = np.minimum(moves, taken), taken.take(some)
        matured[some] = np.maximum(taken - lags.take(some), due.take(some))
        return moves, matured

    def _move(
        self,
        moving: _Moving,
        moves: Singles,
        matured: Singles,
        outlived: NDArray[np.intp] | None = None,
    ) -> _Moving:
        """Move lanes at given times; what is left are those that moved.

        matured: [k] by when cycles must be out to be moved to.
        outlived: [k] how many cycles newer than the one in use were out already, on the first move.
        """
        since = np.maximum(moving.ends, moving.since)
        self._note_spells(moving.lanes, since, np.minimum(moves, moving.limits))
        alive = places_of(moves < moving.limits)
        lanes, limits = moving.lanes.take(alive), moving.limits.take(alive)
        moved = moves.take(alive)
        until = moved if matured is moves else matured.take(alive)
        releases = moving.releases.chosen(alive, lanes)
        breaking = moving.breaking.chosen(alive, lanes)
        crossed, broke = releases.move_past(until), breaking.move_past(until)
        if outlived is not None:
            crossed += outlived.take(alive)
        np.maximum(crossed, broke, out=crossed)
        if self._any_all_break:
            all_break = places_of(self._lives.all_break.take(lanes))
            broke[all_break] = crossed.take(all_break)
        self._upgrades.append(Upgrades(lanes, moved, crossed, broke))
        ends = self._new_ends(lanes, releases, breaking, moved)
        ready = moved + self._rests.take(lanes)
        return _Moving(lanes, limits, ends, moved, ready, releases, breaking)

    def _new_ends(
        self, lanes: Lanes, releases: Cursor, breaking: Cursor, moves: Singles
    ) -> Singles:
        """End of support of the cycle moved to."""
        seen_until, newest = self._lives.seen_until.take(lanes), releases.passed
        released = np.maximum(newest, seen_until)
        if self._any_takes:
            taken = places_of(np.isfinite(self._lags.take(lanes)))
            broke = breaking.passed.take(taken)
            released[taken] = np.maximum(released.take(taken), broke)
        ends = self._support.ends_of_new(lanes, releases, released, moves, self._variates)
        at_start = places_of((newest < seen_until) & (released <= seen_until))
        if len(at_start):
            ends[at_start] = self._support.ends_at_start(
                lanes.take(at_start), self._lives.releases, newest=True
            )
        return ends

    def _note_spells(self, lanes: Lanes, starts: Singles, ends: Singles) -> None:
        """Note time without support, of those that can be without."""
        is_spell = starts < ends
        if self._any_hosted:
            is_spell &= ~self._hosted.take(lanes)
        some = places_of(is_spell)
        self._spells.append(Spells(lanes.take(some), starts.take(some), ends.take(some)))


_NEVER = np.zeros(0, np.float32)
_NO_SPELLS = Spells(np.zeros(0, np.intp), _NEVER, _NEVER)


def stable_order(numbers: NDArray[np.intp]) -> NDArray[np.intp]:
    """The order that sorts whole numbers from 0 and keeps equal ones as they stand.

    numpy sorts 16 bits in linear time: the lower ones first, then those above where there are any.
    """
    order = np.argsort(numbers.astype(np.uint16), kind="stable")
    upper = numbers >> 16
    if len(numbers) and int(upper.max()):
        order = order[np.argsort(upper[order].astype(np.uint16), kind="stable")]
    return order
