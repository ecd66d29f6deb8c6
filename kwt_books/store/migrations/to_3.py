"""Postings bear their contra account, so that a ledger reads it instead of working it out.

It is worked out here for every document of before. Facts stay as they are: it is not sealed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import attrgetter
from typing import Any

from alembic.operations import Operations
from sqlalchemy import Integer, Text, bindparam, column, func, select, table, update

from kwt_books.domain.contra import contras

_POSTING = table(
    "posting",
    column("document", Integer),
    column("line", Integer),
    column("account", Text),
    column("amount", Integer),
    column("party", Text),
    column("closing", Integer),
    column("contra", Text),
)
_OF = _POSTING.c
_LAST = select(func.max(_OF.document))
_SOME = (
    select(_OF.account, _OF.amount, _OF.party, _OF.closing, _OF.document, _OF.line)
    .where(_OF.document.between(bindparam("first"), bindparam("last")))
    .order_by(_OF.document, _OF.line)
)
_SET = (
    update(_POSTING)
    .where(_OF.document == bindparam("of_document"), _OF.line == bindparam("of_line"))
    .values(contra=bindparam("across"))
)
_AT_ONCE = 2_000
"""Documents read at once."""


def upgrade(op: Operations) -> None:
    """Adds the column `contra` to `posting` and fills it."""
    connection = op.get_bind()
    collation = ' COLLATE "C"' if connection.dialect.name == "postgresql" else ""
    connection.exec_driver_sql(
        f"ALTER TABLE posting ADD COLUMN contra TEXT{collation} DEFAULT '' NOT NULL"
    )
    last = connection.execute(_LAST).scalar() or 0
    for first in range(1, last + 1, _AT_ONCE):
        asked = {"first": first, "last": first + _AT_ONCE - 1}
        if worked_out := list(_worked_out(connection.execute(_SOME, asked).all())):
            connection.execute(_SET, worked_out)


def _worked_out(rows: Sequence[Any]) -> Iterator[dict[str, object]]:
    for document, group in groupby(rows, key=attrgetter("document")):
        postings = list(group)
        for posting, across in zip(postings, contras(postings), strict=True):
            if across:
                yield {"of_document": document, "of_line": posting.line, "across": across}
