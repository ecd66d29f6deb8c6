"""Twelve months of a fund: what came in upwards, what was spent downwards."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from kwt_books.queries.fund_bars import FundMonth
from ui.kit import Kit
from ui.widgets.label import label, row
from ui.widgets.plot import Frame, Plot

_BAR = 26
_FRAME = Frame(60, 10, 2, 42, height=190, least=150)


class FundChart(Plot):
    """The last month is the one in hand."""

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit, _FRAME)
        self._months: tuple[FundMonth, ...] = ()

    def show_months(self, name: str, months: Sequence[FundMonth]) -> None:
        self._months = tuple(months)
        values = [0, *(each.received for each in months), *(-each.spent for each in months)]
        self._show(name, values)

    def _places(self) -> int:
        return len(self._months)

    def _peak(self, place: int) -> int:
        return max(0, self._months[place].received)

    def describe(self, place: int) -> str:
        """`Juni 2026: masuk Rp360.000, dipakai Rp200.000, sisa Rp560.000`."""
        month, rupiah = self._months[place], self._kit.formats.rupiah
        return self._kit.t(
            "{month}: {received} in, {spent} spent, {left} left",
            month=self._kit.formats.month(month.month),
            received=rupiah(month.received),
            spent=rupiah(month.spent),
            left=rupiah(month.closing),
        )

    # -- painting --------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        if not any(each.received or each.spent for each in self._months):
            text = self._kit.t("Nothing moved in these twelve months")
            self._paint_nothing(painter, "chart-bar", text)
            return
        self._paint_grid(painter)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for place, month in enumerate(self._months):
            now = place == len(self._months) - 1 or place == self.selected
            self._paint_bar(painter, place, month.received, "bar_now" if now else "bar")
            self._paint_bar(painter, place, -month.spent, "amber" if now else "amber_bg")
            self._paint_label(painter, place, month.month)

    def _paint_bar(self, painter: QPainter, place: int, amount: int, color: str) -> None:
        if not amount:
            return
        theme = self._kit.theme
        width = min(theme.px(_BAR), self._across() * 0.6)
        top, base = sorted((self._y(amount), self._y(0)))
        edges = {"bar": "bar_edge", "bar_now": "bar_now", "amber": "amber", "amber_bg": "amber"}
        painter.setPen(QPen(theme.color(edges[color]), 1))
        painter.setBrush(theme.color(color))
        rect = QRectF(self._x(place) - width / 2, top, width, base - top)
        painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)

    def _paint_label(self, painter: QPainter, place: int, month: str) -> None:
        theme, now = self._kit.theme, place == len(self._months) - 1
        painter.setFont(theme.font("caption", bold=now))
        painter.setPen(theme.color("text" if now else "text2"))
        name = self._kit.formats.month_name(int(month[5:]))[:3]
        below = QRectF(self._x(place) - 40, self.height() - theme.px(38), 80, theme.px(18))
        painter.drawText(below, int(Qt.AlignmentFlag.AlignCenter), name)
        if place == 0 or month.endswith("-01"):
            painter.setFont(theme.font("caption"))
            painter.setPen(theme.color("text2"))
            below.translate(0, theme.px(18))
            painter.drawText(below, int(Qt.AlignmentFlag.AlignCenter), month[:4])


class _Swatch(QWidget):
    def __init__(self, kit: Kit, color: str, edge: str) -> None:
        super().__init__()
        self._kit, self._color, self._edge = kit, color, edge
        self.setFixedSize(14, 16)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        theme, painter = self._kit.theme, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.color(self._edge))
        painter.setBrush(theme.color(self._color))
        painter.drawRoundedRect(QRectF(1.5, 2.5, 11, 11), 3, 3)


def fund_legend(kit: Kit) -> QWidget:
    made = QWidget()
    across = row(made, space=6)
    for text, color, edge in (
        (kit.t("In"), "bar", "bar_edge"),
        (kit.t("Spent"), "amber_bg", "amber"),
    ):
        across.addWidget(_Swatch(kit, color, edge))
        across.addWidget(label(text, "caption"))
        across.addSpacing(8)
    return made
