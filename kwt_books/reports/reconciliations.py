"""Rekonsiliasi bank: from what the bank says to what the book says, document by document."""

from __future__ import annotations

from collections.abc import Iterator

from kwt_books.domain.accounts import BANK
from kwt_books.queries.documents import Effect
from kwt_books.queries.reconciliations import Waiting, last_reconciliations, waiting
from kwt_books.reports.context import Context, asked_account, month_asked
from kwt_books.reports.kinds import Describer
from kwt_books.reports.model import (
    Column,
    ColumnType,
    Layout,
    Report,
    Row,
    RowKind,
    Value,
    account_ref,
    document_ref,
)

_BLANK: tuple[Value, ...] = (None,) * 3


def bank_reconciliation(context: Context) -> Report:
    """A section an account: the last reconciliation of the period, or that there is none.

    `statement` plus deposits on their way, less payments that the bank has yet to show, is `book`.
    """
    t, period = context.words, context.period
    found = last_reconciliations(context.connection, period.start, period.end)
    account = asked_account(context)
    codes = [code for code in context.setup.cash_accounts if code == BANK or code in found]
    rows: list[Row] = []
    for code in [account.code] if account is not None else codes:
        name = context.account_name(code)
        rows.append(Row(name, _BLANK, account_ref(code), 0, RowKind.SECTION))
        if code in found:
            rows += _account_rows(context, found[code])
        else:
            rows.append(Row(t("Not reconciled in this period."), _BLANK, None, 0, RowKind.NOTE))
    return Report(
        name="bank-reconciliation",
        title=t("Bank Reconciliation Statement"),
        columns=(
            Column("date", t("Date"), ColumnType.DATE),
            Column("number", t("Voucher"), ColumnType.CODE),
            Column("amount", t("Amount"), ColumnType.MONEY),
        ),
        rows=tuple(rows),
        parameters=month_asked(context),
        period=context.in_month,
        unit=context.unit,
        label=t("Description"),
        label_at=2,
        layout=Layout.BOOK,
        place_date=period.end,
    )


def _account_rows(context: Context, found: Effect) -> Iterator[Row]:
    t = context.words
    code, statement = found.command.account, found.command.statement
    parts = waiting(context.connection, found)
    label = t("Balance per bank statement")
    yield Row(label, (found.date, found.number, statement), f"{code}:statement")
    for key, title, some in (
        ("deposits", t("Deposits in transit"), [each for each in parts if each.amount > 0]),
        ("payments", t("Payments the bank does not show yet"), [e for e in parts if e.amount < 0]),
    ):
        if some:
            yield Row(title, _BLANK, None, 0, RowKind.NOTE)
            yield from (_line(context, each) for each in some)
            total = sum(each.amount for each in some)
            label = t("Total {account}", account=title.lower())
            yield Row(label, (None, None, total), f"{code}:{key}", 0, RowKind.SUBTOTAL)
    book = statement + sum(each.amount for each in parts)
    cells = (found.date, None, book)
    yield Row(t("BALANCE PER BOOKS"), cells, f"{code}:book", 0, RowKind.TOTAL)


def _line(context: Context, each: Waiting) -> Row:
    describer = Describer(context.setup, context.words)
    text = describer.describe(each.kind, each.payload)
    return Row(text, (each.day, each.number, each.amount), document_ref(each.number), 1)
