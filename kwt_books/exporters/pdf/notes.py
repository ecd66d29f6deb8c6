"""The notes to the financial statements: numbered headings, sentences, small tables.

In a report of this layout a SECTION row is the heading of a note (its code the number), a NOTE row
a paragraph, and LINE and TOTAL rows make a table of just those columns that the note uses. On level
1 a NOTE row is an item of a list, its code the letter, its first sentence the lead; on level 2 a
line in large letters, to be read from afar and copied by hand.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby

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
    marked,
    said,
    stacked,
    title_of,
)
from kwt_books.exporters.pdf.compose import Composed, composed, prepared, tail, with_tail
from kwt_books.exporters.pdf.job import (
    BAND_GREY,
    BOLD,
    MM,
    SEMIBOLD,
    Job,
    Squeeze,
    fitted,
    setting_of,
    wrap,
)
from kwt_books.reports.model import Layout, Report, Row, RowKind

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

    return composed(report, job, make, len(report.rows))


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
