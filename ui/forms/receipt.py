"""Terima: money that comes in otherwise than by a sale, above all what was owed."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from PySide6.QtWidgets import QDialog, QWidget

from kwt_books.domain.documents.cash import Receipt
from kwt_books.queries.money import Choices
from ui.desk import Desk, Given
from ui.forms.dialog import FormDialog
from ui.forms.money_form import MoneyForm, Remark
from ui.forms.money_words import received_for
from ui.forms.payment_lines import AccountLines

WIDTH = 680


class ReceiptForm(MoneyForm):
    def __init__(self, desk: Desk, given: Given) -> None:
        super().__init__(desk, "receipt", given)
        t = self.t
        party = self.party_field(t("Who pays"), "customer", t("May stay empty"))
        self.across((self.day_field(), 1), (party, 1))
        self.notes_here()
        self.rows = AccountLines(self.kit, t("What for"))
        self.lines("lines", self.rows)
        self.add_total()
        self.into, into_row = self.cash_field("into", t("Goes into"))
        self.across((into_row, 1), (QWidget(), 1))
        self.words_fields(ref=t("Number of the receipt"))
        self.finish()

    def learnt(self, known: Choices) -> None:
        self.into.set_choices(self.cash_choices(known))
        self.party.learn(known.setup, ("shop", "customer", "member", "agency"))
        self.rows.learn(received_for(self.kit, known.setup))

    def total(self) -> int:
        return self.rows.total()

    def remarks(self) -> Iterator[Remark]:
        """What the one it comes from still owes, ready to be filled in."""
        party, rupiah = self.party.code(), self.kit.formats.rupiah
        for debt in self.known.claims if self.known is not None and party else ():
            if debt.party != party or debt.owed <= 0 or self.rows.names(debt.account.code):
                continue
            since = self.kit.formats.day(debt.since) if debt.since is not None else ""
            yield Remark(
                self.t("{name} still owes {amount}.", name=debt.name, amount=rupiah(debt.owed)),
                self.t("Since {day}.", day=since) if since else "",
                "",
                self.t("It is paid now"),
                partial(self.rows.fill, debt.account.code, debt.owed),
            )

    def to_command(self) -> Receipt:
        day, into = self.date.value(), self.into.code()
        assert day is not None
        assert into is not None
        return Receipt(
            id=self.command_id,
            date=day,
            into=into,
            lines=self.rows.command_lines(),
            party=self.party.party_code(),
            memo=self.memo.value(),
            ref=self.ref.value(),
        )


def make(desk: Desk, given: Given) -> QDialog:
    return FormDialog(
        ReceiptForm(desk, given), desk.kit.t("Receive money"), width=WIDTH
    ).with_room()
