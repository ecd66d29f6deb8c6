"""Books of a test's own, and whether one is still as it was."""

from __future__ import annotations

import io
import json
import shutil
from collections.abc import Iterable, Mapping
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from sqlite3.dump import _iterdump
from typing import Any

from sqlalchemy import text

from kwt_books.app import Books, Clock
from kwt_books.domain.access import Person
from kwt_books.domain.address import Address
from kwt_books.i18n.catalogue import resources_dir
from kwt_books.queries.reading import Reading
from kwt_books.store.door import exists, open_book
from kwt_books.store.driver import sqlite3
from kwt_books.store.opened import OpenBook
from tests.servers import PLACES, BooksOnServer, place_of


def book_at(books: Books, path: Path, lines: Iterable[Mapping[str, Any] | str]) -> Path:
    """A new book of stream lines (objects or text) at a path; closed."""
    texts = [line if isinstance(line, str) else json.dumps(line) for line in lines]
    books.import_stream(path, io.BytesIO("\n".join(texts).encode()))
    return path


def opened(path: Address) -> OpenBook:
    """The store's own view of a book that a test calls by a path, wherever it lies; to be read."""
    return open_book(place_of(path), read_only=True)


def asked(path: Address, query: str, **values: object) -> list[tuple[Any, ...]]:
    """The rows of a query in plain SQL, of a book in a file or on a server alike."""
    with closing(opened(path)) as book, book.reading() as connection:
        return [tuple(row) for row in connection.execute(text(query), values)]


def changed(path: Address, statement: str) -> None:
    """Does what a statement in plain SQL says, in a transaction of its own."""
    with closing(open_book(place_of(path))) as book, book.writing() as connection:
        connection.execute(text(statement))


def like(books: Books, clock: Clock, person: Person) -> Books:
    """A door to the same engine with another clock and person."""
    made = Books(resources_dir(), clock, person)
    return BooksOnServer(made, books.server) if isinstance(books, BooksOnServer) else made


def copied(books: Books, path: Path, to: Path) -> Path:
    """A book's copy under another name, to be written into."""
    if isinstance(books, BooksOnServer):
        books.copy(path, to)
    else:
        shutil.copy(path, to)
    return to


def rows(reading: Reading, query: str) -> list[tuple[Any, ...]]:
    """What a question in SQL finds; asked by `Book.read`."""
    return [tuple(row) for row in reading.connection.exec_driver_sql(query)]


def column(reading: Reading, query: str) -> list[Any]:
    """The first value of each row that a question in SQL finds; asked by `Book.read`."""
    return [row[0] for row in rows(reading, query)]


def dumped(connection: sqlite3.Connection) -> list[str]:
    """All of a database as SQL, by the standard library; the driver has no such method."""
    return list(_iterdump(connection))


def books_in(folder: Path) -> set[str]:
    """The names of what lies in a folder, and of what tests call by a path there on a server."""
    there = {path.name for path, place in PLACES.items() if path.parent == folder and exists(place)}
    return there | {each.name for each in folder.iterdir()}


def state_of(folder: Path) -> dict[str, str]:
    """Every file of a folder by the digest of its bytes."""
    return {each.name: sha256(each.read_bytes()).hexdigest() for each in folder.iterdir()}
