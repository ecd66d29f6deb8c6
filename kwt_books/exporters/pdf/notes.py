"""The notes to the financial statements: numbered headings, sentences, small tables.

In a report of this layout a SECTION row is the heading of a note (its code the number), a NOTE row
a paragraph (on level 1 an item of a list, its code the letter, its first sentence the lead; on
level 2 a line in large letters, to be read from afar and copied by hand), and LINE and TOTAL rows
make a table of just those columns that the note uses.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from html import escape
from itertools import groupby

from kwt_books.exporters.pdf import fonts
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
    stacked,
)
from kwt_books.exporters.pdf.compose import (
    Composed,
    Ready,
    composed,
    prepared,
    tail,
    with_tail,
)
from kwt_books.exporters.pdf.job import Job
from kwt_books.exporters.pdf.measures import BAND_GREY, MM, Squeeze, setting_of
from kwt_books.exporters.pdf.title import title_of
from kwt_books.reports.model import Layout, Report, Row, RowKind

_SHIFT = 9 * MM
_LEAD = re.compile(r"^(.{2,48}?[.:])\s+(?=\S)")
_LEAST_LAST = 90.0
"""Points of notes that go on to a page with the signatures."""
_NUMBERED = re.compile(r"^([0-9]+)[.)]\s+(.*)$")


@dataclass
class NoteHeading(Whole):
    number: str
    text: str
    width: float
    above: float = 9
    size: float = 9.2

    def _lines(self) -> list[str]:
        return fonts.wrap(self.text.upper(), fonts.SEMIBOLD, self.size, self.width - _SHIFT)

    def height(self) -> float:
        return 12 * len(self._lines()) + 1.5

    def draw(self, page: Page, x: float, top: float) -> None:
        for n, line in enumerate(self._lines()):
            y = top - self.size - 12 * n
            if n == 0 and self.number:
                page.pen.left(x, y, f"{self.number}.", fonts.SEMIBOLD, self.size)
            page.pen.left(x + _SHIFT, y, line, fonts.SEMIBOLD, self.size)


@dataclass
class Large(Whole):
    """Alone on a grey band."""

    text: str
    width: float
    above: float = 4

    def height(self) -> float:
        return 48

    def draw(self, page: Page, x: float, top: float) -> None:
        page.pen.band(x, top - 46, self.width, 46, BAND_GREY)
        size = fonts.fitted(self.text, fonts.BOLD, 24, self.width - 24)
        page.pen.centre(x + self.width / 2, top - 23 - size * 0.36, self.text, fonts.BOLD, size)


def compose_notes(report: Report, job: Job) -> Composed:
    def make(squeeze: Squeeze) -> list[Block]:
        blocks: list[Block] = [title_of(job, report, job.sheet.text_width, squeeze)]
        blocks += note_blocks(report, job, squeeze)
        end = tail(job, report, squeeze)
        return with_tail(_last_together(blocks) if end else blocks, end)

    return composed(report, job, make, long=len(report.rows) > 150)


def _last_together(blocks: list[Block]) -> list[Block]:
    """The signatures don't stand under a single sentence: so much goes with them."""
    at = len(blocks) - 1
    while at > 1 and stacked(blocks[at:]) < _LEAST_LAST:
        at -= 1
    return [*blocks[:at], Spaced(Keep(blocks[at:]), blocks[at].above)]


def note_blocks(report: Report, job: Job, squeeze: Squeeze) -> list[Block]:
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
            for one in _note_tables(report, list(group), job):
                table = one.table(job, squeeze, above=3 if blocks else 1, solid=True)
                blocks.append(Shifted(table, _SHIFT))
    return blocks


def _paragraph(row: Row, job: Job, *, first: bool) -> Block:
    size = setting_of(Layout.NOTES, job.sheet).size
    width = job.sheet.text_width - _SHIFT
    above = 0 if first else 2.2
    if row.level > 1:
        return Shifted(Large(row.label, width), _SHIFT)
    if not row.level:
        return Shifted(Text(marked(row.label), width, size, above=above, leading=1.27), _SHIFT)
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


def _note_tables(report: Report, rows: list[Row], job: Job) -> list[Ready]:
    """The table of a note, with the columns it uses."""
    used = [
        at
        for at in range(len(report.columns))
        if any(at < len(row.cells) and row.cells[at] is not None for row in rows)
    ]
    part = replace(
        report,
        columns=tuple(report.columns[at] for at in used),
        rows=tuple(
            replace(row, cells=tuple(row.cells[a] if a < len(row.cells) else None for a in used))
            for row in rows
        ),
        label_at=sum(1 for at in used if at < report.label_at),
    )
    return prepared(part, job, job.sheet.text_width - _SHIFT, heading="")
