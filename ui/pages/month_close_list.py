"""A list of what is done and what is not: an icon, two lines, perhaps a button that does it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from ui.kit import Kit
from ui.tokens import GUTTER, ICON_LARGE
from ui.widgets.button import Button
from ui.widgets.icon import Icon
from ui.widgets.label import Elided, column, row

GOOD, WARN, ERROR, OPEN = "good", "warn", "error", "open"
_LOOKS = {
    GOOD: ("check-circle-fill", "accent_text"),
    WARN: ("warning-circle-fill", "amber"),
    ERROR: ("x-circle-fill", "red"),
    OPEN: ("circle-dashed", "text2"),
}
_ROW = 50


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
    def __init__(self, kit: Kit, check: Check) -> None:
        super().__init__()
        self._kit, self.check = kit, check
        self.setMinimumHeight(kit.theme.px(_ROW))
        icon, color = _LOOKS[check.tone]
        line = row(self, space=12)
        line.setContentsMargins(GUTTER, 4, GUTTER, 5)
        line.addWidget(Icon(kit, icon, color, ICON_LARGE + 2))
        words = column(space=0)
        tone = "error" if check.tone == ERROR else ""
        words.addStretch(1)
        words.addWidget(Elided(check.title, "strong", tone))
        if check.second:
            words.addWidget(Elided(check.second, "caption", tone))
        words.addStretch(1)
        line.addLayout(words, 1)
        self.button: Button | None = None
        if check.act is not None and check.offer:
            self.button = Button(kit, check.offer, scale="small").when_clicked(check.act)
            line.addWidget(self.button)
        self.setAccessibleName(f"{check.title}. {check.second}".strip())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        theme, painter = self._kit.theme, QPainter(self)
        if self.check.tone == ERROR:
            painter.fillRect(self.rect(), theme.color("red_bg"))
        rule = QRect(0, self.height() - 1, self.width(), 1)
        painter.fillRect(rule, theme.color("grid"))


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
        place = self.verticalScrollBar().value()
        ground = QWidget()
        ground.setObjectName("bare")
        page = column(ground)
        self.rows = {each.name: CheckRow(self._kit, each) for each in checks}
        for made in self.rows.values():
            page.addWidget(made)
        page.addStretch(1)
        self.setWidget(ground)
        self.verticalScrollBar().setValue(place)
        kept = self.rows.get(focused)
        if kept is not None and kept.button is not None:
            kept.button.setFocus()
        elif focused:
            self.done.emit()
