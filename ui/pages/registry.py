"""The places of the sidebar by name. Pages are imported when first shown."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module

from kwt_books.i18n.catalogue import noop
from ui.desk import Desk
from ui.pages.base import Page


@dataclass(frozen=True, slots=True)
class Place:
    """`title` is an English message; `group` sets places apart by a line in the sidebar.
    `page` is a class of `ui.pages.MODULE`."""

    name: str
    title: str
    icon: str
    group: int
    module: str
    page: str

    def make(self, desk: Desk) -> Page:
        made: Page = getattr(import_module(f"ui.pages.{self.module}"), self.page)(desk)
        return made


PLACES: dict[str, Place] = {
    place.name: place
    for place in (
        Place("home", noop("Home"), "house", 0, "home", "HomePage"),
        Place("sell", noop("Sell"), "shopping-bag-open", 1, "sell", "SellPage"),
        Place("shops", noop("Shops"), "storefront", 1, "shops", "ShopsPage"),
        Place("garden", noop("Garden & Seedlings"), "leaf", 1, "nursery", "NurseryPage"),
        Place("kitchen", noop("Kitchen"), "cooking-pot", 1, "kitchen", "KitchenPage"),
        Place("stock", noop("Stock"), "package", 1, "stock", "InventoryPage"),
        Place("cash", noop("Shopping & Cash"), "wallet", 1, "money", "MoneyPage"),
        Place("funds", noop("Funds"), "chart-pie-slice", 2, "funds", "FundsPage"),
        Place("close", noop("Month Close"), "calendar-check", 2, "month_close", "MonthClosePage"),
        Place("reports", noop("Reports"), "file-text", 2, "reports", "ReportsPage"),
        Place("journal", noop("Diary"), "notebook", 2, "journal", "JournalPage"),
        Place("audit", noop("Checks"), "shield-check", 2, "audit", "AuditPage"),
        Place("settings", noop("Settings"), "gear-six", 3, "settings", "SettingsPage"),
    )
}

_FORMS_AHEAD = ("market_day", "sale", "purchase", "payment", "production", "harvest", "sowing")
AHEAD: tuple[str, ...] = (
    *(f"ui.pages.{place.module}" for place in PLACES.values()),
    *(f"ui.forms.{name}" for name in _FORMS_AHEAD),
)
"""What is worth reading in before anybody goes there."""
