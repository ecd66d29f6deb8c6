"""A date: typed as it is said, or picked from a calendar."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QFocusEvent, QKeyEvent, QResizeEvent, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QFrame, QLineEdit, QWidget

from kwt_books.domain.month import FIRST_YEAR, LAST_YEAR
from ui.kit import Kit
from ui.widgets.dates import parse_date
from ui.widgets.label import column

_AROUND = 44
_CALENDAR = (308, 268)
"""What icon and edges take of the width."""


class DateField(QLineEdit):
    """Shows `Jumat, 5 Juni 2026` where there is room, `05/06/2026` while one is in it. ↑ ↓ step.

    What is left out when typing comes from `near`: the month in hand.
    """

    changed = Signal()

    def __init__(
        self, kit: Kit, value: date | None = None, *, required: bool = True, weekday: bool = True
    ) -> None:
        super().__init__()
        self._kit = kit
        self._value: date | None = None
        self.required, self._weekday = required, weekday
        self.near: date | None = None
        opened = QAction(kit.theme.icon("calendar-blank", "text2"), kit.t("Calendar"), self)
        opened.triggered.connect(self.open_calendar)
        self.setProperty("leading", True)
        self.addAction(opened, QLineEdit.ActionPosition.LeadingPosition)
        self.textEdited.connect(self._edited)
        self.setToolTip(kit.t("Type 5/6, 5 June or today; Alt+↓ opens the calendar"))
        self.set_value(value)

    def value(self) -> date | None:
        return self._value

    def set_value(self, value: date | None) -> None:
        self._take(value)
        self._write()

    def problem(self) -> str:
        if self._value is not None:
            return ""
        if self.text().strip():
            return self._kit.t("This date can't be read. Write for example 5/6/2026.")
        return self._kit.t("Fill in the date") if self.required else ""

    def state(self) -> object:
        return self._value.isoformat() if self._value else self.text()

    def restore(self, state: object) -> None:
        text = state if isinstance(state, str) else ""
        self.setText(text)
        self._edited(text)
        self._write()

    def _edited(self, text: str) -> None:
        self._take(parse_date(text, self._kit.today, self._kit.formats, self.near))

    def _take(self, value: date | None) -> None:
        if value != self._value:
            self._value = value
            self.changed.emit()

    def _write(self) -> None:
        if self._value is None:
            return
        formats, value = self._kit.formats, self._value
        short = formats.numeric_day(value)
        longer = [formats.weekday_day(value)] if self._weekday else []
        longer.append(formats.day(value))
        room = self.width() - self._kit.theme.px(_AROUND)
        fits = (text for text in longer if self.fontMetrics().horizontalAdvance(text) <= room)
        self.setText(short if self.hasFocus() else next(fits, short))
        self.setCursorPosition(0)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        if not self.hasFocus():
            self._write()

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        super().focusInEvent(event)
        self._write()
        self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        super().focusOutEvent(event)
        self._write()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        step = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()))
        if step is not None and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.open_calendar()
        elif step is not None and self._value is not None:
            day = date.fromordinal(self._value.toordinal() + step)
            if FIRST_YEAR <= day.year <= LAST_YEAR:
                self.set_value(day)
                self.selectAll()
        else:
            super().keyPressEvent(event)

    def open_calendar(self) -> None:
        popup = CalendarPopup(self._kit, self._value or self.near or self._kit.today, self)
        popup.chosen.connect(self.set_value)
        popup.move(self.mapToGlobal(QPoint(0, self.height() + 4)))
        popup.show()


class CalendarPopup(QFrame):
    """A month of days in the language chosen; Enter takes the day, Esc leaves."""

    chosen = Signal(date)

    def __init__(self, kit: Kit, shown: date, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        page = column(self, margins=4)
        self.calendar = QCalendarWidget()
        self.calendar.setMinimumSize(kit.theme.px(_CALENDAR[0]), kit.theme.px(_CALENDAR[1]))
        self.calendar.setLocale(kit.locale)
        self.calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self.calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.calendar.setMinimumDate(QDate(FIRST_YEAR, 1, 1))
        self.calendar.setMaximumDate(QDate(LAST_YEAR, 12, 31))
        self.calendar.setSelectedDate(QDate(shown.year, shown.month, shown.day))
        for day, color in ((Qt.DayOfWeek.Saturday, "text"), (Qt.DayOfWeek.Sunday, "red")):
            written = QTextCharFormat()
            written.setForeground(kit.theme.color(color))
            self.calendar.setWeekdayTextFormat(day, written)
        self.calendar.activated.connect(self._activated)
        self.calendar.clicked.connect(self._activated)
        page.addWidget(self.calendar)
        self.calendar.setFocus()

    def _activated(self, day: QDate) -> None:
        self.chosen.emit(date(day.year(), day.month(), day.day()))
        self.close()
