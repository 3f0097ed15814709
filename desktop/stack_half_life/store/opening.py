"""Opening a profile cache: made where missing, filled where stale, set aside where damaged."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from stack_half_life.domain.user_facts import UserFacts
from stack_half_life.errors import CacheError
from stack_half_life.store import user_facts
from stack_half_life.store.damage import file_identity, is_damage, set_aside, was_a_cache
from stack_half_life.store.migrations import SCHEMA_VERSION, migrate
from stack_half_life.store.schema import APPLICATION_ID
from stack_half_life.store.seeding import seed
from stack_half_life.store.shipped_facts import ShippedFacts
from stack_half_life.store.summaries import derive

BUSY_SECONDS = 5.0
"""How long to wait for another program that writes."""

_SUBJECTS_SHOWN = 5


@contextmanager
def sqlite_errors(path: Path) -> Iterator[None]:
    """Turn SQLite's errors into one clear line that names the cache; damage passes through."""
    try:
        yield
    except sqlite3.Error as problem:
        if is_damage(problem):
            raise
        raise CacheError(f"{path}: {_words(problem)}") from None


def _words(problem: sqlite3.Error) -> str:
    text = str(problem)
    if "locked" in text or "busy" in text:
        return "another program holds the profile cache; close it and try again"
    if "unable to open" in text:
        return "the profile cache cannot be opened; a file in a folder you can write to is needed"
    if "readonly" in text:
        return "the profile cache cannot be written; a file you can write to is needed"
    if "full" in text:
        return "the disk is full; the profile cache was left as it was"
    return f"the profile cache cannot be used ({text})"


class Opened(NamedTuple):
    """An open cache file, which file that is, and what the user should be told of it."""

    connection: sqlite3.Connection
    file: tuple[int, int] | None
    notices: tuple[str, ...]


def open_cache_file(path: Path, facts: ShippedFacts | None) -> Opened:
    """A connection to a cache that holds the shipped facts and the user's.

    facts: None opens without filling, for caches filled by hand.

    Raises:
        CacheError: where the file cannot be used; it is then left as it was.
    """
    with sqlite_errors(path):
        file = file_identity(path)
        try:
            return _open(path, facts, ())
        except sqlite3.DatabaseError as problem:
            if not is_damage(problem):
                raise
        return rebuild(path, facts, file)


def rebuild(path: Path, facts: ShippedFacts | None, file: tuple[int, int] | None) -> Opened:
    """Set a damaged cache aside and make a new one, with what of the user's could be read.

    file: the one that was found damaged; where another has taken its place, another program has
        mended it already, and that one is opened.

    Raises:
        CacheError: where the file may be something else than a cache; it is then left alone.
    """
    if file_identity(path) != file:
        return _open(path, facts, ())
    if not was_a_cache(path):
        raise CacheError(
            f"{path}: this is no profile cache, and was left alone; "
            "name a cache, or a file that does not exist yet"
        )
    salvage = set_aside(path)
    opened = _open(path, facts, salvage.entries)
    notice = f"{path}: the profile cache was damaged; it was set aside as {salvage.aside.name}"
    notice += f" and rebuilt; {salvage.told()}"
    return opened._replace(notices=(notice, *opened.notices))


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """One write transaction: all of it, or nothing."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _open(path: Path, facts: ShippedFacts | None, saved: tuple[UserFacts, ...]) -> Opened:
    if path.exists() and not path.is_file():
        raise CacheError(f"{path}: this is no file; a file for the profile cache is needed")
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
    unread: list[str] = []
    try:
        _refuse_foreign(connection, path)
        connection.execute("PRAGMA foreign_keys = ON")
        if not _is_ready(connection, facts):
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")
            unread = _fill(connection, facts, saved)
    except BaseException:
        connection.close()
        raise
    notice = f"{path}: this version of the program cannot read {len(unread)} of your own entries, "
    notice += f"and leaves them out: {', '.join(unread[:_SUBJECTS_SHOWN])}"
    return Opened(connection, file_identity(path), (notice,) if unread else ())


def _refuse_foreign(connection: sqlite3.Connection, path: Path) -> None:
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if tables and application != APPLICATION_ID:
        raise CacheError(f"{path}: this database belongs to another program; it was left alone")
    if version > SCHEMA_VERSION:
        raise CacheError(
            f"{path}: this cache is of a newer program (schema {version}; this one reads up to "
            f"{SCHEMA_VERSION}); it was left alone"
        )


def _is_ready(connection: sqlite3.Connection, facts: ShippedFacts | None) -> bool:
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version != SCHEMA_VERSION:
        return False
    if facts is None:
        return True
    row = connection.execute("SELECT value FROM facts_state WHERE name = 'data_hash'").fetchone()
    return bool(row and row[0] == facts.data_hash)


def _fill(
    connection: sqlite3.Connection, facts: ShippedFacts | None, saved: tuple[UserFacts, ...]
) -> list[str]:
    """Bring schema and facts up to date in one transaction; a second process waits, then reads.

    What is returned are the subjects of entries of the user's that cannot be read.
    """
    with transaction(connection):
        if _is_ready(connection, facts):
            return []
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if version < SCHEMA_VERSION:
            migrate(connection)
        for entry in saved:
            user_facts.keep(connection, entry)
        fill_facts(connection, facts)
        return user_facts.unreadable(connection)


def fill_facts(connection: sqlite3.Connection, facts: ShippedFacts | None) -> None:
    """Seed the shipped facts and put the user's over them; called inside a transaction."""
    if facts is not None:
        seed(connection, facts)
        connection.execute(
            "INSERT OR REPLACE INTO facts_state VALUES ('data_hash', ?)", (facts.data_hash,)
        )
    for entry in user_facts.kept(connection):
        user_facts.apply(connection, entry)
    derive(connection)
