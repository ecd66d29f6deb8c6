"""The forms of what comes in: a purchase with its lines, and a grant of money, goods and tools."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QWidget

from kwt_books.domain.accounts import BANK, PROGRAMME_MONEY
from kwt_books.domain.documents.buying import (
    Grant,
    GrantCash,
    GrantItem,
    NewAsset,
    Purchase,
    PurchaseLine,
)
from kwt_books.domain.documents.setup import Item
from kwt_books.domain.values import UNIT, half_up
from kwt_books.i18n.catalogue import noop
from kwt_books.queries.assets import AssetRegister, asset_register
from kwt_books.queries.money import Choices
from ui.kit.button import Button
from ui.kit.date_field import DateField
from ui.kit.document_form import MoneyForm, Remark
from ui.kit.field import FieldRow, Kept, MoneyField, QuantityField, TextField
from ui.kit.form import opens
from ui.kit.layout import figures, fill, label
from ui.kit.lines import ItemLines, Line, LineField, Lines, bound
from ui.kit.look import UiContext
from ui.kit.picker import Choice, Picker
from ui.kit.workspace import Given, Workspace
from ui.money.assets import YearsField, kinds, next_code, usual_life
from ui.money.spending import SELLERS, SpendingForm

# -- The lines of a purchase: goods, quantity, price in all, price of one ------------------------


_CLASSES = ("ingredient", "packaging", "seed", "input", "seedling", "produce", "finished")
"""Classes of goods, those bought most often first."""


class Each(Kept, QWidget):
    """The price of one unit, which follows from the line; an input that nobody fills in."""

    changed = Signal()

    def __init__(self, ui: UiContext) -> None:
        super().__init__()
        self._ui = ui
        self._text: QLabel = figures(ui, "", "caption", "quiet")
        self._text.setParent(self)

    def show_price(self, quantity: int | None, amount: int | None) -> None:
        """Shows the price of one, of a quantity in thousandths and an amount in rupiah."""
        text = ""
        if quantity and amount:
            text = "@ " + self._ui.formats.number(half_up(amount * UNIT, quantity))
        self._text.setText(text)

    def resizeEvent(self, event: object) -> None:  # noqa: N802 - Qt's name
        self._text.setGeometry(self.rect())
        self._text.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)

    def value(self) -> None:
        """None: the command has no such key."""
        return

    def set_value(self, value: object) -> None:
        """Does nothing."""


class PurchaseLines(ItemLines):
    """The lines of a purchase; `more` is what else they have."""

    def __init__(self, ui: UiContext, *more: LineField) -> None:
        t = ui.t
        packs = t("10x50 is ten packs of fifty")
        whole = t("the whole line as on the receipt, not the price of one")
        printed = t("the date printed on the pack; optional")
        lot = t("a code on the pack, such as L-0701, to tell deliveries apart; optional")
        fields = (
            LineField("item", t("Goods"), self.picker, 8),
            LineField("qty", t("How many"), lambda: QuantityField(ui), 4, packs),
            LineField("amount", t("Total price"), lambda: MoneyField(ui), 4, whole),
            LineField("each", t("Price each"), lambda: Each(ui), 3),
            LineField("expires", t("Best before"), self._day, 5, printed),
            LineField("lot", t("Lot"), lambda: TextField(ui), 3, lot),
            *more,
        )
        super().__init__(ui, fields, PurchaseLine)

    def _day(self) -> DateField:
        return DateField(self._ui, required=False, weekday=False)

    def in_order(self) -> Iterable[Item]:
        """The items by class, those bought most often first, and name."""
        order = {name: place for place, name in enumerate(_CLASSES)}
        return sorted(
            self.items.values(), key=lambda each: (order[each.item_class], each.name.casefold())
        )

    def follow(self, line: Line) -> None:
        """Shows the item's unit and the price of one."""
        super().follow(line)
        line.fields["each"].show_price(line.fields["qty"].value(), line.fields["amount"].value())


