"""The one door to a book, for the command line and the desktop alike."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import AbstractContextManager, ExitStack, closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from kwt_books.book import Book, Clock
from kwt_books.domain.access import Person
from kwt_books.domain.address import Address, ServerAddress
from kwt_books.domain.errors import StorageError
from kwt_books.domain.files import reachable

if TYPE_CHECKING:  # the others are imported when first needed: a start has to be short
    from sqlalchemy import Connection

    from kwt_books.domain.access import User
    from kwt_books.domain.accounts import Account
    from kwt_books.domain.documents.setup import AccountSetup
    from kwt_books.domain.values import Month
    from kwt_books.reports.packs import Pack
    from kwt_books.services.audit.compare import Progress as CompareProgress
    from kwt_books.services.backup import Progress as CopyProgress
    from kwt_books.services.first_start import Answers, Beginning, Begun, FirstEntries, UsualGoods
    from kwt_books.services.integrity.verify import Progress as VerifyProgress
    from kwt_books.services.kept_backups import Content, KeptBackup
    from kwt_books.services.mirroring import Pushed
    from kwt_books.services.stream import Progress
    from kwt_books.store.opened import OpenBook
    from kwt_books.store.server.bell import Bell
    from kwt_books.store.state import BookState

__all__ = ["Book", "Books", "Clock", "Imported"]


_PROTECTED = ("read-only", "mirror", "cannot-open", "disk-full", "disk-error")
"""What a disk says that takes no entries; SQLite can't make its log beside the book either."""
_DOUBTFUL = ("foreign-schema", "damaged", "newest-seal-broken")
"""What is wrong with a book that is not to be recorded in, and can perhaps be read."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import recorded: how many entries, and the chain's head after them."""

    entries: int
    head: str


