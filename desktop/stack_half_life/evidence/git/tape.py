"""The history of a repository as a compact tape: which lines each commit took out and put in.

Git writes its patches without context (`-p -U0`) beside its raw list of changed files. Every line
of content then begins with `+`, `-` or a backslash, so that a line that begins with `@@ `,
`diff --git `, `:`, `commit ` or `Binary files ` is never content, whatever a file says. One
regular expression picks those lines out; content is never looked at.

Commits come newest first, as git writes them fastest, and stand on the tape in that order.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

SKIPPED, ADDED, MODIFIED, DELETED, RENAMED = range(5)
"""What happened to a file; SKIPPED is what is no regular file: links and submodules."""

PATCH_ARGUMENTS = (
    "--format=commit %H %ct",
    "--raw",
    "--no-abbrev",
    "-p",
    "-U0",
    "-M",
    "--irreversible-delete",
    "--full-index",
    "--no-color",
    "--no-ext-diff",
    "--no-textconv",
    "--ignore-submodules=all",
    "--no-show-signature",
    "--no-notes",
)

HISTORY_ARGUMENTS = ("log", "--first-parent", "--diff-merges=first-parent", *PATCH_ARGUMENTS)

_TOKEN = re.compile(
    rb"\n(?:@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@"
    rb"|d(iff) --git |:(.*)|commit (.*)|B(inary) files )"
)
"""Each choice begins with a sign of its own, so that lines of content are passed over at once."""

_LONGEST_KEPT_TAIL = 1 << 16

_REGULAR = b"100"


@dataclass(slots=True)
class Tape:
    """Changes by commit, newest first; arrays are parallel.

    commit_ids: hexadecimal ids.  commit_seconds: committer times, -1 where unreadable.
    entry_ends: per commit, how many entries stand on the tape after it.
    kinds, paths, sources: per entry what happened, to which path, from which path (-1: none).
    hunk_starts: per entry, where its hunks begin; once the tape is whole, one more for its end.
    removed, positions, added: per hunk, lines taken out, where (0-based, in the file as it is
        once the hunks before have been done), lines put in.
    binary: entries of which one side is binary, with the stored ids (old, new).
    manifests: (commit's place on the tape, kind, path, source, new id) of watched paths.
    path_numbers: every path ever seen, and its number.  watched: numbers of watched paths.
    moves: of commits that renamed one file and brought another, place on the tape, first entry,
        and git's raw list.
    """

    commit_ids: list[bytes] = field(default_factory=list)
    commit_seconds: array[int] = field(default_factory=lambda: array("q"))
    entry_ends: array[int] = field(default_factory=lambda: array("q"))
    kinds: bytearray = field(default_factory=bytearray)
    paths: array[int] = field(default_factory=lambda: array("i"))
    sources: array[int] = field(default_factory=lambda: array("i"))
    hunk_starts: array[int] = field(default_factory=lambda: array("q"))
    removed: array[int] = field(default_factory=lambda: array("i"))
    positions: array[int] = field(default_factory=lambda: array("i"))
    added: array[int] = field(default_factory=lambda: array("i"))
    binary: dict[int, tuple[bytes, bytes]] = field(default_factory=dict)
    manifests: list[tuple[int, int, int, int, bytes]] = field(default_factory=list)
    path_numbers: dict[bytes, int] = field(default_factory=dict)
    watched: set[int] = field(default_factory=set)
    moves: list[tuple[int, int, list[bytes]]] = field(default_factory=list)

    def hunks(self, entry: int) -> Iterator[tuple[int, int, int]]:
        """The hunks of an entry: lines removed, where, lines added."""
        first = self.hunk_starts[entry]
        last = self.hunk_starts[entry + 1]
        return zip(
            self.removed[first:last],
            self.positions[first:last],
            self.added[first:last],
            strict=True,
        )


class TapeReader:
    """Puts git's output, fed in pieces, on a tape.

    is_watched: whether the history of a path (as git writes it) is kept under `manifests`.
    """

    def __init__(self, tape: Tape, is_watched: Callable[[bytes], bool] | None = None) -> None:
        self.tape = tape
        self._is_watched = is_watched
        self._tail = b"\n"
        self._raw: list[bytes] = []
        self._first_entry = 0
        self._count = _Counts({b"": 1})

    def feed(self, piece: bytes) -> None:
        """Take in the next bytes of git's output."""
        text = self._tail + piece
        cut = text.rfind(b"\n")
        self._tail = text[cut:]
        if len(self._tail) > _LONGEST_KEPT_TAIL and self._tail[1:2] in b"+-\\":
            self._tail = self._tail[:2]
        if cut > 0:
            self._read(text, cut)

    def finish(self) -> None:
        """Take in what is left and close the tape."""
        self._read(self._tail, len(self._tail))
        self._close_commit()
        self.tape.hunk_starts.append(len(self.tape.removed))

    def _read(self, text: bytes, end: int) -> None:
        tape = self.tape
        count = self._count
        add_removed, add_position = tape.removed.append, tape.positions.append
        add_added = tape.added.append
        for gone, start, new, diff, entry, commit, _ in _TOKEN.findall(text, 0, end):
            if start:
                added = count[new]
                add_removed(count[gone])
                add_position(int(start) - 1 if added else int(start))
                add_added(added)
            elif diff:
                tape.hunk_starts.append(len(tape.removed))
            elif entry:
                self._read_entry(entry)
            elif commit:
                self._close_commit()
                self._open_commit(commit)
            else:
                number = len(tape.hunk_starts) - 1
                _, _, old, identity, _ = raw_entry(self._raw[number - self._first_entry])
                tape.binary[number] = old, identity

    def _open_commit(self, text: bytes) -> None:
        identity, _, seconds = text.partition(b" ")
        tape = self.tape
        tape.commit_ids.append(identity)
        tape.commit_seconds.append(int(seconds) if seconds.isdigit() else -1)

    def _close_commit(self) -> None:
        tape = self.tape
        if len(tape.hunk_starts) != len(tape.kinds):
            raise RuntimeError("git listed other files than it wrote patches for")
        if tape.commit_ids:
            tape.entry_ends.append(len(tape.kinds))
        kinds = tape.kinds[self._first_entry :]
        if RENAMED in kinds and kinds.count(RENAMED) + kinds.count(ADDED) > 1:
            tape.moves.append((len(tape.commit_ids) - 1, self._first_entry, self._raw))
        self._first_entry = len(tape.kinds)
        self._raw = []

    def _read_entry(self, text: bytes) -> None:
        old_mode, new_mode, _, new, rest = raw_entry(text)
        status, _, path = rest.partition(b"\t")
        kind = _KINDS[status[:1]]
        source = -1
        if kind == RENAMED:
            before, _, path = path.partition(b"\t")
            source = self._number(before)
        number = self._number(path)
        if kind == _RETYPED:
            # Git writes the patch of such a change in two: the old thing goes, the new one comes.
            self._add(DELETED if old_mode.startswith(_REGULAR) else SKIPPED, number, -1, text, new)
            kind = ADDED
        is_regular = (old_mode if kind == DELETED else new_mode).startswith(_REGULAR)
        self._add(kind if is_regular else SKIPPED, number, source, text, new)

    def _add(self, kind: int, path: int, source: int, raw: bytes, new: bytes) -> None:
        tape = self.tape
        tape.kinds.append(kind)
        tape.paths.append(path)
        tape.sources.append(source)
        self._raw.append(raw)
        if kind and (path in tape.watched or source in tape.watched):
            tape.manifests.append((len(tape.commit_ids) - 1, kind, path, source, new))

    def _number(self, path: bytes) -> int:
        number = self.tape.path_numbers.get(path)
        if number is None:
            number = self.tape.path_numbers[path] = len(self.tape.path_numbers)
            if self._is_watched is not None and self._is_watched(path):
                self.tape.watched.add(number)
        return number


class _Counts(dict[bytes, int]):
    """Numbers by their digits; few are seen, and looking one up is cheaper than reading it."""

    def __missing__(self, digits: bytes) -> int:
        number = self[digits] = int(digits)
        return number


def raw_entry(line: bytes) -> list[bytes]:
    """Old mode, new mode, old id, new id, and status with paths, of a line of git's raw list."""
    return line.split(b" ", 4)


_RETYPED = 5

_KINDS = {b"A": ADDED, b"M": MODIFIED, b"D": DELETED, b"R": RENAMED, b"T": _RETYPED}
