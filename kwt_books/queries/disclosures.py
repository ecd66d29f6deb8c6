"""What the notes tell beyond the balances: channels, members, causes, lives of assets."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, text

from kwt_books.queries.documents import span


class Channel(NamedTuple):
    """Income by the kind of document that brought it; `venue` of market days alone."""

    kind: str
    venue: str | None
    amount: int


class Cause(NamedTuple):
    """What one document did to an account, debit positive."""

    kind: str
    number: str
    amount: int


class Saved(NamedTuple):
    """What members paid in on an account of savings, less what they withdrew."""

    account: str
    amount: int
    members: int


class Lives(NamedTuple):
    """The shortest and the longest life among the assets of an account, months."""

    account: str
    shortest: int
    longest: int


_CHANNELS = text("""
    SELECT coalesce(o.kind, d.kind), json_extract(coalesce(o.payload, d.payload), '$.venue'),
        -sum(p.amount)
    FROM posting p
    JOIN document d ON d.sequence = p.document
    LEFT JOIN document o ON o.sequence = d.corrects
    WHERE p.account IN :accounts AND p.date BETWEEN :start AND :end AND p.closing = 0
    GROUP BY 1, 2
""").bindparams(bindparam("accounts", expanding=True))

_CAUSES = text("""
    SELECT coalesce(o.kind, d.kind), d.number, sum(p.amount)
    FROM posting p
    JOIN document d ON d.sequence = p.document
    LEFT JOIN document o ON o.sequence = d.corrects
    WHERE p.account = :account AND p.date BETWEEN :start AND :end AND p.closing = 0
    GROUP BY d.sequence ORDER BY d.date, d.sequence
""")

_SAVED = text("""
    SELECT p.account, -sum(p.amount), count(DISTINCT p.party)
    FROM posting p
    JOIN document d ON d.sequence = p.document
    LEFT JOIN document o ON o.sequence = d.corrects
    WHERE p.account IN ('2106', '3101', '3102') AND p.date BETWEEN :start AND :end
        AND coalesce(o.kind, d.kind) = 'savings'
    GROUP BY p.account ORDER BY p.account
""")

_LIVES = text("""
    SELECT account, min(life_months), max(life_months) FROM asset
    WHERE ended IS NULL GROUP BY account ORDER BY account
""")


def channels(
    connection: Connection, accounts: Iterable[str], start: date, end: date
) -> list[Channel]:
    """Ordinary postings on accounts of income, credit positive; corrections with their kind."""
    values = {"accounts": list(accounts), **span(start, end)}
    return [Channel(*row) for row in connection.execute(_CHANNELS, values)]


def causes(connection: Connection, account: str, start: date, end: date) -> list[Cause]:
    """Each document that touched the account, in the order of a book; closing left out."""
    values = {"account": account, **span(start, end)}
    return [Cause(*row) for row in connection.execute(_CAUSES, values)]


def saved(connection: Connection, start: date, end: date) -> list[Saved]:
    return [Saved(*row) for row in connection.execute(_SAVED, span(start, end))]


def asset_lives(connection: Connection) -> list[Lives]:
    """Of the assets that are not disposed of."""
    return [Lives(*row) for row in connection.execute(_LIVES)]
