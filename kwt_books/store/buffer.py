"""What was recorded and is not written yet; it is written in one go, facts first."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from typing import Any, NamedTuple

from kwt_books.domain.draft import Draft, Shelf
from kwt_books.domain.posting import Asset, Growing, Lot
from kwt_books.store import statements as sql


class DocumentRow(NamedTuple):
    """A row of `document`, in the order of its columns."""

    sequence: int
    kind: str
    number: str | None
    date: str | None
    id: str | None
    corrects: int | None
    payload: str
    recorded_at: str
    recorded_by: str
    previous: str
    hash: str


class Buffer:
    def __init__(self) -> None:
        self.documents: list[DocumentRow] = []
        self.ids: set[str] = set()
        self.lots: dict[tuple[str, str], Lot] = {}
        self.attachments: list[tuple[int, bytes]] = []
        self.setup: dict[tuple[str, str], str] = {}
        self.balances: defaultdict[tuple[str, str, bool], list[int]] = defaultdict(lambda: [0, 0])
        self.vouchers: dict[tuple[str, str], int] = {}
        self.growing: dict[tuple[str, int], Growing] = {}
        self.ceased: list[tuple[str, int]] = []
        self.assets: dict[tuple[str, int], Asset] = {}
        self.dropped_assets: list[tuple[str, int]] = []
        self._postings: list[tuple[Any, ...]] = []
        self._moves: list[tuple[Any, ...]] = []
        self._layers: set[tuple[str, str, str]] = set()

    def add(self, sequence: int, draft: Draft) -> None:
        """A document's postings, moves and lots."""
        day = draft.date.isoformat()
        self._postings.extend(
            [
                (sequence, line, account, day, amount, party, closing)
                for line, (account, amount, party, closing) in enumerate(draft.postings)
            ]
        )
        for line, move in enumerate(draft.moves):
            self._moves.append((sequence, line, *move))
            if move.lot:
                self._layers.add((move.item, move.place, move.lot))
        for lot in draft.lots:
            self.lots[(lot.item, lot.name)] = lot

    def write(self, connection: sqlite3.Connection, shelves: dict[tuple[str, str], Shelf]) -> None:
        self._facts(connection)
        self._kept(connection, shelves)
        self.__init__()  # type: ignore[misc]

    def _facts(self, connection: sqlite3.Connection) -> None:
        lots = [
            (item, name, received.isoformat(), expires and expires.isoformat(), order)
            for item, name, received, expires, order in self.lots.values()
        ]
        _many(connection, sql.INSERT_LOT, lots)
        _many(connection, sql.INSERT_POSTING, self._postings)
        _many(connection, sql.INSERT_MOVE, self._moves)
        _many(connection, sql.INSERT_DOCUMENT, self.documents)
        _many(connection, sql.INSERT_ATTACHMENT, self.attachments)

    def _kept(self, connection: sqlite3.Connection, shelves: dict[tuple[str, str], Shelf]) -> None:
        standing, gone = [], []
        for item, place, name in self._layers:
            layer = shelves[(item, place)].get(name)
            if layer is not None:
                standing.append((item, place, name, layer.quantity, layer.value))
            else:
                gone.append((item, place, name))
        _many(connection, sql.UPSERT_LAYER, standing)
        _many(connection, sql.DELETE_LAYER, gone)
        _many(connection, sql.ADD_BALANCE, [(*key, *sums) for key, sums in self.balances.items()])
        _many(connection, sql.UPSERT_VOUCHER, [(*key, last) for key, last in self.vouchers.items()])
        _many(connection, sql.UPSERT_SETUP, [(*key, text) for key, text in self.setup.items()])
        _many(connection, sql.UPSERT_GROWING, [_growing(each) for each in self.growing.values()])
        _many(connection, sql.DELETE_GROWING, self.ceased)
        _many(connection, sql.UPSERT_ASSET, [_asset(each) for each in self.assets.values()])
        _many(connection, sql.DELETE_ASSET, self.dropped_assets)


def _many(connection: sqlite3.Connection, statement: str, values: list[Any]) -> None:
    if values:
        connection.executemany(statement, values)


def _growing(there: Growing) -> tuple[Any, ...]:
    since = there.since.isoformat()
    return (
        there.place,
        there.opened,
        there.item,
        since,
        there.quantity,
        there.value,
        there.ended,
    )


def _asset(asset: Asset) -> tuple[Any, ...]:
    return (
        asset.code,
        asset.name,
        asset.account,
        asset.cost,
        asset.accumulated,
        asset.acquired.isoformat(),
        asset.life_months,
        asset.opened,
        asset.ended,
    )
