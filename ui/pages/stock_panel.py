"""One item: where it stands, what a unit costs and sells for, its lots."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout

from kwt_books.i18n.formats import NIL
from kwt_books.queries.shelves import ShelfItem, ShelfLot, Shelves
from ui.desk import Desk
from ui.goods_words import quantity
from ui.pages.reports_targets import part_of
from ui.pages.stock_words import class_name, expiry, place_name
from ui.tokens import GUTTER
from ui.widgets.button import Button
from ui.widgets.card import Badge, Card, bare, scrolled
from ui.widgets.label import Elided, column, figures, label, row, rule


class ItemPanel(Card):
    def __init__(self, desk: Desk) -> None:
        super().__init__(margins=0, space=0)
        self._desk, self._kit, self._t = desk, desk.kit, desk.kit.t
        self.item: ShelfItem | None = None
        heading = column(space=0)
        heading.setContentsMargins(GUTTER, 12, GUTTER, 12)
        self._title, self._second = Elided("", "card"), Elided("", "caption")
        heading.addWidget(self._title)
        heading.addWidget(self._second)
        self.body.addLayout(heading)
        self.body.addWidget(rule())
        self._area = scrolled(bare())
        self._area.setMinimumHeight(self._kit.theme.px(200))
        self.body.addWidget(self._area, 1)
        self.body.addWidget(rule())
        foot = column()
        foot.setContentsMargins(GUTTER, 12, GUTTER, GUTTER)
        self.card_button = Button(self._kit, self._t("Stock card"), "table")
        self.card_button.hint(self._t("Everything that came and went this month"), "Enter")
        self.card_button.when_clicked(self.open_card)
        foot.addWidget(self.card_button)
        self.body.addLayout(foot)

    def open_card(self) -> None:
        if self.item is not None:
            open_card(self._desk, self.item.code)

    def show_item(self, shelves: Shelves, item: ShelfItem | None) -> None:
        self.item = item
        self.card_button.setEnabled(item is not None)
        ground = bare()
        page = column(ground, space=0)
        self._title.setText(item.name if item is not None else "")
        self._second.setText("")
        if item is not None:
            words = (class_name(self._kit, item.item_class), item.unit)
            self._second.setText(" · ".join(words))
            page.addLayout(self._figures(shelves, item))
            if item.lots:
                page.addWidget(rule())
                page.addLayout(self._lots(shelves, item))
        page.addStretch(1)
        self._area.setWidget(ground)

    def _figures(self, shelves: Shelves, item: ShelfItem) -> QGridLayout:
        kit, t, rupiah = self._kit, self._t, self._kit.formats.rupiah
        places = dict.fromkeys(["store", *(lot.place for lot in item.lots)])
        lines = [
            (place_name(kit, shelves, place), quantity(kit, item.at(place), item.unit))
            for place in places
        ]
        cost = item.unit_cost
        lines.append((t("Cost each"), rupiah(cost) if cost is not None else NIL))
        if item.price is not None:
            lines.append((t("Selling price"), rupiah(item.price)))
        lines.append((t("Worth in all"), rupiah(item.value)))
        grid = self._grid()
        for at, (title, figure) in enumerate(lines):
            grid.addWidget(Elided(title, "caption"), at, 0)
            grid.addWidget(figures(kit, figure, "strong"), at, 1)
        return grid

    @staticmethod
    def _grid() -> QGridLayout:
        grid = QGridLayout()
        grid.setContentsMargins(GUTTER, 12, GUTTER, 12)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(0, 1)
        return grid

    def _lots(self, shelves: Shelves, item: ShelfItem) -> QGridLayout:
        grid = self._grid()
        grid.addWidget(label(self._t("Lots, in the order they are taken"), "label"), 0, 0, 1, 2)
        for at, lot in enumerate(item.lots, start=1):
            self._add_lot(grid, at, shelves, lot, item.unit)
        return grid

    def _add_lot(
        self, grid: QGridLayout, at: int, shelves: Shelves, lot: ShelfLot, unit: str
    ) -> None:
        kit = self._kit
        names = column(space=0)
        names.addWidget(Elided(lot.lot))
        where = place_name(kit, shelves, lot.place)
        received = kit.t("since {day}", day=kit.formats.short_day(lot.received))
        names.addWidget(Elided(f"{where} · {received}", "caption"))
        grid.addLayout(names, at, 0)
        side = column(space=2)
        side.addWidget(figures(kit, quantity(kit, lot.quantity, unit)))
        text, tone = expiry(kit, shelves, lot)
        if text:
            line = row()
            line.addStretch(1)
            line.addWidget(Badge(kit, text, tone))
            side.addLayout(line)
        grid.addLayout(side, at, 1)


def open_card(desk: Desk, code: object) -> None:
    """The card of an item, among the reports."""
    desk.go("reports", part_of("stock-card", item=str(code)))
