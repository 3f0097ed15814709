"""Reading the shipped fact tables row by row."""

import csv
from collections.abc import Iterator
from pathlib import Path


def table_rows(path: Path) -> Iterator[dict[str, str]]:
    """The rows of a table by their columns; OSError, ValueError or csv.Error where it is broken."""
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
