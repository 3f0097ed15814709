"""Release cycles of endoflife.date → entries, and what was known of them at each new year."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from stack_half_life.domain.dates import PartialDate
from stack_half_life.domain.fact_tables import ENDOFLIFE, UNLISTED
from stack_half_life.domain.facts import Confidence, Evidence, ReleaseCycle, SupportState
from stack_half_life.evidence.build.entry import Entry
from stack_half_life.evidence.build.facts_folder import ENDOFLIFE_KNOWN_ON, Row, day, partial_date
from stack_half_life.evidence.build.names import key_of
from stack_half_life.evidence.classification import (
    endoflife_generation,
    endoflife_layer,
    endoflife_nature,
)

CYCLE_COLUMNS = [
    "product",
    "title",
    "category",
    "tags",
    "cycle",
    "release_date",
    "lts",
    "eoas_date",
    "eol_date",
    "eol_flag",
]
VINTAGE_COLUMNS = [
    "vintage",
    "product",
    "pid",
    "cycle",
    "release_date",
    "lts",
    "eol_date",
    "eol_flag",
]

_RUNTIME_ECOSYSTEMS = {
    "python-runtime": "pypi",
    "javascript-runtime": "npm",
    "css-runtime": "npm",
    "ruby-runtime": "gem",
}


def entries(rows: Sequence[Row]) -> list[Entry]:
    """One entry per product, its cycles as listed (same-day and parallel lines included)."""
    by_product: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_product[row["product"]].append(row)
    return [_entry(product, listed) for product, listed in by_product.items()]


def _entry(product: str, rows: Sequence[Row]) -> Entry:
    first = rows[0]
    tags = frozenset(first["tags"].split())
    key = key_of(product)
    same = [f"{ecosystem}:{key}" for tag, ecosystem in _RUNTIME_ECOSYSTEMS.items() if tag in tags]
    if first["category"] in ("lang", "os", "database", "server-app"):
        same.append(f"docker:{key}")
    return Entry(
        entry_id=f"endoflife:{product}",
        key=key,
        name=first["title"] or product,
        layer=endoflife_layer(first["category"], tags),
        generation=endoflife_generation(tags),
        nature=endoflife_nature(first["category"], tags),
        category=first["category"],
        evidence=_evidence(f"products/{product}.md"),
        observed_until=ENDOFLIFE_KNOWN_ON,
        cycles=tuple(_cycle(product, row) for row in rows),
        joins=tuple(sorted(set(same))),
    )


def _evidence(note: str = "") -> Evidence:
    return Evidence(
        source=ENDOFLIFE, retrieved_on=ENDOFLIFE_KNOWN_ON, confidence=Confidence.HIGH, note=note
    )


def _cycle(product: str, row: Row) -> ReleaseCycle:
    where = f"endoflife_cycles.csv, {product} {row['cycle']}"
    ends_on = partial_date(row["eol_date"], where)
    return ReleaseCycle(
        cycle=row["cycle"],
        released_on=partial_date(row["release_date"], where),
        support_ends_on=ends_on,
        support=support_state(ends_on, row["eol_flag"]),
        is_lts=row["lts"] == "True",
        evidence=_evidence(),
    )


def support_state(ends_on: PartialDate | None, flag: str) -> SupportState:
    """What an end date or, without one, endoflife's boolean says of support.

    False means still supported (censored); True means ended on a date nobody noted.
    """
    if ends_on is not None:
        return SupportState.DATED
    known = {"False": SupportState.SUPPORTED, "True": SupportState.ENDED_DATE_UNKNOWN}
    return known.get(flag, SupportState.UNKNOWN)


@dataclass(frozen=True, slots=True)
class KnownThen:
    """What was known of a cycle's support from `known_on` until the next row of that cycle.

    `support` is a `SupportState` or `unlisted`, where the cycle had vanished from the list.
    """

    product: str
    cycle: str
    known_on: date
    released_on: str
    is_lts: bool
    support: str
    support_ends_on: str


def vintages(rows: Sequence[Row]) -> list[KnownThen]:
    """The changes between one new year's knowledge and the next, oldest first.

    The newest listing (`head`) is left out: it is what `entries` reads. `pid` is the name that a
    product listed under another one has today.
    """
    known: dict[str, dict[tuple[str, str], KnownThen]] = defaultdict(dict)
    for row in rows:
        if not row["vintage"].isdigit():
            continue
        where = f"endoflife_vintages.csv, {row['vintage']} {row['product']} {row['cycle']}"
        ends_on = partial_date(row["eol_date"], where)
        partial_date(row["release_date"], where)
        product = row["pid"] or row["product"]
        known[row["vintage"]][product, row["cycle"]] = KnownThen(
            product=product,
            cycle=row["cycle"],
            known_on=day(f"{row['vintage']}-01-01", where),
            released_on=row["release_date"],
            is_lts=row["lts"] == "True",
            support=support_state(ends_on, row["eol_flag"]).value,
            support_ends_on=row["eol_date"],
        )
    changes: list[KnownThen] = []
    before: dict[tuple[str, str], KnownThen] = {}
    for vintage in sorted(known):
        now = known[vintage]
        known_on = next(iter(now.values())).known_on
        for listed, state in now.items():
            earlier = before.get(listed)
            if earlier is None or replace(earlier, known_on=known_on) != state:
                changes.append(state)
        changes += [
            KnownThen(*gone, known_on, "", False, UNLISTED, "")
            for gone in before.keys() - now.keys()
        ]
        before = now
    return sorted(changes, key=lambda change: (change.product, change.cycle, change.known_on))
