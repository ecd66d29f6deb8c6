"""A thing to record, as a large button with its key."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from ui.kit import Kit
from ui.tokens import ICON_VERB, VERB
from ui.widgets.button import with_keys


class VerbButton(QAbstractButton):
    """`number`: Alt with it does the same. The `main` one is green."""

    def __init__(self, kit: Kit, text: str, icon: str, number: int, *, main: bool = False) -> None:
        super().__init__()
        self._kit, self._icon, self._number, self._main = kit, icon, number, main
        self.setText(text)
        self.setToolTip(with_keys(kit.t, text, f"Alt+{number}"))
        self.setFixedHeight(kit.theme.px(VERB))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        self.setFont(self._kit.theme.font(bold=True))
        width = self.fontMetrics().horizontalAdvance(self.text())
        return QSize(max(width + 20, self._kit.theme.px(96)), self._kit.theme.px(VERB))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(self._kit.theme.px(72), self._kit.theme.px(VERB))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        theme, painter = self._kit.theme, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        down = self.underMouse() or self.isDown()
        if self._main:
            ground = "accent_hover" if down else "accent"
            edge, words, glyph, number = ground, "on_accent", "on_accent", "on_accent"
        else:
            ground = "sunken" if down else "surface"
            edge, words, glyph, number = "line", "text", "accent_text", "text3"
        painter.setPen(theme.color(edge))
        painter.setBrush(theme.color(ground))
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), 8, 8)
        side = theme.px(ICON_VERB)
        icon = QRect((self.width() - side) // 2, theme.px(12), side, side)
        theme.draw_icon(painter, self._icon, theme.color(glyph), icon)
        painter.setFont(theme.font(bold=True))
        painter.setPen(theme.color(words))
        shown = painter.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, self.width() - 8
        )
        below = QRect(0, theme.px(43), self.width(), theme.px(22))
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, shown)
        painter.setFont(theme.font())
        painter.setPen(theme.color(number))
        corner = QRect(0, theme.px(5), self.width() - 9, theme.px(20))
        painter.drawText(corner, Qt.AlignmentFlag.AlignRight, str(self._number))
