"""The notes as text to read: headings, paragraphs, and small tables between them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from html import escape
from itertools import groupby

from PySide6.QtWidgets import QFrame, QTextBrowser

from kwt_books.i18n.formats import NIL
from kwt_books.reports.model import ColumnType, Report, Row, RowKind, Value
from kwt_books.reports.printed import printed
from ui.kit import Kit
from ui.tokens import GUTTER

_NUMBERS = (ColumnType.MONEY, ColumnType.QUANTITY, ColumnType.COUNT, ColumnType.PERCENT)
_HEAVY = (RowKind.SUBTOTAL, RowKind.TOTAL)


class NotesView(QTextBrowser):
    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        self._report: Report | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.document().setDocumentMargin(GUTTER)
        kit.theme.changed.connect(self._write)

    def show_report(self, report: Report) -> None:
        self._report = printed(report, self._kit.t)
        self.setAccessibleName(report.title)
        self._write()

    def _write(self) -> None:
        if self._report is None:
            return
        theme = self._kit.theme
        self.document().setDefaultFont(theme.font())
        self.setHtml(f"<div style='color:{theme.palette.text}'>{''.join(self._parts())}</div>")

    def _parts(self) -> Iterator[str]:
        assert self._report is not None
        for is_text, group in groupby(self._report.rows, key=_is_text):
            rows = list(group)
            if is_text:
                yield from (self._paragraph(row) for row in rows)
            else:
                yield self._table(rows)

    def _paragraph(self, row: Row) -> str:
        text, inset = escape(_lead(row) + row.label), 18 * row.level
        if row.kind is RowKind.SECTION:
            size = self._kit.theme.px(16 if row.level == 0 else 14)
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
        color = self._kit.theme.palette.text2
        cells = "".join(
            f"<td align='{self._side(at)}' style='color:{color}'>"
            f"{escape(self._report.columns[at].label)}</td>"
            for at in used
        )
        return f"<tr><td></td>{cells}</tr>"

    def _line(self, row: Row, used: Sequence[int]) -> str:
        weight = 600 if row.kind in _HEAVY else 400
        ground = self._kit.theme.palette.head if row.kind in _HEAVY else ""
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
        return "right" if self._report.columns[at].type in _NUMBERS else "left"

    def _text(self, row: Row, at: int) -> str:
        assert self._report is not None
        value: Value = row.cells[at] if at < len(row.cells) else None
        formats = self._kit.formats
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


def _is_text(row: Row) -> bool:
    return row.kind in (RowKind.SECTION, RowKind.NOTE) and not any(
        cell is not None for cell in row.cells
    )


def _lead(row: Row) -> str:
    """The number or letter that a heading or paragraph is known by; other codes are no words."""
    code = (row.code or "").rstrip(".")
    return f"{code}. " if code.isdecimal() or (len(code) == 1 and code.isalpha()) else ""
