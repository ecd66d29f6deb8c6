"""A report too long to be set at once: its rows are read twice and never all held.

The first reading finds out how wide the columns have to be. The second sets the rows page by page,
and forgets those of pages that are done.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import islice
from math import inf

from kwt_books.exporters.pdf.blocks import Block, Page, title_of
from kwt_books.exporters.pdf.body import CODE, LABEL, Before, Col, Plan, Preparer
from kwt_books.exporters.pdf.compose import (
    Accounts,
    Composed,
    Ready,
    closer,
    composed,
    headed,
    in_accounts,
    tail,
    upright,
)
from kwt_books.exporters.pdf.job import Job, Squeeze, setting_of
from kwt_books.exporters.pdf.table import Rolled, Table
from kwt_books.reports.model import ColumnType, Report, Row, RowKind

_AHEAD = 200
"""Rows set beyond where a page begins: more than any page holds."""
_AT_ONCE = 1_000
_ROWS_BETWEEN = 200
_SHAPES = 40
"""Shapes of texts of one length that are measured: one of them is about the widest."""
_KNOWN = 5_000
"""Values of a column that are remembered: many come again, as days do and what is sold."""
_FIGURES = str.maketrans("123456789", "000000000")


def compose_long(report: Report, job: Job) -> Composed:
    """A report as `compose_report` makes it, a few pages at a time."""
    preparer = Preparer(report, job.formats, job.t("Code"))
    rows = decisive_rows(preparer, _told(report.rows, job.progress))
    sheet, setting = job.sheet, closer(setting_of(report.layout, job.sheet), report)
    plan = preparer.fitting(rows, sheet.text_width, upright(setting))
    if plan is None:
        sheet = sheet.turned()
        plan = preparer.fitting(rows, sheet.text_width, setting) or preparer.forced(
            rows, sheet.text_width, setting
        )
    on, found = job.on(sheet), plan

    def make(squeeze: Squeeze) -> Iterator[Block]:
        yield title_of(on, report, sheet.text_width, squeeze)
        yield from _flows(preparer, found, on, squeeze)

    return composed(report, on, make, len(report.rows))


def _told(rows: Iterable[Row], progress: Callable[[int], None] | None) -> Iterator[Row]:
    for place, row in enumerate(rows):
        if progress is not None and place % _ROWS_BETWEEN == 0:
            progress(place)
        yield row


def decisive_rows(preparer: Preparer, rows: Iterable[Row]) -> list[Row]:
    """A few rows that decide the widths of the columns as well as all rows would.

    A row is kept where one of its texts has a length that no text of its column had before it, or,
    among the texts of that length, other letters; figures count as alike, for all are of one width.
    """
    report = preparer.report
    cols = preparer.listed()
    seen: defaultdict[tuple[int, int], set[str]] = defaultdict(set)
    sized: set[tuple[int, RowKind, int]] = set()
    known: list[set[tuple[RowKind, object]]] = [set() for _ in cols]
    found: list[Row] = []
    for row in rows:
        if in_accounts(report) and row.kind is RowKind.SECTION:
            continue  # it stands above the table
        new = len(seen[-1, row.level]) == 0
        seen[-1, row.level].add("")
        for place, col in enumerate(cols):
            if (digits := _digits(col, row)) is not None:
                if (place, row.kind, digits) in sized:
                    continue  # it need not be written out: its text would be like one before
                sized.add((place, row.kind, digits))
            elif (said := (row.kind, _said(col, row))) in known[place]:
                continue
            elif len(known[place]) < _KNOWN:
                known[place].add(said)
            for text in _measured_rows(preparer, col, row):
                shapes = seen[place, len(text)]
                if len(shapes) < _SHAPES and (shape := text.translate(_FIGURES)) not in shapes:
                    shapes.add(shape)
                    new = True
        if new:
            found.append(row)
    return found


def _said(col: Col, row: Row) -> object:
    """What a cell's text is made of, besides what kind of row it is."""
    if col.key in (LABEL, CODE):
        return row.label if col.key == LABEL else row.code
    return row.cells[col.at] if col.at < len(row.cells) else None


def _digits(col: Col, row: Row) -> int | None:
    """How many digits an amount has, as a negative number for one below zero; 0 for nil; None where
    the cell is no amount.
    """
    value = row.cells[col.at] if col.type is ColumnType.MONEY and col.at < len(row.cells) else None
    if type(value) is not int:
        return None
    return (len(str(value)) if value > 0 else -len(str(value))) if value else 0


def _measured_rows(preparer: Preparer, col: Col, row: Row) -> Iterable[str]:
    """A cell's text and, where it may be wrapped, its words."""
    for text in preparer.texts(col, [row]):
        yield text
        if col.flexible:
            yield from text.split()


def _flows(preparer: Preparer, plan: Plan, job: Job, squeeze: Squeeze) -> Iterator[Block]:
    accounts = Accounts(preparer.report)
    end = tuple(tail(job, preparer.report, squeeze))
    above = 0
    for head, rows in accounts:
        title, aside = headed(head) if head else ("", "")
        empty = Ready(preparer.body([], plan), title, aside).table(job, squeeze, above)
        yield Flow(preparer, plan, rows, empty, lambda: end if accounts.done else ())
        above = 15


class Flow:
    """One table. It is poured once, from above: what has been split off is let go."""

    def __init__(
        self,
        preparer: Preparer,
        plan: Plan,
        rows: Iterator[Row],
        empty: Table,
        end: Callable[[], tuple[Block, ...]],
    ) -> None:
        self._preparer, self._plan = preparer, plan
        self._coming = rows
        self._table, self._end = empty, end
        self._rows: list[Row] = []
        self._whole = False
        """No rows are to come any more."""

    @property
    def above(self) -> float:
        """Points before it; nil."""
        return self._table.above

    def height(self) -> float:
        """Points; endless while rows are still to come."""
        self._fill()
        return self._table.height() if self._whole else inf

    def split(self, room: float) -> tuple[Block, Block] | None:
        """What fits into `room` points, and the rest."""
        self._fill()
        pieces = self._table.split(room)
        if pieces is None:
            return None
        first, rest = pieces
        assert isinstance(rest, Table)
        self._table = rest
        return first, self

    def draw(self, page: Page, x: float, top: float) -> None:
        """Draws what is left of it."""
        self._table.draw(page, x, top)

    def _fill(self) -> None:
        """Reads and sets more rows where fewer than any page holds are left. The last row that is
        done is kept, for the space above the next one depends on it.
        """
        table = self._table
        if self._whole or len(self._rows) - table.first > _AHEAD:
            return
        fresh = list(islice(self._coming, _AT_ONCE))
        self._whole = len(fresh) < _AT_ONCE
        done = max(table.first - 1, 0)
        self._rows = [*self._rows[done:], *self._preparer.parted(fresh, self._plan)]
        body = self._preparer.body(self._rows, self._plan, Before.of(table.body, done))
        self._table = replace(
            table,
            rolled=Rolled.roll(body, self._plan.setting),
            first=table.first - done,
            tail=self._end() if self._whole else (),
        )
