"""What is shown before a book is open, or open again: the welcome, the first start, signing in, and
making a book of the demo or of a backup.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QDialog,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from kwt_books.app import Books
from kwt_books.domain.access import Person
from kwt_books.domain.address import Address, ServerAddress
from kwt_books.domain.errors import BookError
from kwt_books.i18n.catalogue import resources_dir
from ui.kit.button import Button, EnterPresses, Segment
from ui.kit.card import Note, window_head
from ui.kit.dialog import Dialog
from ui.kit.drafts import FIRST_START, first_start_drafts
from ui.kit.errors import Problems
from ui.kit.file_dialog import Use, ask_where, ask_which
from ui.kit.folders import Drive, Folders, documents, drives, free_path
from ui.kit.layout import (
    fill,
    grid_layout,
    label,
    progress_bar,
    row,
    tooltip,
)
from ui.kit.look import UiContext, smooth
from ui.kit.preferences import Preferences
from ui.kit.scrolling import fixed_page
from ui.kit.words import SUFFIX
from ui.kit.worker import Cancelled, Job, Worker

if TYPE_CHECKING:
    from kwt_books.domain.access import User
    from ui.kit.worker import Tasks
    from ui.shell.sign_in import Unlock


class StartupFlow(QObject):
    """Shows welcome, first start and sign-in, and says what was chosen there."""

    open_wanted = Signal(object, str)
    """A book's path, and the place to begin with."""
    entered = Signal(object)
    """The `Person` who signed in."""
    left = Signal()
    """The last of these windows was closed without a choice."""
    language_chosen = Signal(str)

    def __init__(self, books: Books, folders: Folders, preferences: Preferences) -> None:
        super().__init__()
        self._books, self._folders, self._preferences = books, folders, preferences
        self.welcome: Welcome | None = None
        self.first_start: QWidget | None = None
        self.signing: QWidget | None = None
        self.asking_server: QDialog | None = None
        self.overseeing: QDialog | None = None
        self.unlocking: Unlock | None = None
        self._making: BookCreation | None = None

    def use(self, ui: UiContext, problems: Problems, icon: QIcon) -> None:
        """Takes the look, language and icon for what is shown from now on."""
        self._ui, self._problems, self._icon = ui, problems, icon
        if self._making is not None:
            self._making.close()
            self._making = None

    @property
    def making(self) -> BookCreation:
        """What makes books of the demo or of a backup."""
        if self._making is None:
            self._making = BookCreation(self._books, self._ui, self._problems, self._go)
        return self._making

    def _go(self, path: Address, place: str = "home") -> None:
        self.open_wanted.emit(path, place)

    # -- welcome ---------------------------------------------------------------------------

    def show_welcome(self) -> None:
        """Shows the welcome, or brings it forward."""
        if self.welcome is not None:
            self.welcome.raise_()
            return
        welcome = Welcome(self._ui, self._preferences, self._icon, self._begun())
        welcome.open_wanted.connect(self._go)
        welcome.begin_wanted.connect(self.show_first_start)
        welcome.demo_wanted.connect(self._demo)
        welcome.restore_wanted.connect(lambda: self.making.restore(welcome))
        welcome.server_wanted.connect(self._ask_server)
        welcome.language_chosen.connect(self._language_chosen)
        welcome.finished.connect(self._welcome_closed)
        self.welcome = welcome
        welcome.show()

    def _ask_server(self) -> None:
        from ui.shell.server_dialog import ServerDialog

        known = (each for each in self._preferences.recent if isinstance(each, ServerAddress))
        dialog = ServerDialog(self._ui, next(known, None))
        dialog.open_wanted.connect(self._go)
        dialog.all_wanted.connect(self._oversee)
        self.asking_server = dialog
        dialog.open()

    def _oversee(self, server: ServerAddress) -> None:
        from ui.shell.oversight import OversightWindow

        self.close_overseeing()
        window = OversightWindow(self._ui, self._books, self._problems, server)
        window.finished.connect(self._overseeing_left)
        self.overseeing = window
        window.show()

    def _overseeing_left(self) -> None:
        """Emits `left` where somebody closed the groups' window, and nothing else is shown."""
        if self.overseeing is not None:
            self.close_overseeing()
            self._leave_if_empty()

    def close_overseeing(self) -> None:
        """Closes the window of all groups."""
        if self.overseeing is not None:
            window, self.overseeing = self.overseeing, None
            window.close()
            window.deleteLater()

    def _demo(self) -> None:
        self.making.demo()

    def _begun(self) -> str | None:
        """The group whose first start was left unfinished; None where there is none."""
        draft = first_start_drafts(self._folders.data).read(FIRST_START)
        return None if draft is None else str(draft.get("name", ""))

    def close_welcome(self) -> None:
        """Closes the welcome."""
        if self.welcome is not None:
            welcome, self.welcome = self.welcome, None
            welcome.close()

    def _welcome_closed(self) -> None:
        """Emits `left` where somebody closed the welcome, and nothing else is shown."""
        if self.welcome is not None:
            self.welcome = None
            self._leave_if_empty()

    def _leave_if_empty(self) -> None:
        shown = (
            self.welcome, self.signing, self.first_start, self.unlocking, self.overseeing,
        )  # fmt: skip
        if not any(each is not None for each in shown):
            self.left.emit()

    def _language_chosen(self, language: str) -> None:
        self.close_welcome()
        self.language_chosen.emit(language)
        self.show_welcome()

    # -- first start -----------------------------------------------------------------------

    def show_first_start(self) -> None:
        """Shows the first start in place of the welcome, or brings it forward."""
        from ui.first_start.window import FirstStart

        if self.first_start is not None:
            self.first_start.raise_()
            return
        window = FirstStart(self._ui, self._books, self._folders.data, self._icon)
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
        """Builds the first start anew in another language, at the same step."""
        self.close_first_start()
        self.language_chosen.emit(language)
        self.show_first_start()

    def close_first_start(self) -> None:
        """Closes the first start."""
        if self.first_start is not None:
            window, self.first_start = self.first_start, None
            window.close()
            window.deleteLater()

    # -- an encrypted book -----------------------------------------------------------------

    def unlock(
        self, path: Path, go_on: Callable[[], object], give_up: Callable[[], object]
    ) -> QWidget:
        """Asks for the passphrase of the book at `path`, and calls `go_on` once it is known;
        `give_up` where the window was closed without it.
        """
        from ui.shell.sign_in import Unlock

        self.close_unlocking()
        window = Unlock(self._ui, self._books, path, self._icon)

        def opened() -> None:
            self.close_unlocking()
            go_on()

        window.accepted.connect(opened)

        def left() -> None:
            give_up()
            self.close_unlocking()

        window.rejected.connect(left)
        self.unlocking = window
        window.show()
        self.close_welcome()
        return window

    def close_unlocking(self) -> None:
        """Closes the question for the passphrase."""
        if self.unlocking is not None:
            window, self.unlocking = self.unlocking, None
            window.close()
            window.deleteLater()

    # -- signing in ------------------------------------------------------------------------

    def ask_who(self, tasks: Tasks, people: Sequence[User], book: str, last: str = "") -> QWidget:
        """Shows the sign-in, and gives its window. `last` is who was there when the screen was
        locked; it is empty while a book is opened.
        """
        self.close_signing()
        if not any(each.has_password for each in people):
            from ui.shell.sign_in import RecoveryDialog

            dialog = RecoveryDialog(self._ui, tasks, people, first=True)
            dialog.recovered.connect(self._entered)
            dialog.rejected.connect(self._sign_in_left)
            self.signing = dialog
            dialog.show()
            return dialog
        from ui.shell.sign_in import SignIn

        window = SignIn(self._ui, tasks, people, book, icon=self._icon, locked=bool(last))
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
        """Closes the sign-in."""
        if self.signing is not None:
            window, self.signing = self.signing, None
            window.close()
            window.deleteLater()

    def close(self) -> None:
        """Closes all windows of it, and stops a book that is being made."""
        self.close_overseeing()
        self.close_signing()
        self.close_unlocking()
        self.close_first_start()
        self.close_welcome()
        if self._making is not None:
            self._making.close()


