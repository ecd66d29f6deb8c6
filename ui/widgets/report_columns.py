"""How wide the columns of a report are: measured once, from rows all over it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QHeaderView

from kwt_books.reports.model import Row, RowKind
from ui.kit import Kit
from ui.widgets.report_model import ReportModel
from ui.widgets.table import INDENT, PAD_TIGHT, Table

_SAMPLE = 80
"""Rows that are looked at, however many there are."""
_MEASURED = 3
"""Of the texts of a column, the longest are measured."""
_LABEL_LEAST, _LABEL_CROWDED, _LABEL_MOST = 140, 176, 250
_SCROLLBAR, _SLACK = 14, 6


class ReportColumns:
    """The labels take what room is left. Where there is none, columns stand nearer to each other;
    then the labels keep a readable width, and one scrolls to the side."""

    def __init__(self, kit: Kit, view: Table, model: ReportModel) -> None:
        self._kit, self._view, self._model = kit, view, model
        self._wide: list[int] = []
        """Of the text of each column, without what stands beside it; 0: not shown."""

    def learn(self, total: Row | None, left_out: frozenset[str]) -> None:
        """After the model has a new report. Columns `left_out` by their keys are hidden."""
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
        model, theme = self._model, self._kit.theme
        label = section == model.label_column
        # What stands beside the name of a section runs on over the empty cells behind it.
        held = rows if label else [row for row in rows if row.kind is not RowKind.SECTION]
        texts = {model.text(row, section): row.level if label else 0 for row in held}
        longest = sorted(texts, key=len, reverse=True)[:_MEASURED]
        bold = QFontMetrics(theme.font(bold=True, figures=not label))
        widths = [bold.horizontalAdvance(text) + texts[text] * INDENT for text in longest]
        heading = str(model.headerData(section, Qt.Orientation.Horizontal) or "")
        small = QFontMetrics(theme.font("caption", bold=True))
        widths += [small.horizontalAdvance(line) for line in heading.split("\n")]
        return max(widths, default=0) + _SLACK

    def _widths(self, pad: int) -> list[int]:
        px = self._kit.theme.px
        widths = [wide + 2 * pad if wide else 0 for wide in self._wide]
        label = self._model.label_column
        if label < len(widths):
            widths[label] = max(px(_LABEL_LEAST), min(widths[label], px(_LABEL_MOST)))
        return widths

    def natural_width(self) -> int:
        """How wide the table would like to be."""
        return sum(self._widths(self._view.pad_usual)) + _SCROLLBAR

    def least_width(self) -> int:
        """What it needs to be read without scrolling to the side."""
        widths, label = self._widths(PAD_TIGHT), self._model.label_column
        if label < len(widths):
            widths[label] = min(widths[label], self._kit.theme.px(_LABEL_CROWDED))
        return sum(widths) + _SCROLLBAR

    def fit(self) -> None:
        """Into the room there is now."""
        if len(self._wide) != self._model.columnCount() or not self._wide:
            return
        room = self._view.width() - _SCROLLBAR
        self._view.set_tight(sum(self._widths(self._view.pad_usual)) > room)
        widths, label = self._widths(self._view.pad), self._model.label_column
        widths[label] += max(0, room - sum(widths))
        least = self._kit.theme.px(_LABEL_CROWDED)
        if sum(widths) > room:
            widths[label] = max(least, widths[label] - (sum(widths) - room))
        header = self._view.horizontalHeader()
        for section, width in enumerate(widths):
            if width:
                header.resizeSection(section, width)
