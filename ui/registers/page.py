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
        written = {name: partial(RegisterPart, ruling=each) for name, each in RULINGS.items()}
        self.add_tabs(
            "registers",
            {
                **written,
                "dues": DuesPart,
                "members": MembersPart,
                "officers": OfficersPart,
                "inventory": InventoryPart,
            },
        )
