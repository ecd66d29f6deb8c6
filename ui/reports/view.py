"""The middle and the right of the page of reports: the fields above, the table or the notes' text,
or why there is neither; and the pages with the buttons to print and save.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property
from html import escape
from itertools import groupby
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QModelIndex, Qt, Signal, SignalInstance
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QStackedWidget,
    QTextBrowser,
    QWidget,
)

from kwt_books.domain.values import Month
from kwt_books.i18n.formats import NIL
from kwt_books.queries.margins import Margin
from kwt_books.reports.long_rows import LongRows, printed
from kwt_books.reports.model import (
    NOTE_KEYS,
    NUMBERS,
    SUMS,
    ColumnType,
    Layout,
    Report,
    Row,
    RowKind,
    Value,
)
from ui.kit.bar_chart import Bar, BarChart
from ui.kit.button import Button, UprightButton
from ui.kit.card import Badge, Card, Disc, Icon, bare
from ui.kit.chart import BarLineChart, Point
from ui.kit.layout import Elided, column, fill, grid_layout, holder, label, progress_bar, row, rule
from ui.kit.look import GUTTER, UiContext
from ui.kit.printing import PaperWriter, WritingStrip
from ui.kit.report_table import ReportTable
from ui.kit.seek import SeekField
from ui.reports.asked import AskedBar
from ui.reports.catalogue import ROW_GLOSSES

if TYPE_CHECKING:
    from ui.kit.preview import PdfPreview

P = TypeVar("P", bound=QWidget)

# -- The notes as text to read: headings, paragraphs, and small tables between them --------------


_PRODUCTS = 8
"""Products in the chart of what each leaves."""
_DRAWN, _PROGRESS = "progress", 250
"""The report that is drawn too, and the greatest height of its chart."""


class NotesView(QTextBrowser):
    """The notes to the statements as text."""

    def __init__(self, ui: UiContext) -> None:
        super().__init__()
        self._ui = ui
        self._report: Report | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.document().setDocumentMargin(GUTTER)
        ui.theme.changed.connect(self._write)

    def show_report(self, report: Report) -> None:
        """Shows the notes of a report."""
        self._report = printed(report, self._ui.t)
        self.setAccessibleName(report.title)
        self._write()

    def _write(self) -> None:
        if self._report is None:
            return
        theme = self._ui.theme
        self.document().setDefaultFont(theme.font())
        self.setHtml(f"<div style='color:{theme.palette.text}'>{''.join(self._parts())}</div>")

    def _parts(self) -> Iterator[str]:
        assert self._report is not None
        for is_text, group in groupby(self._report.rows, key=lambda row: row.is_text):
            rows = list(group)
            if is_text:
                yield from (self._paragraph(row) for row in rows)
            else:
                yield self._table(rows)

    def _paragraph(self, row: Row) -> str:
        text, inset = escape(_lead(row) + row.label), 18 * row.level
        if row.kind is RowKind.SECTION:
            size = self._ui.theme.px(16 if row.level == 0 else 14)
            return f"<p style='font-weight:600;font-size:{size}px;margin:14px 0 4px'>{text}</p>"
        return f"<p style='margin:4px 0 8px {inset}px'>{text}</p>"

    def _table(self, rows: Sequence[Row]) -> str:
        assert self._report is not None
        used = [
            at
            for at in range(len(self._report.columns))
            if any(at < len(row.cells) and row.cells[at] is not None for row in rows)
        ]
        lines = "".join(self._line(row, used) for row in rows)
        return (
            f"<table width='100%' cellpadding='3' cellspacing='0'>{self._head(used)}{lines}</table>"
        )

    def _head(self, used: Sequence[int]) -> str:
        assert self._report is not None
        color = self._ui.theme.palette.text2
        cells = "".join(
            f"<td align='{self._side(at)}' style='color:{color}'>"
            f"{escape(self._report.columns[at].label)}</td>"
            for at in used
        )
        return f"<tr><td></td>{cells}</tr>"

    def _line(self, row: Row, used: Sequence[int]) -> str:
        weight = 600 if row.kind in SUMS else 400
        ground = self._ui.theme.palette.head if row.kind in SUMS else ""
        style = f"font-weight:{weight}" + (f";background:{ground}" if ground else "")
        cells = "".join(
            f"<td align='{self._side(at)}' style='{style}'>{escape(self._text(row, at))}</td>"
            for at in used
        )
        inset = 10 + 14 * row.level
        return (
            f"<tr><td style='{style};padding-left:{inset}px'>{escape(row.label)}</td>{cells}</tr>"
        )

    def _side(self, at: int) -> str:
        assert self._report is not None
        return "right" if self._report.columns[at].type in NUMBERS else "left"

    def _text(self, row: Row, at: int) -> str:
        assert self._report is not None
        value: Value = row.cells[at] if at < len(row.cells) else None
        formats = self._ui.formats
        if value is None or isinstance(value, str):
            return value or ""
        if isinstance(value, date):
            return formats.numeric_day(value)
        kind = self._report.columns[at].type
        if kind is ColumnType.QUANTITY:
            return formats.quantity(value)
        return (
            formats.percent_fixed(value)
            if kind is ColumnType.PERCENT
            else formats.accounting(value, NIL)
        )


def _lead(row: Row) -> str:
    """The number or letter of a heading or paragraph; empty for codes that aren't printed."""
    code = (row.code or "").rstrip(".")
    return f"{code}. " if code.isdecimal() or (len(code) == 1 and code.isalpha()) else ""


