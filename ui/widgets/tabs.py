"""Tabs below the header and the segment switch."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QFrame,
    QMenu,
    QPushButton,
    QSizePolicy,
)

from ui.kit import Kit
from ui.tokens import GUTTER, TABS
from ui.widgets.button import Button
from ui.widgets.label import row

_SPACE, _LEAST = 28, 160


class _Tab(QAbstractButton):
    """A word with a line below it while it is chosen."""

    def __init__(self, kit: Kit, text: str) -> None:
        super().__init__()
        self._kit = kit
        self.title = text
        self.setText(text.replace("&", "&&"))  # a lone one would be a mnemonic
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        self.setFont(self._kit.theme.font(bold=True))
        return QSize(self.fontMetrics().horizontalAdvance(self.title), self._kit.theme.px(TABS))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        theme, painter = self._kit.theme, QPainter(self)
        on = self.isChecked()
        painter.setFont(theme.font(bold=on))
        painter.setPen(theme.color("accent_text" if on or self.underMouse() else "text2"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.title)
        if on:
            line = self.rect().adjusted(0, self.height() - 3, 0, 0)
            painter.fillRect(line, theme.color("accent"))


class TabStrip(QFrame):
    """One tab at a time; ← and → go from one to the next. Those without room are in a menu."""

    chosen = Signal(str)

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        self._tabs: dict[str, _Tab] = {}
        self._group = QButtonGroup(self)
        self.setFixedHeight(kit.theme.px(TABS))
        self._line = row(self, space=_SPACE)
        self._line.setContentsMargins(GUTTER, 0, GUTTER, 0)
        self.more = Button(kit, kit.t("More"), "caret-down", kind="quiet", scale="small")
        self.more.setObjectName("more")
        self.more.when_clicked(self._show_menu)
        self.more.hide()
        self._line.addWidget(self.more)
        self._line.addStretch(1)

    def add(self, name: str, title: str) -> None:
        tab = _Tab(self._kit, title)
        self._tabs[name] = tab
        self._group.addButton(tab)
        self._line.insertWidget(self._line.count() - 2, tab)
        if len(self._tabs) == 1:
            tab.setChecked(True)
        tab.toggled.connect(partial(self._toggled, name))
        self._fit()

    # -- where there is little room --------------------------------------------------------

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(self._kit.theme.px(_LEAST), self._kit.theme.px(TABS))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._fit()

    @property
    def hidden_tabs(self) -> tuple[str, ...]:
        """Those that stand in the menu."""
        return tuple(name for name, tab in self._tabs.items() if tab.isHidden())

    def _fit(self) -> None:
        """As many tabs as there is room for; the chosen one is always among them."""
        room = self.width() - 2 * GUTTER + _SPACE
        wide = {name: tab.sizeHint().width() + _SPACE for name, tab in self._tabs.items()}
        shown = list(self._tabs)
        if sum(wide.values()) > room:
            room -= self.more.sizeHint().width() + _SPACE
            current = self.current
            while len(shown) > 1 and sum(wide[name] for name in shown) > room:
                shown.remove(next(name for name in reversed(shown) if name != current))
        for name, tab in self._tabs.items():
            tab.setVisible(name in shown)
        self.more.setVisible(len(shown) < len(self._tabs))

    def _show_menu(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for name in self.hidden_tabs:
            menu.addAction(self._tabs[name].text(), partial(self.choose, name))
        menu.popup(self.more.mapToGlobal(QPoint(0, self.more.height())))

    # -- choosing --------------------------------------------------------------------------

    def _toggled(self, name: str, on: bool) -> None:
        if on:
            self._fit()
            self.chosen.emit(name)

    @property
    def current(self) -> str:
        return next((name for name, tab in self._tabs.items() if tab.isChecked()), "")

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self._tabs)

    def title(self, name: str) -> str:
        return self._tabs[name].title

    def choose(self, name: str) -> None:
        """The keyboard goes along where it was at the tabs."""
        held = any(tab.hasFocus() for tab in self._tabs.values())
        self._tabs[name].setChecked(True)
        if held:
            self._tabs[name].setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        step = steps.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        names = list(self._tabs)
        self.choose(names[(names.index(self.current) + step) % len(names)])


class Segment(QFrame):
    """A choice of a few, all of them visible."""

    chosen = Signal(str)

    def __init__(self, kit: Kit, choices: tuple[tuple[str, str], ...], current: str = "") -> None:
        super().__init__()
        self._buttons: dict[str, QPushButton] = {}
        self._group = QButtonGroup(self)
        line = row(self, space=0)
        for name, text in choices:
            button = QPushButton(text)
            button.setCheckable(True)
            button.setAutoDefault(False)
            self._buttons[name] = button
            self._group.addButton(button)
            line.addWidget(button, 1)
            button.toggled.connect(partial(self._toggled, name))
        self.choose(current or choices[0][0])
        self.setFixedHeight(kit.theme.px(36))

    def _toggled(self, name: str, on: bool) -> None:
        if on:
            self.chosen.emit(name)

    @property
    def current(self) -> str:
        return next(name for name, button in self._buttons.items() if button.isChecked())

    def choose(self, name: str) -> None:
        self._buttons[name].setChecked(True)
