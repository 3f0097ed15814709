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
        """How many events of each of some lanes come at or before a time.

        Keys are rounded, the more the further the lane: the neighbours found are looked at again.
        """
        found = np.searchsorted(self.keys, lanes * self.span + times, side="right")
        first, last = self.offsets[lanes], self.offsets[lanes + 1]
        found += (found < last) & (self.times[found] <= times)
        found -= (found > first) & (self.times[found - 1] > times)
        return found - first

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
    before: Sequence[tuple[Lanes, float]] = (),
) -> EventStream:
    """Run the clock of each lane from its start up to its bound.

    starts, until: [n] years.  before: events at or before the start, oldest first: some lanes and
    the time of one event in all of them.

    Steps grow to an eighth of those done, so that the few lanes with very many events cost little.
    They depend on nothing else: what a lane draws does not depend on the other lanes.
    """
    n = len(starts)
    first_number = np.zeros(n, np.intp)
    gathered: list[tuple[Lanes, Floats, NDArray[np.intp]]] = []
    for some, time in before:
        gathered.append((some, np.full(len(some), time), first_number[some]))
        first_number[some] += 1
    lanes, bounds = _by_kind(clock)
    times, until = (starts + clock.first_years)[lanes], until[lanes]
    location, spread, scale = clock.location[lanes], clock.spread[lanes], clock.scale[lanes]
    span = 2.0 * max(float(until.max(initial=0.0)), *(-time for _, time in before), 0.0) + 1.0
    number = 0
    while True:
        kept = np.flatnonzero(times < until)
        if len(kept) < len(times):
            bounds = np.searchsorted(kept, bounds)
            lanes, times, until = lanes[kept], times[kept], until[kept]
            location, spread, scale = location[kept], spread[kept], scale[kept]
        if not len(lanes):
            break
        steps = 1 + number // 8
        gaps = _gaps(lanes, bounds, (location, spread, scale), steps, variates)
        if steps == 1:
            gathered.append((lanes, times, first_number[lanes] + number))
            times = times + gaps[0]
        else:
            gaps[0] += times
            ends = np.cumsum(gaps, axis=0, out=gaps)
            begins = np.concatenate([times[None], ends[:-1]])
            step, place = np.nonzero(begins < until)
            some = lanes[place]
            gathered.append((some, begins[step, place], first_number[some] + step + number))
            times = ends[-1]
        number += steps
    return _lane_by_lane(gathered, n, span=span)


def _by_kind(clock: GapLanes) -> tuple[Lanes, NDArray[np.intp]]:
    """Lanes that have an event, by kind of gap, and where the second and third kind begin."""
    has_event = np.isfinite(clock.first_years)
    groups = [
        np.flatnonzero(has_event & (clock.kinds == kind))
        for kind in (LOGNORMAL, EXPONENTIAL, FIXED)
    ]
    return np.concatenate(groups), np.cumsum([len(group) for group in groups[:2]])


def _gaps(
    lanes: Lanes,
    bounds: NDArray[np.intp],
    figures: tuple[Floats, Floats, Floats],
    steps: int,
    variates: Variates,
) -> Floats:
    """[steps, lanes] later gaps; figures: location, spread and scale of the lanes."""
    location, spread, scale = figures
    first, second = bounds.tolist()
    normal, waiting = slice(0, first), slice(first, second)
    gaps = np.empty((steps, len(lanes)))
    if steps == 1:
        gaps[0, normal] = variates.normal(lanes[normal])
        gaps[0, waiting] = variates.exponential(lanes[waiting])
    else:
        gaps[:, normal] = variates.normals(lanes[normal], steps)
        gaps[:, waiting] = variates.exponentials(lanes[waiting], steps)
    logs = gaps[:, normal]
    logs *= spread[normal]
    logs += location[normal]
    np.exp(np.minimum(logs, LARGEST_LOG, out=logs), out=logs)
    gaps[:, waiting] *= scale[waiting]
    gaps[:, second:] = scale[second:]
    return np.maximum(gaps, SHORTEST_GAP_YEARS, out=gaps)


def _lane_by_lane(
    gathered: Sequence[tuple[Lanes, Floats, NDArray[np.intp]]], n: int, *, span: float
) -> EventStream:
    """Events gathered step by step, sorted by lane; numbers from 0, span over twice any time."""
    if not gathered:
        return EventStream(np.full(1, np.inf), np.zeros(n + 1, np.intp), np.zeros(0), span)
    lanes, times, numbers = (np.concatenate(parts) for parts in zip(*gathered, strict=True))
    offsets = np.zeros(n + 1, np.intp)
    np.cumsum(np.bincount(lanes, minlength=n), out=offsets[1:])
    places = offsets[lanes] + numbers
    sorted_times = np.full(len(times) + 1, np.inf)
    sorted_times[places] = times
    keys = np.empty(len(times))
    keys[places] = times + lanes * span
    return EventStream(sorted_times, offsets, keys, span)
