"""Closes of months that were not undone, and how each shared its profit."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, select

from kwt_books.domain.accounts import SURPLUS, TEMPORARY, AccountType
from kwt_books.domain.documents.closing import MonthClose
from kwt_books.domain.documents.fields import Codec
from kwt_books.domain.documents.setup import Group
from kwt_books.domain.values import Month
from kwt_books.queries.setup import held_closes
from kwt_books.store import rows
from kwt_books.store.tables import document, posting

_CLOSE = Codec(MonthClose)


@dataclass(frozen=True, slots=True)
class HeldClose:
    """A close that no reopening undid. It closed the months after `after`, up to its own."""

    sequence: int
    number: str
    after: Month | None
    command: MonthClose
    group: Group | None
    """The group as it was set up when the month was closed."""


@dataclass(frozen=True, slots=True)
class Sharing:
    """How a close shared its profit: what of it, and how much each account got."""

    profit: int
    shared: int
    parts: dict[str, int]


def close_of(connection: Connection, month: Month) -> HeldClose | None:
    """The close of a month; None while the month is open."""
    after = None
    for held in held_closes(connection):
        if held.month >= month:
            return _recorded(connection, held.sequence, after)
        after = held.month
    return None


def _recorded(connection: Connection, sequence: int, after: Month | None) -> HeldClose:
    query = select(document.c.number, document.c.payload).where(document.c.sequence == sequence)
    number, payload = connection.execute(query).one()
    command = rows.command_of(_CLOSE, payload)
    return HeldClose(sequence, number, after, command, _group(connection, sequence))


def _group(connection: Connection, sequence: int) -> Group | None:
    query = (
        select(document.c.payload)
        .where(document.c.kind == "group", document.c.sequence < sequence)
        .order_by(document.c.sequence.desc())
        .limit(1)
    )
    payload = connection.execute(query).scalar()
    if payload is None:
        return None
    group: Group = rows.setup_command("group", payload)
    return group


def sharing(connection: Connection, close: HeldClose, types: dict[str, AccountType]) -> Sharing:
    """As it was posted: the temporary accounts, 3301 for their sum, 3301 shared, each part."""
    query = (
        select(posting.c.account, posting.c.amount)
        .where(posting.c.document == close.sequence)
        .order_by(posting.c.line)
    )
    profit, rest = 0, []
    for account, amount in connection.execute(query):
        if types[account] in TEMPORARY:
            profit += amount
        else:
            rest.append((account, amount))
    if profit:
        rest.pop(0)
    if not rest:
        return Sharing(profit, 0, {})
    (account, shared), *parts = rest
    assert account == SURPLUS, close.number
    return Sharing(profit, shared, {account: -amount for account, amount in parts})
