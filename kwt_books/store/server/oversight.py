"""What is asked of all books of a database: each statement of one schema after the other's.

Nothing here names two schemas in one statement; one transaction sees all of them as of one moment.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from itertools import islice
from typing import Any

import psycopg
from psycopg import sql
from sqlalchemy import Select

from kwt_books.domain.address import ServerAddress
from kwt_books.store.reads import sql_of
from kwt_books.store.server.engine import call, storage_errors, within
from kwt_books.store.writes import SERVER

Asked = tuple[Select[*tuple[Any, ...]], tuple[object, ...]]
"""A statement with its values in their order."""
_AT_ONCE = 50
"""Books that are asked before the first answers are awaited."""
_BOOKS = """
SELECT n.nspname::text FROM pg_namespace n JOIN pg_class c ON c.relnamespace = n.oid
WHERE c.relname = 'book' AND c.relkind = 'r'
  AND has_schema_privilege(n.oid, 'USAGE') AND has_table_privilege(c.oid, 'SELECT')
ORDER BY n.nspname COLLATE "C"
"""


def ask_all(
    server: ServerAddress, asked: Sequence[Asked]
) -> Iterator[tuple[str, list[list[tuple[Any, ...]]]]]:
    """Each book that this login may read, by name, with the rows of each answer.

    Raises `StorageError` as opening a book does.
    """
    statements = [(sql_of(statement, SERVER), values) for statement, values in asked]
    with storage_errors(), closing(call(server)) as raw:
        raw.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        names = iter([name for (name,) in raw.execute(_BOOKS)])
        while some := list(islice(names, _AT_ONCE)):
            yield from _asked(raw, some, statements)


def _asked(
    raw: psycopg.Connection[Any], books: Sequence[str], statements: Sequence[tuple[str, Any]]
) -> Iterator[tuple[str, list[list[tuple[Any, ...]]]]]:
    waiting = []
    with raw.pipeline():
        for book in books:
            raw.execute(sql.Composed([within(book)]))
            waiting.append([raw.execute(statement, values) for statement, values in statements])
    for book, answers in zip(books, waiting, strict=True):
        yield book, [answer.fetchall() for answer in answers]
