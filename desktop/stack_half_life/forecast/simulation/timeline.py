"""The courses of components in many futures, each as if it stood alone."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace

import numpy as np
from numpy.typing import NDArray

from stack_half_life.forecast.simulation.clocks import ComponentClocks
from stack_half_life.forecast.simulation.tenancies import (
    Course,
    Slots,
    Tenancies,
    first_course,
    joined_tenancies,
    successor_courses,
)
from stack_half_life.forecast.simulation.variates import (
    BulkVariates,
    Floats,
    Lanes,
    LaneVariates,
    Variates,
    Words,
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
    crossed: NDArray[np.intp]
    breaking: NDArray[np.intp]
    edges: NDArray[np.intp]
    spell_lanes: Lanes
    spell_starts: Floats
    spell_ends: Floats

    def chosen(self, events: NDArray[np.bool_]) -> "Timeline":
        """The timeline with some of its events only."""
        return replace(
            self,
            lanes=self.lanes[events],
            times=self.times[events],
            kinds=self.kinds[events],
            crossed=self.crossed[events],
            breaking=self.breaking[events],
            edges=self.edges[events],
        )

    @property
    def n_bytes(self) -> int:
        """How much memory it takes."""
        return sum(getattr(self, one.name).nbytes for one in fields(self))


@dataclass(frozen=True, slots=True)
class Block:
    """A run of consecutive futures that are drawn together.

    index: its number.  first: its first future.  n: how many.
    """

    index: int
    first: int
    n: int


class OwnRandomness:
    """Numbers of a block of futures, keyed by an owner of each slot.

    Most come in bulk, from a generator of the owner for every request of a role; those of several
    slots at once come lane by lane. So no slot's numbers depend on the other slots.
    is_world: the owner is the profile, so that what the world does is the same in every slot and
    stack, and slots come one by one; else the owner is the slot.
    """

    def __init__(self, seed: int, block: Block, *, is_world: bool) -> None:
        self._seed, self._block, self._is_world = seed, block, is_world
        self._asked: Counter[tuple[str, str]] = Counter()
        self._lanes = LaneRandomness(seed, block)

    def variates(self, role: str, clocks: ComponentClocks, held: Tenancies) -> BulkVariates:
        """Numbers of one role for tenancies of one slot."""
        del held
        owner = self._owner(clocks)
        self._asked[owner, role] += 1
        asked = self._asked[owner, role]
        return BulkVariates(self._seed, owner, role, asked, self._block.index)

    def joint_variates(self, role: str, slots: Slots, held: Tenancies) -> Variates:
        """Numbers of one role for tenancies of several slots at once."""
        if self._is_world:
            return self.variates(role, slots.clocks[0], held)
        return self._lanes.joint_variates(role, slots, held)

    def _owner(self, clocks: ComponentClocks) -> str:
        return clocks.profile if self._is_world else clocks.key


class LaneRandomness:
    """Numbers keyed by slot, future and start of each tenancy, so by nothing else in the stack."""

    def __init__(self, seed: int, block: Block) -> None:
        self._seed, self._block = seed, block

    def variates(self, role: str, clocks: ComponentClocks, held: Tenancies) -> LaneVariates:
        """Numbers of one role for tenancies of one slot."""
        return self._of(np.uint64(word_of(self._seed, clocks.key, role)), held)

    def joint_variates(self, role: str, slots: Slots, held: Tenancies) -> LaneVariates:
        """Numbers of one role for tenancies of several slots at once."""
        words = [word_of(self._seed, clocks.key, role) for clocks in slots.clocks]
        return self._of(np.array(words, np.uint64)[held.slots], held)

    def _of(self, words: Words | np.uint64, held: Tenancies) -> LaneVariates:
        futures = (held.futures + (self._block.first + 1)).astype(np.uint64)
        starts = np.ascontiguousarray(held.starts).view(np.uint64)
        return LaneVariates(mixed(words ^ mixed(futures)) ^ mixed(starts))


def removal_shares(clocks: ComponentClocks, seed: int, block: Block) -> Floats:
    """[n] share of removals that cost a replacement; one judgement, so the same in all slots."""
    ranks = BulkVariates(seed, "removal is replacement", block.index).uniform(np.arange(block.n))
    return clocks.removal_is_replacement.at(ranks)


def timelines_of(
    clocks: Sequence[ComponentClocks], seed: int, block: Block, horizon_years: float
) -> list[Timeline]:
    """Follow components through a block of futures, each as if it stood alone."""
    if not clocks:
        return []
    shares = tuple(removal_shares(one, seed, block) for one in clocks)
    firsts, takens = [], []
    world = OwnRandomness(seed, block, is_world=True)
    own = OwnRandomness(seed, block, is_world=False)
    nobody, futures, starts = np.zeros(block.n, np.intp), np.arange(block.n), np.zeros(block.n)
    for slot, (one, share) in enumerate(zip(clocks, shares, strict=True)):
        alone = Slots((one,), (share,), horizon_years)
        first = first_course(alone, Tenancies(nobody, futures, starts, starts), own, world)
        replaced = np.flatnonzero(first.held.ends < horizon_years)
        at = first.held.ends[replaced]
        takens.append(Tenancies(np.full(len(replaced), slot), futures[replaced], at, at))
        firsts.append(first)
    slots = Slots(tuple(clocks), shares, horizon_years)
    later = list(successor_courses(slots, joined_tenancies(takens), own))
    return [
        timeline_of([first, *(course.of_slot(slot) for course in later)], horizon_years)
        for slot, first in enumerate(firsts)
    ]


def timeline_of(courses: Sequence[Course], horizon_years: float) -> Timeline:
    """The timeline of courses that follow each other in every future."""
    starts = np.cumsum([0, *(len(course.held.futures) for course in courses)])
    futures = np.concatenate([course.held.futures for course in courses])
    ends = np.concatenate([course.held.ends for course in courses])
    upgraded = np.concatenate(
        [course.upgrades.lanes + start for course, start in zip(courses, starts, strict=False)]
    )
    spelled = np.concatenate(
        [course.spells.lanes + start for course, start in zip(courses, starts, strict=False)]
    )
    replaced = np.flatnonzero(ends < horizon_years)
    nothing = np.zeros(len(replaced), np.intp)
    tenancies = np.concatenate([upgraded, replaced])
    kinds = np.repeat(np.array([UPGRADE, REPLACEMENT], np.int8), [len(upgraded), len(replaced)])
    times = np.concatenate([*(course.upgrades.times for course in courses), ends[replaced]])
    crossed = np.concatenate([*(course.upgrades.crossed for course in courses), nothing])
    breaking = np.concatenate([*(course.upgrades.breaking for course in courses), nothing])
    order = _by_future(tenancies, futures)
    return Timeline(
        futures[tenancies][order],
        times[order],
        kinds[order],
        crossed[order],
        breaking[order],
        np.full(len(order), -1),
        futures[spelled],
        np.concatenate([course.spells.starts for course in courses]),
        np.concatenate([course.spells.ends for course in courses]),
    )


def _by_future(tenancies: Lanes, futures: Lanes) -> NDArray[np.intp]:
    """The order by future, then by tenancy; tenancies are numbered in order of time."""
    earlier = np.bincount(futures, minlength=1)
    rank = np.empty(len(futures), np.uint16)
    by_future = np.argsort(futures.astype(np.uint16), kind="stable")
    rank[by_future] = np.arange(len(futures)) - np.repeat(np.cumsum(earlier) - earlier, earlier)
    by_rank = np.argsort(rank[tenancies], kind="stable")
    within = futures[tenancies].astype(np.uint16)[by_rank]
    return by_rank[np.argsort(within, kind="stable")]
