"""Which release cycles of a technology break what is built on them, from its versions so far."""

from collections.abc import Sequence
from datetime import date
from enum import Enum, auto

import numpy as np

from stack_half_life.domain.cadence import FOLLOWABLE_DAYS
from stack_half_life.domain.facts import ReleaseCycle
from stack_half_life.forecast.history import (
    any_cycle_dates,
    breaking_cycle_dates,
    gap_history,
    leading_integer,
    released_on,
)


class Breaking(Enum):
    """Which cycles break.

    BY_CLOCK: those of the breaking clock; *latest* waits for them.
    NOT_YET: the same, but none has come so far; *latest* takes every cycle.
    EVERY: all of them, as in a line of 0.x versions.
    """

    BY_CLOCK = auto()
    NOT_YET = auto()
    EVERY = auto()


def breaking_of(cycles: Sequence[ReleaseCycle], as_of: date) -> Breaking:
    """Which cycles break, from those out by then.

    What a source says holds.  Else by convention every cycle of a 0.x line breaks, unless the
    median gap is below `FOLLOWABLE_DAYS`: nobody could follow, so the convention is not meant.
    """
    out = [(day, cycle) for cycle in cycles if (day := released_on(cycle)) and day <= as_of]
    if not out or any(cycle.is_breaking is not None for _, cycle in out):
        return Breaking.BY_CLOCK
    newest = max(out, key=lambda item: (item[0], item[1].cycle))[1]
    major = leading_integer(newest.cycle)
    if major == 0:
        gaps = gap_history(any_cycle_dates(cycles, as_of), as_of).gaps_days
        if not gaps or float(np.median(gaps)) >= FOLLOWABLE_DAYS:
            return Breaking.EVERY
    has_broken = len(breaking_cycle_dates(cycles, as_of)) > 1
    return Breaking.BY_CLOCK if major is None or has_broken else Breaking.NOT_YET


def breaking_dates(cycles: Sequence[ReleaseCycle], as_of: date) -> tuple[date, ...]:
    """When cycles that break came out up to a date, oldest first; the first cycle counts."""
    if breaking_of(cycles, as_of) is Breaking.EVERY:
        return any_cycle_dates(cycles, as_of)
    return breaking_cycle_dates(cycles, as_of)
