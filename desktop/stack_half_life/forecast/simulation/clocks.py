"""All clocks of one component as a value: what the simulation needs, and nothing else of it."""

from dataclasses import dataclass

from stack_half_life.domain.stack import UpgradePolicy
from stack_half_life.forecast.breaking import Breaking
from stack_half_life.forecast.laws import (
    CycleSupport,
    EndLaw,
    GapLaw,
    RemovalLaw,
    SupportLaw,
)


@dataclass(frozen=True, slots=True)
class TechnologyClocks:
    """The clocks of the technology in a slot, from the moment it is taken.

    cycle, breaking: laws of the time to the next release cycle, and to the next breaking one.
    support: how long cycles to come are supported.
    in_use, newest: support of the cycle in use and of the newest one out; None where the slot
        begins with a cycle released at that moment.
    newer_breaking_years_ago: breaking cycles already out that the cycle in use lacks, oldest first.
    breaks: which cycles break.  newer_cycle_years_ago: since when a cycle newer than the one in use
        has been out; 0 where none is.
    removal, end: removal by users, and the end of the technology itself.
    tenure_years: how long the slot has held the technology.
    unseen_years: how long before the start anybody looked last; what was released and what lost
        support since then is drawn like what is to come.
    is_on_newest: whether the slot begins on the newest cycle out, known or not.
    """

    cycle: GapLaw
    breaking: GapLaw
    support: SupportLaw
    removal: RemovalLaw
    end: EndLaw
    in_use: CycleSupport | None = None
    newest: CycleSupport | None = None
    newer_breaking_years_ago: tuple[float, ...] = ()
    breaks: Breaking = Breaking.BY_CLOCK
    newer_cycle_years_ago: float = 0.0
    tenure_years: float = 0.0
    unseen_years: float = 0.0
    is_on_newest: bool = False
    replacement_half_life_years: float | None = None


UPGRADE_REST_YEARS = 0.25
"""An assumption: upgrades of a slot are planned by the quarter."""

HOSTED_GRACE_YEARS = 1.0
"""An assumption: a hosted cycle with nothing newer out is kept so much longer at most."""


@dataclass(frozen=True, slots=True)
class Habits:
    """What decides when a slot is upgraded.

    lag_years: how long after a breaking cycle *latest* takes it.
    is_hosted: it cannot be kept past its shutdown.
    upgrade_rest_years: after an upgrade the next comes at the earliest so much later, and crosses
        what came out meanwhile; shutdowns of hosted ones do not wait.
    """

    policy: UpgradePolicy
    lag_years: float
    is_hosted: bool
    upgrade_rest_years: float = UPGRADE_REST_YEARS

    @property
    def rest_years(self) -> float:
        """The rest that holds for this slot."""
        return 0.0 if self.is_hosted else self.upgrade_rest_years

    @property
    def can_move(self) -> bool:
        """Whether it is ever upgraded."""
        return self.is_hosted or self.policy is not UpgradePolicy.PINNED


@dataclass(frozen=True, slots=True)
class ComponentClocks:
    """One component as the simulation sees it.

    key: profile and which occurrence of it in the stack; with the seed it keys the randomness.
    habits: when it is upgraded.
    speed: how many times as fast as in the data its clocks run.
    now, successor: the technology in the slot, and what takes the slot after a replacement.
    """

    profile: str
    occurrence: int
    habits: Habits
    speed: float
    now: TechnologyClocks
    successor: TechnologyClocks

    @property
    def key(self) -> str:
        """What keys the slot's own randomness, besides the seed."""
        return f"{self.profile}#{self.occurrence}"
