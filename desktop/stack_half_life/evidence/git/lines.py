"""The birth commit of every line, carried through a history of changes."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from stack_half_life.evidence.git.binaries import BinaryFile, StoredVersions, apply_hunks
from stack_half_life.evidence.git.origins import Origin
from stack_half_life.evidence.git.tape import ADDED, DELETED, RENAMED, Tape

Lines: TypeAlias = "array[int]"
"""The birth commit of each line of a file, by number, the oldest commit being 0; shape (lines,)."""

File: TypeAlias = "Lines | tuple[int, int] | BinaryFile | None"
"""No file (or an empty one), (birth, lines) where all lines have one birth, their births
otherwise, or a file that is binary for now.
"""


@dataclass(slots=True)
class LineHistory:
    """Where every line of every text file was born, and when those that are gone died.

    files: by path number.
    born, died, lines: lines gone, by commit of birth and of death; parallel.
    gone_binaries: files that went while binary, and when, until they are settled.
    hidden: (birth, commit, lines) of lines whose file turned binary then and stayed so.
    commits: how many commits have been taken in.
    """

    files: list[File] = field(default_factory=list)
    born: array[int] = field(default_factory=lambda: array("i"))
    died: array[int] = field(default_factory=lambda: array("i"))
    lines: array[int] = field(default_factory=lambda: array("i"))
    gone_binaries: list[tuple[BinaryFile, int]] = field(default_factory=list)
    hidden: list[tuple[int, int, int]] = field(default_factory=list)
    commits: int = 0

    def take_in(
        self,
        tape: Tape,
        origins: Mapping[int, Origin],
        versions: StoredVersions,
        on_commit: Callable[[int], None],
    ) -> None:
        """Carry the lines through the commits of a tape, oldest first.

        origins: of new files whose origin is another than the tape says, by entry.
        versions: for files that are binary in some versions and text in others.
        on_commit: called with each commit's number.
        """
        self.files.extend([None] * (len(tape.path_numbers) - len(self.files)))
        for place in range(len(tape.commit_ids) - 1, -1, -1):
            first = tape.entry_ends[place - 1] if place else 0
            last = tape.entry_ends[place]
            if first < last:
                adopted = self._adopted(range(first, last), tape, origins) if origins else {}
                self._take_commit(range(first, last), tape, adopted, versions)
            on_commit(self.commits)
            self.commits += 1

    def _adopted(
        self, entries: Iterable[int], tape: Tape, origins: Mapping[int, Origin]
    ) -> dict[int, Lines]:
        """The births of new files' lines, where their origin is another than the tape says."""
        adopted = {}
        for entry in entries:
            origin = origins.get(entry)
            if origin is not None and entry not in tape.binary:
                file = self.files[origin.source]
                if not isinstance(file, BinaryFile):
                    adopted[entry] = _births(file)[:]
                    apply_hunks(adopted[entry], origin.hunks, self.commits)
        return adopted

    def _take_commit(
        self,
        entries: Iterable[int],
        tape: Tape,
        adopted: Mapping[int, Lines],
        versions: StoredVersions,
    ) -> None:
        commit = self.commits
        gone = array("i")
        files = self.files
        kinds, paths, sources, starts = tape.kinds, tape.paths, tape.sources, tape.hunk_starts
        for entry in entries:
            kind = kinds[entry]
            if not kind:
                continue
            path = paths[entry]
            if kind == DELETED:
                gone += self._taken_away(path)
                continue
            if entry in adopted:
                if kind == RENAMED:
                    gone += self._taken_away(sources[entry])
                files[path] = adopted[entry]
                continue
            if kind == RENAMED:
                files[path], files[sources[entry]] = files[sources[entry]], None
            if entry in tape.binary:
                identities = None if kind == ADDED else tape.binary[entry]
                files[path] = self._turned_binary(files[path], commit, identities)
            elif starts[entry] == starts[entry + 1]:
                continue
            elif kind == ADDED:
                files[path] = (commit, tape.added[starts[entry]])
            else:
                lines = files[path] = self._spread(files[path], versions)
                gone += apply_hunks(lines, tape.hunks(entry), commit)
        if gone:
            dead = Counter(gone)
            for lines in adopted.values():
                dead -= Counter(lines)
            self._count(dead, commit)

    def births(self) -> Iterator[Lines | None]:
        """Births of the lines of every path, by number; None where no text file stands there."""
        for file in self.files:
            yield None if file is None or isinstance(file, BinaryFile) else _births(file)

    def alive(self) -> Iterator[tuple[int, int]]:
        """(birth commit, lines) of what stands in the newest commit's text files."""
        total: Counter[int] = Counter()
        for file in self.files:
            if isinstance(file, tuple):
                total[file[0]] += file[1]
            elif isinstance(file, array):
                total.update(file)
        yield from sorted(total.items())

    def settle(self, versions: StoredVersions) -> None:
        """Find out which files, binary at their last change, were text after it."""
        standing = [
            (number, file)
            for number, file in enumerate(self.files)
            if isinstance(file, BinaryFile) and file.steps
        ]
        doubtful = [*(file for _, file in standing), *(file for file, _ in self.gone_binaries)]
        text = versions.text_among([file.steps[-1][2] for file in doubtful])
        for number, file in standing:
            if file.steps[-1][2] in text:
                self.files[number] = self._spread(file, versions)
        for file, commit in self.gone_binaries:
            if file.steps[-1][2] in text:
                self._count(Counter(self._spread(file, versions)), commit)
            else:
                self.hidden.extend(file.hidden())
        self.gone_binaries.clear()

    def unseen(self) -> Iterator[tuple[int, int, int]]:
        """(birth, commit, lines) of lines last seen when their file turned binary at a commit."""
        yield from self.hidden
        for file in self.files:
            if isinstance(file, BinaryFile):
                yield from file.hidden()

    def _turned_binary(
        self, file: File, commit: int, identities: tuple[bytes, bytes] | None
    ) -> BinaryFile:
        if identities is None:
            return BinaryFile(None, commit)
        if not isinstance(file, BinaryFile):
            file = BinaryFile(_births(file), commit)
        file.steps.append((commit, *identities))
        return file

    def _spread(self, file: File, versions: StoredVersions) -> Lines:
        if not isinstance(file, BinaryFile):
            return _births(file)
        births, deaths = file.as_text(versions)
        for commit, gone in deaths:
            self._count(Counter(gone), commit)
        return births

    def _taken_away(self, path: int) -> Lines:
        """The births of a file's lines as it goes; of a binary one that is settled later."""
        file, self.files[path] = self.files[path], None
        if not isinstance(file, BinaryFile):
            return _births(file)
        if file.steps:
            self.gone_binaries.append((file, self.commits))
        return array("i")

    def _count(self, gone: Counter[int], commit: int) -> None:
        self.born.extend(gone.keys())
        self.lines.extend(gone.values())
        self.died.extend(array("i", [commit]) * len(gone))


def _births(file: Lines | tuple[int, int] | None) -> Lines:
    if isinstance(file, tuple):
        return array("i", [file[0]]) * file[1]
    return array("i") if file is None else file
