"""The head of dialogs; a dialog with a message (what is wrong, what can be done, the buttons); and
the ring around the widget that has the keyboard.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QGuiApplication, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialog,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from ui.kit.button import Button
from ui.kit.card import NOTE_COLORS, Card, Icon
from ui.kit.help_keys import add_help_keys, topic_of_window
from ui.kit.layout import column, fill, label, row, rule
from ui.kit.look import GUTTER, ICON_LARGE, Theme, UiContext, smooth
from ui.kit.scrolling import fixed_page

WIDTH = 486
_ICONS = {
    "error": "x-circle-fill",
    "warn": "warning-circle-fill",
    "good": "check-circle-fill",
    "": "info",
}


@dataclass(frozen=True, slots=True)
class Choice:
    """A button of a dialog. The last one is the default."""

    text: str
    kind: str = "default"
    act: Callable[[], object] | None = None


def dialog_head(ui: UiContext, icon: str, title: str, *beside: QWidget) -> QVBoxLayout:
    """The head of a dialog, over a rule: what is done here, with its icon; `beside` at its end."""
    words: tuple[QWidget | tuple[QWidget, int], ...] = (
        Icon(ui, icon, "accent_text", ICON_LARGE), (label(title, "card"), 1), *beside,
    )  # fmt: skip
    upright = 4 if beside else 12
    return column(row(*words, space=10, margins=(GUTTER, upright, GUTTER, upright)), rule())


class Dialog(QDialog):
    """A dialog with its title and the help keys; it is gone once closed, or `stays`. `explained`:
    its name among the windows of the guide; the window behind explains it where nothing is said.
    """

    def __init__(
        self,
        ui: UiContext,
        title: str,
        parent: QWidget | None = None,
        explained: str = "",
        *,
        stays: bool = False,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, not stays)
        self.setWindowTitle(title)
        add_help_keys(self, ui, partial(topic_of_window, explained) if explained else None)


class MessageDialog(Dialog):
    """A message with buttons. `what` says what can be done; `details` can be copied."""

    def __init__(
        self,
        ui: UiContext,
        title: str,
        text: str,
        *,
        tone: str = "error",
        what: str = "",
        details: str = "",
        choices: tuple[Choice, ...] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(ui, title, parent)
        self._ui, self.details = ui, details
        page = row(space=12)
        fixed_page(self, ui.theme.px(WIDTH), margins=ui.theme.px(24), space=0).addLayout(page)
        page.addWidget(Icon(ui, _ICONS[tone], NOTE_COLORS[tone], 22), 0, Qt.AlignmentFlag.AlignTop)
        words = column(label(title, "card", wrap=True), label(text, wrap=True), space=6)
        if what:
            fill(words, 6, _what_to_do(ui, what))
        fill(words, 12, self._buttons(choices))
        page.addLayout(words, 1)

    def _buttons(self, choices: tuple[Choice, ...]) -> QHBoxLayout:
        line = row(space=8)
        if self.details:
            copy = Button(self._ui, self._ui.t("Copy details"), kind="quiet")
            line.addWidget(copy.when_clicked(self.copy_details))
        line.addStretch(1)
        for choice in choices:
            button = Button(self._ui, choice.text, kind=choice.kind)
            button.clicked.connect(lambda _checked=False, each=choice: self._chosen(each))
            if choice.act is not None:
                button.decides()
            line.addWidget(button)
        if choices:
            button.setDefault(True)
            button.setFocus()
        return line

    def _chosen(self, choice: Choice) -> None:
        self.accept()
        if choice.act is not None:
            choice.act()

    def copy_details(self) -> None:
        """Copies the details."""
        QGuiApplication.clipboard().setText(self.details)


def _what_to_do(ui: UiContext, text: str) -> Card:
    card = Card(margins=12, space=2)
    card.setProperty("sunken", True)
    fill(card.body, label(ui.t("What you can do"), "strong"), label(text, wrap=True))
    return card


# -- The ring around the widget that has the keyboard --------------------------------------------


_GAP, _WIDTH, _STRONG = 2, 2, 4
_MOVES = (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide)


class FocusRing(QWidget):
    """A ring around the widget that the keyboard reached by keys, in any window: 2 px wide, 2 px
    outside.

    With strong contrast it is 4 px wide. Fields show their focus themselves. Other widgets get one
    by a property `ring`, the radius of their corners.
    """

    def __init__(self, app: QApplication, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._around: QWidget | None = None
        self._watched: list[QWidget] = []
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        app.focusChanged.connect(self._focus_changed)
        theme.changed.connect(self._dress)

    def _focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        by_mouse = QApplication.mouseButtons() != Qt.MouseButton.NoButton
        wanted = new is not None and not by_mouse and _has_ring(new)
        self._follow(new if wanted else None)

    def _follow(self, widget: QWidget | None) -> None:
        for each in self._watched:
            if isValid(each):
                each.removeEventFilter(self)
        self._watched = []
        self._around = widget
        if widget is None:
            self.hide()
            return
        window = widget.window()
        self._watched = list(_up_to(widget, window))
        for each in self._watched:
            each.installEventFilter(self)
        window.destroyed.connect(self._abandon)
        self.setParent(window)
        self._place()

    def _abandon(self) -> None:
        """Takes the ring out of a window that is being destroyed."""
        if isValid(self) and self.parent() is self.sender():
            self._watched, self._around = [], None
            self.setParent(None)

    def _dress(self) -> None:
        self._place()
        self.update()

    def _place(self) -> None:
        widget = self._around
        if widget is None or not isValid(widget) or widget.visibleRegion().isEmpty():
            self.hide()
            return
        corner = widget.mapTo(widget.window(), QPoint(0, 0))
        out = self._outside
        self.setGeometry(QRect(corner, widget.size()).adjusted(-out, -out, out, out))
        self.show()
        self.raise_()

    @property
    def _outside(self) -> int:
        """The distance from the widget, so that the background shows between it and the ring."""
        return _GAP + (_STRONG if self._theme.strong else _WIDTH)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() in _MOVES and self._around is not None:
            self._place()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = smooth(self)
        width = _STRONG if self._theme.strong else _WIDTH
        painter.setPen(QPen(self._theme.color("accent"), width))
        radius = self._around.property("ring") if self._around is not None else None
        corner = (radius if isinstance(radius, int) else 8) + self._outside - 1
        inside = width // 2
        edge = self.rect().adjusted(inside, inside, -inside, -inside)
        painter.drawRoundedRect(edge, corner, corner)


def _up_to(widget: QWidget, window: QWidget) -> Iterator[QWidget]:
    """The widget and its parents, up to the window."""
    found: QWidget | None = widget
    while found is not None:
        yield found
        found = None if found is window else found.parentWidget()


def _has_ring(widget: QWidget) -> bool:
    return isinstance(widget, QAbstractButton) or widget.property("ring") is not None
