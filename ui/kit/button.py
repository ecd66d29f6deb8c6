"""Buttons in their kinds and sizes, the large ones of Beranda, tabs, and choices of which all are
visible.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QElapsedTimer, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShortcut,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QFrame,
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QStylePainter,
    QWidget,
)

from kwt_books.i18n.catalogue import Translator
from ui.kit.layout import go_on, row, tooltip
from ui.kit.look import (
    CENTRE,
    ENTER,
    GUTTER,
    ICON,
    ICON_VERB,
    TABS,
    VERB,
    UiContext,
    restyle,
    smooth,
)
from ui.kit.popup import Menu

_UPRIGHT, _UPRIGHT_WIDE = 48, 62
"""Height, and least width, of a button with its words below its icon."""
_ICON_COLORS = {"primary": "on_accent", "quiet": "accent_text", "danger": "red"}


# A second base beside a class of Qt must not be one of Qt's own.
if TYPE_CHECKING:
    _AnyButton = QAbstractButton
else:
    _AnyButton = object


class EnterPresses(_AnyButton):
    """A base to put before a class of buttons: Enter presses them, as the space bar does.

    It presses once, however long the key is held.
    """

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() not in ENTER:
            super().keyPressEvent(event)
        elif not event.isAutoRepeat():
            self.click()


class Button(EnterPresses, QPushButton):
    """A button. `kind`: primary, default, quiet, danger. `scale`: normal, large, small.

    Without text it is square and needs a `hint`, which is also its accessible name. It takes no
    double click that began elsewhere. One that decides (`decides`; primary and danger do) ignores
    mouse and keys until it has been in sight for half a second.
    """

    SETTLES: ClassVar[int] = 500
    """Milliseconds for which a button that decides has to be in sight before it can be pressed."""

    def __init__(
        self,
        ui: UiContext,
        text: str,
        icon: str = "",
        *,
        kind: str = "default",
        scale: str = "normal",
    ) -> None:
        super().__init__(text.replace("&", "&&"))  # a lone one would be a mnemonic
        self._ui = ui
        self._decides = kind in ("primary", "danger")
        self._seen = QElapsedTimer()
        self._began_here = False
        self.setProperty("kind", kind)
        self.setProperty("scale", scale)
        self.setAutoDefault(False)
        if icon:
            self.set_icon(icon)
        if not text:
            self.setProperty("square", True)

    def setText(self, text: str) -> None:  # noqa: N802 - Qt's name
        """Shows another text; a button that gets its first is square no longer."""
        super().setText(text)
        if bool(self.property("square")) == bool(text):
            restyle(self, square=not text)

    def set_icon(self, name: str) -> None:
        """Shows the icon of that name, in the colour of the button's kind."""
        color = _ICON_COLORS.get(str(self.property("kind")), "text")
        gap = bool(self.text())
        self.setIcon(self._ui.theme.icon(name, color, gap=gap))
        self.setIconSize(self._ui.theme.icon_size(ICON, gap=gap))

    def when_clicked(self, act: Callable[[], object]) -> Button:
        """Calls `act` when it is clicked; gives the button itself."""
        self.clicked.connect(lambda _checked=False: act())
        return self

    def decides(self) -> Button:
        """Marks a button that records, closes or throws away though its kind doesn't show it; gives
        the button.
        """
        self._decides = True
        return self

    def only_where(self, offered: bool) -> Button:
        """Hides what is not offered here; gives the button. What is offered is left alone, for a
        button that is shown before it stands anywhere comes up as a window of its own.
        """
        if not offered:
            self.hide()
        return self

    def keeps_place(self) -> Button:
        """Leaves its place empty while it is hidden, so that no other stands there; gives the
        button.
        """
        policy = self.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.setSizePolicy(policy)
        return self

    @property
    def settles(self) -> bool:
        """Whether it decides."""
        return self._decides

    @property
    def deaf(self) -> bool:
        """Whether the button came into sight so lately that a press can't have
        been meant for it.
        """
        return self._decides and self._seen.isValid() and self._seen.elapsed() < self.SETTLES

    def rest(self) -> None:
        """Counts as just come into sight: another page stands above the button, so that what is
        pressed now, if it decides, was meant for the page before.
        """
        self._seen.start()
        self._began_here = False

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        super().showEvent(event)
        if not event.spontaneous():
            self.rest()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        self._began_here = True
        if not self.deaf:
            super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Ignores the second click of a double click that began on another widget."""
        if self._began_here:
            super().mouseDoubleClickEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if not self.deaf:
            super().keyPressEvent(event)

    def hint(self, text: str, shortcut: str = "") -> Button:
        """Sets the tooltip, with the keys that do the same; gives the button itself."""
        self.setToolTip(tooltip(with_keys(self._ui.t, text, shortcut)))
        if not self.text():
            self.setAccessibleName(text)
        return self


def with_keys(t: Translator, text: str, shortcut: str) -> str:
    """A text with its keys, `Simpan (Ctrl+S)`."""
    if not shortcut:
        return text
    keys = QKeySequence(shortcut).toString(QKeySequence.SequenceFormat.NativeText)
    return t("{what} ({keys})", what=text, keys=keys)


def on_keys(
    widget: QWidget,
    keys: str,
    act: Callable[[], object],
    *,
    repeats: bool = True,
    anywhere: bool = False,
) -> None:
    """Calls `act` when these keys are pressed while the keyboard is in the widget; with `anywhere`
    also while it is elsewhere in a window that shows the widget.
    """
    shortcut = QShortcut(QKeySequence(keys), widget)
    if not anywhere:
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    shortcut.setAutoRepeat(repeats)
    shortcut.activated.connect(act)


# -- A large button that opens a form, with its key ----------------------------------------------


class UprightButton(Button):
    """A button with its words, small, below its icon: for a strip that is narrow."""

    def __init__(self, ui: UiContext, text: str, icon: str, *, kind: str = "default") -> None:
        super().__init__(ui, text, kind=kind)
        self._icon = icon
        wide = ui.theme.metrics("caption").horizontalAdvance(text) + 8
        self._room = QSize(max(wide, ui.theme.px(_UPRIGHT_WIDE)), ui.theme.px(_UPRIGHT))
        self.setFixedSize(self._room)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return self._room

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        theme, painter, option = self._ui.theme, QStylePainter(self), QStyleOptionButton()
        self.initStyleOption(option)
        painter.drawControl(QStyle.ControlElement.CE_PushButtonBevel, option)
        name = _ICON_COLORS.get(str(self.property("kind")), "text")
        color = theme.color(name if self.isEnabled() else "field")
        side = theme.px(ICON)
        above = QRect((self.width() - side) // 2, theme.px(6), side, side)
        theme.draw_icon(painter, self._icon, color, above)
        painter.setFont(theme.font("caption"))
        painter.setPen(color)
        below = QRect(0, theme.px(26), self.width(), theme.px(18))
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, self.text())


class VerbButton(EnterPresses, QAbstractButton):
    """A large button; Alt with `number` does the same. The `main` one is green."""

    def __init__(
        self, ui: UiContext, text: str, icon: str, number: int, *, main: bool = False
    ) -> None:
        super().__init__()
        self._ui, self._icon, self._number, self._main = ui, icon, number, main
        self.setText(text)
        self.setToolTip(with_keys(ui.t, text, f"Alt+{number}"))
        self.setFixedHeight(ui.theme.px(VERB))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        self.setFont(self._ui.theme.font(bold=True))
        width = self.fontMetrics().horizontalAdvance(self.text())
        return QSize(max(width + 20, self._ui.theme.px(96)), self._ui.theme.px(VERB))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(self._ui.theme.px(72), self._ui.theme.px(VERB))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        theme, painter = self._ui.theme, smooth(self)
        down = self.underMouse() or self.isDown()
        if self._main:
            ground = "accent_hover" if down else "accent"
            edge, words, glyph, number = ground, "on_accent", "on_accent", "on_accent"
        else:
            ground = "sunken" if down else "surface"
            edge, words, glyph, number = "line", "text", "accent_text", "text3"
        theme.paint_round(painter, self.rect().adjusted(0, 0, -1, -1), ground, 8, edge=edge)
        side = theme.px(ICON_VERB)
        icon = QRect((self.width() - side) // 2, theme.px(12), side, side)
        theme.draw_icon(painter, self._icon, theme.color(glyph), icon)
        below = QRect(2, theme.px(43), self.width() - 4, theme.px(22))
        theme.write(painter, below, self.text(), words, bold=True, at=CENTRE, elided=True)
        corner = QRect(0, theme.px(5), self.width() - 9, theme.px(20))
        theme.write(painter, corner, str(self._number), number, at=Qt.AlignmentFlag.AlignRight)


class OneOf(QButtonGroup):
    """Buttons of which one is checked, also by the program; Tab goes to that one alone.

    Qt itself sees to it only when one of them gets the keyboard.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.buttonToggled.connect(lambda _button, checked: self._fit() if checked else None)

    def add(self, button: QAbstractButton) -> None:
        """Adds a button."""
        self.addButton(button)
        self._fit()

    def _fit(self) -> None:
        """Takes Tab from all but the checked one; while none is, Tab goes to each."""
        checked, tab = self.checkedButton(), Qt.FocusPolicy.TabFocus
        for each in self.buttons():
            policy = each.focusPolicy()
            each.setFocusPolicy(policy | tab if checked in (None, each) else policy & ~tab)


