"""Parts of statements besides the tables: documents in force, sides, payloads, lists.

Where SQLite and PostgreSQL say a thing in different words, both are here and nowhere else.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from sqlalchemy import (
    BigInteger,
    BindParameter,
    Boolean,
    ColumnElement,
    FromClause,
    Integer,
    Select,
    Text,
    bindparam,
    case,
    cast,
    exists,
    func,
    literal_column,
    not_,
    or_,
    select,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.sql.selectable import Join, TableValuedAlias

from kwt_books.domain.posting import LOTS_PER_ENTRY
from kwt_books.store.tables import document, growing, lot, move, posting

entry, original, correction = (document.alias(name) for name in ("d", "o", "c"))
"""A document, the one it corrects, and the one that corrected it."""
_later = document.alias("later")


def written_out(text: str) -> ColumnElement[str]:
    """A text of the program that stands in the statement itself: an index of such rows will do."""
    return literal_column(f"'{text}'", Text)


def spells(column: ColumnElement[Any], *texts: str) -> ColumnElement[bool]:
    """Whether a column is one of a few texts, written out."""
    return or_(*(column == written_out(text) for text in texts))


NOTHING = written_out("")
NIL, ONE = (literal_column(each, Integer) for each in ("0", "1"))
of_goods = move.c.lot != NOTHING
of_no_goods = move.c.lot == NOTHING
"""Moves at batches and beds, of assets and programmes."""


def in_force(
    of: FromClause = entry, sequence: ColumnElement[int] | None = None
) -> ColumnElement[bool]:
    """Whether no later document corrects this one: what holds in the book. `sequence` is the
    document of a row of `of` that is none itself, as a move's.
    """
    own = of.c.sequence if sequence is None else sequence
    undone: Select[Any] = select(ONE).select_from(_later)
    return not_(exists(undone.where(_later.c.corrects == own).correlate(of)))


def in_force_then() -> ColumnElement[bool]:
    """Whether nothing had undone a document by the day that is the parameter `end`."""
    undone = select(ONE).where(
        _later.c.corrects == entry.c.sequence, _later.c.date <= bindparam("end")
    )
    return not_(exists(undone.correlate(entry)))


def undone_by() -> ColumnElement[str | None]:
    """The number of the correction that undid a document."""
    found = select(_later.c.number).where(_later.c.corrects == entry.c.sequence)
    return found.correlate(entry).scalar_subquery()


_newer = lot.alias("newer")


def newest_of_name(by: ColumnElement[int] | None = None) -> ColumnElement[bool]:
    """Whether a lot is the newest that bears its name, or was by an entry."""
    found = select(func.max(_newer.c.ordinal)).where(
        _newer.c.item == lot.c.item, _newer.c.name == lot.c.name
    )
    if by is not None:
        found = found.where(_newer.c.ordinal // LOTS_PER_ENTRY <= by)
    return lot.c.ordinal == found.correlate(lot).scalar_subquery()


_other = growing.alias("other")


def of_this_bearer(opened: str) -> ColumnElement[bool]:
    """Whether a move at a batch or bed is of none that bore its name meanwhile: of the one that
    was made by the entry of the parameter `opened`.
    """
    others = exists().where(
        _other.c.place == move.c.place,
        _other.c.opened != bindparam(opened),
        move.c.document.between(_other.c.opened, _other.c.ended),
    )
    return not_(others)


# -- a correction counts with what it undoes -----------------------------------------------------

source_entry = func.coalesce(original.c.sequence, entry.c.sequence)
source_kind = func.coalesce(original.c.kind, entry.c.kind)
source_payload = func.coalesce(original.c.payload, entry.c.payload)
"""Of the document or, for a correction, of what it undid."""
_sign = case((original.c.sequence.is_(None), ONE), else_=literal_column("-1", Integer))
HEADING = (
    entry.c.sequence,
    entry.c.number,
    entry.c.date,
    entry.c.kind,
    entry.c.payload,
    original.c.number.label("corrected"),
)
EFFECT = (
    entry.c.sequence,
    entry.c.number,
    entry.c.date,
    source_entry,
    source_kind,
    source_payload,
    _sign,
)


def with_original(found: FromClause = entry) -> Join:
    """Documents, and beside each the one it undoes, if it undoes one."""
    return found.outerjoin(original, original.c.sequence == entry.c.corrects)


def dated_within(column: ColumnElement[Any] = entry.c.date) -> ColumnElement[bool]:
    """Between the parameters `start` and `end`, both included."""
    return column.between(bindparam("start"), bindparam("end"))


# -- sums, as integers everywhere ----------------------------------------------------------------


def total(amount: ColumnElement[Any]) -> ColumnElement[int]:
    """The sum; nil of nothing. PostgreSQL would make a decimal of it."""
    return func.coalesce(cast(func.sum(amount), BigInteger), NIL)


def above(amount: ColumnElement[Any]) -> ColumnElement[int]:
    """The amount where it is above zero, else nil: a debit."""
    return case((amount > NIL, amount), else_=NIL)


def below(amount: ColumnElement[Any]) -> ColumnElement[int]:
    """What it is below zero, as a positive amount, else nil: a credit."""
    return case((amount < NIL, -amount), else_=NIL)


DEBITS = (
    select(total(above(posting.c.amount)))
    .where(posting.c.document == entry.c.sequence)
    .scalar_subquery()
)
"""What the debits of a document come to."""


def one_of(name: str) -> BindParameter[Any]:
    """A parameter that takes a list of values, for `in_`."""
    return bindparam(name, expanding=True)


# -- payloads and lists, which are JSON ----------------------------------------------------------


class _Said(FunctionElement[str]):
    """A text of a payload by its key, or of a list by its place; the second is a literal."""

    name = "said"
    type = Text()
    inherit_cache = True


@compiles(_Said)
def _said(element: _Said, compiler: Any, **kw: Any) -> str:
    payload, key = element.clauses
    said = f"CAST({compiler.process(payload, **kw)} AS JSONB) ->> {key.name}"
    return f'(({said}) COLLATE "C")'


@compiles(_Said, "sqlite")
def _said_in_sqlite(element: _Said, compiler: Any, **kw: Any) -> str:
    payload, key = element.clauses
    name = key.name
    path = f"$.{name[1:-1]}" if name.startswith("'") else f"$[{name}]"
    return f"json_extract({compiler.process(payload, **kw)}, '{path}')"


def said(payload: ColumnElement[Any], key: str) -> ColumnElement[str]:
    """A text that a payload has under a key; NULL where it has none."""
    return _Said(payload, literal_column(f"'{key}'"))


class _Listed(FunctionElement[str]):
    name = "listed"
    inherit_cache = True


@compiles(_Listed)
def _listed(element: _Listed, compiler: Any, **kw: Any) -> str:
    return f"jsonb_array_elements_text(CAST({compiler.process(element.clauses, **kw)} AS JSONB))"


@compiles(_Listed, "sqlite")
def _listed_in_sqlite(element: _Listed, compiler: Any, **kw: Any) -> str:
    return f"json_each({compiler.process(element.clauses, **kw)})"


def listed(name: str) -> TableValuedAlias:
    """The members of a JSON list that is the parameter `name`, in a column `value`."""
    return _Listed(bindparam(name, type_=Text)).table_valued("value").alias(f"listed_{name}")


def among(column: ColumnElement[Any], name: str) -> ColumnElement[bool]:
    """Whether a text is a member of a JSON list that is the parameter `name`."""
    return column.in_(select(listed(name).c.value))


def members(array: ColumnElement[Any], name: str) -> TableValuedAlias:
    """The members of a list that a payload holds, in a column `value`."""
    return _Listed(array).table_valued("value").alias(name)


class _Gathered(FunctionElement[str]):
    name = "gathered"
    type = Text()
    inherit_cache = True


@compiles(_Gathered)
def _gathered(element: _Gathered, compiler: Any, **kw: Any) -> str:
    columns = compiler.process(element.clauses, **kw)
    return f"CAST(json_agg(json_build_array({columns})) AS TEXT)"


@compiles(_Gathered, "sqlite")
def _gathered_in_sqlite(element: _Gathered, compiler: Any, **kw: Any) -> str:
    return f"json_group_array(json_array({compiler.process(element.clauses, **kw)}))"


def as_text(rows: Select[Any]) -> Select[Any]:
    """All rows of a statement as one text, which an engine makes alike of the same rows alone.

    SQLite makes none of bytes and raises an error.
    """
    each = rows.subquery("each")
    return select(_Gathered(*each.c))


def as_number(value: ColumnElement[Any]) -> ColumnElement[int]:
    """A member of a list as an integer."""
    return cast(value, Integer)


def text_at(value: ColumnElement[Any], place: int) -> ColumnElement[str]:
    """One of the texts of a member that is a list itself."""
    return _Said(value, literal_column(str(place)))


def numbers(sequences: Iterable[int]) -> str:
    """A list of integers as such a parameter."""
    return json.dumps(list(sequences))


def texts(members: Iterable[str]) -> str:
    """A list of texts as such a parameter."""
    return json.dumps(list(members), ensure_ascii=False)


class _Octets(FunctionElement[int]):
    name = "octet_length"
    type = Integer()
    inherit_cache = True


@compiles(_Octets)
def _octets(element: _Octets, compiler: Any, **kw: Any) -> str:
    return f"octet_length({compiler.process(element.clauses, **kw)})"


@compiles(_Octets, "sqlite")
def _octets_in_sqlite(element: _Octets, compiler: Any, **kw: Any) -> str:
    return f"length(CAST({compiler.process(element.clauses, **kw)} AS BLOB))"


def octets(value: ColumnElement[Any]) -> ColumnElement[int]:
    """How many bytes a text has in UTF-8."""
    return _Octets(value)


class _Holds(FunctionElement[bool]):
    name = "holds"
    type = Boolean()
    inherit_cache = True


@compiles(_Holds)
def _holds(element: _Holds, compiler: Any, **kw: Any) -> str:
    return f"(strpos({compiler.process(element.clauses, **kw)}) > 0)"


@compiles(_Holds, "sqlite")
def _holds_in_sqlite(element: _Holds, compiler: Any, **kw: Any) -> str:
    return f"(instr({compiler.process(element.clauses, **kw)}) > 0)"


def holds(value: ColumnElement[Any], part: ColumnElement[str] | str) -> ColumnElement[bool]:
    """Whether a text holds another, letter by letter."""
    return _Holds(value, written_out(part) if isinstance(part, str) else part)


class _Like(FunctionElement[bool]):
    name = "like_in_any_case"
    type = Boolean()
    inherit_cache = True


@compiles(_Like)
def _like(element: _Like, compiler: Any, **kw: Any) -> str:
    value, pattern = (compiler.process(each, **kw) for each in element.clauses)
    return f"({value} ILIKE {pattern} ESCAPE '!')"


@compiles(_Like, "sqlite")
def _like_in_sqlite(element: _Like, compiler: Any, **kw: Any) -> str:
    value, pattern = (compiler.process(each, **kw) for each in element.clauses)
    return f"({value} LIKE {pattern} ESCAPE '!')"


def like(value: ColumnElement[Any], pattern: str) -> ColumnElement[bool]:
    """Whether a text is like a pattern, `A` as `a`; `!` escapes `%` and `_`."""
    return _Like(value, bindparam(None, pattern, Text))


# -- words anywhere in a payload -----------------------------------------------------------------


class _Words(FunctionElement[bool]):
    """Payload, pattern for LIKE (escaped by `!`), JSON list of codes, number or NULL."""

    name = "words"
    type = Boolean()
    inherit_cache = True


_SILENT = "'kind', 'id', 'date', 'month'"
"""Keys whose values are no words of the document."""


@compiles(_Words)
def _words(element: _Words, compiler: Any, **kw: Any) -> str:
    payload, like, codes, word = (compiler.process(each, **kw) for each in element.clauses)
    inside = (
        "SELECT e.key, e.value FROM jsonb_each(CASE jsonb_typeof(t.value)"
        " WHEN 'object' THEN t.value ELSE '{}' END) e"
        " UNION ALL SELECT '', e.value FROM jsonb_array_elements(CASE jsonb_typeof(t.value)"
        " WHEN 'array' THEN t.value ELSE '[]' END) e"
    )
    text = "t.value #>> '{}'"
    return (
        f"EXISTS (WITH RECURSIVE t(key, value) AS (SELECT '', CAST({payload} AS JSONB)"  # noqa: S608
        f" UNION ALL SELECT n.key, n.value FROM t CROSS JOIN LATERAL ({inside}) n)"
        f" SELECT 1 FROM t WHERE t.key NOT IN ({_SILENT}) AND CASE jsonb_typeof(t.value)"
        f" WHEN 'string' THEN {text} ILIKE {like} ESCAPE '!' OR {text} IN"
        f" (SELECT jsonb_array_elements_text(CAST({codes} AS JSONB)))"
        f" WHEN 'number' THEN {text} = CAST(CAST({word} AS BIGINT) AS TEXT) END)"
    )


@compiles(_Words, "sqlite")
def _words_in_sqlite(element: _Words, compiler: Any, **kw: Any) -> str:
    payload, like, codes, word = (compiler.process(each, **kw) for each in element.clauses)
    return (
        f"EXISTS (SELECT 1 FROM json_tree({payload}) j WHERE j.key NOT IN ({_SILENT})"  # noqa: S608
        f" AND CASE j.type WHEN 'text' THEN j.atom LIKE {like} ESCAPE '!'"
        f" OR j.atom IN (SELECT value FROM json_each({codes}))"
        f" WHEN 'integer' THEN j.atom = {word} END)"
    )


def says(
    payload: ColumnElement[Any], like: str, codes: Iterable[str], word: int | None
) -> ColumnElement[bool]:
    """Whether a text of the payload is like this or one of the codes, or a number is `word`."""
    values = (bindparam(None, json.dumps(list(codes)), Text), bindparam(None, word, BigInteger))
    return _Words(payload, bindparam(None, like, Text), *values)


# -- joins that are made from left to right ------------------------------------------------------


class _InOrder(Join):
    inherit_cache = True


@compiles(_InOrder)
def _joined(join: _InOrder, compiler: Any, **kw: Any) -> str:
    found: str = compiler.visit_join(join, **kw)
    return found


@compiles(_InOrder, "sqlite")
def _joined_in_sqlite(join: _InOrder, compiler: Any, **kw: Any) -> str:
    """SQLite, which keeps no statistics here, goes through a cross join as it is written."""
    found: str = compiler.visit_join(join, **kw)
    at = found.rindex(" JOIN ", 0, found.rindex(" ON "))
    return f"{found[:at]} CROSS{found[at:]}"


def in_order(left: FromClause, right: FromClause, on: ColumnElement[bool]) -> Join:
    """Each of `left`, and by an index what of `right` belongs to it."""
    return _InOrder(left, right, on)


def newest_first(statement: Select[Any]) -> Select[Any]:
    """The statement's documents by date, then recording, the newest first."""
    return statement.order_by(entry.c.date.desc(), entry.c.sequence.desc())


def oldest_first(statement: Select[Any]) -> Select[Any]:
    """In the order of a book."""
    return statement.order_by(entry.c.date, entry.c.sequence)
