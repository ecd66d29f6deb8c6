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
from typing import NamedTuple

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    CompoundSelect,
    Connection,
    Select,
    and_,
    bindparam,
    case,
    func,
    or_,
    select,
    text,
    tuple_,
    union,
)

from kwt_books.queries.documents import span
from kwt_books.store.tables import document, posting

PAGE = 100
_REACH = timedelta(days=366)
"""How far back one search looks: a rare word must not keep the next key waiting."""


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
    """Where a page ended."""

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
_SILENT = "'kind', 'id', 'date', 'month'"
"""Keys whose values are no words of the document."""
_SAID = f"""
    EXISTS (SELECT 1 FROM json_tree(document.payload) j
        WHERE j.key NOT IN ({_SILENT}) AND CASE j.type
            WHEN 'text' THEN j.atom LIKE :like_ ESCAPE '!'
                OR j.atom IN (SELECT value FROM json_each(:names_))
            WHEN 'integer' THEN j.atom = :word_ END)
"""  # noqa: S608 - no value of anyone's comes in
_POSTED = """
    EXISTS (SELECT 1 FROM posting p WHERE p.document = document.sequence
        AND NOT p.closing AND p.account IN (SELECT value FROM json_each(:accounts_)))
"""
_AMOUNTS = """
    (EXISTS (SELECT 1 FROM posting p WHERE p.document = document.sequence
        AND p.amount IN (:amount_, -:amount_))
    OR abs((SELECT sum(p.amount) FROM posting p WHERE p.document = document.sequence
        AND p.account IN (SELECT value FROM json_each(:cash)))) = :amount_)
"""


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
        for sequence, number, day, *rest in connection.execute(
            _meeting(query, here), _values(wanted, cash)
        )
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


def _lines() -> Select:  # type: ignore[type-arg]
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


def _values(wanted: Wanted, cash: Sequence[str]) -> dict[str, str]:
    return {"cash": json.dumps(list(cash))} if wanted.terms else {}


def sums_of(connection: Connection, wanted: Wanted, cash: Sequence[str]) -> Sums:
    """All that is wanted, added up."""
    moved = (
        select(func.coalesce(func.sum(posting.c.amount), 0))
        .where(posting.c.document == document.c.sequence, posting.c.account.in_(cash))
        .scalar_subquery()
    )
    query = select(moved.label("moved")).select_from(document)
    query = query.outerjoin(_original, _original.c.sequence == document.c.corrects)
    each = _meeting(query, wanted).subquery()
    row = connection.execute(
        select(
            func.count(),
            func.coalesce(func.sum(case((each.c.moved > 0, each.c.moved), else_=0)), 0),
            func.coalesce(func.sum(case((each.c.moved < 0, -each.c.moved), else_=0)), 0),
        ).select_from(each),
        _values(wanted, cash),
    ).one()
    return Sums(*row)


def _meeting(query: Select, wanted: Wanted) -> Select:  # type: ignore[type-arg]
    days = span(wanted.start, wanted.end)
    query = query.where(
        document.c.number.is_not(None), document.c.date.between(days["start"], days["end"])
    )
    if wanted.kinds:
        query = query.where(document.c.kind.in_(wanted.kinds))
    if wanted.number:
        query = query.where(document.c.sequence.in_(_numbered(wanted.number)))
    return query.where(*(_has(term, place) for place, term in enumerate(wanted.terms)))


def _numbered(start: str) -> CompoundSelect:  # type: ignore[type-arg]
    """Documents whose number begins so, and those that undo them."""
    found = _original.c.number.between(start, start + "~")
    return union(
        select(_original.c.sequence).where(found),
        select(_correction.c.sequence)
        .select_from(_original.join(_correction, _correction.c.corrects == _original.c.sequence))
        .where(found),
    )


def _has(term: Term, place: int) -> ColumnElement[bool]:
    """A term in a document. Cheap tests come first; JSON is taken apart where it may be there."""
    like = f"%{_plain(term.word)}%"
    ways: list[ColumnElement[bool]] = [
        document.c.number.like(like, escape="!"),
        document.c.recorded_by.like(like, escape="!"),
        _original.c.number.like(like, escape="!"),
    ]
    if term.kinds:
        ways.append(document.c.kind.in_(term.kinds))
    if term.months:
        ways.append(func.substr(document.c.date, 6, 2).in_(term.months))
    somewhere = [document.c.payload.like(like, escape="!")]
    somewhere += [document.c.payload.like(f'%"{_plain(name)}"%', escape="!") for name in term.names]
    ways.append(
        and_(
            or_(*somewhere),
            _clause(
                _SAID, place, like_=like, names_=json.dumps(term.names), word_=term.plain_number
            ),
        )
    )
    if term.year:
        ways.append(document.c.date.between(f"{term.year}-01-01", f"{term.year}-12-31"))
    if term.accounts:
        ways.append(_clause(_POSTED, place, accounts_=json.dumps(term.accounts)))
    if term.amount is not None:
        ways.append(_clause(_AMOUNTS, place, amount_=term.amount))
    return or_(*ways)


def _clause(sql: str, place: int, **values: object) -> ColumnElement[bool]:
    """A condition with its values, under names of their own for each term."""
    for name in values:
        sql = sql.replace(f":{name}", f":{name}{place}")
    bound: list[BindParameter[object]] = [
        bindparam(f"{name}{place}", value) for name, value in values.items()
    ]
    return text(f"({sql})").bindparams(*bound)  # type: ignore[return-value]


def _plain(word: str) -> str:
    """What LIKE would read as a sign of its own is meant as it stands."""
    return word.replace("!", "!!").replace("%", "!%").replace("_", "!_")


_POSTINGS = text("""
    SELECT p.document, p.account, p.amount
    FROM json_each(:sequences) j CROSS JOIN posting p ON p.document = j.value
    ORDER BY p.document, p.line
""")
_ATTACHED = text("""
    SELECT json_extract(payload, '$.of'), count(*) FROM document
    WHERE kind = 'attachment' AND json_extract(payload, '$.of') IN
        (SELECT value FROM json_each(:names))
    GROUP BY 1
""")


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
