"""The sheet of a Friday at the outlet, or of a product fair."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog

from ui.desk import Desk, Given
from ui.forms.market_day.form import MarketDayForm
from ui.forms.sale_parts.sheet import SheetDialog

__all__ = ["MarketDayForm", "make"]


def make(desk: Desk, given: Given) -> QDialog:
    return SheetDialog(MarketDayForm(desk, given), desk.kit.t("Market day"))
