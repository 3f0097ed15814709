"""Clocks run forward: the times of all events of many lanes before a bound."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from stack_half_life.forecast.simulation.gaps import LARGEST_LOG, SHORTEST_GAP_YEARS, GapLanes
from stack_half_life.forecast.simulation.variates import Floats, Lanes, Variates

_FEW_LANES = 256
_CELLS_AT_ONCE = 4096


@dataclass(frozen=True, slots=True)
class EventStream:
    """Events of n lanes, lane after lane, each in order of time; numbered from 1 in each lane.

    times: [k + 1] years, and inf last.  offsets: [n + 1] where each lane begins.
    keys: [k] times with lane · span added, so that one sorted search serves all lanes.
    """

    times: Floats
    offsets: NDArray[np.intp]
    keys: Floats
    span: float

    def count_until(self, lanes: Lanes, times: Floats) -> NDArray[np.intp]:
        """How many events of each of some lanes come at or before a time."""
        found = np.searchsorted(self.keys, lanes * self.span + times, side="right")
        return found - self.offsets[lanes]

    def time_of(self, lanes: Lanes, numbers: NDArray[np.intp]) -> Floats:
        """Time of a numbered event of each of some lanes; inf where there is none."""
        places = self.offsets[lanes] + numbers
        inside = places <= self.offsets[lanes + 1]
        times: Floats = self.times[np.where(inside, places, len(self.times)) - 1]
        return times


def event_stream(
    clock: GapLanes,
    starts: Floats,
    until: Floats,
    variates: Variates,
    before: Sequence[float] = (),
) -> EventStream:
    """Run the clock of each lane from its start up to its bound.

    starts, until: [n] years.  before: events at or before the start, the same in all lanes.
    """
    lanes = np.concatenate([clock.lognormal, clock.exponential, clock.fixed])
    first_exponential = len(clock.lognormal)
    first_fixed = first_exponential + len(clock.exponential)
    times = (starts + clock.first_years)[lanes]
    location, spread, scale = clock.location[lanes], clock.spread[lanes], clock.scale[lanes]
    bound = until[lanes]
    everyone = np.arange(len(starts))
    all_lanes = [everyone for _ in before]
    all_times = [np.full(len(starts), time) for time in before]
    all_numbers = [np.full(len(starts), number) for number in range(len(before))]
    number = len(before)
    while True:
        kept = np.flatnonzero(times < bound)
        if len(kept) < len(times):
            first_exponential, first_fixed = np.searchsorted(
                kept, (first_exponential, first_fixed)
            ).tolist()
            lanes, times, bound = lanes[kept], times[kept], bound[kept]
            location, spread, scale = location[kept], spread[kept], scale[kept]
        if not len(lanes):
            break
        steps = 1 if len(lanes) > _FEW_LANES else 1 + _CELLS_AT_ONCE // (len(lanes) + 64)
        gaps = np.empty((steps, len(lanes)))
        normal, middle = slice(0, first_exponential), slice(first_exponential, first_fixed)
        logs = variates.normal(lanes[normal], steps).reshape(steps, -1)
        logs *= spread[normal]
        logs += location[normal]
        np.exp(np.minimum(logs, LARGEST_LOG, out=logs), out=gaps[:, normal])
        waits = variates.exponential(lanes[middle], steps).reshape(steps, -1)
        np.multiply(scale[middle], waits, out=gaps[:, middle])
        gaps[:, first_fixed:] = scale[first_fixed:]
        np.maximum(gaps, SHORTEST_GAP_YEARS, out=gaps)
        if steps == 1:
            all_lanes.append(lanes)
            all_times.append(times)
            all_numbers.append(np.full(len(lanes), number))
            times = times + gaps[0]
        else:
            run = np.cumsum(np.concatenate([times[None], gaps]), axis=0)
            row, column = np.nonzero(run[:-1] < bound)
            all_lanes.append(lanes[column])
            all_times.append(run[row, column])
            all_numbers.append(row + number)
            times = run[-1]
        number += steps
    return _lane_by_lane(
        np.concatenate([everyone[:0], *all_lanes]),
        np.concatenate([starts[:0], *all_times]),
        np.concatenate([everyone[:0], *all_numbers]),
        len(starts),
        span=2.0 * max(float(until.max(initial=0.0)), *(-time for time in before), 0.0) + 1.0,
    )


def _lane_by_lane(
    lanes: Lanes, times: Floats, numbers: NDArray[np.intp], n: int, *, span: float
) -> EventStream:
    """Events gathered step by step, sorted by lane; numbers from 0, span over twice any time."""
    offsets = np.zeros(n + 1, np.intp)
    np.cumsum(np.bincount(lanes, minlength=n), out=offsets[1:])
    places = offsets[lanes] + numbers
    sorted_times = np.full(len(times) + 1, np.inf)
    sorted_times[places] = times
    keys = np.empty(len(times))
    keys[places] = times + lanes * span
    return EventStream(sorted_times, offsets, keys, span)
