"""Bayar: costs of the month, what is owed, what is lent; perhaps at the cost of a fund."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtWidgets import QDialog

from kwt_books.domain.documents.cash import Payment
from kwt_books.queries.money import Choices
from ui.desk import Desk, Given
from ui.forms.dialog import FormDialog
from ui.forms.money_form import Remark
from ui.forms.money_spending import SpendingForm
from ui.forms.money_words import paid_for
from ui.forms.payment_lines import AccountLines

WIDTH = 680


class PaymentForm(SpendingForm):
    paid_path = "from"

    def __init__(self, desk: Desk, given: Given) -> None:
        super().__init__(desk, "payment", given)
        t = self.t
        party = self.party_field(t("Paid to"), "supplier", t("May stay empty"))
        self.across((self.day_field(), 1), (party, 1))
        self.rows = AccountLines(self.kit, t("What for"))
        self.lines("lines", self.rows)
        self.add_total()
        self.payer_fields(may_owe=False)
        self.notes_here()
        self.words_fields(ref=t("Number of the receipt"))
        self.finish()

    def learnt(self, known: Choices) -> None:
        super().learnt(known)
        self.party.learn(known.setup, ("supplier", "agency", "member"))
        self.rows.learn(paid_for(self.kit, known.setup))

    def total(self) -> int:
        return self.rows.total()

    def debt_remark(self, known: Choices) -> Iterator[Remark]:
        debt = self.debt_with(known)
        if debt is None or self.rows.names(debt.account.code):
            return
        account, owed = debt.account.code, debt.owed
        for each in super().debt_remark(known):
            offer = self.t("Pay it now")
            yield Remark(each.strong, each.text, "", offer, lambda: self.rows.fill(account, owed))

    def to_command(self) -> Payment:
        day, source = self.date.value(), self.source.code()
        assert day is not None
        assert source is not None
        return Payment(
            id=self.command_id,
            date=day,
            source=source,
            lines=self.rows.command_lines(),
            party=self.party.party_code(),
            fund=self.fund.code(),
            memo=self.memo.value(),
            ref=self.ref.value(),
        )


def make(desk: Desk, given: Given) -> QDialog:
    return FormDialog(PaymentForm(desk, given), desk.kit.t("Pay"), width=WIDTH).with_room()
