"""Automatic backups of a book, to choose from: when each was made, up to which document, whether it
is whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from kwt_books.app import Books
from ui.kit.button import Button
from ui.kit.dialog import Dialog, dialog_head
from ui.kit.layout import column, label, open_up, row
from ui.kit.list import Heading, ListRow, ListTable
from ui.kit.look import GUTTER, ROW_TWO_LINES, UiContext
from ui.kit.table import Cell
from ui.kit.worker import Cancelled, Worker

if TYPE_CHECKING:
    from kwt_books.services.kept_backups import Content, KeptBackup


class KeptBackups(Dialog):
    """The automatic backups; each is checked while the list is shown, the newest first."""

    chosen = Signal(Path)
    other_wanted = Signal()
    """Another file is to be chosen."""

    def __init__(
        self,
        ui: UiContext,
        books: Books,
        backups: Sequence[KeptBackup],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(ui, ui.t("Open a backup"), parent)
        self._ui, self._t, self._books, self._backups = ui, ui.t, books, backups
        self.contents: dict[Path, Content] = {}
        self._worker = Worker(self)
        self._closed = False
        self._lay_out()
        self._show()
        self.table.choose(backups[0].path)
        self.finished.connect(self._end)
        for backup in backups:
            self._look_into(backup.path)
        open_up(self, ui.theme.px(760), ui.theme.px(480))

    def _lay_out(self) -> None:
        t = self._t
        text = t(
            "The program made these automatically. The one you choose becomes a book under a new "
            "name; the open book stays as it is."
        )
        headings = (t("Backed up"), t("Book"), t("Newest document"), t("Check"))
        self.table = ListTable(self._ui, [Heading(each) for each in headings], ROW_TWO_LINES)
        self.table.stretch(1)  # the book's place may be cut off, the hour of a backup may not
        self.table.opened.connect(lambda _key: self.accept())
        other = Button(self._ui, t("Choose another file"), "folder-open", kind="quiet")
        leave = Button(self._ui, t("Cancel")).when_clicked(self.reject)
        self.open_button = Button(self._ui, t("Make it a book"), kind="primary")
        self.open_button.when_clicked(self.accept)
        line = row(other.when_clicked(self._other), ..., leave, self.open_button, space=8)
        parts = label(text, wrap=True), (self.table, 1), line
        head = dialog_head(self._ui, "hard-drives", t("Open a backup"))
        column(head, (column(*parts, margins=GUTTER, space=12), 1), parent=self)

    def _look_into(self, path: Path) -> None:
        def told(_passed: int, _all: int) -> None:
            if self._closed:
                raise Cancelled

        def looked(content: Content) -> None:
            self.contents[path] = content
            self._show()

        self._worker.submit(lambda: self._books.look_into(path, told), looked, owner=self)

    def _show(self) -> None:
        formats = self._ui.formats
        rows = []
        for each in self._backups:
            found = self.contents.get(each.path)
            newest = Cell("")
            if found is not None and found.number is not None and found.date is not None:
                newest = Cell(found.number, second=formats.day(date.fromisoformat(found.date)))
            cells = (
                Cell(formats.date_time(each.made)),
                Cell(each.path.parent.name.rpartition(" ")[0], second=str(each.path.parent)),
                newest,
                self._verdict(found),
            )
            rows.append(ListRow(each.path, cells))
        self.table.show_rows(rows)

    def _verdict(self, found: Content | None) -> Cell:
        if found is None:
            return Cell(self._t("Being checked"), tone="quiet")
        if found.locked:
            return Cell(self._t("Encrypted"), badge=True)
        if found.whole:
            return Cell(self._t("Intact"), tone="good", badge=True)
        return Cell(self._t("Damaged"), tone="error", badge=True)

    def accept(self) -> None:
        """Closes with the backup selected; does nothing where none is."""
        backup = self.table.key
        if backup is not None:
            super().accept()
            self.chosen.emit(backup)

    def _other(self) -> None:
        self.reject()
        self.other_wanted.emit()

    def _end(self) -> None:
        self._closed = True
        self._worker.close()
