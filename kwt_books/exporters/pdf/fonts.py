"""The four cuts of Source Sans Pro, embedded, and how wide they run.

Static TrueType, because ReportLab cannot embed CFF outlines. Widths come straight from the font's
table: a ledger measures tens of thousands of strings.
"""

from __future__ import annotations

from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

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
    """Points that `text` takes."""
    face = pdfmetrics.getFont(font).face
    get, default = face.charWidths.get, face.defaultWidth
    total: float = 0
    for char in text:
        total += get(ord(char), default)
    return total * size / 1000


def figure_size(font: str, size: float) -> float:
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
    """`size`, or the smaller one at which `text` fits: nothing is ever clipped."""
    taken = width(text, font, size)
    return size if taken <= room else size * room / taken


def in_lines(
    text: str, font: str, size: float, room: float, least: float
) -> tuple[float, list[str]]:
    """One line, set smaller down to `least`; a longer text in two lines, as small as they need."""
    if (one := fitted(text, font, size, room)) >= least:
        return one, [text]
    while len(lines := wrap(text, font, least, room)) > 2:
        least *= 0.96
    return least, lines
