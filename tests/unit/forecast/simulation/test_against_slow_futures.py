"""The vectorised futures agree with plain ones, figure by figure, alone and coupled."""

import math
import random

import numpy as np
import pytest

from slow_futures import Tally, future
from stack_half_life.domain.stack import Coupling, UpgradePolicy
from stack_half_life.forecast.breaking import Breaking
from stack_half_life.forecast.laws import (
    AnnouncementSlip,
    CycleSupport,
    EndLaw,
    GapLaw,
    LogStudentPart,
    LomaxPart,
    RemovalLaw,
    SuccessorRule,
    SupportLaw,
)
from stack_half_life.forecast.simulation.clocks import ComponentClocks, Habits, TechnologyClocks
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


def law(median_days: float, never: float = 0.0, elapsed: float = 0.0) -> GapLaw:
    return GapLaw(
        (
            LogStudentPart(0.7, math.log(median_days), 0.06, 0.1, 6.0),
            LomaxPart(0.3, 4.0, 4.0 * median_days),
        ),
        never,
        elapsed,
    )


SLIP = AnnouncementSlip(0.25, 300.0, 0.1)
REMOVAL = RemovalLaw(6.0, 5.0, 1.2, (0.0, 0.25, 0.5, 2.0, 4.0), (0.43, 0.23, 0.16, 0.11, 0.07))
SUCCESSOR = TechnologyClocks(
    law(260), law(600, 0.03), SupportLaw(law(650, 0.05), SLIP, SuccessorRule(0.5, (0.5, 0.3, 0.2))),
    REMOVAL, EndLaw(5.5, 200.0),
)  # fmt: skip


def technology(
    in_use: CycleSupport,
    newest: CycleSupport,
    rule: SuccessorRule,
    pending: tuple[float, ...] = (),
    breaks: Breaking = Breaking.BY_CLOCK,
) -> TechnologyClocks:
    return TechnologyClocks(
        law(300, 0.02, 150.0),
        law(500, 0.03, 200.0),
        SupportLaw(law(700, 0.05), SLIP, rule),
        REMOVAL,
        EndLaw(5.5, 300.0),
        in_use,
        newest,
        pending,
        breaks,
        newer_cycle_years_ago=0.3 if in_use.newer_cycles else 0.0,
        tenure_years=0.4,
    )


OPEN = CycleSupport(law(700, 0.05, 150.0), 0)
BEHIND = CycleSupport(law(700, 0.05, 500.0), 2)
ANNOUNCED = CycleSupport(law(700), 1, announced_in_days=400.0)
LATER = CycleSupport(law(700), 0, announced_in_days=900.0)
ENDED = CycleSupport(law(700), 1, ended_days_ago=60.0)
NO_RULE, RULE = SuccessorRule(0.0, ()), SuccessorRule(0.6, (0.3, 0.3, 0.4))
SHORT_RULE = SuccessorRule(0.7, (0.5, 0.5))


def slot(
    name: str,
    policy: UpgradePolicy,
    now: TechnologyClocks,
    *,
    is_hosted: bool = False,
    speed: float = 1.0,
) -> ComponentClocks:
    return ComponentClocks(name, 0, Habits(policy, 0.4, is_hosted), speed, now, SUCCESSOR)


SLOTS = [
    slot("steady", UpgradePolicy.SUPPORTED, technology(OPEN, OPEN, NO_RULE)),
    slot("ruled", UpgradePolicy.SUPPORTED, technology(BEHIND, OPEN, RULE), speed=1.5),
    slot("eager", UpgradePolicy.LATEST, technology(ANNOUNCED, LATER, RULE, (0.9, 0.2))),
    slot("late", UpgradePolicy.SUPPORTED, technology(ENDED, OPEN, NO_RULE)),
    slot("told", UpgradePolicy.SUPPORTED, technology(ANNOUNCED, LATER, RULE)),
    slot("stale", UpgradePolicy.SUPPORTED, technology(BEHIND, LATER, SHORT_RULE)),
    slot("pinned", UpgradePolicy.PINNED, technology(ANNOUNCED, OPEN, RULE)),
    slot("hosted", UpgradePolicy.PINNED, technology(ANNOUNCED, LATER, NO_RULE), is_hosted=True),
    slot("zero", UpgradePolicy.LATEST, technology(OPEN, OPEN, RULE, breaks=Breaking.EVERY)),
    slot("minor", UpgradePolicy.LATEST, technology(BEHIND, OPEN, RULE, breaks=Breaking.ALL_TAKEN)),
]
NAMES = [one.profile for one in SLOTS]
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


@pytest.mark.parametrize("couplings", [[], COUPLINGS], ids=["alone", "coupled"])
def test_futures_agree_with_slow_ones(couplings: list[Coupling]) -> None:
    dice = random.Random(5)
    slow: list[list[Tally]] = [
        future(SLOTS, NAMES, couplings, SHARE, HORIZON, dice) for _ in range(SLOW)
    ]
    block = Block(0, 0, FAST)
    world = World(slots_of(SLOTS), np.full(FAST, SHARE), HORIZON)
    network = network_of(couplings, NAMES, [one.key for one in SLOTS], 3)
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
