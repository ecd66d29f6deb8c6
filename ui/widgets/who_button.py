"""Somebody to be chosen: initials on a disc, name and task."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from ui.kit import Kit
from ui.tokens import ROW_TWO_LINES
from ui.widgets.header import initials

_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Left: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_Right: 1}


class WhoButton(QAbstractButton):
    """One of several; the arrows go from one to the next."""

    def __init__(self, kit: Kit, name: str, second: str) -> None:
        super().__init__()
        self._kit, self.name, self._second = kit, name, second
        self.setText(name.replace("&", "&&"))
        self.setAccessibleName(f"{name}, {second}")
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(self._kit.theme.px(200), self._kit.theme.px(ROW_TWO_LINES))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        theme, painter = self._kit.theme, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on, over = self.isChecked(), self.underMouse()
        painter.setPen(theme.color("accent" if on else "line"))
        painter.setBrush(theme.color("soft" if on else "sunken" if over else "surface"))
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), 8, 8)
        side, middle = theme.px(36), self.height() // 2
        disc = QRect(theme.px(12), middle - side // 2, side, side)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("accent" if on else "soft"))
        painter.drawEllipse(disc)
        painter.setPen(theme.color("on_accent" if on else "accent_text"))
        painter.setFont(theme.font(bold=True))
        painter.drawText(disc, Qt.AlignmentFlag.AlignCenter, initials(self.name))
        left = disc.right() + theme.px(12)
        words = QRect(left, 0, self.width() - left - theme.px(12), middle)
        painter.setPen(theme.color("text"))
        elide = Qt.TextElideMode.ElideRight
        shown = painter.fontMetrics().elidedText(self.name, elide, words.width())
        painter.drawText(words, Qt.AlignmentFlag.AlignBottom, shown)
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.color("text2"))
        painter.drawText(words.translated(0, middle), Qt.AlignmentFlag.AlignTop, self._second)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        step = _STEPS.get(Qt.Key(event.key()))
        if step is not None:
            siblings = self._siblings()
            other = siblings[(siblings.index(self) + step) % len(siblings)]
            other.setChecked(True)
            other.setFocus(Qt.FocusReason.TabFocusReason)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            self.focusNextChild()
        else:
            super().keyPressEvent(event)

    def _siblings(self) -> list[WhoButton]:
        parent = self.parentWidget()
        return parent.findChildren(WhoButton) if parent is not None else [self]
