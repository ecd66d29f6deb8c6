"""What a report comes to, for other programs: the amounts and quantities of its total."""

from __future__ import annotations

from dataclasses import replace

from kwt_books.reports.model import ColumnType, Report, RowKind

_SUMS = (ColumnType.MONEY, ColumnType.QUANTITY)


def with_figures(report: Report) -> Report:
    """The report with the sums of its last row, if that is a total, by their columns' keys."""
    if not report.rows or report.rows[-1].kind is not RowKind.TOTAL:
        return report
    figures = {
        column.key: cell
        for column, cell in zip(report.columns, report.rows[-1].cells, strict=True)
        if column.type in _SUMS and isinstance(cell, int)
    }
    return replace(report, figures=figures)
