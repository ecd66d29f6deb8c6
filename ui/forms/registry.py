"""The forms by the name that `Desk.open_form` is given. Imported when first opened."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from PySide6.QtWidgets import QDialog

from ui.desk import Desk, Given

Maker = Callable[[Desk, Given], QDialog]


def _in(module: str) -> Maker:
    """`make` of a module of this package."""

    def make(desk: Desk, given: Given) -> QDialog:
        maker: Maker = import_module(f"ui.forms.{module}").make
        return maker(desk, given)

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
