"""The vectorised futures agree with plain ones, figure by figure, alone and coupled."""

import math
import random

import numpy as np
import pytest

from made_clocks import NAMES, SLOTS
from slow_futures import Tally, future
from stack_half_life.domain.layers import Layer
from stack_half_life.domain.stack import Coupling
from stack_half_life.forecast.neighbours import LayerCoupling
from stack_half_life.forecast.simulation.knock_ons import with_knock_ons
from stack_half_life.forecast.simulation.network import network_of
from stack_half_life.forecast.simulation.tenancies import World, slots_of
from stack_half_life.forecast.simulation.timeline import (
    ADAPTATION,
    KNOCKED_OUT,
    REPLACEMENT,
    UPGRADE,
    Block,
    Timeline,
    timelines_of,
)

HORIZON = 6.0
SHARE = 0.6
SLOW, FAST = 2500, 8192


COUPLINGS = [
    Coupling(when=when, then=then, adapt_probability=adapt, replace_probability=replace)
    for when, then, adapt, replace in [
        ("steady", "ruled", 0.4, 0.1),
        ("ruled", "steady", 0.2, 0.15),
        ("ruled", "eager", 0.3, 0.1),
        ("eager", "late", 0.5, 0.2),
        ("late", "hosted", 0.3, 0.3),
        ("hosted", "pinned", 0.2, 0.4),
        ("hosted", "steady", 0.6, 0.0),
        ("pinned", "eager", 0.0, 0.3),
    ]
]

TOGETHER = [
    LayerCoupling(Layer.SERVING, ("steady", "zero", "minor"), "late", 0.4, 0.15),
    LayerCoupling(Layer.SERVING, ("zero", "minor"), "told", 0.3, 0.3),
    LayerCoupling(Layer.MODEL, ("late", "told", "hosted"), "minor", 0.5, 0.2),
    LayerCoupling(Layer.HARDWARE, ("late", "told"), "pinned", 0.9, 0.0),
]


def figures_of(timelines: list[Timeline], n: int) -> list[dict[str, np.ndarray]]:
    figures = []
    for timeline in timelines:

        def count(kind: int, timeline: Timeline = timeline) -> np.ndarray:
            return np.bincount(timeline.lanes[timeline.kinds == kind], minlength=n)

        spells = timeline.spell_ends - timeline.spell_starts
        figures.append(
            {
                "upgrades": count(UPGRADE),
                "crossed": np.bincount(timeline.lanes, timeline.crossed, minlength=n),
                "breaking": np.bincount(timeline.lanes, timeline.breaking, minlength=n),
                "replacements": count(REPLACEMENT),
                "adaptations": count(ADAPTATION),
                "knocked_out": count(KNOCKED_OUT),
                "unsupported_years": np.bincount(timeline.spell_lanes, spells, minlength=n),
            }
        )
    return figures


@pytest.mark.parametrize(
    ("couplings", "together"),
    [([], []), (COUPLINGS, []), ([], TOGETHER), (COUPLINGS, TOGETHER)],
    ids=["alone", "coupled", "coupled by layer", "coupled both ways"],
)
def test_futures_agree_with_slow_ones(
    couplings: list[Coupling], together: list[LayerCoupling]
) -> None:
    dice = random.Random(5)
    slow: list[list[Tally]] = [
        future(SLOTS, NAMES, couplings, SHARE, HORIZON, dice, together) for _ in range(SLOW)
    ]
    block = Block(0, 0, FAST)
    world = World(slots_of(SLOTS), np.full(FAST, SHARE), HORIZON)
    network = network_of(couplings, NAMES, [one.key for one in SLOTS], 3, together)
    timelines = with_knock_ons(
        timelines_of(world, range(len(SLOTS)), 3, block), world, network, 3, block
    )
    misses = []
    for place, fast in enumerate(figures_of(timelines, FAST)):
        for name, values in fast.items():
            plain = np.array([tallies[place].figures()[name] for tallies in slow])
            error = math.sqrt(values.var() / FAST + plain.var() / SLOW)
            gap = abs(values.mean() - plain.mean())
            if gap > 3.5 * error + 1e-12:
                misses.append(f"{NAMES[place]} {name}: {values.mean():.4f} {plain.mean():.4f}")
    assert not misses
