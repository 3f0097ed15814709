"""Which release cycles of a technology break what is built on them, from its versions so far."""

from collections.abc import Sequence
from datetime import date
from enum import Enum, auto
from itertools import pairwise

import numpy as np

from stack_half_life.domain.cadence import FOLLOWABLE_DAYS
from stack_half_life.domain.facts import ReleaseCycle
from stack_half_life.forecast.history import (
    GapHistory,
    breaking_cycle_dates,
    breaking_history,
    cycle_history,
    leading_integer,
    released_on,
    support_ends_on,
)

ALONGSIDE_DAYS = 180
"""Support after the next cycle is out, in the median, from which cycles are kept alongside."""

_FEWEST_OVERLAPS = 3


class Breaking(Enum):
    """Which cycles break.

    BY_CLOCK: those of the breaking clock; *latest* waits for them.
    ALL_TAKEN: the same, but *latest* takes every cycle: none has broken so far, or cycles are
        supported alongside newer ones, so that each is a line somebody has to leave.
    EVERY: all of them, as in a line of 0.x versions.
    """

    BY_CLOCK = auto()
    ALL_TAKEN = auto()
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
        gaps = cycle_history(cycles, as_of).gaps_days
        if not gaps or float(np.median(gaps)) >= FOLLOWABLE_DAYS:
            return Breaking.EVERY
    has_broken = len(breaking_cycle_dates(cycles, as_of)) > 1
    if major is None or (has_broken and not _is_kept_alongside(out)):
        return Breaking.BY_CLOCK
    return Breaking.ALL_TAKEN


def history_of_breaks(cycles: Sequence[ReleaseCycle], as_of: date) -> GapHistory:
    """The breaking clock up to a date; the any-cycle clock where every cycle breaks."""
    if breaking_of(cycles, as_of) is Breaking.EVERY:
        return cycle_history(cycles, as_of)
    return breaking_history(cycles, as_of)


def _is_kept_alongside(out: Sequence[tuple[date, ReleaseCycle]]) -> bool:
    """Whether cycles, all of one kind, are supported long after the next one is out."""
    if any(cycle.is_lts for _, cycle in out):
        return False
    dated = sorted(out, key=lambda item: (item[0], item[1].cycle))
    overlaps = [
        (end - following).days
        for (_, cycle), (following, _) in pairwise(dated)
        if (end := support_ends_on(cycle)) is not None
    ]
    return len(overlaps) >= _FEWEST_OVERLAPS and float(np.median(overlaps)) >= ALONGSIDE_DAYS
