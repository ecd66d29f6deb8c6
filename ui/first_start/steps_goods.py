"""The steps about goods: what is grown and sold, shops and suppliers; then what is in the store, at
the shops and in the garden, and the group's tools.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from kwt_books.domain.documents.setup import Item
from kwt_books.domain.values import FIRST_YEAR, MUCH, UNIT, half_up, is_far_off
from kwt_books.i18n.catalogue import noop
from kwt_books.services.first_start import SOLD, Good, Partner, Stock, Thing, UsualGoods
from ui.first_start.step import OptionalLines, Step, lines_card
from ui.kit.card import Card
from ui.kit.composite import Composite
from ui.kit.date_field import DateField
from ui.kit.field import CheckField, CountField, MoneyField, QuantityField, TextField
from ui.kit.layout import column, figures, fill, grid_layout, label
from ui.kit.lines import Line, LineField
from ui.kit.look import UiContext
from ui.kit.messages import Problem
from ui.kit.picker import Choice, Picker
from ui.kit.words import SHORT_CLASSES

# -- The usual goods, to be ticked, each with its price ------------------------------------------


_HEADINGS = {
    "produce": noop("Vegetables and fruit"),
    "seedling": noop("Seedlings"),
    "finished": noop("Made in the kitchen"),
}
_FIRST = ("sayur", "bibit-cabai", "keripik-bayam", "keripik-pare")
"""Goods that are ticked at first."""


@dataclass(frozen=True, slots=True)
class _Row:
    item: Item
    tick: CheckField
    price: MoneyField


class GoodsGrid(Composite):
    """The usual goods to be ticked, each with its price, as one input that
    shows its own message.
    """

    def __init__(self, ui: UiContext, items: Sequence[Item]) -> None:
        super().__init__(ui)
        self.was_touched = True
        self._rows: dict[str, _Row] = {}
        grid = grid_layout(across=12, down=6, wide=0)
        column(grid, self.message, parent=self, space=8)
        shown = ""
        for item in items:
            if item.item_class != shown:
                shown = item.item_class
                grid.addWidget(self._heading(shown), grid.rowCount(), 0, 1, 3)
            self._add(grid, item)

    def _heading(self, item_class: str) -> QLabel:
        made = label(self._ui.t(_HEADINGS[item_class]), "label")
        made.setContentsMargins(0, 6 if self._rows else 0, 0, 0)
        return made

    def _add(self, grid: QGridLayout, item: Item) -> None:
        ui, at = self._ui, grid.rowCount()
        ticked = item.code in _FIRST
        made = _Row(item, CheckField(item.name, ticked=ticked), MoneyField(ui, required=False))
        made.price.set_value(item.price)
        made.price.setFixedWidth(ui.theme.px(140))
        made.price.setAccessibleName(ui.t("Price of {item}", item=item.name))
        made.price.setEnabled(ticked)
        made.tick.toggled.connect(made.price.setEnabled)
        for field in (made.tick, made.price):
            field.changed.connect(self.changed)
        self._rows[item.code] = made
        grid.addWidget(made.tick, at, 0)
        grid.addWidget(made.price, at, 1)
        grid.addWidget(label(ui.t("per {unit}", unit=item.unit), "caption"), at, 2)

    def row(self, code: str) -> tuple[CheckField, MoneyField]:
        """The box and the price of an item."""
        found = self._rows[code]
        return found.tick, found.price

    def value(self) -> list[Good]:
        """Those that are ticked."""
        return [
            Good(each.item.name, each.item.unit, each.item.item_class, each.price.value(), code)
            for code, each in self._rows.items()
            if each.tick.isChecked()
        ]

    # -- what a step asks ------------------------------------------------------------------

    def problem(self) -> str:
        """What is wrong with the price of a ticked item, in words; empty where nothing is."""
        for each in self._rows.values():
            if each.tick.isChecked() and (wrong := each.price.problem()):
                return f"{each.item.name}: {wrong}"
        return ""

    def far_off(self) -> list[tuple[Item, int]]:
        """The ticked items whose price is seldom meant, each with what was typed."""
        return [
            (each.item, price)
            for each in self._rows.values()
            if each.tick.isChecked() and (price := each.price.value())
            if each.item.price and is_far_off(price, each.item.price)
        ]

    @property
    def field(self) -> QWidget:
        """What gets the keyboard: the first price with an error or asked about, else the first
        box.
        """
        asked = {item.code for item, _ in self.far_off()}
        for code, each in self._rows.items():
            if code in asked or (each.tick.isChecked() and each.price.problem()):
                return each.price
        return next(iter(self._rows.values())).tick

    def state(self) -> object:
        """What a draft keeps: by item, whether it is ticked and its price, or the text that is
        none.
        """
        rows = self._rows.items()
        return {code: [each.tick.isChecked(), each.price.state()] for code, each in rows}

    def set_value(self, value: object) -> None:
        """Fills in what a draft kept."""
        found = value if isinstance(value, dict) else {}
        for code, each in self._rows.items():
            match found.get(code):
                case [bool(ticked), int() | str() as price]:
                    each.tick.setChecked(ticked)
                    each.price.set_value(price)


_ASIDE, _GRID = 400, 430


class GoodsStep(Step):
    """What the group grows and sells, the shops that sell for it, and where it buys."""

    name = "goods"

    def __init__(self, ui: UiContext, title: str, about: str, usual: UsualGoods) -> None:
        self._usual = usual
        super().__init__(ui, title, about, aside=_ASIDE, least=_GRID)

    def build(self) -> None:
        """Adds the usual goods, lines for others, shops and suppliers."""
        t, ui = self.t, self.ui
        card = Card(space=8)
        self.usual = self.add_lines("usual", GoodsGrid(ui, self._usual.sold))
        card.body.addWidget(self.usual)
        self.left.addWidget(card)
        self.own = self.add_lines("own", OptionalLines(ui, self._own_fields()))
        other = lines_card(t("Something else"), t("What is not listed above"), self.own)
        self.left.addWidget(other)
        self.shops = self._partners("shops", t("Shop"))
        self._named = label("", "caption", wrap=True)
        sell = lines_card(
            t("Shops that sell for the group"), t("Where goods are left to be sold"), self.shops
        )
        sell.body.addWidget(self._named)
        self.suppliers = self._partners("suppliers", t("Shop or market"))
        pick = t("To be picked from the list when something is bought")
        fill(self.right, sell, lines_card(t("Where the group buys"), pick, self.suppliers))
        self.know([])

    def know(self, partners: Sequence[Partner]) -> None:
        """Takes the parties named in the step before, which needn't be named again."""
        names = list(dict.fromkeys(each.name for each in partners if each.name))
        said = self.t("Already named beside the money: {names}", names=", ".join(names))
        self._named.setText(said)
        self._named.setVisible(bool(names))
        self._known = [each for each in partners if each.role == "shop" and each.name]

    def _own_fields(self) -> tuple[LineField, ...]:
        t, ui = self.t, self.ui
        kinds = [(code, t(SHORT_CLASSES[code])) for code in SOLD]
        units, one = t("kg, bunch, pack"), t("per unit; optional")
        return (
            LineField("name", t("Name"), self._text, 4),
            LineField("class", t("Kind"), lambda: Choice(ui, kinds), 3),
            LineField("unit", t("Unit"), self._text, 2, units),
            LineField("price", t("Price"), lambda: MoneyField(ui, required=False), 3, one),
        )

    def unusual(self) -> list[Problem]:
        """Prices far from those that goods of their kind have, too."""
        asked = [
            self._far_off(item.name, item.unit, price, (item.price or 0,))
            for item, price in self.usual.far_off()
        ]
        found = [("usual", "\n".join(asked))] if asked else []
        for place, said in enumerate(self.own.value()):
            kind = [each for each in self._usual.sold if each.item_class == said["class"]]
            usual = sorted({each.price for each in kind if each.price})
            price = said["price"]
            if price and usual and (price >= MUCH * usual[-1] or price * MUCH <= usual[0]):
                words = self._far_off(said["name"], said["unit"], price, (usual[0], usual[-1]))
                found.append((f"own.{place}.price", words))
        return super().unusual() + found

    def _far_off(self, name: str, unit: str, price: int, usual: Sequence[int]) -> str:
        rupiah = self.ui.formats.rupiah
        return self.t(
            "{item}: {price} per {unit}, usually {usual}. Is the number of zeros right? If so, go"
            " on.",
            item=name, unit=unit, price=rupiah(price),
            usual="–".join(dict.fromkeys(map(rupiah, usual))),
        )  # fmt: skip

    def _text(self) -> TextField:
        return TextField(self.ui, required=True)

    def _partners(self, path: str, name: str) -> OptionalLines:
        lines = OptionalLines(self.ui, (LineField("name", name, self._text, 3),))
        return self.add_lines(path, lines)

    # -- what was answered -----------------------------------------------------------------

    @property
    def goods(self) -> list[Good]:
        """The goods ticked and those typed."""
        return [*self.usual.value(), *(_good(said) for said in self.own.value())]

    @property
    def partners(self) -> list[Partner]:
        """The shops and suppliers named here."""
        return [
            *(Partner(said["name"] or "", "shop") for said in self.shops.value()),
            *(Partner(said["name"] or "", "supplier") for said in self.suppliers.value()),
        ]

    @property
    def shop_names(self) -> list[str]:
        """The shops' names, also of those named in the step before, each once."""
        shops = (*self._known, *self.partners)
        named = {each.name.casefold(): each.name for each in shops if each.role == "shop"}
        return [name for name in named.values() if name]

    def summary(self) -> str:
        """How many goods and shops there are."""
        goods, shops = len(self.goods), len(self.shop_names)
        said = self.t.ngettext("{n} kind of goods", "{n} kinds of goods", goods)
        if shops:
            said += ", " + self.t.ngettext("{n} shop", "{n} shops", shops)
        return said


