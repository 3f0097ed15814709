"""Filling the fact tables from the shipped facts."""

import sqlite3
from collections import Counter
from collections.abc import Iterable

from stack_half_life.domain.fact_tables import LIST_SEPARATOR
from stack_half_life.domain.purls import bare_purl
from stack_half_life.store.names import folded
from stack_half_life.store.shipped_facts import ShippedFacts

_EMPTIED = (
    "technology_search",
    "derived_profiles",
    "summaries",
    "tenure_counts",
    "packages",
    "tenures",
    "tenure_repositories",
    "code_survival",
    "repositories",
    "ends",
    "releases",
    "cycles",
    "purls",
    "aliases",
    "technologies",
    "sources",
)

_STRAIGHT = {
    "sources.csv": "sources",
    "releases.csv": "releases",
    "ends.csv": "ends",
    "repositories.csv": "repositories",
    "package_layers.csv": "packages",
    "tenure_repositories.csv": "tenure_repositories",
}
"""Tables whose rows go in as they are, blank meaning unknown."""


def seed(connection: sqlite3.Connection, facts: ShippedFacts) -> None:
    """Empty the fact tables and fill them with the shipped facts; user facts are left alone.

    Called inside a transaction.
    """
    for table in _EMPTIED:
        connection.execute(f"DELETE FROM {table}")
    _insert_straight(connection, facts, "sources.csv")
    _insert_technologies(connection, facts)
    _insert_cycles(connection, facts)
    for name in _STRAIGHT:
        if name != "sources.csv":
            _insert_straight(connection, facts, name)
    _insert_tenures(connection, facts)


def _insert_straight(connection: sqlite3.Connection, facts: ShippedFacts, name: str) -> None:
    _insert(connection, _STRAIGHT[name], facts.columns(name), facts.rows(name))


def _insert(
    connection: sqlite3.Connection,
    table: str,
    columns: list[str],
    rows: Iterable[list[str]],
) -> None:
    """Insert rows of text; a blank in a column that may be unknown becomes NULL."""
    nullable = {row[1] for row in connection.execute(f"PRAGMA table_info({table})") if not row[3]}
    values = ", ".join("nullif(?, '')" if name in nullable else "?" for name in columns)
    connection.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({values})", rows)


def _insert_technologies(connection: sqlite3.Connection, facts: ShippedFacts) -> None:
    columns = facts.columns("technologies.csv")
    rows = list(facts.rows("technologies.csv"))
    place = {name: columns.index(name) for name in columns}
    weight = _evidence_weight(facts)
    rows.sort(key=lambda row: (-weight[row[0]], row[0]))
    kept = [name for name in columns if name not in ("aliases", "purls")]
    _insert(
        connection,
        "technologies",
        ["id", *kept],
        ([str(number), *(row[place[name]] for name in kept)] for number, row in enumerate(rows, 1)),
    )
    for row in rows:
        index_names(
            connection,
            key=row[0],
            name=row[1],
            aliases=_texts(row[place["aliases"]]),
            purls=_texts(row[place["purls"]]),
            keywords=_texts(row[place["keywords"]]),
        )


def index_names(
    connection: sqlite3.Connection,
    *,
    key: str,
    name: str,
    aliases: Iterable[str],
    purls: Iterable[str],
    keywords: Iterable[str] = (),
) -> None:
    """Make a technology that is in `technologies` found by its names and package URLs."""
    aliases, purls = tuple(aliases), tuple(purls)
    named = [(key, "key"), (name, "name"), *((alias, "alias") for alias in aliases)]
    connection.executemany(
        "INSERT OR IGNORE INTO aliases (folded, technology, alias, kind) VALUES (?, ?, ?, ?)",
        [(folded(text), key, text, kind) for text, kind in named],
    )
    connection.executemany(
        "INSERT OR IGNORE INTO purls (purl, technology) VALUES (?, ?)",
        [(bare_purl(purl), key) for purl in purls],
    )
    connection.execute(
        "INSERT INTO technology_search (rowid, name, key, aliases, purls, keywords) "
        "SELECT id, ?, ?, ?, ?, ? FROM technologies WHERE key = ?",
        (name, key, " ".join(aliases), " ".join(purls), " ".join(keywords), key),
    )


def _texts(cell: str) -> list[str]:
    return [text for text in cell.split(LIST_SEPARATOR) if text]


_LAST = 10**9
"""More than can be known of anything."""


def _evidence_weight(facts: ShippedFacts) -> Counter[str]:
    """How much is known of each technology, so that the best known come first.

    Devices are many models of one line, no releases of it: they come last.
    """
    weight: Counter[str] = Counter()
    for row in facts.rows("cycles.csv"):
        weight[row[0]] += 10
    spells = Counter((row[1], row[2]) for row in facts.rows("tenures.csv"))
    for ecosystem, package, *_, technology in facts.rows("package_layers.csv"):
        weight[technology] += 10 * spells[ecosystem, package]
    for row in facts.rows("releases.csv"):
        weight[row[0]] += 1
    key, category = (facts.columns("technologies.csv").index(one) for one in ("key", "category"))
    for row in facts.rows("technologies.csv"):
        if row[category] == "device":
            weight[row[key]] -= _LAST
    return weight


def _insert_cycles(connection: sqlite3.Connection, facts: ShippedFacts) -> None:
    columns = facts.columns("cycles.csv")
    _insert(
        connection,
        "cycles",
        ["position", *columns],
        ([str(number), *row] for number, row in enumerate(facts.rows("cycles.csv"))),
    )


def _insert_tenures(connection: sqlite3.Connection, facts: ShippedFacts) -> None:
    technology = {(row[0], row[1]): row[-1] for row in facts.rows("package_layers.csv")}
    columns = facts.columns("tenures.csv")
    _insert(
        connection,
        "tenures",
        ["technology", *columns],
        ([technology.get((row[1], row[2]), ""), *row] for row in facts.rows("tenures.csv")),
    )
