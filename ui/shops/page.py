"""Warung: what stands at each shop, what it owes and since when; leaving goods and settling."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from kwt_books.book import Book
from kwt_books.domain.kind import Touch
from kwt_books.domain.values import month_of, month_range
from kwt_books.i18n.catalogue import noop
from kwt_books.queries.reading import Reading
from kwt_books.queries.shops import Shop, Shops, Visit, shops, visits
from ui.kit.bar_chart import Bar, BarChart
from ui.kit.button import Button, Segment
from ui.kit.card import Card, Note
from ui.kit.chart_picture import ChartPicture
from ui.kit.form import usual_day
from ui.kit.layout import Elided, column, fill, label, row, rule
from ui.kit.list import ListRow, ListTable, head_row
from ui.kit.list_page import ListPage
from ui.kit.look import GUTTER, ROW_TWO_LINES, UiContext, restyle
from ui.kit.page import Action
from ui.kit.popup import Menu
from ui.kit.scrolling import TwoCards
from ui.kit.table import Cell
from ui.kit.till import ShopForm
from ui.kit.words import ago
from ui.kit.workspace import Workspace
from ui.shops.forms import ConsignmentForm, SettlementForm

_KINDS = {
    "consignment": noop("Goods left"),
    "consignment_settlement": noop("Settled up"),
    "receipt": noop("Paid what it owed"),
}
_ICONS = {"consignment": "truck", "consignment_settlement": "handshake", "receipt": "money"}


class ShopHistory(QWidget):
    """The documents of a shop, newest first."""

    answered = Signal(object)
    """The visits of the shop that was asked for."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.workspace, self.ui, self.t = workspace, workspace.ui, workspace.ui.t
        self._asked = ""
        """The shop that was asked for last."""
        self._came: tuple[str, tuple[Visit, ...]] = ("", ())
        self._visits: tuple[Visit, ...] = ()
        self._made = False

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Makes the list when it is first looked at."""
        super().showEvent(event)
        if not self._made:
            self._make()

    def _make(self) -> None:
        self._made, t, page = True, self.t, column(parent=self)
        headings = head_row(t("What"), t("Goods"), t("Money"), figures=(2,))
        self.table = ListTable(self.ui, headings, ROW_TWO_LINES, parent=self)
        self.table.stretch(1)
        self.table.opened.connect(self._open)
        self._none = label(t("Nothing has happened with this shop yet."), "caption")
        self._none.setContentsMargins(GUTTER, GUTTER, GUTTER, GUTTER)
        fill(page, (self.table, 1), self._none, rule(), self._foot())
        self._fill()

    def _foot(self) -> QFrame:
        foot, t = QFrame(), self.t
        foot.setObjectName("foot")
        printed = Button(self.ui, t("Print"), "printer").hint(t("Print the one chosen"))
        opened = Button(self.ui, t("Open"), "notebook").hint(t("Open it in the diary"))
        opened.when_clicked(lambda: self._open(self.table.key))
        parts = printed.when_clicked(self._print), opened
        row(*parts, ..., parent=foot, space=8, margins=(GUTTER, 10, GUTTER, 10))
        return foot

    def take(self, shop: str, visits: tuple[Visit, ...]) -> None:
        """Keeps what came along with the list, for when this shop is shown."""
        self._came = (shop, visits)

    def ask(self, shop: str) -> None:
        """Asks for a shop's documents, unless they came along with the list."""
        self._asked = shop
        if self._came[0] == shop:
            (_, found), self._came = self._came, ("", ())
            self._show(found)
            return

        def answered(found: tuple[Visit, ...]) -> None:
            if self._asked == shop:
                self._show(found)

        self.workspace.tasks.run(
            lambda book: book.read(visits, shop), answered, key=("history", id(self)), owner=self
        )

    def _show(self, visits: tuple[Visit, ...]) -> None:
        self._visits = visits
        self.answered.emit(visits)
        if self._made:
            self._fill()

    def _fill(self) -> None:
        self.table.show_rows([self._row(visit) for visit in self._visits])
        self.table.setVisible(bool(self._visits))
        self._none.setVisible(not self._visits)

    def _row(self, visit: Visit) -> ListRow:
        t, formats = self.t, self.ui.formats
        gone = visit.corrected_by is not None
        tone = "quiet" if gone else ""
        goods = ", ".join(f"{name} {formats.quantity(n)} {unit}" for name, unit, n in visit.goods)
        second = t("Undone by {number}", number=visit.corrected_by) if gone else visit.number
        owed = formats.number(visit.owed) if visit.owed > 0 else ""
        return ListRow(
            visit.number,
            (
                Cell(t(_KINDS[visit.kind]), formats.day(visit.date), tone=tone, bold=not gone),
                Cell(goods or "–", second, tone=tone, struck=gone),
                Cell(
                    formats.number(visit.received) if visit.received else "–",
                    t("owed {amount}", amount=owed) if owed else "",
                    tone=tone,
                ),
            ),
        )

    def _print(self) -> None:
        if self.table.key is not None:
            self.workspace.print_voucher(self.table.key)

    def _open(self, number: str | None) -> None:
        if number is not None:
            self.workspace.go("journal", number)


