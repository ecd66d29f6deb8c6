"""Rules that whatever is shown keeps, whichever room it is of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations
from typing import Any
from unittest.mock import patch

from PySide6.QtCore import QObject, QPoint, QRect, Qt
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QBoxLayout,
    QComboBox,
    QDialog,
    QFrame,
    QGridLayout,
    QLabel,
    QLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSpacerItem,
    QTableView,
    QTextBrowser,
    QWidget,
)

from kwt_books.i18n.catalogue import LANGUAGES, Translator
from scripts.layout_faults import faults, parts
from tests.ui.hearing import idle, nameless, strays
from ui.kit.button import Button
from ui.kit.card import Card, Note
from ui.kit.field import NumberField, QuantityField
from ui.kit.lines import Lines
from ui.kit.list import ListTable
from ui.kit.look import Theme

SCALE = frozenset({0, 2, 4, 6, 8, 10, 12, 16, 20, 24, 28, 32, 40})
"""Pixels that parts are apart, and that there are at their edges."""
_AMOUNT = re.compile(r"[+−]?(Rp)?\d{1,3}(\.\d{3})+|[+−]\d+")
_ROWS = 60
_MONEY, _QUANTITY = "999.999.999.999", "999.999,999"
"""The longest that is meant."""
_ONLY_READ = [
    ", ".join(map(Translator(each), ("Item or balance", "Book", "Answer"))) for each in LANGUAGES
]
"""Lists, by their headings, of which nothing is opened: what somebody answered, and the book."""
_GROUNDS, _STYLED = ("canvas", "bar"), Qt.WidgetAttribute.WA_StyledBackground
_ROOM = 12
"""Pixels of a column that are worth speaking of."""
_TURNS = 8
"""Of events, until all is laid out."""
_APART = 2
_FROM_EDGE = 4
_BESIDE = 4
"""Pixels of height that parts have in common if they stand beside each other."""


def broken(shown: QWidget) -> list[str]:
    """Which rules are broken by what is shown, and where."""
    seen = list(parts(shown))
    found = [
        f"{type(each).__name__}: {what}"
        for each in seen
        for rule in (
            gaps,
            _leads,
            _opens,
            _menus,
            _figures,
            _touches,
            _level,
            _edges,
            _lists,
            _painted,
            _ground,
            _cut,
        )
        for what in rule(each)
    ]
    primary = [each.text() for each in seen if _is_primary(each)]
    if len(primary) > 1:
        found.append(f"several buttons are the first to press: {primary}")
    if isinstance(shown, QDialog) and not shown.windowTitle():
        found.append("a window without a title")
    return found


def flaws(shown: QWidget) -> list[str]:
    """What is wrong with what is shown by any rule: of the house, of the room there is for words,
    and of what can be heard and tabbed through.
    """
    for _ in range(_TURNS):
        QApplication.processEvents()
    return [*broken(shown), *faults(shown), *nameless(shown), *idle(shown), *strays(shown)]


def cut_off(shown: QWidget) -> Iterator[str]:
    """Fields, those of lines too, that have no room for a long number: its beginning is left of
    what can be seen.
    """
    for each in shown.findChildren(Lines):
        if not each.lines:
            each.append()
    for field in shown.findChildren(NumberField):
        if not field.isVisible() or not field.isEnabled() or field.isReadOnly():
            continue
        before = field.text()
        field.setText(_QUANTITY if isinstance(field, QuantityField) else _MONEY)
        field.setCursorPosition(len(field.text()))
        QApplication.processEvents()
        if field.cursorPositionAt(QPoint(1, field.height() // 2)):
            yield f"{field.accessibleName()} ({type(field).__name__}, {field.width()} wide)"
        field.setText(before)


def _is_primary(part: QWidget) -> bool:
    return isinstance(part, Button) and part.isEnabled() and part.property("kind") == "primary"


def gaps(part: QWidget) -> Iterator[str]:
    """What is put together keeps to the scale."""
    if isinstance(part.layout(), QBoxLayout | QGridLayout):
        yield from _gaps_of(part.layout())


def _gaps_of(layout: QLayout) -> Iterator[str]:
    sides = layout.contentsMargins()
    sizes = [sides.left(), sides.top(), sides.right(), sides.bottom()]
    if isinstance(layout, QGridLayout):
        sizes += [layout.horizontalSpacing(), layout.verticalSpacing()]
    else:
        sizes.append(layout.spacing())
    for item in map(layout.itemAt, range(layout.count())):
        space = item.spacerItem()
        if type(space) is QSpacerItem:  # and not words that paint themselves
            sizes += [space.sizeHint().width(), space.sizeHint().height()]
        elif (inner := item.layout()) is not None:
            yield from _gaps_of(inner)
    yield from (f"{size} pixels are not of the scale" for size in sizes if size not in SCALE)


def _leads(part: QWidget) -> Iterator[str]:
    """A button does something: it acts, is one of several, or has a menu."""
    if isinstance(part, Button) and not (
        part.isCheckable() or part.menu() or heard(part, "clicked(bool)")
    ):
        yield f"{part.text() or part.accessibleName()!r} leads nowhere"


def _opens(part: QWidget) -> Iterator[str]:
    """A list does something with what is chosen or opened; one of figures alone is read."""
    if not isinstance(part, ListTable) or part.accessibleName() in _ONLY_READ:
        return
    if not (heard(part, "opened(PyObject)") or heard(part, "chosen(PyObject)")):
        yield f"{part.accessibleName()!r} opens nothing"


def _menus(part: QWidget) -> Iterator[str]:
    """What a menu offers does something."""
    for menu in (part.menu(),) if isinstance(part, QPushButton) and part.menu() else ():
        for each in menu.actions():
            if not (each.isSeparator() or each.menu() or heard(each, "triggered(bool)")):
                yield f"{each.text()!r} leads nowhere"


def _painted(part: QWidget) -> Iterator[str]:
    """A button that paints itself paints its words."""
    paints = "paintEvent" in vars(type(part))
    if not (isinstance(part, QAbstractButton) and paints and part.text()):
        return
    wrote: list[str] = []

    def write(_self: Theme, _on: object, _place: object, text: str, *_: str, **_more: Any) -> None:
        wrote.append(text)

    with patch.object(Theme, "write", write):
        part.grab()
    words = part.text().replace("&&", "&")
    if wrote and words not in wrote:
        yield f"{words!r} is not painted"


def _ground(part: QWidget) -> Iterator[str]:
    """What the sheet gives a ground is painted on it; what scrolls has no frame of Qt's own, and
    all of the width."""
    name = part.objectName()
    own = type(part) is QWidget or isinstance(part, QFrame | QDialog)
    if name in _GROUNDS and not (own or part.testAttribute(_STYLED)):
        yield f"the ground of {name!r} is not painted"
    if isinstance(part, QScrollArea | QTextBrowser | QPdfView) and part.frameWidth():
        yield "a frame around what scrolls"
    inner = part.widget() if isinstance(part, QScrollArea) else None
    if inner is not None and inner.width() < inner.parentWidget().width():
        yield f"what scrolls has {inner.width()} pixels only"


def _cut(part: QWidget) -> Iterator[str]:
    """No column of a list cuts its texts off while another has room to spare."""
    if not isinstance(part, ListTable) or not part.model().rowCount():
        return
    head, columns = part.horizontalHeader(), range(part.model().columnCount())
    needed = [max(head.sectionSizeHint(at), part.sizeHintForColumn(at)) for at in columns]
    spare = {at: part.columnWidth(at) - wide for at, wide in enumerate(needed)}
    if min(spare.values()) < -_ROOM and max(spare.values()) > _ROOM:
        yield f"{part.accessibleName()!r} has room for what is cut off: {spare}"


def heard(sender: QObject, signal: str) -> bool:
    """Whether anything is connected to a signal."""
    meta = sender.metaObject()
    return bool(sender.isSignalConnected(meta.method(meta.indexOfSignal(signal))))


def _figures(part: QWidget) -> Iterator[str]:
    """Columns of amounts stand at the right below their heading, and words don't."""
    model = part.model() if isinstance(part, QTableView) else None
    if model is None:
        return
    aligned, across = Qt.ItemDataRole.TextAlignmentRole, Qt.Orientation.Horizontal
    for column in range(model.columnCount()):
        head = model.headerData(column, across)
        cells = [model.index(row, column) for row in range(min(_ROWS, model.rowCount()))]
        filled = [each for each in cells if each.data() and each.data() != "–"]
        right = [_is_right(each.data(aligned)) for each in filled]
        texts = [str(each.data()) for each in filled]
        if any(right) and not _is_right(model.headerData(column, across, aligned)):
            yield f"{head!r} does not stand above its figures"
        if all(right) and not all(any(map(str.isdigit, each)) for each in texts):
            yield f"words at the right below {head!r}: {texts[:3]}"
        if texts and not any(right) and all(_AMOUNT.fullmatch(each) for each in texts):
            yield f"amounts at the left below {head!r}: {texts[:3]}"


