"""A report as a table: typed cells formatted when they are painted, rows fetched as one scrolls."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, Qt, QTimer, Signal

from kwt_books.i18n.formats import NIL
from kwt_books.reports.model import Column, ColumnType, Layout, Report, Row, RowKind, Value
from ui.kit import Kit
from ui.widgets.cells import CENTRE, LEFT, NOWHERE, RIGHT, Cell, CellModel, Index

WINDOW = 500
"""Rows handed to the view at a time."""
_SLICE = 0.008  # seconds of searching before the screen gets its turn
_NUMBERS = frozenset({ColumnType.MONEY, ColumnType.QUANTITY, ColumnType.COUNT, ColumnType.PERCENT})
_HEAVY = frozenset({RowKind.SECTION, RowKind.SUBTOTAL, RowKind.TOTAL})
_NOTES = frozenset({"note", "notes"})
"""Columns that refer to the notes of the statements: centred, as on paper."""


class ReportModel(CellModel):
    """Read-only. `find` and `sort` change which rows are shown, never the report."""

    found = Signal(int)
    """A search has come to its end: how many rows it found."""

    def __init__(self, kit: Kit, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self.glosses: Mapping[str, str] = {}
        """Grey words behind the labels of rows, by their codes."""
        self._columns: tuple[Column, ...] = ()
        self._rows: tuple[Row, ...] = ()
        self._label, self._label_at, self._blank_nil = "", 0, False
        self._order: Sequence[int] = ()
        self._shown = 0
        self._search: Iterator[int] | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._search_on)

    def show_report(self, report: Report, rows: tuple[Row, ...]) -> None:
        """`rows`: those of the report that belong into the table."""
        self._timer.stop()
        self.beginResetModel()
        self._columns, self._rows = report.columns, rows
        self._label, self._label_at = report.label, min(report.label_at, len(report.columns))
        self._blank_nil = report.layout is Layout.TRIAL_BALANCE
        self._order = range(len(rows))
        self._shown = min(WINDOW, len(rows))
        self.endResetModel()

    # -- rows ------------------------------------------------------------------------------

    def row(self, index: Index) -> Row:
        return self._rows[self._order[index.row()]]

    def place(self, index: Index) -> int:
        """Where the row stands in the report, whatever the order on screen."""
        return self._order[index.row()]

    def at(self, place: int) -> Row:
        """The row that is shown there, fetched or not."""
        return self._rows[self._order[place]]

    @property
    def total_rows(self) -> int:
        """As many as there are when all of them have been fetched."""
        return len(self._order)

    def rowCount(self, parent: Index = NOWHERE) -> int:  # noqa: N802 - Qt's name
        return 0 if parent.isValid() else self._shown

    def columnCount(self, parent: Index = NOWHERE) -> int:  # noqa: N802 - Qt's name
        return 0 if parent.isValid() or not self._columns else len(self._columns) + 1

    def canFetchMore(self, parent: Index) -> bool:  # noqa: N802 - Qt's name
        return not parent.isValid() and self._shown < len(self._order)

    def fetchMore(self, parent: Index) -> None:  # noqa: N802 - Qt's name
        self._fetch(min(self._shown + WINDOW, len(self._order)))

    def fetch_all(self) -> None:
        self._fetch(len(self._order))

    def _fetch(self, shown: int) -> None:
        if shown > self._shown:
            self.beginInsertRows(QModelIndex(), self._shown, shown - 1)
            self._shown = shown
            self.endInsertRows()

    # -- columns ---------------------------------------------------------------------------

    @property
    def label_column(self) -> int:
        return self._label_at

    def column(self, section: int) -> Column | None:
        """None for the column of labels."""
        if section == self._label_at:
            return None
        return self._columns[section - (section > self._label_at)]

    def _value(self, row: Row, section: int) -> Value:
        if section == self._label_at:
            return row.label
        place = section - (section > self._label_at)
        return row.cells[place] if place < len(row.cells) else None

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal or section >= self.columnCount():
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            column = self.column(section)
            if column is None:
                return self._label
            return f"{column.group}\n{column.label}" if column.group else column.label
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self.alignment(section)
        return None

    def alignment(self, column: int) -> Qt.AlignmentFlag:
        told = self.column(column)
        if told is None:
            return LEFT
        if told.key in _NOTES:
            return CENTRE
        return RIGHT if told.type in _NUMBERS else LEFT

    # -- cells -----------------------------------------------------------------------------

    def cell(self, row: int, column: int) -> Cell:
        told, is_label = self.at(row), column == self._label_at
        return Cell(
            self.text(told, column),
            aside=self.glosses.get(told.code or "", "") if is_label else "",
            tone="quiet" if told.kind is RowKind.NOTE else "",
            bold=told.kind in _HEAVY,
            level=told.level if is_label else 0,
        )

    def raw(self, row: int, column: int) -> Value:
        return self._value(self.at(row), column)

    def ground(self, row: int) -> str:
        return "head" if self.at(row).kind in (RowKind.SUBTOTAL, RowKind.TOTAL) else ""

    def text(self, row: Row, section: int) -> str:
        value, column = self._value(row, section), self.column(section)
        if value is None:
            return ""
        if isinstance(value, str):
            return value
        formats = self._kit.formats
        if isinstance(value, date):
            return formats.numeric_day(value)
        return self._number(value, column, row.kind)

    def _number(self, value: int, column: Column | None, kind: RowKind) -> str:
        formats, type_ = self._kit.formats, column.type if column else ColumnType.TEXT
        if type_ not in _NUMBERS:
            return str(value)
        if value == 0 and column is not None:
            blank = self._blank_nil or column.summed
            return "" if blank and kind not in (RowKind.SUBTOTAL, RowKind.TOTAL) else NIL
        if type_ is ColumnType.QUANTITY:
            text = formats.quantity(abs(value))
        elif type_ is ColumnType.PERCENT:
            text = formats.percent_fixed(abs(value))
        else:
            text = formats.number(abs(value))
        return f"({text})" if value < 0 else text

    # -- finding and sorting ---------------------------------------------------------------

    @property
    def sortable(self) -> bool:
        """A list of lines may be sorted; a statement keeps its order."""
        return all(row.kind in (RowKind.LINE, RowKind.NOTE) for row in self._rows)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """By the values themselves; nothing comes after everything."""
        if column < 0 or not self.sortable:
            return
        self._arrange(
            sorted(
                self._order,
                key=lambda place: _sort_key(self._value(self._rows[place], column)),
                reverse=order == Qt.SortOrder.DescendingOrder,
            )
        )

    def find(self, text: str) -> None:
        """Shows the rows whose label or texts contain `text`, a slice of time at a time."""
        self._timer.stop()
        wanted = text.strip().casefold()
        if not wanted:
            self._arrange(range(len(self._rows)))
            self.found.emit(len(self._rows))
            return
        self._arrange([])
        self._search = self._matches(wanted)
        self._timer.start()

    def _matches(self, wanted: str) -> Iterator[int]:
        """The places of matching rows; -1 for every row that does not match."""
        sections = range(self.columnCount())
        for place, row in enumerate(self._rows):
            matches = any(wanted in self.text(row, each).casefold() for each in sections)
            yield place if matches else -1

    def _search_on(self) -> None:
        until = time.perf_counter() + _SLICE
        found: list[int] = []
        assert self._search is not None
        for place in self._search:
            if place >= 0:
                found.append(place)
            if time.perf_counter() > until:
                break
        else:
            self._timer.stop()
        self._order = [*self._order, *found]
        if self._shown < WINDOW:
            self._fetch(min(WINDOW, len(self._order)))
        if not self._timer.isActive():
            self.found.emit(len(self._order))

    def _arrange(self, order: Sequence[int]) -> None:
        self.beginResetModel()
        self._order = order
        self._shown = min(WINDOW, len(order))
        self.endResetModel()


def _sort_key(value: Value) -> tuple[int, Any]:
    if value is None:
        return (3, 0)
    if isinstance(value, date):
        return (0, value.toordinal())
    return (1, value) if isinstance(value, int) else (2, value.casefold())
