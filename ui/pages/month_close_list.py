"""A list of what is done and what is not: an icon, two lines, perhaps a button that does it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from ui.kit import Kit
from ui.tokens import GUTTER, ICON_LARGE
from ui.widgets.button import Button
from ui.widgets.label import column, row

GOOD, WARN, ERROR, OPEN = "good", "warn", "error", "open"
_LOOKS = {
    GOOD: ("check-circle-fill", "accent_text"),
    WARN: ("warning-circle-fill", "amber"),
    ERROR: ("x-circle-fill", "red"),
    OPEN: ("circle-dashed", "text2"),
}
_ROW = 50
_ICON = ICON_LARGE + 2


@dataclass(frozen=True, slots=True)
class Check:
    """`tone`: good, warn (may go on), error (may not), open (still to be done or looked at)."""

    name: str
    tone: str
    title: str
    second: str = ""
    offer: str = ""
    act: Callable[[], object] | None = field(default=None, compare=False)
    records: bool = True
    """Whether `act` records something, or only leads somewhere."""


class CheckRow(QWidget):
    """Paints its icon and words: a list of them comes at once, and again with every recording."""

    def __init__(self, kit: Kit, check: Check, parent: QWidget) -> None:
        super().__init__(parent)
        self._kit, self.check = kit, check
        self.setMinimumHeight(kit.theme.px(_ROW))
        self.button: Button | None = None
        if check.act is not None and check.offer:
            line = row(self, space=12)
            line.setContentsMargins(GUTTER, 4, GUTTER, 5)
            line.addStretch(1)
            self.button = Button(kit, check.offer, scale="small").when_clicked(check.act)
            line.addWidget(self.button)
        self.setAccessibleName(f"{check.title}. {check.second}".strip())

    def says(self, check: Check) -> bool:
        """Whether this row serves for it too."""
        return self.check == check and (self.check.act is None) == (check.act is None)

    def _words(self) -> QRect:
        left = GUTTER + self._kit.theme.px(_ICON) + 12
        right = self.width() - GUTTER
        if self.button is not None:
            right = self.button.x() - 12
        return QRect(left, 4, right - left, self.height() - 9)

    def _lines(self) -> list[tuple[str, str, bool]]:
        lines = [(self.check.title, "body", True), (self.check.second, "caption", False)]
        return [line for line in lines if line[0]]

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        room, theme = self._words().width(), self._kit.theme
        cut = [
            text
            for text, size, bold in self._lines()
            if theme.metrics(size, bold=bold).horizontalAdvance(text) > room
        ]
        self.setToolTip("\n".join(cut))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        theme, painter = self._kit.theme, QPainter(self)
        wrong = self.check.tone == ERROR
        if wrong:
            painter.fillRect(self.rect(), theme.color("red_bg"))
        rule = QRect(0, self.height() - 1, self.width(), 1)
        painter.fillRect(rule, theme.color("grid"))
        words, side = self._words(), theme.px(_ICON)
        icon, color = _LOOKS[self.check.tone]
        place = QRect(GUTTER, words.center().y() - side // 2 + 1, side, side)
        theme.draw_icon(painter, icon, theme.color(color), place)
        lines = self._lines()
        heights = [theme.metrics(size, bold=bold).height() for _, size, bold in lines]
        top = words.center().y() - sum(heights) // 2 + 1
        for (text, size, bold), height in zip(lines, heights, strict=True):
            painter.setFont(theme.font(size, bold=bold))
            painter.setPen(theme.color("red" if wrong else "text" if bold else "text2"))
            metrics = theme.metrics(size, bold=bold)
            shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, words.width())
            line = QRect(words.left(), top, words.width(), height)
            painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, shown)
            top += height


class CheckList(QScrollArea):
    done = Signal()
    """The button that had the keyboard is gone: what it offered is done."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        self.rows: dict[str, CheckRow] = {}
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumHeight(kit.theme.px(4 * _ROW))
        self._ground = QWidget()
        self._ground.setObjectName("bare")
        self._page = column(self._ground)
        self._page.addStretch(1)
        self.setWidget(self._ground)

    @property
    def checks(self) -> tuple[Check, ...]:
        return tuple(each.check for each in self.rows.values())

    def count(self, *tones: str) -> int:
        return sum(each.tone in tones for each in self.checks)

    def show_checks(self, checks: Sequence[Check]) -> None:
        """The button that one is on keeps the keyboard, where it is still there."""
        if tuple(checks) == self.checks:
            return
        focused = next((n for n, r in self.rows.items() if r.button and r.button.hasFocus()), "")
        before, self.rows = self.rows, {}
        for place, check in enumerate(checks):
            known = before.get(check.name)
            if known is not None and known.says(check):
                self._page.removeWidget(before.pop(check.name))
            else:
                known = CheckRow(self._kit, check, self._ground)
            self.rows[check.name] = known
            self._page.insertWidget(place, known)
        for one, other in pairwise(each.button for each in self.rows.values() if each.button):
            QWidget.setTabOrder(one, other)
        for gone in before.values():
            self._page.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        kept = self.rows.get(focused)
        if kept is not None and kept.button is not None:
            kept.button.setFocus()
        elif focused:
            self.done.emit()
