"""What is derived from the facts in the cache: summaries to list, and tenure at risk."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from itertools import pairwise
from statistics import median

from stack_half_life.domain.cadence import SAME_EVENT_DAYS
from stack_half_life.domain.dates import DAYS_PER_YEAR, PartialDate
from stack_half_life.domain.facts import TENURE_BAND_STARTS_YEARS


def derive(connection: sqlite3.Connection) -> None:
    """Derive everything anew after facts have changed."""
    connection.execute("DELETE FROM derived_profiles")
    _count_tenures(connection)
    _summarise(connection)


def _count_tenures(connection: sqlite3.Connection) -> None:
    connection.execute("DELETE FROM tenure_counts")
    removals: dict[tuple[str, str], int] = defaultdict(int)
    spells: dict[tuple[str, str], int] = defaultdict(int)
    repositories: dict[tuple[str, str], set[str]] = defaultdict(set)
    years: dict[tuple[str, str], list[float]] = defaultdict(
        lambda: [0.0] * len(TENURE_BAND_STARTS_YEARS)
    )
    for technology, kind, repository, added_on, removed_on, until in connection.execute(
        "SELECT s.technology, r.kind, s.repository, s.added_on, s.removed_on, r.observed_until "
        "FROM tenures s JOIN tenure_repositories r ON r.repository = s.repository "
        "WHERE s.technology IS NOT NULL AND NOT s.is_left_truncated"
    ):
        place = technology, kind
        spells[place] += 1
        removals[place] += removed_on is not None
        repositories[place].add(repository)
        begin = date.fromisoformat(added_on).toordinal()
        end = date.fromisoformat(removed_on or until).toordinal()
        add_exposure(years[place], (end - begin) / DAYS_PER_YEAR)
    connection.executemany(
        "INSERT INTO tenure_counts VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (*place, spells[place], removals[place], len(repositories[place]), *years[place])
            for place in sorted(spells)
        ],
    )


def add_exposure(years_by_band: list[float], tenure_years: float) -> None:
    """Add one spell's years at risk to the bands of `TENURE_BAND_STARTS_YEARS`, in place."""
    ends = (*TENURE_BAND_STARTS_YEARS[1:], float("inf"))
    for band, (start, end) in enumerate(zip(TENURE_BAND_STARTS_YEARS, ends, strict=True)):
        if tenure_years <= start:
            return
        years_by_band[band] += min(tenure_years, end) - start


def _summarise(connection: sqlite3.Connection) -> None:
    connection.execute("DELETE FROM summaries")
    count: dict[str, int] = defaultdict(int)
    days: dict[str, list[int]] = defaultdict(list)
    newest: dict[str, tuple[int, str, str]] = {}
    for technology, cycle, released_on, retrieved_on in connection.execute(
        "SELECT technology, cycle, released_on, retrieved_on FROM cycles "
        "ORDER BY technology, position"
    ):
        count[technology] += 1
        if released_on is None:
            continue
        day = PartialDate(released_on).midpoint.toordinal()
        days[technology].append(day)
        is_out = day <= date.fromisoformat(retrieved_on).toordinal()
        if is_out and (technology not in newest or day >= newest[technology][0]):
            newest[technology] = day, cycle, released_on
    releases = dict(
        connection.execute("SELECT technology, count(*) FROM releases GROUP BY technology")
    )
    spells = dict(
        connection.execute("SELECT technology, sum(spells) FROM tenure_counts GROUP BY technology")
    )
    connection.executemany(
        "INSERT INTO summaries VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            (
                key,
                count.get(key, 0),
                releases.get(key, 0),
                spells.get(key, 0),
                *newest.get(key, (0, "", None))[1:],
                median_gap_days(days.get(key, ())),
            )
            for (key,) in connection.execute("SELECT key FROM technologies ORDER BY id")
        ],
    )


def median_gap_days(days: Iterable[int]) -> float | None:
    """The median gap between days on which cycles began, those within a week taken as one."""
    begun: list[int] = []
    for day in sorted(days):
        if not begun or day - begun[-1] > SAME_EVENT_DAYS:
            begun.append(day)
    gaps = [later - earlier for earlier, later in pairwise(begun)]
    return float(median(gaps)) if gaps else None
