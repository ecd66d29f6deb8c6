"""A list of things: cells with a second line, tones, badges and icons."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from ui.kit import Kit
from ui.tokens import ROW_LIST
from ui.widgets.table import Role, Table

_NOWHERE = QModelIndex()
Index = QModelIndex | QPersistentModelIndex
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class Heading:
    title: str
    figures: bool = False
    """Right-aligned, digits of one width."""


@dataclass(frozen=True, slots=True)
class Cell:
    text: str = ""
    second: str = ""
    aside: str = ""
    tone: str = ""
    icon: str = ""
    bold: bool = False
    badge: bool = False
    struck: bool = False


@dataclass(frozen=True, slots=True)
class ListRow:
    """`key` says what the row stands for: a code, a number."""

    key: Hashable
    cells: tuple[Cell, ...]
    ground: str = ""
    """A colour of the palette behind it."""


class ListModel(QAbstractTableModel):
    def __init__(self, headings: Sequence[Heading], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._headings = tuple(headings)
        self.rows: Sequence[ListRow] = ()

    def show_rows(self, rows: Sequence[ListRow]) -> None:
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802 - Qt's name
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802 - Qt's name
        return 0 if parent.isValid() else len(self._headings)

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        heading = self._headings[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return heading.title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if heading.figures else _LEFT
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        cell = row.cells[index.column()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return cell.text
            case Qt.ItemDataRole.TextAlignmentRole:
                return _RIGHT if self._headings[index.column()].figures else _LEFT
            case Qt.ItemDataRole.AccessibleTextRole:
                return " ".join(filter(None, (cell.text, cell.second, cell.aside)))
            case Role.GROUND:
                return row.ground
            case Role.RAW:
                return row.key
        name = _CELL_ROLES.get(role)
        return getattr(cell, name) if name else None


_CELL_ROLES = {
    int(Role.BOLD): "bold",
    int(Role.SECOND): "second",
    int(Role.ASIDE): "aside",
    int(Role.TONE): "tone",
    int(Role.STRUCK): "struck",
    int(Role.BADGE): "badge",
    int(Role.ICON): "icon",
}


class ListTable(Table):
    """A table over `ListRow`s. What was selected stays selected when the rows come anew."""

    chosen = Signal(object)
    """The key of the row that is selected now."""
    opened = Signal(object)
    """The key of the row that Enter or a double click is on."""

    def __init__(self, kit: Kit, headings: Sequence[Heading], height: int = ROW_LIST) -> None:
        super().__init__(kit, height)
        self._list = ListModel(headings, self)
        self._quiet = False
        self.use(self._list)
        self.activated.connect(lambda index: self.opened.emit(index.data(Role.RAW)))
        self.selectionModel().currentRowChanged.connect(self._current_changed)

    @property
    def key(self) -> Any:
        """Of the selected row; None without one."""
        index = self.currentIndex()
        return index.data(Role.RAW) if index.isValid() else None

    def show_rows(self, rows: Sequence[ListRow]) -> None:
        before = self.key
        self._quiet = True
        self._list.show_rows(rows)
        self._quiet = False
        if before is not None:
            self.choose(before)

    def choose(self, key: Hashable) -> None:
        """Select the row of `key`, where there is one."""
        for place, row in enumerate(self._list.rows):
            if row.key == key:
                self.select(place)
                return

    def _current_changed(self, index: QModelIndex, _old: QModelIndex) -> None:
        if index.isValid() and not self._quiet:
            self.chosen.emit(index.data(Role.RAW))
