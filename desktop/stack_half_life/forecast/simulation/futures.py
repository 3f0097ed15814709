"""Blocks of futures: every component's course, what knocks on, what it costs, added up."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from stack_half_life.domain.progress import OnStep, no_step
from stack_half_life.domain.stack import Component
from stack_half_life.forecast.simulation.axes import Axes
from stack_half_life.forecast.simulation.gaps import SHORTEST_GAP_YEARS
from stack_half_life.forecast.simulation.judgements import Pert
from stack_half_life.forecast.simulation.knock_ons import with_knock_ons
from stack_half_life.forecast.simulation.network import Network
from stack_half_life.forecast.simulation.pricing import draw_prices, priced
from stack_half_life.forecast.simulation.streams import StreamCache
from stack_half_life.forecast.simulation.tally import ComponentTally, StackTally
from stack_half_life.forecast.simulation.tenancies import Slots, World
from stack_half_life.forecast.simulation.timeline import (
    Block,
    Timeline,
    removal_shares,
    timelines_of,
)

MOST_BLOCK = 10_240
_MOST_EVENTS_PER_BLOCK = 5_500_000
_LANE_YEARS_AT_ONCE = 700_000.0


@dataclass(frozen=True, slots=True)
class FuturesPlan:
    """What is simulated: components with their clocks, and the scenario's figures.

    kept: how many futures are kept one by one.
    """

    components: tuple[Component, ...]
    slots: Slots
    removal_is_replacement: Pert
    network: Network
    seed: int
    futures: int
    horizon_years: float
    discount_rate_per_year: float
    axes: Axes
    kept: int

    def blocks(self) -> list[Block]:
        """The futures in blocks, smaller for long horizons so that memory stays bounded.

        No clock ticks more than once in `SHORTEST_GAP_YEARS`, which bounds the events of a block.
        """
        per_future = self.horizon_years / SHORTEST_GAP_YEARS
        most = min(MOST_BLOCK, max(256, int(_MOST_EVENTS_PER_BLOCK / per_future)))
        return [
            Block(index, first, min(most, self.futures - first))
            for index, first in enumerate(range(0, self.futures, most))
        ]


def empty_tally(plan: FuturesPlan) -> StackTally:
    """A tally of no futures."""
    tallies = [ComponentTally(plan.axes) for _ in plan.components]
    return StackTally(plan.axes, tallies, plan.discount_rate_per_year)


def courses_of(
    plan: FuturesPlan, block: Block, streams: StreamCache | None, on_step: OnStep = no_step
) -> Sequence[Timeline]:
    """The courses of all components in a block of futures, once they reach each other.

    They depend on no effort, share of effort or rate, so that an edit of these only prices anew.
    """
    if streams is None:
        return _knocked_on(plan, block, None, on_step)
    key = (plan.slots.clocks, plan.network.key, _world_key(plan, block))
    known = streams.kept(key)
    if known is None:
        known = tuple(_knocked_on(plan, block, streams, on_step))
        streams.keep(key, known)
    return known


def simulate_block(
    plan: FuturesPlan, block: Block, streams: StreamCache | None, on_step: OnStep = no_step
) -> StackTally:
    """Simulate one block of futures and add it up.

    on_step: called every now and then; what it raises ends the block.
    """
    timelines = courses_of(plan, block, streams, on_step)
    reworks = []
    for component, clocks, timeline in zip(
        plan.components, plan.slots.clocks, timelines, strict=True
    ):
        on_step()
        prices = draw_prices(component, clocks.key, plan.seed, block)
        reworks.append(priced(timeline, prices, plan.network, block))
    tally = empty_tally(plan)
    kept = min(max(plan.kept - block.first, 0), block.n)
    tally.count(reworks, block.n, kept, on_step)
    for one, timeline in zip(tally.components, timelines, strict=True):
        one.unsupported_years = float((timeline.spell_ends - timeline.spell_starts).sum())
    return tally


def _knocked_on(
    plan: FuturesPlan, block: Block, streams: StreamCache | None, on_step: OnStep
) -> list[Timeline]:
    shares = removal_shares(plan.removal_is_replacement, plan.seed, block)
    world = World(plan.slots, shares, plan.horizon_years)
    alone = _timelines(plan, world, block, streams, on_step)
    return with_knock_ons(alone, world, plan.network, plan.seed, block, on_step)


def _world_key(plan: FuturesPlan, block: Block) -> Hashable:
    return plan.removal_is_replacement, plan.seed, block, plan.horizon_years


def _timelines(
    plan: FuturesPlan,
    world: World,
    block: Block,
    streams: StreamCache | None,
    on_step: OnStep,
) -> list[Timeline]:
    """The components' courses, those kept from earlier where there are any."""
    keys = [(clocks, _world_key(plan, block)) for clocks in plan.slots.clocks]
    kept = [streams.kept(key) if streams is not None else None for key in keys]
    known = [one[0] if one is not None else None for one in kept]
    missing = [place for place, timeline in enumerate(known) if timeline is None]
    at_once = max(int(_LANE_YEARS_AT_ONCE / (block.n * plan.horizon_years)), 1)
    for first in range(0, len(missing), at_once):
        on_step()
        some = missing[first : first + at_once]
        timelines = timelines_of(world, some, plan.seed, block, on_step)
        for place, timeline in zip(some, timelines, strict=True):
            known[place] = timeline
            if streams is not None:
                streams.keep(keys[place], [timeline])
    return [timeline for timeline in known if timeline is not None]
