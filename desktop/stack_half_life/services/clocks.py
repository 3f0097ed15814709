"""The clocks of technologies as figures to show."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import date
from hashlib import sha256

from stack_half_life.domain.clock_curves import ClockCurves
from stack_half_life.domain.clock_figures import ClockFigures
from stack_half_life.domain.profile import ChurnProfile
from stack_half_life.domain.progress import OnProgress, ignore_progress
from stack_half_life.domain.stack import ProductKind
from stack_half_life.errors import CacheError
from stack_half_life.forecast.clock_curves import clock_curves
from stack_half_life.forecast.clock_figures import clock_figures
from stack_half_life.forecast.evidence_end import check_evidence_reaches
from stack_half_life.forecast.run import MODEL_VERSION
from stack_half_life.store.cache import ProfileCache
from stack_half_life.store.shipped import shipped_hyperparameters


def clocks_of_profile(
    profile: ChurnProfile, as_of: date, kind: ProductKind = ProductKind.UNKNOWN
) -> ClockFigures:
    """The clocks of one technology, in a product of that kind."""
    return clock_figures(profile, shipped_hyperparameters(), as_of, kind)


def clocks_at(profile: ChurnProfile, as_of: date) -> ClockFigures:
    """The clocks of one technology at a day that somebody chose.

    Raises:
        ForecastError: where the evidence ends long before that day.
    """
    check_evidence_reaches([profile], as_of)
    return clocks_of_profile(profile, as_of)


def clocks_of_profiles(
    profiles: Mapping[str, ChurnProfile], as_of: date, kind: ProductKind = ProductKind.UNKNOWN
) -> dict[str, ClockFigures]:
    """The clocks of many technologies, under the same names."""
    return {name: clocks_of_profile(profile, as_of, kind) for name, profile in profiles.items()}


def clocks_of_keys(
    cache: ProfileCache,
    keys: Iterable[str],
    as_of: date,
    on_progress: OnProgress = ignore_progress,
) -> dict[str, ClockFigures]:
    """The clocks of many technologies by key, fitted once per day and state of the facts.

    What is fitted is kept in the cache, where that can be written.
    """
    wanted = list(keys)
    version = _fit_version()
    found = cache.derived_figures(version, as_of)
    fitted: dict[str, ClockFigures] = {}
    for number, key in enumerate(wanted):
        if key in found:
            continue
        on_progress(number / len(wanted), "fitting clocks")
        fitted[key] = clocks_of_profile(cache.profile(key), as_of)
    if fitted:
        with suppress(CacheError):
            cache.keep_derived_figures(version, as_of, fitted)
    return {key: found[key] if key in found else fitted[key] for key in wanted}


def _fit_version() -> str:
    """Tells one model and its hyper-parameters from another."""
    hyper = shipped_hyperparameters().model_dump_json()
    return f"{MODEL_VERSION}-{sha256(hyper.encode()).hexdigest()[:8]}"


def curves_of_profile(
    profile: ChurnProfile, as_of: date, kind: ProductKind = ProductKind.UNKNOWN
) -> ClockCurves:
    """The clocks of one technology as curves, beside what was observed."""
    return clock_curves(profile, shipped_hyperparameters(), as_of, kind)
