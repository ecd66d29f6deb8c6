"""What a table shows in a cell, and the base of the models that tell it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

NOWHERE = QModelIndex()
Index = QModelIndex | QPersistentModelIndex
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
CENTRE = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter


class Role(IntEnum):
    """What a model tells of a cell beside its text."""

    BOLD = Qt.ItemDataRole.UserRole + 1
    SECOND = Qt.ItemDataRole.UserRole + 2
    ASIDE = Qt.ItemDataRole.UserRole + 3
    TONE = Qt.ItemDataRole.UserRole + 4
    LEVEL = Qt.ItemDataRole.UserRole + 5
    STRUCK = Qt.ItemDataRole.UserRole + 6
    BADGE = Qt.ItemDataRole.UserRole + 7
    ICON = Qt.ItemDataRole.UserRole + 8
    GROUND = Qt.ItemDataRole.UserRole + 9
    """A colour of the palette behind the whole row."""
    RAW = Qt.ItemDataRole.UserRole + 10
    """The value itself."""


@dataclass(frozen=True, slots=True)
class Cell:
    """`tone`: good, warn, error or quiet."""

    text: str = ""
    second: str = ""
    """A second line below the text, small and grey."""
    aside: str = ""
    """A grey gloss behind the text."""
    tone: str = ""
    icon: str = ""
    bold: bool = False
    badge: bool = False
    """Whether the text stands on a coloured ground."""
    struck: bool = False
    level: int = 0
    """Steps that the text stands in."""


class CellModel(QAbstractTableModel):
    """Override `cell`, `alignment` and `raw`. Whoever paints asks for the whole cell at once:
    going through Qt for each of its parts costs ten times as much."""

    def cell(self, row: int, column: int) -> Cell:
        raise NotImplementedError

    def alignment(self, column: int) -> Qt.AlignmentFlag:
        raise NotImplementedError

    def raw(self, row: int, column: int) -> Any:
        raise NotImplementedError

    def runs_on(self, row: int) -> bool:
        """Whether words of the row go on over the empty cells that follow them."""
        return False

    def ground(self, row: int) -> str:
        """A colour of the palette behind the row; empty: the table's own."""
        return ""

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = index.row(), index.column()
        match int(role):
            case Role.RAW:
                return self.raw(row, column)
            case Role.GROUND:
                return self.ground(row)
            case Qt.ItemDataRole.TextAlignmentRole:
                return self.alignment(column)
        name = _PARTS.get(int(role))
        if name is not None:
            return getattr(self.cell(row, column), name)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            cell = self.cell(row, column)
            return " ".join(filter(None, (cell.text, cell.second, cell.aside)))
        return None


_PARTS: dict[int, str] = {
    int(Qt.ItemDataRole.DisplayRole): "text",
    int(Role.BOLD): "bold",
    int(Role.SECOND): "second",
    int(Role.ASIDE): "aside",
    int(Role.TONE): "tone",
    int(Role.LEVEL): "level",
    int(Role.STRUCK): "struck",
    int(Role.BADGE): "badge",
    int(Role.ICON): "icon",
}
