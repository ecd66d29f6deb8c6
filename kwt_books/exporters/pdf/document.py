"""Reports, sections and papers into one PDF."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO

from kwt_books.exporters.pdf.blocks import Block, Text, marked, pour, title_of
from kwt_books.exporters.pdf.charts import Bars, Year
from kwt_books.exporters.pdf.compose import (
    Composed,
    composed,
    emptied,
    fitting,
    prepared,
    ready,
    tail,
    upright,
    with_tail,
)
from kwt_books.exporters.pdf.cover import Entry, contents_blocks, cover_blocks
from kwt_books.exporters.pdf.job import Job, Squeeze, register, setting_of, sheet_named
from kwt_books.exporters.pdf.long_report import compose_long
from kwt_books.exporters.pdf.notes import compose_notes, note_blocks
from kwt_books.exporters.pdf.page import Pages, Running
from kwt_books.exporters.pdf.papers import compose_paper
from kwt_books.exporters.pdf.slips import RECEIPTS_A_PAGE, draw_labels, draw_receipts
from kwt_books.i18n.catalogue import Translator, resources_dir
from kwt_books.i18n.formats import Formats
from kwt_books.reports.long_rows import printed
from kwt_books.reports.model import Identity, Imprint, Layout, Report
from kwt_books.reports.packs import BarChart, Chapter, Cover, Part, Proofs, Section
from kwt_books.reports.papers import LabelSheet, Receipt, Receipts

if TYPE_CHECKING:
    from kwt_books.exporters.pdf.proofs import Laid

Ready = Composed | tuple[Receipt, ...] | LabelSheet | Chapter | Proofs
_FLOWING = 1_000
"""A report of more rows than these is set a few pages at a time."""


def render(
    parts: Sequence[Part],
    identity: Identity,
    imprint: Imprint,
    translator: Translator,
    out: BinaryIO,
    *,
    paper: str | None = None,
    cover: Cover | None = None,
    contents: bool = False,
    progress: Callable[[int], None] | None = None,
    two_up: bool = False,
) -> None:
    """Write `parts`, in their order, to `out` as a PDF.

    `paper` is `F4` or `A4`, else the group's own. The same input gives the same bytes.
    `progress` is told the pages that are done. `two_up` sets two pages side by side on a sheet.
    """
    register(resources_dir() / "fonts")
    sheet = sheet_named(paper or identity.paper)
    job = Job(identity, imprint, translator, Formats(translator.language), sheet, progress)
    ready = list(_composed(parts, job))
    made = BytesIO() if any(isinstance(part, Proofs) for part in ready) else out
    pages = Pages(made, job, _title(ready, cover, job), progress)
    pages.two_up = two_up
    entries = _entries(ready, job)
    if cover or contents:
        state = next((part.state for part in ready if isinstance(part, Composed)), "")
        _front(pages, job, cover, entries if contents else [], state)
    laid = _fill(pages, ready, job)
    if not pages.begun:
        pages.begin(Running(job.identity.name), sheet)  # a PDF has a page, if an empty one
    pages.close()
    if isinstance(made, BytesIO) and made is not out:
        _finish(made, ready, laid, out)


def _finish(made: BytesIO, ready: list[Ready], laid: list[Laid], out: BinaryIO) -> None:
    """Writes out what was made, with the pages of files that are proofs."""
    from kwt_books.exporters.pdf.proofs import lay_in

    if not laid:
        out.write(made.getbuffer())
        return
    refused = lay_in(made, laid, out)
    for part in ready:
        if isinstance(part, Proofs):
            part.refused.extend((each, "proof-damaged") for each in refused if each in part.proofs)


def _composed(parts: Sequence[Part], job: Job) -> Iterator[Ready]:
    """Every part composed; neighbouring receipts share their pages."""
    receipts: list[Receipt] = []
    for part in parts:
        if isinstance(part, Receipt | Receipts):
            receipts += part.receipts if isinstance(part, Receipts) else (part,)
            continue
        if receipts:
            yield tuple(receipts)
            receipts = []
        if isinstance(part, Report):
            yield compose_report(printed(part, job.t), job)
        elif isinstance(part, Section):
            yield compose_section(_printed(part, job), job)
        elif isinstance(part, Chapter | LabelSheet | Proofs):
            yield part
        else:
            yield compose_paper(part, job)
    if receipts:
        yield tuple(receipts)


def _printed(section: Section, job: Job) -> Section:
    parts = (printed(one, job.t) if isinstance(one, Report) else one for one in section.parts)
    return replace(section, parts=tuple(parts))


def compose_report(report: Report, job: Job) -> Composed:
    """A report on pages of its own, turned where its columns ask for it."""
    report = emptied(report)
    if report.layout is Layout.NOTES:
        return compose_notes(report, job)
    if len(report.rows) > _FLOWING:
        return compose_long(report, job)
    sheet = job.sheet
    setting = setting_of(report.layout, sheet)
    tables = fitting(report, job, sheet.text_width, upright(setting))
    if tables is None:
        sheet = sheet.turned()
        tables = ready(report, job, sheet.text_width, setting)
    on, found = job.on(sheet), tables

    def make(squeeze: Squeeze) -> list[Block]:
        blocks: list[Block] = [title_of(on, report, sheet.text_width, squeeze)]
        for n, one in enumerate(found):
            blocks.append(one.table(on, squeeze, above=15 if n else 0))
        return with_tail(blocks, tail(on, report, squeeze))

    return composed(report, on, make, len(report.rows))


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
    return composed(section, job, make, rows)


def _name(part: Ready, job: Job) -> str:
    if isinstance(part, tuple):
        return job.t("Official receipt")
    return job.t("Product labels") if isinstance(part, LabelSheet) else part.title


def _title(ready: list[Ready], cover: Cover | None, job: Job) -> str:
    """The file's title: what the cover says, else the first part with its period."""
    if cover:
        return f"{cover.title}, {cover.period}"
    first = next((part for part in ready if not isinstance(part, Chapter)), None)
    if first is None:
        return job.identity.name
    return ", ".join(filter(None, (_name(first, job), _period(first))))


