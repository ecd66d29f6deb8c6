"""What a month's statements said when a paper was printed, and what they say today."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection, text

from kwt_books.domain.accounts import TEMPORARY, Account, AccountType
from kwt_books.domain.month import Month, first_day, last_day, month_of


class Both(NamedTuple):
    """One figure by the entries up to the paper's, and by all of them."""

    then: int = 0
    now: int = 0

    def plus(self, other: Both) -> Both:
        return Both(self.then + other.then, self.now + other.now)

    @property
    def negated(self) -> Both:
        return Both(-self.then, -self.now)

    @property
    def differs(self) -> bool:
        return self.then != self.now


@dataclass(frozen=True, slots=True)
class Figures:
    """Of one month. Balances by account are debit positive, at its end."""

    month: Month
    cash: Both
    assets: Both
    liabilities: Both
    profit: Both
    balances: dict[str, Both]

    @property
    def equity(self) -> Both:
        return self.assets.plus(self.liabilities.negated)

    @property
    def differ(self) -> bool:
        return any(each.differs for each in self.balances.values()) or self.profit.differs


class Since(NamedTuple):
    """An entry recorded after the paper was printed, dated within its time."""

    sequence: int
    number: str
    kind: str
    date: date
    payload: str
    corrects: str | None
    amount: int


_BALANCES = text("""
    SELECT account, sum(CASE WHEN document <= :sequence THEN amount ELSE 0 END), sum(amount)
    FROM posting WHERE date <= :end GROUP BY account ORDER BY account
""")
_EARNED = text("""
    SELECT account, sum(CASE WHEN document <= :sequence THEN amount ELSE 0 END), sum(amount)
    FROM posting WHERE date BETWEEN :start AND :end AND closing = 0 GROUP BY account
""")
_LAST_DAY = text(
    "SELECT max(date) FROM document WHERE sequence <= :sequence AND number IS NOT NULL"
)
_SINCE = text("""
    SELECT d.sequence, d.number, d.kind, d.date, d.payload, o.number,
        (SELECT coalesce(sum(max(amount, 0)), 0) FROM posting WHERE document = d.sequence)
    FROM document d LEFT JOIN document o ON o.sequence = d.corrects
    WHERE d.sequence > :sequence AND d.number IS NOT NULL AND d.date <= :end
    ORDER BY d.sequence
""")


def last_month(connection: Connection, sequence: int) -> Month | None:
    """The newest month that anything up to that entry was dated in."""
    found = connection.execute(_LAST_DAY, {"sequence": sequence}).scalar()
    return month_of(date.fromisoformat(found)) if found is not None else None


def figures(
    connection: Connection, accounts: dict[str, Account], sequence: int, month: Month
) -> Figures:
    values = {
        "sequence": sequence,
        "start": first_day(month).isoformat(),
        "end": last_day(month).isoformat(),
    }
    balances = {code: Both(*both) for code, *both in connection.execute(_BALANCES, values)}
    sums: defaultdict[AccountType, Both] = defaultdict(Both)
    cash = profit = Both()
    for code, both in balances.items():
        sums[accounts[code].type] = sums[accounts[code].type].plus(both)
        if accounts[code].cash:
            cash = cash.plus(both)
    for code, *earned in connection.execute(_EARNED, values):
        if accounts[code].type in TEMPORARY:
            profit = profit.plus(Both(*earned).negated)
    liabilities = sums[AccountType.LIABILITY].negated
    return Figures(month, cash, sums[AccountType.ASSET], liabilities, profit, balances)


def recorded_since(connection: Connection, sequence: int, month: Month) -> list[Since]:
    """What was recorded after that entry and changes the month or one before it."""
    values = {"sequence": sequence, "end": last_day(month).isoformat()}
    return [
        Since(number, voucher, kind, date.fromisoformat(day), payload, corrects, amount)
        for number, voucher, kind, day, payload, corrects, amount in connection.execute(
            _SINCE, values
        )
    ]
