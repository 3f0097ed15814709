"""Opening a profile cache: made where missing, filled where stale, set aside where damaged."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from stack_half_life.domain.user_facts import UserFacts
from stack_half_life.errors import CacheError
from stack_half_life.paths import CACHE_NAME, user_folder
from stack_half_life.store import user_facts
from stack_half_life.store.migrations import SCHEMA_VERSION, migrate
from stack_half_life.store.schema import APPLICATION_ID
from stack_half_life.store.seeding import seed
from stack_half_life.store.shipped_facts import ShippedFacts
from stack_half_life.store.summaries import derive

BUSY_SECONDS = 5.0
"""How long to wait for another program that writes."""

_MAGIC = b"SQLite format 3\0"
_HEADER_BYTES = 100
_MARK = slice(68, 72)
"""Where a database's header holds whose it is (sqlite.org, Database File Format, 1.3)."""

_DAMAGE = ("not a database", "malformed", "corrupt", "unsupported file format")


def is_damage(problem: sqlite3.Error) -> bool:
    """Whether an error says that the file itself is broken."""
    return isinstance(problem, sqlite3.DatabaseError) and any(
        word in str(problem) for word in _DAMAGE
    )


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


def open_cache_file(
    path: Path, facts: ShippedFacts | None
) -> tuple[sqlite3.Connection, tuple[str, ...]]:
    """A connection to a cache that holds the shipped facts and the user's, and notices to show.

    facts: None opens without filling, for caches filled by hand.

    Raises:
        CacheError: where the file cannot be used; it is then left as it was.
    """
    with sqlite_errors(path):
        try:
            return _open(path, facts, ()), ()
        except sqlite3.DatabaseError as problem:
            if not is_damage(problem):
                raise
        return rebuild(path, facts)


def rebuild(path: Path, facts: ShippedFacts | None) -> tuple[sqlite3.Connection, tuple[str, ...]]:
    """Set a damaged cache aside and make a new one, with what of the user's could be read.

    Raises:
        CacheError: where the file may be something else than a cache; it is then left alone.
    """
    if not _was_a_cache(path):
        raise CacheError(
            f"{path}: this is no profile cache, and was left alone; "
            "name a cache, or a file that does not exist yet"
        )
    saved, aside = set_aside(path)
    connection = _open(path, facts, saved)
    notice = f"{path}: the profile cache was damaged; it was set aside as {aside.name}"
    notice += f" and rebuilt; {len(saved)} of your own entries were recovered"
    return connection, (notice,)


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


def _open(
    path: Path, facts: ShippedFacts | None, saved: tuple[UserFacts, ...]
) -> sqlite3.Connection:
    if path.exists() and not path.is_file():
        raise CacheError(f"{path}: this is no file; a file for the profile cache is needed")
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
    try:
        _refuse_foreign(connection, path)
        connection.execute("PRAGMA foreign_keys = ON")
        if not _is_ready(connection, facts):
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")
            _fill(connection, facts, saved)
    except BaseException:
        connection.close()
        raise
    return connection


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
) -> None:
    """Bring schema and facts up to date in one transaction; a second process waits, then reads."""
    with transaction(connection):
        if _is_ready(connection, facts):
            return
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if version < SCHEMA_VERSION:
            migrate(connection)
        for entry in saved:
            user_facts.keep(connection, entry)
        fill_facts(connection, facts)


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


def _was_a_cache(path: Path) -> bool:
    """Whether a broken file is ours to set aside: the user's own cache, or marked as a cache."""
    if path.resolve() == (user_folder() / CACHE_NAME).resolve():
        return True
    with path.open("rb") as file:
        head = file.read(_HEADER_BYTES)
    if len(head) < _HEADER_BYTES:
        return head.startswith(_MAGIC)
    return head.startswith(_MAGIC) and head[_MARK] == APPLICATION_ID.to_bytes(4)


def set_aside(path: Path) -> tuple[tuple[UserFacts, ...], Path]:
    """Rename a damaged cache, never delete it; what the user had added, as far as readable."""
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    aside = path.with_name(f"{path.name}.damaged-{stamp}")
    number = 1
    while aside.exists():
        number += 1
        aside = path.with_name(f"{path.name}.damaged-{stamp}-{number}")
    try:
        path.rename(aside)
        for suffix in ("-wal", "-shm"):
            beside = path.with_name(path.name + suffix)
            if beside.exists():
                beside.rename(aside.with_name(aside.name + suffix))
    except OSError as problem:
        raise CacheError(
            f"{path}: the profile cache is damaged and cannot be set aside ({problem.strerror})"
        ) from None
    return _recovered(aside), aside


def _recovered(aside: Path) -> tuple[UserFacts, ...]:
    found: list[UserFacts] = []
    with suppress(sqlite3.Error):
        connection = sqlite3.connect(f"{aside.resolve().as_uri()}?mode=ro", uri=True)
        try:
            (last,) = connection.execute("SELECT max(id) FROM user_facts").fetchone()
            for number in range(1, (last or 0) + 1):
                with suppress(sqlite3.Error, ValueError):
                    row = connection.execute(
                        "SELECT facts FROM user_facts WHERE id = ?", (number,)
                    ).fetchone()
                    if row:
                        found.append(UserFacts.model_validate_json(row[0]))
        finally:
            connection.close()
    return tuple(found)
