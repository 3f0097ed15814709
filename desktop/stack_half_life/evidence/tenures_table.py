"""Reads tables of tenures: one CSV row per spell of a dependency in a repository's manifests."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from stack_half_life.domain.facts import TenureSpell
from stack_half_life.errors import EvidenceError
from stack_half_life.evidence.build.names import package_name, repository_name
from stack_half_life.evidence.csv_rows import csv_rows

TENURE_COLUMNS = ("repo", "ecosystem", "package", "added", "removed", "observed_until")
_FILLED = ("repo", "ecosystem", "package", "added", "observed_until")


def read_tenures_table(path: Path) -> tuple[TenureSpell, ...]:
    """Spells from a table with at least `TENURE_COLUMNS`, dates as YYYY-MM-DD.

    repo_kind, scope, left_truncated (0 or 1) and removed_how are read where they are there; a
    blank removed was still there at observed_until.

    Raises:
        EvidenceError: naming file, line and column, where something is missing or contradictory.
    """
    return tuple(
        tenure_spell(where, row) for where, row in csv_rows(path, TENURE_COLUMNS, filled=_FILLED)
    )


def tenure_spell(where: str, row: Mapping[str, str]) -> TenureSpell:
    """One row as a spell; package names are texts (`nan` is one).

    Raises:
        EvidenceError: where a date is none, or they contradict each other.
    """
    added, until = _day(where, row, "added"), _day(where, row, "observed_until")
    removed = _day(where, row, "removed") if row["removed"].strip() else None
    for column, day in (("removed", removed), ("observed_until", until)):
        if day is not None and day < added:
            raise EvidenceError(f"{where}: {column} {day} is before added {added}")
    truncated = row.get("left_truncated", "").strip()
    if truncated not in ("", "0", "1"):
        raise EvidenceError(f"{where}: left_truncated: “{truncated[:40]}” is not 0 or 1")
    return TenureSpell(
        repository=repository_name(row["repo"]),
        repository_kind=row.get("repo_kind", ""),
        ecosystem=row["ecosystem"],
        package=package_name(row["ecosystem"], row["package"]),
        scope=row.get("scope", ""),
        added_on=added,
        removed_on=removed,
        observed_until=until,
        is_left_truncated=truncated == "1",
        removed_how=row.get("removed_how", ""),
    )


def _day(where: str, row: Mapping[str, str], column: str) -> date:
    text = row[column].strip()
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise EvidenceError(
            f"{where}: {column}: “{text[:40]}” is not a date: YYYY-MM-DD is needed"
        ) from None
