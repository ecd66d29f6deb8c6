"""The ring around the button that has the keyboard."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from shiboken6 import isValid

from ui.theme import Theme

_GAP, _WIDTH, _STRONG = 2, 2, 4
_MOVES = (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide)


class FocusRing(QWidget):
    """2 px wide, 2 px outside. Follows the keyboard's focus over all windows, not the mouse's.

    With strong contrast it is 4 px wide. Fields show their focus themselves. Other widgets join
    in with a property `ring`: the radius of their corners.
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
        """The window goes: the ring must not go with it."""
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
        """So that the ground is seen between ring and button, also where both are of one colour."""
        return _GAP + (_STRONG if self._theme.strong else _WIDTH)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() in _MOVES and self._around is not None:
            self._place()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = _STRONG if self._theme.strong else _WIDTH
        painter.setPen(QPen(self._theme.color("accent"), width))
        radius = self._around.property("ring") if self._around is not None else None
        corner = (radius if isinstance(radius, int) else 8) + self._outside - 1
        inside = width // 2
        edge = self.rect().adjusted(inside, inside, -inside, -inside)
        painter.drawRoundedRect(edge, corner, corner)


def _up_to(widget: QWidget, window: QWidget) -> Iterator[QWidget]:
    """The widget and all that it stands in."""
    found: QWidget | None = widget
    while found is not None:
        yield found
        found = None if found is window else found.parentWidget()


def _has_ring(widget: QWidget) -> bool:
    return isinstance(widget, QAbstractButton) or widget.property("ring") is not None
