"""The profile cache: what is known of every technology, in one SQLite file."""

import hashlib
import sqlite3
from collections.abc import Callable, Mapping
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self, TypeVar

from stack_half_life.domain.clock_figures import ClockFigures
from stack_half_life.domain.facts import (
    Confidence,
    Evidence,
    Generation,
    Nature,
    Source,
    Technology,
    TechnologyHit,
)
from stack_half_life.domain.layers import Layer
from stack_half_life.domain.profile import ChurnProfile
from stack_half_life.domain.stack import Component, Stack
from stack_half_life.domain.user_facts import UserFacts
from stack_half_life.errors import CacheError
from stack_half_life.paths import DATA
from stack_half_life.store import derived, reading, user_facts
from stack_half_life.store.damage import is_damage
from stack_half_life.store.opening import (
    Opened,
    fill_facts,
    open_cache_file,
    rebuild,
    sqlite_errors,
    transaction,
)
from stack_half_life.store.search import exact_keys, matching_keys
from stack_half_life.store.shipped_facts import ShippedFacts, read_shipped_facts

T = TypeVar("T")

OnNotice = Callable[[str], None]
"""Told what the user should know, one line each."""


def _say_nothing(notice: str) -> None:
    del notice


class EvidenceAge(NamedTuple):
    """When the oldest and the newest fact in the cache were read."""

    oldest: date
    newest: date


