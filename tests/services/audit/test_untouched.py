"""A book that is only read stays as it was, wherever it lies."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from kwt_books.app import Books
from kwt_books.domain.documents.money import Transfer
from kwt_books.domain.errors import StorageError
from kwt_books.reports.context import Parameters
from kwt_books.store import untouched
from kwt_books.store.driver import sqlite3
from kwt_books.store.file import BookFile
from tests import ROOT
from tests.books import state_of


@pytest.fixture
def interrupted(alone: Path, tmp_path: Path, books: Books) -> Path:
    """A book whose newest entry is still in the log beside it, as a crash leaves it."""
    book = books.open(alone)
    book.record(_transfer())
    folder = tmp_path / "interrupted"
    folder.mkdir()
    for suffix in ("", "-wal"):
        shutil.copyfile(f"{alone}{suffix}", folder / f"juni.kwt{suffix}")
    book.close()
    return folder / "juni.kwt"


def _transfer() -> Transfer:
    return Transfer(date=date(2026, 7, 1), source="1101", to="1103", amount=1000)


def read(books: Books, path: Path) -> tuple[str, int]:
    """The chain head and the documents of a book, read as an auditor does."""
    book = books.open(path, read_only=True)
    try:
        pack = book.pack("trial-balance", Parameters(), "id")
        return pack.imprint.head, pack.imprint.documents
    finally:
        book.close()


def test_reading_leaves_the_book_and_its_folder_as_they_were(books: Books, alone: Path) -> None:
    before = state_of(alone.parent)
    assert read(books, alone)[1] > 0
    assert state_of(alone.parent) == before


def test_nothing_can_be_recorded_in_a_book_that_is_read_only(books: Books, alone: Path) -> None:
    book = books.open(alone, read_only=True)
    with pytest.raises(StorageError) as refused:
        book.record(_transfer())
    assert refused.value.code == "read-only"
    book.close()


def test_what_another_program_records_is_seen(books: Books, alone: Path) -> None:
    reader = BookFile.open(alone, read_only=True)
    count = "SELECT count(*) FROM document"

    def entries() -> int:
        with reader.reading() as connection:
            found: int = connection.exec_driver_sql(count).scalar_one()
        return found

    before = entries()
    writer = books.open(alone)
    writer.record(_transfer())
    assert entries() == before + 1
    writer.record(_transfer())
    assert entries() == before + 2
    writer.close()
    assert entries() == before + 2
    reader.close()


READ = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from kwt_books.app import Books
from kwt_books.domain.access import Role
from kwt_books.i18n.catalogue import resources_dir
from kwt_books.domain.access import Person
COUNTED = "SELECT count(*) FROM document"
path = Path(sys.argv[1])
try:
    if "in-place" in sys.argv:
        path.open("ab").close()
    else:
        (path.parent / "new").write_bytes(b"")
except OSError:
    books = Books(resources_dir(), lambda: datetime.now(UTC), Person("", Role.AUDITOR))
    book = books.open_as_it_lies(path) if "as-it-lies" in sys.argv else books.open(
        path, read_only=True
    )
    assert book.protected
    print(book.read(lambda context: context.connection.exec_driver_sql(COUNTED).scalar_one()))
    book.close()
else:
    print("writable")
"""


def entries_read_where_nothing_can_be_written(
    path: Path, *how: str, folder: int = 0o500, file: int = 0o400
) -> int:
    """Opens a book in a write-protected folder, in a process that has to respect it."""
    if sys.platform == "win32":
        pytest.skip("folders are not protected by their mode on Windows")
    path.parent.chmod(folder)
    path.chmod(file)
    command = [sys.executable, "-c", READ, str(path), *how]
    if os.geteuid() == 0:
        if shutil.which("setpriv") is None:
            pytest.skip("root may write everywhere, and setpriv is not installed")
        caps = "-dac_override,-dac_read_search"
        command = ["setpriv", f"--bounding-set={caps}", f"--inh-caps={caps}", *command]
    try:
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    finally:
        path.parent.chmod(0o700)
    assert done.returncode == 0, done.stderr
    if done.stdout.strip() == "writable":
        pytest.skip("this user may write everywhere")
    return int(done.stdout)


def entries_in(path: Path) -> int:
    reader = BookFile.open(path, read_only=True)
    with reader.reading() as connection:
        found: int = connection.exec_driver_sql("SELECT count(*) FROM document").scalar_one()
    reader.close()
    return found


def test_a_write_protected_folder_will_do(alone: Path) -> None:
    expected, before = entries_in(alone), state_of(alone.parent)
    assert entries_read_where_nothing_can_be_written(alone) == expected
    assert state_of(alone.parent) == before


def test_newest_entries_are_read_from_the_log_of_a_write_protected_folder(
    alone: Path, interrupted: Path
) -> None:
    before = state_of(interrupted.parent)
    assert entries_read_where_nothing_can_be_written(interrupted) == entries_in(alone)
    assert state_of(interrupted.parent) == before


@pytest.mark.parametrize(
    ("reason", "code"), [(errno.EACCES, "cannot-open"), (errno.ENOSPC, "disk-full")]
)
def test_a_copy_that_the_disk_refuses_is_told(
    interrupted: Path, monkeypatch: pytest.MonkeyPatch, reason: int, code: str
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(reason, os.strerror(reason))

    monkeypatch.setattr(untouched, "on_protected_medium", lambda _path: True)
    monkeypatch.setattr(shutil, "copyfile", refuse)
    with pytest.raises(StorageError) as refused:
        untouched.open_untouched(interrupted)
    assert refused.value.code == code


@pytest.mark.parametrize("wal", [True, False], ids=["in use before", "new"])
@pytest.mark.parametrize("file", [0o400, 0o600], ids=["file too", "folder alone"])
def test_a_book_that_was_to_be_written_is_read_where_its_folder_is_protected(
    alone: Path, sample_path: Path, wal: bool, file: int
) -> None:
    if not wal:
        shutil.copyfile(sample_path, alone)
        with closing(sqlite3.connect(alone)) as connection:
            connection.execute("PRAGMA journal_mode=DELETE")
    expected, before = entries_in(alone), state_of(alone.parent)
    assert entries_read_where_nothing_can_be_written(alone, "as-it-lies", file=file) == expected
    assert state_of(alone.parent) == before


def test_a_protected_file_among_others_is_read_and_nothing_left_beside_it(alone: Path) -> None:
    expected, before = entries_in(alone), state_of(alone.parent)
    found = entries_read_where_nothing_can_be_written(alone, "as-it-lies", "in-place", folder=0o700)
    assert found == expected
    assert state_of(alone.parent) == before
