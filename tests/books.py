"""Books of a test's own, and whether one is still as it was."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path
from sqlite3.dump import _iterdump
from typing import Any

from kwt_books.app import Books
from kwt_books.queries.reading import Reading
from kwt_books.store.driver import sqlite3


def book_at(books: Books, path: Path, lines: Iterable[Mapping[str, Any] | str]) -> Path:
    """A new book of stream lines (objects or text) at a path; closed."""
    texts = [line if isinstance(line, str) else json.dumps(line) for line in lines]
    books.import_stream(path, io.BytesIO("\n".join(texts).encode()))
    return path


def rows(reading: Reading, query: str) -> list[tuple[Any, ...]]:
    """What a question in SQL finds; asked by `Book.read`."""
    return [tuple(row) for row in reading.connection.exec_driver_sql(query)]


def column(reading: Reading, query: str) -> list[Any]:
    """The first value of each row that a question in SQL finds; asked by `Book.read`."""
    return [row[0] for row in rows(reading, query)]


def dumped(connection: sqlite3.Connection) -> list[str]:
    """All of a database as SQL, by the standard library; the driver has no such method."""
    return list(_iterdump(connection))


def state_of(folder: Path) -> dict[str, str]:
    """Every file of a folder by the digest of its bytes."""
    return {each.name: sha256(each.read_bytes()).hexdigest() for each in folder.iterdir()}
