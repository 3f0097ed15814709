"""Aligned columns of plain text."""

from collections.abc import Sequence
from unicodedata import combining, east_asian_width


def table(header: Sequence[str], rows: Sequence[Sequence[str]], *, align: str) -> str:
    """Columns two spaces apart under a ruled header; align has one letter, l or r, per column."""
    lines = [[printable(cell) for cell in line] for line in (header, *rows)]
    widths = [max(width(line[k]) for line in lines) for k in range(len(header))]
    ruled = [lines[0], ["─" * size for size in widths], *lines[1:]]
    return "\n".join(_line(line, widths, align) for line in ruled)


def fields(pairs: Sequence[tuple[str, str]]) -> str:
    """Labels and values, the values aligned; further lines of a value are indented under it."""
    pairs = [(printable(label), value) for label, value in pairs]
    size = max(width(label) for label, _ in pairs)
    lines = []
    for label, value in pairs:
        first, *rest = (printable(line) for line in value.split("\n"))
        lines.append(f"{_padded(label, size, 'l')}  {first}".rstrip())
        lines += [" " * (size + 2) + line for line in rest]
    return "\n".join(lines)


def width(text: str) -> int:
    """How many columns a terminal gives to a text."""
    return sum(
        0 if combining(letter) else 2 if east_asian_width(letter) in "WF" else 1 for letter in text
    )


def printable(text: str) -> str:
    """The text on one line, with a mark for every character that could steer a terminal.

    Names come from files that others wrote.
    """
    one_line = " ".join(text.split())
    return "".join(letter if letter.isprintable() else "�" for letter in one_line)


def shortened(text: str, most: int) -> str:
    """The printable text, its end cut for an ellipsis where it is longer."""
    safe = printable(text)
    if width(safe) <= most:
        return safe
    while width(safe) > most - 1:
        safe = safe[:-1]
    return safe + "…"


def _line(cells: Sequence[str], widths: Sequence[int], align: str) -> str:
    padded = (
        _padded(cell, size, side) for cell, size, side in zip(cells, widths, align, strict=True)
    )
    return "  ".join(padded).rstrip()


def _padded(text: str, size: int, side: str) -> str:
    gap = " " * (size - width(text))
    return gap + text if side == "r" else text + gap
