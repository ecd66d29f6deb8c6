"""A hand that has only a mouse, and one that has only a keyboard: neither calls what it sees."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QTableView,
    QWidget,
)

from tests.ui.money_hand import CTRL
from tests.ui.month_by_hand import ALT, KEYS, Treasurer
from ui.closing.form import MonthCloseForm
from ui.diary.page import JournalPage
from ui.kit.button import Button, Segment, TabStrip
from ui.kit.calendar import CalendarPopup
from ui.kit.date_field import DateField
from ui.kit.lines import Line, Lines
from ui.kit.picker import Choice, Picker
from ui.money.savings import SavingsForm
from ui.shell.places import PLACES

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
_TURNS = 400
"""Of the wheel or of Tab, after which what is sought can't be reached."""
_NOTCH, _EDGE = 120, 14


class MouseHand(Treasurer):
    """Everything by the pixel where it is seen; every button twice, as a fast hand does.

    Only figures and words are typed. What lies beyond the edge is brought into sight by the wheel.
    """

    # -- pixels ----------------------------------------------------------------------------

    def click(self, widget: QWidget, at: Callable[[], QRect] | None = None) -> QPoint:
        """One click in the middle of a widget, or of its part `at`; the pixel on the screen."""
        self.come_forward()
        self._bot.waitUntil(widget.isVisible)
        # What has just come up may lie over it until the form is laid out again.
        self._bot.waitUntil(lambda: self._lies_open(widget, at or widget.rect))
        spot = self._in_sight(widget, at or widget.rect)
        self._strike(spot)
        return spot

    def _lies_open(self, widget: QWidget, at: Callable[[], QRect]) -> None:
        seen = QApplication.widgetAt(self._in_sight(widget, at))
        assert seen is widget or (seen and widget.isAncestorOf(seen)), f"{widget} is under {seen}"

    def _strike(self, spot: QPoint) -> None:
        window = self._front_at(spot)
        assert window is not None
        QTest.mouseClick(window.windowHandle(), LEFT, NONE, window.mapFromGlobal(spot))

    def _front_at(self, spot: QPoint) -> QWidget | None:
        """The window that gets a click at a pixel, if any: while a dialog is open, none behind."""
        if (popup := QApplication.activePopupWidget()) is not None:
            return popup
        seen, modal = QApplication.widgetAt(spot), QApplication.activeModalWidget()
        if seen is None or (modal is not None and seen.window() is not modal):
            return None
        return seen.window()

    def again(self, spot: QPoint) -> None:
        """The second half of a double click, for whatever stands at that pixel by now."""
        if (window := self._front_at(spot)) is None:
            return
        local = QPointF(window.mapFromGlobal(spot))
        for kind in (QEvent.Type.MouseButtonDblClick, QEvent.Type.MouseButtonRelease):
            event = QMouseEvent(kind, local, QPointF(spot), LEFT, LEFT, NONE)
            QApplication.sendEvent(window.windowHandle(), event)

    def _in_sight(self, widget: QWidget, at: Callable[[], QRect]) -> QPoint:
        """The middle of a part, once the wheel has brought it into sight."""
        for _ in range(_TURNS):
            middle = at().center()
            if widget.visibleRegion().contains(middle):
                return widget.mapToGlobal(middle)
            self._turn_to(widget, middle)
        raise AssertionError(f"{widget} can't be brought into sight")

    def _turn_to(self, widget: QWidget, middle: QPoint) -> None:
        areas = [each for each in _above(widget) if isinstance(each, QAbstractScrollArea)]
        area = next((each for each in areas if not _shows(each, widget, middle)), None)
        if area is None:  # it has just come, and is not laid out yet
            QApplication.processEvents()
            return
        ground = area.viewport()
        below = widget.mapTo(ground, middle).y() > ground.height() // 2
        over = QPointF(ground.visibleRegion().boundingRect().topLeft() + QPoint(2, 2))
        turn = QPoint(0, -_NOTCH if below else _NOTCH)
        everywhere = QPointF(ground.mapToGlobal(over))
        event = QWheelEvent(
            over, everywhere, QPoint(), turn, Qt.MouseButton.NoButton, NONE,
            Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        before = area.verticalScrollBar().value()
        QApplication.sendEvent(ground, event)
        assert area.verticalScrollBar().value() != before, f"{area} does not scroll to {widget}"

    # -- what a hand does ------------------------------------------------------------------

    def reach(self, field: QWidget) -> None:
        if not field.hasFocus():
            self.click(field)

    def push(self, button: QAbstractButton) -> None:
        self.come_forward()
        self._bot.waitUntil(button.isVisible)
        if isinstance(button, Button):
            self._bot.waitUntil(lambda: not button.deaf)
        self.again(self.click(button))

    def day(self, field: DateField, iso: str) -> None:
        """In the calendar: month by month, then the day."""
        day = date.fromisoformat(iso)
        if field.value() == day:
            return
        self.click(field, lambda: QRect(0, 0, 2 * _EDGE, field.height()))
        popup = QApplication.activePopupWidget()
        assert isinstance(popup, CalendarPopup)
        before, after = (each for each in popup.findChildren(Button) if not each.text())
        calendar = popup.calendar
        while (shown := (calendar.yearShown(), calendar.monthShown())) != (day.year, day.month):
            self.click(before if shown > (day.year, day.month) else after)
        self.again(self.click(*_cell(calendar.findChild(QTableView), day)))
        assert field.value() == day

    def pick_another(self, picker: Picker, code: str) -> None:
        self._from_list(picker, code)

    def choose(self, field: Segment | Choice, name: str) -> None:
        if isinstance(field, Choice):
            self._from_list(field, name)
        else:
            self.push(field.buttons[name])

    def _from_list(self, box: QComboBox, code: str) -> None:
        """The arrow, then the line of the list."""
        if box.currentData() == code:
            return
        self.click(box, lambda: QRect(box.width() - 2 * _EDGE, 0, 2 * _EDGE, box.height()))
        view = box.view()
        self._bot.waitUntil(view.isVisible)
        index = box.model().index(box.findData(code), 0)
        self.click(view.viewport(), lambda: view.visualRect(index))
        self._bot.waitUntil(lambda: not view.isVisible())
        assert box.currentData() == code

    def take_away(self, lines: Lines, line: Line) -> None:
        (remove,) = (each for each in line.findChildren(Button) if each.property("removes"))
        self.click(remove)

    def fill_for_all(self, form: SavingsForm) -> None:
        self.push(form.fill_button)

    def go(self, place: str, tab: str = "") -> None:
        self.push(self.button(PLACES[place].title, self.window.sidebar))
        assert self.window.place == place
        self.settle()
        if tab:
            self.push(self.button(tab, self.page))
            self.settle()

    def verb(self, name: str, title: str) -> None:
        self.go("home")
        self.push(self.button(title, self.page))

    def leave(self) -> None:
        """The cross or Batal of what is in front."""
        front = QApplication.activeModalWidget()
        assert front is not None
        words = {self.window.workspace.ui.t(each) for each in ("Cancel", "Close")}
        ways = [each for each in front.findChildren(QAbstractButton)
                if each.isVisible() and each.text() in words]  # fmt: skip
        self.push(ways[0]) if ways else self._bot.keyClick(front, Qt.Key.Key_Escape)

    def record(self, buttons: dict[bool, QAbstractButton], *, prints: bool) -> bool:
        kind = prints if prints in buttons else not prints
        self.push(buttons[kind])
        return kind

    def advance(self, form: MonthCloseForm) -> None:
        self.push(form.next_button)

    def to_search(self) -> None:
        self.reach(self.page.filter.text)

    def take_first(self, page: JournalPage) -> None:
        table = page.table
        first = page.model.index(0, 0)
        self.again(self.click(table.viewport(), lambda: table.visualRect(first)))

    def correct(self, page: JournalPage) -> None:
        button = page.document.correct_button
        assert button is not None
        self.push(button)


class KeyboardHand(Treasurer):
    """Tab, arrows, Enter, Space and the shortcuts; every key that decides is struck twice."""

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self._struck = 0

    def reach(self, field: QWidget) -> None:
        """With Tab, all around the window if need be."""
        self._bot.waitUntil(field.isVisible)
        for _ in range(_TURNS):
            if self.here() is (field.focusProxy() or field):
                return
            self.press(Qt.Key.Key_Tab)
        raise AssertionError(f"Tab does not lead to {field.accessibleName() or field}")

    def push(self, button: QAbstractButton) -> None:
        """Enter and Space in turn."""
        self.come_forward()
        self._bot.waitUntil(button.isVisible)
        self.reach(button)
        if isinstance(button, Button):
            self._bot.waitUntil(lambda: not button.deaf)
        self._struck += 1
        self.press(Qt.Key.Key_Return if self._struck % 2 else Qt.Key.Key_Space)

    def choose(self, field: Segment | Choice, name: str) -> None:
        """With the arrows, from what is chosen."""
        if isinstance(field, Segment):
            if field.current == name:
                return
            names = list(field.buttons)
            self.reach(field.buttons[field.current])
            while (now := names.index(field.current)) != names.index(name):
                self.press(Qt.Key.Key_Right if now < names.index(name) else Qt.Key.Key_Left)
            return
        self.reach(field)
        wanted = field.findData(name)
        while field.currentIndex() != wanted:
            self.press(Qt.Key.Key_Down if field.currentIndex() < wanted else Qt.Key.Key_Up)

    def take_away(self, lines: Lines, line: Line) -> None:
        """Without a mouse a line goes by being emptied."""
        for field in line.fields.values():
            self.type(field, "")

    def fill_for_all(self, form: SavingsForm) -> None:
        self.press(Qt.Key.Key_F2)

    def go(self, place: str, tab: str = "") -> None:
        """By the search, as one who knows the names."""
        title = self.window.workspace.ui.t(PLACES[place].title)
        self.press(Qt.Key.Key_K, CTRL)
        self.write(title)
        offered = self.window.header.search.completer().popup()
        self._bot.waitUntil(offered.isVisible)
        for _ in range(_TURNS):
            if offered.currentIndex().data() == title:
                break
            self.press(Qt.Key.Key_Down)
        self.press(Qt.Key.Key_Return)
        self._bot.waitUntil(lambda: self.window.place == place)
        self.settle()
        if tab:
            (strip,) = (each for each in self.page.findChildren(TabStrip) if each.isVisible())
            title = self.window.workspace.ui.t(tab)
            wanted = next(name for name, each in strip.tabs.items() if each.title == title)
            self.reach(strip.tabs[strip.current])
            names = list(strip.tabs)
            while (now := names.index(strip.current)) != names.index(wanted):
                self.press(Qt.Key.Key_Right if now < names.index(wanted) else Qt.Key.Key_Left)
            self.settle()

    def verb(self, name: str, title: str) -> None:
        self.press(KEYS[name], ALT)

    def leave(self) -> None:
        self.press(Qt.Key.Key_Escape)

    def record(self, buttons: dict[bool, QAbstractButton], *, prints: bool) -> bool:
        for each in buttons.values():
            self._bot.waitUntil(lambda each=each: not (isinstance(each, Button) and each.deaf))
        self.come_forward()
        for _ in range(2):
            self.press(Qt.Key.Key_P if prints else Qt.Key.Key_S, CTRL)
        return prints

    def advance(self, form: MonthCloseForm) -> None:
        self.press(Qt.Key.Key_Return, CTRL)

    def to_search(self) -> None:
        self.press(Qt.Key.Key_F, CTRL)

    def take_first(self, page: JournalPage) -> None:
        self.press(Qt.Key.Key_Return)

    def correct(self, page: JournalPage) -> None:
        self.press(Qt.Key.Key_R, CTRL)


def _above(widget: QWidget) -> Iterator[QWidget]:
    while (parent := widget.parentWidget()) is not None:
        yield parent
        widget = parent


def _shows(area: QAbstractScrollArea, widget: QWidget, spot: QPoint) -> bool:
    ground = area.viewport()
    return ground.rect().contains(widget.mapTo(ground, spot))


def _cell(view: QTableView, day: date) -> tuple[QWidget, Callable[[], QRect]]:
    """The day in a calendar that shows its month: a week a row, below the names of the days."""
    first = date(day.year, day.month, 1)
    offset = first.weekday() or 7
    row, column = divmod(offset + day.day - 1, 7)
    index = view.model().index(row + 1, column)
    assert index.data() == day.day
    return view.viewport(), lambda: view.visualRect(index)
