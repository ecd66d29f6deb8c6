"""Buku kas: one cash account as the treasurer keeps it on paper, closed in words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from kwt_books.domain.accounts import BANK, CASH_BOX, Account
from kwt_books.domain.errors import RuleError
from kwt_books.domain.month import first_day
from kwt_books.i18n.words import rupiah_in_words
from kwt_books.queries.balances import Sides, net
from kwt_books.queries.documents import CashCount, cash_count, eve
from kwt_books.queries.ledger import AccountBook, account_book, account_sides, opening_of
from kwt_books.reports.asked import asked_account, month_asked
from kwt_books.reports.context import Context
from kwt_books.reports.ledger_rows import ledger_rows
from kwt_books.reports.long_rows import rows_of
from kwt_books.reports.model import Column, ColumnType, Layout, Report, Row, RowKind

_LEAST_NOTE = 1000
"""Smallest face value of a note, rupiah."""


def cash_book(context: Context) -> Report:
    """Rows without a voucher: `opening`, `this_month`, `until_last_month`, `until_this_month`."""
    t, period = context.words, context.period
    account = asked_account(context, CASH_BOX)
    if account is None or not account.cash:
        raise RuleError("not-cash", account=context.parameters.account or CASH_BOX)
    book = account_book(context.connection, account.code, period.start, period.end)
    money = ColumnType.MONEY
    name = f"{account.code} {context.account_name(account.code)}"
    return Report(
        name="cash-book",
        title=_title(context, account),
        period=context.in_month,
        unit=t("Account {account} (in Rupiah)", account=name),
        label=t("Description"),
        label_at=2,
        columns=(
            Column("date", t("Date"), ColumnType.DATE),
            Column("number", t("Voucher"), ColumnType.CODE),
            Column("counter", t("Contra"), ColumnType.CODE),
            Column("in", t("In"), money, summed=True),
            Column("out", t("Out"), money, summed=True),
            Column("balance", t("Balance"), money),
        ),
        rows=rows_of(
            [(_opening(context, book),), ledger_rows(context, book.lines), [*_sums(context, book)]]
        ),
        parameters={"account": account.code, **month_asked(context)},
        layout=Layout.BOOK,
        closing=tuple(_closing(context, account, book)),
        place_date=period.end,
        figures={
            "opening": book.opening,
            "in": book.debit,
            "out": book.credit,
            "balance": book.closing,
        },
    )


def _title(context: Context, account: Account) -> str:
    t = context.words
    if account.code == CASH_BOX:
        return t("Book of Cash on Hand")
    return t("Bank Book") if account.code == BANK else t("Cash Book")


def _opening(context: Context, book: AccountBook) -> Row:
    t, start = context.words, context.period.start
    label = (
        t("Opening balance (brought forward from last month)")
        if context.period.is_month
        else t("Opening balance")
    )
    cells = (start, None, None, None, None, book.opening)
    return Row(label, cells, code="opening", kind=RowKind.NOTE)


# -- sums --------------------------------------------------------------------------------------


def _sums(context: Context, book: AccountBook) -> Iterator[Row]:
    t = context.words
    labels = (
        (t("Total this month"), t("Total to last month"), t("Total to this month"))
        if context.period.is_month
        else (t("Total this period"), t("Total before this period"), t("Total to date"))
    )
    came, went = _before(context, book)
    rows = (
        ("this_month", RowKind.SUBTOTAL, (book.debit, book.credit, None)),
        ("until_last_month", RowKind.SUBTOTAL, (came, went, None)),
        (
            "until_this_month",
            RowKind.TOTAL,
            (came + book.debit, went + book.credit, book.closing),
        ),
    )
    for label, (code, kind, cells) in zip(labels, rows, strict=True):
        yield Row(label, (None, None, None, *cells), code=code, kind=kind)


def _before(context: Context, book: AccountBook) -> Sides:
    """In and out from the start of the year; what the year began with counts as in."""
    connection, period, code = context.connection, context.period, book.account
    year = first_day(f"{period.start.year:04d}-01")
    brought = net(account_sides(connection, code, year))
    came, went = account_sides(connection, code, period.start, since=year)
    here = opening_of(connection, code, period.start, period.end)
    came += max(brought, 0) + here[0]
    went += max(-brought, 0) + here[1]
    return came, went


# -- sentences below the book ------------------------------------------------------------------


def _closing(context: Context, account: Account, book: AccountBook) -> Iterator[str]:
    yield _closed(context, account, book.closing)
    spans = _below_zero(book, context.period.start, context.period.end)
    if spans:
        days = ", ".join(_span_text(context, *span) for span in spans)
        yield context.words("The balance was below zero on: {days}.", days=days)


def _closed(context: Context, account: Account, balance: int) -> str:
    """With what day, figure and words; and the count of that day, where it agrees."""
    t, formats, day = context.words, context.formats, context.period.end
    sentence = t(
        "On this day, {day}, the {book} was closed with a balance of {amount} ({words})",
        day=formats.weekday_day(day),
        book=_title(context, account),
        amount=formats.rupiah(balance),
        words=rupiah_in_words(balance, context.language),
    )
    count = cash_count(context.connection, account.code, day)
    if count is None or count.counted != balance:
        return f"{sentence}."
    return ", ".join([sentence, *_counted(context, count)]) + "."


def _counted(context: Context, count: CashCount) -> Iterator[str]:
    t, formats = context.words, context.formats
    notes = sum(face * n for face, n in count.denominations.items() if face >= _LEAST_NOTE)
    coins = sum(face * n for face, n in count.denominations.items() if face < _LEAST_NOTE)
    if notes and coins:
        notes_text, coins_text = formats.rupiah(notes), formats.rupiah(coins)
        yield t("being {notes} in notes and {coins} in coins", notes=notes_text, coins=coins_text)
    elif notes:
        yield t("all of it in notes")
    elif coins:
        yield t("all of it in coins")
    if count.ref:
        yield t("as in the Cash Count Minutes {ref}", ref=count.ref)
    else:
        yield t("as counted under voucher {number}", number=count.number)


def _below_zero(book: AccountBook, start: date, end: date) -> list[tuple[date, date]]:
    """First and last days on whose evenings the balance was below zero."""
    evenings: dict[date, int] = {start: book.opening}
    balance = book.opening
    for day, _, debit, credit in book.lines.days:
        balance += debit - credit
        evenings[day] = balance
    days = sorted(evenings)
    untils = [*(eve(day) for day in days[1:]), end]
    spans: list[tuple[date, date]] = []
    open_since: date | None = None
    for day, until in zip(days, untils, strict=True):
        if evenings[day] >= 0:
            open_since = None
        elif open_since is None:
            open_since = day
            spans.append((day, until))
        else:
            spans[-1] = (open_since, until)
    return spans


def _span_text(context: Context, first: date, last: date) -> str:
    formats = context.formats
    if first == last:
        return formats.day(first)
    return context.words("{first} to {last}", first=formats.day(first), last=formats.day(last))
