"""A report on the screen: the widths of its columns, the table, the bar with
its total, and search.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHeaderView, QWidget

from kwt_books.reports.long_rows import LongRows, printed
from kwt_books.reports.model import ColumnType, Report, Row, RowKind
from ui.kit.layout import column
from ui.kit.look import GUTTER, ROW_REPORT, UiContext, restyle
from ui.kit.report_model import ReportModel
from ui.kit.table import INDENT, PAD_TIGHT, Table

# -- The widths of a report's columns, measured once from rows all over it -----------------------


_SAMPLE = 80
"""Rows measured, however many there are."""
_MEASURED = 3
"""How many of a column's texts, the longest, are measured."""
_LABEL_LEAST, _LABEL_CROWDED, _LABEL_MOST, _NAME_MOST = 140, 172, 250, 420
"""Widths of the column of labels: what a ledger says of an entry needn't be read to its end, the
names in a statement, which begin its rows, must.
"""
_SLACK = 6


class ReportColumns:
    """Columns' widths. The labels take the room that is left; where there is none, columns move
    closer, and then the labels keep a readable width and the table scrolls sideways."""

    def __init__(self, ui: UiContext, view: Table, model: ReportModel) -> None:
        self._ui, self._view, self._model = ui, view, model
        self._wide: list[int] = []
        """Width of each column's texts without margins; 0 where it isn't shown."""

    def learn(self, total: Row | None, left_out: frozenset[str]) -> None:
        """Measures a new report of the model. Columns whose keys are in `left_out` are hidden."""
        model, header = self._model, self._view.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        rows = [*model.sample(_SAMPLE), *([total] if total is not None else [])]
        self._wide = []
        for section in range(model.columnCount()):
            column = model.column(section)
            hidden = column is not None and column.key in left_out
            self._view.setColumnHidden(section, hidden)
            self._wide.append(0 if hidden else self._measured(section, rows))
        self.fit()

    def _measured(self, section: int, rows: list[Row]) -> int:
        model, theme = self._model, self._ui.theme
        label = section == model.label_column
        # The words beside a section's name run on over the empty cells behind it.
        held = rows if label else [row for row in rows if row.kind is not RowKind.SECTION]
        texts = {model.text(row, section): row.level if label else 0 for row in held}
        longest = sorted(texts, key=len, reverse=True)[:_MEASURED]
        bold = QFontMetrics(theme.font(bold=True, figures=not label))
        widths = [bold.horizontalAdvance(text) + texts[text] * INDENT for text in longest]
        heading = str(model.headerData(section, Qt.Orientation.Horizontal) or "")
        small = QFontMetrics(theme.font("caption", bold=True))
        widths += [small.horizontalAdvance(line) for line in heading.split("\n")]
        return max(widths, default=0) + _SLACK

    def _widths(self, pad: int, *, crowded: bool = False, most: int = 0) -> list[int]:
        """`most`: what a label takes at most at a text size of 100 percent."""
        px = self._ui.theme.px
        widths = [wide + 2 * pad if wide else 0 for wide in self._wide]
        if widths:  # the table's edges keep their distance
            widths[0] += 0 if crowded else GUTTER - pad
            widths[-1] += GUTTER - pad
        label = self._model.label_column
        if label < len(widths):
            most = most or (_LABEL_MOST if label else _NAME_MOST)
            widths[label] = max(px(_LABEL_LEAST), min(widths[label], px(most)))
        return widths

    def natural_width(self) -> int:
        """The width at which everything is shown, in pixels."""
        return sum(self._widths(PAD_TIGHT))

    def least_width(self) -> int:
        """The width at which the table needn't scroll sideways, in pixels."""
        return self._least(crowded=True)

    def _least(self, *, crowded: bool) -> int:
        widths, label = self._widths(PAD_TIGHT, crowded=crowded), self._model.label_column
        if label < len(widths):
            widths[label] = min(widths[label], self._ui.theme.px(_LABEL_CROWDED))
        return sum(widths)

    def fit(self) -> None:
        """Fits the columns into the room there is now."""
        if len(self._wide) != self._model.columnCount() or not self._wide:
            return
        room = self._view.width()
        crowded = self._least(crowded=False) > room
        whole = sum(self._widths(self._view.pad_usual, most=_NAME_MOST))
        self._view.set_tight(whole > room, crowded=crowded)
        widths, label = self._widths(self._view.pad, crowded=crowded), self._model.label_column
        widths[label] += max(0, room - sum(widths))
        least = self._ui.theme.px(_LABEL_CROWDED)
        if sum(widths) > room:
            widths[label] = max(least, widths[label] - (sum(widths) - room))
        header = self._view.horizontalHeader()
        for section, width in enumerate(widths):
            if width:
                header.resizeSection(section, width)


_FEW = 4
"""Columns of a statement at most."""


class _ReportView(Table):
    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        model = self.model()
        if event.key() == Qt.Key.Key_End and isinstance(model, ReportModel):
            model.fetch_all()
            self.select(model.rowCount() - 1)
            return
        super().keyPressEvent(event)


