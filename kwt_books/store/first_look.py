"""The quick check at each opening of a book, and how far a book has come."""

from __future__ import annotations

from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import Any

from sqlalchemy import BigInteger, Connection, Select, bindparam, select

from kwt_books.domain.chain import GENESIS, Course, Standing
from kwt_books.domain.errors import Issue, StorageError
from kwt_books.domain.posting import LOTS_PER_ENTRY
from kwt_books.store.driver import sqlite3
from kwt_books.store.expressions import NIL
from kwt_books.store.reads import fetched, raw_rows
from kwt_books.store.seal import seal
from kwt_books.store.tables import KEPT, credential, document, lot, move, posting

_LAST = 20
"""Entries whose seals are made anew."""
_SMALL = 2 * 1024 * 1024
"""Bytes up to which the whole file is checked; of larger ones only the kept sums."""
_SENSELESS = (TypeError, ValueError, LookupError)
"""What a row that no program wrote can raise."""


def first_look(connection: Connection) -> Issue | None:
    """What is wrong with the pages of the kept sums or with the newest seals; None if nothing.

    Raises what SQLite raises for a damaged file. `verify` looks at the whole book.
    """
    return _pages(connection) or _seals(connection)


def _pages(connection: Connection) -> Issue | None:
    """A server checks the sums of its pages whenever it reads them."""
    raw = connection.connection.driver_connection
    if not isinstance(raw, sqlite3.Connection):
        return None
    (size,) = raw.execute(
        "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size"
    ).fetchone()
    names = [f"'{table.name}'" for table in (*KEPT, credential)] if size > _SMALL else ["1"]
    for name in names:
        (answer,) = raw.execute(f"PRAGMA quick_check({name})").fetchone()
        if answer != "ok":
            return Issue("", "file-damaged", {"detail": answer})
    return None


_NEWEST_FIRST = (
    select(
        document.c.sequence,
        document.c.number,
        document.c.kind,
        document.c.date,
        document.c.payload,
        document.c.recorded_at,
        document.c.recorded_by,
        document.c.previous,
        document.c.hash,
    )
    .order_by(document.c.sequence.desc())
    .limit(bindparam("most"))
    .offset(NIL)
)
_LEAST = bindparam("least", type_=BigInteger)
_POSTINGS = (
    select(posting.c.account, posting.c.amount, posting.c.party, posting.c.closing)
    .add_columns(posting.c.document)
    .where(posting.c.document >= _LEAST)
    .order_by(posting.c.document, posting.c.line)
)
_MOVES = (
    select(move.c.place, move.c.item, move.c.lot, move.c.quantity, move.c.value, move.c.document)
    .where(move.c.document >= _LEAST)
    .order_by(move.c.document, move.c.line)
)
_LOTS = (
    select(lot.c.item, lot.c.name, lot.c.received, lot.c.expires, lot.c.ordinal)
    .where(lot.c.ordinal >= _LEAST)
    .order_by(lot.c.ordinal)
)


def _seals(connection: Connection) -> Issue | None:
    documents = list(raw_rows(connection, _NEWEST_FIRST, _LAST + 1))[::-1]
    if len(documents) <= _LAST:
        head, expected = GENESIS, 1
    else:
        (sequence, *_, head), *documents = documents
        expected = sequence + 1
    try:
        for document, rows in _with_rows(connection, documents):
            sequence, number, kind, day, payload, at, by, previous, hash_ = document
            sealed = seal(head, number, kind, day, payload, *rows, at, by)
            if (sequence, previous, sealed) != (expected, head, hash_):
                return _broken(number, sequence)
            head, expected = hash_, sequence + 1
    except _SENSELESS:
        return _broken(None, expected)
    return None


def _broken(number: str | None, sequence: int) -> Issue:
    return Issue("", "newest-seal-broken", {"document": number or f"#{sequence}"})


def _with_rows(
    connection: Connection, documents: list[Any]
) -> list[tuple[Any, tuple[list[Any], list[Any], list[Any]]]]:
    """Each document with its postings, moves and lots."""
    if not documents:
        return []
    first = documents[0][0]

    def rows(statement: Select[Any], least: int, many: int = 1) -> dict[int, list[Any]]:
        found = raw_rows(connection, statement, least)
        grouped = groupby(found, key=lambda row: row[-1] // many)
        return {of: [row[:-1] for row in each] for of, each in grouped}

    postings, moves = rows(_POSTINGS, first), rows(_MOVES, first)
    lots = rows(_LOTS, first * LOTS_PER_ENTRY, LOTS_PER_ENTRY)
    return [
        (each, tuple(of.get(each[0], []) for of in (postings, moves, lots)))  # type: ignore[misc]
        for each in documents
    ]


# -- How far a book has come: a computer knows by it an older copy from the newest ----------------


_FIRST = document.c.sequence == 1
_BEGUN = select(document.c.recorded_at).where(_FIRST)
_NEWEST = select(document.c.sequence, document.c.hash, document.c.recorded_at).order_by(
    document.c.sequence.desc()
)


def standing(connection: Connection) -> Standing | None:
    """How far the book has come; None where nothing was ever recorded in it.

    Raises `StorageError("damaged")` where the newest entry's time makes no sense.
    """
    newest = connection.execute(_NEWEST.limit(1)).first()
    if newest is None:
        return None
    first = connection.execute(select(document.c.hash).where(_FIRST)).scalar()
    try:
        at = datetime.fromisoformat(newest.recorded_at).astimezone()
    except (TypeError, ValueError, OverflowError) as error:
        raise StorageError("damaged", detail=f"recorded_at: {error}"[:80]) from error
    return Standing(first or "", newest.sequence, newest.hash, at)


def file_written_at(connection: Connection) -> datetime | None:
    """When file or log were last written, by their folder; None for a copy in memory.

    None also where that is before the first entry was recorded: such a time says nothing.
    """
    if connection.dialect.name != "sqlite":
        return None
    places = connection.exec_driver_sql("PRAGMA database_list").all()
    path = next((place for _, name, place in places if name == "main"), "")
    times = [
        Path(place).stat().st_mtime for place in (path, f"{path}-wal") if Path(place).is_file()
    ]
    begun = fetched(connection, _BEGUN, {})
    if not times or not begun:
        return None
    written = datetime.fromtimestamp(max(times)).astimezone()
    return written if written >= datetime.fromisoformat(begun[0][0]).astimezone() else None


def course_since(connection: Connection, seen: Standing) -> Course:
    """What became of the same book since the standing `seen`."""
    there = select(document.c.hash).where(document.c.sequence == seen.entries)
    found = connection.execute(there).scalar()
    if found is None:
        return Course.OLDER
    return Course.ON if found == seen.head else Course.APART
