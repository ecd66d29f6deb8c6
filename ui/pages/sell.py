"""Jual: the Friday outlet, product fairs, sales at the door, and what was sold."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from kwt_books.domain.access import may_record
from ui.desk import Desk
from ui.forms.sale_parts.selling import SellingForm
from ui.pages.base import Page, TabbedPage
from ui.pages.sell_list import SalesListPage


class FormPart(Page):
    """A form as a part of a page: asks again what there is whenever the book has changed."""

    def __init__(self, desk: Desk, make: Callable[[QWidget], SellingForm]) -> None:
        super().__init__(desk)
        self._make = make
        self._form: SellingForm | None = None

    @property
    def form(self) -> SellingForm:
        """Made when first shown, inside the window: so it is dressed once only."""
        if self._form is None:
            self._form = self._make(self)
            self.body.addWidget(self._form, 1)
        return self._form

    def follows_month(self) -> bool:
        return False

    def refresh(self) -> None:
        self.form.reload()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """The keyboard is in the goods from the start."""
        super().showEvent(event)
        self.form.grid.focus_first()


def _market_day(desk: Desk) -> Page:
    from ui.forms.market_day import MarketDayForm

    return FormPart(desk, lambda page: MarketDayForm(desk, {}, parent=page))


def _fair(desk: Desk) -> Page:
    from ui.forms.market_day import MarketDayForm

    return FormPart(desk, lambda page: MarketDayForm(desk, {}, fair=True, parent=page))


def _sale(desk: Desk) -> Page:
    from ui.forms.sale import SaleForm

    return FormPart(desk, lambda page: SaleForm(desk, {}, parent=page))


def _seedlings(desk: Desk) -> Page:
    from ui.forms.sale import SaleForm

    return FormPart(desk, lambda page: SaleForm(desk, {}, seedlings=True, parent=page))


class SellPage(TabbedPage):
    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        t = self.t
        if may_record(desk.person.role, "market_day"):
            self.add_tab("market_day", t("Friday Outlet"), _market_day)
            self.add_tab("fair", t("Product Fair"), _fair)
            self.add_tab("sale", t("Direct Sale"), _sale)
            self.add_tab("seedlings", t("Seedlings"), _seedlings)
        self.add_tab("list", t("List of Sales"), SalesListPage)
