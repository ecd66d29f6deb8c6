"""The funds as bars: what stands in each, how much of it was spent this month."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy, QWidget

from kwt_books.queries.fund_bars import FundBar
from ui.forms.money_words import account_name
from ui.kit import Kit
from ui.tokens import GUTTER
from ui.widgets.label import column

ROW = 92
_BAR = 10
_EDGE = 3


class FundButton(QAbstractButton):
    """Name and balance, the bar, and what came and went this month."""

    def __init__(self, kit: Kit, fund: FundBar, most: int) -> None:
        super().__init__()
        self._kit, self.fund, self._most = kit, fund, max(1, most)
        self.setCheckable(True)
        self.setFixedHeight(kit.theme.px(ROW))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._name = account_name(kit, fund.account)
        self.setText(self._name.replace("&", "&&"))
        self.setAccessibleName(f"{self._name}: {kit.formats.rupiah(fund.now.closing)}")
        self.setAccessibleDescription(self.words())

    def words(self) -> str:
        """`+360.000 masuk, −200.000 dipakai`."""
        t, number, now = self._kit.t, self._kit.formats.number, self.fund.now
        parts = []
        if now.received:
            parts.append(t("{amount} shared in", amount=f"+{number(now.received)}"))
        if now.spent:
            parts.append(t("{amount} spent", amount=number(-now.spent)))
        if now.other:
            sign = "+" if now.other > 0 else ""
            parts.append(t("{amount} otherwise", amount=f"{sign}{number(now.other)}"))
        return ", ".join(parts) or t("Nothing moved this month")

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(self._kit.theme.px(280), self._kit.theme.px(ROW))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        theme, painter = self._kit.theme, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.isChecked():
            painter.fillRect(self.rect(), theme.color("soft"))
            painter.fillRect(QRect(0, 0, _EDGE, self.height()), theme.color("accent"))
        elif self.underMouse():
            painter.fillRect(self.rect(), theme.color("sunken"))
        painter.fillRect(QRect(0, self.height() - 1, self.width(), 1), theme.color("grid"))
        inner = self.rect().adjusted(GUTTER, theme.px(12), -GUTTER, 0)
        self._paint_words(painter, inner)
        self._paint_bar(painter, inner)

    def _paint_words(self, painter: QPainter, inner: QRect) -> None:
        theme, fund = self._kit.theme, self.fund
        line = QRect(inner.left(), inner.top(), inner.width(), theme.px(22))
        left, right = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
        middle = Qt.AlignmentFlag.AlignVCenter
        figure = self._kit.formats.rupiah(fund.now.closing)
        painter.setFont(theme.font("card", bold=True, figures=True))
        painter.setPen(theme.color("red" if fund.now.closing < 0 else "text"))
        painter.drawText(line, int(right | middle), figure)
        room = line.width() - painter.fontMetrics().horizontalAdvance(figure) - 12
        painter.setFont(theme.font(bold=True))
        painter.setPen(theme.color("text"))
        name = painter.fontMetrics().elidedText(self._name, Qt.TextElideMode.ElideRight, room)
        painter.drawText(line, int(left | middle), name)
        below = line.translated(0, theme.px(22) + theme.px(_BAR + 14))
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.color("text2"))
        share = self._kit.formats.percent(fund.percent * 10) if fund.percent else ""
        painter.drawText(below, int(right | middle), share)
        room = below.width() - painter.fontMetrics().horizontalAdvance(share) - 12
        words = painter.fontMetrics().elidedText(self.words(), Qt.TextElideMode.ElideRight, room)
        painter.drawText(below, int(left | middle), words)

    def _paint_bar(self, painter: QPainter, inner: QRect) -> None:
        """Dark what is left, light what was spent this month, on a track as long as the most."""
        theme, now = self._kit.theme, self.fund.now
        high = theme.px(_BAR)
        track = QRect(inner.left(), inner.top() + theme.px(30), inner.width(), high)
        painter.setPen(Qt.PenStyle.NoPen)
        radius = high / 2
        lengths = (
            ("grid", self._most),
            ("bar", max(0, now.closing) + max(0, now.spent)),
            ("accent", max(0, now.closing)),
        )
        for color, amount in lengths:
            length = min(track.width(), track.width() * amount // self._most)
            if length > 0:
                painter.setBrush(theme.color(color))
                part = QRect(track.left(), track.top(), max(length, high), high)
                painter.drawRoundedRect(part, radius, radius)


class FundList(QWidget):
    """One fund is chosen; ↑ and ↓ go from one to the next."""

    chosen = Signal(str)

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        self._page = column(self)
        self._page.addStretch(1)
        self.buttons: dict[str, FundButton] = {}
        self._group = QButtonGroup(self)

    @property
    def current(self) -> str:
        return next((code for code, each in self.buttons.items() if each.isChecked()), "")

    def show_funds(self, funds: Sequence[FundBar]) -> None:
        kept = self.current
        focused = any(each.hasFocus() for each in self.buttons.values())
        for old in self.buttons.values():
            self._page.removeWidget(old)
            self._group.removeButton(old)
            old.hide()
            old.deleteLater()
        most = max((each.now.closing + max(0, each.now.spent) for each in funds), default=0)
        self.buttons = {each.account.code: FundButton(self._kit, each, most) for each in funds}
        for place, (code, button) in enumerate(self.buttons.items()):
            self._group.addButton(button)
            self._page.insertWidget(place, button)
            button.setChecked(code == kept)
            button.toggled.connect(lambda on, code=code: self.chosen.emit(code) if on else None)
        if focused and kept in self.buttons:
            self.buttons[kept].setFocus()

    def choose(self, code: str) -> None:
        if code in self.buttons:
            self.buttons[code].setChecked(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        codes = list(self.buttons)
        if step is None or not codes:
            super().keyPressEvent(event)
            return
        at = codes.index(self.current) if self.current in codes else 0
        code = codes[max(0, min(at + step, len(codes) - 1))]
        self.choose(code)
        self.buttons[code].setFocus()
