"""Bank reconciliations that hold, and the documents that the bank had yet to show."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, bindparam, or_, select

from kwt_books.queries.documents import Effect, effects
from kwt_books.store.expressions import entry, oldest_first, one_of, total
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
        each.payload["account"]: each
        for each in found
        if each.sign > 0 and each.sequence not in undone
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
    payload = reconciliation.payload
    named = list(payload.get("outstanding") or ())
    values = {"account": payload["account"], "named": named}
    return [
        Waiting(date.fromisoformat(day), number, kind, json.loads(raw), amount)
        for day, number, kind, raw, amount in connection.execute(_WAITING, values)
    ]
