"""Belanja: goods bought, paid or owed, perhaps at the cost of a fund."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog

from kwt_books.domain.documents.buying import Purchase
from kwt_books.queries.money import Choices
from ui.desk import Desk, Given
from ui.forms.dialog import FormDialog
from ui.forms.money_spending import SpendingForm
from ui.forms.purchase_lines import PurchaseLines
from ui.widgets.button import Button

WIDTH = 940


class PurchaseForm(SpendingForm):
    def __init__(self, desk: Desk, given: Given) -> None:
        super().__init__(desk, "purchase", given)
        t = self.t
        party = self.party_field(t("Bought at"), "supplier", t("A new name is set up by itself"))
        self.across((self.day_field(), 2), (party, 3))
        self.rows: PurchaseLines = PurchaseLines(self.kit)
        self.lines("lines", self.rows)
        self.add_total(self._new_item())
        self.payer_fields(may_owe=True)
        self.notes_here()
        self.words_fields(ref=t("Number of the receipt"))
        self.finish()

    def _new_item(self) -> Button:
        """Goods that were never bought before."""
        made = Button(self.kit, self.t("New goods"), "plus", kind="quiet", scale="small")
        return made.when_clicked(lambda: self.desk.open_form("item", **{"class": "ingredient"}))

    def learnt(self, known: Choices) -> None:
        super().learnt(known)
        self.party.learn(known.setup, ("supplier", "customer", "member"))
        self.rows.learn(known.setup.items)

    def total(self) -> int:
        return self.rows.total()

    def to_command(self) -> Purchase:
        day = self.date.value()
        assert day is not None
        return Purchase(
            id=self.command_id,
            date=day,
            lines=self.rows.command_lines(),
            paid_from=self.paid_from(),
            party=self.party.party_code(),
            fund=self.fund.code(),
            memo=self.memo.value(),
            ref=self.ref.value(),
        )


def make(desk: Desk, given: Given) -> QDialog:
    return FormDialog(PurchaseForm(desk, given), desk.kit.t("Buy"), width=WIDTH).with_room()
