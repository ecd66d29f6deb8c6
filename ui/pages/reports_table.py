"""The middle of the reports: what is asked, the table or the text, and why there is none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QProgressBar,
    QStackedWidget,
    QWidget,
)

from kwt_books.domain.month import Month
from kwt_books.reports.long_rows import LongRows
from kwt_books.reports.model import Layout, Report, Row
from ui.kit import Kit
from ui.pages.reports_asked import AskedBar
from ui.pages.reports_catalog import ROW_GLOSSES
from ui.pages.reports_notes import NotesView
from ui.tokens import GUTTER
from ui.widgets.button import Button
from ui.widgets.card import Badge, Card, bare
from ui.widgets.icon import Disc
from ui.widgets.label import Elided, column, label, row
from ui.widgets.report_table import ReportTable
from ui.widgets.seek_field import SeekField

_ON_PAPER = frozenset({"note", "notes"})
"""Columns that say something on paper alone."""


class ReportView(Card):
    stopped = Signal()
    """What is being worked out is not wanted any more."""

    def __init__(self, kit: Kit, asked: AskedBar) -> None:
        super().__init__(margins=0, space=0)
        self._kit, self.asked = kit, asked
        self.shown: Report | None = None
        top = column(space=10)
        top.setContentsMargins(GUTTER, 12, GUTTER, 12)
        top.addWidget(asked)
        top.addLayout(self._caption())
        self.body.addLayout(top)
        self.table = ReportTable(kit)
        self.table.left_out = _ON_PAPER
        self.table.found.connect(self._found)
        self.table.searched.connect(self._searched)
        self.notes = NotesView(kit)
        self._stack = QStackedWidget()
        for each in (self.table, self.notes, self._missing_part(), self._working_part()):
            self._stack.addWidget(each)
        self.body.addWidget(self._stack, 1)

    def _caption(self) -> QHBoxLayout:
        line = row(space=8)
        self.period = Elided("", "label")
        self.state = Badge(self._kit, "", "warn")
        self.state.hide()
        self.count = label("", "quiet")
        hint = self._kit.t("Ctrl+F; Esc shows everything again")
        self.seek = SeekField(self._kit, self._kit.t("Find in the table"), hint)
        self.seek.setFixedWidth(self._kit.theme.px(164))
        self.seek.textChanged.connect(self._seek)
        self.seek.installEventFilter(self)
        line.addWidget(self.period, 1)
        line.addWidget(self.state)
        line.addWidget(self.count)
        line.addWidget(self.seek)
        return line

    def _missing_part(self) -> QWidget:
        part = bare()
        page = column(part, margins=GUTTER, space=12)
        centre = Qt.AlignmentFlag.AlignHCenter
        page.addStretch(1)
        page.addWidget(Disc(self._kit, "file-text"), 0, centre)
        self.why = label("", "card", wrap=True)
        self.why.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.why.setFixedWidth(self._kit.theme.px(360))
        page.addWidget(self.why, 0, centre)
        self._again = Button(self._kit, "")
        self._again.when_clicked(self._act_again)
        self._act: Callable[[], object] | None = None
        page.addWidget(self._again, 0, centre)
        page.addStretch(1)
        return part

    def _working_part(self) -> QWidget:
        part = bare()
        page = column(part, margins=GUTTER, space=12)
        centre = Qt.AlignmentFlag.AlignHCenter
        page.addStretch(1)
        page.addWidget(label(self._kit.t("Working it out…"), "card"), 0, centre)
        bar = QProgressBar()
        bar.setRange(0, 0)
        bar.setTextVisible(False)
        bar.setFixedWidth(self._kit.theme.px(240))
        page.addWidget(bar, 0, centre)
        stop = Button(self._kit, self._kit.t("Stop")).when_clicked(self.stopped.emit)
        page.addWidget(stop, 0, centre)
        page.addStretch(1)
        return part

    # -- what is shown ---------------------------------------------------------------------

    def show_report(self, report: Report, month: Month) -> None:
        if not report.rows:
            text = self._kit.t("Nothing was recorded in {month} for this report.",
                               month=self._kit.formats.month(month))  # fmt: skip
            self.show_missing(text)
            self._show_caption(report)
            return
        self.shown = report
        if report.layout is Layout.NOTES:
            self.notes.show_report(report)
            self._stack.setCurrentWidget(self.notes)
        else:
            glosses = {code: self._kit.t(text) for (name, code), text in ROW_GLOSSES.items()
                       if name == report.name}  # fmt: skip
            self.table.model.glosses = glosses
            self.table.show_report(replace(report, label=report.label or report.title))
            self.table.show_tone("good" if _is_result(report) else "")
            self._stack.setCurrentWidget(self.table)
            self._seek(self.seek.text())
        self._show_caption(report)

    def row_at(self, index: QModelIndex) -> Row | None:
        """The report's own row: what people don't read is left out of the table's."""
        if self.shown is None:
            return None
        if self.shown.name == "trial-balance":  # one of two sides has rows of its own
            return self.table.model.row(index)
        if isinstance(self.shown.rows, LongRows):  # whose rows only the book reads
            return self.table.model.row(index)
        return self.shown.rows[self.table.model.place(index)]

    def _show_caption(self, report: Report) -> None:
        self.period.setText(report.period or report.title)
        self.state.setVisible(report.provisional)
        self.state.show_text(self._kit.t("Provisional"), "warn")
        self.state.setToolTip(self._kit.t("The month is not closed: figures may still change."))
        self.seek.setVisible(report.layout is not Layout.NOTES)

    def show_missing(
        self, text: str, *, offer: str = "", act: Callable[[], object] | None = None
    ) -> None:
        """Nothing to see: why, and perhaps what can be done."""
        self.shown = None
        self.why.setText(text)
        self._act = act
        self._again.setText(offer)
        self._again.setVisible(bool(offer))
        self.state.hide()
        self.seek.hide()
        self.count.setText("")
        self.period.setText("")
        self._stack.setCurrentIndex(2)

    def _act_again(self) -> None:
        if self._act is not None:
            self._act()

    def show_working(self) -> None:
        self._stack.setCurrentIndex(3)

    def natural_width(self) -> int:
        """How wide the table would like to be; 0 where there is none."""
        shown = self._stack.currentWidget() is self.table
        return self.table.columns.natural_width() if shown else 0

    def least_width(self) -> int:
        """What it needs to be read without scrolling to the side; 0 where there is none."""
        shown = self._stack.currentWidget() is self.table
        return self.table.columns.least_width() if shown else 0

    # -- finding ---------------------------------------------------------------------------

    def _seek(self, text: str) -> None:
        if self._stack.currentWidget() is self.table:
            self.table.search(text)

    def _found(self, count: int) -> None:
        searching = bool(self.seek.text().strip())
        number = self._kit.formats.number(count)
        self.count.setText(self._kit.t("{count} found", count=number) if searching else "")

    def _searched(self, looked_at: int, found: int) -> None:
        formats = self._kit.formats
        share = formats.percent(looked_at * 1000 // max(1, self.table.model.whole))
        self.count.setText(
            self._kit.t("{count} found in {share} so far", count=formats.number(found), share=share)
        )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Escape and self.seek.text():
                self.seek.clear()
                return True
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.table.view.setFocus()
                self.table.view.select(0)
                return True
        return False


def _is_result(report: Report) -> bool:
    """A profit, shown in green; anything else keeps a quiet ground."""
    return report.name == "profit-loss" and report.figures.get("profit", 0) >= 0
