"""Buku besar: each account's opening, its documents with the account across, its balance."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kwt_books.domain.accounts import Account, Side
from kwt_books.queries.ledger import AccountBook, account_book, account_books
from kwt_books.reports.asked import asked_account, month_asked
from kwt_books.reports.context import Context
from kwt_books.reports.ledger_rows import ledger_rows
from kwt_books.reports.long_rows import rows_of
from kwt_books.reports.model import Column, ColumnType, Layout, Report, Row, RowKind


def general_ledger(context: Context) -> Report:
    """One account, or all. A line is what a document does to the account, debit and credit.

    Balances stand on the account's normal side: sales of 480.000 are 480.000, not less. Rows
    without a voucher have the codes `opening` and `closing`.
    """
    t = context.words
    money = ColumnType.MONEY
    books = _books(context)
    return Report(
        name="general-ledger",
        title=t("General Ledger"),
        period=_period(context),
        unit=context.unit,
        label=t("Description"),
        label_at=2,
        columns=(
            Column("date", t("Date"), ColumnType.DATE),
            Column("number", t("Voucher"), ColumnType.CODE),
            Column("counter", t("Contra"), ColumnType.CODE),
            Column("debit", t("Debit"), money, summed=True),
            Column("credit", t("Credit"), money, summed=True),
            Column("balance", t("Balance"), money),
        ),
        rows=rows_of([part for each in books for part in _account(context, each)]),
        parameters=month_asked(context),
        layout=Layout.LEDGER,
        place_date=context.period.end,
        figures=_figures(context, books[0]) if context.parameters.account is not None else {},
    )


def _period(context: Context) -> str:
    if context.parameters.before_closing:
        return context.words("{period}, before closing", period=context.in_month)
    return context.in_month


def _books(context: Context) -> list[AccountBook]:
    asked = asked_account(context)
    period, before_closing = context.period, context.parameters.before_closing
    days = (period.start, period.end)
    if asked is None:
        return [*account_books(context.connection, *days, before_closing=before_closing)]
    return [account_book(context.connection, asked.code, *days, before_closing=before_closing)]


def _account(context: Context, book: AccountBook) -> Iterator[Sequence[Row]]:
    t, sign = context.words, _sign(context, book)
    before = (context.period.start, None, None, None, None, sign * book.opening)
    yield (
        _head(context, context.setup.accounts[book.account]),
        Row(t("Opening balance"), before, code="opening", kind=RowKind.NOTE),
    )
    yield ledger_rows(context, book.lines, sign)
    after = (None, None, None, book.debit, book.credit, sign * book.closing)
    label = t("Turnover and closing balance")
    yield (Row(label, after, code="closing", kind=RowKind.TOTAL),)


def _figures(context: Context, book: AccountBook) -> dict[str, int]:
    """What one account comes to, its balances on its normal side."""
    sign = _sign(context, book)
    sides = {"debit": book.debit, "credit": book.credit}
    return {"opening": sign * book.opening, **sides, "balance": sign * book.closing}


def _sign(context: Context, book: AccountBook) -> int:
    return 1 if context.setup.accounts[book.account].normal is Side.DEBIT else -1


def _head(context: Context, account: Account) -> Row:
    t = context.words
    side = t("Normal balance debit") if account.normal is Side.DEBIT else t("Normal balance credit")
    cells = (None, None, side, None, None, None)
    name = context.account_name(account.code)
    return Row(name, cells, code=account.code, kind=RowKind.SECTION)
