"""Slots of a stack through technology after technology, in many futures at once.

A tenancy is one technology in one slot of one future. Whether and when it is replaced does not
depend on its releases, so all tenancies of a slot are laid out first and then lived at once. Only
where a hosted technology is gone before its time are the ones after it laid out anew.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from stack_half_life.forecast.breaking import Breaking
from stack_half_life.forecast.simulation.clocks import ComponentClocks, TechnologyClocks
from stack_half_life.forecast.simulation.event_streams import EventStream, Stretch, event_stream
from stack_half_life.forecast.simulation.gaps import draw_gaps
from stack_half_life.forecast.simulation.law_table import LawTable, law_table
from stack_half_life.forecast.simulation.lives import (
    Lives,
    Outcome,
    Spells,
    Upgrades,
    live,
    stable_order,
)
from stack_half_life.forecast.simulation.replacement import ReplacementTable, replacement_table
from stack_half_life.forecast.simulation.rows import chosen, places_of, together
from stack_half_life.forecast.simulation.support import SupportTable, support_table
from stack_half_life.forecast.simulation.variates import (
    Floats,
    Lanes,
    Variates,
    rounded_up,
)

LaneRows = TypeVar("LaneRows", Upgrades, Spells)


@dataclass(frozen=True, slots=True)
class Tenancies:
    """Technologies that each hold a slot from a start to an end.

    slots, futures: [n] which slot, in which future of the block.  starts, ends: [n] years.
    """

    slots: Lanes
    futures: Lanes
    starts: Floats
    ends: Floats


class Randomness(Protocol):
    """Where tenancies take their numbers from.

    is_by_lane: what a lane draws does not depend on how many other lanes draw with it.
    """

    is_by_lane: bool

    def variates(self, role: str, slots: "Slots", held: Tenancies) -> Variates:
        """Numbers of one role for tenancies, one lane each."""


@dataclass(frozen=True, slots=True)
class TechnologyTable:
    """Technologies laid out by slot, so that tenancies of many slots are drawn at once.

    takes_all, all_break: [slots] whether *latest* takes every cycle; whether every cycle breaks.
    newer_since: [slots] since when a newer cycle has been out, years (≤ 0).
    unseen: [slots] years before the start of which nobody knows what was released.
    is_on_newest: [slots] whether the newest cycle out at the start is in use, known or not.
    newer_breaking: by slot, breaking cycles out that the one in use lacks, years (≤ 0).
    """

    cycle: LawTable
    breaking: LawTable
    support: SupportTable
    replacement: ReplacementTable
    takes_all: NDArray[np.bool_]
    all_break: NDArray[np.bool_]
    newer_since: Floats
    unseen: Floats
    is_on_newest: NDArray[np.bool_]
    newer_breaking: tuple[tuple[float, ...], ...]


@lru_cache(maxsize=16)
def technology_table(
    technologies: tuple[TechnologyClocks, ...], speeds: tuple[float, ...]
) -> TechnologyTable:
    """The table of one technology for each slot; those last asked for are kept."""
    return TechnologyTable(
        law_table([one.cycle for one in technologies]),
        law_table([one.breaking for one in technologies]),
        support_table(technologies, speeds),
        replacement_table(technologies, speeds),
        np.array([one.breaks is not Breaking.BY_CLOCK for one in technologies]),
        np.array([one.breaks is Breaking.EVERY for one in technologies]),
        np.array([-one.newer_cycle_years_ago for one in technologies]),
        np.array([one.unseen_years for one in technologies]),
        np.array([one.is_on_newest and one.unseen_years > 0.0 for one in technologies]),
        tuple(tuple(-ago for ago in one.newer_breaking_years_ago) for one in technologies),
    )


@dataclass(frozen=True, slots=True)
class Slots:
    """The slots of a stack, with the technology now in each and the one that follows it.

    speeds: [slots] how many times as fast clocks run.  can_move: [slots].
    """

    clocks: tuple[ComponentClocks, ...]
    now: TechnologyTable
    successor: TechnologyTable
    speeds: Floats
    can_move: NDArray[np.bool_]


def slots_of(clocks: Sequence[ComponentClocks]) -> Slots:
    """The slots of some components."""
    speeds = tuple(one.speed for one in clocks)
    return Slots(
        tuple(clocks),
        technology_table(tuple(one.now for one in clocks), speeds),
        technology_table(tuple(one.successor for one in clocks), speeds),
        np.array(speeds),
        np.array([one.habits.can_move for one in clocks]),
    )


@dataclass(frozen=True, slots=True)
class World:
    """Slots in a block of futures.

    removal_shares: [futures] share of removals that cost a replacement.
    """

    slots: Slots
    removal_shares: Floats
    horizon_years: float

    def with_ends(self, held: Tenancies, randomness: Randomness, *, is_first: bool) -> Tenancies:
        """The tenancies with the years at which they are replaced; slots in order."""
        table = (self.slots.now if is_first else self.slots.successor).replacement
        variates = randomness.variates("replacement", self.slots, held)
        shares = self.removal_shares[held.futures]
        ends = table.draw(held.slots, held.starts, shares, variates)
        return Tenancies(held.slots, held.futures, held.starts, ends)

    def lived(self, held: Tenancies, randomness: Randomness, *, is_first: bool) -> Outcome:
        """What becomes of tenancies between their starts and ends; slots in order."""
        slots = self.slots
        table = slots.now if is_first else slots.successor
        until = np.minimum(held.ends, self.horizon_years)
        wanted = np.full(len(until), self.horizon_years) if is_first else until
        seen_until = held.starts - table.unseen.take(held.slots)
        can_move = slots.can_move.take(held.slots)
        all_break = table.all_break.take(held.slots)
        support = randomness.variates("support", slots, held)
        support_lanes = table.support.draw(held.slots, held.starts, can_move, support)
        needs_releases = can_move | (support_lanes.successors > 0)
        nothing: Sequence[tuple[float, ...]] = [()] * len(slots.clocks)
        before = table.newer_breaking if is_first else nothing

        def stream(
            role: str, laws: LawTable, needs: NDArray[np.bool_], before: Sequence[tuple[float, ...]]
        ) -> EventStream:
            variates = randomness.variates(role, slots, held)
            bounds = np.where(needs, wanted, -np.inf)
            clock = draw_gaps(laws, held.slots, variates, bounds - seen_until, slots.speeds)
            stretches = _stretches(held.slots, before, randomness)
            return event_stream(clock, seen_until, bounds, variates, stretches)

        lives = Lives(
            rounded_up(held.starts),
            -rounded_up(-until),
            rounded_up(seen_until),
            table.is_on_newest.take(held.slots),
            stream("releases", table.cycle, needs_releases, nothing),
            stream("breaking releases", table.breaking, can_move & ~all_break, before),
            support_lanes,
            table.takes_all.take(held.slots),
            all_break,
            (held.starts + table.newer_since.take(held.slots)).astype(np.float32),
            tuple(one.habits for one in slots.clocks),
            held.slots,
        )
        return live(lives, support)


def _stretches(
    slots: Lanes, before: Sequence[tuple[float, ...]], randomness: Randomness
) -> list[Stretch]:
    """A stretch for each slot present, with what comes before the starts in it.

    One for all where lanes draw by themselves; then nothing comes before their starts.
    """
    if randomness.is_by_lane:
        return [Stretch(0, len(slots))]
    bounds = np.searchsorted(slots, np.arange(len(before) + 1)).tolist()
    return [
        Stretch(first, last, times)
        for (first, last), times in zip(pairwise(bounds), before, strict=True)
        if last > first
    ]


@dataclass(frozen=True, slots=True)
class Course:
    """Tenancies with their ends as they came, and what became of them; lanes are tenancies.

    upgrades: round by round, as in `Outcome`.
    """

    held: Tenancies
    upgrades: Sequence[Upgrades]
    spells: Spells

    def of_tenancies(self, is_chosen: NDArray[np.bool_]) -> "Course":
        """Some of the tenancies, in that order."""
        number = np.cumsum(is_chosen) - 1

        def some(rows: LaneRows) -> LaneRows:
            rows = chosen(rows, is_chosen.take(rows.lanes))
            return replace(rows, lanes=number.take(rows.lanes))

        return Course(
            chosen(self.held, is_chosen),
            [some(upgrades) for upgrades in self.upgrades],
            some(self.spells),
        )


def first_course(
    world: World, taken: Tenancies, of_slots: Randomness, of_profiles: Randomness
) -> Course:
    """The technologies now in slots, up to their replacement.

    taken: all starts are 0, its ends are not read.  of_profiles: keyed so that what the world does
    with a technology is the same in every slot and stack.
    """
    held = world.with_ends(taken, of_slots, is_first=True)
    outcome = world.lived(held, of_profiles, is_first=True)
    ends = np.minimum(held.ends, outcome.gone)
    ended = Tenancies(held.slots, held.futures, held.starts, ends)
    return Course(ended, outcome.upgrades, outcome.spells)


def successor_courses(world: World, taken: Tenancies, randomness: Randomness) -> Iterator[Course]:
    """The technologies that take slots at the starts of `taken`, and those after them, to the end.

    taken: its ends are not read.  Each course given holds tenancies whose predecessors were given
    before, in order of time within each slot and future.
    """
    while len(taken.slots):
        held = _laid_out(world, taken, randomness)
        outcome = world.lived(held, randomness, is_first=False)
        gone = places_of(outcome.gone < held.ends)
        if not len(gone):
            yield Course(held, outcome.upgrades, outcome.spells)
            return
        ends = np.minimum(held.ends, outcome.gone)
        n_futures = len(world.removal_shares)
        keys = held.slots * n_futures + held.futures
        first_gone = np.full(len(world.slots.clocks) * n_futures, np.inf)
        np.minimum.at(first_gone, keys[gone], ends[gone])
        is_kept = held.starts < first_gone[keys]
        kept = Tenancies(held.slots, held.futures, held.starts, ends)
        yield Course(kept, outcome.upgrades, outcome.spells).of_tenancies(is_kept)
        again = gone[is_kept[gone]]
        taken = Tenancies(held.slots[again], held.futures[again], ends[again], ends[again])


def _laid_out(world: World, taken: Tenancies, randomness: Randomness) -> Tenancies:
    """All tenancies of the slots taken, up to the horizon, as if none were gone early."""
    generations = []
    while len(taken.slots):
        taken = world.with_ends(taken, randomness, is_first=False)
        generations.append(taken)
        again = chosen(taken, taken.ends < world.horizon_years)
        taken = Tenancies(again.slots, again.futures, again.ends, again.ends)
    laid_out = together(generations)
    return chosen(laid_out, stable_order(laid_out.slots))
