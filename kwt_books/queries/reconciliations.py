"""Bank reconciliations that hold, and the documents that the bank had yet to show."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, text

from kwt_books.queries.documents import Effect, effects


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
