"""The forms of what is set up: parties, items and accounts, each new or changed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCompleter, QWidget

from kwt_books.domain.accounts import CLASS_SALES, Account, AccountType, Side
from kwt_books.domain.documents.base import Command
from kwt_books.domain.documents.setup import AccountSetup, Item, Party
from kwt_books.domain.errors import Issue
from kwt_books.domain.suggested import free_account, own_accounts
from kwt_books.i18n.catalogue import noop
from kwt_books.queries.assets import MemberSavings, members
from ui.kit.date_field import DateField
from ui.kit.document_form import SetupForm
from ui.kit.field import CountField, FieldRow, MoneyField, NoteField, TextField
from ui.kit.form import RemarkRow, opens
from ui.kit.party import account_name
from ui.kit.picker import Choice, Picker
from ui.kit.words import CLASSES, UNITS
from ui.kit.workspace import Given, Workspace

ROLES = {
    "shop": noop("Shop that sells for us"),
    "supplier": noop("Supplier"),
    "customer": noop("Customer"),
    "member": noop("Member"),
    "agency": noop("Office or institution"),
    "resident": noop("Resident"),
}

_FIRST = 1900
"""The first year in which somebody can be born or belong to the group."""
_BELONGS = ("joined", "left")
_PARTICULARS = {"member": ("born", "sex", "work", *_BELONGS), "resident": _BELONGS}
"""What is asked of a role besides, for the members' book and for the months that a house owes."""


class PartyForm(SetupForm):
    """A party. `given` has the `code` of a known one, or the `role` of a new one."""

    makes = Party
    kept_in = "parties"
    follows: ClassVar = {
        "joined": ("born", "joined-before-born"),
        "left": ("joined", "left-before-joined"),
    }

    def __init__(self, workspace: Workspace, given: Given) -> None:
        super().__init__(workspace, "party", given)
        self._saved = 0
        """Rupiah that a member who is there has saved."""
        t, ui = self.t, self.ui
        self.party_name = self.field("name", t("Name"), TextField(ui, required=True))
        roles = [(code, t(name)) for code, name in ROLES.items()]
        self.role = self.field("role", t("Relation to the group"), Choice(ui, roles))
        self.phone, optional = TextField(ui), t("Optional")
        phone = self.labelled("phone", t("Phone"), self.phone, optional)
        work = self.labelled("work", t("Occupation"), TextField(ui), optional)
        self.across((phone, 1), (work, 1))
        self.address = self.field("address", t("Address"), NoteField(ui), optional)
        self._particulars = {"work": work, **self._make_particulars()}
        self._wanted = str(given.get("role", ""))
        self.role.changed.connect(self._show_particulars)
        self.start(given)
        self._show_particulars()
        if self.there is not None and self.there.role == "member":
            self.ask_book(lambda book: book.read(members), self.learn_savings, key="savings")

    def learn_savings(self, known: Iterable[MemberSavings]) -> None:
        """Takes what members have saved."""
        self._saved = sum(each.total for each in known if each.party == self.code)
        self._tell_of_savings()

    def _tell_of_savings(self) -> None:
        """Beside the day of leaving, that there are savings still; it blocks nothing."""
        told = self._saved and self.fields["left"].value() is not None
        amount = self.ui.formats.rupiah(self._saved)
        said = self.t("There are still savings of {amount} in this name.", amount=amount)
        self.left.note(said if told else "")

    def _make_particulars(self) -> dict[str, FieldRow]:
        t, ui = self.t, self.ui
        sexes = [("", "–"), ("P", t("Woman")), ("L", t("Man"))]
        inputs: dict[str, tuple[str, QWidget]] = {
            "born": (t("Date of birth"), self._day(past=True)),
            "sex": (t("Sex"), Choice(ui, sexes)),
            "joined": (t("Joined"), self._day()),
        }
        rows = {key: self.labelled(key, *each, t("Optional")) for key, each in inputs.items()}
        left = self._day()
        self.left = rows["left"] = RemarkRow(ui, t("Left on"), left, t("Optional"))
        self.add("left", left, self.left)
        left.changed.connect(self._tell_of_savings)
        self.across((rows["born"], 1), (rows["sex"], 1))
        self.across((rows["joined"], 1), (rows["left"], 1))
        return rows

    def _day(self, *, past: bool = False) -> DateField:
        return DateField(self.ui, required=False, weekday=False, past=past, first=_FIRST)

    def _show_particulars(self) -> None:
        """Shows what the role has; what is hidden stays as it is."""
        for key, each in self._particulars.items():
            each.setVisible(key in _PARTICULARS.get(self.role.value(), ()))

    def window_title(self) -> str:
        """What is wanted, as a member; the name of who is there already."""
        wanted = self._wanted in ROLES and self.there is None
        return self.t(ROLES[self._wanted]) if wanted else super().window_title()

    def derived(self) -> dict[str, Any]:
        """The code of the party."""
        sex = self.fields["sex"].value() or None
        return {"code": self.code_for(self.party_name.value()), "sex": sex}


