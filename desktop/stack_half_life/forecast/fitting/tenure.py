"""The tenure clock of a technology: removal from manifests, and its own end."""

from datetime import date

from stack_half_life.domain.dates import years_between
from stack_half_life.domain.facts import TENURE_BAND_STARTS_YEARS
from stack_half_life.domain.hyperparameters import Hyperparameters
from stack_half_life.domain.profile import ChurnProfile
from stack_half_life.domain.stack import ProductKind
from stack_half_life.forecast.laws import EndLaw, RemovalLaw


def removal_law(
    profile: ChurnProfile, hyper: Hyperparameters, kind: ProductKind = ProductKind.UNKNOWN
) -> RemovalLaw:
    """Removal from manifests: multiplier ~ Gamma(a + removals, a + expected removals)."""
    removal, counts = hyper.removal, profile.tenure
    removals, expected = 0, 0.0
    if counts is not None:
        removals = counts.removals
        expected = sum(
            hazard * years
            for hazard, years in zip(
                removal.hazards_per_year, counts.exposure_years_by_band, strict=True
            )
        )
    return RemovalLaw(
        shape=removal.gamma_shape + removals,
        rate=removal.gamma_shape + expected,
        kind_factor=removal.kind_factors.get(kind, 1.0),
        band_starts_years=TENURE_BAND_STARTS_YEARS,
        hazards_per_year=removal.hazards_per_year,
    )


def end_law(profile: ChurnProfile, hyper: Hyperparameters, as_of: date) -> EndLaw:
    """The end of the technology: recorded or announced, else a constant uncertain hazard."""
    ended = profile.end.ended_on.midpoint if profile.end is not None else None
    return EndLaw(
        hyper.end.shape,
        hyper.end.exposure_years,
        years_between(as_of, ended) if ended is not None else None,
    )
