"""Made clocks of ten components of different habits, for tests of the simulation."""

import math
from dataclasses import replace

from stack_half_life.domain.stack import UpgradePolicy
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


SWAPPED = RemovalLaw(2.0, 15.0, 1.0, REMOVAL.band_starts_years, (1.0,) * 5, is_replacement=True)
SLOTS = [
    slot("steady", UpgradePolicy.SUPPORTED, technology(OPEN, OPEN, NO_RULE)),
    slot("ruled", UpgradePolicy.SUPPORTED, technology(BEHIND, OPEN, RULE), speed=1.5),
    slot("eager", UpgradePolicy.LATEST, technology(ANNOUNCED, LATER, RULE, (0.9, 0.2))),
    slot("late", UpgradePolicy.SUPPORTED, technology(ENDED, OPEN, NO_RULE)),
    slot("told", UpgradePolicy.SUPPORTED, technology(ANNOUNCED, LATER, RULE)),
    slot("stale", UpgradePolicy.SUPPORTED, technology(BEHIND, LATER, SHORT_RULE)),
    slot("pinned", UpgradePolicy.PINNED, technology(ANNOUNCED, OPEN, RULE)),
    slot("hosted", UpgradePolicy.PINNED, technology(ANNOUNCED, LATER, NO_RULE), is_hosted=True),
    slot(
        "zero",
        UpgradePolicy.LATEST,
        replace(technology(OPEN, OPEN, RULE, breaks=Breaking.EVERY), removal=SWAPPED),
    ),
    slot("minor", UpgradePolicy.LATEST, technology(BEHIND, OPEN, RULE, breaks=Breaking.ALL_TAKEN)),
]
NAMES = [one.profile for one in SLOTS]
