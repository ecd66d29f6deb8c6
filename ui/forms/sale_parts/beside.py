"""Two cards side by side; below each other where there is no room."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QScrollArea, QWidget

from ui.kit import Kit
from ui.tokens import GUTTER
from ui.widgets.label import row

_NO_LIMIT = 16_777_215
"""Qt's own."""
_LAPTOP = 1160
"""What both have on a laptop's screen; a quarter of what there is beyond it is the second's."""


class TwoCards(QScrollArea):
    """The first takes the room left by the second, which is `width` wide (text size 100), and up
    to a quarter wider on a large screen.

    Scrolls as a whole where the window is too low. Cards are made with `ground` as their
    parent: what is put together from the outside in is dressed once only.
    """

    stacked = Signal(bool)

    def __init__(self, kit: Kit, width: int, least: int) -> None:
        """`least`: what the first needs to stand beside the second."""
        super().__init__()
        self._kit, self._width, self._least = kit, width, least
        self._aside: QWidget | None = None
        self.is_stacked = False
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.ground = QWidget()
        self.ground.setObjectName("canvas")
        self._line: QBoxLayout = row(self.ground, space=GUTTER)
        self.setWidget(self.ground)

    def add(self, card: QWidget) -> None:
        """The first, then the second."""
        if self._line.count():
            card.setFixedWidth(self._kit.theme.px(self._width))
            self._line.addWidget(card)
            self._aside = card
        else:
            self._line.addWidget(card, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        needed = self._kit.theme.px(self._least + self._width) + GUTTER
        stacked = self.width() < needed
        if self._aside is not None:
            width = self._aside_width()
            self._aside.setMinimumWidth(0 if stacked else width)
            self._aside.setMaximumWidth(_NO_LIMIT if stacked else width)
        if stacked == self.is_stacked:
            return
        self.is_stacked = stacked
        direction = QBoxLayout.Direction
        self._line.setDirection(direction.TopToBottom if stacked else direction.LeftToRight)
        self.stacked.emit(stacked)

    def _aside_width(self) -> int:
        px = self._kit.theme.px
        width = px(self._width)
        return min(width * 5 // 4, width + max(0, self.width() - px(_LAPTOP)) // 4)


class Beside(TwoCards):
    """The same of cards that are made already."""

    def __init__(self, kit: Kit, main: QWidget, aside: QWidget, width: int, least: int) -> None:
        super().__init__(kit, width, least)
        self.add(main)
        self.add(aside)
