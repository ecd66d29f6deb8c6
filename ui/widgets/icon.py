"""An icon that stands alone."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.kit import Kit
from ui.theme import Theme
from ui.tokens import ICON


class Icon(QWidget):
    """Painted in the theme's colours of the moment. Says nothing to a screen reader."""

    def __init__(self, kit: Kit, name: str, color: str = "text", pixels: int = ICON) -> None:
        super().__init__()
        self._kit, self._name, self._color = kit, name, color
        self._side = kit.theme.px(pixels)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFixedSize(self._side, self._side)

    def show_icon(self, name: str, color: str) -> None:
        self._name, self._color = name, color
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(self._side, self._side)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        theme = self._kit.theme
        rect = QRect(0, 0, self._side, self._side)
        theme.draw_icon(QPainter(self), self._name, theme.color(self._color), rect)


class Disc(QWidget):
    """An icon on a round ground, for what is still empty."""

    def __init__(self, kit: Kit, name: str, pixels: int = 88) -> None:
        super().__init__()
        self._kit, self._name = kit, name
        self._side = kit.theme.px(pixels)
        self.setFixedSize(self._side, self._side)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        paint_disc(QPainter(self), self._kit.theme, self._name, self.rect())


def paint_disc(painter: QPainter, theme: Theme, name: str, place: QRect) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(theme.color("soft"))
    painter.setBrush(theme.color("soft"))
    painter.drawEllipse(place.adjusted(0, 0, -1, -1))
    inset = place.width() // 4
    rect = place.adjusted(inset, inset, -inset, -inset)
    theme.draw_icon(painter, name, theme.color("accent_text"), rect)
