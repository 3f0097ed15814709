"""Events that may reach neighbours, and what they hit, as flat arrays over slots and futures."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from stack_half_life.forecast.simulation.variates import Floats, Lanes

_SLOT_BITS = 9
_SLOT_MASK = np.int64((1 << _SLOT_BITS) - 1)

NEVER = np.int64(np.iinfo(np.int64).max)
"""The order key of what never happens."""

Keys = NDArray[np.int64]


def order_keys(times: Floats, slots: Lanes) -> Keys:
    """[k] integers in the order of time, then of slot: the slot in the lowest bits of the time."""
    bits = np.ascontiguousarray(times + 0.0).view(np.int64)
    keys: Keys = (bits & ~_SLOT_MASK) | slots
    return keys


def time_of_keys(keys: Keys) -> Floats:
    """[k] the times in order keys, to within one part in 10¹³; inf for the largest key."""
    times = (keys & ~_SLOT_MASK).view(np.float64)
    return np.where(keys == NEVER, np.inf, times)


@dataclass(frozen=True, slots=True)
class Triggers:
    """Events that may reach neighbours; [k] each.

    slots, futures, times: where, in which future, years.
    epochs: how often a neighbour had replaced the slot before, in that future.
    """

    slots: Lanes
    futures: Lanes
    times: Floats
    epochs: NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Adaptations:
    """Slots that adapt to an event of another; [k] each.

    targets, futures, times, edges: which slot, future, years, and by which edge.
    sources, epochs: slot and epoch of the event that triggers it.
    """

    targets: Lanes
    futures: Lanes
    times: Floats
    edges: NDArray[np.intp]
    sources: Lanes
    epochs: NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Events:
    """Rework of slots after a neighbour replaced them; [k] each, kinds as in `Timeline`."""

    slots: Lanes
    futures: Lanes
    times: Floats
    kinds: NDArray[np.int8]
    crossed: NDArray[np.intp]
    breaking: NDArray[np.intp]
    epochs: NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class OpenTime:
    """Time without support of slots after a neighbour replaced them; [k] each."""

    slots: Lanes
    futures: Lanes
    starts: Floats
    ends: Floats
    epochs: NDArray[np.intp]


def no_events() -> Events:
    """No rows of events."""
    none, nobody = np.zeros(0), np.zeros(0, np.intp)
    return Events(nobody, nobody, none, np.zeros(0, np.int8), nobody, nobody, nobody)


def no_open_time() -> OpenTime:
    """No rows of time without support."""
    none, nobody = np.zeros(0), np.zeros(0, np.intp)
    return OpenTime(nobody, nobody, none, none, nobody)