make_party = opens(PartyForm, noop("Shop or partner"), prints=False)


# -- Items: what is grown, bought, made or sold ---------------------------------------------------


_OWN = "+"
"""The choice of new sales and cost accounts, recorded along with the item."""
_SALES = "41"


class ItemForm(SetupForm):
    """An item. `given` has the `code` of a known one, or the `class` of a new one."""

    makes = Item
    kept_in = "items"
    there: Item | None

    def __init__(self, workspace: Workspace, given: Given) -> None:
        super().__init__(workspace, "item", given)
        t, ui = self.t, self.ui
        self.item_name = self.field("name", t("Name"), TextField(ui, required=True))
        classes = [(code, t(name)) for code, name in CLASSES.items()]
        self.item_class = self.field("class", t("What kind it is"), Choice(ui, classes))
        self.unit = TextField(ui, required=True)
        self.unit.setCompleter(self._units())
        self.price = MoneyField(ui, required=False)
        self._price_row = self.labelled("price", t("Selling price"), self.price)
        self.across(
            (self.labelled("unit", t("Unit"), self.unit, t("kg, bunch, pack")), 1),
            (self._price_row, 1),
        )
        self.cost = MoneyField(ui, required=False)
        self._cost_row = self.labelled("standard_cost", t("Cost of growing it"), self.cost)
        self.life = CountField(ui, unit=t("days"), required=False)
        self._life_row = self.labelled("shelf_life_days", t("Keeps for"), self.life)
        self.across((self._cost_row, 1), (self._life_row, 1))
        self.account = Picker(ui, self._accounts())
        self._account_row = self.labelled(
            "sales_account", t("Sales are counted under"), self.account
        )
        self.body.addWidget(self._account_row)
        self._hints()
        self.item_class.changed.connect(self._class_changed)
        new = {"class": given.get("class", "produce"), "sales_account": _OWN}
        self.start(new if self.there is None else None)
        self._class_changed()

    def _units(self) -> QCompleter:
        known = {item.unit for item in self.known.items.values()}
        made = QCompleter([*UNITS, *sorted(known - {*UNITS})], self)
        made.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        return made

    def _hints(self) -> None:
        t = self.t
        self._price_row.set_hint(t("Per unit; can still be changed at each sale"))
        self._cost_row.set_hint(t("Roughly, per unit, with seeds and fertiliser"))
        self._life_row.set_hint(t("Counted from the day it is made"))
        self._account_row.set_hint(t("So that the report shows what each product earns"))

    def _accounts(self) -> list[tuple[str, str]]:
        own = self.there.sales_account if self.there is not None else None
        found = [
            (each.code, account_name(self.ui, each))
            for each in self.known.accounts.values()
            if each.code == own
            or (each.type is AccountType.INCOME and _cost_of(each.code) in self.known.accounts)
        ]
        return [(_OWN, self.t("A line of its own")), *found]

    def _class_changed(self) -> None:
        """Shows only the fields that items of the class have."""
        chosen = self.item_class.value()
        sold = chosen in ("finished", *CLASS_SALES) or bool(self.there and self.there.price)
        self._price_row.setVisible(sold)
        self._cost_row.setVisible(chosen == "produce")
        self._life_row.setVisible(chosen == "finished")
        self._account_row.setVisible(chosen == "finished")
        self.account.required = chosen == "finished"

    # -- what is recorded ------------------------------------------------------------------

    def _own(self) -> tuple[AccountSetup, ...]:
        """The accounts recorded along with the item."""
        name = self.item_name.value() or ""
        return own_accounts(name, name, self.known.accounts)

    def _pair(self) -> tuple[str | None, str | None]:
        """Sales and cost account; those in the book where the form has no field for them."""
        chosen = self.account.value()
        if self.item_class.value() != "finished":
            there = self.there
            return (there.sales_account, there.cost_account) if there else (None, None)
        if chosen == _OWN:
            sales, cost = self._own()
            return sales.code, cost.code
        if self.there is not None and chosen == self.there.sales_account:
            return chosen, self.there.cost_account
        return chosen, _cost_of(chosen or "")

    def derived(self) -> dict[str, Any]:
        """The code, the standard cost (rupiah), the shelf life (days), and the accounts."""
        kind, there, (sales, cost) = self.item_class.value(), self.there, self._pair()
        grown, made = kind == "produce", kind == "finished"
        kept_cost = there.standard_cost if there else None
        kept_life = there.shelf_life_days if there else None
        return {
            "code": self.code_for(self.item_name.value()),
            "standard_cost": self.cost.value() if grown else kept_cost,
            "shelf_life_days": (self.life.value() or None) if made else kept_life,
            "sales_account": sales,
            "cost_account": cost,
        }

    def commands(self) -> tuple[Command, ...]:
        """The item, after its accounts where it gets new ones."""
        wanted = self.item_class.value() == "finished" and self.account.value() == _OWN
        return (*(self._own() if wanted else ()), self.to_command())

    def _checked(self, issues: tuple[Issue, ...]) -> None:
        """Passes over issues about accounts that are recorded along with the item."""
        coming = {each.code for each in self._own()}
        super()._checked(tuple(each for each in issues if each.params.get("account") not in coming))


