"""Twelve months of a fund: what came in upwards, what was spent downwards."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from kwt_books.queries.fund_bars import FundMonth
from ui.kit import Kit
from ui.widgets.chart import Scale, scale_for
from ui.widgets.label import label, row

_BAR = 26


class FundChart(QWidget):
    """The last month is the one in hand. ← → go through the months, figures in a tooltip."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        self._months: tuple[FundMonth, ...] = ()
        self._scale: Scale = scale_for((0, 0))
        self.selected = -1
        self.setProperty("ring", 6)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(480, self._kit.theme.px(190))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(240, self._kit.theme.px(150))

    def show_months(self, name: str, months: Sequence[FundMonth]) -> None:
        self._months, self.selected = tuple(months), -1
        values = [0, *(each.received for each in months), *(-each.spent for each in months)]
        self._scale = scale_for(values)
        self.setAccessibleName(name)
        texts = [self.describe(place) for place in range(len(months))]
        self.setAccessibleDescription("\n".join(texts))
        self.update()

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

    # -- where things stand ----------------------------------------------------------------

    def _plot(self) -> QRect:
        px = self._kit.theme.px
        return self.rect().adjusted(px(60), px(10), -2, -px(42))

    def _y(self, amount: int) -> float:
        plot, scale = self._plot(), self._scale
        return plot.bottom() - (amount - scale.low) * plot.height() / (scale.high - scale.low)

    def _x(self, place: int) -> float:
        plot = self._plot()
        return plot.left() + (place + 0.5) * plot.width() / max(1, len(self._months))

    # -- painting --------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        if not any(each.received or each.spent for each in self._months):
            painter.setPen(self._kit.theme.color("text2"))
            text = self._kit.t("Nothing moved in these twelve months")
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, text)
            return
        self._paint_grid(painter)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for place, month in enumerate(self._months):
            now = place == len(self._months) - 1 or place == self.selected
            self._paint_bar(painter, place, month.received, "bar_now" if now else "bar")
            self._paint_bar(painter, place, -month.spent, "amber" if now else "amber_bg")
            self._paint_label(painter, place, month.month)

    def _paint_grid(self, painter: QPainter) -> None:
        theme, plot = self._kit.theme, self._plot()
        painter.setFont(theme.font("caption", figures=True))
        right, middle = Qt.AlignmentFlag.AlignRight, Qt.AlignmentFlag.AlignVCenter
        for tick in self._scale.ticks:
            y = round(self._y(tick))
            painter.setPen(theme.color("line" if tick == 0 else "grid"))
            painter.drawLine(plot.left(), y, plot.right(), y)
            painter.setPen(theme.color("text2"))
            place = QRect(0, y - 12, plot.left() - 8, 24)
            painter.drawText(place, int(right | middle), self._kit.formats.compact(tick))

    def _paint_bar(self, painter: QPainter, place: int, amount: int, color: str) -> None:
        if not amount:
            return
        theme = self._kit.theme
        width = min(theme.px(_BAR), self._plot().width() / max(1, len(self._months)) * 0.6)
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

    # -- going through the months ----------------------------------------------------------

    def select(self, place: int) -> None:
        """Shows the figures of a month; -1: of none."""
        if place == self.selected:
            return
        self.selected = place
        if place < 0:
            QToolTip.hideText()
        else:
            top = max(0, self._months[place].received)
            spot = QPoint(round(self._x(place)), round(self._y(top)) - 8)
            QToolTip.showText(self.mapToGlobal(spot), self.describe(place), self)
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        plot = self._plot()
        across = event.position().x() - plot.left()
        place = int(across * len(self._months) // max(1, plot.width()))
        self.select(place if across >= 0 and place < len(self._months) else -1)

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        self.select(-1)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        super().focusOutEvent(event)
        self.select(-1)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None or not self._months:
            super().keyPressEvent(event)
            return
        start = self.selected if self.selected >= 0 else min(-step, 0)
        self.select((start + step) % len(self._months))


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
