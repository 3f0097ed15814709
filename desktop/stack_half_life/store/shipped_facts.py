"""The shipped fact tables as rows, and the hash that tells one edition from another."""

import csv
import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from stack_half_life.errors import CacheError

TABLES = (
    "sources.csv",
    "technologies.csv",
    "cycles.csv",
    "releases.csv",
    "ends.csv",
    "repositories.csv",
    "tenure_repositories.csv",
    "tenures.csv",
    "package_layers.csv",
)

_SEEDED_FORM = b"2"
"""Changes when the same tables are to be seeded differently, so that caches are rebuilt."""


@dataclass(frozen=True, slots=True)
class ShippedFacts:
    """The fact tables' bytes and their common hash."""

    folder: Path
    content: dict[str, bytes]
    data_hash: str

    def rows(self, name: str) -> Iterator[list[str]]:
        """The rows of one table without its header row."""
        reader = csv.reader(io.StringIO(self.content[name].decode("utf-8"), newline=""))
        next(reader, None)
        return reader

    def columns(self, name: str) -> list[str]:
        """The header row of one table."""
        return self.content[name].split(b"\n", 1)[0].decode("utf-8").split(",")


def read_shipped_facts(folder: Path) -> ShippedFacts:
    """Read the fact tables of a folder.

    Raises:
        CacheError: where one is missing or cannot be read.
    """
    content: dict[str, bytes] = {}
    digest = hashlib.sha256(_SEEDED_FORM)
    for name in TABLES:
        try:
            content[name] = (folder / name).read_bytes()
        except OSError as problem:
            raise CacheError(
                f"{folder / name}: the shipped facts cannot be read ({problem.strerror})"
            ) from None
        digest.update(name.encode() + b"\0" + content[name])
    return ShippedFacts(folder, content, digest.hexdigest()[:16])
