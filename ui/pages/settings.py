"""Pengaturan: whose book it is, what is in it, who uses it, and what it looks like."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from PySide6.QtWidgets import QWidget

from kwt_books.i18n.catalogue import noop
from ui.desk import Desk
from ui.pages.base import TabbedPage

PARTS = (
    ("group", noop("Group"), "settings_group", "GroupPage"),
    ("items", noop("Goods & prices"), "settings_items", "ItemsPage"),
    ("parties", noop("Shops & people"), "settings_parties", "PartiesPage"),
    ("recipes", noop("Recipes"), "settings_recipes", "RecipesPage"),
    ("sharing", noop("Shares"), "settings_sharing", "SharingPage"),
    ("accounts", noop("Chart of accounts"), "settings_accounts", "AccountsPage"),
    ("people", noop("Passwords"), "settings_people", "PeoplePage"),
    ("backup", noop("Backup"), "settings_backup", "BackupPage"),
    ("odd", noop("Thresholds"), "settings_odd", "OddLimitsPage"),
    ("look", noop("Screen"), "settings_look", "LookPage"),
)


def _part(module: str, name: str) -> Callable[[Desk], QWidget]:
    """Imported when it is first shown."""

    def make(desk: Desk) -> QWidget:
        page: QWidget = getattr(import_module(f"ui.pages.{module}"), name)(desk)
        return page

    return make


class SettingsPage(TabbedPage):
    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        for name, title, module, page in PARTS:
            self.add_tab(name, self.t(title), _part(module, page))

    def follows_month(self) -> bool:
        return False
