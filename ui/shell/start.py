"""Starting the desktop: look, language and preferences, one window a book, opening a book behind
its window, locking, and books that macOS hands over.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs
from PySide6.QtCore import QEvent, QLocale, QObject, QSettings, QTimer, QTranslator, Signal
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from kwt_books.app import Books
from kwt_books.domain.access import Person, Role
from kwt_books.domain.address import Address
from kwt_books.domain.errors import BookError
from kwt_books.domain.values import Month
from kwt_books.i18n.catalogue import Translator, resources_dir
from kwt_books.i18n.formats import Formats
from ui.kit.dialog import FocusRing
from ui.kit.errors import Problems, keep_log
from ui.kit.file_dialog import last_folders
from ui.kit.folders import Folders
from ui.kit.look import Go, Theme, UiContext
from ui.kit.preferences import Preferences, QtTexts, app_icon
from ui.shell.lock import Lock
from ui.shell.passwords import with_password
from ui.shell.safekeeping import Safekeeping
from ui.shell.startup_flow import StartupFlow
from ui.shell.system_integration import SystemIntegration, take_identity

if TYPE_CHECKING:
    from kwt_books.book import Book
    from kwt_books.domain.access import User
    from kwt_books.domain.errors import StorageError
    from ui.kit.worker import Tasks
    from ui.kit.workspace import Destination, Workspace
    from ui.shell.book_watch import BookWatch
    from ui.shell.sending import Sending
    from ui.shell.single_instance import SingleInstance
    from ui.shell.startup_flow import Welcome
    from ui.shell.window import MainWindow


_PATIENCE = 500
"""Milliseconds to wait at most: a window that begins minimised is not drawn at all."""


class FirstPaint(QObject):
    """Calls `act` once, after the window has been drawn, or after `_PATIENCE`."""

    def __init__(self, window: QWidget, act: Callable[[], object]) -> None:
        super().__init__(window)
        self._act = act
        window.installEventFilter(self)
        QTimer.singleShot(_PATIENCE, self, self._stands)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self, self._stands)
        return False

    def _stands(self) -> None:
        self._act()
        self.deleteLater()


# -- A book that is being opened, and what decides how it is shown -------------------------------


@dataclass(frozen=True, slots=True)
class Opening:
    """A book to be opened, and the place to begin with."""

    path: Address
    there: Destination


@dataclass(frozen=True, slots=True)
class Found:
    """What a book's file says that decides how it is shown."""

    people: tuple[User, ...]
    """Who may sign in; where it is empty nobody has to."""
    protected: bool = False
    """Whether nothing can be written into the book's folder."""
    doubt: StorageError | None = None
    """What is wrong with the file, so that it can only be read; else None."""

    @property
    def asks(self) -> bool:
        """Whether someone has to sign in; first passwords can't be made in a protected book."""
        able = any(each.has_password for each in self.people)
        return able or (bool(self.people) and not self.protected)


def found_of(book: Book) -> Found:
    """What decides how an open book is shown; runs on the worker."""
    return Found(book.people.everyone(), book.protected, book.doubt)


NAME = "KWT Books"


def run(books: Books, path: Address | None) -> int:
    """Shows the desktop until its last window closes; gives the exit code."""
    take_identity()
    app = QApplication.instance() or QApplication(sys.argv)
    assert isinstance(app, QApplication)
    app.setApplicationName(NAME)
    app.setOrganizationName(NAME)
    app.setDesktopFileName("kwt-books")
    app.setQuitOnLastWindowClosed(False)
    settings = QSettings(QSettings.Format.IniFormat, QSettings.Scope.UserScope, NAME, NAME)
    desktop = Desktop(app, books, own_folders(), Preferences(settings))
    desktop.begin()
    if sys.platform == "darwin":  # only macOS hands books over, and the filter sees every event
        HandedOver(app).wanted.connect(desktop.open_book)
    return app.exec() if desktop.start(path) else 0


def check_itself(books: Books, out: Path | None) -> int:
    """Writes the text of the self-check, by default into the documents; gives the exit code."""
    from kwt_books.exporters.whole import whole_file
    from ui.kit.folders import documents
    from ui.shell.self_check import passed, self_check

    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    settings = QSettings(QSettings.Format.IniFormat, QSettings.Scope.UserScope, NAME, NAME)
    folders, preferences = own_folders(), Preferences(settings)
    Theme(app, resources_dir(), folders.cache).use(preferences.mode, preferences.text_percent)
    text = self_check(books, folders, preferences)
    path = out or documents() / "KWT-Books-self-check.txt"
    path.parent.mkdir(parents=True, exist_ok=True)
    with whole_file(path) as file:
        file.write(text.encode("utf-8"))
    if sys.stdout is not None:  # a program with windows alone has none on Windows
        sys.stdout.write(f"{path}\n")
    return 0 if passed(text) else 1


