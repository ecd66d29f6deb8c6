"""Beli alat: something that lasts for years, paid or owed, perhaps at the cost of a fund."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog

from kwt_books.app import Book
from kwt_books.domain.documents.assets import AssetAcquisition
from kwt_books.domain.money import half_up
from kwt_books.queries.holdings import Belongings
from kwt_books.queries.money import Choices
from ui.desk import Desk, Given
from ui.forms.asset_acquisition_fields import YearsField, kinds, next_code, usual_life
from ui.forms.dialog import FormDialog
from ui.forms.money_given import months_as_years
from ui.forms.money_spending import SpendingForm
from ui.widgets.field import MoneyField, TextField
from ui.widgets.label import label
from ui.widgets.picker import Picker

WIDTH = 940


class AssetAcquisitionForm(SpendingForm):
    def __init__(self, desk: Desk, given: Given) -> None:
        super().__init__(desk, "asset_acquisition", months_as_years(desk.kit, given))
        t, kit = self.t, self.kit
        self.belongings: Belongings | None = None
        self._suggested = ""
        party = self.party_field(t("Bought at"), "supplier", t("A new name is set up by itself"))
        self.across((self.day_field(), 1), (party, 1))
        self.title = TextField(kit, required=True, placeholder=t("For example: Mesin pengiris"))
        self.account = Picker(kit)
        self.across(
            (self.labelled("name", t("What is it?"), self.title), 1),
            (
                self.labelled(
                    "account", t("Kind"), self.account, t("Under which line it is reported")
                ),
                1,
            ),
        )
        self.cost, self.life, self.code = MoneyField(kit), YearsField(kit), TextField(kit)
        self.code.required = True
        life = t("Years it will be of use, such as 5")
        tag = t("Write it on the thing, so that it is found again")
        self.across(
            (self.labelled("cost", t("Price"), self.cost), 4),
            (self.labelled("life_months", t("Will last"), self.life, life), 3),
            (self.labelled("code", t("Code on its label"), self.code, tag), 3),
        )
        self.monthly = label("", "caption", wrap=True)
        self.body.addWidget(self.monthly)
        self.payer_fields(may_owe=True)
        self.words_fields(ref=t("Number of the receipt"))
        self.account.changed.connect(self._kind_changed)
        self.changed.connect(self._show_monthly)
        self.finish()

    def ask(self, book: Book) -> Choices:
        self._found = book.treasury.belongings()
        return book.treasury.choices()

    def learnt(self, known: Choices) -> None:
        super().learnt(known)
        self.belongings = self._found
        self.party.learn(known.setup, ("supplier", "customer", "member"))
        self.account.set_choices(kinds(self.kit, self._found.accounts))

    def _kind_changed(self) -> None:
        """Proposes a code and a life, as long as nobody typed another."""
        account, known = self.account.code(), self.belongings
        if account is None or known is None:
            return
        if self.code.text() == self._suggested:
            self._suggested = next_code(known, account)
            self.code.setText(self._suggested)
        if not self.life.text():
            self.life.set_months(usual_life(known, account))

    def _show_monthly(self) -> None:
        cost, months = self.cost.number(), self.life.months()
        text = self.t("It is written off over the years it lasts, a part each month.")
        if cost and months:
            amount = self.kit.formats.rupiah(half_up(cost, months))
            text = self.t("{amount} of it become a cost each month.", amount=amount)
        self.monthly.setText(text)

    def total(self) -> int:
        return self.cost.number() or 0

    def to_command(self) -> AssetAcquisition:
        day, account, cost = self.date.value(), self.account.code(), self.cost.number()
        assert day is not None
        assert account is not None
        assert cost is not None
        return AssetAcquisition(
            id=self.command_id,
            date=day,
            code=self.code.value() or "",
            name=self.title.value() or "",
            account=account,
            cost=cost,
            life_months=self.life.months(),
            paid_from=self.paid_from(),
            party=self.party.party_code(),
            fund=self.fund.code(),
            memo=self.memo.value(),
            ref=self.ref.value(),
        )


def make(desk: Desk, given: Given) -> QDialog:
    return FormDialog(AssetAcquisitionForm(desk, given), desk.kit.t("Buy an asset"), width=WIDTH)
