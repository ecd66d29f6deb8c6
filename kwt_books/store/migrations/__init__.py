"""Steps from the tables of an older program to this one's.

Version 3 is what `create_schema` makes; version 0 are books from before 1.0.0. Each version comes
with a module here, `to_1`, `to_2` and so on, whose `upgrade(op)` is given Alembic's operations.
Alembic is imported only when a step is due.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from pathlib import Path

from sqlalchemy import Connection

from kwt_books.store.engine import connect, storage_errors, version_at, writing
from kwt_books.store.tables import triggers

STEPS: Mapping[int, str] = {
    1: "kwt_books.store.migrations.to_1",
    2: "kwt_books.store.migrations.to_2",
    3: "kwt_books.store.migrations.to_3",
}
"""The module of each step by the version it leads to."""


def migrate(copy: Path, steps: Mapping[int, str], version: int) -> None:
    """Takes a copy of a book, that nobody uses, step by step to `version`.

    The triggers that guard the chain are dropped meanwhile, since a step may rebuild a table. A
    copy on which this failed is to be thrown away.
    """
    engine = connect(copy, building=True)
    try:
        with storage_errors():
            raw = engine.raw_connection()
            raw.cursor().execute("PRAGMA foreign_keys = OFF")
            raw.close()
        with writing(engine) as connection:
            _guards_down(connection)
            climb(connection, steps, range(version_at(connection) + 1, version + 1))
            for trigger in triggers():
                connection.exec_driver_sql(trigger)
            connection.exec_driver_sql(f"PRAGMA user_version = {version}")
    finally:
        engine.dispose()


def _guards_down(connection: Connection) -> None:
    found = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'")
    for (name,) in found.all():
        connection.exec_driver_sql(f"DROP TRIGGER {name}")


def climb(connection: Connection, steps: Mapping[int, str], versions: range) -> None:
    """Takes the steps that lead to these versions, within the transaction of a connection."""
    from alembic.operations import Operations
    from alembic.runtime.migration import MigrationContext

    operations = Operations(MigrationContext.configure(connection))
    for step in versions:
        import_module(steps[step]).upgrade(operations)
