"""Jual: the Friday outlet, product fairs, direct sales, seedlings, and the list of sales, behind
tabs.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QWidget

from kwt_books.i18n.catalogue import noop
from kwt_books.queries.overview import SetupData, setup_data
from kwt_books.queries.selling import SaleEntry, sales_of
from kwt_books.reports.kinds import venue_name
from ui.kit.button import Button
from ui.kit.card import Card, EmptyState
from ui.kit.layout import figures, fill, label, row, rule
from ui.kit.list import ListRow, ListTable, head_row
from ui.kit.look import GUTTER, ROW_TWO_LINES
from ui.kit.page import Page, TabbedPage
from ui.kit.table import Cell
from ui.kit.till import SellingForm
from ui.kit.words import quantity
from ui.kit.workspace import Workspace

# -- The list of the month's sales, newest first -------------------------------------------------


_KINDS = {
    "market_day": noop("Market day"),
    "sale": noop("Direct sale"),
    "consignment_settlement": noop("Shop settles"),
}


class SalesListPage(Page):
    """Every document of the month that sold something, newest first."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        t = self.t
        self._card = Card(margins=0, space=0)
        self.table = ListTable(
            self.ui,
            head_row(
                t("Date"),
                t("Sold at"),
                t("Goods"),
                t("Sales"),
                t("Received"),
                t("Not paid yet"),
                figures=(3, 4, 5),
            ),
            ROW_TWO_LINES,
        )
        self.table.stretch(2)
        self.table.opened.connect(self._open)
        fill(self._card.body, (self.table, 1), rule(), self._foot())
        self.empty = EmptyState(
            self.ui,
            "shopping-bag-open",
            t("Nothing was sold in this month yet"),
            t("Record a Friday outlet or another sale; it will be listed here."),
        )
        if workspace.may("market_day"):
            market = partial(workspace.go, "sell", "market_day")
            self.empty.offer(t("Friday Outlet"), market, "shopping-bag-open")
        fill(self.body, (self._card, 1), (self.empty, 1))
        self.empty.hide()

    def _foot(self) -> QFrame:
        foot = QFrame()
        foot.setObjectName("foot")
        line = row(parent=foot, space=GUTTER, margins=(GUTTER, 10, GUTTER, 10))
        t = self.t
        self.print_button = Button(self.ui, t("Print"), "printer").hint(t("Print the one chosen"))
        self.print_button.when_clicked(self._print)
        self.open_button = Button(self.ui, t("Open"), "notebook").hint(t("Open it in the diary"))
        self.open_button.when_clicked(lambda: self._open(self.table.key))
        self.return_button = Button(self.ui, t("Goods came back"), "arrow-u-up-left")
        self.return_button.hint(t("Return from a buyer"))
        self.return_button.when_clicked(partial(self.workspace.open_form, "sale_return"))
        self.return_button.setVisible(self.workspace.may("sale_return"))
        self._count = label("", "caption")
        self._total = figures(self.ui, "", "card")
        fill(line, self.print_button, self.open_button, self.return_button, ...)
        fill(line, self._count, self._total)
        return foot

    # -- what the book says ----------------------------------------------------------------

    def refresh(self) -> None:
        """Asks for the month's sales."""
        month = self.workspace.month
        self.ask(lambda book: (book.read(setup_data), book.read(sales_of, month)), self._show)

    def _show(self, found: tuple[SetupData, tuple[SaleEntry, ...]]) -> None:
        setup, sales = found
        held = [sale for sale in sales if sale.corrected_by is None]
        self.table.show_rows([self._row(setup, sale) for sale in sales])
        self._card.setVisible(bool(sales))
        self.empty.setVisible(not sales)
        self._count.setText(self.t.ngettext("{n} sale", "{n} sales", len(held)))
        self._total.setText(self.ui.formats.rupiah(sum(sale.revenue for sale in held)))

    def _row(self, setup: SetupData, sale: SaleEntry) -> ListRow:
        formats = self.ui.formats
        gone = sale.corrected_by is not None
        tone = "quiet" if gone else ""
        party = setup.parties.get(sale.where)
        where = party.name if party is not None else venue_name(sale.where)
        kind = self.t(_KINDS[sale.kind])
        goods = ", ".join(f"{name} {quantity(self.ui, n, unit)}" for name, n, unit in sale.goods)
        second = self.t("Undone by {number}", number=sale.corrected_by) if gone else ""
        return ListRow(
            sale.number,
            (
                Cell(formats.day(sale.date), sale.number, tone=tone),
                Cell(where or kind, kind if where else "", tone=tone),
                Cell(goods, second, tone=tone, struck=gone),
                Cell(formats.number(sale.revenue), tone=tone, bold=not gone, struck=gone),
                Cell(formats.number(sale.received), tone=tone),
                Cell(
                    formats.number(sale.owed) if sale.owed else "–", tone="warn" * bool(sale.owed)
                ),
            ),
        )

    def _print(self) -> None:
        if self.table.key is not None:
            self.workspace.print_voucher(self.table.key)

    def _open(self, number: str | None) -> None:
        if number is not None:
            self.workspace.go("journal", number)


class FormPart(Page):
    """A form as a part of the page; it asks again whenever the book has changed."""

    monthly = False

    def __init__(self, workspace: Workspace, make: Callable[[QWidget], SellingForm]) -> None:
        super().__init__(workspace)
        self._make = make
        self._form: SellingForm | None = None

    @property
    def form(self) -> SellingForm:
        """The form, made when first shown, inside the window, so that Qt styles it only once."""
        if self._form is None:
            self._form = self._make(self)
            self.body.addWidget(self._form, 1)
        return self._form

    def refresh(self) -> None:
        """Lets the form ask what is in stock."""
        self.form.reload()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Gives the goods the keyboard at first."""
        super().showEvent(event)
        self.form.grid.focus_first()


def _market_day(workspace: Workspace) -> Page:
    from ui.selling.market_day import MarketDayForm

    return FormPart(workspace, lambda page: MarketDayForm(workspace, {}, parent=page))


def _fair(workspace: Workspace) -> Page:
    from ui.selling.market_day import MarketDayForm

    return FormPart(workspace, lambda page: MarketDayForm(workspace, {}, fair=True, parent=page))


def _sale(workspace: Workspace) -> Page:
    from ui.selling.sale import SaleForm

    return FormPart(workspace, lambda page: SaleForm(workspace, {}, parent=page))


def _seedlings(workspace: Workspace) -> Page:
    from ui.selling.sale import SaleForm

    return FormPart(workspace, lambda page: SaleForm(workspace, {}, seedlings=True, parent=page))


class SellPage(TabbedPage):
    """The page of selling, its parts behind tabs."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        t = self.t
        if workspace.may("market_day"):
            self.add_tab("market_day", t("Friday Outlet"), _market_day)
            self.add_tab("fair", t("Product Fair"), _fair)
            self.add_tab("sale", t("Direct sale"), _sale)
            self.add_tab("seedlings", t("Seedlings"), _seedlings)
        self.add_tab("list", t("List of sales"), SalesListPage)
