"""Persediaan: what stands where, how long it keeps, and whether it is really there."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QFrame, QGridLayout

from kwt_books.domain.posting import STORE
from kwt_books.i18n.catalogue import capitalised
from kwt_books.i18n.formats import NIL
from kwt_books.queries.layers import StockedItem, StockedLot, StockOnHand, stock_on_hand
from ui.kit.button import Button, Segment
from ui.kit.card import Badge, Card, EmptyState, bare, scrolled
from ui.kit.chart_picture import ChartPicture
from ui.kit.field import SeekField
from ui.kit.layout import Beside, Elided, column, figures, fill, grid_layout, label, row, rule
from ui.kit.list import Heading, ListRow, ListTable, head_row
from ui.kit.look import GUTTER, ROW_TWO_LINES, UiContext
from ui.kit.page import Page, TabbedPage
from ui.kit.table import Cell
from ui.kit.targets import part_of
from ui.kit.words import SHORT_CLASSES, days, quantity
from ui.kit.workspace import Workspace
from ui.stock.forms import StockCountForm
from ui.stock.timeline import ExpiryLine, expiring_days

# -- Items, places and lots in words -------------------------------------------------------------


def class_name(ui: UiContext, item_class: str) -> str:
    """`Hasil panen`."""
    return ui.t(SHORT_CLASSES[item_class])


def place_name(ui: UiContext, stock: StockOnHand, place: str) -> str:
    """`Gudang`, `Warung Bu Siti`."""
    return stock.place_name(place) or capitalised(ui.t("store"))


def expiry(ui: UiContext, stock: StockOnHand, lot: StockedLot) -> tuple[str, str]:
    """How long it still keeps, and the tone of it; nothing where it keeps for good."""
    left, t = lot.days_left(stock.today), ui.t
    if left is None:
        return "", ""
    if left < 0:
        return t("expired {days} ago", days=days(ui, -left)), "error"
    if left == 0:
        return t("expires today"), "error"
    return t("{days} left", days=days(ui, left)), "warn" if stock.is_urgent(lot) else "good"


def stock_headings(ui: UiContext) -> tuple[Heading, ...]:
    """The headings of items in stock."""
    t = ui.t
    return head_row(
        t("Item"), t("In the store"), t("At the shops"), t("Worth"), t("Keeps"), figures=(1, 2, 3)
    )


def stock_row(ui: UiContext, stock: StockOnHand, item: StockedItem) -> ListRow:
    """An item as a row: quantities in the store and at shops, its value in rupiah, what expires
    first.
    """
    store, shops = item.at(STORE), item.at_shops
    return ListRow(
        item.code,
        (
            Cell(item.name, aside=class_name(ui, item.item_class), bold=bool(item.lots)),
            _amount(ui, store, item.unit),
            _amount(ui, shops, item.unit),
            Cell(ui.formats.number(item.value)) if item.lots else Cell(NIL, tone="quiet"),
            _soonest(ui, stock, item),
        ),
    )


def _amount(ui: UiContext, held: int, unit: str) -> Cell:
    return Cell(quantity(ui, held, unit)) if held else Cell(NIL, tone="quiet")


def _soonest(ui: UiContext, stock: StockOnHand, item: StockedItem) -> Cell:
    first = min(
        (lot for lot in item.lots if lot.expires is not None),
        key=lambda lot: lot.expires or stock.today,
        default=None,
    )
    if first is None:
        return Cell("")
    text, tone = expiry(ui, stock, first)
    return Cell(text, tone=tone, badge=True)


def lot_headings(ui: UiContext) -> tuple[Heading, ...]:
    """The headings of lots."""
    t = ui.t
    return head_row(
        t("Item"),
        t("Place"),
        t("Received"),
        t("Best before"),
        t("Keeps"),
        t("How many"),
        t("Worth"),
        figures=(5, 6),
    )


def lot_row(ui: UiContext, stock: StockOnHand, item: StockedItem, lot: StockedLot) -> ListRow:
    """A lot as a row."""
    formats = ui.formats
    text, tone = expiry(ui, stock, lot)
    until = formats.numeric_day(lot.expires) if lot.expires is not None else NIL
    return ListRow(
        (item.code, lot.lot, lot.place),
        (
            Cell(item.name, ui.t("lot {lot}", lot=lot.lot), bold=True),
            Cell(place_name(ui, stock, lot.place)),
            Cell(formats.numeric_day(lot.received)),
            Cell(until, tone="" if lot.expires is not None else "quiet"),
            Cell(text, tone=tone, badge=True) if text else Cell(ui.t("keeps"), tone="quiet"),
            Cell(quantity(ui, lot.quantity, item.unit)),
            Cell(formats.number(lot.value)),
        ),
    )


# -- One item: where it stands, what a unit costs and sells for, its lots ------------------------


class ItemPanel(Card):
    """One item with its places, cost, price and lots."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(margins=0, space=0)
        self._workspace, self._ui, self._t = workspace, workspace.ui, workspace.ui.t
        self.item: StockedItem | None = None
        self._title, self._second = Elided("", "card"), Elided("", "caption")
        heading = column(self._title, self._second, space=0, margins=(GUTTER, 12, GUTTER, 12))
        self._area = scrolled(bare())
        self._area.setMinimumHeight(self._ui.theme.px(200))
        self.card_button = Button(self._ui, self._t("Stock card"), "table")
        self.card_button.hint(self._t("Everything that came and went this month"), "Enter")
        self.card_button.when_clicked(self.open_card)
        foot = column(self.card_button, margins=(GUTTER, 12, GUTTER, GUTTER))
        fill(self.body, heading, rule(), (self._area, 1), rule(), foot)

    def open_card(self) -> None:
        """Opens the item's stock card."""
        if self.item is not None:
            open_card(self._workspace, self.item.code)

    def show_item(self, stock: StockOnHand, item: StockedItem | None) -> None:
        """Shows an item; None clears the panel."""
        self.item = item
        self.card_button.setEnabled(item is not None)
        ground = bare()
        page = column(parent=ground, space=0)
        self._title.setText(item.name if item is not None else "")
        self._second.setText("")
        if item is not None:
            words = (class_name(self._ui, item.item_class), item.unit)
            self._second.setText(" · ".join(words))
            page.addLayout(self._figures(stock, item))
            if item.lots:
                fill(page, rule(), self._lots(stock, item))
        page.addStretch(1)
        self._area.setWidget(ground)

    def _figures(self, stock: StockOnHand, item: StockedItem) -> QGridLayout:
        ui, t, rupiah = self._ui, self._t, self._ui.formats.rupiah
        places = dict.fromkeys(["store", *(lot.place for lot in item.lots)])
        lines = [
            (place_name(ui, stock, place), quantity(ui, item.at(place), item.unit))
            for place in places
        ]
        cost = item.unit_cost
        lines.append((t("Cost each"), rupiah(cost) if cost is not None else NIL))
        if item.price is not None:
            lines.append((t("Selling price"), rupiah(item.price)))
        lines.append((t("Total value"), rupiah(item.value)))
        grid = self._grid()
        for at, (title, figure) in enumerate(lines):
            grid.addWidget(Elided(title, "caption"), at, 0)
            grid.addWidget(figures(ui, figure, "strong"), at, 1)
        return grid

    @staticmethod
    def _grid() -> QGridLayout:
        return grid_layout(across=12, down=6, margins=(GUTTER, 12, GUTTER, 12), wide=0)

    def _lots(self, stock: StockOnHand, item: StockedItem) -> QGridLayout:
        grid = self._grid()
        grid.addWidget(label(self._t("Lots, in the order they are taken"), "label"), 0, 0, 1, 2)
        for at, lot in enumerate(item.lots, start=1):
            self._add_lot(grid, at, stock, lot, item.unit)
        return grid

    def _add_lot(
        self, grid: QGridLayout, at: int, stock: StockOnHand, lot: StockedLot, unit: str
    ) -> None:
        ui = self._ui
        where = place_name(ui, stock, lot.place)
        received = ui.t("since {day}", day=ui.formats.short_day(lot.received))
        names = column(Elided(lot.lot), Elided(f"{where} · {received}", "caption"), space=0)
        grid.addLayout(names, at, 0)
        side = column(figures(ui, quantity(ui, lot.quantity, unit)), space=2)
        text, tone = expiry(ui, stock, lot)
        if text:
            side.addLayout(row(..., Badge(ui, text, tone)))
        grid.addLayout(side, at, 1)


