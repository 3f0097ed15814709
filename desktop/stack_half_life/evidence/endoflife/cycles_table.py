"""Reads tables of release cycles: one CSV row per cycle, as known once or at several dates."""

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from stack_half_life.domain.dates import PartialDate
from stack_half_life.domain.facts import Confidence, Evidence, ReleaseCycle, SupportState
from stack_half_life.domain.histories import ProductHistory
from stack_half_life.errors import EvidenceError
from stack_half_life.evidence.csv_rows import csv_rows
from stack_half_life.paths import as_text

CYCLE_COLUMNS = ("product", "cycle", "release_date", "eol_date", "eol_flag", "lts")
VINTAGE_COLUMNS = ("vintage", *CYCLE_COLUMNS)
_FILLED = ("product", "cycle")

NEWEST = "head"

_FLAGS = {"true": True, "false": False, "": None}


def read_cycles_table(path: Path, today: date) -> tuple[ProductHistory, ...]:
    """Products from a table with at least `CYCLE_COLUMNS`; `category` is kept where it is there.

    Raises:
        EvidenceError: naming file, row and column, where something is missing or no date.
    """
    cycles: dict[str, list[ReleaseCycle]] = {}
    categories: dict[str, str] = {}
    evidence = Evidence(
        source=as_text(Path(path.name)), retrieved_on=today, confidence=Confidence.MEDIUM
    )
    for where, row in csv_rows(path, CYCLE_COLUMNS, filled=_FILLED):
        product = row["product"]
        cycles.setdefault(product, []).append(_cycle(where, row, evidence))
        categories.setdefault(product, row.get("category") or "")
    return tuple(
        ProductHistory(product=product, category=categories[product], cycles=tuple(of_product))
        for product, of_product in cycles.items()
    )


def with_vintages(
    histories: Sequence[ProductHistory], path: Path, today: date
) -> tuple[ProductHistory, ...]:
    """The products with what a table with at least `VINTAGE_COLUMNS` says was known when.

    `vintage` is a year (its 1 January), a day, or `head` for the newest listing, which is left out
    like products that the cycles table does not have.  `pid`, where there, names the product as
    the cycles table does.

    Raises:
        EvidenceError: as for the cycles table, or where the two tables share no product.
    """
    wanted = {history.product for history in histories}
    known: dict[str, dict[date, list[ReleaseCycle]]] = {}
    evidence = Evidence(
        source=as_text(Path(path.name)), retrieved_on=today, confidence=Confidence.MEDIUM
    )
    for where, row in csv_rows(path, VINTAGE_COLUMNS, filled=_FILLED):
        product = row.get("pid") or row["product"]
        if product in wanted and row["vintage"] != NEWEST:
            day = _vintage(where, row["vintage"])
            of_product = known.setdefault(product, {})
            of_product.setdefault(day, []).append(_cycle(where, row, evidence))
    if not known:
        raise EvidenceError(f"{path}: has none of the products of the cycles table")
    return tuple(
        history.model_copy(
            update={
                "known_on": {
                    day: tuple(cycles) for day, cycles in known.get(history.product, {}).items()
                }
            }
        )
        for history in histories
    )


def _evidence(path: Path, today: date) -> Evidence:
    name = as_text(Path(path.name))
    return Evidence(source=name, retrieved_on=today, confidence=Confidence.MEDIUM)


def _cycle(where: str, row: dict[str, str], evidence: Evidence) -> ReleaseCycle:
    ends_on = _date(where, row, "eol_date")
    return ReleaseCycle(
        cycle=row["cycle"],
        released_on=_date(where, row, "release_date"),
        support_ends_on=ends_on,
        support=_support(where, row["eol_flag"], ends_on),
        is_lts=row["lts"].casefold() not in ("", "false"),
        evidence=evidence,
    )


def _support(where: str, flag: str, ends_on: PartialDate | None) -> SupportState:
    if ends_on is not None:
        return SupportState.DATED
    if flag.casefold() not in _FLAGS:
        raise EvidenceError(f"{where}: eol_flag: “{flag[:40]}” is not True, False or empty")
    ended = _FLAGS[flag.casefold()]
    if ended is None:
        return SupportState.UNKNOWN
    return SupportState.ENDED_DATE_UNKNOWN if ended else SupportState.SUPPORTED


def _date(where: str, row: dict[str, str], column: str) -> PartialDate | None:
    text = row[column].strip()
    if not text:
        return None
    try:
        return PartialDate(text)
    except ValueError as error:
        raise EvidenceError(f"{where}: {column}: {error}") from None


def _vintage(where: str, text: str) -> date:
    try:
        return PartialDate(text.strip()).earliest
    except ValueError as error:
        raise EvidenceError(f"{where}: vintage: {error}") from None


def last_day_known(histories: Iterable[ProductHistory], today: date) -> date:
    """The newest release up to today: until then, at least, the data reach.

    Raises:
        EvidenceError: where no cycle has a release date up to today.
    """
    days = [
        cycle.released_on.latest
        for history in histories
        for cycle in history.cycles
        if cycle.released_on is not None and cycle.released_on.latest <= today
    ]
    if not days:
        raise EvidenceError("no release cycle has a release date up to today")
    return max(days)
