"""Reading the collected facts: CSV files with the columns that each importer needs."""

import csv
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from stack_half_life.domain.dates import PartialDate
from stack_half_life.errors import EvidenceError

Row = dict[str, str]

COLLECTED_ON = date(2026, 11, 23)
"""When the facts were collected, where a file does not say otherwise."""

ENDOFLIFE_KNOWN_ON = date(2026, 8, 22)
"""As of when the release cycles of endoflife.date are known."""


def read_facts(folder: Path, name: str, columns: Sequence[str]) -> list[Row]:
    """The rows of one facts file.

    Raises:
        EvidenceError: where the file is missing, is not text, or lacks a column.
    """
    path = folder / name
    try:
        with path.open(newline="", encoding="utf-8") as lines:
            reader = csv.DictReader(lines)
            missing = [column for column in columns if column not in (reader.fieldnames or ())]
            if missing:
                raise EvidenceError(f"{path}: column {missing[0]} is missing")
            rows = [{key: value or "" for key, value in row.items() if key} for row in reader]
    except FileNotFoundError:
        raise EvidenceError(f"{folder}: this folder has no {name}") from None
    except (OSError, UnicodeDecodeError, csv.Error) as problem:
        raise EvidenceError(f"{path}: cannot be read as CSV text ({problem})") from None
    return rows


def partial_date(text: str, where: str) -> PartialDate | None:
    """A date of the facts, None where blank; EvidenceError names the row otherwise."""
    if not text:
        return None
    try:
        return PartialDate(text)
    except ValueError as problem:
        raise EvidenceError(f"{where}: {problem}") from None


def day(text: str, where: str) -> date:
    """A full date of the facts."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise EvidenceError(f"{where}: “{text[:40]}” is not a date: YYYY-MM-DD is needed") from None