class ProfileCache:
    """An open profile cache; it belongs to the thread that opened it.

    notices: what the user should be told, as that a damaged file was set aside.
    """

    def __init__(
        self,
        path: Path,
        facts: ShippedFacts | None,
        opened: Opened,
        on_notice: OnNotice,
    ) -> None:
        self.path = path
        self.notices: tuple[str, ...] = ()
        self._on_notice = on_notice
        self._facts = facts
        self._connection, self._file, _ = opened
        self._read_profiles: dict[str, ChurnProfile] = {}
        self._resolved: dict[str, str | None] = {}
        self._read_at_version = -1

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        seed: bool = True,
        data: Path = DATA,
        on_notice: OnNotice = _say_nothing,
    ) -> Self:
        """Open a cache; it is made where missing and filled anew where the shipped facts changed.

        seed: False leaves the facts as they are. data: the folder of the shipped facts.
        on_notice: called with every notice, at opening and later.

        Raises:
            CacheError: where the file is locked, of a newer program or cannot be used.
        """
        facts = read_shipped_facts(data) if seed else None
        opened = open_cache_file(path, facts)
        cache = cls(path, facts, opened, on_notice)
        cache._tell(opened.notices)
        return cache

    def _tell(self, notices: tuple[str, ...]) -> None:
        self.notices += notices
        for notice in notices:
            self._on_notice(notice)

    def close(self) -> None:
        """Close the file; the cache cannot be used any more."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def search(
        self, text: str, *, layer: Layer | None = None, limit: int = 50
    ) -> tuple[TechnologyHit, ...]:
        """Technologies that match what a person typed, best first; a blank text matches all."""
        return self._read(
            lambda connection: reading.hits(
                connection, matching_keys(connection, text, layer, limit)
            )
        )

    def technologies(self) -> tuple[Technology, ...]:
        """All technologies, best known first."""
        return tuple(hit.technology for hit in self.search("", limit=2**31))

    def resolve(self, text: str) -> str | None:
        """The key of the technology with exactly that key, name, alias or package URL."""
        return next(iter(self._read(lambda connection: exact_keys(connection, text))), None)

    def profile(self, key: str) -> ChurnProfile:
        """All evidence of the technology of that key, name, alias or package URL.

        Raises:
            CacheError: where there is none; near matches are named.
        """
        if not key.strip():
            raise CacheError("a technology's key, name, alias or package URL is needed")
        resolved = self.resolve(key)
        if resolved is None:
            raise CacheError(f"no technology is called “{key[:80]}”{self._near(key)}")
        self._forget_if_changed()
        return self._profile(resolved)

    def _profile(self, resolved: str) -> ChurnProfile:
        if resolved not in self._read_profiles:
            self._read_profiles[resolved] = self._read(
                lambda connection: _profile(connection, resolved)
            )
        return self._read_profiles[resolved]

    def _forget(self) -> None:
        self._read_profiles.clear()
        self._resolved.clear()

    def _forget_if_changed(self) -> None:
        """Forget what was read so far where another program changed the file meanwhile."""
        (version,) = self._read(
            lambda connection: connection.execute("PRAGMA data_version").fetchone()
        )
        if version != self._read_at_version:
            self._forget()
            self._read_at_version = version

    def profiles_for(self, stack: Stack) -> dict[str, ChurnProfile]:
        """The profile of every component by component name.

        A profile that nobody knows is one without facts, `is_matched` False, so that it is
        forecast from its layer's reference class.
        """
        self._forget_if_changed()
        profiles: dict[str, ChurnProfile] = {}
        for component in stack.components:
            text = component.profile
            if text not in self._resolved:
                self._resolved[text] = self.resolve(text)
            key = self._resolved[text]
            profiles[component.name] = (
                unmatched_profile(component) if key is None else self._profile(key)
            )
        return profiles

    def package_layer(self, ecosystem: str, package: str) -> Layer | None:
        """The layer of a package met in manifests, None where it was never met."""
        row = self._read(
            lambda connection: connection.execute(
                "SELECT layer FROM packages WHERE ecosystem = ? AND package = ?",
                (ecosystem, package),
            ).fetchone()
        )
        return Layer(row[0]) if row else None

    def layers_in_scope(self, ecosystem: str, scope: str) -> dict[Layer, int]:
        """How many packages met in manifests are in each layer, of those named `scope/…`."""
        rows = self._read(
            lambda connection: connection.execute(
                "SELECT layer, count(*) FROM packages"
                " WHERE ecosystem = ? AND package > ? || '/' AND package < ? || '0'"
                " GROUP BY layer ORDER BY layer",
                (ecosystem, scope, scope),
            ).fetchall()
        )
        return {Layer(layer): count for layer, count in rows}

    def sources(self) -> dict[str, Source]:
        """All sources by what stands in `Evidence.source`."""
        return self._read(reading.sources)

    @property
    def data_hash(self) -> str:
        """Tells one state of the facts from another: the shipped edition and the user's own."""

        def read(connection: sqlite3.Connection) -> str:
            row = connection.execute(
                "SELECT value FROM facts_state WHERE name = 'data_hash'"
            ).fetchone()
            own = connection.execute("SELECT facts FROM user_facts ORDER BY subject").fetchall()
            shipped = row[0] if row else "none"
            if not own:
                return str(shipped)
            digest = hashlib.sha256("\0".join(text for (text,) in own).encode())
            return f"{shipped}+{digest.hexdigest()[:8]}"

        return self._read(read)

    def evidence_age(self) -> EvidenceAge | None:
        """When the oldest and the newest facts were read, None in an empty cache."""
        oldest, newest = self._read(
            lambda connection: connection.execute(
                "SELECT min(retrieved_on), max(retrieved_on) FROM technologies"
            ).fetchone()
        )
        if oldest is None:
            return None
        return EvidenceAge(date.fromisoformat(oldest), date.fromisoformat(newest))

    def add_user_facts(self, *added: UserFacts) -> None:
        """Add facts of the user's own, all or none; a subject added before is replaced.

        Raises:
            CacheError: where the cache cannot be written; nothing is kept then.
        """

        def write(connection: sqlite3.Connection) -> None:
            for facts in added:
                user_facts.keep(connection, facts)
            fill_facts(connection, self._facts)

        self._write(write)

    def remove_user_facts(self, *subjects: str) -> None:
        """Remove facts of the user's own by their subjects, all or none; others stay.

        Raises:
            CacheError: where the cache cannot be written, or was opened without the shipped facts
                to fill it anew with; nothing is removed then.
        """
        if self._facts is None:
            raise CacheError(f"{self.path}: opened to be read; nothing is removed from it")

        def write(connection: sqlite3.Connection) -> None:
            for subject in subjects:
                user_facts.forget(connection, subject)
            fill_facts(connection, self._facts)

        self._write(write)

    def derived_figures(self, model_version: str, as_of: date) -> dict[str, ClockFigures]:
        """The figures kept for a model version and a date, by key."""
        return self._read(lambda connection: derived.kept(connection, model_version, as_of))

    def keep_derived_figures(
        self, model_version: str, as_of: date, figures: Mapping[str, ClockFigures]
    ) -> None:
        """Keep figures by key until facts change; those of other versions or dates go."""
        self._write(lambda connection: derived.keep(connection, model_version, as_of, figures))

    def user_facts(self) -> tuple[UserFacts, ...]:
        """All facts the user added."""
        return tuple(self._read(user_facts.kept))

    def _near(self, text: str) -> str:
        names = [hit.technology.key for hit in self.search(text, limit=3)]
        if not names:
            keys = [technology.key for technology in self.technologies()]
            names = get_close_matches(text.casefold(), keys, n=3, cutoff=0.7)
        return f"; near: {', '.join(names)}" if names else ""

    def _read(self, read: Callable[[sqlite3.Connection], T]) -> T:
        """Read; a file found damaged is set aside and rebuilt, and read again."""
        with sqlite_errors(self.path):
            try:
                return read(self._connection)
            except sqlite3.DatabaseError as problem:
                if self._facts is None or not is_damage(problem):
                    raise
            self._connection.close()
            self._connection, self._file, notices = rebuild(self.path, self._facts, self._file)
            self._forget()
            self._tell(notices)
            return read(self._connection)

    def _write(self, write: Callable[[sqlite3.Connection], None]) -> None:
        def in_transaction(connection: sqlite3.Connection) -> None:
            with transaction(connection):
                write(connection)

        self._read(in_transaction)
        self._forget()


def _profile(connection: sqlite3.Connection, key: str) -> ChurnProfile:
    (technology,) = reading.technologies(connection, [key])
    return reading.profile(connection, technology)


def unmatched_profile(component: Component) -> ChurnProfile:
    """A profile without facts for a component whose profile nobody knows."""
    return ChurnProfile(
        technology=Technology(
            key="unmatched",
            name=component.profile,
            layer=component.layer,
            generation=Generation.CLASSICAL,
            nature=Nature.SOFTWARE,
            evidence=Evidence(
                source="none",
                retrieved_on=date.min,
                confidence=Confidence.LOW,
                note="nobody knows it: forecast from its layer's reference class",
            ),
        ),
        reference_class=component.layer.value,
        is_matched=False,
    )
