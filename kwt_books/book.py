"""One open book: everything that can be asked of it, each call a transaction of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Concatenate, ParamSpec, TypeVar

from kwt_books.domain.access import Person, Recorded, Role
from kwt_books.domain.address import Address
from kwt_books.domain.errors import InvalidDocument, RuleError, StorageError
from kwt_books.domain.files import reachable
from kwt_books.i18n.catalogue import Translator

if TYPE_CHECKING:  # the others are imported when first needed: a start has to be short
    from sqlalchemy import Connection

    from kwt_books.domain.chain import Course, Standing
    from kwt_books.domain.documents.base import Command, Document
    from kwt_books.domain.documents.setup import AccountSetup
    from kwt_books.domain.errors import Issue
    from kwt_books.queries.setup import BookView
    from kwt_books.reports.context import Context, Parameters
    from kwt_books.reports.model import Report
    from kwt_books.reports.packs import Pack, Part
    from kwt_books.services.audit.compare import Progress as CompareProgress
    from kwt_books.services.audit.service import AuditService
    from kwt_books.services.backup import Progress as CopyProgress
    from kwt_books.services.encryption import Encrypted
    from kwt_books.services.integrity.entries import Outcome
    from kwt_books.services.integrity.verify import Progress as VerifyProgress
    from kwt_books.services.people import People
    from kwt_books.services.recorder import Preview, Recorder
    from kwt_books.services.stream import Progress
    from kwt_books.store.opened import OpenBook
    from kwt_books.store.state import BookState

P = ParamSpec("P")
T = TypeVar("T")
Clock = Callable[[], datetime]
_DAMAGE = ("copy-not-whole", "damaged", "foreign-schema")
"""What is wrong with a book itself when it can't be backed up."""


class _TakenBack(Exception):  # noqa: N818 - ends a transaction that was a trial
    pass


