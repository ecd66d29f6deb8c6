"""The sample month up to a document, and what that document left in the whole month's book."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

from kwt_books.app import Books
from kwt_books.domain.documents.base import Command
from kwt_books.domain.documents.registry import parse_command
from kwt_books.store.driver import sqlite3
from tests.books import book_at

Line = dict[str, Any]


class Left(NamedTuple):
    """What a document left in its book."""

    number: str
    postings: list[tuple[Any, ...]]
    moves: list[tuple[Any, ...]]


def lines_of(stream: Path) -> list[Line]:
    texts = stream.read_text(encoding="utf-8").splitlines()
    return [json.loads(text) for text in texts if text.strip()]


def book_before(books: Books, stream: Path, path: Path, is_it: Callable[[Line], bool]) -> Line:
    """The sample up to the first line that `is_it` as a book at `path`; that line."""
    lines = lines_of(stream)
    at = next(place for place, line in enumerate(lines) if is_it(line))
    book_at(books, path, lines[:at])
    return lines[at]


def command_of(line: Line) -> Command:
    command = parse_command(dict(line), [])
    assert command is not None
    return command


def left_by(path: Path, kind: str, day: str, text: str = "") -> list[Left]:
    """Documents of a kind and day, and whose payload has `text`, in the order of recording."""
    with closing(sqlite3.connect(path)) as book:
        found = book.execute(
            "SELECT sequence, number FROM document WHERE kind = ? AND date = ?"
            " AND instr(payload, ?) ORDER BY sequence",
            (kind, day, text),
        ).fetchall()
        return [Left(number, *_of(book, sequence)) for sequence, number in found]


def vouchers(path: Path) -> list[tuple[str, Left]]:
    """The day of every document that has a number, and what it left, in the order of recording."""
    with closing(sqlite3.connect(path)) as book:
        found = book.execute(
            "SELECT sequence, number, date FROM document WHERE number NOT NULL ORDER BY sequence"
        ).fetchall()
        return [(day, Left(number, *_of(book, sequence))) for sequence, number, day in found]


def _of(book: sqlite3.Connection, sequence: int) -> tuple[list[Any], list[Any]]:
    postings = book.execute(
        "SELECT account, amount, party, closing FROM posting WHERE document = ? ORDER BY line",
        (sequence,),
    )
    moves = book.execute(
        "SELECT place, item, lot, quantity, value FROM move WHERE document = ? ORDER BY line",
        (sequence,),
    )
    return postings.fetchall(), moves.fetchall()
