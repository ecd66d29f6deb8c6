"""The steps of something longer: done, in hand, to come. Down a column or across a card."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.kit import Kit
from ui.tokens import ROW_TWO_LINES

_DISC, _APART = 26, 16


@dataclass(frozen=True, slots=True)
class Step:
    title: str
    second: str = ""


class StepList(QWidget):
    """`show_step(2)`: the third is in hand, those before are done."""

    def __init__(self, kit: Kit, steps: Sequence[Step], *, across: bool = False) -> None:
        super().__init__()
        self._kit, self.steps, self._across = kit, tuple(steps), across
        self.current = 0
        fixed, wide = QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding
        self.setSizePolicy(wide, fixed)
        self.show_step(0)

    def show_step(self, current: int) -> None:
        self.current = current
        t = self._kit.t
        self.setAccessibleName(
            t("Step {number} of {all}", number=current + 1, all=len(self.steps))
            + ": "
            + self.steps[min(current, len(self.steps) - 1)].title
        )
        self.update()

    def show_second(self, place: int, text: str) -> None:
        """What was answered at a step."""
        steps = list(self.steps)
        steps[place] = Step(steps[place].title, text)
        self.steps = tuple(steps)
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        px = self._kit.theme.px
        if self._across:
            return QSize(px(160) * len(self.steps), px(56))
        return QSize(px(270), px(ROW_TWO_LINES) * len(self.steps))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._across:
            self._paint_across(painter)
        else:
            height = self._kit.theme.px(ROW_TWO_LINES)
            for place in range(len(self.steps)):
                self._paint_down(painter, place, QRect(0, place * height, self.width(), height))

    def _paint_disc(self, painter: QPainter, place: int, disc: QRect) -> None:
        theme = self._kit.theme
        done, now = place < self.current, place == self.current
        edge = "accent" if done or now else "field"
        painter.setPen(QPen(theme.color(edge), 1))
        painter.setBrush(theme.color("soft" if done else "accent" if now else "surface"))
        if not done and not now:
            painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(disc)
        if done:
            inset = disc.width() // 4
            glyph = disc.adjusted(inset, inset, -inset, -inset)
            theme.draw_icon(painter, "check", theme.color("accent_text"), glyph)
            return
        painter.setFont(theme.font(bold=True))
        painter.setPen(theme.color("on_accent" if now else "text2"))
        painter.drawText(disc, Qt.AlignmentFlag.AlignCenter, str(place + 1))

    def _paint_down(self, painter: QPainter, place: int, rect: QRect) -> None:
        theme, side = self._kit.theme, self._kit.theme.px(_DISC)
        now, step = place == self.current, self.steps[place]
        if now:
            painter.setPen(theme.color("line"))
            painter.setBrush(theme.color("surface"))
            painter.drawRoundedRect(rect.adjusted(0, 0, -1, -1), 8, 8)
        disc = QRect(12, rect.center().y() - side // 2, side, side)
        self._paint_disc(painter, place, disc)
        left = disc.right() + 13
        lines = QRect(left, rect.top(), rect.right() - left - 8, rect.height())
        painter.setFont(theme.font(bold=place <= self.current))
        painter.setPen(theme.color("text" if place <= self.current else "text2"))
        middle, half = Qt.AlignmentFlag.AlignVCenter, theme.px(10)
        if not step.second:
            painter.drawText(lines, middle, step.title)
            return
        painter.drawText(lines.adjusted(0, -2 * half, 0, 0), middle, step.title)
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.color("text2"))
        shown = painter.fontMetrics().elidedText(
            step.second, Qt.TextElideMode.ElideRight, lines.width()
        )
        painter.drawText(lines.adjusted(0, 2 * half, 0, 0), middle, shown)

    def _paint_across(self, painter: QPainter) -> None:
        theme, side = self._kit.theme, self._kit.theme.px(_DISC)
        widths = []
        for place, step in enumerate(self.steps):
            painter.setFont(theme.font(bold=place <= self.current))
            widths.append(side + 8 + painter.fontMetrics().horizontalAdvance(step.title))
        gap = (self.width() - 48 - sum(widths)) // max(1, len(self.steps) - 1)
        left, middle = 24, self.height() // 2
        for place, (step, width) in enumerate(zip(self.steps, widths, strict=True)):
            self._paint_disc(painter, place, QRect(left, middle - side // 2, side, side))
            painter.setFont(theme.font(bold=place <= self.current))
            painter.setPen(theme.color("text" if place <= self.current else "text2"))
            words = QRect(left + side + 8, 0, width, self.height())
            painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, step.title)
            if place + 1 < len(self.steps) and gap > 2 * _APART:
                painter.setPen(theme.color("line"))
                painter.drawLine(left + width + _APART, middle, left + width + gap - _APART, middle)
            left += width + gap
