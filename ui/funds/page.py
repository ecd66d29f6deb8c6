"""Dana: the funds with their balances, what one of them received and spent month by month, and what
it was spent on.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QSizePolicy,
    QWidget,
)

from kwt_books.domain.values import Month, last_day
from kwt_books.queries.funds import FundBar, FundBars, FundMonth, Spent, fund_bars
from ui.kit.button import Button, EnterPresses, OneOf
from ui.kit.card import Card, EmptyState
from ui.kit.chart import Frame, Plot, Swatch, legend
from ui.kit.chart_picture import ChartPicture
from ui.kit.layout import (
    column,
    discard,
    figures,
    fill,
    holder,
    label,
    row,
    rule,
    show_text,
)
from ui.kit.list import ListRow, ListTable, head_row
from ui.kit.list_page import Foot, lead
from ui.kit.look import GUTTER, ROW_LIST, UiContext, smooth
from ui.kit.page import Page
from ui.kit.party import account_name
from ui.kit.scrolling import Beside, Scrolling
from ui.kit.table import Cell
from ui.kit.workspace import Workspace

_BAR_WIDTH = 26
_FRAME = Frame(60, 10, 2, 42, height=190, least=150)


class FundChart(Plot):
    """Twelve months of a fund, the last being the month in hand; rupiah."""

    def __init__(self, ui: UiContext) -> None:
        super().__init__(ui, _FRAME)
        self.swatches = (
            Swatch(ui.t("In"), "bar", "bar_edge"),
            Swatch(ui.t("Spent"), "amber_bg", "amber"),
        )
        self._months: tuple[FundMonth, ...] = ()

    def show_months(self, name: str, months: Sequence[FundMonth]) -> None:
        """Shows the months; `name` is the fund's, for a screen reader too."""
        self._months = tuple(months)
        values = [0, *(each.received for each in months), *(-each.spent for each in months)]
        self._show(name, values)

    def _places(self) -> int:
        return len(self._months)

    def _peak(self, place: int) -> int:
        return max(0, self._months[place].received)

    def describe(self, place: int) -> str:
        """`Juni 2026: masuk Rp360.000, dipakai Rp200.000, sisa Rp560.000`."""
        month, rupiah = self._months[place], self._ui.formats.rupiah
        return self._ui.t(
            "{month}: {received} in, {spent} spent, {left} left",
            month=self._ui.formats.month(month.month),
            received=rupiah(month.received),
            spent=rupiah(month.spent),
            left=rupiah(month.closing),
        )

    # -- painting --------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        if not any(each.received or each.spent for each in self._months):
            text = self._ui.t("Nothing moved in these twelve months")
            self._paint_nothing(painter, text)
            return
        self._paint_grid(painter)
        for place, month in enumerate(self._months):
            now = place == len(self._months) - 1 or place == self.selected
            into = ("bar_now", "bar_now") if now else ("bar", "bar_edge")
            out = ("amber" if now else "amber_bg", "amber")
            for amount, colors in ((month.received, into), (-month.spent, out)):
                if amount:
                    bar = self._bar(place, amount, _BAR_WIDTH, 0.6)
                    self._paint_bar(painter, bar, *colors)
            self._paint_label(painter, place, month.month)

    def _paint_label(self, painter: QPainter, place: int, month: str) -> None:
        now, px = place == len(self._months) - 1, self._ui.theme.px
        name, top = self._ui.formats.month_alone(month)[:3], self.height() - px(38)
        self._write_below(painter, place, top, name, "text" if now else "text2", bold=now)
        if place == 0 or month.endswith("-01"):
            year, december = str(Month(month).year), month.endswith("-12")
            self._write_year(painter, place, top + px(18), year, begins_next=december)


# -- The funds as bars: the balance of each, and what was spent this month -----------------------


ROW = 92
_BAR_HEIGHT = 10
_EDGE = 3


