"""Rows of the cache as domain values."""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache

from stack_half_life.domain.dates import PartialDate
from stack_half_life.domain.facts import (
    TENURE_BAND_STARTS_YEARS,
    CodeSurvival,
    Confidence,
    Evidence,
    Generation,
    Nature,
    Release,
    ReleaseCycle,
    RepositoryActivity,
    Source,
    SupportState,
    Technology,
    TechnologyEnd,
    TechnologyHit,
    TenureCount,
)
from stack_half_life.domain.layers import Layer
from stack_half_life.domain.profile import ChurnProfile

_EVIDENCE = "source, retrieved_on, confidence, note"
_WANTED = "(SELECT value FROM json_each(?))"
"""Any number of keys as one parameter; SQLite takes 32,766 of them unless a system raised that."""


@lru_cache(maxsize=4096)
def _evidence(source: str, retrieved_on: str, confidence: str, note: str) -> Evidence:
    return Evidence(
        source=source,
        retrieved_on=date.fromisoformat(retrieved_on),
        confidence=Confidence(confidence),
        note=note,
    )


@lru_cache(maxsize=16384)
def _day(text: str) -> PartialDate:
    return PartialDate(text)


def _maybe_day(text: str | None) -> PartialDate | None:
    return _day(text) if text else None


def technologies(connection: sqlite3.Connection, keys: Sequence[str]) -> list[Technology]:
    """The technologies of some keys, in that order; unknown keys are passed over."""
    wanted = (json.dumps(keys),)
    aliases = _grouped(
        connection.execute(
            f"SELECT technology, alias FROM aliases WHERE kind = 'alias' "
            f"AND technology IN {_WANTED} ORDER BY folded",
            wanted,
        )
    )
    purls = _grouped(
        connection.execute(
            f"SELECT technology, purl FROM purls WHERE technology IN {_WANTED} ORDER BY purl",
            wanted,
        )
    )
    found = {
        key: Technology(
            key=key,
            name=name,
            layer=Layer(layer),
            generation=Generation(generation),
            nature=Nature(nature),
            aliases=tuple(aliases.get(key, ())),
            purls=tuple(purls.get(key, ())),
            evidence=_evidence(*evidence),
        )
        for key, name, layer, generation, nature, *evidence in connection.execute(
            f"SELECT key, name, layer, generation, nature, {_EVIDENCE} FROM technologies "
            f"WHERE key IN {_WANTED}",
            wanted,
        )
    }
    return [found[key] for key in keys if key in found]


