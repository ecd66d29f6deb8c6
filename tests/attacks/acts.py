"""Everything that writes, one act after the other, with a word before and after each."""

from __future__ import annotations

import io
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory, mkdtemp
from unittest import mock

from kwt_books.app import Books
from kwt_books.book import Book
from kwt_books.domain.access import Person, Role
from kwt_books.domain.documents.setup import PersonSetup
from kwt_books.domain.errors import BookError, RuleError
from kwt_books.i18n.catalogue import resources_dir
from kwt_books.services import people
from kwt_books.services.intake.sheet import SheetFile
from kwt_books.services.intake.taking import layouts_of, take
from tests.attacks.books import transfers
from tests.attacks.disk import Said, relent, say
from tests.conftest import NOW
from tests.older import made_older

CHAIR, PASSWORDS = "Aryanah", ("kunci lama sekali", "kunci yang baru")
WRONG = "bukan kunci ini"
MAIN, OLDER, PEOPLE, AUDIT = "b.kwt", "lama.kwt", "orang.kwt", "b.kwt-audit"
KEPT, EXPORT = "cadangan", "catatan.jsonl"
OLD_EXPORT = b"lama\n"
BEGUN = 6
"""Entries of the books that are there at the beginning."""
_LINE = b'{"kind": "transfer", "date": "2026-07-02", "from": "1101", "to": "1103", "amount": %d}\n'
Told = Said


def door_to(folder: Path) -> Books:
    """The door, with a place for the program's own backups."""
    books = Books(resources_dir(), lambda: NOW, Person("Siti Rohmah", Role.CHAIR))
    books.backups = folder / KEPT
    return books


def lines(number: int) -> io.BytesIO:
    """A stream of so many transfers."""
    return io.BytesIO(b"".join(_LINE % amount for amount in range(1, number + 1)))


@cache
def beginning() -> Path:
    """A folder with a book, one of an older version, and one with people; to be copied.

    Every act is done once elsewhere, so that a child finds loaded whatever it needs.
    """
    folder = Path(mkdtemp())
    (folder / EXPORT).write_bytes(OLD_EXPORT)
    books = door_to(folder)
    books.import_stream(folder / MAIN, lines(BEGUN))
    shutil.copyfile(folder / MAIN, folder / OLDER)
    made_older(folder / OLDER, "DROP TABLE credential;", 1)
    person = PersonSetup(name=CHAIR, role=Role.CHAIR)
    with _cheap(), closing(books.create(folder / PEOPLE)) as book:
        book.people.begin([(person, PASSWORDS[0])])
    with _cheap(), TemporaryDirectory() as other:
        _lay_out(folder, Path(other))
        Story(Path(other), Random(0)).once()
    return folder


def laid_out(folder: Path) -> None:
    """The beginning in a folder of its own."""
    _lay_out(beginning(), folder)


def _lay_out(start: Path, folder: Path) -> None:
    for each in start.iterdir():
        shutil.copyfile(each, folder / each.name)


@contextmanager
def _cheap() -> Iterator[None]:
    """Hashes of passwords that are quickly made: it is not they that are attacked."""
    with mock.patch.multiple(people, _TIME=1, _MEMORY=8):
        yield


