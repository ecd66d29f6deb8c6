"""What plain-text accounting programs are given: the chart, and every document with postings."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import Connection, text

from kwt_books.domain.accounts import Account, AccountType, Side
from kwt_books.domain.posting import Posting
from kwt_books.exporters.order import BookOrder
from kwt_books.reports.descriptions import Describer

CURRENCY = "IDR"
_AT_ONCE = 500
"""Documents read from the file in one go."""

_DOCUMENTS = text("""
    SELECT d.sequence, d.number, d.date, d.kind, d.payload, o.number, d.recorded_at,
        d.recorded_by, d.hash
    FROM document d LEFT JOIN document o ON o.sequence = d.corrects
    WHERE d.number IS NOT NULL ORDER BY d.date, d.sequence
""")
_POSTINGS = text("""
    SELECT d.sequence, p.account, p.amount, p.party, p.closing
    FROM document d CROSS JOIN posting p ON p.document = d.sequence
    WHERE d.number IS NOT NULL ORDER BY d.date, d.sequence, p.line
""")
_FIRST_DAY = text("SELECT min(date) FROM document WHERE number IS NOT NULL")


class LedgerDocument(NamedTuple):
    """One document, whether it has postings or moved goods alone."""

    sequence: int
    number: str
    date: date
    kind: str
    description: str
    party: str
    """The name of whom it was with, where that is one."""
    facts: tuple[tuple[str, str], ...]
    """What else is known of it, by name: kind, memo, ref, who recorded it and when, its seal."""
    corrects: str | None
    postings: tuple[Posting, ...]


def documents(order: BookOrder) -> Iterator[LedgerDocument]:
    """Every numbered document by date, then as recorded; a handful is in memory at a time."""
    connection, setup = order.context.connection, order.context.setup
    describer = Describer(setup, order.context.words)
    postings = groupby(_rows(connection, _POSTINGS), key=itemgetter(0))
    sequence, group = next(postings, (None, iter(())))
    for done, row in enumerate(_rows(connection, _DOCUMENTS), 1):
        own: tuple[Posting, ...] = ()
        if row[0] == sequence:
            own = tuple(_posting(each) for each in group)
            sequence, group = next(postings, (None, iter(())))
        yield _document(describer, row, own)
        if order.progress is not None and done % _AT_ONCE == 0:
            order.progress(done)


def first_day(connection: Connection) -> date | None:
    """The day of the oldest document."""
    found = connection.execute(_FIRST_DAY).scalar()
    return date.fromisoformat(found) if found is not None else None


def _rows(connection: Connection, query: Any) -> Iterator[Any]:
    return iter(connection.execute(query, execution_options={"yield_per": _AT_ONCE}))


def _posting(row: Any) -> Posting:
    _, account, amount, party, closing = row
    return Posting(account, amount, party, bool(closing))


def _document(describer: Describer, row: Any, postings: tuple[Posting, ...]) -> LedgerDocument:
    sequence, number, day, kind, written, corrected, at, by, seal = row
    payload = json.loads(written)
    facts = (
        ("kind", kind),
        ("memo", payload.get("memo") or ""),
        ("ref", payload.get("ref") or ""),
        ("id", payload.get("id") or ""),
        ("reason", payload.get("reason") or ""),
        ("corrects", corrected or ""),
        ("recorded-at", at),
        ("recorded-by", by),
        ("sequence", str(sequence)),
        ("seal", seal),
    )
    return LedgerDocument(
        sequence,
        number,
        date.fromisoformat(day),
        kind,
        describer.describe(kind, payload, corrected),
        describer.party(payload),
        tuple((name, " ".join(value.split())) for name, value in facts if value.strip()),
        corrected,
        postings,
    )


# -- the chart -----------------------------------------------------------------------------

_ROOTS = {
    AccountType.ASSET: "Assets",
    AccountType.LIABILITY: "Liabilities",
    AccountType.EQUITY: "Equity",
    AccountType.INCOME: "Income",
    AccountType.COST: "Expenses:Cost",
    AccountType.EXPENSE: "Expenses:Operating",
    AccountType.TAX: "Expenses:Tax",
}


@dataclass(frozen=True, slots=True)
class NamedAccount:
    """An account of the chart under the name it has in the other program."""

    account: Account
    name: str


def named_accounts(order: BookOrder, legal: Callable[[str], str]) -> dict[str, NamedAccount]:
    """Every account of the chart by its code, as `Assets:1101 Kas`; no name twice.

    `legal` makes a part of a name of any text.
    """
    found: dict[str, NamedAccount] = {}
    taken: set[str] = set()
    for code, account in sorted(order.context.setup.accounts.items()):
        label = legal(f"{code} {order.context.account_name(code)}")
        stem = name = f"{_root(account)}:{label}"
        number = 1
        while name.casefold() in taken:
            number += 1
            name = f"{stem}-{number}"
        taken.add(name.casefold())
        found[code] = NamedAccount(account, name)
    return found


def _root(account: Account) -> str:
    if account.type is AccountType.OTHER:
        return "Income:Other" if account.normal is Side.CREDIT else "Expenses:Other"
    return _ROOTS[account.type]
