"""A report as a table: typed cells formatted when they are painted, rows fetched as one scrolls."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, Qt, QTimer, Signal

from kwt_books.reports.long_rows import WINDOW, LongRows
from kwt_books.reports.model import Column, Report, Row, RowKind, Value
from ui.kit import Kit
from ui.widgets.cells import CENTRE, LEFT, NOWHERE, RIGHT, Cell, CellModel, Index
from ui.widgets.report_texts import NUMBERS, ReportTexts
from ui.widgets.report_windows import Away, RowWindows

_SLICE = 0.008  # seconds of searching before the screen gets its turn
_LINES = (RowKind.LINE, RowKind.NOTE)
_HEAVY = frozenset({RowKind.SECTION, RowKind.SUBTOTAL, RowKind.TOTAL})
_NOTES = frozenset({"note", "notes"})
"""Columns that refer to the notes of the statements: centred, as on paper."""


class ReportModel(CellModel):
    """Read-only. `find` and `sort` change which rows are shown, never the report."""

    found = Signal(int)
    """A search has come to its end: how many rows it found."""
    searched = Signal(int, int)
    """A long search goes on: rows it has looked at, and found."""

    def __init__(self, kit: Kit, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self.away: Away | None = None
        """Where the rows of long reports are read."""
        self.glosses: Mapping[str, str] = {}
        """Grey words behind the labels of rows, by their codes."""
        self._texts = ReportTexts(kit.formats)
        self._rows: Sequence[Row] | RowWindows = ()
        self._order: Sequence[int] = ()
        self._shown = 0
        self._search: Iterator[int] | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._search_on)

    def show_report(self, report: Report, rows: Sequence[Row]) -> None:
        """`rows`: those of the report that belong into the table."""
        self._timer.stop()
        old = self._rows
        self.beginResetModel()
        self._texts = ReportTexts(self._kit.formats, report)
        self._rows = self._windows(rows) if isinstance(rows, LongRows) else rows
        self._order = range(len(rows))
        self._shown = self._first_shown(len(rows))
        self.endResetModel()
        if isinstance(old, RowWindows):
            old.deleteLater()

    def _windows(self, rows: LongRows) -> RowWindows:
        if self.away is None:
            raise ValueError("nowhere to read a long report")
        windows = RowWindows(rows, self.away, self)
        windows.arrived.connect(self._rows_came)
        windows.found.connect(self._found_more)
        return windows

    def _first_shown(self, count: int) -> int:
        """All rows of a long report: its lines come as they are looked at, wherever that is."""
        whole = isinstance(self._rows, RowWindows) and count == len(self._rows)
        return count if whole else min(WINDOW, count)

    def _rows_came(self) -> None:
        last = self.index(self._shown - 1, self.columnCount() - 1)
        self.dataChanged.emit(self.index(0, 0), last)

    # -- rows ------------------------------------------------------------------------------

    def row(self, index: Index) -> Row:
        return self._rows[self._order[index.row()]]

    def place(self, index: Index) -> int:
        """Where the row stands in the report, whatever the order on screen."""
        return self._order[index.row()]

    def at(self, place: int) -> Row:
        """The row that is shown there, fetched or not."""
        return self._rows[self._order[place]]

    def sample(self, count: int) -> list[Row]:
        """About so many rows from all over the report."""
        if isinstance(self._rows, RowWindows):
            return self._rows.sample()
        return [
            self._rows[place]
            for place in range(0, len(self._rows), max(1, len(self._rows) // count))
        ]

    @property
    def whole(self) -> int:
        """Rows of the report, whatever is sought."""
        return len(self._rows)

    @property
    def total_rows(self) -> int:
        """As many as there are when all of them have been fetched."""
        return len(self._order)

    def rowCount(self, parent: Index = NOWHERE) -> int:  # noqa: N802 - Qt's name
        return 0 if parent.isValid() else self._shown

    def columnCount(self, parent: Index = NOWHERE) -> int:  # noqa: N802 - Qt's name
        return 0 if parent.isValid() else self._texts.sections

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
        return self._texts.label_at

    def column(self, section: int) -> Column | None:
        """None for the column of labels."""
        return self._texts.column(section)

    def text(self, row: Row, section: int) -> str:
        return self._texts.text(row, section)

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal or section >= self.columnCount():
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            column = self.column(section)
            if column is None:
                return self._texts.label
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
        return RIGHT if told.type in NUMBERS else LEFT

    # -- cells -----------------------------------------------------------------------------

    def cell(self, row: int, column: int) -> Cell:
        told, is_label = self.at(row), column == self._texts.label_at
        return Cell(
            self.text(told, column),
            aside=self._aside(told) if is_label else "",
            tone="quiet" if told.kind is RowKind.NOTE else "",
            bold=told.kind in _HEAVY,
            level=told.level if is_label else 0,
        )

    def _aside(self, row: Row) -> str:
        return self.glosses.get(row.code or "", "") or self._texts.aside(row)

    def raw(self, row: int, column: int) -> Value:
        return self._texts.value(self.at(row), column)

    def runs_on(self, row: int) -> bool:
        return self.at(row).kind is RowKind.SECTION

    def ground(self, row: int) -> str:
        return "head" if self.at(row).kind in (RowKind.SUBTOTAL, RowKind.TOTAL) else ""

    # -- finding and sorting ---------------------------------------------------------------

    @property
    def sortable(self) -> bool:
        """A list of lines may be sorted; a statement keeps its order, and so do books."""
        rows = self._rows
        return not isinstance(rows, RowWindows) and all(row.kind in _LINES for row in rows)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """By the values themselves; nothing comes after everything."""
        if column < 0 or not self.sortable:
            return
        self._arrange(
            sorted(
                self._order,
                key=lambda place: _sort_key(self._texts.value(self._rows[place], column)),
                reverse=order == Qt.SortOrder.DescendingOrder,
            )
        )

    def find(self, text: str) -> None:
        """Shows the rows whose label or texts contain `text`, a slice of time at a time."""
        self._timer.stop()
        if isinstance(self._rows, RowWindows):
            self._rows.stop()
        wanted = text.strip().casefold()
        if not wanted:
            if self._order != range(len(self._rows)):
                self._arrange(range(len(self._rows)))
            self.found.emit(len(self._rows))
            return
        self._arrange([])
        if isinstance(self._rows, RowWindows):
            self._rows.find(self._texts, wanted)
            return
        self._search = self._matches(self._rows, wanted)
        self._timer.start()

    def _matches(self, rows: Sequence[Row], wanted: str) -> Iterator[int]:
        """The places of matching rows; -1 for every row that does not match."""
        for place, row in enumerate(rows):
            yield place if self._texts.contains(row, wanted) else -1

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
        self._add(found)
        if not self._timer.isActive():
            self.found.emit(len(self._order))

    def _found_more(self, places: list[int]) -> None:
        """A long search has looked at some more rows."""
        self._add(places)
        assert isinstance(self._rows, RowWindows)
        if self._rows.searched < len(self._rows):
            self.searched.emit(self._rows.searched, len(self._order))
        else:
            self.found.emit(len(self._order))

    def _add(self, found: list[int]) -> None:
        self._order = [*self._order, *found]
        if self._shown < WINDOW:
            self._fetch(min(WINDOW, len(self._order)))

    def _arrange(self, order: Sequence[int]) -> None:
        self.beginResetModel()
        self._order = order
        self._shown = self._first_shown(len(order))
        self.endResetModel()


def _sort_key(value: Value) -> tuple[int, Any]:
    if value is None:
        return (3, 0)
    if isinstance(value, date):
        return (0, value.toordinal())
    return (1, value) if isinstance(value, int) else (2, value.casefold())
