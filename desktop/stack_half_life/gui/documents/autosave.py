"""Keeps unsaved edits in the user's folder while documents are open, and finds a crash's.

Each run keeps its own in a folder of its own name and holds a lock beside it. What lies in a
folder whose lock nobody holds was left by a run that ended without asking.
"""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from os import getpid
from pathlib import Path
from uuid import uuid4

from PySide6.QtCore import QLockFile, QObject, QTimer, Signal

from stack_half_life.domain.progress import OnProgress
from stack_half_life.errors import StackFileError
from stack_half_life.gui.documents.document import StackDocument
from stack_half_life.gui.worker.lane import Lane, Publish
from stack_half_life.store.unsaved import (
    UnsavedStack,
    fingerprint,
    read_unsaved,
    set_unsaved_aside,
    unsaved_text,
    write_unsaved,
)

AT_MOST_EVERY_MS = 1_000
"""A crash loses at most the edits of about this long."""


@dataclass(frozen=True, slots=True)
class LeftOver:
    """Unsaved edits that a run left behind, the file they were kept in, and since when."""

    file: Path
    unsaved: UnsavedStack
    kept_at: datetime


class Autosaver(QObject):
    """Writes unsaved documents, not more often than once a second, off the window's thread."""

    failed = Signal(str)
    """One line on why edits cannot be kept; said once until it works again."""

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._root = folder
        self._name = f"{getpid()}-{uuid4().hex[:8]}"
        self._lock: QLockFile | None = None
        self._foreign_locks: list[QLockFile] = []
        self._documents: dict[str, StackDocument] = {}
        self._changed: set[str] = set()
        self._has_failed = False
        self._lane = Lane(self)
        self._lane.failed.connect(self._tell_failure)
        self._lane.answered.connect(self._take_success)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(AT_MOST_EVERY_MS)
        self._timer.timeout.connect(self._write_changed)

    def follow(self, document: StackDocument) -> None:
        """Keep a document's unsaved edits from now on."""
        self._documents[document.key] = document
        document.stack_changed.connect(partial(self._note, document.key))
        document.history.cleanChanged.connect(partial(self._note, document.key))
        if not document.is_saved:
            self._note(document.key)

    def leave(self, document: StackDocument) -> None:
        """Forget a document that was closed: it is saved, or the person let its edits go."""
        if self._documents.pop(document.key, None) is not None:
            self._changed.discard(document.key)
            self._remove(document.key)

    def left_over(self) -> tuple[list[LeftOver], list[str]]:
        """What runs that ended without asking left, and a sentence for each damaged file."""
        found: list[LeftOver] = []
        problems: list[str] = []
        with suppress(OSError):
            folders = sorted(each for each in self._root.iterdir() if each.is_dir())
            for folder in folders:
                if folder.name != self._name and self._is_abandoned(folder):
                    self._read(folder, found, problems)
        return found, problems

    def adopt(self, document: StackDocument, left: LeftOver) -> None:
        """Keep a recovered document's edits as this run's own, and only then not as left over."""
        self._changed.discard(document.key)
        if self._has_lock():
            move = partial(_move, _Edits(document), self._file(document.key), left.file)
            self._lane.submit(document.key, move)

    def discard(self, left: LeftOver) -> None:
        """Delete what was left over and is not wanted."""
        with suppress(OSError):
            left.file.unlink()

    def close(self) -> None:
        """Write what is not written yet, give the locks back, remove folders that are empty."""
        self._timer.stop()
        self._write_changed()
        self._lane.drain()
        self._lane.close()
        for lock in (*self._foreign_locks, *((self._lock,) if self._lock else ())):
            folder = Path(lock.fileName()).with_suffix("")
            with suppress(OSError):
                folder.rmdir()
            lock.unlock()
        self._foreign_locks.clear()
        self._lock = None

    def _note(self, key: str, *_more: object) -> None:
        self._changed.add(key)
        if not self._timer.isActive():
            self._timer.start()

    def _write_changed(self) -> None:
        changed, self._changed = self._changed, set()
        for key in changed:
            document = self._documents.get(key)
            if document is None:
                continue
            if document.is_saved:
                self._remove(key)
            elif self._has_lock():
                self._lane.submit(key, partial(_write, _Edits(document), self._file(key)))

    def _remove(self, key: str) -> None:
        if self._lock is not None:
            self._lane.submit(key, partial(_unlink, self._file(key)))

    def _file(self, key: str) -> Path:
        return self._root / self._name / f"{key}.toml"

    def _has_lock(self) -> bool:
        """Whether this run's lock is held; it is taken before its folder comes into being."""
        if self._lock is None:
            with suppress(OSError):
                self._root.mkdir(parents=True, exist_ok=True)
            lock = _lock_of(self._root / self._name)
            if not lock.tryLock(0):
                self._tell_failure("", f"{self._root}: unsaved edits cannot be kept there")
                return False
            self._lock = lock
        return True

    def _is_abandoned(self, folder: Path) -> bool:
        lock = _lock_of(folder)
        if not lock.tryLock(0):
            return False
        self._foreign_locks.append(lock)
        return True

    def _read(self, folder: Path, found: list[LeftOver], problems: list[str]) -> None:
        for file in sorted(folder.glob("*.toml")):
            try:
                kept_at = datetime.fromtimestamp(file.stat().st_mtime).astimezone()
                found.append(LeftOver(file, read_unsaved(file), kept_at))
            except StackFileError as problem:
                with suppress(OSError):
                    aside = set_unsaved_aside(file)
                    problems.append(f"Unsaved edits are damaged, kept as {aside}: {problem}")

    def _tell_failure(self, _key: str, words: str) -> None:
        if not self._has_failed:
            self._has_failed = True
            self.failed.emit(words)

    def _take_success(self, _key: str, _answer: object, _more_follows: bool) -> None:
        self._has_failed = False


def _lock_of(folder: Path) -> QLockFile:
    lock = QLockFile(str(folder.with_name(f"{folder.name}.lock")))
    lock.setStaleLockTime(0)
    return lock


class _Edits:
    """What a document holds at the moment, to be written down on another thread."""

    def __init__(self, document: StackDocument) -> None:
        self._stack, self._path = document.stack, document.path
        self._saved = document.saved_stack

    def text(self) -> str:
        """The text to keep."""
        held = fingerprint(self._saved) if self._saved is not None else ""
        return unsaved_text(UnsavedStack(stack=self._stack, path=self._path, held=held))


def _write(edits: _Edits, file: Path, on_progress: OnProgress, publish: Publish) -> None:
    del on_progress, publish
    write_unsaved(edits.text(), file)


def _move(edits: _Edits, file: Path, old: Path, on_progress: OnProgress, publish: Publish) -> None:
    _write(edits, file, on_progress, publish)
    _unlink(old, on_progress, publish)


def _unlink(file: Path, on_progress: OnProgress, publish: Publish) -> None:
    del on_progress, publish
    with suppress(OSError):
        file.unlink()
