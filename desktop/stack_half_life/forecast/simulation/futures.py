"""Blocks of futures: every component's course, what knocks on, what it costs, added up."""

from dataclasses import dataclass

import numpy as np

from stack_half_life.domain.stack import Component
from stack_half_life.forecast.simulation.clocks import ComponentClocks
from stack_half_life.forecast.simulation.gaps import SHORTEST_GAP_YEARS
from stack_half_life.forecast.simulation.pricing import Prices, Rework, draw_prices
from stack_half_life.forecast.simulation.streams import StreamCache
from stack_half_life.forecast.simulation.tally import Axes, ComponentTally, StackTally
from stack_half_life.forecast.simulation.timeline import Block, Timeline, component_timeline

MOST_BLOCK = 8192
_MOST_EVENTS_PER_BLOCK = 4_500_000


@dataclass(frozen=True, slots=True)
class FuturesPlan:
    """What is simulated: components with their clocks, and the scenario's figures.

    kept: how many futures are kept one by one.
    """

    components: tuple[Component, ...]
    clocks: tuple[ComponentClocks, ...]
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
    return StackTally(plan.axes, [ComponentTally(plan.axes) for _ in plan.components])


def simulate_block(plan: FuturesPlan, block: Block, streams: StreamCache | None) -> StackTally:
    """Simulate one block of futures and add it up."""
    timelines = [_timeline(plan, clocks, block, streams) for clocks in plan.clocks]
    prices = [
        draw_prices(component, clocks.key, plan.seed, block)
        for component, clocks in zip(plan.components, plan.clocks, strict=True)
    ]
    reworks = [_rework(timeline, price) for timeline, price in zip(timelines, prices, strict=True)]
    tally = empty_tally(plan)
    kept = min(max(plan.kept - block.first, 0), block.n)
    tally.count(reworks, prices, block.n, kept, plan.discount_rate_per_year)
    for component, timeline in zip(tally.components, timelines, strict=True):
        component.unsupported_years = float((timeline.spell_ends - timeline.spell_starts).sum())
    return tally


def _timeline(
    plan: FuturesPlan, clocks: ComponentClocks, block: Block, streams: StreamCache | None
) -> Timeline:
    def make() -> Timeline:
        return component_timeline(clocks, plan.seed, block, plan.horizon_years)

    if streams is None:
        return make()
    return streams.timeline((clocks, plan.seed, block, plan.horizon_years), make)


def _rework(timeline: Timeline, prices: Prices) -> Rework:
    order = np.argsort(timeline.lanes.astype(np.uint16), kind="stable")
    lanes, kinds = timeline.lanes[order], timeline.kinds[order]
    is_replacing = kinds == 1
    shares = prices.upgrade_shares(lanes, timeline.crossed[order], timeline.breaking[order])
    shares[is_replacing] = 1.0
    return Rework(lanes, timeline.times[order], kinds, shares, is_replacing)
