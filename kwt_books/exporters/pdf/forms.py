"""Blocks of signed papers: fields with their values, lines to write on, small tables."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kwt_books.exporters.pdf import fonts
from kwt_books.exporters.pdf.blocks import Block, Page, Text, Whole, marked
from kwt_books.exporters.pdf.compose import Composed, Ready, forced, ready
from kwt_books.exporters.pdf.job import Job
from kwt_books.exporters.pdf.measures import Squeeze, part_setting
from kwt_books.exporters.pdf.title import Title
from kwt_books.i18n.words import rupiah_in_words
from kwt_books.reports.model import Report


@dataclass
class Fields(Whole):
    """`Tanggal : 2 Juni 2026`, one below the other; long values wrap."""

    rows: Sequence[tuple[str, str]]
    width: float
    above: float = 4
    label_width: float = 92
    indent: float = 0
    number: str = ""
    size: float = 9.3
    strong: int = -1
    """Which row's value stands out."""

    def _values(self) -> list[list[str]]:
        room = self.width - self.indent - self.label_width - 10
        return [fonts.wrap(v, fonts.SEMIBOLD, self.size, room) for _, v in self.rows]

    def height(self) -> float:
        return 12.4 * sum(len(lines) for lines in self._values()) + 2

    def draw(self, page: Page, x: float, top: float) -> None:
        pen, y = page.pen, top - self.size
        left = x + self.indent
        if self.number:
            pen.left(left - 17, y, self.number, fonts.REGULAR, self.size)
        for n, ((label, _), lines) in enumerate(zip(self.rows, self._values(), strict=True)):
            pen.left(left, y, label, fonts.REGULAR, self.size)
            pen.left(left + self.label_width, y, ":", fonts.REGULAR, self.size)
            font = fonts.SEMIBOLD if n == self.strong else fonts.REGULAR
            for line in lines:
                pen.left(left + self.label_width + 8, y, line, font, self.size)
                y -= 12.4


@dataclass
class WritingLine(Whole):
    """A dotted line to be filled in by hand, after its label."""

    label: str
    width: float
    above: float = 4

    def height(self) -> float:
        return 18

    def draw(self, page: Page, x: float, top: float) -> None:
        base = top - 12
        page.pen.left(x, base, self.label, fonts.REGULAR, 9.3)
        after = fonts.width(self.label, fonts.REGULAR, 9.3) + 5 if self.label else 0
        page.pen.dotted(x + after, x + self.width, base - 2)


def paragraph(text: str, job: Job, above: float = 7) -> Text:
    return Text(marked(text), job.sheet.text_width, 9.3, above=above, leading=1.36)


def heading(job: Job, title: str, number: str) -> Title:
    """Title of a signed paper with its number below."""
    line = job.t("Number: {number}", number=number) if number else ""
    return Title(title, line, "", "", job.sheet.text_width)


def small_table(job: Job, report: Report) -> Ready:
    """A table made for a paper: as wide as the page, without a heading."""
    setting, width = part_setting(report.layout, job.sheet), job.sheet.text_width
    return (ready(report, job, width, setting) or forced(report, job, width, setting))[0]


def amount_in_words(job: Job, amount: int) -> str:
    """`Rp180.000 (seratus delapan puluh ribu rupiah)`."""
    words = rupiah_in_words(amount, job.t.language)
    return f"{job.formats.rupiah(amount)} ({words})"


def signed_paper(
    job: Job, title: str, period: str, make: Callable[[Squeeze], Sequence[Block]]
) -> Composed:
    """A paper of its own; its foot says nothing of the month."""
    return Composed(title, period, "", job.sheet, make)
