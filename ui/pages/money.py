"""Belanja & Kas: what lies where, what is owed, what members saved, grants and assets."""

from __future__ import annotations

from ui.desk import Desk
from ui.pages.base import TabbedPage
from ui.pages.money_assets import AssetsPart
from ui.pages.money_debts import DebtsPart
from ui.pages.money_grants import GrantsPart
from ui.pages.money_savings import SavingsPart
from ui.pages.money_till import TillPart


class MoneyPage(TabbedPage):
    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        t = self.t
        self.add_tab("till", t("Money"), TillPart)
        self.add_tab("debts", t("Debts"), DebtsPart)
        self.add_tab("savings", t("Savings"), SavingsPart)
        self.add_tab("grants", t("Grants"), GrantsPart)
        self.add_tab("assets", t("Assets"), AssetsPart)