_MONTHS, _ROOM = 12, 5
"""Months that are drawn, and shops up to which the list leaves room for them."""


class ShopMonths(QWidget):
    """What a shop paid in each month, as far back as its documents are shown; hidden while that is
    less than two months.
    """

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._ui = workspace.ui
        self._title = label("", "label")
        self.chart = BarChart(self._ui)
        ChartPicture(workspace, self.chart)
        inside = column(self._title, self.chart, space=4, margins=(GUTTER, 12, GUTTER, 12))
        column(rule(), inside, parent=self)
        self.hide()

    def show_visits(self, name: str, visits: Sequence[Visit]) -> None:
        """Draws the months of these visits, which are the newest of the shop."""
        held = [each for each in visits if each.corrected_by is None]
        days = [each.date for each in held]
        spanned = month_range(month_of(min(days)), month_of(max(days))) if days else ()
        paid = dict.fromkeys(spanned, 0)
        for each in held:
            paid[month_of(each.date)] += each.received
        months = list(paid.items())[-_MONTHS:]
        self.setVisible(len(months) > 1)
        formats, title = self._ui.formats, self._ui.t("What {shop} paid each month", shop=name)
        self._title.setText(title)
        bars = [
            Bar(formats.month_alone(month)[:3], amount,
                f"{formats.month(month)}: {formats.rupiah(amount)}")
            for month, amount in months
        ]  # fmt: skip
        self.chart.show_bars(title, bars)


_FORMS = {"consign": ConsignmentForm, "settle": SettlementForm}


class ShopPanel(Card):
    """The forms of each shop are kept, and with them what was typed for it."""

    def __init__(self, workspace: Workspace, parent: QWidget) -> None:
        super().__init__(margins=0, space=0)
        self.setParent(parent)
        self.workspace, self.ui, self.t = workspace, workspace.ui, workspace.ui.t
        self.shop: Shop | None = None
        self._then: tuple[date, Shops] | None = None
        self._forms: dict[tuple[str, str], ShopForm] = {}
        self._may = workspace.may("consignment")
        self.stack = QStackedWidget()
        fill(self.body, self._head(), (self.stack, 1))
        self.history = ShopHistory(workspace, self.stack)
        self.history.hide()  # into the stack once it is chosen, whose first part shows at once
        self._whole = False

    def show_whole(self, whole: bool) -> None:
        """Whether all goods are shown at once, and something around the panel scrolls."""
        self._whole = whole
        for form in self._forms.values():
            form.grid.area.show_whole(whole)

    def _head(self) -> QVBoxLayout:
        t = self.t
        self._name, self._about = Elided("", "card"), Elided("", "caption")
        self._day = QStackedWidget()
        self._day.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._day.hide()
        self.more = Button(self.ui, "", "dots-three").hint(t("More"))
        self.more.setMenu(self._menu())
        self.more.only_where(self._may)
        line = row((column(self._name, self._about), 1), self._day, self.more, space=8)
        self.debt = Note(self.ui)
        if self._may:
            self.debt.offer(t("Receive payment"), self.pay_debt)
        parts = (("consign", t("Leave goods")), ("settle", t("Settle")), ("history", t("History")))
        self.parts = Segment(self.ui, parts if self._may else parts[2:])
        self.parts.chosen.connect(lambda _name: self._show_part())
        if not self._may:
            self.parts.hide()
        return column(line, self.debt, self.parts, space=10, margins=(GUTTER, 12, GUTTER, 10))

    def _menu(self) -> Menu:
        menu, t = Menu(self.ui, self), self.t
        menu.offer(t("Receive payment of what it owes"), self.pay_debt, "money")
        menu.offer(t("Count the goods there"), self._count, "check")
        menu.addSeparator()
        menu.offer(t("Change name, phone or address"), self._change, "pencil-simple")
        return menu

    # -- what the book says ----------------------------------------------------------------

    def show_known(self, known: Shops, day: date, then: Shops) -> None:
        """Takes what the book answered; `then` is what documents of a day find, for the forms."""
        self._then = day, then
        for (code, _part), form in self._forms.items():
            if known.shop(code) is not None:
                form.take_along(day, then)
        if self.shop is not None and (shop := known.shop(self.shop.code)) is not None:
            self.show_shop(shop)
            self.history.ask(shop.code)

    def show_shop(self, shop: Shop) -> None:
        """Shows a shop: its name, debt and forms."""
        t, formats = self.t, self.ui.formats
        fresh = self.shop is None or self.shop.code != shop.code
        self.shop = shop
        self._name.setText(shop.name)
        last = t("goods left {day}", day=formats.day(shop.delivered)) if shop.delivered else ""
        about = " · ".join(filter(None, (shop.phone or shop.address, last)))
        self._about.setText(about or t("No goods were left there yet"))
        self.debt.setVisible(shop.owed > 0)
        if shop.owed > 0:
            day = self.ui.short_day(shop.owed_since) if shop.owed_since else ""
            since = t("since {day}", day=day) if day else ""
            strong = t("Owes {amount}", amount=formats.rupiah(shop.owed))
            self.debt.say(since, "warn", strong=strong)
        if fresh:
            self.history.ask(shop.code)
            if self._may and self.parts.current != "history":
                self.parts.choose("settle" if shop.goods else "consign")
            self._show_part()

    # -- parts -----------------------------------------------------------------------------

    def choose_part(self, part: str) -> None:
        """Chooses `consign`, `settle` or `history`."""
        if part in ("consign", "settle", "history") and self._may:
            self.parts.choose(part)

    def _show_part(self) -> None:
        part = self.parts.current
        if self.shop is None:
            return
        form = self.form(part) if part != "history" else None
        if form is None and self.stack.indexOf(self.history) < 0:
            self.stack.addWidget(self.history)
        self.stack.setCurrentWidget(form or self.history)
        self._day.setVisible(form is not None)
        if form is not None and form.day is not None:
            self._day.setCurrentWidget(form.day)

    def form(self, part: str) -> ShopForm:
        """The form of the shop in hand; made when first shown."""
        assert self.shop is not None
        key = (self.shop.code, part)
        if key not in self._forms:
            given = {"shop": self.shop.code}
            made = _FORMS[part](self.workspace, given, own=False, parent=self.stack)
            self._forms[key] = made
            made.grid.area.show_whole(self._whole)
            self.stack.addWidget(made)
            if made.day is not None:
                self._day.addWidget(made.day)
            if self._then is not None:
                made.take_along(*self._then)
        return self._forms[key]

    def pay_debt(self) -> None:
        """Opens the form of the shop's payment."""
        if self.shop is not None:
            self.workspace.open_form("shop_debt", shop=self.shop.code)

    def _count(self) -> None:
        if self.shop is not None:
            self.workspace.open_form("stock_count", place=f"shop:{self.shop.code}")

    def _change(self) -> None:
        if self.shop is not None:
            self.workspace.open_form("party", code=self.shop.code)


