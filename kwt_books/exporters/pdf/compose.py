"""Reports, sections and notes as the blocks that fill their pages."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from html import escape
from itertools import groupby, islice
from math import inf

from kwt_books.exporters.cells import narrowed
from kwt_books.exporters.pdf.blocks import (
    LABEL_ROOM,
    Block,
    Keep,
    Page,
    Shifted,
    Spaced,
    Text,
    Whole,
    examiner,
    marked,
    officers,
    pages_filled,
    said,
    short_period,
    stacked,
    state_of,
    title_of,
)
from kwt_books.exporters.pdf.body import (
    CODE,
    LABEL,
    Before,
    Body,
    Col,
    Plan,
    Preparer,
    account_code,
)
from kwt_books.exporters.pdf.charts import Bars, Year
from kwt_books.exporters.pdf.job import (
    BAND_GREY,
    BOLD,
    MM,
    SEMIBOLD,
    SIGN_SPACE,
    TIGHT_SIGN_SPACE,
    Job,
    Setting,
    Sheet,
    Squeeze,
    crowded,
    fitted,
    part_setting,
    setting_of,
    wrap,
)
from kwt_books.exporters.pdf.table import Rolled, Table
from kwt_books.reports.model import ColumnType, Layout, Report, Row, RowKind
from kwt_books.reports.packs import BarChart, Section

_LEAST_UPRIGHT = 8.5
"""Smallest type, points, before the paper turns."""
_MANY_ROWS = 150
"""More rows than any page holds: closing up can't save a page."""
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
        """The table as a block, closed up as `squeeze` says."""
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
    plan = preparer.fitting(_measured_section(report), width, crowded(setting, money))
    return _filled(preparer, plan, heading) if plan else None


def forced(
    report: Report, job: Job, width: float, setting: Setting, heading: str = ""
) -> list[Ready]:
    """The tables of one report in columns that fit the width, narrowed by force if they must."""
    preparer = Preparer(report, job.formats, job.t("Code"))
    return _filled(preparer, preparer.forced(_measured_section(report), width, setting), heading)


def _measured_section(report: Report) -> list[Row]:
    """The rows whose texts decide the columns' widths: headings of accounts stand above tables."""
    book = in_accounts(report)
    return [row for row in report.rows if not (book and row.kind is RowKind.SECTION)]


def in_accounts(report: Report) -> bool:
    """Whether the report is set as one table an account, each below its section row."""
    return report.layout in (Layout.BOOK, Layout.LEDGER)


def _filled(preparer: Preparer, plan: Plan, heading: str) -> list[Ready]:
    report = preparer.report
    tables = []
    for head, rows in _accounts(report):
        title, aside = headed(head) if head else (heading, "")
        tables.append(Ready(preparer.body(rows, plan), title, aside))
    return tables


def _accounts(report: Report) -> list[tuple[Row | None, list[Row]]]:
    """The section row and the rows of each account; a report that is one table has no section."""
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
    """The heading of an account's table, and the text at its right end."""
    aside = next((cell for cell in row.cells if isinstance(cell, str) and cell), "")
    return "  ".join(filter(None, (account_code(row), row.label))), aside


# -- parts ---------------------------------------------------------------------------------


def compose_report(report: Report, job: Job) -> Composed:
    """A report on pages of its own, turned where its columns ask for it."""
    report = _emptied(report)
    if report.layout is Layout.NOTES:
        return compose_notes(report, job)
    if len(report.rows) > _FLOWING:
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


def _emptied(report: Report) -> Report:
    """Sums of nothing, all of them zero, are an empty report, which says so."""
    sums = (RowKind.SUBTOTAL, RowKind.TOTAL)
    says = any(row.kind not in sums or any(row.cells) for row in report.rows)
    return report if says else replace(report, rows=())


def composed(
    part: Report | Section, job: Job, make: Callable[[Squeeze], Iterable[Block]], *,
    long: bool = False,
) -> Composed:  # fmt: skip
    """A part with its title, period and state, made of the blocks that `make` gives."""
    return Composed(
        part.title,
        short_period(part.parameters, part.period, job),
        state_of(job, part.parameters),
        job.sheet,
        make,
        long,
    )


def compose_section(section: Section, job: Job) -> Composed:
    """Several small reports and charts on one page, or as many as they need."""
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
    report = _emptied(report)
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


# -- A report too long to be set at once: its rows are read twice and never all held -------------
#
# The first reading finds out how wide the columns have to be. The second sets the rows page by
# page, and forgets those of pages that are done.


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
    money = sum(column.type is ColumnType.MONEY for column in report.columns)
    rows = decisive_rows(preparer, _told(report.rows, job.progress))
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


class _Accounts:
    """The rows of a report, account by account, each read once; a report that is one table counts
    as one account.
    """

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


# -- The notes to the financial statements: numbered headings, sentences, small tables -----------
#
# In a report of this layout a SECTION row is the heading of a note (its code the number), a
# NOTE row a paragraph (on level 1 an item of a list, its code the letter, its first sentence
# the lead; on level 2 a line in large letters, to be read from afar and copied by hand), and
# LINE and TOTAL rows make a table of just those columns that the note uses.


_SHIFT = 9 * MM
_LEAD = re.compile(r"^(.{2,48}?[.:])\s+(?=\S)")
_MOST_INTRODUCING = 120.0
"""Points of a paragraph that is not parted from its table."""
_ONE_LINE = 16.0
"""Points of a paragraph that would stand lost on a page."""
_LEAST_LAST = 90.0
"""Points of notes that go on to a page with the signatures."""
_NUMBERED = re.compile(r"^([0-9]+)[.)]\s+(.*)$")


