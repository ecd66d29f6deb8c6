"""A table prepared once: its columns, its rows in lines of text, its running sums.

Pieces of the table on different pages share it; page breaks cost a look-up, not a recount.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from kwt_books.exporters.cells import CellWriter
from kwt_books.exporters.pdf.job import (
    BOLD,
    INDENT,
    ITALIC,
    MEMBER_NOTE,
    MM,
    REGULAR,
    SEMIBOLD,
    Setting,
    width,
    wrap,
)
from kwt_books.i18n.formats import Formats
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
)

# -- How wide the columns of a table are ---------------------------------------------------------
#
# Each column says the least it needs and what it would like; what is left over goes to the columns
# of text. Where even the least does not fit, the type gets smaller, and at last the paper turns.


PAD = 3.4
"""Between the edge of a column and its text, points."""
FIGURE_PAD = 4.8
"""Between the digits and the right edge; a parenthesis hangs into it."""
LABEL, CODE = "#label", "#code"

_LEAST_TEXT = 24 * MM
_MOST_WORD = 30 * MM
_SHORT_CODE = 6


@dataclass(frozen=True, slots=True)
class Col:
    """A column of the printed table; labels and codes of rows are columns too."""

    key: str
    label: str
    type: ColumnType
    at: int
    """Place among the report's columns; -1 for labels and codes."""
    group: str = ""
    summed: bool = False
    x0: float = 0
    x1: float = 0
    align: str = "left"
    head: tuple[str, ...] = ()
    by_hand: float = 0
    """Points that it has at least, for somebody writes in it."""

    @property
    def figures(self) -> bool:
        """Whether it holds figures, set to the right."""
        return self.align == "right"

    @property
    def flexible(self) -> bool:
        """Whether its text may wrap and its width give way."""
        return self.type is ColumnType.TEXT and self.align == "left"

    @property
    def room(self) -> float:
        """Points for its text, without padding."""
        return self.x1 - self.x0 - PAD - (FIGURE_PAD if self.figures else PAD)


def aligned(col: Col, texts: Sequence[str], *, grid: bool) -> Col:
    """Figures right; short codes and dates centred in a grid, as books have them."""
    if col.key in NOTE_KEYS:
        return replace(col, align="centre")
    if col.type in NUMBERS:
        return replace(col, align="right")
    if grid and col.key != CODE and (
        col.type is ColumnType.DATE
        or (col.type is ColumnType.CODE and max(map(len, texts), default=0) <= _SHORT_CODE)
    ):  # fmt: skip
        return replace(col, align="centre")
    return col


_NEARLY = 1.3
"""How much wider than its figures a column may be for its heading's sake."""


@dataclass(frozen=True, slots=True)
class Need:
    """The width that a column needs at least and would like, in points."""

    least: float
    wanted: float
    flexible: bool


def need(col: Col, texts: Sequence[str], depth: int, setting: Setting) -> Need:
    """Measured on the longest strings alone: in figures and codes, longer is wider."""
    size = setting.size
    head = _widest((w for w in col.label.split()), SEMIBOLD, head_size(setting))
    title = _widest(col.label.split("\n"), SEMIBOLD, head_size(setting))
    pads = PAD + (FIGURE_PAD if col.figures else PAD) + 1
    if col.flexible:
        indent = INDENT * depth if col.key == LABEL else 0
        word = min(_widest(_words(texts), REGULAR, size), _MOST_WORD)
        whole = _widest(texts, SEMIBOLD, size) + indent
        least = min(whole, max(_LEAST_TEXT if col.key == LABEL else 0, word + indent))
        if not texts:
            head = title
        least = max(max(least, head) + pads, col.by_hand)
        return Need(least, max(max(whole, title) + pads, least), flexible=True)
    least = max(max(head, _widest(texts, SEMIBOLD, size)) + pads, col.by_hand)
    apart: float = 8 if col.type is ColumnType.CODE and col.key != CODE and not setting.grid else 0
    if col.type is ColumnType.CODE:
        apart = max(apart, title + pads - least)
    wanted = _wanted(col, setting)
    if col.type is ColumnType.MONEY and title + pads <= wanted * _NEARLY:
        wanted = max(wanted, title + pads)  # of two dates side by side none stands in two lines
    return Need(least, max(least + apart, wanted), flexible=False)


def _wanted(col: Col, setting: Setting) -> float:
    if col.key in NOTE_KEYS:
        return MEMBER_NOTE
    if col.type is ColumnType.MONEY:
        return setting.figure
    if col.type in NUMBERS:
        return min(setting.figure, 20 * MM)
    return 14 * MM if col.type is ColumnType.DATE else 0


def head_size(setting: Setting) -> float:
    """Type size of the headings of columns, points."""
    return setting.size * 0.95


def _words(texts: Sequence[str]) -> Iterable[str]:
    return (word for text in texts for word in text.split())


def _widest(texts: Iterable[str], font: str, size: float) -> float:
    """Width of the widest, measured on those near the greatest length."""
    some = set(texts)
    longest = max(map(len, some), default=0)
    near = sorted((text for text in some if len(text) >= longest * 0.85), key=len)[-400:]
    return max((width(text, font, size) for text in near), default=0)


