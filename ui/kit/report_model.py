"""A report as a model: the texts of its cells, the windows of rows of a long report, fetching as
one scrolls, search and sorting.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, Qt, QTimer, Signal

from kwt_books.domain.contra import MORE
from kwt_books.i18n.formats import FIGURES, NIL, Formats
from kwt_books.reports.long_rows import WINDOW, LongRows
from kwt_books.reports.model import (
    NOTE_KEYS,
    NUMBERS,
    SUMS,
    Column,
    ColumnType,
    Layout,
    Report,
    Row,
    RowKind,
    Value,
)
from ui.kit.look import CENTRE, UiContext
from ui.kit.table import LEFT, NOWHERE, RIGHT, Cell, CellModel, Index

# ------------------------------------------------------------------------------------------------
# The texts of a report's cells. Nothing here needs the screen: the worker may call it.


class ReportTexts:
    """Cells as text. A section is a column of the table; that of the labels is one of them."""

    def __init__(self, formats: Formats, report: Report | None = None) -> None:
        self._formats = formats
        self._columns = report.columns if report is not None else ()
        self.label = report.label if report is not None else ""
        self.label_at = min(report.label_at, len(self._columns)) if report is not None else 0
        self._blank_nil = report is not None and report.layout is Layout.TRIAL_BALANCE
        self._book = report is not None and report.layout in (Layout.BOOK, Layout.LEDGER)

    @property
    def sections(self) -> int:
        """The number of columns, with that of the labels."""
        return len(self._columns) + 1 if self._columns else 0

    def column(self, section: int) -> Column | None:
        """The report's column of a section; None for that of the labels."""
        if section == self.label_at:
            return None
        return self._columns[section - (section > self.label_at)]

    def value(self, row: Row, section: int) -> Value:
        """The value in a row's section."""
        if section == self.label_at:
            return row.label
        place = section - (section > self.label_at)
        return row.cells[place] if place < len(row.cells) else None

    def text(self, row: Row, section: int) -> str:
        """The value as text; empty where there is none."""
        value = self.value(row, section)
        if value is None:
            return ""
        if isinstance(value, str):
            return "" if self._beside(row) and section != self.label_at else value
        if isinstance(value, date):
            return self._formats.numeric_day(value)
        return self._number(value, self.column(section), row.kind)

    def aside(self, row: Row) -> str:
        """What an account's heading says besides its name; it belongs to no column."""
        if not self._beside(row):
            return ""
        return " ".join(each for each in row.cells if isinstance(each, str))

    def _beside(self, row: Row) -> bool:
        return self._book and row.kind is RowKind.SECTION

    def _number(self, value: int, column: Column | None, kind: RowKind) -> str:
        formats, type_ = self._formats, column.type if column else ColumnType.TEXT
        if type_ not in NUMBERS:
            return str(value)
        if value == 0 and column is not None:
            blank = self._blank_nil or column.summed
            return "" if blank and kind not in SUMS else NIL
        if type_ is ColumnType.QUANTITY:
            text = formats.quantity(abs(value))
        elif type_ is ColumnType.PERCENT:
            text = formats.percent_fixed(abs(value))
        else:
            text = formats.number(abs(value))
        return f"({text})" if value < 0 else text

    def contains(self, row: Row, wanted: str) -> bool:
        """Whether any cell contains `wanted`, which is casefolded."""
        figures = not wanted.strip(FIGURES)
        for section in range(self.sections):
            worded = figures or isinstance(self.value(row, section), str)
            if worded and wanted in self.text(row, section).casefold():
                return True
        return wanted in self.aside(row).casefold()


# -- The rows of a long report: windows that were read, and placeholders for the others ----------


Away = Callable[[Callable[[], Any], Callable[[Any], object], QObject], object]
"""Runs the first on the worker, and the second here with its answer while the third lives."""
COMING = Row("…")
"""The placeholder of a row that has not been read yet."""
_HELD = 24
"""Windows kept; others are read again."""
_WAITING = 3
"""Windows that wait to be read at most: those scrolled past aren't wanted any more."""
_SEARCHED = 4
"""Windows that a search looks through before other questions get their turn."""
_PINNED = 20_000
"""Rows found by a search that are kept at most."""


