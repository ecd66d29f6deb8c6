"""One open book: everything that can be asked of it, each call a transaction of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from kwt_books import __version__
from kwt_books.domain.access import Person, Recorded, Role
from kwt_books.domain.errors import InvalidDocument, RuleError, StorageError
from kwt_books.domain.files import reachable
from kwt_books.i18n.catalogue import Translator

if TYPE_CHECKING:  # the others are imported when first needed: a start has to be short
    from sqlalchemy import Connection

    from kwt_books.domain.documents.base import Command, Document
    from kwt_books.domain.errors import Issue
    from kwt_books.domain.values import Month
    from kwt_books.queries.diary import Place, Sums
    from kwt_books.queries.overview import Overview, SetupData
    from kwt_books.queries.selling import SaleEntry, Selling
    from kwt_books.queries.setup import BookView
    from kwt_books.queries.shops import Shops, Visit
    from kwt_books.reports.context import Context, Parameters
    from kwt_books.reports.diary import DiaryPage, Sought
    from kwt_books.reports.model import Imprint, Report
    from kwt_books.reports.papers import Pack
    from kwt_books.reports.story import Story
    from kwt_books.services.audit.compare import Progress as CompareProgress
    from kwt_books.services.audit.service import AuditService
    from kwt_books.services.backup import Progress as CopyProgress
    from kwt_books.services.farm import Farm
    from kwt_books.services.first_look import Course, Standing
    from kwt_books.services.integrity.entries import Outcome
    from kwt_books.services.integrity.verify import Progress as VerifyProgress
    from kwt_books.services.people import People
    from kwt_books.services.recorder import Recorder
    from kwt_books.services.slips import PaperKind
    from kwt_books.services.stream import Progress
    from kwt_books.services.treasury import Preview, Treasury
    from kwt_books.store.file import BookFile
    from kwt_books.store.state import BookState

Clock = Callable[[], datetime]


class _TakenBack(Exception):  # noqa: N818 - ends a transaction that was a trial
    pass


class Book:
    """One open book. Every call is a transaction of its own."""

    def __init__(self, file: BookFile, person: Person, clock: Clock, resources: Path) -> None:
        self._file = file
        self._person = person
        self._clock = clock
        self._resources = resources
        self._view: BookView | None = None
        self._words: dict[str, Translator] = {}
        self.doubt: StorageError | None = None
        """Why it can only be read, where something is wrong with the book itself."""
        self._overview: tuple[tuple[str, Month, date], Overview] | None = None
        """The last one: home and sidebar ask for the same."""

    @property
    def path(self) -> Path:
        return self._file.path

    @property
    def protected(self) -> bool:
        """Whether the book can't be written where it lies, or was opened only to be read."""
        return self._file.protected

    def close(self) -> None:
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

    def recovery_paper(self, key: str, language: str) -> Pack:
        """The sheet on which the recovery key is kept."""
        from kwt_books.reports.context import Parameters, identity
        from kwt_books.reports.papers import Pack
        from kwt_books.reports.recovery import recovery_sheet

        with self._audited(Parameters(), language) as (context, imprint):
            sheet = recovery_sheet(context, key)
            return Pack((sheet,), identity(context.setup), imprint, language)

    def record_as(self, name: str) -> Person:
        """From here on `name` records, in a book without people.

        Raises `RuleError` where people sign in.
        """
        if self.people.everyone():
            raise RuleError("sign-in-first")
        self._person = Person(name, self._person.role)
        return self._person

    def sign_in(self, name: str, password: str) -> Person:
        """From here on `name` records; an auditor's book is only read, and its bytes stay."""
        from kwt_books.store.file import BookFile

        self._person = self.people.sign_in(name, password)
        spared = self._person.role is Role.AUDITOR
        if not self._file.protected and spared != self._file.read_only:
            judge = self._file.judge
            self._file.close()
            self._file = BookFile.open(self.path, read_only=spared, spared=spared)
            self._file.judge = judge
            self._view = None
        return self._person

    def record(self, command: Command) -> Recorded:
        """Durable when it returns; raises with everything that is wrong otherwise."""
        return self.record_all((command,))[0]

    def record_all(self, commands: Iterable[Command]) -> tuple[Recorded, ...]:
        """All of them, one after the other, or none."""
        commands = tuple(commands)
        if self._file.read_only and not self._file.protected and commands:
            raise RuleError("not-permitted", role=self._person.role, kind=commands[0].kind)
        with self._file.state(write=True) as state:
            return tuple(self._recorder(state).record_each(commands))

    @contextmanager
    def reading_until(self, unwanted: Callable[[], bool]) -> Iterator[None]:
        """What the block reads ends, with an error of SQLite's, as soon as it is unwanted."""
        with self._file.asking(unwanted):
            yield

    def report(self, name: str, parameters: Parameters, language: str) -> Report:
        """The report in a language, at the book's present chain head."""
        from kwt_books.reports.registry import build_report

        with self._file.reading() as connection:
            return build_report(name, self._context(connection, language, parameters))

    def overview(self, month: Month) -> Overview:
        """How the group stands in a month, and what waits today."""
        from kwt_books.queries.overview import overview

        today = self._clock().date()
        with self._file.reading() as connection:
            context = self._context(connection)
            asked = (context.chain.hash, month, today)
            if self._overview is None or self._overview[0] != asked:
                found = overview(connection, context.setup, month, today)
                self._overview = (asked, found)
            return self._overview[1]

    def setup(self) -> SetupData:
        """Everything that forms offer to choose from."""
        from kwt_books.queries.overview import setup_data

        with self._file.reading() as connection:
            return setup_data(self._context(connection).setup)

    def selling(self, day: date | None = None) -> Selling:
        """What can be sold, what of it the store has for a day, and the market days before."""
        from kwt_books.queries.selling import selling

        with self._file.reading() as connection:
            return selling(connection, self._context(connection).setup, day)

    def sales(self, month: Month) -> tuple[SaleEntry, ...]:
        """The documents of a month that sold something, newest first."""
        from kwt_books.queries.selling import sales_of

        with self._file.reading() as connection:
            setup = self._context(connection).setup
            return sales_of(connection, setup, month)

    def shops(self) -> Shops:
        """What stands at each shop, what it owes, and what can be brought there."""
        from kwt_books.queries.shops import shops

        with self._file.reading() as connection:
            setup = self._context(connection).setup
            return shops(connection, setup, self._clock().date())

    def shop_history(self, shop: str) -> tuple[Visit, ...]:
        """Deliveries, settlements and payments of a shop, newest first."""
        from kwt_books.queries.shops import history

        with self._file.reading() as connection:
            setup = self._context(connection).setup
            return history(connection, setup, shop)

    def papers(self, number: str) -> tuple[PaperKind, ...]:
        """What can be printed of a document, the usual paper first."""
        from kwt_books.services.slips import papers_of

        with self._file.reading() as connection:
            return papers_of(self._context(connection), number)

    def slip(self, number: str, language: str, kind: PaperKind | None = None) -> Pack:
        """A paper of a document, to be printed; the usual one unless `kind` says which."""
        from kwt_books.reports.context import identity
        from kwt_books.reports.papers import Pack
        from kwt_books.services.slips import slip

        with self._file.reading() as connection:
            context = self._context(connection, language)
            part = slip(context, number, kind)
            return Pack((part,), identity(context.setup), self._imprint(context), language)

    def diary(self, sought: Sought, language: str, after: Place | None = None) -> DiaryPage:
        """The next documents that are sought, newest first."""
        from kwt_books.reports.diary import diary_page

        with self._file.reading() as connection:
            return diary_page(self._context(connection, language), sought, after)

    def diary_sums(self, sought: Sought, language: str) -> Sums:
        """How many documents are sought, and what they brought and took in cash."""
        from kwt_books.reports.diary import diary_sums

        with self._file.reading() as connection:
            return diary_sums(self._context(connection, language), sought)

    def story(self, number: str, language: str) -> Story:
        """One document as people read it."""
        from kwt_books.reports.story import story

        with self._file.reading() as connection:
            return story(self._context(connection, language), number)

    def attachment(self, sequence: int) -> tuple[str, str, bytes] | None:
        """Name, media type and bytes of an attachment; None where only its digest is kept."""
        from kwt_books.queries.entry import attachment_of

        with self._file.reading() as connection:
            return attachment_of(connection, sequence)

    @property
    def language(self) -> str:
        """The group's; Indonesian as long as none is set up."""
        from kwt_books.queries.setup import SetupBook

        with self._file.reading() as connection:
            group = SetupBook(connection).group
        return group.language if group is not None else "id"

    def pack(self, name: str, parameters: Parameters, language: str) -> Pack:
        """The report to be written out: with letterhead and foot, all of one moment."""
        from kwt_books.reports.context import identity
        from kwt_books.reports.papers import Pack
        from kwt_books.reports.registry import build_report, on_paper

        with self._file.reading() as connection:
            context = self._context(connection, language, parameters)
            report = build_report(name, context)
            whose, foot = identity(context.setup), self._imprint(context)
            return Pack((report,), whose, foot, language, on_paper(name, context))

    def statements(self, month: Month, language: str) -> Pack:
        """The month's statements and books, to be written out together."""
        from kwt_books.reports.context import Parameters
        from kwt_books.services.statements import monthly_pack

        with self._file.reading() as connection:
            context = self._context(connection, language, Parameters(month=month))
            return monthly_pack(context, self._imprint(context))

    def export(
        self,
        format_: str,
        out: Path | BinaryIO,
        *,
        language: str | None = None,
        attachments: bool = False,
        progress: Progress | None = None,
        until: date | None = None,
    ) -> None:
        """The whole book in one of `BOOK_FORMATS`, in its own language or in this one.

        `progress` is told the entries written; what it raises leaves no file. `until` is the
        day that the reports of an audit pack go to.
        """
        from kwt_books.exporters.formats import BOOK_FORMATS
        from kwt_books.exporters.whole import BookOrder, opened

        language = language or self.language
        with self._file.reading() as connection, opened(out) as file:
            context = self._context(connection, language)
            order = BookOrder(context, self._imprint(context), attachments, progress, until)
            BOOK_FORMATS[format_].write(order, file)

    @property
    def treasury(self) -> Treasury:
        """What the screens of money, funds and the month's close ask of the book."""
        from kwt_books.services.treasury import Treasury

        return Treasury(self._audited)

    @property
    def farm(self) -> Farm:
        """What the screens of garden, kitchen and stock ask of the book."""
        from kwt_books.services.farm import Farm

        return Farm(self._audited)

    @property
    def audit(self) -> AuditService:
        """What an auditor asks of the book; nothing of it is written into it."""
        from kwt_books.services.audit.file import audit_path
        from kwt_books.services.audit.service import AuditService

        return AuditService(self._audited, audit_path(self.path), self._clock, self._person.name)

    def compare(
        self,
        other: Path,
        language: str | None = None,
        progress: CompareProgress | None = None,
    ) -> Pack:
        """This book beside another copy of it, both only read."""
        from kwt_books.services.audit.compare import comparison_pack

        return comparison_pack(
            self.path, reachable(other), (self._clock(), self._person.name), language, progress
        )

    @contextmanager
    def _audited(self, parameters: Parameters, language: str) -> Iterator[tuple[Context, Imprint]]:
        with self._file.reading() as connection:
            context = self._context(connection, language, parameters)
            yield context, self._imprint(context)

    def _imprint(self, context: Context) -> Imprint:
        from kwt_books.reports.model import Imprint

        chain, now = context.chain, self._clock()
        return Imprint(chain.hash, chain.documents, now, self._person.name, __version__)

    def _context(
        self, connection: Connection, language: str = "id", parameters: Parameters | None = None
    ) -> Context:
        from kwt_books.queries.setup import BookView
        from kwt_books.reports.context import Context, Parameters

        if self._view is None or not self._view.still_holds(connection):
            self._view = BookView(connection, self._file.reading)
        words = self._words.setdefault(language, Translator(language))
        return Context(
            connection, parameters or Parameters(), words, self._clock().date(), self._view
        )

    def verify(self, progress: VerifyProgress | None = None) -> tuple[Outcome, ...]:
        """Every check of the book from its first entry on, each passed or with what it found."""
        from kwt_books.services.integrity.verify import verify
        from kwt_books.store.credentials import default_chart

        with self._file.reading() as connection:
            return verify(connection, default_chart(self._resources), progress)

    def standing(self) -> Standing | None:
        """How far the book has come; nothing where nothing was ever recorded in it."""
        from kwt_books.services.first_look import standing

        with self._file.reading() as connection:
            return standing(connection)

    def course_since(self, seen: Standing) -> Course:
        """Whether it is further than when it was seen, an older copy, or another course of it."""
        from kwt_books.services.first_look import course_since

        with self._file.reading() as connection:
            return course_since(connection, seen)

    def rest(self) -> None:
        """For a moment in which nobody waits: all of the book is in its one file then."""
        self._file.rest()

    def back_up(self, path: Path, progress: CopyProgress | None = None) -> None:
        """A verified copy at a new path; nothing there otherwise."""
        from kwt_books.services.backup import copy_book
        from kwt_books.store.credentials import default_chart

        copy_book(self._file, reachable(path), default_chart(self._resources), progress)

    def preview(self, command: Document) -> Preview:
        """What recording `command` would post and move; nothing is recorded."""
        from kwt_books.services.treasury import preview

        with self._file.state(write=False) as state:
            return preview(self._recorder(state), command)

    def check(self, command: Command) -> tuple[Issue, ...]:
        """What there is to mend before `command` can be recorded."""
        with self._file.state(write=False) as state:
            return self._recorder(state).check(command)

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
                draft = self._recorder(state).draft(valid)
                return unusual(state, valid, draft, self._clock().date())
        except InvalidDocument:
            return ()

    @contextmanager
    def supposing(self, commands: Iterable[Command]) -> Iterator[None]:
        """Whatever the block asks is answered as if these were recorded, which they aren't.

        Where they can't be, the book as it is answers.
        """
        first = tuple(commands)
        with suppress(_TakenBack):
            if not first or any(self.check(each) for each in first[:1]):
                yield
                return
            with self._file.supposed() as state:
                tuple(self._recorder(state).record_each(first))
                state.flush()
                yield
                raise _TakenBack

    def _recorder(self, state: BookState) -> Recorder:
        from kwt_books.services.recorder import Recorder

        return Recorder(state, self._person, self._clock)
