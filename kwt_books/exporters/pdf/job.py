"""One printing: paper, margins, type sizes, fonts, and the pen that draws."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from reportlab import rl_config
from reportlab.lib.rl_accel import escapePDF
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from kwt_books.domain.chain import short_code
from kwt_books.i18n.catalogue import Translator
from kwt_books.i18n.formats import Formats
from kwt_books.reports.context import address_of, bare_city
from kwt_books.reports.model import Identity, Imprint, Layout

rl_config.useA85 = 0
"""Streams stand in a PDF as they are: as text for old mail they would be a quarter longer."""


# -- The grid of the printed page. All lengths are points unless said otherwise ------------------


MM = 72 / 25.4
"""Points in a millimetre."""

# Rules, points.
THICK, THIN = 1.5, 0.4
BAND_RULE, BAND_GREY = 0.8, 0.93
SUBTOTAL_RULE, TOTAL_RULE, TOTAL_APART = 0.5, 0.5, 1.9
GRID_RULE, SUM_RULE = 0.25, 0.8
BAR_GREY = 0.82

INDENT = 11.0
LETTERHEAD = 20.5 * MM
CONTINUATION = 9 * MM
FOOTER = 15 * MM
EMBLEM = 16 * MM
QR = 10 * MM
SIGN_COLUMN, SIGN_RULE = 62 * MM, 42 * MM
SIGN_SPACE, TIGHT_SIGN_SPACE = 15 * MM, 11.5 * MM
MEMBER_NOTE = 17 * MM


@dataclass(frozen=True, slots=True)
class Sheet:
    """A size of paper with its margins."""

    name: str
    width: float
    height: float
    left: float = 22 * MM
    right: float = 15 * MM
    top: float = 12 * MM
    bottom: float = 11 * MM

    @property
    def text_width(self) -> float:
        """Points between the margins."""
        return self.width - self.left - self.right

    @property
    def floor(self) -> float:
        """Lowest point of the body, above the footer."""
        return self.bottom + FOOTER + 1.5 * MM

    def ceiling(self, *, first: bool) -> float:
        """Highest point of the body, below letterhead or continuation head."""
        return self.height - self.top - (LETTERHEAD if first else CONTINUATION)

    def turned(self) -> Sheet:
        """Landscape. The punched edge is at the top then."""
        return replace(
            self, width=self.height, height=self.width, left=15 * MM, right=15 * MM, top=15 * MM
        )


F4 = Sheet("F4", 215 * MM, 330 * MM)
A4 = Sheet("A4", 210 * MM, 297 * MM)
SHEETS = {sheet.name: sheet for sheet in (F4, A4)}


def sheet_named(name: str) -> Sheet:
    """The paper of this name; F4 for an unknown one, since the offices here use it."""
    return SHEETS.get(name.upper(), F4)


@dataclass(frozen=True, slots=True)
class Setting:
    """Type size and row pitch of one layout; `least` is how far a page may close up."""

    size: float
    pitch: float
    least: float
    figure: float
    """Wanted width of a column of money."""
    grid: bool = False
    numbered: bool = False
    smallest: float = 6.0
    """Type size below which the columns no longer count as fitting."""

    @property
    def leading(self) -> float:
        """Points from line to line within a row."""
        return self.size * 1.17

    def sized(self, size: float) -> Setting:
        """The same at a smaller type size, pitch in proportion."""
        ratio = size / self.size
        return replace(
            self, size=size, pitch=max(self.pitch * ratio, size * 1.2), least=size * 1.16
        )

    def squeezed(self, squeeze: float) -> Setting:
        """Pitch between nominal (0) and least (1)."""
        return replace(self, pitch=self.pitch + (self.least - self.pitch) * squeeze)


# Layout -> (type size F4, A4), (pitch F4, A4), least pitch, wanted figure width mm
_SETTINGS = {
    Layout.STATEMENT: ((10, 9.5), (14.6, 13), 10.8, 31),
    Layout.BOOK: ((9, 9), (13.6, 12.8), 10.8, 23),
    Layout.LEDGER: ((8.8, 8.8), (13.2, 12.6), 10.8, 21.5),
    Layout.TRIAL_BALANCE: ((8.5, 8.5), (11.6, 11.2), 10.3, 20.0),
    Layout.NOTES: ((9.5, 9), (12.6, 12), 10.8, 27.5),
}


def setting_of(layout: Layout, sheet: Sheet) -> Setting:
    """The setting of a layout on this paper."""
    sizes, pitches, least, figure = _SETTINGS[layout]
    at = 1 if sheet.name == "A4" else 0
    grid = layout in (Layout.BOOK, Layout.LEDGER)
    return Setting(
        sizes[at], pitches[at], least, figure * MM, grid=grid, numbered=layout is Layout.BOOK
    )


def part_setting(layout: Layout, sheet: Sheet) -> Setting:
    """A table that shares its page with others is set in the size of the books."""
    setting = setting_of(layout, sheet)
    if layout is not Layout.STATEMENT:
        return setting
    return replace(setting, size=9.2 if sheet.name == "F4" else 9, figure=27.5 * MM)


def crowded(setting: Setting, figures: int) -> Setting:
    """Many columns of money are set closer, so that names keep their room."""
    return setting if figures < 5 else replace(setting, figure=min(setting.figure, 21.5 * MM))


@dataclass(frozen=True, slots=True)
class Squeeze:
    """How far a page closes up: pitch 0 to 1, and the space for signing, points."""

    pitch: float = 0
    sign: float = SIGN_SPACE


@dataclass(frozen=True, slots=True)
class Job:
    """Whose paper, from which book, in which words, on which paper."""

    identity: Identity
    imprint: Imprint
    t: Translator
    formats: Formats
    sheet: Sheet
    progress: Callable[[int], None] | None = None
    """Called with the number of rows measured; what it raises stops the work."""

    def on(self, sheet: Sheet) -> Job:
        """The same on another paper."""
        return replace(self, sheet=sheet)

    @property
    def seal(self) -> str:
        """`7F3A-91C2-0D4E`: the first 12 hex digits of the chain's head; empty without one."""
        return short_code(self.imprint.head) if self.imprint.head else ""

    @property
    def place(self) -> str:
        """The town before a date: `Bandar Lampung` also when the book says `Kota Bandar …`."""
        return bare_city(self.identity)

    def place_date(self, day: date) -> str:
        """Town and date, as above signatures."""
        written = self.formats.day(day)
        return f"{self.place}, {written}" if self.place else written

    @property
    def address(self) -> tuple[str, ...]:
        """Village, district and city, each with the word that belongs before it."""
        return address_of(self.identity, self.t)

    @property
    def language_tag(self) -> str:
        """The language as PDF names it."""
        return "en-GB" if self.t.language == "en" else "id-ID"


