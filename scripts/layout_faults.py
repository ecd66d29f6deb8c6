"""What can be told of a window without looking: words cut off, parts over each other."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import combinations

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFontMetrics, QTextDocument
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QScrollArea,
    QScrollBar,
    QStyle,
    QStyleOptionComboBox,
    QTableView,
    QWidget,
)

from ui.kit.button import Button
from ui.kit.layout import Elided
from ui.kit.scrolling import MarginBar, Scrolling
from ui.kit.table import Role
from ui.shell.chrome import NavButton, PersonButton, Toast

_SLACK = 1
_HEADING = 18 if sys.platform == "win32" else 8
"""What Qt asks for beside the words of a heading, and does not need: more on Windows."""
_ROWS = 40
_TURNS = 4
"""Of events, in which a smaller window is laid out."""
_PAINTED = (NavButton, PersonButton)
"""Buttons that paint their words to the room there is."""


def faults(window: QWidget) -> list[str]:
    """What is wrong with what a window shows, one line each."""
    found: list[str] = []
    for each in parts(window):
        if isinstance(each, Toast):
            continue
        found += [f"{_name(each)}: {what}" for what in _of(each)]
    return found


def out_of_reach(window: QWidget, width: int, height: int) -> list[str]:
    """Buttons that decide and lie beyond a screen of this size, in pixels, once the window has been
    made as small: what is in a part that scrolls can be reached.
    """
    if window.width() > width or window.height() > height:
        window.setMaximumSize(width, height)  # a form grows as far as the screen lets it
        for _ in range(_TURNS):
            QApplication.processEvents()
    screen = QRect(0, 0, width, height)
    found = []
    for each in parts(window):
        if isinstance(each, Button) and each.settles and not _scrolls(each, window):
            place = QRect(each.mapTo(window, QPoint(0, 0)), each.size())
            if not screen.contains(place):
                found.append(f"{_name(each)} is out of reach ({_rect(place)})")
    return found


def _scrolls(widget: QWidget, window: QWidget) -> bool:
    """Whether it is in something that scrolls."""
    parent = widget.parentWidget()
    while parent is not None and parent is not window:
        if isinstance(parent, QScrollArea):
            return True
        parent = parent.parentWidget()
    return False


def parts(shown: QWidget) -> Iterator[QWidget]:
    """It, and all that can be seen in it; pages that lie beneath another can't."""
    yield shown
    for each in shown.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly):
        if not each.isHidden() and not each.isWindow():
            yield from parts(each)


def _of(widget: QWidget) -> Iterator[str]:
    if isinstance(widget, QLabel):
        yield from _label(widget)
    elif isinstance(widget, QAbstractButton):
        yield from _button(widget)
    elif isinstance(widget, QLineEdit):
        yield from _line(widget)
    elif isinstance(widget, QComboBox):
        yield from _combo(widget)
    elif isinstance(widget, QHeaderView):
        yield from _header(widget)
    elif isinstance(widget, QTableView):
        yield from _figures(widget)
    elif isinstance(widget, QScrollBar):
        if widget.orientation() == Qt.Orientation.Horizontal and widget.maximum() > 0:
            yield "scrolls sideways"
    elif isinstance(widget, QScrollArea):
        yield from _scrolled(widget)
    yield from _children(widget)


# -- words ---------------------------------------------------------------------------------


def _label(label: QLabel) -> Iterator[str]:
    if not label.text() or isinstance(label, Elided):
        return
    room, wanted = label.size(), label.sizeHint()
    if label.wordWrap():
        if label.heightForWidth(room.width()) > room.height() + _SLACK:
            yield f"lines cut off ({room.height()} of {label.heightForWidth(room.width())})"
        if _longest_word(label) > label.contentsRect().width() + _SLACK:
            yield "a word is wider than its place"
        return
    if wanted.width() > room.width() + _SLACK:
        yield f"cut off ({room.width()} of {wanted.width()})"
    if wanted.height() > room.height() + _SLACK:
        yield f"too low ({room.height()} of {wanted.height()})"


def _longest_word(label: QLabel) -> int:
    text = label.text()
    if label.textFormat() != Qt.TextFormat.PlainText:
        document = QTextDocument()
        document.setHtml(text)
        text = document.toPlainText()
    metrics = QFontMetrics(label.font())
    # A long name of a file or address may break anywhere.
    words = (each for each in text.split() if "/" not in each and "\\" not in each)
    return max(map(metrics.horizontalAdvance, words), default=0)


def _button(button: QAbstractButton) -> Iterator[str]:
    if not button.text() or isinstance(button, _PAINTED) or _in_field(button):
        return
    room, wanted = button.size(), button.sizeHint()
    if wanted.width() > room.width() + _SLACK:
        yield f"cut off ({room.width()} of {wanted.width()})"
    if wanted.height() > room.height() + _SLACK:
        yield f"too low ({room.height()} of {wanted.height()})"


def _in_field(button: QAbstractButton) -> bool:
    """An icon within a field; its words are for screen readers."""
    return isinstance(button.parentWidget(), QLineEdit)


def _line(field: QLineEdit) -> Iterator[str]:
    owner = field.parentWidget()
    if isinstance(owner, QAbstractSpinBox):
        field_room = field.width()
        needed = field.fontMetrics().horizontalAdvance(field.text())
        if needed > field_room + _SLACK:
            yield f"figure cut off ({field_room} of {needed})"
        return
    needed = field.fontMetrics().horizontalAdvance(field.text() or field.placeholderText())
    room = _free(field)
    whole = not field.text() or _is_figure(field.text()) or isinstance(owner, QComboBox)
    if needed > room + _SLACK and whole:
        yield f"cut off: {field.text() or field.placeholderText()!r} ({room} of {needed})"


