"""The places of the sidebar by name. Pages are imported when first shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from PySide6.QtWidgets import QDialog

from kwt_books.i18n.catalogue import noop
from ui.kit.page import Page
from ui.kit.workspace import Given, Workspace


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

    def make(self, workspace: Workspace) -> Page:
        made: Page = getattr(import_module(f"ui.pages.{self.module}"), self.page)(workspace)
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


# -- The forms by the name that `Workspace.open_form` is given. Imported when first opened ------------


Maker = Callable[[Workspace, Given], QDialog]


def _in(module: str) -> Maker:
    """`make` of a module of this package."""

    def make(workspace: Workspace, given: Given) -> QDialog:
        maker: Maker = import_module(f"ui.forms.{module}").make
        return maker(workspace, given)

    return make


FORMS: dict[str, Maker] = {
    "market_day": _in("market_day"),
    "sale": _in("sale"),
    "seedling_sale": _in("sale.seedlings"),
    "consignment": _in("consignment"),
    "settlement": _in("settlement"),
    "shop_debt": _in("settlement.debt"),
    "purchase": _in("purchase"),
    "payment": _in("payment"),
    "receipt": _in("receipt"),
    "transfer": _in("transfer"),
    "savings": _in("savings"),
    "cash_count": _in("cash_count"),
    "grant": _in("grant"),
    "asset_acquisition": _in("asset_acquisition"),
    "asset_disposal": _in("asset_disposal"),
    "depreciation": _in("depreciation"),
    "month_reopen": _in("month_reopen"),
    "sowing": _in("sowing"),
    "tending": _in("tending"),
    "seedlings_ready": _in("seedlings_ready"),
    "harvest": _in("harvest"),
    "planting_end": _in("planting_end"),
    "production": _in("production"),
    "distribution": _in("distribution"),
    "stock_count": _in("stock_count"),
    "correction": _in("correction"),
    "group": _in("group"),
    "opening": _in("opening"),
    "item": _in("item"),
    "party": _in("party"),
    "recipe": _in("recipe"),
    "account": _in("account"),
    "person": _in("person"),
    "password": _in("person_password"),
    "first_people": _in("person_first"),
}

SETUP_FORMS = frozenset({"group", "opening", "item", "party", "recipe", "account", "first_people"})
"""Those that show what is set up, and can't be made before that is known."""
