"""What a page or form works with: the book's worker, the month in hand, and ways to get about."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QDialog, QProgressBar, QWidget

from kwt_books.book import Book
from kwt_books.domain.access import Person, Role
from kwt_books.domain.audit import Thresholds
from kwt_books.domain.errors import BookError, Issue, StorageError
from kwt_books.domain.kind import Touch
from kwt_books.domain.kinds import touched
from kwt_books.domain.values import FIRST_YEAR, LAST_YEAR, Month, month_of, shift
from ui.kit.button import Button
from ui.kit.errors import Problems
from ui.kit.folders import Folders
from ui.kit.help_keys import add_help_keys
from ui.kit.layout import fixed_page, row, wrapped
from ui.kit.look import UiContext
from ui.kit.notices import Notices
from ui.kit.preferences import Preferences
from ui.kit.worker import Change, Job, Progress, Tasks

if TYPE_CHECKING:
    from kwt_books.domain.documents.setup import Group
    from kwt_books.queries.overview import Overview, SetupData


Given = Mapping[str, object]
"""What is known already of a form that is opened, by the names of its fields."""


@dataclass(frozen=True, slots=True)
class Message:
    """A note that passes by itself; success is said this way, never in a dialog."""

    text: str
    tone: str = "good"
    strong: str = ""
    offer: str = ""
    act: Callable[[], object] | None = None


@dataclass(frozen=True, slots=True)
class Destination:
    """A place of the sidebar, and which part of it."""

    place: str
    part: str = ""


@dataclass(frozen=True, slots=True)
class Services:
    """What a desk is made of, built once by `ui.start`."""

    ui: UiContext
    tasks: Tasks
    problems: Problems
    preferences: Preferences
    folders: Folders
    person: Person
    book: Path = field(default_factory=Path)
    protected: bool = False
    """Whether nothing can be written where the book lies."""
    doubt: StorageError | None = None
    """What is wrong with the book itself, so that it is only read."""


CORRECTED = "corrected-by"
"""Among what a form is given: the correction of the document that it stands for."""


class Workspace(QObject):
    """One a window. Pages and forms get it when they are made and keep it."""

    month_changed = Signal(str)
    setup_changed = Signal()
    """The set-up was learnt, or learnt anew: group, accounts, items, parties."""
    place_wanted = Signal(object)
    """A `Destination`; the window goes there."""
    title_changed = Signal(str)
    """The part of the place that is shown, for the header; empty: none."""
    form_wanted = Signal(str, object)
    drafts_changed = Signal()
    """Something typed was kept for later, or is no longer waiting."""
    """The name of a form and what is known of it already."""
    said = Signal(object)
    """A `Message` to show for a while."""
    print_wanted = Signal(str)
    """The number of a voucher to print."""
    person_changed = Signal(object)
    """Somebody signed in here, or passwords begin: the `Person` who records from now on."""
    idle_changed = Signal(int)
    """After so many minutes without a key the book asks again who is there; 0: never."""
    lock_wanted = Signal()
    """Ask again who is there."""
    chair_wanted = Signal()
    """The chair is to sign in here, for something that is hers alone."""
    restore_wanted = Signal()
    """A backup is to become a book."""
    thresholds_changed = Signal()
    """From when on something looks odd was changed by whoever is here."""
    dress_wanted = Signal()
    """Language or size of letters was changed: the window is to be built anew."""

    def __init__(self, services: Services) -> None:
        super().__init__()
        self.ui = services.ui
        self.tasks = services.tasks
        self.problems = services.problems
        self.preferences = services.preferences
        self.folders = services.folders
        self.person = services.person
        self.book = services.book
        self.protected = services.protected
        self.doubt = services.doubt
        if self.protected:  # whoever it is may do here what an auditor may
            self.person = replace(self.person, role=Role.AUDITOR)
        self.notices = Notices(self)
        self.setup: SetupData | None = None
        """The set-up as it was learnt last; None until the book has answered."""
        self._month: Month = month_of(self.ui.today)
        self.tasks.changed.connect(self._book_changed)
        self.tasks.refused.connect(self._refused)

    def _refused(self, error: BookError) -> None:
        """Shown once: the worker outlives the desk, and another desk follows over it."""
        self.problems.show(error)

    @property
    def only_reads(self) -> bool:
        """Whether nothing can be recorded here, so that nothing of the kind is offered."""
        return self.person.role is Role.AUDITOR

    @property
    def group(self) -> Group | None:
        return self.setup.group if self.setup is not None else None

    def explain(self, issue: Issue | BookError) -> str:
        """What is wrong, with the names of what it is about."""
        return self.problems.say(issue)

    @property
    def month(self) -> Month:
        return self._month

    def show_month(self, month: Month) -> None:
        if month != self._month and FIRST_YEAR <= Month(month).year <= LAST_YEAR:
            self._month = month
            self.month_changed.emit(month)

    def step_month(self, months: int) -> None:
        self.show_month(shift(self._month, months))

    def go(self, place: str, part: str = "") -> None:
        """Show a place of the sidebar, perhaps one part (tab) of it."""
        self.place_wanted.emit(Destination(place, part))

    def open_form(self, name: str, **given: object) -> None:
        """Open a form by its name (`domain.kinds`), with some fields known."""
        self.form_wanted.emit(name, given)

    def say(
        self,
        text: str,
        tone: str = "good",
        *,
        strong: str = "",
        offer: str = "",
        act: Callable[[], object] | None = None,
    ) -> None:
        self.said.emit(Message(text, tone, strong, offer, act))

    def print_voucher(self, number: str) -> None:
        self.print_wanted.emit(number)

    def learn_setup(self) -> None:
        """Ask the book whose it is, and what everything in it is called."""
        self.tasks.run(setup_of, self._learnt, key="setup", owner=self)

    def _learnt(self, setup: SetupData) -> None:
        self.setup = self.problems.names = setup
        self.setup_changed.emit()

    def _book_changed(self, change: Change) -> None:
        if not change.kinds or touched(change.kinds) & Touch.SETUP:
            self.learn_setup()


# -- From when on something looks odd to whoever is at this desk, and where that is kept ---------


def audit_file(workspace: Workspace) -> Path:
    """Beside the book, or where it was put the last time."""
    from kwt_books.services.audit.file import audit_path  # much that only an audit needs

    return workspace.preferences.audit_file(workspace.book) or audit_path(workspace.book)


def written_down(workspace: Workspace) -> bool:
    """Whether thresholds are kept in the audit's own file: an auditor's are."""
    return workspace.person.role is Role.AUDITOR


def thresholds_of(workspace: Workspace) -> Callable[[Book], Thresholds]:
    """To be asked on the worker.

    An auditor's thresholds are in the audit's file, everybody else's are theirs alone, on this
    computer: nobody sets those of another.
    """
    if written_down(workspace):
        file = audit_file(workspace)
        return lambda book: _of_audit(book, file)
    mine = workspace.preferences.thresholds(workspace.book, workspace.person.name)
    return lambda _book: mine


def _of_audit(book: Book, file: Path) -> Thresholds:
    """The usual ones where the file can't be read; the audit's pages say why it can't."""
    try:
        return book.audit.with_file(file).notebook.read().held_thresholds
    except BookError:
        return Thresholds()


