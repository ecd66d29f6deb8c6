"""What the screens of money show: cash accounts, debts, dues, choices of forms."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

import orjson
from sqlalchemy import Connection, Select, and_, bindparam, exists, func, literal_column, select

from kwt_books.domain.accounts import (
    BANK,
    DUES,
    LOAN,
    MEMBER_RECEIVABLE,
    PAYABLE,
    SHOP_RECEIVABLE,
    SURPLUS_PAYABLE,
    TAX_PAYABLE,
    TRADE_RECEIVABLE,
    Account,
    is_fund,
)
from kwt_books.domain.values import Month, first_day, last_day, month_range
from kwt_books.queries.balances import Turnover, by_month, turnovers
from kwt_books.queries.documents import opening_document, span
from kwt_books.queries.overview import SetupData, setup_data
from kwt_books.queries.programmes import programmes_left
from kwt_books.queries.reading import Reading
from kwt_books.queries.setup import SetupBook
from kwt_books.store.expressions import (
    HEADING,
    above,
    below,
    correction,
    dated_within,
    entry,
    in_force,
    in_order,
    newest_first,
    one_of,
    original,
    said,
    total,
    with_original,
)
from kwt_books.store.reads import fetched
from kwt_books.store.rows import recorded_command
from kwt_books.store.statements import BALANCES
from kwt_books.store.tables import document, dues, posting

# -- Debts by account and party, from the postings that name a party ------------------------------
#
# What a correction undoes is taken out of what was added or paid, at its original's date: it is
# neither a payment nor a new debt.


class Moved(NamedTuple):
    """What a party's documents of one day came to on an account; both sides positive."""

    day: date
    added: int
    paid: int
    here: bool
    """Whether it falls within the days asked for, and is not the opening."""


class Standing(NamedTuple):
    """One party on one account. `party` is None for postings that name nobody."""

    account: str
    party: str | None
    opening: int
    added: int
    paid: int
    unpaid: tuple[tuple[date, int], ...]
    """What is still owed, by the day it arose, oldest first; first in is first paid."""

    @property
    def owed(self) -> int:
        """What is owed at the end; rupiah."""
        return self.opening + self.added - self.paid


_AROSE = func.coalesce(original.c.date, posting.c.date).label("arose")
_CORRECTS = original.c.sequence.is_not(None).label("corrects")
_HERE = and_(
    posting.c.date >= bindparam("start"), posting.c.document != bindparam("opening")
).label("here")
_PARTY_MOVEMENTS = (
    select(
        posting.c.party,
        _AROSE,
        _CORRECTS,
        _HERE,
        total(above(posting.c.amount)),
        total(below(posting.c.amount)),
    )
    .select_from(with_original(in_order(posting, entry, entry.c.sequence == posting.c.document)))
    .where(posting.c.account == bindparam("account"), posting.c.date <= bindparam("end"))
    .group_by(posting.c.party, literal_column("2"), literal_column("3"), literal_column("4"))
)


def standings(
    connection: Connection, account: str, start: date, end: date, *, sign: int = 1
) -> list[Standing]:
    """Every party with anything on the account by `end`; `sign` -1 where credits are added."""
    values = {
        "account": account,
        "start": start.isoformat(),
        "end": end.isoformat(),
        "opening": opening_document(connection).sequence,
    }
    moved: defaultdict[str | None, list[Moved]] = defaultdict(list)
    for party, day, corrects, here, debit, credit in fetched(connection, _PARTY_MOVEMENTS, values):
        added, paid = (debit, credit) if sign > 0 else (credit, debit)
        if corrects:
            added, paid = -paid, -added
        moved[party].append(Moved(date.fromisoformat(day), added, paid, bool(here)))
    ordered = sorted(moved, key=lambda party: (party is None, party or ""))
    return [_standing(account, party, moved[party]) for party in ordered]


def _standing(account: str, party: str | None, moved: list[Moved]) -> Standing:
    return Standing(
        account,
        party,
        sum(each.added - each.paid for each in moved if not each.here),
        sum(each.added for each in moved if each.here),
        sum(each.paid for each in moved if each.here),
        unpaid(moved),
    )


