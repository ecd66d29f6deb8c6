"""A shop pays what it owed from before: money in, less owed."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog

from kwt_books.domain.accounts import CASH_BOX, SHOP_RECEIVABLE
from kwt_books.domain.documents.cash import Receipt
from kwt_books.domain.documents.lines import AccountLine
from kwt_books.queries.shops import Shops
from ui.desk import Desk, Given
from ui.forms.dialog import FormDialog
from ui.forms.money_words import account_name
from ui.forms.sale_parts.shop import ShopForm
from ui.widgets.card import Note
from ui.widgets.field import MoneyField
from ui.widgets.picker import Picker


class DebtForm(ShopForm):
    """Starts with all that the shop owes."""

    def __init__(self, desk: Desk, given: Given) -> None:
        super().__init__(desk, "shop_debt", given, own=True)
        t = self.t
        self.body.addLayout(self.top())
        self.owed = Note(self.kit)
        self.body.addWidget(self.owed)
        part = t("All of the debt is filled in; type less where a part is paid")
        self.amount = self.field("amount", t("Amount paid"), MoneyField(self.kit), part)
        self.into = self.field("into", t("Goes into"), Picker(self.kit))
        self.into.choose(CASH_BOX)
        self.amount.changed.connect(self._say)
        self._proposed: int | None = None
        self.begin(**given)

    def show_known(self, known: Shops) -> None:
        accounts = known.setup.cash_accounts
        self.into.set_choices([(each.code, account_name(self.kit, each)) for each in accounts])
        super().show_known(known)

    def show_shop(self) -> None:
        here = self.here
        if here is not None and self.amount.number() in (None, self._proposed) and here.owed > 0:
            self._proposed = here.owed
            self.amount.set_number(here.owed)
        self._say()

    def _say(self) -> None:
        t, rupiah, here = self.t, self.kit.formats.rupiah, self.here
        if here is None:
            self.owed.say(t("Choose the shop first."))
            return
        left = here.owed - (self.amount.number() or 0)
        if here.owed <= 0:
            self.owed.say(t("{shop} owes nothing.", shop=here.name), "warn")
        elif left < 0:
            text = t("{shop} owes {amount}.", shop=here.name, amount=rupiah(here.owed))
            strong = t("{amount} more than is due.", amount=rupiah(-left))
            self.owed.say(text, "warn", strong=strong)
        elif left:
            text = t(
                "Of {amount}, {left} stays unpaid.", amount=rupiah(here.owed), left=rupiah(left)
            )
            self.owed.say(text, "warn")
        else:
            self.owed.say(t("Nothing is left to pay."), "good", strong=t("Paid in full."))

    def to_command(self) -> Receipt:
        day = self.date.value()
        assert day is not None
        line = AccountLine(account=SHOP_RECEIVABLE, amount=self.amount.number() or 0)
        return Receipt(
            id=self.command_id,
            date=day,
            into=self.into.code() or "",
            lines=(line,),
            party=self.shop.code(),
            memo=self.t("Shop pays what it owed"),
        )


def make(desk: Desk, given: Given) -> QDialog:
    form = DebtForm(desk, given)
    form.reload()
    return FormDialog(form, desk.kit.t("A shop pays what it owes"))
