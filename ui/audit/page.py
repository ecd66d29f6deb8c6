"""Pemeriksaan: what an auditor does with the book. Nothing here writes into it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from ui.audit.conclusion import WrapPart
from ui.audit.confirmations import ConfirmPart
from ui.audit.exceptions import ExceptionsPart
from ui.audit.paper import PaperPart
from ui.audit.room import AuditPart, AuditRoom
from ui.audit.sample import SamplePart
from ui.audit.verify import VerifyPart
from ui.kit.page import TabbedPage
from ui.kit.workspace import Workspace


class AuditPage(TabbedPage):
    """The page of the audit, its parts behind tabs."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self.room = AuditRoom(workspace, self)
        parts: dict[str, Callable[[AuditRoom], AuditPart]] = {
            "verify": VerifyPart,
            "paper": PaperPart,
            "exceptions": ExceptionsPart,
            "sample": SamplePart,
            "confirm": ConfirmPart,
            "wrap": WrapPart,
        }
        makers = {name: partial(self._make, make) for name, make in parts.items()}
        self.add_tabs("audit", makers)

    def _make(self, make: Callable[[AuditRoom], AuditPart], _workspace: Workspace) -> AuditPart:
        return make(self.room)
