"""Events that may reach neighbours, and what they hit, as flat arrays over slots and futures."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from stack_half_life.forecast.simulation.variates import Counts, Floats, Lanes

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


def bounds_of_keys(keys: Keys, slot: int) -> Keys:
    """[k] the times, as bits, below which an event of the slot has a key below the ones given."""
    bits = keys & ~_SLOT_MASK
    is_later = (keys & _SLOT_MASK) > slot
    return np.where(keys == NEVER, keys, bits + is_later * (_SLOT_MASK + 1))


@dataclass(frozen=True, slots=True)
class Triggers:
    """Events that may reach neighbours; [k] each.

    slots, futures, times: where, in which future, years.
    reigns: during which reign over the slot.
    """

    slots: Lanes
    futures: Lanes
    times: Floats
    reigns: NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Adaptations:
    """Slots that adapt to an event of another; [k] each.

    edges, futures, times: by which edge to the slot, in which future, years.
    """

    edges: NDArray[np.intp]
    futures: Lanes
    times: Floats


@dataclass(frozen=True, slots=True)
class Events:
    """Rework of slots after a neighbour replaced them; [k] each, kinds as in `Timeline`."""

    slots: Lanes
    futures: Lanes
    times: Floats
    kinds: NDArray[np.int8]
    crossed: Counts
    breaking: Counts
    reigns: NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class OpenTime:
    """Time without support of slots after a neighbour replaced them; [k] each."""

    slots: Lanes
    futures: Lanes
    starts: Floats
    ends: Floats
    reigns: NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Involved:
    """Slots that an event began in, replaced or adapted, of events that replaced any; [k] each.

    slots, futures, times: where, in which future, years.
    """

    slots: Lanes
    futures: Lanes
    times: Floats


def nobody_involved() -> Involved:
    """No rows of slots involved."""
    nobody = np.zeros(0, np.intp)
    return Involved(nobody, nobody, np.zeros(0))


def no_triggers() -> Triggers:
    """No rows of events that may reach neighbours."""
    nobody = np.zeros(0, np.intp)
    return Triggers(nobody, nobody, np.zeros(0), nobody)


def no_adaptations() -> Adaptations:
    """No rows of adaptations."""
    nobody = np.zeros(0, np.intp)
    return Adaptations(nobody, nobody, np.zeros(0))


def no_events() -> Events:
    """No rows of events."""
    none, nobody = np.zeros(0), np.zeros(0, np.intp)
    nothing = np.zeros(0, np.int32)
    return Events(nobody, nobody, none, np.zeros(0, np.int8), nothing, nothing, nobody)


def no_open_time() -> OpenTime:
    """No rows of time without support."""
    none, nobody = np.zeros(0), np.zeros(0, np.intp)
    return OpenTime(nobody, nobody, none, none, nobody)


class Reigns:
    """Who holds which slot between replacements by neighbours, and when each reign was cut off.

    Reigns are numbered: the first ones slot by slot and future by future, later ones as they come.
    """

    def __init__(self, n_slots: int, n_futures: int) -> None:
        self._present = np.arange(n_slots * n_futures).reshape(n_slots, n_futures)
        self._cuts = np.full(2 * n_slots * n_futures, NEVER)
        self._n = n_slots * n_futures

    def present(self, slots: Lanes, futures: Lanes) -> NDArray[np.intp]:
        """[k] the reign under way over each slot in its future."""
        reigns: NDArray[np.intp] = self._present[slots, futures]
        return reigns

    def cut(self, slots: Lanes, futures: Lanes, keys: Keys) -> NDArray[np.intp]:
        """End the reigns over slots at events of those order keys; gives the ones that follow."""
        self._cuts[self._present[slots, futures]] = keys
        following = self._n + np.arange(len(slots))
        self._n += len(slots)
        if self._n > len(self._cuts):
            self._cuts = np.append(self._cuts, np.full(self._n, NEVER))
        self._present[slots, futures] = following
        return following

    def cuts(self, reigns: NDArray[np.intp]) -> Keys:
        """[k] order key of the event that ended each reign, else `NEVER`."""
        keys: Keys = self._cuts[reigns]
        return keys

    def first_cuts(self, slot: int) -> Keys:
        """[futures] order key of the event that ended the first reign over a slot."""
        n_futures = self._present.shape[1]
        return self._cuts[slot * n_futures : (slot + 1) * n_futures]
