"""The ledger's reports: buku besar, jurnal, buku kas and neraca saldo."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache

from sqlalchemy import Connection

from kwt_books.domain.accounts import BANK, CASH_BOX, Account, Side
from kwt_books.domain.contra import MORE
from kwt_books.domain.errors import RuleError
from kwt_books.domain.posting import Posting
from kwt_books.domain.values import LONGEST_SOUGHT, first_day
from kwt_books.i18n.catalogue import rupiah_in_words
from kwt_books.i18n.formats import FIGURES, NIL, Formats
from kwt_books.queries.balances import Sides, Turnover, net, turnovers
from kwt_books.queries.documents import CashCount, Heading, cash_count, eve
from kwt_books.queries.ledger import (
    AccountBook,
    Columns,
    Entry,
    JournalLines,
    Lines,
    account_book,
    account_books,
    account_sides,
)
from kwt_books.queries.setup import SetupBook
from kwt_books.reports.context import Context, asked_account, month_asked
from kwt_books.reports.kinds import Describer
from kwt_books.reports.long_rows import WINDOW, Placed, ReadRows, rows_of
from kwt_books.reports.model import (
    Column,
    ColumnType,
    Layout,
    Ref,
    RefKind,
    Report,
    Row,
    RowKind,
    account_ref,
    document_ref,
    with_figures,
)

# -- Jurnal: every document of the period with all its postings ----------------------------------


def journal(context: Context) -> Report:
    """A section row a document, a line a posting; both carry the voucher number as code."""
    t, period = context.words, context.period
    lines = JournalLines(context.connection, period.start, period.end)
    return with_figures(
        Report(
            name="journal",
            title=t("General Journal"),
            period=context.in_month,
            unit=context.unit,
            label=t("Description"),
            label_at=2,
            columns=(
                Column("date", t("Date"), ColumnType.DATE),
                Column("number", t("Voucher"), ColumnType.CODE),
                Column("account", t("Account code"), ColumnType.CODE),
                Column("debit", t("Debit"), ColumnType.MONEY, summed=True),
                Column("credit", t("Credit"), ColumnType.MONEY, summed=True),
            ),
            rows=rows_of([_rows(context, lines), (_journal_total(context, lines),)]),
            parameters=month_asked(context),
            place_date=period.end,
        )
    )


def _rows(context: Context, lines: JournalLines) -> ReadRows:
    documents = _Documents(context)

    def read(start: int, stop: int) -> list[Row]:
        with context.reading() as connection:
            before, found = lines.read(connection, start, stop)
        rows = [row for heading, postings in found for row in documents.rows(heading, postings)]
        return rows[start - before : stop - before]

    return ReadRows(len(lines), read)


def _journal_total(context: Context, lines: JournalLines) -> Row:
    cells = (None, None, None, lines.debit, lines.credit)
    return Row(context.words("TOTAL"), cells, code="total", kind=RowKind.TOTAL)


class _Documents:
    """Makes the rows of documents."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._setup = context.setup.names()
        self._describe = context.describer
        self._names: dict[str, str] = {}

    def rows(self, each: Heading, postings: list[Posting]) -> Iterator[Row]:
        day, number = each.date, document_ref(each.number)
        yield Row(
            self._describe.heading(each),
            (day, number, None, None, None),
            code=number,
            kind=RowKind.SECTION,
        )
        for posting in postings:
            account, amount, _, _ = posting
            debit, credit = max(amount, 0), max(-amount, 0)
            yield Row(
                self._name(posting),
                (day, number, account_ref(account), debit, credit),
                code=number,
                level=1 if debit else 2,
            )

    def _name(self, posting: Posting) -> str:
        code = posting.account
        name = self._names.get(code) or self._names.setdefault(
            code, self._setup.account_name(code, self._context.language)
        )
        if posting.party is None:
            return name
        return f"{name} ({self._setup.party_name(posting.party)})"