def _period(part: Composed | Proofs | tuple[Receipt, ...] | LabelSheet) -> str:
    """What tells a part from others of its name."""
    if isinstance(part, LabelSheet):
        return part.lot
    return part.period if isinstance(part, Composed | Proofs) else part[0].number


def _entries(ready: list[Ready], job: Job) -> list[Entry]:
    return [
        Entry(_name(part, job), "" if isinstance(part, Chapter) else f"part{n}")
        for n, part in enumerate(ready)
    ]


def _front(pages: Pages, job: Job, cover: Cover | None, entries: list[Entry], state: str) -> None:
    t = job.t
    period = cover.period if cover else ""
    title = t("Cover and contents") if cover and entries else t("Cover") if cover else t("Contents")
    pages.begin(Running(title, period, state), job.sheet)
    pages.mark("front", title, 0)
    if cover:
        pour(cover_blocks(job, cover, entries, pages), pages)
        return
    pour(contents_blocks(job, entries, pages, above=0), pages)


def _fill(pages: Pages, ready: list[Ready], job: Job) -> list[Laid]:
    """Draws all parts; gives the pages of other files that are to be laid in."""
    level, waiting = 0, ""
    laid: list[Laid] = []
    several = len(ready) > 1
    for n, part in enumerate(ready):
        if isinstance(part, Chapter):
            waiting, level = part.title, 1
            continue
        if isinstance(part, Proofs):
            from kwt_books.exporters.pdf.proofs import draw_proofs  # brings readers of pictures

            laid += draw_proofs(part, pages, level)
            continue
        if isinstance(part, Composed):
            pages.begin(Running(part.title, part.period, part.state), part.sheet)
        else:
            pages.bare(job.sheet)
        if waiting:
            pages.mark(f"chapter{n}", waiting, 0)
            waiting = ""
        pages.mark(f"part{n}", _name(part, job), level)
        if isinstance(part, Composed):
            pour(part.fitted(), pages)
        elif isinstance(part, LabelSheet):
            draw_labels(part, pages)
        else:
            _receipts(pages, part, job)
    if several:
        pages.canvas.showOutline()
    return laid


def _receipts(pages: Pages, receipts: tuple[Receipt, ...], job: Job) -> None:
    for start in range(0, len(receipts), RECEIPTS_A_PAGE):
        if start:
            pages.bare(job.sheet)
        draw_receipts(pages.pen, receipts[start : start + RECEIPTS_A_PAGE], job)
        pages.fresh = False