class FundButton(EnterPresses, QAbstractButton):
    """A fund: name, balance, a bar, and what came and went this month."""

    def __init__(self, ui: UiContext, fund: FundBar, most: int) -> None:
        super().__init__()
        self._ui, self.fund, self._most = ui, fund, max(1, most)
        self.setCheckable(True)
        self.setFixedHeight(ui.theme.px(ROW))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._name = account_name(ui, fund.account)
        self.setText(self._name.replace("&", "&&"))
        self.setAccessibleName(f"{self._name}: {ui.formats.rupiah(fund.now.closing)}")
        self.setAccessibleDescription(self.words())

    def words(self) -> str:
        """`+360.000 masuk, −200.000 dipakai`."""
        t, number, now = self._ui.t, self._ui.formats.number, self.fund.now
        parts = []
        if now.received:
            parts.append(t("{amount} shared in", amount=f"+{number(now.received)}"))
        if now.spent:
            parts.append(t("{amount} spent", amount=number(-now.spent)))
        if now.other:
            sign = "+" if now.other > 0 else ""
            parts.append(t("{amount} other", amount=f"{sign}{number(now.other)}"))
        return ", ".join(parts) or t("Nothing moved this month")

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(self._ui.theme.px(280), self._ui.theme.px(ROW))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        theme, painter = self._ui.theme, smooth(self)
        if self.isChecked():
            painter.fillRect(self.rect(), theme.color("soft"))
            painter.fillRect(QRect(0, 0, _EDGE, self.height()), theme.color("accent"))
        elif self.underMouse():
            painter.fillRect(self.rect(), theme.color("sunken"))
        painter.fillRect(QRect(0, self.height() - 1, self.width(), 1), theme.color("grid"))
        inner = self.rect().adjusted(GUTTER, theme.px(12), -GUTTER, 0)
        self._paint_words(painter, inner)
        self._paint_bar(painter, inner)

    def _paint_words(self, painter: QPainter, inner: QRect) -> None:
        theme, fund = self._ui.theme, self.fund
        line = QRect(inner.left(), inner.top(), inner.width(), theme.px(22))
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        figure, color = self._ui.formats.rupiah(fund.now.closing), "text"
        if fund.now.closing < 0:
            color = "red"
        theme.write(painter, line, figure, color, "card", bold=True, figures=True, at=right)
        taken = painter.fontMetrics().horizontalAdvance(figure) + 12
        theme.write(painter, line.adjusted(0, 0, -taken, 0), self._name, bold=True, elided=True)
        below = line.translated(0, theme.px(22) + theme.px(_BAR_HEIGHT + 14))
        share = self._ui.formats.percent(fund.percent * 10) if fund.percent else ""
        theme.write(painter, below, share, "text2", "caption", at=right)
        taken = painter.fontMetrics().horizontalAdvance(share) + 12
        words = below.adjusted(0, 0, -taken, 0)
        theme.write(painter, words, self.words(), "text2", "caption", elided=True)

    def _paint_bar(self, painter: QPainter, inner: QRect) -> None:
        """The balance dark, what was spent this month light, to the scale of the largest fund."""
        theme, now = self._ui.theme, self.fund.now
        high = theme.px(_BAR_HEIGHT)
        track = QRect(inner.left(), inner.top() + theme.px(30), inner.width(), high)
        lengths = (
            ("grid", self._most),
            ("bar", max(0, now.closing) + max(0, now.spent)),
            ("accent", max(0, now.closing)),
        )
        for color, amount in lengths:
            length = min(track.width(), track.width() * amount // self._most)
            if length > 0:
                part = QRect(track.left(), track.top(), max(length, high), high)
                theme.paint_round(painter, part, color, high / 2)


class FundList(QWidget):
    """The funds as buttons, one of them checked; ↑ and ↓ go from one to the next."""

    chosen = Signal(str)

    def __init__(self, ui: UiContext) -> None:
        super().__init__()
        self._ui = ui
        self._page = column(..., parent=self)
        self.buttons: dict[str, FundButton] = {}
        self._group = OneOf(self)

    @property
    def current(self) -> str:
        """The code of the fund chosen, empty where none is."""
        return next((code for code, each in self.buttons.items() if each.isChecked()), "")

    def show_funds(self, funds: Sequence[FundBar]) -> None:
        """Shows the funds, the first chosen to begin with; the choice and the keyboard stay where
        they were.
        """
        kept = self.current
        focused = any(each.hasFocus() for each in self.buttons.values())
        for old in self.buttons.values():
            self._page.removeWidget(old)
            self._group.removeButton(old)
            discard(old)
        most = max((each.now.closing + max(0, each.now.spent) for each in funds), default=0)
        self.buttons = {each.account.code: FundButton(self._ui, each, most) for each in funds}
        chosen = kept if kept in self.buttons else next(iter(self.buttons), "")
        for place, (code, button) in enumerate(self.buttons.items()):
            self._group.add(button)
            self._page.insertWidget(place, button)
            button.setChecked(code == chosen)
            button.toggled.connect(lambda on, code=code: self.chosen.emit(code) if on else None)
        if focused and chosen:
            self.buttons[chosen].setFocus()

    def choose(self, code: str) -> None:
        """Chooses a fund by its code."""
        if code in self.buttons:
            self.buttons[code].setChecked(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        codes = list(self.buttons)
        if step is None or not codes:
            super().keyPressEvent(event)
            return
        at = codes.index(self.current) + step
        code = codes[max(0, min(at, len(codes) - 1))]
        self.choose(code)
        self.buttons[code].setFocus()


_ASIDE, _LEAST = 400, 560
_WHOLE = 4
"""Funds that are seen without scrolling."""


class FundsPage(Page):
    """The page of the funds."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        t = self.t
        self.bars: FundBars | None = None
        self.beside = Beside(self.ui, self._make_past(), self._make_list(), _ASIDE, _LEAST)
        lead(self.beside, left=True)
        self.body.addWidget(self.beside, 1)
        self.filled = (self.beside,)
        text = t("When a month is closed, its profit is shared among the funds as the meeting "
                 "decided. What is paid out of a fund then shows here.")  # fmt: skip
        empty = self.invite("chart-pie-slice", t("Nothing is set aside yet"), text)
        empty.offer(t("Go to Month close"), lambda: workspace.go("close"), "calendar-check")

    # -- layout ----------------------------------------------------------------------------

    def _make_list(self) -> Card:
        t, card = self.t, Card(margins=0, space=0)
        self.when = label("", "caption")
        words = column(label(t("The group's funds"), "card"), self.when)
        self.total = figures(self.ui, "", "title")
        card.body.addLayout(row((words, 1), self.total, space=8, margins=(GUTTER, 12, GUTTER, 12)))
        card.body.addWidget(rule())
        self.list = FundList(self.ui)
        self.list.setObjectName("bare")
        self.list.chosen.connect(lambda _code: self._show_fund())
        area = Scrolling(self.list)
        area.setMinimumHeight(self.ui.theme.px(_WHOLE * ROW))
        fill(card.body, (area, 1), rule())
        self.decision = label("", "caption", wrap=True)
        share = Button(self.ui, t("Share profit of the year"), "chart-pie-slice")
        share.hint(t("What the annual meeting decided"))
        share.when_clicked(lambda: self.workspace.open_form("appropriation"))
        share.only_where(self.workspace.may("appropriation"))
        card.body.addLayout(column(self.decision, row(share, ...), margins=GUTTER, space=8))
        return card

    def _make_past(self) -> QWidget:
        cards = (self._make_chart(), 1), (self._make_spent(), 1)
        return holder(column(*cards, space=GUTTER), "canvas")

    def _make_chart(self) -> Card:
        card = Card()
        self.name = label("", "card")
        self.chart = FundChart(self.ui)
        ChartPicture(self.workspace, self.chart)
        self.chart.setMinimumHeight(self.ui.theme.px(200))
        top = row(self.name, ..., legend(self.ui, self.chart.swatches), space=8)
        fill(card.body, top, (self.chart, 1))
        return card

    def _make_spent(self) -> Card:
        t, card = self.t, Card(margins=0, space=0)
        self.pay_button = Button(self.ui, t("Pay out of this fund"), "receipt", kind="quiet")
        self.pay_button.when_clicked(self._pay).only_where(self.workspace.may("payment"))
        title = label(t("Spent on"), "card")
        top = row(title, ..., self.pay_button, space=8, margins=(GUTTER, 8, GUTTER, 8))
        headings = head_row(t("Date"), t("Number"), t("Details"), t("Amount"), figures=(3,))
        self.table = ListTable(self.ui, headings, ROW_LIST)
        self.table.stretch(2)
        self.table.setMinimumHeight(self.ui.theme.px(4 * ROW_LIST))
        self.table.setToolTip(t("Enter or a double click opens it in the diary"))
        self.table.opened.connect(lambda number: self.workspace.go("journal", number))
        words = t("Nothing was paid out of this fund")
        self.nothing = EmptyState(self.ui, "receipt", words, later=True)
        self.nothing.setObjectName("bare")
        self.foot = Foot(self.ui, t("Total"))
        fill(card.body, top, (self.table, 1), (self.nothing, 1), self.foot)
        return card

    # -- what the book says ----------------------------------------------------------------

    def refresh(self) -> None:
        month, language = self.workspace.month, self.ui.language
        self.ask(lambda book: book.read_in(language, fund_bars, month), self._show)

    def _show(self, bars: FundBars) -> None:
        self.bars, formats, t = bars, self.ui.formats, self.t
        moved = any(any((m.opening, m.closing, m.received)) for f in bars.funds for m in f.months)
        self.show_filled(moved)
        self.when.setText(t("As of {day}", day=formats.day(last_day(self.workspace.month))))
        self.total.setText(formats.rupiah(bars.total))
        self.list.show_funds(bars.funds)
        show_text(self.decision, self._decision(bars))
        self._show_fund()

    def _decision(self, bars: FundBars) -> str:
        if bars.decided is None:
            return ""
        return self.t(
            "Shares of profit by decision {decision} of {day}",
            decision=bars.decision,
            day=self.ui.formats.day(bars.decided),
        )

    @property
    def fund(self) -> FundBar | None:
        """The fund chosen, or None."""
        funds = self.bars.funds if self.bars is not None else ()
        return next((each for each in funds if each.account.code == self.list.current), None)

    def _show_fund(self) -> None:
        fund = self.fund
        if fund is None or self.bars is None:
            return
        name = account_name(self.ui, fund.account)
        self.name.setText(self.t("{fund}, the last 12 months", fund=name))
        self.chart.show_months(name, fund.months)
        spent = [each for each in self.bars.spent if each.fund == fund.account.code]
        self.table.show_rows([self._row(each) for each in spent])
        self.table.setVisible(bool(spent))
        self.nothing.setVisible(not spent)
        total = self.ui.formats.rupiah(sum(each.amount for each in spent))
        self.foot.sums[self.t("Total")].setText(total)
        self.foot.remark.setText(self.t("The last 12 months"))

    def _row(self, spent: Spent) -> ListRow:
        day = self.ui.short_day(spent.day)
        undoes = spent.corrected is not None
        tone = "quiet" if undoes else ""
        return ListRow(
            spent.number,
            (
                Cell(day),
                Cell(spent.number, tone="quiet"),
                Cell(spent.text, tone=tone, icon="arrow-u-up-left" if undoes else ""),
                Cell(self.ui.formats.number(spent.amount), bold=not undoes, tone=tone),
            ),
        )

    # -- getting about ---------------------------------------------------------------------

    def show_part(self, part: str) -> None:
        """Chooses the fund of that code."""
        self.list.choose(part)

    def _pay(self) -> None:
        self.workspace.open_form("payment", fund=self.list.current)
