"""Fixed assets at a day: cost and what was written off, from their moves."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection, select, text

from kwt_books.domain.posting import ASSET, DEPRECIATED, Asset
from kwt_books.queries.bearers import concerned
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
    """When it went, where it is gone by the end."""


_MOVES = text("""
    SELECT m.place, d.sequence, coalesce(d.corrects, d.sequence), m.value, d.date,
        coalesce(o.kind, d.kind)
    FROM move m CROSS JOIN document d ON d.sequence = m.document
    LEFT JOIN document o ON o.sequence = d.corrects
    WHERE m.lot = '' AND m.place >= :first AND m.place < :after
    ORDER BY d.sequence
""")
"""By the index on places that hold no lots."""
_MAKER = text("SELECT date, payload FROM document WHERE sequence = :sequence")


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
    """What an asset had come to by the end."""

    asset: Asset
    cost: int = 0
    accumulated: int = 0
    depreciation: int = 0
    gone: date | None = None


def asset_standings(connection: Connection, start: date, end: date) -> list[AssetStanding]:
    """Those that stand at the end, and those disposed of or written off within these days."""
    acquired = _moves(connection, ASSET)
    held = _bearers(connection, acquired)
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


def _bearers(connection: Connection, acquired: list[_Move]) -> dict[str, list[_Held]]:
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
    bearers = held[move.code]
    found = concerned([each.asset for each in bearers], move.source)
    return next(each for each in bearers if each.asset is found)


def _as_made(connection: Connection, undone: _Move) -> Asset:
    """An asset that the book keeps no row of, as the document had it that was undone."""
    day, payload = connection.execute(_MAKER, {"sequence": undone.source}).one()
    found = json.loads(payload)
    line = next((line for line in found.get("assets", ()) if line["code"] == undone.code), found)
    values = (line["name"], line["account"], line["cost"], 0, date.fromisoformat(day))
    return Asset(undone.code, *values, line["life_months"], undone.source, undone.document)
