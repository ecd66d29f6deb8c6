"""Goods left at a shop, to be sold there for the group."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog

from ui.desk import Desk, Given
from ui.forms.consignment.form import ConsignmentForm
from ui.forms.sale_parts.sheet import SheetDialog

__all__ = ["ConsignmentForm", "make"]


def make(desk: Desk, given: Given) -> QDialog:
    return SheetDialog(ConsignmentForm(desk, given), desk.kit.t("Leave at Shop"), wide=False)
