"""The release clocks of a technology: any release cycle, and breaking ones."""

from datetime import date

from stack_half_life.domain.hyperparameters import GapHyperparameters, Hyperparameters
from stack_half_life.domain.profile import ChurnProfile
from stack_half_life.forecast.fitting.gaps import gap_law
from stack_half_life.forecast.history import (
    GapHistory,
    any_cycle_dates,
    breaking_cycle_dates,
    gap_history,
)
from stack_half_life.forecast.laws import GapLaw


def cycle_law(profile: ChurnProfile, hyper: Hyperparameters, as_of: date) -> GapLaw:
    """The law of the time to the next release cycle of any kind."""
    events = any_cycle_dates(profile.cycles, as_of)
    return _law(gap_history(events, as_of), hyper.cycle, profile.reference_class)


def breaking_law(profile: ChurnProfile, hyper: Hyperparameters, as_of: date) -> GapLaw:
    """The law of the time to the next breaking release cycle."""
    events = breaking_cycle_dates(profile.cycles, as_of)
    return _law(gap_history(events, as_of), hyper.breaking, profile.reference_class)


def _law(history: GapHistory, hyper: GapHyperparameters, reference_class: str) -> GapLaw:
    return gap_law(
        history.gaps_days, history.elapsed_days or 0.0, hyper, hyper.prior(reference_class)
    )
