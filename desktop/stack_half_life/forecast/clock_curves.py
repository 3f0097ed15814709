"""The fitted laws of a technology as curves, beside what they were fitted to."""

from collections.abc import Callable, Sequence
from datetime import date

import numpy as np

from stack_half_life.domain.clock_curves import ClockCurve, ClockCurves
from stack_half_life.domain.dates import DAYS_PER_YEAR
from stack_half_life.domain.hyperparameters import Hyperparameters
from stack_half_life.domain.profile import ChurnProfile
from stack_half_life.domain.stack import ProductKind
from stack_half_life.forecast.breaking import history_of_breaks
from stack_half_life.forecast.evidence_end import last_seen_on
from stack_half_life.forecast.fitting import breaking_law, cycle_law, manifest_law, support_law
from stack_half_life.forecast.history import GapHistory, cycle_history, support_durations
from stack_half_life.forecast.student import Floats

_POINTS = 120
_TENURE_YEARS = 10.0


def clock_curves(
    profile: ChurnProfile,
    hyper: Hyperparameters,
    as_of: date,
    kind: ProductKind = ProductKind.UNKNOWN,
) -> ClockCurves:
    """The curves of every clock, gaps counted from their own start."""
    cycles, seen_on = profile.cycles, last_seen_on(profile, as_of)
    durations = support_durations(cycles, seen_on, is_lts=False)
    removal = manifest_law(profile, hyper, kind)
    return ClockCurves(
        cycle=_gaps(
            cycle_law(profile, hyper, seen_on).survival_of_gap, cycle_history(cycles, seen_on)
        ),
        breaking=_gaps(
            breaking_law(profile, hyper, seen_on).survival_of_gap,
            history_of_breaks(cycles, seen_on),
        ),
        support=_curve(
            support_law(profile, hyper, seen_on).duration.survival_of_gap,
            [days / DAYS_PER_YEAR for days in durations],
            None,
        ),
        in_manifest=_curve(
            lambda days: removal.survival(days / DAYS_PER_YEAR), [], None, _TENURE_YEARS
        ),
    )


def _gaps(survival: Callable[[Floats], Floats], history: GapHistory) -> ClockCurve:
    elapsed = history.elapsed_days
    return _curve(
        survival,
        [days / DAYS_PER_YEAR for days in history.gaps_days],
        elapsed / DAYS_PER_YEAR if elapsed is not None else None,
    )


def _curve(
    survival: Callable[[Floats], Floats],
    observed_years: Sequence[float],
    elapsed_years: float | None,
    longest_years: float | None = None,
) -> ClockCurve:
    """The law on an even grid from 0 to where it has all but run out."""
    if longest_years is None:
        looked = np.geomspace(1.0, 40.0 * DAYS_PER_YEAR, 200)
        gone = looked[np.maximum.accumulate(1.0 - survival(looked)) >= 0.95]
        longest_years = float(gone[0]) / DAYS_PER_YEAR if len(gone) else 20.0
        longest_years = max([longest_years, elapsed_years or 0.0, *observed_years]) * 1.05
    years = np.linspace(0.0, longest_years, _POINTS)
    shares = np.clip(survival(np.maximum(years * DAYS_PER_YEAR, 1e-3)), 0.0, 1.0)
    return ClockCurve(
        years=tuple(years.tolist()),
        survival=tuple(np.minimum.accumulate(shares).tolist()),
        observed_years=tuple(observed_years),
        elapsed_years=elapsed_years,
    )
