"""First digits: how often amounts begin with each, beside how often they would by themselves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from ui.kit import Kit
from ui.widgets.chart import Scale, scale_for
from ui.widgets.label import label, row

_BAR, _MARK = 36, 52
_ODD = 30
"""Tenths of a percent off what is expected from which a digit is shown in amber."""


@dataclass(frozen=True, slots=True)
class Share:
    """Documents that begin with a digit; shares in tenths of a percent."""

    digit: str
    count: int
    share: int
    expected: int

    @property
    def odd(self) -> bool:
        return abs(self.share - self.expected) > _ODD


class DigitChart(QWidget):
    """Bars for what is, a stroke for what is expected. ← → go through them, with a tooltip."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        self._shares: tuple[Share, ...] = ()
        self._scale: Scale = scale_for((0, 0))
        self.selected = -1
        self.setProperty("ring", 6)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(480, self._kit.theme.px(240))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(240, self._kit.theme.px(160))

    def show_shares(self, name: str, shares: Sequence[Share]) -> None:
        self._shares, self.selected = tuple(shares), -1
        self._scale = scale_for([value for each in shares for value in (each.share, each.expected)])
        self.setAccessibleName(name)
        texts = [self.describe(place) for place in range(len(shares))]
        self.setAccessibleDescription("\n".join(texts))
        self.update()

    def describe(self, place: int) -> str:
        """`Angka depan 1: 33 persen dari 512 catatan…`."""
        each, formats = self._shares[place], self._kit.formats
        return self._kit.t(
            "Begins with {digit}: {count} documents, {share}; expected {expected}",
            digit=each.digit,
            count=formats.number(each.count),
            share=formats.percent_fixed(each.share),
            expected=formats.percent_fixed(each.expected),
        )

    # -- where things stand ----------------------------------------------------------------

    def _plot(self) -> QRect:
        px = self._kit.theme.px
        return self.rect().adjusted(px(52), px(12), -2, -px(26))

    def _y(self, share: int) -> float:
        plot = self._plot()
        return plot.bottom() - share * plot.height() / self._scale.high

    def _x(self, place: int) -> float:
        plot = self._plot()
        return plot.left() + (place + 0.5) * plot.width() / max(1, len(self._shares))

    # -- painting --------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        self._paint_grid(painter)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for place, each in enumerate(self._shares):
            self._paint_bar(painter, place, each)
            self._paint_expected(painter, place, each)
            self._paint_label(painter, place, each)

    def _paint_grid(self, painter: QPainter) -> None:
        theme, plot = self._kit.theme, self._plot()
        painter.setFont(theme.font("caption", figures=True))
        flags = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        for tick in self._scale.ticks:
            y = round(self._y(tick))
            painter.setPen(theme.color("grid" if tick else "line"))
            painter.drawLine(plot.left(), y, plot.right(), y)
            painter.setPen(theme.color("text2"))
            text = self._kit.formats.percent(tick)
            painter.drawText(QRect(0, y - 12, plot.left() - 8, 24), flags, text)

    def _paint_bar(self, painter: QPainter, place: int, each: Share) -> None:
        theme = self._kit.theme
        fill, edge = ("amber_bg", "amber") if each.odd else ("bar", "bar_edge")
        if place == self.selected:
            fill = "amber" if each.odd else "bar_now"
        width = self._width(_BAR)
        top, base = self._y(each.share), self._y(0)
        painter.setPen(QPen(theme.color(edge), 1))
        painter.setBrush(theme.color(fill))
        rect = QRectF(self._x(place) - width / 2, top, width, base - top)
        painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)

    def _width(self, wanted: int) -> float:
        across = self._plot().width() / max(1, len(self._shares))
        return min(self._kit.theme.px(wanted), across * 0.8)

    def _paint_expected(self, painter: QPainter, place: int, each: Share) -> None:
        pen = QPen(self._kit.theme.color("chart_line"), 2)
        painter.setPen(pen)
        x, y, half = self._x(place), self._y(each.expected), self._width(_MARK) / 2
        painter.drawLine(QPointF(x - half, y), QPointF(x + half, y))

    def _paint_label(self, painter: QPainter, place: int, each: Share) -> None:
        theme = self._kit.theme
        painter.setFont(theme.font("caption", bold=each.odd))
        painter.setPen(theme.color("amber" if each.odd else "text2"))
        below = QRectF(self._x(place) - 40, self.height() - theme.px(22), 80, theme.px(18))
        text = f"{each.digit} !" if each.odd else each.digit
        painter.drawText(below, int(Qt.AlignmentFlag.AlignCenter), text)

    # -- going through the digits ----------------------------------------------------------

    def select(self, place: int) -> None:
        """Shows the figures of a digit; -1: of none."""
        if place == self.selected:
            return
        self.selected = place
        if place < 0:
            QToolTip.hideText()
        else:
            spot = QPoint(round(self._x(place)), round(self._y(self._shares[place].share)) - 8)
            QToolTip.showText(self.mapToGlobal(spot), self.describe(place), self)
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        plot = self._plot()
        across = event.position().x() - plot.left()
        place = int(across * len(self._shares) // max(1, plot.width()))
        self.select(place if across >= 0 and place < len(self._shares) else -1)

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        self.select(-1)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        super().focusOutEvent(event)
        self.select(-1)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None or not self._shares:
            super().keyPressEvent(event)
            return
        start = self.selected if self.selected >= 0 else min(-step, 0)
        self.select((start + step) % len(self._shares))


class _Swatch(QWidget):
    def __init__(self, kit: Kit, kind: str) -> None:
        super().__init__()
        self._kit, self._kind = kit, kind
        self.setFixedSize(18, 16)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        theme, painter = self._kit.theme, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._kind == "expected":
            painter.setPen(QPen(theme.color("chart_line"), 2))
            painter.drawLine(1, 8, 17, 8)
            return
        fill, edge = ("amber_bg", "amber") if self._kind == "odd" else ("bar", "bar_edge")
        painter.setPen(theme.color(edge))
        painter.setBrush(theme.color(fill))
        painter.drawRoundedRect(QRectF(2.5, 2.5, 12, 11), 3, 3)


def digit_legend(kit: Kit) -> QWidget:
    made = QWidget()
    across = row(made, space=6)
    for text, kind in (
        (kit.t("In this book"), "is"),
        (kit.t("Stands out"), "odd"),
        (kit.t("Expected (Benford)"), "expected"),
    ):
        across.addWidget(_Swatch(kit, kind))
        across.addWidget(label(text, "caption"))
        across.addSpacing(10)
    across.addStretch(1)
    return made