def open_card(workspace: Workspace, code: object) -> None:
    """The card of an item, among the reports."""
    workspace.go("reports", part_of("stock-card", item=str(code)))


# -- What stands where, item by item, and lot by lot with what keeps longest at the end ----------


_PANEL, _LEAST, _LEAST_HIGH = 344, 600, 240
ALL, IN_STORE, AT_SHOPS = "all", "store", "shops"


class OnHandPage(Page):
    """What lists of stock share: the whole of it, asked for anew after each recording."""

    monthly = False

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self.known: StockOnHand | None = None
        self.empty = self._make_empty()
        self.empty.hide()

    def _make_empty(self) -> EmptyState:
        t = self.t
        empty = EmptyState(
            self.ui,
            "package",
            t("Nothing in the store yet"),
            t("What you buy, harvest and make comes here by itself, with its lot and how long "
              "it keeps."),
        )  # fmt: skip
        if self.workspace.may("purchase"):
            buy = partial(self.workspace.open_form, "purchase")
            empty.offer(t("Buy"), buy, "shopping-cart-simple")
        return empty

    def refresh(self) -> None:
        """Asks what is in stock."""
        self.ask(lambda book: book.read(stock_on_hand), self.show_stock)

    def show_stock(self, known: StockOnHand) -> None:
        raise NotImplementedError


