"""Copies of a book, whole and verified or not made at all, and older books brought up to date."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path

from kwt_books.domain.documents.setup import AccountSetup
from kwt_books.domain.errors import StorageError
from kwt_books.services.integrity.verify import Progress as VerifyProgress
from kwt_books.services.integrity.verify import verify
from kwt_books.store.credentials import default_chart
from kwt_books.store.driver import connected
from kwt_books.store.engine import SCHEMA_VERSION, contents_of, damage_of, storage_errors
from kwt_books.store.file import BookFile, coming_to, settle, version_of
from kwt_books.store.keys import key_of
from kwt_books.store.migrations import STEPS, migrate
from kwt_books.store.untouched import itself, stamp

Progress = Callable[[int, int], None]
"""Told how many pages of the file are copied, of how many; raises to cancel."""

_PAGES = 2_000


def copy_book(
    book: BookFile, target: Path, chart: list[AccountSetup], progress: Progress | None = None
) -> None:
    """Copies an open book, while others may write to it, under a name that is free.

    It makes a backup of a book and a book of a backup. Raises `StorageError` where the name is
    taken or the copy does not pass every check, and leaves no file then.
    """
    if os.path.lexists(target):
        raise StorageError("target-exists", path=target)
    with copied(book, target, progress) as copy:
        must_pass(copy, chart)
        settle(copy, target)


@contextmanager
def copied(book: BookFile, target: Path, progress: Progress | None = None) -> Iterator[Path]:
    """A copy beside `target`, to be settled there; removed at the end where it was not."""
    with coming_to(target) as copy:
        _copy(book, copy, progress)
        yield copy


def _copy(book: BookFile, copy: Path, progress: Progress | None) -> None:
    def tell(_status: int, remaining: int, total: int) -> None:
        if progress is not None:
            progress(total - remaining, total)

    key = key_of(book.path)
    with book.reading() as connection, storage_errors(), closing(connected(copy, key=key)) as made:
        source = connection.connection.driver_connection
        assert source is not None
        source.backup(made, pages=_PAGES, progress=tell)


def must_pass(
    copy: Path, chart: list[AccountSetup], progress: VerifyProgress | None = None
) -> None:
    """Raises `StorageError("copy-not-whole")` with the first check that the copy fails."""
    made = BookFile.open(copy, read_only=True)
    try:
        with made.reading() as connection:
            failed = [each for each in verify(connection, chart, progress) if not each.passed]
    finally:
        made.close()
    if failed:
        first = failed[0]
        raise StorageError("copy-not-whole", check=first.check, document=first.document or "")


# -- An older book brought up to date, on a copy and after a backup -------------------------------


def bring_up_to_date(
    path: Path,
    resources: Path,
    steps: Mapping[int, str] = STEPS,
    version: int = SCHEMA_VERSION,
) -> Path | None:
    """Takes an older book to `version`; the backup made of it first, or None.

    The book itself is untouched until its copy has taken every step and passed every check. A link
    stays a link. Raises `StorageError("locked")` where somebody else has the book open.
    """
    path = itself(path)
    stands_at = version_of(path)
    if stands_at >= version:
        return None
    book = BookFile.open(path, older=True)
    try:
        book.take_alone()
        backup = _free(path.with_name(f"{path.stem}-v{stands_at}{path.suffix}"))
        with copied(book, backup) as copy:
            must_equal(book, copy)
            settle(copy, backup)
        with copied(book, path) as copy:
            migrate(copy, steps, version)
            must_pass(copy, default_chart(resources))
            seen = stamp(path)
            book.close()
            if stamp(path) != seen:
                raise StorageError("locked", path=path)
            settle(copy, path, instead=True)
    finally:
        book.close()
    return backup


def _free(backup: Path) -> Path:
    """The name, with a number where it is taken."""
    free, number = backup, 1
    while free.exists():
        number += 1
        free = backup.with_stem(f"{backup.stem}-{number}")
    return free


def must_equal(book: BookFile, copy: Path) -> None:
    """Compares the contents row by row: the checks of an older version are not known any more.

    Raises `StorageError("damaged")` where they differ.
    """
    other = BookFile.open(copy, read_only=True, older=True)
    try:
        with book.reading() as one, other.reading() as two:
            for connection in (one, two):
                damage = damage_of(connection, thorough=True)
                if damage is not None:
                    raise StorageError("damaged", detail=damage)
            pairs = zip(contents_of(one), contents_of(two), strict=True)
            if any(ours != theirs for ours, theirs in pairs):
                raise StorageError("damaged", detail=str(copy))
    finally:
        other.close()
