"""Texts made safe for spreadsheets, which take some for formulas."""

from collections.abc import Iterable

_STEERING = ("=", "+", "-", "@", "\t", "\r")


def inert(text: str) -> str:
    """The text, with an apostrophe before it where a spreadsheet would take it for a formula."""
    return f"'{text}" if text.startswith(_STEERING) else text


def as_tsv(rows: Iterable[Iterable[str]]) -> str:
    """Rows as lines of tab-separated cells, each cell on one line and inert."""
    return "\n".join("\t".join(inert(" ".join(cell.split())) for cell in row) for row in rows)
