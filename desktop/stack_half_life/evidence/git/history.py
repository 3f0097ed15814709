"""One pass over a repository's first-parent history."""

import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import IO

from stack_half_life.domain.progress import OnProgress, ignore_progress
from stack_half_life.evidence.git.lines import LineHistory
from stack_half_life.evidence.git.manifest_history import ManifestHistory, is_own_manifest
from stack_half_life.evidence.git.origins import find_origins
from stack_half_life.evidence.git.shim import GitShim
from stack_half_life.evidence.git.tape import HISTORY_ARGUMENTS, Tape, TapeReader
from stack_half_life.evidence.git.versions import GitVersions

if sys.platform == "linux":
    from fcntl import F_SETPIPE_SZ, fcntl

_PIPE_BYTES = 1 << 20
_PIECE_BYTES = 1 << 18
_PAUSE_SECONDS = 0.005
_SHARE_OF_READING = 0.9


@dataclass(slots=True)
class History:
    """All that a pass over the history keeps; a later pass goes on from there.

    head: the newest commit taken in; blank where there is none yet.
    path_numbers: every path ever seen, as git writes it, and its number.
    shallow: commits where a shallow clone ends.
    missing_versions: of files, that a partial clone lacks.
    seconds: reported commit times, oldest first, -1 where unreadable.
    """

    head: str = ""
    shallow: tuple[str, ...] = ()
    missing_versions: int = 0
    path_numbers: dict[bytes, int] = field(default_factory=dict)
    seconds: list[int] = field(default_factory=list)
    lines: LineHistory = field(default_factory=LineHistory)
    manifests: ManifestHistory = field(default_factory=ManifestHistory)


def read_history(
    shim: GitShim, head: str, known: History | None, on_progress: OnProgress = ignore_progress
) -> History:
    """The history up to a commit, going on from a known one where that is an ancestor.

    Raises:
        EvidenceError: where git cannot read it.
    """
    versions = GitVersions(shim)
    history = known or History()
    tape = Tape(path_numbers=history.path_numbers)
    tape.watched.update(n for path, n in tape.path_numbers.items() if is_own_manifest(path))
    is_joined = _read_tape(shim, head, history.head, tape, on_progress)
    if known is not None and not is_joined:
        return read_history(shim, head, None, on_progress)
    first = len(history.seconds)
    origins = find_origins(tape, shim)
    history.lines.take_in(
        tape, origins, versions, _on_commit(first, len(tape.commit_ids), on_progress)
    )
    history.lines.settle(versions)
    history.manifests.take_in(tape, first, versions)
    history.seconds.extend(reversed(tape.commit_seconds))
    history.head = head
    return history


def _read_tape(
    shim: GitShim, head: str, known_head: str, tape: Tape, on_progress: OnProgress
) -> bool:
    """Fill the tape; whether the known commit was met."""
    total = _commit_count(shim, head) if on_progress is not ignore_progress else 0
    reader = TapeReader(tape, is_own_manifest, known_head.encode() or None)
    with tempfile.TemporaryFile() as errors:
        with shim.start([*HISTORY_ARGUMENTS, head, "--"], errors) as process:
            try:
                assert process.stdout is not None
                for piece in _pieces(process.stdout):
                    reader.feed(piece)
                    if reader.is_stopped:
                        break
                    commits = len(tape.commit_ids)
                    share = _SHARE_OF_READING * min(commits / max(total, 1), 1.0)
                    on_progress(share, f"reading the history: {commits:,} commits")
            except BaseException:
                process.kill()
                raise
            if reader.is_stopped:
                process.kill()
        if process.returncode and not reader.is_stopped:
            errors.seek(0)
            raise shim.failure(errors.read())
    reader.finish()
    return reader.is_stopped


def _pieces(pipe: IO[bytes]) -> Iterator[bytes]:
    """What comes through a pipe, waiting a little for a large one to fill.

    Reading every few kilobytes as git writes them costs both processes a tenth more.
    """
    pause_seconds = 0.0
    if sys.platform == "linux":
        with suppress(OSError):
            fcntl(pipe.fileno(), F_SETPIPE_SZ, _PIPE_BYTES)
            pause_seconds = _PAUSE_SECONDS
    while piece := os.read(pipe.fileno(), _PIECE_BYTES):
        yield piece
        if len(piece) < _PIECE_BYTES and pause_seconds:
            time.sleep(pause_seconds)


def _commit_count(shim: GitShim, head: str) -> int:
    return int(shim.output(["rev-list", "--count", "--first-parent", head, "--"]))


def _on_commit(first: int, commits: int, on_progress: OnProgress) -> Callable[[int], None]:
    """Tell of every hundredth commit carried through."""

    def tell(number: int) -> None:
        if number % 100 == 0:
            share = _SHARE_OF_READING + (1.0 - _SHARE_OF_READING) * (number - first) / commits
            on_progress(min(share, 1.0), "following lines")

    return tell
