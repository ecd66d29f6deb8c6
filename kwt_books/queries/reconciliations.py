"""Bank reconciliations that hold, and the documents that the bank had yet to show."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, text

from kwt_books.queries.documents import Effect, effects
from kwt_books.queries.reading import Reading


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
        each.payload["account"]: each
        for each in found
        if each.sign > 0 and each.sequence not in undone
    }


_WAITING = text("""
    SELECT d.date, d.number, d.kind, d.payload, sum(p.amount)
    FROM document d JOIN posting p ON p.document = d.sequence
    WHERE p.account = :account AND (d.id IN (SELECT value FROM json_each(:named))
        OR d.number IN (SELECT value FROM json_each(:named)))
    GROUP BY d.sequence ORDER BY d.date, d.sequence
""")


def waiting(connection: Connection, reconciliation: Effect) -> list[Waiting]:
    """The documents that a reconciliation names as outstanding, in the order of a book."""
    payload = reconciliation.payload
    named = json.dumps(payload.get("outstanding") or [])
    values = {"account": payload["account"], "named": named}
    return [
        Waiting(date.fromisoformat(day), number, kind, json.loads(raw), amount)
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
    since: date | None
    """The last reconciliation before."""
    lines: tuple[BankLine, ...]


MOST_BANK_LINES = 400
_BANK_LINES = text("""
    SELECT d.id, d.number, d.date, d.kind, d.payload, sum(p.amount)
    FROM document d JOIN posting p ON p.document = d.sequence
    WHERE p.account = :account AND d.date <= :end AND d.corrects IS NULL
        AND (d.date > :since OR d.sequence > :sequence
            OR d.id IN (SELECT value FROM json_each(:named))
            OR d.number IN (SELECT value FROM json_each(:named)))
        AND NOT EXISTS (SELECT 1 FROM document c WHERE c.corrects = d.sequence AND c.date <= :end)
    GROUP BY d.sequence HAVING sum(p.amount) <> 0
    ORDER BY d.date DESC, d.sequence DESC LIMIT :most
""")
_BALANCE = text(
    "SELECT coalesce(sum(amount), 0) FROM posting WHERE account = :account AND date <= :end"
)


def bank_known(reading: Reading, account: str, end: date) -> BankKnown:
    """What was recorded on an account since its last reconciliation, and what waited then."""
    connection = reading.connection
    last = last_reconciliations(connection, date.min, end).get(account)
    named = list(last.payload.get("outstanding") or ()) if last is not None else []
    values = {
        "account": account,
        "end": end.isoformat(),
        "since": last.date.isoformat() if last is not None else "",
        "sequence": last.sequence if last is not None else 0,
        "named": json.dumps(named),
        "most": MOST_BANK_LINES,
    }
    lines = tuple(
        BankLine(
            id_,
            number,
            date.fromisoformat(day),
            reading.describe(kind, json.loads(raw), None),
            amount,
            id_ in named or number in named,
        )
        for id_, number, day, kind, raw, amount in connection.execute(_BANK_LINES, values)
    )
    balance = connection.execute(_BALANCE, {"account": account, "end": end.isoformat()}).scalar()
    return BankKnown(int(balance or 0), last.date if last is not None else None, lines)
