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
    keys = order_keys(events.times, events.slots)
    real_events = places_of(keys < reigns.cuts(events.reigns))
    adapted = places_of(adaptations.keys < reigns.cuts(adaptations.reigns))
    parts = zip(
        timelines,
        _by_slot(events, events.slots, real_events, n_slots),
        _by_slot(adaptations, targets[adaptations.edges], adapted, n_slots),
        _by_slot(opened, opened.slots, np.arange(len(opened.slots)), n_slots),
        strict=True,
    )
    return [_merged(slot, *part, reigns, horizon_years) for slot, part in enumerate(parts)]


def _by_slot(rows: Rows, slots: Lanes, places: NDArray[np.intp], n_slots: int) -> Iterator[Rows]:
    """Of the rows at some places those of each slot."""
    slots = slots[places]
    order = stable_order(slots)
    places = places[order]
    bounds = np.searchsorted(slots[order], np.arange(n_slots + 1)).tolist()
    return (chosen(rows, places[first:last]) for first, last in pairwise(bounds))


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
    before = np.ascontiguousarray(timeline.times + 0.0).view(np.int64)
    base = timeline.chosen(before < bounds_of_keys(cuts, slot)[timeline.lanes])
    n_adapted = len(adaptations.edges)
    lanes = np.concatenate([base.lanes, events.futures, adaptations.futures])
    times = np.concatenate([base.times, events.times, adaptations.times])
    order = _by_lane_and_time(lanes, times, len(cuts), horizon_years)
    nothing = np.zeros(n_adapted, np.int32)
    kinds = np.concatenate([base.kinds, events.kinds, np.full(n_adapted, ADAPTATION, np.int8)])
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
        lanes[order],
        times[order],
        kinds[order],
        np.concatenate([base.crossed, events.crossed, nothing])[order],
        np.concatenate([base.breaking, events.breaking, nothing])[order],
        edges[order],
        spell_lanes[is_open],
        starts[is_open],
        ends[is_open],
    )


def _by_lane_and_time(
    lanes: Lanes, times: Floats, n_lanes: int, horizon_years: float
) -> NDArray[np.intp]:
    """The order by lane, then time, then as they stand, of times before the horizon.

    Lane, time and place share one word, since numpy sorts words several times as fast as it finds
    the order of floats; times within a second or so of each other may count as one.
    """
    place_bits = len(lanes).bit_length()
    time_bits = _KEY_BITS - place_bits - n_lanes.bit_length()
    words = (times * ((1 << time_bits) / horizon_years)).astype(np.int64)
    words |= lanes << time_bits
    words <<= place_bits
    words |= np.arange(len(lanes))
    words.sort(kind="stable")
    return words & ((1 << place_bits) - 1)
