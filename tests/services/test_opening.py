"""What a book is asked when it is opened, and what is said where something is wrong with it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Connection

from kwt_books.app import Books
from kwt_books.book import Book
from kwt_books.domain.documents.money import Transfer
from kwt_books.domain.errors import BookError, StorageError
from kwt_books.queries.overview import overview, setup_data
from kwt_books.reports.context import Parameters
from kwt_books.store.driver import sqlite3
from kwt_books.store.file import BookFile
from kwt_books.store.schema import AS_EXPECTED, differing, digest, expected
from tests.services.forging import tampered

SKIM = (
    "CREATE TRIGGER skim AFTER INSERT ON document BEGIN"
    " UPDATE balance SET debit = debit - 1 WHERE account = '1101'; END"
)
DOUBLE = (
    "ALTER TABLE balance RENAME TO kept",
    "CREATE VIEW balance AS SELECT account, month, closing, 2 * debit AS debit, 2 * credit AS"
    " credit FROM kept",
)


@pytest.fixture
def path(full_path: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(full_path, tmp_path / "book.kwt"))


@contextmanager
def refused(code: str) -> Iterator[pytest.ExceptionInfo[StorageError]]:
    with pytest.raises(StorageError) as error:
        yield error
    assert error.value.code == code


def changed(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        for each in statements:
            connection.execute(each)
        connection.commit()


def transfer() -> Transfer:
    return Transfer(date=date(2026, 7, 6), source="1101", to="1103", amount=5)


# -- how it is asked -------------------------------------------------------------------------


def pragma(connection: Connection, name: str) -> object:
    return connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()


@pytest.mark.parametrize("read_only", [False, True])
def test_a_connection_is_set_up_to_lose_nothing(read_only: bool, path: Path) -> None:
    with closing(BookFile.open(path, read_only=read_only)) as file, file.reading() as connection:
        found = {
            name: pragma(connection, name)
            for name in ("foreign_keys", "recursive_triggers", "trusted_schema", "query_only")
        }
        assert found == {
            "foreign_keys": 1,
            "recursive_triggers": 1,
            "trusted_schema": 0,
            "query_only": int(read_only),
        }
        if not read_only:
            assert pragma(connection, "synchronous") == 2, "FULL: on the disk with every commit"
            assert pragma(connection, "journal_mode") == "wal"


def test_nobody_writes_to_the_schema_itself(path: Path) -> None:
    with closing(BookFile.open(path)) as file:
        for asked in ("ON", "1", "RESET"):
            with pytest.raises(StorageError), file.writing() as connection:
                connection.exec_driver_sql(f"PRAGMA Writable_Schema={asked}")
        with file.reading() as connection:
            assert pragma(connection, "writable_schema") == 0


# -- what it must consist of -----------------------------------------------------------------


def test_a_new_book_is_what_it_must_be(books: Books, tmp_path: Path) -> None:
    with closing(books.create(tmp_path / "new.kwt")) as book:
        assert book.read(lambda reading: differing(reading.connection)) == ()
    assert digest(expected()) == AS_EXPECTED, "the schema has changed: so must its digest"
    kinds = [kind for kind, _ in expected()]
    assert {kind: kinds.count(kind) for kind in set(kinds)} == {
        "table": 15, "index": 10, "trigger": 14,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("name", "statements"),
    [
        ("skim", [SKIM]),
        ("balance", DOUBLE),
        ("document_chained", ["DROP TRIGGER document_chained"]),
        ("document_date", ["DROP INDEX document_date"]),
        ("catatan", ["CREATE TABLE catatan (isi TEXT)"]),
    ],
)
def test_a_book_with_parts_of_others_takes_no_entry(
    name: str, statements: list[str], books: Books, path: Path
) -> None:
    changed(path, *statements)
    before = path.read_bytes()
    with refused("foreign-schema") as error:
        books.open(path)
    assert name in str(error.value.params["names"])
    assert path.read_bytes() == before


def test_a_skimming_trigger_takes_nothing(books: Books, path: Path) -> None:
    """It was to take a rupiah with the first entry."""
    with closing(books.open(path, read_only=True)) as book:
        before = book.report("trial-balance", Parameters(), "id").rows
    changed(path, SKIM)
    with closing(books.open_as_it_lies(path)) as book:
        assert book.doubt is not None
        assert book.doubt.code == "foreign-schema"
        with pytest.raises(BookError):
            book.record(transfer())
        assert book.report("trial-balance", Parameters(), "id").rows == before
        (guards,) = [each for each in book.verify() if not each.passed]
    assert guards.check == "guards"
    assert guards.details is not None
    assert "skim" in str(guards.details.params["names"])


def test_figures_of_a_view_in_place_of_a_table_are_never_shown(books: Books, path: Path) -> None:
    changed(path, *DOUBLE)
    for opening in (lambda: books.open(path, read_only=True), lambda: books.open_as_it_lies(path)):
        with refused("foreign-schema"):
            opening()


def test_notes_that_sqlite_keeps_for_itself_are_nobodys(books: Books, path: Path) -> None:
    changed(path, "ANALYZE")
    books.open(path).close()


# -- what is looked at -----------------------------------------------------------------------

LAST = "(SELECT max(sequence) FROM document)"


@pytest.mark.parametrize(
    "statement",
    [
        f"UPDATE posting SET amount = amount * 2 WHERE document = {LAST}",
        "UPDATE document SET payload = replace(payload, 'Fotokopi', 'Foto')"
        f" WHERE sequence = {LAST}",
        f"UPDATE document SET recorded_by = 'x' WHERE sequence = {LAST} - 3",
        f"UPDATE posting SET document = 'x' WHERE document = {LAST}",
        f"DELETE FROM document WHERE sequence = {LAST} - 1",
        "UPDATE lot SET expires = '2030-01-01' WHERE name = 'PK-07'",
    ],
)
def test_a_newest_entry_that_was_changed_is_seen(
    statement: str, books: Books, full_path: Path, tmp_path: Path
) -> None:
    path = tampered(full_path, tmp_path / "t.kwt", statement)
    with refused("newest-seal-broken"):
        books.open(path)
    with closing(books.open_as_it_lies(path)) as book:
        assert book.doubt is not None
        assert book.protected
        assert not all(each.passed for each in book.verify())


@pytest.mark.parametrize("entries", [0, 1, 19, 20, 21, 60])
def test_a_book_of_any_length_passes(entries: int, books: Books, tmp_path: Path) -> None:
    path = tmp_path / "new.kwt"
    with closing(books.create(path)) as book:
        book.record_all([transfer()] * entries)
    with closing(books.open(path)) as book:
        book.record(transfer())


@pytest.mark.parametrize("small", [2 * 1024 * 1024, 0])
def test_a_page_that_rotted_is_seen(
    small: int, books: Books, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One of the kept sums, whose figures every page shows; of a large file only those."""
    monkeypatch.setattr("kwt_books.store.first_look._SMALL", small)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")
        root = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'balance'")
        (page,) = root.fetchone()
        (size,) = connection.execute("PRAGMA page_size").fetchone()
    raw = bytearray(path.read_bytes())
    start = (page - 1) * size
    raw[start + 3 : start + 8] = b"\xff\xff\xff\xff\xff"
    path.write_bytes(bytes(raw))
    with refused("damaged"):
        books.open(path)


