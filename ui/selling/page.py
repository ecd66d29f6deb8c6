"""Jual: the Friday outlet, product fairs, direct sales, seedlings, and the list of sales, behind
tabs.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from kwt_books.i18n.catalogue import noop
from kwt_books.queries.overview import SetupData, setup_data
from kwt_books.queries.selling import SaleEntry, sales_of
from kwt_books.reports.kinds import venue_name
from ui.kit.button import Button
from ui.kit.list import ListRow, head_row
from ui.kit.list_page import ListPage
from ui.kit.look import ROW_TWO_LINES
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


class SalesListPage(ListPage[SaleEntry]):
    """Every document of the month that sold something, newest first."""

    selects_first = False

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        t = self.t
        self._setup: SetupData | None = None
        titles = (
            t("Date"), t("Sold at"), t("Goods"), t("Sales"), t("Received"), t("Not paid yet"),
        )  # fmt: skip
        headings = head_row(*titles, figures=(3, 4, 5))
        self.lay_out(headings, sums=(t("Sales"),), height=ROW_TWO_LINES)
        self.table.stretch(2)
        self._add_buttons()
        text = t("Record a Friday outlet or another sale; it will be listed here.")
        empty = self.invite("shopping-bag-open", t("Nothing was sold in this month yet"), text)
        if workspace.may("market_day"):
            market = partial(workspace.go, "sell", "market_day")
            empty.offer(t("Friday outlet"), market, "shopping-bag-open")

    def _add_buttons(self) -> None:
        t, ui, may = self.t, self.ui, self.workspace.may
        printed = Button(ui, t("Print"), "printer").hint(t("Print the one chosen"))
        opened = Button(ui, t("Open"), "notebook").hint(t("Open it in the diary"))
        back = Button(ui, t("Goods came back"), "arrow-u-up-left").hint(t("Return from a buyer"))
        back.when_clicked(partial(self.workspace.open_form, "sale_return"))
        back.only_where(may("sale_return"))
        printed.when_clicked(self._print)
        opened.when_clicked(lambda: self.open(self.table.key))
        for place, button in enumerate((printed, opened, back)):
            self.foot.line.insertWidget(place, button)

    # -- what the book says ----------------------------------------------------------------

    def refresh(self) -> None:
        """Asks for the month's sales."""
        month = self.workspace.month
        self.ask(lambda book: (book.read(setup_data), book.read(sales_of, month)), self._show)

    def _show(self, found: tuple[SetupData, tuple[SaleEntry, ...]]) -> None:
        self._setup, sales = found
        self.show_all(sales)

    def _counted(self, found: Sequence[SaleEntry]) -> str:
        return self.t.ngettext("{n} sale", "{n} sales", len(_held(found)))

    def _sums(self, found: Sequence[SaleEntry]) -> tuple[str]:
        return (self.ui.formats.rupiah(sum(sale.revenue for sale in _held(found))),)

    def _row(self, sale: SaleEntry) -> ListRow:
        formats = self.ui.formats
        gone = sale.corrected_by is not None
        tone = "quiet" if gone else ""
        party = self._setup.parties.get(sale.where) if self._setup is not None else None
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


def _held(sales: Sequence[SaleEntry]) -> list[SaleEntry]:
    return [sale for sale in sales if sale.corrected_by is None]


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
        self.add_tabs(
            "sell",
            {
                "market_day": _market_day,
                "fair": _fair,
                "sale": _sale,
                "seedlings": _seedlings,
                "list": SalesListPage,
            },
        )
