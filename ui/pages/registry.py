"""The places of the sidebar and the verbs, by name. Pages are imported when first shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from kwt_books.i18n.catalogue import noop
from ui.desk import Desk
from ui.pages.base import Page


@dataclass(frozen=True, slots=True)
class Place:
    """`title` is an English message; `group` sets places apart by a line in the sidebar."""

    name: str
    title: str
    icon: str
    group: int
    make: Callable[[Desk], Page]


@dataclass(frozen=True, slots=True)
class Verb:
    """Something to record, a key away: Alt+1 to Alt+8 in the order of `VERBS`."""

    name: str
    title: str
    icon: str
    group: int
    start: Callable[[Desk], None]


def _home(desk: Desk) -> Page:
    from ui.pages.home import HomePage

    return HomePage(desk)


def _sell(desk: Desk) -> Page:
    from ui.pages.sell import SellPage

    return SellPage(desk)


def _reports(desk: Desk) -> Page:
    from ui.pages.reports import ReportsPage

    return ReportsPage(desk)


def _shops(desk: Desk) -> Page:
    from ui.pages.shops import ShopsPage

    return ShopsPage(desk)


def _garden(desk: Desk) -> Page:
    from ui.pages.nursery import NurseryPage

    return NurseryPage(desk)


def _journal(desk: Desk) -> Page:
    from ui.pages.journal import JournalPage

    return JournalPage(desk)


def _money(desk: Desk) -> Page:
    from ui.pages.money import MoneyPage

    return MoneyPage(desk)


def _funds(desk: Desk) -> Page:
    from ui.pages.funds import FundsPage

    return FundsPage(desk)


def _kitchen(desk: Desk) -> Page:
    from ui.pages.kitchen import KitchenPage

    return KitchenPage(desk)


def _stock(desk: Desk) -> Page:
    from ui.pages.stock import InventoryPage

    return InventoryPage(desk)


def _month_close(desk: Desk) -> Page:
    from ui.pages.month_close import MonthClosePage

    return MonthClosePage(desk)


def _audit(desk: Desk) -> Page:
    from ui.pages.audit import AuditPage

    return AuditPage(desk)


def _settings(desk: Desk) -> Page:
    from ui.pages.settings import SettingsPage

    return SettingsPage(desk)


def _part(place: str, part: str) -> Callable[[Desk], None]:
    return lambda desk: desk.go(place, part)


def _form(name: str) -> Callable[[Desk], None]:
    return lambda desk: desk.open_form(name)


PLACES: dict[str, Place] = {
    place.name: place
    for place in (
        Place("home", noop("Home"), "house", 0, _home),
        Place("sell", noop("Sell"), "shopping-bag-open", 1, _sell),
        Place("shops", noop("Shops"), "storefront", 1, _shops),
        Place("garden", noop("Garden & Seedlings"), "leaf", 1, _garden),
        Place("kitchen", noop("Kitchen"), "cooking-pot", 1, _kitchen),
        Place("stock", noop("Stock"), "package", 1, _stock),
        Place("cash", noop("Shopping & Cash"), "wallet", 1, _money),
        Place("funds", noop("Funds"), "chart-pie-slice", 2, _funds),
        Place("close", noop("Month Close"), "calendar-check", 2, _month_close),
        Place("reports", noop("Reports"), "file-text", 2, _reports),
        Place("journal", noop("Diary"), "notebook", 2, _journal),
        Place("audit", noop("Checks"), "shield-check", 2, _audit),
        Place("settings", noop("Settings"), "gear-six", 3, _settings),
    )
}

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