def _grouped(rows: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    grouped: dict[str, list[str]] = {}
    for key, text in rows:
        grouped.setdefault(key, []).append(text)
    return grouped


def hits(connection: sqlite3.Connection, keys: Sequence[str]) -> tuple[TechnologyHit, ...]:
    """Technologies of some keys with how much is known of each."""
    wanted = (json.dumps(keys),)
    known = {
        row[0]: row[1:]
        for row in connection.execute(
            "SELECT technology, cycles, releases, spells, newest_cycle, median_gap_days / 365.25 "
            f"FROM summaries WHERE technology IN {_WANTED}",
            wanted,
        )
    }
    listed: list[TechnologyHit] = []
    for technology in technologies(connection, keys):
        cycles, releases, spells, newest, gap = known.get(technology.key, (0, 0, 0, "", None))
        listed.append(
            TechnologyHit(
                technology=technology,
                cycles=cycles,
                releases=releases,
                spells=spells,
                newest_cycle=newest,
                median_gap_years=gap,
            )
        )
    return tuple(listed)


def profile(connection: sqlite3.Connection, technology: Technology) -> ChurnProfile:
    """All evidence of one technology."""
    key = technology.key
    (until,) = connection.execute(
        "SELECT observed_until FROM technologies WHERE key = ?", (key,)
    ).fetchone()
    return ChurnProfile(
        technology=technology,
        reference_class=technology.layer.value,
        observed_until=date.fromisoformat(until) if until else None,
        cycles=_cycles(connection, key),
        releases=_releases(connection, key),
        tenure=_tenure(connection, key),
        end=_end(connection, key),
        code_survival=_code_survival(connection, key),
        repositories=_repositories(connection, key),
    )


def _cycles(connection: sqlite3.Connection, key: str) -> tuple[ReleaseCycle, ...]:
    cycles = [
        ReleaseCycle(
            cycle=cycle,
            released_on=_maybe_day(released_on),
            support_ends_on=_maybe_day(ends_on),
            support=SupportState(support),
            is_lts=bool(is_lts),
            is_breaking=None if is_breaking is None else bool(is_breaking),
            deprecation_announced_on=_maybe_day(announced_on),
            successor=successor,
            evidence=_evidence(*evidence),
        )
        for (
            cycle,
            released_on,
            ends_on,
            support,
            is_lts,
            is_breaking,
            announced_on,
            successor,
            *evidence,
        ) in connection.execute(
            "SELECT cycle, released_on, support_ends_on, support, is_lts, is_breaking, "
            f"deprecation_announced_on, successor, {_EVIDENCE} FROM cycles "
            "WHERE technology = ? ORDER BY position",
            (key,),
        )
    ]
    cycles.sort(key=lambda one: one.released_on.midpoint if one.released_on else date.max)
    return tuple(cycles)


def _releases(connection: sqlite3.Connection, key: str) -> tuple[Release, ...]:
    return tuple(
        Release(version=version, released_on=_day(released_on), evidence=_evidence(*evidence))
        for version, released_on, *evidence in connection.execute(
            f"SELECT version, released_on, {_EVIDENCE} FROM releases WHERE technology = ? "
            "ORDER BY released_on, version",
            (key,),
        )
    )


def _tenure(connection: sqlite3.Connection, key: str) -> TenureCount | None:
    rows = connection.execute(
        "SELECT removals, spells, repositories, years_to_3_months, years_3_to_6_months, "
        "years_half_to_2_years, years_2_to_4_years, years_over_4_years FROM tenure_counts "
        "WHERE technology = ?",
        (key,),
    ).fetchall()
    if not rows:
        return None
    removals, spells, repositories, *years = (sum(column) for column in zip(*rows, strict=True))
    assert len(years) == len(TENURE_BAND_STARTS_YEARS)
    of_package = connection.execute(
        "SELECT 1 FROM tenures WHERE technology = ? AND ecosystem <> 'docker' "
        "AND NOT is_left_truncated LIMIT 1",
        (key,),
    ).fetchone()
    return TenureCount(
        removals=removals,
        exposure_years_by_band=tuple(years),
        spells=spells,
        repositories=repositories,
        is_of_images=of_package is None,
    )


def _end(connection: sqlite3.Connection, key: str) -> TechnologyEnd | None:
    row = connection.execute(
        f"SELECT kind_of_end, born_on, ended_on, successor, {_EVIDENCE} FROM ends "
        "WHERE technology = ?",
        (key,),
    ).fetchone()
    if row is None:
        return None
    kind, born_on, ended_on, successor, *evidence = row
    return TechnologyEnd(
        kind_of_end=kind,
        born_on=_maybe_day(born_on),
        ended_on=_day(ended_on),
        successor=successor,
        evidence=_evidence(*evidence),
    )


def _code_survival(connection: sqlite3.Connection, key: str) -> CodeSurvival | None:
    row = connection.execute(
        f"SELECT repository, half_life_years, curve, lines, commits, {_EVIDENCE} "
        "FROM code_survival WHERE technology = ? ORDER BY lines DESC LIMIT 1",
        (key,),
    ).fetchone()
    if row is None:
        return None
    repository, half_life_years, curve, lines, commits, *evidence = row
    points = json.loads(curve)
    return CodeSurvival(
        repository=repository,
        half_life_years=half_life_years,
        ages_years=tuple(age for age, _ in points),
        alive_share=tuple(share for _, share in points),
        lines=lines,
        commits=commits,
        evidence=_evidence(*evidence),
    )


def _repositories(connection: sqlite3.Connection, key: str) -> tuple[RepositoryActivity, ...]:
    return tuple(
        RepositoryActivity(
            repository=repository,
            kind=kind,
            first_commit_on=date.fromisoformat(first),
            last_commit_on=date.fromisoformat(last),
            observed_until=date.fromisoformat(until),
            commits=commits,
            note=note,
        )
        for repository, kind, first, last, until, commits, note in connection.execute(
            "SELECT repository, kind, first_commit_on, last_commit_on, observed_until, commits, "
            "note FROM repositories WHERE technology = ? ORDER BY observed_until DESC",
            (key,),
        )
    )


def sources(connection: sqlite3.Connection) -> dict[str, Source]:
    """All sources of facts by key."""
    return {
        key: Source(
            key=key,
            title=title,
            address=address,
            licence=licence,
            credit=credit,
            retrieved_on=date.fromisoformat(retrieved_on),
        )
        for key, title, address, licence, credit, retrieved_on in connection.execute(
            "SELECT key, title, address, licence, credit, retrieved_on FROM sources ORDER BY key"
        )
    }
