"""The computer around the book: the list of last books on Windows, folders that are copied into a
cloud, newer setups, and reports of crashes.
"""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QProcess, QTimer, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from kwt_books import __version__
from kwt_books.app import Books
from kwt_books.domain.errors import BookError
from ui.kit.errors import CrashReports
from ui.kit.folders import Folders, shared, synced_by
from ui.kit.notices import Offer
from ui.kit.preferences import Preferences

if TYPE_CHECKING:
    from ui.kit.worker import Worker
    from ui.kit.workspace import Workspace
    from ui.shell.newer_setup import Glance, NewerSetup


# -- Books opened last, in the list that Windows shows for the program's button ------------------
#
# The setup registers `.kwt` for the program and gives its shortcuts an identity; the program takes
# the same one, so that a pinned shortcut and the window it opened share a button, and what is told
# here is listed at it.


IDENTITY = "KWT.Books"
"""The program's AppUserModelID; the setup gives its shortcuts the same."""
_A_PATH = 3
"""SHARD_PATHW: the argument is a path in Unicode."""


def take_identity(shell32: Any = None) -> None:
    """Takes the AppUserModelID, before the first window; does nothing elsewhere than on Windows."""
    shell = shell32 or _shell32()
    if shell is not None:
        shell.SetCurrentProcessExplicitAppUserModelID(ctypes.c_wchar_p(IDENTITY))


def tell_opened(book: Path, shell32: Any = None) -> None:
    """Puts a book at the top of the list of last books; does nothing elsewhere than on Windows."""
    shell = shell32 or _shell32()
    if shell is not None:
        shell.SHAddToRecentDocs(ctypes.c_uint(_A_PATH), ctypes.c_wchar_p(str(book.absolute())))


def _shell32() -> Any:
    if sys.platform == "win32":
        return ctypes.windll.shell32
    return None


_FIRST_LOOK, _LOOK_EVERY = 5_000, 20_000  # milliseconds: a start has other things to do
CopyBook = Callable[[Path, Path], object]


@dataclass(frozen=True, slots=True)
class Looked:
    """What folders showed that may have a setup, and the newest setup found in them."""

    glance: Glance
    found: NewerSetup | None


def _places_of_setups() -> Sequence[Path]:
    from ui.kit.folders import places_of_setups

    return places_of_setups()


def start_setup(setup: Path) -> None:
    """Starts a setup, which goes on after this program has ended."""
    QProcess.startDetached(str(setup), [])


