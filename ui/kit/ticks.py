"""A table whose cells are ticked, by a click or the space bar."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem

from ui.kit.field import EnterGoesOn
from ui.kit.look import ROW_LIST, UiContext

TICK = "✓"
_MOST_ROWS, _LEAST_ROWS = 9, 3
_Flag, _Side = Qt.ItemFlag, Qt.AlignmentFlag


class TickTable(EnterGoesOn, QTableWidget):
    """Arrows go from cell to cell, Space ticks, Tab and Enter leave."""

    pressed_at = Signal(int, int)
    """Row and column of a cell that was clicked, or where Space was pressed."""

    def __init__(
        self,
        ui: UiContext,
        name: str,
        headings: Sequence[str],
        wide: int,
        *,
        ticked: Collection[int],
        figures: Collection[int],
    ) -> None:
        """`wide`: the column that takes what room is left; `ticked`: those that bear ticks, in
        their middle; `figures`: those with amounts, at the right. Headings stand above them.
        """
        super().__init__(0, len(headings))
        self._ui = ui
        self._sides = dict.fromkeys(range(len(headings)), _Side.AlignLeft)
        self._sides |= dict.fromkeys(ticked, _Side.AlignHCenter)
        self._sides |= dict.fromkeys(figures, _Side.AlignRight)
        self.setAccessibleName(name)
        self.setHorizontalHeaderLabels(list(headings))
        for column, side in self._sides.items():
            if (heading := self.horizontalHeaderItem(column)) is not None:
                heading.setTextAlignment(side | _Side.AlignVCenter)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ui.theme.px(ROW_LIST))
        head = self.horizontalHeader()
        head.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        head.setSectionResizeMode(wide, QHeaderView.ResizeMode.Stretch)
        head.setSectionsClickable(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.cellClicked.connect(self.pressed_at)

    def put(self, row: int, column: int, text: str, *, open_: bool = True) -> None:
        """What a cell says; one that is not open can't be reached."""
        made = QTableWidgetItem(text)
        made.setFlags(_Flag.ItemIsEnabled | _Flag.ItemIsSelectable if open_ else _Flag.NoItemFlags)
        made.setTextAlignment(self._sides[column] | _Side.AlignVCenter)
        self.setItem(row, column, made)

    def said(self, row: int, column: int) -> str:
        """What a cell says now."""
        item = self.item(row, column)
        return item.text() if item is not None else ""

    def fit(self) -> None:
        """As high as its rows are, within bounds; it scrolls beyond them. Where there is none, Tab
        passes it by.
        """
        shown = max(_LEAST_ROWS, min(self.rowCount(), _MOST_ROWS))
        height = shown * self._ui.theme.px(ROW_LIST) + self.horizontalHeader().sizeHint().height()
        self.setFixedHeight(height + 4)
        policy = Qt.FocusPolicy
        self.setFocusPolicy(policy.StrongFocus if self.rowCount() else policy.NoFocus)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() == Qt.Key.Key_Space and self.currentItem() is not None:
            self.pressed_at.emit(self.currentRow(), self.currentColumn())
        else:
            super().keyPressEvent(event)
