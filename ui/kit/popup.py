"""What comes up over a page for a moment: menus, the calendar, the months of a year, the figures of
a chart. All stand on one surface with round corners.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar, cast

from PySide6.QtCore import (
    QAbstractItemModel,
    QCoreApplication,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import (
    QAction,
    QActionGroup,
    QGuiApplication,
    QKeyEvent,
    QPainterPath,
    QPaintEvent,
    QRegion,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QCompleter,
    QFrame,
    QListView,
    QMenu,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ui.kit.layout import column, label, show_text
from ui.kit.look import ENTER, GAP_POPUP, RADIUS_POPUP, UiContext, smooth

T = TypeVar("T")

_BARE = Qt.WindowType.FramelessWindowHint | Qt.WindowType.NoDropShadowWindowHint
"""The system's own shadow is square."""


def round_off(window: QWidget, kind: Qt.WindowType = Qt.WindowType.Popup) -> None:
    """Lets a window that pops up have round corners; to be called while it is hidden."""
    window.setWindowFlags(kind | _BARE)
    window.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)


def cut_corners(window: QWidget) -> None:
    """Cuts round corners out of a window whose contents can't be made transparent."""
    inside = QPainterPath()
    inside.addRoundedRect(QRectF(window.rect()), RADIUS_POPUP, RADIUS_POPUP)
    window.setMask(QRegion(inside.toFillPolygon().toPolygon()))


