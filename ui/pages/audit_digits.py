"""First digits: how often amounts begin with each, beside how often they would by themselves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from ui.kit import Kit
from ui.widgets.label import label, row
from ui.widgets.plot import Frame, Plot

_BAR, _MARK = 36, 52
_FRAME = Frame(52, 12, 2, 26, height=240, least=140)
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


class DigitChart(Plot):
    """Bars for what is, a stroke for what is expected."""

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit, _FRAME)
        self._shares: tuple[Share, ...] = ()

    def show_shares(self, name: str, shares: Sequence[Share]) -> None:
        self._shares = tuple(shares)
        self._show(name, [value for each in shares for value in (each.share, each.expected)])

    def _places(self) -> int:
        return len(self._shares)

    def _peak(self, place: int) -> int:
        return self._shares[place].share

    def _tick(self, value: int) -> str:
        return self._kit.formats.percent(value)

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

    # -- painting --------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        self._paint_grid(painter)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for place, each in enumerate(self._shares):
            self._paint_bar(painter, place, each)
            self._paint_expected(painter, place, each)
            self._paint_label(painter, place, each)

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
        return min(self._kit.theme.px(wanted), self._across() * 0.8)

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
