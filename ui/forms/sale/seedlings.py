"""A sale of seedlings in a window of its own."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog

from ui.desk import Desk, Given
from ui.forms.sale.form import SaleForm
from ui.forms.sale_parts.sheet import SheetDialog


def make(desk: Desk, given: Given) -> QDialog:
    return SheetDialog(SaleForm(desk, given, seedlings=True), desk.kit.t("Sale of seedlings"))
