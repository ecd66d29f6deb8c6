"""What a page or form works with: the worker, the month in hand, signals that lead about; the
thresholds in force; and long work behind a bar with Cancel.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from kwt_books.book import Book
from kwt_books.domain.access import Person, Role, may_record
from kwt_books.domain.address import Address
from kwt_books.domain.audit import Thresholds
from kwt_books.domain.errors import BookError, Issue, StorageError
from kwt_books.domain.kind import Touch
from kwt_books.domain.kinds import touched
from kwt_books.domain.values import FIRST_YEAR, LAST_YEAR, Month, month_of, shift
from ui.kit.button import Button
from ui.kit.dialog import Dialog
from ui.kit.drafts import Drafts, drafts_of
from ui.kit.errors import Problems
from ui.kit.folders import Folders, show_file
from ui.kit.layout import fill, progress_bar, row, wrapped
from ui.kit.look import Mode, UiContext
from ui.kit.notices import Notices
from ui.kit.preferences import Preferences
from ui.kit.scrolling import fixed_page
from ui.kit.worker import Change, Job, Progress, Tasks

if TYPE_CHECKING:
    from kwt_books.domain.documents.setup import Group
    from kwt_books.queries.overview import Overview, SetupData
    from kwt_books.reports.story import Story


Given = Mapping[str, object]
"""What a form is filled in with when it is opened, by the names of its fields."""


@dataclass(frozen=True, slots=True)
class Message:
    """A note that passes by itself; success is shown this way, never in a dialog."""

    text: str
    tone: str = "good"
    strong: str = ""
    offer: str = ""
    act: Callable[[], object] | None = None
    also: tuple[tuple[str, Callable[[], object]], ...] = ()
    """Further buttons: words and action."""


@dataclass(frozen=True, slots=True)
class Destination:
    """A place of the sidebar, and a part of it."""

    place: str
    part: str = ""


_CLOSES = frozenset({"month_close", "month_reopen"})
CORRECTED = "corrected-by"
"""Key of `Given`: the correction of the document that the form's one takes the place of."""


