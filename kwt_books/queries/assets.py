"""Fixed assets from their moves; members' savings, assets and grants as screens show them."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, exists, select

from kwt_books.domain.accounts import ACCUMULATED, SAVINGS, Account
from kwt_books.domain.documents.buying import Grant
from kwt_books.domain.documents.setup import left_by
from kwt_books.domain.posting import ASSET, DEPRECIATED, Asset
from kwt_books.queries.plots import concerned
from kwt_books.queries.reading import Describe, Reading
from kwt_books.queries.setup import SetupBook
from kwt_books.store import rows
from kwt_books.store.expressions import (
    NIL,
    entry,
    in_force,
    in_order,
    newest_first,
    of_no_goods,
    said,
    source_entry,
    source_kind,
    total,
    undone_by,
    with_original,
)
from kwt_books.store.rows import recorded_command
from kwt_books.store.tables import asset, document, posting
from kwt_books.store.tables import move as moves


class AssetStanding(NamedTuple):
    """One asset at the end of some days; amounts in rupiah."""

    asset: Asset
    cost: int
    """Nil once it is disposed of."""
    accumulated: int
    depreciation: int
    """Written off within these days."""
    disposed: date | None
    """The day it was disposed of, if it is gone by the end."""


_MOVES = (
    select(
        moves.c.place,
        entry.c.sequence,
        source_entry,
        moves.c.value,
        entry.c.date,
        source_kind,
    )
    .select_from(with_original(in_order(moves, entry, entry.c.sequence == moves.c.document)))
    .where(of_no_goods, moves.c.place >= bindparam("first"), moves.c.place < bindparam("after"))
    .order_by(entry.c.sequence)
)
"""Uses the index on places that hold no lots."""
_MAKER = select(document.c.date, document.c.kind, document.c.payload).where(
    document.c.sequence == bindparam("sequence")
)


class _Move(NamedTuple):
    code: str
    document: int
    source: int
    """The document or, for a correction, what it undid."""
    value: int
    day: date
    kind: str
    """Of the source."""


@dataclass(slots=True)
class _Held:
    """An asset with its cost and depreciation by the end."""

    asset: Asset
    cost: int = 0
    accumulated: int = 0
    depreciation: int = 0
    gone: date | None = None


def asset_standings(connection: Connection, start: date, end: date) -> list[AssetStanding]:
    """Those that stand at the end, and those disposed of or written off within these days."""
    acquired = _moves(connection, ASSET)
    held = _name_history(connection, acquired)
    for move in acquired:
        if move.day <= end:
            each = _of(held, move)
            each.cost += move.value
            if move.kind == "asset_disposal":
                each.gone = move.day if move.value < 0 else None
    for move in _moves(connection, DEPRECIATED):
        if move.day <= end:
            each = _of(held, move)
            each.accumulated += move.value
            if move.kind == "depreciation" and move.day >= start:
                each.depreciation += move.value
    return [
        AssetStanding(
            each.asset,
            each.cost,
            each.accumulated,
            each.depreciation,
            each.gone if not each.cost else None,
        )
        for code in sorted(held)
        for each in held[code]
        if each.cost or each.accumulated or each.depreciation or _within(each.gone, start)
    ]


def _within(gone: date | None, start: date) -> bool:
    return gone is not None and gone >= start


def _moves(connection: Connection, prefix: str) -> list[_Move]:
    after = prefix[:-1] + chr(ord(prefix[-1]) + 1)
    values = {"first": prefix, "after": after}
    return [
        _Move(place.removeprefix(prefix), document, source, value, date.fromisoformat(day), kind)
        for place, document, source, value, day, kind in connection.execute(_MOVES, values)
    ]


def _name_history(connection: Connection, acquired: list[_Move]) -> dict[str, list[_Held]]:
    """The assets that bore each code in turn, those whose acquisition was undone too."""
    found: defaultdict[str, list[_Held]] = defaultdict(list)
    known: set[tuple[str, int]] = set()
    for row in connection.execute(select(asset).order_by(asset.c.code, asset.c.opened)):
        each = rows.asset(row)
        known.add((each.code, each.opened))
        found[each.code].append(_Held(each))
    for move in acquired:
        undone = move.kind != "asset_disposal" and move.document != move.source
        if undone and (move.code, move.source) not in known:
            found[move.code].append(_Held(_as_made(connection, move)))
    return found


def _of(held: dict[str, list[_Held]], move: _Move) -> _Held:
    name_history = held[move.code]
    found = concerned([each.asset for each in name_history], move.source)
    return next(each for each in name_history if each.asset is found)


def _as_made(connection: Connection, undone: _Move) -> Asset:
    """The asset as its acquisition, since undone, had it: the book keeps no row of it."""
    day, kind, payload = connection.execute(_MAKER, {"sequence": undone.source}).one()
    command = recorded_command(kind, payload)
    lines = getattr(command, "assets", ())
    new = next((line for line in lines if line.code == undone.code), command)
    values = (new.name, new.account, new.cost, 0, date.fromisoformat(day))
    return Asset(undone.code, *values, new.life_months, undone.source, undone.document)


# -- Savings of members, fixed assets and grants, for screens and forms ---------------------------


_KIND_OF = {account: kind for kind, account in SAVINGS.items()}


@dataclass(frozen=True, slots=True)
class MemberSavings:
    """What a member holds by kind of savings, in rupiah."""

    party: str
    name: str
    held: Mapping[str, int]
    last: Mapping[str, int]
    """What she paid in by the last document with which members did, by kind; below zero where it
    says that she took out."""
    left: date | None = None
    """The day she left the group; who left may still hold savings."""

    def has_left(self, day: date) -> bool:
        """Whether she has left the group by a day."""
        return left_by(self.left, day)

    @property
    def total(self) -> int:
        """All that the member has saved; rupiah."""
        return sum(self.held.values())


_HELD = (
    select(posting.c.party, posting.c.account, -total(posting.c.amount))
    .where(posting.c.account.in_(SAVINGS.values()), posting.c.party.is_not(None))
    .group_by(posting.c.party, posting.c.account)
)
_LAST = newest_first(
    select(entry.c.payload)
    .where(entry.c.kind == "savings", said(entry.c.payload, "type") == bindparam("type"))
    .where(in_force())
    .where(
        exists().where(
            posting.c.document == entry.c.sequence,
            posting.c.account.in_(SAVINGS.values()),
            posting.c.amount < NIL,
        )
    )
).limit(1)


def members(reading: Reading) -> tuple[MemberSavings, ...]:
    """Every member, and others who hold savings."""
    connection, setup = reading.connection, reading.setup
    held: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for party, account, amount in connection.execute(_HELD):
        if amount:
            held[party][_KIND_OF[account]] = amount
    last: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for kind in SAVINGS:
        payload = connection.execute(_LAST, {"type": kind}).scalar()
        if payload is not None:
            for line in recorded_command("savings", payload).lines:
                last[line.party][kind] = line.amount
    codes = [code for code, party in setup.parties.items() if party.role == "member"]
    others = sorted(party for party in held if party not in codes)
    left = {code: party.left for code, party in setup.parties.items()}
    return tuple(
        MemberSavings(code, setup.party_name(code), dict(held[code]), dict(last[code]),
                      left.get(code))
        for code in (*codes, *others)
    )  # fmt: skip


# -- assets --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Owned:
    """An asset the group has now; `source` says where it came from: a kind of document."""

    asset: Asset
    account: Account
    source: str
    number: str | None

    @property
    def value(self) -> int:
        """Its book value; rupiah."""
        return self.asset.cost - self.asset.accumulated


@dataclass(frozen=True, slots=True)
class AssetRegister:
    """The fixed assets that the group has, with what forms need to add one."""

    owned: tuple[Owned, ...]
    codes: frozenset[str]
    """Every code that was ever given to an asset."""
    accounts: tuple[Account, ...]
    """The accounts that assets stand on."""


_WITH_MAKER = select(asset, document.c.kind, document.c.number).join(
    document, document.c.sequence == asset.c.opened
)


def asset_register(reading: Reading) -> AssetRegister:
    """The assets the group has now."""
    connection, setup = reading.connection, reading.setup
    every = []
    for *row, kind, number in connection.execute(_WITH_MAKER):
        there = rows.asset(row)
        every.append(Owned(there, setup.accounts[there.account], kind, number))
    every.sort(key=lambda each: (each.asset.account, each.asset.acquired, each.asset.code))
    return AssetRegister(
        tuple(each for each in every if each.asset.ended is None),
        frozenset(each.asset.code for each in every),
        tuple(setup.accounts[code] for code in ACCUMULATED if code in setup.accounts),
    )


# -- grants --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Granted:
    """One grant: who gave it, what was given, and what all of it is worth; rupiah."""

    number: str
    day: date
    giver: str
    text: str
    goods: tuple[str, ...]
    """Names of what was given, besides money."""
    cash: int
    amount: int
    """Money and goods together; rupiah."""
    corrected_by: str | None


_GRANTS = newest_first(
    select(entry.c.number, entry.c.date, entry.c.payload, undone_by()).where(
        entry.c.kind == "grant"
    )
).limit(400)


def grants(reading: Reading) -> tuple[Granted, ...]:
    """Newest first."""
    found = reading.connection.execute(_GRANTS)
    return tuple(_granted(reading.setup, reading.describe, *row) for row in found)


def _granted(
    setup: SetupBook, describe: Describe, number: str, day: str, raw: str, corrected: str | None
) -> Granted:
    grant: Grant = recorded_command("grant", raw)
    goods = [setup.item_name(line.item) for line in grant.items]
    return Granted(
        number,
        date.fromisoformat(day),
        setup.party_name(grant.party) if grant.party else "",
        describe("grant", json.loads(raw), None),
        (*goods, *(line.name for line in grant.assets)),
        grant.cash.amount if grant.cash is not None else 0,
        grant.worth,
        corrected,
    )