# -- Tabs below the header and the segment switch ------------------------------------------------


_SPACE, _LEAST = 28, 160


class _Tab(EnterPresses, QAbstractButton):
    """A word, with a line below it while it is chosen."""

    def __init__(self, ui: UiContext, text: str) -> None:
        super().__init__()
        self._ui = ui
        self.title = text
        self.setText(text.replace("&", "&&"))  # a lone one would be a mnemonic
        self.setCheckable(True)
        self.setAutoExclusive(True)  # one of several, not a box to tick, to a screen reader
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        self.setFont(self._ui.theme.font(bold=True))
        return QSize(self.fontMetrics().horizontalAdvance(self.title), self._ui.theme.px(TABS))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        theme, painter = self._ui.theme, QPainter(self)
        on = self.isChecked()
        color = "accent_text" if on or self.underMouse() else "text2"
        theme.write(painter, self.rect(), self.title, color, bold=on, at=CENTRE)
        if on:
            line = self.rect().adjusted(0, self.height() - 3, 0, 0)
            painter.fillRect(line, theme.color("accent"))


class TabStrip(QFrame):
    """Tabs, one of them chosen; ← and → go from one to the next. Those without
    room are in a menu.
    """

    chosen = Signal(str)

    def __init__(self, ui: UiContext) -> None:
        super().__init__()
        self._ui = ui
        self.tabs: dict[str, _Tab] = {}
        self._group = OneOf(self)
        self.setFixedHeight(ui.theme.px(TABS))
        self.more = Button(ui, ui.t("More"), "caret-down", kind="quiet", scale="small")
        self.more.setObjectName("more")
        self.more.when_clicked(self._show_menu)
        self.more.hide()
        self._line = row(self.more, ..., parent=self, space=_SPACE, margins=(GUTTER, 0, GUTTER, 0))

    def add(self, name: str, title: str) -> None:
        """Adds a tab at the end; the first one added is chosen."""
        tab = _Tab(self._ui, title)
        self.tabs[name] = tab
        self._group.add(tab)
        self._line.insertWidget(self._line.count() - 2, tab)
        if len(self.tabs) == 1:
            tab.setChecked(True)
        tab.toggled.connect(partial(self._toggled, name))
        self._fit()

    # -- where there is little room --------------------------------------------------------

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(self._ui.theme.px(_LEAST), self._ui.theme.px(TABS))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._fit()

    @property
    def hidden_tabs(self) -> tuple[str, ...]:
        """Names of the tabs that are in the menu."""
        return tuple(name for name, tab in self.tabs.items() if tab.isHidden())

    def _fit(self) -> None:
        """Shows as many tabs as there is room for, always the chosen one among them."""
        room = self.width() - 2 * GUTTER + _SPACE
        wide = {name: tab.sizeHint().width() + _SPACE for name, tab in self.tabs.items()}
        shown = list(self.tabs)
        if sum(wide.values()) > room:
            room -= self.more.sizeHint().width() + _SPACE
            current = self.current
            while len(shown) > 1 and sum(wide[name] for name in shown) > room:
                shown.remove(next(name for name in reversed(shown) if name != current))
        for name, tab in self.tabs.items():
            tab.setVisible(name in shown)
        self.more.setVisible(len(shown) < len(self.tabs))

    def _show_menu(self) -> None:
        menu = Menu(self._ui, self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for name in self.hidden_tabs:
            menu.offer(self.tabs[name].title, partial(self.choose, name))
        menu.popup(self.more.mapToGlobal(QPoint(0, self.more.height())))

    # -- choosing --------------------------------------------------------------------------

    def _toggled(self, name: str, on: bool) -> None:
        if on:
            self._fit()
            self.chosen.emit(name)

    @property
    def current(self) -> str:
        """The name of the chosen tab, empty without tabs."""
        return next((name for name, tab in self.tabs.items() if tab.isChecked()), "")

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all tabs."""
        return tuple(self.tabs)

    def title(self, name: str) -> str:
        """The words on a tab."""
        return self.tabs[name].title

    def choose(self, name: str) -> None:
        """Chooses a tab; the keyboard goes to it if it was at the tabs."""
        held = any(tab.hasFocus() for tab in self.tabs.values())
        self.tabs[name].setChecked(True)
        if held:
            self.tabs[name].setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        step = steps.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        names = list(self.tabs)
        self.choose(names[(names.index(self.current) + step) % len(names)])


class _Part(EnterPresses, QPushButton):
    """One of the choices of a segment. From the one that is chosen Enter goes on."""

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() not in ENTER or not self.isChecked():
            super().keyPressEvent(event)
        elif not event.isAutoRepeat():
            go_on(self)


class Segment(QFrame):
    """A choice of a few, all of them visible, also as an input; its choices are pairs of name and
    text. Enter goes on, as from any other input.
    """

    chosen = Signal(str)
    changed = Signal()

    def __init__(
        self, ui: UiContext, choices: tuple[tuple[str, str], ...], current: str = ""
    ) -> None:
        super().__init__()
        self.buttons: dict[str, QPushButton] = {}
        """A button for each choice, by its name."""
        self._group = OneOf(self)
        line = row(parent=self, space=0)
        for name, text in choices:
            button = _Part(text)
            button.setCheckable(True)
            button.setAutoExclusive(True)
            button.setAutoDefault(False)
            self.buttons[name] = button
            self._group.add(button)
            line.addWidget(button, 1)
            button.toggled.connect(partial(self._toggled, name))
        self.choose(current or choices[0][0])
        self.setFixedHeight(ui.theme.px(36))

    def _toggled(self, name: str, on: bool) -> None:
        if on:
            self.chosen.emit(name)
            self.changed.emit()

    @property
    def current(self) -> str:
        """The name of what is chosen."""
        return next(name for name, button in self.buttons.items() if button.isChecked())

    def choose(self, name: str) -> None:
        """Chooses by name."""
        self.buttons[name].setChecked(True)

    def value(self) -> str:
        """The name of what is chosen."""
        return self.current

    def set_value(self, value: object) -> None:
        """Chooses by name; unknown names are ignored."""
        if isinstance(value, str) and value in self.buttons:
            self.choose(value)

    def problem(self) -> str:
        """Nothing: something is always chosen."""
        return ""

    state, restore = value, set_value
