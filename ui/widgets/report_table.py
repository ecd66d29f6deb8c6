"""A report on screen: the table, its total in a bar that stays, and search."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QWidget

from kwt_books.reports.long_rows import LongRows
from kwt_books.reports.model import ColumnType, Report, Row, RowKind
from kwt_books.reports.printed import printed
from ui.kit import Kit, restyle
from ui.tokens import GUTTER, ROW_REPORT
from ui.widgets.label import column
from ui.widgets.report_columns import ReportColumns
from ui.widgets.report_model import ReportModel
from ui.widgets.table import Table

_FEW = 4
"""Columns that a statement has at most."""


class _ReportView(Table):
    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        model = self.model()
        if event.key() == Qt.Key.Key_End and isinstance(model, ReportModel):
            model.fetch_all()
            self.select(model.rowCount() - 1)
            return
        super().keyPressEvent(event)


class TotalBar(QFrame):
    """What it all comes to, below the columns that add up to it."""

    def __init__(self, kit: Kit, view: Table, model: ReportModel) -> None:
        super().__init__()
        self._kit, self._view, self._model = kit, view, model
        self._row: Row | None = None
        self.setFixedHeight(kit.theme.px(48))
        header = view.horizontalHeader()
        header.sectionResized.connect(self.update)
        header.geometriesChanged.connect(self.update)
        view.horizontalScrollBar().valueChanged.connect(self.update)
        self.hide()

    @property
    def row(self) -> Row | None:
        return self._row

    def show_row(self, row: Row | None) -> None:
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
        painter, theme = QPainter(self), self._kit.theme
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
        header, pad = self._view.horizontalHeader(), self._view.pad
        left = header.sectionViewportPosition(section)
        return QRect(left + pad, 0, header.sectionSize(section) - 2 * pad, self.height())

    def _is_first(self, section: int) -> bool:
        """Whether it is the first amount of a statement, which is what one looks for."""
        before = (self._model.column(each) for each in range(section))
        column_ = self._model.column(section)
        return (
            self._model.columnCount() <= _FEW
            and column_ is not None
            and column_.type is ColumnType.MONEY
            and not any(each is not None and each.type is ColumnType.MONEY for each in before)
        )

    def _paint_figure(self, painter: QPainter, place: QRect, text: str, *, large: bool) -> int:
        """Right-aligned in its column; the left edge of what was written."""
        font = self._kit.theme.font("card" if large else "body", bold=True, figures=True)
        painter.setFont(font)
        shown = f"Rp{text}" if large and text[:1].isdigit() else text
        width = QFontMetrics(font).horizontalAdvance(shown)
        wide = place.adjusted(min(0, place.width() - width), 0, 0, 0)
        painter.drawText(wide, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, shown)
        return place.right() - width if shown else place.left()

    def _paint_label(self, painter: QPainter, left: int, reach: int, text: str) -> None:
        """In smaller letters, then on two lines, where there is no room for large ones."""
        room, theme = reach - left - GUTTER, self._kit.theme
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
    """Shows a `Report`. Its one total, where it ends in one, stands in the bar."""

    chosen = Signal(object)
    """The `Row` that was selected."""
    activated = Signal(object)
    """The `Row` that Enter or a double click is on."""
    found = Signal(int)
    searched = Signal(int, int)

    def __init__(self, kit: Kit, height: int = ROW_REPORT) -> None:
        super().__init__()
        self.model = ReportModel(kit, self)
        self.view = _ReportView(kit, height)
        self.view.use(self.model)
        self.columns = ReportColumns(kit, self.view, self.model)
        self.left_out: frozenset[str] = frozenset()
        """Keys of columns that are not shown."""
        self.bar = TotalBar(kit, self.view, self.model)
        self._kit = kit
        page = column(self)
        page.addWidget(self.view, 1)
        page.addWidget(self.bar)
        self.setFocusProxy(self.view)
        self.model.found.connect(self.found)
        self.model.searched.connect(self.searched)
        self.view.activated.connect(self._activated)
        self.view.selectionModel().currentRowChanged.connect(self._current_changed)

    def show_report(self, report: Report) -> None:
        report = printed(report, self._kit.t)
        rows, total = _without_total(report.rows)
        self.model.show_report(report, rows)
        self.columns.learn(total, self.left_out)
        # Without an indicator first: switching sorting on sorts by whatever it stands at.
        self.view.setSortingEnabled(False)
        self.view.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.view.setSortingEnabled(self.model.sortable)
        self.view.setAccessibleName(report.title)
        self.bar.show_row(total)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self.columns.fit()

    def show_tone(self, tone: str) -> None:
        """`good` for a result that is one."""
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
    """The rows of the table, and the only total where they end in one."""
    held = rows.held if isinstance(rows, LongRows) else rows
    totals = sum(row.kind is RowKind.TOTAL for row in held)
    if totals != 1 or held[-1].kind is not RowKind.TOTAL:
        return rows, None
    return rows.without_last() if isinstance(rows, LongRows) else rows[:-1], held[-1]
