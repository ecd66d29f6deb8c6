"""Something grown, bought, made or sold: its name, unit and price."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCompleter, QDialog

from kwt_books.domain.accounts import CLASS_SALES, AccountType
from kwt_books.domain.documents.base import Command
from kwt_books.domain.documents.setup import AccountSetup, Item
from kwt_books.domain.errors import Issue
from kwt_books.domain.suggested import code_for, own_accounts
from ui.desk import Desk, Given
from ui.forms.dialog import FormDialog
from ui.forms.money_words import account_name
from ui.forms.setup_form import SetupForm
from ui.goods_words import CLASSES, UNITS
from ui.widgets.count_field import CountField
from ui.widgets.field import MoneyField, TextField
from ui.widgets.picker import Choice, Picker

_OWN = "+"
"""Sales accounts of its own, made along with it."""
_SALES = "41"


class ItemForm(SetupForm):
    """`given`: `code` of one that is there, or the `class` of a new one."""

    def __init__(self, desk: Desk, given: Given) -> None:
        super().__init__(desk, "item", str(given.get("code") or ""))
        t, kit = self.t, self.kit
        self.there = self.known.items.get(self.code)
        self.item_name = self.field("name", t("Name"), TextField(kit, required=True))
        classes = [(code, t(name)) for code, name in CLASSES.items()]
        self.item_class = self.field("class", t("What sort it is"), Choice(kit, classes))
        self.unit = TextField(kit, required=True)
        self.unit.setCompleter(self._units())
        self.price = MoneyField(kit, required=False)
        self._price_row = self.labelled("price", t("Selling price"), self.price)
        self.across(
            (self.labelled("unit", t("Counted in"), self.unit, t("kg, bunch, pack")), 1),
            (self._price_row, 1),
        )
        self.cost = MoneyField(kit, required=False)
        self._cost_row = self.labelled("standard_cost", t("What growing it costs"), self.cost)
        self.life = CountField(kit, unit=t("days"), required=False)
        self._life_row = self.labelled("shelf_life_days", t("Keeps for"), self.life)
        self.across((self._cost_row, 1), (self._life_row, 1))
        self.account = Picker(kit, self._accounts())
        self._account_row = self.labelled(
            "sales_account", t("Sales are counted under"), self.account
        )
        self.body.addWidget(self._account_row)
        self._hints()
        self.item_class.changed.connect(self._class_changed)
        self.start(self._standing(given))
        self._class_changed()

    def _units(self) -> QCompleter:
        known = {item.unit for item in self.known.items.values()}
        made = QCompleter([*UNITS, *sorted(known - {*UNITS})], self)
        made.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        return made

    def _hints(self) -> None:
        t = self.t
        self._price_row.set_hint(t("For one unit; can still be changed at each sale"))
        self._cost_row.set_hint(t("Roughly, for one unit; seeds and fertiliser in it"))
        self._life_row.set_hint(t("Counted from the day it is made"))
        self._account_row.set_hint(t("So that the report shows what each product earns"))

    def _accounts(self) -> list[tuple[str, str]]:
        own = self.there.sales_account if self.there is not None else None
        found = [
            (each.code, account_name(self.kit, each))
            for each in self.known.accounts.values()
            if each.code == own
            or (each.type is AccountType.INCOME and _cost_of(each.code) in self.known.accounts)
        ]
        return [(_OWN, self.t("A line of its own")), *found]

    def _standing(self, given: Given) -> dict[str, object]:
        there, written = self.there, self.kit.formats.number
        if there is None:
            return {"class": given.get("class", "produce"), "sales_account": _OWN}
        return {
            "name": there.name,
            "class": there.item_class,
            "unit": there.unit,
            "price": written(there.price) if there.price is not None else "",
            "standard_cost": written(there.standard_cost) if there.standard_cost else "",
            "shelf_life_days": str(there.shelf_life_days or ""),
            "sales_account": there.sales_account,
        }

    def _class_changed(self) -> None:
        """Only what this class is asked for."""
        chosen = self.item_class.code()
        sold = chosen in ("finished", *CLASS_SALES) or bool(self.there and self.there.price)
        self._price_row.setVisible(sold)
        self._cost_row.setVisible(chosen == "produce")
        self._life_row.setVisible(chosen == "finished")
        self._account_row.setVisible(chosen == "finished")
        self.account.required = chosen == "finished"

    # -- what is recorded ------------------------------------------------------------------

    def _own(self) -> tuple[AccountSetup, ...]:
        """Accounts that come with the item."""
        name = self.item_name.value() or ""
        return own_accounts(name, name, self.known.accounts)

    def _pair(self) -> tuple[str | None, str | None]:
        """Sales and cost account; those that stand in the book where they are not asked for."""
        chosen = self.account.code()
        if self.item_class.code() != "finished":
            there = self.there
            return (there.sales_account, there.cost_account) if there else (None, None)
        if chosen == _OWN:
            sales, cost = self._own()
            return sales.code, cost.code
        if self.there is not None and chosen == self.there.sales_account:
            return chosen, self.there.cost_account
        return chosen, _cost_of(chosen or "")

    def to_command(self) -> Item:
        name, kind, there = self.item_name.value() or "", self.item_class.code(), self.there
        sales, cost = self._pair()
        kept_cost = there.standard_cost if there else None
        kept_life = there.shelf_life_days if there else None
        return Item(
            code=self.code or code_for(name, self.known.items),
            name=name,
            unit=self.unit.value() or "",
            item_class=kind,
            price=self.price.number(),
            standard_cost=self.cost.number() if kind == "produce" else kept_cost,
            shelf_life_days=(self.life.whole() or None) if kind == "finished" else kept_life,
            sales_account=sales,
            cost_account=cost,
        )

    def commands(self) -> tuple[Command, ...]:
        wanted = self.item_class.code() == "finished" and self.account.code() == _OWN
        return (*(self._own() if wanted else ()), self.to_command())

    def _checked(self, issues: tuple[Issue, ...]) -> None:
        """Accounts that come with the item are not there yet."""
        coming = {each.code for each in self._own()}
        super()._checked(tuple(each for each in issues if each.params.get("account") not in coming))


def _cost_of(sales: str) -> str:
    """The cost account beside a sales account: 5102 of 4102."""
    return "5" + sales[1:] if sales.startswith(_SALES) else ""


def make(desk: Desk, given: Given) -> QDialog:
    form = ItemForm(desk, given)
    title = form.there.name if form.there is not None else desk.kit.t("New item")
    return FormDialog(form, title, prints=False)
