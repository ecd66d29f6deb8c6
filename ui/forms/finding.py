"""A finding of the auditor's, and what the group says to it."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from kwt_books.services.audit.records import Finding
from ui.forms.finding_dialog import AuditDialog
from ui.pages.audit_room import AuditRoom
from ui.widgets.field import MoneyField, NoteField, TextField
from ui.widgets.label import label


class FindingDialog(AuditDialog):
    topic = "audit#wrap"

    def __init__(
        self,
        room: AuditRoom,
        parent: QWidget | None = None,
        *,
        document: str = "",
        amount: int | None = None,
        text: str = "",
    ) -> None:
        t = room.desk.kit.t
        super().__init__(room.desk, t("New finding"), t("Write it down"), parent)
        self._room = room
        kit = self.kit
        self.text = self.field(
            t("What was found"), NoteField(kit, lines=4, wanted=t("Fill this in"))
        )
        self.text.restore(text)
        self.document = self.field(t("Document it is about"), TextField(kit), t("May stay empty"))
        self.document.set_value(document)
        self.amount = self.field(
            t("Amount it comes to"), MoneyField(kit, required=False), t("May stay empty")
        )
        self.amount.set_number(amount)
        self.advice = self.field(t("Advice to the group"), NoteField(kit, lines=2))
        self.fit()
        self.text.setFocus()

    def save(self) -> None:
        text, document = self.text.value() or "", self.document.value()
        amount, advice = self.amount.number(), self.advice.value() or ""

        def saved(found: Finding) -> None:
            self.desk.say(self.t("Finding {number} is written down.", number=found.number))
            self.accept()

        self._room.write(
            lambda desk: desk.notebook.find(text, document, amount, advice),
            saved,
            self.refused,
            owner=self,
        )


class ReplyDialog(AuditDialog):
    topic = "audit#wrap"

    def __init__(self, room: AuditRoom, finding: Finding, parent: QWidget | None = None) -> None:
        t = room.desk.kit.t
        title = t("What the group says to finding {number}", number=finding.number)
        super().__init__(room.desk, title, t("Write it down"), parent)
        self._room, self._number = room, finding.number
        self.fields.addWidget(label(finding.text, wrap=True))
        self.answer = self.field(
            t("The group's answer"), NoteField(self.kit, lines=4, wanted=t("Fill this in"))
        )
        self.answer.restore(finding.answer)
        self.fit()
        self.answer.setFocus()

    def save(self) -> None:
        number, answer = self._number, self.answer.value() or ""

        def saved(_found: None) -> None:
            self.desk.say(self.t("The answer is written down."))
            self.accept()

        self._room.write(
            lambda desk: desk.notebook.reply(number, answer), saved, self.refused, owner=self
        )
