"""The references: the same rows and sums in plain `sqlite3`, without rules or seals."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from kwt_books.domain.values import shift
from kwt_books.store.driver import sqlite3

_TABLES = ("posting", "move", "document", "lot", "balance", "layer", "growing", "setup")
"""A document's row comes after its postings and moves, as the triggers want it."""
Rows = dict[str, list[tuple[Any, ...]]]


def rows_of(book: Path) -> Rows:
    """Every row of a book, table by table."""
    with closing(sqlite3.connect(book)) as connection:
        return {table: connection.execute(f"SELECT * FROM {table}").fetchall() for table in _TABLES}


def _schema(book: Path, parts: tuple[str, ...]) -> Iterator[str]:
    """What makes the book's own tables and indexes, and its triggers where they are asked for."""
    query = f"SELECT sql FROM sqlite_master WHERE sql NOT NULL AND type IN {parts}"
    with closing(sqlite3.connect(book)) as connection:
        yield from (sql for (sql,) in connection.execute(query))


def put_in(path: Path, book: Path, rows: Rows | None, *, guarded: bool) -> None:
    """The rows into a new file by `executemany`, in one commit.

    `guarded`: its triggers and foreign keys are heeded, as those of a book are. Without `rows`
    those of the book, read on the way: a million documents are too many to hold.
    """
    path.unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as connection, closing(sqlite3.connect(book)) as source:
        connection.execute(f"PRAGMA foreign_keys={'ON' if guarded else 'OFF'}")
        for sql in _schema(book, ("table", "index", *(("trigger",) if guarded else ()))):
            connection.execute(sql)
        for table in _TABLES:
            found = source.execute(f"SELECT * FROM {table}")
            columns = len(found.description)
            _insert(connection, table, found if rows is None else rows[table], columns)
        connection.commit()


def _insert(
    connection: sqlite3.Connection, table: str, values: Iterable[tuple[Any, ...]], columns: int
) -> None:
    marks = ", ".join("?" * columns)
    connection.executemany(f"INSERT INTO {table} VALUES ({marks})", values)


class PlainBook:
    """The rows of one document of a book committed durably to `path`, again and again, with nothing
    else done.
    """

    def __init__(self, path: Path, book: Path, document: int) -> None:
        self._connection = sqlite3.connect(path, isolation_level=None)
        self._connection.execute("PRAGMA journal_mode=WAL")
        self._connection.execute("PRAGMA synchronous=FULL")
        with closing(sqlite3.connect(book)) as source:
            self._model = {
                table: source.execute(
                    f"SELECT * FROM {table} WHERE {key} = ?", (document,)
                ).fetchall()
                for table, key in (
                    ("document", "sequence"),
                    ("posting", "document"),
                    ("move", "document"),
                )
            }
        self._next = self._one("SELECT max(sequence) FROM document") + 1

    def _one(self, sql: str) -> int:
        found: int = self._connection.execute(sql).fetchone()[0]
        return found

    def record(self) -> None:
        """One document's rows and its kept sums in one commit."""
        number = self._next
        self._next += 1
        self._connection.execute("BEGIN IMMEDIATE")
        for table in ("posting", "move"):
            rows = [(number, *row[1:]) for row in self._model[table]]
            if rows:
                _insert(self._connection, table, rows, len(rows[0]))
        row = self._model["document"][0]
        made = (number, row[1], f"X{number}", row[3], None, *row[5:])
        _insert(self._connection, "document", [made], len(made))
        for posting in self._model["posting"]:
            self._connection.execute(
                "UPDATE balance SET debit = debit + ? WHERE account = ? AND month = ?",
                (abs(posting[4]), posting[2], posting[3][:7]),
            )
        for move in self._model["move"]:
            self._connection.execute(
                "UPDATE layer SET quantity = quantity WHERE item = ? AND place = ?",
                (move[3], move[2]),
            )
        self._connection.execute("COMMIT")

    def close(self) -> None:
        self._connection.close()


_STANDING = "SELECT account, sum(debit), sum(credit) FROM balance WHERE month <= ? GROUP BY account"
_BEFORE = "SELECT account, sum(debit), sum(credit) FROM balance WHERE month < ? GROUP BY account"
_MOVED = "SELECT account, sum(debit), sum(credit) FROM balance WHERE month = ? GROUP BY account"
_EARNED = (
    "SELECT account, sum(debit), sum(credit) FROM balance"
    " WHERE month = ? AND closing = 0 GROUP BY account"
)
_LINES = (
    "SELECT d.date, d.number, p.amount, json_extract(d.payload, '$.memo') FROM posting p"
    " JOIN document d ON d.sequence = p.document"
    " WHERE p.account = '{account}' AND p.date BETWEEN ?1 || '-01' AND ?1 || '-31'"
    " ORDER BY p.date, p.document"
)

STATEMENT_SQL = {
    "position": (_STANDING, _BEFORE),
    "profit-loss": (_EARNED, _EARNED),
    "trial-balance": (_BEFORE, _MOVED),
    "general-ledger": (_BEFORE, _LINES.format(account="4102")),
    "cash-book": (_BEFORE, _LINES.format(account="1101")),
}
"""The same sums and rows that the reports of these names read."""


def statement(connection: sqlite3.Connection, name: str, month: str) -> list[Any]:
    return [connection.execute(sql, (month,)).fetchall() for sql in STATEMENT_SQL[name]]


_OF_MONTH = "date BETWEEN :first AND :last"
LOOKED_AT = (
    f"SELECT * FROM document WHERE {_OF_MONTH}",
    "SELECT document, total(amount) FROM document CROSS JOIN posting ON document = sequence"
    f" WHERE document.{_OF_MONTH} GROUP BY document",
    "SELECT item, place, document.date, total(quantity) FROM document"
    f" CROSS JOIN move ON document = sequence WHERE document.{_OF_MONTH} AND lot <> ''"
    " GROUP BY item, place, document.date",
    "SELECT number, date, payload FROM document WHERE kind = 'production'"
    " AND date BETWEEN :long_before AND :last",
)
"""What the rules for auditors look at: documents with what they come to, how goods moved from day
to day, and two years of productions, of which the usual yields are those.
"""


def looked_at(connection: sqlite3.Connection, month: str) -> list[Any]:
    """The rows of a month that `exceptions` looks at."""
    days = {
        "first": f"{month}-01",
        "last": f"{month}-31",
        "long_before": f"{shift(month, -23)}-01",
    }
    return [connection.execute(sql, days).fetchall() for sql in LOOKED_AT]