def unpaid(moved: list[Moved]) -> tuple[tuple[date, int], ...]:
    """The newest additions, as far back as they make up what is owed.

    A party that has paid too much has one negative amount, of its last day.
    """
    added: defaultdict[date, int] = defaultdict(int)
    owed = 0
    for each in moved:
        added[each.day] += each.added
        owed += each.added - each.paid
    if owed < 0:
        return ((max(added), owed),)
    found: list[tuple[date, int]] = []
    for day in sorted(added, reverse=True):
        part = min(owed, added[day])
        if part > 0:
            found.append((day, part))
            owed -= part
    return tuple(reversed(found))


MOST_LINES = 400
"""Lines of one list; whoever needs more looks into the diary."""
CLAIMS = (SHOP_RECEIVABLE, TRADE_RECEIVABLE, MEMBER_RECEIVABLE)
"""What others owe the group."""
MEMBER_GOODS = "2102"
"""Owed to members for goods of theirs that were sold."""
OWED = (PAYABLE, MEMBER_GOODS)
"""What the group owes for goods."""
TO_PAY = (*OWED, SURPLUS_PAYABLE, TAX_PAYABLE, LOAN)
"""All that the group has to pay one day, whether somebody is named or not."""


@dataclass(frozen=True, slots=True)
class CashAccount:
    """A cash account over a month. Whole rupiah; `balance` stands at the month's end."""

    account: Account
    opening: int
    received: int
    paid: int
    balance: int
    counted: date | None
    """When it was last counted or compared with the bank, by the month's end."""
    by_bank: bool = False
    """Whether it was compared last; of an account that never was either, whether it is the bank."""


@dataclass(frozen=True, slots=True)
class MoneyLine:
    """What a document moved on some accounts (debit positive), and their balance after it."""

    number: str
    day: date
    kind: str
    text: str
    amount: int
    moved: int
    """What went from one of the accounts to another."""
    balance: int
    corrects: str | None
    corrected_by: str | None
    attached: bool


@dataclass(frozen=True, slots=True)
class Debt:
    """What one party owes or is owed on an account, and since when."""

    account: Account
    party: str
    """Empty where the postings name nobody; then `name` is the account's."""
    name: str
    owed: int
    since: date | None


@dataclass(frozen=True, slots=True)
class FundLeft:
    """A fund and what is left in it; rupiah."""

    account: Account
    left: int
    """What may still be spent of it."""


@dataclass(frozen=True, slots=True)
class CashSummary:
    """A month of all cash accounts: their balances, and the lines of one or all of them."""

    accounts: tuple[CashAccount, ...]
    lines: tuple[MoneyLine, ...]
    """Newest first, at most `MOST_LINES`."""
    received: int
    """What came into those accounts from outside, document by document."""
    paid: int
    recorded: bool
    """Whether the book has any document."""
    months: Mapping[Month, int] = field(default_factory=dict)
    """What lay there at the end of each of the last twelve months since the book began; rupiah."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What forms of money offer to choose from, with present balances."""

    setup: SetupData
    balances: Mapping[str, int]
    """Of every cash account, all that is recorded."""
    funds: tuple[FundLeft, ...]
    owed: tuple[Debt, ...]
    claims: tuple[Debt, ...]
    programmes: Mapping[str, int] = field(default_factory=dict)
    """What is left of each programme's money; rupiah, those without any left out."""

    def left(self, fund: str | None) -> int:
        """What may still be spent of a fund; rupiah, nil for an unknown one."""
        return next((each.left for each in self.funds if each.account.code == fund), 0)


_ENDS = 12
_ACCOUNT = said(entry.c.payload, "account")
_COMPARED = "bank_reconciliation"
_COUNTED = (
    select(_ACCOUNT, func.max(entry.c.date).label("day"), entry.c.kind)
    .where(
        entry.c.kind.in_(("cash_count", _COMPARED)), entry.c.date <= bindparam("end"), in_force()
    )
    .group_by(_ACCOUNT, entry.c.kind)
    .order_by("day")
)


