"""No report, page or form asks once a row: twice as many of everything are as many statements."""

from __future__ import annotations

import inspect
import pkgutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from importlib import import_module
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, event
from sqlalchemy.engine import Engine

from kwt_books import queries
from kwt_books.app import Books
from kwt_books.book import Book
from kwt_books.domain.access import Person, Role
from kwt_books.domain.errors import RuleError
from kwt_books.domain.values import first_day, last_day
from kwt_books.i18n.catalogue import resources_dir
from kwt_books.queries.money import open_debts
from kwt_books.reports.context import Parameters
from kwt_books.reports.diary import Sought, diary_page
from kwt_books.reports.registry import KINDS
from kwt_books.services.statements import PackKind, monthly_pack
from kwt_books.store import reads
from tests.conftest import NOW
from tests.queries.crowd import MONTH, NUMBER, crowd

FEW, MANY = 4, 8
Work = Callable[[Book], object]

OF_ONE: dict[str, dict[str, Any]] = {
    "document": {"number": NUMBER},
    "stock-card": {"item": "panen-1"},
}
"""What reports of one thing can't do without."""

NAMED: dict[str, Any] = {
    "month": MONTH,
    "last": MONTH,
    "account": "1101",
    "end": last_day(MONTH),
    "day": last_day(MONTH),
    "item": "panen-1",
    "shop": "warung-1",
    "programme": "bantuan-1",
    "sequence": 1,
    "act": "none",
    "accounts": ("1101",),
    "book": "activities",
    "start": first_day(MONTH),
}
"""What page queries are asked for, by the names of their parameters."""


@pytest.fixture(scope="module")
def crowds(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Book, Book]]:
    """A month with few of everything, and one with twice as many."""
    folder = tmp_path_factory.mktemp("crowds")
    books = Books(resources_dir(), lambda: NOW, Person("Siti Rohmah", Role.CHAIR))
    with closing(_made(books, folder, FEW)) as few, closing(_made(books, folder, MANY)) as many:
        yield few, many


def _made(books: Books, folder: Path, many: int) -> Book:
    path = folder / f"{many}.kwt"
    books.import_stream(path, BytesIO("\n".join(crowd(many)).encode()))
    return books.open(path, read_only=True)


@contextmanager
def counting() -> Iterator[list[str]]:
    """The statements that are asked within."""
    asked: list[str] = []

    def note(_c: object, _cursor: object, sql: str, *_: object) -> None:
        asked.append(sql)

    def run(connection: Connection, sql: str, values: Sequence[object]) -> Any:
        asked.append(sql)
        return handed_over(connection, sql, values)

    event.listen(Engine, "before_cursor_execute", note)
    handed_over = reads.run
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(reads, "run", run)
        yield asked
    event.remove(Engine, "before_cursor_execute", note)


def asked_by(book: Book, work: Work) -> list[str]:
    """The statements of work on a book whose set-up was read before."""
    book.read(lambda reading: reading.setup.names() and None)
    with counting() as asked:
        work(book)
    return sorted(asked)


def of_report(name: str) -> Work:
    wanted = dict(OF_ONE.get(name, {}))
    if "month" in KINDS[name].asks:
        wanted["month"] = MONTH

    def work(book: Book) -> None:
        try:
            pack = book.pack(name, Parameters(**wanted), "id")
        except RuleError as error:
            pytest.skip(f"{name}: {error.code}")
        assert pack.with_rows().reports[0].rows or KINDS[name].module == "registers"

    return work


def page_queries() -> Iterator[tuple[str, Callable[..., object]]]:
    """The functions of a `Reading` in every module of the queries."""
    for module in pkgutil.iter_modules(queries.__path__):
        found = import_module(f"kwt_books.queries.{module.name}")
        for name, each in inspect.getmembers(found, inspect.isfunction):
            first = next(iter(inspect.signature(each).parameters.values()), None)
            own = each.__module__ == found.__name__ and not name.startswith("_")
            if own and first is not None and first.annotation == "Reading":
                yield f"{module.name}.{name}", each


PAGES = dict(page_queries())


def of_page(name: str) -> Work:
    query = PAGES[name]
    asked = list(inspect.signature(query).parameters.values())[1:]
    several = [each for each in asked if each.kind is each.VAR_POSITIONAL]
    needed = [each for each in asked if each not in several]
    unknown = {each.name for each in asked} - {*NAMED, "debt"}
    assert not unknown, f"say in NAMED what {name} is asked for: {unknown}"

    def work(book: Book) -> None:
        given = {
            each.name: book.read(open_debts)[0] if each.name == "debt" else NAMED[each.name]
            for each in needed
        }
        book.read(query, *(one for each in several for one in NAMED[each.name]), **given)

    return work


@pytest.mark.parametrize("name", KINDS)
def test_a_report_asks_as_often_however_many_there_are(
    crowds: tuple[Book, Book], name: str
) -> None:
    few, many = (asked_by(book, of_report(name)) for book in crowds)
    assert few == many


@pytest.mark.parametrize("name", PAGES)
def test_a_page_asks_as_often_however_many_there_are(crowds: tuple[Book, Book], name: str) -> None:
    few, many = (asked_by(book, of_page(name)) for book in crowds)
    assert few == many


@pytest.mark.parametrize("kind", PackKind)
def test_a_pack_asks_as_often_however_many_there_are(
    crowds: tuple[Book, Book], kind: PackKind
) -> None:
    few, many = (
        asked_by(book, lambda book: book.read(monthly_pack, MONTH, kind)) for book in crowds
    )
    assert few == many


def test_the_diary_asks_as_often_however_many_there_are(crowds: tuple[Book, Book]) -> None:
    few, many = (asked_by(book, lambda book: book.read(diary_page, Sought())) for book in crowds)
    assert few == many
