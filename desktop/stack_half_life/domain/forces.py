"""The six forces that may shorten half-lives, as scenario dials."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from stack_half_life.domain.base import Frozen


class Force(StrEnum):
    """A reason why a layer may churn fast; the value is the key used in files."""

    HARDWARE_PACE = "hardware_pace"
    OPTIMISATION = "optimisation"
    RESEARCH_PACE = "research_pace"
    FEEDBACK_CYCLES = "feedback_cycles"
    LAYER_AMBIGUITY = "layer_ambiguity"
    COMMODITISATION = "commoditisation"


Intensity = Annotated[float, Field(ge=0.1, le=10.0)]
"""How strong a force is, as a multiple of its strength in the data: 1 changes nothing."""


class Forces(Frozen):
    """The intensity of each force; 1 everywhere is the world as measured."""

    hardware_pace: Intensity = 1.0
    optimisation: Intensity = 1.0
    research_pace: Intensity = 1.0
    feedback_cycles: Intensity = 1.0
    layer_ambiguity: Intensity = 1.0
    commoditisation: Intensity = 1.0

    def intensity(self, force: Force) -> float:
        """The intensity of one force."""
        value: float = getattr(self, force.value)
        return value


class Exposures(Frozen):
    """How strongly a component's clocks answer to each force; 0 not at all.

    A clock runs exp(Σ exposure · ln intensity) times as fast.
    """

    hardware_pace: float = Field(0.0, ge=-2.0, le=2.0)
    optimisation: float = Field(0.0, ge=-2.0, le=2.0)
    research_pace: float = Field(0.0, ge=-2.0, le=2.0)
    feedback_cycles: float = Field(0.0, ge=-2.0, le=2.0)
    layer_ambiguity: float = Field(0.0, ge=-2.0, le=2.0)
    commoditisation: float = Field(0.0, ge=-2.0, le=2.0)

    def exposure(self, force: Force) -> float:
        """The exposure to one force."""
        value: float = getattr(self, force.value)
        return value