class PurchaseForm(SpendingForm):
    """Belanja: goods bought, paid or owed, perhaps from a fund (STREAM.md, `purchase`)."""

    makes = Purchase
    _known_before: frozenset[str] | None = None
    """The goods there were when new ones were begun."""

    def __init__(self, workspace: Workspace, given: Given) -> None:
        super().__init__(workspace, "purchase", given)
        t = self.t
        party = self.party_field(
            t("Bought at"), "supplier", t("A new name is set up by itself"), first=SELLERS
        )
        self.across((self.day_field(), 2), (party, 3))
        self.rows = self.lines("lines", PurchaseLines(self.ui, self.budget_column()))
        self.add_total(self._new_item())
        self.payer_fields(may_owe=True)
        self.notes_here()
        self.words_fields(ref=t("Receipt number"))
        self.finish()

    def _new_item(self) -> Button:
        """The button that sets up new goods."""
        made = Button(self.ui, self.t("New goods"), "plus", kind="quiet", scale="small")
        return made.when_clicked(self._open_new_item)

    def _open_new_item(self) -> None:
        """Opens the form of an item; what is set up with it goes into the next line."""
        self._known_before = frozenset(self.rows.items)
        self.workspace.open_form("item", **{"class": "ingredient"})

    def _take_new_item(self) -> None:
        new = [code for code in self.rows.items if code not in (self._known_before or ())]
        if self._known_before is None or not new:
            return
        self._known_before = None
        line = self.rows.lines[-1]
        line.fields["item"].set_value(new[0])
        line.fields["qty"].setFocus()

    def learnt(self, known: Choices) -> None:
        """Offers items."""
        super().learnt(known)
        self.rows.learn(known.setup.items)
        self._take_new_item()


make_purchase = opens(PurchaseForm, noop("Buy"), width=1000)


# -- The lines of a grant besides money: goods for the store, and tools --------------------------


class GrantedGoods(ItemLines):
    """Goods given, at what they would have cost; seedlings may have a value of 0."""

    summed = "value"

    def __init__(self, ui: UiContext) -> None:
        t = ui.t
        worth = t("what it would have cost to buy; donated seedlings may be 0")
        lot = t("a name for what came that day, such as HIBAH-0622; optional")
        fields = (
            LineField("item", t("Goods"), self.picker, 6),
            LineField("qty", t("How many"), lambda: QuantityField(ui), 3),
            LineField("value", t("Total value"), lambda: MoneyField(ui, required=False), 3, worth),
            LineField("lot", t("Lot"), lambda: TextField(ui), 3, lot),
        )
        super().__init__(ui, fields, GrantItem, optional=True)

    def value(self) -> tuple[GrantItem, ...]:
        """The lines of goods, a missing value being 0."""
        said = [line.value() for line in self.filled]
        return tuple(bound(GrantItem, {**each, "value": each["value"] or 0}) for each in said)


class ToolLines(Lines):
    """Tools given; a code is made where none is typed."""

    summed = "cost"

    def __init__(self, ui: UiContext) -> None:
        t = ui.t
        self.register: AssetRegister | None = None
        years = t("for how many years it will be used, such as 5")
        tag = t(
            "what is written on the tool, such as PT-2; if empty, it is filled in automatically"
        )
        fields = (
            LineField("name", t("Tool"), lambda: TextField(ui, required=True), 5),
            LineField("account", t("Kind"), lambda: Picker(ui), 5),
            LineField("cost", t("Value"), lambda: MoneyField(ui), 4),
            LineField("life_months", t("Useful life"), lambda: YearsField(ui), 3, years),
            LineField("code", t("Code"), lambda: TextField(ui), 2, tag),
        )
        super().__init__(ui, fields, NewAsset, optional=True)

    def learn(self, known: AssetRegister) -> None:
        """Takes the assets, for kinds and codes."""
        self.register = known
        self.offer("account", kinds(self._ui, known.accounts))

    def append(self) -> Line:
        """Adds a blank line, whose years are proposed by its kind."""
        line = super().append()
        line.fields["account"].changed.connect(partial(self._propose_life, line))
        return line

    def _propose_life(self, line: Line) -> None:
        account, life = line.fields["account"].value(), line.fields["life_months"]
        if account is not None and self.register is not None and not life.text():
            life.set_value(usual_life(self.register, account))

    def value(self) -> tuple[NewAsset, ...]:
        """The lines of tools, each with a code."""
        known, said = self.register, [line.value() for line in self.filled]
        assert known is not None
        taken = {each["code"] for each in said if each["code"]}
        for each in said:
            each["code"] = each["code"] or next_code(known, each["account"], frozenset(taken))
            taken.add(each["code"])
        return tuple(bound(NewAsset, each) for each in said)


