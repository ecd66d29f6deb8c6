"""A book of an older program brought up to date: on a copy, behind a backup."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from kwt_books.domain.errors import StorageError
from kwt_books.services.backup import copied, must_pass
from kwt_books.store.book import BookFile, settle, version_of
from kwt_books.store.chart import default_chart
from kwt_books.store.engine import SCHEMA_VERSION
from kwt_books.store.migrations import STEPS, migrate


def bring_up_to_date(
    path: Path,
    resources: Path,
    steps: Mapping[int, str] = STEPS,
    version: int = SCHEMA_VERSION,
) -> Path | None:
    """Takes an older book to `version`; the backup that was made of it first, if it was older.

    The book itself is untouched until its copy has taken every step and passed every check.
    """
    stands_at = version_of(path)
    if stands_at >= version:
        return None
    book = BookFile.open(path, read_only=True, older=True)
    try:
        backup = _free(path.with_name(f"{path.stem}-v{stands_at}{path.suffix}"))
        with copied(book, backup) as copy:
            _must_equal(book, copy)
            settle(copy, backup)
        with copied(book, path) as copy:
            migrate(copy, steps, version)
            must_pass(copy, default_chart(resources))
            book.close()
            settle(copy, path)
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


def _must_equal(book: BookFile, copy: Path) -> None:
    """Page by page: checks of an older book are not known any more."""
    other = BookFile.open(copy, read_only=True, older=True)
    try:
        with book.reading() as one, other.reading() as two:
            for connection in (one, two):
                answer = connection.exec_driver_sql("PRAGMA integrity_check(1)").scalar_one()
                if answer != "ok":
                    raise StorageError("damaged", detail=answer)
            raws = [each.connection.driver_connection for each in (one, two)]
            contents = [raw.iterdump() for raw in raws if raw is not None]
            if any(ours != theirs for ours, theirs in zip(*contents, strict=True)):
                raise StorageError("damaged", detail=str(copy))
    finally:
        other.close()
