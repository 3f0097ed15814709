"""Figures that a model derived from profiles, kept until facts or model change."""

import sqlite3
from collections.abc import Mapping
from datetime import date

from stack_half_life.domain.clock_figures import ClockFigures


def kept(
    connection: sqlite3.Connection, model_version: str, as_of: date
) -> dict[str, ClockFigures]:
    """The figures of a model version at a date, by key."""
    return {
        key: ClockFigures.model_validate_json(figures)
        for key, figures in connection.execute(
            "SELECT technology, figures FROM derived_profiles "
            "WHERE model_version = ? AND as_of = ?",
            (model_version, as_of.isoformat()),
        )
    }


def keep(
    connection: sqlite3.Connection,
    model_version: str,
    as_of: date,
    figures: Mapping[str, ClockFigures],
) -> None:
    """Keep figures by key; those of other model versions and dates are dropped."""
    at = (model_version, as_of.isoformat())
    connection.execute("DELETE FROM derived_profiles WHERE model_version <> ? OR as_of <> ?", at)
    connection.executemany(
        "INSERT OR REPLACE INTO derived_profiles (technology, model_version, as_of, figures) "
        "VALUES (?, ?, ?, ?)",
        [(key, *at, value.model_dump_json()) for key, value in figures.items()],
    )
