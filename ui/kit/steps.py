"""The steps of a longer task: done, current, to come; down a column or across a card."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.kit.look import CENTRE, ROW_TWO_LINES, UiContext, smooth

_DISC, _APART = 26, 16
_WORDS = 120
"""Width from which the words of steps below each other can be read."""


@dataclass(frozen=True, slots=True)
class WizardStep:
    """A step's title and the line below it."""

    title: str
    second: str = ""


class StepList(QWidget):
    """The steps of a longer task, one of them current; those before it are marked as done."""

    wanted = Signal(int)

    def __init__(self, ui: UiContext, steps: Sequence[WizardStep], *, across: bool = False) -> None:
        super().__init__()
        self._ui, self.steps, self._across = ui, tuple(steps), across
        self.current = 0
        self.seen = 0
        """The furthest step that was shown."""
        self.setMouseTracking(True)
        fixed, wide = QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding
        self.setSizePolicy(wide, fixed)
        self.show_step(0)

    def show_step(self, current: int) -> None:
        """Makes a step the current one, counted from 0."""
        self.current = current
        t = self._ui.t
        self.setAccessibleName(
            t("Step {number} of {all}", number=current + 1, all=len(self.steps))
            + ": "
            + self.steps[min(current, len(self.steps) - 1)].title
        )
        self.update()

    def _at(self, event: QMouseEvent) -> int:
        """The step below the mouse."""
        if self._across:
            return int(event.position().x()) * len(self.steps) // max(1, self.width())
        return int(event.position().y()) // self._ui.theme.px(ROW_TWO_LINES)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        place = self._at(event)
        if place <= self.seen and place != self.current:
            self.wanted.emit(place)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        shape = Qt.CursorShape
        place = self._at(event)
        can = place <= self.seen
        words = self.steps[place].title if self.folded and place < len(self.steps) else ""
        self.setToolTip(words)
        self.setCursor(shape.PointingHandCursor if can else shape.ArrowCursor)

    @property
    def folded(self) -> bool:
        """Whether there is room for the discs alone, below each other."""
        return not self._across and self.width() < self._ui.theme.px(_WORDS)

    def show_second(self, place: int, text: str) -> None:
        """Shows what was answered at a step in the line below its title."""
        steps = list(self.steps)
        steps[place] = WizardStep(steps[place].title, text)
        self.steps = tuple(steps)
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        px = self._ui.theme.px
        if self._across:
            return QSize(px(160) * len(self.steps), px(56))
        return QSize(px(270), px(ROW_TWO_LINES) * len(self.steps))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = smooth(self)
        if self._across:
            self._paint_across(painter)
        else:
            height = self._ui.theme.px(ROW_TWO_LINES)
            for place in range(len(self.steps)):
                self._paint_down(painter, place, QRect(0, place * height, self.width(), height))

    def _paint_disc(self, painter: QPainter, place: int, disc: QRect) -> None:
        theme = self._ui.theme
        done, now = place < self.current, place == self.current
        edge = "accent" if done or now else "field"
        theme.paint_disc(painter, disc, "soft" if done else "accent" if now else "", edge=edge)
        if done:
            inset = disc.width() // 4
            glyph = disc.adjusted(inset, inset, -inset, -inset)
            theme.draw_icon(painter, "check", theme.color("accent_text"), glyph)
            return
        color = "on_accent" if now else "text2"
        theme.write(painter, disc, str(place + 1), color, bold=True, at=CENTRE)

    def _paint_down(self, painter: QPainter, place: int, rect: QRect) -> None:
        theme, side = self._ui.theme, self._ui.theme.px(_DISC)
        now, step = place == self.current, self.steps[place]
        if now:
            theme.paint_round(painter, rect.adjusted(0, 0, -1, -1), "surface", 8, edge="line")
        beside = (rect.width() - side) // 2 if self.folded else 12
        disc = QRect(beside, rect.center().y() - side // 2, side, side)
        self._paint_disc(painter, place, disc)
        if self.folded:
            return
        left = disc.right() + 13
        lines = QRect(left, rect.top(), rect.right() - left - 8, rect.height())
        up = 2 * theme.px(10) if step.second else 0
        reached = place <= self.current
        color = "text" if reached else "text2"
        above = lines.adjusted(0, -up, 0, 0)
        theme.write(painter, above, step.title, color, bold=reached, elided=True)
        below = lines.adjusted(0, up, 0, 0)
        theme.write(painter, below, step.second, "text2", "caption", elided=True)

    def _paint_across(self, painter: QPainter) -> None:
        theme, side = self._ui.theme, self._ui.theme.px(_DISC)
        widths = []
        for place, step in enumerate(self.steps):
            painter.setFont(theme.font(bold=place <= self.current))
            widths.append(side + 8 + painter.fontMetrics().horizontalAdvance(step.title))
        gap = (self.width() - 48 - sum(widths)) // max(1, len(self.steps) - 1)
        left, middle = 24, self.height() // 2
        for place, (step, width) in enumerate(zip(self.steps, widths, strict=True)):
            self._paint_disc(painter, place, QRect(left, middle - side // 2, side, side))
            reached = place <= self.current
            words = QRect(left + side + 8, 0, width, self.height())
            color = "text" if reached else "text2"
            theme.write(painter, words, step.title, color, bold=reached)
            if place + 1 < len(self.steps) and gap > 2 * _APART:
                painter.setPen(theme.color("line"))
                painter.drawLine(left + width + _APART, middle, left + width + gap - _APART, middle)
            left += width + gap
