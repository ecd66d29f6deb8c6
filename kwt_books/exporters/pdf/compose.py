"""From a report or a section to the blocks that fill its pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from kwt_books.exporters.pdf.blocks import (
    Block,
    Keep,
    Spaced,
    Text,
    marked,
    pages_filled,
)
from kwt_books.exporters.pdf.body import Body, Plan, Preparer, account_code
from kwt_books.exporters.pdf.charts import Bars, Year
from kwt_books.exporters.pdf.job import Job
from kwt_books.exporters.pdf.measures import (
    SIGN_SPACE,
    TIGHT_SIGN_SPACE,
    Setting,
    Sheet,
    Squeeze,
    crowded,
    part_setting,
    setting_of,
)
from kwt_books.exporters.pdf.sign import examiner, officers
from kwt_books.exporters.pdf.table import Rolled, Table
from kwt_books.exporters.pdf.title import short_period, state_of, title_of
from kwt_books.reports.model import ColumnType, Layout, Report, Row, RowKind
from kwt_books.reports.papers import BarChart, Section

_LEAST_UPRIGHT = 8.5
"""Smallest type, points, before the paper turns."""
_MANY_ROWS = 150
"""More rows than any page holds: no use trying to close up."""
_FLOWING = 1_000
"""A report of more rows than these is set a few pages at a time."""


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
        setting = self.body.setting.squeezed(squeeze.pitch)
        rolled = Rolled.roll(self.body, setting)
        empty = job.t("No transactions in this period")
        return Table(rolled, job.t, self.heading, self.aside, above=above, empty=empty, solid=solid)


def ready(
    report: Report, job: Job, width: float, setting: Setting, heading: str = ""
) -> list[Ready] | None:
    """The tables of one report; None where its columns don't fit this width."""
    preparer = Preparer(report, job.formats, job.t("Code"))
    money = sum(column.type is ColumnType.MONEY for column in report.columns)
    plan = preparer.fitting(_measured(report), width, crowded(setting, money))
    return _filled(preparer, plan, heading) if plan else None


def forced(
    report: Report, job: Job, width: float, setting: Setting, heading: str = ""
) -> list[Ready]:
    preparer = Preparer(report, job.formats, job.t("Code"))
    return _filled(preparer, preparer.forced(_measured(report), width, setting), heading)


def _measured(report: Report) -> list[Row]:
    """The rows that decide the columns: the heading of an account is none of its table's."""
    book = in_accounts(report)
    return [row for row in report.rows if not (book and row.kind is RowKind.SECTION)]


def in_accounts(report: Report) -> bool:
    """Whether it falls into tables, one an account, each under its section row."""
    return report.layout in (Layout.BOOK, Layout.LEDGER)


def _filled(preparer: Preparer, plan: Plan, heading: str) -> list[Ready]:
    report = preparer.report
    tables = []
    for head, rows in _accounts(report):
        title, aside = headed(head) if head else (heading, "")
        tables.append(Ready(preparer.body(rows, plan), title, aside))
    return tables


def _accounts(report: Report) -> list[tuple[Row | None, list[Row]]]:
    """A ledger falls into accounts, each under its section row; other reports are one table."""
    if not in_accounts(report):
        return [(None, list(report.rows))]
    groups: list[tuple[Row | None, list[Row]]] = []
    for row in report.rows:
        if row.kind is RowKind.SECTION:
            groups.append((row, []))
        elif groups:
            groups[-1][1].append(row)
        else:
            groups.append((None, [row]))
    return groups or [(None, [])]


def headed(row: Row) -> tuple[str, str]:
    aside = next((cell for cell in row.cells if isinstance(cell, str) and cell), "")
    return "  ".join(filter(None, (account_code(row), row.label))), aside


# -- parts ---------------------------------------------------------------------------------


