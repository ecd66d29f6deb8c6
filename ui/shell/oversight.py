"""The coordinators' window: all groups of a server side by side, month by month, and on paper."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QCheckBox

from kwt_books.app import Books
from kwt_books.domain.address import ServerAddress
from kwt_books.domain.values import Month, month_of, shift
from kwt_books.reports.packs import Pack
from ui.kit.button import Button
from ui.kit.card import Note
from ui.kit.date_field import MonthButton
from ui.kit.dialog import Dialog
from ui.kit.errors import Problems
from ui.kit.file_dialog import ask_where
from ui.kit.layout import Folding, column, label, open_up, row
from ui.kit.look import GUTTER, UiContext
from ui.kit.report_table import ReportTable
from ui.kit.worker import Worker
from ui.shell.passwords import with_password

_WIDTH, _HEIGHT = 1180, 720
_ONE_LINE = 1020  # pixels: the name, a gap and what can be asked beside it


class OversightWindow(Dialog):
    """Shows the groups of a server as of a month's end; the month before this one to begin with."""

    def __init__(
        self, ui: UiContext, books: Books, problems: Problems, server: ServerAddress
    ) -> None:
        title = ui.t("All groups of {server}", server=server.server)
        super().__init__(ui, title, stays=True)
        self._ui, self._t, self._books = ui, ui.t, books
        self._problems, self._server = problems, server
        self._worker = Worker(self)
        self.pack: Pack | None = None
        """What is shown; None until the server has answered."""
        self.month: Month = shift(month_of(ui.today), -1)
        t = ui.t
        self.month_button = MonthButton(ui)
        self.month_button.chosen.connect(lambda text: self.ask(Month(text)))
        self.counts = QCheckBox(t("Count the exceptions too"))
        self.counts.setToolTip(t("What the exceptions report lists in each book; takes longer."))
        self.counts.toggled.connect(lambda: self.ask(self.month))
        self.save_button = Button(ui, t("Save as PDF or Excel"), "download-simple")
        self.save_button.when_clicked(self.save)
        self.table = ReportTable(ui)
        name = label(t("Groups Side by Side"), "title")
        asked = (self.counts, self.month_button, self.save_button)
        head = row((Folding(ui, name, *asked, least=_ONE_LINE), 1), margins=GUTTER)
        self.note = Note(ui)
        self.note.hide()
        below = row(self.note, margins=(GUTTER, 8, GUTTER, 8))
        column(head, (self.table, 1), below, parent=self)
        open_up(self, ui.theme.px(_WIDTH), ui.theme.px(_HEIGHT))
        self.finished.connect(self._worker.close)
        self.ask(self.month)

    def ask(self, month: Month) -> None:
        """Asks the server for a month and shows the answer."""
        self.month = month
        self.month_button.show_month(month)
        self.save_button.setEnabled(False)
        language, exceptions = self._t.language, self.counts.isChecked()

        def look() -> Pack:
            server = with_password(self._server)
            assert isinstance(server, ServerAddress)
            return self._books.oversee(server, month, language, exceptions=exceptions)

        self._worker.submit(look, self._show, self._problems.show, key="month", owner=self)

    def _show(self, pack: Pack) -> None:
        self.pack = pack
        self.table.show_report(pack.reports[0])
        self.save_button.setEnabled(True)

    def save(self) -> None:
        """Asks for a file and writes what is shown into it."""
        if self.pack is None:
            return
        t, pack = self._t, replace(self.pack, paper="A4")
        kinds = [(".pdf", "PDF (*.pdf)"), (".xlsx", "Excel (*.xlsx)")]
        title = self._t("Save as PDF or Excel")
        path = ask_where(self, title, f"{t('All groups')} {self.month}", kinds)
        if path is not None:
            format_ = path.suffix.lower().removeprefix(".")
            self._worker.submit(
                lambda: self._books.write(pack, format_, path),
                lambda _: self._saved(path),
                self._problems.show,
                owner=self,
            )

    def _saved(self, path: Path) -> None:
        """Says where the file was saved."""
        strong = self._t("{name} is saved.", name=path.name)
        self.note.say(self._t("in {folder}", folder=str(path.parent)), "good", strong=strong)
        self.note.show()
