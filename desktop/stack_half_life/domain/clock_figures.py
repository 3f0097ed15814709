"""A technology's clocks as figures to show: a median, how sure it is, what it rests on."""

from stack_half_life.domain.base import Frozen, NonNegative, Probability


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
    end_within_ten_years: chance that the technology itself ends.
    """

    cycle_gap: ClockFigure
    breaking_gap: ClockFigure
    support: ClockFigure
    in_manifest: ClockFigure
    end_within_ten_years: Probability
