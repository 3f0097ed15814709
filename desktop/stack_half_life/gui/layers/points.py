"""What the layers view draws, as plain values."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from statistics import median

from stack_half_life.domain.clock_figures import ClockFigure, ClockFigures
from stack_half_life.domain.facts import Generation
from stack_half_life.domain.layers import Layer
from stack_half_life.services.reference import ReferencePoint

_LEAST_FOR_MEDIAN = 4


class Clock(Enum):
    """The clocks a technology can be drawn by."""

    BREAKING = ("Breaking releases", "median years between breaking release cycles")
    CYCLE = ("Any release", "median years between release cycles")
    SUPPORT = ("Support", "median years from a cycle's release to its end of support")
    TENURE = ("In manifests", "median years until removed from a manifest, not yet a replacement")

    def figure(self, clocks: ClockFigures) -> ClockFigure:
        """The figure of the clock."""
        return {
            Clock.BREAKING: clocks.breaking_gap,
            Clock.CYCLE: clocks.cycle_gap,
            Clock.SUPPORT: clocks.support,
            Clock.TENURE: clocks.in_manifest,
        }[self]


@dataclass(frozen=True, slots=True)
class DepthPoint:
    """A technology at its layer: median of a clock, and P10–P90 of the fitted law."""

    name: str
    layer: Layer
    generation: Generation
    years: float
    low_years: float
    high_years: float | None
    observations: int


def depth_points(reference: Sequence[ReferencePoint], clock: Clock) -> tuple[DepthPoint, ...]:
    """The technologies with observations of their own whose median is reached."""
    points = []
    for each in reference:
        technology, figure = each.technology, clock.figure(each.clocks)
        if figure.observations and figure.median_years and figure.p10_years:
            points.append(
                DepthPoint(
                    technology.name,
                    technology.layer,
                    technology.generation,
                    figure.median_years,
                    figure.p10_years,
                    figure.p90_years,
                    figure.observations,
                )
            )
    return tuple(points)


def layer_medians(
    points: Sequence[DepthPoint], generation: Generation
) -> list[tuple[Layer, float, int]]:
    """Layer, median of its technologies' years, and how many: where there are at least four."""
    found = []
    for layer in Layer:
        years = [
            each.years for each in points if each.layer is layer and each.generation is generation
        ]
        if len(years) >= _LEAST_FOR_MEDIAN:
            found.append((layer, median(years), len(years)))
    return found
