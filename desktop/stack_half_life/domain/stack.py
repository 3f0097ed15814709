"""A candidate stack: its components, how they hang together, and the scenario it is judged in."""

from enum import StrEnum
from typing import Annotated, Self

from pydantic import AfterValidator, Field, model_validator

from stack_half_life.domain.base import Frozen, Probability
from stack_half_life.domain.dates import PartialDate
from stack_half_life.domain.forces import Exposures, Forces
from stack_half_life.domain.layers import Layer

MAX_COMPONENTS = 500
MAX_EFFORT_DAYS = 100_000.0
MAX_HORIZON_YEARS = 100.0
DEFAULT_UPGRADE_LAG_YEARS = 0.5
MIN_HORIZON_YEARS = 1 / 365
MAX_FUTURES = 1_000_000


class UpgradePolicy(StrEnum):
    """When a component is moved to a newer release cycle."""

    LATEST = "latest"
    SUPPORTED = "supported"
    PINNED = "pinned"


class ProductKind(StrEnum):
    """The kind of product the stack is for; it sets how readily dependencies are dropped."""

    AI = "ai"
    CLASSICAL = "classical"
    INFRASTRUCTURE = "infrastructure"
    UNKNOWN = "unknown"

    @property
    def repository_word(self) -> str:
        """The word for repositories of such products in tables of tenures."""
        return _REPOSITORY_WORDS[self]


_REPOSITORY_WORDS = {
    ProductKind.AI: "ai",
    ProductKind.CLASSICAL: "classic",
    ProductKind.INFRASTRUCTURE: "infra",
    ProductKind.UNKNOWN: "unknown",
}
_KINDS_OF_REPOSITORIES = {word: kind for kind, word in _REPOSITORY_WORDS.items()}


def kind_of_repository(word: str) -> ProductKind:
    """The kind of product that a repository stands for, by its word in tables of tenures."""
    return _KINDS_OF_REPOSITORIES.get(word, ProductKind.UNKNOWN)


class Estimate3(Frozen):
    """A low / likely / high judgement, read as a PERT distribution (mean (l + 4m + h)/6)."""

    low: float
    likely: float
    high: float

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if not self.low <= self.likely <= self.high:
            raise ValueError("low ≤ likely ≤ high is required")
        return self

    @property
    def mean(self) -> float:
        """The PERT mean, in the judgement's own unit."""
        return (self.low + 4.0 * self.likely + self.high) / 6.0


def _effort_in_range(effort: Estimate3) -> Estimate3:
    _check_ends(effort, MAX_EFFORT_DAYS, f"person-days from 0 to {MAX_EFFORT_DAYS:,.0f}")
    return effort


def _shares_in_range(shares: Estimate3) -> Estimate3:
    _check_ends(shares, 1.0, "shares from 0 to 1")
    return shares


def _check_ends(judgement: Estimate3, most: float, allowed: str) -> None:
    for end, value in (("low", judgement.low), ("high", judgement.high)):
        if not 0 <= value <= most:
            raise ValueError(f"{end} is {value:g}: {allowed} are allowed")


EffortDays = Annotated[Estimate3, AfterValidator(_effort_in_range)]
"""Effort in person-days, low / likely / high."""

ShareRange = Annotated[Estimate3, AfterValidator(_shares_in_range)]
"""A share of the integration effort, low / likely / high."""

DEFAULT_EFFORT = Estimate3(low=5.0, likely=10.0, high=25.0)
DEFAULT_UPGRADE_SHARE = Estimate3(low=0.05, likely=0.20, high=0.50)
DEFAULT_MINOR_UPGRADE_SHARE = Estimate3(low=0.0, likely=0.03, high=0.10)


class OverriddenFigure(StrEnum):
    """A figure of a profile that the user may set by hand."""

    CYCLE_GAP_YEARS = "cycle_gap_years"
    BREAKING_GAP_YEARS = "breaking_gap_years"
    SUPPORT_YEARS = "support_years"
    REPLACEMENT_HALF_LIFE_YEARS = "replacement_half_life_years"


class Override(Frozen):
    """A figure set by hand instead of by evidence: the median, in years, and why."""

    figure: OverriddenFigure
    value_years: float = Field(gt=0.0, le=200.0)
    reason: str = Field(min_length=1, max_length=500)


