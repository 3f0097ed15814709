"""One course of each slot from what its own clocks and what its neighbours did to it."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from stack_half_life.forecast.simulation.lives import stable_order
from stack_half_life.forecast.simulation.rows import Rows, chosen, places_of
from stack_half_life.forecast.simulation.timeline import ADAPTATION, Timeline
from stack_half_life.forecast.simulation.triggers import (
    Adaptations,
    Events,
    OpenTime,
    Reigns,
    bounds_of_keys,
    order_keys,
    time_of_keys,
)
from stack_half_life.forecast.simulation.variates import Floats, Lanes

_KEY_BITS = 63
_JUST_BELOW = 1.0 - 1e-12
"""Keeps the last instant before the horizon below it where the scale was rounded up."""


def merged_timelines(
    timelines: Sequence[Timeline],
    events: Events,
    adaptations: Adaptations,
    opened: OpenTime,
    reigns: Reigns,
    targets: Lanes,
    horizon_years: float,
) -> list[Timeline]:
    """The timelines of all slots with all that happened before a reign was cut off.

    targets: [edges] the slots they lead to.
    """
    n_slots = len(timelines)
    events = chosen(events, order_keys(events.times, events.slots) < reigns.cuts(events.reigns))
    parts = zip(
        timelines,
        _by_slot(events, events.slots, n_slots),
        _by_slot(adaptations, targets[adaptations.edges], n_slots),
        _by_slot(opened, opened.slots, n_slots),
        strict=True,
    )
    return [_merged(slot, *part, reigns, horizon_years) for slot, part in enumerate(parts)]


def _by_slot(rows: Rows, slots: Lanes, n_slots: int) -> Iterator[Rows]:
    """The rows of each slot; slots: [k] of each row."""
    order = stable_order(slots)
    bounds = np.searchsorted(slots[order], np.arange(n_slots + 1)).tolist()
    return (chosen(rows, order[first:last]) for first, last in pairwise(bounds))


def _merged(
    slot: int,
    timeline: Timeline,
    events: Events,
    adaptations: Adaptations,
    opened: OpenTime,
    reigns: Reigns,
    horizon_years: float,
) -> Timeline:
    """What is left of a slot's own course, with what its neighbours did to it."""
    cuts = reigns.first_cuts(slot)
    n_own, n_adapted = len(timeline.lanes), len(adaptations.edges)
    lanes = np.concatenate([timeline.lanes, events.futures, adaptations.futures])
    times = np.concatenate([timeline.times, events.times, adaptations.times])
    is_real = np.ones(len(lanes), bool)
    own_times = np.ascontiguousarray(timeline.times + 0.0).view(np.int64)
    np.less(own_times, bounds_of_keys(cuts, slot).take(timeline.lanes), out=is_real[:n_own])
    order = _by_lane_and_time(places_of(is_real), lanes, times, len(cuts), horizon_years)
    nothing = np.zeros(n_adapted, np.int32)
    kinds = [timeline.kinds, events.kinds, np.full(n_adapted, ADAPTATION, np.int8)]
    edges = np.full(len(lanes), -1, np.int32)
    edges[len(lanes) - n_adapted :] = adaptations.edges
    ends = np.concatenate(
        [
            np.minimum(timeline.spell_ends, time_of_keys(cuts)[timeline.spell_lanes]),
            np.minimum(opened.ends, time_of_keys(reigns.cuts(opened.reigns))),
        ]
    )
    starts = np.concatenate([timeline.spell_starts, opened.starts])
    spell_lanes = np.concatenate([timeline.spell_lanes, opened.futures])
    is_open = places_of(starts < ends)
    return Timeline(
        lanes.take(order),
        times.take(order),
        np.concatenate(kinds).take(order),
        np.concatenate([timeline.crossed, events.crossed, nothing]).take(order),
        np.concatenate([timeline.breaking, events.breaking, nothing]).take(order),
        edges.take(order),
        spell_lanes.take(is_open),
        starts.take(is_open),
        ends.take(is_open),
    )


def _by_lane_and_time(
    places: NDArray[np.intp], lanes: Lanes, times: Floats, n_lanes: int, horizon_years: float
) -> NDArray[np.intp]:
    """Some places in the order of lane, then time, then place; times are before the horizon.

    Lane, time and place share one word: numpy sorts words, many of them in order already, several
    times as fast as it finds the order of floats. Times within a second or so of each other may
    count as one.
    """
    place_bits = len(lanes).bit_length()
    time_bits = _KEY_BITS - place_bits - n_lanes.bit_length()
    words = (times.take(places) * (_JUST_BELOW * (1 << time_bits) / horizon_years)).astype(np.int64)
    words |= lanes.take(places) << time_bits
    words <<= place_bits
    words |= places
    words.sort(kind="stable")
    return words & ((1 << place_bits) - 1)