# -- A shop as a row of the list -----------------------------------------------------------------


def goods_there(ui: UiContext, shop: Shop) -> str:
    """`30 bungkus, 2 kg`."""
    by_unit: defaultdict[str, int] = defaultdict(int)
    for good in shop.goods:
        by_unit[good.unit] += good.quantity
    parts = [f"{ui.formats.quantity(n)} {unit}" for unit, n in by_unit.items()]
    return ", ".join(parts)


def shop_row(ui: UiContext, shop: Shop, today: date) -> ListRow:
    """A shop as a row: goods, their value and the debt in rupiah, the last settlement."""
    t, formats = ui.t, ui.formats
    there = goods_there(ui, shop)
    owed_for = ago(ui, shop.owed_since) if shop.owed > 0 else ""
    return ListRow(
        shop.code,
        (
            Cell(shop.name, shop.address or shop.phone, bold=True),
            Cell(there or t("nothing"), tone="" if there else "quiet"),
            Cell(formats.number(shop.value) if there else "–", tone="" if there else "quiet"),
            Cell(
                formats.number(shop.owed) if shop.owed else "–",
                owed_for,
                tone="warn" if shop.owed > 0 else "quiet",
                bold=shop.owed > 0,
            ),
            _last_settled(ui, shop, today),
        ),
    )


def _last_settled(ui: UiContext, shop: Shop, today: date) -> Cell:
    since = shop.waiting_since or shop.settled
    text = ago(ui, since)
    if shop.is_late(today):
        return Cell(text, tone="warn", badge=True, icon="clock")
    if shop.settled is None and since is not None:
        return Cell(ui.t("never"), text)
    return Cell(text or "–", tone="" if text else "quiet")


@dataclass(frozen=True, slots=True)
class _Found:
    """What the book answers: all shops, and as documents of a day find them, for the forms; one
    shop's documents.
    """

    known: Shops
    day: date
    then: Shops
    shop: str
    visits: tuple[Visit, ...]


def _ask(reading: Reading, wanted: str, day: date) -> _Found:
    """Asks for all shops, and the documents of the one that is wanted, else of the first."""
    known = shops(reading)
    if known.shop(wanted) is None:
        wanted = known.shops[0].code if known.shops else ""
    came = visits(reading, wanted) if wanted else ()
    return _Found(known, day, shops(reading, day), wanted, came)