class StockPage(OnHandPage):
    """What is in stock, item by item."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self.panel = ItemPanel(workspace)
        self.beside = Beside(self.ui, self._make_list(), self.panel, _PANEL, _LEAST)
        fill(self.body, (self.beside, 1), (self.empty, 1))

    def _make_list(self) -> Card:
        t, card = self.t, Card(margins=0, space=0)
        self.seek = SeekField(self.ui, t("Search items"))
        self.seek.setPlaceholderText(t("Search"))  # it is short on a scaled screen
        self.seek.textChanged.connect(lambda _text: self._fill())
        self.seek.setMaximumWidth(self.ui.theme.px(220))
        choices = ((ALL, t("All")), (IN_STORE, t("In the store")), (AT_SHOPS, t("At the shops")))
        self.where = Segment(self.ui, choices)
        self.where.chosen.connect(lambda _name: self._fill())
        top = row((self.seek, 1), self.where, ..., space=12, margins=(GUTTER, 10, 12, 10))
        if self.workspace.may("distribution"):
            share = Button(self.ui, t("Share out"), "users")
            share.hint(t("Share with the members"))
            share.when_clicked(partial(self.workspace.open_form, "distribution"))
            top.addWidget(share)
        self.table = ListTable(self.ui, stock_headings(self.ui))
        self.table.setAccessibleName(t("Stock"))
        self.table.chosen.connect(lambda _code: self._show_chosen())
        self.table.opened.connect(partial(open_card, self.workspace))
        self.table.setMinimumHeight(self.ui.theme.px(_LEAST_HIGH))
        fill(card.body, top, (self.table, 1), self._make_foot())
        return card

    def _make_foot(self) -> QFrame:
        foot = QFrame()
        foot.setObjectName("foot")
        line = row(space=8, margins=(GUTTER, 12, GUTTER, 12))
        self._count, self.value = label("", "caption"), figures(self.ui, "", "strong")
        fill(line, self._count, ..., label(self.t("Total value"), "caption"), self.value)
        column(rule(), line, parent=foot)
        return foot

    # -- what the book says ----------------------------------------------------------------

    def show_part(self, part: str) -> None:
        """An item by its code."""
        self.table.choose(part)

    def search(self, text: str) -> None:
        """Searches for the header's words."""
        self.seek.setText(text)

    def show_stock(self, known: StockOnHand) -> None:
        self.known = known
        self.beside.setVisible(bool(known.items))
        self.empty.setVisible(not known.items)
        self._fill()

    def _shown(self, known: StockOnHand) -> list[StockedItem]:
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
        self.table.show_rows([stock_row(self.ui, known, item) for item in items])
        if self.table.key is None and items:
            self.table.select(0)
        there = sum(1 for item in items if item.lots)
        self._count.setText(self.t.ngettext("{n} item there", "{n} items there", there))
        self.value.setText(self.ui.formats.rupiah(sum(item.value for item in items)))
        self._show_chosen()

    def _show_chosen(self) -> None:
        if self.known is not None:
            self.panel.show_item(self.known, self.known.item(self.table.key or ""))


class LotsPage(OnHandPage):
    """The lots, what expires first at the top."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        t = self.t
        self.card = Card(margins=0, space=0)
        heading = row(space=8, margins=(GUTTER, 13, GUTTER, 13))
        self._urgent = label("", "label", "warn")
        fill(heading, label(t("What expires first, at the top"), "card"), ..., self._urgent)
        self.table = ListTable(self.ui, lot_headings(self.ui), ROW_TWO_LINES)
        self.table.setAccessibleName(t("Lots & expiry"))
        self.table.opened.connect(lambda key: open_card(self.workspace, key[0]))
        self.line = ExpiryLine(self.ui)
        ChartPicture(workspace, self.line)
        fill(self.card.body, heading, self.line, rule(), (self.table, 1))
        fill(self.body, (self.card, 1), (self.empty, 1))

    def show_stock(self, known: StockOnHand) -> None:
        lots = known.lots
        days = expiring_days(self.ui, lots)
        self.line.setVisible(len(days) > 1)
        self.line.show_days(days)
        self.card.setVisible(bool(lots))
        self.empty.setVisible(not lots)
        self.table.show_rows([lot_row(self.ui, known, item, lot) for item, lot in lots])
        urgent = sum(known.is_urgent(lot) for _, lot in lots)
        text = self.t.ngettext("{n} lot to be sold first", "{n} lots to be sold first", urgent)
        self._urgent.setText(text if urgent else "")


class CountPage(OnHandPage):
    """The count as a part of the page; after each recording it asks again what there is."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self.form = StockCountForm(workspace, {})
        fill(self.body, (self.form, 1), (self.empty, 1))

    def show_stock(self, known: StockOnHand) -> None:
        self.form.setVisible(bool(known.items))
        self.empty.setVisible(not known.items)
        self.form.take(known)


class InventoryPage(TabbedPage):
    """Parts: `on_hand`, `lots`, `count`."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        t = self.t
        self.add_tab("on_hand", t("What is there"), StockPage)
        self.add_tab("lots", t("Lots & expiry"), LotsPage)
        if workspace.may("stock_count"):
            self.add_tab("count", t("Count the stock"), CountPage)
