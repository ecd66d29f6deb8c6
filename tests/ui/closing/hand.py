"""What tests of Tutup Bulan look at."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt

from ui.closing.form import MonthCloseForm
from ui.closing.page import MonthClosePage
from ui.kit.workspace import Workspace

CTRL = Qt.KeyboardModifier.ControlModifier
Settle = Callable[[Workspace], None]
Open = Callable[[Path], MonthClosePage]
Make = Callable[..., Path]


def form_of(page: MonthClosePage) -> MonthCloseForm:
    assert page.form is not None
    return page.form


def tone(page: MonthClosePage, name: str) -> str:
    return page.list.rows[name].check.tone
