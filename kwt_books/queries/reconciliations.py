"""Bank reconciliations that hold, and the documents that the bank had yet to show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import orjson
from sqlalchemy import Connection, bindparam, exists, not_, or_, select

from kwt_books.domain.documents.money import BankReconciliation
from kwt_books.domain.values import Month, month_of
from kwt_books.queries.documents import Effect, effects
from kwt_books.queries.reading import Reading
from kwt_books.store.expressions import (
    ONE,
    correction,
    entry,
    in_force,
    newest_first,
    oldest_first,
    one_of,
    said,
    total,
)
from kwt_books.store.tables import posting


@dataclass(frozen=True, slots=True)
class Waiting:
    """A document that the bank had yet to show; `amount` is its effect on the account."""

    day: date
    number: str
    kind: str
    payload: Mapping[str, Any]
    amount: int


def last_reconciliations(connection: Connection, start: date, end: date) -> dict[str, Effect]:
    """The last of these days of each account that was not undone, by account."""
    found = effects(connection, ("bank_reconciliation",), start, end)
    undone = {each.source for each in found if each.sign < 0}
    return {
        each.command.account: each
        for each in found
        if each.sign > 0 and each.sequence not in undone
    }


_DONE = select(entry.c.date, said(entry.c.payload, "account")).where(
    entry.c.kind == "bank_reconciliation", in_force()
)


def reconciled_months(connection: Connection) -> set[tuple[str, Month]]:
    """Accounts and months in which a reconciliation that holds is dated."""
    return {
        (account, month_of(date.fromisoformat(day))) for day, account in connection.execute(_DONE)
    }


_WAITING = oldest_first(
    select(entry.c.date, entry.c.number, entry.c.kind, entry.c.payload, total(posting.c.amount))
    .select_from(posting.join(entry, entry.c.sequence == posting.c.document))
    .where(posting.c.account == bindparam("account"))
    .where(or_(entry.c.id.in_(one_of("named")), entry.c.number.in_(one_of("named"))))
    .group_by(entry.c.sequence)
)


def waiting(connection: Connection, reconciliation: Effect) -> list[Waiting]:
    """The documents that a reconciliation names as outstanding, in the order of a book."""
    said: BankReconciliation = reconciliation.command
    values = {"account": said.account, "named": list(said.outstanding)}
    return [
        Waiting(date.fromisoformat(day), number, kind, orjson.loads(raw), amount)
        for day, number, kind, raw, amount in connection.execute(_WAITING, values)
    ]


# -- What a form of reconciliation offers to tick -------------------------------------------------


@dataclass(frozen=True, slots=True)
class BankLine:
    """A document that moved money on a bank account; `amount` is its effect there, in rupiah."""

    id: str
    number: str
    day: date
    text: str
    amount: int
    waited: bool
    """Whether the bank had yet to show it at the last reconciliation."""


@dataclass(frozen=True, slots=True)
class BankKnown:
    """The account at the end of a day, and what the bank may not show yet, newest first."""

    balance: int
    last: BankReconciliation | None
    """The last reconciliation up to that day."""
    lines: tuple[BankLine, ...]

    @property
    def since(self) -> date | None:
        """The day of the last reconciliation."""
        return self.last.date if self.last is not None else None


MOST_BANK_LINES = 400
_undone = exists(
    select(ONE).where(
        correction.c.corrects == entry.c.sequence, correction.c.date <= bindparam("end")
    )
)
_ON_ACCOUNT = (
    select(
        entry.c.id,
        entry.c.number,
        entry.c.date,
        entry.c.kind,
        entry.c.payload,
        total(posting.c.amount),
    )
    .select_from(posting.join(entry, entry.c.sequence == posting.c.document))
    .where(posting.c.account == bindparam("account"), posting.c.date <= bindparam("end"))
    .where(entry.c.corrects.is_(None), not_(_undone))
    .group_by(entry.c.sequence)
    .having(total(posting.c.amount) != 0)
)
_BANK_LINES = newest_first(
    _ON_ACCOUNT.where(
        or_(
            entry.c.date > bindparam("since"),
            entry.c.sequence > bindparam("sequence"),
            entry.c.id.in_(one_of("named")),
            entry.c.number.in_(one_of("named")),
        )
    )
).limit(MOST_BANK_LINES)
_FROM_DAY = newest_first(_ON_ACCOUNT.where(posting.c.date >= bindparam("start")))
_BALANCE = select(total(posting.c.amount)).where(
    posting.c.account == bindparam("account"), posting.c.date <= bindparam("end")
)


def bank_known(reading: Reading, account: str, end: date) -> BankKnown:
    """What was recorded on an account since its last reconciliation, and what waited then."""
    connection = reading.connection
    last = last_reconciliations(connection, date.min, end).get(account)
    named = list(last.command.outstanding) if last is not None else []
    values = {
        "account": account,
        "end": end.isoformat(),
        "since": last.date.isoformat() if last is not None else "",
        "sequence": last.sequence if last is not None else 0,
        "named": named,
    }
    lines = _lines(reading, connection.execute(_BANK_LINES, values), named)
    balance = connection.execute(_BALANCE, {"account": account, "end": end.isoformat()}).scalar()
    return BankKnown(int(balance or 0), last.command if last is not None else None, lines)


def moved_between(reading: Reading, account: str, start: date, end: date) -> tuple[BankLine, ...]:
    """What moved money on an account from `start` to `end`, reconciled or not, newest first."""
    values = {"account": account, "start": start.isoformat(), "end": end.isoformat()}
    return _lines(reading, reading.connection.execute(_FROM_DAY, values), ())


def _lines(
    reading: Reading, found: Iterable[Sequence[Any]], named: Sequence[str]
) -> tuple[BankLine, ...]:
    return tuple(
        BankLine(
            id_,
            number,
            date.fromisoformat(day),
            reading.describe(kind, orjson.loads(raw), None),
            amount,
            id_ in named or number in named,
        )
        for id_, number, day, kind, raw, amount in found
    )
