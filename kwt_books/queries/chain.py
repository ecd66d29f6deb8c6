"""Where the chain stands, and which months are closed."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from kwt_books.domain.chain import GENESIS
from kwt_books.domain.facts import Close
from kwt_books.domain.month import Month
from kwt_books.store import rows
from kwt_books.store.tables import document, voucher


@dataclass(frozen=True, slots=True)
class ChainHead:
    hash: str
    documents: int
    closed_through: Month | None


_LAST_HASH = select(document.c.hash).order_by(document.c.sequence.desc()).limit(1)


def head_hash(connection: Connection) -> str:
    return connection.execute(_LAST_HASH).scalar() or GENESIS


def first_hash(connection: Connection) -> str:
    """The seal of the first entry: it tells one book from another, however far both have come."""
    query = select(document.c.hash).where(document.c.sequence == 1)
    return connection.execute(query).scalar() or GENESIS


def chain_head(connection: Connection) -> ChainHead:
    """Documents are counted by their vouchers, which are gapless."""
    counted = select(func.coalesce(func.sum(voucher.c.last), 0))
    return ChainHead(
        head_hash(connection),
        connection.execute(counted).scalar_one(),
        closed_through(connection),
    )


def closed_through(connection: Connection) -> Month | None:
    """The month of the newest close that still holds."""
    closes = held_closes(connection)
    return closes[-1].month if closes else None


def held_closes(connection: Connection) -> list[Close]:
    query = (
        select(document.c.kind, document.c.sequence, document.c.date)
        .where(document.c.kind.in_(("month_close", "month_reopen")))
        .order_by(document.c.sequence)
    )
    return rows.closes(connection.execute(query))
