"""What came back on a letter of confirmation."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QWidget

from ui.forms.finding_dialog import AuditDialog
from ui.pages.audit_letters import Letter
from ui.pages.audit_room import AuditRoom
from ui.widgets.button import Button
from ui.widgets.field import MoneyField, NoteField, QuantityField
from ui.widgets.label import label, row


class AnswerDialog(AuditDialog):
    """What is left empty counts as agreed: the slip didn't name it."""

    topic = "audit#confirm"

    def __init__(
        self, room: AuditRoom, letter: Letter, day: date, parent: QWidget | None = None
    ) -> None:
        t = room.desk.kit.t
        title = t("Answer to {number} {name}", number=letter.number, name=letter.name)
        super().__init__(room.desk, title, t("Write it down"), parent)
        self._room, self._letter, self._day = room, letter, day
        kit, formats = self.kit, self.kit.formats
        line = row(space=8)
        line.addWidget(label(t("As the slip says it. What it doesn't name stays empty."), "caption",
                             wrap=True), 1)  # fmt: skip
        same = Button(kit, t("All as in the book"), "check")
        line.addWidget(same.when_clicked(self.fill_as_book))
        self.fields.addLayout(line)
        self.amount = self.field(
            t("Amount by the answer"),
            MoneyField(kit, required=False, negative=True),
            t("By the book {amount}", amount=formats.rupiah(letter.amount)),
        )
        self.goods: dict[str, QuantityField] = {}
        for each in letter.goods:
            hint = t(
                "By the book {amount}", amount=f"{formats.quantity(each.quantity)} {each.unit}"
            )
            field = QuantityField(kit, unit=each.unit, required=False)
            self.goods[each.item] = self.field(each.name, field, hint)
        self.note = self.field(t("Remark"), NoteField(kit, lines=2))
        self._show_newest()
        self.fit()
        self.amount.setFocus()

    def _show_newest(self) -> None:
        answer = self._letter.answer
        if answer is None:
            return
        self.amount.set_number(answer.amount)
        self.note.restore(answer.note)
        for count in answer.goods:
            if count.item in self.goods:
                self.goods[count.item].set_number(count.quantity)

    def fill_as_book(self) -> None:
        self.amount.set_number(self._letter.amount)
        for each in self._letter.goods:
            self.goods[each.item].set_number(each.quantity)

    def save(self) -> None:
        counts = {item: field.number() for item, field in self.goods.items()}
        goods = {item: count for item, count in counts.items() if count is not None}
        amount, note = self.amount.number(), self.note.value() or ""
        code, day = self._letter.code, self._day

        def saved(_none: None) -> None:
            self.desk.say(self.t("The answer is written down."))
            self.accept()

        self._room.write(
            lambda desk: desk.enter_answer(code, day, amount, goods, note),
            saved,
            self.refused,
            owner=self,
        )
