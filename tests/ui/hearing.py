"""What a screen reader calls things, and where Tab goes."""

from __future__ import annotations

import re
from itertools import pairwise

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QTextEdit,
    QWidget,
)

from ui.kit.button import EnterPresses
from ui.kit.chart import Plot
from ui.kit.field import FieldRow
from ui.shell.chrome import WhoButton

NAME = QAccessible.Text.Name


def reached(window: QWidget) -> list[QWidget]:
    """What Tab goes to, from the first on."""
    found: list[QWidget] = []
    each = window.nextInFocusChain()
    while each is not None and each is not window:
        tabs = each.focusPolicy() & Qt.FocusPolicy.TabFocus
        part = isinstance(each.parentWidget(), QAbstractSpinBox | QComboBox)
        if (
            tabs
            and not part
            and each.isVisible()
            and each.isEnabled()
            and window.isAncestorOf(each)
        ):
            found.append(each)
        each = each.nextInFocusChain()
    return found


def called(widget: QWidget) -> str:
    if isinstance(widget, QComboBox):  # what is chosen is its name on Linux alone
        return widget.accessibleName()
    return QAccessible.queryAccessibleInterface(widget).text(NAME)


def nameless(window: QWidget) -> list[str]:
    return [
        f"{type(each).__name__} in {type(each.parentWidget()).__name__}"
        for each in reached(window)
        if not called(each).strip()
    ]


def misnamed(window: QWidget) -> list[str]:
    """Fields whose names lack a word of what stands above them."""
    return [
        f"{called(each.field)} below {each.title.text()}"
        for each in window.findChildren(FieldRow)
        if each.isVisible() and not _words(each.title.text()) <= _words(called(each.field))
    ]


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.casefold()))


_TAKES_KEYS = (QLineEdit, QTextEdit, QPlainTextEdit, QComboBox, QAbstractSpinBox, QPdfView, Plot)


def idle(window: QWidget) -> list[str]:
    """What Tab goes to though no key does anything there: frames, lists without a row; buttons that
    Enter doesn't press; and what the wheel would give the keyboard.
    """
    return [
        f"{type(each).__name__} '{called(each)}'" for each in reached(window) if not _is_used(each)
    ]


def _is_used(widget: QWidget) -> bool:
    if widget.focusPolicy() == Qt.FocusPolicy.WheelFocus and not isinstance(widget, QTextEdit):
        return False
    if isinstance(widget, QAbstractButton):
        return isinstance(widget, EnterPresses | WhoButton | QCheckBox)
    if isinstance(widget, QAbstractItemView):
        model = widget.model()
        return model is not None and model.rowCount() > 0
    if isinstance(widget, QScrollArea):
        return widget.verticalScrollBar().maximum() > 0
    return isinstance(widget, _TAKES_KEYS)


def strays(window: QWidget) -> list[str]:
    """Buttons with an "and" that Qt takes for a key: `Garden & Seedlings` would be Alt+Space."""
    buttons = window.findChildren(QAbstractButton)
    return [each.text() for each in buttons if "&" in each.text().replace("&&", "")]


def goes_back(window: QWidget) -> list[str]:
    """Steps of Tab that go up, other than to a column further right, or left along a line."""
    return [
        f"{called(one)} -> {called(other)}"
        for one, other in pairwise(reached(window))
        if _is_back(_seen(one, window, other), _seen(other, window, one))
    ]


def _seen(widget: QWidget, window: QWidget, other: QWidget) -> QRect:
    """Where it stands for one who comes from `other`, or goes there: what is scrolled out of
    an area that has the one and not the other counts as at its edge."""
    place, area = _place(widget, window), widget.parentWidget()
    while area is not None and area is not window and not area.isAncestorOf(other):
        if isinstance(area, QScrollArea):
            shown = _place(area.viewport(), window)
            place.moveTop(max(shown.top(), min(place.top(), shown.bottom() - place.height())))
        area = area.parentWidget()
    return place


def _place(widget: QWidget, window: QWidget) -> QRect:
    return QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())


def _is_back(one: QRect, other: QRect) -> bool:
    down = other.center().y() - one.center().y()
    level = abs(down) < min(one.height(), other.height()) // 2
    up = not level and down < 0
    return (up and other.left() < one.right()) or (level and other.right() <= one.left())
