"""Penyusutan: what the tools have lost of their value by the end of a month."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QDialog, QGridLayout

from kwt_books.app import Book
from kwt_books.domain.documents.assets import Depreciation
from kwt_books.domain.month import Month, shift
from kwt_books.domain.posting import DEPRECIATED
from kwt_books.queries.holdings import Belongings
from kwt_books.services.treasury import Foreseen
from ui.desk import Desk, Given
from ui.forms.base import Form
from ui.forms.dialog import FormDialog
from ui.widgets.card import Card
from ui.widgets.label import Elided, clear, figures, label, rule
from ui.widgets.picker import Choice

WIDTH = 520
_MONTHS = 14


class DepreciationForm(Form):
    def __init__(self, desk: Desk, given: Given) -> None:
        super().__init__(desk, "depreciation")
        t, kit = self.t, self.kit
        months = [shift(desk.month, step) for step in range(1 - _MONTHS, 2)]
        choices = [(month, kit.formats.month(month)) for month in reversed(months)]
        self.month = Choice(kit, choices, desk.month)
        self.field("month", t("For the month"), self.month)
        self.card = Card(space=4)
        self._rows = QGridLayout()
        self._rows.setVerticalSpacing(6)
        self._rows.setColumnStretch(0, 1)
        self.card.body.addLayout(self._rows)
        self.body.addWidget(self.card)
        self.body.addWidget(
            label(t("Earlier months that were missed are caught up."), "caption", wrap=True)
        )
        with QSignalBlocker(self.month):
            self.begin(**given)
        self.month.changed.connect(self.ask)
        self.ask()

    def ask(self) -> None:
        command = Depreciation(month=self.month.code())

        def work(book: Book) -> tuple[Belongings, Foreseen]:
            return book.treasury.belongings(), book.foresee(command)

        self.desk.tasks.run(work, self._show_due, key=("due", id(self)), owner=self)

    def _show_due(self, found: tuple[Belongings, Foreseen]) -> None:
        known, foreseen = found
        clear(self._rows)
        due = {
            move.place.removeprefix(DEPRECIATED): move.value
            for move in foreseen.moves
            if move.place.startswith(DEPRECIATED)
        }
        number, place = self.kit.formats.number, 0
        for each in known.owned:
            if amount := due.get(each.asset.code):
                self._rows.addWidget(Elided(each.asset.name), place, 0)
                self._rows.addWidget(figures(self.kit, number(amount)), place, 1)
                place += 1
        if not due:
            text = self.t("Nothing is due for this month.")
            self._rows.addWidget(label(text, "caption", wrap=True), 0, 0, 1, 2)
            return
        self._rows.addWidget(rule(), place, 0, 1, 2)
        self._rows.addWidget(label(self.t("Total"), "strong"), place + 1, 0)
        total = figures(self.kit, self.kit.formats.rupiah(sum(due.values())), "card")
        self._rows.addWidget(total, place + 1, 1)

    def to_command(self) -> Depreciation:
        month: Month = self.month.code()
        return Depreciation(id=self.command_id, month=month)


def make(desk: Desk, given: Given) -> QDialog:
    return FormDialog(DepreciationForm(desk, given), desk.kit.t("Depreciation"), width=WIDTH)
