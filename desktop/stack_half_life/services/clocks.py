"""The clocks of technologies as figures to show."""

from collections.abc import Mapping
from datetime import date

from stack_half_life.domain.clock_figures import ClockFigures
from stack_half_life.domain.profile import ChurnProfile
from stack_half_life.domain.stack import ProductKind
from stack_half_life.forecast.clock_figures import clock_figures
from stack_half_life.store.shipped import shipped_hyperparameters


def clocks_of_profile(
    profile: ChurnProfile, as_of: date, kind: ProductKind = ProductKind.UNKNOWN
) -> ClockFigures:
    """The clocks of one technology, in a product of that kind."""
    return clock_figures(profile, shipped_hyperparameters(), as_of, kind)


def clocks_of_profiles(
    profiles: Mapping[str, ChurnProfile], as_of: date, kind: ProductKind = ProductKind.UNKNOWN
) -> dict[str, ClockFigures]:
    """The clocks of many technologies, under the same names."""
    return {name: clocks_of_profile(profile, as_of, kind) for name, profile in profiles.items()}