class SystemIntegration(QObject):
    """Watches the computer for as long as the program runs; its notices go to the window that is
    shown.
    """

    def __init__(self, folders: Folders, preferences: Preferences) -> None:
        super().__init__()
        self._folders, self._preferences = folders, preferences
        self.start: Callable[[Path], object] = start_setup
        self.find_places: Callable[[], Sequence[Path]] = _places_of_setups
        self._reports = CrashReports(folders.log)
        self._reports.collect()
        self._crash = next(iter(self._reports.every()[::-1]), None)
        self._window: QWidget | None = None
        self._workspace: Workspace | None = None
        self.worker: Worker | None = None
        """Looks for setups; made when it is first needed."""
        self._looked = Looked(frozenset(), None)
        self._timer = QTimer(self, interval=_LOOK_EVERY)
        self._timer.timeout.connect(self.look)

    def begin(self, *, setups: bool = sys.platform == "win32") -> None:
        """Begins to keep reports of crashes, and to look for `setups`, which only Windows can
        start.
        """
        self._reports.watch(os.getpid())
        if setups:
            self._timer.start()
            QTimer.singleShot(_FIRST_LOOK, self.look)

    def close(self) -> None:
        """Stops watching."""
        self._timer.stop()
        self._reports.rest()
        if self.worker is not None:
            self.worker.close()
            self.worker = None

    def attach(self, window: QWidget, workspace: Workspace, copy_book: CopyBook) -> None:
        """Takes the window that is shown now, for notices and for installing."""
        self._window, self._workspace = window, workspace
        if isinstance(workspace.book, Path):
            tell_opened(workspace.book)
        workspace.tasks.submit(Books.tidy, lambda _: None, owner=workspace)
        self._tell_crash(workspace)
        self._tell_setup()
        self._ask_synced(workspace, copy_book)

    # -- the last time -----------------------------------------------------------------------

    def _tell_crash(self, workspace: Workspace) -> None:
        crash, t = self._crash, workspace.ui.t
        if crash is None or crash.name <= self._preferences.crash_seen:
            return
        show = Offer(t("Show the file"), lambda: self._seen_crash(workspace, crash, show=True))
        close = Offer(t("Close this note"), lambda: self._seen_crash(workspace, crash, show=False))
        workspace.notices.put(
            "crash",
            t("Something went wrong in the program last time."),
            t("Your entries are safe. A report for whoever helps you is on this computer; it"
              " holds no names and no amounts."),
            "warn", show, close,
        )  # fmt: skip

    def _seen_crash(self, workspace: Workspace, crash: Path, *, show: bool) -> None:
        self._preferences.crash_seen = crash.name
        workspace.notices.drop("crash")
        if show:
            workspace.say(str(crash), "", strong=workspace.ui.t("The report:"))
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(crash.parent)))

    # -- folders that are copied into the cloud ------------------------------------------------

    def _ask_synced(self, workspace: Workspace, copy_book: CopyBook) -> None:
        book = workspace.book
        if not isinstance(book, Path) or self._preferences.of(book).knows_synced:
            return
        workspace.tasks.run(
            lambda _book: (synced_by(book, os.environ), shared(book.parent)),
            lambda found: self._tell_synced(workspace, *found, copy_book),
            owner=workspace,
        )

    def _tell_synced(
        self, workspace: Workspace, service: str, apart: bool, copy_book: CopyBook
    ) -> None:
        if not service and not apart:
            return
        from ui.kit.folders import documents, free_path

        t, book = workspace.ui.t, workspace.book
        assert isinstance(book, Path)
        safe = documents()

        def known() -> None:
            self._preferences.of(book).knows_synced = True
            workspace.notices.drop("synced")

        if service:
            strong = t("This book is in a folder of {service}.", service=service)
            text = t("Such a folder may copy a book that is half written, or keep two that differ."
                     " The book is better kept in {folder}; the one here then stays as a copy.",
                     folder=safe)  # fmt: skip
        else:
            strong = t("This book is on another computer.")
            text = t(
                "Two people who record at once may overwrite each other there, and a weak "
                "network may damage the book. The book is better kept in {folder}; the one here "
                "then stays as a copy.", folder=safe)  # fmt: skip
        offers = (
            Offer(t("Continue from there"), lambda: copy_book(book, free_path(safe, book.stem))),
            Offer(t("Don't remind me"), known),
        )
        workspace.notices.put("synced", strong, text, "warn", *offers)

    # -- a newer version -----------------------------------------------------------------------

    def look(self) -> None:
        """Asks which drives are there, and looks into them where one or what lies there is new."""
        from ui.kit.worker import Worker
        from ui.shell.newer_setup import find_newer, glance

        if not self._timer.isActive():
            return
        if self.worker is None:
            self.worker = Worker(self)
        if self.worker.busy:
            return
        before, find_places = self._looked, self.find_places

        def work() -> Looked:
            places = find_places()
            seen = glance(places)
            if seen == before.glance:
                return before
            return Looked(seen, find_newer(places, __version__))

        self.worker.submit(work, self._has_looked, owner=self)

    def _has_looked(self, looked: Looked) -> None:
        if looked != self._looked:
            self._looked = looked
            self._tell_setup()

    def _tell_setup(self) -> None:
        workspace, setup = self._workspace, self._looked.found
        if workspace is None:
            return
        if setup is None or setup.version == self._preferences.skipped_setup:
            workspace.notices.drop("setup")
            return
        t = workspace.ui.t
        workspace.notices.put(
            "setup",
            t("Version {version} of KWT Books is available.", version=setup.version),
            t("It is in {folder}. The book is backed up first, then the program closes and"
              " the setup begins.", folder=setup.path.parent),
            "good",
            Offer(t("Install it"), lambda: self._install(workspace, setup)),
            Offer(t("Don't offer this version again"), lambda: self._skip(setup)),
        )  # fmt: skip

    def _skip(self, setup: NewerSetup) -> None:
        self._preferences.skipped_setup = setup.version
        self._tell_setup()

    def _install(self, workspace: Workspace, setup: NewerSetup) -> None:
        """Copies and checks the setup, backs the book up, then starts the setup and closes."""
        from ui.kit.folders import documents, free_path
        from ui.shell.newer_setup import fetch

        assert self.worker is not None
        t = workspace.ui.t
        title = t("The new version was not installed")

        def refused(error: BookError) -> None:
            workspace.problems.show(error, title)
            self._tell_setup()

        def back_up(copy: Path) -> None:
            beside = workspace.book.parent if isinstance(workspace.book, Path) else documents()
            name = f"{workspace.book.stem} {workspace.ui.today.isoformat()}"
            backup = free_path(beside, name)
            workspace.tasks.run(
                lambda book: book.back_up(backup), lambda _: self._hand_over(copy), refused
            )

        waiting = t("The setup is checked and the book is backed up.")
        workspace.notices.put("setup", t("One moment."), waiting, "good")
        self.worker.submit(
            lambda: fetch(setup, self._folders.cache / "setup"), back_up, refused, owner=workspace
        )

    def _hand_over(self, copy: Path) -> None:
        assert self._window is not None
        self._window.close()  # which closes the book
        self.start(copy)
