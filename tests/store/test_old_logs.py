"""What lies beside a name belongs to the book that bore it before, never to the next one."""

from __future__ import annotations

import io
import json
import shutil
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from kwt_books.app import Books
from kwt_books.domain.documents.money import Transfer
from kwt_books.domain.errors import StorageError
from kwt_books.i18n.catalogue import resources_dir
from kwt_books.services.backup import bring_up_to_date
from kwt_books.store.driver import sqlite3
from kwt_books.store.engine import SCHEMA_VERSION
from tests.books import book_at
from tests.links import linked
from tests.store import step_to_2
from tests.store.later import be_later

STEPS = {SCHEMA_VERSION + 1: "tests.store.step_to_2"}


def transfer(amount: int = 5) -> Transfer:
    return Transfer(date=date(2026, 7, 1), source="1101", to="1103", amount=amount)


def heads(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute("SELECT hash FROM document ORDER BY sequence")
        return [row[0] for row in rows]


@pytest.fixture
def crashed(books: Books, alone: Path, tmp_path: Path) -> Path:
    """A book as a killed program leaves it: its newest entries in the log beside it."""
    folder = tmp_path / "crashed"
    folder.mkdir()
    with closing(books.open(alone)) as book:
        for amount in range(1, 20):
            book.record(transfer(amount))
        for suffix in ("", "-wal", "-shm"):
            shutil.copyfile(f"{alone}{suffix}", folder / f"juni.kwt{suffix}")
    assert (folder / "juni.kwt-wal").stat().st_size
    return folder / "juni.kwt"


@pytest.fixture
def gone(crashed: Path) -> Path:
    """The name of a crashed book that was taken away; its log was left."""
    crashed.unlink()
    return crashed


def restored(books: Books, other: Path, path: Path) -> None:
    books.restore(other, path)


def imported(books: Books, other: Path, path: Path) -> None:
    stream = io.BytesIO()
    with closing(books.open(other, read_only=True)) as book:
        book.export("stream", stream)
    stream.seek(0)
    books.import_stream(path, stream)


def backed_up(books: Books, other: Path, path: Path) -> None:
    with closing(books.open(other)) as book:
        book.back_up(path)


@pytest.fixture
def other(books: Books, tmp_path: Path) -> Path:
    """Another group's book."""
    line = {
        "kind": "receipt", "date": "2026-06-01", "into": "1101",
        "lines": [{"account": "2104", "amount": 5}],
    }  # fmt: skip
    return book_at(books, tmp_path / "lain.kwt", [line] * 3)


@pytest.mark.parametrize("make", [restored, imported, backed_up])
def test_a_book_made_under_an_old_name_is_what_was_made(
    make: Callable[[Books, Path, Path], None], books: Books, gone: Path, other: Path
) -> None:
    log = gone.with_name("juni.kwt-wal").read_bytes()
    make(books, other, gone)
    with closing(books.open(gone)) as book:
        assert all(outcome.passed for outcome in book.verify())
    assert heads(gone) == heads(other)
    aside = gone.with_name("juni.kwt-wal.old")
    assert aside.read_bytes() == log, "whoever moved the book away may still need its log"


def test_a_log_is_set_aside_beside_an_earlier_one(books: Books, gone: Path, other: Path) -> None:
    earlier = gone.with_name("juni.kwt-wal.old")
    earlier.write_text("lebih dulu", encoding="utf-8")
    books.restore(other, gone)
    assert earlier.read_text(encoding="utf-8") == "lebih dulu"
    assert gone.with_name("juni.kwt-wal.old-2").stat().st_size


def test_an_old_journal_is_not_rolled_back_into_a_new_book(
    books: Books, tmp_path: Path, other: Path
) -> None:
    path = tmp_path / "baru.kwt"
    hot = path.with_name("baru.kwt-journal")
    hot.write_bytes(b"\xd9\xd5\x05\xf9 \xa1c\xd7" + b"\0" * 504)
    books.restore(other, path)
    assert not hot.exists()
    assert heads(path) == heads(other)


def test_a_book_is_brought_up_to_date_with_what_was_in_its_log(
    books: Books, crashed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "whole").mkdir()
    whole = tmp_path / "whole" / "juni.kwt"
    for suffix in ("", "-wal"):
        shutil.copyfile(f"{crashed}{suffix}", f"{whole}{suffix}")
    expected = heads(whole)
    later = SCHEMA_VERSION + 1
    be_later(monkeypatch, later, step_to_2.MADE)
    backup = bring_up_to_date(crashed, resources_dir(), STEPS, later)
    assert backup is not None
    assert heads(crashed) == heads(backup) == expected
    with closing(sqlite3.connect(crashed)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (later,)
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_book_that_somebody_has_open_is_not_brought_up_to_date(
    books: Books, alone: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever is recorded there meanwhile would be lost with the file that is replaced."""
    monkeypatch.setattr("kwt_books.store.engine.BUSY_MILLISECONDS", 20)
    with closing(books.open(alone)) as book:
        book.record(transfer())
        before = heads(alone)
        with pytest.raises(StorageError) as refused:
            bring_up_to_date(alone, resources_dir(), STEPS, SCHEMA_VERSION + 1)
        assert refused.value.code == "locked"
        book.record(transfer())
    assert len(heads(alone)) == len(before) + 1


def test_a_book_reached_by_a_link_stays_where_it_is(
    alone: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = tmp_path / "pintas.kwt"
    if not linked(link, alone):
        pytest.skip("links can't be made here")
    later = SCHEMA_VERSION + 1
    be_later(monkeypatch, later, step_to_2.MADE)
    bring_up_to_date(link, resources_dir(), STEPS, later)
    assert link.is_symlink()
    with closing(sqlite3.connect(alone)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (later,)


def test_lines_are_what_was_told(books: Books, gone: Path) -> None:
    """An import says how many entries it took in: so many are there."""
    line = {"kind": "transfer", "date": "2026-07-02", "from": "1101", "to": "1103", "amount": 5}
    lines = "\n".join(json.dumps({**line, "amount": n}) for n in range(1, 195)).encode()
    told = books.import_stream(gone, io.BytesIO(lines))
    found = heads(gone)
    assert (len(found), found[-1]) == (told.entries, told.head)
