"""Labels, rules, columns and rows; layouts that break where there is no room; sizes of dialogs and
windows; and parts that scroll or are made late.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape
from types import EllipsisType
from typing import TypeVar

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import (
    QFontMetrics,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLayout,
    QLayoutItem,
    QProgressBar,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ui.kit.look import UiContext, restyle
from ui.kit.wrapped import Wrapped


def tooltip(text: str) -> str:
    """A tooltip that shows `text` literally: Qt would render what looks like markup, and
    load the pictures that it names."""
    if "<" not in text:
        return text
    return f"<qt>{escape(text)}</qt>".replace("\n", "<br>")


def label(text: str = "", role: str = "body", tone: str = "", *, wrap: bool = False) -> QLabel:
    """A label. Roles: body, caption, quiet, strong, label, card, title, figure. Tones: good, warn,
    error.
    """
    made = Wrapped(text) if wrap else QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setProperty("role", role)
    made.setProperty("tone", tone)
    return made


def figures(ui: UiContext, text: str = "", role: str = "body", tone: str = "") -> QLabel:
    """A label for numbers: right-aligned, with digits of one width."""
    made = label(text, role, tone)
    size = role if role in ("card", "title", "figure") else "body"
    if role in ("caption", "quiet", "label"):
        size = "caption"
    bold = role in ("strong", "figure", "title", "card", "label")
    made.setFont(ui.theme.font(size, bold=bold, figures=role != "figure"))
    made.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    return made


def say(words: QLabel, text: str, tone: str = "") -> None:
    """Shows a text in a tone."""
    words.setText(text)
    restyle(words, tone=tone)


def show_text(words: QLabel, text: str) -> None:
    """Shows a text; a label without any takes no room."""
    words.setText(text)
    words.setVisible(bool(text))


def progress_bar(most: int = 0) -> QProgressBar:
    """A bar without words that counts to `most`; it moves to and fro where that is 0."""
    made = QProgressBar()
    made.setRange(0, most)
    made.setTextVisible(False)
    return made


def rule(*, thin: bool = False) -> QFrame:
    """A line across; `thin` for one within a card."""
    made = QFrame()
    made.setObjectName("thin_rule" if thin else "rule")
    made.setFixedHeight(1)
    return made


Place = QWidget | QLayout
Part = Place | int | EllipsisType | tuple[Place, int] | tuple[Place, int, Qt.AlignmentFlag]
"""A widget or layout, perhaps with its stretch factor and its alignment; a number
of pixels; or `...`: what room is left."""
Margins = int | tuple[int, int, int, int]
"""The same on all sides, or left, top, right, bottom."""


def column(
    *parts: Part, parent: QWidget | None = None, margins: Margins = 0, space: int = 0
) -> QVBoxLayout:
    """A layout of the parts below each other, `space` pixels apart; it is set on `parent`, if
    given.
    """
    return laid_out(QVBoxLayout(parent) if parent else QVBoxLayout(), parts, margins, space)


def row(
    *parts: Part, parent: QWidget | None = None, margins: Margins = 0, space: int = 0
) -> QHBoxLayout:
    """A layout of the parts side by side: `row(name, ..., (field, 1), space=8)`."""
    return laid_out(QHBoxLayout(parent) if parent else QHBoxLayout(), parts, margins, space)


def grid_layout(
    parent: QWidget | None = None,
    *,
    across: int | None = None,
    down: int | None = None,
    margins: Margins | None = None,
    wide: int | None = None,
) -> QGridLayout:
    """An empty grid with these gaps between columns (`across`) and rows (`down`), in pixels; column
    `wide` takes what room is left.
    """
    made = QGridLayout(parent) if parent else QGridLayout()
    if margins is not None:
        made.setContentsMargins(*((margins,) * 4 if isinstance(margins, int) else margins))
    if across is not None:
        made.setHorizontalSpacing(across)
    if down is not None:
        made.setVerticalSpacing(down)
    if wide is not None:
        made.setColumnStretch(wide, 1)
    return made


def fill(layout: QBoxLayout, *parts: Part) -> None:
    """Adds the parts to a layout."""
    for part in parts:
        if isinstance(part, EllipsisType):
            layout.addStretch(1)
        elif isinstance(part, int):
            layout.addSpacing(part)
        else:
            placed, share, *aligned = part if isinstance(part, tuple) else (part, 0)
            if isinstance(placed, QLayout):
                layout.addLayout(placed, share)
            else:
                layout.addWidget(placed, share, *aligned)


def holder(layout: QLayout, name: str = "") -> QWidget:
    """A widget with that layout; `name` is its name in the style sheet."""
    made = QWidget()
    made.setObjectName(name)
    made.setLayout(layout)
    return made


def stacked(*parts: QWidget) -> QStackedWidget:
    """Parts of which one is shown, the first to begin with."""
    made = QStackedWidget()
    for part in parts:
        made.addWidget(part)
    return made


def no_wider(part: QWidget, width: int) -> QHBoxLayout:
    """A row in which `part`, at the left, is `width` pixels wide at most; the rest stays free."""
    part.setMaximumWidth(width)
    line = row((part, 1))
    line.addStretch()  # without a stretch factor: it takes what the part may not
    return line


_B = TypeVar("_B", bound=QBoxLayout)


def laid_out(made: _B, parts: tuple[Part, ...], margins: Margins, space: int) -> _B:
    """A layout that has the parts now; every row and column is made so."""
    sides = (margins,) * 4 if isinstance(margins, int) else margins
    made.setContentsMargins(*sides)
    made.setSpacing(space)
    fill(made, *parts)
    return made


def discard(widget: QWidget) -> None:
    """Hides a widget at once, and deletes it once Qt is done with it."""
    widget.hide()
    widget.deleteLater()


def clear(layout: QLayout) -> None:
    """Removes and deletes everything in the layout."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            discard(widget)
        elif (inner := item.layout()) is not None:
            clear(inner)
            inner.deleteLater()


