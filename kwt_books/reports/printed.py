"""A report as paper has it: what is taken off in parentheses, debit and credit side by side.

Programs read amounts as they are; people read them with their sign. Every rendering for people
begins with `printed`.
"""

from __future__ import annotations

from dataclasses import replace

from kwt_books.i18n.catalogue import Translator
from kwt_books.reports.long_rows import LongRows
from kwt_books.reports.model import Column, ColumnType, Report, Row, RowKind, Value


def printed(report: Report, words: Translator) -> Report:
    """The same report for people; one that is printed already stays as it is.

    So does a long ledger: nothing is taken off in it, and all its columns are shown.
    """
    if isinstance(report.rows, LongRows):
        return report
    if report.name == "trial-balance" and len(report.columns) == 4:
        return _both_sides(report, words)
    return _without_codes(_with_signs(report))


def _without_codes(report: Report) -> Report:
    """Leaves out the columns that only programs need."""
    shown = [at for at, column in enumerate(report.columns) if column.printed]
    if len(shown) == len(report.columns):
        return report
    return replace(
        report,
        columns=tuple(report.columns[at] for at in shown),
        rows=tuple(
            replace(row, cells=tuple(row.cells[at] for at in shown if at < len(row.cells)))
            for row in report.rows
        ),
        label_at=sum(at < report.label_at for at in shown),
    )


def _with_signs(report: Report) -> Report:
    marked = any(column.deducted for column in report.columns)
    if not marked and not any(row.deducted for row in report.rows):
        return report
    return replace(
        report,
        columns=tuple(replace(column, deducted=False) for column in report.columns),
        rows=tuple(_signed(row, report.columns) for row in report.rows),
    )


def _signed(row: Row, columns: tuple[Column, ...]) -> Row:
    cells = tuple(
        -cell if isinstance(cell, int) and (row.deducted or column.deducted) else cell
        for cell, column in zip(row.cells, columns, strict=False)
    )
    return replace(row, cells=cells, deducted=False)


def _both_sides(report: Report, words: Translator) -> Report:
    """Opening and balance in a column for each side; the totals of both sides agree."""
    t, money = words, ColumnType.MONEY
    groups = (
        ("opening", t("Opening balance")),
        ("moved", t("Activity")),
        ("balance", t("Closing balance")),
    )
    columns = tuple(
        Column(f"{key}_{side}", label, money, summed=True, group=group)
        for key, group in groups
        for side, label in (("debit", t("Debit")), ("credit", t("Credit")))
    )
    lines = [_on_sides(row) for row in report.rows if row.kind is RowKind.LINE]
    sums = tuple(sum(_amount(row.cells[at]) for row in lines) for at in range(len(columns)))
    totals = [replace(row, cells=sums) for row in report.rows if row.kind is RowKind.TOTAL]
    return replace(report, columns=columns, rows=(*lines, *totals))


def _on_sides(row: Row) -> Row:
    opening, debit, credit, balance = (_amount(cell) for cell in row.cells)
    cells = (max(opening, 0), max(-opening, 0), debit, credit, max(balance, 0), max(-balance, 0))
    return replace(row, cells=cells)


def _amount(cell: Value) -> int:
    return cell if isinstance(cell, int) else 0
