"""Reports as an Excel workbook: real numbers and dates, ready to be printed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, replace
from datetime import UTC, date
from decimal import Decimal
from shutil import copyfileobj
from typing import Any, BinaryIO, NamedTuple, Self

from xlsxwriter import Workbook
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from kwt_books.domain.chain import short_code
from kwt_books.exporters.cells import label_of, narrowed, shows_codes, unit_of
from kwt_books.i18n.catalogue import Translator
from kwt_books.reports.long_rows import printed
from kwt_books.reports.model import (
    HEADINGS,
    NOTE_KEYS,
    NUMBERS,
    SUMS,
    ColumnType,
    Layout,
    Report,
    Row,
    RowKind,
    Value,
)
from kwt_books.reports.packs import Pack
from kwt_books.store.scratch import passing

# -- The first sheet of a workbook of many: what is in it, each line a link to its sheet ---------


_WIDTHS = (48, 44)
_WIDEST_TITLE = 80
_FIRST = 6
"""The line of the first link, from 0."""


class Listed(NamedTuple):
    """A sheet of the workbook by its name, and what is on it."""

    sheet: str
    title: str
    period: str


def write_contents(
    workbook: Workbook, sheet: Worksheet, pack: Pack, listed: Sequence[Listed]
) -> None:
    """Fills the first sheet: whose book, its seal, and what is on each other sheet."""
    titles, periods = _WIDTHS
    longest = max((len(each.title) for each in listed), default=0)
    sheet.set_column(0, 0, min(max(titles, longest + 2), _WIDEST_TITLE))
    sheet.set_column(1, 1, periods)
    strong = workbook.add_format({"bold": True})
    title = workbook.add_format({"bold": True, "font_size": 13})
    cover = pack.cover
    sheet.write_string(0, 0, pack.identity.name, strong)
    if cover is not None:
        sheet.write_string(1, 0, cover.title, title)
        sheet.write_string(2, 0, cover.period)
    words = Translator(pack.language)
    sheet.write_string(3, 0, words("Seal {seal}", seal=short_code(pack.imprint.head)))
    sheet.write_string(_FIRST - 1, 0, words("Report"), strong)
    sheet.write_string(_FIRST - 1, 1, words("Period"), strong)
    for line, each in enumerate(listed, _FIRST):
        sheet.write_url(line, 0, f"internal:'{each.sheet}'!A1", string=each.title)
        sheet.write_string(line, 1, each.period)
    sheet.set_paper(_paper(pack))
    sheet.fit_to_pages(1, 0)


# -- One report on one sheet of a workbook -------------------------------------------------------


# Number formats are always written the American way in the file; Excel shows them by the
# reader's own settings, so an Indonesian one sees 1.200.000 and (1.200.000).
_PATTERNS = {
    ColumnType.MONEY: "#,##0_);(#,##0);{nil}_)",
    ColumnType.COUNT: "#,##0_);(#,##0);{nil}_)",
    ColumnType.QUANTITY: "#,##0{decimals}_);(#,##0{decimals});{nil}_)",
    ColumnType.PERCENT: "0.0%_);(0.0%);{nil}_)",
}
_DATE_PATTERN = "dd/mm/yyyy"
_PAPER = {"A4": 9, "F4": 14}
"""Excel's numbers. It knows F4 as Folio, 8.5 by 13 inches."""


def _paper(pack: Pack) -> int:
    return _PAPER.get((pack.paper or pack.identity.paper).upper(), _PAPER["F4"])


_EXACT = 10**15
"""A spreadsheet's numbers carry fifteen digits; what has more is written as text."""
_WIDEST, _NARROWEST, _PARAGRAPH = 48, 6, 90
_LINE_HEIGHT = 15
"""Points of a line of text."""
_UPRIGHT = 95
"""Characters that go side by side on upright paper before the print would get small."""
_STRONG = (RowKind.SECTION, RowKind.SUBTOTAL, RowKind.TOTAL)


