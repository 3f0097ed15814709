"""A technology's churn profile: all the evidence a forecast of it rests on."""

from datetime import date

from stack_half_life.domain.base import Frozen
from stack_half_life.domain.cycle_choice import assumed_cycle
from stack_half_life.domain.facts import (
    CodeSurvival,
    Release,
    ReleaseCycle,
    RepositoryActivity,
    Technology,
    TechnologyEnd,
    TenureCount,
)
from stack_half_life.domain.layers import Layer
from stack_half_life.domain.stack import Component


class ChurnProfile(Frozen):
    """What is known of one technology.

    reference_class: which pool of technologies its estimates are shrunk to.
    observed_until: until when releases were looked for (the censoring date).
    is_matched: False where nobody knows the technology: then there are no facts, and estimates
        are those of the reference class.
    """

    technology: Technology
    reference_class: str
    observed_until: date | None = None
    cycles: tuple[ReleaseCycle, ...] = ()
    releases: tuple[Release, ...] = ()
    tenure: TenureCount | None = None
    end: TechnologyEnd | None = None
    code_survival: CodeSurvival | None = None
    repositories: tuple[RepositoryActivity, ...] = ()
    is_matched: bool = True

    @property
    def key(self) -> str:
        """The technology's key."""
        return self.technology.key

    @property
    def layer(self) -> Layer:
        """The layer the technology usually stands in."""
        return self.technology.layer

    def cycle_in_use(self, component: Component, as_of: date) -> ReleaseCycle | None:
        """The cycle a component names, or the one taken where it names none; None where unknown."""
        if component.cycle is None:
            return assumed_cycle(self.cycles, component.policy, as_of)
        return next((cycle for cycle in self.cycles if cycle.cycle == component.cycle), None)