class ReportView(Card):
    """A report with the fields above it, or what is said in its place."""

    stopped = Signal()
    """Stop was pressed: the report being worked out isn't wanted any more."""

    def __init__(self, ui: UiContext, parent: QWidget) -> None:
        super().__init__(margins=0, space=0)
        self.setParent(parent)  # before its parts are made, so that Qt styles them only once
        self._ui, self.asked = ui, AskedBar(ui, self)
        self.shown: Report | None = None
        self._act: Callable[[], object] | None = None
        top = column(self.asked, self._caption(), space=10, margins=(GUTTER, 12, GUTTER, 12))
        self.body.addLayout(top)
        self._stack = QStackedWidget(self)
        self.table = ReportTable(ui, parent=self._stack)
        self.table.left_out = NOTE_KEYS  # they are printed, but not shown on the screen
        self.table.found.connect(self._found)
        self.table.searched.connect(self._searched)
        self._stack.addWidget(self.table)
        self.progress = BarLineChart(ui, ui.t("Turnover"), ui.t("Profit"))
        self.progress.setMaximumHeight(ui.theme.px(_PROGRESS))
        self.progress.hide()
        self.margins = BarChart(ui, named=True)
        name = label(ui.t("What each product earns, after spoilage and tasters"), "label")
        self.left = holder(column(name, self.margins, space=4, margins=(GUTTER, 0, GUTTER, 8)))
        self.margins.setMaximumHeight(ui.theme.px(_PROGRESS))
        self.left.hide()
        fill(self.body, self.progress, self.left, (self._stack, 1))

    def _caption(self) -> QHBoxLayout:
        self.period = Elided("", "label")
        self.state = Badge(self._ui, "", "warn")
        self.state.hide()
        self.count = label("", "quiet")
        hint = self._ui.t("Ctrl+F; Esc shows everything again")
        self.seek = SeekField(self._ui, self._ui.t("Find in the table"), hint)
        self.seek.setFixedWidth(self._ui.theme.px(164))
        self.seek.textChanged.connect(self._seek)
        self.seek.lead_to(self._into_table)
        self.seek.returnPressed.connect(self._into_table)
        return row((self.period, 1), self.state, self.count, self.seek, space=8)

    @cached_property
    def notes(self) -> NotesView:
        """A report as text, made when the first one is shown."""
        return self._stacked(NotesView(self._ui))

    def _stacked(self, part: P) -> P:
        self._stack.addWidget(part)
        return part

    @cached_property
    def _missing(self) -> QWidget:
        part = self._stacked(bare())
        page = column(parent=part, margins=GUTTER, space=12)
        centre = Qt.AlignmentFlag.AlignHCenter
        fill(page, ..., (Disc(self._ui, "file-text"), 0, centre))
        self.why = label("", "card", wrap=True)
        self.why.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.why.setFixedWidth(self._ui.theme.px(360))
        page.addWidget(self.why, 0, centre)
        self._again = Button(self._ui, "")
        self._again.when_clicked(self._act_again)
        fill(page, (self._again, 0, centre), ...)
        return part

    @cached_property
    def _working(self) -> QWidget:
        part = self._stacked(bare())
        page = column(parent=part, margins=GUTTER, space=12)
        centre = Qt.AlignmentFlag.AlignHCenter
        fill(page, ..., (label(self._ui.t("Calculating…"), "card"), 0, centre))
        bar = progress_bar()
        bar.setFixedWidth(self._ui.theme.px(240))
        stop = Button(self._ui, self._ui.t("Stop")).when_clicked(self.stopped.emit)
        fill(page, (bar, 0, centre), (stop, 0, centre), ...)
        return part

    # -- what is shown ---------------------------------------------------------------------

    def show_report(self, report: Report, month: Month, margins: Sequence[Margin] = ()) -> None:
        """Shows a report as a table or text; says so where it has no rows in the month. `margins`
        are those of the sales report.
        """
        if not report.rows:
            text = self._ui.t("Nothing was recorded in {month} for this report.",
                               month=self._ui.formats.month(month))  # fmt: skip
            self.show_missing(text)
            self._show_caption(report)
            return
        self.shown = report
        self._show_progress(report)
        self._show_margins(margins)
        if report.layout is Layout.NOTES:
            self.notes.show_report(report)
            self._stack.setCurrentWidget(self.notes)
        else:
            glosses = {code: self._ui.t(text) for (name, code), text in ROW_GLOSSES.items()
                       if name == report.name}  # fmt: skip
            self.table.model.glosses = glosses
            self.table.show_report(replace(report, label=report.label or report.title))
            self.table.show_tone("good" if _is_result(report) else "")
            self._stack.setCurrentWidget(self.table)
            self._seek(self.seek.text())
        self._show_caption(report)

    def _show_progress(self, report: Report) -> None:
        """Draws the months of the group's progress above their table."""
        rows = report.rows if report.name == _DRAWN else ()
        months = [each for each in rows if each.kind is RowKind.LINE]
        self.progress.setVisible(len(months) > 1)
        points = []
        for place, line in enumerate(months):
            month = Month(str(line.code))
            begins = place == 0 or month.endswith("-01")
            name = self._ui.formats.month_alone(month)[:3]
            turnover, profit = line.cells[:2]
            if isinstance(turnover, int) and isinstance(profit, int):
                points.append(Point(name, turnover, profit, str(month.year) if begins else ""))
        self.progress.show_points(points)

    def _show_margins(self, margins: Sequence[Margin]) -> None:
        """Draws what each product leaves; the least of many are one bar."""
        t, rupiah = self._ui.t, self._ui.formats.rupiah
        self.left.setVisible(len(margins) > 1)
        bars = [
            Bar(
                each.name,
                each.left,
                t(
                    "{name}: sold {revenue}, cost {cost}, spoiled {lost}, tasters {sampled}, "
                    "earned {left}",
                    name=each.name,
                    revenue=rupiah(each.revenue),
                    cost=rupiah(each.cost),
                    lost=rupiah(each.lost),
                    sampled=rupiah(each.sampled),
                    left=rupiah(each.left),
                ),
                "warn" if each.left < 0 else "",
            )
            for each in margins
        ]
        if len(bars) > _PRODUCTS:
            rest = margins[_PRODUCTS - 1 :]
            left = sum(each.left for each in rest)
            name = t("{count} others", count=len(rest))
            bars[_PRODUCTS - 1 :] = [Bar(name, left, f"{name}: {rupiah(left)}")]
        self.margins.show_bars(t("What each product earns"), bars)

    def row_at(self, index: QModelIndex) -> Row | None:
        """The report's own row at an index of the table, whose rows leave out what isn't read."""
        if self.shown is None:
            return None
        if self.shown.name == "trial-balance":  # its two sides have rows of their own
            return self.table.model.row(index)
        if isinstance(self.shown.rows, LongRows):  # its rows are read on the worker
            return self.table.model.row(index)
        return self.shown.rows[self.table.model.place(index)]

    def _show_caption(self, report: Report) -> None:
        self.period.setText(report.period or report.title)
        self.state.setVisible(report.provisional)
        self.state.show_text(self._ui.t("Provisional"), "warn")
        self.state.setToolTip(self._ui.t("The month is not closed: figures may still change."))
        self.seek.setVisible(report.layout is not Layout.NOTES)

    def show_missing(
        self, text: str, *, offer: str = "", act: Callable[[], object] | None = None
    ) -> None:
        """Says why there is nothing to see, with a button for what can be done."""
        self.shown = None
        self.progress.hide()
        self.left.hide()
        self._stack.setCurrentWidget(self._missing)
        self.why.setText(text)
        self._act = act
        self._again.setText(offer)
        self._again.setVisible(bool(offer))
        self.state.hide()
        self.seek.hide()
        self.count.setText("")
        self.period.setText("")

    def _act_again(self) -> None:
        if self._act is not None:
            self._act()

    def show_working(self) -> None:
        """Says that the report is being worked out."""
        self.progress.hide()
        self.left.hide()
        self._stack.setCurrentWidget(self._working)

    def natural_width(self) -> int:
        """The width at which the table shows everything; 0 where there is none."""
        shown = self._stack.currentWidget() is self.table
        return self.table.columns.natural_width() if shown else 0

    def least_width(self) -> int:
        """The width at which the table needn't scroll sideways; 0 where there is none."""
        shown = self._stack.currentWidget() is self.table
        return self.table.columns.least_width() if shown else 0

    # -- finding ---------------------------------------------------------------------------

    def _seek(self, text: str) -> None:
        if self._stack.currentWidget() is self.table:
            self.table.search(text)

    @property
    def _seeking(self) -> bool:
        """Whether what a search finds is still to be told: it goes on behind what took the table's
        place.
        """
        return bool(self.seek.text().strip()) and self._stack.currentWidget() is self.table

    def _found(self, count: int) -> None:
        number = self._ui.formats.number(count)
        self.count.setText(self._ui.t("{count} found", count=number) if self._seeking else "")

    def _searched(self, looked_at: int, found: int) -> None:
        if not self._seeking:
            return
        formats = self._ui.formats
        share = formats.percent(looked_at * 1000 // max(1, self.table.model.whole))
        self.count.setText(
            self._ui.t("{count} found in {share} so far", count=formats.number(found), share=share)
        )

    def _into_table(self) -> None:
        self.table.view.setFocus()
        self.table.view.select(0)


def _is_result(report: Report) -> bool:
    """Whether the report's result is a profit, which is shown in green."""
    return report.name == "profit-loss" and report.figures.get("profit", 0) >= 0


# -- The right side of the page: print, save, share, and the pages as they would be printed ------


WIDE, NARROW = 334, 80


class ReportSide(Card):
    """The buttons with the pages below them; folded, the buttons alone as icons."""

    print_wanted = Signal()
    pdf_wanted = Signal()
    table_wanted = Signal()
    summary_wanted = Signal()
    preview_wanted = Signal()
    """The pages are wanted: of a long report, or in a window of their own."""
    fold_wanted = Signal(bool)
    list_wanted = Signal()
    """The list of reports is wanted beside the table again."""

    def __init__(self, ui: UiContext, parent: QWidget, *writers: PaperWriter) -> None:
        super().__init__(margins=0, space=0)
        self.setParent(parent)
        self._ui = ui
        self.preview: PdfPreview | None = None
        self._wide, self._narrow = self._open_part(writers), self._folded_part()
        fill(self.body, self._wide, self._narrow)
        self.fold(narrow=False)

    def _buttons(self) -> tuple[tuple[str, str, str, str, str, SignalInstance], ...]:
        """By button: name, text, icon, kind, keys, and the signal it emits."""
        t = self._ui.t
        return (
            ("print", t("Print"), "printer", "primary", "Ctrl+P", self.print_wanted),
            ("pdf", t("Save PDF"), "file-pdf", "default", "Ctrl+S", self.pdf_wanted),
            ("table", t("Excel / CSV"), "table", "default", "Ctrl+E", self.table_wanted),
            ("copy", t("Summary"), "whatsapp-logo", "default", "", self.summary_wanted),
        )

    def _open_part(self, writers: tuple[PaperWriter, ...]) -> QWidget:
        part = bare()
        page = column(parent=part)
        grid = grid_layout(across=8, down=8, margins=12)
        self.buttons: dict[str, Button] = {}
        for place, (name, text, icon, kind, keys, signal) in enumerate(self._buttons()):
            button = Button(self._ui, text, icon, kind=kind).hint(self._hint(name, text), keys)
            button.when_clicked(signal.emit)
            self.buttons[name] = button
            grid.addWidget(button, place // 2, place % 2)
        self.strip = WritingStrip(self._ui, *writers)
        self._stack = QStackedWidget()
        self._ground = self._waiting()
        self._stack.addWidget(self._ground)
        fill(page, grid, rule(), self.strip, (self._stack, 1))
        return part

    def _hint(self, name: str, text: str) -> str:
        t = self._ui.t
        if name == "copy":
            return t("A short summary of the month for WhatsApp, as text or as a picture")
        if name == "table":
            return t("Save as a table for Excel or other programs")
        return text

    def _waiting(self) -> QWidget:
        """What is shown in place of the pages, saying why there are none."""
        ground = QFrame()
        ground.setObjectName("sunken")
        page = column(..., parent=ground, margins=GUTTER, space=8)
        centre = Qt.AlignmentFlag.AlignHCenter
        page.addWidget(Icon(self._ui, "file-text", "text3", 32), 0, centre)
        self._why = label("", "caption", wrap=True)
        self._why.setAlignment(Qt.AlignmentFlag.AlignCenter)
        page.addWidget(self._why)
        self._make = Button(self._ui, self._ui.t("Show the pages"), "eye")
        self._make.when_clicked(self.preview_wanted.emit).hide()
        fill(page, (self._make, 0, centre), ...)
        return ground

    def _folded_part(self) -> QWidget:
        part = bare()
        page = column(parent=part, margins=(0, 12, 0, 12), space=8)
        t, centre = self._ui.t, Qt.AlignmentFlag.AlignHCenter
        self.list_button = UprightButton(self._ui, t("Search"), "list")
        self.list_button.hint(t("Find a report"), "Ctrl+L").when_clicked(self.list_wanted.emit)
        self.list_button.hide()
        page.addWidget(self.list_button, 0, centre)
        self._upright: dict[str, UprightButton] = {}
        short = {"pdf": "PDF", "table": "Excel", "copy": t("Copy")}
        for name, text, icon, kind, keys, signal in self._buttons():
            button = UprightButton(self._ui, short.get(name, text), icon, kind=kind)
            button.hint(self._hint(name, text), keys).setAccessibleName(text)
            page.addWidget(button.when_clicked(signal.emit), 0, centre)
            self._upright[name] = button
        look = UprightButton(self._ui, t("Pages"), "eye").hint(t("View the pages"))
        fill(page, (look.when_clicked(self.preview_wanted.emit), 0, centre), ...)
        self._unfold = Button(self._ui, "", "caret-double-left", kind="quiet")
        self._unfold.hint(t("Show the pages beside the table"))
        self._unfold.when_clicked(lambda: self.fold_wanted.emit(False))
        page.addWidget(self._unfold, 0, centre)
        return part

    # -- wide or narrow --------------------------------------------------------------------

    @property
    def folded(self) -> bool:
        """Whether only the icons are shown."""
        return not self._narrow.isHidden()

    @property
    def summary_button(self) -> QWidget:
        """The button of the summary that is in sight."""
        return self._upright["copy"] if self.folded else self.buttons["copy"]

    def fold(self, *, narrow: bool, forced: bool = False, wide: int = 0) -> None:
        """Folds or opens it. `forced`: there is no room to open it; `wide` is the room there is, in
        pixels.
        """
        self._narrow.setVisible(narrow)
        self._wide.setVisible(not narrow)
        self._unfold.setVisible(not forced)
        px = self._ui.theme.px
        self.setFixedWidth(px(NARROW) if narrow else wide or px(WIDE))

    # -- the pages -------------------------------------------------------------------------

    def show_pages(self, pdf: bytes) -> None:
        """Shows the pages of a PDF."""
        if self.preview is None:
            from ui.kit.preview import PdfPreview

            self.preview = PdfPreview(self._ui)
            self.preview.layout().addLayout(self._tools())  # type: ignore[union-attr]
            self._stack.addWidget(self.preview)
        self.preview.show_pdf(pdf)
        self._stack.setCurrentWidget(self.preview)

    def _tools(self) -> QHBoxLayout:
        """The buttons below the pages: larger, in a window, folded away."""
        t, line = self._ui.t, row(space=4)
        line.setContentsMargins(8, 0, 8, 8)
        large = Button(self._ui, t("Larger window"), "arrows-out-simple", kind="quiet",
                       scale="small")  # fmt: skip
        fill(line, large.when_clicked(self.preview_wanted.emit), ...)
        away = Button(self._ui, "", "caret-double-right", kind="quiet", scale="small")
        away.hint(t("More room for the table"))
        line.addWidget(away.when_clicked(lambda: self.fold_wanted.emit(True)))
        return line

    def show_none(self, why: str, *, offer: bool = False) -> None:
        """Says why there are no pages; `offer` adds a button that makes them all the same."""
        self._why.setText(why)
        self._make.setVisible(offer)
        self._stack.setCurrentWidget(self._ground)

    def enable(self, *, on: bool) -> None:
        """Enables or disables printing and saving, which need a report."""
        for name in ("print", "pdf", "table"):
            self.buttons[name].setEnabled(on)
