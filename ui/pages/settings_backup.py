"""A second copy of the book on a flash drive, and a book from such a copy."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QProgressBar, QVBoxLayout, QWidget
from shiboken6 import isValid

from kwt_books.app import Book
from kwt_books.domain.errors import BookError
from ui.desk import Desk
from ui.drives import Drive, documents, drives, free_path
from ui.pages.base import Page
from ui.tasks import Change, Job, Progress
from ui.tokens import GUTTER, SETTINGS
from ui.widgets.button import Button
from ui.widgets.card import Card, Note, scrolled
from ui.widgets.label import column, label, no_wider, row

_MEGA = 1_000_000


class BackupPage(Page):
    """`find_drives` says what is plugged in."""

    def __init__(self, desk: Desk, find_drives: Callable[[], Sequence[Drive]] = drives) -> None:
        super().__init__(desk)
        self._find_drives = find_drives
        self._job: Job[None] | None = None
        self.targets: list[Button] = []
        ground = QWidget()
        ground.setObjectName("canvas")
        page = column(ground, space=GUTTER)
        for card in (self._backup_card(), self._restore_card()):
            page.addLayout(no_wider(card, self.kit.theme.px(SETTINGS)))
        page.addStretch(1)
        self.body.addWidget(scrolled(ground))

    def _backup_card(self) -> Card:
        t, card = self.t, Card(self.t("Backup of this book"), margins=20, space=12)
        self.last = Note(self.kit)
        card.body.addWidget(self.last)
        card.body.addWidget(
            label(
                t("The whole book goes into one file: entries, photos, passwords. The copy is read"
                  " back and checked before it counts."),
                wrap=True,
            )
        )  # fmt: skip
        self._drives: QVBoxLayout = column(space=8)
        card.body.addLayout(self._drives)
        line = row(space=8)
        again = Button(self.kit, t("Look again"), "arrow-counter-clockwise", kind="quiet")
        line.addWidget(again.when_clicked(self.look_again))
        folder = Button(self.kit, t("Into another folder"), "folder-open")
        line.addWidget(folder.when_clicked(self.choose_folder))
        line.addStretch(1)
        card.body.addLayout(line)
        card.body.addLayout(self._progress())
        return card

    def _progress(self) -> QVBoxLayout:
        page = column(space=8)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.hide()
        self.cancel = Button(self.kit, self.t("Cancel"), "x", scale="small")
        self.cancel.when_clicked(self._stop).hide()
        page.addWidget(self.bar)
        page.addWidget(self.cancel, 0, Qt.AlignmentFlag.AlignLeft)
        return page

    def _restore_card(self) -> Card:
        t, card = self.t, Card(self.t("Open a backup"), margins=20, space=12)
        card.body.addWidget(
            label(
                t("A backup becomes a book under a new name. The book that is open stays as it"
                  " is."),
                wrap=True,
            )
        )  # fmt: skip
        line = row()
        restore = Button(self.kit, t("Choose a backup"), "clock-counter-clockwise")
        line.addWidget(restore.when_clicked(self.desk.restore_wanted.emit))
        line.addStretch(1)
        card.body.addLayout(line)
        return card

    # -- where to --------------------------------------------------------------------------

    def follows_month(self) -> bool:
        return False

    def concerns(self, change: Change) -> bool:
        return False

    def refresh(self) -> None:
        self._show_last()
        self.look_again()

    def _show_last(self) -> None:
        t, desk = self.t, self.desk
        day = desk.preferences.backed_up(desk.book)
        if day is None:
            self.last.say(t("If this computer breaks, the book is lost."), "warn",
                          strong=t("There is no backup yet."))  # fmt: skip
            return
        days = (self.kit.today - day).days
        ago = t.ngettext("{n} day ago", "{n} days ago", days) if days else t("today")
        where = desk.preferences.backup_folder
        text = t("{day}, {ago}", day=self.kit.formats.day(day), ago=ago)
        told = f"{text} · {where}" if where is not None else text
        self.last.say(told, "good" if days < 7 else "warn", strong=t("Last backup:"))

    def look_again(self) -> None:
        """On the worker: asking a drive that sleeps takes a while."""
        find = self._find_drives
        self.ask(lambda _book: tuple(find()), self._show_drives, key="drives")

    def _show_drives(self, found: Sequence[Drive]) -> None:
        while (item := self._drives.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        self.targets = []
        t = self.t
        for drive in found:
            free = self.kit.formats.number(drive.free // _MEGA)
            text = t("Back up to {drive}", drive=drive.name)
            kind = "default" if self.targets else "primary"
            button = Button(self.kit, text, "hard-drive", kind=kind, scale="large")
            button.hint(t("{path}, {free} MB free", path=drive.path, free=free))
            button.when_clicked(partial(self.back_up, drive.path))
            button.setEnabled(self._job is None)
            self.targets.append(button)
            self._drives.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        if not self.targets:
            text = t("No flash drive is plugged in. Plug one in, then press “Look again”.")
            self._drives.addWidget(Note(self.kit, text))

    def choose_folder(self) -> None:
        start = self.desk.preferences.backup_folder or documents()
        title = self.t("Into another folder")
        found = QFileDialog.getExistingDirectory(self, title, str(start))
        if found:
            self.back_up(Path(found))

    # -- the copy --------------------------------------------------------------------------

    def back_up(self, folder: Path) -> None:
        """Copies the book into `folder` under its name and the day's date."""
        if self._job is not None:
            return
        target = self._target(folder)

        def work(book: Book, tell: Progress) -> None:
            book.back_up(target, lambda copied, total: tell(copied * 100 // max(total, 1)))

        self._set_working(working=True)
        self._job = self.desk.tasks.long(
            work,
            lambda _: self._done(target),
            self.bar.setValue,
            self._failed,
            settled=self._settled,
        )

    def _target(self, folder: Path) -> Path:
        group = self.desk.group
        name = group.name if group is not None else self.desk.book.stem
        return free_path(folder, f"{name} {self.kit.today.isoformat()}")

    def _set_working(self, *, working: bool) -> None:
        self._job = self._job if working else None
        self.bar.setValue(0)
        self.bar.setVisible(working)
        self.cancel.setVisible(working)
        for button in self.targets:
            button.setEnabled(not working)

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _settled(self) -> None:
        if isValid(self):
            self._set_working(working=False)

    def _done(self, target: Path) -> None:
        """The copy counts, also where the window was built anew meanwhile."""
        desk = self.desk
        desk.preferences.note_backup(desk.book, self.kit.today)
        desk.preferences.backup_folder = target.parent
        if isValid(self):
            self._show_last()
            desk.say(str(target), strong=self.t("The backup is whole."))
        desk.tasks.changed.emit(Change(frozenset({"backup"})))

    def _failed(self, error: BookError) -> None:
        self.desk.problems.show(error, self.t("There is no backup"))
