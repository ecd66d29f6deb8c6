"""Step: what stands in the store and at the shops, what grows, and the tools of the group."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kwt_books.domain.documents.setup import Item
from kwt_books.domain.money import half_up
from kwt_books.domain.quantity import UNIT
from kwt_books.i18n.catalogue import noop
from kwt_books.services.first_answers import Stock, Thing
from ui.first_start.rows import OptionalLines, lines_card
from ui.first_start.step import Step
from ui.forms.lines import Line, LineField
from ui.widgets.count_field import CountField
from ui.widgets.date_field import DateField
from ui.widgets.field import MoneyField, QuantityField, TextField
from ui.widgets.label import figures
from ui.widgets.picker import Choice, Picker

_IN_STORE = ""
THINGS = {
    "1201": noop("Seedling house"),
    "1202": noop("Garden tools"),
    "1203": noop("Kitchen equipment"),
    "1204": noop("Office things"),
}
_YEARS = 5


class StockStep(Step):
    name = "stock"

    def build(self) -> None:
        self.items: Mapping[str, Item] = {}
        self._shops: list[str] = []
        self._suggested: dict[Line, int] = {}
        self._totals = {
            name: figures(self.kit, "", "card") for name in ("stock", "growing", "things")
        }
        self._standing()
        self._plants()
        self.things = self._lines("things", *self._thing_fields())
        t = self.t
        wear = t("What is used for years. Its wear is worked out by itself.")
        self._card("things", t("House and tools"), wear, self.things)
        self.recount()

    def _card(self, name: str, title: str, hint: str, lines: OptionalLines) -> None:
        self.left.addWidget(lines_card(title, hint, lines, self._totals[name]))

    def _standing(self) -> None:
        t, kit = self.t, self.kit
        self.stock = self._lines(
            "stock",
            LineField("item", t("Goods"), lambda: Picker(kit, self._goods()), 4),
            LineField("shop", t("Where"), self._place, 3),
            LineField("qty", t("Quantity"), lambda: QuantityField(kit), 3),
            LineField("value", t("What it cost"), lambda: MoneyField(kit), 3),
        )
        cost = t("Count them. The cost is what making or buying them took, not the selling price.")
        self._card("stock", t("Goods in the store and at the shops"), cost, self.stock)

    def _plants(self) -> None:
        t, kit = self.t, self.kit
        self.growing = self._lines(
            "growing",
            LineField("item", t("Seedlings"), lambda: Picker(kit, self._seedlings()), 4),
            LineField("qty", t("Quantity"), lambda: QuantityField(kit), 3),
            LineField("value", t("What it cost"), lambda: MoneyField(kit), 3),
        )
        sowing = t("Each sowing on a line")
        self._card("growing", t("Seedlings that are not ready yet"), sowing, self.growing)

    def _thing_fields(self) -> tuple[LineField, ...]:
        t, kit = self.t, self.kit
        kinds = [(code, t(name)) for code, name in THINGS.items()]
        years = t("years")

        def life() -> CountField:
            made = CountField(kit, unit=years, most=99)
            made.set_whole(_YEARS)
            return made

        return (
            LineField("name", t("Name"), lambda: TextField(kit, required=True), 4),
            LineField("account", t("Kind"), lambda: Choice(kit, kinds), 4),
            LineField(
                "acquired",
                t("Bought on"),
                lambda: DateField(kit, weekday=False),
                3,
                t("roughly, where nobody knows the day"),
            ),
            LineField("cost", t("Price"), lambda: MoneyField(kit), 3),
            LineField("years", t("Lasts"), life, 2, t("for how many years it is of use in all")),
        )

    def _lines(self, path: str, *fields: LineField) -> OptionalLines:
        made = OptionalLines(self.kit, fields)
        self.add_lines(path, made)
        return made

    # -- choices ---------------------------------------------------------------------------

    def offer(self, items: Mapping[str, Item], shops: list[str]) -> None:
        """What was ticked and named in the step before."""
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
        made = Picker(self.kit, self._places())
        made.choose(_IN_STORE)
        return made

    # -- while one types -------------------------------------------------------------------

    def recount(self) -> None:
        self._show_units()
        self._suggest()
        sums = {
            "stock": sum(each.value for each in self.goods),
            "growing": sum(each.value for each in self.plants),
            "things": sum(each.cost for each in self.belongings),
        }
        for name, amount in sums.items():
            self._totals[name].setText(self.kit.formats.rupiah(amount) if amount else "")

    def _show_units(self) -> None:
        for line in (*self.stock.lines, *self.growing.lines):
            item = self.items.get(line.fields["item"].code() or "")
            line.fields["qty"].set_unit(item.unit if item is not None else "")

    def _suggest(self) -> None:
        """What vegetables usually cost, as long as nobody wrote another figure."""
        for line in self.stock.filled:
            item = self.items.get(line.fields["item"].code() or "")
            value, qty = line.fields["value"], line.fields["qty"].number()
            untouched = not value.text() or value.number() == self._suggested.get(line, -1)
            if item is not None and item.standard_cost and qty and untouched:
                self._suggested[line] = half_up(item.standard_cost * qty, UNIT)
                if not value.hasFocus():
                    value.set_number(self._suggested[line])

    def problems(self) -> list[tuple[str, str]]:
        return [
            (f"{path}.{place}.qty", self.t("Must be above zero"))
            for path, lines in (("stock", self.stock), ("growing", self.growing))
            for place, line in enumerate(lines.filled)
            if line.fields["qty"].number() == 0
        ]

    # -- what was answered -----------------------------------------------------------------

    @property
    def goods(self) -> list[Stock]:
        return [_stock(line.fields) for line in self.stock.filled]

    @property
    def plants(self) -> list[Stock]:
        return [_stock(line.fields) for line in self.growing.filled]

    @property
    def belongings(self) -> list[Thing]:
        return [_thing(line.fields, self) for line in self.things.filled]

    def summary(self) -> str:
        total = sum(each.value for each in (*self.goods, *self.plants))
        total += sum(each.cost for each in self.belongings)
        return self.kit.formats.rupiah(total) if total else ""


def _grows(item: Item) -> bool:
    return item.item_class == "seedling"


def _stock(fields: dict[str, Any]) -> Stock:
    shop = fields["shop"].code() if "shop" in fields else None
    return Stock(
        fields["item"].code() or "",
        fields["qty"].number() or 0,
        fields["value"].number() or 0,
        shop or "",
    )


def _thing(fields: dict[str, Any], step: StockStep) -> Thing:
    return Thing(
        fields["name"].value() or "",
        fields["account"].code(),
        fields["cost"].number() or 0,
        fields["acquired"].value() or step.kit.today,
        fields["years"].whole() or _YEARS,
    )