# -- The four cuts of Source Sans Pro, and the width of text --------------------------------------
#
# Static TrueType, because ReportLab cannot embed CFF outlines. Widths come straight from the font's
# table: a ledger measures tens of thousands of strings.


REGULAR, ITALIC, SEMIBOLD, BOLD = "S", "SI", "SS", "SB"

FILES = {
    REGULAR: "SourceSansPro-Regular.ttf",
    ITALIC: "SourceSansPro-It.ttf",
    SEMIBOLD: "SourceSansPro-Semibold.ttf",
    BOLD: "SourceSansPro-Bold.ttf",
}

FIGURE_SCALE = {REGULAR: 1.0, ITALIC: 497 / 480, SEMIBOLD: 497 / 513, BOLD: 497 / 528}
"""Figures are tabular, but wider in heavier cuts: scaled so, columns stay true across cuts."""


def register(folder: Path) -> None:
    """Make the fonts known to ReportLab, whose registry is the process's own; once is enough."""
    known = set(pdfmetrics.getRegisteredFontNames())
    for name, file in FILES.items():
        if name not in known:
            # Shaping would call for an engine that is not there, and for metrics per document.
            pdfmetrics.registerFont(TTFont(name, str(folder / file), shapable=False))
    pdfmetrics.registerFontFamily(
        REGULAR, normal=REGULAR, bold=SEMIBOLD, italic=ITALIC, boldItalic=SEMIBOLD
    )


def width(text: str, font: str, size: float) -> float:
    """The width of `text` in points."""
    return sum(map(_signs(font).__getitem__, text)) * size / 1000


class _Signs(dict[str, float]):
    """The widths of a font's signs, in thousandths of its size."""

    def __init__(self, face: Any) -> None:
        self._face = face

    def __missing__(self, sign: str) -> float:
        found: float = self._face.charWidths.get(ord(sign), self._face.defaultWidth)
        self[sign] = found
        return found


@cache
def _signs(font: str) -> _Signs:
    return _Signs(pdfmetrics.getFont(font).face)


def figure_size(font: str, size: float) -> float:
    """The type size at which figures of this font are as wide as regular ones."""
    return size * FIGURE_SCALE[font]


def wrap(text: str, font: str, size: float, room: float) -> list[str]:
    """`text` in lines of at most `room` points; a word too long for a line is broken."""
    if width(text, font, size) <= room:
        return [text]
    lines: list[str] = []
    line = ""
    for word in text.split():
        trial = f"{line} {word}" if line else word
        if width(trial, font, size) <= room:
            line = trial
            continue
        if line:
            lines.append(line)
        while width(word, font, size) > room and len(word) > 1:
            cut = _fitting(word, font, size, room)
            lines.append(word[:cut])
            word = word[cut:]
        line = word
    if line:
        lines.append(line)
    return lines or [""]


