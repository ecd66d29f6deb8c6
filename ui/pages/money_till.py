"""Uang: every cash account with its balance, and the month's lines of one or of all."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel

from kwt_books.domain.month import last_day
from kwt_books.queries.money import MOST_LINES, Purse, Till
from ui.desk import Desk
from ui.forms.money_words import account_name
from ui.forms.sale_parts.beside import Beside
from ui.pages.base import Page
from ui.pages.money_parts import Deed, DeedBar, Foot, lead, money_row
from ui.tokens import GUTTER, ROW_LIST, ROW_TWO_LINES
from ui.widgets.card import Card
from ui.widgets.empty import EmptyState
from ui.widgets.label import column, label, row, rule
from ui.widgets.list_table import Cell, Heading, ListRow, ListTable

_ASIDE, _LEAST = 336, 640
_WHOLE = 6
"""So many cash accounts are seen without scrolling."""
ALL = ""
"""Key of the row of all cash accounts together."""


class TillPart(Page):
    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        t = self.t
        self._till: Till | None = None
        self._sought, self._account = "", ALL
        self.deeds = DeedBar(
            desk,
            (
                Deed(t("Buy"), "shopping-cart-simple", "purchase", "Alt+4"),
                Deed(t("Pay"), "receipt", "payment", "Alt+5"),
                Deed(t("Receive money"), "download-simple", "receipt"),
                Deed(t("Move money"), "arrows-left-right", "transfer"),
                Deed(t("Count the cash"), "calculator", "cash_count"),
            ),
        )
        self.body.setSpacing(12)
        self.body.addWidget(self.deeds)
        self.beside = Beside(self.kit, self._make_lines(), self._make_purses(), _ASIDE, _LEAST)
        lead(self.beside)
        self.body.addWidget(self.beside, 1)
        self.empty = EmptyState(
            self.kit,
            "wallet",
            t("No money is recorded yet"),
            t("Record what the group buys, pays and receives. What lies where is then known at "
              "any time."),
        )  # fmt: skip
        if self.deeds.buttons:
            receive, buy = t("Receive money"), t("Buy")
            self.empty.offer(receive, lambda: desk.open_form("receipt"), "download-simple")
            self.empty.offer(
                buy, lambda: desk.open_form("purchase"), "shopping-cart-simple", primary=False
            )
        self.body.addWidget(self.empty, 1)
        self.empty.hide()

    # -- layout ----------------------------------------------------------------------------

    def _make_lines(self) -> Card:
        t, card = self.t, Card(margins=0, space=0)
        top = row(space=8)
        top.setContentsMargins(GUTTER, 10, GUTTER, 10)
        self.title = label("", "card")
        self.when = label("", "caption")
        top.addWidget(self.title)
        top.addStretch(1)
        top.addWidget(self.when)
        card.body.addLayout(top)
        self.table = ListTable(
            self.kit,
            (
                Heading(t("Date")),
                Heading(t("Number")),
                Heading(t("What it was")),
                Heading(t("Amount"), figures=True),
                Heading(t("Balance"), figures=True),
            ),
            ROW_LIST,
        )
        self.table.stretch(2)
        self.table.setMinimumHeight(self.kit.theme.px(5 * ROW_LIST))
        self.table.opened.connect(self._open)
        self.table.setToolTip(t("Enter or a double click opens it in the diary"))
        card.body.addWidget(self.table, 1)
        self.nothing = EmptyState(
            self.kit,
            "wallet",
            t("Nothing came in or went out"),
            t("Choose another month above, or another cash account on the right."),
        )
        self.nothing.setObjectName("bare")
        card.body.addWidget(self.nothing, 1)
        self.foot = Foot(self.kit, t("In"), t("Out"))
        card.body.addWidget(self.foot)
        return card

    def _make_purses(self) -> Card:
        t, card = self.t, Card(margins=0, space=0)
        top = column(space=0)
        top.setContentsMargins(GUTTER, 10, GUTTER, 10)
        top.addWidget(label(t("The group's money"), "card"))
        self.standing = label("", "caption")
        top.addWidget(self.standing)
        card.body.addLayout(top)
        card.body.addWidget(rule())
        self.purses = ListTable(
            self.kit, (Heading(t("Cash account")), Heading(t("Balance"), figures=True)),
            ROW_TWO_LINES,
        )  # fmt: skip
        self.purses.horizontalHeader().hide()
        self.purses.chosen.connect(self._choose)
        card.body.addWidget(self.purses, 1)
        self.total: QLabel
        foot = Foot(self.kit, t("In all"))
        self.total = foot.sums[t("In all")]
        card.body.addWidget(foot)
        return card

    # -- what the book says ----------------------------------------------------------------

    @property
    def account(self) -> str | None:
        """The cash account that is looked at; None: all of them."""
        return self._account or None

    def _choose(self, account: str) -> None:
        if account != self._account:
            self._account = account
            self.refresh()

    def refresh(self) -> None:
        month, language, account = self.desk.month, self.kit.language, self.account
        self.ask(lambda book: book.treasury.till(month, language, account), self._show)

    def _show(self, till: Till) -> None:
        self._till = till
        for widget in (self.beside, self.deeds):
            widget.setVisible(till.recorded)
        self.empty.setVisible(not till.recorded)
        self.deeds.setVisible(till.recorded and bool(self.deeds.buttons))
        formats, month = self.kit.formats, self.desk.month
        self.when.setText(formats.month(month))
        self.standing.setText(self.t("As of {day}", day=formats.day(last_day(month))))
        total = sum(each.balance for each in till.purses)
        self.total.setText(formats.rupiah(total))
        everything = ListRow(
            ALL, (Cell(self.t("All money"), bold=True), Cell(formats.number(total), bold=True))
        )
        self.purses.show_rows([everything, *(self._purse(each) for each in till.purses)])
        rows = min(len(till.purses) + 1, _WHOLE)
        self.purses.setMinimumHeight(rows * self.kit.theme.px(ROW_TWO_LINES))
        self.purses.choose(self._account)
        self._fill()

    def _purse(self, purse: Purse) -> ListRow:
        counted = self.t("Not counted yet")
        if purse.counted is not None:
            counted = self.t("Counted on {day}", day=self.kit.formats.short_day(purse.counted))
        tone = "error" if purse.balance < 0 else ""
        return ListRow(
            purse.account.code,
            (
                Cell(account_name(self.kit, purse.account), counted),
                Cell(self.kit.formats.number(purse.balance), bold=True, tone=tone),
            ),
        )

    def _fill(self) -> None:
        till, t, formats = self._till, self.t, self.kit.formats
        if till is None:
            return
        shown = [each for each in till.purses if self.account in (None, each.account.code)]
        one = shown[0].account if self.account is not None and shown else None
        self.title.setText(account_name(self.kit, one) if one is not None else t("All money"))
        lines = [
            each for each in till.lines if self._sought in f"{each.text} {each.number}".lower()
        ]
        self.table.show_rows([money_row(self.kit, each) for each in lines])
        self.table.setVisible(bool(lines))
        self.nothing.setVisible(not lines)
        self.foot.sums[t("In")].setText(formats.number(till.received))
        self.foot.sums[t("Out")].setText(formats.number(till.paid))
        many = len(till.lines) >= MOST_LINES
        count = t.ngettext("{n} line", "{n} lines", len(lines))
        more = t("The newest {n}; the diary has all of them", n=formats.number(MOST_LINES))
        self.foot.remark.setText(more if many else count)

    # -- getting about ---------------------------------------------------------------------

    def search(self, text: str) -> None:
        self._sought = text.strip().casefold()
        self._fill()

    def _open(self, number: str) -> None:
        self.desk.go("journal", number)