# -- Work that takes a while: how far it is, and a way out ---------------------------------------


T = TypeVar("T")
_WIDTH, _MARGIN = 420, 24
_WHOLE = 1_000  # a bar of Qt counts no further than 2^31; amounts may be bytes


class LongWork(QDialog):
    """Open it, then `start`. `most` is what the work counts to; 0: nobody knows."""

    def __init__(
        self, workspace: Workspace, title: str, most: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._workspace, self._most = workspace, most
        self._job: Job[Any] | None = None
        ui = workspace.ui
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        add_help_keys(self, ui)
        page = fixed_page(self, ui.theme.px(_WIDTH), margins=_MARGIN, space=12)
        page.addWidget(wrapped(ui, title, "card", _WIDTH - 2 * _MARGIN))
        self.bar = QProgressBar()
        self.bar.setRange(0, _WHOLE if most else 0)
        self.bar.setTextVisible(False)
        page.addWidget(self.bar)
        self.cancel_button = Button(ui, ui.t("Cancel")).when_clicked(self.reject)
        page.addLayout(row(..., self.cancel_button, space=8))

    def start(
        self,
        work: Callable[[Book, Progress], T],
        done: Callable[[T], object],
        failed: Callable[[BookError], object] | None = None,
        *,
        reads: bool = False,
    ) -> None:
        """Runs `work(book, tell)`; the dialog closes when it is done, has failed or was left.

        `reads`: the book is only read, and a question to it may be left unanswered.
        """
        self._job = self._workspace.tasks.long(
            work, done, self._show, failed, settled=self._settled, reads=reads, owner=self
        )
        self.open()

    def _show(self, amount: int) -> None:
        if self._most:
            self.bar.setValue(min(_WHOLE, amount * _WHOLE // self._most))

    def _settled(self) -> None:
        super().accept()

    def reject(self) -> None:
        """The work stops at its next report; until then there is nothing more to press."""
        if self._job is not None:
            self._job.cancel()
        self.cancel_button.setEnabled(False)


# -- What the first window asks: the queries are loaded on the worker, behind it -----------------


def setup_of(book: Book) -> SetupData:
    from kwt_books.queries.overview import setup_data

    return book.read(setup_data)


def overview_of(book: Book, month: Month) -> Overview:
    from kwt_books.queries.overview import overview

    return book.read(overview, month)