@dataclass
class NoteHeading(Whole):
    """The numbered heading of a note."""

    number: str
    text: str
    width: float
    above: float = 9
    size: float = 9.2

    def _lines(self) -> list[str]:
        return wrap(self.text.upper(), SEMIBOLD, self.size, self.width - _SHIFT)

    def height(self) -> float:
        """The height of its lines, points."""
        return 12 * len(self._lines()) + 1.5

    def draw(self, page: Page, x: float, top: float) -> None:
        """Draws number and heading."""
        for n, line in enumerate(self._lines()):
            y = top - self.size - 12 * n
            if n == 0 and self.number:
                page.pen.left(x, y, f"{self.number}.", SEMIBOLD, self.size)
            page.pen.left(x + _SHIFT, y, line, SEMIBOLD, self.size)


@dataclass
class Large(Whole):
    """A figure or sentence in large type on a grey band."""

    text: str
    width: float
    above: float = 4

    def height(self) -> float:
        """The band and the space below it, points."""
        return 48

    def draw(self, page: Page, x: float, top: float) -> None:
        """Draws the band and the text."""
        page.pen.band(x, top - 46, self.width, 46, BAND_GREY)
        size = fitted(self.text, BOLD, 24, self.width - 24)
        page.pen.centre(x + self.width / 2, top - 23 - size * 0.36, self.text, BOLD, size)


def compose_notes(report: Report, job: Job) -> Composed:
    """The notes to the financial statements, with signatures."""

    def make(squeeze: Squeeze) -> list[Block]:
        blocks: list[Block] = [title_of(job, report, job.sheet.text_width, squeeze)]
        blocks += note_blocks(report, job, squeeze)
        end = tail(job, report, squeeze)
        return with_tail(_last_together(blocks) if end else blocks, end)

    return composed(report, job, make, long=len(report.rows) > 150)


def _last_together(blocks: list[Block]) -> list[Block]:
    """Keeps the last blocks together, so that signatures never follow a single sentence."""
    at = len(blocks) - 1
    while at > 1 and stacked(blocks[at:]) < _LEAST_LAST:
        at -= 1
    return [*blocks[:at], Spaced(Keep(blocks[at:]), blocks[at].above)]


def note_blocks(report: Report, job: Job, squeeze: Squeeze) -> list[Block]:
    """The notes as blocks: each heading with what is under it."""
    blocks: list[Block] = []
    if not report.rows:
        text = marked(job.t("No transactions in this period"))
        blocks.append(Text(f"<i>{text}</i>", job.sheet.text_width))
    for n, (heading, rows) in enumerate(_notes(report)):
        inner = _inner(report, rows, job, squeeze)
        if heading is None:
            blocks += inner
            continue
        head = NoteHeading(heading.code or "", heading.label, job.sheet.text_width)
        head.above = 8 - 2 * squeeze.pitch if n else 0
        kept = Keep([head, *inner[:1]])
        blocks += [Spaced(kept, head.above), *inner[1:]]
    return blocks


def _notes(report: Report) -> list[tuple[Row | None, list[Row]]]:
    rows = list(report.rows)
    if rows and rows[0].kind is not RowKind.SECTION and report.title:
        found = _NUMBERED.match(report.title)
        number, title = (found[1], found[2]) if found else ("", report.title)
        rows.insert(0, Row(title, code=number, kind=RowKind.SECTION))
    notes: list[tuple[Row | None, list[Row]]] = []
    for row in rows:
        if row.kind is RowKind.SECTION and row.level == 0:
            notes.append((row, []))
        elif notes:
            notes[-1][1].append(row)
        else:
            notes.append((None, [row]))
    return notes


def _inner(report: Report, rows: Sequence[Row], job: Job, squeeze: Squeeze) -> list[Block]:
    """Paragraphs and tables of one note, in their order."""
    blocks: list[Block] = []
    for is_text, group in groupby(rows, key=lambda row: row.kind is RowKind.NOTE):
        if is_text:
            blocks += [_paragraph(row, job, first=not blocks and not n)
                       for n, row in enumerate(group)]  # fmt: skip
        else:
            width = job.sheet.text_width - _SHIFT
            for one in prepared(narrowed(report, list(group)), job, width, heading=""):
                table = one.table(job, squeeze, above=3 if blocks else 1, solid=True)
                blocks = _introduced(blocks, Shifted(table, _SHIFT))
    if len(blocks) > 1 and blocks[-1].height() < _ONE_LINE:
        blocks = _introduced(blocks[:-1], blocks[-1])
    return blocks


def _introduced(blocks: list[Block], block: Block) -> list[Block]:
    """A table or a last line goes with what is before it, unless that fills much of a page."""
    if not blocks or blocks[-1].height() > _MOST_INTRODUCING:
        return [*blocks, block]
    before = blocks[-1]
    return [*blocks[:-1], Spaced(Keep([before, block]), before.above)]


def _paragraph(row: Row, job: Job, *, first: bool) -> Block:
    size = setting_of(Layout.NOTES, job.sheet).size
    width = job.sheet.text_width - _SHIFT
    above = 0 if first else 2.2
    if row.level > 1:
        return Shifted(Large(row.label, width), _SHIFT)
    if not row.level:
        return Shifted(said(row.label, width, size, above=above, leading=1.27), _SHIFT)
    text = Text(_lead(row.label), width - LABEL_ROOM, size, above=above, leading=1.27)
    return Shifted(text, _SHIFT + LABEL_ROOM, row.code or "", size)


def _lead(text: str) -> str:
    """The first few words up to a full stop stand out as the item's name."""
    text = " ".join(text.split())
    found = _LEAD.match(text)
    if not found:
        return escape(text, quote=False)
    rest = escape(text[found.end() :], quote=False)
    return f"<b>{escape(found[1], quote=False)}</b> {rest}"
