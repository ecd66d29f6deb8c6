"""The sidebar: places with icons, folding to icons alone where the window is narrow."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QFrame, QSizePolicy, QWidget

from ui.app_icon import draw_mark
from ui.kit import Kit
from ui.tokens import ICON_LARGE, ROW_NAV, SIDEBAR, SIDEBAR_FOLDED
from ui.widgets.label import column, rule

_LEAST = 22
"""What a row is pressed to where the window is low."""


class Brand(QWidget):
    """The mark and, where there is room, the name."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        self.setFixedHeight(kit.theme.px(56))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        theme, painter = self._kit.theme, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = theme.px(32)
        folded = self.width() < theme.px(SIDEBAR) - 20
        left = (self.width() - side) // 2 if folded else 8
        mark = QRect(left, (self.height() - side) // 2 + 4, side, side)
        draw_mark(self._kit, painter, mark)
        if not folded:
            painter.setFont(theme.font("card", bold=True))
            painter.setPen(theme.color("text"))
            words = QRect(mark.right() + 11, mark.top(), self.width(), side)
            painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, "KWT Books")


class NavButton(QAbstractButton):
    """One place. `count` says how much waits there."""

    def __init__(self, kit: Kit, text: str, icon: str) -> None:
        super().__init__()
        self._kit, self._icon = kit, icon
        self.count = 0
        self.title = text
        self.setText(text.replace("&", "&&"))  # a lone one would be a mnemonic
        self.setCheckable(True)
        self.setMinimumHeight(kit.theme.px(_LEAST))
        self.setMaximumHeight(kit.theme.px(ROW_NAV))
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Preferred)
        self.setMinimumWidth(kit.theme.px(SIDEBAR_FOLDED) - 17)

    def show_count(self, count: int) -> None:
        self.count = count
        text = self._kit.t("{place}, {count} to do", place=self.title, count=count)
        self.setAccessibleName(text if count else self.title)
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(0, self._kit.theme.px(ROW_NAV))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(0, self._kit.theme.px(_LEAST))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        theme, painter = self._kit.theme, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on, over = self.isChecked(), self.underMouse()
        if on or over:
            painter.setPen(theme.color("line") if on else Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("surface" if on else "grid"))
            painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), 8, 8)
        if on:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("accent"))
            painter.drawRoundedRect(QRect(0, 8, 3, self.height() - 16), 1, 1)
        folded = self.width() < theme.px(120)
        side = theme.px(ICON_LARGE)
        left = (self.width() - side) // 2 if folded else 12
        place = QRect(left, (self.height() - side) // 2, side, side)
        color = theme.color("accent_text" if on else "text2" if not over else "text")
        theme.draw_icon(painter, self._icon, color, place)
        if not folded:
            painter.setFont(theme.font(bold=on))
            painter.setPen(theme.color("accent_text" if on else "text"))
            words = QRect(left + side + 12, 0, self.width(), self.height())
            painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, self.title)
        if self.count:
            self._paint_count(painter, folded=folded)

    def _paint_count(self, painter: QPainter, *, folded: bool) -> None:
        theme = self._kit.theme
        side = theme.px(14 if folded else 20)
        top = 2 if folded else (self.height() - side) // 2
        circle = QRect(self.width() - side - (2 if folded else 11), top, side, side)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("amber_bg"))
        painter.drawEllipse(circle)
        painter.setFont(theme.font("caption", bold=True))
        painter.setPen(theme.color("amber"))
        painter.drawText(circle, Qt.AlignmentFlag.AlignCenter, str(self.count))


class Sidebar(QFrame):
    """↑ and ↓ go from place to place."""

    chosen = Signal(str)

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        self._buttons: dict[str, NavButton] = {}
        self._groups = QButtonGroup(self)
        self._last_group: int | None = None
        self._column = column(self, space=2)
        self._column.setContentsMargins(8, 0, 8, 8)
        self._column.addWidget(Brand(kit))
        self._column.addSpacing(6)
        self._column.addStretch(1)
        self.fold(narrow=False)

    def add(self, name: str, title: str, icon: str, group: int) -> None:
        button = NavButton(self._kit, title, icon)
        button.setToolTip(title)
        if self._last_group not in (None, group):
            line = rule()
            frame = column(space=0)
            frame.setContentsMargins(12, 7, 12, 7)
            frame.addWidget(line)
            self._column.insertLayout(self._column.count() - 1, frame)
        self._last_group = group
        self._buttons[name] = button
        self._groups.addButton(button)
        self._column.insertWidget(self._column.count() - 1, button)
        button.clicked.connect(lambda _on=False, each=name: self.chosen.emit(each))

    def show_place(self, name: str) -> None:
        self._buttons[name].setChecked(True)

    def show_count(self, name: str, count: int) -> None:
        self._buttons[name].show_count(count)

    def fold(self, *, narrow: bool) -> None:
        self.setFixedWidth(self._kit.theme.px(SIDEBAR_FOLDED if narrow else SIDEBAR))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        buttons = list(self._buttons.values())
        focused = self.focusWidget()
        if step is None or focused not in buttons:
            super().keyPressEvent(event)
            return
        buttons[(buttons.index(focused) + step) % len(buttons)].setFocus(
            Qt.FocusReason.TabFocusReason
        )