# -- what a file can be besides --------------------------------------------------------------


@pytest.mark.parametrize("read_only", [False, True])
def test_a_version_below_nothing_is_damage(read_only: bool, books: Books, path: Path) -> None:
    changed(path, "PRAGMA user_version=-5")
    with refused("damaged"):
        books.open(path, read_only=read_only)


def asks(book: Book) -> None:
    book.read(setup_data)
    book.read(overview, "2026-06")
    book.report("trial-balance", Parameters(), "id")
    book.people.everyone()


BAD_ROWS = ["'{'", "'[]'", "'null'", '\'{"kind": "item"}\'', "x'00ff'", "5", f"'{'[' * 5000}'"]


@pytest.mark.parametrize("payload", BAD_ROWS)
@pytest.mark.parametrize("kind", ["item", "account", "party", "group"])
def test_a_row_of_the_set_up_that_says_nothing_is_damage(
    kind: str, payload: str, books: Books, path: Path
) -> None:
    changed(path, f"UPDATE setup SET payload = {payload} WHERE kind = '{kind}'")
    with closing(books.open(path, read_only=True)) as book:
        with refused("damaged"):
            asks(book)
        assert not all(each.passed for each in book.verify())


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no such files there")
def test_a_pipe_is_no_book(books: Books, tmp_path: Path) -> None:
    """Nobody waits for somebody to write into it."""
    path = tmp_path / "pipa.kwt"
    os.mkfifo(path)
    filled = os.open(path, os.O_RDWR | os.O_NONBLOCK)  # whoever reads it fails and doesn't wait
    os.write(filled, bytes(60_000))
    try:
        assert books.people_of(path) is None
        for read_only in (False, True):
            with refused("no-such-book"):
                books.open(path, read_only=read_only)
    finally:
        os.close(filled)


def test_a_full_disk_keeps_nobody_from_reading(
    books: Books, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kwt_books.store.engine.SAFE", ("journal_mode=WAL", "synchronous=FULL"))

    def full(_raw: sqlite3.Connection) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr("kwt_books.store.engine.must_take_entries", full)
    with refused("disk-full"):
        books.open(path)
    with closing(books.open_as_it_lies(path)) as book:
        assert book.protected
        assert book.doubt is None
        asks(book)
