"""The courses of components in many futures, each as if it stood alone."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from stack_half_life.domain.progress import OnStep, no_step
from stack_half_life.forecast.simulation.judgements import Pert
from stack_half_life.forecast.simulation.lives import stable_order
from stack_half_life.forecast.simulation.rows import chosen, places_of, together
from stack_half_life.forecast.simulation.tenancies import (
    Course,
    Slots,
    Tenancies,
    World,
    first_course,
    successor_courses,
)
from stack_half_life.forecast.simulation.variates import (
    Counts,
    Floats,
    Lanes,
    LaneVariates,
    SlotVariates,
    Words,
    bulk_variates,
    keyed_generator,
    mixed,
    word_of,
)

UPGRADE, REPLACEMENT, ADAPTATION, KNOCKED_OUT = 0, 1, 2, 3


@dataclass(frozen=True, slots=True)
class Timeline:
    """Rework of one component in a block of futures, future by future in order of time.

    lanes, times, kinds: [k] future within the block, years, `UPGRADE`, `REPLACEMENT` of itself,
        `ADAPTATION` to a neighbour or `KNOCKED_OUT` by one.
    crossed, breaking: [k] release cycles crossed by an upgrade, breaking ones among them.
    edges: [k] edge of an adaptation, else −1.
    spell_lanes, spell_starts, spell_ends: [s] time without support, in any order.
    """

    lanes: Lanes
    times: Floats
    kinds: NDArray[np.int8]
    crossed: Counts
    breaking: Counts
    edges: NDArray[np.int32]
    spell_lanes: Lanes
    spell_starts: Floats
    spell_ends: Floats

    def part(self, events: slice, spells: slice) -> "Timeline":
        """The timeline with a run of its events and one of its spells."""
        return Timeline(
            self.lanes[events],
            self.times[events],
            self.kinds[events],
            self.crossed[events],
            self.breaking[events],
            self.edges[events],
            self.spell_lanes[spells],
            self.spell_starts[spells],
            self.spell_ends[spells],
        )


@dataclass(frozen=True, slots=True)
class PackedTimeline:
    """A timeline in less room: whole numbers in as few bytes as they need.

    kinds: what they were before.
    """

    arrays: tuple[NDArray[Any], ...]
    kinds: tuple[np.dtype[Any], ...]

    @property
    def n_bytes(self) -> int:
        """How much memory it takes."""
        return sum(array.nbytes for array in self.arrays)

    def unpacked(self) -> Timeline:
        """The timeline as it was."""
        return Timeline(
            *(
                array.astype(kind, copy=False)
                for array, kind in zip(self.arrays, self.kinds, strict=True)
            )
        )


def packed(timeline: Timeline) -> PackedTimeline:
    """A timeline in as few bytes as it needs."""
    arrays = [getattr(timeline, one.name) for one in fields(timeline)]
    kinds = tuple(array.dtype for array in arrays)
    return PackedTimeline(tuple(_narrowed(array) for array in arrays), kinds)


def _narrowed(array: NDArray[Any]) -> NDArray[Any]:
    if array.dtype.kind != "i" or not len(array):
        return array
    ends = np.array([array.min(), array.max()])
    for narrow in (np.int8, np.int16, np.int32):
        if (ends == ends.astype(narrow)).all():
            return array.astype(narrow)
    return array


@dataclass(frozen=True, slots=True)
class Block:
    """A run of consecutive futures that are drawn together.

    index: its number.  first: its first future.  n: how many.
    """

    index: int
    first: int
    n: int

    @property
    def numbers(self) -> Words:
        """[n] the numbers of its futures, from 1."""
        return np.arange(self.first + 1, self.first + self.n + 1, dtype=np.uint64)


class SlotRandomness:
    """Numbers from a generator for every slot and every request of a role.

    They do not depend on which other slots are drawn at the same time.
    is_world: keyed by profile, so that what the world does with a technology is the same in every
    slot and stack; else keyed by slot.
    """

    is_by_lane = False

    def __init__(self, seed: int, block: Block, *, is_world: bool) -> None:
        self._seed, self._block, self._is_world = seed, block, is_world
        self._asked: Counter[tuple[int, str]] = Counter()

    def variates(self, role: str, slots: Slots, held: Tenancies) -> SlotVariates:
        """Numbers of one role for tenancies; slots in order."""
        present, starts = np.unique(held.slots, return_index=True)
        generators = []
        for slot in present.tolist():
            self._asked[slot, role] += 1
            clocks = slots.clocks[slot]
            owner = clocks.profile if self._is_world else clocks.key
            key = (self._seed, owner, role, self._asked[slot, role], self._block.index)
            generators.append(keyed_generator(*key))
        return SlotVariates(generators, starts)


class LaneRandomness:
    """Numbers keyed by slot, future and start of each tenancy, so by nothing else in the stack."""

    is_by_lane = True

    def __init__(self, seed: int, block: Block) -> None:
        self._seed, self._block = seed, block
        self._futures = mixed(block.numbers)
        self._words: dict[str, Words] = {}

    def variates(self, role: str, slots: Slots, held: Tenancies) -> LaneVariates:
        """Numbers of one role for tenancies; slots are the same at every call."""
        if role not in self._words:
            words = [word_of(self._seed, clocks.key, role) for clocks in slots.clocks]
            self._words[role] = np.array(words, np.uint64)
        starts = np.ascontiguousarray(held.starts).view(np.uint64)
        keys = self._words[role].take(held.slots) ^ self._futures.take(held.futures)
        return LaneVariates(mixed(keys) ^ mixed(starts))


def removal_shares(share: Pert, seed: int, block: Block) -> Floats:
    """[n] share of removals that cost a replacement; one judgement, so the same in all slots."""
    ranks = bulk_variates(seed, "removal is replacement", block.index).uniform(np.arange(block.n))
    return share.at(ranks)


def timelines_of(
    world: World, places: Sequence[int], seed: int, block: Block, on_step: OnStep = no_step
) -> list[Timeline]:
    """Follow some slots, in order, through a block of futures, each as if it stood alone.

    on_step: called once the technologies now in the slots are done; what it raises ends the work.
    """
    of_slots = SlotRandomness(seed, block, is_world=False)
    of_profiles = SlotRandomness(seed, block, is_world=True)
    slots, futures = np.repeat(places, block.n), np.tile(np.arange(block.n), len(places))
    starts = np.zeros(len(slots))
    first = first_course(world, Tenancies(slots, futures, starts, starts), of_slots, of_profiles)
    on_step()
    replaced = chosen(first.held, first.held.ends < world.horizon_years)
    taken = Tenancies(replaced.slots, replaced.futures, replaced.ends, replaced.ends)
    courses = [first, *successor_courses(world, taken, of_slots)]
    timelines = _by_slot(courses, world, block)
    return [timelines[place] for place in places]


def _by_slot(courses: Sequence[Course], world: World, block: Block) -> list[Timeline]:
    """The timeline of each slot; courses follow each other in every slot and future.

    Each tenancy's first event has its place counted out, and the others follow it: nothing is
    sorted but the tenancies.
    """
    held = together([course.held for course in courses])
    bounds = np.cumsum([0, *(len(course.held.slots) for course in courses)]).tolist()
    parts = [slice(*ends) for ends in pairwise(bounds)]
    is_replaced = held.ends < world.horizon_years
    order = stable_order(held.slots * block.n + held.futures)
    counts = np.zeros(len(order), np.intp)
    for course, part in zip(courses, parts, strict=True):
        of_course = counts[part]
        for rank, upgrades in enumerate(course.upgrades, start=1):
            of_course[upgrades.lanes] = rank
    sizes = (counts + is_replaced).take(order)
    reached = np.cumsum(sizes)
    firsts = np.empty(len(order), np.intp)
    firsts[order] = reached - sizes
    n_events = int(reached[-1])
    upgraded, kinds = np.zeros(n_events, np.float32), np.full(n_events, UPGRADE, np.int8)
    crossed, breaking = np.zeros(n_events, np.int32), np.zeros(n_events, np.int32)
    for course, part in zip(courses, parts, strict=True):
        of_course = firsts[part]
        for rank, upgrades in enumerate(course.upgrades):
            places = of_course.take(upgrades.lanes) + rank
            upgraded[places] = upgrades.times
            crossed[places] = upgrades.crossed.astype(np.int32)
            breaking[places] = upgrades.breaking.astype(np.int32)
    replaced = places_of(is_replaced)
    ends = (firsts + counts).take(replaced)
    times = upgraded.astype(np.float64)
    times[ends] = held.ends.take(replaced)
    kinds[ends] = REPLACEMENT
    spells = together(
        [
            replace(course.spells, lanes=course.spells.lanes + part.start)
            for course, part in zip(courses, parts, strict=True)
        ]
    )
    spells = chosen(spells, stable_order(held.slots.take(spells.lanes)))
    whole = Timeline(
        np.repeat(held.futures.take(order), sizes),
        times,
        kinds,
        crossed,
        breaking,
        np.full(n_events, -1, np.int32),
        held.futures.take(spells.lanes),
        spells.starts.astype(np.float64),
        spells.ends.astype(np.float64),
    )
    n_slots = len(world.slots.clocks)
    of_slots = np.append(0, np.cumsum(np.bincount(held.slots, minlength=n_slots)))
    of_events = np.append(0, reached).take(of_slots).tolist()
    of_spells = np.searchsorted(held.slots.take(spells.lanes), np.arange(n_slots + 1)).tolist()
    bounds_of_slots = zip(pairwise(of_events), pairwise(of_spells), strict=True)
    return [whole.part(slice(*events), slice(*some)) for events, some in bounds_of_slots]
