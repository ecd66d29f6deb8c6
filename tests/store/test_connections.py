"""How a book's file is opened: safely to write, untouched to read; and what a disk says to it."""

from __future__ import annotations

import errno
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from kwt_books.app import Books
from kwt_books.domain.documents.money import Transfer
from kwt_books.domain.errors import StorageError
from kwt_books.store import engine, untouched
from kwt_books.store.driver import sqlite3
from kwt_books.store.engine import set_aside, storage_errors
from kwt_books.store.file import BookFile
from kwt_books.store.rows import recorded_command
from kwt_books.store.untouched import open_untouched
from tests.books import column
from tests.conftest import NOW

PRAGMAS = {
    "journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "recursive_triggers": 1,
    "trusted_schema": 0, "busy_timeout": 5_000, "query_only": 0,
}  # fmt: skip
"""A write is on the disk before it is acknowledged; a change of facts is refused by the file."""
ENTRIES = "SELECT count(*) FROM document"


def one(connection: sqlite3.Connection, query: str) -> object:
    return connection.execute(query).fetchone()[0]


def place_of(connection: sqlite3.Connection) -> str:
    """The file that a connection reads; empty for one in memory."""
    return str(connection.execute("PRAGMA database_list").fetchone()[2])


def test_whoever_writes_writes_safely(books: Books, alone: Path) -> None:
    with closing(books.open(alone)) as book:
        assert {name: book.read(column, f"PRAGMA {name}")[0] for name in PRAGMAS} == PRAGMAS
        with pytest.raises((StorageError, OperationalError)):
            book.read(column, "PRAGMA writable_schema = ON")
        assert book.read(column, "PRAGMA writable_schema") in ([], [0])


def test_whoever_writes_keeps_others_from_it_from_the_beginning(alone: Path) -> None:
    """Else two would begin with the same newest entry."""
    with (
        closing(BookFile.open(alone)) as file,
        closing(sqlite3.connect(alone, timeout=0)) as other,
        file.writing(),
        pytest.raises(sqlite3.OperationalError, match="locked"),
    ):
        other.execute("BEGIN IMMEDIATE")


@pytest.mark.parametrize("read_only", [True, False])
def test_a_file_that_is_refused_is_let_go(
    read_only: bool, alone: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Windows lets nobody move or remove what a program has open."""
    made: list[sqlite3.Connection] = []
    plainly = engine.connected

    def remembered(path: Path, *how: Any, **options: Any) -> sqlite3.Connection:
        made.append(plainly(path, *how, **options))
        return made[-1]

    def refuse(raw: sqlite3.Connection) -> None:
        raise sqlite3.OperationalError("attempt to write a readonly database")

    monkeypatch.setattr(untouched if read_only else engine, "connected", remembered)
    monkeypatch.setattr(engine, "must_take_entries", refuse)
    monkeypatch.setattr("kwt_books.store.engine.version_at", refuse)
    with pytest.raises((StorageError, sqlite3.OperationalError)):
        BookFile.open(alone, read_only=read_only)
    assert made
    for each in made:
        with pytest.raises(sqlite3.ProgrammingError, match="closed"):
            each.execute("SELECT 1")


# -- to be read ----------------------------------------------------------------------------


def test_a_book_is_read_where_it_lies_and_not_written_to(alone: Path) -> None:
    with closing(open_untouched(alone)) as connection:
        assert Path(place_of(connection)) == alone
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            connection.execute("DELETE FROM setup")


@pytest.mark.parametrize(
    ("said", "is_read"), [("disk I/O error", True), ("no such table: x", False)]
)
def test_where_sqlite_can_make_nothing_a_copy_is_read(
    said: str, is_read: bool, alone: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another error of SQLite's is told."""
    with closing(sqlite3.connect(alone)) as connection:
        entries = one(connection, ENTRIES)

    plainly = untouched.connected

    def without_locks_alone(path: Path, how: str, **options: Any) -> sqlite3.Connection:
        if "immutable" not in how:
            raise sqlite3.OperationalError(said)
        return plainly(path, how, **options)

    monkeypatch.setattr(untouched, "connected", without_locks_alone)
    if not is_read:
        with pytest.raises(sqlite3.OperationalError, match=said):
            open_untouched(alone)
        return
    with closing(open_untouched(alone)) as connection:
        assert place_of(connection) == ""
        assert (one(connection, ENTRIES), one(connection, "PRAGMA query_only")) == (entries, 1)


def test_a_book_that_changes_while_it_is_copied_is_copied_again_but_not_for_ever(
    alone: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stamps = iter(range(100))
    monkeypatch.setattr("kwt_books.store.engine.os.access", lambda *_: False)
    monkeypatch.setattr("kwt_books.store.untouched.stamp", lambda _: (next(stamps), 0, 0))
    with pytest.raises(StorageError) as refused:
        open_untouched(alone)
    assert refused.value.code == "locked"
    still = iter([1, 2, 3, 3])
    monkeypatch.setattr("kwt_books.store.untouched.stamp", lambda _: (next(still), 0, 0))
    open_untouched(alone).close()


def test_a_book_that_is_closed_leaves_nothing_beside(books: Books, alone: Path) -> None:
    book = books.open(alone)
    book.record(Transfer(date=NOW.date(), source="1101", to="1103", amount=5))
    beside = {path.name for path in alone.parent.glob(f"{alone.name}-*")}
    assert f"{alone.name}-wal" in beside
    book.close()
    assert not [*alone.parent.glob(f"{alone.name}-*")]


def test_what_waits_in_the_log_changes_a_stamp_and_not_the_file(alone: Path) -> None:
    before = untouched.stamp(alone)
    assert before[1:] == (alone.stat().st_size, 0)
    with closing(sqlite3.connect(alone)) as other:
        other.execute("CREATE TABLE other (x)")
        log = alone.with_name(f"{alone.name}-wal").stat().st_size
        assert log > 0
        assert untouched.stamp(alone) == (*before[:2], log)


# -- what lies beside, and what a disk says ------------------------------------------------------


def test_a_log_with_something_in_it_is_kept_when_its_name_is_given_away(tmp_path: Path) -> None:
    """An index of a log is worth nothing without it, nor is an empty one."""
    path = tmp_path / "buku.kwt"
    for told in ("satu", "dua"):
        for end, text in (("-wal", told), ("-shm", told), ("-journal", "")):
            path.with_name(path.name + end).write_text(text, encoding="utf-8")
        set_aside(path)
    left = {each.name: each.read_text(encoding="utf-8") for each in tmp_path.iterdir()}
    assert left == {"buku.kwt-wal.old": "satu", "buku.kwt-wal.old-2": "dua"}


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (sqlite3.OperationalError("database or disk is full"), "disk-full"),
        (sqlite3.OperationalError("attempt to write a readonly database"), "read-only"),
        (sqlite3.OperationalError("database is locked"), "locked"),
        (sqlite3.OperationalError("unable to open database file"), "cannot-open"),
        (sqlite3.DatabaseError("file is not a database"), "not-a-book"),
        (sqlite3.DatabaseError("database disk image is malformed"), "damaged"),
        (sqlite3.OperationalError("disk I/O error"), "disk-error"),
        (sqlite3.OperationalError("no such table: document"), "damaged"),
        (UnicodeDecodeError("utf-8", b"x", 0, 1, "no"), "damaged"),
    ],
)
def test_what_the_disk_says_is_told_by_its_code(error: Exception, code: str) -> None:
    with pytest.raises(StorageError) as told, storage_errors():
        raise error
    assert told.value.code == code


