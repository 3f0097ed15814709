"""Which releases break what is built on them, told by history where it speaks.

A version scheme is a label: the leading integer changes (before 1.0: the second one), so it
breaks. History can say otherwise:

- A line of releases (x.y) is *kept beside its successor* when it still gets at least
  `LATER_RELEASES` releases more than `GRACE` after the next line of the same major began:
  somebody could not move. Where at least half of the lines with a successor are kept (and
  there are `MIN_LINES`), every new line is taken as breaking.
- Where there are `MIN_MAJORS` that come closer together than `FEATURE_GAP_DAYS` by the median,
  and fewer than a quarter of them are kept beside their successor, majors are features and
  are taken as not breaking.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from math import inf

from stack_half_life.evidence.cycles_from_releases import DatedVersion, ToldCycle, median_gap_days
from stack_half_life.evidence.versions import parse_version

GRACE = timedelta(days=30)
FEATURE_GAP_DAYS = 120
LATER_RELEASES = 2
MIN_LINES = 5
MIN_MAJORS = 5

Line = tuple[int, ...]


def told_by_history(
    cycles: Sequence[ToldCycle], releases: Sequence[DatedVersion]
) -> tuple[tuple[ToldCycle, ...], str]:
    """The cycles with what history says of breaking, and the finding (empty: the label stands)."""
    minors, majors = _by_line(releases, depth=2), _by_line(releases, depth=1)
    kept, counted = _kept(minors, within_major=True)
    if counted >= MIN_LINES and 2 * kept >= counted:
        finding = (
            f"{kept} of {counted} release lines were kept beside their successor: "
            "every new line is taken as breaking"
        )
        return tuple(cycle._replace(is_breaking=True) for cycle in cycles), finding
    kept, counted = _kept(majors, within_major=False)
    starts = sorted(min(days) for days in majors.values())
    gap_days = median_gap_days(starts) if len(majors) >= MIN_MAJORS else inf
    if gap_days < FEATURE_GAP_DAYS and 4 * kept < counted:
        finding = (
            f"a new major every {gap_days:.0f} days, {kept} of {counted} kept beside "
            "their successor: majors are taken as features"
        )
        told = (c._replace(is_breaking=False) if c.is_breaking else c for c in cycles)
        return tuple(told), finding
    return tuple(cycles), ""


def _by_line(releases: Sequence[DatedVersion], depth: int) -> dict[Line, list[date]]:
    lines: dict[Line, list[date]] = defaultdict(list)
    for release in releases:
        numbers = parse_version(release.version)
        if numbers is not None:
            lines[(numbers + (0,) * depth)[:depth]].append(release.released_on)
    return lines


def _kept(lines: dict[Line, list[date]], *, within_major: bool) -> tuple[int, int]:
    """How many lines were kept beside their successor, of how many that have one."""
    kept = counted = 0
    ordered = sorted(lines)
    for line, successor in pairwise(ordered):
        if within_major and line[0] != successor[0]:
            continue
        counted += 1
        since = min(lines[successor]) + GRACE
        kept += sum(day > since for day in lines[line]) >= LATER_RELEASES
    return kept, counted