@dataclass(frozen=True, slots=True)
class _Column:
    """A column of the sheet; labels and codes of rows are columns too (`at` is None)."""

    label: str
    type: ColumnType
    at: int | None = None
    group: str = ""
    codes: bool = False

    @property
    def figures(self) -> bool:
        return self.type in NUMBERS

    @property
    def labels(self) -> bool:
        return self.at is None and not self.codes


class Sheet:
    """Fills one sheet with a report."""

    def __init__(
        self,
        workbook: Workbook,
        worksheet: Worksheet,
        report: Report,
        pack: Pack,
        words: Translator,
    ) -> None:
        self._workbook = workbook
        self._sheet = worksheet
        self._report = report
        self._pack = pack
        self._words = words
        self._formats: dict[tuple[tuple[str, Any], ...], Format] = {}
        self._styles: dict[tuple[int, RowKind, int, int, bool], Format] = {}
        self._columns = list(self._listed())
        self._longest = [self._least(column) for column in self._columns]
        """Characters of each column."""
        self._nil = "" if report.layout is Layout.TRIAL_BALANCE else '"–"'

    def write(self) -> None:
        """Once: rows are read as they are written, and none is kept."""
        line = self._title_block()
        first = self._head(line)
        self._sums = Sums(len(self._columns))
        for offset, row in enumerate(self._pack.told(self._report.rows)):
            self._row(first + offset, row)
            self._measure(row)
        widths = self._set_widths()
        last = first + len(self._report.rows) - 1
        if last > first and self._report.layout is not Layout.NOTES:
            self._sheet.autofilter(first - 1, 0, last, len(self._columns) - 1)
        self._closing(last + 2, sum(widths))
        self._print_setup(line, first, sum(widths))

    def _closing(self, line: int, width: int) -> None:
        """Sentences below the table, each over all columns: none of them widens the print."""
        style = self._format(text_wrap=True, valign="top")
        for offset, sentence in enumerate(self._report.closing):
            self._sheet.set_row(line + offset, _LINE_HEIGHT * (len(sentence) // max(width, 1) + 1))
            if len(self._columns) > 1:
                last = len(self._columns) - 1
                self._sheet.merge_range(line + offset, 0, line + offset, last, sentence, style)
            else:
                self._sheet.write_string(line + offset, 0, sentence, style)

    # -- columns ---------------------------------------------------------------------------

    def _listed(self) -> Iterator[_Column]:
        report = self._report
        columns = [
            _Column(
                column.label,
                ColumnType.TEXT if column.key in NOTE_KEYS else column.type,
                at,
                column.group,
            )
            for at, column in enumerate(report.columns)
        ]
        if any(row.label for row in report.rows) or not columns:
            columns.insert(report.label_at, _Column(report.label, ColumnType.TEXT))
        if shows_codes(report):
            yield _Column(self._words("Code"), ColumnType.CODE, codes=True)
        yield from columns

    def _value(self, column: _Column, row: Row) -> Value:
        if column.at is None:
            return row.code if column.codes else label_of(self._report, row)
        return row.cells[column.at] if column.at < len(row.cells) else None

    def _least(self, column: _Column) -> int:
        return max([*map(len, column.label.split()), _NARROWEST])

    def _measure(self, row: Row) -> None:
        for place, column in enumerate(self._columns):
            if column.labels and row.kind in HEADINGS:
                continue
            length = len(_shown(self._value(column, row))) + 2 * row.level * column.labels
            self._longest[place] = max(self._longest[place], length)

    def _set_widths(self) -> list[int]:
        notes = self._report.layout is Layout.NOTES
        widths = [
            _PARAGRAPH if column.labels and notes else min(longest + 2, _WIDEST)
            for column, longest in zip(self._columns, self._longest, strict=True)
        ]
        for place, width in enumerate(widths):
            self._sheet.set_column(place, place, width)
        return widths

    # -- rows ------------------------------------------------------------------------------

    def _title_block(self) -> int:
        """Whose, what, when, in what; the number of the line for the heading."""
        report, words = self._report, self._words
        lines: list[tuple[str, dict[str, Any]]] = [
            (self._pack.identity.name, {"bold": True}),
            (report.title.upper(), {"bold": True, "font_size": 14}),
            (report.period, {"bold": True}),
            (words("PROVISIONAL, month not closed yet") if report.provisional else "", {}),
            (unit_of(report), {"italic": True}),
        ]
        written = [(text, styles) for text, styles in lines if text]
        for line, (text, styles) in enumerate(written):
            self._sheet.write_string(line, 0, text, self._format(**styles))
        return len(written) + 1

    def _head(self, line: int) -> int:
        """The heading in one line or two; the number of the first line below it."""
        style = {"bold": True, "bg_color": "#EDEDED", "top": 1, "valign": "vcenter"}
        if any(column.group for column in self._columns):
            for place, column in enumerate(self._columns):
                before = self._columns[place - 1].group if place else ""
                text = column.group if column.group != before else ""
                self._sheet.write_string(line, place, text, self._format(**style))
            line += 1
        for place, column in enumerate(self._columns):
            align = "right" if column.figures else "left"
            format_ = self._format(**style, bottom=1, text_wrap=True, align=align)
            self._sheet.write_string(line, place, column.label, format_)
        return line + 1

    def _row(self, line: int, row: Row) -> None:
        for place, column in enumerate(self._columns):
            value = self._value(column, row)
            decimals = _decimals(value) if column.type is ColumnType.QUANTITY else 0
            wrapped = self._wrapped(column, row, value)
            key = (place, row.kind, row.level, decimals, wrapped)
            if key not in self._styles:
                self._styles[key] = self._cell_format(column, row, decimals, wrapped=wrapped)
            formula = ""
            if column.figures and column.type in _ADDED:
                formula = self._sums.formula(place, line, row.kind, value)
            self._cell(line, place, column, value, self._styles[key], formula)
        self._sums.next(line, row.kind)

    def _cell(
        self,
        line: int,
        place: int,
        column: _Column,
        value: Value,
        format_: Format,
        formula: str = "",
    ) -> None:
        if value is None or value == "":
            self._sheet.write_blank(line, place, None, format_)
        elif isinstance(value, date):
            self._sheet.write_datetime(line, place, value, format_)
        elif isinstance(value, int) and column.figures and abs(value) < _EXACT:
            number = _number(column.type, value)
            if formula:
                self._sheet.write_formula(line, place, formula, format_, number)
            else:
                self._sheet.write_number(line, place, number, format_)
        else:
            self._sheet.write_string(line, place, str(value), format_)

    def _wrapped(self, column: _Column, row: Row, value: Value) -> bool:
        """Whether it is broken: the cell beside would cut it. A heading has nothing beside it."""
        if not isinstance(value, str) or (column.labels and row.kind in HEADINGS):
            return column.labels and self._report.layout is Layout.NOTES
        return len(value) + 2 * row.level * column.labels + 2 > _WIDEST

    def _cell_format(
        self, column: _Column, row: Row, decimals: int = 0, *, wrapped: bool = False
    ) -> Format:
        style: dict[str, Any] = {"valign": "top", "text_wrap": wrapped}
        if row.kind in _STRONG:
            style["bold"] = True
        if row.kind is RowKind.NOTE:
            style["italic"] = self._report.layout is not Layout.NOTES
        if row.kind in SUMS and column.figures:
            style["top"] = 1
        if row.kind is RowKind.TOTAL and column.figures:
            style["bottom"] = 6
        if column.figures:
            shown = "." + "0" * decimals if decimals else ""
            pattern = _PATTERNS[column.type].format(nil=self._nil, decimals=shown)
            style |= {"num_format": pattern, "align": "right"}
        elif column.type is ColumnType.DATE:
            style |= {"num_format": _DATE_PATTERN, "align": "left"}
        elif column.labels:
            style |= {"indent": row.level}
        return self._format(**style)

    def _format(self, **style: Any) -> Format:
        key = tuple(sorted(style.items()))
        if key not in self._formats:
            self._formats[key] = self._workbook.add_format(style)
        return self._formats[key]

    # -- printing --------------------------------------------------------------------------

    def _print_setup(self, head: int, first: int, width: int) -> None:
        pack, sheet = self._pack, self._sheet
        sheet.freeze_panes(first, 0)
        sheet.repeat_rows(head, first - 1)
        sheet.set_paper(_paper(pack))
        if width > _UPRIGHT:
            sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.87, right=0.6, top=0.5, bottom=0.75)
        seal = self._words("Seal {seal}", seal=short_code(self._report.head or pack.imprint.head))
        foot = f"&L{_plain(seal)}&C{_plain(self._report.title[:100])}&R&P / &N"
        sheet.set_footer(foot)


_ADDED = (ColumnType.MONEY, ColumnType.COUNT, ColumnType.QUANTITY)
_LEAST_ADDED = 2
"""Lines that a formula adds: one alone is no sum."""


class Sums:
    """Which sums of a sheet are those of the lines above them, and their formulas.

    A sum is a formula only where it comes to exactly what its lines do. `SUBTOTAL` passes over
    sums within its range, so that a total adds every line once; where one of them is no formula
    (it would be added again), neither is the total.
    """

    def __init__(self, columns: int) -> None:
        self._block = [_Range() for _ in range(columns)]
        """Lines since the last heading or sum."""
        self._whole = [_Range() for _ in range(columns)]
        """Lines since the last total."""

    def formula(self, place: int, line: int, kind: RowKind, value: Value) -> str:
        """Of a sum; of other rows nothing, but they count in what comes below."""
        if not isinstance(value, int):
            return ""
        block, whole = self._block[place], self._whole[place]
        if kind is RowKind.LINE:
            block.add(line, value)
            whole.add(line, value)
        elif kind not in SUMS:
            block.broken = whole.broken = True
        else:
            for found in (block, whole):
                if found.gives(value):
                    letter = xl_col_to_name(place)
                    return f"=SUBTOTAL(9,{letter}{found.first + 1}:{letter}{line})"
            block.broken = whole.broken = True
        return ""

    def next(self, line: int, kind: RowKind) -> None:
        """Behind a row: what begins anew there."""
        if kind in (RowKind.SECTION, *SUMS):
            self._block = [_Range() for _ in self._block]
        if kind is RowKind.TOTAL:
            self._whole = [_Range() for _ in self._whole]


@dataclass(slots=True)
class _Range:
    first: int = -1
    sum: int = 0
    lines: int = 0
    broken: bool = False

    def add(self, line: int, value: int) -> None:
        self.first = line if self.first < 0 else self.first
        self.sum += value
        self.lines += 1

    def gives(self, value: int) -> bool:
        return not self.broken and self.lines >= _LEAST_ADDED and self.sum == value


def _decimals(value: Value) -> int:
    """How many decimals a quantity needs: thousandths without the zeros at their end."""
    if not isinstance(value, int):
        return 0
    return next(n for n in range(4) if value % 10 ** (3 - n) == 0)


def _shown(value: Value) -> str:
    """About as long as Excel will show it."""
    if isinstance(value, date):
        return _DATE_PATTERN
    if isinstance(value, int):
        return f"({abs(value):,})"
    return value or ""


def _number(kind: ColumnType, value: int) -> int | Decimal:
    """What the cell holds: a spreadsheet has no other number than a double.

    Rupiah and counts are whole and exact in it. Thousandths of a unit and tenths of a
    percent are decimals, which a double can only come near: they are shifted as decimals
    here, and the nearest double is made where the file is written, not before.
    """
    if kind in (ColumnType.QUANTITY, ColumnType.PERCENT):
        return Decimal(value).scaleb(-3)
    return value


def _plain(text: str) -> str:
    """Text for a footer, where an ampersand begins a command."""
    return text.replace("&", "&&")


_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\']+")
_LONGEST_NAME = 31


def write_xlsx(pack: Pack, out: BinaryIO) -> None:
    """A sheet a report. The same pack gives the same bytes."""
    with WorkbookWriter(pack) as workbook:
        for report in pack.reports:
            workbook.add(report)
        workbook.write_to(out)


def _notes(report: Report) -> Iterator[Report]:
    """Each note as a report of its own, with its number and the columns that it uses."""
    parts: list[tuple[Row, list[Row]]] = []
    for row in report.rows:
        if row.kind is RowKind.SECTION and row.level == 0:
            parts.append((row, []))
        elif parts:
            parts[-1][1].append(row)
    for heading, rows in parts:
        yield replace(narrowed(report, rows), title=label_of(report, heading), closing=())


class WorkbookWriter:
    """A workbook whose reports come one after the other: none is kept once it is written.

    `pack` says whose it is; its reports are those that are added. Rows wait in a folder of
    their own, which is gone when the block ends, however it ends.
    """

    def __init__(self, pack: Pack) -> None:
        self._pack = pack
        self._words = Translator(pack.language)
        self._held = ExitStack()
        folder = self._held.enter_context(passing())
        self._made = folder / "made.xlsx"
        options = {"constant_memory": True, "tmpdir": str(folder)}
        self._workbook = Workbook(str(self._made), options)
        self._taken: set[str] = set()
        self._listed: list[Listed] = []
        contents = self._sheet_name(self._words("Contents")) if pack.cover else ""
        self._contents = self._workbook.add_worksheet(contents) if contents else None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for sheet in self._workbook.worksheets():  # stays open where it was never written out
            with suppress(OSError):
                sheet.row_data_fh.close()
        self._held.close()

    def add(self, report: Report, about: str = "") -> None:
        """`about` tells reports of one title apart: an account, an item. Each note has a sheet."""
        notes = tuple(_notes(report)) if report.layout is Layout.NOTES else ()
        if len(notes) > 1:
            for note in notes:
                self._add(note, note.title, f"{report.title}: {note.title}")
            return
        title = f"{report.title}: {about}" if about else report.title
        self._add(report, f"{report.title} {about}" if about else report.title, title)

    def _add(self, report: Report, sheet: str, title: str) -> None:
        name = self._sheet_name(sheet)
        self._listed.append(Listed(name, title, report.period))
        worksheet = self._workbook.add_worksheet(name)
        shown = printed(report, self._words)
        Sheet(self._workbook, worksheet, shown, self._pack, self._words).write()

    def write_to(self, out: BinaryIO) -> None:
        """Once, after the last report."""
        if self._contents is not None:
            write_contents(self._workbook, self._contents, self._pack, self._listed)
        self._workbook.set_properties(_properties(self._pack, self._listed))
        try:
            self._workbook.close()
        except FileCreateError as error:
            raise OSError(*error.args) from error
        with self._made.open("rb") as made:
            copyfileobj(made, out)

    def _sheet_name(self, title: str) -> str:
        """What Excel takes as a name: short, without its own signs, told apart by a number."""
        base = _NOT_IN_NAMES.sub(" ", title).strip() or "1"
        name, number = base[:_LONGEST_NAME].strip(), 1
        while name.lower() in self._taken:
            number += 1
            tail = f" {number}"
            name = base[: _LONGEST_NAME - len(tail)] + tail
        self._taken.add(name.lower())
        return name


def _properties(pack: Pack, listed: list[Listed]) -> dict[str, Any]:
    moment = pack.imprint.printed_at
    return {
        "title": pack.cover.title if pack.cover else listed[0].title,
        "subject": pack.cover.period if pack.cover else listed[0].period,
        "author": pack.identity.treasurer or pack.identity.name,
        "company": pack.identity.name,
        "keywords": short_code(pack.imprint.head),
        "comments": f"KWT Books {pack.imprint.version}",
        # The format writes it with a Z and knows no other zone.
        "created": (moment.astimezone(UTC) if moment.tzinfo else moment).replace(tzinfo=None),
    }
