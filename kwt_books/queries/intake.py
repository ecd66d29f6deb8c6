"""What reading a spreadsheet asks of the book, and the acts by which sheets were taken.

Every document taken from a sheet bears an id of three parts: the act, and a fingerprint of its row.
A row whose document stands is not taken again; one that was cancelled can be.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from typing import NamedTuple

from sqlalchemy import ColumnElement, func, select

from kwt_books.domain.accounts import Account
from kwt_books.domain.documents.setup import Group, Item, Party
from kwt_books.queries.reading import Reading
from kwt_books.store.expressions import entry, in_force, said
from kwt_books.store.rows import recorded_command
from kwt_books.store.statements import BALANCES
from kwt_books.store.tables import document

TAKEN = "ambil"
"""How the ids of documents begin that were taken from a sheet."""
BANK = "mutasi"
"""How the ids of documents begin that were recorded from the bank's list."""
_REMEMBERED = 3000
"""Receipts and payments whose words are learnt from."""


class Spoken(NamedTuple):
    """What was once said of money: the words, the account, and whether it came in."""

    words: str
    account: str
    came_in: bool
    amount: int = 0
    """Rupiah."""


@dataclass(frozen=True, slots=True)
class KnownToIntake:
    """What of the book the reading of a sheet needs."""

    accounts: Mapping[str, Account]
    items: Mapping[str, Item]
    parties: Mapping[str, Party]
    group: Group | None
    head: str
    """The chain's newest hash."""
    may_open: bool
    """Whether an opening balance can be recorded."""
    rows: frozenset[str]
    """Fingerprints of the rows whose documents stand."""
    spoken: tuple[Spoken, ...] = ()
    """The newest first."""
    cash: Mapping[str, int] = field(default_factory=dict)
    """By cash account: what it holds; rupiah."""


def new_act(digest: str, head: str) -> str:
    """What the ids of all that is taken of a file at one time have in common: eight signs, by the
    file and the chain's newest hash.
    """
    return sha256(f"{digest}{head}".encode()).hexdigest()[:8]


def act_id(kind: str, act: str, row: str) -> str:
    """The id of a document that was taken: of `TAKEN` or `BANK`, by this act, from this row."""
    return f"{kind}-{act}-{row}"


def group_name(reading: Reading) -> str:
    """The group's name; empty where none is set up."""
    group = reading.setup.group
    return group.name if group is not None else ""


def known_to_intake(reading: Reading) -> KnownToIntake:
    """What of the book the reading of a sheet needs."""
    setup = reading.setup
    return KnownToIntake(
        dict(setup.accounts),
        dict(setup.items),
        dict(setup.parties),
        setup.group,
        reading.chain.hash,
        _may_open(reading),
        rows_taken(reading),
        _spoken(reading),
        _cash(reading),
    )


def rows_taken(reading: Reading) -> frozenset[str]:
    """Fingerprints of the rows whose documents stand, of sheets and of the bank's lists."""
    found: set[str] = set()
    for kind in (TAKEN, BANK):
        query = select(entry.c.id).where(_taken(kind), in_force())
        found.update(name.rpartition("-")[2] for (name,) in reading.connection.execute(query))
    return frozenset(found)


def _taken(kind: str) -> ColumnElement[bool]:
    return entry.c.id.between(f"{kind}-", f"{kind}-~")


def _may_open(reading: Reading) -> bool:
    if not reading.chain.documents:
        return True
    query = select(in_force()).where(entry.c.kind == "opening_balance")
    found = [standing for (standing,) in reading.connection.execute(query)]
    return bool(found) and not any(found)


def _spoken(reading: Reading) -> tuple[Spoken, ...]:
    """Of receipts and payments with one line, the newest first."""
    query = (
        select(document.c.kind, document.c.payload)
        .where(document.c.kind.in_(("receipt", "payment")))
        .order_by(document.c.sequence.desc())
        .limit(_REMEMBERED)
    )
    found = []
    for kind, payload in reading.connection.execute(query):
        command = recorded_command(kind, payload)
        if len(command.lines) == 1 and command.memo:
            (line,) = command.lines
            found.append(Spoken(command.memo, line.account, kind == "receipt", line.amount))
    return tuple(found)


def _cash(reading: Reading) -> Mapping[str, int]:
    now = {row[0]: row[1] for row in reading.connection.execute(BALANCES)}
    return {code: now.get(code, 0) for code in reading.setup.cash_accounts}


@dataclass(frozen=True, slots=True)
class Act:
    """One act by which a sheet was taken: its documents, newest act first in lists."""

    name: str
    """`ambil-` or `mutasi-` and the act's own code."""
    file: str
    """The name of the file; empty where it is not kept."""
    at: str
    by: str
    documents: int
    standing: int
    """How many of them are not corrected."""
    first: date
    last: date
    """The days of the documents."""


def acts(reading: Reading) -> tuple[Act, ...]:
    """The acts by which sheets and bank lists were taken, the newest first."""
    found: list[tuple[int, Act]] = []
    named = _files(reading)
    for kind in (TAKEN, BANK):
        name = func.substr(entry.c.id, 1, len(kind) + 9).label("name")
        query = (
            select(
                func.max(entry.c.sequence),
                name,
                func.max(entry.c.recorded_at),
                func.max(entry.c.recorded_by),
                func.count(),
                func.count().filter(in_force()),
                func.min(entry.c.date),
                func.max(entry.c.date),
            )
            .where(_taken(kind), entry.c.date.is_not(None))
            .group_by(name)
        )
        for newest, act, at, by, count, standing, first, last in reading.connection.execute(query):
            days = date.fromisoformat(first), date.fromisoformat(last)
            found.append((newest, Act(act, named.get(act, ""), at, by, count, standing, *days)))
    return tuple(act for _, act in sorted(found, key=lambda each: each[0], reverse=True))


def _files(reading: Reading) -> Mapping[str, str]:
    """By act: the name of the file that is attached to its first document."""
    payload = document.c.payload
    query = select(said(payload, "of"), said(payload, "name")).where(
        document.c.kind == "attachment"
    )
    return {
        of.rpartition("-")[0]: name
        for of, name in reading.connection.execute(query)
        if of.startswith((f"{TAKEN}-", f"{BANK}-"))
    }


class Taken(NamedTuple):
    """A document of an act that stands."""

    id: str
    number: str
    date: date


def documents_of(reading: Reading, act: str) -> tuple[Taken, ...]:
    """The documents of an act that stand, the newest first, as they are cancelled."""
    query = (
        select(entry.c.id, entry.c.number, entry.c.date)
        .where(entry.c.id.between(f"{act}-", f"{act}-~"), in_force(), entry.c.number.is_not(None))
        .order_by(entry.c.sequence.desc())
    )
    rows = reading.connection.execute(query)
    return tuple(Taken(name, number, date.fromisoformat(day)) for name, number, day in rows)


def act_of(document_id: str | None) -> str | None:
    """The act that a document's id names; None where it was not taken from a list."""
    if document_id and document_id.startswith((f"{TAKEN}-", f"{BANK}-")):
        return document_id.rpartition("-")[0]
    return None
