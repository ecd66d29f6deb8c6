"""A report as lines of text, for a terminal of a hundred columns."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import BinaryIO

from kwt_books.domain.chain import short_code
from kwt_books.exporters.cells import (
    CellWriter,
    label_of,
    narrowed,
    opens_an_account,
    shows_codes,
    unit_of,
)
from kwt_books.i18n.catalogue import Translator
from kwt_books.i18n.formats import Formats
from kwt_books.reports.long_rows import printed
from kwt_books.reports.model import (
    NOTE_KEYS,
    NUMBERS,
    SUMS,
    Column,
    ColumnType,
    Identity,
    Layout,
    Report,
    Row,
    RowKind,
)
from kwt_books.reports.packs import Pack

# -- The table of a report as aligned columns of text --------------------------------------------


WIDTH = 100
INDENT = 2
_GAP = 2
_LEAST_TEXT = 12


@dataclass(slots=True)
class TextColumn:
    """One column; `cells` hold a string a row."""

    label: str
    cells: list[str]
    group: str = ""
    figures: bool = False
    centred: bool = False
    flexible: bool = False
    levels: list[int] = field(default_factory=list)
    """Of labels: how deep each row is indented."""
    width: int = 0
    hangs: bool = False
    """Whether a figure's closing parenthesis stands outside the column of digits."""

    def __post_init__(self) -> None:
        self.hangs = self.figures and any(cell.endswith(")") for cell in self.cells)

    @property
    def longest_word(self) -> int:
        """Characters of the longest word of the heading."""
        return max(map(len, self.label.split()), default=0)

    @property
    def least(self) -> int:
        """As narrow as text can be read."""
        return max(_LEAST_TEXT + INDENT * max(self.levels, default=0), self.longest_word)

    @property
    def whole_head(self) -> int:
        """Characters of the heading's longest line, unbroken."""
        return max(map(len, self.label.split("\n")))

    def wrapped(self, row: int) -> list[str]:
        """The cell of a row in lines no longer than the column where it can be broken."""
        text = self.cells[row]
        if not self.flexible:
            return [text]
        lead = " " * INDENT * self.levels[row] if self.levels else ""
        room = max(self.width, len(lead) + 1)
        return textwrap.wrap(text, room, initial_indent=lead, subsequent_indent=lead) or [""]

    def head(self) -> list[str]:
        """The heading in lines of the column's width."""
        lines = (textwrap.wrap(part, max(self.width, 1)) for part in self.label.split("\n"))
        return [line for part in lines for line in part]

    def set(self, text: str, *, heading: bool = False) -> str:
        """`text` on the column's width."""
        if self.figures:
            tail = " " if self.hangs and not heading and not text.endswith(")") else ""
            return (text + tail).rjust(self.width)
        return text.center(self.width) if self.centred else text.ljust(self.width)


