"""A table prepared once: its columns, its rows in lines of text, its running sums.

Pieces of the table on different pages share it; page breaks cost a look-up, not a recount.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from kwt_books.exporters.pdf import fonts
from kwt_books.exporters.pdf.cells import CellWriter
from kwt_books.exporters.pdf.columns import (
    CODE,
    LABEL,
    Col,
    aligned,
    need,
    placed,
    spread,
)
from kwt_books.exporters.pdf.measures import INDENT, Setting
from kwt_books.i18n.formats import Formats
from kwt_books.reports.model import ColumnType, Layout, Report, Row, RowKind

_SUMS = (RowKind.SUBTOTAL, RowKind.TOTAL)
_LONGEST, _MOST_LINES = 400, 30
"""Characters of a label that may fill a page, and how many of its lines stay together."""
_STEP, _SMALLEST, _ENDLESS = 0.25, 5.0, 1e5


@dataclass(slots=True)
class Line:
    """One row: a string a column, and the lines of those that had to wrap."""

    kind: RowKind
    level: int
    cells: list[str]
    wrapped: dict[int, list[str]]
    depth: int = 1
    capitals: bool = False
    family: str = ""
    """First digit of the account: a trial balance is ruled between them."""


@dataclass(frozen=True, slots=True)
class Body:
    layout: Layout
    setting: Setting
    cols: tuple[Col, ...]
    lines: tuple[Line, ...]
    sums: dict[int, list[int]]
    """By column: the sum of the rows before each row, one more than there are rows."""
    latest: dict[int, list[str]]
    """By balance column: the balance last written before each row."""
    formats: Formats
    tight: bool = False
    """Columns were narrowed by force: a cell shrinks to its own."""

    @property
    def carries(self) -> bool:
        return bool(self.sums)

    @property
    def width(self) -> float:
        return self.cols[-1].x1

    def carried(self, at: int) -> list[str]:
        """What a page break before row `at` carries forward, a string a column."""
        texts = [""] * len(self.cols)
        for place, sums in self.sums.items():
            texts[place] = self.formats.accounting(sums[at], nil="–")
        for place, latest in self.latest.items():
            texts[place] = latest[at]
        return texts


@dataclass(frozen=True, slots=True)
class Before:
    """What the rows above come to, by column."""

    sums: dict[int, int]
    latest: dict[int, str]

    @classmethod
    def of(cls, body: Body, at: int) -> Before:
        """What stands before row `at` of a body."""
        return cls(
            {place: sums[at] for place, sums in body.sums.items()},
            {place: texts[at] for place, texts in body.latest.items()},
        )


def account_code(row: Row) -> str:
    """The code of an account; other codes name rows for programs and are not printed."""
    return row.code if row.code and row.code.isdigit() else ""


def label_font(line: Line) -> str:
    if line.kind is RowKind.NOTE:
        return fonts.ITALIC
    if line.kind is RowKind.TOTAL:
        return fonts.BOLD
    if line.kind is RowKind.SECTION:
        return fonts.BOLD if line.level == 0 and line.capitals else fonts.SEMIBOLD
    return fonts.SEMIBOLD if line.kind is RowKind.SUBTOTAL else fonts.REGULAR


class Preparer:
    """Prepares the tables of one report: parts of a ledger get the same columns."""

    def __init__(self, report: Report, formats: Formats, code_label: str = "") -> None:
        self.report = report
        self.code_label = code_label
        self.formats = formats
        self.writer = CellWriter(report, formats)
        self.grid = report.layout in (Layout.BOOK, Layout.LEDGER)

    def columns(self, rows: Sequence[Row], width: float, setting: Setting) -> Plan | None:
        """Columns for these rows at this type size or, if they don't fit, None."""
        cols = self._listed(rows)
        texts = [self.texts(col, rows) for col in cols]
        cols = [aligned(c, t, grid=self.grid) for c, t in zip(cols, texts, strict=True)]
        depth = max((self._level(row) for row in rows), default=0)
        needs = [need(c, t, depth, setting) for c, t in zip(cols, texts, strict=True)]
        widths = spread(needs, width)
        return Plan(placed(cols, widths, setting), setting) if widths else None

    def fitting(self, rows: Sequence[Row], width: float, setting: Setting) -> Plan | None:
        """The largest type size, down to the setting's smallest, at which the columns fit."""
        size = setting.size
        while size >= setting.smallest:
            plan = self.columns(
                rows, width, setting.sized(size) if size < setting.size else setting
            )
            if plan:
                return plan
            size -= _STEP
        return None

    def forced(self, rows: Sequence[Row], width: float, setting: Setting) -> Plan:
        """All columns narrowed alike; each cell then shrinks to its own."""
        setting = setting.sized(_SMALLEST)
        wide = self.columns(rows, _ENDLESS, setting)
        assert wide is not None, "any table fits an endless page"
        least = [30.0 if c.flexible else c.x1 - c.x0 for c in wide.cols]
        scale = width / sum(least)
        cols = placed(wide.cols, [one * scale for one in least], setting)
        return Plan(cols, setting, tight=True)

    def parted(self, rows: Iterable[Row], plan: Plan) -> list[Row]:
        """As many rows as there are lines; to part them again changes nothing."""
        return [part for row in rows for part in self._parts(row, plan)]

    def body(self, rows: Sequence[Row], plan: Plan, before: Before | None = None) -> Body:
        """`before`: what stands above the first of these rows, where the table began there."""
        before = before or Before({}, {})
        rows = self.parted(rows, plan)
        lines = tuple(self._line(row, plan) for row in rows)
        sums = {
            place: [*accumulate(
                (self._summand(row, col) for row in rows), initial=before.sums.get(place, 0)
            )]
            for place, col in enumerate(plan.cols)
            if col.summed
        }  # fmt: skip
        latest = {
            place: self._latest(lines, place, before.latest.get(place, ""))
            for place, col in enumerate(plan.cols)
            if sums and self.grid and col.key.startswith("balance")
        }
        return Body(
            self.report.layout,
            plan.setting,
            plan.cols,
            lines,
            sums,
            latest,
            self.formats,
            plan.tight,
        )

    def _level(self, row: Row) -> int:
        """How far a label is set in: lists of accounts and books keep one edge."""
        return 0 if self.grid or self.report.layout is Layout.TRIAL_BALANCE else row.level

    # -- columns ---------------------------------------------------------------------------

    def _listed(self, rows: Sequence[Row]) -> list[Col]:
        report = self.report
        cols = [
            Col(c.key, c.label, c.type, at, group=c.group, summed=c.summed)
            for at, c in enumerate(report.columns)
        ]
        if any(row.label for row in rows) or report.label or not cols:
            cols.insert(report.label_at, Col(LABEL, report.label, ColumnType.TEXT, -1))
        if report.layout is Layout.TRIAL_BALANCE and any(account_code(row) for row in rows):
            cols.insert(0, Col(CODE, self.code_label, ColumnType.CODE, -1))
        return cols

    def listed(self) -> list[Col]:
        """All columns there can be, not aligned yet."""
        return self._listed([Row("label")])

    def texts(self, col: Col, rows: Sequence[Row]) -> list[str]:
        """The strings of a column. Long labels of sums may run into the next column."""
        if col.key == LABEL:
            return [row.label for row in rows if row.kind is not RowKind.NOTE or self.grid]
        return [self._cell(col, row) for row in rows]

    def _cell(self, col: Col, row: Row) -> str:
        if col.key == LABEL:
            return " ".join(row.label.split())
        if col.key == CODE:
            return account_code(row)
        value = row.cells[col.at] if col.at < len(row.cells) else None
        return self.writer.write(col.at, self.report.columns[col.at], value, row.kind)

    def _parts(self, row: Row, plan: Plan) -> Iterator[Row]:
        """A row of very many lines goes on in further rows: no row is higher than a page."""
        col = next((col for col in plan.cols if col.key == LABEL), None)
        if col is None or len(row.label) < _LONGEST:
            yield row
            return
        room = col.room - INDENT * self._level(row)
        lines = fonts.wrap(row.label, fonts.SEMIBOLD, plan.setting.size, room)
        for start in range(0, len(lines), _MOST_LINES):
            label = " ".join(lines[start : start + _MOST_LINES])
            yield replace(row, label=label, cells=() if start else row.cells)

    # -- rows ------------------------------------------------------------------------------

    def _line(self, row: Row, plan: Plan) -> Line:
        cells = [self._cell(col, row) for col in plan.cols]
        line = Line(
            row.kind,
            self._level(row),
            cells,
            {},
            capitals=row.label.isupper(),
            family=account_code(row)[:1],
        )
        for place, col in enumerate(plan.cols):
            if not col.flexible or not cells[place]:
                continue
            label = col.key == LABEL
            font = label_font(line) if label else fonts.REGULAR
            room = col.room - (INDENT * line.level if label else 0)
            if (
                label
                and row.kind in (RowKind.SECTION, RowKind.NOTE)
                and not any(cells[place + 1 :])
            ):
                room = plan.cols[-1].x1 - col.x0 - INDENT * line.level if not self.grid else room
            if fonts.width(cells[place], font, plan.setting.size) > room:
                line.wrapped[place] = fonts.wrap(cells[place], font, plan.setting.size, room)
                line.depth = max(line.depth, len(line.wrapped[place]))
        return line

    @staticmethod
    def _summand(row: Row, col: Col) -> int:
        value = row.cells[col.at] if row.kind is RowKind.LINE and col.at < len(row.cells) else 0
        return value if isinstance(value, int) else 0

    @staticmethod
    def _latest(lines: Sequence[Line], place: int, first: str) -> list[str]:
        def later(before: str, line: Line) -> str:
            return line.cells[place] if line.kind not in _SUMS and line.cells[place] else before

        return list(accumulate(lines, later, initial=first))


@dataclass(frozen=True, slots=True)
class Plan:
    """Columns with their edges, and the type size at which they fit."""

    cols: tuple[Col, ...]
    setting: Setting
    tight: bool = False
