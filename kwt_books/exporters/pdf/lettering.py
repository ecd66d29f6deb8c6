"""The letters of a table: all rows of a piece in one text object.

A ledger sets tens of thousands of strings; a text object a string would double the time.
"""

from __future__ import annotations

from kwt_books.exporters.pdf import fonts
from kwt_books.exporters.pdf.body import Body, Line, label_font
from kwt_books.exporters.pdf.columns import FIGURE_PAD, LABEL, PAD, Col
from kwt_books.exporters.pdf.measures import INDENT, Setting
from kwt_books.exporters.pdf.pen import Pen
from kwt_books.reports.model import ColumnType, RowKind

_CAP = 0.66
"""Height of a capital or a figure, in type sizes."""

_FIGURE_FONT = {
    RowKind.TOTAL: fonts.BOLD,
    RowKind.SUBTOTAL: fonts.SEMIBOLD,
    RowKind.NOTE: fonts.ITALIC,
}


class Lettering:
    def __init__(self, pen: Pen, body: Body, setting: Setting, x: float) -> None:
        self.canvas = pen.canvas
        self.text = pen.canvas.beginText()
        self.body, self.setting, self.x = body, setting, x
        self.drop = (setting.pitch + _CAP * setting.size) / 2
        self._font: tuple[str, float] | None = None
        self._widths: dict[tuple[str, str, float], float] = {}
        self._label = next((n for n, c in enumerate(body.cols) if c.key == LABEL), 0)

    def line(self, line: Line, top: float) -> None:
        base = top - self.drop
        size = self.setting.size
        figure_font = _FIGURE_FONT.get(line.kind, fonts.REGULAR)
        for place, (col, text) in enumerate(zip(self.body.cols, line.cells, strict=True)):
            if not text:
                continue
            if col.align == "right":
                self._figure(col, base, text, figure_font)
            elif place in line.wrapped:
                for n, part in enumerate(line.wrapped[place]):
                    self._words(col, base - n * self.setting.leading, part, line, size)
            else:
                self._words(col, base, text, line, size)

    def _words(self, col: Col, base: float, text: str, line: Line, size: float) -> None:
        label = col.key == LABEL
        font = label_font(line) if label else (
            fonts.ITALIC if line.kind is RowKind.NOTE else fonts.REGULAR
        )  # fmt: skip
        x = col.x0 + PAD + (INDENT * line.level if label else 0)
        if self.body.tight and not col.flexible:
            size = fonts.fitted(text, font, size, col.room)
        if col.align == "centre":
            x = (col.x0 + col.x1 - self._width(text, font, size)) / 2
        self._put(x, base, text, font, size)

    def _width(self, text: str, font: str, size: float) -> float:
        """Width of a string that comes again and again: dates, codes."""
        key = (text, font, size)
        if key not in self._widths:
            self._widths[key] = fonts.width(text, font, size)
        return self._widths[key]

    def _figure(self, col: Col, base: float, text: str, font: str) -> None:
        size = fonts.figure_size(font, self.setting.size)
        if self.body.tight:
            size = fonts.fitted(text, font, size, col.room + PAD)
        # Amounts are grouped alike and their figures are of one width: the length tells it all.
        same = "0" * len(text) if col.type is ColumnType.MONEY and text[-1].isdigit() else text
        wide = self._amount_width(text, same, font, size)
        hang = self._width(")", font, size) if text[-1] == ")" else 0
        self._put(col.x1 - FIGURE_PAD + hang - wide, base, text, font, size)

    def _amount_width(self, text: str, same: str, font: str, size: float) -> float:
        key = (same, font, size)
        if key not in self._widths:
            self._widths[key] = fonts.width(text, font, size)
        return self._widths[key]

    def carried(self, top: float, label: str, texts: list[str]) -> None:
        """A line that carries sums over a page break."""
        base = top - self.drop
        col = self.body.cols[self._label]
        size = self.setting.size
        if col.align == "left":
            room = (col.room if self.body.setting.grid else self._clear(texts)) + 1
            size = fonts.fitted(label, fonts.ITALIC, size, room)
        self._put(col.x0 + PAD, base, label, fonts.ITALIC, size)
        for place, text in enumerate(texts):
            if text:
                self._figure(self.body.cols[place], base, text, fonts.SEMIBOLD)

    def _clear(self, texts: list[str]) -> float:
        """Room from the label to the first figure behind it."""
        cols = self.body.cols
        until = next(
            (cols[n].x0 for n in range(self._label + 1, len(cols)) if texts[n]), cols[-1].x1
        )
        return until - cols[self._label].x0 - 2 * PAD

    def note(self, top: float, text: str) -> None:
        """One line in italics over all columns."""
        self._put(PAD, top - self.drop, text, fonts.ITALIC, self.setting.size)

    def _put(self, x: float, y: float, text: str, font: str, size: float) -> None:
        if self._font != (font, size):
            self.text.setFont(font, size)
            self._font = (font, size)
        self.text.setTextOrigin(self.x + x, y)
        self.text.textOut(text)

    def done(self) -> None:
        self.canvas.drawText(self.text)
