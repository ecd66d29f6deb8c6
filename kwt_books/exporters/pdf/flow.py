"""A report too long to be set at once: its rows are read twice and never all held.

The first time they tell how wide the columns have to be. The second time they are set as pages
come to them, and let go behind.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import islice
from math import inf

from kwt_books.exporters.pdf.blocks import Block, Page
from kwt_books.exporters.pdf.body import Before, Plan, Preparer
from kwt_books.exporters.pdf.columns import Col
from kwt_books.exporters.pdf.compose import Composed, composed, headed, in_accounts, tail, upright
from kwt_books.exporters.pdf.job import Job
from kwt_books.exporters.pdf.measures import Squeeze, crowded, setting_of
from kwt_books.exporters.pdf.table import Rolled, Table
from kwt_books.exporters.pdf.title import title_of
from kwt_books.reports.model import ColumnType, Report, Row, RowKind

_AHEAD = 200
"""Rows set beyond where a page begins: more than any page holds."""
_AT_ONCE = 1_000
_ROWS_BETWEEN = 200
_SHAPES = 40
"""Texts of one length, figures aside, that are looked at: one of them is about the widest."""
_FIGURES = str.maketrans("123456789", "000000000")


def compose_long(report: Report, job: Job) -> Composed:
    """As `compose.compose_report`, a few pages at a time."""
    preparer = Preparer(report, job.formats, job.t("Code"))
    money = sum(column.type is ColumnType.MONEY for column in report.columns)
    rows = telling(preparer, _told(report.rows, job.progress))
    sheet, setting = job.sheet, crowded(setting_of(report.layout, job.sheet), money)
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

    return composed(report, on, make, long=True)


def _told(rows: Iterable[Row], progress: Callable[[int], None] | None) -> Iterator[Row]:
    for place, row in enumerate(rows):
        if progress is not None and place % _ROWS_BETWEEN == 0:
            progress(place)
        yield row


def telling(preparer: Preparer, rows: Iterable[Row]) -> list[Row]:
    """As few rows as tell what columns all of them need: no other has a text of a new length,
    or of a new shape among those of its length."""
    report = preparer.report
    cols = preparer.listed()
    seen: defaultdict[tuple[int, int], set[str]] = defaultdict(set)
    found: list[Row] = []
    for row in rows:
        if in_accounts(report) and row.kind is RowKind.SECTION:
            continue  # the heading of an account is none of its table's
        new = len(seen[-1, row.level]) == 0
        seen[-1, row.level].add("")
        for place, col in enumerate(cols):
            for text in _measured(preparer, col, row):
                shapes = seen[place, len(text)]
                if len(shapes) < _SHAPES and (shape := text.translate(_FIGURES)) not in shapes:
                    shapes.add(shape)
                    new = True
        if new:
            found.append(row)
    return found


def _measured(preparer: Preparer, col: Col, row: Row) -> Iterable[str]:
    """A cell's text and, where it may be wrapped, its words."""
    for text in preparer.texts(col, [row]):
        yield text
        if col.flexible:
            yield from text.split()


class _Accounts:
    """The rows of a report, account by account, each read once: a report of one table is as if
    it had but one."""

    def __init__(self, report: Report) -> None:
        self._rows = iter(report.rows)
        self._parted = in_accounts(report)
        self._next = next(self._rows, None)

    @property
    def done(self) -> bool:
        return self._next is None

    def __iter__(self) -> Iterator[tuple[Row | None, Iterator[Row]]]:
        while self._next is not None:
            yield self._head(), self._lines()

    def _head(self) -> Row | None:
        return self._take() if self._begins() else None

    def _lines(self) -> Iterator[Row]:
        while self._next is not None and not self._begins():
            yield self._take()

    def _begins(self) -> bool:
        return self._parted and self._next is not None and self._next.kind is RowKind.SECTION

    def _take(self) -> Row:
        row, self._next = self._next, next(self._rows, None)
        assert row is not None
        return row


def _flows(preparer: Preparer, plan: Plan, job: Job, squeeze: Squeeze) -> Iterator[Block]:
    accounts = _Accounts(preparer.report)
    end = tuple(tail(job, preparer.report, squeeze))
    above = 0
    for head, rows in accounts:
        title, aside = headed(head) if head else ("", "")
        empty = job.t("No transactions in this period")
        table = Table(
            Rolled.roll(preparer.body([], plan), plan.setting),
            job.t,
            title,
            aside,
            above=above,
            empty=empty,
        )
        yield Flow(preparer, plan, rows, table, lambda: end if accounts.done else ())
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
        return self._table.above

    def height(self) -> float:
        self._fill()
        return self._table.height() if self._whole else inf

    def split(self, room: float) -> tuple[Block, Block] | None:
        self._fill()
        pieces = self._table.split(room)
        if pieces is None:
            return None
        first, rest = pieces
        assert isinstance(rest, Table)
        self._table = rest
        return first, self

    def draw(self, page: Page, x: float, top: float) -> None:
        self._table.draw(page, x, top)

    def _fill(self) -> None:
        """Rows enough for any page. One that is done stays: the next is set behind it."""
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
