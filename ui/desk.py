"""What a page or form works with: the book's worker, the month in hand, and ways to get about."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from kwt_books.domain.access import Role
from kwt_books.domain.errors import BookError, Issue
from kwt_books.domain.month import FIRST_YEAR, LAST_YEAR, Month, month_of, shift
from kwt_books.domain.recording import Person
from ui.errors import Problems
from ui.folders import Folders
from ui.kit import Kit
from ui.notices import Notices
from ui.preferences import Preferences
from ui.tasks import Change, Tasks

if TYPE_CHECKING:  # not needed to show a window, and slow to import
    from kwt_books.domain.documents.setup import Group
    from kwt_books.queries.overview import SetupData

_SETUP = frozenset({"group", "account", "item", "party", "recipe"})


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

    kit: Kit
    tasks: Tasks
    problems: Problems
    preferences: Preferences
    folders: Folders
    person: Person
    book: Path = field(default_factory=Path)
    protected: bool = False
    """Whether nothing can be written where the book lies."""


class Desk(QObject):
    """One a window. Pages and forms get it when they are made and keep it."""

    month_changed = Signal(str)
    setup_changed = Signal()
    """The set-up was learnt, or learnt anew: group, accounts, items, parties."""
    place_wanted = Signal(object)
    """A `Destination`; the window goes there."""
    title_changed = Signal(str)
    """The part of the place that is shown, for the header; empty: none."""
    form_wanted = Signal(str, object)
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
    sight_changed = Signal()
    """From when on something looks odd was changed by whoever is here."""
    dress_wanted = Signal()
    """Language or size of letters was changed: the window is to be built anew."""

    def __init__(self, services: Services) -> None:
        super().__init__()
        self.kit = services.kit
        self.tasks = services.tasks
        self.problems = services.problems
        self.preferences = services.preferences
        self.folders = services.folders
        self.person = services.person
        self.book = services.book
        self.protected = services.protected
        if self.protected:  # whoever it is may do here what an auditor may
            self.person = replace(self.person, role=Role.AUDITOR)
        self.notices = Notices(self)
        self.setup: SetupData | None = None
        """The set-up as it was learnt last; None until the book has answered."""
        self._month: Month = month_of(self.kit.today)
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
        if month != self._month and FIRST_YEAR <= int(month[:4]) <= LAST_YEAR:
            self._month = month
            self.month_changed.emit(month)

    def step_month(self, months: int) -> None:
        self.show_month(shift(self._month, months))

    def go(self, place: str, part: str = "") -> None:
        """Show a place of the sidebar, perhaps one part (tab) of it."""
        self.place_wanted.emit(Destination(place, part))

    def open_form(self, name: str, **given: object) -> None:
        """Open a form by its name in `ui.forms.registry`, with some fields known."""
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
        self.tasks.run(lambda book: book.setup(), self._learnt, key="setup", owner=self)

    def _learnt(self, setup: SetupData) -> None:
        self.setup = self.problems.names = setup
        self.setup_changed.emit()

    def _book_changed(self, change: Change) -> None:
        if not change.kinds or change.kinds & _SETUP:
            self.learn_setup()
