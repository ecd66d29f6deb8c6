"""How people know the rows of a report; programs know them by their codes."""

from __future__ import annotations

from kwt_books.reports.model import Layout, Report, Row, RowKind

HEADINGS = (RowKind.SECTION, RowKind.NOTE)
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
    if row.code and report.layout is Layout.NOTES and row.kind in HEADINGS:
        return f"{row.code}. {label}"
    return label


def unit_of(report: Report) -> str:
    """`(Dinyatakan dalam Rupiah)`; one that has parentheses of its own gets no more."""
    return f"({report.unit})" if report.unit and "(" not in report.unit else report.unit
