"""Lembar hitung stok: a list with room to write in."""

from __future__ import annotations

from dataclasses import replace

from kwt_books.exporters.pdf.blocks import Block
from kwt_books.exporters.pdf.compose import Composed, forced, ready, with_tail
from kwt_books.exporters.pdf.forms import paragraph, signed_paper
from kwt_books.exporters.pdf.job import Job
from kwt_books.exporters.pdf.measures import MM, Squeeze, part_setting
from kwt_books.exporters.pdf.sign import Sign, Signatory
from kwt_books.exporters.pdf.title import Title
from kwt_books.reports.model import Column, ColumnType, Layout, Report, Row
from kwt_books.reports.papers import CountSheet

_TO_FILL_IN = 4
"""Lines for goods that nobody expected."""
_PITCH, _LEAST, _ROOM = 21.0, 16.0, 36 * MM
"""Height of a row and width of a column that someone writes in."""


def compose_count(paper: CountSheet, job: Job) -> Composed:
    t, width = job.t, job.sheet.text_width
    title = t("Stock Count Sheet")
    report = _report(paper, job)
    setting = replace(
        part_setting(Layout.LEDGER, job.sheet), pitch=_PITCH, least=_LEAST, figure=_ROOM
    )
    table = (ready(report, job, width, setting) or forced(report, job, width, setting))[0]
    when = t("{place}, {day}", place=paper.place, day=job.formats.day(paper.day))

    def make(squeeze: Squeeze) -> list[Block]:
        blocks: list[Block] = [Title(title, when, "", "", width)]
        blocks.append(paragraph(t("Count before you look into the book. Write down what is "
                                  "really there, in the unit given."), job, above=2))  # fmt: skip
        blocks.append(table.table(job, squeeze, above=8))
        left = Signatory((t("Counted by:"),))
        right = Signatory((t("In the presence of:"),))
        return with_tail(blocks, [Sign("", left, right, (), width, squeeze.sign)])

    return signed_paper(job, title, when, make)


def _report(paper: CountSheet, job: Job) -> Report:
    t, count = job.t, len(paper.lines)
    lines = [*paper.lines, *([("", "")] * _TO_FILL_IN)]
    rows = [
        Row(item, (str(n) if n <= count else None, unit or None, None, None))
        for n, (item, unit) in enumerate(lines, start=1)
    ]
    columns = (
        Column("number", t("No."), ColumnType.CODE),
        Column("unit", t("Unit"), ColumnType.CODE),
        Column("counted", t("Counted"), ColumnType.MONEY),
        Column("remark", t("Remark"), ColumnType.MONEY),
    )
    return Report(
        "count", "", columns, tuple(rows), label=t("Goods"), label_at=1, layout=Layout.LEDGER
    )
