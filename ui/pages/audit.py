"""Pemeriksaan: what an auditor does with the book. Nothing here writes into it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from ui.desk import Desk
from ui.pages.audit_confirm import ConfirmPart
from ui.pages.audit_odd import OddPart
from ui.pages.audit_paper import PaperPart
from ui.pages.audit_room import AuditPart, AuditRoom
from ui.pages.audit_sample import SamplePart
from ui.pages.audit_verify import VerifyPart
from ui.pages.audit_wrap import WrapPart
from ui.pages.base import TabbedPage


class AuditPage(TabbedPage):
    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        t = self.t
        self.room = AuditRoom(desk, self)
        parts: tuple[tuple[str, str, Callable[[AuditRoom], AuditPart]], ...] = (
            ("verify", t("Check the book"), VerifyPart),
            ("paper", t("Paper & book"), PaperPart),
            ("odd", t("What looks odd"), OddPart),
            ("sample", t("Sample"), SamplePart),
            ("confirm", t("Confirmations"), ConfirmPart),
            ("wrap", t("Findings & pack"), WrapPart),
        )
        for name, title, make in parts:
            self.add_tab(name, title, partial(self._make, make))

    def _make(self, make: Callable[[AuditRoom], AuditPart], _desk: Desk) -> AuditPart:
        return make(self.room)
