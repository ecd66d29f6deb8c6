"""One document of a sample: what was found of it, and what it should have come to."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from PySide6.QtCore import Signal

from kwt_books.i18n.catalogue import noop
from kwt_books.services.audit.records import Tick
from kwt_books.services.sampling.paper import AGREES, DIFFERS, MISSING
from ui.kit import Kit
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.field import FieldRow, MoneyField, TextField
from ui.widgets.label import figures, label, row

_ACTS = (
    (AGREES, noop("Paper and amount agree"), "check", "primary"),
    (DIFFERS, noop("The amount differs"), "warning", "default"),
    (MISSING, noop("The paper is missing"), "x", "default"),
)


class TickPanel(Card):
    ticked = Signal(str, object, str)
    """Outcome, what it should have come to (rupiah or None), remark."""
    opened = Signal()
    finding_wanted = Signal()

    def __init__(self, kit: Kit) -> None:
        super().__init__(space=8)
        self._kit, t = kit, kit.t
        self._amount = 0
        self.number, self.text = label("", "card"), label("", wrap=True)
        top = row(space=8)
        top.addWidget(self.number, 1)
        show = Button(kit, t("Show"), kind="quiet", scale="small")
        top.addWidget(
            show.hint(t("Opens the document in the diary")).when_clicked(self.opened.emit)
        )
        self.body.addLayout(top)
        self.body.addWidget(self.text)
        self.amount = figures(kit, "", "title")
        self.body.addWidget(self.amount)
        self.audited = MoneyField(kit, required=False)
        self.audited_row = FieldRow(
            kit, t("Amount by the paper"), self.audited, t("Only where it differs")
        )
        self.body.addWidget(self.audited_row)
        self.note = TextField(kit)
        self.body.addWidget(FieldRow(kit, t("Remark"), self.note))
        self.buttons: dict[str, Button] = {}
        for outcome, words, icon, kind in _ACTS:
            button = Button(kit, t(words), icon, kind=kind)
            button.when_clicked(partial(self._press, outcome))
            self.buttons[outcome] = button
            self.body.addWidget(button)
        self.buttons[AGREES].hint(t("Space in the list does the same"))
        finding = Button(kit, t("Write down a finding"), "flag", kind="quiet")
        self.body.addWidget(finding.when_clicked(self.finding_wanted.emit))
        self.state = label("", "caption", wrap=True)
        self.body.addWidget(self.state)
        self.body.addStretch(1)

    def show_document(self, number: str, text: str, amount: int, tick: Tick | None) -> None:
        kit, same = self._kit, number == self.number.text()
        self._amount = amount
        self.number.setText(number)
        self.text.setText(text)
        self.amount.setText(kit.formats.rupiah(amount))
        self.audited_row.say("")
        if not same or tick is not None:
            self.audited.set_number(tick.audited if tick is not None else None)
            self.note.set_value(tick.note if tick is not None else "")
        moment = (
            kit.t("Looked at {at} by {name}", at=_moment(kit, tick), name=tick.by) if tick else ""
        )
        self.state.setText(moment)

    def difference(self) -> int:
        """How much of the amount is not shown by a paper."""
        return abs(self._amount - (self.audited.number() or 0))

    def _press(self, outcome: str) -> None:
        audited = self.audited.number()
        if outcome == DIFFERS and audited is None:
            self.audited_row.say(self._kit.t("What does the paper say?"), "error")
            self.audited.setFocus()
            return
        kept = audited if outcome == DIFFERS else None
        self.ticked.emit(outcome, kept, self.note.value() or "")


def _moment(kit: Kit, tick: Tick) -> str:
    return kit.formats.date_time(datetime.fromisoformat(tick.at))
