"""The release clocks of a technology: any release cycle, and breaking ones."""

from collections.abc import Sequence
from datetime import date

from stack_half_life.domain.facts import ReleaseCycle
from stack_half_life.domain.hyperparameters import GapHyperparameters, Hyperparameters
from stack_half_life.domain.profile import ChurnProfile
from stack_half_life.forecast.breaking import Breaking, breaking_of
from stack_half_life.forecast.fitting.covariates import (
    breaking_covariates,
    cycle_covariates,
    typical_covariates,
)
from stack_half_life.forecast.fitting.gap_law import GapCase, gap_law
from stack_half_life.forecast.history import GapHistory, breaking_history, cycle_history
from stack_half_life.forecast.laws import GapLaw
from stack_half_life.forecast.student import Floats


def cycle_law(profile: ChurnProfile, hyper: Hyperparameters, as_of: date) -> GapLaw:
    """The law of the time to the next release cycle of any kind."""
    return cycle_law_of(profile.cycles, profile.reference_class, hyper, as_of)


def cycle_law_of(
    cycles: Sequence[ReleaseCycle], reference_class: str, hyper: Hyperparameters, as_of: date
) -> GapLaw:
    """The same from cycles alone."""
    return gap_law(cycle_case(cycles, reference_class, hyper, as_of), hyper.cycle)


def cycle_case(
    cycles: Sequence[ReleaseCycle], reference_class: str, hyper: Hyperparameters, as_of: date
) -> GapCase:
    """What that law is fitted to."""
    history = cycle_history(cycles, as_of)
    return _case(history, as_of, cycle_covariates(cycles, as_of), reference_class, hyper.cycle)


def breaking_law(profile: ChurnProfile, hyper: Hyperparameters, as_of: date) -> GapLaw:
    """The law of the time to the next breaking release cycle: any, where every cycle breaks."""
    if breaking_of(profile.cycles, as_of) is Breaking.EVERY:
        return cycle_law(profile, hyper, as_of)
    case = breaking_case(profile.cycles, profile.reference_class, hyper, as_of)
    return gap_law(case, hyper.breaking)


def breaking_case(
    cycles: Sequence[ReleaseCycle], reference_class: str, hyper: Hyperparameters, as_of: date
) -> GapCase:
    """What that law is fitted to where not every cycle breaks."""
    history = breaking_history(cycles, as_of)
    covariates = breaking_covariates(cycles, as_of)
    return _case(history, as_of, covariates, reference_class, hyper.breaking)


def _case(
    history: GapHistory,
    as_of: date,
    covariates: Floats,
    reference_class: str,
    hyper: GapHyperparameters,
) -> GapCase:
    if history.elapsed_days is None:
        covariates = typical_covariates(hyper.typical)
    return GapCase(
        history.gaps_days,
        history.elapsed_days or 0.0,
        as_of,
        tuple(covariates.tolist()),
        reference_class,
    )
