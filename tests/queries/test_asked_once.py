"""No report, page or form asks once a row: twice as many of everything are as many statements."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from functools import cached_property
from io import BytesIO
from pathlib import Path

import pytest
from sqlalchemy import Connection, event
from sqlalchemy.engine import Engine

from kwt_books.app import Books
from kwt_books.book import Book
from kwt_books.domain.access import Person, Role
from kwt_books.i18n.catalogue import resources_dir
from kwt_books.queries.reading import Reading
from kwt_books.queries.setup import SetupBook
from kwt_books.reports.packs import Pack
from kwt_books.reports.registry import KINDS
from kwt_books.store import reads
from tests.conftest import NOW
from tests.queries.crowd import crowd
from tests.queries.every_question import QUESTIONS, Work, of_report

FEW, MANY = 4, 8


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

    def run(connection: Connection, sql: str, values: Sequence[object], wide: int) -> object:
        asked.append(sql)
        return handed_over(connection, sql, values, wide)

    event.listen(Engine, "before_cursor_execute", note)
    handed_over = reads.run
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(reads, "run", run)
        yield asked
    event.remove(Engine, "before_cursor_execute", note)


def _set_up_read(reading: Reading) -> None:
    """Whatever is kept of the set-up from one reading to the next."""
    for name, each in vars(SetupBook).items():
        if isinstance(each, cached_property):
            getattr(reading.setup, name)


def asked_by(book: Book, work: Work) -> list[str]:
    """The statements of work on a book whose set-up was read before."""
    book.read(_set_up_read)
    with counting() as asked:
        work(book)
    return sorted(asked)


@pytest.mark.parametrize("question", QUESTIONS)
def test_however_many_there_are_it_is_asked_as_often(
    crowds: tuple[Book, Book], question: str
) -> None:
    def work(book: Book) -> None:
        answer = QUESTIONS[question](book)
        if isinstance(answer, Pack):
            answer.with_rows()

    few, many = (asked_by(book, work) for book in crowds)
    assert few == many


def test_reports_of_a_crowd_say_something(crowds: tuple[Book, Book]) -> None:
    for name, kind in KINDS.items():
        report = of_report(name)(crowds[0]).with_rows().reports[0]
        assert report.rows or kind.module == "registers", name
