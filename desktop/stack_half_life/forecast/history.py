"""What a technology's release cycles say of its past, at a date: gaps, durations, successors."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from stack_half_life.domain.cadence import SAME_EVENT_DAYS
from stack_half_life.domain.facts import ReleaseCycle

_LEADING_INTEGER = re.compile(r"[^\d]*?(\d+)")
_MOST_DIGITS = 9
_FIRST_TWO_NUMBERS = re.compile(r"[^\d]*?(\d+)[.](\d+)")


@dataclass(frozen=True, slots=True)
class GapHistory:
    """Events of one clock up to a date.

    gaps_days: between consecutive events, newest last.
    elapsed_days: since the newest event; None where there is none.
    """

    gaps_days: tuple[float, ...]
    elapsed_days: float | None


def released_on(cycle: ReleaseCycle) -> date | None:
    """The day a cycle came out (the middle of the span its date allows)."""
    return cycle.released_on.midpoint if cycle.released_on is not None else None


def support_ends_on(cycle: ReleaseCycle) -> date | None:
    """The day a cycle's support ends or is to end, where known."""
    return cycle.support_ends_on.midpoint if cycle.support_ends_on is not None else None


def leading_integer(cycle_name: str) -> int | None:
    """The first whole number in a cycle's name, `3` of `3.12` or `v3`; None where there is none."""
    match = _LEADING_INTEGER.match(cycle_name)
    return int(match.group(1)[:_MOST_DIGITS]) if match else None


def any_cycle_dates(cycles: Iterable[ReleaseCycle], as_of: date) -> tuple[date, ...]:
    """When cycles came out up to a date, oldest first; those within 7 days are one event."""
    dates = [day for cycle in cycles if (day := released_on(cycle)) and day <= as_of]
    return merged(dates)


def breaking_cycle_dates(cycles: Iterable[ReleaseCycle], as_of: date) -> tuple[date, ...]:
    """When breaking cycles came out up to a date, oldest first, merged like all.

    A cycle breaks where its source says so; else where its leading integer was not seen before.
    The first cycle of a technology counts: it starts the clock.
    """
    known = sorted(
        ((day, cycle.cycle, cycle) for cycle in cycles if (day := released_on(cycle))),
        key=lambda item: item[:2],
    )
    seen: set[int] = set()
    dates: list[date] = []
    for day, name, cycle in known:
        if day > as_of:
            break
        integer = leading_integer(name)
        is_new = integer is not None and integer not in seen
        if integer is not None:
            seen.add(integer)
        if is_new if cycle.is_breaking is None else cycle.is_breaking or not dates:
            dates.append(day)
    return merged(dates)


def starts_late(cycles: Iterable[ReleaseCycle]) -> bool:
    """Whether the list of cycles begins in the middle of a major version, as Python's with 2.6.

    Its first breaking event is then the listing of the major, not its release: the time from
    there to the next event is shorter than the gap was.  0.1 may be a first version, 1.1 not.
    """
    known = [(day, cycle.cycle, cycle) for cycle in cycles if (day := released_on(cycle))]
    if not known:
        return False
    first = min(known, key=lambda item: item[:2])[2]
    numbers = _FIRST_TWO_NUMBERS.match(first.cycle)
    if numbers is None or first.is_breaking is not None:
        return False
    major, minor = (int(digits[:_MOST_DIGITS]) for digits in numbers.groups())
    return minor > (1 if major == 0 else 0)


def merged(dates: Iterable[date]) -> tuple[date, ...]:
    """Sorted dates, without those at most 7 days after the one kept before them."""
    kept: list[date] = []
    for day in sorted(dates):
        if not kept or (day - kept[-1]).days > SAME_EVENT_DAYS:
            kept.append(day)
    return tuple(kept)


def gap_history(events: Sequence[date], as_of: date, *, is_first_late: bool = False) -> GapHistory:
    """Gaps between sorted events and the days since the last.

    is_first_late: the gap after the first event began before it (see `starts_late`), and is left
    out; while it is under way the days since the event are the least it can have lasted.
    """
    gaps = tuple(float((later - earlier).days) for earlier, later in pairwise(events))
    if is_first_late:
        gaps = gaps[1:]
    return GapHistory(gaps, float((as_of - events[-1]).days) if events else None)


def cycle_history(cycles: Sequence[ReleaseCycle], as_of: date) -> GapHistory:
    """The any-cycle clock up to a date."""
    return gap_history(any_cycle_dates(cycles, as_of), as_of)


def breaking_history(cycles: Sequence[ReleaseCycle], as_of: date) -> GapHistory:
    """The breaking clock up to a date."""
    events = breaking_cycle_dates(cycles, as_of)
    return gap_history(events, as_of, is_first_late=starts_late(cycles))


def support_durations(
    cycles: Iterable[ReleaseCycle], as_of: date, *, is_lts: bool
) -> tuple[float, ...]:
    """Days from release to end of support, oldest release first, of cycles of one LTS class.

    Cycles that came out by then count, with ends that are past or announced; reversed dates do not.
    """
    spans = [
        (start, (end - start).days)
        for cycle in cycles
        if cycle.is_lts == is_lts
        and (start := released_on(cycle))
        and start <= as_of
        and (end := support_ends_on(cycle))
        and end > start
    ]
    return tuple(float(days) for _, days in sorted(spans))


def newer_cycle_dates(cycle: ReleaseCycle, events: Sequence[date]) -> tuple[date, ...]:
    """Those of the merged any-cycle dates that came after a cycle, oldest first."""
    start = released_on(cycle)
    if start is None:
        return ()
    return tuple(day for day in events if (day - start).days > SAME_EVENT_DAYS)
