"""Backups: a second copy of the book on a drive or in a folder, and restoring a book from one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QVBoxLayout
from shiboken6 import isValid

from kwt_books.book import Book
from kwt_books.domain.errors import BookError
from ui.kit.button import Button
from ui.kit.card import Card, Note
from ui.kit.folders import Drive, documents, drives, free_path
from ui.kit.layout import clear, column, fill, no_wider, progress_bar, row
from ui.kit.look import SETTINGS
from ui.kit.page import Page
from ui.kit.worker import Change, Job, Progress
from ui.kit.workspace import Workspace
from ui.settings.encryption import EncryptionCard

_MEGA = 1_000_000


class BackupPage(Page):
    """The page of backups; `find_drives` gives the drives that are plugged in."""

    monthly, scrolls = False, True

    def __init__(
        self, workspace: Workspace, find_drives: Callable[[], Sequence[Drive]] = drives
    ) -> None:
        super().__init__(workspace)
        self._find_drives = find_drives
        self.job: Job[None] | None = None
        self.targets: list[Button] = []
        self._found: Sequence[Drive] = ()
        self.encryption = EncryptionCard(workspace)
        self.mirror = MirrorCard(workspace)
        cards = self._backup_card(), self.encryption, self._restore_card(), self.mirror
        fill(self.body, *(no_wider(card, self.ui.theme.px(SETTINGS)) for card in cards), ...)

    def _backup_card(self) -> Card:
        t, card = self.t, Card(self.t("Backup of this book"), margins=20, space=12)
        self.last = Note(self.ui)
        card.body.addWidget(self.last)
        card.tell(
            t("The whole book goes into one file: entries, photos, passwords. The copy is read back"
              " and checked before it counts.")
        )  # fmt: skip
        card.tell(
            t("The program also makes backups automatically: when it closes and before a month is"
              " closed, on this computer and on every flash drive that got a backup of this book"
              " here. It keeps the last of 7 days, 5 weeks and 24 months.")
        )  # fmt: skip
        self._drives: QVBoxLayout = column(space=8)
        card.body.addLayout(self._drives)
        again = Button(self.ui, t("Look again"), "arrow-counter-clockwise", kind="quiet")
        again.when_clicked(self.look_again)
        folder = Button(self.ui, t("Into another folder"), "folder-open")
        folder.when_clicked(self.choose_folder)
        fill(card.body, row(again, folder, ..., space=8), self._progress())
        return card

    def _progress(self) -> QVBoxLayout:
        self.bar = progress_bar(100)
        self.bar.hide()
        self.cancel = Button(self.ui, self.t("Cancel"), "x", scale="small")
        self.cancel.when_clicked(self._stop).hide()
        return column(self.bar, (self.cancel, 0, Qt.AlignmentFlag.AlignLeft), space=8)

    def _restore_card(self) -> Card:
        t, card = self.t, Card(self.t("Open a backup"), margins=20, space=12)
        card.tell(
            t("A backup becomes a book under a new name. The book that is open stays as it is.")
        )
        restore = Button(self.ui, t("Choose a backup"), "clock-counter-clockwise")
        card.body.addLayout(row(restore.when_clicked(self.workspace.restore_wanted.emit), ...))
        return card

    # -- places for the copy ---------------------------------------------------------------

    def concerns(self, change: Change) -> bool:
        """Only what was sent: nothing that is recorded changes what is shown."""
        return "mirror" in change.kinds

    def refresh(self) -> None:
        """Shows the last backup, and looks for drives."""
        self._show_last()
        self.look_again()
        self.encryption.refresh()
        self.mirror.refresh()

    def _show_last(self) -> None:
        t, workspace = self.t, self.workspace
        day = workspace.preferences.of(workspace.book).backed_up
        if day is None:
            self.last.say(t("If this computer breaks, the book is lost."), "warn",
                          strong=t("There is no backup yet."))  # fmt: skip
            return
        days = (self.ui.today - day).days
        ago = t.ngettext("{n} day ago", "{n} days ago", days) if days else t("today")
        where = workspace.preferences.backup_folder
        text = t("{day}, {ago}", day=self.ui.formats.day(day), ago=ago)
        told = f"{text} · {where}" if where is not None else text
        self.last.say(told, "good" if days < 7 else "warn", strong=t("Last backup:"))

    def look_again(self) -> None:
        """Looks for drives on the worker: asking one that sleeps takes a while."""
        find = self._find_drives
        self.ask(lambda _book: tuple(find()), self._show_drives, key="drives")

    def _show_drives(self, found: Sequence[Drive]) -> None:
        clear(self._drives)
        self.targets, self._found = [], found
        t = self.t
        for drive in found:
            free = self.ui.formats.number(drive.free // _MEGA)
            text = t("Back up to {drive}", drive=drive.name)
            kind = "default" if self.targets else "primary"
            button = Button(self.ui, text, "hard-drive", kind=kind, scale="large")
            button.hint(t("{path}, {free} MB free", path=drive.path, free=free))
            button.when_clicked(partial(self.back_up, drive.path))
            button.setEnabled(self.job is None)
            self.targets.append(button)
            self._drives.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        if not self.targets:
            text = t("No flash drive is plugged in. Plug one in, then press “Look again”.")
            self._drives.addWidget(Note(self.ui, text))

    def choose_folder(self) -> None:
        """Asks for a folder, and copies the book there."""
        start = self.workspace.preferences.backup_folder or documents()
        title = self.t("Into another folder")
        found = QFileDialog.getExistingDirectory(self, title, str(start))
        if found:
            self.back_up(Path(found))

    # -- the copy --------------------------------------------------------------------------

    def back_up(self, folder: Path) -> None:
        """Copies the book into `folder`, named by the book and the day."""
        if self.job is not None:
            return
        target = self._target(folder)

        drive = folder if any(each.path == folder for each in self._found) else None

        def work(book: Book, tell: Progress) -> None:
            book.back_up(target, lambda copied, total: tell(copied * 100 // max(total, 1)))
            if drive is not None:
                book.know_drive(drive)

        self._set_working(working=True)
        self.job = self.workspace.tasks.long(
            work,
            lambda _: self._done(target),
            self.bar.setValue,
            self._failed,
            settled=self._settled,
        )

    def _target(self, folder: Path) -> Path:
        group = self.workspace.group
        name = group.name if group is not None else self.workspace.book.stem
        return free_path(folder, f"{name} {self.ui.today.isoformat()}")

    def _set_working(self, *, working: bool) -> None:
        self.job = self.job if working else None
        self.bar.setValue(0)
        self.bar.setVisible(working)
        self.cancel.setVisible(working)
        for button in self.targets:
            button.setEnabled(not working)

    def _stop(self) -> None:
        if self.job is not None:
            self.job.cancel()

    def _settled(self) -> None:
        if isValid(self):
            self._set_working(working=False)

    def _done(self, target: Path) -> None:
        """Notes the backup, even where the window was built anew meanwhile."""
        workspace = self.workspace
        workspace.preferences.of(workspace.book).backed_up = self.ui.today
        workspace.preferences.backup_folder = target.parent
        if isValid(self):
            self._show_last()
            workspace.say(str(target), strong=self.t("The backup is complete and intact."))
        workspace.tasks.changed.emit(Change(frozenset({"backup"})))

    def _failed(self, error: BookError) -> None:
        self.workspace.problems.show(error, self.t("There is no backup"))


class MirrorCard(Card):
    """Says when the book was last sent, and offers to send what is new. Books on a server have
    none.
    """

    def __init__(self, workspace: Workspace) -> None:
        t = workspace.ui.t
        super().__init__(t("Mirror on a server"), margins=20, space=12)
        self._workspace, self._ui, self._t = workspace, workspace.ui, t
        self.state = Note(self._ui)
        self.body.addWidget(self.state)
        self.tell(
            t("An LKM or a city's programme can read a copy of the book on its server. What was"
              " recorded here since goes there when you send it; nobody records there.")
        )  # fmt: skip
        self.send_button = Button(self._ui, t("Send what is new"), "upload-simple")
        self.send_button.when_clicked(workspace.push_wanted.emit)
        self.body.addLayout(row(self.send_button, ...))
        if not isinstance(workspace.book, Path):
            self.hide()

    def refresh(self) -> None:
        """Shows when and where to the book was last sent."""
        t, workspace = self._t, self._workspace
        noted = workspace.preferences.of(workspace.book)
        day, mirror = noted.sent, noted.mirror
        if day is None or mirror is None:
            self.state.say("", strong=t("The book was never sent from this computer."))
            return
        told = t("{day}, to {place}", day=self._ui.formats.day(day), place=mirror)
        self.state.say(told, "good", strong=t("Last sent:"))
