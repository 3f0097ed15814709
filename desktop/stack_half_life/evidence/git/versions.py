"""Stored versions of files and other objects, read through git by object id."""

import re
import tempfile
from collections.abc import Collection, Iterator, Sequence

from stack_half_life.evidence.git.binaries import Hunk
from stack_half_life.evidence.git.shim import GitShim

BINARY_PROBE_BYTES = 8000
"""Git calls a file binary where a NUL stands among its first 8,000 bytes."""

_HUNK = re.compile(rb"^@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@", re.MULTILINE)


class GitVersions:
    """Objects of one repository, read as they are asked for."""

    def __init__(self, shim: GitShim) -> None:
        self._shim = shim

    def hunks(self, old: bytes, new: bytes) -> Sequence[Hunk]:
        """The change between two stored files, both read as text."""
        if old == new:
            return ()
        patch = self._shim.output(
            ["diff", "--text", "-U0", "--no-ext-diff", "--no-textconv", old.decode(), new.decode()]
        )
        return [parse_hunk(*match) for match in _HUNK.findall(patch)]

    def lines(self, version: bytes) -> int:
        """How many lines a stored file has; a last one without an end counts."""
        content = self._shim.output(["cat-file", "blob", version.decode()])
        return content.count(b"\n") + (content[-1:] not in {b"", b"\n"})

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


def parse_hunk(removed: bytes, start: bytes, added: bytes) -> Hunk:
    """A hunk header's figures as a hunk; a missing count is 1."""
    count = int(added) if added else 1
    return int(removed) if removed else 1, int(start) - 1 if count else int(start), count
