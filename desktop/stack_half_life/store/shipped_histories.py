"""The shipped release cycles as histories: what backtest and refitting learn from."""

import csv
import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from stack_half_life.domain.dates import PartialDate
from stack_half_life.domain.fact_tables import ENDOFLIFE, UNLISTED
from stack_half_life.domain.facts import Confidence, Evidence, ReleaseCycle, SupportState
from stack_half_life.domain.histories import ProductHistory
from stack_half_life.domain.layers import Layer
from stack_half_life.errors import CacheError
from stack_half_life.paths import DATA
from stack_half_life.store.shipped_tables import table_rows

_TABLES = ("technologies.csv", "cycles.csv", "vintages.csv")


def shipped_technologies(folder: Path = DATA) -> tuple[ProductHistory, ...]:
    """Every shipped technology with release cycles of any source; its category is its layer.

    Raises:
        CacheError: where a shipped table is missing or broken.
    """
    with _readable(folder):
        layers = {row["key"]: row["layer"] for row in table_rows(folder / _TABLES[0])}
        cycles: dict[str, list[ReleaseCycle]] = defaultdict(list)
        for row in table_rows(folder / _TABLES[1]):
            breaks = {"1": True, "0": False}.get(row["is_breaking"])
            cycle = _cycle(row).model_copy(update={"is_breaking": breaks})
            cycles[row["technology"]].append(cycle)
    return tuple(
        ProductHistory(product=key, category=layers[key], cycles=tuple(of_technology))
        for key, of_technology in sorted(cycles.items())
    )


def shipped_layers(folder: Path = DATA) -> dict[str, Layer]:
    """The layer of every shipped technology by key.

    Raises:
        CacheError: where the shipped table is missing or broken.
    """
    with _readable(folder):
        return {row["key"]: Layer(row["layer"]) for row in table_rows(folder / _TABLES[0])}


def shipped_histories(folder: Path = DATA) -> tuple[ProductHistory, ...]:
    """Every shipped technology with release cycles of `ENDOFLIFE`, by key.

    Raises:
        CacheError: where a shipped table is missing or broken.
    """
    with _readable(folder):
        categories = {row["key"]: row["category"] for row in table_rows(folder / _TABLES[0])}
        cycles: dict[str, list[ReleaseCycle]] = defaultdict(list)
        for row in table_rows(folder / _TABLES[1]):
            if row["source"] == ENDOFLIFE:
                cycles[row["technology"]].append(_cycle(row))
        vintages = _vintages(folder / _TABLES[2])
    return tuple(
        ProductHistory(
            product=key,
            category=categories[key],
            cycles=tuple(of_product),
            known_on=vintages.get(key, {}),
        )
        for key, of_product in sorted(cycles.items())
    )


def shipped_ends(folder: Path = DATA) -> dict[str, date]:
    """When shipped technologies ended, by key, where that was recorded.

    Raises:
        CacheError: where the shipped table is missing or broken.
    """
    with _readable(folder):
        return {
            row["technology"]: PartialDate(row["ended_on"]).midpoint
            for row in table_rows(folder / "ends.csv")
        }


def shipped_histories_hash(folder: Path = DATA) -> str:
    """A hash of the tables the histories come from, 16 hexadecimal digits."""
    digest = hashlib.sha256()
    for table in _TABLES:
        digest.update((folder / table).read_bytes())
    return digest.hexdigest()[:16]


def shipped_until(histories: tuple[ProductHistory, ...]) -> date:
    """Until when the shipped cycles were observed: the day on which most of them were read."""
    days = Counter(cycle.evidence.retrieved_on for h in histories for cycle in h.cycles)
    return days.most_common(1)[0][0]


@contextmanager
def _readable(folder: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, KeyError, ValueError, csv.Error) as error:
        raise CacheError(f"{folder}: the shipped fact tables cannot be read ({error})") from error


def _vintages(path: Path) -> dict[str, dict[date, tuple[ReleaseCycle, ...]]]:
    """What was listed on each date, from rows that each record one change."""
    changes: dict[str, dict[date, list[dict[str, str]]]] = defaultdict(lambda: defaultdict(list))
    days: set[date] = set()
    for row in table_rows(path):
        day = date.fromisoformat(row["known_on"])
        days.add(day)
        changes[row["technology"]][day].append(row)
    known: dict[str, dict[date, tuple[ReleaseCycle, ...]]] = {}
    for technology, by_day in changes.items():
        listed: dict[str, ReleaseCycle] = {}
        known[technology] = {}
        for day in sorted(days):
            for row in by_day.get(day, ()):
                if row["support"] == UNLISTED:
                    listed.pop(row["cycle"], None)
                else:
                    listed[row["cycle"]] = _cycle(row)
            if listed:
                known[technology][day] = tuple(listed.values())
    return known


def _cycle(row: dict[str, str]) -> ReleaseCycle:
    return ReleaseCycle(
        cycle=row["cycle"],
        released_on=PartialDate(row["released_on"]) if row["released_on"] else None,
        support_ends_on=PartialDate(row["support_ends_on"]) if row["support_ends_on"] else None,
        support=SupportState(row["support"]),
        is_lts=row["is_lts"] == "1",
        evidence=Evidence(
            source=row.get("source", ENDOFLIFE),
            retrieved_on=date.fromisoformat(row.get("retrieved_on") or row["known_on"]),
            confidence=Confidence(row.get("confidence", Confidence.HIGH)),
        ),
    )