class Story:
    """Acts at random. Each says `begun`, and then `done` with what it made, or `refused`."""

    def __init__(self, folder: Path, rng: Random) -> None:
        self._folder, self._rng = folder, rng
        self._books = door_to(folder)
        self._book: Book | None = None
        self._number = self._amount = 0

    def tell(self, acts: int, *, again: bool = False) -> None:
        """So many acts; `again`: at the end the disk is as it should be, and one more is done."""
        with _cheap():
            for _ in range(acts):
                self._act(self._rng.choice(_ACTS))
            if again:
                relent()
                self._act("record")

    def once(self) -> None:
        """Every act, unheard."""
        for name in dict.fromkeys(_ACTS):
            self._number += 1
            getattr(self, f"_{name}")(1)
        self._closed()

    def _act(self, name: str) -> None:
        size = self._rng.choice((1, 1, 2, 7))
        self._number += 1
        act: Callable[[int], Told] = getattr(self, f"_{name}")
        say(begun=name, size=size)
        try:
            told = act(size)
        except BookError as error:
            say(refused=name, code=error.code)
        else:
            say(done=name, **told)

    def _name(self, act: str) -> str:
        return f"{act}-{self._number}.{'jsonl' if act == 'export' else 'kwt'}"

    def _path(self, act: str) -> Path:
        return self._folder / self._name(act)

    def _open(self) -> Book:
        if self._book is None:
            self._book = self._books.open(self._folder / MAIN)
        return self._book

    def _closed(self) -> None:
        book, self._book = self._book, None
        if book is not None:
            book.close()

    # -- acts, by the names in `_ACTS`; each gives what it promises -----------------------------

    def _record(self, size: int) -> Told:
        self._amount += size
        made = self._open().record_all(transfers(range(self._amount, self._amount + size)))
        return {"heads": [each.hash for each in made]}

    def _rest(self, _: int) -> Told:
        self._open().rest()
        return {}

    def _reopen(self, _: int) -> Told:
        self._closed()
        self._open()
        return {}

    def _take_in(self, size: int) -> Told:
        """Into the book itself, while it may be open."""
        told = self._books.import_stream(self._folder / MAIN, lines(size))
        return {"heads": [*[None] * (told.entries - 1), told.head]}

    def _sheet(self, size: int) -> Told:
        """A cash book of so many rows; the file itself is an entry more."""
        rows = [f"02/07/2026;Jual bayam {self._number}-{n};{1000 + n}" for n in range(size)]
        content = "\n".join(("Tanggal;Uraian;Masuk", *rows)).encode()
        file, today = SheetFile("kas.csv", content), NOW.date()
        _, made = take(self._open(), file, layouts_of(file), today, meant=True)
        return {"heads": [each.hash for each in made]}

    def _import(self, size: int) -> Told:
        self._books.import_stream(self._path("import"), lines(size))
        return {"made": self._name("import")}

    def _create(self, _: int) -> Told:
        self._books.create(self._path("create")).close()
        return {"made": self._name("create")}

    def _back_up(self, _: int) -> Told:
        self._open().back_up(self._path("back_up"))
        return {"made": self._name("back_up")}

    def _restore(self, _: int) -> Told:
        self._books.restore(self._folder / MAIN, self._path("restore"))
        return {"made": self._name("restore")}

    def _export(self, _: int) -> Told:
        """Under a new name, or over what stands there."""
        name = self._rng.choice((self._name("export"), EXPORT))
        self._open().export("stream", self._folder / name)
        return {"made": name}

    def _keep(self, _: int) -> Told:
        self._closed()
        made = self._books.keep_backup(self._folder / MAIN)
        return {"kept": [str(each.relative_to(self._folder)) for each in made]}

    def _find(self, _: int) -> Told:
        text = f"Temuan {self._number}"
        self._open().audit.notebook.find(text)
        return {"found": text}

    def _upgrade(self, _: int) -> Told:
        self._books.open(self._folder / OLDER).close()
        return {}

    def _wrong(self, _: int) -> Told:
        """A wrong password is counted."""
        with closing(self._books.open(self._folder / PEOPLE)) as book:
            with _as_wrong():
                book.sign_in(CHAIR, WRONG)
            return {"tries": 1}

    def _password(self, _: int) -> Told:
        with closing(self._books.open(self._folder / PEOPLE)) as book:
            book.sign_in(CHAIR, PASSWORDS[0])
            book.people.set_password(CHAIR, PASSWORDS[1], PASSWORDS[0])
        return {"password": 1}


@contextmanager
def _as_wrong() -> Iterator[None]:
    """Lets pass that the password was wrong, which it was; nothing else."""
    try:
        yield
    except RuleError as error:
        if error.code not in ("wrong-password", "locked-out"):
            raise


_ACTS = ("record",) * 5 + ("rest", "reopen", "take_in", "sheet", "import", "create", "back_up",
         "restore", "export", "keep", "find", "upgrade", "wrong", "password")  # fmt: skip
