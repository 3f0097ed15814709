"""The form of `data/`: sorted CSV files, one header row, blank for unknown."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from stack_half_life.domain.dates import PartialDate
from stack_half_life.domain.fact_tables import LIST_SEPARATOR
from stack_half_life.domain.facts import Evidence
from stack_half_life.errors import EvidenceError
from stack_half_life.files import reason, write_atomically

Cell = str | int | bool | date | PartialDate | None


def text_of(cell: Cell) -> str:
    """A cell as text: dates as ISO, yes and no as 1 and 0, unknown as blank."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "1" if cell else "0"
    return str(cell)


def evidence_cells(evidence: Evidence) -> tuple[Cell, ...]:
    """Source, day of reading, confidence and note."""
    return evidence.source, evidence.retrieved_on, evidence.confidence.value, evidence.note


def list_cell(texts: Iterable[str]) -> str:
    """Several texts in one cell."""
    return LIST_SEPARATOR.join(text.replace(LIST_SEPARATOR, "/") for text in texts)


def write_table(
    folder: Path, name: str, columns: Sequence[str], rows: Iterable[Sequence[Cell]]
) -> int:
    """Write one table whole or not at all; how many rows it has."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(columns)
    count = 0
    for row in rows:
        writer.writerow([text_of(cell) for cell in row])
        count += 1
    path = folder / name
    try:
        write_atomically(path, buffer.getvalue().encode("utf-8"))
    except OSError as problem:
        raise EvidenceError(f"{path}: cannot be written: {reason(problem)}") from None
    return count
