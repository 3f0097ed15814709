"""Clocks run forward: the times of all events of many lanes up to a bound.

Events are drawn row by row, the next one of all lanes in one sweep, and laid down lane by lane:
what comes after an event stands beside it. Times are in single precision, within half a minute
after ten years.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from stack_half_life.forecast.simulation.gaps import (
    EXPONENTIAL,
    FIXED,
    LOGNORMAL,
    SHORTEST_GAP_YEARS,
    GapLanes,
)
from stack_half_life.forecast.simulation.rows import places_of
from stack_half_life.forecast.simulation.variates import Lanes, Reals, Singles, Variates

_STEPS_BY_ALL, _STEPS_BY_SOME = 2, 4
_FAR, _AHEAD = 8, np.arange(1, 9)
_GAPS_AT_ONCE, _FEWEST_AT_ONCE = 65_536, 512
_KINDS = (LOGNORMAL, EXPONENTIAL, FIXED)
_USUAL_SHARE = 0.8


@dataclass(frozen=True, slots=True)
class EventStream:
    """Events of n lanes, each lane's in order of time, the last at or after its bound.

    times: years; each lane's stand side by side, −∞ before them.
    firsts, lasts: [n] where a lane's first and last event stand.
    """

    times: Singles
    firsts: NDArray[np.intp]
    lasts: NDArray[np.intp]

    def time_of(self, lanes: Lanes, numbers: NDArray[np.intp]) -> Singles:
        """Time of a numbered event, from 1, of each of some lanes; that of the last past it."""
        places = self.firsts.take(lanes) + (numbers - 1)
        times: Singles = self.times.take(np.minimum(places, self.lasts.take(lanes)))
        return times

    def cursor(self, lanes: Lanes) -> "Cursor":
        """A cursor before the first event of each of some lanes."""
        firsts = self.firsts.take(lanes)
        return Cursor(self, lanes, firsts, self.times.take(firsts))


@dataclass(slots=True)
class Cursor:
    """Where each of some lanes stands in its events: place and time of the next one, [k] each."""

    stream: EventStream
    lanes: Lanes
    places: NDArray[np.intp]
    times: Singles

    def chosen(self, some: NDArray[np.intp], lanes: Lanes) -> "Cursor":
        """That of some of the lanes, in that order; lanes: which these are."""
        return Cursor(self.stream, lanes, self.places.take(some), self.times.take(some))

    @property
    def passed(self) -> Singles:
        """[k] time of the event passed last, −∞ before the first."""
        return self.stream.times.take(self.places - 1)

    def move_past(self, until: Reals) -> NDArray[np.intp]:
        """Pass the events at or before a time, less than each lane's bound; gives how many.

        Lanes look at the next events one by one, all together while most pass some, and those with
        many to pass look at many at once.
        """
        known, begin, times = self.stream.times, self.places, self.times
        places = begin.copy()
        left = places_of(times <= until)
        if 2 * len(left) > len(until):
            for _ in range(_STEPS_BY_ALL):
                places += times <= until
                times = known.take(places)
            left = places_of(times <= until)
        if len(left):
            at, seen, limit = places.take(left), times.take(left), until.take(left)
            for _ in range(_STEPS_BY_SOME):
                at += seen <= limit
                seen = known.take(at)
            places[left], times[left] = at, seen
            left = left.compress(seen <= limit)
        self.places, self.times = places, times
        self._look_far(left, until)
        return np.subtract(places, begin, out=begin)

    def _look_far(self, left: NDArray[np.intp], until: Reals) -> None:
        """Move some lanes, whose next event comes before a time, to the first one after it."""
        known = self.stream.times
        while len(left):
            at, limit = self.places.take(left), until.take(left)
            lasts = self.stream.lasts.take(self.lanes.take(left))
            for stride in (_FAR, 1):
                places = np.minimum(at[:, None] + (stride * _AHEAD - 1), lasts[:, None])
                at += stride * np.count_nonzero(known.take(places) <= limit[:, None], axis=1)
            seen = known.take(at)
            self.places[left], self.times[left] = at, seen
            left = left.compress(seen <= limit)

    def further(self, some: slice, numbers: NDArray[np.intp]) -> Singles:
        """Time of the event so many after the one passed last, or of the last one there is."""
        places = self.places[some] + (numbers - 1)
        lasts = self.stream.lasts.take(self.lanes[some])
        times: Singles = self.stream.times.take(np.minimum(places, lasts))
        return times


@dataclass(frozen=True, slots=True)
class Stretch:
    """Consecutive lanes that are run together.

    first, last: the lanes.
    before: times of events at or before the start, oldest first, the same in all of them.
    """

    first: int
    last: int
    before: tuple[float, ...] = ()


def event_stream(
    clock: GapLanes,
    starts: Reals,
    until: Reals,
    variates: Variates,
    stretches: Sequence[Stretch],
) -> EventStream:
    """Run the clock of each lane from its start up to its bound.

    starts, until: [n] years.  stretches: all lanes in order.

    Four lanes in five have room for their events at first; the others are laid out again, with more
    room, after them. What a stretch draws depends on nothing outside it.
    """
    begins = (starts + clock.first_years).astype(np.float32)
    run = _Run(clock, begins, until.astype(np.float32, copy=False), variates)
    for stretch in stretches:
        run.add(stretch)
    return EventStream(run.pool, run.firsts, run.lasts)


class _Run:
    """Tables of times under way, [lanes, 1 + events] each, the first column −∞.

    A lane's place in them is known once it has reached its bound.
    """

    def __init__(
        self, clock: GapLanes, begins: Singles, until: Singles, variates: Variates
    ) -> None:
        n = len(until)
        self._clock, self._begins, self._until = clock, begins, until
        self._variates, self._usual_years = variates, clock.usual_years()
        self._usual_counts = np.maximum(until - begins, np.float32(0.0)) / self._usual_years
        room = int(3.0 * float(self._usual_counts.sum())) + 24 * n + 1
        self.pool, self._end = np.empty(room, np.float32), 0
        self.firsts, self.lasts = np.zeros(n, np.intp), np.zeros(n, np.intp)

    def add(self, stretch: Stretch) -> None:
        """Draw the events of a stretch."""
        some = slice(stretch.first, stretch.last)
        is_live = self._begins[some] < self._until[some]
        idle, live = places_of(~is_live) + stretch.first, places_of(is_live) + stretch.first
        begin = 1 + len(stretch.before)
        if len(idle):
            table = self._table(begin + 1, idle)
            table[:, 1:begin], table[:, begin] = stretch.before, np.inf
        if len(live):
            lanes = self._by_kind(live)
            steps = _steps_for(self._usual_counts.take(lanes))
            table = self._table(begin + 1 + steps, lanes)
            table[:, 1:begin], table[:, begin] = stretch.before, self._begins.take(lanes)
            self._fill(table, begin, lanes)

    def _by_kind(self, lanes: Lanes) -> Lanes:
        """The lanes with log-normal gaps first, then those with exponential ones."""
        kinds = self._clock.kinds.take(lanes)
        if not kinds.any():
            return lanes
        return np.concatenate([lanes.compress(kinds == kind) for kind in _KINDS])

    def _table(self, width: int, lanes: Lanes) -> Singles:
        """[lanes, width] room for a table, where the lanes stand from now on."""
        first = self._end
        self._end += width * len(lanes)
        if self._end > len(self.pool):
            self.pool = np.concatenate([self.pool[:first], np.empty(self._end, np.float32)])
        self.firsts[lanes] = firsts = np.arange(first + 1, self._end + 1, width)
        self.lasts[lanes] = firsts + (width - 2)
        table = self.pool[first : self._end].reshape(-1, width)
        table[:, 0] = -np.inf
        return table

    def _fill(self, table: Singles, done: int, lanes: Lanes) -> None:
        """Draw all events after those in a column; lay out anew what has not reached its bound."""
        begins = self._begins.take(lanes)
        while True:
            lasts = self._draw(table[:, done + 1 :], begins, lanes)
            short = places_of(lasts < self._until.take(lanes))
            if not len(short):
                return
            lanes, begins, known = lanes.take(short), lasts.take(short), table
            left = self._until.take(lanes) - begins
            steps = _steps_for(left / self._usual_years.take(lanes))
            done = known.shape[1] - 1
            table = self._table(done + 1 + steps, lanes)
            table[:, : done + 1] = known.take(short, axis=0)

    def _draw(self, table: Singles, begins: Singles, lanes: Lanes) -> Singles:
        """Fill a table with the events after the beginnings; gives the last of each lane.

        So many lanes are drawn at a time that their gaps stay in the fast memory.
        """
        steps, lasts = table.shape[1], np.empty(len(lanes), np.float32)
        at_once = max(_GAPS_AT_ONCE // steps, _FEWEST_AT_ONCE)
        kinds = self._clock.kinds.take(lanes).searchsorted(_KINDS).tolist()
        for kind, (first, end) in zip(_KINDS, pairwise([*kinds, len(lanes)]), strict=True):
            for start in range(first, end, at_once):
                some = slice(start, min(start + at_once, end))
                times, time = self._gaps(kind, lanes[some], steps), begins[some]
                for row in times:
                    time = np.add(time, row, out=row)
                table[some], lasts[some] = times.T, time
        return lasts

    def _gaps(self, kind: np.int8, lanes: Lanes, steps: int) -> Singles:
        """[steps, lanes] gaps of lanes of one kind."""
        clock, variates = self._clock, self._variates
        if kind == LOGNORMAL:
            gaps = variates.normals(lanes, steps)
            gaps *= clock.spread.take(lanes)
            gaps += clock.location.take(lanes)
            with np.errstate(over="ignore"):
                np.exp(gaps, out=gaps)
        elif kind == EXPONENTIAL:
            gaps = variates.exponentials(lanes, steps)
            gaps *= clock.scale.take(lanes)
        else:
            gaps = np.tile(clock.scale.take(lanes), (steps, 1))
        shortest = np.full(len(lanes), SHORTEST_GAP_YEARS, np.float32)
        return np.maximum(gaps, shortest, out=gaps)


def _steps_for(usual_counts: Singles) -> int:
    """How many events to draw at once, an even number: enough for four lanes in five."""
    n = len(usual_counts)
    place = min(n - 1, int(_USUAL_SHARE * n) + 16)
    usual = float(np.partition(usual_counts, place)[place])
    return 2 * int(usual / 2.0 + 2.0)
