"""Drawing on a page: text set left, right and centred, and the few rules the papers use."""

from __future__ import annotations

from typing import Any

from kwt_books.exporters.pdf import fonts


class Pen:
    """A thin hand over a ReportLab canvas. Points, from the lower left corner."""

    def __init__(self, canvas: Any) -> None:
        self.canvas = canvas

    def left(self, x: float, y: float, text: str, font: str, size: float) -> None:
        self.canvas.setFont(font, size)
        self.canvas.drawString(x, y, text)

    def right(self, x: float, y: float, text: str, font: str, size: float) -> None:
        self.left(x - fonts.width(text, font, size), y, text, font, size)

    def centre(self, x: float, y: float, text: str, font: str, size: float) -> None:
        self.left(x - fonts.width(text, font, size) / 2, y, text, font, size)

    def spaced(self, x: float, y: float, text: str, size: float, space: float) -> None:
        """Bold capitals, centred, a little apart."""
        wide = fonts.width(text, fonts.BOLD, size) + space * (len(text) - 1)
        self.canvas.setFont(fonts.BOLD, size)
        self.canvas.drawString(x - wide / 2, y, text, charSpace=space)

    def rule(self, x0: float, x1: float, y: float, weight: float) -> None:
        self.canvas.setLineWidth(weight)
        self.canvas.line(x0, y, x1, y)

    def upright(self, x: float, y0: float, y1: float, weight: float) -> None:
        self.canvas.setLineWidth(weight)
        self.canvas.line(x, y0, x, y1)

    def dashed(self, x0: float, y0: float, x1: float, y1: float) -> None:
        self.canvas.saveState()
        self.canvas.setLineWidth(0.6)
        self.canvas.setDash(2.2, 2.2)
        self.canvas.line(x0, y0, x1, y1)
        self.canvas.restoreState()

    def dotted(self, x0: float, x1: float, y: float) -> None:
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
