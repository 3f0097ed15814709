"""One pass over a repository's first-parent history."""

import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import IO, NamedTuple

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

COMMITS_AT_ONCE = 5000
"""How many commits at most are read between two checkpoints, unless told otherwise."""

_SMALL_BYTES = 64 * 2**20
"""A repository with smaller packs takes few seconds and needs no checkpoints."""


@dataclass(slots=True)
class History:
    """All that a pass over the history keeps; a later pass goes on from there.

    shallow: commits where a shallow clone ends.
    head: the newest commit taken in; blank where there is none yet.
    path_numbers: every path ever seen, as git writes it, and its number.
    missing_versions: of files, that a partial clone lacks.
    replaced_versions: changes of files too large to compare, taken as whole replacements.
    seconds: reported commit times, oldest first, -1 where unreadable.
    """

    shallow: tuple[str, ...] = ()
    head: str = ""
    missing_versions: int = 0
    replaced_versions: int = 0
    path_numbers: dict[bytes, int] = field(default_factory=dict)
    seconds: list[int] = field(default_factory=list)
    lines: LineHistory = field(default_factory=LineHistory)
    manifests: ManifestHistory = field(default_factory=ManifestHistory)


OnCheckpoint = Callable[[History], None]


def ignore_checkpoint(history: History) -> None:
    """Keep nothing of a history that is not whole."""
    del history


def read_history(
    shim: GitShim,
    head: str,
    known: History,
    on_progress: OnProgress = ignore_progress,
    on_checkpoint: OnCheckpoint = ignore_checkpoint,
    *,
    commits_at_once: int = COMMITS_AT_ONCE,
) -> History:
    """The history up to a commit, going on from a known one where that leads there.

    A long one is read in stretches of `commits_at_once`, oldest first; after each but the last
    `on_checkpoint` gets the history so far, from which a later pass may go on.

    Raises:
        EvidenceError: where git cannot read it.
    """
    is_told = on_progress is not ignore_progress
    if not known.head and not is_told and shim.packed_bytes() < _SMALL_BYTES:
        ends, commits = [head], 0
    else:
        ends, commits, is_joined = _stretches(shim, head, known.head, commits_at_once)
        if known.head and not is_joined:
            afresh = History(known.shallow)
            return read_history(
                shim, head, afresh, on_progress, on_checkpoint, commits_at_once=commits_at_once
            )
    history = known
    done = 0
    for end in ends:
        done += _read_stretch(shim, end, history, _Part(done, commits, on_progress))
        if end != head:
            on_checkpoint(history)
    return history


def _stretches(
    shim: GitShim, head: str, known_head: str, commits_at_once: int
) -> tuple[list[str], int, bool]:
    """Last commits of stretches, oldest first, how many commits, and whether the known was met."""
    ends: list[str] = []
    commits = 0
    is_joined = False
    with tempfile.TemporaryFile() as errors:
        with shim.start(["rev-list", "--first-parent", head, "--"], errors) as process:
            assert process.stdout is not None
            for line in process.stdout:
                commit = line.decode().strip()
                if commit == known_head:
                    is_joined = True
                    process.kill()
                    break
                if commits % commits_at_once == 0:
                    ends.append(commit)
                commits += 1
        if process.returncode and not is_joined:
            errors.seek(0)
            raise shim.failure(errors.read())
    return ends[::-1], commits, is_joined


class _Part(NamedTuple):
    """Which part of the whole a stretch is: commits before it and in all, for telling progress."""

    before: int
    total: int
    on_progress: OnProgress

    def tell(self, commits: float, text: str) -> None:
        """Tell how far it is, `commits` of the stretch being done."""
        self.on_progress(min((self.before + commits) / max(self.total, 1), 1.0), text)

    def following(self, first: int, commits: int) -> Callable[[int], None]:
        """What tells of every hundredth commit carried through, `first` being the oldest's."""

        def tell(number: int) -> None:
            if number % 100 == 0:
                followed = (1.0 - _SHARE_OF_READING) * (number - first)
                self.tell(_SHARE_OF_READING * commits + followed, "following lines")

        return tell


def _read_stretch(shim: GitShim, end: str, history: History, part: _Part) -> int:
    """Take in what lies between the history's head and a later commit; how many commits it is."""
    versions = GitVersions(shim)
    tape = Tape(path_numbers=history.path_numbers)
    tape.watched.update(n for path, n in tape.path_numbers.items() if is_own_manifest(path))
    _read_tape(shim, [end, *(f"^{commit}" for commit in [history.head] if commit)], tape, part)
    first, commits = len(history.seconds), len(tape.commit_ids)
    origins = find_origins(tape, shim)
    history.lines.take_in(tape, origins, versions, part.following(first, commits))
    history.lines.settle(versions)
    history.replaced_versions += versions.replaced
    history.manifests.take_in(tape, first, versions)
    history.seconds.extend(reversed(tape.commit_seconds))
    history.head = end
    return commits


def _read_tape(shim: GitShim, commits: Sequence[str], tape: Tape, part: _Part) -> None:
    reader = TapeReader(tape, is_own_manifest)
    with tempfile.TemporaryFile() as errors:
        with shim.start([*HISTORY_ARGUMENTS, *commits, "--"], errors) as process:
            try:
                assert process.stdout is not None
                for piece in _pieces(process.stdout):
                    reader.feed(piece)
                    read = len(tape.commit_ids)
                    part.tell(
                        _SHARE_OF_READING * read,
                        f"reading the history: {part.before + read:,} commits",
                    )
            except BaseException:
                process.kill()
                raise
        if process.returncode:
            errors.seek(0)
            raise shim.failure(errors.read())
    reader.finish()


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
