"""Books to be attacked, made once a process, and what may come of an attack."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from contextlib import closing
from datetime import date
from functools import cache, partial
from pathlib import Path
from tempfile import mkdtemp

from kwt_books.app import Books
from kwt_books.book import Book
from kwt_books.domain.access import Person, Role
from kwt_books.domain.documents.money import Transfer
from kwt_books.domain.errors import BookError
from kwt_books.i18n.catalogue import resources_dir
from kwt_books.queries.overview import overview, setup_data
from kwt_books.queries.selling import sales_of, selling
from kwt_books.queries.shops import shops
from kwt_books.reports.context import Parameters
from kwt_books.reports.registry import KINDS
from kwt_books.store.driver import sqlite3
from tests.conftest import DATA, NOW

STREAM = DATA / "juni-2026.jsonl"
MONTH = "2026-06"


@cache
def door() -> Books:
    return Books(resources_dir(), lambda: NOW, Person("Siti Rohmah", Role.CHAIR))


@cache
def sample() -> Path:
    """The sample month; not to be written to."""
    path = Path(mkdtemp()) / "juni.kwt"
    with STREAM.open("rb") as stream:
        door().import_stream(path, stream)
    return path


def transfers(amounts: Iterable[int]) -> list[Transfer]:
    day = date(2026, 7, 1)
    return [Transfer(date=day, source="1101", to="1103", amount=each) for each in amounts]


def heads(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute("SELECT hash FROM document ORDER BY sequence")
        return [row[0] for row in rows]


def failing(book: Book) -> list[str]:
    """The checks that a book does not pass."""
    return [each.check for each in book.verify() if not each.passed]


def stream_of(book: Book) -> bytes:
    out = io.BytesIO()
    book.export("stream", out)
    return out.getvalue()


def questions() -> dict[str, Callable[[Book], object]]:
    """Everything that can be asked of a book for a month, by name."""
    month = Parameters(month=MONTH)
    asks: dict[str, Callable[[Book], object]] = {
        "setup": lambda book: book.read(setup_data),
        "selling": lambda book: book.read(selling),
        "shops": lambda book: book.read(shops),
        "people": lambda book: book.people.everyone(),
        "standing": lambda book: book.standing(),
        "overview": lambda book: book.read(overview, MONTH),
        "sales": lambda book: book.read(sales_of, MONTH),
    }
    for name in KINDS:
        asks[name] = partial(rows_of, name=name, month=month)
    for name in ("stream", "hledger", "beancount"):
        asks[name] = partial(exported, name=name)
    return asks


def rows_of(book: Book, *, name: str, month: Parameters) -> list[object]:
    report = book.report(name, month, "id")
    return [report.title, *report.rows]


def exported(book: Book, *, name: str) -> int:
    out = io.BytesIO()
    book.export(name, out)
    return len(out.getvalue())


def answer(book: Book, ask: Callable[[Book], object]) -> object:
    """What is answered, or the code of the refusal; anything else is a fault of the program."""
    try:
        return ask(book)
    except BookError as error:
        return error.code