class Book:
    """One open book. Every call is a transaction of its own."""

    def __init__(
        self,
        file: OpenBook,
        person: Person,
        clock: Clock,
        resources: Path,
        backups: Path | None = None,
    ) -> None:
        self._file = file
        self._backups = backups
        self._person = person
        self._clock = clock
        self._resources = resources
        self._view: BookView | None = None
        self._words: dict[str, Translator] = {}
        self.doubt: StorageError | None = None
        """Why it can only be read, where something is wrong with the book itself."""

    @property
    def path(self) -> Address:
        """Where the book lies: its file, or its place on a server."""
        return self._file.path

    @property
    def protected(self) -> bool:
        """Whether the book can't be written where it lies, or was opened only to be read."""
        return self._file.protected

    @property
    def is_far(self) -> bool:
        """Whether it lies on a server whose answers take so long that much is asked for at once."""
        return self._file.is_far

    def close(self) -> None:
        """Closes the file."""
        self._file.close()

    @property
    def person(self) -> Person:
        """Who records: the one who signed in last, else whoever opened the book."""
        return self._person

    @property
    def people(self) -> People:
        """Who may sign in, and their passwords."""
        from kwt_books.services.people import People

        return People(self._file, self._person, self._clock)

    def record_as(self, name: str) -> Person:
        """From here on `name` records, in a book without people.

        Raises `RuleError` where people sign in.
        """
        if self.people.everyone():
            raise RuleError("sign-in-first")
        self._person = Person(name, self._person.role)
        return self._person

    def sign_in(self, name: str, password: str) -> Person:
        """Signs a person in, who records from here on. Raises `RuleError` as `People.sign_in`.

        An auditor's book is opened again only to be read, so that its bytes stay as they are.
        """
        from kwt_books.store.door import open_book

        self._person = self.people.sign_in(name, password)
        spared = self._person.role is Role.AUDITOR
        if not self._file.protected and spared != self._file.read_only:
            judge = self._file.judge
            self._file.close()
            self._file = open_book(self.path, read_only=spared, spared=spared)
            self._file.judge = judge
            self._view = None
        return self._person

    def record(self, command: Command) -> Recorded:
        """Records a command; it is durable on return.

        Raises `InvalidDocument` with everything that is to be mended, or `RuleError` where this
        person may not record it.
        """
        return self.record_all((command,))[0]

    def record_all(self, commands: Iterable[Command]) -> tuple[Recorded, ...]:
        """Records all commands in their order, or none. Raises `RefusedAt` with the bad one."""
        commands = tuple(commands)
        if self._file.read_only and not self._file.protected and commands:
            raise RuleError("not-permitted", role=self._person.role, kind=commands[0].kind)
        if any(each.kind == "month_close" for each in commands):
            self._keep_backup()
        with self._file.state(write=True) as state:
            return self._done(state, lambda recorder: tuple(recorder.record_each(commands)))

    def record_together(
        self,
        commands: Iterable[Command],
        progress: Progress | None = None,
        *,
        head: str | None = None,
        trial: bool = False,
    ) -> tuple[Recorded, ...]:
        """Records all commands in their order, or none, however many there are.

        `progress` is told how many were looked at; what it raises leaves nothing recorded. With
        `head`, only while the chain still ends in it, else `RuleError("book-moved-on")`. A `trial`
        records nothing. Raises `RefusedTogether` with everything there is to mend in any of them.
        """
        from kwt_books.services.together import record_together

        recorded: tuple[Recorded, ...] = ()
        if self._file.read_only and not self._file.protected:
            raise RuleError("not-permitted", role=self._person.role, kind="receipt")
        with suppress(_TakenBack), self._file.state(write=True) as state:
            if head is not None and state.head != head:
                raise RuleError("book-moved-on")
            recorded = record_together(self._recorder(state), state, commands, progress)
            if trial:
                raise _TakenBack
        return recorded

    def _keep_backup(self) -> None:
        """Before a month is closed. A full disk is no reason not to close; damage is."""
        from kwt_books.services.kept_backups import keep
        from kwt_books.store.file import BookFile

        if self._backups is None or not isinstance(self._file, BookFile):
            return
        try:
            keep(self._file, reachable(self._backups), (), self._chart(), self._clock())
        except StorageError as error:
            if error.code in _DAMAGE:
                raise

    def know_drive(self, drive: Path) -> None:
        """From now on the program's own backups of the book go to this drive too.

        A book on a server is backed up there.
        """
        from kwt_books.services.kept_backups import make_known
        from kwt_books.store.file import BookFile

        if isinstance(self._file, BookFile):
            make_known(reachable(drive), self._file)

    def _chart(self) -> list[AccountSetup]:
        from kwt_books.store.credentials import default_chart

        return default_chart(self._resources)

    @contextmanager
    def reading_until(self, unwanted: Callable[[], bool]) -> Iterator[None]:
        """Within the block, reading ends with an error of the engine's once `unwanted` says so."""
        with self._file.asking(unwanted):
            yield

    def read(
        self,
        query: Callable[Concatenate[Context, P], T],
        /,
        *arguments: P.args,
        **named: P.kwargs,
    ) -> T:
        """What a query, a function of a `Reading`, gives within one read transaction.

        The result must be frozen: it can't use the reading after this has returned. Words in it are
        Indonesian; `read_in` gives them in another language.
        """
        return self.read_in("id", query, *arguments, **named)

    def read_in(
        self,
        language: str,
        query: Callable[Concatenate[Context, P], T],
        /,
        *arguments: P.args,
        **named: P.kwargs,
    ) -> T:
        """What `read` gives, with its words in this language."""
        return self._asked(language, lambda context: query(context, *arguments, **named))

    def at_one_moment(self, work: Callable[[Book], T]) -> T:
        """What work gives that asks this book for several things, all within one transaction.

        It must change nothing: where a server is far, it is run several times, to ask in few
        messages.
        """
        with self._file.held(write=False) as state:
            return self._file.at_once(state.connection, lambda: work(self))

    def paper(
        self,
        language: str,
        make: Callable[Concatenate[Context, P], Part],
        /,
        *arguments: P.args,
        **named: P.kwargs,
    ) -> Pack:
        """What `make` makes of a reading, as a pack with letterhead and foot."""
        return self._asked(
            language, lambda context: context.pack(make(context, *arguments, **named))
        )

    def report(self, name: str, parameters: Parameters, language: str) -> Report:
        """The report of this name in a language, as of the chain's present head.

        Raises `RuleError` where the parameters don't fit or lack what the report needs.
        """
        from kwt_books.reports.registry import build_report

        return self._asked(language, lambda context: build_report(name, context), parameters)

    def pack(self, name: str, parameters: Parameters, language: str) -> Pack:
        """The report as a pack, with letterhead and foot, read in one transaction."""
        from kwt_books.reports.registry import build_report, on_paper

        def make(context: Context) -> Pack:
            return context.pack(build_report(name, context), on_paper=on_paper(name, context))

        return self._asked(language, make, parameters)

    @property
    def language(self) -> str:
        """The group's language, `id` or `en`; `id` before a group is set up."""
        group = self.read(lambda reading: reading.setup.group)
        return group.language if group is not None else "id"

    def export(
        self,
        format_: str,
        out: Path | BinaryIO,
        *,
        language: str | None = None,
        attachments: bool = False,
        progress: Progress | None = None,
        until: date | None = None,
        since: str | None = None,
        before_closing: bool = False,
    ) -> None:
        """Writes the whole book in one of `BOOK_FORMATS`, in its own language or in `language`.

        `progress` is called with the number of entries written; what it raises leaves no file.
        `until` is the day that the reports of an audit pack go to, `since` the seal that a tail
        continues (`StorageError("no-such-seal")` where there is none); `before_closing` leaves the
        postings that close months out of a ledger for other programs.
        """
        from kwt_books.exporters.formats import BOOK_FORMATS
        from kwt_books.exporters.whole import BookOrder, opened

        language = language or self.language
        with self._reading(language) as context, opened(out) as file:
            order = BookOrder(
                context,
                attachments,
                progress,
                until,
                before_closing,
                since,
                partial(self._file.at_once, context.connection),
            )
            BOOK_FORMATS[format_].write(order, file)

    @property
    def audit(self) -> AuditService:
        """The auditor's service for this book, which writes nothing into it."""
        from kwt_books.services.audit.file import audit_path
        from kwt_books.services.audit.service import AuditService, Doors

        doors = Doors(self._reading, self._asked)
        return AuditService(doors, audit_path(self.path), self._clock, self._person.name)

    def compare(
        self,
        other: Address,
        language: str | None = None,
        progress: CompareProgress | None = None,
    ) -> Pack:
        """The report that compares this book with another copy of it, both only read."""
        from kwt_books.services.audit.comparison import comparison_pack

        return comparison_pack(
            self.path, reachable(other), (self._clock(), self._person.name), language, progress
        )

    @contextmanager
    def _reading(self, language: str) -> Iterator[Context]:
        """One transaction that only reads."""
        with self._file.reading() as connection:
            context = self._context(connection, language)
            self._view = context.view
            yield context

    def _asked(
        self,
        language: str,
        query: Callable[[Context], T],
        parameters: Parameters | None = None,
    ) -> T:
        """What a query gives within one transaction, in as few messages as can be."""
        from kwt_books.store.noted import guessed

        def run() -> T:
            context = self._context(connection, language, parameters)
            made = query(context)
            if not guessed(connection):
                self._view = context.view
            return made

        with self._file.reading() as connection:
            return self._file.at_once(connection, run)

    def _context(
        self, connection: Connection, language: str, parameters: Parameters | None = None
    ) -> Context:
        from kwt_books.queries.setup import BookView
        from kwt_books.reports.context import Context, Parameters
        from kwt_books.store.noted import guesses

        view = self._view
        if view is None or not view.still_holds(connection):
            view = BookView(connection, self._file.reading)
        if guesses(connection):
            view = view.apart()
        words = self._words.setdefault(language, Translator(language))
        asked, now = parameters or Parameters(), self._clock()
        return Context(connection, asked, words, now, view, self._person.name)

    def verify(self, progress: VerifyProgress | None = None) -> tuple[Outcome, ...]:
        """Every check of the book, each passed or with the first thing it found."""
        from kwt_books.services.integrity.verify import verify

        with self._file.reading() as connection:
            return verify(connection, self._chart(), progress)

    def standing(self) -> Standing | None:
        """How far the book has come; None where nothing was ever recorded in it."""
        from kwt_books.store.first_look import standing

        with self._file.reading() as connection:
            return standing(connection)

    def course_since(self, seen: Standing) -> Course:
        """What became of the book since the standing `seen`: ahead, older, or apart."""
        from kwt_books.store.first_look import course_since

        with self._file.reading() as connection:
            return course_since(connection, seen)

    def rest(self) -> None:
        """Brings SQLite's log into the book's file; to be called when nobody waits."""
        self._file.rest()

    def back_up(self, path: Path, progress: CopyProgress | None = None) -> None:
        """Makes a verified copy at a new path, or nothing there.

        Raises `StorageError` where something has that name or the copy fails a check.
        """
        from kwt_books.services.backup import copy_book
        from kwt_books.store.file import BookFile

        if isinstance(self._file, BookFile):
            copy_book(self._file, reachable(path), self._chart(), progress)
        else:
            self.rebuild_at(path)

    def rebuild_at(self, target: Address, progress: Progress | None = None) -> str:
        """Makes the same book at another place, on a server or in a file; the chain's head.

        A file out of an encrypted one is encrypted with the same key. Raises `StorageError` where
        the name is taken.
        """
        from kwt_books.exporters.formats import BOOK_FORMATS
        from kwt_books.exporters.whole import BookOrder
        from kwt_books.services.moving import rebuild
        from kwt_books.store.keys import key_of
        from kwt_books.store.scratch import passing_file

        key = key_of(self.path) if isinstance(self.path, Path) else None
        with self._reading("id") as context, passing_file() as stream:
            BOOK_FORMATS["stream"].write(BookOrder(context, attachments=True), stream)
            where = reachable(target)
            return rebuild(context, stream, where, self._chart(), self._clock, progress, key)

    @property
    def encrypted(self) -> bool:
        """Whether the book's file is encrypted."""
        from kwt_books.store.keys import salt_of

        return isinstance(self.path, Path) and salt_of(self.path) is not None

    def key_on_paper(self) -> str | None:
        """The key of an encrypted book as it is printed; None where it isn't encrypted.

        Raises `RuleError` for anybody but the chair.
        """
        from kwt_books.store.keys import key_of

        self.people.must_lead()
        key = key_of(self.path) if isinstance(self.path, Path) else None
        return key.on_paper if key is not None else None

    def encrypt(self, phrase: str | None) -> Encrypted:
        """Encrypts the book and its kept backups with a new passphrase; None: not any more.

        Raises `StorageError`, or `RuleError` for anybody but the chair; nothing was changed then.
        """
        from kwt_books.services.encryption import encrypt
        from kwt_books.store.file import BookFile

        self.people.must_lead()
        if not isinstance(self.path, Path):
            raise StorageError("encrypts-itself", path=self.path)
        if self._file.protected:
            raise StorageError("read-only", detail=str(self.path))
        places = (reachable(self._backups),) if self._backups is not None else ()
        judge = self._file.judge
        self._file.close()
        try:
            return encrypt(self.path, phrase, self._chart(), places)
        finally:
            self._file = BookFile.open(self.path)
            self._file.judge = judge
            self._view = None

    def preview(self, command: Document) -> Preview:
        """What recording `command` would post and move; nothing is recorded."""
        return self.previews(command)[0]

    def previews(self, *commands: Document) -> tuple[Preview, ...]:
        """What recording each of them alone would post and move, as of one moment."""
        with self._file.state(write=False) as state:
            return self._done(state, lambda recorder: tuple(map(recorder.preview, commands)))

    def check(self, command: Command) -> tuple[Issue, ...]:
        """What is to be mended before `command` can be recorded; nothing is recorded."""
        with self._file.state(write=False) as state:
            return self._done(state, lambda recorder: recorder.check(command))

    def unusual(self, command: Document) -> tuple[Issue, ...]:
        """What is allowed and seldom meant: a day to come, one nought too many, more than is owed.

        Nothing where the command can't be recorded.
        """
        from kwt_books.domain.documents.base import Document
        from kwt_books.services.recorder import normal
        from kwt_books.services.unusual import unusual

        try:
            valid = normal(command)
            assert isinstance(valid, Document)
            with self._file.state(write=False) as state:
                day = self._clock().date()
                return self._done(
                    state,
                    lambda recorder: unusual(recorder.state, valid, recorder.draft(valid), day),
                )
        except InvalidDocument:
            return ()

    @contextmanager
    def supposing(self, commands: Iterable[Command]) -> Iterator[None]:
        """Whatever the block asks is answered as if these were recorded, which they aren't.

        Where they can't be, the book as it is answers.
        """
        first = tuple(commands)
        with suppress(_TakenBack):
            if not first or self.check(first[0]):
                yield
                return
            with self._file.held(write=True) as state:
                tuple(self._recorder(state).record_each(first))
                state.flush()
                yield
                raise _TakenBack

    def _done(self, state: BookState, work: Callable[[Recorder], T]) -> T:
        """What a recorder's work gives, with as few messages to a far server as can be."""
        from kwt_books.store.door import foresee
        from kwt_books.store.noted import tries

        if tries(state.connection):
            from kwt_books.store.state import Trial

            return work(self._recorder(Trial(state)))
        foresee(state, lambda trial: work(self._recorder(trial)))
        return work(self._recorder(state))

    def _recorder(self, state: BookState) -> Recorder:
        from kwt_books.services.recorder import Recorder

        return Recorder(state, self._person, self._clock)
