"""Encrypting a book, giving it another passphrase, and making it readable to everybody again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from kwt_books.domain.documents.setup import AccountSetup
from kwt_books.domain.errors import BookError, StorageError
from kwt_books.services.backup import must_equal, must_pass
from kwt_books.services.kept_backups import backups_in, folder_of
from kwt_books.store.file import BookFile, coming_to, settle
from kwt_books.store.first_look import standing
from kwt_books.store.keys import Key, learn, new_key
from kwt_books.store.untouched import itself, stamp


@dataclass(frozen=True, slots=True)
class Encrypted:
    """What became of a book and of the backups that the program keeps of it."""

    key: str | None
    """The key for the paper; None where the book is not encrypted any more."""
    backups: int
    """How many backups were changed with it."""
    left: tuple[Path, ...]
    """Backups that stay as they were: another passphrase opens them, or the disk refused."""


def encrypt(
    path: Path,
    phrase: str | None,
    chart: list[AccountSetup],
    places: Iterable[Path] = (),
) -> Encrypted:
    """Encrypts the closed book at `path` with a new passphrase; with None it becomes readable.

    The backups of it at `places` follow. The book is untouched until its copy holds the same and
    has passed every check. It can't be cancelled: the key has to be told. Raises `StorageError`:
    `locked` where somebody else has the book open, or what is wrong with the phrase.
    """
    key = new_key(phrase) if phrase is not None else None
    if key is not None:
        learn(key)
    path = itself(path)
    backups = _backups_of(path, places)
    left = []
    _changed(path, key, chart)
    for backup in backups:
        try:
            _changed(backup, key, chart)
        except BookError:
            left.append(backup)
    return Encrypted(key.on_paper if key else None, len(backups) - len(left), tuple(left))


def _backups_of(path: Path, places: Iterable[Path]) -> list[Path]:
    file = BookFile.open(path, read_only=True)
    try:
        with file.reading() as connection:
            now = standing(connection)
    finally:
        file.close()
    if now is None:
        return []
    return [each.path for at in places for each in backups_in(folder_of(at, path, now))]


def _changed(path: Path, key: Key | None, chart: list[AccountSetup]) -> None:
    """Puts a copy that was compared and checked where the file is."""
    book = BookFile.open(path)
    try:
        book.take_alone()
        with coming_to(path) as made:
            book.export(made, key)
            must_equal(book, made)
            must_pass(made, chart)
            seen = stamp(path)
            book.close()
            if stamp(path) != seen:
                raise StorageError("locked", path=path)
            settle(made, path, instead=True)
    finally:
        book.close()
