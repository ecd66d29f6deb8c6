"""Copies of a book: whole, verified, and never over anything that is there."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kwt_books.app import Books
from kwt_books.book import Book
from kwt_books.domain.documents.money import Transfer
from kwt_books.domain.errors import StorageError
from kwt_books.store.driver import connected, sqlite3
from tests.books import dumped
from tests.services.forging import tampered


def content(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return dumped(connection)


@pytest.fixture
def copy_to(tmp_path: Path) -> Path:
    (tmp_path / "stick").mkdir()
    return tmp_path / "stick" / "buku-2026-07-01.kwt"


def test_a_backup_holds_the_same_book(sample_book: Book, copy_to: Path, books: Books) -> None:
    sample_book.back_up(copy_to)
    assert content(copy_to) == content(sample_book.path)
    assert [each.name for each in copy_to.parent.iterdir()] == [copy_to.name]
    restored = copy_to.with_name("buku.kwt")
    books.restore(copy_to, restored)
    assert content(restored) == content(copy_to)
    assert {each.name for each in copy_to.parent.iterdir()} == {restored.name, copy_to.name}


def test_what_was_recorded_last_is_in_the_backup(
    books: Books, sample_path: Path, tmp_path: Path, copy_to: Path
) -> None:
    """It may stand in the log beside the file still."""
    path = Path(shutil.copy(sample_path, tmp_path / "book.kwt"))
    book = books.open(path)
    recorded = book.record(Transfer(date=date(2026, 7, 1), source="1101", to="1103", amount=5))
    book.back_up(copy_to)
    book.close()
    copy = books.open(copy_to, read_only=True)
    again = copy.verify()
    copy.close()
    assert all(outcome.passed for outcome in again)
    with closing(sqlite3.connect(copy_to)) as connection:
        last = connection.execute("SELECT hash FROM document ORDER BY sequence DESC LIMIT 1")
        assert last.fetchone() == (recorded.hash,)


def test_a_restored_book_takes_the_next_document(
    books: Books, sample_book: Book, copy_to: Path, tmp_path: Path
) -> None:
    sample_book.back_up(copy_to)
    books.restore(copy_to, tmp_path / "new" / "book.kwt")
    book = books.open(tmp_path / "new" / "book.kwt")
    transfer = Transfer(date=date(2026, 7, 1), source="1101", to="1103", amount=5)
    assert book.record(transfer).number == "BM-2607-0001"
    book.close()


def test_a_copy_is_never_written_over_a_file(
    books: Books, sample_book: Book, copy_to: Path
) -> None:
    copy_to.write_text("Catatan", encoding="utf-8")
    for copying in (
        lambda: sample_book.back_up(copy_to),
        lambda: books.restore(sample_book.path, copy_to),
    ):
        with pytest.raises(StorageError) as error:
            copying()
        assert error.value.code == "target-exists"
    assert copy_to.read_text(encoding="utf-8") == "Catatan"


TAMPERED = {
    "chain": "UPDATE posting SET amount = -amount WHERE document = 49",
    "kept-balances": "UPDATE balance SET debit = debit + 1, credit = credit + 1",
}


@pytest.mark.parametrize("check", TAMPERED)
def test_a_book_that_fails_a_check_is_neither_backed_up_nor_restored(
    check: str, books: Books, sample_path: Path, tmp_path: Path, copy_to: Path
) -> None:
    path = tampered(sample_path, tmp_path / "bad.kwt", TAMPERED[check])
    book = books.open(path, read_only=True)
    tries: tuple[Callable[[], None], ...] = (
        lambda: book.back_up(copy_to),
        lambda: books.restore(path, copy_to),
    )
    for copying in tries:
        with pytest.raises(StorageError) as error:
            copying()
        assert error.value.code == "copy-not-whole"
        assert error.value.params["check"] == check
    book.close()
    assert list(copy_to.parent.iterdir()) == []


@pytest.mark.parametrize(
    ("text", "code"), [(b"", "not-a-book"), (b"Buku kas kelompok", "not-a-book")]
)
def test_only_a_book_is_restored(
    text: bytes, code: str, books: Books, copy_to: Path, tmp_path: Path
) -> None:
    source = tmp_path / "notes.kwt"
    source.write_bytes(text)
    with pytest.raises(StorageError) as error:
        books.restore(source, copy_to)
    assert error.value.code == code
    assert list(copy_to.parent.iterdir()) == []


def test_a_newer_backup_is_refused(
    books: Books, sample_path: Path, copy_to: Path, tmp_path: Path
) -> None:
    newer = Path(shutil.copy(sample_path, tmp_path / "newer.kwt"))
    with closing(sqlite3.connect(newer)) as connection:
        connection.execute("PRAGMA user_version = 99")
    with pytest.raises(StorageError) as error:
        books.restore(newer, copy_to)
    assert error.value.code == "newer-book"


def test_a_folder_that_cannot_be_written_is_refused(sample_book: Book, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(StorageError) as error:
        sample_book.back_up(tmp_path / "file" / "book.kwt")
    assert error.value.code == "cannot-write"


def test_copying_tells_how_far_it_is_and_can_be_stopped(sample_book: Book, copy_to: Path) -> None:
    class Stop(Exception):  # noqa: N818
        pass

    def stop(done: int, total: int) -> None:
        assert 0 < done <= total
        raise Stop

    with pytest.raises(Stop):
        sample_book.back_up(copy_to, stop)
    assert list(copy_to.parent.iterdir()) == []


def test_a_full_stick_is_refused_and_left_clean(
    sample_book: Book, copy_to: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def tight(path: Path, **how: Any) -> sqlite3.Connection:
        made = connected(path, **how)
        made.execute("PRAGMA max_page_count = 20")
        return made

    monkeypatch.setattr("kwt_books.services.backup.connected", tight)
    with pytest.raises(StorageError) as error:
        sample_book.back_up(copy_to)
    assert error.value.code == "disk-full"
    assert list(copy_to.parent.iterdir()) == []
