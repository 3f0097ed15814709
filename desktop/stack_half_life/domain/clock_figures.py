"""A technology's clocks as figures to show: a median, how sure it is, what it rests on."""

from enum import StrEnum

from stack_half_life.domain.base import Frozen, NonNegative, Probability


class RemovalBasis(StrEnum):
    """What the time until users remove a technology rests on."""

    MANIFESTS = "manifests"
    IMAGES = "images"
    ASSUMED_LONG_RUN = "assumed-long-run"
    ENDS_BY_SUPPORT = "ends-by-support"
    ENDS_BY_SHUTDOWN = "ends-by-shutdown"

    @property
    def why(self) -> str:
        """Why there is no removal seen in manifests; empty where there may be."""
        return {
            RemovalBasis.MANIFESTS: "",
            RemovalBasis.IMAGES: (
                "forecast instead: how often repositories change to another image of its layer"
            ),
            RemovalBasis.ASSUMED_LONG_RUN: (
                "assumed: no manifest lists it; the rate of dependencies kept over four years"
            ),
            RemovalBasis.ENDS_BY_SUPPORT: "hardware: no tenure evidence; ends by support",
            RemovalBasis.ENDS_BY_SHUTDOWN: "hosted: no tenure evidence; ends by shutdown",
        }[self]


class ClockFigure(Frozen):
    """Years of one clock: median and P10–P90 of the fitted law, None where never reached.

    observations: how many past gaps or durations of the technology itself it rests on; with none
    the figure is that of the reference class.
    """

    median_years: NonNegative | None
    p10_years: NonNegative | None
    p90_years: NonNegative | None
    observations: int


class ClockFigures(Frozen):
    """The clocks of one technology at a date; every figure is an estimate.

    cycle_gap: between release cycles.
    breaking_gap: from the last breaking cycle to the next, given the time that has passed already.
    support: from a cycle's release to its end of support.
    in_manifest: from adoption to removal from a manifest, which is not yet a replacement.
    removal_basis: what that rests on.
    end_within_ten_years: chance that the technology itself ends; p5 and p95 bound it with nine
        chances in ten, as few ends were ever seen.
    """

    cycle_gap: ClockFigure
    breaking_gap: ClockFigure
    support: ClockFigure
    in_manifest: ClockFigure
    removal_basis: RemovalBasis
    end_within_ten_years: Probability
    end_within_ten_years_p5: Probability
    end_within_ten_years_p95: Probability
