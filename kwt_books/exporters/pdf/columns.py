"""How wide the columns of a table are.

Each column says the least it needs and what it would like; what is left over goes to the columns
of text. Where even the least does not fit, the type gets smaller, and at last the paper turns.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from kwt_books.exporters.pdf import fonts
from kwt_books.exporters.pdf.cells import FIGURES, NOTE_KEYS
from kwt_books.exporters.pdf.measures import INDENT, MEMBER_NOTE, MM, Setting
from kwt_books.reports.model import ColumnType

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

    @property
    def figures(self) -> bool:
        return self.align == "right"

    @property
    def flexible(self) -> bool:
        return self.type is ColumnType.TEXT and self.align == "left"

    @property
    def room(self) -> float:
        return self.x1 - self.x0 - PAD - (FIGURE_PAD if self.figures else PAD)


def aligned(col: Col, texts: Sequence[str], *, grid: bool) -> Col:
    """Figures right; short codes and dates centred in a grid, as books have them."""
    if col.key in NOTE_KEYS:
        return replace(col, align="centre")
    if col.type in FIGURES:
        return replace(col, align="right")
    if grid and col.key != CODE and (
        col.type is ColumnType.DATE
        or (col.type is ColumnType.CODE and max(map(len, texts), default=0) <= _SHORT_CODE)
    ):  # fmt: skip
        return replace(col, align="centre")
    return col


@dataclass(frozen=True, slots=True)
class Need:
    least: float
    wanted: float
    flexible: bool


def need(col: Col, texts: Sequence[str], depth: int, setting: Setting) -> Need:
    """Measured on the longest strings alone: in figures and codes, longer is wider."""
    size = setting.size
    head = _widest((w for w in col.label.split()), fonts.SEMIBOLD, head_size(setting))
    title = _widest(col.label.split("\n"), fonts.SEMIBOLD, head_size(setting))
    pads = PAD + (FIGURE_PAD if col.figures else PAD) + 1
    if col.flexible:
        indent = INDENT * depth if col.key == LABEL else 0
        word = min(_widest(_words(texts), fonts.REGULAR, size), _MOST_WORD)
        whole = _widest(texts, fonts.SEMIBOLD, size) + indent
        least = min(whole, max(_LEAST_TEXT if col.key == LABEL else 0, word + indent))
        if not texts:
            head = title
        return Need(max(least, head) + pads, max(whole, title) + pads, flexible=True)
    least = max(head, _widest(texts, fonts.SEMIBOLD, size)) + pads
    apart: float = 8 if col.type is ColumnType.CODE and col.key != CODE and not setting.grid else 0
    if col.type is ColumnType.CODE:
        apart = max(apart, title + pads - least)
    return Need(least, max(least + apart, _wanted(col, setting)), flexible=False)


def _wanted(col: Col, setting: Setting) -> float:
    if col.key in NOTE_KEYS:
        return MEMBER_NOTE
    if col.type is ColumnType.MONEY:
        return setting.figure
    if col.type in FIGURES:
        return min(setting.figure, 20 * MM)
    return 14 * MM if col.type is ColumnType.DATE else 0


def head_size(setting: Setting) -> float:
    return setting.size * 0.95


def _words(texts: Sequence[str]) -> Iterable[str]:
    return (word for text in texts for word in text.split())


def _widest(texts: Iterable[str], font: str, size: float) -> float:
    """Width of the widest, measured on those near the greatest length."""
    some = set(texts)
    longest = max(map(len, some), default=0)
    near = sorted((text for text in some if len(text) >= longest * 0.85), key=len)[-400:]
    return max((fonts.width(text, font, size) for text in near), default=0)


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
            for line in fonts.wrap(part, fonts.SEMIBOLD, head_size(setting), set_.room + 0.5)
        )
        done.append(replace(set_, head=head))
        x += wide
    return tuple(done)
