"""A report as lines of text, for a terminal of a hundred columns."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import BinaryIO

from kwt_books.domain.chain import short_code
from kwt_books.exporters.labels import label_of, unit_of
from kwt_books.exporters.text_table import INDENT, WIDTH, TextTable
from kwt_books.i18n.catalogue import Translator
from kwt_books.i18n.formats import Formats
from kwt_books.reports.model import Identity, Layout, Report, Row, RowKind
from kwt_books.reports.pack import Pack
from kwt_books.reports.printed import printed


def write_text(pack: Pack, out: BinaryIO) -> None:
    """UTF-8; several reports one after the other."""
    words = Translator(pack.language)
    for place, report in enumerate(pack.reports):
        if place:
            out.write(b"\n\n")
        lines = report_lines(printed(report, words), pack.identity, words)
        out.writelines(f"{line}\n".encode() for line in lines)


def report_lines(report: Report, identity: Identity, words: Translator) -> Iterator[str]:
    """Heading, table, closing sentences and the seal the figures stand under."""
    yield from _heading(report, identity, words)
    yield ""
    formats = Formats(words.language)
    if not report.rows:
        yield words("No transactions in this period")
    elif report.layout is Layout.NOTES:
        yield from _notes(report, formats, words)
    else:
        yield from TextTable(report, formats, words("Code")).lines()
    if report.closing:
        yield ""
    for sentence in report.closing:
        yield from textwrap.wrap(sentence, WIDTH)
    if report.head:
        yield ""
        yield words("Seal {seal}", seal=short_code(report.head))


def _heading(report: Report, identity: Identity, words: Translator) -> Iterator[str]:
    if identity.name:
        yield identity.name
    yield report.title.upper()
    if report.period:
        yield report.period
    if report.provisional:
        yield words("PROVISIONAL, month not closed yet")
    if report.unit:
        yield unit_of(report)


def _notes(report: Report, formats: Formats, words: Translator) -> Iterator[str]:
    """Headings and paragraphs as they come; between them tables of the columns they use."""
    for is_text, group in groupby(report.rows, key=_is_text):
        rows = list(group)
        if is_text:
            for row in rows:
                yield from _paragraph(report, row)
        else:
            yield ""
            yield from TextTable(_used(report, rows), formats, words("Code")).lines()


def _is_text(row: Row) -> bool:
    return row.kind in (RowKind.SECTION, RowKind.NOTE) and not any(
        cell is not None for cell in row.cells
    )


def _paragraph(report: Report, row: Row) -> Iterator[str]:
    text = label_of(report, row)
    if row.kind is RowKind.SECTION:
        yield ""
        text = text if row.level else text.upper()
    lead = " " * INDENT * row.level
    rest = lead + " " * (len(row.code) + 2 if row.code else 0)
    yield from textwrap.wrap(text, WIDTH, initial_indent=lead, subsequent_indent=rest)


def _used(report: Report, rows: Sequence[Row]) -> Report:
    """The report with these rows and the columns in which they hold anything."""
    used = [
        at
        for at in range(len(report.columns))
        if any(at < len(row.cells) and row.cells[at] is not None for row in rows)
    ]
    return replace(
        report,
        columns=tuple(report.columns[at] for at in used),
        rows=tuple(
            replace(row, cells=tuple(row.cells[at] if at < len(row.cells) else None for at in used))
            for row in rows
        ),
        label_at=sum(at < report.label_at for at in used),
    )
