"""What moved accounts, by the kind of document: a correction counts with what it undoes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, text

from kwt_books.queries.documents import span


class Moved(NamedTuple):
    account: str
    kind: str
    amount: int
    """Debit positive."""


_BY_KIND = text("""
    SELECT p.account, coalesce(o.kind, d.kind), sum(p.amount)
    FROM posting p
    JOIN document d ON d.sequence = p.document
    LEFT JOIN document o ON o.sequence = d.corrects
    WHERE p.account IN :accounts AND p.date BETWEEN :start AND :end AND d.kind <> 'opening_balance'
    GROUP BY 1, 2
""").bindparams(bindparam("accounts", expanding=True))

_ACROSS = text("""
    SELECT p.account, coalesce(o.kind, d.kind), sum(p.amount)
    FROM document d
    LEFT JOIN document o ON o.sequence = d.corrects
    JOIN posting p ON p.document = d.sequence
    WHERE d.kind IN ('receipt', 'payment', 'correction') AND d.date BETWEEN :start AND :end
        AND coalesce(o.kind, d.kind) IN ('receipt', 'payment')
    GROUP BY 1, 2
""")


def moved_by_kind(
    connection: Connection, accounts: Iterable[str], start: date, end: date
) -> list[Moved]:
    """The accounts' movements over these days by kind; the opening balance is none."""
    values = {"accounts": list(accounts), **span(start, end)}
    return [Moved(*row) for row in connection.execute(_BY_KIND, values)]


def receipts_and_payments(connection: Connection, start: date, end: date) -> list[Moved]:
    """What receipts and payments of these days posted, account by account."""
    return [Moved(*row) for row in connection.execute(_ACROSS, span(start, end))]
