"""A book's file to whose tables, triggers and views somebody did something by hand."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, suppress
from functools import cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from kwt_books.domain.errors import BookError
from kwt_books.reports.context import Parameters
from kwt_books.store.driver import sqlite3
from tests.attacks.books import door, failing, rows_of, sample, transfers
from tests.attacks.rot import looked_at, told_of

_DONE = (
    "UPDATE balance SET debit = debit - 1",
    "UPDATE balance SET credit = credit + 1 WHERE account = '1101'",
    "DELETE FROM credential",
    'INSERT INTO setup VALUES (\'person\', \'X\', \'{"name": "X", "role": "chair"}\')',
    "SELECT RAISE(IGNORE)",
    "SELECT RAISE(ROLLBACK, 'x')",
    "UPDATE voucher SET last = last + 1",
)


def _names(connection: sqlite3.Connection, kind: str) -> list[str]:
    found = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = ? AND name NOT LIKE 'sqlite%'", (kind,)
    )
    return [name for (name,) in found]


def _trigger(connection: sqlite3.Connection, rng: Random) -> str:
    table = rng.choice(_names(connection, "table"))
    when = rng.choice(("BEFORE", "AFTER"))
    act = rng.choice(("INSERT", "UPDATE", "DELETE"))
    return f"CREATE TRIGGER asing {when} {act} ON {table} BEGIN {rng.choice(_DONE)}; END"


def _gone(connection: sqlite3.Connection, rng: Random) -> str:
    kind = rng.choice(("trigger", "trigger", "index", "table"))
    return f"DROP {kind} {rng.choice(_names(connection, kind))}"


def _view(connection: sqlite3.Connection, rng: Random) -> str:
    """In a table's place, with one column doubled."""
    table = rng.choice(_names(connection, "table"))
    columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
    doubled = rng.choice(columns)
    shown = ", ".join(f"{each} * 2 AS {each}" if each == doubled else each for each in columns)
    connection.execute(f"ALTER TABLE {table} RENAME TO {table}_asli")
    return f"CREATE VIEW {table} AS SELECT {shown} FROM {table}_asli"


def _column(connection: sqlite3.Connection, rng: Random) -> str:
    table = rng.choice(_names(connection, "table"))
    columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
    return rng.choice((
        f"ALTER TABLE {table} ADD COLUMN asing TEXT DEFAULT 'x'",
        f"ALTER TABLE {table} RENAME COLUMN {rng.choice(columns)} TO asing",
        f"ALTER TABLE {table} RENAME TO asing",
        f"CREATE INDEX asing ON {table} (abs({rng.choice(columns)}))",
        f"CREATE UNIQUE INDEX asing ON {table} ({rng.choice(columns)}) WHERE 0",
    ))  # fmt: skip


def _more(_: sqlite3.Connection, rng: Random) -> str:
    return rng.choice((
        "CREATE TABLE asing (x)",
        "CREATE VIEW asing AS SELECT * FROM balance",
        "CREATE VIRTUAL TABLE asing USING fts5(x)",
        "CREATE TABLE asing AS SELECT * FROM posting",
        f"PRAGMA user_version = {rng.choice((0, 1, 3, -5, 2**31 - 1))}",
        f"PRAGMA application_id = {rng.choice((0, 1, -1))}",
    ))  # fmt: skip


def _by_hand(connection: sqlite3.Connection, rng: Random) -> str:
    """In SQLite's own table of tables."""
    one, other = rng.sample(_names(connection, "table"), 2)
    connection.execute("PRAGMA writable_schema=ON")
    return rng.choice((
        f"UPDATE sqlite_master SET sql = replace(sql, 'CHECK', 'CHECK (1) CHECK')"
        f" WHERE name = '{one}'",
        f"UPDATE sqlite_master SET sql = replace(sql, 'INTEGER', 'TEXT') WHERE name = '{one}'",
        f"UPDATE sqlite_master SET sql = 'x' WHERE name = '{one}'",
        f"UPDATE sqlite_master SET rootpage = 1 WHERE name = '{one}'",
        f"UPDATE sqlite_master SET rootpage = (SELECT rootpage FROM sqlite_master"
        f" WHERE name = '{other}') WHERE name = '{one}'",
        f"DELETE FROM sqlite_master WHERE name = '{one}'",
        "UPDATE sqlite_master SET sql = NULL WHERE type = 'trigger'",
        "UPDATE sqlite_master SET name = x'ff' WHERE type = 'index'",
    ))  # fmt: skip


_WAYS: tuple[Callable[[sqlite3.Connection, Random], str], ...] = (
    _trigger, _gone, _view, _column, _more, _by_hand,
)  # fmt: skip


@cache
def _rows_after_one_more() -> list[object]:
    """The trial balance of the sample month and one transfer of July."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "b.kwt"
        shutil.copyfile(sample(), path)
        return _recorded(path)


def _recorded(path: Path) -> list[object]:
    with closing(door().open(path)) as book:
        book.record_all(transfers([5]))
        rows = rows_of(book, name="trial-balance", month=Parameters(month="2026-07"))
        return [failing(book), *rows]


def hostile_schemas(rng: Random) -> Iterable[str]:
    """One to three things are done to the tables: opening refuses, or the checks tell, or all is
    answered, and taken, as it would be without them."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "b.kwt"
        shutil.copyfile(sample(), path)
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            connection.execute("PRAGMA foreign_keys=OFF")
            for _ in range(rng.choice((1, 1, 2, 3))):
                with suppress(sqlite3.Error):
                    connection.execute(rng.choice(_WAYS)(connection, rng))
        yield from looked_at(path, rng)
        yield from _used(path)


def _used(path: Path) -> Iterator[str]:
    try:
        failed, *rows = _recorded(path)
    except BookError:
        return
    except Exception as error:
        yield told_of(error)
        return
    if not failed and [failed, *rows] != _rows_after_one_more():
        yield "nothing is wrong, and what was recorded makes another trial balance"
