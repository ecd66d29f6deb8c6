"""A book and what is copied of it: one file holds it whole, and an older one is known as such."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from kwt_books.app import Books
from kwt_books.book import Book
from kwt_books.domain.chain import Course
from kwt_books.domain.documents.money import Transfer
from kwt_books.domain.errors import StorageError
from kwt_books.store.driver import sqlite3
from tests.books import column
from tests.conftest import NOW
from tests.services.forging import tampered


def transfer(amount: int = 5) -> Transfer:
    return Transfer(date=date(2026, 7, 1), source="1101", to="1103", amount=amount)


@pytest.fixture
def book(books: Books, alone: Path) -> Iterator[Book]:
    with closing(books.open(alone)) as opened:
        yield opened


def entries(path: Path) -> int:
    """In the file alone, as a file manager copies it."""
    copy = path.with_name("salinan.kwt")
    shutil.copyfile(path, copy)
    with closing(sqlite3.connect(copy)) as raw:
        (count,) = raw.execute("SELECT count(*) FROM document").fetchone()
    copy.unlink()
    return int(count)


def test_one_file_holds_the_book_when_it_rests(book: Book) -> None:
    before = entries(book.path)
    for amount in range(1, 6):
        book.record(transfer(amount))
    assert entries(book.path) == before, "what a copy would have missed"
    book.rest()
    assert entries(book.path) == before + 5
    assert not book.path.with_name(book.path.name + "-wal").stat().st_size


def test_one_file_holds_the_book_when_it_is_closed(books: Books, alone: Path) -> None:
    before = entries(alone)
    with closing(books.open(alone)) as book:
        book.record(transfer())
    assert entries(alone) == before + 1
    assert [each.name for each in alone.parent.iterdir()] == [alone.name]


def test_a_rest_holds_nobody_off(books: Books, book: Book) -> None:
    """Somebody reads at that moment, or records."""
    book.record(transfer())
    with closing(sqlite3.connect(book.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        book.rest()
        other.execute("ROLLBACK")
    with closing(books.open(book.path, read_only=True)) as reader:
        reader.read(lambda reading: (column(reading, "SELECT 1 FROM document"), book.rest()))
    book.record(transfer(6))
    assert all(each.passed for each in book.verify())


def test_a_book_that_is_only_read_rests_as_it_is(books: Books, alone: Path) -> None:
    before = alone.read_bytes()
    with closing(books.open(alone, read_only=True)) as book:
        book.rest()
    assert alone.read_bytes() == before


def test_where_a_book_stands(books: Books, book: Book, tmp_path: Path) -> None:
    before = book.standing()
    recorded = book.record(transfer())
    after = book.standing()
    assert before is not None
    assert after is not None
    assert (after.entries, after.head) == (before.entries + 1, recorded.hash)
    seals = book.read(column, "SELECT hash FROM document ORDER BY sequence")
    assert after.book == before.book == seals[0]
    assert after.at == NOW
    with closing(books.create(tmp_path / "new.kwt")) as empty:
        assert empty.standing() is None


def test_a_time_of_recording_that_is_none_is_damage(
    books: Books, book: Book, tmp_path: Path
) -> None:
    book.back_up(tmp_path / "lama.kwt")
    odd = tampered(
        tmp_path / "lama.kwt", tmp_path / "aneh.kwt", "UPDATE document SET recorded_at = 'kemarin'"
    )
    with (
        closing(books.open(odd, read_only=True)) as opened,
        pytest.raises(StorageError, match="damaged"),
    ):
        opened.standing()


def test_an_older_copy_is_known_and_so_is_one_that_went_its_own_way(
    books: Books, book: Book, tmp_path: Path
) -> None:
    copy = tmp_path / "lama.kwt"
    book.back_up(copy)
    book.record(transfer())
    seen = book.standing()
    assert seen is not None
    book.record(transfer())
    assert book.course_since(seen) is Course.ON
    with closing(books.open(copy)) as older:
        assert older.course_since(seen) is Course.OLDER
        older.record(transfer(77))
        assert older.course_since(seen) is Course.APART
