"""Persediaan: what stands where, how long it keeps, and whether it is really there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout

from kwt_books.domain.posting import STORE
from kwt_books.domain.values import first_day, month_of, shift
from kwt_books.i18n.catalogue import capitalised
from kwt_books.i18n.formats import NIL
from kwt_books.queries.layers import StockedItem, StockedLot, StockOnHand, stock_on_hand
from kwt_books.queries.overview import SOON
from ui.kit.button import Button, Segment
from ui.kit.card import Badge, Card, bare
from ui.kit.chart import Frame, Plot
from ui.kit.chart_picture import ChartPicture
from ui.kit.layout import (
    Elided,
    Part,
    column,
    figures,
    fill,
    grid_layout,
    label,
    row,
    rule,
)
from ui.kit.list import ListRow, head_row
from ui.kit.list_page import ListPage
from ui.kit.look import GUTTER, ROW_TWO_LINES, UiContext, smooth
from ui.kit.page import Action, Page, TabbedPage
from ui.kit.scrolling import Scrolling, TwoCards
from ui.kit.table import Cell
from ui.kit.targets import part_of
from ui.kit.words import SHORT_CLASSES, days, quantity
from ui.kit.workspace import Workspace
from ui.stock.forms import StockCountForm

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


def stock_row(ui: UiContext, stock: StockOnHand, item: StockedItem) -> ListRow:
    """An item, how much of it there is where, and what of it expires first."""
    return ListRow(
        item.code,
        (
            Cell(item.name, aside=class_name(ui, item.item_class), bold=bool(item.lots)),
            _amount(ui, item.at(STORE), item.unit),
            _amount(ui, item.at_shops, item.unit),
            Cell(ui.formats.number(item.value)) if item.lots else Cell(NIL, tone="quiet"),
            _soonest(ui, stock, item),
        ),
    )


def lot_row(ui: UiContext, stock: StockOnHand, item: StockedItem, lot: StockedLot) -> ListRow:
    """A lot at a place, since when it is there and how long it keeps."""
    text, tone = expiry(ui, stock, lot)
    since = ui.t("since {day}", day=ui.short_day(lot.received))
    until = ui.short_day(lot.expires) if lot.expires is not None else NIL
    return ListRow(
        (item.code, lot.lot, lot.place),
        (
            Cell(item.name, ui.t("lot {lot}", lot=lot.lot), bold=True),
            Cell(place_name(ui, stock, lot.place), since),
            Cell(until, tone="" if lot.expires is not None else "quiet"),
            Cell(text, tone=tone, badge=True) if text else Cell(ui.t("no expiry"), tone="quiet"),
            Cell(quantity(ui, lot.quantity, item.unit)),
            Cell(ui.formats.number(lot.value)),
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
        self._area = Scrolling(bare())
        self._area.setMinimumHeight(self._ui.theme.px(200))
        self.card_button = Button(self._ui, self._t("Stock card"), "table")
        self.card_button.hint(self._t("Everything that came in and went out this month"), "Enter")
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
        self._title.setText(item.name if item is not None else "")
        self._second.setText("")
        parts: list[Part] = []
        if item is not None:
            words = (class_name(self._ui, item.item_class), item.unit)
            self._second.setText(" · ".join(words))
            parts.append(self._figures(stock, item))
            if item.lots:
                parts += [rule(), self._lots(stock, item)]
        self._area.show_parts(*parts)

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
        received = ui.t("since {day}", day=ui.short_day(lot.received))
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


# -- The days ahead as a line -------------------------------------------------------------------


_FRAME = Frame(16, 16, 16, 30, height=86, least=86, gap=0)
"""Without a gap for figures: the line has no grid."""
_DOT, _NEAR, _APART = 6, 24, 4
_LEAST_DAYS = 30


@dataclass(frozen=True, slots=True)
class Expiring:
    """A day on which goods expire, and which: names with quantities."""

    day: date
    goods: tuple[str, ...]


class ExpiryLine(Plot):
    """The days from today to the last expiry. What is to be sold first lies on an amber ground."""

    def __init__(self, ui: UiContext) -> None:
        super().__init__(ui, _FRAME)
        self._days: tuple[Expiring, ...] = ()
        self._span = _LEAST_DAYS

    def show_days(self, days: Sequence[Expiring]) -> None:
        """Shows these days, in their order; what is over stands at the line's beginning."""
        self._days = tuple(days)
        last = max((each.day for each in days), default=self._ui.today)
        self._span = max(_LEAST_DAYS, (last - self._ui.today).days)
        self._show(self._ui.t("What expires when"), (0, 1))

    def _places(self) -> int:
        return len(self._days)

    def _peak(self, place: int) -> int:
        return 1

    def place_of(self, place: int) -> float:
        """How far from the left a day is, in pixels."""
        return self._at(self._days[place].day)

    def _at(self, day: date) -> float:
        plot = self.plot()
        days = max(0, (day - self._ui.today).days)
        return plot.left() + days * plot.width() / self._span

    def describe(self, place: int) -> str:
        """`20 Desember 2026: Keripik pare 100 g 3 bungkus, …`."""
        each = self._days[place]
        return f"{self._ui.formats.day(each.day)}: {', '.join(each.goods)}"

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Selects the nearest day, unless the mouse is far from all."""
        away = [
            abs(self.place_of(place) - event.position().x()) for place in range(len(self._days))
        ]
        near = away and min(away) <= self._ui.theme.px(_NEAR)
        self.select(away.index(min(away)) if near else -1)

    # -- painting --------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        theme, painter, plot = self._ui.theme, smooth(self), self.plot()
        middle = plot.center().y()
        urgent = QRectF(plot.left(), plot.top(), 0, plot.height())
        urgent.setRight(min(self._at(self._ui.today + SOON), plot.right()))
        painter.fillRect(urgent, theme.color("amber_bg"))
        painter.setPen(QPen(theme.color("line"), 2))
        painter.drawLine(plot.left(), middle, plot.right(), middle)
        self._paint_months(painter)
        for place, each in enumerate(self._days):
            late = each.day <= self._ui.today + SOON
            radius = theme.px(_DOT + (2 if place == self.selected else 0))
            painter.setPen(QPen(theme.color("surface"), 2))
            painter.setBrush(theme.color("amber" if late else "accent"))
            painter.drawEllipse(QPointF(self.place_of(place), middle), radius, radius)

    def _paint_months(self, painter: QPainter) -> None:
        """Today, and the first of each month after it, as far as there is room for their words."""
        theme, plot, today = self._ui.theme, self.plot(), self._ui.today
        painter.setFont(theme.font("caption"))
        marks = [(today, self._ui.t("today"))]
        day = first_day(shift(month_of(today), 1))
        while (day - today).days <= self._span:
            marks.append((day, self._ui.short_day(day)))
            day = first_day(shift(month_of(day + timedelta(days=1)), 1))
        free = float(plot.left() - 2 * _APART)
        for day, text in marks:
            x, width = self._at(day), painter.fontMetrics().horizontalAdvance(text) + 2 * _APART
            left = max(plot.left() - _APART, min(x - width / 2, plot.right() + _APART - width))
            if left > free:
                painter.setPen(theme.color("grid"))
                painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()))
                painter.setPen(theme.color("text2"))
                below = QRectF(left, plot.bottom() + 6, width, theme.px(18))
                painter.drawText(below, int(Qt.AlignmentFlag.AlignCenter), text)
                free = left + width


def expiring_days(ui: UiContext, lots: Iterable[tuple[StockedItem, StockedLot]]) -> list[Expiring]:
    """The days on which lots expire, in order, with what expires on each."""
    found: defaultdict[date, defaultdict[str, int]] = defaultdict(lambda: defaultdict(int))
    units: dict[str, str] = {}
    for item, lot in lots:
        if lot.expires is not None and lot.quantity > 0:
            found[lot.expires][item.name] += lot.quantity
            units[item.name] = item.unit
    return [
        Expiring(
            day,
            tuple(
                f"{name} {ui.formats.quantity(qty)} {units[name]}" for name, qty in goods.items()
            ),
        )
        for day, goods in sorted(found.items())
    ]


# -- What stands where, item by item, and lot by lot with what keeps longest at the end ----------


_PANEL, _LEAST, _LEAST_HIGH = 344, 600, 240
ALL, IN_STORE, AT_SHOPS = "all", "store", "shops"


def invite_to_buy(page: Page) -> None:
    """Makes what a page of stock shows while nothing is there."""
    t = page.t
    text = t(
        "What you buy, harvest and make appears here automatically, with its lot and expiry date."
    )
    buy = Action(t("Buy"), "shopping-cart-simple", "purchase")
    page.invite("package", t("Nothing in the store yet"), text, buy)


class StockPage(ListPage[StockedItem]):
    """What is in stock, item by item; its part is the code of an item."""

    monthly = False

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self.known: StockOnHand | None = None
        t, ui = self.t, self.ui
        self.beside = TwoCards(ui, _PANEL, _LEAST)
        choices = ((ALL, t("All")), (IN_STORE, t("In the store")), (AT_SHOPS, t("At the shops")))
        self.where = Segment(ui, choices)
        self.where.chosen.connect(lambda _name: self.fill())
        share = Button(ui, t("Share out"), "users").hint(t("Share with the members"))
        share.when_clicked(partial(workspace.open_form, "distribution"))
        share.only_where(workspace.may("distribution"))
        titles = t("Item"), t("In the store"), t("At the shops"), t("Value"), t("Shelf life")
        self.lay_out(
            head_row(*titles, figures=(1, 2, 3)),
            (self.search_box(t("Search items")), 1), self.where, ..., share,
            sums=(t("Total value"),), within=self.beside,
        )  # fmt: skip
        self.seek.setPlaceholderText(t("Search"))  # it is short on a scaled screen
        self.value = self.foot.sums[t("Total value")]
        self.table.setAccessibleName(t("Stock"))
        self.table.setMinimumHeight(ui.theme.px(_LEAST_HIGH))
        self.panel = ItemPanel(workspace)
        self.beside.add(self.panel)
        invite_to_buy(self)

    def refresh(self) -> None:
        self.ask(lambda book: book.read(stock_on_hand), self.show_stock)

    def show_part(self, part: str) -> None:
        """Selects an item by its code."""
        self.table.choose(part)

    def show_stock(self, known: StockOnHand) -> None:
        """Lists the items."""
        self.known = known
        self.show_all(known.items)

    def _fits(self, item: StockedItem) -> bool:
        where = self.where.current
        there = {IN_STORE: item.at(STORE), AT_SHOPS: item.at_shops}.get(where, True)
        return bool(there) and super()._fits(item)

    def _words(self, item: StockedItem) -> str:
        return f"{item.name} {item.code}"

    def _row(self, item: StockedItem) -> ListRow:
        assert self.known is not None
        return stock_row(self.ui, self.known, item)

    def _counted(self, found: Sequence[StockedItem]) -> str:
        there = sum(1 for item in found if item.lots)
        return self.t.ngettext("{n} item in stock", "{n} items in stock", there)

    def _sums(self, found: Sequence[StockedItem]) -> tuple[str]:
        return (self.ui.formats.rupiah(sum(item.value for item in found)),)

    def _show_chosen(self, item: StockedItem | None) -> None:
        if self.known is not None:
            self.panel.show_item(self.known, item)

    def open(self, key: object) -> None:
        """Opens the card of an item."""
        open_card(self.workspace, key)


class LotsPage(ListPage[tuple[StockedItem, StockedLot]]):
    """The lots, what expires first at the top."""

    monthly = False
    selects_first = False

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self.known: StockOnHand | None = None
        t = self.t
        self._urgent = label("", "label", "warn")
        heading = label(t("What expires first, at the top"), "card")
        titles = (
            t("Item"), t("Place"), t("Best before"), t("Shelf life"), t("How many"), t("Value"),
        )  # fmt: skip
        headings = head_row(*titles, figures=(4, 5))
        self.lay_out(headings, heading, ..., self._urgent, height=ROW_TWO_LINES)
        self.table.setAccessibleName(t("Lots & expiry"))
        self.line = ExpiryLine(self.ui)
        ChartPicture(workspace, self.line)
        for place, part in enumerate((self.line, rule()), start=1):
            self.card.body.insertWidget(place, part)
        self.foot.hide()
        invite_to_buy(self)

    def refresh(self) -> None:
        self.ask(lambda book: book.read(stock_on_hand), self.show_stock)

    def show_stock(self, known: StockOnHand) -> None:
        """Lists the lots, and shows the days on which they expire."""
        self.known, lots = known, known.lots
        days = expiring_days(self.ui, lots)
        self.line.setVisible(len(days) > 1)
        self.line.show_days(days)
        self.show_all(lots)
        urgent = sum(known.is_urgent(lot) for _, lot in lots)
        text = self.t.ngettext("{n} lot to be sold first", "{n} lots to be sold first", urgent)
        self._urgent.setText(text if urgent else "")

    def _row(self, each: tuple[StockedItem, StockedLot]) -> ListRow:
        assert self.known is not None
        return lot_row(self.ui, self.known, *each)

    def open(self, key: tuple[str, str, str]) -> None:
        """Opens the card of the lot's item."""
        open_card(self.workspace, key[0])


class CountPage(Page):
    """The count as a part of the page; after each recording it asks again what there is."""

    monthly = False

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self.form = StockCountForm(workspace, {})
        self.body.addWidget(self.form, 1)
        self.filled = (self.form,)
        invite_to_buy(self)

    def refresh(self) -> None:
        self.ask(lambda book: book.read(stock_on_hand), self.show_stock)

    def show_stock(self, known: StockOnHand) -> None:
        """Takes what the book answered into the form."""
        self.show_filled(bool(known.items))
        self.form.take(known)


class InventoryPage(TabbedPage):
    """Parts: `on_hand`, `lots`, `count`."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self.add_tabs("stock", {"on_hand": StockPage, "lots": LotsPage, "count": CountPage})