class RowWindows(QObject):
    """The rows of a long report as a sequence. A row that isn't there yet is
    `COMING`, and is read.
    """

    arrived = Signal()
    found = Signal(object)
    """Places of the rows that a search found since it last emitted."""

    def __init__(self, rows: LongRows, away: Away, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows, self._away = rows, away
        self._held: OrderedDict[int, list[Row]] = OrderedDict(rows.ahead)
        self._pinned: dict[int, Row] = {}
        self._reading = False
        self._wanted: list[int] = []
        self._beside: frozenset[int] = frozenset()
        """Windows read because they are next to one that was asked for."""
        self._search = object()
        self.searched = 0
        """Rows that the search under way has looked at."""

    def __len__(self) -> int:
        return len(self._rows)

    def __getitem__(self, place: int) -> Row:
        if (pinned := self._pinned.get(place)) is not None:
            return pinned
        window, at = divmod(place, WINDOW)
        if window not in self._held:
            self._want(window)
            return COMING
        self._held.move_to_end(window)
        return self._held[window][at]

    def sample(self) -> list[Row]:
        """Rows from all over the report that are there already."""
        return [row for window in self._held.values() for row in window[:: WINDOW // 25]]

    # -- reading -----------------------------------------------------------------------------

    def _want(self, window: int) -> None:
        if window not in self._wanted:
            self._wanted = [*self._wanted, window][-_WAITING:]
        self._read_next()

    def _read_next(self) -> None:
        """Reads one window at a time, the one asked for last first."""
        if self._reading or not self._wanted:
            return
        self._reading, rows, window = True, self._rows, self._wanted.pop()
        start = window * WINDOW
        self._away(lambda: list(rows[start : start + WINDOW]), partial(self._take, window), self)

    def _take(self, window: int, rows: list[Row]) -> None:
        self._reading = False
        self._held[window] = rows
        while len(self._held) > _HELD:
            self._held.popitem(last=False)
        self.arrived.emit()
        self._read_next()
        beside = (window + 1, window - 1)
        if not self._reading and window not in self._beside:
            self._beside = frozenset(beside)
            for each in beside:
                if each not in self._held and 0 <= each * WINDOW < len(self):
                    self._want(each)

    # -- finding -----------------------------------------------------------------------------

    def find(self, texts: ReportTexts, wanted: str) -> None:
        """Looks through all rows; emits `found`, and keeps how far it is in `searched`."""
        self.stop()
        self._look(self._search, texts, wanted)

    def stop(self) -> None:
        """Ends the search."""
        self._search, self.searched = object(), 0

    def _look(self, search: object, texts: ReportTexts, wanted: str) -> None:
        rows, start = self._rows, self.searched
        stop = min(start + _SEARCHED * WINDOW, len(rows))

        def look() -> list[tuple[int, Row]]:
            sifted = rows.sift(start, stop, wanted)
            return [(place, row) for place, row in sifted if texts.contains(row, wanted)]

        def looked(found: list[tuple[int, Row]]) -> None:
            if search is not self._search:
                return
            self.searched = stop
            self._pinned.update(found[: _PINNED - len(self._pinned)])
            self.found.emit([place for place, _ in found])
            if stop < len(rows):
                self._look(search, texts, wanted)

        self._away(look, looked, self)


_SLICE = 0.008  # seconds of searching before events are handled
_LINES = (RowKind.LINE, RowKind.NOTE)
_HEAVY = (RowKind.SECTION, *SUMS)


class ReportModel(CellModel):
    """A report's rows, read-only. `find` and `sort` change which rows are
    shown, never the report.
    """

    found = Signal(int)
    """A search has ended: how many rows it found."""
    searched = Signal(int, int)
    """A long search goes on: rows looked at, rows found."""

    def __init__(self, ui: UiContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ui = ui
        self.away: Away | None = None
        """Runs the reading of a long report's rows on the worker."""
        self.glosses: Mapping[str, str] = {}
        """Grey words behind labels, by the row's code."""
        self.accounts: Mapping[str, str] = {}
        """Names of accounts by their codes, told where a book has the code alone."""
        self._texts = ReportTexts(ui.formats)
        self._rows: Sequence[Row] | RowWindows = ()
        self._order: Sequence[int] = ()
        self._shown = 0
        self._search: Iterator[int] | None = None
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._search_on)

    def show_report(self, report: Report, rows: Sequence[Row]) -> None:
        """Shows a report; `rows` are those that belong into the table."""
        self._timer.stop()
        old = self._rows
        self.beginResetModel()
        self._texts = ReportTexts(self._ui.formats, report)
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
        """Rows offered to the view at first: of a long report all, for they are read when seen."""
        whole = isinstance(self._rows, RowWindows) and count == len(self._rows)
        return count if whole else min(WINDOW, count)

    def _rows_came(self) -> None:
        last = self.index(self._shown - 1, self.columnCount() - 1)
        self.dataChanged.emit(self.index(0, 0), last)

    # -- rows ------------------------------------------------------------------------------

    def row(self, index: Index) -> Row:
        """The report's row at an index."""
        return self._rows[self._order[index.row()]]

    def place(self, index: Index) -> int:
        """The place of an index's row in the report, whatever the order on the screen."""
        return self._order[index.row()]

    def at(self, place: int) -> Row:
        """The row at a place of the screen, or `COMING`."""
        return self._rows[self._order[place]]

    def sample(self, count: int) -> list[Row]:
        """About `count` rows from all over the report."""
        if isinstance(self._rows, RowWindows):
            return self._rows.sample()
        return [
            self._rows[place]
            for place in range(0, len(self._rows), max(1, len(self._rows) // count))
        ]

    @property
    def whole(self) -> int:
        """The number of rows of the report, whatever is searched for."""
        return len(self._rows)

    @property
    def total_rows(self) -> int:
        """The number of rows that are shown once all have been fetched."""
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
        """Offers all rows to the view."""
        self._fetch(len(self._order))

    def _fetch(self, shown: int) -> None:
        if shown > self._shown:
            self.beginInsertRows(QModelIndex(), self._shown, shown - 1)
            self._shown = shown
            self.endInsertRows()

    # -- columns ---------------------------------------------------------------------------

    @property
    def label_column(self) -> int:
        """The column of the labels."""
        return self._texts.label_at

    def column(self, section: int) -> Column | None:
        """The report's column; None for that of the labels."""
        return self._texts.column(section)

    def text(self, row: Row, section: int) -> str:
        """A row's text in a column."""
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
        if role == Qt.ItemDataRole.ToolTipRole and self._names_account(section):
            return self._ui.t("The account across from this one; + where there are more")
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role != Qt.ItemDataRole.ToolTipRole or not self._names_account(index.column()):
            return super().data(index, role)
        shown = self.text(self.at(index.row()), index.column())
        if (name := self.accounts.get(shown.removesuffix(MORE))) is None:
            return None
        return self._ui.t("{account} and others", account=name) if MORE in shown else name

    def _names_account(self, section: int) -> bool:
        column = self.column(section)
        return column is not None and column.key == "counter"

    def alignment(self, column: int) -> Qt.AlignmentFlag:
        """Right for numbers, centre for references to notes, else left."""
        told = self.column(column)
        if told is None:
            return LEFT
        if told.key in NOTE_KEYS:
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
        """The value in a cell."""
        return self._texts.value(self.at(row), column)

    def runs_on(self, row: int) -> bool:
        """Whether the row is a section's heading, whose words run over empty cells."""
        return self.at(row).kind is RowKind.SECTION

    def ground(self, row: int) -> str:
        """The colour behind a row, for sums."""
        return "head" if self.at(row).kind in (RowKind.SUBTOTAL, RowKind.TOTAL) else ""

    # -- finding and sorting ---------------------------------------------------------------

    @property
    def sortable(self) -> bool:
        """Whether the rows may be sorted: a list may; statements and books keep their order."""
        rows = self._rows
        return not isinstance(rows, RowWindows) and all(row.kind in _LINES for row in rows)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sorts by the values themselves; a row without one counts as the largest."""
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
        """Shows the rows that contain `text`; searches for a slice of time, then lets events be
        handled.
        """
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
        """For every row: its place where it matches, else -1."""
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
        """Shows more rows that a long search has found."""
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
