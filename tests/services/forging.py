"""Changing a book's file by hand, clumsily or as somebody would who knows the seal."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from kwt_books.app import Books
from kwt_books.domain.chain import GENESIS, seal
from kwt_books.services.integrity.entries import Outcome
from kwt_books.store.driver import sqlite3
from kwt_books.store.tables import triggers


@contextmanager
def guards_down(path: Path) -> Iterator[sqlite3.Connection]:
    """The book's file without its triggers; they stand again when the block ends."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        found = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        for (name,) in found.fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        yield connection
        for trigger in triggers():
            connection.execute(trigger)


def tampered(path: Path, copy: Path, *statements: str, resealed: bool = False) -> Path:
    """A copy with something changed; `resealed`: every seal made anew to fit."""
    shutil.copyfile(path, copy)
    with guards_down(copy) as connection:
        for statement in statements:
            connection.execute(statement)
        if resealed:
            reseal(connection)
    return copy


def reseal(connection: sqlite3.Connection) -> None:
    """Seals every entry again, one upon the other, as if nothing had happened."""

    def rows(sql: str, *values: object) -> list[tuple[object, ...]]:
        return connection.execute(sql, values).fetchall()

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
