"""A statement that sets two figures side by side: this period's and the one before."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from kwt_books.i18n.catalogue import Translator
from kwt_books.reports.chart_of_statements import Note
from kwt_books.reports.model import Column, ColumnType, Value


class Pair(NamedTuple):
    """An amount and the one it is compared with, whole rupiah."""

    amount: int = 0
    previous: int = 0

    def plus(self, other: Pair) -> Pair:
        return Pair(self.amount + other.amount, self.previous + other.previous)

    def times(self, sign: int) -> Pair:
        return Pair(sign * self.amount, sign * self.previous)

    def minus(self, other: Pair) -> Pair:
        return self.plus(other.times(-1))


NIL = Pair()
NO_CELLS: tuple[Value, ...] = (None, None, None)
"""Of a heading."""


def summed(pairs: Iterable[Pair]) -> Pair:
    found = NIL
    for each in pairs:
        found = found.plus(each)
    return found


def columns(words: Translator, amount: str, previous: str) -> tuple[Column, ...]:
    return (
        Column("note", words("Notes"), ColumnType.TEXT),
        Column("amount", amount, ColumnType.MONEY),
        Column("previous", previous, ColumnType.MONEY),
    )


def cells(pair: Pair, note: Note | None = None) -> tuple[Value, ...]:
    """A row's values for these columns."""
    return (str(int(note)) if note is not None else None, pair.amount, pair.previous)
