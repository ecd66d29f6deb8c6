"""Pindah uang: from one cash account to another, above all to the bank and back."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtWidgets import QDialog

from kwt_books.domain.accounts import BANK
from kwt_books.domain.documents.cash import Transfer
from kwt_books.queries.money import Choices
from ui.desk import Desk, Given
from ui.forms.dialog import FormDialog
from ui.forms.money_form import MoneyForm, Remark
from ui.forms.money_parts import level
from ui.widgets.button import Button
from ui.widgets.field import MoneyField

WIDTH = 760


class TransferForm(MoneyForm):
    def __init__(self, desk: Desk, given: Given) -> None:
        super().__init__(desk, "transfer", given)
        t = self.t
        self.amount = MoneyField(self.kit)
        own = t("The group's own money changes its place: nothing is earned or spent")
        amount = self.labelled("amount", t("Amount"), self.amount, own)
        self.across((self.day_field(), 1), (amount, 1))
        self.source, source_row = self.cash_field("from", t("Money from"))
        self.to, to_row = self.cash_field("to", t("Money to"), usual=BANK)
        self.turn_button = Button(self.kit, "", "arrows-left-right").hint(t("The other way round"))
        self.turn_button.when_clicked(self.turn)
        self.across((source_row, 1), (level(self.turn_button), 0), (to_row, 1), space=8)
        self.words_fields()
        self.finish()

    def turn(self) -> None:
        source, to = self.source.code(), self.to.code()
        self.source.choose(to)
        self.to.choose(source)

    def learnt(self, known: Choices) -> None:
        for picker in (self.source, self.to):
            picker.set_choices(self.cash_choices(known))

    def total(self) -> int:
        return self.amount.number() or 0

    def remarks(self) -> Iterator[Remark]:
        yield from self.below_zero(self.source.code(), self.total())

    def to_command(self) -> Transfer:
        day, source, to = self.date.value(), self.source.code(), self.to.code()
        amount = self.amount.number()
        assert day is not None
        assert source is not None
        assert to is not None
        assert amount is not None
        return Transfer(
            id=self.command_id,
            date=day,
            source=source,
            to=to,
            amount=amount,
            memo=self.memo.value(),
        )


def make(desk: Desk, given: Given) -> QDialog:
    return FormDialog(TransferForm(desk, given), desk.kit.t("Move money"), width=WIDTH)