def _lines(party: str | None) -> Select[Any]:
    """What documents moved on some accounts; with a party, what names it."""
    moved = (
        select(
            posting.c.document,
            total(posting.c.amount).label("amount"),
            total(above(posting.c.amount)).label("debit"),
        )
        .where(posting.c.account.in_(one_of("accounts")), dated_within(posting.c.date))
        .group_by(posting.c.document)
    )
    if party is not None:
        named = posting.c.party == party if party else posting.c.party.is_(None)
        moved = moved.where(named)
    each = moved.subquery("moved")
    attached = exists().where(
        _paper.c.kind == "attachment",
        said(_paper.c.payload, "of").in_((entry.c.number, entry.c.id)),
    )
    found = with_original(each.join(entry, entry.c.sequence == each.c.document))
    found = found.outerjoin(correction, correction.c.corrects == entry.c.sequence)
    sums = (correction.c.number, each.c.amount, each.c.debit, attached)
    return newest_first(select(*HEADING, *sums).select_from(found)).limit(MOST_LINES)


_paper = document.alias("paper")
_EACH = (
    select(total(posting.c.amount).label("amount"))
    .where(posting.c.account.in_(one_of("accounts")), dated_within(posting.c.date))
    .where(posting.c.document != bindparam("opening"))
    .group_by(posting.c.document)
    .subquery()
)
_MONTH_MOVEMENTS = select(total(above(_EACH.c.amount)), total(below(_EACH.c.amount)))
_RECORDED = select(exists().where(document.c.number.is_not(None)))


def till(reading: Reading, month: Month, account: str | None = None) -> CashSummary:
    """What lies where at the end of a month; its lines on all cash accounts, or on `account`."""
    connection, setup = reading.connection, reading.setup
    accounts = tuple(_cash_accounts(connection, setup, month))
    shown = [each for each in accounts if account in (None, each.account.code)]
    codes, days = [each.account.code for each in shown], (first_day(month), last_day(month))
    standing = sum(each.balance for each in shown)
    lines = _lines_of(reading, codes, days, standing=standing)
    values = {"accounts": codes, "opening": opening_document(connection).sequence, **span(*days)}
    received, paid = connection.execute(_MONTH_MOVEMENTS, values).one()
    recorded = bool(connection.execute(_RECORDED).scalar())
    return CashSummary(accounts, lines, received, paid, recorded, _ends(connection, codes, month))


def _ends(connection: Connection, codes: Iterable[str], last: Month) -> dict[Month, int]:
    """The balance of accounts at the end of each month, twelve at most."""
    moved = by_month(connection, codes, last)
    begins = min((month for months in moved.values() for month in months), default=last)
    found, stands = {}, 0
    for month in month_range(begins, last):
        stands += sum(months.get(month, 0) for months in moved.values())
        found[month] = stands
    return dict(list(found.items())[-_ENDS:])


def _cash_accounts(connection: Connection, setup: SetupBook, month: Month) -> Iterable[CashAccount]:
    start, end = first_day(month), last_day(month)
    stands = turnovers(connection, start, end)
    last = connection.execute(_COUNTED, {"end": end.isoformat()})
    counted: dict[str, tuple[str, str]] = {row[0]: (row[1], row[2]) for row in last}
    for code in setup.cash_accounts:
        here = stands.get(code, Turnover())
        day, kind = counted.get(code, ("", _COMPARED if code == BANK else ""))
        yield CashAccount(
            setup.accounts[code],
            here.opening,
            here.debit,
            here.credit,
            here.closing,
            date.fromisoformat(day) if day else None,
            kind == _COMPARED,
        )


