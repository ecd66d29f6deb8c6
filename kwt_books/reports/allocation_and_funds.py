"""Laporan alokasi laba dan dana: allocation, movements and releases on one paper."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from kwt_books.domain.accounts import SURPLUS
from kwt_books.queries.balances import Turnover
from kwt_books.reports.allocation import (
    allocation_table,
    basis,
    remarks,
    rounding,
    sharing_of,
)
from kwt_books.reports.asked import month_asked
from kwt_books.reports.context import Context
from kwt_books.reports.funds import FundBook, movements_table, releases_table
from kwt_books.reports.model import Column, ColumnType, Report, RowKind
from kwt_books.reports.papers import Section


def allocation_and_funds(context: Context) -> Section:
    """The paper of the period, its allocation that of the last month."""
    t, book, found = context.words, FundBook(context), sharing_of(context)
    parts = (allocation_table(context, found), movements_table(book), _numbered(book))
    lettered = (
        replace(part, title=f"{letter}. {part.title}")
        for letter, part in zip("ABC", parts, strict=True)
    )
    return Section(
        title=t("Profit Allocation and Funds"),
        parts=tuple(lettered),
        period=context.spanning,
        unit=context.unit,
        intro=tuple(filter(None, (basis(context, found),))),
        closing=(*remarks(context, found), _surplus(book), rounding(context)),
        provisional=context.provisional,
        place_date=context.period.end,
        parameters=month_asked(context),
    )


def _numbered(book: FundBook) -> Report:
    """The releases as paper has them: the voucher in a column of its own, funds by short names."""
    table, t = releases_table(book), book.context.words
    date, fund, amount = table.columns
    short = t("Fund") + " "
    return replace(
        table,
        columns=(date, Column("number", t("Voucher"), ColumnType.CODE), fund, amount),
        rows=tuple(
            replace(
                row,
                level=0,
                cells=(
                    row.cells[0],
                    row.code if row.kind is RowKind.LINE else None,
                    str(row.cells[1]).removeprefix(short) if row.cells[1] else None,
                    row.cells[2],
                ),
            )
            for row in table.rows
        ),
        label_at=2,
    )


def _surplus(book: FundBook) -> str:
    """What of the profit is left unallocated, and how it came to that."""
    context, t = book.context, book.context.words
    stands = book.stands.get(SURPLUS, Turnover())
    rupiah = context.formats.rupiah
    spent = sum(each.amount for each in book.releases)
    values = {
        "closing": rupiah(-stands.closing),
        "opening": rupiah(-stands.opening),
        "day": context.formats.day(context.period.start - timedelta(days=1)),
    }
    if spent and stands.opening - spent == stands.closing:
        return t(
            "Unallocated profit after allocation: {closing} ({day}: {opening}, plus funds "
            "released {released}).",
            released=rupiah(spent),
            **values,
        )
    return t("Unallocated profit after allocation: {closing} ({day}: {opening}).", **values)
