"""Buka kembali: the chair opens the last closed month again, and says why."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog

from kwt_books.domain.access import Role
from kwt_books.domain.documents.closing import MonthReopen
from kwt_books.domain.month import Month
from kwt_books.domain.recording import Recorded
from ui.desk import Desk, Given
from ui.forms.base import Form
from ui.forms.dialog import FormDialog
from ui.widgets.card import Note
from ui.widgets.field import FieldRow, NoteField, TextField

WIDTH = 520


class MonthReopenForm(Form):
    def __init__(self, desk: Desk, given: Given) -> None:
        super().__init__(desk, "month_reopen")
        t, kit = self.t, self.kit
        self._month: Month = desk.month
        self.shown = TextField(kit)
        self.shown.setReadOnly(True)
        row = FieldRow(kit, t("Month"), self.shown)
        self._messages.add("month", row)
        self.body.addWidget(row)
        self.reason = NoteField(kit, lines=3, wanted=t("Say why the month is opened again"))
        self.field("reason", t("Why"), self.reason, t("Stands in the diary and in the audit"))
        self.body.addWidget(
            Note(
                kit,
                t(
                    "Its close is undone and can be recorded anew. The papers that were signed "
                    "no longer hold; both closes stay in the book."
                ),
                "warn",
            )
        )
        self.chair_only = Note(
            kit, t("Ask the chair to open it with her own name."), strong=t("The chair's alone.")
        )
        if desk.person.role is Role.CHAIR:
            self.chair_only.hide()
        self.body.addWidget(self.chair_only)
        self.begin(**{path: value for path, value in given.items() if path == "reason"})
        desk.tasks.run(lambda book: book.treasury.closed_through(), self._learnt, owner=self)

    def _learnt(self, month: Month | None) -> None:
        self._month = month or self._month
        self.shown.setText(self.kit.formats.month(self._month))

    def to_command(self) -> MonthReopen:
        return MonthReopen(id=self.command_id, month=self._month, reason=self.reason.value() or "")

    def saved_text(self, recorded: Recorded) -> str:
        return self.t("{month} is open again.", month=self.kit.formats.month(self._month))


def make(desk: Desk, given: Given) -> QDialog:
    title = desk.kit.t("Open a month again")
    made = FormDialog(MonthReopenForm(desk, given), title, prints=False, width=WIDTH)
    made.save_button.setText(desk.kit.t("Open again"))
    return made