class Books:
    """Opens and makes books. Built once by `main.py` with the clock, files and person."""

    def __init__(self, resources: Path, clock: Clock, person: Person) -> None:
        self._resources = resources
        self._clock = clock
        self._person = person
        self.backups: Path | None = None
        """Where the program backs up by itself; None: nowhere."""

    @property
    def person(self) -> Person:
        """Who opens books; who records in them unless somebody signs in."""
        return self._person

    @property
    def clock(self) -> Clock:
        """What says the time to recordings."""
        return self._clock

    def people_of(self, path: Address) -> tuple[User, ...] | None:
        """Who may sign in to a book, without opening it; None where that can't be read."""
        path = reachable(path)
        if isinstance(path, Path):  # asked before a window stands, so without SQLAlchemy
            from kwt_books.store import untouched

            return untouched.people_of(path)
        from kwt_books.store.door import people_of

        return people_of(path)

    def exists(self, path: Address) -> bool:
        """Whether something bears the name. Raises `StorageError` where a server can't be asked."""
        from kwt_books.store.door import exists

        return exists(reachable(path))

    def open(self, path: Address, *, read_only: bool = False) -> Book:
        """Opens a book; one of an older version is brought up to date first, unless only read.

        Raises `StorageError` where the file is no book, is damaged or can't be written.
        """
        from kwt_books.store.door import open_book

        path = reachable(path)
        file = open_book(path, read_only=True) if read_only else self._sound(path)
        return self._book(file)

    def _book(self, file: OpenBook) -> Book:
        file.judge = self._fails
        backups = self.backups if isinstance(file.path, Path) else None  # a server has its own
        return Book(file, self._person, self._clock, self._resources, backups)

    def _fails(self, connection: Connection) -> bool:
        """Whether a book does not pass every check."""
        from kwt_books.services.integrity.verify import verify

        return not all(each.passed for each in verify(connection, self._chart()))

    def open_as_it_lies(self, path: Address) -> Book:
        """Opens a book to be written, or only to be read where it can't be written.

        It is only read where the file or its folder is protected, and where something is wrong
        with the book itself, which is its `doubt` then. Raises `StorageError` where it can't be
        read.
        """
        try:
            return self.open(path)
        except StorageError as error:
            if error.code not in (*_PROTECTED, *_DOUBTFUL):
                raise
            refused = error
        try:
            book = self.open(path, read_only=True)
        except StorageError as error:
            raise (error if refused.code in _PROTECTED else refused) from error
        if refused.code in _DOUBTFUL:
            book.doubt = refused
        return book

    def _sound(self, path: Address) -> OpenBook:
        """To be written, once it has been looked at."""
        from kwt_books.store.first_look import first_look

        file = self._writable(path)
        try:
            with file.reading() as connection:
                found = file.at_once(connection, lambda: first_look(connection))
            if found is not None:
                code = "damaged" if found.code == "file-damaged" else found.code
                raise StorageError(code, path=path, **found.params)
        except BaseException:
            file.close()
            raise
        return file

    def _writable(self, path: Address) -> OpenBook:
        from kwt_books.store.door import open_book

        try:
            return open_book(path)
        except StorageError as error:
            if error.code != "older-book":
                raise
        if isinstance(path, Path):
            from kwt_books.services.backup import bring_up_to_date

            bring_up_to_date(path, self._resources)
        else:
            from kwt_books.store.door import upgrade

            upgrade(path, self._fails)
        return open_book(path)

    def create(self, path: Address, phrase: str | None = None) -> Book:
        """A new book with the default chart of accounts, opened to be written.

        It is encrypted where there is a pass `phrase`. Raises `StorageError`: `book-exists` where
        something is at `path`, or what is wrong with the phrase.
        """
        from kwt_books.store.door import create_book
        from kwt_books.store.keys import new_key

        key = new_key(phrase) if phrase is not None else None
        return self._book(create_book(reachable(path), self._chart(), key))

    # -- encrypted books -------------------------------------------------------------------

    def is_encrypted(self, path: Address) -> bool:
        """Whether the file at `path` is an encrypted book; none on a server is."""
        from kwt_books.store.keys import salt_of

        return isinstance(path, Path) and salt_of(reachable(path)) is not None

    def asks_phrase(self, path: Address) -> bool:
        """Whether the book at `path` is encrypted, and nobody has told its passphrase yet."""
        from kwt_books.store.keys import key_of

        if not isinstance(path, Path):
            return False
        try:
            key_of(reachable(path))
        except StorageError:
            return True
        return False

    def unlock(self, path: Path, secret: str) -> None:
        """Opens an encrypted book and its copies from now on, until the program ends or `lock`.

        `secret`: its passphrase, or the key on its paper. Raises `StorageError`:
        `wrong-passphrase`, `wrong-book-key` or `not-encrypted`.
        """
        from kwt_books.store.keys import key_of_secret, learn

        learn(key_of_secret(reachable(path), secret))

    def key_on_paper(self, path: Path) -> str | None:
        """The key of an encrypted book as it is printed; None where it isn't encrypted.

        Raises `StorageError("encrypted")` where nobody has told its passphrase yet.
        """
        from kwt_books.store.keys import key_of

        key = key_of(reachable(path))
        return key.on_paper if key is not None else None

    def lock(self, path: Path) -> None:
        """Asks for the passphrase of the book at `path` again; one that is open stays open."""
        from kwt_books.store.keys import forget

        forget(reachable(path))

    def usual_goods(self) -> UsualGoods:
        """The goods that the first start offers to be ticked."""
        from kwt_books.services.first_start import usual_goods

        return usual_goods(self._resources)

    def first_entries(self, answers: Answers) -> FirstEntries:
        """The entries that answers to the first questions make; nothing is recorded."""
        from kwt_books.services.first_start import FirstEntries

        return FirstEntries(answers, self.usual_goods(), self.chart())

    def chart(self) -> dict[str, Account]:
        """The accounts that books begin with, by code."""
        return {each.code: each.account() for each in self._chart()}

    def _chart(self) -> list[AccountSetup]:
        from kwt_books.store.credentials import default_chart

        return default_chart(self._resources)

    def begin(self, path: Address, beginning: Beginning, phrase: str | None = None) -> Begun:
        """Makes a book with its set-up and opening balance, or no book at all.

        It is encrypted where there is a pass `phrase`; raises `StorageError` for a weak one.
        """
        from kwt_books.services.first_start import begin_book
        from kwt_books.store.door import building
        from kwt_books.store.keys import new_key

        key = new_key(phrase) if phrase is not None else None
        with building(reachable(path), self._chart(), key) as state:
            return begin_book(state, beginning, self._person, self._clock)

    def restore(self, backup: Path, path: Path, progress: CopyProgress | None = None) -> None:
        """Writes a backup as a book to a new path, once it has passed every check."""
        from kwt_books.services.backup import copy_book
        from kwt_books.store.file import BookFile

        with closing(BookFile.open(reachable(backup), read_only=True)) as file:
            copy_book(file, reachable(path), self._chart(), progress)

    def keep_backup(self, path: Path, drives: Iterable[Path] = ()) -> tuple[Path, ...]:
        """Backs up a closed book where the program keeps backups, and on drives that know it.

        The new backups; none where the newest hold all of it already. What is too much goes.
        """
        from kwt_books.services.kept_backups import keep
        from kwt_books.store.file import BookFile

        if self.backups is None:
            return ()
        with closing(BookFile.open(reachable(path), read_only=True)) as file:
            return keep(file, reachable(self.backups), drives, self._chart(), self._clock())

    def kept_backups(self, drives: Iterable[Path] = ()) -> list[KeptBackup]:
        """What the program backed up by itself, of every book, the newest first."""
        from kwt_books.services.kept_backups import FOLDER, all_backups

        own = (self.backups,) if self.backups is not None else ()
        places = (*own, *(drive / FOLDER for drive in drives))
        found = [each for place in places for each in all_backups(reachable(place))]
        return sorted(found, key=lambda each: each.made, reverse=True)

    def look_into(self, backup: Path, progress: VerifyProgress | None = None) -> Content:
        """The newest document of a backup, and whether all of it passes."""
        from kwt_books.services.kept_backups import look_into

        return look_into(reachable(backup), self._chart(), progress)

    def import_stream(
        self,
        path: Address,
        stream: BinaryIO,
        progress: Progress | None = None,
        signing: tuple[str, str] | None = None,
    ) -> Imported:
        """Records all of a stream or nothing; makes the book where there is none.

        `signing`: name and password of who records, where the book has people. Raises `StreamError`
        for a line that can't be recorded.
        """
        from kwt_books.services.people import People
        from kwt_books.services.recorder import Recorder
        from kwt_books.services.stream import import_stream
        from kwt_books.store.door import building, exists

        path = reachable(path)
        file = self._sound(path) if exists(path) else None
        writing: AbstractContextManager[BookState] = (
            file.state(write=True) if file is not None else building(path, self._chart())
        )
        try:
            who = self._person
            if file is not None and signing is not None:
                who = People(file, who, self._clock).sign_in(*signing)
            with writing as state:
                recorder = Recorder(state, who, self._clock, free=file is None)
                entries = import_stream(stream, recorder, state, progress)
                head = state.head
        finally:
            if file is not None:
                file.close()
        return Imported(entries, head)

    def move(self, source: Address, target: Address, progress: Progress | None = None) -> str:
        """Makes the book `source` anew at `target`, on a server or in a file; the chain's head.

        Numbers, seals and passwords are the same, and `source` stays as it is. Raises
        `StorageError` where `target` is taken or `source` can't be read.
        """
        with closing(self.open(source, read_only=True)) as book:
            return book.rebuild_at(target, progress)

    def push(self, source: Address, mirror: ServerAddress) -> Pushed:
        """Hands a mirror on a server what it lacks of a group's book; the first time all of it.

        Raises `StorageError`: `older-than-mirror` for an older copy of the book, `forked` where the
        two are no longer one book.
        """
        from kwt_books.services.mirroring import must_go_on
        from kwt_books.store.door import exists, open_book
        from kwt_books.store.scratch import passing_file

        since = None
        if exists(mirror):
            with (
                closing(open_book(reachable(source), read_only=True)) as mine,
                closing(open_book(mirror, read_only=True)) as theirs,
                mine.reading() as here,
                theirs.reading() as there,
            ):
                since = must_go_on(here, there)
        with closing(self.open(source, read_only=True)) as book, passing_file() as stream:
            book.export("tail", stream, since=since)
            stream.seek(0)
            return self.take_tail(stream, mirror)

    def take_tail(self, stream: BinaryIO, mirror: ServerAddress) -> Pushed:
        """Hands a mirror a tail that was written to a file; makes the mirror where there is none.

        Raises `StorageError`: `bad-tail`, `tail-begins-later`, `forked` or `not-a-mirror`; then the
        mirror is as it was.
        """
        from kwt_books.services.mirroring import take_tail
        from kwt_books.store.door import building_mirror, exists, mark_pushed, open_mirror

        with ExitStack() as stack:
            if exists(mirror):
                book = stack.enter_context(closing(open_mirror(mirror)))
                state = stack.enter_context(book.state(write=True))
            else:
                state = stack.enter_context(building_mirror(mirror, self._chart()))
            done = take_tail(state, stream, self._clock)
            mark_pushed(state, self._clock().isoformat(timespec="seconds"))
        return done

    def bell(self, address: ServerAddress) -> Bell:
        """Rings when another desk has recorded in a book. Raises `StorageError`."""
        from kwt_books.store.door import bell_of

        return bell_of(address)

    def oversee(
        self, server: ServerAddress, month: Month, language: str, *, exceptions: bool = False
    ) -> Pack:
        """The report on all books of a database that this login may read, as of a month's end.

        With `exceptions`, what the exceptions report names of the month is counted in each book:
        that report is made of each, which takes a tenth of a second or more.
        """
        from kwt_books.queries.oversight import groups
        from kwt_books.reports.oversight import oversight_pack

        found = groups(server, month, self._clock())
        if exceptions:
            found = tuple(
                replace(each, exceptions=self._exceptions(server.of(each.book), month))
                for each in found
            )
        return oversight_pack(found, month, language, (self._clock(), self._person.name))

    def _exceptions(self, book: ServerAddress, month: Month) -> int:
        """How much the exceptions report names in a month of a book."""
        from kwt_books.reports.context import Parameters

        with closing(self.open(book, read_only=True)) as opened:
            figures = opened.report("exceptions", Parameters(month=month), "id").figures
        return sum(figures.values())

    def compare(
        self,
        first: Address,
        second: Address,
        language: str | None = None,
        progress: CompareProgress | None = None,
    ) -> Pack:
        """The report that compares two books, both only read.

        It is in `language`, else in the first book's.
        """
        from kwt_books.services.audit.comparison import comparison_pack

        return comparison_pack(
            reachable(first),
            reachable(second),
            (self._clock(), self._person.name),
            language,
            progress,
        )

    @staticmethod
    def tidy() -> None:
        """Removes the passing files of programs that were killed."""
        from kwt_books.store.scratch import clear

        clear()

    @staticmethod
    def versions() -> dict[str, str]:
        """The versions of what books are kept with, by name: SQLite and SQLCipher."""
        from kwt_books.store.driver import versions

        return versions()

    @staticmethod
    def write(pack: Pack, format_: str, out: Path | BinaryIO) -> None:
        """Writes `pack` in one of `REPORT_FORMATS`; a file is there whole or not at all."""
        from kwt_books.exporters.formats import REPORT_FORMATS
        from kwt_books.exporters.whole import opened

        with opened(out) as file:
            REPORT_FORMATS[format_].write(pack, file)
