"""The computer around the book: what it brings along, and what it may do to the book."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QProcess, QTimer, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from kwt_books import __version__
from kwt_books.domain.errors import BookError
from ui.crash_reports import CrashReports
from ui.folders import Folders
from ui.jump_list import tell_opened
from ui.notices import Notice, Offer
from ui.preferences import Preferences
from ui.synced_folders import folder_of_its_own, synced_by

if TYPE_CHECKING:  # not needed to show a window, and slow to import
    from ui.desk import Desk
    from ui.newer_setup import NewerSetup
    from ui.tasks import Worker

_FIRST_LOOK, _LOOK_EVERY = 5_000, 20_000  # milliseconds: a start has other things to do
CopyBook = Callable[[Path, Path], object]


@dataclass(frozen=True, slots=True)
class Looked:
    places: tuple[Path, ...]
    found: NewerSetup | None


def _places_of_setups() -> Sequence[Path]:
    from ui.drives import places_of_setups

    return places_of_setups()


def start_setup(setup: Path) -> None:
    QProcess.startDetached(str(setup), [])


class Surroundings(QObject):
    """Outlives the windows; what it has to say is put among the notices of the one in hand."""

    def __init__(self, folders: Folders, preferences: Preferences) -> None:
        super().__init__()
        self._folders, self._preferences = folders, preferences
        self.start: Callable[[Path], object] = start_setup
        self.find_places: Callable[[], Sequence[Path]] = _places_of_setups
        self._reports = CrashReports(folders.log)
        self._reports.collect()
        self._crash = next(iter(self._reports.every()[::-1]), None)
        self._window: QWidget | None = None
        self._desk: Desk | None = None
        self._worker: Worker | None = None
        """Looks for setups; made when that first comes up."""
        self._looked = Looked((), None)
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_EVERY)
        self._timer.timeout.connect(self.look)

    def begin(self, *, setups: bool = sys.platform == "win32") -> None:
        """Watches over the program itself, and for `setups`, which only Windows can start."""
        self._reports.watch(os.getpid())
        if setups:
            self._timer.start()
            QTimer.singleShot(_FIRST_LOOK, self.look)

    def close(self) -> None:
        self._timer.stop()
        self._reports.rest()
        if self._worker is not None:
            self._worker.close()
            self._worker = None

    def attach(self, window: QWidget, desk: Desk, copy_book: CopyBook) -> None:
        """A window over a book is shown now."""
        self._window, self._desk = window, desk
        tell_opened(desk.book)
        self._tell_crash(desk)
        self._tell_setup()
        self._ask_synced(desk, copy_book)

    # -- the last time -----------------------------------------------------------------------

    def _tell_crash(self, desk: Desk) -> None:
        crash, t = self._crash, desk.kit.t
        if crash is None or crash.name <= self._preferences.crash_seen:
            return
        show = Offer(t("Show the file"), lambda: self._seen_crash(desk, crash, show=True))
        close = Offer(t("Close this note"), lambda: self._seen_crash(desk, crash, show=False))
        desk.notices.put(
            Notice(
                "crash",
                t("Something went wrong in the program the last time."),
                t("Your entries are safe. A report for whoever helps you is on this computer; it"
                  " holds no names and no amounts."),
                "warn",
                offers=(show, close),
            )
        )  # fmt: skip

    def _seen_crash(self, desk: Desk, crash: Path, *, show: bool) -> None:
        self._preferences.crash_seen = crash.name
        desk.notices.drop("crash")
        if show:
            desk.say(str(crash), "", strong=desk.kit.t("The report:"))
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(crash.parent)))

    # -- folders that are copied into the cloud ------------------------------------------------

    def _ask_synced(self, desk: Desk, copy_book: CopyBook) -> None:
        book = desk.book
        if self._preferences.knows_synced(book):
            return
        desk.tasks.run(
            lambda _book: synced_by(book, os.environ),
            lambda service: self._tell_synced(desk, service, copy_book),
            owner=desk,
        )

    def _tell_synced(self, desk: Desk, service: str, copy_book: CopyBook) -> None:
        if not service:
            return
        from ui.drives import documents, free_path

        t, book = desk.kit.t, desk.book
        safe = folder_of_its_own(documents(), Path.home(), os.environ)

        def known() -> None:
            self._preferences.know_synced(book)
            desk.notices.drop("synced")

        def move() -> None:
            copy_book(book, free_path(safe, book.stem))

        desk.notices.put(
            Notice(
                "synced",
                t("This book is in a folder of {service}.", service=service),
                t("Such a folder may copy a book that is half written, or keep two that differ. The"
                  " book is better kept in {folder}; the one here then stays as a copy.",
                  folder=safe),
                "warn",
                offers=(Offer(t("Go on from there"), move), Offer(t("Don't remind me"), known)),
            )
        )  # fmt: skip

    # -- a newer version -----------------------------------------------------------------------

    def look(self) -> None:
        """Asks what is plugged in, and looks into it where that has changed."""
        from ui.newer_setup import find_newer
        from ui.tasks import Worker

        if not self._timer.isActive():
            return
        if self._worker is None:
            self._worker = Worker(self)
        if self._worker.busy:
            return
        before, find_places = self._looked, self.find_places

        def work() -> Looked:
            places = tuple(find_places())
            if places == before.places:
                return before
            return Looked(places, find_newer(places, __version__))

        self._worker.submit(work, self._has_looked, owner=self)

    def _has_looked(self, looked: Looked) -> None:
        if looked != self._looked:
            self._looked = looked
            self._tell_setup()

    def _tell_setup(self) -> None:
        desk, setup = self._desk, self._looked.found
        if desk is None:
            return
        if setup is None or setup.version == self._preferences.skipped_setup:
            desk.notices.drop("setup")
            return
        t = desk.kit.t
        desk.notices.put(
            Notice(
                "setup",
                t("Version {version} of KWT Books is here.", version=setup.version),
                t("It is in {folder}. The book is backed up first, then the program closes and"
                  " the setup begins.", folder=setup.path.parent),
                "good",
                offers=(
                    Offer(t("Install it"), lambda: self._install(desk, setup)),
                    Offer(t("Don't offer this version again"), lambda: self._skip(setup)),
                ),
            )
        )  # fmt: skip

    def _skip(self, setup: NewerSetup) -> None:
        self._preferences.skipped_setup = setup.version
        self._tell_setup()

    def _install(self, desk: Desk, setup: NewerSetup) -> None:
        """Fetched and checked, then the book backed up, then the program closed."""
        from ui.drives import free_path
        from ui.newer_setup import fetch

        assert self._worker is not None
        t = desk.kit.t
        title = t("The new version was not installed")

        def refused(error: BookError) -> None:
            desk.problems.show(error, title)
            self._tell_setup()

        def back_up(copy: Path) -> None:
            backup = free_path(desk.book.parent, f"{desk.book.stem} {desk.kit.today.isoformat()}")
            desk.tasks.run(
                lambda book: book.back_up(backup), lambda _: self._hand_over(copy), refused
            )

        waiting = t("The setup is checked and the book is backed up.")
        desk.notices.put(Notice("setup", t("One moment."), waiting, "good"))
        self._worker.submit(
            lambda: fetch(setup, self._folders.cache / "setup"), back_up, refused, owner=desk
        )

    def _hand_over(self, copy: Path) -> None:
        assert self._window is not None
        self._window.close()  # which closes the book
        self.start(copy)