def _free(field: QLineEdit) -> int:
    """What is left of a field beside the icons and words that stand in it."""
    middle, left, right = field.width() // 2, 6, field.width() - 6
    for each in field.findChildren(QWidget):
        if not each.isVisibleTo(field):
            continue
        if each.geometry().center().x() < middle:
            left = max(left, each.geometry().right())
        else:
            right = min(right, each.x())
    return right - left


def _combo(combo: QComboBox) -> Iterator[str]:
    text = combo.currentText()
    if not text:
        return
    option = QStyleOptionComboBox()
    combo.initStyleOption(option)
    control = QStyle.SubControl.SC_ComboBoxEditField
    room = combo.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, control, combo)
    needed = combo.fontMetrics().horizontalAdvance(text)
    if needed > room.width() + _SLACK and not combo.isEditable():
        yield f"choice cut off: {text!r} ({room.width()} of {needed})"


def _header(header: QHeaderView) -> Iterator[str]:
    model = header.model()
    if model is None or header.orientation() == Qt.Orientation.Vertical:
        return
    for section in range(header.count()):
        if header.isSectionHidden(section):
            continue
        text = model.headerData(section, Qt.Orientation.Horizontal)
        if text and header.sectionSizeHint(section) > header.sectionSize(section) + _HEADING:
            room = f"{header.sectionSize(section)} of {header.sectionSizeHint(section)}"
            yield f"heading cut off: {text!r} ({room})"


def _figures(table: QTableView) -> Iterator[str]:
    """Numbers that can't be read whole; texts may end in an ellipsis."""
    model = table.model()
    for column in range(model.columnCount()):
        if table.isColumnHidden(column):
            continue
        for row in range(min(model.rowCount(), _ROWS)):
            index = model.index(row, column)
            if index.data(Role.SECOND) and table.rowHeight(row) < 2 * table.fontMetrics().height():
                yield f"no room for a second line: {index.data()!r}"
                break
            text = str(index.data() or "")
            aligned = int(index.data(Qt.ItemDataRole.TextAlignmentRole) or 0)
            if not text or not aligned & Qt.AlignmentFlag.AlignRight.value:
                continue
            if table.columnSpan(row, column) > 1:
                continue
            if table.sizeHintForIndex(index).width() > table.columnWidth(column) + 4:
                yield f"figure cut off: {text!r} (column {column})"
                break


def _is_figure(text: str) -> bool:
    return any(each.isdigit() for each in text) and not any(each.isalpha() for each in text)


# -- places --------------------------------------------------------------------------------


def _scrolled(area: QScrollArea) -> Iterator[str]:
    inner = area.widget()
    never = area.horizontalScrollBarPolicy() == Qt.ScrollBarPolicy.ScrollBarAlwaysOff
    if inner is not None and never and inner.width() > area.viewport().width() + _SLACK:
        yield f"wider than can be seen ({area.viewport().width()} of {inner.width()})"
    if isinstance(area, Scrolling) and inner is not None:
        yield from _under_bar(area.bar, inner)


def _under_bar(bar: MarginBar, inner: QWidget) -> Iterator[str]:
    """Words and fields that the bar lies over: what it scrolls keeps no margin for it."""
    ground = bar.parentWidget()
    if ground is None or not bar.isVisible() or not ground.isAncestorOf(inner):
        return
    for each in inner.findChildren(QWidget):
        if isinstance(each, QAbstractButton) and each.width() == inner.width():
            continue  # a row of its own, which paints within its margins
        if each.isVisible() and isinstance(each, (QLabel, QLineEdit, QAbstractButton)):
            right = each.mapTo(ground, each.rect().topRight()).x()
            if right > bar.x() + _SLACK:
                yield f"under the scroll bar: {type(each).__name__} {each.accessibleName()!r}"
                return


def _children(parent: QWidget) -> Iterator[str]:
    if isinstance(
        parent, (QAbstractScrollArea, QLineEdit, QComboBox, QAbstractSpinBox, QScrollBar)
    ):
        return
    grand = parent.parentWidget()
    if isinstance(grand, QAbstractScrollArea) and parent is grand.viewport():
        return  # what scrolls may be larger
    children = [
        each
        for each in parent.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
        if each.isVisibleTo(parent) and not each.isWindow() and not _floats(each)
    ]
    whole = parent.rect()
    for each in children:
        if not whole.adjusted(-_SLACK, -_SLACK, _SLACK, _SLACK).contains(each.geometry()):
            yield f"{_name(each)} reaches beyond it ({_rect(each.geometry())} in {_rect(whole)})"
    for one, other in combinations(children, 2):
        over = one.geometry().intersected(other.geometry())
        if over.width() > _SLACK and over.height() > _SLACK:
            yield f"{_name(one)} lies over {_name(other)} ({_rect(over)})"


def _floats(widget: QWidget) -> bool:
    return isinstance(widget, Toast) or widget.testAttribute(
        Qt.WidgetAttribute.WA_TransparentForMouseEvents
    )


def _rect(rect: QRect) -> str:
    corner: QPoint = rect.topLeft()
    return f"{corner.x()},{corner.y()} {rect.width()}x{rect.height()}"


def _name(widget: QWidget) -> str:
    text = ""
    if isinstance(widget, (QLabel, QAbstractButton, QLineEdit)):
        text = widget.text()
    elif isinstance(widget, QComboBox):
        text = widget.currentText()
    own = type(widget).__name__
    if not text and own in ("QWidget", "QFrame", "QLabel"):
        parent = widget.parentWidget()
        text = f"in {type(parent).__name__}" if parent is not None else ""
    return f"{own} {text[:50]!r}" if text else own
