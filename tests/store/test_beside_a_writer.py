"""Somebody reads a book, at length, while somebody else records in it."""

from __future__ import annotations

import os
import sys
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from kwt_books.app import Books
from kwt_books.book import Book
from kwt_books.domain.documents.money import Transfer
from kwt_books.domain.errors import StorageError
from kwt_books.i18n.catalogue import resources_dir
from kwt_books.queries.reading import Reading
from kwt_books.services.integrity.verify import verify
from kwt_books.store.credentials import default_chart
from kwt_books.store.driver import sqlite3
from kwt_books.store.file import BookFile
from kwt_books.store.untouched import on_protected_medium
from tests.books import state_of
from tests.links import linked


def record(book: Book, documents: int) -> None:
    day = date(2026, 7, 1)
    book.record_all(
        [Transfer(date=day, source="1101", to="1103", amount=n + 1) for n in range(documents)]
    )


@pytest.fixture(autouse=True)
def tells_often(monkeypatch: pytest.MonkeyPatch) -> None:
    module = sys.modules["kwt_books.services.integrity.verify"]  # its function bears the name too
    monkeypatch.setattr(module, "_EACH", 5)


def test_who_may_be_stopped_reads_on_after_somebody_recorded(books: Books, alone: Path) -> None:
    """The book is recorded in after it was opened to be checked, before the check begins."""
    stops: list[bool] = []
    with (
        closing(books.open(alone, read_only=True)) as reader,
        reader.reading_until(lambda: bool(stops)),
    ):
        with closing(books.open(alone)) as writer:
            record(writer, 3)
        assert all(each.passed for each in reader.verify())
        stops.append(True)
        with pytest.raises(OperationalError, match="interrupted"):
            reader.read(crowd_of_lines)


def crowd_of_lines(reading: Reading) -> int:
    """Long enough that it is asked whether it is still wanted."""
    return int(reading.connection.execute(text(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 9000000)"
        " SELECT count(*) FROM n"
    )).scalar_one())  # fmt: skip


@pytest.mark.parametrize("documents", [20, 400])
@pytest.mark.parametrize("open_before", [False, True], ids=["begins", "goes on"])
def test_a_healthy_book_is_never_accused(
    documents: int, open_before: bool, books: Books, alone: Path
) -> None:
    """It is written to, and its log brought into the file, at every word of the checking."""
    reader = BookFile.open(alone, read_only=True)
    before = books.open(alone) if open_before else None

    def meanwhile(_passed: int, _total: int) -> None:
        with closing(books.open(alone)) as writer:
            record(writer, documents)

    with reader.reading() as connection:
        failed = [
            each
            for each in verify(connection, default_chart(resources_dir()), meanwhile)
            if not each.passed
        ]
    reader.close()
    if before is not None:
        before.close()
    assert not failed
    with closing(books.open(alone, read_only=True)) as book:
        assert all(each.passed for each in book.verify())


def test_one_report_is_of_one_moment(books: Books, alone: Path) -> None:
    """Its second question does not see what came after the first."""
    reader = BookFile.open(alone, read_only=True)
    count, total = "SELECT count(*) FROM posting", "SELECT sum(amount), count(*) FROM posting"
    with reader.reading() as connection:
        rows = connection.exec_driver_sql(count).scalar_one()
        with closing(books.open(alone)) as writer:
            record(writer, 300)
        assert connection.exec_driver_sql(total).one() == (0, rows)
    with reader.reading() as connection:
        assert connection.exec_driver_sql(count).scalar_one() == rows + 600
    reader.close()


def test_nothing_is_left_where_somebody_read(books: Books, alone: Path) -> None:
    before = state_of(alone.parent)
    with closing(books.open(alone, read_only=True)) as book:
        assert all(each.passed for each in book.verify())
    assert state_of(alone.parent) == before


def test_a_book_that_is_read_takes_nothing_whatever_asks(alone: Path) -> None:
    reader = BookFile.open(alone, read_only=True)
    with pytest.raises(StorageError) as refused, reader.reading() as connection:
        connection.exec_driver_sql("DELETE FROM balance")
    assert refused.value.code == "read-only"
    reader.close()


@pytest.fixture
def no_rights(alone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither the book nor its folder may be written here; somebody else may."""
    assert alone.is_file()
    monkeypatch.setattr(os, "access", lambda _path, mode: mode != os.W_OK)


@pytest.mark.usefixtures("no_rights")
def test_who_may_not_write_reads_a_copy(books: Books, alone: Path) -> None:
    reader = BookFile.open(alone, read_only=True)
    count = "SELECT count(*) FROM document"
    with reader.reading() as connection:
        found = connection.exec_driver_sql(count).scalar_one()
        with closing(sqlite3.connect(alone)) as raw:  # as it lies, whoever may write
            raw.execute("DELETE FROM balance")
            raw.commit()
        assert connection.exec_driver_sql("SELECT count(*) FROM balance").scalar_one()
        assert connection.exec_driver_sql(count).scalar_one() == found
    with reader.reading() as connection:
        assert not connection.exec_driver_sql("SELECT count(*) FROM balance").scalar_one()
    reader.close()
    assert {each.name for each in alone.parent.iterdir()} == {alone.name}


def test_a_medium_that_takes_nothing_is_read_as_it_lies(
    alone: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kwt_books.store.untouched.on_protected_medium", lambda _path: True)
    asked = []
    connect = sqlite3.connect
    monkeypatch.setattr(
        "kwt_books.store.untouched.sqlite3.connect",
        lambda name, **options: asked.append(name) or connect(name, **options),
    )
    BookFile.open(alone, read_only=True).close()
    assert asked
    assert all("immutable=1" in name for name in asked)


def test_a_folder_that_can_be_written_is_no_protected_medium(tmp_path: Path) -> None:
    assert not on_protected_medium(tmp_path)


def test_a_log_is_found_behind_a_link(books: Books, alone: Path, tmp_path: Path) -> None:
    link = tmp_path / "pintas.kwt"
    if not linked(link, alone):
        pytest.skip("links can't be made here")
    with closing(books.open(alone)) as writer:
        record(writer, 3)
        with closing(books.open(link, read_only=True)) as reader:
            outcomes = reader.verify()
    assert all(each.passed for each in outcomes)
