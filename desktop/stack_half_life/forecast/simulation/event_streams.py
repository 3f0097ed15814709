"""Clocks run forward: the times of all events of many lanes up to a bound.

Times stand in tables of [events, lanes], so that the next event of all lanes is drawn and added in
one sweep, and lanes that stand side by side find theirs side by side.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from stack_half_life.forecast.simulation.gaps import (
    EXPONENTIAL,
    FIXED,
    SHORTEST_GAP_YEARS,
    GapLanes,
)
from stack_half_life.forecast.simulation.rows import places_of
from stack_half_life.forecast.simulation.variates import Counts, Floats, Lanes, Variates

_LOOKS, _STEPS = 2, 4
_LARGEST_LOG = np.float32(80.0)
_GAPS_AT_ONCE = 32_768
_USUAL_SHARE = 0.8


@dataclass(frozen=True, slots=True)
class EventStream:
    """Events of n lanes, each lane's in order of time, the last at or after its bound.

    times: years, of table after table, each [events, lanes].
    firsts, lasts: [n] where a lane's first and last event stand.
    strides: [n] from one event to the next.
    """

    times: Floats
    firsts: NDArray[np.intp]
    lasts: NDArray[np.intp]
    strides: NDArray[np.intp]

    def time_of(self, lanes: Lanes, numbers: NDArray[np.intp]) -> Floats:
        """Time of a numbered event, from 1, of each of some lanes; that of the last past it."""
        places = self.firsts[lanes] + (numbers - 1) * self.strides[lanes]
        return self.times.take(np.minimum(places, self.lasts[lanes]), mode="clip")

    def cursor(self, lanes: Lanes) -> "Cursor":
        """A cursor before the first event of each of some lanes."""
        firsts = self.firsts[lanes]
        times = self.times.take(firsts, mode="clip")
        last_times = np.full(len(lanes), -np.inf)
        return Cursor(self, firsts, self.strides[lanes], self.lasts[lanes], times, last_times)


@dataclass(slots=True)
class Cursor:
    """Where each of some lanes stands in its events; [k] each.

    places, times: of the next event.  strides: from one event to the next.  lasts: place of the
    last one.  passed: time of the event passed last, −inf before the first.
    """

    stream: EventStream
    places: NDArray[np.intp]
    strides: NDArray[np.intp]
    lasts: NDArray[np.intp]
    times: Floats
    passed: Floats

    def chosen(self, some: NDArray[np.intp]) -> "Cursor":
        """That of some of the lanes, in that order."""
        return Cursor(
            self.stream,
            self.places.take(some, mode="clip"),
            self.strides.take(some, mode="clip"),
            self.lasts.take(some, mode="clip"),
            self.times.take(some, mode="clip"),
            self.passed.take(some, mode="clip"),
        )

    def move_past(self, until: Floats) -> Counts:
        """Pass the events at or before a time, less than each lane's bound; gives how many.

        Lanes look at the next events one by one, all together while most pass some, and those with
        many to pass find the place by bisection.
        """
        known, places, strides, times = self.stream.times, self.places, self.strides, self.times
        counts = np.zeros(len(until), np.int32)
        left = places_of(times <= until)
        if 2 * len(left) > len(until):
            _step(known, places, strides, times, until, counts)
            _step(known, places, strides, times, until, counts)
            left = places_of(times <= until)
        for _ in range(_LOOKS):
            if not len(left):
                break
            at, stride, seen = places.take(left), strides.take(left), times.take(left)
            limit, count = until.take(left), counts.take(left)
            for _ in range(_STEPS):
                _step(known, at, stride, seen, limit, count)
            places[left], times[left], counts[left] = at, seen, count
            left = left.compress(seen <= limit)
        if len(left):
            self._bisect(left, until.take(left), counts)
        passed = known.take(places - strides, mode="clip")
        np.copyto(self.passed, passed, where=counts > 0)
        return counts

    def _bisect(self, left: NDArray[np.intp], until: Floats, counts: Counts) -> None:
        """Move some lanes, whose next event comes before a time, to the first one after it."""
        known, begin, stride = self.stream.times, self.places.take(left), self.strides.take(left)
        low, high = np.ones(len(left), np.intp), (self.lasts.take(left) - begin) // stride
        while (low < high).any():
            middle = (low + high) >> 1
            is_past = known.take(begin + middle * stride, mode="clip") <= until
            low = np.where(is_past, middle + 1, low)
            high = np.where(is_past, high, middle)
        begin += low * stride
        self.places[left], self.times[left] = begin, known.take(begin, mode="clip")
        counts[left] += low.astype(np.int32)

    def further(self, some: slice, numbers: NDArray[np.intp]) -> Floats:
        """Time of the event so many after the one passed last, or of the last one there is."""
        places = self.places[some] + (numbers - 1) * self.strides[some]
        return self.stream.times.take(np.minimum(places, self.lasts[some]), mode="clip")


def _step(
    known: Floats,
    places: NDArray[np.intp],
    strides: NDArray[np.intp],
    times: Floats,
    until: Floats,
    counts: Counts,
) -> None:
    """Pass the next event of each lane where it comes at or before a time; all [k], in place."""
    is_past = times <= until
    counts += is_past
    places += strides * is_past
    known.take(places, mode="clip", out=times)


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
    starts: Floats,
    until: Floats,
    variates: Variates,
    stretches: Sequence[Stretch],
) -> EventStream:
    """Run the clock of each lane from its start up to its bound.

    starts, until: [n] years.  stretches: all lanes in order.

    Four lanes in five have room for their events at first; the others are laid out again, with more
    room, after them. What a stretch draws depends on nothing outside it.
    """
    begins = starts + clock.first_years
    usual = np.maximum(until - begins, 0.0) / clock.usual_years(np.arange(len(until)))
    run = _Run(clock, begins, until, variates, int(3.0 * usual.sum()) + 24 * len(until) + 1)
    for stretch in stretches:
        run.add(stretch, usual)
    return EventStream(run.pool, run.firsts, run.lasts, run.strides)


class _Run:
    """Tables of times under way; a lane's place in them is known once it has reached its bound."""

    def __init__(
        self, clock: GapLanes, begins: Floats, until: Floats, variates: Variates, room: int
    ) -> None:
        n = len(until)
        self._clock, self._begins, self._until = clock, begins, until
        self._variates = variates
        self.pool, self._end = np.empty(room), 0
        self.firsts, self.lasts = np.zeros(n, np.intp), np.zeros(n, np.intp)
        self.strides = np.zeros(n, np.intp)

    def add(self, stretch: Stretch, usual_counts: Floats) -> None:
        """Draw the events of a stretch; usual_counts: [n] how many are to be expected."""
        lanes = np.arange(stretch.first, stretch.last)
        is_live = self._begins[lanes] < self._until[lanes]
        idle, lanes = lanes[~is_live], lanes[is_live]
        before = np.array(stretch.before)[:, None]
        for some, steps in ((idle, 0), (self._by_kind(lanes), _steps_for(usual_counts[lanes]))):
            if len(some):
                table = self._table(len(before) + 1 + steps, some)
                table[: len(before)] = before
                table[len(before)] = self._begins[some] if steps else np.inf
                self._fill(table, len(before), some)

    def _by_kind(self, lanes: Lanes) -> Lanes:
        """The lanes with log-normal gaps first, then those with exponential ones."""
        kinds = self._clock.kinds[lanes]
        return lanes[np.argsort(kinds, kind="stable")]

    def _table(self, rows: int, lanes: Lanes) -> Floats:
        """Room for a table, where the lanes stand from now on."""
        n, first = len(lanes), self._end
        self._end += rows * n
        if self._end > len(self.pool):
            self.pool = np.concatenate([self.pool[:first], np.empty(self._end)])
        self.firsts[lanes] = np.arange(first, first + n)
        self.lasts[lanes] = np.arange(self._end - n, self._end)
        self.strides[lanes] = n
        return self.pool[first : self._end].reshape(rows, n)

    def _fill(self, table: Floats, done: int, lanes: Lanes) -> None:
        """Draw all rows after the first so many; lay out anew what has not reached its bound."""
        while True:
            self._draw(table, done, lanes)
            short = places_of(table[-1] < self._until[lanes])
            if not len(short):
                return
            lanes, known = lanes[short], table
            done = len(known) - 1
            left = self._until[lanes] - known[-1, short]
            steps = _steps_for(left / self._clock.usual_years(lanes))
            table = self._table(len(known) + steps, lanes)
            np.take(known, short, axis=1, mode="clip", out=table[: len(known)])

    def _draw(self, table: Floats, done: int, lanes: Lanes) -> None:
        """Add gaps to row after row, some rows at a time, so that they stay in the fast memory."""
        clock, variates, n = self._clock, self._variates, len(lanes)
        n_normal, n_known = np.searchsorted(clock.kinds[lanes], (EXPONENTIAL, FIXED)).tolist()
        normal, waiting = lanes[:n_normal], lanes[n_normal:n_known]
        location, spread = clock.location[normal], clock.spread[normal]
        location, spread = location.astype(np.float32), spread.astype(np.float32)
        scale = clock.scale[lanes[n_normal:]].astype(np.float32)
        at_once = max(_GAPS_AT_ONCE // n // 2 * 2, 2)
        for first in range(done + 1, len(table), at_once):
            gaps = np.empty((min(at_once, len(table) - first), n), np.float32)
            if n_normal:
                logs = variates.normals(normal, len(gaps))
                logs *= spread
                logs += location
                np.minimum(logs, _LARGEST_LOG, out=logs)
                np.exp(logs, out=gaps[:, :n_normal])
            if n_normal < n:
                gaps[:, n_normal:] = scale
            if len(waiting):
                gaps[:, n_normal:n_known] *= variates.exponentials(waiting, len(gaps))
            np.maximum(gaps, np.float32(SHORTEST_GAP_YEARS), out=gaps)
            for row, gap in enumerate(gaps, start=first):
                np.add(table[row - 1], gap, out=table[row])


def _steps_for(usual_counts: Floats) -> int:
    """How many events to draw at once, an even number: enough for four lanes in five."""
    n = len(usual_counts)
    if not n:
        return 0
    place = min(n - 1, int(_USUAL_SHARE * n) + 16)
    usual = float(np.partition(usual_counts, place)[place])
    return 2 * int(usual / 2.0 + 2.0)