def _open_guide(window: QWidget, ui: UiContext, topic: str, go: Go | None) -> None:
    """Opens the guide, whose module is imported when it is first wanted."""
    from ui.shell.help import open_help

    open_help(window, ui, topic, go)


def own_folders() -> Folders:
    """The program's folders for data, cache and log, as the system wants them."""
    return Folders(
        data=platformdirs.user_data_path(NAME, appauthor=False),
        cache=platformdirs.user_cache_path(NAME, appauthor=False),
        log=platformdirs.user_log_path(NAME, appauthor=False),
    )


class Desktop:
    """What outlives a window: look, language, preferences, the open book and its window."""

    def __init__(
        self, app: QApplication, books: Books, folders: Folders, preferences: Preferences
    ) -> None:
        self._app, self.books = app, books
        self._folders, self.preferences = folders, preferences
        last_folders.keep_in(preferences)
        self.theme = Theme(app, resources_dir(), folders.cache)
        self._logger, self._log = keep_log(folders.log)
        self._texts: QTranslator | None = None
        self._catches = False
        """Whether uncaught exceptions are shown."""
        self.window: MainWindow | None = None
        self.sending: Sending | None = None
        """Sends the book of the window to its mirror, once that was wanted."""
        self.tasks: Tasks | None = None
        self._single: SingleInstance | None = None
        self._person: Person = books.person
        self._ring = FocusRing(app, self.theme)
        self.around = SystemIntegration(folders, preferences)
        self.entrance = StartupFlow(books, folders, preferences)
        self.entrance.open_wanted.connect(self.open_book)
        self.entrance.entered.connect(self._entered)
        self.entrance.left.connect(self._entrance_left)
        self.entrance.language_chosen.connect(self._speak)
        self.screen_lock = Lock(app, self.entrance)
        self.screen_lock.idle.idle.connect(self.lock)
        self._opening: Opening | None = None
        """The book that is opened once somebody has signed in."""
        self._watch: BookWatch | None = None
        books.backups = folders.data / "backups"
        self.safekeeping = Safekeeping(books, preferences)
        self.shown = Found(())
        """What the file of the open book says."""
        self.dress()

    def dress(self) -> None:
        """Applies the language and look that are chosen now."""
        t = Translator(self.preferences.language)
        self._take_away_texts()
        self._texts = QtTexts(t, self._app)
        self._app.installTranslator(self._texts)
        self.theme.use(self.preferences.mode, self.preferences.text_percent)
        self.ui = UiContext(self.theme, t, Formats(t.language), self.books.clock, _open_guide)
        QLocale.setDefault(self.ui.locale)
        self.problems = Problems(self.ui, self._logger, self._log)
        self.problems.mends["damaged"] = (
            t("Open a backup"),
            lambda: self.entrance.making.restore(QApplication.activeWindow()),
        )
        if self._catches:
            self.problems.install()
        self.entrance.use(self.ui, self.problems, app_icon(self.ui))

    def _speak(self, language: str) -> None:
        """Changes the language before a book is open."""
        self.preferences.language = language
        self.dress()

    @property
    def welcome(self) -> Welcome | None:
        """The welcome, where it is shown."""
        return self.entrance.welcome

    def begin(self) -> None:
        """Begins to catch uncaught exceptions and to watch the computer."""
        self._catches = True
        self.problems.install()
        self.around.begin()

    def start(self, path: Address | None) -> bool:
        """Opens `path`, else the last book, else the welcome; False where another window has the
        book. Where the last book isn't there, no other is opened in its place.
        """
        wanted = path or next(iter(self.preferences.recent), None)
        if wanted is None or (path is None and self.preferences.missing is not None):
            self.show_welcome()
            return True
        return self.open_book(wanted)

    def open_book(self, path: Address, place: str = "home") -> bool:
        """Opens a book and shows its window, after signing in where the book has passwords.

        At a start, window or sign-in are shown before the book is open: its file tells which.
        """
        from ui.kit.worker import Tasks
        from ui.kit.workspace import Destination
        from ui.shell.single_instance import call_forward

        if call_forward(path):
            return False
        tasks = Tasks(lambda: self.books.open_as_it_lies(with_password(path)))
        opening = Opening(path, Destination(place))
        told: list[Found | BookError] = []

        def looked(found: tuple[bool, tuple[User, ...] | None]) -> None:
            asks, people = found
            if asks and isinstance(path, Path):
                tasks.close()
                self.entrance.unlock(path, lambda: self.open_book(path, place), self._no_book)
                return
            early = people is not None and self.window is None
            if early:
                tasks.pause()
            tasks.run(found_of, opened, failed, settled=settled)  # before any figure
            if early:
                self._take(tasks)
                FirstPaint(self._show(opening, Found(people or ())), tasks.resume)

        def opened(found: Found) -> None:
            told.append(found)
            self._opened(tasks, opening, found)

        def failed(error: BookError) -> None:
            told.append(error)
            self._not_opened(tasks, error)

        def settled() -> None:
            if not told:  # a bug: it is shown, but never without a window below it
                self._give_up(tasks)

        def asked() -> tuple[bool, tuple[User, ...] | None]:
            return self.books.asks_phrase(path), self.books.people_of(with_password(path))

        tasks.submit(asked, looked)
        return True

    def _no_book(self) -> None:
        """Shows the welcome where no book is open."""
        if self.window is None:
            self.show_welcome()

    def _take(self, tasks: Tasks) -> None:
        """Makes this the open book in place of the one before."""
        if self.tasks is tasks:
            self.tasks = None  # its window goes, its worker stays
        self._leave()
        self.entrance.close_signing()
        self.tasks = tasks

    def _show(self, opening: Opening, found: Found) -> QWidget:
        """Shows the book's window, or the sign-in."""
        assert self.tasks is not None
        self.shown, self._opening = found, opening
        if not found.asks:
            self._person, self._opening = self.books.person, None
            return self.show_window(opening.path, opening.there)
        asked = self.entrance.ask_who(self.tasks, found.people, opening.path.stem)
        self.entrance.close_welcome()
        return asked

    def _opened(self, tasks: Tasks, opening: Opening, found: Found) -> None:
        """Corrects what is shown where the open book says something else than its file did."""
        if self.tasks is not tasks or found != self.shown:
            self._take(tasks)
            self._show(opening, found)
        from ui.shell.single_instance import SingleInstance

        self._single = SingleInstance(opening.path)
        self._single.called.connect(self.come_forward)
        self.preferences.remember(opening.path)

    def _not_opened(self, tasks: Tasks, error: BookError) -> None:
        self._give_up(tasks)
        self.problems.show(error, self.ui.t("The book could not be opened"))

    def _give_up(self, tasks: Tasks) -> None:
        """Gives up opening this book; the one open before stays, else the welcome is shown."""
        if self.tasks is tasks:
            self._leave()
        else:
            tasks.close()
        self._no_book()
        self.entrance.close_signing()

    def _entered(self, person: Person) -> None:
        """Shows the book to the one who signed in, or what was shown when the screen was locked."""
        before, self._person = self._person, person
        if self._opening is not None:
            opening, self._opening = self._opening, None
            self.show_window(opening.path, opening.there)
        elif person == before:
            self._unlock()
        else:
            self.screen_lock.forget()
            self._dress_again()

    def _entrance_left(self) -> None:
        if self.window is None or self.screen_lock.is_on:
            self.quit()

    # -- locking ---------------------------------------------------------------------------

    def lock(self, wanted: Role | None = None) -> None:
        """Empties the screen until someone has signed in; offers people with the role `wanted`."""
        tasks = self.tasks
        if tasks is None or self.screen_lock.is_on or not self._person.signed_in:
            return
        group = self.window.workspace.group if self.window is not None else None
        book = group.name if group is not None else ""
        failed = partial(self._not_opened, tasks)
        self.screen_lock.put_on(tasks, book, self._person.name, wanted, failed)

    def _unlock(self) -> None:
        self.screen_lock.take_off()
        self.screen_lock.idle.wait(self.preferences.idle_minutes)
        self.come_forward()

    # -- the window ------------------------------------------------------------------------

    def show_window(
        self, path: Address, there: Destination | None = None, month: Month | None = None
    ) -> MainWindow:
        """Shows a window over the open book, at a place and month where they are given."""
        from ui.kit.workspace import Destination
        from ui.shell.ahead import Ahead
        from ui.shell.book_watch import BookWatch
        from ui.shell.places import AHEAD, ASKED_AHEAD
        from ui.shell.window import MainWindow

        assert self.tasks is not None
        workspace = self._workspace(self.tasks, path)
        if month is not None:
            workspace.show_month(month)
        window = MainWindow(workspace, app_icon(self.ui))
        window.closed.connect(self.quit)
        window.book_wanted.connect(self.show_welcome)
        workspace.dress_wanted.connect(self._dress_again)
        workspace.restore_wanted.connect(lambda: self.entrance.making.restore(window))
        workspace.push_wanted.connect(lambda: self._push(workspace, window))
        workspace.learn_setup()
        self.window = window
        window.show_place(there or Destination("home"))
        window.show()
        window.setFocus()
        Ahead(self.tasks, AHEAD, window, questions=ASKED_AHEAD)
        self.around.attach(window, workspace, self._copy_book)
        self._watch = BookWatch(workspace, self.books)
        self.safekeeping.tell(workspace)
        self.screen_lock.idle.wait(self.preferences.idle_minutes if self._person.signed_in else 0)
        self.entrance.close_welcome()
        return window

    def _push(self, workspace: Workspace, window: MainWindow) -> None:
        from ui.shell.sending import Sending

        self.sending = Sending(workspace, self.books, window)
        self.sending.ask()

    def _workspace(self, tasks: Tasks, path: Address) -> Workspace:
        from ui.kit.workspace import Workspace

        workspace = Workspace(
            self.ui,
            tasks,
            self.problems,
            self.preferences,
            self._folders,
            self._person,
            path,
            protected=self.shown.protected,
            doubt=self.shown.doubt,
        )
        workspace.person_changed.connect(self._entered)
        workspace.lock_wanted.connect(self.lock)
        workspace.chair_wanted.connect(lambda: self.lock(Role.CHAIR))
        workspace.idle_changed.connect(self.screen_lock.idle.wait)
        return workspace

    def _copy_book(self, book: Path, path: Path) -> None:
        self.entrance.making.restore_to(book, path)

    def _dress_again(self) -> None:
        """Builds the window anew, over the same worker, in the language or size chosen."""
        from ui.kit.workspace import Destination

        old = self.window
        assert old is not None
        self._stop_watching()
        old.closed.disconnect(self.quit)
        part = old.page.part if old.page is not None else ""
        there, month = Destination(old.place, part), old.workspace.month
        old.close()
        old.workspace.deleteLater()
        old.deleteLater()
        self.dress()
        self.show_window(old.workspace.book, there, month)

    def show_welcome(self) -> None:
        """Shows the welcome."""
        self.entrance.show_welcome()

    def come_forward(self) -> None:
        """Brings the window forward."""
        if self.window is not None:
            self.window.showNormal() if self.window.isMinimized() else self.window.show()
            self.window.raise_()
            self.window.activateWindow()

    def _leave(self) -> None:
        """Closes the open book, if any."""
        self.screen_lock.idle.stop()
        self.screen_lock.forget()
        self._stop_watching()
        seen = None
        if self.window is not None:
            seen = self.window.workspace
            self.window.closed.disconnect(self.quit)
            self.window.close()
            self.window.deleteLater()
            self.window = None
        if self._single is not None:
            self._single.close()
            self._single = None
        if self.tasks is not None:
            self.tasks.close()
            self.tasks = None
            if seen is not None and not seen.only_reads and isinstance(seen.book, Path):
                self.safekeeping.keep(seen.book, self.problems)

    def _stop_watching(self) -> None:
        if self._watch is not None:
            self._watch.close()
            self._watch = None

    def _take_away_texts(self) -> None:
        if self._texts is not None and isValid(self._texts):
            self._app.removeTranslator(self._texts)
            self._texts.deleteLater()
        self._texts = None

    def close(self) -> None:
        """Closes everything of this desktop, but not the application."""
        self._leave()
        self._take_away_texts()
        self.around.close()
        self.entrance.close()
        self.safekeeping.close()
        if isValid(self._ring):
            self._ring.deleteLater()

    def quit(self) -> None:
        """Closes the book and ends the application."""
        self._leave()
        self.around.close()
        self.entrance.close()
        self.safekeeping.close()  # waits, now that no window is left that it could block
        self._app.quit()


# ------------------------------------------------------------------------------------------------
# Books that macOS hands to the running program at a double click.


class HandedOver(QObject):
    """Listens to the application; emits `wanted` with the path of each book handed over."""

    wanted = Signal(Path)

    def __init__(self, app: QObject) -> None:
        super().__init__(app)
        app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's
        if not isinstance(event, QFileOpenEvent) or not event.file():
            return False
        self.wanted.emit(Path(event.file()))
        return True
