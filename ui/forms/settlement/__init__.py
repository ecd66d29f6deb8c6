"""A shop settles: what was sold, what came back, what it pays."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog

from ui.desk import Desk, Given
from ui.forms.sale_parts.sheet import SheetDialog
from ui.forms.settlement.debt import DebtForm
from ui.forms.settlement.form import SettlementForm

__all__ = ["DebtForm", "SettlementForm", "make"]


def make(desk: Desk, given: Given) -> QDialog:
    return SheetDialog(SettlementForm(desk, given), desk.kit.t("Shop settles"), wide=False)