class TotalBar(QFrame):
    """The report's total, below the columns that add up to it."""

    def __init__(self, ui: UiContext, view: Table, model: ReportModel) -> None:
        super().__init__()
        self._ui, self._view, self._model = ui, view, model
        self._row: Row | None = None
        self.setFixedHeight(ui.theme.px(48))
        header = view.horizontalHeader()
        header.sectionResized.connect(self.update)
        header.geometriesChanged.connect(self.update)
        view.horizontalScrollBar().valueChanged.connect(self.update)
        self.hide()

    @property
    def row(self) -> Row | None:
        """The row shown, or None."""
        return self._row

    def show_row(self, row: Row | None) -> None:
        """Shows a total; None hides the bar."""
        self._row = row
        self.setVisible(row is not None)
        if row is not None:
            shown = range(self._model.columnCount())
            texts = [self._model.text(row, section) for section in shown]
            self.setAccessibleName(" ".join(filter(None, texts)))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        super().paintEvent(event)
        if self._row is None:
            return
        painter, theme = QPainter(self), self._ui.theme
        painter.setPen(theme.color("text"))
        reach = self.width()
        for section in reversed(range(self._model.columnCount())):
            column_, place = self._model.column(section), self._place(section)
            text = self._model.text(self._row, section)
            if column_ is None:
                self._paint_label(painter, place.left(), reach, text)
                continue
            figure = self._paint_figure(painter, place, text, large=self._is_first(section))
            reach = min(reach, figure) if section > self._model.label_column else reach

    def _place(self, section: int) -> QRect:
        header, (before, after) = self._view.horizontalHeader(), self._view.pads(section)
        left = header.sectionViewportPosition(section) + before
        return QRect(left, 0, header.sectionSize(section) - before - after, self.height())

    def _is_first(self, section: int) -> bool:
        """Whether it is the first amount of a statement, which is written large."""
        before = (self._model.column(each) for each in range(section))
        column_ = self._model.column(section)
        return (
            self._model.columnCount() <= _FEW
            and column_ is not None
            and column_.type is ColumnType.MONEY
            and not any(each is not None and each.type is ColumnType.MONEY for each in before)
        )

    def _paint_figure(self, painter: QPainter, place: QRect, text: str, *, large: bool) -> int:
        """Writes right-aligned in the column; gives the left edge of what was written."""
        font = self._ui.theme.font("card" if large else "body", bold=True, figures=True)
        painter.setFont(font)
        shown = f"Rp{text}" if large and text[:1].isdigit() else text
        width = QFontMetrics(font).horizontalAdvance(shown)
        wide = place.adjusted(min(0, place.width() - width), 0, 0, 0)
        painter.drawText(wide, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, shown)
        return place.right() - width if shown else place.left()

    def _paint_label(self, painter: QPainter, left: int, reach: int, text: str) -> None:
        """Writes the label, smaller or on two lines where there is no room for large letters."""
        room, theme = reach - left - GUTTER, self._ui.theme
        sizes = ("card", "body", "caption")
        fonts = [theme.font(size, bold=True) for size in sizes]
        font = next(
            (f for f in fonts if QFontMetrics(f).horizontalAdvance(text) <= room), fonts[-1]
        )
        painter.setFont(font)
        place = QRect(left, 0, room, self.height())
        flags = Qt.AlignmentFlag.AlignVCenter.value | Qt.TextFlag.TextWordWrap.value
        painter.drawText(place, flags, text)


class ReportTable(QWidget):
    """Shows a `Report`; where it ends in one total, that is in the bar below."""

    chosen = Signal(object)
    """The `Row` that was selected."""
    activated = Signal(object)
    """The `Row` that Enter or a double click is on."""
    found = Signal(int)
    searched = Signal(int, int)

    def __init__(self, ui: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = ReportModel(ui, self)
        self.view = _ReportView(ui, ROW_REPORT, self)
        self.view.use(self.model)
        self.columns = ReportColumns(ui, self.view, self.model)
        self.left_out: frozenset[str] = frozenset()
        """Keys of columns that are not shown."""
        self.bar = TotalBar(ui, self.view, self.model)
        self._ui = ui
        column((self.view, 1), self.bar, parent=self)
        self.setFocusProxy(self.view)
        self.model.found.connect(self.found)
        self.model.searched.connect(self.searched)
        self.view.activated.connect(self._activated)
        self.view.selectionModel().currentRowChanged.connect(self._current_changed)

    def show_report(self, report: Report) -> None:
        """Shows a report, unsorted."""
        report = printed(report, self._ui.t)
        rows, total = _without_total(report.rows)
        self.model.show_report(report, rows)
        self.columns.learn(total, self.left_out)
        # The indicator is removed first: switching sorting on sorts by the column it is at.
        self.view.setSortingEnabled(False)
        self.view.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.view.setSortingEnabled(self.model.sortable)
        self.view.setAccessibleName(report.title)
        self.bar.show_row(total)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self.columns.fit()

    def show_tone(self, tone: str) -> None:
        """Colours the bar: `good` for a profit, empty for any other report."""
        restyle(self.bar, tone=tone)

    def search(self, text: str) -> None:
        """Shows only the rows that contain `text`; `found` tells how many."""
        self.model.find(text)

    def _activated(self, index: QModelIndex) -> None:
        self.activated.emit(self.model.row(index))

    def _current_changed(self, index: QModelIndex, _old: QModelIndex) -> None:
        if index.isValid():
            self.chosen.emit(self.model.row(index))


def _without_total(rows: Sequence[Row]) -> tuple[Sequence[Row], Row | None]:
    """The rows without their last, and that row, where it is their only total; else all, None."""
    held = rows.held if isinstance(rows, LongRows) else rows
    totals = sum(row.kind is RowKind.TOTAL for row in held)
    if totals != 1 or held[-1].kind is not RowKind.TOTAL:
        return rows, None
    return rows.without_last() if isinstance(rows, LongRows) else rows[:-1], held[-1]
