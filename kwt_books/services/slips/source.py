"""A recorded document as its papers need it: what it says, who it was with, what it posted."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from sqlalchemy import Connection, text

from kwt_books.domain.errors import RuleError
from kwt_books.domain.posting import Move, Posting
from kwt_books.queries.documents import Effect, Heading, heading_of, moves_of
from kwt_books.queries.sales import ItemsThen, Sold, sold
from kwt_books.reports.context import Context
from kwt_books.reports.descriptions import Describer

_DOCUMENT = text("""
    SELECT sequence, recorded_at, recorded_by FROM document WHERE number = :number
""")
_POSTINGS = text("""
    SELECT account, amount, party FROM posting WHERE document = :sequence ORDER BY line
""")


@dataclass(frozen=True, slots=True)
class Recording:
    at: str
    """ISO date and time."""
    by: str


class Source:
    """One document by its voucher number. Unknown ones are refused."""

    def __init__(self, context: Context, number: str) -> None:
        self.context, self.number = context, number
        row = context.connection.execute(_DOCUMENT, {"number": number}).first()
        if row is None:
            raise RuleError("unknown-document", of=number)
        self.sequence, at, by = row
        self.recording = Recording(at, by)
        self.describer = Describer(context.setup, context.words)

    @property
    def connection(self) -> Connection:
        return self.context.connection

    @cached_property
    def heading(self) -> Heading:
        return heading_of(self.connection, self.sequence)

    @cached_property
    def payload(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.heading.payload)
        return found

    @property
    def kind(self) -> str:
        return self.heading.kind

    @property
    def day(self) -> date:
        return self.heading.date

    @cached_property
    def postings(self) -> list[Posting]:
        found = self.connection.execute(_POSTINGS, {"sequence": self.sequence})
        return [Posting(*row) for row in found]

    @cached_property
    def moves(self) -> list[Move]:
        return moves_of(self.connection, [self.sequence]).get(self.sequence, [])

    @cached_property
    def sold(self) -> dict[int, Sold]:
        """What each line sold, by the line's place; nothing for lines that sold nothing."""
        effect = Effect(
            self.sequence, self.number, self.day, self.sequence, self.kind, self.payload, 1
        )
        found = iter(sold(self.connection, [effect], ItemsThen(self.connection)))
        sells = [
            place
            for place, line in enumerate(self.payload["lines"])
            if line.get("sold", line.get("qty", 0)) not in (0, "0")
        ]
        return dict(zip(sells, found, strict=True))

    @property
    def description(self) -> str:
        return self.describer.heading(self.heading)

    @property
    def party(self) -> str:
        return self.describer.party(self.payload)

    @property
    def treasurer(self) -> str:
        group = self.context.setup.group
        return group.treasurer if group is not None else self.recording.by

    def cash(self) -> dict[str, int]:
        """What moved on each cash account; debit positive."""
        accounts = self.context.setup.accounts
        found: dict[str, int] = {}
        for each in self.postings:
            if accounts[each.account].cash:
                found[each.account] = found.get(each.account, 0) + each.amount
        return found
