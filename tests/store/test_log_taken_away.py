"""A process that POSIX took the locks of: another one takes the log away under it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from kwt_books.app import Books
from kwt_books.book import Book
from kwt_books.domain.documents.money import Transfer
from kwt_books.store.untouched import BESIDE, people_of
from tests import ROOT

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="Windows gives locks to handles, not to processes"
)

_LOOK = "import sys, pathlib; from kwt_books.store import untouched as u;"
_LOOKS = f"{_LOOK} assert u.people_of(pathlib.Path(sys.argv[1])) is not None"


def record(book: Book, amount: int) -> None:
    book.record(Transfer(date=date(2026, 7, 1), source="1101", to="1103", amount=amount))


def entries(path: Path, books: Books) -> int:
    """In the files as they lie, as after a crash."""
    folder = path.parent.with_name("left")
    folder.mkdir()
    for each in (path, *(path.with_name(path.name + end) for end in BESIDE[:2])):
        if each.exists():
            shutil.copyfile(each, folder / each.name)
    with closing(books.open(folder / path.name)) as left:
        assert all(each.passed for each in left.verify())
        standing = left.standing()
    assert standing is not None
    return standing.entries


@pytest.fixture
def robbed(books: Books, alone: Path) -> Iterator[Book]:
    """An open book whose log somebody else, who looked at the book and closed it, took away.

    A dialog that asks for a file looks into all that lie there, and POSIX takes all locks on a
    file from the process that closes it once.
    """
    with closing(books.open(alone)) as book:
        record(book, 1)
        book.rest()
        for each in alone.parent.iterdir():
            each.read_bytes()
        subprocess.run([sys.executable, "-c", _LOOKS, str(alone)], check=True, cwd=ROOT)
        assert not alone.with_name(f"{alone.name}-wal").exists()
        yield book


def test_what_is_recorded_then_is_in_the_book(robbed: Book, alone: Path, books: Books) -> None:
    standing = robbed.standing()
    assert standing is not None
    record(robbed, 2)
    record(robbed, 3)
    assert entries(alone, books) == standing.entries + 2


def test_what_others_record_then_is_seen_and_follows(
    robbed: Book, alone: Path, books: Books
) -> None:
    with closing(books.open(alone)) as other:
        record(other, 2)
        there = other.standing()
        assert robbed.standing() == there
        record(robbed, 3)
        record(other, 4)
        assert there is not None
        assert robbed.standing() == other.standing() != there
    assert people_of(alone) is not None
    assert entries(alone, books) == there.entries + 2