def compose_report(report: Report, job: Job) -> Composed:
    """A report on pages of its own, turned where its columns ask for it."""
    if not _says_anything(report):
        report = replace(report, rows=())
    if report.layout is Layout.NOTES:
        from kwt_books.exporters.pdf.notes import compose_notes

        return compose_notes(report, job)
    if len(report.rows) > _FLOWING:
        from kwt_books.exporters.pdf.flow import compose_long

        return compose_long(report, job)
    sheet = job.sheet
    setting = setting_of(report.layout, sheet)
    tables = ready(report, job, sheet.text_width, upright(setting))
    if tables is None:
        sheet = sheet.turned()
        tables = ready(report, job, sheet.text_width, setting) or forced(
            report, job, sheet.text_width, setting
        )
    on = job.on(sheet)
    found = tables

    def make(squeeze: Squeeze) -> list[Block]:
        blocks: list[Block] = [title_of(on, report, sheet.text_width, squeeze)]
        for n, one in enumerate(found):
            blocks.append(one.table(on, squeeze, above=15 if n else 0))
        return with_tail(blocks, tail(on, report, squeeze))

    return composed(report, on, make, long=len(report.rows) > _MANY_ROWS)


def upright(setting: Setting) -> Setting:
    """Before the type gets smaller than this, the paper turns."""
    return replace(setting, smallest=_LEAST_UPRIGHT)


def _says_anything(report: Report) -> bool:
    """Sums of nothing, all of them zero, are an empty report."""
    sums = (RowKind.SUBTOTAL, RowKind.TOTAL)
    return any(row.kind not in sums or any(row.cells) for row in report.rows)


def composed(
    part: Report | Section, job: Job, make: Callable[[Squeeze], Iterable[Block]], *,
    long: bool = False,
) -> Composed:  # fmt: skip
    return Composed(
        part.title,
        short_period(part.parameters, part.period, job.formats),
        state_of(job, part.parameters, provisional=part.provisional),
        job.sheet,
        make,
        long,
    )


def compose_section(section: Section, job: Job) -> Composed:
    """Several small reports and charts on one page, or as many as they need."""
    from kwt_books.exporters.pdf.notes import note_blocks

    width = job.sheet.text_width
    tables = {
        n: prepared(part, job, width)
        for n, part in enumerate(section.parts)
        if isinstance(part, Report) and part.layout is not Layout.NOTES
    }

    def make(squeeze: Squeeze) -> list[Block]:
        blocks: list[Block] = [title_of(job, section, width, squeeze)]
        if section.intro:
            blocks.append(Text(marked(" ".join(section.intro)), width, 9.2, above=0))
        for n, part in enumerate(section.parts):
            above = 17 - 5 * squeeze.pitch if n or section.intro else 0
            if isinstance(part, Report) and part.layout is Layout.NOTES:
                blocks += note_blocks(part, job, squeeze)
            elif isinstance(part, Report):
                blocks += [one.table(job, squeeze, above, solid=True) for one in tables[n]]
            elif isinstance(part, BarChart):
                blocks.append(Bars(part, job.formats, width, 17.6 - 3 * squeeze.pitch))
            else:
                blocks.append(Year(part, job.formats, job.t, width))
        return with_tail(blocks, tail(job, section, squeeze))

    rows = sum(len(part.rows) for part in section.parts if isinstance(part, Report))
    return composed(section, job, make, long=rows > _MANY_ROWS)


def prepared(report: Report, job: Job, width: float, heading: str | None = None) -> list[Ready]:
    """The tables of a report that stands among others, under its own heading."""
    title = report.title if heading is None else heading
    setting = part_setting(report.layout, job.sheet)
    return ready(report, job, width, setting, title) or forced(report, job, width, setting, title)


def tail(job: Job, part: Report | Section, squeeze: Squeeze) -> list[Block]:
    """Closing sentences and signatures."""
    width = job.sheet.text_width
    blocks: list[Block] = []
    if part.closing:
        book = isinstance(part, Report) and part.layout in (Layout.BOOK, Layout.LEDGER)
        size = 9.3 if book else 8.5
        above = 8 if book else 7
        blocks.append(Text(marked(" ".join(part.closing)), width, size, above=above))
    if part.place_date:
        dated, by = job.place_date(part.place_date), isinstance(part, Report) and part.examiner
        if by:
            sign = examiner(job, dated, by, width, squeeze.sign)
        else:
            sign = officers(job, dated, width, squeeze.sign)
        sign.above -= 5 * squeeze.pitch
        blocks.append(sign)
    return blocks


def with_tail(blocks: list[Block], end: Sequence[Block]) -> list[Block]:
    """The last block takes the tail with it wherever it goes."""
    if not end:
        return blocks
    last = blocks[-1]
    if isinstance(last, Table):
        return [*blocks[:-1], replace(last, tail=(*last.tail, *end))]
    return [*blocks[:-1], Spaced(Keep([last, *end]), last.above)]