# ------------------------------------------------------------------------------------------------
# What a document may be found by, asked before its row is made: most rows of a search are not.
#
# Nothing that a row says is missed; whether it is really there is asked of the row.


_WORDS = re.compile("[0-9a-z]+")
_MOST_NAMES = 20
"""A word in more names than these is not looked for in memos."""


def must_be_short(text: str) -> None:
    """Raises `RuleError` for a text that nobody typed."""
    if len(text) > LONGEST_SOUGHT:
        raise RuleError("sought-too-long", most=LONGEST_SOUGHT)


class RowSearch:
    """For one text that is sought, casefolded."""

    def __init__(self, wanted: str, describe: Describer, setup: SetupBook) -> None:
        must_be_short(wanted)
        self.wanted, self._describe = wanted, describe
        self._figure = _figure(wanted, Formats(describe.t.language))
        self.accounts = any(wanted in f"{code}{MORE}".casefold() for code in setup.accounts)
        """Whether an account across may be meant."""
        ways = ((word, *_named(word, setup)) for word in _WORDS.findall(wanted))
        self.words = [each for each in ways if len(each) <= _MOST_NAMES]
        """What a memo must hold, or the party behind it."""

    @property
    def texts_alone(self) -> bool:
        """Whether it can stand in numbers of vouchers and in texts alone."""
        return self._figure is None and not self.accounts

    def has_figure(self, day: date, *amounts: int) -> bool:
        """Whether an amount or the date may hold it."""
        figure = self._figure
        if figure is None:
            return False
        if any(figure in f"{each:,}" for each in amounts):
            return True
        return "," not in figure and figure in f"{day.day:02}/{day.month:02}/{day.year:04}"

    def has_text(self, document: Heading) -> bool:
        """Whether its number or its text holds it."""
        wanted = self.wanted
        return (
            wanted in document.number.casefold()
            or wanted in self._describe.heading(document).casefold()
        )


def _figure(wanted: str, formats: Formats) -> str | None:
    """What is sought, as amounts and dates are written here: thousands by commas; None where it can
    be a part of neither.
    """
    if wanted.strip(FIGURES):
        return None
    return wanted.strip(f"(){NIL}").translate(str.maketrans(formats.group + formats.decimal, ",."))


def _named(word: str, setup: SetupBook) -> list[str]:
    """The codes of the parties whose names have the word, as an entry's JSON has them."""
    return [
        json.dumps(code, ensure_ascii=False)[1:-1]
        for code, party in setup.parties.items()
        if word in party.name.casefold()
    ]


# -- The lines of an account as rows of its ledger or cash book ----------------------------------


@cache
def across_ref(counter: str) -> str:
    """The account across, the first of several (`1101+`); empty where there is none."""
    code = counter.removesuffix(MORE)
    return Ref(RefKind.ACCOUNT, code, text=counter) if code else ""


def ledger_rows(context: Context, lines: Lines, sign: int = 1) -> ReadRows:
    """Date, voucher, account across, both sides, balance; `sign` is that of the normal side."""
    setup, describe = context.setup.names(), context.describer

    def rows(columns: Columns) -> Iterator[Row]:
        _, numbers, days, kinds, payloads, corrected, debits, credits_, balances, counters = columns
        vouchers = [*map(document_ref, numbers)]
        across, standing = map(across_ref, counters), (sign * balance for balance in balances)
        cells = zip(days, vouchers, across, debits, credits_, standing, strict=True)
        return map(Row, map(describe.recorded, kinds, payloads, corrected), cells, vouchers)

    def read(start: int, stop: int) -> list[Row]:
        with context.reading() as connection:
            columns = lines.columns(connection, start, stop)
        return [*rows(columns)] if columns else []

    def sift(start: int, stop: int, wanted: str) -> Iterator[Placed]:
        """Searches window by window: only those that may match are read and worded."""
        search = RowSearch(wanted, describe, setup)
        with context.reading() as connection:
            for begin in range(start, stop, WINDOW):
                end = min(begin + WINDOW, stop)
                if found := sifted(connection, lines, begin, end, search):
                    places, entries = zip(*found, strict=True)
                    columns = [*zip(*entries, strict=True)]
                    yield from zip(places, rows(columns), strict=True)

    return ReadRows(len(lines), read, sift)


