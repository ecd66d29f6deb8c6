"""What stands before a book is open, or before it is open again: welcome, first start, sign-in."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QWidget

from kwt_books.app import Books
from kwt_books.domain.recording import Person
from ui.drafts import FIRST_START, first_start_drafts
from ui.errors import Problems
from ui.folders import Folders
from ui.kit import Kit
from ui.preferences import Preferences

if TYPE_CHECKING:  # each is imported when it is first shown: mostly a book is opened at once
    from kwt_books.domain.access import Someone
    from ui.making import Making
    from ui.tasks import Tasks
    from ui.welcome import Welcome


class Entrance(QObject):
    open_wanted = Signal(object, str)
    """A book's path, and the place of it to begin with."""
    entered = Signal(object)
    """The `Person` who signed in."""
    left = Signal()
    """Nothing is open here any more."""
    language_chosen = Signal(str)

    def __init__(self, books: Books, folders: Folders, preferences: Preferences) -> None:
        super().__init__()
        self._books, self._folders, self._preferences = books, folders, preferences
        self.welcome: Welcome | None = None
        self.first_start: QWidget | None = None
        self.signing: QWidget | None = None
        self._making: Making | None = None

    def use(self, kit: Kit, problems: Problems, icon: QIcon) -> None:
        """How it looks and speaks from now on."""
        self._kit, self._problems, self._icon = kit, problems, icon
        if self._making is not None:
            self._making.close()
            self._making = None

    @property
    def making(self) -> Making:
        from ui.making import Making

        if self._making is None:
            self._making = Making(self._books, self._kit, self._problems, self._made)
        return self._making

    def _made(self, path: Path) -> None:
        self._go(path, "home")

    def _go(self, path: Path, place: str) -> None:
        self.open_wanted.emit(path, place)

    # -- welcome ---------------------------------------------------------------------------

    def show_welcome(self) -> None:
        from ui.welcome import Welcome

        if self.welcome is not None:
            self.welcome.raise_()
            return
        welcome = Welcome(self._kit, self._preferences, self._icon, self._begun())
        welcome.open_wanted.connect(lambda path: self._go(path, "home"))
        welcome.begin_wanted.connect(self.show_first_start)
        welcome.demo_wanted.connect(self._demo)
        welcome.restore_wanted.connect(lambda: self.making.restore(welcome))
        welcome.language_chosen.connect(self._language_chosen)
        welcome.finished.connect(self._welcome_closed)
        self.welcome = welcome
        welcome.show()

    def _demo(self) -> None:
        self.making.demo()

    def _begun(self) -> str | None:
        """Whose new book is waiting to be gone on with; None: nobody's."""
        draft = first_start_drafts(self._folders.data).read(FIRST_START)
        return None if draft is None else str(draft.get("name", ""))

    def close_welcome(self) -> None:
        if self.welcome is not None:
            welcome, self.welcome = self.welcome, None
            welcome.close()

    def _welcome_closed(self) -> None:
        """By someone who wants nothing more; what goes on elsewhere closes it otherwise."""
        if self.welcome is not None:
            self.welcome = None
            if self.signing is None and self.first_start is None:
                self.left.emit()

    def _language_chosen(self, language: str) -> None:
        self.close_welcome()
        self.language_chosen.emit(language)
        self.show_welcome()

    # -- first start -----------------------------------------------------------------------

    def show_first_start(self) -> None:
        from ui.first_start.window import FirstStart

        if self.first_start is not None:
            self.first_start.raise_()
            return
        window = FirstStart(self._kit, self._books, self._folders.data, self._icon)
        window.book_wanted.connect(self._begun_book)
        window.left.connect(self._first_start_left)
        window.language_chosen.connect(self._first_start_in)
        self.first_start = window
        window.show()
        self.close_welcome()

    def _begun_book(self, path: Path, place: str) -> None:
        self._go(path, place)
        self.close_first_start()

    def _first_start_left(self) -> None:
        if self.first_start is not None:
            self.close_first_start()
            self.show_welcome()

    def _first_start_in(self, language: str) -> None:
        """The same step in other words."""
        self.close_first_start()
        self.language_chosen.emit(language)
        self.show_first_start()

    def close_first_start(self) -> None:
        if self.first_start is not None:
            window, self.first_start = self.first_start, None
            window.close()
            window.deleteLater()

    # -- signing in ------------------------------------------------------------------------

    def ask_who(
        self, tasks: Tasks, people: Sequence[Someone], book: str, last: str = ""
    ) -> QWidget:
        """`last`: who was there until the screen was locked; empty: the book is opened."""
        self.close_signing()
        if not any(each.has_password for each in people):
            from ui.sign_in_recovery import RecoveryDialog

            dialog = RecoveryDialog(self._kit, tasks, people, first=True)
            dialog.recovered.connect(self._entered)
            dialog.rejected.connect(self._sign_in_left)
            self.signing = dialog
            dialog.show()
            return dialog
        from ui.sign_in import SignIn

        window = SignIn(self._kit, tasks, people, book, icon=self._icon, locked=bool(last))
        window.choose(last)
        window.signed_in.connect(self._entered)
        window.other_wanted.connect(self._other_book)
        window.rejected.connect(self._sign_in_left)
        self.signing = window
        window.show()
        return window

    def _entered(self, person: Person) -> None:
        self.close_signing()
        self.entered.emit(person)

    def _other_book(self) -> None:
        self.show_welcome()
        self.close_signing()

    def _sign_in_left(self) -> None:
        if self.signing is not None:
            self.close_signing()
            self.left.emit()

    def close_signing(self) -> None:
        if self.signing is not None:
            window, self.signing = self.signing, None
            window.close()
            window.deleteLater()

    def close(self) -> None:
        self.close_signing()
        self.close_first_start()
        self.close_welcome()
        if self._making is not None:
            self._making.close()
