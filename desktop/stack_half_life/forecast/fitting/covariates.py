"""What else is known of a technology at a date that bears on the pace of its clocks."""

import math
import re
from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np

from stack_half_life.domain.dates import DAYS_PER_YEAR, years_between
from stack_half_life.domain.facts import ReleaseCycle
from stack_half_life.forecast.history import (
    any_cycle_dates,
    breaking_cycle_dates,
    breaking_history,
    cycle_history,
    released_on,
)
from stack_half_life.forecast.student import Floats

COVARIATES = (
    "intercept",
    "one_number",
    "three_numbers",
    "calendar_version",
    "zero_major",
    "log_major",
    "any_lts",
    "log_age_years",
    "log_parallel",
    "year",
    "is_lts",
    "log_cycles",
    "log_cycle_gap_years",
    "log_minors_since",
    "log_years_since_cycle",
    "calendar_concentration",
    "no_gap",
    "log_gaps",
)
"""Names of the covariates, in the order of every covariate vector.

Of the newest cycle's name: one_number, three_numbers (how many numbers it has), calendar_version
(it begins with a year), zero_major (with 0), log_major (ln(1 + leading integer)/3 otherwise).
Of the technology: any_lts, log_age_years (ln of years since its first event + ¼), log_parallel
(ln of cycles per release day), year (of the date, from 2020 in units of five, at most 2026).
Of the cycle in question: is_lts.  Of its any-cycle clock, for the slower clocks: log_cycles
(ln(1 + gaps)), log_cycle_gap_years (ln of the median gap in years + 0.05), log_minors_since (ln(1 +
cycles since the last event)), log_years_since_cycle (ln of years since the last + 0.1).
Of the history: calendar_concentration (how near the same day of the year events fall, 0 to 1),
no_gap (1 where no gap is known), log_gaps (ln(1 + gaps)).
"""

_NUMBERS = re.compile(r"\d+")
_FIRST_CALENDAR_YEAR, _LAST_CALENDAR_YEAR = 2000, 2035
_LAST_TREND_YEAR = 2026.0
_EVENTS_FOR_SEASON = 6


def cycle_covariates(cycles: Sequence[ReleaseCycle], as_of: date) -> Floats:
    """Covariates of the any-cycle clock, (covariates,)."""
    events = any_cycle_dates(cycles, as_of)
    return _vector(_of_events(events, as_of, len(events) - 1) | _of_names(cycles, as_of))


def breaking_covariates(cycles: Sequence[ReleaseCycle], as_of: date) -> Floats:
    """Covariates of the breaking clock, (covariates,)."""
    events = breaking_cycle_dates(cycles, as_of)
    return _vector(
        _of_events(events, as_of, len(breaking_history(cycles, as_of).gaps_days))
        | _of_names(cycles, as_of)
        | _of_cycle_clock(cycles, as_of, events[-1] if events else None)
    )


def support_covariates(
    cycles: Sequence[ReleaseCycle], as_of: date, *, is_lts: bool, durations: int
) -> Floats:
    """Covariates of the support clock of a cycle, with so many durations known, (covariates,)."""
    events = any_cycle_dates(cycles, as_of)
    return _vector(
        _of_events(events, as_of, durations)
        | _of_names(cycles, as_of)
        | _of_cycle_clock(cycles, as_of, None)
        | {"is_lts": float(is_lts)}
    )


def typical_covariates(typical: Mapping[str, float], *, is_lts: bool = False) -> Floats:
    """Covariates of a technology of which no release is known: typical ones, and no history."""
    return _vector(
        {**typical, "intercept": 1.0, "no_gap": 1.0, "log_gaps": 0.0, "is_lts": float(is_lts)}
    )


def _vector(known: Mapping[str, float]) -> Floats:
    return np.array([known.get(name, 0.0) for name in COVARIATES])


def _of_events(events: Sequence[date], as_of: date, gaps: int) -> dict[str, float]:
    age = years_between(events[0], as_of) if events else 0.0
    gaps = max(gaps, 0)
    year = as_of.year + (as_of.timetuple().tm_yday - 1) / DAYS_PER_YEAR
    return {
        "intercept": 1.0,
        "log_age_years": math.log(max(age, 0.0) + 0.25),
        "year": (min(year, _LAST_TREND_YEAR) - 2020.0) / 5.0,
        "calendar_concentration": _concentration(events[-_EVENTS_FOR_SEASON:]),
        "no_gap": float(gaps == 0),
        "log_gaps": math.log1p(gaps),
    }


def _concentration(events: Sequence[date]) -> float:
    """Length of the mean of unit vectors at the events' days of the year; 0 below three."""
    if len(events) < 3:
        return 0.0
    angles = 2.0 * np.pi * np.array([day.timetuple().tm_yday for day in events]) / DAYS_PER_YEAR
    return float(abs(np.exp(1j * angles).mean()))


def _of_names(cycles: Sequence[ReleaseCycle], as_of: date) -> dict[str, float]:
    known = [(day, cycle) for cycle in cycles if (day := released_on(cycle)) and day <= as_of]
    if not known:
        return {}
    newest = max(known, key=lambda item: (item[0], item[1].cycle))[1]
    numbers = [int(text[:9]) for text in _NUMBERS.findall(newest.cycle)]
    lead = numbers[0] if numbers else -1
    is_calendar = _FIRST_CALENDAR_YEAR <= lead <= _LAST_CALENDAR_YEAR
    return {
        "one_number": float(len(numbers) == 1),
        "three_numbers": float(len(numbers) >= 3),
        "calendar_version": float(is_calendar),
        "zero_major": float(lead == 0),
        "log_major": 0.0 if is_calendar else math.log1p(max(lead, 0)) / 3.0,
        "any_lts": float(any(cycle.is_lts for _, cycle in known)),
        "log_parallel": math.log(len(known) / len({day for day, _ in known})),
    }


def _of_cycle_clock(
    cycles: Sequence[ReleaseCycle], as_of: date, since: date | None
) -> dict[str, float]:
    events = any_cycle_dates(cycles, as_of)
    history = cycle_history(cycles, as_of)
    recent = history.gaps_days[-_EVENTS_FOR_SEASON:]
    elapsed = history.elapsed_days or 0.0
    return {
        "log_cycles": math.log1p(len(history.gaps_days)),
        "log_cycle_gap_years": math.log(float(np.median(recent)) / DAYS_PER_YEAR + 0.05)
        if recent
        else 0.0,
        "log_minors_since": math.log1p(sum(day > since for day in events)) if since else 0.0,
        "log_years_since_cycle": math.log(elapsed / DAYS_PER_YEAR + 0.1),
    }
