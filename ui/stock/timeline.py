"""What expires when: the days ahead as a line, with a dot for each day on which lots expire."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen

from kwt_books.domain.values import first_day, month_of, shift
from kwt_books.queries.layers import StockedItem, StockedLot
from kwt_books.queries.overview import SOON
from ui.kit.chart import Frame, Plot
from ui.kit.look import UiContext, smooth

_FRAME = Frame(16, 16, 16, 30, height=86, least=86, gap=0)
"""Without a gap for figures: the line has no grid."""
_DOT, _NEAR = 6, 24
_LEAST_DAYS = 30


@dataclass(frozen=True, slots=True)
class Expiring:
    """A day on which goods expire, and which: names with quantities."""

    day: date
    goods: tuple[str, ...]


class ExpiryLine(Plot):
    """The days from today to the last expiry. What is to be sold first lies on an amber ground."""

    def __init__(self, ui: UiContext) -> None:
        super().__init__(ui, _FRAME)
        self._days: tuple[Expiring, ...] = ()
        self._span = _LEAST_DAYS

    def show_days(self, days: Sequence[Expiring]) -> None:
        """Shows these days, in their order; what is over stands at the line's beginning."""
        self._days = tuple(days)
        last = max((each.day for each in days), default=self._ui.today)
        self._span = max(_LEAST_DAYS, (last - self._ui.today).days)
        self._show(self._ui.t("What expires when"), (0, 1))

    def _places(self) -> int:
        return len(self._days)

    def _peak(self, place: int) -> int:
        return 1

    def place_of(self, place: int) -> float:
        """How far from the left a day is, in pixels."""
        return self._at(self._days[place].day)

    def _at(self, day: date) -> float:
        plot = self.plot()
        days = max(0, (day - self._ui.today).days)
        return plot.left() + days * plot.width() / self._span

    def describe(self, place: int) -> str:
        """`20 Desember 2026: Keripik pare 100 g 3 bungkus, …`."""
        each = self._days[place]
        return f"{self._ui.formats.day(each.day)}: {', '.join(each.goods)}"

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Selects the nearest day, unless the mouse is far from all."""
        away = [
            abs(self.place_of(place) - event.position().x()) for place in range(len(self._days))
        ]
        near = away and min(away) <= self._ui.theme.px(_NEAR)
        self.select(away.index(min(away)) if near else -1)

    # -- painting --------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        theme, painter, plot = self._ui.theme, smooth(self), self.plot()
        middle = plot.center().y()
        urgent = QRectF(plot.left(), plot.top(), 0, plot.height())
        urgent.setRight(min(self._at(self._ui.today + SOON), plot.right()))
        painter.fillRect(urgent, theme.color("amber_bg"))
        painter.setPen(QPen(theme.color("line"), 2))
        painter.drawLine(plot.left(), middle, plot.right(), middle)
        self._paint_months(painter)
        for place, each in enumerate(self._days):
            late = each.day <= self._ui.today + SOON
            radius = theme.px(_DOT + (2 if place == self.selected else 0))
            painter.setPen(QPen(theme.color("surface"), 2))
            painter.setBrush(theme.color("amber" if late else "accent"))
            painter.drawEllipse(QPointF(self.place_of(place), middle), radius, radius)

    def _paint_months(self, painter: QPainter) -> None:
        """Today, and the first of each month after it, as far as there is room for their words."""
        theme, plot, today = self._ui.theme, self.plot(), self._ui.today
        painter.setFont(theme.font("caption"))
        marks = [(today, self._ui.t("today"))]
        day = first_day(shift(month_of(today), 1))
        while (day - today).days <= self._span:
            marks.append((day, self._ui.short_day(day)))
            day = first_day(shift(month_of(day + timedelta(days=1)), 1))
        free = -1.0
        for day, text in marks:
            x, width = self._at(day), painter.fontMetrics().horizontalAdvance(text) + 8
            left = max(0.0, min(x - width / 2, self.width() - width))
            if left > free:
                painter.setPen(theme.color("grid"))
                painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()))
                painter.setPen(theme.color("text2"))
                below = QRectF(left, plot.bottom() + 6, width, theme.px(18))
                painter.drawText(below, int(Qt.AlignmentFlag.AlignCenter), text)
                free = left + width


def expiring_days(ui: UiContext, lots: Iterable[tuple[StockedItem, StockedLot]]) -> list[Expiring]:
    """The days on which lots expire, in order, with what expires on each."""
    found: defaultdict[date, defaultdict[str, int]] = defaultdict(lambda: defaultdict(int))
    units: dict[str, str] = {}
    for item, lot in lots:
        if lot.expires is not None and lot.quantity > 0:
            found[lot.expires][item.name] += lot.quantity
            units[item.name] = item.unit
    return [
        Expiring(
            day,
            tuple(
                f"{name} {ui.formats.quantity(qty)} {units[name]}" for name, qty in goods.items()
            ),
        )
        for day, goods in sorted(found.items())
    ]
