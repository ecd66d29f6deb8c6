"""The facts themselves: entries as they are sealed, and every table as CSV."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any, BinaryIO

from sqlalchemy import Connection, Table, select, text

from kwt_books.domain.chain import canonical
from kwt_books.domain.posting import LOTS_PER_ENTRY
from kwt_books.exporters.csv import safe
from kwt_books.store.tables import FACTS, KEPT, attachment, document, layer

TABLES = tuple(table for table in (*FACTS, *KEPT) if table is not attachment)
"""The bytes of attachments are files of their own."""
_AT_ONCE = 500
_DOCUMENTS = text("""
    SELECT sequence, number, kind, date, recorded_at, recorded_by, previous, hash, payload
    FROM document ORDER BY sequence
""")
_POSTINGS = text(
    "SELECT document, account, amount, party, closing FROM posting ORDER BY document, line"
)
_MOVES = text(
    "SELECT document, place, item, lot, quantity, value FROM move ORDER BY document, line"
)
_LOTS = text(
    f"SELECT ordinal / {LOTS_PER_ENTRY}, item, name, received, expires FROM lot ORDER BY ordinal"  # noqa: S608
)


def write_entries(
    connection: Connection, out: BinaryIO, progress: Callable[[int], None] | None = None
) -> int:
    """A line of JSON an entry, with all that its seal is made of; the number of entries."""
    postings, moves, lots = (_Groups(connection, query) for query in (_POSTINGS, _MOVES, _LOTS))
    done = 0
    for row in _rows(connection, _DOCUMENTS):
        sequence, number, kind, day, at, by, previous, seal, payload = row
        entry = {
            "sequence": sequence,
            "number": number,
            "kind": kind,
            "date": day,
            "at": at,
            "by": by,
            "previous": previous,
            "hash": seal,
            "postings": [(*each[:3], bool(each[3])) for each in postings.of(sequence)],
            "moves": moves.of(sequence),
            "lots": lots.of(sequence),
            "stream": payload,
        }
        out.write(f"{canonical(entry)}\n".encode())
        done += 1
        if progress is not None and done % _AT_ONCE == 0:
            progress(done)
    return done


class _Groups:
    """The rows of one table, handed out entry by entry."""

    def __init__(self, connection: Connection, query: Any) -> None:
        self._groups = groupby(_rows(connection, query), key=itemgetter(0))
        self._next = next(self._groups, None)

    def of(self, sequence: int) -> list[tuple[Any, ...]]:
        """Those of the entry; rows of entries that aren't there are passed over."""
        while self._next is not None and self._next[0] < sequence:
            self._next = next(self._groups, None)
        if self._next is None or self._next[0] != sequence:
            return []
        rows = [tuple(row)[1:] for row in self._next[1]]
        self._next = next(self._groups, None)
        return rows


def _rows(connection: Connection, query: Any) -> Iterator[Any]:
    return iter(connection.execute(query, execution_options={"yield_per": _AT_ONCE}))


def write_table(connection: Connection, table: Table, out: BinaryIO) -> None:
    """Every row of a table, by its keys, under the names of its columns."""
    written = io.TextIOWrapper(out, encoding="utf-8-sig", newline="")
    writer = csv.writer(written)
    writer.writerow([column.name for column in table.columns])
    for row in _rows(connection, select(table).order_by(*table.primary_key.columns)):
        writer.writerow([safe(value) for value in row])
    written.flush()
    written.detach()


def layers(connection: Connection) -> list[list[Any]]:
    """What is kept of each lot at each place: item, place, lot, quantity and value."""
    query = select(*layer.columns).order_by(*layer.primary_key.columns)
    return [list(row) for row in connection.execute(query)]


def attached_files(connection: Connection) -> Iterator[tuple[int, str, bytes]]:
    """Entry, name as it was given, and bytes of everything attached; one in memory at a time."""
    query = (
        select(document.c.sequence, document.c.payload)
        .where(document.c.kind == "attachment")
        .order_by(document.c.sequence)
    )
    for sequence, payload in connection.execute(query).all():
        data = connection.execute(
            select(attachment.c.data).where(attachment.c.document == sequence)
        ).scalar()
        if data is not None:
            yield sequence, json.loads(payload)["name"], data
