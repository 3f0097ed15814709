"""The tenure clock of a technology: removal from manifests, and its own end.

Manifests list packages.  What they do not list is told apart in one place, `removal_basis`:
hardware, specifications and hardware interfaces are left when their support or they themselves
end, hosted services and models when they are shut down, not by a line taken from a manifest;
servers, language runtimes and operating systems are replaced as often as repositories change
their container images for others of the layer, all of which are replacements (`swaps`); and open
models, and servers and systems of which nothing is known, are taken to be left at the rate of
dependencies kept over four years, without the turmoil of a dependency's first months.  The last is
an assumption.
"""

from datetime import date

from stack_half_life.domain.clock_figures import RemovalBasis
from stack_half_life.domain.dates import years_between
from stack_half_life.domain.facts import TENURE_BAND_STARTS_YEARS, Nature
from stack_half_life.domain.hyperparameters import Hyperparameters, RateHyperparameters
from stack_half_life.domain.layers import Layer
from stack_half_life.domain.profile import ChurnProfile
from stack_half_life.domain.stack import ProductKind
from stack_half_life.forecast.fitting.swaps import LAYERS_OF_IMAGES
from stack_half_life.forecast.laws import EndLaw, RemovalLaw


def removal_law(
    profile: ChurnProfile, hyper: Hyperparameters, kind: ProductKind = ProductKind.UNKNOWN
) -> RemovalLaw:
    """How users leave a technology, by what tells of it."""
    if removal_basis(profile) is RemovalBasis.IMAGES:
        return _swap_law(hyper.swaps[profile.layer])
    return manifest_law(profile, hyper, kind)


def manifest_law(
    profile: ChurnProfile, hyper: Hyperparameters, kind: ProductKind = ProductKind.UNKNOWN
) -> RemovalLaw:
    """Removal from manifests: multiplier ~ Gamma(a + removals, a + expected removals).

    It never comes where no manifest can tell.
    """
    removal, counts = hyper.removal, profile.tenure
    hazards: tuple[float, ...] = removal.hazards_per_year
    match removal_basis(profile):
        case RemovalBasis.ENDS_BY_SUPPORT | RemovalBasis.ENDS_BY_SHUTDOWN:
            counts, hazards = None, (0.0,) * len(hazards)
        case RemovalBasis.IMAGES if counts is None or not counts.spells:
            hazards = (0.0,) * len(hazards)
        case RemovalBasis.ASSUMED_LONG_RUN:
            hazards = (hazards[-1],) * len(hazards)
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
        hazards_per_year=hazards,
    )


def _swap_law(rate: RateHyperparameters) -> RemovalLaw:
    """Replacement at a constant uncertain rate; whatever the kind of product."""
    return RemovalLaw(
        shape=rate.shape,
        rate=rate.exposure_years,
        kind_factor=1.0,
        band_starts_years=TENURE_BAND_STARTS_YEARS,
        hazards_per_year=(1.0,) * len(TENURE_BAND_STARTS_YEARS),
        is_replacement=True,
    )


_LEFT_AT_END_OF_SUPPORT = (Nature.HARDWARE, Nature.SPECIFICATION)
_LAYERS_LEFT_AT_END_OF_SUPPORT = (Layer.HARDWARE, Layer.HARDWARE_INTERFACE)
_HOSTED = (Nature.HOSTED_MODEL, Nature.HOSTED_SERVICE)


def removal_basis(profile: ChurnProfile) -> RemovalBasis:
    """Whether manifests can tell of a technology's removal, or did."""
    nature, layer = profile.technology.nature, profile.layer
    if nature in _LEFT_AT_END_OF_SUPPORT or layer in _LAYERS_LEFT_AT_END_OF_SUPPORT:
        return RemovalBasis.ENDS_BY_SUPPORT
    tenure = profile.tenure if profile.tenure is not None and profile.tenure.spells else None
    if nature in _HOSTED and tenure is None:
        return RemovalBasis.ENDS_BY_SHUTDOWN
    is_of_images = nature is Nature.SOFTWARE if tenure is None else tenure.is_of_images
    if is_of_images and layer in LAYERS_OF_IMAGES:
        return RemovalBasis.IMAGES if profile.is_matched else RemovalBasis.ASSUMED_LONG_RUN
    if nature is Nature.OPEN_MODEL and tenure is None:
        return RemovalBasis.ASSUMED_LONG_RUN
    return RemovalBasis.MANIFESTS


def end_law(profile: ChurnProfile, hyper: Hyperparameters, as_of: date) -> EndLaw:
    """The end of the technology: recorded or announced, else a constant uncertain hazard."""
    ended = profile.end.ended_on.midpoint if profile.end is not None else None
    return EndLaw(
        hyper.end.shape,
        hyper.end.exposure_years,
        years_between(as_of, ended) if ended is not None else None,
    )
