"""Buku Kelompok: the books that the group keeps beside its accounts, one behind each tab."""

from __future__ import annotations

from functools import partial

from ui.kit.page import TabbedPage
from ui.kit.workspace import Workspace
from ui.registers.books import RULINGS
from ui.registers.kept import InventoryPart, MembersPart, OfficersPart
from ui.registers.kpp import DuesPart
from ui.registers.written import RegisterPart


class RegistersPage(TabbedPage):
    """The books of the group, one behind each tab."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        t = self.t
        for name, ruling in RULINGS.items():
            self.add_tab(name, t(ruling.title), partial(RegisterPart, ruling=ruling))
        self.add_tab("dues", t("Dues (KPP)"), DuesPart)
        self.add_tab("members", t("Members"), MembersPart)
        self.add_tab("officers", t("Officers"), OfficersPart)
        self.add_tab("inventory", t("Inventory"), InventoryPart)
