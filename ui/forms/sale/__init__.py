"""A sale from the store with its nota: any goods, or seedlings alone."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog

from ui.desk import Desk, Given
from ui.forms.sale.form import SaleForm
from ui.forms.sale_parts.sheet import SheetDialog

__all__ = ["SaleForm", "make"]


def make(desk: Desk, given: Given) -> QDialog:
    return SheetDialog(SaleForm(desk, given), desk.kit.t("Direct sale"))
