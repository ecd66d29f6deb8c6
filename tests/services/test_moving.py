"""A book made anew at another place: the same numbers, seals and passwords."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from kwt_books.app import Books
from kwt_books.domain.access import Role
from kwt_books.domain.documents.setup import PersonSetup
from kwt_books.domain.errors import StorageError
from tests.books import copied

CHAIR = PersonSetup(name="Aryanah", role=Role.CHAIR)


def test_a_book_is_made_anew_with_its_people(
    books: Books, sample_path: Path, tmp_path: Path, quick_passwords: None
) -> None:
    source, target = copied(books, sample_path, tmp_path / "juni.kwt"), tmp_path / "baru.kwt"
    with closing(books.open(source)) as book:
        book.people.begin([(CHAIR, "sawi-hijau")])
        stands = book.standing()
    head = books.move(source, target)
    with closing(books.open(target)) as moved:
        assert (moved.standing(), head) == (stands, stands.head)
        assert moved.sign_in("Aryanah", "sawi-hijau").role is Role.CHAIR
        assert all(each.passed for each in moved.verify())
    with pytest.raises(StorageError, match="book-exists"):
        books.move(source, target)


def test_a_book_in_which_nothing_was_recorded_is_made_anew(books: Books, tmp_path: Path) -> None:
    books.create(tmp_path / "kosong.kwt").close()
    assert books.move(tmp_path / "kosong.kwt", tmp_path / "baru.kwt") == "0" * 64
    with closing(books.open(tmp_path / "baru.kwt", read_only=True)) as book:
        assert all(each.passed for each in book.verify())
