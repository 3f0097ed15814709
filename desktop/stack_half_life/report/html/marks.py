"""Figures with the mark that says what kind of number they are."""

from dataclasses import dataclass

from stack_half_life.domain.facts import ProvenanceClass

FACT, ESTIMATE, ASSUMPTION = (
    ProvenanceClass.FACT,
    ProvenanceClass.ESTIMATE,
    ProvenanceClass.ASSUMPTION,
)

MEANINGS = {
    FACT: "read in a source, on a date",
    ESTIMATE: "worked out by the model from facts and assumptions",
    ASSUMPTION: "set by a person or by default, backed by no evidence",
}


@dataclass(frozen=True, slots=True)
class Marked:
    """A text to show, what kind of number it holds (None: no number), and more on hovering."""

    text: str
    mark: ProvenanceClass | None = None
    more: str = ""


def fact(text: str, more: str = "") -> Marked:
    """A figure read in a source."""
    return Marked(text, FACT, more)


def estimate(text: str, more: str = "") -> Marked:
    """A figure the model worked out."""
    return Marked(text, ESTIMATE, more)


def assumption(text: str, more: str = "") -> Marked:
    """A figure somebody set."""
    return Marked(text, ASSUMPTION, more)


def plain(text: str, more: str = "") -> Marked:
    """Words that are no figure."""
    return Marked(text, None, more)


@dataclass(frozen=True, slots=True)
class Column:
    """A column's head; its mark holds for every figure in it that has none of its own."""

    title: str
    mark: ProvenanceClass | None = None
    is_figure: bool = True
    more: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table to show; a row's first cell is its head."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Marked, ...], ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """A headline figure: what it is, the figure, how sure, and what it assumes."""

    label: str
    figure: Marked
    details: tuple[Marked, ...] = ()
    unit: str = ""
