"""Finding technologies by what a person types."""

import sqlite3

from stack_half_life.domain.layers import Layer
from stack_half_life.domain.purls import bare_purl, is_purl
from stack_half_life.store.names import folded, words

_CANDIDATES = 400
"""How many matches of the full-text index are looked at; they come best known first."""


def matching_keys(
    connection: sqlite3.Connection, text: str, layer: Layer | None, limit: int
) -> list[str]:
    """Keys of the technologies that match, best first.

    Exact names and package URLs come first, then names that begin with the text, then those
    whose names, keys, package URLs or keywords hold words that begin with each of its words;
    within each, the best known first. Without words every technology matches.
    """
    of_layer, parameters = _of_layer(layer)
    if not text.strip():
        return [
            key
            for (key,) in connection.execute(
                f"SELECT t.key FROM technologies t WHERE 1{of_layer} ORDER BY t.id LIMIT ?",
                (*parameters, limit),
            )
        ]
    found = dict.fromkeys(exact_keys(connection, text))
    sought = words(text)
    if sought:
        for column_filter in ("{name key aliases} : ^", ""):
            query = column_filter + " + ".join(sought[:8]) + " *"
            if not column_filter:
                query = " ".join(f"{word}*" for word in sought[:8])
            found.update(dict.fromkeys(_indexed(connection, query, layer, limit)))
            if len(found) >= limit:
                break
    if layer is not None:
        found = {key: None for key in found if _is_in(connection, key, layer)}
    return list(found)[:limit]


def exact_keys(connection: sqlite3.Connection, text: str) -> list[str]:
    """Keys of the technologies of exactly that name or package URL, best known first."""
    if is_purl(text):
        sql = "SELECT t.key FROM purls p JOIN technologies t ON t.key = p.technology"
        return [
            key
            for (key,) in connection.execute(
                f"{sql} WHERE p.purl = ? ORDER BY t.id", (bare_purl(text),)
            )
        ]
    return [
        key
        for (key,) in connection.execute(
            "SELECT t.key FROM aliases a JOIN technologies t ON t.key = a.technology "
            "WHERE a.folded = ? ORDER BY a.kind <> 'key', t.id",
            (folded(text),),
        )
    ]


def _indexed(
    connection: sqlite3.Connection, query: str, layer: Layer | None, limit: int
) -> list[str]:
    of_layer, parameters = _of_layer(layer)
    return [
        key
        for (key,) in connection.execute(
            "SELECT t.key FROM technology_search s JOIN technologies t ON t.id = s.rowid "
            f"WHERE technology_search MATCH ?{of_layer} ORDER BY s.rowid LIMIT ?",
            (query, *parameters, max(limit, _CANDIDATES)),
        )
    ]


def _of_layer(layer: Layer | None) -> tuple[str, tuple[str, ...]]:
    return ("", ()) if layer is None else (" AND t.layer = ?", (layer.value,))


def _is_in(connection: sqlite3.Connection, key: str, layer: Layer) -> bool:
    (found,) = connection.execute("SELECT layer FROM technologies WHERE key = ?", (key,)).fetchone()
    return bool(found == layer.value)
