"""The recorded steps that bring a cache to the newest schema."""

import sqlite3

from stack_half_life.store.schema import APPLICATION_ID, TABLES, VIEWS

SCHEMA_VERSION = 1
"""`PRAGMA user_version` of a cache that this program can read: the number of steps below."""


def migrate(connection: sqlite3.Connection) -> None:
    """Take the steps that a cache lacks, each recorded in `_sqlite_migrations`.

    Called inside a transaction, so that all of it happens or none.
    """
    from sqlite_utils import Database, Migrations

    steps = Migrations("stack_half_life")

    @steps()
    def first_schema(db: Database) -> None:
        for statement in TABLES:
            db.execute(statement)
        for name, query in VIEWS.items():
            db.create_view(name, query)

    steps.apply(Database(connection))
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
