"""Damaged cache files: told from others, set aside and never deleted, read as far as that goes."""

import sqlite3
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from stack_half_life.domain.user_facts import UserFacts
from stack_half_life.errors import CacheError
from stack_half_life.paths import CACHE_NAME, user_folder
from stack_half_life.store.schema import APPLICATION_ID

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


def file_identity(path: Path) -> tuple[int, int] | None:
    """What tells a file from another that takes its place under the same name; None without one."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def was_a_cache(path: Path) -> bool:
    """Whether a broken file is ours to set aside: the user's own cache, or marked as a cache."""
    if path.resolve() == (user_folder() / CACHE_NAME).resolve():
        return True
    with path.open("rb") as file:
        head = file.read(_HEADER_BYTES)
    if len(head) < _HEADER_BYTES:
        return head.startswith(_MAGIC)
    return head.startswith(_MAGIC) and head[_MARK] == APPLICATION_ID.to_bytes(4)


class Salvage(NamedTuple):
    """What the user had added to a damaged cache that was set aside.

    unread: entries that are there and cannot be read; None where not even their number can.
    """

    entries: tuple[UserFacts, ...]
    unread: int | None
    aside: Path

    def told(self) -> str:
        """In words: how many entries were recovered and how many were not."""
        count = len(self.entries)
        if not count and self.unread is None:
            return "what you had added could not be read, nor how much it was"
        found = f"{count} of your own entries {'was' if count == 1 else 'were'} recovered"
        if self.unread is None:
            return f"{found}, and whether there were more cannot be read"
        return f"{found}, and {self.unread} could not be read" if self.unread else found


def set_aside(path: Path) -> Salvage:
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
    return _salvage(aside)


def _salvage(aside: Path) -> Salvage:
    found: list[UserFacts] = []
    unread: int | None = None
    with suppress(sqlite3.Error):
        connection = sqlite3.connect(f"{aside.resolve().as_uri()}?mode=ro", uri=True)
        try:
            (last,) = connection.execute("SELECT max(id) FROM user_facts").fetchone()
            unread = 0
            for number in range(1, (last or 0) + 1):
                try:
                    row = connection.execute(
                        "SELECT facts FROM user_facts WHERE id = ?", (number,)
                    ).fetchone()
                    if row:
                        found.append(UserFacts.model_validate_json(row[0]))
                except (sqlite3.Error, ValueError):
                    unread += 1
        finally:
            connection.close()
    return Salvage(tuple(found), unread, aside)
