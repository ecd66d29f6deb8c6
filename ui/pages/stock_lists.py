"""What stands where, item by item, and lot by lot with what keeps longest at the end."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QFrame

from kwt_books.domain.access import may_record
from kwt_books.domain.posting import STORE
from kwt_books.queries.shelves import ShelfItem, Shelves
from ui.desk import Desk
from ui.forms.sale_parts.beside import Beside
from ui.pages.base import Page
from ui.pages.stock_panel import ItemPanel, open_card
from ui.pages.stock_words import lot_headings, lot_row, stock_headings, stock_row
from ui.tokens import GUTTER, ROW_TWO_LINES
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.empty import EmptyState
from ui.widgets.label import column, figures, label, row, rule
from ui.widgets.list_table import ListTable
from ui.widgets.seek_field import SeekField
from ui.widgets.tabs import Segment

_PANEL, _LEAST, _LEAST_HIGH = 344, 600, 240
ALL, IN_STORE, AT_SHOPS = "all", "store", "shops"


class Shelf(Page):
    """What lists of stock share: the whole of it, asked for anew after each recording."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.known: Shelves | None = None
        self.empty = self._make_empty()
        self.empty.hide()

    def _make_empty(self) -> EmptyState:
        t = self.t
        empty = EmptyState(
            self.kit,
            "package",
            t("Nothing stands in the store yet"),
            t("What you buy, harvest and make comes here by itself, with its lot and how long "
              "it keeps."),
        )  # fmt: skip
        if may_record(self.desk.person.role, "purchase"):
            buy = partial(self.desk.open_form, "purchase")
            empty.offer(t("Buy"), buy, "shopping-cart-simple")
        return empty

    def follows_month(self) -> bool:
        return False

    def refresh(self) -> None:
        self.ask(lambda book: book.farm.shelves(), self.show_shelves)

    def show_shelves(self, known: Shelves) -> None:
        raise NotImplementedError


class StockPage(Shelf):
    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.panel = ItemPanel(desk)
        self.beside = Beside(self.kit, self._make_list(), self.panel, _PANEL, _LEAST)
        self.body.addWidget(self.beside, 1)
        self.body.addWidget(self.empty, 1)

    def _make_list(self) -> Card:
        t, card = self.t, Card(margins=0, space=0)
        top = row(space=12)
        top.setContentsMargins(GUTTER, 10, 12, 10)
        self.seek = SeekField(self.kit, t("Search items"))
        self.seek.setPlaceholderText(t("Search"))  # it is short on a scaled screen
        self.seek.textChanged.connect(lambda _text: self._fill())
        self.seek.setMaximumWidth(self.kit.theme.px(220))
        top.addWidget(self.seek, 1)
        choices = ((ALL, t("All")), (IN_STORE, t("In the store")), (AT_SHOPS, t("At the shops")))
        self.where = Segment(self.kit, choices)
        self.where.chosen.connect(lambda _name: self._fill())
        top.addWidget(self.where)
        top.addStretch(1)
        if may_record(self.desk.person.role, "distribution"):
            share = Button(self.kit, t("Share out"), "users")
            share.hint(t("Share with the members"))
            share.when_clicked(partial(self.desk.open_form, "distribution"))
            top.addWidget(share)
        card.body.addLayout(top)
        self.table = ListTable(self.kit, stock_headings(self.kit))
        self.table.setAccessibleName(t("Stock"))
        self.table.chosen.connect(lambda _code: self._show_chosen())
        self.table.opened.connect(partial(open_card, self.desk))
        self.table.setMinimumHeight(self.kit.theme.px(_LEAST_HIGH))
        card.body.addWidget(self.table, 1)
        card.body.addWidget(self._make_foot())
        return card

    def _make_foot(self) -> QFrame:
        foot = QFrame()
        foot.setObjectName("foot")
        page = column(foot)
        page.addWidget(rule())
        line = row(space=8)
        line.setContentsMargins(GUTTER, 12, GUTTER, 12)
        self._count, self._value = label("", "caption"), figures(self.kit, "", "strong")
        line.addWidget(self._count)
        line.addStretch(1)
        line.addWidget(label(self.t("Worth in all"), "caption"))
        line.addWidget(self._value)
        page.addLayout(line)
        return foot

    # -- what the book says ----------------------------------------------------------------

    def show_part(self, part: str) -> None:
        """An item by its code."""
        self.table.choose(part)

    def search(self, text: str) -> None:
        self.seek.setText(text)

    def show_shelves(self, known: Shelves) -> None:
        self.known = known
        self.beside.setVisible(bool(known.items))
        self.empty.setVisible(not known.items)
        self._fill()

    def _shown(self, known: Shelves) -> list[ShelfItem]:
        sought, where = self.seek.text().strip().casefold(), self.where.current
        items = [item for item in known.items if sought in f"{item.name} {item.code}".casefold()]
        if where == IN_STORE:
            return [item for item in items if item.at(STORE)]
        return [item for item in items if item.at_shops] if where == AT_SHOPS else items

    def _fill(self) -> None:
        known = self.known
        if known is None:
            return
        items = self._shown(known)
        self.table.show_rows([stock_row(self.kit, known, item) for item in items])
        if self.table.key is None and items:
            self.table.select(0)
        there = sum(1 for item in items if item.lots)
        self._count.setText(self.t.ngettext("{n} item there", "{n} items there", there))
        self._value.setText(self.kit.formats.rupiah(sum(item.value for item in items)))
        self._show_chosen()

    def _show_chosen(self) -> None:
        if self.known is not None:
            self.panel.show_item(self.known, self.known.item(self.table.key or ""))


class LotsPage(Shelf):
    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        t = self.t
        self.card = Card(margins=0, space=0)
        heading = row(space=8)
        heading.setContentsMargins(GUTTER, 13, GUTTER, 13)
        heading.addWidget(label(t("What expires first, at the top"), "card"))
        heading.addStretch(1)
        self._urgent = label("", "label", "warn")
        heading.addWidget(self._urgent)
        self.card.body.addLayout(heading)
        self.card.body.addWidget(rule())
        self.table = ListTable(self.kit, lot_headings(self.kit), ROW_TWO_LINES)
        self.table.setAccessibleName(t("Lots & expiry"))
        self.table.opened.connect(lambda key: open_card(self.desk, key[0]))
        self.card.body.addWidget(self.table, 1)
        self.body.addWidget(self.card, 1)
        self.body.addWidget(self.empty, 1)

    def show_shelves(self, known: Shelves) -> None:
        lots = known.lots
        self.card.setVisible(bool(lots))
        self.empty.setVisible(not lots)
        self.table.show_rows([lot_row(self.kit, known, item, lot) for item, lot in lots])
        urgent = sum(known.is_urgent(lot) for _, lot in lots)
        text = self.t.ngettext("{n} lot to be sold first", "{n} lots to be sold first", urgent)
        self._urgent.setText(text if urgent else "")