# -- The welcome: books opened last, a new one, the demo, a backup, or any file ------------------


_WIDTH = 640
_RECENT = 4


@dataclass(frozen=True, slots=True)
class Said:
    """Title, second line and icon of a choice in the welcome."""

    title: str
    second: str
    icon: str


class Way(EnterPresses, QAbstractButton):
    """A choice in the welcome: an icon, a title and a second line."""

    def __init__(self, ui: UiContext, said: Said, *, main: bool = False) -> None:
        super().__init__()
        self._ui, self._said, self._main = ui, said, main
        self.setText(said.title.replace("&", "&&"))
        self.setAccessibleName(said.title)
        self.setAccessibleDescription(said.second)
        self.setToolTip(tooltip(said.second))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(self._ui.theme.px(200), self._ui.theme.px(64))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        theme, painter = self._ui.theme, smooth(self)
        down = self.underMouse() or self.isDown()
        ground = (
            ("accent_hover" if down else "accent")
            if self._main
            else ("sunken" if down else "surface")
        )
        edge = ground if self._main else "line"
        theme.paint_round(painter, self.rect().adjusted(0, 0, -1, -1), ground, 8, edge=edge)
        side, middle = theme.px(26), self.height() // 2
        icon = QRect(theme.px(16), middle - side // 2, side, side)
        glyph = "on_accent" if self._main else "accent_text"
        theme.draw_icon(painter, self._said.icon, theme.color(glyph), icon)
        left = icon.right() + theme.px(14)
        words = QRect(left, 0, self.width() - left - theme.px(12), middle + 1)
        first, second = ("on_accent",) * 2 if self._main else ("text", "text2")
        top, bottom = Qt.AlignmentFlag.AlignTop, Qt.AlignmentFlag.AlignBottom
        theme.write(painter, words, self._said.title, first, bold=True, at=bottom, elided=True)
        below = words.translated(0, middle)
        theme.write(painter, below, self._said.second, second, "caption", at=top, elided=True)


class Welcome(Dialog):
    """The choices before a book is open. `begun` names the group whose first start was left
    unfinished.
    """

    open_wanted = Signal(object)
    """A book's address."""
    begin_wanted = Signal()
    demo_wanted = Signal()
    restore_wanted = Signal()
    server_wanted = Signal()
    language_chosen = Signal(str)

    def __init__(
        self, ui: UiContext, preferences: Preferences, icon: QIcon, begun: str | None = None
    ) -> None:
        super().__init__(ui, "KWT Books", explained="welcome")
        self._ui, self._t = ui, ui.t
        self.setWindowIcon(icon)
        page = fixed_page(self, ui.theme.px(_WIDTH), margins=32, space=8)
        recent, missing = preferences.recent[:_RECENT], preferences.missing
        known = bool(recent) or missing is not None
        self._head(page, known=known)
        self.missing = Note(ui, "", "warn")
        self.missing.setVisible(missing is not None)
        page.addWidget(self.missing)
        if missing is not None:
            self._tell_missing(missing)
        if recent:
            self._recent(page, recent)
        self._ways(page, begun, first=not known)

    # -- layout ----------------------------------------------------------------------------

    def _head(self, page: QVBoxLayout, *, known: bool) -> None:
        t = self._t
        title = t("Which book do you want to open?") if known else t("Welcome to KWT Books")
        quiet = t("The books stay on this computer. No internet is needed.")
        line = window_head(self._ui, "leaf", title, quiet)
        self.language = Segment(self._ui, (("id", "ID"), ("en", "EN")), self._t.language)
        self.language.setAccessibleName(t("Language"))
        self.language.setFixedWidth(self._ui.theme.px(96))
        self.language.chosen.connect(self.language_chosen)
        line.addWidget(self.language, 0, Qt.AlignmentFlag.AlignTop)
        fill(page, line, 12)

    def _tell_missing(self, book: Path) -> None:
        t = self._t
        where = t("It was in {folder}. If that is a flash drive, plug it in.", folder=book.parent)
        self.missing.say(where, "warn", strong=t("{book} isn't there.", book=book.stem))
        self.missing.offer(t("Open it"), lambda: self.open_wanted.emit(book)).setFocus()

    def _recent(self, page: QVBoxLayout, paths: list[Address]) -> None:
        page.addWidget(label(self._t("Last opened"), "label"))
        for place, path in enumerate(paths):
            is_file = isinstance(path, Path)
            second = str(path.parent) if isinstance(path, Path) else path.server
            said = Said(path.stem, second, "book-open" if is_file else "database")
            way = Way(self._ui, said, main=place == 0)
            way.clicked.connect(lambda _on=False, each=path: self.open_wanted.emit(each))
            page.addWidget(way)
            if place == 0 and self.missing.isHidden():
                way.setFocus()
        page.addSpacing(8)

    def _ways(self, page: QVBoxLayout, begun: str | None, *, first: bool) -> None:
        t = self._t
        new = Said(t("New book"), t("For a group that starts here"), "plus")
        if begun is not None:
            new = Said(t("Continue the new book"), begun or t("Your draft is kept"), "plus")
        year = t("To look around in first")
        demo = Said(t("Try the demo book"), year, "play-circle")
        file = Said(t("Open a file"), t("A book that is on this computer"), "folder-open")
        backup = Said(t("Restore a backup"), t("From a flash drive"), "clock-counter-clockwise")
        server = Said(t("Open a book on a server"), t("Several desks, one book"), "database")
        ways = (
            (new, self.begin_wanted.emit),
            (demo, self.demo_wanted.emit),
            (file, self.choose),
            (backup, self.restore_wanted.emit),
            (server, self.server_wanted.emit),
        )
        grid = grid_layout(across=8, down=8)
        self.ways: list[Way] = []
        for place, (said, act) in enumerate(ways):
            way = Way(self._ui, said, main=not place and (first or begun is not None))
            way.clicked.connect(lambda _on=False, each=act: each())
            self.ways.append(way)
            grid.addWidget(way, *divmod(place, 2))
        page.addLayout(grid)
        if first:
            self.ways[0].setFocus()

    def choose(self) -> None:
        """Asks for a book's file and emits `open_wanted`."""
        pattern = self._t("Books (*{suffix})", suffix=SUFFIX)
        for path in ask_which(self, self._t("Open a file"), pattern, Use.BOOK):
            self.open_wanted.emit(path)


# -- Making books off the screen's thread: the demo, and a book of a backup ----------------------


Made = Callable[[Path], object]


class Waiting(Dialog):
    """Says that something takes a moment, and can be cancelled."""

    def __init__(self, ui: UiContext, text: str, cancel: Callable[[], object]) -> None:
        super().__init__(ui, "KWT Books", stays=True)
        page = fixed_page(self, ui.theme.px(420), margins=24, space=12)
        cancel_button = Button(ui, ui.t("Cancel")).when_clicked(self.reject)
        fill(page, label(text, "strong", wrap=True), progress_bar(), row(..., cancel_button))
        self.rejected.connect(cancel)


class BookCreation(QObject):
    """Makes a book on a worker of its own; `made` is called with its path."""

    def __init__(self, books: Books, ui: UiContext, problems: Problems, made: Made) -> None:
        super().__init__()
        self._books, self._ui, self._problems, self._made = books, ui, problems, made
        self._worker: Worker | None = None
        self.find_drives: Callable[[], Sequence[Drive]] = drives
        self.dialog: QDialog | None = None
        """The dialog in which an automatic backup is chosen."""
        self.waiting: Waiting | None = None

    def demo(self) -> None:
        """Makes the demo book in the documents folder, or gives the one that is there."""
        path = documents() / f"{self._ui.t('Demo book')}{SUFFIX}"
        if path.exists():
            self._made(path)
            return
        stream = resources_dir() / "demo" / "2026.jsonl"

        def make(_check: Callable[[], None]) -> None:
            with stream.open("rb") as file:
                self._books.import_stream(path, file)

        self._run(make, path, self._ui.t("The demo book is being made"))

    def restore(self, parent: QWidget | None) -> None:
        """Asks for a backup and for the place of its book, and restores it."""
        from ui.settings.kept_backups import KeptBackups

        kept = self._books.kept_backups([each.path for each in self.find_drives()])
        if not kept:
            self._choose_file(parent)
            return
        dialog = KeptBackups(self._ui, self._books, kept, parent)
        dialog.chosen.connect(lambda backup: self.ask_where(parent, backup))
        dialog.other_wanted.connect(lambda: self._choose_file(parent))
        self.dialog = dialog
        dialog.open()

    def _choose_file(self, parent: QWidget | None) -> None:
        pattern = self._ui.t("Books (*{suffix})", suffix=SUFFIX)
        for path in ask_which(parent, self._ui.t("Which backup?"), pattern, Use.BOOK):
            self.ask_where(parent, path)

    def ask_where(self, parent: QWidget | None, backup: Path) -> None:
        """Asks where a backup is restored to, and restores it there."""
        t = self._ui.t
        pattern = t("Books (*{suffix})", suffix=SUFFIX)
        offered = free_path(documents(), backup.stem.partition(" (")[0]).with_suffix("")
        title = t("Where is the book kept?")
        if path := ask_where(parent, title, offered, [(SUFFIX, pattern)], Use.BOOK):
            self.restore_to(backup, path)

    def restore_to(self, backup: Path, path: Path) -> None:
        """Restores a backup as the book `path`, once its passphrase is known."""
        if self._books.asks_phrase(backup):
            from ui.shell.sign_in import Unlock

            self.dialog = Unlock(self._ui, self._books, backup)
            self.dialog.unlocked.connect(lambda _path: self.restore_to(backup, path))
            self.dialog.open()
            return

        def make(check: Callable[[], None]) -> None:
            self._books.restore(backup, path, lambda _done, _all: check())

        self._run(make, path, self._ui.t("The backup is being checked and copied"))

    def _run(self, make: Callable[[Callable[[], None]], None], path: Path, text: str) -> None:
        if self.waiting is not None:
            return
        jobs: list[Job[None]] = []

        def check() -> None:
            if jobs and jobs[0].cancelled:
                raise Cancelled

        if self._worker is None:
            self._worker = Worker(self)
        job = self._worker.submit(
            lambda: make(check),
            lambda _: self._made(path),
            self._failed,
            settled=self._settled,
        )
        jobs.append(job)
        self.waiting = Waiting(self._ui, text, job.cancel)
        self.waiting.show()

    def _settled(self) -> None:
        if self.waiting is not None:
            self.waiting.rejected.disconnect()
            self.waiting.close()
            self.waiting.deleteLater()
            self.waiting = None

    def _failed(self, error: BookError) -> None:
        self._settled()  # else the dialog below would be a child of this one, and close with it
        self._problems.show(error, self._ui.t("The book could not be made"))

    def close(self) -> None:
        """Stops a book that is being made."""
        self._settled()
        if self._worker is not None:
            self._worker.close()
            self._worker = None
