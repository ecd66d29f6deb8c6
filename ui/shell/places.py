"""The places of the sidebar by name. Pages are imported when first shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from PySide6.QtWidgets import QDialog

from kwt_books.i18n.catalogue import noop
from ui.kit.page import Page
from ui.kit.workspace import Given, Workspace


def _named(name: str) -> Any:
    """What stands at `module:name` below `ui`."""
    module, _, found = name.partition(":")
    return getattr(import_module(f"ui.{module}"), found)


@dataclass(frozen=True, slots=True)
class Place:
    """`title` is an English message; `group` sets places apart by a line in the sidebar.
    `page` names its class, `module:Class`."""

    name: str
    title: str
    icon: str
    group: int
    page: str

    def make(self, workspace: Workspace) -> Page:
        made: Page = _named(self.page)(workspace)
        return made


PLACES: dict[str, Place] = {
    place.name: place
    for place in (
        Place("home", noop("Home"), "house", 0, "home.page:HomePage"),
        Place("sell", noop("Sell"), "shopping-bag-open", 1, "selling.page:SellPage"),
        Place("shops", noop("Shops"), "storefront", 1, "shops.page:ShopsPage"),
        Place("garden", noop("Garden & Seedlings"), "leaf", 1, "garden.page:NurseryPage"),
        Place("kitchen", noop("Kitchen"), "cooking-pot", 1, "kitchen.page:KitchenPage"),
        Place("stock", noop("Stock"), "package", 1, "stock.page:InventoryPage"),
        Place("cash", noop("Shopping & Cash"), "wallet", 1, "money.page:MoneyPage"),
        Place("funds", noop("Funds"), "chart-pie-slice", 2, "funds.page:FundsPage"),
        Place("close", noop("Month Close"), "calendar-check", 2, "closing.page:MonthClosePage"),
        Place("reports", noop("Reports"), "file-text", 2, "reports.page:ReportsPage"),
        Place("journal", noop("Diary"), "notebook", 2, "diary.page:JournalPage"),
        Place("audit", noop("Checks"), "shield-check", 2, "audit.page:AuditPage"),
        Place("settings", noop("Settings"), "gear-six", 3, "settings.page:SettingsPage"),
    )
}

_FORMS_AHEAD = ("selling.market_day", "selling.sale", "money.buying", "money.forms")
AHEAD: tuple[str, ...] = (
    *(f"ui.{place.page.partition(':')[0]}" for place in PLACES.values()),
    *(f"ui.{module}" for module in (*_FORMS_AHEAD, "kitchen.forms", "garden.forms")),
)
"""What is worth reading in before anybody goes there."""


# -- The forms, by the name that `Workspace.open_form` is given: imported when first opened ------


Maker = Callable[[Workspace, Given], QDialog]


def _in(name: str) -> Maker:
    """The function `module:name`, imported when the form is first opened."""

    def make(workspace: Workspace, given: Given) -> QDialog:
        maker: Maker = _named(name)
        return maker(workspace, given)

    return make


FORMS: dict[str, Maker] = {
    "market_day": _in("selling.market_day:make_market_day"),
    "sale": _in("selling.sale:make_sale"),
    "seedling_sale": _in("selling.sale:make_seedling_sale"),
    "consignment": _in("shops.forms:make_consignment"),
    "settlement": _in("shops.forms:make_settlement"),
    "shop_debt": _in("shops.forms:make_shop_debt"),
    "purchase": _in("money.buying:make_purchase"),
    "payment": _in("money.forms:make_payment"),
    "receipt": _in("money.forms:make_receipt"),
    "transfer": _in("money.forms:make_transfer"),
    "savings": _in("money.savings:make_savings"),
    "cash_count": _in("money.forms:make_cash_count"),
    "grant": _in("money.buying:make_grant"),
    "asset_acquisition": _in("money.assets:make_asset_acquisition"),
    "asset_disposal": _in("money.assets:make_asset_disposal"),
    "depreciation": _in("money.assets:make_depreciation"),
    "month_reopen": _in("closing.form:make_month_reopen"),
    "sowing": _in("garden.forms:make_sowing"),
    "tending": _in("garden.forms:make_tending"),
    "seedlings_ready": _in("garden.forms:make_seedlings_ready"),
    "harvest": _in("garden.forms:make_harvest"),
    "planting_end": _in("garden.forms:make_planting_end"),
    "production": _in("kitchen.forms:make_production"),
    "distribution": _in("stock.forms:make_distribution"),
    "stock_count": _in("stock.forms:make_stock_count"),
    "correction": _in("diary.correction:make_correction"),
    "group": _in("settings.group:make_group"),
    "opening": _in("first_start.opening:make_opening"),
    "item": _in("settings.forms:make_item"),
    "party": _in("settings.forms:make_party"),
    "recipe": _in("kitchen.forms:make_recipe"),
    "account": _in("settings.forms:make_account"),
    "person": _in("settings.people:make_person"),
    "password": _in("settings.people:make_password"),
    "first_people": _in("settings.people:make_first_people"),
}

SETUP_FORMS = frozenset({"group", "opening", "item", "party", "recipe", "account", "first_people"})
"""Those that show what is set up, and can't be made before that is known."""
