"""What scrolls: areas, their bar, the pages of dialogs that are as high as their content, and two
cards beside each other that scroll as a whole.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QHideEvent, QMoveEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QBoxLayout,
    QDialog,
    QLayout,
    QScrollArea,
    QScrollBar,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from ui.kit.layout import Margins, Part, column, holder, room_on_screen, row
from ui.kit.look import GUTTER, UiContext

_APART = 2
"""Pixels between an area and a bar beside it."""


class MarginBar(QScrollBar):
    """The upright bar of an area, over the margin that its content keeps at the right (`GUTTER`);
    or beside the area, over the margin of what is around it.

    It takes no width, so that nothing moves to the left when a message, a row or another month
    makes the content higher than the area. The area calls `fit` where its size changes.
    """

    def __init__(self, area: QAbstractScrollArea, *, beside: bool = False) -> None:
        super().__init__(Qt.Orientation.Vertical, area)
        self._area, self._own, self._beside = area, area.verticalScrollBar(), beside
        area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.hide()
        self._own.rangeChanged.connect(self.fit)
        self._own.valueChanged.connect(self.setValue)
        self.valueChanged.connect(self._own.setValue)
        if beside:
            area.destroyed.connect(self.deleteLater)  # it may have moved to what is around

    def fit(self) -> None:
        """Stands at the right of what is seen, where there is more than that."""
        own = self._own
        if not isValid(own):  # the window goes, and its parts before it
            return
        there = own.maximum() > own.minimum() and (not self._beside or self._area.isVisible())
        if not there:
            self.hide()
            return
        self.setRange(own.minimum(), own.maximum())
        self.setPageStep(self._area.viewport().height())
        self.setSingleStep(own.singleStep())
        self.setValue(own.value())
        self._place()
        self.show()
        self.raise_()

    def _place(self) -> None:
        wide, seen = self.sizeHint().width(), self._area.viewport().geometry()
        around = self._around(wide) if self._beside else None
        if around is None:
            self.setGeometry(seen.right() + 1 - wide, seen.top(), wide, seen.height())
            return
        if self.parentWidget() is not around:
            self.setParent(around)
        corner = self._area.mapTo(around, seen.topRight() + QPoint(1, 0))
        self.setGeometry(QRect(corner, QSize(wide, seen.height())).translated(_APART, 0))

    def _around(self, wide: int) -> QWidget | None:
        """The nearest thing around the area that has room at its right; None where nothing has."""
        around = self._area.parentWidget()
        while around is not None:
            right = self._area.mapTo(around, QPoint(self._area.width(), 0)).x()
            if around.width() - right >= wide + _APART:
                return around
            around = around.parentWidget()
        return None


class Scrolling(QScrollArea):
    """An area that scrolls up and down, without a frame; its content is as wide as the area, and
    has the keyboard.
    """

    def __init__(
        self,
        inside: QWidget | None = None,
        parent: QWidget | None = None,
        *,
        margin: bool = True,
    ) -> None:
        """`margin`: the content keeps a margin at the right, over which the bar may lie; else it
        stands beside the area.
        """
        super().__init__(parent)
        self.bar = MarginBar(self, beside=not margin)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        if inside is not None:
            self.setWidget(inside)

    def show_parts(self, *parts: Part, space: int = 0, margins: Margins = 0) -> None:
        """Shows these parts below each other, in place of those before."""
        self.setWidget(holder(column(*parts, ..., space=space, margins=margins), "bare"))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self.bar.fit()

    def moveEvent(self, event: QMoveEvent) -> None:  # noqa: N802 - Qt's name
        super().moveEvent(event)
        self.bar.fit()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        super().showEvent(event)
        inside = self.widget()
        layout = inside.layout() if inside is not None else None
        if inside is not None and layout is not None and layout.geometry() != inside.rect():
            # Qt drops a size that is given while a part that was hidden is told another
            QCoreApplication.sendEvent(inside, QResizeEvent(inside.size(), inside.size()))
        self.bar.fit()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        super().hideEvent(event)
        if isValid(self.bar):
            self.bar.hide()

    def missing(self) -> int:
        """The height that its content lacks here; below zero: that it has too much."""
        room = self.viewport().size()
        return self.needed(room.width()) - room.height()

    def needed(self, width: int) -> int:
        """The height of its content at that width."""
        inside = self.widget()
        layout = inside.layout() if inside is not None else None
        if layout is not None and layout.hasHeightForWidth():
            return layout.totalHeightForWidth(width)
        return inside.sizeHint().height() if inside is not None else 0


def bring_into_view(widget: QWidget) -> None:
    """Scrolls whatever a widget stands in so far that it is seen. An area does so by itself only
    where the keyboard stays in it.
    """
    around = widget.parentWidget()
    while around is not None:
        if isinstance(around, QScrollArea):
            around.ensureWidgetVisible(widget)
        around = around.parentWidget()


class Shrinking(Scrolling):
    """An area that asks for `least` pixels of height and takes what is left over, or shows its
    content whole.

    Fill `inside` once the area stands where it belongs: Qt styles what an area is given at once,
    and again for each parent that it gets later.
    """

    def __init__(
        self, inside: QWidget, least: int, parent: QWidget | None = None, *, margin: bool = True
    ) -> None:
        inside.setObjectName("bare")
        super().__init__(inside, parent, margin=margin)
        self._inside, self._least, self._whole = inside, least, False
        inside.installEventFilter(self)
        self._fit()

    def show_whole(self, whole: bool) -> None:
        """Shows the content in its full height where something around it scrolls, or stops doing
        so.
        """
        self._whole = whole
        self._fit()

    def _fit(self) -> None:
        whole = self._inside.sizeHint().height() if self._whole else self._least
        if self.minimumHeight() != whole:
            self.setMinimumHeight(whole)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        inside = self._inside.sizeHint()
        return QSize(inside.width(), self.minimumHeight())

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(self._inside.minimumSizeHint().width(), self.minimumHeight())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        # The type of event is checked first: the content sends events while it is being destroyed,
        # when this widget's attributes may be gone.
        if event.type() == QEvent.Type.LayoutRequest and watched is self._inside:
            self._fit()
        return super().eventFilter(watched, event)


# -- Dialogs of a fixed width, as high as their content ------------------------------------------


class _FixedPage(Scrolling):
    """An area that asks for all that its content needs, or for what the screen has."""

    def __init__(self, inside: QWidget, width: int) -> None:
        super().__init__(inside)
        self._width = width
        inside.setFixedWidth(width)
        inside.installEventFilter(self)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        needed, room = self.needed(self._width), room_on_screen(self).height()
        return QSize(self._width, min(needed, room))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() == QEvent.Type.LayoutRequest and watched is self.widget():
            self.updateGeometry()
            around = self.window().layout()
            if around is not None:
                around.activate()  # now: a turn of events later a bar would have been seen
        return super().eventFilter(watched, event)


def fixed_page(dialog: QDialog, width: int, *, margins: int, space: int) -> QVBoxLayout:
    """The column of a dialog that is `width` pixels wide and as high as its content; where the
    screen is lower, it scrolls.
    """
    page = column(margins=margins, space=space)
    outer = column(_FixedPage(holder(page, "bare"), width), parent=dialog)
    outer.setSizeConstraint(QLayout.SizeConstraint.SetFixedSize)
    return page


# -- Two cards side by side, or below each other where there is no room --------------------------


_NO_LIMIT = 16_777_215
"""Qt's own."""
_LAPTOP = 1160
"""Width of both on a laptop's screen; of what is beyond it the second gets a quarter."""