def _cost_of(sales: str) -> str:
    """The cost account that belongs to a sales account: 5102 to 4102."""
    return "5" + sales[1:] if sales.startswith(_SALES) else ""


make_item = opens(ItemForm, noop("New item"), prints=False)


# -- Sorts of accounts in everyday words: their type and side, where their codes begin -----------


@dataclass(frozen=True, slots=True)
class Sort:
    """A sort of accounts in everyday words."""

    title: str
    """An English message."""
    type: AccountType
    normal: Side
    first: str
    """The code from which a free one is looked for."""
    cash: bool = False


SORTS = {
    "cash": Sort(noop("Cash or bank"), AccountType.ASSET, Side.DEBIT, "1105", cash=True),
    "asset": Sort(noop("Other asset or receivable"), AccountType.ASSET, Side.DEBIT, "1142"),
    "liability": Sort(noop("Debt or money held for others"), AccountType.LIABILITY, Side.CREDIT,
                      "2112"),
    "equity": Sort(noop("Capital or fund"), AccountType.EQUITY, Side.CREDIT, "3205"),
    "income": Sort(noop("Sales"), AccountType.INCOME, Side.CREDIT, "4106"),
    "cost": Sort(noop("Cost of what was sold"), AccountType.COST, Side.DEBIT, "5106"),
    "expense": Sort(noop("Expense"), AccountType.EXPENSE, Side.DEBIT, "6112"),
    "other_income": Sort(noop("Other income"), AccountType.OTHER, Side.CREDIT, "7103"),
    "other_expense": Sort(noop("Other expense"), AccountType.OTHER, Side.DEBIT, "7203"),
    "tax": Sort(noop("Tax"), AccountType.TAX, Side.DEBIT, "8102"),
}  # fmt: skip


def sort_of(account: Account) -> str:
    """The sort of an account; contra accounts count to the sort they reduce."""
    if account.cash:
        return "cash"
    if account.type is AccountType.OTHER:
        return "other_income" if account.normal is Side.CREDIT else "other_expense"
    return next(name for name, each in SORTS.items() if each.type is account.type and not each.cash)


class AccountForm(SetupForm):
    """An account. `given` has the `code` of a known one, whose type and side can't be changed."""

    makes = AccountSetup
    kept_in = "accounts"
    there: Account | None

    def __init__(self, workspace: Workspace, given: Given) -> None:
        super().__init__(workspace, "account", given)
        t, ui = self.t, self.ui
        sorts = [(name, t(sort.title)) for name, sort in SORTS.items()]
        self.sort = Choice(ui, sorts)
        self.number = TextField(ui, required=True)
        free = t("The next free one") if self.there is None else ""
        self.across(
            (self.labelled("type", t("What kind it is"), self.sort), 3),
            (self.labelled("code", t("Code"), self.number, free), 1),
        )
        self.account_name = self.field(
            "name",
            t("Name"),
            TextField(ui, required=True),
            t("As it will appear in the reports, such as Sewa Lahan"),
        )
        self.english = self.field("name_en", t("Name in English"), TextField(ui), t("Optional"))
        self.field(
            "lkm_code",
            t("Code in the LKM's books"),
            TextField(ui),
            t("What the LKM calls the same account; optional"),
        )
        self._suggested = ""
        for fixed in (self.sort, self.number):
            fixed.setEnabled(self.there is None)
        self.sort.changed.connect(self._suggest)
        self._suggest()
        self.start({"type": sort_of(self.there)} if self.there is not None else None)

    def window_title(self) -> str:
        """The code and the name of the account that is there already."""
        return f"{self.there.code} {self.there.name}" if self.there is not None else ""

    def _suggest(self) -> None:
        """Fills in a free code of the sort, unless one was typed."""
        if self.there is None and self.number.text() in ("", self._suggested):
            first = SORTS[self.sort.value()].first
            self._suggested = free_account(first, self.known.accounts)
            self.number.setText(self._suggested)

    def unread(self) -> list[tuple[str, str]]:
        found = super().unread()
        if self.there is None and self.number.value() in self.known.accounts:
            found.append(("code", self.t("Another account has this code")))
        return found

    def derived(self) -> dict[str, Any]:
        """Names, and what follows from the sort: type, side, cash."""
        sort: Account | Sort = self.there or SORTS[self.sort.value()]
        said = {"type": sort.type, "normal": sort.normal, "cash": sort.cash}
        return {"name_en": self.english.value() or self.account_name.value(), **said}


make_account = opens(AccountForm, noop("New account"), prints=False)