@pytest.mark.parametrize(
    "error",
    [
        sqlite3.IntegrityError("CHECK constraint failed"),
        sqlite3.ProgrammingError("a mistake"),
        sqlite3.OperationalError("interrupted"),
    ],
)
def test_a_mistake_of_the_programs_is_no_damage(error: Exception) -> None:
    with pytest.raises(type(error)), storage_errors():
        raise error


@pytest.mark.parametrize(
    ("number", "code"), [(errno.ENOSPC, "disk-full"), (errno.EIO, "cannot-open")]
)
def test_a_disk_that_refuses_while_it_is_read_is_told(
    number: int, code: str, alone: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(number, "gone")

    monkeypatch.setattr("kwt_books.store.untouched.on_protected_medium", refuse)
    with pytest.raises(StorageError) as told:
        open_untouched(alone)
    assert (told.value.code, told.value.params["path"]) == (code, alone)


# -- rows that make no sense, and files that are others ------------------------------------------


@pytest.mark.parametrize("fails", [True, False, None])
def test_rows_that_make_no_sense_are_damage_only_where_the_book_fails_its_checks(
    alone: Path, fails: bool | None
) -> None:
    """Else they are a mistake of the program, and nobody's book is accused."""
    with closing(BookFile.open(alone)) as file:
        file.judge = None if fails is None else lambda _: bool(fails)
        for ask in (file.reading, lambda: file.state(write=True)):
            with pytest.raises((StorageError, LookupError)) as told, ask():
                raise LookupError("baris" * 100)
            assert isinstance(told.value, StorageError if fails else LookupError)
            if isinstance(told.value, StorageError):
                detail = str(told.value.params["detail"])
                assert (told.value.code, len(detail)) == ("damaged", 200)
                assert detail.startswith("LookupError: baris")


@pytest.mark.parametrize("read_only", [True, False])
def test_another_programs_database_is_no_book(tmp_path: Path, read_only: bool) -> None:
    path = tmp_path / "lain.kwt"
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE document (x)")
    before = path.read_bytes()
    with pytest.raises(StorageError) as told:
        BookFile.open(path, read_only=read_only)
    assert told.value.code == "not-a-book"
    assert path.read_bytes() == before


def test_what_others_have_open_is_not_taken_alone(alone: Path) -> None:
    with closing(BookFile.open(alone)) as file:
        with closing(sqlite3.connect(alone)) as other:
            other.execute("BEGIN")
            one(other, ENTRIES)
            with pytest.raises(StorageError) as told:
                file.take_alone()
            assert told.value.code == "locked"
        file.take_alone()
        with (
            closing(sqlite3.connect(alone, timeout=0)) as late,
            pytest.raises(sqlite3.OperationalError, match="locked"),
        ):
            one(late, ENTRIES)


@pytest.mark.skipif(sys.platform == "win32", reason="what is open keeps its name there")
def test_a_file_that_went_away_while_it_was_read_is_told(alone: Path) -> None:
    with closing(BookFile.open(alone, read_only=True)) as file:
        with file.reading():
            pass
        alone.rename(alone.with_name("lain.kwt"))
        with pytest.raises(StorageError) as told, file.reading():
            pass
        assert told.value.code == "cannot-open"


def test_an_entry_of_a_kind_that_nobody_knows_is_damage() -> None:
    with pytest.raises(StorageError) as told:
        recorded_command("tari", "{}")
    assert (told.value.code, told.value.params["detail"]) == ("damaged", "kind 'tari'")
