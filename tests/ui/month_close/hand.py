"""What tests of Tutup Bulan look at."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt

from ui.desk import Desk
from ui.forms.month_close import MonthCloseForm
from ui.pages.month_close import MonthClosePage

CTRL = Qt.KeyboardModifier.ControlModifier
Settle = Callable[[Desk], None]
Open = Callable[[Path], MonthClosePage]
Make = Callable[..., Path]


def form_of(page: MonthClosePage) -> MonthCloseForm:
    assert page.form is not None
    return page.form


def tone(page: MonthClosePage, name: str) -> str:
    return page.list.rows[name].check.tone
