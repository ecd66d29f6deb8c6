"""Where things stand on a printed page, as a reader of PDF finds them.

All lengths are points, but for those that say millimetres.
"""

from __future__ import annotations

from io import BytesIO
from typing import Any, NamedTuple

import pytest
from pypdf import PageObject, PdfReader

from kwt_books.exporters.pdf.document import render
from kwt_books.exporters.pdf.job import BOLD, ITALIC, REGULAR, SEMIBOLD, width
from kwt_books.i18n.catalogue import Translator
from kwt_books.reports.model import Identity
from kwt_books.reports.packs import Cover, Part
from tests.exporters import pdf_samples as samples

MM = 72 / 25.4
PAPERS = {"F4": (215, 330), "A4": (210, 297)}
LEFT, RIGHT = 22 * MM, 15 * MM
_DRAWN = (b"w", b"m", b"l", b"re")
"""Width of lines, a line's begin and end, a rectangle."""
FONTS = {BOLD: "Bold", SEMIBOLD: "Semibold", REGULAR: "Regular", ITALIC: "It"}


class Text(NamedTuple):
    """One line as it was set: a row's label, with its figures where they have its font and size."""

    x: float
    y: float
    size: float
    font: str
    text: str

    @property
    def end(self) -> float:
        font = next(each for each, name in FONTS.items() if name == self.font)
        return self.x + width(self.text, font, self.size)

    @property
    def middle(self) -> float:
        return (self.x + self.end) / 2


class Rule(NamedTuple):
    """A line that was drawn, and how thick."""

    x: float
    y: float
    to_x: float
    to_y: float
    thick: float


class Page(NamedTuple):
    """A page: its texts and rules in the order of drawing."""

    wide: float
    texts: list[Text]
    rules: list[Rule]
    boxes: list[tuple[float, ...]]
    """Left, bottom, width and height."""

    @property
    def right(self) -> float:
        """Where the right margin begins."""
        return self.wide - RIGHT

    def text(self, begins: str) -> Text:
        """The first text that begins so."""
        return next(each for each in self.texts if each.text.startswith(begins))

    def across(self, thick: float) -> list[Rule]:
        """The rules of that thickness from margin to margin, from above."""
        return [
            each
            for each in self.rules
            if each.thick == thick
            and each.y == each.to_y
            and (each.x, each.to_x) == pytest.approx((LEFT, self.right), abs=0.1)
        ]


def measured(
    parts: list[Part],
    paper: str,
    cover: Cover | None = None,
    identity: Identity = samples.IDENTITY,
    number: int = 1,
    contents: bool = False,
) -> Page:
    """The page of that number of what these parts are printed as."""
    out = BytesIO()
    words = Translator("id")
    render(
        parts, identity, samples.IMPRINT, words, out, paper=paper, cover=cover, contents=contents
    )
    return seen(PdfReader(out).pages[number - 1])


def seen(found: PageObject) -> Page:
    """What stands on a page of a file."""
    texts, rules, boxes = list[Text](), list[Rule](), list[tuple[float, ...]]()
    at: dict[str, Any] = {"w": 1.0}

    def see(text: str, cm: list[float], tm: list[float], font: Any, size: float) -> None:
        if text.strip():
            style = font["/BaseFont"].rpartition("-")[2]
            texts.append(Text(tm[4] + cm[4], tm[5] + cm[5], size, style, text.strip()))

    def draw(operator: bytes, values: list[Any], cm: list[float], _tm: object) -> None:
        numbers = [float(each) for each in values] if operator in _DRAWN else []
        if len(numbers) > 1:
            numbers[:2] = numbers[0] + cm[4], numbers[1] + cm[5]
        if operator == b"w":
            at["w"] = numbers[0]
        elif operator == b"m":
            at["m"] = numbers
        elif operator == b"l":
            rules.append(Rule(*at["m"], *numbers, at["w"]))
        elif operator == b"re":
            boxes.append(tuple(numbers))

    found.extract_text(visitor_text=see, visitor_operand_before=draw)
    return Page(float(found.mediabox.width), texts, rules, boxes)
