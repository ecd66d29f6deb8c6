"""Rows too many to be held at once: read a window at a time, whenever they are asked for.

Only what goes through the book reads them; a screen is given windows of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import accumulate
from typing import overload

from kwt_books.i18n.catalogue import Translator
from kwt_books.reports.model import Column, ColumnType, Report, Row, RowKind, Value

MOST_HELD = 2_500
"""A report of no more rows than these holds them."""
WINDOW = 500
"""Rows read at a time."""
Read = Callable[[int, int], Sequence[Row]]
"""The rows from one place to before another."""
Placed = tuple[int, Row]
"""A row, and its place among all."""
Sift = Callable[[int, int, str], Iterable[Placed]]
"""Of those rows the ones that may contain a casefolded text: each that does, and few others."""


class ReadRows(Sequence[Row]):
    """So many rows, read when they are asked for."""

    def __init__(self, count: int, read: Read, sift: Sift | None = None) -> None:
        self._count, self._read = count, read
        self.sift: Sift = sift or self._all

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, place: int) -> Row: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Row]: ...
    def __getitem__(self, place: int | slice) -> Row | Sequence[Row]:
        """One row, or a window; windows have no gaps."""
        if isinstance(place, slice):
            start, stop, step = place.indices(self._count)
            if step != 1:
                raise ValueError(step)
            return self._read(start, stop)
        at = range(self._count)[place]
        return self._read(at, at + 1)[0]

    def _all(self, start: int, stop: int, _wanted: str) -> Iterable[Placed]:
        return enumerate(self._read(start, stop), start)

    def __iter__(self) -> Iterator[Row]:
        for start in range(0, self._count, WINDOW):
            yield from self._read(start, min(start + WINDOW, self._count))


class LongRows(ReadRows):
    """Rows one part after another: lists that are held, and lines that are read."""

    def __init__(self, parts: Sequence[Sequence[Row]]) -> None:
        self._parts = [part for part in parts if part]
        self._ends = list(accumulate(map(len, self._parts)))
        self.ahead: dict[int, list[Row]] = {}
        """Windows that were read before anybody asked, by their number."""
        super().__init__(self._ends[-1] if self._ends else 0, self._read_parts, self._sift_parts)

    def _within(self, start: int, stop: int) -> Iterator[tuple[Sequence[Row], int, int, int]]:
        """The parts that hold rows of a window: how many rows are before each, and which of its
        own are meant."""
        begin = 0
        for part, end in zip(self._parts, self._ends, strict=True):
            if start < end and begin < stop:
                yield part, begin, max(start - begin, 0), min(stop, end) - begin
            begin = end

    def _read_parts(self, start: int, stop: int) -> list[Row]:
        return [row for part, _, at, to in self._within(start, stop) for row in part[at:to]]

    def _sift_parts(self, start: int, stop: int, wanted: str) -> list[Placed]:
        found: list[Placed] = []
        for part, before, at, to in self._within(start, stop):
            if isinstance(part, ReadRows):
                found += [(before + place, row) for place, row in part.sift(at, to, wanted)]
            else:
                found += enumerate(part[at:to], before + at)
        return found

    def read_ahead(self) -> None:
        """What a screen begins with: the first window, and others that tell the columns' widths."""
        last = (len(self) - 1) // WINDOW
        for window in sorted({0, last // 3, last * 2 // 3, last}):
            start = window * WINDOW
            self.ahead[window] = self._read_parts(start, min(start + WINDOW, len(self)))

    @property
    def held(self) -> list[Row]:
        """The rows that need not be read: headings and sums, all but the lines."""
        return [row for part in self._parts if not isinstance(part, ReadRows) for row in part]

    def without_last(self) -> LongRows:
        """All but the last row, which is held."""
        rows = LongRows([*self._parts[:-1], self._parts[-1][:-1]])
        rows.ahead = self.ahead
        return rows


def rows_of(parts: Sequence[Sequence[Row]]) -> Sequence[Row]:
    """The rows of all parts, read at once where they are few."""
    rows = LongRows(parts)
    return rows if len(rows) > MOST_HELD else tuple(rows)


# ------------------------------------------------------------------------------------------------
# A report as paper has it: what is taken off in parentheses, debit and credit side by side.
#
# Programs read amounts as they are; people read them with their sign. Every rendering for people
# begins with `printed`.


def printed(report: Report, words: Translator) -> Report:
    """The same report for people; one that is printed already stays as it is.

    So does a long ledger: nothing is taken off in it, and all its columns are shown.
    """
    if isinstance(report.rows, LongRows):
        return report
    if report.name == "trial-balance" and len(report.columns) == 4:
        return _both_sides(report, words)
    return _without_codes(_with_signs(report))


def _without_codes(report: Report) -> Report:
    """Leaves out the columns that only programs need."""
    shown = [at for at, column in enumerate(report.columns) if column.printed]
    if len(shown) == len(report.columns):
        return report
    return replace(
        report,
        columns=tuple(report.columns[at] for at in shown),
        rows=tuple(
            row._replace(cells=tuple(row.cells[at] for at in shown if at < len(row.cells)))
            for row in report.rows
        ),
        label_at=sum(at < report.label_at for at in shown),
    )


def _with_signs(report: Report) -> Report:
    marked = any(column.deducted for column in report.columns)
    if not marked and not any(row.deducted for row in report.rows):
        return report
    return replace(
        report,
        columns=tuple(replace(column, deducted=False) for column in report.columns),
        rows=tuple(_signed(row, report.columns) for row in report.rows),
    )


def _signed(row: Row, columns: tuple[Column, ...]) -> Row:
    cells = tuple(
        -cell if isinstance(cell, int) and (row.deducted or column.deducted) else cell
        for cell, column in zip(row.cells, columns, strict=False)
    )
    return row._replace(cells=cells, deducted=False)


def _both_sides(report: Report, words: Translator) -> Report:
    """Opening and balance in a column for each side; the totals of both sides agree."""
    t, money = words, ColumnType.MONEY
    groups = (
        ("opening", t("Opening balance")),
        ("moved", t("Activity")),
        ("balance", t("Closing balance")),
    )
    columns = tuple(
        Column(f"{key}_{side}", label, money, summed=True, group=group)
        for key, group in groups
        for side, label in (("debit", t("Debit")), ("credit", t("Credit")))
    )
    lines = [_on_sides(row) for row in report.rows if row.kind is RowKind.LINE]
    sums = tuple(sum(_amount(row.cells[at]) for row in lines) for at in range(len(columns)))
    totals = [row._replace(cells=sums) for row in report.rows if row.kind is RowKind.TOTAL]
    return replace(report, columns=columns, rows=(*lines, *totals))


def _on_sides(row: Row) -> Row:
    opening, debit, credit, balance = (_amount(cell) for cell in row.cells)
    cells = (max(opening, 0), max(-opening, 0), debit, credit, max(balance, 0), max(-balance, 0))
    return row._replace(cells=cells)


def _amount(cell: Value) -> int:
    return cell if isinstance(cell, int) else 0
