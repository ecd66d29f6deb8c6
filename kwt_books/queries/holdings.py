"""What members have saved, what the group owns, what it was given: for screens and forms."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, select, text

from kwt_books.domain.accounts import ACCUMULATED, SAVINGS, Account
from kwt_books.domain.posting import Asset
from kwt_books.queries.money import Describe
from kwt_books.queries.setup import SetupBook
from kwt_books.store import rows
from kwt_books.store.tables import asset

_KIND_OF = {account: kind for kind, account in SAVINGS.items()}


@dataclass(frozen=True, slots=True)
class MemberSavings:
    """What a member holds by kind of savings, and what she paid in the last time."""

    party: str
    name: str
    held: Mapping[str, int]
    last: Mapping[str, int]

    @property
    def total(self) -> int:
        return sum(self.held.values())


@dataclass(frozen=True, slots=True)
class Members:
    members: tuple[MemberSavings, ...]
    cash: tuple[Account, ...]
    days: Mapping[str, date]
    """When each kind of savings was last paid in."""


_HELD = text("""
    SELECT party, account, -sum(amount) FROM posting
    WHERE account IN ('3101', '3102', '2106') AND party IS NOT NULL GROUP BY 1, 2
""")
_LAST = text("""
    SELECT date, payload FROM document d
    WHERE kind = 'savings' AND json_extract(payload, '$.type') = :type
    AND NOT EXISTS (SELECT 1 FROM document c WHERE c.corrects = d.sequence)
    ORDER BY date DESC, sequence DESC LIMIT 1
""")


def members(connection: Connection, setup: SetupBook) -> Members:
    """Every member, and others who hold savings."""
    held: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for party, account, amount in connection.execute(_HELD):
        if amount:
            held[party][_KIND_OF[account]] = amount
    last: defaultdict[str, dict[str, int]] = defaultdict(dict)
    days: dict[str, date] = {}
    for kind in SAVINGS:
        row = connection.execute(_LAST, {"type": kind}).first()
        if row is not None:
            days[kind] = date.fromisoformat(row[0])
            for line in json.loads(row[1])["lines"]:
                last[line["party"]][kind] = line["amount"]
    codes = [code for code, party in setup.parties.items() if party.role == "member"]
    others = sorted(party for party in held if party not in codes)
    return Members(
        tuple(
            MemberSavings(code, setup.party_name(code), dict(held[code]), dict(last[code]))
            for code in (*codes, *others)
        ),
        tuple(setup.accounts[code] for code in setup.cash_accounts),
        days,
    )


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
        """What it still stands at."""
        return self.asset.cost - self.asset.accumulated


@dataclass(frozen=True, slots=True)
class Belongings:
    owned: tuple[Owned, ...]
    codes: frozenset[str]
    """Every code that was ever given to an asset."""
    accounts: tuple[Account, ...]
    """The accounts that assets stand on."""


_MADE_BY = text("SELECT kind, number FROM document WHERE sequence = :sequence")


def belongings(connection: Connection, setup: SetupBook) -> Belongings:
    every = [rows.asset(row) for row in connection.execute(select(asset))]
    owned = []
    for each in sorted(every, key=lambda each: (each.account, each.acquired, each.code)):
        if each.ended is None:
            kind, number = connection.execute(_MADE_BY, {"sequence": each.opened}).one()
            owned.append(Owned(each, setup.accounts[each.account], kind, number))
    return Belongings(
        tuple(owned),
        frozenset(each.code for each in every),
        tuple(setup.accounts[code] for code in ACCUMULATED if code in setup.accounts),
    )


# -- grants --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Granted:
    number: str
    day: date
    giver: str
    text: str
    goods: tuple[str, ...]
    """Names of what was given, besides money."""
    cash: int
    amount: int
    """All of it, money and goods."""
    corrected_by: str | None


_GRANTS = text("""
    SELECT d.number, d.date, d.payload, c.number FROM document d
    LEFT JOIN document c ON c.corrects = d.sequence
    WHERE d.kind = 'grant' ORDER BY d.date DESC, d.sequence DESC LIMIT 400
""")


def grants(connection: Connection, setup: SetupBook, describe: Describe) -> tuple[Granted, ...]:
    """Newest first."""
    found = connection.execute(_GRANTS)
    return tuple(_granted(setup, describe, *row) for row in found)


def _granted(
    setup: SetupBook, describe: Describe, number: str, day: str, raw: str, corrected: str | None
) -> Granted:
    payload: dict[str, Any] = json.loads(raw)
    items, assets = payload.get("items", ()), payload.get("assets", ())
    cash = payload["cash"]["amount"] if "cash" in payload else 0
    worth = _sum(items, "value") + _sum(assets, "cost")
    return Granted(
        number,
        date.fromisoformat(day),
        setup.party_name(payload["party"]) if "party" in payload else "",
        describe("grant", payload, None),
        (*(setup.item_name(line["item"]) for line in items), *(line["name"] for line in assets)),
        cash,
        cash + worth,
        corrected,
    )


def _sum(lines: Iterable[Mapping[str, Any]], key: str) -> int:
    return sum(line[key] for line in lines)
