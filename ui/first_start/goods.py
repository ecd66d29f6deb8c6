"""Step: what is grown and sold, the shops that sell for the group, and where it buys."""

from __future__ import annotations

from collections.abc import Sequence

from kwt_books.services.first_answers import Good, Partner
from kwt_books.services.usual_goods import UsualGoods
from ui.first_start.goods_grid import GoodsGrid
from ui.first_start.rows import OptionalLines, lines_card
from ui.first_start.step import Step
from ui.forms.lines import Line, LineField
from ui.goods_words import SHORT_CLASSES, SOLD
from ui.kit import Kit
from ui.widgets.card import Card
from ui.widgets.field import MoneyField, TextField
from ui.widgets.label import label
from ui.widgets.picker import Choice

_ASIDE, _GRID = 400, 430


class GoodsStep(Step):
    name = "goods"

    def __init__(self, kit: Kit, title: str, about: str, usual: UsualGoods) -> None:
        self._usual = usual
        super().__init__(kit, title, about, aside=_ASIDE, least=_GRID)

    def build(self) -> None:
        t, kit = self.t, self.kit
        card = Card(space=8)
        self.usual = GoodsGrid(kit, self._usual.sold)
        card.body.addWidget(self.usual)
        self.add("usual", self.usual, self.usual)
        self.left.addWidget(card)
        self.own = OptionalLines(kit, self._own_fields())
        self.add_lines("own", self.own)
        self.left.addWidget(
            lines_card(t("Something else"), t("What is not listed above"), self.own)
        )
        self.shops, self._named = (
            self._partners("shops", t("Shop")),
            label("", "caption", wrap=True),
        )
        sell = lines_card(
            t("Shops that sell for the group"), t("Where goods are left to be sold"), self.shops
        )
        sell.body.addWidget(self._named)
        self.right.addWidget(sell)
        self.suppliers = self._partners("suppliers", t("Shop or market"))
        pick = t("To be picked from the list when something is bought")
        self.right.addWidget(lines_card(t("Where the group buys"), pick, self.suppliers))
        self.know([])

    def know(self, partners: Sequence[Partner]) -> None:
        """Those named in the step before need not be named again."""
        names = list(dict.fromkeys(each.name for each in partners if each.name))
        said = self.t("Already named beside the money: {names}", names=", ".join(names))
        self._named.setText(said)
        self._named.setVisible(bool(names))
        self._known = [each for each in partners if each.role == "shop" and each.name]

    def _own_fields(self) -> tuple[LineField, ...]:
        t, kit = self.t, self.kit
        kinds = [(code, t(SHORT_CLASSES[code])) for code in SOLD]
        return (
            LineField("name", t("Name"), lambda: TextField(kit, required=True), 4),
            LineField("class", t("Kind"), lambda: Choice(kit, kinds), 3),
            LineField(
                "unit",
                t("Counted in"),
                lambda: TextField(kit, required=True),
                2,
                t("kg, bunch, pack"),
            ),
            LineField(
                "price",
                t("Price"),
                lambda: MoneyField(kit, required=False),
                3,
                t("for one unit; may stay empty"),
            ),
        )

    def _partners(self, path: str, name: str) -> OptionalLines:
        kit = self.kit
        made = OptionalLines(
            kit, (LineField("name", name, lambda: TextField(kit, required=True), 3),)
        )
        self.add_lines(path, made)
        return made

    # -- what was answered -----------------------------------------------------------------

    @property
    def goods(self) -> list[Good]:
        return [*self.usual.goods, *(_good(line) for line in self.own.filled)]

    @property
    def partners(self) -> list[Partner]:
        return [
            *(_partner(line, "shop") for line in self.shops.filled),
            *(_partner(line, "supplier") for line in self.suppliers.filled),
        ]

    @property
    def shop_names(self) -> list[str]:
        """Also of those named in the step before, each once."""
        shops = (*self._known, *self.partners)
        named = {each.name.casefold(): each.name for each in shops if each.role == "shop"}
        return [name for name in named.values() if name]

    def summary(self) -> str:
        goods, shops = len(self.goods), len(self.shop_names)
        said = self.t.ngettext("{n} kind of goods", "{n} kinds of goods", goods)
        if shops:
            said += ", " + self.t.ngettext("{n} shop", "{n} shops", shops)
        return said


def _good(line: Line) -> Good:
    fields = line.fields
    return Good(
        fields["name"].value() or "",
        fields["unit"].value() or "",
        fields["class"].code(),
        fields["price"].number(),
    )


def _partner(line: Line, role: str) -> Partner:
    return Partner(line.fields["name"].value() or "", role)
