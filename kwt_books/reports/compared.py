"""Figures side by side: of this period, of the one before, and of the year so far.

What lies before the book is not available: its cells are empty, never nil, its column says so,
and a sentence below says when the book begins.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from kwt_books.reports.context import Context
from kwt_books.reports.model import Column, ColumnType, Value


class Compared(NamedTuple):
    """An amount, the one before, and that of the year (or of its beginning), whole rupiah."""

    amount: int = 0
    previous: int = 0
    year: int = 0

    def plus(self, other: Compared) -> Compared:
        """The sums of the figures, each with its own."""
        return Compared(
            self.amount + other.amount, self.previous + other.previous, self.year + other.year
        )

    def times(self, sign: int) -> Compared:
        """All figures with this sign."""
        return Compared(sign * self.amount, sign * self.previous, sign * self.year)

    def minus(self, other: Compared) -> Compared:
        """The differences of the figures, each with its own."""
        return self.plus(other.times(-1))


NIL = Compared()


def summed(found: Iterable[Compared]) -> Compared:
    """The sums of all figures, each with its own."""
    return Compared(*map(sum, zip(*found, strict=True)))


@dataclass(frozen=True, slots=True)
class Beside:
    """The columns of a statement: which there are, what they are called, what they have."""

    now: str
    before: str
    year: str = ""
    """Empty where it would say again what another column says."""
    available: bool = True
    """Whether the book has anything of the time before."""
    since: str = ""
    """The day that the year's figures begin with, where that is not the first of January."""
    noted: bool = True
    """Whether the first column refers to the notes."""

    def columns(self, context: Context) -> tuple[Column, ...]:
        """The columns of a statement: notes, this period, the one before, the year so far."""
        t, money = context.words, ColumnType.MONEY
        before = self.before if self.available else f"{self.before}\n{t('not available')}"
        columns = [Column("amount", self.now, money), Column("previous", before, money)]
        if self.noted:
            columns.insert(0, Column("note", t("Notes"), ColumnType.TEXT))
        if self.year:
            columns.append(Column("year", self.year, money))
        return tuple(columns)

    def cells(self, found: Compared, note: int | None = None) -> tuple[Value, ...]:
        """A row's values for these columns; `note` is the number that it refers to."""
        values: list[Value] = [found.amount, found.previous if self.available else None]
        if self.noted:
            values.insert(0, str(int(note)) if note is not None else None)
        if self.year:
            values.append(found.year)
        return tuple(values)

    @property
    def blank(self) -> tuple[Value, ...]:
        """Of a heading."""
        return (None,) * (2 + self.noted + bool(self.year))

    def said(self, context: Context) -> tuple[str, ...]:
        """What figures there are none of, or not all, and why."""
        t, found = context.words, []
        if not self.available:
            text = t(
                "Figures of {period} are not available: this book begins on {day}.",
                period=self.before,
                day=context.formats.day(context.begins),
            )
            found.append(text)
        if self.since:
            text = t(
                "{column}: since {day}, when this book begins.", column=self.year, day=self.since
            )
            found.append(text)
        return tuple(found)
