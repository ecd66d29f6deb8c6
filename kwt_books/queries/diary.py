"""The diary: documents newest first, a page at a time, found by what is in them.

A page goes on from the date and the entry where the one before ended, so that it costs the same
at the beginning of a book and at its end. What is sought is met in that order too: the search
stops once the page is full.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Connection,
    Select,
    and_,
    exists,
    func,
    or_,
    select,
    tuple_,
    union,
)

from kwt_books.queries.documents import span
from kwt_books.store.expressions import (
    above,
    as_number,
    below,
    in_order,
    like,
    listed,
    said,
    says,
    total,
)
from kwt_books.store.tables import document, posting

PAGE = 100
_REACH = timedelta(days=366)
"""Documents that one search looks through, so that a rare word doesn't delay the next key."""


@dataclass(frozen=True, slots=True)
class Term:
    """One word that is sought: a document has it when any of these is in it."""

    word: str
    amount: int | None = None
    """Rupiah, of a posting or of all that a document moved in cash."""
    accounts: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    """Codes of items and parties that bear the word in their names."""
    kinds: tuple[str, ...] = ()
    months: tuple[str, ...] = ()
    """Two digits each: `06`."""
    year: str = ""

    @property
    def plain_number(self) -> int | None:
        """The word as it may stand in a document: a quantity, a price."""
        return int(self.word) if self.word.isascii() and self.word.isdecimal() else None


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which documents: of these days, of any of these kinds (none: of all), with every term."""

    start: date
    end: date
    kinds: tuple[str, ...] = ()
    terms: tuple[Term, ...] = ()
    number: str = ""
    """How the voucher number begins, or that of the document undone."""


class Place(NamedTuple):
    """The place in the list at which a page ended."""

    day: date
    sequence: int


class Line(NamedTuple):
    """One document as the diary lists it."""

    sequence: int
    number: str
    day: date
    kind: str
    payload: str
    recorded_by: str
    corrects: str | None
    """Number of the document that this one undoes."""
    corrected_by: str | None


class Sums(NamedTuple):
    """How many documents there are, and what they brought and took in cash."""

    documents: int
    received: int
    paid: int


_original, _correction = document.alias("original"), document.alias("correction")
_mine = posting.alias("mine")
_OF_IT = _mine.c.document == document.c.sequence


def page_of(
    connection: Connection,
    wanted: Wanted,
    cash: Sequence[str],
    after: Place | None = None,
    size: int = PAGE,
) -> tuple[list[Line], Place | None]:
    """The next documents, at most `size`, and where to go on; None: there are no more.

    Where words are sought a page may be short, or empty, and go on all the same. `cash` are the
    codes of the cash accounts.
    """
    here = replace(wanted, end=min(wanted.end, after.day)) if after is not None else wanted
    if wanted.terms:
        here = _within_reach(connection, here)
    query = _lines().order_by(document.c.date.desc(), document.c.sequence.desc()).limit(size + 1)
    if after is not None:
        place = tuple_(document.c.date, document.c.sequence)
        query = query.where(place < tuple_(after.day.isoformat(), after.sequence))
    found = [
        Line(sequence, number, date.fromisoformat(day), *rest)
        for sequence, number, day, *rest in connection.execute(_meeting(query, here, cash))
    ]
    if len(found) > size:
        return found[:size], Place(found[size - 1].day, found[size - 1].sequence)
    return found, Place(here.start, 0) if here.start > wanted.start else None


def _within_reach(connection: Connection, wanted: Wanted) -> Wanted:
    """The last of the days wanted, as many as one search looks through."""
    days = span(wanted.start, wanted.end)
    dated = document.c.date.between(days["start"], days["end"])
    last = connection.execute(select(func.max(document.c.date)).where(dated)).scalar()
    first = connection.execute(select(func.min(document.c.date)).where(dated)).scalar()
    if last is None or first is None:
        return wanted
    start = date.fromisoformat(last) - _REACH
    return replace(wanted, start=start) if start.isoformat() > first else wanted


def _lines() -> Select[Any]:
    return (
        select(
            document.c.sequence,
            document.c.number,
            document.c.date,
            document.c.kind,
            document.c.payload,
            document.c.recorded_by,
            _original.c.number,
            _correction.c.number,
        )
        .select_from(document)
        .outerjoin(_original, _original.c.sequence == document.c.corrects)
        .outerjoin(_correction, _correction.c.corrects == document.c.sequence)
    )


def sums_of(connection: Connection, wanted: Wanted, cash: Sequence[str]) -> Sums:
    """The sum of all documents wanted."""
    query = select(_cash_of(cash).label("moved")).select_from(document)
    query = query.outerjoin(_original, _original.c.sequence == document.c.corrects)
    each = _meeting(query, wanted, cash).subquery()
    row = connection.execute(
        select(
            func.count(),
            total(above(each.c.moved)),
            total(below(each.c.moved)),
        ).select_from(each)
    ).one()
    return Sums(*row)


def _meeting(query: Select[Any], wanted: Wanted, cash: Sequence[str]) -> Select[Any]:
    days = span(wanted.start, wanted.end)
    query = query.where(
        document.c.number.is_not(None), document.c.date.between(days["start"], days["end"])
    )
    if wanted.kinds:
        query = query.where(document.c.kind.in_(wanted.kinds))
    if wanted.number:
        query = query.where(document.c.sequence.in_(_numbered(wanted.number)))
    return query.where(*(_has(term, cash) for term in wanted.terms))


def _numbered(start: str) -> CompoundSelect:  # type: ignore[type-arg]
    """Documents whose number begins so, and those that undo them."""
    found = _original.c.number.between(start, start + "~")
    return union(
        select(_original.c.sequence).where(found),
        select(_correction.c.sequence)
        .select_from(_original.join(_correction, _correction.c.corrects == _original.c.sequence))
        .where(found),
    )


def _has(term: Term, cash: Sequence[str]) -> ColumnElement[bool]:
    """The condition that a document has a term: cheap tests first, JSON only where they pass."""
    pattern = f"%{_plain(term.word)}%"
    ways: list[ColumnElement[bool]] = [
        like(document.c.number, pattern),
        like(document.c.recorded_by, pattern),
        like(_original.c.number, pattern),
    ]
    if term.kinds:
        ways.append(document.c.kind.in_(term.kinds))
    if term.months:
        ways.append(func.substr(document.c.date, 6, 2).in_(term.months))
    somewhere = [like(document.c.payload, pattern)]
    somewhere += [like(document.c.payload, f'%"{_plain(name)}"%') for name in term.names]
    in_words = says(document.c.payload, pattern, term.names, term.plain_number)
    ways.append(and_(or_(*somewhere), in_words))
    if term.year:
        ways.append(document.c.date.between(f"{term.year}-01-01", f"{term.year}-12-31"))
    if term.accounts:
        named = _mine.c.account.in_(term.accounts)
        ways.append(exists().where(_OF_IT, _mine.c.closing == 0, named))
    if term.amount is not None:
        ways.append(exists().where(_OF_IT, _mine.c.amount.in_((term.amount, -term.amount))))
        ways.append(func.abs(_cash_of(cash)) == term.amount)
    return or_(*ways)


def _cash_of(cash: Sequence[str]) -> ColumnElement[int]:
    """What a document moved on the cash accounts together."""
    found = select(total(_mine.c.amount)).where(_OF_IT, _mine.c.account.in_(cash))
    return found.correlate(document).scalar_subquery()


def _plain(word: str) -> str:
    """The text with the signs of LIKE escaped."""
    return word.replace("!", "!!").replace("%", "!%").replace("_", "!_")


_SEQUENCES, _NAMES = listed("sequences"), listed("names")
_POSTINGS = (
    select(posting.c.document, posting.c.account, posting.c.amount)
    .select_from(in_order(_SEQUENCES, posting, posting.c.document == as_number(_SEQUENCES.c.value)))
    .order_by(posting.c.document, posting.c.line)
)
_OF = said(document.c.payload, "of")
_ATTACHED = (
    select(_OF, func.count())
    .where(document.c.kind == "attachment", _OF.in_(select(_NAMES.c.value)))
    .group_by(_OF)
)


def amounts_of(
    connection: Connection, sequences: Iterable[int]
) -> dict[int, list[tuple[str, int]]]:
    """Account and amount of every posting of these documents."""
    found: defaultdict[int, list[tuple[str, int]]] = defaultdict(list)
    values = {"sequences": json.dumps(list(sequences))}
    for sequence, account, amount in connection.execute(_POSTINGS, values):
        found[sequence].append((account, amount))
    return found


def attached_to(connection: Connection, names: Iterable[str]) -> dict[str, int]:
    """How many attachments speak of each of these ids and voucher numbers."""
    values = {"names": json.dumps(list(names))}
    return {row[0]: row[1] for row in connection.execute(_ATTACHED, values)}
