"""What a hand does in Laporan, and what it sees there."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui.reports.page import ReportsPage

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


def row_with(page: ReportsPage, code: str) -> int:
    model = page.view.table.model
    model.fetch_all()
    rows = (model.row(model.index(row, 0)) for row in range(model.rowCount()))
    return next(place for place, row in enumerate(rows) if row.code == code)


def enter(page: ReportsPage, qtbot: QtBot, code: str) -> None:
    """Enter on the row of that code."""
    view = page.view.table.view
    view.select(row_with(page, code))
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_Return)


def marked(page: ReportsPage) -> str | None:
    """The code of the row that is selected."""
    table = page.view.table
    row = table.model.row(table.view.currentIndex())
    return row.code if row is not None else None


def dialogs(kind: type) -> list[object]:
    return [each for each in QApplication.topLevelWidgets() if isinstance(each, kind)]