def _fitting(word: str, font: str, size: float, room: float) -> int:
    """How many leading characters fit; one at least."""
    cut = 1
    while cut < len(word) and width(word[: cut + 1], font, size) <= room:
        cut += 1
    return cut


def fitted(text: str, font: str, size: float, room: float) -> float:
    """`size`, or the smaller one at which `text` fits into `room` points: nothing is clipped."""
    taken = width(text, font, size)
    return size if taken <= room else size * room / taken


def in_lines(
    text: str, font: str, size: float, room: float, least: float
) -> tuple[float, list[str]]:
    """The type size and the lines of `text`: one, set smaller down to `least`, else two."""
    if (one := fitted(text, font, size, room)) >= least:
        return one, [text]
    while len(lines := wrap(text, font, least, room)) > 2:
        least *= 0.96
    return least, lines


# -- Drawing on a page: text set left, right and centred, and the few rules the papers use -------


class Codes(dict[str, str]):
    """What stands in a page's content for each sign of a font: its code in this file, escaped.

    ReportLab gives out codes as signs come, 256 to a subset of the font; here are those of the
    first, which few files exceed. For others `KeyError` is raised.
    """

    def __init__(self, font: str, document: Any) -> None:
        self._font, self._document = pdfmetrics.getFont(font), document
        self.name: str = self._font.getSubsetInternalName(0, document)
        """As the pages call this subset of the font."""

    def __missing__(self, sign: str) -> str:
        ((subset, code),) = self._font.splitString(sign, self._document)
        if subset:
            raise KeyError(sign)
        found: str = escapePDF(code)
        self[sign] = found
        return found

    def of(self, text: str) -> str:
        """The codes of a text; raises `KeyError` where other subsets are needed."""
        return "".join(map(self.__getitem__, text))

    def in_subsets(self, text: str) -> Iterator[tuple[str, str]]:
        """The codes of a text, each part of it with the name of its subset."""
        for subset, codes in self._font.splitString(text, self._document):
            yield self._font.getSubsetInternalName(subset, self._document), escapePDF(codes)


class Pen:
    """Draws text and rules on a ReportLab canvas; points from the lower left corner."""

    def __init__(self, canvas: Any) -> None:
        self.canvas = canvas
        self._codes: dict[str, Codes] = {}

    def codes(self, font: str) -> Codes:
        """The codes that a font's signs have in this file."""
        if font not in self._codes:
            self._codes[font] = Codes(font, self.canvas._doc)
        return self._codes[font]

    def left(self, x: float, y: float, text: str, font: str, size: float) -> None:
        """Writes text that begins at `x`."""
        self.canvas.setFont(font, size)
        self.canvas.drawString(x, y, text)

    def right(self, x: float, y: float, text: str, font: str, size: float) -> None:
        """Writes text that ends at `x`."""
        self.left(x - width(text, font, size), y, text, font, size)

    def centre(self, x: float, y: float, text: str, font: str, size: float) -> None:
        """Writes text with its middle at `x`."""
        self.left(x - width(text, font, size) / 2, y, text, font, size)

    def spaced(self, x: float, y: float, text: str, size: float, space: float) -> None:
        """Bold capitals, centred, a little apart."""
        wide = width(text, BOLD, size) + space * (len(text) - 1)
        self.canvas.setFont(BOLD, size)
        self.canvas.drawString(x - wide / 2, y, text, charSpace=space)

    def rule(self, x0: float, x1: float, y: float, weight: float) -> None:
        """Draws a horizontal line of this weight in points."""
        self.canvas.setLineWidth(weight)
        self.canvas.line(x0, y, x1, y)

    def upright(self, x: float, y0: float, y1: float, weight: float) -> None:
        """Draws a vertical line of this weight in points."""
        self.canvas.setLineWidth(weight)
        self.canvas.line(x, y0, x, y1)

    def dashed(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """Draws a dashed line, to cut along."""
        self.canvas.saveState()
        self.canvas.setLineWidth(0.6)
        self.canvas.setDash(2.2, 2.2)
        self.canvas.line(x0, y0, x1, y1)
        self.canvas.restoreState()

    def dotted(self, x0: float, x1: float, y: float) -> None:
        """Draws a dotted horizontal line, to write on."""
        self.canvas.saveState()
        self.canvas.setLineWidth(0.6)
        self.canvas.setDash(0.6, 1.8)
        self.canvas.line(x0, y, x1, y)
        self.canvas.restoreState()

    def band(self, x: float, y: float, wide: float, high: float, grey: float) -> None:
        """A filled rectangle without outline."""
        self.canvas.saveState()
        self.canvas.setFillGray(grey)
        self.canvas.rect(x, y, wide, high, stroke=0, fill=1)
        self.canvas.restoreState()
