"""The course of one component in many futures, one technology after the other."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from stack_half_life.domain.stack import UpgradePolicy
from stack_half_life.forecast.simulation.clocks import ComponentClocks, TechnologyClocks
from stack_half_life.forecast.simulation.gaps import draw_gaps, event_stream
from stack_half_life.forecast.simulation.lives import Lives, Outcome, live
from stack_half_life.forecast.simulation.replacement import draw_replacement
from stack_half_life.forecast.simulation.support import draw_support
from stack_half_life.forecast.simulation.variates import BulkVariates, Floats, Lanes

UPGRADE, REPLACEMENT = 0, 1


@dataclass(frozen=True, slots=True)
class Timeline:
    """All rework of one component of itself, in a block of futures.

    lanes, times, kinds, crossed, breaking: [k] future within the block, years, `UPGRADE` or
        `REPLACEMENT`, release cycles crossed and breaking ones among them; in order of time
        within each lane.
    spell_lanes, spell_starts, spell_ends: [s] time without support.
    """

    lanes: Lanes
    times: Floats
    kinds: NDArray[np.int8]
    crossed: NDArray[np.int64]
    breaking: NDArray[np.int64]
    spell_lanes: Lanes
    spell_starts: Floats
    spell_ends: Floats

    @property
    def n_bytes(self) -> int:
        """How much memory it takes."""
        return sum(getattr(self, name).nbytes for name in self.__slots__)


@dataclass(frozen=True, slots=True)
class Block:
    """A run of consecutive futures that are drawn together.

    index: its number.  first: its first future.  n: how many.
    """

    index: int
    first: int
    n: int


def removal_shares(clocks: ComponentClocks, seed: int, block: Block) -> Floats:
    """[n] share of removals that cost a replacement; one judgement, so the same for all slots."""
    ranks = BulkVariates(seed, "removal is replacement", block.index).uniform(np.arange(block.n))
    return clocks.removal_is_replacement.at(ranks)


def component_timeline(
    clocks: ComponentClocks, seed: int, block: Block, horizon_years: float
) -> Timeline:
    """Follow one component through a block of futures, as if it stood alone."""
    shares = removal_shares(clocks, seed, block)
    futures = np.arange(block.n)
    starts = np.zeros(block.n)
    parts: list[tuple[Lanes, Outcome]] = []
    technology, generation = clocks.now, 0
    while len(futures):
        outcome = _generation(
            clocks,
            technology,
            (seed, block.index, generation),
            starts,
            shares[futures],
            horizon_years,
        )
        parts.append((futures, outcome))
        again = np.flatnonzero(outcome.replaced < horizon_years)
        futures, starts = futures[again], outcome.replaced[again]
        technology, generation = clocks.successor, generation + 1
    return gathered(parts, horizon_years)


def needs_releases(clocks: ComponentClocks, technology: TechnologyClocks) -> bool:
    """Whether releases to come make a difference: to moves, or to when support ends."""
    return can_move(clocks) or technology.support.successor.weight > 0.0


def can_move(clocks: ComponentClocks) -> bool:
    """Whether the component is ever upgraded."""
    return clocks.is_hosted or clocks.policy is not UpgradePolicy.PINNED


def _generation(
    clocks: ComponentClocks,
    technology: TechnologyClocks,
    key: tuple[int, int, int],
    starts: Floats,
    shares: Floats,
    horizon_years: float,
) -> Outcome:
    """The lives of one generation; the world's clocks are keyed by profile, the slot's by slot."""
    n, speed, seed, generation = len(starts), clocks.speed, key[0], key[2]

    def variates(role: str, *, of_world: bool) -> BulkVariates:
        owner = clocks.profile if of_world and generation == 0 else clocks.key
        return BulkVariates(seed, owner, role, *key[1:])

    replaced = draw_replacement(
        technology, starts, shares, variates("replacement", of_world=False), speed=speed
    )
    end = horizon_years if needs_releases(clocks, technology) else -np.inf
    source = variates("releases", of_world=True)
    releases = event_stream(
        draw_gaps(technology.cycle, n, source, speed=speed), starts, end, source
    )
    breaking = None
    if can_move(clocks):
        source = variates("breaking releases", of_world=True)
        clock = draw_gaps(technology.breaking, n, source, speed=speed)
        stream = event_stream(clock, starts, horizon_years, source)
        breaking = stream.padded([-ago for ago in technology.newer_breaking_years_ago])
    source = variates("support", of_world=True)
    support = draw_support(technology, starts, source, speed=speed)
    return live(
        Lives(starts, replaced, releases, breaking, support),
        clocks.policy,
        clocks.upgrade_lag_years,
        horizon_years,
        source,
        is_hosted=clocks.is_hosted,
    )


def gathered(parts: list[tuple[Lanes, Outcome]], horizon_years: float) -> Timeline:
    """The outcomes of generations as one timeline; each comes with the futures of its lanes."""
    lanes, times, kinds, crossed, breaking = [], [], [], [], []
    spell_lanes, spell_starts, spell_ends = [], [], []
    for futures, outcome in parts:
        replaced = np.flatnonzero(outcome.replaced < horizon_years)
        nothing = np.zeros(len(replaced), np.int64)
        upgrades, spells = outcome.upgrades, outcome.spells
        lanes += [futures[upgrades.lanes], futures[replaced]]
        times += [upgrades.times, outcome.replaced[replaced]]
        kinds += [
            np.full(len(upgrades.lanes), UPGRADE, np.int8),
            np.full(len(replaced), REPLACEMENT, np.int8),
        ]
        crossed += [upgrades.crossed, nothing]
        breaking += [upgrades.breaking, nothing]
        spell_lanes.append(futures[spells.lanes])
        spell_starts.append(spells.starts)
        spell_ends.append(spells.ends)
    return Timeline(
        np.concatenate(lanes),
        np.concatenate(times),
        np.concatenate(kinds),
        np.concatenate(crossed),
        np.concatenate(breaking),
        np.concatenate(spell_lanes),
        np.concatenate(spell_starts),
        np.concatenate(spell_ends),
    )
