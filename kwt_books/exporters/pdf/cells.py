"""How a typed cell is written on paper."""

from __future__ import annotations

from datetime import date

from kwt_books.i18n.formats import NIL, Formats
from kwt_books.reports.model import Column, ColumnType, Layout, Report, RowKind, Value

FIGURES = frozenset({ColumnType.MONEY, ColumnType.QUANTITY, ColumnType.COUNT, ColumnType.PERCENT})
NOTE_KEYS = frozenset({"note", "notes"})
"""Columns that refer to the notes: centred, and a figure there is a number, not an amount."""


class CellWriter:
    """Writes the cells of one report: nil, decimals and dates depend on the whole of it."""

    def __init__(self, report: Report, formats: Formats) -> None:
        self.formats = formats
        self._blank_nil = report.layout is Layout.TRIAL_BALANCE
        self._tenths = {
            at
            for at, column in enumerate(report.columns)
            if column.type is ColumnType.PERCENT and _has_tenths(report, at)
        }

    def write(self, at: int, column: Column, value: Value, kind: RowKind) -> str:
        if value is None:
            return ""
        if isinstance(value, str):
            return " ".join(value.split())
        if isinstance(value, date):
            short = column.key == "date"
            return self.formats.day_month(value) if short else self.formats.numeric_day(value)
        return self._figure(at, column, value, kind)

    def _figure(self, at: int, column: Column, value: int, kind: RowKind) -> str:
        if column.key in NOTE_KEYS or column.type in (ColumnType.CODE, ColumnType.TEXT):
            return str(value)
        if value == 0:
            return self._nil(column, kind)
        if column.type is ColumnType.QUANTITY:
            return self._signed(self.formats.quantity(abs(value)), value)
        if column.type is ColumnType.PERCENT:
            write = self.formats.percent_fixed if at in self._tenths else self.formats.percent
            return self._signed(write(abs(value)), value)
        return self.formats.accounting(value)

    def _nil(self, column: Column, kind: RowKind) -> str:
        """A dash; blank in a trial balance and where debit and credit stand side by side."""
        if kind in (RowKind.TOTAL, RowKind.SUBTOTAL):
            return NIL
        if self._blank_nil or column.summed:
            return ""
        return NIL

    @staticmethod
    def _signed(text: str, value: int) -> str:
        return f"({text})" if value < 0 else text


def _has_tenths(report: Report, at: int) -> bool:
    values = (row.cells[at] for row in report.rows if at < len(row.cells))
    return any(isinstance(value, int) and value % 10 for value in values)
