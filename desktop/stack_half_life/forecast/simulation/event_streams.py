"""Clocks run forward: the times of all events of many lanes before a bound."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from stack_half_life.forecast.simulation.gaps import (
    EXPONENTIAL,
    FIXED,
    LARGEST_LOG,
    LOGNORMAL,
    SHORTEST_GAP_YEARS,
    GapLanes,
)
from stack_half_life.forecast.simulation.variates import Floats, Lanes, Variates

_PROBES = 4


@dataclass(frozen=True, slots=True)
class EventStream:
    """Events of n lanes, each lane's in order of time, numbered from 1.

    times: years, each lane's followed by inf.  firsts, lasts: [n] where a lane's first event and
    an inf after its last stand.
    """

    times: Floats
    firsts: NDArray[np.intp]
    lasts: NDArray[np.intp]

    def time_of(self, lanes: Lanes, numbers: NDArray[np.intp]) -> Floats:
        """Time of a numbered event of each of some lanes; inf past the last."""
        places = self.firsts[lanes] + (numbers - 1)
        times: Floats = self.times[np.minimum(places, self.lasts[lanes])]
        return times

    def count_from(
        self, lanes: Lanes, numbers: NDArray[np.intp], times: Floats
    ) -> NDArray[np.intp]:
        """How many events of each of some lanes come at or before a time: `numbers` or more.

        The next few are looked at one by one, what is then left by bisection.
        """
        first = self.firsts[lanes]
        places = first + numbers
        left = np.flatnonzero(self.times[places] <= times)
        for _ in range(_PROBES):
            if not len(left):
                return places - first
            places[left] += 1
            left = left[self.times[places[left]] <= times[left]]
        low, high, time = places[left] + 1, self.lasts[lanes[left]], times[left]
        while (low < high).any():
            middle = (low + high) >> 1
            is_past = self.times[middle] <= time
            low = np.where(is_past, middle + 1, low)
            high = np.where(is_past, high, middle)
        places[left] = low
        return places - first


@dataclass(frozen=True, slots=True)
class Stretch:
    """Consecutive lanes that are run together.

    first, last: the lanes.  steps: how many events are drawn at once.
    before: times of events at or before the start, oldest first, the same in all of them.
    """

    first: int
    last: int
    steps: int
    before: tuple[float, ...] = ()

    @property
    def room(self) -> int:
        """How many places each lane takes at first."""
        return len(self.before) + self.steps + 1


def event_stream(
    clock: GapLanes,
    starts: Floats,
    until: Floats,
    variates: Variates,
    stretches: Sequence[Stretch],
) -> EventStream:
    """Run the clock of each lane from its start up to its bound.

    starts, until: [n] years.  stretches: all lanes in order.

    Every lane has room for the events drawn at once; the few lanes with more are laid out again,
    with more room, after the others. What a stretch draws depends on nothing outside it.
    """
    room = sum((one.last - one.first) * one.room for one in stretches)
    pool, end = np.empty(room + room // 2 + 1), 0
    firsts, lasts = np.zeros(len(starts), np.intp), np.zeros(len(starts), np.intp)
    first_times = starts + clock.first_years
    for stretch in stretches:
        lanes = np.arange(stretch.first, stretch.last)
        begins, bound = first_times[lanes], until[lanes]
        before = np.empty((len(lanes), len(stretch.before)))
        before[:] = stretch.before
        steps = stretch.steps
        while len(lanes):
            width = before.shape[1] + steps + 1
            size = len(lanes) * width
            if end + size >= len(pool):
                pool = np.concatenate([pool[:end], np.empty(2 * len(pool) + size)])
            table = pool[end : end + size].reshape(len(lanes), width)
            table[:, : -steps - 1] = before
            table[:, -1] = np.inf
            fresh = table[:, -steps - 1 : -1]
            following = _run(clock, lanes, begins, fresh, variates)
            np.copyto(fresh, np.inf, where=fresh >= bound[:, None])
            firsts[lanes] = end + width * np.arange(len(lanes))
            lasts[lanes] = firsts[lanes] + (width - 1)
            end += size
            longer = np.flatnonzero(following < bound)
            lanes, begins, bound = lanes[longer], following[longer], bound[longer]
            before = table[longer, :-1]
            steps += steps // 2 + 1
    pool[end] = np.inf
    return EventStream(pool, firsts, lasts)


def _run(
    clock: GapLanes, lanes: Lanes, begins: Floats, times: Floats, variates: Variates
) -> Floats:
    """Fill [lanes, steps] times of events from the first on; gives the time of the next."""
    kinds = clock.kinds[lanes]
    gaps = np.empty(times.shape)
    steps = times.shape[1]
    has_event = np.isfinite(begins)
    normal = np.flatnonzero(has_event & (kinds == LOGNORMAL))
    some = lanes[normal]
    logs = variates.normals(some, steps)
    logs *= clock.spread[some, None]
    logs += clock.location[some, None]
    np.minimum(logs, LARGEST_LOG, out=logs)
    gaps[normal] = np.exp(logs, out=logs)
    waiting = np.flatnonzero(has_event & (kinds == EXPONENTIAL))
    some = lanes[waiting]
    gaps[waiting] = variates.exponentials(some, steps) * clock.scale[some, None]
    others = np.flatnonzero(~has_event | (kinds == FIXED))
    gaps[others] = clock.scale[lanes[others], None]
    np.maximum(gaps, SHORTEST_GAP_YEARS, out=gaps)
    times[:, 0] = begins
    times[:, 1:] = gaps[:, :-1]
    np.cumsum(times, axis=1, out=times)
    following: Floats = times[:, -1] + gaps[:, -1]
    return following
