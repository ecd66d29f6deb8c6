"""Cells of a report as text, and the labels of its rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from kwt_books.i18n.formats import NIL, Formats
from kwt_books.reports.model import (
    HEADINGS,
    NOTE_KEYS,
    Column,
    ColumnType,
    Layout,
    Ref,
    Report,
    Row,
    RowKind,
    Value,
)

# -- How people know the rows of a report; programs know them by their codes ---------------------


_BOOKS = (Layout.BOOK, Layout.LEDGER)


def shows_codes(report: Report) -> bool:
    """Whether codes stand in a column of their own."""
    return report.layout is Layout.TRIAL_BALANCE


def opens_an_account(report: Report, row: Row) -> bool:
    """Whether a row is the heading of an account in a book."""
    return report.layout in _BOOKS and row.kind is RowKind.SECTION


def label_of(report: Report, row: Row) -> str:
    """The label, with the code where that belongs to the heading: a note, an account."""
    label = " ".join(row.label.split())
    if row.code and opens_an_account(report, row):
        return f"{row.code}  {label}"
    if row.code and report.layout is Layout.NOTES and _numbered(row):
        return f"{row.code.rstrip('.')}. {label}"
    return label


def _numbered(row: Row) -> bool:
    """Whether people know a heading of the notes by its code: a note, an item, an account."""
    own_name = row.kind is RowKind.SECTION and row.level > 0 and not isinstance(row.code, Ref)
    return row.kind in HEADINGS and not own_name


def narrowed(report: Report, rows: Sequence[Row]) -> Report:
    """The report with these rows and the columns in which they hold anything."""
    used = [
        at
        for at in range(len(report.columns))
        if any(at < len(row.cells) and row.cells[at] is not None for row in rows)
    ]
    return replace(
        report,
        columns=tuple(report.columns[at] for at in used),
        rows=tuple(
            row._replace(cells=tuple(row.cells[at] if at < len(row.cells) else None for at in used))
            for row in rows
        ),
        label_at=sum(at < report.label_at for at in used),
    )


def unit_of(report: Report) -> str:
    """`(Dinyatakan dalam Rupiah)`; one that has parentheses of its own gets no more."""
    return f"({report.unit})" if report.unit and "(" not in report.unit else report.unit


_PERIOD = ("month", "start", "end", "as_of", "date", "until", "year")
"""Parameters that a title is made of."""


def bracketed(text: str, value: int) -> str:
    """What is below zero stands in parentheses, as amounts do."""
    return f"({text})" if value < 0 else text


class CellWriter:
    """Writes the cells of one report: nil, decimals and dates depend on the whole of it."""

    def __init__(self, report: Report, formats: Formats) -> None:
        self.formats = formats
        self._blank_nil = report.layout is Layout.TRIAL_BALANCE
        self._year = _year_said(report.parameters)
        self._tenths = {
            at
            for at, column in enumerate(report.columns)
            if column.type is ColumnType.PERCENT and _has_tenths(report, at)
        }

    def write(self, at: int, column: Column, value: Value, kind: RowKind) -> str:
        """The text of a cell in column `at` of a row of this kind; empty for None."""
        if value is None:
            return ""
        if isinstance(value, str):
            return " ".join(value.split())
        if isinstance(value, date):
            short = column.key == "date" and f"{value.year:04}" == self._year
            return self.formats.day_month(value) if short else self.formats.numeric_day(value)
        return self._figure(at, column, value, kind)

    def _figure(self, at: int, column: Column, value: int, kind: RowKind) -> str:
        if column.key in NOTE_KEYS or column.type in (ColumnType.CODE, ColumnType.TEXT):
            return str(value)
        if value == 0:
            return self._nil(column, kind)
        if column.type is ColumnType.QUANTITY:
            return bracketed(self.formats.quantity(abs(value)), value)
        if column.type is ColumnType.PERCENT:
            write = self.formats.percent_fixed if at in self._tenths else self.formats.percent
            return bracketed(write(abs(value)), value)
        return self.formats.accounting(value)

    def _nil(self, column: Column, kind: RowKind) -> str:
        """A dash; blank in a trial balance and where debit and credit stand side by side."""
        if kind in (RowKind.TOTAL, RowKind.SUBTOTAL):
            return NIL
        if self._blank_nil or column.summed:
            return ""
        return NIL


def _year_said(parameters: Mapping[str, str]) -> str:
    """The year that a title says by its month or days; empty where it says several or none."""
    said = (parameters.get(key, "")[:4] for key in _PERIOD)
    years = {year for year in said if year}
    return years.pop() if len(years) == 1 else ""


def _has_tenths(report: Report, at: int) -> bool:
    values = (row.cells[at] for row in report.rows if at < len(row.cells))
    return any(isinstance(value, int) and value % 10 for value in values)