class Workspace(QObject):
    """What pages and forms of one window work with; they get it when they are made, and keep it."""

    month_changed = Signal(str)
    day_changed = Signal()
    """Another day has begun, perhaps with another month in hand."""
    setup_changed = Signal()
    """`setup` is another: group, accounts, items, parties."""
    place_wanted = Signal(object)
    """A `Destination` to be shown."""
    title_changed = Signal(str)
    """The title of the part shown, for the header; empty for none."""
    form_wanted = Signal(str, object)
    """The name of a form to be opened, and what it is filled in with."""
    drafts_changed = Signal()
    """A draft was kept or discarded."""
    said = Signal(object)
    """A `Message` to be shown for a while."""
    print_wanted = Signal(str)
    """The number of a voucher to be printed."""
    person_changed = Signal(object)
    """The `Person` who records from now on: somebody signed in, or got a first password."""
    idle_changed = Signal(int)
    """Minutes without a key after which the screen is locked; 0 is never."""
    lock_wanted = Signal()
    """The screen is to be locked."""
    chair_wanted = Signal()
    """The chair has to sign in, for something that only she may do."""
    restore_wanted = Signal()
    """A backup is to be restored as a book."""
    push_wanted = Signal()
    """What is new in the book is to be sent to its mirror on a server."""
    thresholds_changed = Signal()
    """The thresholds of the exceptions report were changed."""
    dress_wanted = Signal()
    """Language or size of letters was changed, so that the window has to be built anew."""

    def __init__(
        self,
        ui: UiContext,
        tasks: Tasks,
        problems: Problems,
        preferences: Preferences,
        folders: Folders,
        person: Person,
        book: Address,
        *,
        protected: bool = False,
        doubt: StorageError | None = None,
    ) -> None:
        """`protected`: whether nothing can be written into the book's folder; `doubt`: what is
        wrong with the file, so that it can only be read.
        """
        super().__init__()
        self.ui, self.tasks, self.problems = ui, tasks, problems
        self.preferences, self.folders = preferences, folders
        self.person, self.book = person, book
        self.protected, self.doubt = protected, doubt
        if self.protected:  # everybody may do here only what an auditor may
            self.person = replace(self.person, role=Role.AUDITOR)
        self.notices = Notices(self)
        self.window: QWidget | None = None
        """What dialogs come up over; None before there is a window."""
        self._stage: QWidget | None = None
        self.setup: SetupData | None = None
        """Group, accounts, items and so on; None until the book has answered."""
        self._day = self.ui.today
        self._month: Month = month_of(self._day)
        self.tasks.changed.connect(self._book_changed)
        self.tasks.refused.connect(self._refused)

    def _refused(self, error: BookError) -> None:
        """Shows an error, unless this workspace is gone: the worker outlives it."""
        self.problems.show(error)

    @contextmanager
    def making_in(self, stage: QWidget) -> Iterator[None]:
        """Where the page made meanwhile will stand. It is made within it, for Qt styles anew all
        that a widget holds whenever it gets another parent.
        """
        self._stage = stage
        try:
            yield
        finally:
            self._stage = None

    def take_stage(self) -> QWidget | None:
        """The parent of a page that is being made; only the first that asks gets it."""
        stage, self._stage = self._stage, None
        return stage

    @property
    def only_reads(self) -> bool:
        """Whether nothing can be recorded, so that nothing of the kind is offered."""
        return self.person.role is Role.AUDITOR

    @property
    def drafts(self) -> Drafts:
        """What who sits here has begun in this book and not recorded."""
        name = self.person.name if self.person.signed_in else ""
        return drafts_of(self.folders.data, self.book, name)

    @property
    def shared_drafts(self) -> Drafts:
        """What was begun in this book for whoever finishes it."""
        return drafts_of(self.folders.data, self.book)

    def may(self, kind: str) -> bool:
        """Whether who sits here may record a kind of entry, or open a form of that name."""
        return may_record(self.person.role, kind)

    @property
    def group(self) -> Group | None:
        """The group, None until the setup is known."""
        return self.setup.group if self.setup is not None else None

    def explain(self, issue: Issue | BookError) -> str:
        """An issue or error in words, with the names of what it is about."""
        return self.problems.say(issue)

    @property
    def month(self) -> Month:
        """The month in hand."""
        return self._month

    def show_month(self, month: Month) -> None:
        """Makes a month the one in hand; does nothing beyond the years there can be."""
        if month != self._month and FIRST_YEAR <= Month(month).year <= LAST_YEAR:
            self._month = month
            self.month_changed.emit(month)

    def look_at_clock(self) -> None:
        """Begins another day where one has begun; the month in hand goes on with it, if that was
        the running one. Forms that somebody has begun to fill in keep their date.
        """
        before, self._day = self._day, self.ui.today
        if before == self._day:
            return
        if self._month == month_of(before):
            self._month = month_of(self._day)
        self.day_changed.emit()

    def step_month(self, months: int) -> None:
        """Goes so many months on or back, as far as there can be anything."""
        month = shift(self._month, months)
        if self.ui.days.can_hold(month, self.ui.today):
            self.show_month(month)

    def go(self, place: str, part: str = "") -> None:
        """Shows a place of the sidebar, perhaps a part (tab) of it."""
        self.place_wanted.emit(Destination(place, part))

    def open_form(self, name: str, **given: object) -> None:
        """Opens a form by its name (`domain.kinds`), with some fields filled in."""
        self.form_wanted.emit(name, given)

    def say(
        self,
        text: str,
        tone: str = "good",
        *,
        strong: str = "",
        offer: str = "",
        act: Callable[[], object] | None = None,
        also: tuple[tuple[str, Callable[[], object]], ...] = (),
    ) -> None:
        """Shows a note for a while; `strong` are its bold words, `offer` and `act` its button."""
        self.said.emit(Message(text, tone, strong, offer, act, also))

    def say_saved(self, file: Path) -> None:
        """Shows where a file was saved, with what opens it."""
        t = self.ui.t
        self.say(
            t("in {folder}", folder=str(file.parent)),
            strong=t("{name} is saved.", name=file.name),
            offer=t("Open"),
            act=lambda: show_file(file),
            also=((t("Open the folder"), lambda: show_file(file.parent)),),
        )

    def correct(self, number: str) -> None:
        """Opens the form that asks why a document is corrected; its own form follows, filled in."""
        language = self.ui.language
        self.tasks.run(
            lambda book: story_of(book, number, language),
            lambda story: self.open_form("correction", story=story),
            key="correct",
            owner=self,
        )

    def print_voucher(self, number: str) -> None:
        """Shows a document's voucher as it would be printed."""
        self.print_wanted.emit(number)

    def learn_setup(self) -> None:
        """Asks the book for its group, accounts, items, parties and recipes."""
        self.tasks.run(setup_of, self._learnt, key="setup", owner=self)

    def _learnt(self, setup: SetupData) -> None:
        self.setup = self.problems.names = setup
        self.ui.days.closed_through = setup.closed_through
        if not self.person.signed_in and not self.only_reads and setup.group is not None:
            self._record_as(self.preferences.of(self.book).recorder or setup.group.treasurer)
        self.setup_changed.emit()

    def choose_recorder(self, name: str) -> None:
        """Takes who records from now on, in a book without passwords."""
        self.preferences.of(self.book).recorder = name
        self._record_as(name)
        self.setup_changed.emit()

    def _record_as(self, name: str) -> None:
        if name != self.person.name:
            self.person = replace(self.person, name=name)
            self.tasks.run(
                lambda book: book.record_as(name), lambda _person: None, lambda _error: None
            )

    # -- how the screen looks, on this computer --------------------------------------------

    def choose_mode(self, mode: Mode) -> None:
        """Shows everything light, dark or with strong contrast, from now on."""
        self.preferences.mode = mode
        self.ui.theme.use(mode, self.preferences.text_percent)

    def choose_size(self, percent: int) -> None:
        """Builds the window anew, with letters of another size."""
        if percent != self.preferences.text_percent:
            self.preferences.text_percent = percent
            self.dress_wanted.emit()

    def choose_language(self, language: str) -> None:
        """Builds the window anew, in another language."""
        self.preferences.language = language
        if language != self.ui.language:
            self.dress_wanted.emit()

    def _book_changed(self, change: Change) -> None:
        if not change.kinds or change.kinds & _CLOSES or touched(change.kinds) & Touch.SETUP:
            self.learn_setup()


