"""What a technology's release cycles say of its past, at a date: gaps, durations, successors."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from stack_half_life.domain.facts import ReleaseCycle

MERGE_DAYS = 7

_LEADING_INTEGER = re.compile(r"[^\d]*?(\d+)")
_MOST_DIGITS = 9


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


def merged(dates: Iterable[date]) -> tuple[date, ...]:
    """Sorted dates, without those at most 7 days after the one kept before them."""
    kept: list[date] = []
    for day in sorted(dates):
        if not kept or (day - kept[-1]).days > MERGE_DAYS:
            kept.append(day)
    return tuple(kept)


def gap_history(events: Sequence[date], as_of: date) -> GapHistory:
    """Gaps between sorted events and the days since the last."""
    gaps = tuple(float((later - earlier).days) for earlier, later in pairwise(events))
    return GapHistory(gaps, float((as_of - events[-1]).days) if events else None)


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
    return tuple(day for day in events if (day - start).days > MERGE_DAYS)
