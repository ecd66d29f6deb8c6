"""Rows that were recorded and are not written yet: entries come one by one and are written in
batches, with the sums that they change.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import chain
from typing import Any, NamedTuple

from sqlalchemy import Connection

from kwt_books.domain.accounts import SAVED
from kwt_books.domain.contra import contras
from kwt_books.domain.draft import Draft, Due, Layers
from kwt_books.domain.posting import PROGRAMME, Asset, Growing, Lot, Posting
from kwt_books.store.writes import ROWS_AT_ONCE, Writes, together, writes_of


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


_MoveRow = tuple[int, int, str, str, str, int, int, str]
"""A row of `move`, in the order of its columns."""


class Buffer:
    """Rows that were recorded and are not written yet."""

    def __init__(self) -> None:
        self.documents: list[DocumentRow] = []
        self.ids: set[str] = set()
        self.lots: dict[tuple[str, str], Lot] = {}
        """The newest of each name."""
        self.moved: defaultdict[tuple[str, str], list[_MoveRow]] = defaultdict(list)
        """Moves of lots, by item and place."""
        self.attachments: list[tuple[int, bytes]] = []
        self.setup: dict[tuple[str, str], str] = {}
        self.vouchers: dict[tuple[str, str], int] = {}
        self.growing: dict[tuple[str, int], Growing] = {}
        self.ceased: list[tuple[str, int]] = []
        self.assets: dict[tuple[str, int], Asset] = {}
        self.dropped_assets: list[tuple[str, int]] = []
        self._lots: list[Lot] = []
        self._earmarked: defaultdict[str, int] = defaultdict(int)
        self._dues: dict[Due, int | None] = {}
        self._posted: list[tuple[int, str, list[Posting]]] = []
        """By document: its place in the chain, its date, what it posts."""
        self._moves: list[_MoveRow] = []

    def add(self, sequence: int, day: str, draft: Draft) -> None:
        """A document's postings, moves and lots, all of its ISO date."""
        self._posted.append((sequence, day, draft.postings))
        for line, (place, item, lot, quantity, value) in enumerate(draft.moves):
            row = (sequence, line, place, item, lot, quantity, value, day)
            self._moves.append(row)
            if lot:
                self.moved[(item, place)].append(row)
            elif place.startswith(PROGRAMME):
                self._earmarked[place.removeprefix(PROGRAMME)] += value
        for received in draft.lots:
            self.lots[(received.item, received.name)] = received
            self._lots.append(received)
        for due in draft.dues:
            self._dues[due] = sequence
        for due in draft.dues_freed:
            self._dues[due] = None

    def write(self, connection: Connection, layers_at: dict[tuple[str, str], Layers]) -> None:
        """Writes everything pending and empties the buffer.

        `layers_at`: what stands by item and place, for the layers that documents moved.
        """
        to = writes_of(connection)
        with together(connection) as cursor:
            self._facts(cursor, to)
            self._kept(cursor, to, layers_at)
        self.__init__()  # type: ignore[misc]

    def _facts(self, cursor: Any, to: Writes) -> None:
        lots = [
            (item, name, received.isoformat(), expires and expires.isoformat(), order)
            for item, name, received, expires, order in self._lots
        ]
        _many(cursor, to.insert_lot, lots)
        postings = self._postings()
        alone = len(postings) % ROWS_AT_ONCE
        _many(cursor, to.insert_posting, postings[:alone])
        _many(cursor, to.insert_postings, _joined(postings[alone:]))
        _many(cursor, to.insert_move, self._moves)
        _many(cursor, to.insert_document, self.documents)
        _many(cursor, to.insert_attachment, self.attachments)

    def _postings(self) -> list[tuple[Any, ...]]:
        """Rows of `posting`. The driver takes a plain number in a third of the time of a truth."""
        return [
            (sequence, line, account, day, amount, party, 1 if closing else 0, contra)
            for sequence, day, postings in self._posted
            for line, ((account, amount, party, closing), contra) in enumerate(
                zip(postings, contras(postings), strict=True)
            )
        ]

    def _kept(self, cursor: Any, to: Writes, layers_at: dict[tuple[str, str], Layers]) -> None:
        balances, saved = self._sums()
        standing, gone = [], []
        for item, place, name in {(row[3], row[2], row[4]) for row in self._moves if row[4]}:
            layer = layers_at[(item, place)].get(name)
            if layer is not None:
                standing.append((item, place, name, layer.quantity, layer.value))
            else:
                gone.append((item, place, name))
        _many(cursor, to.upsert_layer, standing)
        _many(cursor, to.delete_layer, gone)
        _many(cursor, to.add_balance, [(*key, *sums) for key, sums in balances.items()])
        _many(cursor, to.add_programme, list(self._earmarked.items()))
        _many(cursor, to.add_saving, [(*key, more) for key, more in saved.items()])
        paid = [(*due, document) for due, document in self._dues.items() if document is not None]
        _many(cursor, to.upsert_dues, paid)
        freed = [due for due, document in self._dues.items() if document is None]
        _many(cursor, to.delete_dues, freed)
        _many(cursor, to.upsert_voucher, [(*key, last) for key, last in self.vouchers.items()])
        _many(cursor, to.upsert_setup, [(*key, text) for key, text in self.setup.items()])
        _many(cursor, to.upsert_growing, [_growing(each) for each in self.growing.values()])
        _many(cursor, to.delete_growing, self.ceased)
        _many(cursor, to.upsert_asset, [_asset(each) for each in self.assets.values()])
        _many(cursor, to.delete_asset, self.dropped_assets)

    def _sums(self) -> tuple[dict[tuple[str, str, bool], list[int]], dict[tuple[str, str], int]]:
        """Debits and credits by account, month and whether they close it; what was saved or taken
        out by account and member.
        """
        balances: defaultdict[tuple[str, str, bool], list[int]] = defaultdict(lambda: [0, 0])
        saved: defaultdict[tuple[str, str], int] = defaultdict(int)
        for _, day, postings in self._posted:
            month = day[:7]
            for account, amount, party, closing in postings:
                sums = balances[(account, month, closing)]
                if amount > 0:
                    sums[0] += amount
                else:
                    sums[1] -= amount
                if party is not None and account in SAVED:
                    saved[(account, party)] -= amount
        return balances, saved


def _many(cursor: Any, statement: str, values: list[Any]) -> None:
    if values:
        cursor.executemany(statement, values)


def _joined(rows: list[tuple[Any, ...]]) -> list[list[Any]]:
    """The values of `ROWS_AT_ONCE` rows after each other, time after time."""
    starts = range(0, len(rows), ROWS_AT_ONCE)
    return [[*chain.from_iterable(rows[at : at + ROWS_AT_ONCE])] for at in starts]


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
