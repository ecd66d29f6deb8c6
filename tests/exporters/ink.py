"""A page that remembers what is drawn on it, for blocks that are drawn alone; all in points."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from kwt_books.exporters.pdf.blocks import Block
from kwt_books.exporters.pdf.job import Pen, width

LEFT, TOP, WIDE = 60.0, 700.0, 500.0
CAPITALS = 0.67
"""How high a capital of these fonts is, of their size."""


class Said(NamedTuple):
    x: float
    y: float
    size: float
    text: str
    font: str = ""

    @property
    def end(self) -> float:
        """Where it ends, or would without room between its letters."""
        return self.x + width(self.text, self.font, self.size)

    @property
    def middle(self) -> float:
        return (self.x + self.end) / 2


@dataclass
class Ink:
    """A canvas that keeps what is drawn on it; names are those of ReportLab."""

    font: str = ""
    size: float = 0
    thick: float = 0
    look: dict[str, Any] = field(
        default_factory=lambda: {"setFillGray": (0,), "setStrokeGray": (0,), "setDash": ()}
    )
    """Greys and dashes, as they are set now."""
    kept: list[dict[str, Any]] = field(default_factory=list)
    greys: list[float] = field(default_factory=list)
    """How light each of the lines is drawn; 0 is black."""
    dashes: list[tuple[float, ...]] = field(default_factory=list)
    """How each of the lines is broken."""
    filled: list[float] = field(default_factory=list)
    """How light each of the boxes is; 1 is white."""
    texts: list[Said] = field(default_factory=list)
    lines_drawn: list[tuple[float, ...]] = field(default_factory=list)
    """From x and y to x and y, and how thick."""
    boxes: list[tuple[float, ...]] = field(default_factory=list)
    dots: list[tuple[float, float]] = field(default_factory=list)

    def setFont(self, font: str, size: float) -> None:  # noqa: N802
        self.font, self.size = font, size

    def setLineWidth(self, thick: float) -> None:  # noqa: N802
        self.thick = thick

    def drawString(self, x: float, y: float, text: str, **_: float) -> None:  # noqa: N802
        self.texts.append(Said(x, y, self.size, text, self.font))

    def line(self, *ends: float) -> None:
        self.lines_drawn.append((*ends, self.thick))
        self.greys.append(self.look["setStrokeGray"][0])
        self.dashes.append(self.look["setDash"])

    def lines(self, many: list[tuple[float, ...]]) -> None:
        for ends in many:
            self.line(*ends)

    def rect(self, *box: float, **_: object) -> None:
        self.boxes.append(box)
        self.filled.append(self.look["setFillGray"][0])

    def circle(self, x: float, y: float, _radius: float, **_: object) -> None:
        self.dots.append((x, y))

    def saveState(self) -> None:  # noqa: N802
        self.kept.append({**self.look, "thick": self.thick})

    def restoreState(self) -> None:  # noqa: N802
        self.look = self.kept.pop()
        self.thick = self.look.pop("thick")

    def __getattr__(self, name: str) -> Any:
        if name in ("translate", "scale", "doForm"):  # of the emblem and the seal
            return lambda *_: None
        assert name in self.look
        return lambda *how: self.look.update({name: how})

    def text(self, begins: str) -> Said:
        return next(each for each in self.texts if each.text.startswith(begins))

    def highest(self) -> float:
        tops = [each.y + CAPITALS * each.size for each in self.texts]
        tops += [max(y, to_y) for _x, y, _to_x, to_y, _thick in self.lines_drawn]
        return max([*tops, *(y + high for _x, y, _wide, high in self.boxes)])

    def lowest(self) -> float:
        feet = [each.y for each in self.texts]
        feet += [min(y, to_y) for _x, y, _to_x, to_y, _thick in self.lines_drawn]
        return min([*feet, *(y for _x, y, _wide, _high in self.boxes)])


class OnePage:
    number = 1

    def __init__(self) -> None:
        self.ink = Ink()
        self.pen = Pen(self.ink)


def drawn(block: Block) -> Ink:
    page = OnePage()
    block.draw(page, LEFT, TOP)
    return page.ink
