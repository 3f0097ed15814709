"""Stored versions of files and other objects, read through git by object id."""

import tempfile
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from stack_half_life.evidence.git.binaries import Hunk
from stack_half_life.evidence.git.made_trees import MadeTrees, TreeFile
from stack_half_life.evidence.git.shim import GitShim
from stack_half_life.evidence.git.tree_changes import tree_changes

BINARY_PROBE_BYTES = 8000
"""Git calls a file binary where a NUL stands among its first 8,000 bytes."""

MAX_COMPARED_BYTES = 64 * 2**20
"""A version larger than this is not compared line by line with another one."""

Pair = tuple[bytes, bytes]
"""Object ids of two stored files: the old one and the new one."""

_PIECE_BYTES = 1 << 18
_FILE = b"file"


class GitVersions:
    """Objects of one repository, read as they are asked for.

    replaced: how many changes were taken as whole replacements, their versions being too large.
    """

    def __init__(self, shim: GitShim) -> None:
        self._shim = shim
        self.replaced = 0

    def changes(
        self, pairs: Sequence[Pair], most_bytes: int = MAX_COMPARED_BYTES
    ) -> list[list[Hunk]]:
        """The change between two stored files of each pair (old id, new id), all read as text.

        Where one of a pair has more than `most_bytes`, all lines of the old one go and all lines
        of the new one come.  Pairs are compared together up to as many bytes.
        """
        sizes = self.sizes({identity for pair in pairs for identity in pair})
        compared: dict[Pair, list[Hunk]] = {}
        for batch in _batches(dict.fromkeys(pairs), sizes, most_bytes):
            compared |= self._compared(batch)
        return [compared[pair] if pair in compared else self._replacement(*pair) for pair in pairs]

    def _compared(self, pairs: Sequence[Pair]) -> dict[Pair, list[Hunk]]:
        trees = MadeTrees(self._shim)
        asked = [(_tree_of(trees, old), _tree_of(trees, new)) for old, new in pairs]
        tape = tree_changes(trees, asked, {}, "--text")
        return {pair: list(tape.hunks(place)) for place, pair in enumerate(pairs)}

    def _replacement(self, old: bytes, new: bytes) -> list[Hunk]:
        if old == new:
            return []
        self.replaced += 1
        return [(self.lines(old), 0, self.lines(new))]

    def lines(self, version: bytes) -> int:
        """How many lines a stored file has; a last one without an end counts."""
        count = 0
        last = b"\n"
        with tempfile.TemporaryFile() as errors:
            command = ["cat-file", "blob", version.decode()]
            with self._shim.start(command, errors) as process:
                assert process.stdout is not None
                while piece := process.stdout.read(_PIECE_BYTES):
                    count += piece.count(b"\n")
                    last = piece[-1:]
            if process.returncode:
                errors.seek(0)
                raise self._shim.failure(errors.read())
        return count + (last != b"\n")

    def text_among(self, versions: Sequence[bytes]) -> set[bytes]:
        """Those stored files that git calls text."""
        return {
            version
            for version, _, content in self.contents(versions, limit=BINARY_PROBE_BYTES)
            if b"\0" not in content
        }

    def sizes(self, identities: Collection[bytes]) -> dict[bytes, int]:
        """How many bytes each object has."""
        if not identities:
            return {}
        told = self._shim.output(
            ["cat-file", "--batch-check=%(objectname) %(objectsize)"],
            b"\n".join(identities) + b"\n",
        )
        return {
            identity: int(size)
            for identity, _, size in (line.partition(b" ") for line in told.splitlines())
            if size.isdigit()
        }

    def contents(
        self, identities: Sequence[bytes], limit: int
    ) -> Iterator[tuple[bytes, bytes, bytes]]:
        """(id, type, at most `limit` bytes of content) of objects; missing ones are passed over.

        identities: ids, or what git resolves to one, such as `<id>^{commit}`; given back so.
        """
        wanted = list(dict.fromkeys(identities))
        if not wanted:
            return
        with tempfile.TemporaryFile() as asked, tempfile.TemporaryFile() as errors:
            asked.write(b"\n".join(wanted) + b"\n")
            asked.seek(0)
            with self._shim.start(
                ["cat-file", "--batch", "--buffer"], errors, given=asked
            ) as process:
                pipe = process.stdout
                assert pipe is not None
                for identity in wanted:
                    header = pipe.readline().split()
                    if len(header) != 3:
                        continue
                    left = int(header[2]) + 1
                    content = pipe.read(min(left, limit + 1))
                    left -= len(content)
                    while left:
                        passed = len(pipe.read(min(left, 1 << 16)))
                        if not passed:
                            break
                        left -= passed
                    yield identity, header[1], content[: min(limit, int(header[2]))]


def _batches(
    pairs: Iterable[Pair], sizes: Mapping[bytes, int], most_bytes: int
) -> Iterator[list[Pair]]:
    """Pairs of versions to be compared together; those that are the same or too large left out."""
    batch: list[Pair] = []
    total = 0
    for pair in pairs:
        old, new = (sizes.get(one, 0) for one in pair)
        if pair[0] == pair[1] or max(old, new) > most_bytes:
            continue
        if batch and total + old + new > most_bytes:
            yield batch
            batch, total = [], 0
        batch.append(pair)
        total += old + new
    if batch:
        yield batch


def _tree_of(trees: MadeTrees, version: bytes) -> bytes:
    return trees.add([TreeFile(b"100644", version, _FILE)])
