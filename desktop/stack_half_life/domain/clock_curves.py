"""A technology's clocks as curves: what was observed and the law fitted to it."""

from stack_half_life.domain.base import Frozen, NonNegative, Probability


class ClockCurve(Frozen):
    """One clock.

    years, survival: the fitted law, chance that it lasts longer than so many years.
    observed_years: gaps or durations that ended, oldest first.
    elapsed_years: how long the one under way had lasted when it was last looked at; None where
        there is none.
    """

    years: tuple[NonNegative, ...]
    survival: tuple[Probability, ...]
    observed_years: tuple[NonNegative, ...] = ()
    elapsed_years: NonNegative | None = None


class ClockCurves(Frozen):
    """All clocks of a technology; every curve is an estimate, what was observed are facts."""

    cycle: ClockCurve
    breaking: ClockCurve
    support: ClockCurve
    in_manifest: ClockCurve