def _is_right(alignment: object) -> bool:
    at = int(alignment) if alignment is not None else 0  # type: ignore[call-overload]
    return bool(at & Qt.AlignmentFlag.AlignRight.value)


def _touches(part: QWidget) -> Iterator[str]:
    """Words, fields and buttons beside each other stand apart, fields, buttons and notes also
    below each other."""
    direct = Qt.FindChildOption.FindDirectChildrenOnly
    there = [each for each in part.findChildren(QWidget, options=direct) if _is_read(each)]
    for one, other in combinations(there, 2):
        ours, theirs = one.geometry(), other.geometry()
        beside = min(ours.bottom(), theirs.bottom()) - max(ours.top(), theirs.top())
        below = min(ours.right(), theirs.right()) - max(ours.left(), theirs.left())
        across = max(theirs.left() - ours.right(), ours.left() - theirs.right()) - 1
        down = max(theirs.top() - ours.bottom(), ours.top() - theirs.bottom()) - 1
        words = isinstance(one, QLabel) or isinstance(other, QLabel)  # lines of one text may touch
        if (beside > _BESIDE and across < _APART) or (
            below > _BESIDE and down < _APART and not words
        ):
            yield f"{_name(one)} touches {_name(other)}"


def _level(part: QWidget) -> Iterator[str]:
    """Buttons beside each other are of one height."""
    direct = Qt.FindChildOption.FindDirectChildrenOnly
    there = [each for each in part.findChildren(Button, options=direct) if each.isVisible()]
    for one, other in combinations(there, 2):
        beside = abs(one.geometry().center().y() - other.geometry().center().y()) <= _BESIDE
        if beside and one.height() != other.height():
            yield f"{_name(one)} is not as high as {_name(other)}"


