"""Files that git calls binary in some versions and text in others.

Git writes no patch where one side is binary (a NUL among the first 8,000 bytes). `git blame`
looks at such versions as text all the same, so births stay exact only if the missing patches are
made up for; that is done when a file turns out to be text again, and only then.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

Hunk = tuple[int, int, int]
"""Lines removed, where (0-based, in the file as it is once the hunks before are done), added."""


class StoredVersions(Protocol):
    """Stored versions of files, by object id."""

    def changes(self, pairs: Sequence[tuple[bytes, bytes]]) -> Sequence[Sequence[Hunk]]:
        """The change from one version to another of each pair, both read as text."""

    def lines(self, version: bytes) -> int:
        """How many lines a version has, read as text."""

    def text_among(self, versions: Sequence[bytes]) -> set[bytes]:
        """Those versions that git calls text."""


@dataclass(slots=True)
class BinaryFile:
    """A file that is binary for now.

    before: births of its lines when it last was text; None where it was added as binary.
    since: the commit that made it binary.
    steps: versions from then on, (commit, old id, new id).
    """

    before: array[int] | None
    since: int
    steps: list[tuple[int, bytes, bytes]] = field(default_factory=list)

    def hidden(self) -> Iterator[tuple[int, int, int]]:
        """(birth, commit, lines) of the lines that were last seen when it turned binary."""
        for birth, lines in Counter(self.before or ()).items():
            yield birth, self.since, lines

    def as_text(self, versions: StoredVersions) -> tuple[array[int], list[tuple[int, array[int]]]]:
        """Births of the newest version's lines, and (commit, births) of lines gone on the way."""
        if self.before is not None:
            births = self.before
        else:
            births = array("i", [self.since]) * versions.lines(self.steps[0][1])
        deaths = []
        changes = versions.changes([(old, new) for _, old, new in self.steps])
        for (commit, _, _), hunks in zip(self.steps, changes, strict=True):
            gone = apply_hunks(births, hunks, commit)
            if gone:
                deaths.append((commit, gone))
        return births, deaths


def apply_hunks(births: array[int], hunks: Iterable[Hunk], commit: int) -> array[int]:
    """Change a file's births in place; what is returned are the births of the lines gone."""
    one = array("i", [commit])
    gone = array("i")
    for removed, at, added in hunks:
        if removed:
            until = at + removed
            gone += births[at:until]
            births[at:until] = one * added
        else:
            births[at:at] = one * added
    return gone
