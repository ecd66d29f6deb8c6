"""The places of the sidebar by name. A place's page is imported when it is first shown."""

from __future__ import annotations

from dataclasses import dataclass

from kwt_books.domain.kind import named
from kwt_books.domain.kinds import forms
from kwt_books.i18n.catalogue import noop
from ui.kit.page import Page
from ui.kit.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the sidebar. `title` is an English message; a line sets places of another `group`
    apart; `page` names the page's class as `module:Class`, below `ui`.
    """

    name: str
    title: str
    icon: str
    group: int
    page: str

    def make(self, workspace: Workspace) -> Page:
        """Imports the page's module and makes the page."""
        made: Page = named(f"ui.{self.page}")(workspace)
        return made


PLACES: dict[str, Place] = {
    place.name: place
    for place in (
        Place("home", noop("Home"), "house", 0, "home.page:HomePage"),
        Place("sell", noop("Sell"), "shopping-bag-open", 1, "selling.page:SellPage"),
        Place("shops", noop("Shops"), "storefront", 1, "shops.page:ShopsPage"),
        Place("garden", noop("Garden & seedlings"), "leaf", 1, "garden.page:GardenPage"),
        Place("kitchen", noop("Kitchen"), "cooking-pot", 1, "kitchen.page:KitchenPage"),
        Place("stock", noop("Stock"), "package", 1, "stock.page:InventoryPage"),
        Place("cash", noop("Shopping & cash"), "wallet", 1, "money.page:MoneyPage"),
        Place("funds", noop("Funds"), "chart-pie-slice", 2, "funds.page:FundsPage"),
        Place("close", noop("Month close"), "calendar-check", 2, "closing.page:MonthClosePage"),
        Place("reports", noop("Reports"), "file-text", 2, "reports.page:ReportsPage"),
        Place("registers", noop("Group books"), "books", 2, "registers.page:RegistersPage"),
        Place("journal", noop("Diary"), "notebook", 2, "diary.page:JournalPage"),
        Place("audit", noop("Checks"), "shield-check", 2, "audit.page:AuditPage"),
        Place("settings", noop("Settings"), "gear-six", 3, "settings.page:SettingsPage"),
    )
}

_OFTEN = ("ui.selling.market_day", "ui.selling.sale", "ui.settings.group")
AHEAD: tuple[str, ...] = tuple(
    dict.fromkeys(
        (
            *(f"ui.{place.page.partition(':')[0]}" for place in PLACES.values()),
            *_OFTEN,
            *(form.make.partition(":")[0] for form in forms()),
        )
    )
)
"""Modules imported ahead of time, while the book is asked nothing."""
ASKED_AHEAD = ("ui.shops.page:first_asked",)
"""Questions that are asked then: their statements are put into words once, which takes long."""