class TextTable:
    """Columns as wide as what they hold; text is broken where all would not fit."""

    def __init__(self, report: Report, formats: Formats, code_label: str) -> None:
        self._report = report
        self._writer = CellWriter(report, formats)
        self._spanning = [_spans(report, row) for row in report.rows]
        self._columns = self._listed(code_label)
        self._measure()

    # -- columns ---------------------------------------------------------------------------

    def _listed(self, code_label: str) -> list[TextColumn]:
        report = self._report
        columns = [self._column(at, column) for at, column in enumerate(report.columns)]
        if any(row.label for row in report.rows) or not columns:
            labels = TextColumn(
                report.label,
                [label_of(report, row) for row in report.rows],
                flexible=True,
                levels=[row.level for row in report.rows],
            )
            columns.insert(report.label_at, labels)
        if shows_codes(report):
            columns.insert(0, TextColumn(code_label, [row.code or "" for row in report.rows]))
        return columns

    def _column(self, at: int, column: Column) -> TextColumn:
        note = column.key in NOTE_KEYS
        figures = column.type in NUMBERS and not note
        return TextColumn(
            column.label,
            [self._cell(at, column, row) for row in self._report.rows],
            group=column.group,
            figures=figures,
            centred=note,
            flexible=column.type is ColumnType.TEXT and not note,
        )

    def _cell(self, at: int, column: Column, row: Row) -> str:
        value = row.cells[at] if at < len(row.cells) else None
        return self._writer.write(at, column, value, row.kind)

    def _measure(self) -> None:
        """Whole headings if there is room, else wrapped ones; then text gives way."""
        for column in self._columns:
            column.width = max(self._longest(column), column.whole_head)
        if self._total > WIDTH:
            for column in self._columns:
                column.width = max(self._longest(column), column.longest_word)
        flexible = [column for column in self._columns if column.flexible]
        while self._total > WIDTH and (
            wide := [column for column in flexible if column.width > column.least]
        ):
            max(wide, key=lambda column: column.width).width -= 1

    def _longest(self, column: TextColumn) -> int:
        """Of the cells in their columns; what runs over the whole line takes no part."""
        indents = column.levels or [0] * len(column.cells)
        lengths = (
            len(cell) + INDENT * indent + (column.hangs and not cell.endswith(")"))
            for cell, indent, spans in zip(column.cells, indents, self._spanning, strict=True)
            if not spans
        )
        return max(lengths, default=0)

    @property
    def _total(self) -> int:
        return sum(column.width for column in self._columns) + _GAP * (len(self._columns) - 1)

    # -- lines -----------------------------------------------------------------------------

    def lines(self) -> Iterator[str]:
        """The table's lines, headings first."""
        yield from self._head()
        for place, row in enumerate(self._report.rows):
            if self._spanning[place]:
                if place and opens_an_account(self._report, row):
                    yield ""
                yield from self._span(row)
                continue
            if row.kind in SUMS:
                yield self._rule("-", place)
            yield from self._row(place)
            if row.kind is RowKind.TOTAL:
                yield self._rule("=", place)

    def _head(self) -> Iterator[str]:
        heads = [column.head() for column in self._columns]
        deep = max(map(len, heads))
        if not deep:
            return
        if any(column.group for column in self._columns):
            yield self._groups()
        for line in range(deep):
            yield self._joined(
                column.set(head[at] if (at := line - deep + len(head)) >= 0 else "", heading=True)
                for column, head in zip(self._columns, heads, strict=True)
            )
        yield "-" * max(self._total, 1)

    def _groups(self) -> str:
        """Each group's heading, centred over its columns."""
        line = ""
        for place, column in enumerate(self._columns):
            first = not place or self._columns[place - 1].group != column.group
            if not first and column.group:
                continue
            width = column.width
            for later in self._columns[place + 1 :]:
                if not column.group or later.group != column.group:
                    break
                width += _GAP + later.width
            line += column.group.center(width, "-" if column.group else " ") + " " * _GAP
        return line.rstrip()

    def _row(self, place: int) -> Iterator[str]:
        cells = [column.wrapped(place) for column in self._columns]
        for line in range(max(map(len, cells))):
            yield self._joined(
                column.set(cell[line] if line < len(cell) else "")
                for column, cell in zip(self._columns, cells, strict=True)
            )

    def _span(self, row: Row) -> Iterator[str]:
        """Over the whole line; what a heading says besides stands behind it."""
        asides = [cell for cell in row.cells if isinstance(cell, str) and cell]
        lead = " " * INDENT * row.level
        text = "   ".join([label_of(self._report, row), *asides])
        yield from textwrap.wrap(text, WIDTH, initial_indent=lead, subsequent_indent=lead)

    def _rule(self, mark: str, place: int) -> str:
        return self._joined(
            (mark if column.figures and column.cells[place] else " ") * column.width
            for column in self._columns
        )

    @staticmethod
    def _joined(cells: Iterator[str]) -> str:
        return (" " * _GAP).join(cells).rstrip()


def _spans(report: Report, row: Row) -> bool:
    """Whether a row is a heading or a sentence alone, free to take the whole line."""
    return opens_an_account(report, row) or row.is_text


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
    for is_text, group in groupby(report.rows, key=lambda row: row.is_text):
        rows = list(group)
        if is_text:
            for row in rows:
                yield from _paragraph(report, row)
        else:
            yield ""
            yield from TextTable(narrowed(report, rows), formats, words("Code")).lines()


def _paragraph(report: Report, row: Row) -> Iterator[str]:
    text = label_of(report, row)
    if row.kind is RowKind.SECTION:
        yield ""
        text = text if row.level else text.upper()
    lead = " " * INDENT * row.level
    rest = lead + " " * (len(row.code) + 2 if row.code else 0)
    yield from textwrap.wrap(text, WIDTH, initial_indent=lead, subsequent_indent=rest)
