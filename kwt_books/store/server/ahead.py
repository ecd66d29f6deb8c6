"""What is asked of a far server in one go, instead of one question after the other.

Each answer takes as long as the line is. So work that only asks is run on guesses first: what is
not known yet is answered with nothing and noted, all that was noted is asked in one message, and
the work is run again with what is known now, until it asks nothing new. The last run rests on no
guess, and all of it is one transaction: every answer is of the same moment.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Mapping, Sequence
from contextlib import suppress
from typing import Any, TypeVar

import psycopg
from sqlalchemy import Connection, Engine, event

from kwt_books.domain.errors import BookError
from kwt_books.store.noted import AHEAD
from kwt_books.store.server.engine import driver_of

T = TypeVar("T")
Values = Mapping[str, Any] | Sequence[Any]
Key = tuple[str, Hashable]
FAR = 0.01
"""Seconds that an answer takes at the least, where a server is far."""
_RUNS = 6
"""Runs on guesses; after them questions are asked as they come."""
_OF_ALL = re.compile(r"SELECT (?:(coalesce\((?:CAST\(sum|max)|count)|max|min)\(")
"""What gives a row even of nothing: of noughts, or of nothing known."""
_NUMBER = 20
"""PostgreSQL's own number for the type of big integers."""
_WIDE = 8
"""As many columns as a sum has that the driver itself is asked for."""
_MOST = 1_000
"""Questions that are noted in one run: work that asks more goes by what it is answered."""


class _TooMany(Exception):  # noqa: N818 - ends a run on guesses
    pass


class Answer:
    """What a cursor gives of rows that came already, as often as it is wanted."""

    def __init__(self, description: Any = None, rows: Sequence[Any] = ()) -> None:
        self.description, self.rowcount = description, len(rows)
        self._rows, self._at = rows, 0

    def fetchall(self) -> Sequence[Any]:
        """The rows that are left."""
        found, self._at = self._rows[self._at :], len(self._rows)
        return found

    def fetchmany(self, size: int = 1) -> Sequence[Any]:
        """The next rows."""
        found = self._rows[self._at : self._at + size]
        self._at += len(found)
        return found

    def fetchone(self) -> Any:
        """The next row; None at the end."""
        return next(iter(self.fetchmany()), None)

    def __iter__(self) -> Answer:
        return self

    def __next__(self) -> Any:
        row = self.fetchone()
        if row is None:
            raise StopIteration
        return row

    def close(self) -> None:
        """Nothing is held."""


class Ahead:
    """The questions of one transaction, and what was answered."""

    def __init__(self, raw: psycopg.Connection[Any]) -> None:
        self._raw = raw
        self._known: dict[Key, tuple[Any, Sequence[Any]]] = {}
        self._noted: dict[Key, Values] = {}
        self.guesses = True
        """Whether what is not known is guessed; else it is asked at once."""

    @property
    def guessed(self) -> bool:
        """Whether something was guessed since the last answers came."""
        return bool(self._noted)

    def execute(self, sql: str, values: Values = (), columns: int = _WIDE) -> Any:
        """What the driver's own connection gives, or a guess."""
        return self.answer(sql, values, columns) or self._raw.execute(sql, values)

    def forget(self) -> None:
        """From now on all is asked anew: something is written."""
        self._known.clear()
        self.guesses = False

    def answer(self, sql: str, values: Values, columns: int) -> Answer | None:
        """What is known, or a guess; None where it is to be asked now."""
        key = _key(sql, values)
        found = self._known.get(key) if key is not None else None
        if found is not None:
            return Answer(*found)
        if key is None or not self.guesses:
            return None
        if len(self._noted) >= _MOST:
            raise _TooMany
        self._noted[key] = values
        of_all = _OF_ALL.match(sql) if "GROUP BY" not in sql else None
        rows = [(0 if of_all[1] else None,) * columns] if of_all is not None else []
        return Answer([("", _NUMBER, *[None] * 5)] * columns, rows)

    def ask(self) -> None:
        """Asks all that was noted; where a guess led to nonsense, guesses no more."""
        noted, self._noted = self._noted, {}
        try:
            with self._raw.pipeline():
                self._raw.execute("SAVEPOINT ahead")
                asked = {key: self._raw.execute(key[0], values) for key, values in noted.items()}
            for key, cursor in asked.items():
                self._known[key] = (cursor.description, cursor.fetchall())
        except psycopg.Error:
            self.guesses = False
            self._raw.execute("ROLLBACK TO SAVEPOINT ahead")


def _key(sql: str, values: Values) -> Key | None:
    given = tuple(values.items()) if isinstance(values, Mapping) else tuple(values)
    try:
        hash(given)
    except TypeError:
        return None
    return sql, given


def listen(engine: Engine) -> None:
    """From now on statements of SQLAlchemy's are answered by what is known, where something is."""

    @event.listens_for(engine, "do_execute")
    def _answered(_cursor: object, sql: str, values: Values, context: Any) -> bool:
        if context.compiled is None or "yield_per" in context.execution_options:
            return False
        ahead = context.root_connection.info.get(AHEAD)
        if ahead is None:
            return False
        found = ahead.answer(sql, values, len(context.compiled.statement.selected_columns))
        if found is not None:
            context.cursor = found
        return found is not None


def in_few_trips(connection: Connection, work: Callable[[], T]) -> T:
    """What work gives that only asks. What it asked is known to the end of the transaction.

    Work within other work is run along with it. Raises what the work raises once it goes by answers
    alone.
    """
    ahead = connection.info.get(AHEAD)
    if ahead is not None and ahead.guesses:
        return work()
    if ahead is None:
        ahead = connection.info[AHEAD] = Ahead(driver_of(connection))
    ahead.guesses = True
    try:
        for _ in range(_RUNS):
            try:
                made = work()
            except Exception:
                if not ahead.guessed:
                    raise
            else:
                if not ahead.guessed:
                    return made
            ahead.ask()
    finally:
        ahead.guesses = False
    return work()


def foresee(connection: Connection, work: Callable[[], object]) -> None:
    """Asks what work will ask that goes on to write; what it gives or refuses is not looked at."""
    with suppress(BookError):
        in_few_trips(connection, work)
