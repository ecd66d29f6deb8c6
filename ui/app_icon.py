"""The program's own sign, drawn where it is asked for."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap

from ui.kit import Kit

_ICON_SIZES = (16, 24, 32, 48, 64, 256)


def app_icon(kit: Kit) -> QIcon:
    return QIcon(_Mark(kit))


def draw_mark(kit: Kit, painter: QPainter, mark: QRect) -> None:
    """A leaf on a rounded green square."""
    theme = kit.theme
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("accent"))
    painter.drawRoundedRect(mark, mark.width() // 4, mark.width() // 4)
    inset = mark.width() * 7 // 32
    glyph = mark.adjusted(inset, inset, -inset, -inset)
    theme.draw_icon(painter, "leaf", theme.color("on_accent"), glyph)


class _Mark(QIconEngine):
    """Drawn in the sizes that the system asks for, when it does."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_mark(self._kit, painter, rect)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        pixmap = QPixmap(size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        self.paint(painter, pixmap.rect(), mode, state)
        painter.end()
        return pixmap

    def availableSizes(  # noqa: N802 - Qt's name
        self, mode: QIcon.Mode = QIcon.Mode.Normal, state: QIcon.State = QIcon.State.Off
    ) -> list[QSize]:
        return [QSize(side, side) for side in _ICON_SIZES]
