"""The places of the sidebar and the verbs, by name. Pages are imported when first shown."""

from __future__ import annotations

from collections.abc import Callable
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


@dataclass(frozen=True, slots=True)
class Verb:
    """Something to record, a key away: Alt+1 to Alt+8 in the order of `VERBS`."""

    name: str
    title: str
    icon: str
    group: int
    start: Callable[[Desk], None]


def _part(place: str, part: str) -> Callable[[Desk], None]:
    return lambda desk: desk.go(place, part)


def _form(name: str) -> Callable[[Desk], None]:
    return lambda desk: desk.open_form(name)


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

VERBS: tuple[Verb, ...] = (
    Verb("market_day", noop("Friday Outlet"), "shopping-bag-open", 0, _part("sell", "market_day")),
    Verb("consignment", noop("Leave at Shop"), "truck", 0, _form("consignment")),
    Verb("settlement", noop("Shop Settles"), "handshake", 0, _form("settlement")),
    Verb("purchase", noop("Buy"), "shopping-cart-simple", 1, _form("purchase")),
    Verb("payment", noop("Pay"), "receipt", 1, _form("payment")),
    Verb("production", noop("Produce"), "cooking-pot", 2, _form("production")),
    Verb("harvest", noop("Harvest"), "tote-simple", 2, _form("harvest")),
    Verb("sowing", noop("Sow"), "flower-lotus", 2, _form("sowing")),
)
