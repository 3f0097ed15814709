"""Facts the user added: kept whole in `user_facts`, applied over the shipped ones."""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from pydantic import ValidationError

from stack_half_life.domain.dates import PartialDate
from stack_half_life.domain.facts import Evidence, Source, SupportState, Technology, TenureSpell
from stack_half_life.domain.purls import bare_purl, package_url
from stack_half_life.domain.user_facts import UserFacts
from stack_half_life.store.seeding import index_names


def keep(connection: sqlite3.Connection, facts: UserFacts) -> None:
    """Keep facts for all later rebuilds; those of the same subject are replaced."""
    connection.execute(
        "INSERT INTO user_facts (subject, added_on, facts) VALUES (?, ?, ?) "
        "ON CONFLICT (subject) DO UPDATE SET added_on = excluded.added_on, facts = excluded.facts",
        (facts.subject, datetime.now(UTC).date().isoformat(), facts.model_dump_json()),
    )


def forget(connection: sqlite3.Connection, subject: str) -> None:
    """Keep facts of a subject no longer."""
    connection.execute("DELETE FROM user_facts WHERE subject = ?", (subject,))


def kept(connection: sqlite3.Connection) -> list[UserFacts]:
    """All facts kept, in the order of their subjects' first arrival, less `unreadable` ones."""
    return [facts for _, facts in _entries(connection) if facts is not None]


def unreadable(connection: sqlite3.Connection) -> list[str]:
    """Subjects of entries in a form that this version of the program does not know; all stay."""
    return [subject for subject, facts in _entries(connection) if facts is None]


def _entries(connection: sqlite3.Connection) -> Iterator[tuple[str, UserFacts | None]]:
    for subject, text in connection.execute("SELECT subject, facts FROM user_facts ORDER BY id"):
        try:
            yield subject, UserFacts.model_validate_json(text)
        except ValidationError:
            yield subject, None


def apply(connection: sqlite3.Connection, facts: UserFacts) -> None:
    """Put facts into the fact tables, over shipped ones of the same name."""
    _put_source(connection, facts.source)
    key = _put_technology(connection, facts) if facts.technology else None
    if key is not None:
        _put_cycles(connection, key, facts)
        _put_code_survival(connection, key, facts)
    _put_tenures(connection, facts.tenures)


def _put_source(connection: sqlite3.Connection, source: Source) -> None:
    connection.execute(
        "INSERT INTO sources (key, title, address, licence, credit, retrieved_on) "
        "VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (key) DO UPDATE SET "
        "retrieved_on = max(retrieved_on, excluded.retrieved_on)",
        (
            source.key,
            source.title,
            source.address,
            source.licence,
            source.credit,
            source.retrieved_on.isoformat(),
        ),
    )


def _evidence(connection: sqlite3.Connection, evidence: Evidence) -> tuple[str, str, str, str, str]:
    """The evidence cells of a row; a source the cache does not know yet is entered by its key."""
    connection.execute(
        "INSERT OR IGNORE INTO sources (key, title, retrieved_on) VALUES (?, ?, ?)",
        (evidence.source, evidence.source, evidence.retrieved_on.isoformat()),
    )
    return (
        evidence.source,
        evidence.retrieved_on.isoformat(),
        evidence.confidence.value,
        evidence.note,
        "user",
    )


def _put_technology(connection: sqlite3.Connection, facts: UserFacts) -> str:
    technology = facts.technology
    assert technology is not None
    until = facts.observed_until.isoformat() if facts.observed_until else None
    known = connection.execute(
        "SELECT origin FROM technologies WHERE key = ?", (technology.key,)
    ).fetchone()
    if known is None:
        _insert_technology(connection, technology)
    else:
        connection.executemany(
            "INSERT OR IGNORE INTO purls (purl, technology) VALUES (?, ?)",
            [(bare_purl(purl), technology.key) for purl in technology.purls],
        )
    if until is not None:
        connection.execute(
            "UPDATE technologies SET observed_until = max(coalesce(observed_until, ?), ?) "
            "WHERE key = ?",
            (until, until, technology.key),
        )
    return technology.key


def _insert_technology(connection: sqlite3.Connection, technology: Technology) -> None:
    connection.execute(
        "INSERT INTO technologies (key, name, layer, generation, nature, "
        "source, retrieved_on, confidence, note, origin) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            technology.key,
            technology.name,
            technology.layer.value,
            technology.generation.value,
            technology.nature.value,
            *_evidence(connection, technology.evidence),
        ),
    )
    index_names(
        connection,
        key=technology.key,
        name=technology.name,
        aliases=technology.aliases,
        purls=technology.purls,
    )