# -- The thresholds of the exceptions report in force, and where they are kept -------------------


def audit_file(workspace: Workspace) -> Path:
    """The audit's own file: beside the book, or where it was put last."""
    from kwt_books.services.audit.file import audit_path  # loads much that only an audit needs

    return workspace.preferences.of(workspace.book).audit_file or audit_path(workspace.book)


def written_down(workspace: Workspace) -> bool:
    """Whether thresholds are kept in the audit's own file, as an auditor's are."""
    return workspace.person.role is Role.AUDITOR


def thresholds_of(workspace: Workspace) -> Callable[[Book], Thresholds]:
    """What gives the thresholds in force; it runs on the worker.

    An auditor's are kept in the audit's file; everybody else's on this computer, for each person.
    """
    if written_down(workspace):
        file = audit_file(workspace)
        return lambda book: _of_audit(book, file)
    mine = workspace.preferences.of(workspace.book).thresholds(workspace.person.name)
    return lambda _book: mine


def _of_audit(book: Book, file: Path) -> Thresholds:
    """The audit's thresholds; the usual ones where its file can't be read, as its pages say."""
    try:
        return book.audit.with_file(file).notebook.read().held_thresholds
    except BookError:
        return Thresholds()


T = TypeVar("T")
_WIDTH, _MARGIN = 420, 24
_WHOLE = 1_000  # Qt's bar counts up to 2^31 only, and bytes may be more


class LongWork(Dialog):
    """A dialog with a bar; open it, then `start`. `most` is what the work counts to, 0 where that
    isn't known; until something is counted, the bar only moves. What must not be left half told
    does not stop (`stops`).
    """

    stopped = Signal()
    """It was cancelled in time: nothing came of it."""

    def __init__(
        self,
        workspace: Workspace,
        title: str,
        most: int,
        parent: QWidget | None = None,
        *,
        stops: bool = True,
    ) -> None:
        ui = workspace.ui
        super().__init__(ui, title, parent)
        self._workspace, self._most = workspace, most
        self._job: Job[Any] | None = None
        page = fixed_page(self, ui.theme.px(_WIDTH), margins=_MARGIN, space=12)
        self.bar = progress_bar(0)
        self.cancel_button = Button(ui, ui.t("Cancel")).when_clicked(self.reject)
        self.cancel_button.setVisible(stops)
        told = wrapped(ui, title, "card", _WIDTH - 2 * _MARGIN)
        fill(page, told, self.bar, row(..., self.cancel_button, space=8))

    def start(
        self,
        work: Callable[[Book, Progress], T],
        done: Callable[[T], object],
        failed: Callable[[BookError], object] | None = None,
        *,
        reads: bool = False,
    ) -> None:
        """Runs `work(book, tell)`; the dialog closes when it is done, has failed or was cancelled.

        `reads`: the book is only read, so that the work can stop in the middle of a query.
        """

        def refused(error: BookError) -> None:
            self._settled()  # else the dialog that shows it is a child of this one, and goes too
            (failed or self._workspace.problems.show)(error)

        self._job = self._workspace.tasks.long(
            work, done, self._show, refused, settled=self._settled, reads=reads, holds=not reads,
            owner=self,
        )  # fmt: skip
        self.open()

    def _show(self, amount: int) -> None:
        if self._most and amount:
            self.bar.setMaximum(_WHOLE)
            self.bar.setValue(min(_WHOLE, amount * _WHOLE // self._most))

    def _settled(self) -> None:
        super().accept()
        if self._job is not None and self._job.cancelled and not self._job.told:
            self.stopped.emit()

    def reject(self) -> None:
        """Cancels, where that is offered; the work stops at its next report."""
        if self.cancel_button.isHidden():
            return
        if self._job is not None:
            self._job.cancel()
        self.cancel_button.setEnabled(False)


# -- What the first window asks; the queries' modules are imported on the worker -----------------


def setup_of(book: Book) -> SetupData:
    """The book's setup. Runs on the worker."""
    from kwt_books.queries.overview import setup_data

    return book.read(setup_data)


def story_of(book: Book, number: str, language: str) -> Story:
    """A document's story. Runs on the worker."""
    from kwt_books.reports.story import story

    return book.read_in(language, story, number)


def overview_of(book: Book, month: Month) -> Overview:
    """The overview of a month. Runs on the worker."""
    from kwt_books.queries.overview import overview

    return book.read(overview, month)
