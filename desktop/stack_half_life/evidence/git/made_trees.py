"""Made-up trees of stored files, written beside the shim and never to the foreign repository."""

import hashlib
import struct
import zlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path

from stack_half_life.evidence.git.paths import path_bytes
from stack_half_life.evidence.git.shim import GitShim

_TREE = 2


@dataclass(frozen=True, slots=True, eq=False)
class TreeFile:
    """A stored file at a path, as git writes them: mode, hexadecimal id, path.

    name: the last part of the path.

    Each is equal to itself only, which makes large companies of them cheap to look up.
    """

    mode: bytes
    identity: bytes
    path: bytes
    name: bytes = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "name", self.path.rpartition(b"/")[2].rstrip(b'"'))


class MadeTrees:
    """Trees to compare; `store` hands them to git all at once, as one pack.

    A tree holds whole paths as names, slashes and all: git compares such trees as it compares
    others, and one object does for any number of folders.
    """

    def __init__(self, shim: GitShim) -> None:
        self.shim = shim.with_own_objects()
        self._trees: dict[bytes, bytes] = {}
        self._known: dict[tuple[TreeFile, ...], bytes] = {}

    def add(self, files: Sequence[TreeFile]) -> bytes:
        """The id of a tree with these files."""
        key = tuple(files)
        identity = self._known.get(key)
        if identity is None:
            named = sorted((path_bytes(file.path), file) for file in key)
            content = b"".join(
                b"%s %s\0%s" % (file.mode, path, bytes.fromhex(file.identity.decode()))
                for path, file in named
            )
            digest = _digest(len(key[0].identity), b"tree %d\0%s" % (len(content), content))
            identity = self._known[key] = digest.hex().encode()
            self._trees[identity] = content
        return identity

    def store(self) -> None:
        """Give the trees to git."""
        if not self._trees:
            return
        id_length = len(next(iter(self._trees)))
        pack = bytearray(struct.pack(">4sII", b"PACK", 2, len(self._trees)))
        places = []
        for identity, content in self._trees.items():
            entry = _entry_header(len(content)) + zlib.compress(content, 0)
            places.append((bytes.fromhex(identity.decode()), zlib.crc32(entry), len(pack)))
            pack += entry
        checksum = _digest(id_length, bytes(pack))
        folder = Path(self.shim.environment["GIT_OBJECT_DIRECTORY"]) / "pack"
        folder.mkdir(exist_ok=True)
        name = f"pack-{checksum.hex()}"
        (folder / f"{name}.pack").write_bytes(pack + checksum)
        (folder / f"{name}.idx").write_bytes(_index(sorted(places), checksum, id_length))


def _index(places: Sequence[tuple[bytes, int, int]], checksum: bytes, id_length: int) -> bytes:
    """A pack's index (version 2): how many ids begin so, ids, checksums and places."""
    identities, checksums, offsets = zip(*places, strict=True)
    begin = Counter(identity[0] for identity in identities)
    count = len(places)
    index = struct.pack(
        f">4sI256I{count * len(checksum)}s{2 * count}I",
        b"\xfftOc",
        2,
        *accumulate(begin[byte] for byte in range(256)),
        b"".join(identities),
        *checksums,
        *offsets,
    )
    index += checksum
    return index + _digest(id_length, index)


def _digest(id_length: int, content: bytes) -> bytes:
    """The hash that object ids of that many hexadecimal digits are made with."""
    name = "sha256" if id_length == 64 else "sha1"
    return hashlib.new(name, content, usedforsecurity=False).digest()


def _entry_header(size: int) -> bytes:
    """Kind and size of a tree in a pack: four bits of the size, then seven at a time."""
    part, size = _TREE << 4 | size & 15, size >> 4
    header = bytearray()
    while size:
        header.append(part | 128)
        part, size = size & 127, size >> 7
    header.append(part)
    return bytes(header)
