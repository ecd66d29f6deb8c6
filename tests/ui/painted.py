"""What parts of the desktop paint, written down instead of being drawn."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any, NamedTuple
from unittest.mock import patch

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import QWidget

from ui.kit.look import Theme, tabular


class Drawn(NamedTuple):
    """A text, an icon or a ground: what, in which colour, and where; a text also in which font,
    whether it ends in … where it has no room, and at which edge of its place it stands.
    """

    what: str
    color: str
    place: QRect
    font: QFont = QFont()
    elided: bool = False
    at: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignVCenter


class Sheet:
    """Stands for a painter, and writes down what it is told to draw."""

    def __init__(self, theme: Theme) -> None:
        self._names = {
            getattr(theme.palette, name): name for name in reversed(theme.palette.__slots__)
        }
        self.drawn: list[Drawn] = []
        self._pen, self._font = "", QFont()

    def name_of(self, color: Any) -> str:
        return self._names[QColor(color).name().upper()]

    def setPen(self, color: Any) -> None:  # noqa: N802 - Qt's name
        if isinstance(color, QColor):
            self._pen = self.name_of(color)

    def setFont(self, font: QFont) -> None:  # noqa: N802 - Qt's name
        self._font = font

    def drawText(self, place: QRect | QRectF, _flags: Any, text: str) -> None:  # noqa: N802
        self.drawn.append(Drawn(text, self._pen, QRectF(place).toRect(), self._font))

    def fillRect(self, place: QRect | QRectF, color: QColor) -> None:  # noqa: N802 - Qt's name
        self.drawn.append(Drawn("", self.name_of(color), QRectF(place).toRect()))

    def __getattr__(self, _name: str) -> Any:
        return lambda *_given, **_more: None

    @property
    def figures(self) -> list[str]:
        """The texts with digits of one width, so that they stand below each other."""
        return [each.what for each in self.drawn if each.font.isFeatureSet(tabular())]

    @property
    def texts(self) -> list[tuple[str, str]]:
        return [(each.what, each.color) for each in self.drawn if each.what]


@contextmanager
def noting(sheet: Sheet, *, plain: bool = False) -> Iterator[None]:
    """Within it icons and grounds of the theme are written down too; `plain`: also texts and
    grounds that a part paints without the theme.
    """

    def icon(_self: Theme, _on: object, name: str, color: QColor, place: QRect) -> None:
        sheet.drawn.append(Drawn(f"<{name}>", sheet.name_of(color), QRect(place)))

    def ground(_self: Theme, _on: object, place: Any, name: str, *_r: Any, edge: str = "") -> None:
        sheet.drawn.append(Drawn("", name or f"edge {edge}", QRectF(place).toRect()))

    def write(own: Theme, _on: object, place: Any, text: str, color: str = "text",
              size: str = "body", *, bold: bool = False, figures: bool = False,
              elided: bool = False,
              at: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignVCenter) -> None:  # fmt: skip
        font = own.font(size, bold=bold, figures=figures)
        sheet.drawn.append(Drawn(text, color, QRectF(place).toRect(), font, elided, at))

    def fill(_self: QPainter, place: QRect, color: QColor) -> None:
        sheet.fillRect(place, color)

    def draw(painter: QPainter, place: QRect, _flags: Any, text: str) -> None:
        color = sheet.name_of(painter.pen().color())
        sheet.drawn.append(Drawn(text, color, QRect(place), painter.font()))

    with ExitStack() as patched:
        for name, note in (("draw_icon", icon), ("paint_round", ground), ("paint_disc", ground),
                           ("write", write)):  # fmt: skip
            patched.enter_context(patch.object(Theme, name, note))
        for name, note in (("fillRect", fill), ("drawText", draw)) if plain else ():
            patched.enter_context(patch.object(QPainter, name, note))
        yield


def painted(part: QWidget, theme: Theme, *, plain: bool = False) -> Sheet:
    """What a part that paints itself by the theme paints; `plain`: also what it paints without."""
    sheet = Sheet(theme)
    with noting(sheet, plain=plain):
        part.grab()
    return sheet