def _text(day: PartialDate | None) -> str | None:
    return None if day is None else day.text


_CYCLE_COLUMNS = (
    "technology",
    "position",
    "cycle",
    "released_on",
    "support_ends_on",
    "support",
    "is_lts",
    "is_breaking",
    "deprecation_announced_on",
    "successor",
    "source",
    "retrieved_on",
    "confidence",
    "note",
    "origin",
)
_ANEW = ", ".join(f"{column} = excluded.{column}" for column in _CYCLE_COLUMNS)

_UNKNOWN = f"'{SupportState.UNKNOWN.value}'"
_SAYS_MORE = (
    f"(excluded.support <> {_UNKNOWN}) > (support <> {_UNKNOWN}) "
    f"OR (excluded.support <> {_UNKNOWN}) = (support <> {_UNKNOWN}) "
    "AND excluded.retrieved_on >= retrieved_on"
)


def _put_cycles(connection: sqlite3.Connection, key: str, facts: UserFacts) -> None:
    """Put cycles; one of whose support nothing is known leaves one that says more as it is.

    Of two that say as much the one that was read later stays, whatever came into the cache first.
    """
    (offset,) = connection.execute(
        "SELECT coalesce(max(position), 0) + 1 FROM cycles WHERE technology = ?", (key,)
    ).fetchone()
    connection.executemany(
        f"INSERT INTO cycles ({', '.join(_CYCLE_COLUMNS)}) "
        f"VALUES ({', '.join('?' * len(_CYCLE_COLUMNS))}) "
        f"ON CONFLICT (technology, cycle) DO UPDATE SET {_ANEW} "
        f"WHERE {_SAYS_MORE}",
        [
            (
                key,
                offset + number,
                cycle.cycle,
                _text(cycle.released_on),
                _text(cycle.support_ends_on),
                cycle.support.value,
                cycle.is_lts,
                cycle.is_breaking,
                _text(cycle.deprecation_announced_on),
                cycle.successor,
                *_evidence(connection, cycle.evidence),
            )
            for number, cycle in enumerate(facts.cycles)
        ],
    )
    connection.executemany(
        "INSERT OR REPLACE INTO releases (technology, version, released_on, "
        "source, retrieved_on, confidence, note, origin) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                key,
                release.version,
                release.released_on.text,
                *_evidence(connection, release.evidence),
            )
            for release in facts.releases
        ],
    )
    connection.executemany(
        "INSERT OR REPLACE INTO repositories VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                key,
                activity.repository,
                activity.kind,
                activity.first_commit_on.isoformat(),
                activity.last_commit_on.isoformat(),
                activity.observed_until.isoformat(),
                activity.commits,
                activity.note,
            )
            for activity in facts.repositories
        ],
    )


def _put_code_survival(connection: sqlite3.Connection, key: str, facts: UserFacts) -> None:
    survival = facts.code_survival
    if survival is None:
        return
    curve = list(zip(survival.ages_years, survival.alive_share, strict=True))
    connection.execute(
        "INSERT OR REPLACE INTO code_survival (technology, repository, half_life_years, curve, "
        "lines, commits, source, retrieved_on, confidence, note, origin) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            key,
            survival.repository,
            survival.half_life_years,
            json.dumps(curve),
            survival.lines,
            survival.commits,
            *_evidence(connection, survival.evidence),
        ),
    )


def _put_tenures(connection: sqlite3.Connection, spells: Iterable[TenureSpell]) -> None:
    spells = tuple(spells)
    repositories = {
        spell.repository: (spell.repository_kind, spell.observed_until) for spell in spells
    }
    for repository, (kind, until) in repositories.items():
        connection.execute("DELETE FROM tenure_repositories WHERE repository = ?", (repository,))
        connection.execute(
            "INSERT INTO tenure_repositories VALUES (?, ?, ?, ?, 'user')",
            (repository, kind, None, until.isoformat()),
        )
    connection.executemany(
        "INSERT INTO tenures (repository, technology, ecosystem, package, scope, added_on, "
        "removed_on, is_left_truncated, removed_how) VALUES (?, (SELECT technology FROM purls "
        "WHERE purl = ? LIMIT 1), ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                spell.repository,
                bare_purl(package_url(spell.ecosystem, spell.package)),
                spell.ecosystem,
                spell.package,
                spell.scope,
                spell.added_on.isoformat(),
                spell.removed_on.isoformat() if spell.removed_on else None,
                spell.is_left_truncated,
                spell.removed_how,
            )
            for spell in spells
        ],
    )
