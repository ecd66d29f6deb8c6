"""Changing a book by hand, clumsily or as somebody would who knows the seal; wherever it lies."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import psycopg

from kwt_books.app import Books
from kwt_books.domain.address import ServerAddress
from kwt_books.domain.chain import GENESIS
from kwt_books.services.integrity.entries import Outcome
from kwt_books.store.driver import sqlite3
from kwt_books.store.seal import seal
from kwt_books.store.tables import triggers
from tests.servers import copied_on_server, place_of


@contextmanager
def guards_down(path: Path) -> Iterator[Any]:
    """A connection to the book without its triggers; they stand again when the block ends."""
    place = place_of(path)
    if isinstance(place, ServerAddress):
        with _as_administrator(place) as connection:
            yield connection
        return
    with closing(sqlite3.connect(place, isolation_level=None)) as connection:
        found = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        for (name,) in found.fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        yield connection
        for trigger in triggers():
            connection.execute(trigger)


@contextmanager
def _as_administrator(place: ServerAddress) -> Iterator[Any]:
    """The driver's connection in the book's schema, for which no trigger runs."""
    with psycopg.connect(place.server, autocommit=True) as connection:
        connection.execute(f'SET search_path TO "{place.book}"')  # type: ignore[arg-type]
        connection.execute("SET session_replication_role = replica")
        yield _Marked(connection)


class _Marked:
    """Takes statements with SQLite's marks for values."""

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self._connection = connection

    def execute(self, statement: str, values: tuple[object, ...] = ()) -> Any:
        asked: Any = statement.replace("?", "%s")
        return self._connection.execute(asked, values or None)


def tampered(path: Path, copy: Path, *statements: str, resealed: bool = False) -> Path:
    """A copy with something changed; `resealed`: every seal made anew to fit."""
    place = place_of(path)
    if isinstance(place, ServerAddress):
        copied_on_server(place, copy)
    else:
        shutil.copyfile(place, copy)
    with guards_down(copy) as connection:
        for statement in statements:
            connection.execute(statement)
        if resealed:
            reseal(connection)
    return copy


def reseal(connection: Any) -> None:
    """Seals every entry again, one upon the other, as if nothing had happened."""

    def rows(sql: str, *values: object) -> list[tuple[object, ...]]:
        found: list[tuple[object, ...]] = connection.execute(sql, values).fetchall()
        return found

    head = GENESIS
    for sequence, number, kind, date, payload, at, by in rows(
        "SELECT sequence, number, kind, date, payload, recorded_at, recorded_by FROM document"
        " ORDER BY sequence"
    ):
        postings = rows(
            "SELECT account, amount, party, closing FROM posting WHERE document = ? ORDER BY line",
            sequence,
        )
        sealed = seal(
            head,
            number,  # type: ignore[arg-type]
            str(kind),
            date,  # type: ignore[arg-type]
            str(payload),
            [(*row[:3], bool(row[3])) for row in postings],
            rows(
                "SELECT place, item, lot, quantity, value FROM move WHERE document = ?"
                " ORDER BY line",
                sequence,
            ),
            rows(
                "SELECT item, name, received, expires FROM lot WHERE ordinal / 1000000 = ?"
                " ORDER BY ordinal",
                sequence,
            ),
            str(at),
            str(by),
        )
        connection.execute(
            "UPDATE document SET previous = ?, hash = ? WHERE sequence = ?",
            (head, sealed, sequence),
        )
        head = sealed


def outcomes(books: Books, path: Path) -> dict[str, Outcome]:
    """What every check says of a book's file, by its name."""
    book = books.open(path, read_only=True)
    try:
        return {outcome.check: outcome for outcome in book.verify()}
    finally:
        book.close()


def failed(books: Books, path: Path) -> dict[str, Outcome]:
    return {name: each for name, each in outcomes(books, path).items() if not each.passed}