def _good(said: Mapping[str, Any]) -> Good:
    return Good(said["name"] or "", said["unit"] or "", said["class"], said["price"])


# -- Step: what is in the store and at the shops, what grows, and the group's tools --------------


_IN_STORE = ""
THINGS = {
    "1201": noop("Seedling house"),
    "1202": noop("Garden tools"),
    "1203": noop("Kitchen equipment"),
    "1204": noop("Office equipment"),
}
_YEARS = 5
_DATE = 126
"""Least width of a date in a line of many fields."""
_OLDEST = 1900
"""The first year in which a thing can have been bought."""


class StockStep(Step):
    """What the group has: goods in the store and at shops, plants, house and tools."""

    name = "stock"

    def build(self) -> None:
        """Adds lines for goods, plants and tools, each with a total."""
        self.items: Mapping[str, Item] = {}
        self._shops: list[str] = []
        self._suggested: dict[Line, int] = {}
        self._totals = {
            name: figures(self.ui, "", "card") for name in ("stock", "growing", "things")
        }
        self._standing()
        self._plants()
        self.things = self._lines("things", *self._thing_fields())
        t = self.t
        wear = t("What is used for years. Its depreciation is worked out automatically.")
        self._card("things", t("Seedling house and tools"), wear, self.things)
        self.recount()

    def _card(self, name: str, title: str, hint: str, lines: OptionalLines) -> None:
        self.left.addWidget(lines_card(title, hint, lines, self._totals[name]))

    def _standing(self) -> None:
        t, ui = self.t, self.ui
        printed = t("as printed on the pack; goods without it are taken last")
        self.stock = self._lines(
            "stock",
            LineField("item", t("Goods"), lambda: Picker(ui, self._goods()), 4),
            LineField("shop", t("Where"), self._place, 3),
            LineField("qty", t("Quantity"), lambda: QuantityField(ui), 3),
            LineField("value", t("What it cost"), lambda: MoneyField(ui), 3),
            LineField("expires", t("Best before"), lambda: self._day(required=False), 3, printed),
        )
        cost = t("Count them. The cost is what it took to make or buy them, not the selling price.")
        self._card("stock", t("Goods in the store and at the shops"), cost, self.stock)

    def _plants(self) -> None:
        t, ui = self.t, self.ui
        self.growing = self._lines(
            "growing",
            LineField("item", t("Seedlings"), lambda: Picker(ui, self._seedlings()), 4),
            LineField("qty", t("Quantity"), lambda: QuantityField(ui), 3),
            LineField("value", t("What it cost"), lambda: MoneyField(ui), 3),
        )
        sowing = t("One line for each sowing")
        self._card("growing", t("Seedlings that are not ready yet"), sowing, self.growing)

    def _thing_fields(self) -> tuple[LineField, ...]:
        t, ui = self.t, self.ui
        kinds = [(code, t(name)) for code, name in THINGS.items()]
        roughly = t("roughly, if nobody knows the day")
        years = t("for how many years it can be used in total")

        def life() -> CountField:
            made = CountField(ui, unit=t("years"), most=99)
            made.set_value(_YEARS)
            return made

        return (
            LineField("name", t("Name"), lambda: TextField(ui, required=True), 4),
            LineField("account", t("Kind"), lambda: Choice(ui, kinds), 4),
            LineField("acquired", t("Bought on"), lambda: self._day(first=_OLDEST), 3, roughly),
            LineField("cost", t("Price"), lambda: MoneyField(ui), 3),
            LineField("years", t("Lasts"), life, 2, years),
        )

    def _day(self, *, required: bool = True, first: int = FIRST_YEAR) -> DateField:
        made = DateField(self.ui, required=required, weekday=False, first=first)
        made.setMinimumWidth(self.ui.theme.px(_DATE))
        return made

    def _lines(self, path: str, *fields: LineField) -> OptionalLines:
        return self.add_lines(path, OptionalLines(self.ui, fields))

    # -- choices ---------------------------------------------------------------------------

    def offer(self, items: Mapping[str, Item], shops: list[str]) -> None:
        """Offers the goods and shops of the step before."""
        self.items, self._shops = items, shops
        for line in (*self.stock.lines, *self.growing.lines):
            growing = line in self.growing.lines
            line.fields["item"].set_choices(self._seedlings() if growing else self._goods())
            if not growing:
                line.fields["shop"].set_choices(self._places())
        self._show_units()

    def _goods(self) -> list[tuple[str, str]]:
        return [(code, item.name) for code, item in self.items.items()]

    def _seedlings(self) -> list[tuple[str, str]]:
        return [(code, name) for code, name in self._goods() if _grows(self.items[code])]

    def _places(self) -> list[tuple[str, str]]:
        return [(_IN_STORE, self.t("Store")), *((name, name) for name in self._shops)]

    def _place(self) -> Picker:
        made = Picker(self.ui, self._places())
        made.set_value(_IN_STORE)
        return made

    # -- while one types -------------------------------------------------------------------

    def recount(self) -> None:
        """Shows units, suggests values, and adds up each list, in rupiah."""
        self._show_units()
        self._suggest()
        sums = {
            "stock": sum(each.value for each in self.goods),
            "growing": sum(each.value for each in self.plants),
            "things": sum(each.cost for each in self.owned),
        }
        for name, amount in sums.items():
            self._totals[name].setText(self.ui.formats.rupiah(amount) if amount else "")

    def _show_units(self) -> None:
        for line in (*self.stock.lines, *self.growing.lines):
            item = self.items.get(line.fields["item"].value() or "")
            line.fields["qty"].set_unit(item.unit if item is not None else "")

    def _suggest(self) -> None:
        """Fills in the usual cost of vegetables where no other value was typed."""
        for line in self.stock.filled:
            item = self.items.get(line.fields["item"].value() or "")
            value, qty = line.fields["value"], line.fields["qty"].value()
            untouched = not value.text() or value.value() == self._suggested.get(line, -1)
            if item is not None and item.standard_cost and qty and untouched:
                self._suggested[line] = half_up(item.standard_cost * qty, UNIT)
                if not value.hasFocus():
                    value.set_value(self._suggested[line])

    def problems(self) -> list[tuple[str, str]]:
        """Quantities of 0."""
        return [
            (f"{path}.{place}.qty", self.t("Must be above zero"))
            for path, lines in (("stock", self.stock), ("growing", self.growing))
            for place, line in enumerate(lines.filled)
            if line.fields["qty"].value() == 0
        ]

    def unusual(self) -> list[Problem]:
        """Goods that cost many times the price they are sold at, too."""
        rupiah, found = self.ui.formats.rupiah, super().unusual()
        for place, said in enumerate(self.stock.value()):
            item = self.items.get(said["item"] or "")
            if item is None or not item.price or not said["qty"]:
                continue
            cost = half_up((said["value"] or 0) * UNIT, said["qty"])
            if cost >= MUCH * item.price:
                words = self.t(
                    "{item}: a cost of {cost} per {unit}, sold at {price}. Is the number of zeros"
                    " right? If so, go on.",
                    item=item.name, cost=rupiah(cost), unit=item.unit, price=rupiah(item.price),
                )  # fmt: skip
                found.append((f"stock.{place}.value", words))
        return found

    # -- what was answered -----------------------------------------------------------------

    @property
    def goods(self) -> list[Stock]:
        """Goods in the store and at shops."""
        return [_stock(said) for said in self.stock.value()]

    @property
    def plants(self) -> list[Stock]:
        """Plants that grow."""
        return [_stock(said) for said in self.growing.value()]

    @property
    def owned(self) -> list[Thing]:
        """House and tools."""
        return [_thing(said, self.ui.today) for said in self.things.value()]

    def summary(self) -> str:
        """What all of it is worth, in rupiah."""
        total = sum(each.value for each in (*self.goods, *self.plants))
        total += sum(each.cost for each in self.owned)
        return self.ui.formats.rupiah(total) if total else ""


def _grows(item: Item) -> bool:
    return item.item_class == "seedling"


def _stock(said: Mapping[str, Any]) -> Stock:
    shop = said.get("shop") or ""
    qty, value = said["qty"] or 0, said["value"] or 0
    return Stock(said["item"] or "", qty, value, shop, said.get("expires"))


def _thing(said: Mapping[str, Any], today: date) -> Thing:
    day, years = said["acquired"] or today, said["years"] or _YEARS
    return Thing(said["name"] or "", said["account"], said["cost"] or 0, day, years)