def first_asked(book: Book) -> None:
    """Asks what the page will ask."""
    book.read(lambda reading: _ask(reading, "", reading.today))


_PANEL, _LEAST, _FEW = 472, 520, 4


class ShopsPage(ListPage[Shop]):
    """The page of shops; its part is `siti`, or `siti/settle`: a shop, and what is to be done."""

    shows = Touch.GOODS | Touch.SHOPS
    shown_kinds = frozenset({"item", "party"})
    monthly = False

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        t = self.t
        self._known: Shops | None = None
        self._wanted: tuple[str, str] = ("", "")
        self.beside = TwoCards(self.ui, _PANEL, _LEAST)
        new = Action(t("Add a shop"), "plus", "party", given={"role": "shop"})
        add = Button(self.ui, new.text, new.icon).when_clicked(partial(new.start, workspace))
        add.only_where(workspace.may("party"))
        titles = (
            t("Shop"), t("Goods there"), t("Sells for"), t("Not paid yet"), t("Last settled"),
        )  # fmt: skip
        seek = self.search_box(t("Search shops or goods"))
        self.lay_out(
            head_row(*titles, figures=(1, 2, 3, 4)), (seek, 4), ..., add,
            sums=(t("Sells for"), t("Not paid yet")), height=ROW_TWO_LINES, within=self.beside,
        )  # fmt: skip
        self.panel = ShopPanel(workspace, self.beside.ground)
        self.beside.add(self.panel)
        self.panel.history.answered.connect(self._draw_months)
        self.beside.stacked.connect(self._stacked)
        self.months = ShopMonths(workspace)
        self.card.body.insertWidget(self.card.body.count() - 1, self.months)
        text = t("Set up the shops where you leave goods. Then what stands there, and what is "
                 "owed, is known at any time.")  # fmt: skip
        self.invite("storefront", t("No shops yet"), text, new)

    def _stacked(self, stacked: bool) -> None:
        """Below each other the list shows a few shops, and the page scrolls."""
        shops = len(self._known.shops) if self._known is not None else _FEW
        few = self.ui.theme.px(40 + min(_FEW, shops) * ROW_TWO_LINES)
        self.table.setMinimumHeight(few if stacked else 0)
        self.panel.show_whole(stacked)

    def _draw_months(self, visits: tuple[Visit, ...]) -> None:
        shop, known = self.panel.shop, self._known
        room = known is not None and len(known.shops) <= _ROOM and not self.beside.is_stacked
        self.months.show_visits(shop.name if shop is not None else "", visits if room else ())

    # -- what the book says ----------------------------------------------------------------

    def refresh(self) -> None:
        shown = self.panel.shop.code if self.panel.shop is not None else ""
        wanted, day = self._wanted[0] or shown, usual_day(self.workspace)
        self.ask(lambda book: book.read(_ask, wanted, day), self._show)

    def _show(self, found: _Found) -> None:
        self._known = known = found.known
        self.panel.history.take(found.shop, found.visits)
        self.panel.show_known(known, found.day, found.then)
        self._stacked(self.beside.is_stacked)
        self.show_all(known.shops)
        self._go_on()

    def _row(self, shop: Shop) -> ListRow:
        assert self._known is not None
        return shop_row(self.ui, shop, self._known.today)

    def _words(self, shop: Shop) -> str:
        return " ".join((shop.name, shop.address, shop.phone, *(x.name for x in shop.goods)))

    def _counted(self, _found: Sequence[Shop]) -> str:
        holding = sum(bool(shop.goods) for shop in self.things)
        return self.t.ngettext("{n} shop with goods", "{n} shops with goods", holding)

    def _sums(self, _found: Sequence[Shop]) -> tuple[str, str]:
        rupiah, owed = self.ui.formats.rupiah, sum(shop.owed for shop in self.things)
        restyle(self.foot.sums[self.t("Not paid yet")], tone="warn" if owed > 0 else "")
        return rupiah(sum(shop.value for shop in self.things)), rupiah(owed)

    def _show_chosen(self, shop: Shop | None) -> None:
        self.panel.setVisible(shop is not None)
        if shop is not None:
            self.panel.show_shop(shop)

    def open(self, key: object) -> None:
        """Nothing: the shop is shown beside the list."""

    # -- getting about ---------------------------------------------------------------------

    def show_part(self, part: str) -> None:
        """Shows a shop, and what is to be done there."""
        code, _, act = part.partition("/")
        self._wanted = (code, act)
        if self._known is not None and not self._stale:
            self._go_on()

    def _go_on(self) -> None:
        code, act = self._wanted
        self._wanted = ("", "")
        if code:
            self.seek.clear()
            self.table.choose(code)
            self.panel.choose_part(act)
