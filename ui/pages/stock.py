"""Persediaan: what stands where, how long it keeps, and whether it is really there."""

from __future__ import annotations

from kwt_books.domain.access import may_record
from kwt_books.queries.shelves import Shelves
from ui.desk import Desk
from ui.forms.stock_count import StockCountForm
from ui.pages.base import TabbedPage
from ui.pages.stock_lists import LotsPage, Shelf, StockPage


class CountPage(Shelf):
    """The count as a part of the page; after each recording it asks again what there is."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.form = StockCountForm(desk, {})
        self.body.addWidget(self.form, 1)
        self.body.addWidget(self.empty, 1)

    def show_shelves(self, known: Shelves) -> None:
        self.form.setVisible(bool(known.items))
        self.empty.setVisible(not known.items)
        self.form.take(known)


class InventoryPage(TabbedPage):
    """Parts: `on_hand`, `lots`, `count`."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        t = self.t
        self.add_tab("on_hand", t("What is there"), StockPage)
        self.add_tab("lots", t("Lots & expiry"), LotsPage)
        if may_record(desk.person.role, "stock_count"):
            self.add_tab("count", t("Count the stock"), CountPage)