def _lines_of(
    reading: Reading,
    accounts: Sequence[str],
    days: tuple[date, date],
    *,
    standing: int,
    party: str | None = None,
) -> tuple[MoneyLine, ...]:
    """What moved on some accounts together, newest first; `standing` is what they end with.

    `party` narrows it to somebody, or with an empty one to what names nobody.
    """
    values = {"accounts": list(accounts), **span(*days)}
    found = []
    row: Any
    for row in reading.connection.execute(_lines(party), values):
        _, number, day, kind, payload, corrects, corrected, amount, debit, attached = row
        found.append(
            MoneyLine(
                number,
                date.fromisoformat(day),
                kind,
                reading.describe(kind, orjson.loads(payload), corrects),
                amount,
                debit - max(amount, 0),
                standing,
                corrects,
                corrected,
                bool(attached),
            )
        )
        standing -= amount
    return tuple(found)


# -- debts ---------------------------------------------------------------------------------


def debts(
    connection: Connection, setup: SetupBook, accounts: Iterable[str], until: date = date.max
) -> tuple[Debt, ...]:
    """Who owes on these accounts (is owed, where they are liabilities), the oldest first."""
    found = []
    for code in accounts:
        account = setup.accounts[code]
        sign = -1 if code in TO_PAY else 1
        for each in standings(connection, code, date.min, until, sign=sign):
            if each.owed:
                since = each.unpaid[0][0] if each.unpaid else None
                name = setup.party_name(each.party) if each.party is not None else account.name
                found.append(Debt(account, each.party or "", name, each.owed, since))
    return tuple(sorted(found, key=lambda debt: (debt.since or date.max, debt.name)))


def open_debts(reading: Reading) -> tuple[Debt, ...]:
    """What the group owes, then what is owed to it; each the oldest first."""
    connection, setup = reading.connection, reading.setup
    return (*debts(connection, setup, TO_PAY), *debts(connection, setup, CLAIMS))


def debt_lines(reading: Reading, debt: Debt) -> tuple[MoneyLine, ...]:
    """How a debt came about, newest first; debit positive."""
    code = debt.account.code
    standing = -debt.owed if code in TO_PAY else debt.owed
    return _lines_of(reading, [code], (date.min, date.max), standing=standing, party=debt.party)


# -- what forms offer ----------------------------------------------------------------------


def choices(reading: Reading) -> Choices:
    """What forms offer to choose from, with present balances."""
    connection, setup = reading.connection, reading.setup
    now: dict[str, int] = {row[0]: row[1] for row in connection.execute(BALANCES)}
    shares = dict(setup.group.shares) if setup.group is not None else {}
    funds = [code for code in setup.accounts if is_fund(code, shares)]
    return Choices(
        setup_data(reading),
        {code: now.get(code, 0) for code in setup.cash_accounts},
        tuple(FundLeft(setup.accounts[code], -now.get(code, 0)) for code in funds),
        debts(connection, setup, OWED),
        debts(connection, setup, CLAIMS),
        programmes_left(connection),
    )


# -- Dues that the group keeps for others: who paid which months ---------------------------------


_PAID = select(dues.c.account, dues.c.party, dues.c.month)
_DUES_ACCOUNTS = select(dues.c.account).distinct()


def dues_accounts(connection: Connection) -> list[str]:
    """The accounts that dues are kept on, by code: 2104, and others that dues were paid to."""
    return sorted({DUES, *connection.execute(_DUES_ACCOUNTS).scalars()})


@dataclass(frozen=True, slots=True)
class DuesKnown:
    """What a form of dues has to know: the months paid so far, and what one month is usually."""

    paid: Mapping[tuple[str, str], frozenset[Month]]
    """By account and party."""
    usual: int | None
    """What a month came to in the last document, in rupiah; None where there is none."""


_LAST_DUES = newest_first(select(entry.c.payload).where(entry.c.kind == "dues", in_force())).limit(
    1
)


def dues_known(reading: Reading) -> DuesKnown:
    """The months paid by all that is recorded, whenever it is dated."""
    paid: defaultdict[tuple[str, str], set[Month]] = defaultdict(set)
    for account, party, month in reading.connection.execute(_PAID):
        paid[(account, party)].add(month)
    last = reading.connection.execute(_LAST_DUES).scalar()
    usual = None
    if last is not None:
        line = recorded_command("dues", last).lines[0]
        usual = line.amount // len(line.months)
    return DuesKnown({key: frozenset(months) for key, months in paid.items()}, usual)