class TwoCards(Scrolling):
    """Two cards: the second is `width` wide (pixels at a text size of 100 percent), and up
    to a quarter wider on a large screen; the first takes the rest.

    It scrolls as a whole where the window is too low. Make the cards with `ground` as their
    parent: Qt styles what is put together from the outside in only once.
    """

    stacked = Signal(bool)

    def __init__(self, ui: UiContext, width: int, least: int) -> None:
        """`least`: the width that the first needs to be beside the second."""
        super().__init__(margin=False)
        self._ui, self._width, self._least = ui, width, least
        self._aside: QWidget | None = None
        self.is_stacked = False
        self.ground = QWidget()
        self.ground.setObjectName("canvas")
        self._line: QBoxLayout = row(parent=self.ground, space=GUTTER)
        self.setWidget(self.ground)

    def add(self, card: QWidget) -> None:
        """Adds the first card, then the second."""
        if self._line.count():
            card.setFixedWidth(self._ui.theme.px(self._width))
            self._line.addWidget(card)
            self._aside = card
        else:
            self._line.addWidget(card, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        needed = self._ui.theme.px(self._least + self._width) + GUTTER
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
        px = self._ui.theme.px
        width = px(self._width)
        return min(width * 5 // 4, width + max(0, self.width() - px(_LAPTOP)) // 4)


class Beside(TwoCards):
    """Two cards that are made already."""

    def __init__(
        self, ui: UiContext, main: QWidget, aside: QWidget, width: int, least: int
    ) -> None:
        super().__init__(ui, width, least)
        self.add(main)
        self.add(aside)
