"""What parts of a PDF are made of: tables that are measured once, and the tail with signatures."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from kwt_books.exporters.pdf.blocks import (
    Block,
    Keep,
    Spaced,
    Text,
    examiner,
    marked,
    officers,
    pages_filled,
    said,
    short_period,
    state_of,
)
from kwt_books.exporters.pdf.body import Body, Plan, Preparer, account_code
from kwt_books.exporters.pdf.job import (
    SIGN_SPACE,
    TIGHT_SIGN_SPACE,
    Job,
    Setting,
    Sheet,
    Squeeze,
    crowded,
    part_setting,
)
from kwt_books.exporters.pdf.table import Rolled, Table
from kwt_books.reports.model import ColumnType, Layout, Report, Row, RowKind
from kwt_books.reports.packs import Section

_LEAST_UPRIGHT = 8.5
"""Smallest type, points, before the paper turns."""
_MANY_ROWS = 150
"""More rows than any page holds: closing up can't save a page."""
_SQUEEZES = (
    *(Squeeze(n / 10) for n in range(11)),
    *(Squeeze(1, SIGN_SPACE + (TIGHT_SIGN_SPACE - SIGN_SPACE) * n / 3) for n in (1, 2, 3)),
)


@dataclass(frozen=True, slots=True)
class Composed:
    """A part ready to be poured onto pages."""

    title: str
    period: str
    state: str
    sheet: Sheet
    make: Callable[[Squeeze], Iterable[Block]]
    long: bool = False

    def fitted(self) -> Iterable[Block]:
        """The blocks, closed up no further than saves a page."""
        loose = self.make(Squeeze())
        if self.long or (most := self._pages(loose)) == 1:
            return loose
        fewest = self._pages(self.make(_SQUEEZES[-1]))
        if fewest == most:
            return loose
        return next(blocks for s in _SQUEEZES if self._pages(blocks := self.make(s)) == fewest)

    def _pages(self, blocks: Iterable[Block]) -> int:
        first, later = (self.sheet.ceiling(first=f) - self.sheet.floor for f in (True, False))
        return pages_filled(blocks, first, later)


# -- tables --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Ready:
    """A table measured once; every squeeze rolls it anew."""

    body: Body
    heading: str
    aside: str

    def table(self, job: Job, squeeze: Squeeze, above: float, *, solid: bool = False) -> Table:
        """The table as a block, closed up as `squeeze` says."""
        setting = self.body.setting.squeezed(squeeze.pitch)
        rolled = Rolled.roll(self.body, setting)
        empty = job.t("No transactions in this period")
        return Table(rolled, job.t, self.heading, self.aside, above=above, empty=empty, solid=solid)


def ready(
    report: Report, job: Job, width: float, setting: Setting, heading: str = ""
) -> list[Ready]:
    """The tables of one report in columns that fit the width, narrowed by force if they must."""
    fitted = fitting(report, job, width, setting, heading)
    if fitted is not None:
        return fitted
    preparer = Preparer(report, job.formats, job.t("Code"))
    return _filled(preparer, preparer.forced(_measured(report), width, setting), heading)


def fitting(
    report: Report, job: Job, width: float, setting: Setting, heading: str = ""
) -> list[Ready] | None:
    """The tables of one report; None where its columns don't fit this width."""
    preparer = Preparer(report, job.formats, job.t("Code"))
    plan = preparer.fitting(_measured(report), width, closer(setting, report))
    return _filled(preparer, plan, heading) if plan else None


def closer(setting: Setting, report: Report) -> Setting:
    """The setting, closer where the report has many columns of money."""
    return crowded(setting, sum(column.type is ColumnType.MONEY for column in report.columns))


def _measured(report: Report) -> list[Row]:
    """The rows whose texts decide the columns' widths: headings of accounts stand above tables."""
    book = in_accounts(report)
    return [row for row in report.rows if not (book and row.kind is RowKind.SECTION)]


def in_accounts(report: Report) -> bool:
    """Whether the report is set as one table an account, each below its section row."""
    return report.layout in (Layout.BOOK, Layout.LEDGER)


def _filled(preparer: Preparer, plan: Plan, heading: str) -> list[Ready]:
    tables = []
    for head, rows in Accounts(preparer.report):
        title, aside = headed(head) if head else (heading, "")
        tables.append(Ready(preparer.body(list(rows), plan), title, aside))
    return tables or [Ready(preparer.body([], plan), heading, "")]


class Accounts:
    """The rows of a report, account by account, each read once; a report that is one table counts
    as one account.
    """

    def __init__(self, report: Report) -> None:
        self._rows = iter(report.rows)
        self._parted = in_accounts(report)
        self._next = next(self._rows, None)

    @property
    def done(self) -> bool:
        """Whether every row was read."""
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


def headed(row: Row) -> tuple[str, str]:
    """The heading of an account's table, and the text at its right end."""
    aside = next((cell for cell in row.cells if isinstance(cell, str) and cell), "")
    return "  ".join(filter(None, (account_code(row), row.label))), aside


# -- parts ---------------------------------------------------------------------------------


def upright(setting: Setting) -> Setting:
    """Before the type gets smaller than this, the paper turns."""
    return replace(setting, smallest=_LEAST_UPRIGHT)


def emptied(report: Report) -> Report:
    """Sums of nothing, all of them zero, are an empty report, which says so."""
    sums = (RowKind.SUBTOTAL, RowKind.TOTAL)
    says = any(row.kind not in sums or any(row.cells) for row in report.rows)
    return report if says else replace(report, rows=())


def composed(
    part: Report | Section, job: Job, make: Callable[[Squeeze], Iterable[Block]], rows: int
) -> Composed:
    """A part of that many rows, with its title, period and state, made of what `make` gives."""
    return Composed(
        part.title,
        short_period(part.parameters, part.period, job),
        state_of(job, part.parameters),
        job.sheet,
        make,
        rows > _MANY_ROWS,
    )


def prepared(report: Report, job: Job, width: float, heading: str | None = None) -> list[Ready]:
    """The tables of a report that stands among others, under its own heading."""
    report = emptied(report)
    title = report.title if heading is None else heading
    setting = part_setting(report.layout, job.sheet)
    return ready(report, job, width, setting, title)


def tail(job: Job, part: Report | Section, squeeze: Squeeze) -> list[Block]:
    """Closing sentences and signatures."""
    width = job.sheet.text_width
    blocks: list[Block] = []
    if part.closing:
        book = isinstance(part, Report) and in_accounts(part)
        size = 9.3 if book else 8.5
        above = 8 if book else 7
        blocks.append(said(" ".join(part.closing), width, size, above=above))
    if part.place_date:
        dated, by = job.place_date(part.place_date), isinstance(part, Report) and part.examiner
        if by:
            sign = examiner(job, dated, by, width, squeeze.sign)
        else:
            sign = officers(job, dated, width, squeeze.sign)
        sign.above -= 5 * squeeze.pitch
        blocks.append(sign)
    elif part.initialled:
        blanks = {"chair": "……………", "treasurer": "……………"}
        text = job.t("Initials: chair {chair} treasurer {treasurer}", **blanks)
        blocks.append(Text(marked(text), width, 8.5, above=7))
    return blocks


def with_tail(blocks: list[Block], end: Sequence[Block]) -> list[Block]:
    """The last block takes the tail with it wherever it goes."""
    if not end:
        return blocks
    last = blocks[-1]
    if isinstance(last, Table):
        return [*blocks[:-1], replace(last, tail=(*last.tail, *end))]
    return [*blocks[:-1], Spaced(Keep([last, *end]), last.above)]