def _edges(part: QWidget) -> Iterator[str]:
    """Words, fields and buttons stand apart from the sides of the card they are in."""
    if not isinstance(part, Card | Note):
        return
    for each in part.findChildren(QWidget):
        if each.isVisible() and _is_read(each):
            place = QRect(each.mapTo(part, QPoint()), each.size())
            if place.left() < _FROM_EDGE or place.right() > part.width() - _FROM_EDGE:
                yield f"{_name(each)} touches the edge"


def _lists(part: QWidget) -> Iterator[str]:
    """A list goes from one side of its card to the other."""
    for each in part.findChildren(ListTable) if isinstance(part, Card) else ():
        free = part.contentsRect().width() - each.width()
        if each.isVisible() and free > 2 * _FROM_EDGE:
            yield f"{each.accessibleName()!r} leaves {free} pixels of its card"


def _is_read(part: QWidget) -> bool:
    """A note, a label of more than a sign, or what one types into or presses."""
    if part.isHidden():
        return False
    if isinstance(part, QLabel):
        return len(part.text()) > 1
    return isinstance(part, (Button, QLineEdit, QComboBox, Note))


def _name(part: QWidget) -> str:
    text = part.text() if isinstance(part, QLabel | Button | QLineEdit) else ""
    return f"{type(part).__name__} {text!r}"
