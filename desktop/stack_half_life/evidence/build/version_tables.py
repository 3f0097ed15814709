"""Versions and generations of interfaces, accelerators, frameworks and formats → entries."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from stack_half_life.domain.facts import (
    Confidence,
    Evidence,
    Nature,
    ReleaseCycle,
    SupportState,
)
from stack_half_life.domain.layers import Layer
from stack_half_life.evidence.build.entry import Entry
from stack_half_life.evidence.build.facts_folder import COLLECTED_ON, Row, partial_date
from stack_half_life.evidence.build.names import key_of
from stack_half_life.evidence.build.sources import split_source
from stack_half_life.evidence.classification import generation_of_word, layer_of_word
from stack_half_life.evidence.versions import parse_version

COLUMNS = [
    "technology",
    "version_or_generation",
    "release_date",
    "end_of_support_date",
    "breaking",
    "source",
    "confidence",
    "layer",
    "note",
]

_BREAKING = {"yes": True, "no": False}
_UPPER_BOUND = "upper bound"
_FULL_DAY = len("YYYY-MM-DD")


def entries(rows: Sequence[Row]) -> list[Entry]:
    """One entry per technology, its versions as cycles in the order of their dates."""
    by_technology: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_technology[row["technology"]].append(row)
    looked_until = last_day(rows, "release_date")
    return [_entry(name, listed, looked_until) for name, listed in by_technology.items()]


def last_day(rows: Sequence[Row], column: str) -> date:
    """The newest full date in a column that had come by the day of collection.

    It bounds from below until when the collectors looked, which the file itself does not say.
    """
    days = [row[column] for row in rows if len(row[column]) == 10]
    return max(
        (day for text in days if (day := date.fromisoformat(text)) <= COLLECTED_ON),
        default=COLLECTED_ON,
    )


def evidence_of(row: Row, note: str = "") -> Evidence:
    """The provenance of one row: source key, locator and note, confidence."""
    source, locator = split_source(row["source"])
    return Evidence(
        source=source,
        retrieved_on=COLLECTED_ON,
        confidence=Confidence(row["confidence"] or "low"),
        note="; ".join(part for part in (locator, note) if part),
    )


def _entry(name: str, rows: Sequence[Row], looked_until: date) -> Entry:
    word = rows[0]["layer"]
    layer = layer_of_word(word)
    cycles = tuple(_cycle(name, row) for row in _in_order(rows))
    is_interface = layer is Layer.HARDWARE_INTERFACE
    return Entry(
        entry_id=f"versions:{name}",
        key=key_of(name),
        name=name,
        layer=layer,
        generation=generation_of_word(word),
        nature=Nature.SPECIFICATION if is_interface else Nature.SOFTWARE,
        evidence=cycles[0].evidence,
        observed_until=looked_until,
        cycles=cycles,
    )


def _in_order(rows: Sequence[Row]) -> list[Row]:
    """The rows, where an upper bound of a day is no later than any higher version's day.

    Packaging may skip a version or take it in late; the version itself came out before the next.
    """
    numbered = [
        (version, row["release_date"])
        for row in rows
        if (version := parse_version(row["version_or_generation"])) is not None
        and len(row["release_date"]) == _FULL_DAY
    ]
    ordered = []
    for row in rows:
        version, day = parse_version(row["version_or_generation"]), row["release_date"]
        if _UPPER_BOUND in row["source"] and version is not None and len(day) == _FULL_DAY:
            day = min([day, *(other for higher, other in numbered if higher > version)])
        ordered.append({**row, "release_date": day})
    return ordered


def _cycle(name: str, row: Row) -> ReleaseCycle:
    where = f"technology_versions.csv, {name} {row['version_or_generation']}"
    ends_on = partial_date(row["end_of_support_date"], where)
    note = row["note"].split("superseded ")[0].strip(" |;")
    return ReleaseCycle(
        cycle=row["version_or_generation"],
        released_on=partial_date(row["release_date"], where),
        support_ends_on=ends_on,
        support=SupportState.UNKNOWN if ends_on is None else SupportState.DATED,
        is_lts=row["note"].startswith("LTS"),
        is_breaking=_BREAKING.get(row["breaking"]),
        evidence=evidence_of(row, note),
    )
