"""Documents by date and kind with their effects.

A correction has the opposite effect of the document that it undoes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Connection, Integer, bindparam, literal_column, select

from kwt_books.domain.documents.registry import CODECS
from kwt_books.domain.posting import Move, Posting
from kwt_books.domain.values import UNIT, parse_quantity
from kwt_books.store.expressions import (
    EFFECT,
    HEADING,
    among,
    as_number,
    dated_within,
    entry,
    in_force,
    in_order,
    listed,
    newest_first,
    numbers,
    oldest_first,
    original,
    texts,
    with_original,
)
from kwt_books.store.reads import fetched
from kwt_books.store.rows import command_of, recorded_command
from kwt_books.store.tables import document, posting
from kwt_books.store.tables import move as moves


class Heading(NamedTuple):
    """What a line of a book says of the document behind it."""

    sequence: int
    number: str
    date: date
    kind: str
    payload: str
    corrected: str | None
    """Number of the document that this one undoes."""


class Effect(NamedTuple):
    """What a document does, as it counts: a correction is its original with `sign` -1."""

    sequence: int
    number: str
    date: date
    source: int
    """The entry whose command, postings and moves these are."""
    kind: str
    command: Any
    """What that entry recorded, of the class of its kind."""
    sign: int


_SEQUENCES = listed("sequences")
_ENTRIES_AT = in_order(_SEQUENCES, entry, entry.c.sequence == as_number(_SEQUENCES.c.value))
_HEADINGS_AT = oldest_first(select(*HEADING).select_from(with_original(_ENTRIES_AT)))

_ITSELF = (
    entry.c.sequence,
    entry.c.number,
    entry.c.date,
    entry.c.sequence.label("source"),
    entry.c.kind,
    entry.c.payload,
    literal_column("1", Integer).label("sign"),
)
"""The columns of an `EFFECT` of documents that undo none."""
_UNDOING = (
    entry.c.sequence,
    entry.c.number,
    entry.c.date,
    original.c.sequence,
    original.c.kind,
    original.c.payload,
    literal_column("-1", Integer),
)
_EFFECTS = (
    select(*_ITSELF)
    .where(among(entry.c.kind, "kinds"), dated_within())
    .union_all(
        select(*_UNDOING)
        .select_from(entry.join(original, original.c.sequence == entry.c.corrects))
        .where(entry.c.kind == "correction", dated_within())
        .where(among(original.c.kind, "kinds"))
    )
    .order_by(literal_column("3"), literal_column("1"))
)

_POSTINGS = (
    select(
        posting.c.document,
        posting.c.account,
        posting.c.amount,
        posting.c.party,
        posting.c.closing,
    )
    .select_from(in_order(_SEQUENCES, posting, posting.c.document == as_number(_SEQUENCES.c.value)))
    .order_by(posting.c.document, posting.c.line)
)

_MOVES = (
    select(
        moves.c.document,
        moves.c.place,
        moves.c.item,
        moves.c.lot,
        moves.c.quantity,
        moves.c.value,
    )
    .select_from(in_order(_SEQUENCES, moves, moves.c.document == as_number(_SEQUENCES.c.value)))
    .order_by(moves.c.document, moves.c.line)
)

_EFFECTS_AT = oldest_first(select(*EFFECT).select_from(with_original(_ENTRIES_AT)))
_CORRECTED_BY = select(document.c.number).where(document.c.corrects == bindparam("sequence"))
_EFFECT_OF = select(*_ITSELF).where(entry.c.number == bindparam("number"))
_LAST_EFFECT = newest_first(
    select(*_ITSELF).where(entry.c.kind == bindparam("kind"), dated_within(), in_force())
).limit(1)


def heading(row: Sequence[Any]) -> Heading:
    """The heading of a row `(sequence, number, date, kind, payload, corrected)`."""
    sequence, number, day, kind, payload, corrected = row
    return Heading(sequence, number, date.fromisoformat(day), kind, payload, corrected)


def headings_at(connection: Connection, sequences: str) -> list[Heading]:
    """These documents, a JSON list of them, in the order of a book."""
    return [*map(heading, fetched(connection, _HEADINGS_AT, {"sequences": sequences}))]


def effects(connection: Connection, kinds: Iterable[str], start: date, end: date) -> list[Effect]:
    """What documents of these kinds, and corrections of such, do within these days."""
    values = {"kinds": texts(kinds), **span(start, end)}
    return [*map(effect, fetched(connection, _EFFECTS, values))]


def effects_at(connection: Connection, sequences: Iterable[int]) -> list[Effect]:
    """What these entries do, by date."""
    values = {"sequences": numbers(sorted(set(sequences)))}
    return [*map(effect, fetched(connection, _EFFECTS_AT, values))]


def effect_of(connection: Connection, number: str) -> Effect | None:
    """The document of that voucher number."""
    row = connection.execute(_EFFECT_OF, {"number": number}).first()
    return effect(row) if row is not None else None


def last_effect(connection: Connection, kind: str, start: date, end: date) -> Effect | None:
    """The last document of a kind within these days that was not undone since."""
    values = {"kind": kind, **span(start, end)}
    row = connection.execute(_LAST_EFFECT, values).first()
    return effect(row) if row is not None else None


def effect(row: Sequence[Any]) -> Effect:
    """The effect of a row `(sequence, number, date, source, kind, payload, sign)`."""
    sequence, number, day, source, kind, payload, sign = row
    when = date.fromisoformat(day)
    return Effect(sequence, number, when, source, kind, recorded_command(kind, payload), sign)


def postings_of(connection: Connection, sequences: Iterable[int]) -> dict[int, list[Posting]]:
    """The postings of each of these documents, in the order they were posted in."""
    found: defaultdict[int, list[Posting]] = defaultdict(list)
    asked = {"sequences": numbers(sequences)}
    for sequence, account, amount, party, closing in fetched(connection, _POSTINGS, asked):
        found[sequence].append(Posting(account, amount, party, bool(closing)))
    return found


def moves_of(connection: Connection, sequences: Iterable[int]) -> dict[int, list[Move]]:
    """The moves of each of these documents, in the order they were made in."""
    found: defaultdict[int, list[Move]] = defaultdict(list)
    asked = {"sequences": numbers(sorted(set(sequences)))}
    for sequence, *move in fetched(connection, _MOVES, asked):
        found[sequence].append(Move._make(move))
    return found


def corrected_by(connection: Connection, sequence: int) -> str | None:
    """The number of the correction that undid a document."""
    found: str | None = connection.execute(_CORRECTED_BY, {"sequence": sequence}).scalar()
    return found


class Opening(NamedTuple):
    """The opening balance: what it brings counts as the balance before its day."""

    sequence: int = 0
    day: date = date.max

    def within(self, start: date, end: date) -> bool:
        """Whether it is dated from `start` to `end`."""
        return start <= self.day <= end


_OPENING = select(entry.c.sequence, entry.c.date).where(
    entry.c.kind == "opening_balance", in_force()
)


def opening_document(connection: Connection) -> Opening:
    """The opening balance that is not corrected; None where there is none."""
    found = fetched(connection, _OPENING, {})
    return Opening(found[0][0], date.fromisoformat(found[0][1])) if found else Opening()


def thousandths(raw: object) -> int:
    """A quantity as a payload carries it."""
    return raw * UNIT if type(raw) is int else parse_quantity(str(raw))


def eve(day: date) -> date:
    """The day before; the first of all days has none."""
    return day - timedelta(days=1) if day > date.min else day


def span(start: date, end: date) -> dict[str, str]:
    """Both days as the parameters `start` and `end` of a query."""
    return {"start": start.isoformat(), "end": end.isoformat()}


class CashCount(NamedTuple):
    """Cash counted on a day. `denominations` are pieces by face value, where written down."""

    number: str
    counted: int
    denominations: dict[int, int]
    ref: str | None


_COUNTS = (
    select(entry.c.number, entry.c.payload)
    .where(entry.c.kind == "cash_count", entry.c.date == bindparam("day"), in_force())
    .order_by(entry.c.sequence.desc())
)


def cash_count(connection: Connection, account: str, day: date) -> CashCount | None:
    """The last count of an account that day which was not undone."""
    for number, payload in fetched(connection, _COUNTS, {"day": day.isoformat()}):
        count: Any = command_of(CODECS["cash_count"], payload)
        if count.account == account:
            pieces = {int(face): n for face, n in (count.denominations or {}).items()}
            return CashCount(number, count.counted, pieces, count.ref)
    return None
