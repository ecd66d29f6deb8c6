"""The steps at the left: done, in hand, to come; those that were seen can be gone back to."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from ui.app_icon import draw_mark
from ui.kit import Kit
from ui.tokens import ROW_TWO_LINES
from ui.widgets.icon import Icon
from ui.widgets.label import column, label, row
from ui.widgets.steps import Step, StepList

WIDTH = 304
_LEAST = 42
"""What a step is pressed to where the window is low."""
_FOOT_FROM = 660
"""The height from which on there is room for the foot."""


class Brand(QWidget):
    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        self.setFixedHeight(kit.theme.px(32))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        theme, painter = self._kit.theme, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = theme.px(32)
        draw_mark(self._kit, painter, QRect(12, 0, side, side))
        painter.setFont(theme.font("card", bold=True))
        painter.setPen(theme.color("text"))
        words = QRect(12 + side + 10, 0, self.width(), side)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, "KWT Books")


class Steps(StepList):
    """A click goes to a step that was seen already."""

    wanted = Signal(int)

    def __init__(self, kit: Kit, steps: Sequence[Step]) -> None:
        super().__init__(kit, steps)
        self.seen = 0
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setMinimumHeight(kit.theme.px(_LEAST) * len(steps))

    @property
    def _row(self) -> int:
        return min(self._kit.theme.px(ROW_TWO_LINES), self.height() // len(self.steps))

    def _at(self, event: QMouseEvent) -> int:
        return int(event.position().y()) // max(1, self._row)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for place in range(len(self.steps)):
            self._paint_down(painter, place, QRect(0, place * self._row, self.width(), self._row))

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        place = self._at(event)
        if place <= self.seen and place != self.current:
            self.wanted.emit(place)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        shape = Qt.CursorShape
        can = self._at(event) <= self.seen
        self.setCursor(shape.PointingHandCursor if can else shape.ArrowCursor)


class Side(QFrame):
    def __init__(self, kit: Kit, steps: Sequence[Step]) -> None:
        super().__init__()
        self._kit = kit
        self.setObjectName("side")
        self.setFixedWidth(kit.theme.px(WIDTH))
        page = column(self)
        page.setContentsMargins(16, kit.theme.px(24), 16, kit.theme.px(16))
        page.addWidget(Brand(kit))
        page.addSpacing(kit.theme.px(24))
        self.steps = Steps(kit, steps)
        page.addWidget(self.steps)
        page.addStretch(1)
        self._foot = QWidget()
        foot = row(self._foot, space=8)
        foot.setContentsMargins(12, 0, 12, 8)
        foot.addWidget(Icon(kit, "hard-drive", "text2"), 0, Qt.AlignmentFlag.AlignTop)
        said = label(
            kit.t("The books stay on this computer. No internet is needed."), "caption", wrap=True
        )
        foot.addWidget(said, 1)
        page.addWidget(self._foot)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._foot.setVisible(self.height() >= self._kit.theme.px(_FOOT_FROM))