class Component(Frozen):
    """A technology at a place in a stack.

    profile: key of the churn profile; unknown keys are forecast from the layer's reference class.
    cycle: the release cycle in use; None means what `cycle_choice.assumed_cycle` takes.
    in_use_since: since when the component is in use; None means new at the forecast's date.
    effort_days: what integrating it from nothing costs (person-days).
    upgrade_share: share of that effort for crossing one breaking cycle.
    minor_upgrade_share: share for crossing one non-breaking cycle.
    upgrade_lag_years: how long after a breaking cycle *latest* takes it.
    """

    name: str = Field(min_length=1, max_length=120)
    profile: str = Field(min_length=1, max_length=120)
    layer: Layer
    cycle: str | None = Field(default=None, min_length=1, max_length=80)
    policy: UpgradePolicy = UpgradePolicy.SUPPORTED
    in_use_since: PartialDate | None = None
    effort_days: EffortDays = DEFAULT_EFFORT
    upgrade_share: ShareRange = DEFAULT_UPGRADE_SHARE
    minor_upgrade_share: ShareRange = DEFAULT_MINOR_UPGRADE_SHARE
    upgrade_lag_years: float = Field(default=DEFAULT_UPGRADE_LAG_YEARS, ge=0.0, le=20.0)
    exposures: Exposures | None = None
    overrides: tuple[Override, ...] = ()
    note: str = Field(default="", max_length=2000)


class Coupling(Frozen):
    """What a rework event of `when` does to its neighbour `then`.

    adapt_probability: chance that `then` needs adaptation, costing adapt_share of its effort.
    replace_probability: chance that `then` is replaced instead (its clocks restart).
    """

    when: str
    then: str
    adapt_probability: Probability = 0.0
    adapt_share: ShareRange = Estimate3(low=0.02, likely=0.10, high=0.30)
    replace_probability: Probability = 0.0

    @model_validator(mode="after")
    def _sound(self) -> Self:
        if self.when == self.then:
            raise ValueError("a component cannot be coupled to itself")
        if self.adapt_probability + self.replace_probability > 1.0:
            raise ValueError("adapt_probability + replace_probability must not exceed 1")
        return self


class Scenario(Frozen):
    """The assumptions a stack is judged under.

    discount_rate_per_year: r of money, compounded yearly: what falls due at t years weighs
    (1 + r)^−t. Person-days are never discounted.
    removal_is_replacement: share of removals from a manifest that cost a replacement (Beta prior
    given as low / likely / high).
    """

    horizon_years: float = Field(default=5.0, ge=MIN_HORIZON_YEARS, le=MAX_HORIZON_YEARS)
    futures: int = Field(default=10_000, ge=1, le=MAX_FUTURES)
    seed: int = Field(default=1, ge=0, lt=2**63)
    day_rate: float = Field(default=800.0, ge=0.0, le=1_000_000.0)
    currency: str = Field(default="EUR", pattern=r"^[A-Z]{3}$")
    discount_rate_per_year: float = Field(default=0.0, ge=0.0, le=1.0)
    removal_is_replacement: ShareRange = Estimate3(low=0.1, likely=0.5, high=0.9)
    forces: Forces = Forces()


class Stack(Frozen):
    """A candidate stack, top to bottom in the order of its components.

    default_couplings: whether neighbouring layers are coupled by default; `couplings` override
    the default of the same (when, then) pair.
    """

    name: str = Field(default="Untitled stack", min_length=1, max_length=120)
    kind: ProductKind = ProductKind.UNKNOWN
    components: tuple[Component, ...] = Field(default=(), max_length=MAX_COMPONENTS)
    couplings: tuple[Coupling, ...] = ()
    default_couplings: bool = True
    scenario: Scenario = Scenario()
    note: str = Field(default="", max_length=5000)

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        names = [component.name for component in self.components]
        folded: set[str] = set()
        for name in names:
            if name.casefold() in folded:
                raise ValueError(f"component name “{name}” stands twice: names must be unique")
            folded.add(name.casefold())
        known = set(names)
        pairs: set[tuple[str, str]] = set()
        for coupling in self.couplings:
            for end in (coupling.when, coupling.then):
                if end not in known:
                    raise ValueError(f"coupling names “{end}”, which is no component of the stack")
            pair = (coupling.when, coupling.then)
            if pair in pairs:
                raise ValueError(f"coupling {pair[0]} → {pair[1]} stands twice")
            pairs.add(pair)
        return self

    def component(self, name: str) -> Component:
        """The component of that name; KeyError where there is none."""
        for component in self.components:
            if component.name == name:
                return component
        raise KeyError(name)
