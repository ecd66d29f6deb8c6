"""Funds set aside from profit: what they received, what they were spent on, month by month."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import orjson
from sqlalchemy import Connection, bindparam, exists, func, select

from kwt_books.domain.accounts import FUNDED_CAPITAL, SURPLUS, Account, is_fund
from kwt_books.domain.values import Month, first_day, last_day, month_of, month_range, shift
from kwt_books.queries.balances import by_month
from kwt_books.queries.documents import opening_document, span
from kwt_books.queries.reading import Describe, Reading
from kwt_books.store.expressions import (
    HEADING,
    dated_within,
    entry,
    oldest_first,
    source_kind,
    source_payload,
    total,
    with_original,
)
from kwt_books.store.rows import recorded_command
from kwt_books.store.tables import posting


@dataclass(frozen=True, slots=True)
class Release:
    """What a document released of a fund; negative in the correction of one that did."""

    sequence: int
    number: str
    date: date
    kind: str
    payload: dict[str, Any]
    corrected: str | None
    """Number of the document that this one undoes."""
    source: str
    """Kind of the document that spent: of the corrected one in a correction."""
    fund: str
    amount: int
    to: str
    """3301; 3105 where an asset was bought."""


# A release is the last pair of postings of a document that can spend a fund: D fund, K 3301 or,
# of an asset, K 3105.
_beside, _behind = posting.alias("beside"), posting.alias("behind")
_RELEASES = oldest_first(
    select(
        *HEADING,
        source_kind,
        source_payload,
        _beside.c.account,
        _beside.c.amount,
        posting.c.account,
    )
    .select_from(
        with_original(
            posting.join(
                _beside,
                (_beside.c.document == posting.c.document) & (_beside.c.line == posting.c.line - 1),
            ).join(entry, entry.c.sequence == posting.c.document)
        )
    )
    .where(posting.c.account.in_((SURPLUS, FUNDED_CAPITAL)), dated_within(posting.c.date))
    .where(posting.c.closing == 0, _beside.c.amount == -posting.c.amount)
    .where(source_kind.in_(("payment", "purchase", "asset_acquisition")))
    .where(
        ~exists().where(_behind.c.document == posting.c.document, _behind.c.line > posting.c.line)
    )
)

_CLOSING = ("month_close", "month_reopen")
_ALLOCATED = (
    select(posting.c.account, -total(posting.c.amount))
    .select_from(entry.join(posting, posting.c.document == entry.c.sequence))
    .where(entry.c.kind.in_(_CLOSING), dated_within())
    .group_by(posting.c.account)
)


def releases(connection: Connection, start: date, end: date) -> list[Release]:
    """Releases and their corrections dated within these days, in the order of a book."""
    found = []
    for row in connection.execute(_RELEASES, span(start, end)):
        sequence, number, day, kind, payload, corrected, source, spending, fund, amount, to = row
        if recorded_command(source, spending).fund == fund:
            when = date.fromisoformat(day)
            found.append(
                Release(
                    sequence,
                    number,
                    when,
                    kind,
                    orjson.loads(payload),
                    corrected,
                    source,
                    fund,
                    amount,
                    to,
                )
            )
    return found


def released(found: list[Release]) -> dict[str, int]:
    """The sum of releases by fund."""
    sums: defaultdict[str, int] = defaultdict(int)
    for each in found:
        sums[each.fund] += each.amount
    return sums


def closed_to(connection: Connection, start: date, end: date) -> dict[str, int]:
    """What closes dated within these days (less reopenings) brought to each account, K positive."""
    found = connection.execute(_ALLOCATED, span(start, end))
    return {account: amount for account, amount in found if amount}


# -- Funds month by month -----------------------------------------------------------------------


MONTHS = 12


@dataclass(frozen=True, slots=True)
class FundMonth:
    """opening + received - spent + other = closing; whole rupiah, credit positive."""

    month: Month
    opening: int
    received: int
    """Its share of profit."""
    spent: int
    other: int
    closing: int


@dataclass(frozen=True, slots=True)
class FundBar:
    """A fund in the twelve months up to the one asked for; rupiah."""

    account: Account
    percent: int
    """Of profit, by the decision that holds now."""
    months: tuple[FundMonth, ...]
    """Twelve, the month asked for last."""

    @property
    def now(self) -> FundMonth:
        """The month asked for."""
        return self.months[-1]


@dataclass(frozen=True, slots=True)
class Spent:
    """What a document released of a fund; below zero in the correction of one that did."""

    number: str
    day: date
    fund: str
    text: str
    amount: int
    corrected: str | None


@dataclass(frozen=True, slots=True)
class FundBars:
    """All funds month by month, what was spent of them, and the decision that fills them."""

    funds: tuple[FundBar, ...]
    spent: tuple[Spent, ...]
    """Of the twelve months, newest first."""
    decision: str
    decided: date | None

    @property
    def total(self) -> int:
        """What all funds come to at the end of the month asked for; rupiah."""
        return sum(each.now.closing for each in self.funds)


_MONTH = func.substr(entry.c.date, 1, 7).label("month")
_SHARED = (
    select(posting.c.account, _MONTH, -total(posting.c.amount))
    .select_from(entry.join(posting, posting.c.document == entry.c.sequence))
    .where(entry.c.kind.in_(_CLOSING), dated_within())
    .group_by(posting.c.account, _MONTH)
)
_OPENED = (
    select(posting.c.account, -total(posting.c.amount))
    .where(posting.c.document == bindparam("opening"))
    .group_by(posting.c.account)
)

_Sums = Mapping[tuple[str, Month], int]


def fund_bars(reading: Reading, month: Month) -> FundBars:
    """The funds over the twelve months up to this one."""
    connection, setup = reading.connection, reading.setup
    group = setup.group
    shares = dict(group.shares) if group is not None else {}
    decided = group.allocation if group is not None else None
    months = month_range(shift(month, 1 - MONTHS), month)
    start, end = first_day(months[0]), last_day(month)
    found = releases(connection, start, end)
    codes = [*shares, *(c for c in setup.accounts if c not in shares and is_fund(c, shares))]
    past = _Past(connection, codes, months, found)
    bars = [
        FundBar(setup.accounts[code], shares.get(code, 0), past.of(code))
        for code in codes
        if code in shares or past.moved(code)
    ]
    return FundBars(
        tuple(bars),
        tuple(_spent(each, reading.describe) for each in reversed(found)),
        decided.decision if decided is not None else "",
        decided.date if decided is not None else None,
    )


def _spent(each: Release, describe: Describe) -> Spent:
    said = describe(each.kind, each.payload, each.corrected)
    return Spent(each.number, each.date, each.fund, said, each.amount, each.corrected)


class _Past:
    """The months of every fund. The opening balance counts as what stood before its month."""

    def __init__(
        self,
        connection: Connection,
        codes: Sequence[str],
        months: Sequence[Month],
        found: Sequence[Release],
    ) -> None:
        self._months = months
        self._moves = by_month(connection, codes, months[-1])
        days = span(first_day(months[0]), last_day(months[-1]))
        self._shared: _Sums = {
            (code, month): amount for code, month, amount in connection.execute(_SHARED, days)
        }
        spent: defaultdict[tuple[str, Month], int] = defaultdict(int)
        for each in found:
            spent[each.fund, month_of(each.date)] += each.amount
        self._spent: _Sums = spent
        opening = opening_document(connection)
        brought = connection.execute(_OPENED, {"opening": opening.sequence})
        self._brought: dict[str, int] = {row[0]: row[1] for row in brought}
        self._brought_in = month_of(opening.day)

    def moved(self, code: str) -> bool:
        return bool(self._moves.get(code))

    def of(self, code: str) -> tuple[FundMonth, ...]:
        moves = self._moves.get(code, {})
        standing = -sum(amount for month, amount in moves.items() if month < self._months[0])
        found = []
        for month in self._months:
            if month == self._brought_in:
                standing += self._brought.get(code, 0)
            made = self._month(code, month, standing, -moves.get(month, 0))
            standing = made.closing
            found.append(made)
        return tuple(found)

    def _month(self, code: str, month: Month, opening: int, moved: int) -> FundMonth:
        if month == self._brought_in:
            moved -= self._brought.get(code, 0)
        received, spent = self._shared.get((code, month), 0), self._spent.get((code, month), 0)
        other = moved - received + spent
        return FundMonth(month, opening, received, spent, other, opening + moved)


# -- What the yearly meeting may share -----------------------------------------------------------

_SURPLUS = select(-total(posting.c.amount)).where(
    posting.c.account == SURPLUS, posting.c.date <= bindparam("end")
)


def surplus_on(reading: Reading, day: date) -> int:
    """What is left of the profit (3301) at the end of a day, by all recorded so far; rupiah.

    Below zero after a loss.
    """
    found: int = reading.connection.execute(_SURPLUS, {"end": day.isoformat()}).scalar_one()
    return found
