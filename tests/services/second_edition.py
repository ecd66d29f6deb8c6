"""Dues and reconciliations as a book has them, to be held against figures worked out elsewhere."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection, func, select

from kwt_books.queries.documents import effects
from kwt_books.queries.reconciliations import waiting
from kwt_books.store.tables import document, dues, posting

_FROM_BANK = ("bank_reconciliation",)


class Paid(NamedTuple):
    """The months that a party paid on an account, and what stands there under its name."""

    account: str
    party: str
    months: list[str]
    balance: int


class Reconciled(NamedTuple):
    number: str
    date: date
    account: str
    statement: int
    unseen: int
    """What the statement did not show yet."""

    @property
    def book(self) -> int:
        return self.statement + self.unseen


def dues_standings(connection: Connection, end: date) -> Iterator[Paid]:
    """All who paid by the end of a day, by account and code of the party."""
    until = end.isoformat()
    paid = (
        select(dues.c.account, dues.c.party, dues.c.month)
        .join(document, document.c.sequence == dues.c.document)
        .where(document.c.date <= until)
        .order_by(dues.c.account, dues.c.party, dues.c.month)
    )
    found: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for account, party, month in connection.execute(paid):
        found[account, party].append(month)
    for (account, party), months in found.items():
        kept = select(func.sum(posting.c.amount)).where(
            posting.c.account == account, posting.c.party == party, posting.c.date <= until
        )
        yield Paid(account, party, months, -int(connection.execute(kept).scalar_one()))


def reconciliations(connection: Connection, start: date, end: date) -> Iterator[Reconciled]:
    """Those dated within these days that nothing corrects."""
    every = effects(connection, _FROM_BANK, date.min, date.max)
    undone = {each.source for each in every if each.sign < 0}
    for each in every:
        if each.sign > 0 and each.sequence not in undone and start <= each.date <= end:
            unseen = sum(line.amount for line in waiting(connection, each))
            said = each.command
            yield Reconciled(each.number, each.date, said.account, said.statement, unseen)