class Elided(QLabel):
    """A label of one line that ends in … where there is no room; the tooltip has the whole text."""

    def __init__(self, text: str = "", role: str = "body", tone: str = "") -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        self.setProperty("tone", tone)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(
            QFontMetrics(self.font()).horizontalAdvance("mm…"), super().sizeHint().height()
        )

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        metrics = QFontMetrics(self.font())
        shown = metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.rect(), int(self.alignment() | Qt.TextFlag.TextSingleLine), shown)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        whole = QFontMetrics(self.font()).horizontalAdvance(self.text()) <= self.width()
        self.setToolTip("" if whole else tooltip(self.text()))


class FlowLayout(QLayout):
    """Widgets in rows at their own width, `space` pixels apart; hidden ones take no room."""

    def __init__(self, parent: QWidget | None = None, *, space: int = 12) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(space)

    def addItem(self, item: QLayoutItem) -> None:  # noqa: N802 - Qt's name
        self._items.append(item)

    def insert(self, place: int, widget: QWidget) -> None:
        """Inserts a widget before the one at `place`."""
        self.addWidget(widget)
        self._items.insert(place, self._items.pop())
        self.invalidate()

    def count(self) -> int:
        """How many widgets there are, hidden ones included."""
        return len(self._items)

    def itemAt(self, place: int) -> QLayoutItem | None:  # noqa: N802 - Qt's name
        return self._items[place] if 0 <= place < len(self._items) else None

    def takeAt(self, place: int) -> QLayoutItem | None:  # noqa: N802 - Qt's name
        return self._items.pop(place) if 0 <= place < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:  # noqa: N802 - Qt's name
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:  # noqa: N802 - Qt's name
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802 - Qt's name
        return self._arrange(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:  # noqa: N802 - Qt's name
        super().setGeometry(rect)
        self._arrange(rect, move=True)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return self.minimumSize()

    def minimumSize(self) -> QSize:  # noqa: N802 - Qt's name
        size = QSize()
        for item in self._items:
            if not item.isEmpty():
                size = size.expandedTo(item.minimumSize())
        return size

    def _arrange(self, rect: QRect, *, move: bool) -> int:
        """Arranges the widgets, or only measures; gives the height, each row as its highest."""
        left, top, high = rect.left(), rect.top(), 0
        for item in self._items:
            if item.isEmpty():
                continue
            size = item.sizeHint().expandedTo(item.minimumSize())
            if left > rect.left() and left + size.width() > rect.right() + 1:
                left, top, high = rect.left(), top + high + self.spacing(), 0
            if move:
                item.setGeometry(QRect(QPoint(left, top), size))
            left += size.width() + self.spacing()
            high = max(high, size.height())
        return top + high - rect.top()


# -- Equal parts in a grid: as many in a row as there is room for --------------------------------


_BREAK = 16
"""Pixels between groups."""


class Reflow(QWidget):
    """Equal parts in rows. `rows`: how many a row may have, the most first. `least`: the width a
    part needs, at a text size of 100 percent. `breaks`: places at which a group begins, set apart
    while all are in one row."""

    def __init__(
        self,
        ui: UiContext,
        parts: Sequence[QWidget],
        rows: Sequence[int],
        *,
        least: int,
        space: int = 8,
        breaks: frozenset[int] = frozenset(),
    ) -> None:
        super().__init__()
        self._ui, self._parts, self._rows = ui, tuple(parts), tuple(rows)
        self._least, self._breaks, self.across = least, breaks, 0
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self._grid = grid_layout(self, across=space, down=space, margins=0)
        self._arrange(self._rows[0])

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        need = self._ui.theme.px(self._least) + self._grid.horizontalSpacing()
        fits = [across for across in self._rows if across * need <= self.width()]
        self._arrange(fits[0] if fits else self._rows[-1])

    def _arrange(self, across: int) -> None:
        if across == self.across:
            return
        self.across = across
        alone = across >= len(self._parts)
        for column in range(self._grid.columnCount()):
            self._grid.setColumnStretch(column, 0)
            self._grid.setColumnMinimumWidth(column, 0)
        column = 0
        for place, part in enumerate(self._parts):
            self._grid.removeWidget(part)
            row, at = divmod(place, across)
            if alone and place in self._breaks:
                self._grid.setColumnMinimumWidth(column, _BREAK - self._grid.horizontalSpacing())
                column += 1
            target = column if alone else at
            self._grid.addWidget(part, row, target)
            self._grid.setColumnStretch(target, 1)
            column += 1
        self.updateGeometry()


class Folding(QWidget):
    """Parts on one line, the first as wide as there is room; below each other where the line has
    less than `least` pixels, at a text size of 100 percent.
    """

    def __init__(self, ui: UiContext, first: QWidget, *others: Part, least: int) -> None:
        super().__init__()
        self._least = ui.theme.px(least)
        self._line: QBoxLayout = row((first, 1), row(*others, ..., space=8), parent=self, space=8)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        direction = QBoxLayout.Direction
        fits = self.width() >= self._least
        self._line.setDirection(direction.LeftToRight if fits else direction.TopToBottom)


def wrapped(ui: UiContext, text: str, role: str, width: int, *, centred: bool = False) -> QLabel:
    """A label as high as its text needs at that width; a layout would give it fewer lines."""
    made = label(text, role, wrap=True)
    if centred:
        made.setAlignment(Qt.AlignmentFlag.AlignCenter)
    wide = ui.theme.px(width)
    made.setFixedWidth(wide)
    made.ensurePolished()
    made.setFixedHeight(max(0, made.heightForWidth(wide)))  # none without words
    return made


class Later(QWidget):
    """A place for a part that `make` builds when it is first shown."""

    def __init__(self, make: Callable[[], QWidget]) -> None:
        super().__init__()
        self._make, self.made = make, False
        self._page = column(parent=self)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        super().showEvent(event)
        if not self.made:
            self.made = True
            self._page.addWidget(self._make())


_FRAME = QSize(16, 40)
"""Width and height of the frame that the system puts around a window."""


def room_on_screen(window: QWidget) -> QSize:
    """The size that a window can have on its screen."""
    return window.screen().availableSize() - _FRAME


def open_up(window: QWidget, width: int, height: int) -> None:
    """Resizes a window to `width` and `height` pixels, as far as the screen has room."""
    window.resize(QSize(width, height).boundedTo(room_on_screen(window)))


def tabbed_before(widget: QWidget) -> QWidget | None:
    """The widget that Tab reaches last before this one; None where it is the window's first."""
    each = widget.previousInFocusChain()
    while each is not None and each is not widget.window():
        if each.focusPolicy() & Qt.FocusPolicy.TabFocus:
            return each
        each = each.previousInFocusChain()
    return None


_INSTEAD = "goes_on_to"


def pass_by(leaves: QWidget, saves: QWidget) -> None:
    """Lets Enter in the last field go on to what saves, past what leaves, which Tab reaches before:
    whoever presses Enter once more means to save.
    """
    leaves.setProperty(_INSTEAD, saves)


def go_on(widget: QWidget) -> bool:
    """Goes to what Enter leads to from `widget`: what is filled in next, or what saves, past
    buttons that open something else; whether there was anything.
    """
    gone = widget.focusNextChild()
    passed: list[QWidget] = []
    while (found := widget.window().focusWidget()) is not None and found not in passed:
        passed.append(found)
        instead = found.property(_INSTEAD)
        if isinstance(instead, QWidget) and instead.isEnabled() and instead.isVisible():
            instead.setFocus(Qt.FocusReason.TabFocusReason)
        elif getattr(found, "settles", True):  # only a button that decides nothing says it doesn't
            break
        else:
            found.focusNextChild()
    return gone