class _Line(QStyledItemDelegate):
    """A line as wide as its list, whatever its words ask for: they are cut with an ellipsis."""

    def sizeHint(  # noqa: N802 - Qt's name
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(0, super().sizeHint(option, index).height())


class Choices(QListView):
    """The list of what was found below a field. Its round corners are cut out of the window."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("choices")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def reset(self) -> None:
        """Shows what is found anew from its first line, wherever one had scrolled to before."""
        super().reset()
        self.scrollToTop()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        cut_corners(self)


_OF_THE_LIST = (
    *ENTER, Qt.Key.Key_Escape, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp,
    Qt.Key.Key_PageDown,
)  # fmt: skip
"""Keys that no shortcut gets while the list is seen."""
_AWAY = (
    QEvent.Type.MouseButtonPress, QEvent.Type.NonClientAreaMouseButtonPress, QEvent.Type.Wheel,
    QEvent.Type.Move,
)  # fmt: skip
"""What happens to a window, after which a list no longer belongs where it stands."""


class Completer(QCompleter):
    """Offers, below a field, those of the words that hold what was typed, in any case.

    Its list is a window that can't become the active one: the keyboard stays with the field, which
    hands its keys on, so that none that is typed fast goes astray while the list comes or goes.
    """

    def __init__(self, words: QAbstractItemModel, parent: QObject) -> None:
        super().__init__(words, parent)
        made = Choices()
        self.setFilterMode(Qt.MatchFlag.MatchContains)
        self.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setPopup(made)  # makes it one that takes the keyboard
        made.setWindowFlags(Qt.WindowType.ToolTip | Qt.WindowType.WindowDoesNotAcceptFocus | _BARE)
        made.setItemDelegate(_Line(made))  # Qt has given it one of its own

    @property
    def choices(self) -> Choices:
        """The list; Qt keeps it, also when the program ends with the list in sight."""
        return cast("Choices", self.popup())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        choices = self.choices
        if watched is choices:
            if event.type() in (QEvent.Type.Show, QEvent.Type.Hide):
                self._watch(shown=event.type() == QEvent.Type.Show)
        elif choices.isVisible():
            if watched is not self.widget():
                if event.type() in _AWAY:
                    choices.hide()
                return False
            if isinstance(event, QKeyEvent) and self._taken(event):
                return True
            if event.type() == QEvent.Type.FocusOut:
                choices.hide()  # else Qt would keep it from the field
        return super().eventFilter(watched, event)

    def _taken(self, event: QKeyEvent) -> bool:
        """Whether a key of the field is the list's, which gives it back where it is for typing."""
        if event.type() == QEvent.Type.ShortcutOverride and event.key() in _OF_THE_LIST:
            event.accept()
        elif event.type() == QEvent.Type.KeyPress:
            QCoreApplication.sendEvent(self.choices, event)
            event.accept()  # nor has it a meaning for what is around the field
        else:
            return False
        return True

    def _watch(self, *, shown: bool) -> None:
        """Lets the list stand over the field's window, also a dialog, until that is clicked into or
        moved.
        """
        field = self.widget()
        window = field.window().windowHandle() if field else None
        if window is not None:
            window.removeEventFilter(self)
            if shown:
                window.installEventFilter(self)
                self.choices.windowHandle().setTransientParent(window)


class Surface(QFrame):
    """A surface with round corners that comes up over a window."""

    def __init__(
        self,
        ui: UiContext,
        parent: QWidget | None = None,
        kind: Qt.WindowType = Qt.WindowType.Popup,
    ) -> None:
        super().__init__(parent)
        self._ui = ui
        round_off(self, kind)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        theme, painter = self._ui.theme, smooth(self)
        edge = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        theme.paint_round(painter, edge, "surface", RADIUS_POPUP, edge="line")

    def show_below(self, widget: QWidget, *, right: bool = False) -> None:
        """Shows it below a widget, at its left or right edge, and above where there is no room."""
        self.adjustSize()
        left = widget.width() - self.width() if right else 0
        corner = widget.mapToGlobal(QPoint(left, widget.height() + GAP_POPUP))
        self.move(_within(widget, QRect(corner, self.size()), widget.height() + 2 * GAP_POPUP))
        self.show()


def _within(widget: QWidget, wanted: QRect, over: int) -> QPoint:
    """The corner at which `wanted` is on the screen; where it would reach below, it stands above,
    `over` pixels higher than its own height.
    """
    screen = QGuiApplication.screenAt(widget.mapToGlobal(QPoint(0, 0))) or widget.screen()
    room = screen.availableGeometry()
    if wanted.bottom() > room.bottom() and wanted.top() - over - wanted.height() >= room.top():
        wanted.translate(0, -over - wanted.height())
    left = max(room.left(), min(wanted.left(), room.right() - wanted.width()))
    return QPoint(left, wanted.top())


class Menu(QMenu):
    """A menu on that surface: its items have icons, and keys that are only shown."""

    def __init__(self, ui: UiContext, parent: QWidget | None = None, title: str = "") -> None:
        super().__init__(title.replace("&", "&&"), parent)
        self._ui = ui
        round_off(self)

    def offer(
        self, text: str, act: Callable[[], object], icon: str = "", *, keys: str = ""
    ) -> QAction:
        """Adds an item, and gives it. `keys` are shown, they do nothing by themselves."""
        shown = text.replace("&", "&&")
        action = QAction(f"{shown}\t{keys}" if keys else shown, self)
        if icon:
            action.setIcon(self._ui.theme.icon(icon, "text2"))
        action.triggered.connect(lambda _on=False: act())
        self.addAction(action)
        return action

    def deeper(self, text: str, icon: str = "") -> Menu:
        """Adds a menu behind an item, and gives it."""
        made = Menu(self._ui, self, text)
        if icon:
            made.setIcon(self._ui.theme.icon(icon, "text2"))
        self.addMenu(made)
        return made

    def choose(
        self, choices: Iterable[tuple[str, T]], current: T, act: Callable[[T], object]
    ) -> None:
        """Adds items of which one is chosen, each with its value."""
        group = QActionGroup(self)
        for text, value in choices:
            action = self.addAction(text.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(value == current)
            action.triggered.connect(lambda _on=False, each=value: act(each))
            group.addAction(action)


class Tip(Surface):
    """What a place of a chart says: a heading, and its figures below each other."""

    def __init__(self, ui: UiContext, parent: QWidget) -> None:
        super().__init__(ui, parent, Qt.WindowType.ToolTip)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.heading = label("", "label")
        self.words = label("")
        column(self.heading, self.words, parent=self, space=2, margins=(12, 8, 12, 8))

    def say(self, text: str, spot: QPoint) -> None:
        """Shows text above a spot on the screen; its first line is the heading."""
        heading, _, words = text.partition("\n")
        self.heading.setText(heading)
        show_text(self.words, words)
        self.adjustSize()
        size, room = self.size(), self.screen().availableGeometry()
        left = max(room.left(), min(spot.x() - size.width() // 2, room.right() - size.width()))
        top = spot.y() - size.height() - GAP_POPUP
        self.move(left, top if top >= room.top() else spot.y() + 2 * GAP_POPUP)
        self.show()
