"""Backups that the program makes by itself, and which of them it keeps."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import select

from kwt_books.domain.chain import Standing
from kwt_books.domain.documents.setup import AccountSetup
from kwt_books.domain.errors import BookError, StorageError
from kwt_books.domain.files import file_name_for
from kwt_books.services.backup import copy_book, must_pass
from kwt_books.services.integrity.verify import Progress
from kwt_books.store.file import BookFile
from kwt_books.store.first_look import standing
from kwt_books.store.tables import document

FOLDER = "KWT Books"
"""The folder on a flash drive; a drive that has it gets backups too."""
DAILY, WEEKLY, MONTHLY = 7, 5, 24
_NAME = re.compile(r".+ (\d{4}-\d\d-\d\d \d\d\.\d\d\.\d\d) \((\d+)\)\.kwt", re.DOTALL)
_TIME = "%Y-%m-%d %H.%M.%S"
_LONGEST = 40
"""Signs of a book's name in the names of its backups: Windows counts them."""


@dataclass(frozen=True, slots=True)
class KeptBackup:
    """A backup that the program made by itself."""

    path: Path
    made: datetime
    """By the computer's clock, without a zone."""
    entries: int


@dataclass(frozen=True, slots=True)
class Content:
    """What a backup holds, as it was read back."""

    number: str | None
    """Of the newest document; None where nothing was recorded."""
    date: str | None
    whole: bool
    """Whether it passes every check."""
    locked: bool = False
    """Whether it is encrypted and its passphrase not known: nothing can be said of it."""


def folder_of(place: Path, book: Path, now: Standing) -> Path:
    """A book's own among the backups at `place`; copies of it under other names have others."""
    return place / f"{file_name_for(book.stem)[:_LONGEST].strip()} {now.book[:8]}"


def make_known(drive: Path, book: BookFile) -> None:
    """From now on backups of the book go to this drive whenever it is plugged in."""
    with book.reading() as connection:
        now = standing(connection)
    if now is not None:
        with suppress(OSError):  # a drive that is full or protected is not known
            folder_of(drive / FOLDER, book.path, now).mkdir(parents=True, exist_ok=True)


def keep(
    book: BookFile,
    place: Path,
    drives: Iterable[Path],
    chart: list[AccountSetup],
    at: datetime,
) -> tuple[Path, ...]:
    """Verified backups in `place` and on the drives that know the book; those that are new.

    Where the newest backup holds all of the book, none is made. What is too much is deleted
    only once the new one is there. Raises `StorageError` after all places were tried.
    """
    with book.reading() as connection:
        now = standing(connection)
    if now is None:
        return ()
    known = (folder_of(drive / FOLDER, book.path, now) for drive in drives)
    folders = [folder_of(place, book.path, now), *(each for each in known if each.is_dir())]
    made, failed = [], None
    for folder in folders:
        try:
            made += _keep_in(folder, book, now, chart, at)
        except StorageError as error:
            failed = failed or error
    if failed is not None:
        raise failed
    return tuple(made)


def _keep_in(
    folder: Path, book: BookFile, now: Standing, chart: list[AccountSetup], at: datetime
) -> list[Path]:
    there = backups_in(folder)
    if there and _standing_of(there[0].path) == now:
        return []
    stem = file_name_for(book.path.stem)[:_LONGEST].strip()
    path = folder / f"{stem} {at.strftime(_TIME)} ({now.entries}).kwt"
    copy_book(book, path, chart)
    for each in too_many(backups_in(folder)):
        with suppress(OSError):
            each.path.unlink()
    return [path]


def _standing_of(path: Path) -> Standing | None:
    """The backup's content; None where it can't be read, so that another is made."""
    try:
        file = BookFile.open(path, read_only=True)
        try:
            with file.reading() as connection:
                return standing(connection)
        finally:
            file.close()
    except (BookError, OSError):
        return None


def backups_in(folder: Path) -> list[KeptBackup]:
    """The backups of one book, the newest first; files with other names are left alone."""
    found = []
    with suppress(OSError):
        for path in folder.iterdir():
            named = _NAME.fullmatch(path.name)
            with suppress(ValueError):
                if named is not None and path.is_file():
                    made = datetime.strptime(named[1], _TIME)  # noqa: DTZ007 - a name has no zone
                    found.append(KeptBackup(path, made, int(named[2])))
    return sorted(found, key=lambda each: (each.made, each.entries), reverse=True)


def all_backups(place: Path) -> list[KeptBackup]:
    """The backups of all books, the newest first."""
    with suppress(OSError):
        found = [each for folder in place.iterdir() for each in backups_in(folder)]
        return sorted(found, key=lambda each: each.made, reverse=True)
    return []


def too_many(backups: Iterable[KeptBackup]) -> list[KeptBackup]:
    """What is not among the 7 daily, 5 weekly and 24 monthly ones, nor the newest of all.

    Of a day, week or month the one that holds most is kept: an older copy of a book that was
    opened by mistake must not drive out the backup of the right one.
    """
    every = sorted(backups, key=lambda each: (each.made, each.entries), reverse=True)
    kept = {each.path for each in every[:1]}
    slots: tuple[tuple[Callable[[datetime], tuple[int, ...]], int], ...] = (
        (lambda made: (made.year, made.month, made.day), DAILY),
        (lambda made: tuple(made.isocalendar())[:2], WEEKLY),
        (lambda made: (made.year, made.month), MONTHLY),
    )
    for slot, most in slots:
        fullest: dict[tuple[int, ...], KeptBackup] = {}
        for each in every:
            before = fullest.setdefault(slot(each.made), each)
            if each.entries > before.entries:
                fullest[slot(each.made)] = each
        kept |= {fullest[key].path for key in sorted(fullest, reverse=True)[:most]}
    return [each for each in every if each.path not in kept]


def look_into(path: Path, chart: list[AccountSetup], progress: Progress | None = None) -> Content:
    """The newest document of a backup, and whether all of it passes; damage is no error.

    `progress` is told the entries that have passed, of how many; raises to cancel.
    """
    number = day = None
    try:
        file = BookFile.open(path, read_only=True)
        try:
            with file.reading() as connection:
                newest = connection.execute(_NEWEST).first()
                if newest is not None:
                    number, day = newest
        finally:
            file.close()
        must_pass(path, chart, progress)
    except (BookError, OSError) as error:
        locked = isinstance(error, StorageError) and error.code == "encrypted"
        return Content(number, day, whole=False, locked=locked)
    return Content(number, day, whole=True)


_NEWEST = (
    select(document.c.number, document.c.date)
    .where(document.c.number.is_not(None))
    .order_by(document.c.sequence.desc())
    .limit(1)
)
