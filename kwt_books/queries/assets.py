"""Fixed assets at a day: cost and what was written off, from their moves."""

from __future__ import annotations

import json
from collections import defaultdict
from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection, select, text

from kwt_books.domain.posting import ASSET, DEPRECIATED, Asset
from kwt_books.store import rows
from kwt_books.store.tables import asset


class AssetStanding(NamedTuple):
    """One asset at the end of some days; amounts in rupiah."""

    asset: Asset
    cost: int
    """Nil once it is disposed of."""
    accumulated: int
    depreciation: int
    """Written off within these days."""
    disposed: date | None
    """When it went, where that was within these days."""


_MOVES = text("""
    SELECT m.place, m.document, m.value, d.date, coalesce(o.kind, d.kind)
    FROM move m CROSS JOIN document d ON d.sequence = m.document
    LEFT JOIN document o ON o.sequence = d.corrects
    WHERE m.lot = '' AND m.place >= :first AND m.place < :after AND d.date <= :end
    ORDER BY m.document
""")
"""By the index on places that hold no lots."""
_MAKER = text("SELECT date, payload FROM document WHERE sequence = :sequence")


class _Move(NamedTuple):
    code: str
    document: int
    value: int
    day: date
    kind: str
    """Of the document or, for a correction, of what it undid."""


def asset_standings(connection: Connection, start: date, end: date) -> list[AssetStanding]:
    """Those that stand at the end, and those disposed of within these days, by code."""
    cost: defaultdict[str, int] = defaultdict(int)
    made: dict[str, int] = {}
    gone: dict[str, date] = {}
    for move in _moves(connection, ASSET, end):
        cost[move.code] += move.value
        if move.value < 0:
            if move.kind == "asset_disposal" and move.day >= start:
                gone[move.code] = move.day
        elif move.kind != "asset_disposal":
            made[move.code] = move.document
    written: defaultdict[str, int] = defaultdict(int)
    here: defaultdict[str, int] = defaultdict(int)
    for move in _moves(connection, DEPRECIATED, end):
        written[move.code] += move.value
        if move.kind == "depreciation" and move.day >= start:
            here[move.code] += move.value
    known = _assets(connection)
    found = []
    for code in sorted(made):
        if cost[code] or code in gone:
            disposed = gone[code] if not cost[code] else None
            each = _as_made(connection, known.get(code), code, made[code])
            found.append(AssetStanding(each, cost[code], written[code], here[code], disposed))
    return found


def _moves(connection: Connection, prefix: str, end: date) -> list[_Move]:
    after = prefix[:-1] + chr(ord(prefix[-1]) + 1)
    values = {"first": prefix, "after": after, "end": end.isoformat()}
    return [
        _Move(place.removeprefix(prefix), document, value, date.fromisoformat(day), kind)
        for place, document, value, day, kind in connection.execute(_MOVES, values)
    ]


def _assets(connection: Connection) -> dict[str, Asset]:
    return {row.code: rows.asset(row) for row in connection.execute(select(asset))}


def _as_made(connection: Connection, known: Asset | None, code: str, sequence: int) -> Asset:
    """The asset, also one whose acquisition was undone later: the book keeps no row of it."""
    if known is not None and known.opened == sequence:
        return known
    day, payload = connection.execute(_MAKER, {"sequence": sequence}).one()
    found = json.loads(payload)
    line = next((line for line in found.get("assets", ()) if line["code"] == code), found)
    acquired = date.fromisoformat(line.get("acquired", day))
    values = (line["name"], line["account"], line["cost"], 0, acquired, line["life_months"])
    return Asset(code, *values, sequence)
