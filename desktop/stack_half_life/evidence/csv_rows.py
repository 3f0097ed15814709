"""Reads a CSV table of somebody else's, row by row, saying where it stands."""

import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path

from stack_half_life.errors import EvidenceError
from stack_half_life.evidence.documents import decode, read_bytes


def csv_rows(
    path: Path, columns: Sequence[str], *, filled: Sequence[str]
) -> Iterator[tuple[str, dict[str, str]]]:
    """Each row with words on where it stands; other columns than those needed are kept.

    filled: columns that must not be empty.

    Raises:
        EvidenceError: naming file, line and column, where the table or a row is not as needed.
    """
    reader = csv.DictReader(io.StringIO(decode(read_bytes(path), str(path))), strict=True)
    count = 0
    try:
        missing = [column for column in columns if column not in (reader.fieldnames or ())]
        if missing:
            needed = f"; needed are {', '.join(columns)}" if len(missing) < len(columns) else ""
            raise EvidenceError(f"{path}: lacks the columns {', '.join(missing)}{needed}")
        for row in reader:
            count += 1
            where = f"{path}: line {reader.line_num}"
            if None in row or None in row.values():
                raise EvidenceError(f"{where}: has not as many fields as the header")
            if not all(row[column] for column in filled):
                raise EvidenceError(f"{where}: {' and '.join(filled)} must not be empty")
            yield where, row
    except csv.Error as error:
        raise EvidenceError(f"{path}: line {reader.line_num}: is not CSV ({error})") from None
    if not count:
        raise EvidenceError(f"{path}: has a header but no rows")