# -- Hibah: money, goods and tools given to the group --------------------------------------------


MEANINGS = {
    "3104": noop("It belongs to the group from now on"),
    PROGRAMME_MONEY: noop("It is tied to a purpose and not spent yet"),
    "4201": noop("It is income of this month"),
}
"""The accounts a grant may go to, with what each means."""


class GrantForm(MoneyForm):
    """Hibah: money, goods and tools given to the group (STREAM.md, `grant`)."""

    makes = Grant
    also = staticmethod(asset_register)

    def __init__(self, workspace: Workspace, given: Given) -> None:
        super().__init__(workspace, "grant", _flat(given))
        t, ui = self.t, self.ui
        set_up, first = t("A new name is set up by itself"), ("agency", "customer", "supplier")
        party = self.party_field(t("Given by"), "agency", set_up, first=first)
        self.across((self.day_field(), 1), (party, 1))
        meanings = [(code, t(meaning)) for code, meaning in MEANINGS.items()]
        self.account = Choice(ui, meanings)
        self.amount = MoneyField(ui, required=False)
        doubt = t("If in doubt, ask the giver or look at the handover paper")
        self.programme = Picker(ui, required=False, placeholder=t("Not from a programme"))
        purpose = t("What the money is given for")
        self.programme_row = self.labelled("programme", t("Programme"), self.programme, purpose)
        self.programme_row.hide()
        kind = self.labelled("account", t("What kind of grant?"), self.account, doubt)
        self.across((kind, 3), (self.programme_row, 2))
        self.account.changed.connect(self._show_programme)
        self._add_money()
        self.goods = GrantedGoods(ui)
        self.tools = ToolLines(ui)
        self._section(t("Goods and seedlings"))
        self.lines("items", self.goods)
        self._section(t("Tools and other things that last"))
        self.lines("assets", self.tools)
        self.add_total()
        self.words_fields(ref=t("Number of the handover paper"))
        self.finish()

    def _add_money(self) -> None:
        t = self.t
        none = t("Leave empty if no money was given")
        amount: FieldRow = self.labelled("cash.amount", t("Money"), self.amount, none)
        self.into, into_row = self.cash_field("cash.into", t("Goes into"), usual=BANK)
        self.across((amount, 1), (into_row, 1))

    def _section(self, title: str) -> None:
        fill(self.body, 4, label(title, "strong"))

    def learnt(self, known: Choices) -> None:
        """Offers items and kinds of assets."""
        self.goods.learn(known.setup.items)
        self.tools.learn(self.found)
        self.programme.set_choices([(x.code, x.name) for x in known.setup.programmes.values()])
        self._show_programme()

    @property
    def _is_bound(self) -> bool:
        return self.account.value() == PROGRAMME_MONEY

    def _show_programme(self) -> None:
        self.programme.required = self._is_bound
        self.programme_row.setVisible(self._is_bound or bool(self.programme.codes))

    def total(self) -> int:
        """What all of it is worth, in rupiah."""
        return (self.amount.value() or 0) + super().total()

    def remarks(self) -> Iterator[Remark]:
        """Warns where goods or tools are bound to a programme; offers to set one up."""
        if self._is_bound and self.known is not None and not self.programme.codes:
            yield Remark(
                self.t("No programme is set up yet."),
                self.t("Money for a set purpose is recorded under its programme, with its budget."),
                "warn",
                self.t("Set it up"),
                partial(self.workspace.open_form, "programme"),
            )
        if self._is_bound and (self.goods.filled or self.tools.filled):
            yield Remark(
                self.t("Goods and tools rarely come with conditions."),
                self.t("They usually belong to the group from the day they are handed over."),
                "warn",
            )

    def derived(self) -> dict[str, Any]:
        """The money with its account, None where no money was given."""
        amount, into = self.amount.value(), self.into.value()
        return {"cash": GrantCash(into=into, amount=amount) if amount and into else None}


def _flat(given: Given) -> Given:
    """`cash` as the fields' account and amount."""
    flat = dict(given)
    if isinstance(cash := flat.pop("cash", None), Mapping):
        flat["cash.amount"], flat["cash.into"] = cash.get("amount"), cash.get("into")
    return flat


make_grant = opens(GrantForm, noop("Grant received"), width=880)
