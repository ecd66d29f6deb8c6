"""Dana: what is set aside for what, how it came in month by month, and what it was spent on."""

from __future__ import annotations

from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from kwt_books.domain.access import may_record
from kwt_books.domain.month import last_day
from kwt_books.queries.fund_bars import FundBar, FundBars, Spent
from ui.desk import Desk
from ui.forms.money_words import account_name
from ui.forms.sale_parts.beside import Beside
from ui.pages.base import Page
from ui.pages.funds_chart import FundChart, fund_legend
from ui.pages.funds_list import ROW, FundList
from ui.pages.money_parts import Foot, lead
from ui.tokens import GUTTER, ROW_LIST
from ui.widgets.button import Button
from ui.widgets.card import Card, scrolled
from ui.widgets.empty import EmptyState
from ui.widgets.label import column, figures, label, row, rule
from ui.widgets.list_table import Cell, Heading, ListRow, ListTable

_ASIDE, _LEAST = 400, 560
_WHOLE = 4
"""So many funds are seen without scrolling."""


class FundsPage(Page):
    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        t = self.t
        self._bars: FundBars | None = None
        self._sought = ""
        self.beside = Beside(self.kit, self._make_past(), self._make_list(), _ASIDE, _LEAST)
        lead(self.beside, left=True)
        self.body.addWidget(self.beside, 1)
        self.empty = EmptyState(
            self.kit,
            "chart-pie-slice",
            t("Nothing is set aside yet"),
            t("When a month is closed, its profit is shared among the funds as the meeting "
              "decided. What is paid out of a fund then shows here."),
        )  # fmt: skip
        self.empty.offer(t("To the month's close"), lambda: desk.go("close"), "calendar-check")
        self.body.addWidget(self.empty, 1)
        self.empty.hide()

    # -- layout ----------------------------------------------------------------------------

    def _make_list(self) -> Card:
        t, card = self.t, Card(margins=0, space=0)
        top = row(space=8)
        top.setContentsMargins(GUTTER, 12, GUTTER, 12)
        words: QVBoxLayout = column(space=0)
        words.addWidget(label(t("The group's funds"), "card"))
        self.when = label("", "caption")
        words.addWidget(self.when)
        top.addLayout(words, 1)
        self.total = figures(self.kit, "", "title")
        top.addWidget(self.total)
        card.body.addLayout(top)
        card.body.addWidget(rule())
        self.list = FundList(self.kit)
        self.list.setObjectName("bare")
        self.list.chosen.connect(lambda _code: self._show_fund())
        card.body.addWidget(self._scrolled(self.list), 1)
        card.body.addWidget(rule())
        foot = column(margins=GUTTER, space=4)
        self.decision = label("", "caption", wrap=True)
        foot.addWidget(self.decision)
        card.body.addLayout(foot)
        return card

    def _scrolled(self, inner: QWidget) -> QScrollArea:
        area = scrolled(inner)
        area.setMinimumHeight(self.kit.theme.px(_WHOLE * ROW))
        return area

    def _make_past(self) -> QWidget:
        made = QWidget()
        made.setObjectName("canvas")
        page = column(made, space=GUTTER)
        page.addWidget(self._make_chart(), 1)
        page.addWidget(self._make_spent(), 1)
        return made

    def _make_chart(self) -> Card:
        card = Card()
        top = row(space=8)
        self.name = label("", "card")
        top.addWidget(self.name)
        top.addStretch(1)
        top.addWidget(fund_legend(self.kit))
        card.body.addLayout(top)
        self.chart = FundChart(self.kit)
        self.chart.setMinimumHeight(self.kit.theme.px(200))
        card.body.addWidget(self.chart, 1)
        return card

    def _make_spent(self) -> Card:
        t, card = self.t, Card(margins=0, space=0)
        top = row(space=8)
        top.setContentsMargins(GUTTER, 8, GUTTER, 8)
        top.addWidget(label(t("Spent on"), "card"))
        top.addStretch(1)
        self.pay_button = Button(self.kit, t("Pay out of this fund"), "receipt", kind="quiet")
        self.pay_button.when_clicked(self._pay)
        if not may_record(self.desk.person.role, "payment"):
            self.pay_button.hide()
        top.addWidget(self.pay_button)
        card.body.addLayout(top)
        self.table = ListTable(
            self.kit,
            (
                Heading(t("Date")),
                Heading(t("Number")),
                Heading(t("What it was")),
                Heading(t("Amount"), figures=True),
            ),
            ROW_LIST,
        )
        self.table.stretch(2)
        self.table.setMinimumHeight(self.kit.theme.px(4 * ROW_LIST))
        self.table.setToolTip(t("Enter or a double click opens it in the diary"))
        self.table.opened.connect(lambda number: self.desk.go("journal", number))
        card.body.addWidget(self.table, 1)
        self.nothing = EmptyState(self.kit, "receipt", t("Nothing was paid out of this fund"))
        self.nothing.setObjectName("bare")
        card.body.addWidget(self.nothing, 1)
        self.foot = Foot(self.kit, t("In all"))
        card.body.addWidget(self.foot)
        return card

    # -- what the book says ----------------------------------------------------------------

    def refresh(self) -> None:
        month, language = self.desk.month, self.kit.language
        self.ask(lambda book: book.treasury.fund_bars(month, language), self._show)

    def _show(self, bars: FundBars) -> None:
        self._bars, formats, t = bars, self.kit.formats, self.t
        moved = any(any((m.opening, m.closing, m.received)) for f in bars.funds for m in f.months)
        self.beside.setVisible(moved)
        self.empty.setVisible(not moved)
        self.when.setText(t("As of {day}", day=formats.day(last_day(self.desk.month))))
        self.total.setText(formats.rupiah(bars.total))
        self.list.show_funds(bars.funds)
        if not self.list.current and bars.funds:
            self.list.choose(bars.funds[0].account.code)
        self.decision.setText(self._decision(bars))
        self.decision.setVisible(bool(self.decision.text()))
        self._show_fund()

    def _decision(self, bars: FundBars) -> str:
        if bars.decided is None:
            return ""
        return self.t(
            "Shares of profit by decision {decision} of {day}",
            decision=bars.decision,
            day=self.kit.formats.day(bars.decided),
        )

    @property
    def fund(self) -> FundBar | None:
        funds = self._bars.funds if self._bars is not None else ()
        return next((each for each in funds if each.account.code == self.list.current), None)

    def _show_fund(self) -> None:
        fund = self.fund
        if fund is None or self._bars is None:
            return
        name = account_name(self.kit, fund.account)
        self.name.setText(self.t("{fund}, the last 12 months", fund=name))
        self.chart.show_months(name, fund.months)
        spent = [
            each
            for each in self._bars.spent
            if each.fund == fund.account.code and self._sought in each.text.casefold()
        ]
        self.table.show_rows([self._row(each) for each in spent])
        self.table.setVisible(bool(spent))
        self.nothing.setVisible(not spent)
        total = self.kit.formats.rupiah(sum(each.amount for each in spent))
        self.foot.sums[self.t("In all")].setText(total)
        self.foot.remark.setText(self.t("The last 12 months"))

    def _row(self, spent: Spent) -> ListRow:
        day = self.kit.formats.short_day(spent.day)
        if spent.day.year != int(self.desk.month[:4]):
            day = f"{day} {spent.day.year}"
        undoes = spent.corrected is not None
        tone = "quiet" if undoes else ""
        return ListRow(
            spent.number,
            (
                Cell(day),
                Cell(spent.number, tone="quiet"),
                Cell(spent.text, tone=tone, icon="arrow-u-up-left" if undoes else ""),
                Cell(self.kit.formats.number(spent.amount), bold=not undoes, tone=tone),
            ),
        )

    # -- getting about ---------------------------------------------------------------------

    def show_part(self, part: str) -> None:
        """The code of a fund."""
        self.list.choose(part)

    def search(self, text: str) -> None:
        self._sought = text.strip().casefold()
        self._show_fund()

    def _pay(self) -> None:
        self.desk.open_form("payment", fund=self.list.current)
