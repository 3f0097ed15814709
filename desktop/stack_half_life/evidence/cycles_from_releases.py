"""Release cycles told from a list of releases, for technologies nobody keeps a cycle table of.

The rules, by version scheme:

- calendar versions (the first number is the year, as 2024 or 24): one cycle per first two
  numbers, and no word on whether it breaks, since a year is not a promise;
- only 0.0.x so far: every release is a cycle, and breaking;
- 0.y.z: a cycle per y, breaking, as semantic versioning has it;
- where such 0.x cycles come oftener than every `FOLLOWABLE_DAYS` in the median, the history
  shows that the label is not meant so (nobody could follow), and there is no word on it;
- x.y.z: a cycle per x.y; breaking where x rises for the first time.

A cycle starts with the earliest release in it. Where a tag was made long after the fact, many
cycles share one day: of more than `BACKFILL_CYCLES` only the highest version keeps it.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from stack_half_life.domain.cadence import FOLLOWABLE_DAYS
from stack_half_life.evidence.versions import parse_version

BACKFILL_CYCLES = 4


class DatedVersion(NamedTuple):
    """A version as it was tagged or published."""

    version: str
    released_on: date


class ToldCycle(NamedTuple):
    """A release cycle told from releases; `is_breaking` is None where the scheme is silent."""

    cycle: str
    released_on: date
    is_breaking: bool | None


def cycles_from_releases(releases: Iterable[DatedVersion]) -> tuple[ToldCycle, ...]:
    """The release cycles behind some releases, oldest first; pre-releases are passed over."""
    dated = [
        (numbers, release.released_on)
        for release in releases
        if (numbers := parse_version(release.version)) is not None
    ]
    if not dated:
        return ()
    is_calendar = _is_calendar(dated)
    every_patch = not is_calendar and all(numbers[:2] in {(0,), (0, 0)} for numbers, _ in dated)
    started: dict[tuple[int, ...], date] = {}
    for numbers, day in dated:
        key = _cycle_key(numbers, depth=3 if every_patch else 2)
        started[key] = min(started.get(key, day), day)
    starts = _without_backfill(started)
    ordered = sorted(starts.items(), key=lambda item: (item[1], item[0]))
    zero_says_nothing = _is_too_often([day for key, day in ordered if key[0] == 0])
    cycles: list[ToldCycle] = []
    highest_major = -1
    for key, day in ordered:
        breaking: bool | None = key[0] > highest_major or key[0] == highest_major == 0
        highest_major = max(highest_major, key[0])
        if is_calendar or (zero_says_nothing and highest_major == 0):
            breaking = None
        cycles.append(ToldCycle(".".join(map(str, key)), day, breaking))
    return tuple(cycles)


def median_gap_days(days: Sequence[date]) -> float:
    """The median number of days from one to the next; days in their order, two at least."""
    gaps = sorted((later - earlier).days for earlier, later in pairwise(days))
    return (gaps[(len(gaps) - 1) // 2] + gaps[len(gaps) // 2]) / 2


def _is_too_often(days: Sequence[date]) -> bool:
    return len(days) > 3 and median_gap_days(days) < FOLLOWABLE_DAYS


def _cycle_key(numbers: tuple[int, ...], depth: int) -> tuple[int, ...]:
    return (numbers + (0,) * depth)[:depth]


def _is_calendar(dated: Sequence[tuple[tuple[int, ...], date]]) -> bool:
    """Whether the first number follows the year in which the versions came out."""
    fits = sum(
        numbers[0] - day.year in (0, -1) or numbers[0] + 2000 - day.year in (0, -1)
        for numbers, day in dated
    )
    years = {numbers[0] for numbers, _ in dated}
    if all(year >= 1990 for year in years):
        return True
    return min(years) >= 10 and len(dated) >= 3 and fits >= 0.9 * len(dated)


def _without_backfill(started: dict[tuple[int, ...], date]) -> dict[tuple[int, ...], date]:
    by_day: dict[date, list[tuple[int, ...]]] = defaultdict(list)
    for key, day in started.items():
        by_day[day].append(key)
    kept: dict[tuple[int, ...], date] = {}
    for day, keys in by_day.items():
        for key in keys if len(keys) <= BACKFILL_CYCLES else [max(keys)]:
            kept[key] = day
    return kept
