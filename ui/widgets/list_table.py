"""A list of things: cells with a second line, tones, badges and icons."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, Qt, Signal

from ui.kit import Kit
from ui.tokens import ROW_LIST
from ui.widgets.cells import LEFT, NOWHERE, RIGHT, Cell, CellModel, Index, Role
from ui.widgets.table import Table

__all__ = ["Cell", "Heading", "ListModel", "ListRow", "ListTable"]

_ENOUGH = 1120
"""Wider than this a table is more than its words need."""


@dataclass(frozen=True, slots=True)
class Heading:
    title: str
    figures: bool = False
    """Right-aligned, digits of one width."""


@dataclass(frozen=True, slots=True)
class ListRow:
    """`key` says what the row stands for: a code, a number."""

    key: Hashable
    cells: tuple[Cell, ...]
    ground: str = ""
    """A colour of the palette behind it."""


class ListModel(CellModel):
    def __init__(self, headings: Sequence[Heading], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._headings = tuple(headings)
        self.rows: Sequence[ListRow] = ()

    def show_rows(self, rows: Sequence[ListRow]) -> None:
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = NOWHERE) -> int:  # noqa: N802 - Qt's name
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = NOWHERE) -> int:  # noqa: N802 - Qt's name
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
            return self.alignment(section)
        return None

    def cell(self, row: int, column: int) -> Cell:
        return self.rows[row].cells[column]

    def alignment(self, column: int) -> Qt.AlignmentFlag:
        return RIGHT if self._headings[column].figures else LEFT

    def raw(self, row: int, column: int) -> Hashable:
        return self.rows[row].key

    def ground(self, row: int) -> str:
        return self.rows[row].ground


class ListTable(Table):
    """A table over `ListRow`s. What was selected stays selected when the rows come anew."""

    chosen = Signal(object)
    """The key of the row that is selected now."""
    opened = Signal(object)
    """The key of the row that Enter or a double click is on."""

    def __init__(self, kit: Kit, headings: Sequence[Heading], height: int = ROW_LIST) -> None:
        super().__init__(kit, height)
        self.setAccessibleName(", ".join(filter(None, (each.title for each in headings))))
        self._list = ListModel(headings, self)
        self._quiet = False
        self.use(self._list)
        self.activated.connect(lambda index: self.opened.emit(index.data(Role.RAW)))
        self.selectionModel().currentRowChanged.connect(self._current_changed)

    def sizeHintForColumn(self, column: int) -> int:  # noqa: N802 - Qt's name
        """On a wide screen all share what is left, lest a name stand far from its figures."""
        columns = max(1, self.model().columnCount())
        spare = self.viewport().width() - self._kit.theme.px(_ENOUGH)
        return super().sizeHintForColumn(column) + max(0, spare) // columns

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