def sifted(
    connection: Connection, lines: Lines, start: int, stop: int, search: RowSearch
) -> list[tuple[int, Entry]]:
    """The lines that may be found, and their places."""
    asked = lines.holding(connection, start, stop, search.wanted, search.words)
    held = {each.sequence for each in asked if search.has_text(each)}
    if search.texts_alone and not held:
        return []
    return [
        (place, each)
        for place, each in enumerate(lines.read(connection, start, stop), start)
        if search.wanted in each.counter.casefold()
        or search.has_figure(each.date, each.debit, each.credit, each.balance)
        or each.sequence in held
    ]


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
    label = t("Total movements and closing balance")
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
    return Row(name, cells, code=account_ref(account.code), kind=RowKind.SECTION)


# -- Buku kas: one cash account as the treasurer keeps it on paper, closed in words --------------


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
    """Receipts and payments since the year began; its opening balance counts as received."""
    year = first_day(f"{context.period.start.year:04d}-01")
    then = account_sides(context.connection, book.account, year)
    stood = net(then)
    came, went = (sum(sides) for sides in zip(book.before, book.brought, strict=True))
    return came - then[0] + max(stood, 0), went - then[1] + max(-stood, 0)


# -- sentences below the book ------------------------------------------------------------------


def _closing(context: Context, account: Account, book: AccountBook) -> Iterator[str]:
    yield _closed(context, account, book.closing)
    spans = _below_zero(book, context.period.start, context.period.end)
    if spans:
        days = ", ".join(_span_text(context, *span) for span in spans)
        yield context.words("The balance was below zero on: {days}.", days=days)


def _closed(context: Context, account: Account, balance: int) -> str:
    """The closing sentence: day, balance in figures and words, and a count that agrees."""
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
    if min(evenings.values()) >= 0:
        return []
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


# -- Neraca saldo: every account's opening, turnover and balance ---------------------------------


def trial_balance(context: Context) -> Report:
    """Columns are signed, debit positive; closing postings in, unless asked otherwise."""
    t, period = context.words, context.period
    before_closing = context.parameters.before_closing
    found = turnovers(context.connection, period.start, period.end, before_closing=before_closing)
    money = ColumnType.MONEY
    return Report(
        name="trial-balance",
        title=t("Trial Balance"),
        parameters={**month_asked(context), "as_of": period.end.isoformat()},
        period=t("{period}, before closing", period=context.per) if before_closing else context.per,
        unit=context.unit,
        label=t("Account name"),
        columns=(
            Column("opening", t("Opening"), money),
            Column("debit", t("Debit"), money, summed=True),
            Column("credit", t("Credit"), money, summed=True),
            Column("balance", t("Balance"), money),
        ),
        rows=(*_lines(context, found), _trial_balance_total(t("Total"), found)),
        layout=Layout.TRIAL_BALANCE,
        place_date=period.end,
    )


def _lines(context: Context, found: dict[str, Turnover]) -> list[Row]:
    return [
        Row(context.account_name(code), _cells(each), account_ref(code))
        for code, each in found.items()
        if any(_cells(each))
    ]


def _cells(each: Turnover) -> tuple[int, int, int, int]:
    return (each.opening, each.debit, each.credit, each.closing)


def _trial_balance_total(label: str, found: dict[str, Turnover]) -> Row:
    sums = [sum(column) for column in zip(*map(_cells, found.values()), strict=True)]
    return Row(label, tuple(sums) or (0, 0, 0, 0), "total", kind=RowKind.TOTAL)
