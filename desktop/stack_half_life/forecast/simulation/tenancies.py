"""Slots of a stack through technology after technology, in many futures at once.

A tenancy is one technology in one slot of one future. Whether and when it is replaced does not
depend on its releases, so all tenancies of a slot are laid out first and then lived at once. Only
where a hosted technology is gone before its time are the ones after it laid out anew.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from stack_half_life.forecast.simulation.clocks import ComponentClocks, TechnologyClocks
from stack_half_life.forecast.simulation.event_streams import event_stream
from stack_half_life.forecast.simulation.gaps import GapLanes, draw_gaps, joined
from stack_half_life.forecast.simulation.lives import Lives, Outcome, Spells, Upgrades, live
from stack_half_life.forecast.simulation.replacement import draw_replacement
from stack_half_life.forecast.simulation.support import draw_support, joined_support
from stack_half_life.forecast.simulation.variates import Floats, Lanes, Variates


@dataclass(frozen=True, slots=True)
class Tenancies:
    """Technologies that each hold a slot from a start to an end.

    slots, futures: [n] which slot, in which future of the block.  starts, ends: [n] years.
    """

    slots: Lanes
    futures: Lanes
    starts: Floats
    ends: Floats

    def chosen(self, places: NDArray[np.intp] | NDArray[np.bool_] | slice) -> "Tenancies":
        """Some of them, in that order."""
        return Tenancies(
            self.slots[places], self.futures[places], self.starts[places], self.ends[places]
        )


def joined_tenancies(parts: Sequence[Tenancies]) -> Tenancies:
    """Several batches as one."""
    return Tenancies(
        np.concatenate([held.slots for held in parts]),
        np.concatenate([held.futures for held in parts]),
        np.concatenate([held.starts for held in parts]),
        np.concatenate([held.ends for held in parts]),
    )


class Randomness(Protocol):
    """Where tenancies take their numbers from."""

    def variates(self, role: str, clocks: ComponentClocks, held: Tenancies) -> Variates:
        """Numbers of one role for tenancies of one slot, one lane each."""

    def joint_variates(self, role: str, slots: "Slots", held: Tenancies) -> Variates:
        """Numbers of one role for tenancies of several slots at once."""


@dataclass(frozen=True, slots=True)
class Slots:
    """The slots of a stack in a block of futures.

    removal_shares: by slot, [futures] share of removals that cost a replacement.
    """

    clocks: tuple[ComponentClocks, ...]
    removal_shares: tuple[Floats, ...]
    horizon_years: float

    def with_ends(self, held: Tenancies, randomness: Randomness, *, is_first: bool) -> Tenancies:
        """The tenancies with the years at which they are replaced; slots in order."""
        ends = np.empty(len(held.slots))
        for slot, places in _by_slot(held):
            clocks = self.clocks[slot]
            some = held.chosen(places)
            ends[places] = draw_replacement(
                clocks.now if is_first else clocks.successor,
                some.starts,
                self.removal_shares[slot][some.futures],
                randomness.variates("replacement", clocks, some),
                speed=clocks.speed,
            )
        return Tenancies(held.slots, held.futures, held.starts, ends)

    def lived(self, held: Tenancies, randomness: Randomness, *, is_first: bool) -> Outcome:
        """What becomes of tenancies between their starts and ends; slots in order."""
        cycles: list[GapLanes] = []
        breaking: list[GapLanes] = []
        supports = []
        pending: tuple[float, ...] = ()
        until = np.minimum(held.ends, self.horizon_years)
        cycles_until, breaking_until = until.copy(), until.copy()
        for slot, places in _by_slot(held):
            clocks = self.clocks[slot]
            technology = clocks.now if is_first else clocks.successor
            some = held.chosen(places)
            n, speed = len(some.slots), clocks.speed
            for role, law, gaps in (
                ("releases", technology.cycle, cycles),
                ("breaking releases", technology.breaking, breaking),
            ):
                variates = randomness.variates(role, clocks, some)
                gaps.append(draw_gaps(law, n, variates, speed=speed))
            variates = randomness.variates("support", clocks, some)
            supports.append(draw_support(technology, some.starts, variates, speed=speed))
            if is_first:
                pending = technology.newer_breaking_years_ago
            if is_first:
                cycles_until[places] = breaking_until[places] = self.horizon_years
            if not clocks.habits.can_move:
                breaking_until[places] = -np.inf
                if not _has_rule(technology):
                    cycles_until[places] = -np.inf
        lives = Lives(
            held.starts,
            until,
            event_stream(
                joined(cycles),
                held.starts,
                cycles_until,
                randomness.joint_variates("later releases", self, held),
            ),
            event_stream(
                joined(breaking),
                held.starts,
                breaking_until,
                randomness.joint_variates("later breaking releases", self, held),
                [-ago for ago in pending],
            ),
            joined_support(supports),
            tuple(clocks.habits for clocks in self.clocks),
            held.slots,
        )
        return live(lives, randomness.joint_variates("later support", self, held))


def _has_rule(technology: TechnologyClocks) -> bool:
    return technology.support.successor.weight > 0.0


def _by_slot(held: Tenancies) -> Iterator[tuple[int, slice]]:
    """Each slot present with where its tenancies stand; they are sorted by slot."""
    slots, firsts = np.unique(held.slots, return_index=True)
    lasts = [*firsts[1:].tolist(), len(held.slots)]
    for slot, first, last in zip(slots.tolist(), firsts.tolist(), lasts, strict=True):
        yield slot, slice(first, last)


@dataclass(frozen=True, slots=True)
class Course:
    """Tenancies with their ends as they came, and what became of them; lanes are tenancies."""

    held: Tenancies
    upgrades: Upgrades
    spells: Spells

    def of_slot(self, slot: int) -> "Course":
        """Its part in one slot."""
        return self.chosen(self.held.slots == slot)

    def chosen(self, is_chosen: NDArray[np.bool_]) -> "Course":
        """Some of the tenancies, in that order."""
        number = np.cumsum(is_chosen) - 1
        upgrades, spells = self.upgrades, self.spells
        u, s = is_chosen[upgrades.lanes], is_chosen[spells.lanes]
        return Course(
            self.held.chosen(is_chosen),
            Upgrades(
                number[upgrades.lanes[u]],
                upgrades.times[u],
                upgrades.crossed[u],
                upgrades.breaking[u],
            ),
            Spells(number[spells.lanes[s]], spells.starts[s], spells.ends[s]),
        )


def first_course(slots: Slots, taken: Tenancies, own: Randomness, world: Randomness) -> Course:
    """The technologies now in one slot, up to their replacement.

    taken: all starts are 0, its ends are not read.  own: keyed by slot.  world: keyed by profile.
    """
    held = slots.with_ends(taken, own, is_first=True)
    outcome = slots.lived(held, world, is_first=True)
    ends = np.minimum(held.ends, outcome.gone)
    ended = Tenancies(held.slots, held.futures, held.starts, ends)
    return Course(ended, outcome.upgrades, outcome.spells)


def successor_courses(slots: Slots, taken: Tenancies, randomness: Randomness) -> Iterator[Course]:
    """The technologies that take slots at the starts of `taken`, and those after them, to the end.

    taken: its ends are not read.  Each course given holds tenancies whose predecessors were given
    before, in order of time within each slot and future.
    """
    while len(taken.slots):
        held = _laid_out(slots, taken, randomness)
        outcome = slots.lived(held, randomness, is_first=False)
        gone = np.flatnonzero(outcome.gone < held.ends)
        if not len(gone):
            yield Course(held, outcome.upgrades, outcome.spells)
            return
        ends = np.minimum(held.ends, outcome.gone)
        n_futures = len(slots.removal_shares[0])
        keys = held.slots * n_futures + held.futures
        first_gone = np.full(len(slots.clocks) * n_futures, np.inf)
        np.minimum.at(first_gone, keys[gone], ends[gone])
        is_kept = held.starts < first_gone[keys]
        kept = Tenancies(held.slots, held.futures, held.starts, ends)
        yield Course(kept, outcome.upgrades, outcome.spells).chosen(is_kept)
        again = gone[is_kept[gone]]
        taken = Tenancies(held.slots[again], held.futures[again], ends[again], ends[again])


def _laid_out(slots: Slots, taken: Tenancies, randomness: Randomness) -> Tenancies:
    """All tenancies of the slots taken, up to the horizon, as if none were gone early."""
    generations = []
    while len(taken.slots):
        taken = slots.with_ends(taken, randomness, is_first=False)
        generations.append(taken)
        again = taken.chosen(taken.ends < slots.horizon_years)
        taken = Tenancies(again.slots, again.futures, again.ends, again.ends)
    together = joined_tenancies(generations)
    return together.chosen(np.argsort(together.slots, kind="stable"))
