"""Drafts: what was typed and not saved, kept on disk."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

# -- Digests in place of names that a file or setting must not reveal: of books, of persons ------
from kwt_books.domain.address import Address


def digest(text: str) -> str:
    """The first 16 hexadecimal digits of the text's SHA-256."""
    from hashlib import sha256  # loads OpenSSL: not for the first window

    return sha256(text.encode("utf-8")).hexdigest()[:16]


def book_digest(book: Address) -> str:
    """The digest of a book's resolved path, or of its address on a server."""
    return digest(str(book.resolve() if isinstance(book, Path) else book))


FIRST_START = "first-start"


class Drafts:
    """Drafts of forms, one file each. A file that can't be read counts as none."""

    def __init__(self, data: Path, whose: str, nobodys: Drafts | None = None) -> None:
        """`nobodys`: drafts that become those of the first who reads them."""
        self._folder, self._nobodys = data / "drafts" / whose, nobodys

    def _path(self, name: str) -> Path:
        return self._folder / f"{name}.json"

    def read(self, name: str) -> dict[str, object] | None:
        """The draft of a form as `write` was given it, or None."""
        self._claim(name)
        try:
            found = json.loads(self._path(name).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None
        return found if isinstance(found, dict) else None

    def write(self, name: str, state: Mapping[str, object]) -> None:
        """Keeps a form's draft, whole or not at all; a disk that refuses is ignored, so that typing
        goes on.
        """
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            new = self._path(name).with_suffix(".new")
            new.write_text(json.dumps(state, ensure_ascii=False), encoding="utf-8")
            new.replace(self._path(name))

    def keep(self, name: str, state: Mapping[str, object], blank: Mapping[str, object]) -> None:
        """Writes a form's draft; discards it where nothing else is filled in than at first."""
        if state == blank:
            self.discard(name)
        else:
            self.write(name, state)

    def _claim(self, name: str) -> None:
        """Makes a form's draft that is nobody's one of these, unless it has one here."""
        if self._nobodys is None or self._path(name).exists():
            return
        if (theirs := self._nobodys._path(name)).exists():
            with suppress(OSError):
                self._folder.mkdir(parents=True, exist_ok=True)
                theirs.replace(self._path(name))

    def names(self) -> tuple[str, ...]:
        """The forms that have a draft, also one that is nobody's."""
        others = self._nobodys.names() if self._nobodys is not None else ()
        try:
            return tuple(sorted({*others, *(path.stem for path in self._folder.glob("*.json"))}))
        except OSError:
            return others

    def discard(self, name: str) -> None:
        """Deletes a form's draft."""
        with suppress(OSError):
            self._path(name).unlink(missing_ok=True)


def drafts_of(data: Path, book: Address, person: str = "") -> Drafts:
    """The drafts of a book, apart from those of other books; of one `person`, where people sign
    in, for what one has begun isn't another's to record. What was begun before anybody signed in
    is whose who opens it first.
    """
    of_book = Drafts(data, book_digest(book))
    if not person:
        return of_book
    return Drafts(data, f"{book_digest(book)}-{digest(person)}", of_book)


def first_start_drafts(data: Path) -> Drafts:
    """The drafts of first starts, kept until their book is made."""
    return Drafts(data, FIRST_START)