def spread(needs: Sequence[Need], width: float) -> list[float] | None:
    """Widths that fill `width`; None where the least does not fit."""
    least, wanted = sum(n.least for n in needs), sum(n.wanted for n in needs)
    if least > width + 0.01:
        return None
    if wanted <= width:
        return _fill(needs, width - wanted)
    # Text keeps its one line where that leaves figures some air; else both give way.
    fixed = sum(n.wanted - n.least for n in needs if not n.flexible)
    text = sum(n.wanted - n.least for n in needs if n.flexible)
    spare = width - least
    to_text = text if text <= spare * 0.9 else max(spare * 0.8, spare - fixed)
    shares = {
        True: to_text / text if text else 0,
        False: (spare - to_text) / fixed if fixed else 0,
    }
    return [n.least + (n.wanted - n.least) * shares[n.flexible] for n in needs]


def _fill(needs: Sequence[Need], left: float) -> list[float]:
    """What is left over goes to text, to the longer more; without text, to every column."""
    flexible = sum(n.wanted for n in needs if n.flexible)
    if not flexible:
        return [n.wanted + left / len(needs) for n in needs]
    return [n.wanted + (left * n.wanted / flexible if n.flexible else 0) for n in needs]


def placed(cols: Sequence[Col], widths: Sequence[float], setting: Setting) -> tuple[Col, ...]:
    """Columns with their edges and their headings in lines."""
    done = []
    x = 0.0
    for col, wide in zip(cols, widths, strict=True):
        set_ = replace(col, x0=x, x1=x + wide)
        head = tuple(
            line
            for part in col.label.split("\n")
            for line in wrap(part, SEMIBOLD, head_size(setting), set_.room + 0.5)
        )
        done.append(replace(set_, head=head))
        x += wide
    return tuple(done)


_LONGEST, _MOST_LINES = 400, 30
"""Characters of a label that may fill a page, and how many of its lines stay together."""
_BY_HAND = 2
"""Lines that a row is high in which somebody writes or signs."""
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
    """A table prepared to be drawn: columns, lines, and the sums that a page break carries."""

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
        """Whether a page break carries sums forward."""
        return bool(self.sums)

    @property
    def width(self) -> float:
        """Points from its left edge to its right."""
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
    """The font of a line's label."""
    if line.kind is RowKind.NOTE:
        return ITALIC
    if line.kind is RowKind.TOTAL:
        return BOLD
    if line.kind is RowKind.SECTION:
        return BOLD if line.level == 0 and line.capitals else SEMIBOLD
    return SEMIBOLD if line.kind is RowKind.SUBTOTAL else REGULAR


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
            Col(c.key, c.label, c.type, at, c.group, c.summed, by_hand=c.by_hand * MM)
            for at, c in enumerate(report.columns)
        ]
        if any(row.label for row in rows) or report.label or not cols:
            cols.insert(report.label_at, Col(LABEL, report.label, ColumnType.TEXT, -1,
                                            by_hand=report.label_by_hand * MM))  # fmt: skip
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
        lines = wrap(row.label, SEMIBOLD, plan.setting.size, room)
        for start in range(0, len(lines), _MOST_LINES):
            label = " ".join(lines[start : start + _MOST_LINES])
            yield row._replace(label=label, cells=() if start else row.cells)

    # -- rows ------------------------------------------------------------------------------

    def _line(self, row: Row, plan: Plan) -> Line:
        cells = [self._cell(col, row) for col in plan.cols]
        line = Line(
            row.kind,
            self._level(row),
            cells,
            {},
            depth=_BY_HAND if any(col.by_hand for col in plan.cols) else 1,
            capitals=row.label.isupper(),
            family=account_code(row)[:1],
        )
        for place, col in enumerate(plan.cols):
            if not col.flexible or not cells[place]:
                continue
            label = col.key == LABEL
            font = label_font(line) if label else REGULAR
            room = col.room - (INDENT * line.level if label else 0)
            if label and row.kind in HEADINGS and not any(cells[place + 1 :]):
                room = plan.cols[-1].x1 - col.x0 - INDENT * line.level if not self.grid else room
            if width(cells[place], font, plan.setting.size) > room:
                line.wrapped[place] = wrap(cells[place], font, plan.setting.size, room)
                line.depth = max(line.depth, len(line.wrapped[place]))
        return line

    @staticmethod
    def _summand(row: Row, col: Col) -> int:
        value = row.cells[col.at] if row.kind is RowKind.LINE and col.at < len(row.cells) else 0
        return value if isinstance(value, int) else 0

    @staticmethod
    def _latest(lines: Sequence[Line], place: int, first: str) -> list[str]:
        def later(before: str, line: Line) -> str:
            return line.cells[place] if line.kind not in SUMS and line.cells[place] else before

        return list(accumulate(lines, later, initial=first))


@dataclass(frozen=True, slots=True)
class Plan:
    """Columns with their edges, and the type size at which they fit."""

    cols: tuple[Col, ...]
    setting: Setting
    tight: bool = False
