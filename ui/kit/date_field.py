"""Dates: reading what was typed, the field, and the header's button for the month in hand."""

from __future__ import annotations

import re
from datetime import date, timedelta

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QPushButton

from kwt_books.domain.values import FIRST_YEAR, LAST_YEAR, Month, furthest_day, month_of
from kwt_books.i18n.formats import Formats
from ui.kit.button import EnterPresses, with_keys
from ui.kit.field import ClickSelects, FieldIcon, Kept
from ui.kit.look import UiContext

# -- Reading a typed date: `5/6`, `5-6-26`, `5 juni`, `hari ini`, `kemarin`, `jumat` -------------


_AWAY = {
    "hari ini": 0, "today": 0, "kemarin": -1, "yesterday": -1, "kemarin dulu": -2,
    "besok": 1, "tomorrow": 1, "lusa": 2,
}  # fmt: skip
_PARTS = re.compile(r"([0-9]{1,2})(?:[\s/.-]+([0-9]{1,2}|[a-z]{3,}))?(?:[\s/.-]+([0-9]{2,4}))?")
_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")


_YEAR = re.compile(r"\b\d{4}\b")


def parse_date(
    text: str,
    today: date,
    formats: Formats,
    near: date | None = None,
    first: int = FIRST_YEAR,
) -> date | None:
    """The date that was typed, None where none can be read, or it is before the year `first`.

    What is left out is taken from `near` (else today); the 29th of February is the nearest one
    there is. A weekday is the last one of that name, today included. Two figures are a year of this
    century, or where `first` lies in the one before, of that rather than one to come.
    """
    words = " ".join(text.lower().replace(",", " ").split())
    if words in _AWAY:
        return today + timedelta(days=_AWAY[words])
    if (weekday := _weekday(words, formats)) is not None:
        return today - timedelta(days=(today.weekday() - weekday) % 7)
    if iso := _ISO.fullmatch(words):
        return _date(int(iso[1]), int(iso[2]), int(iso[3]), first)
    word, _, rest = words.partition(" ")
    if rest and _weekday(word, formats) is not None:
        words = rest
    found = _PARTS.fullmatch(words)
    if found is None:
        return None
    around = near or today
    month = _month(found[2], formats) if found[2] else around.month
    if month is None:
        return None
    if found[3] or not found[2]:
        year = int(found[3]) if found[3] else around.year
        if year < 100:
            year += 1900 if first < FIRST_YEAR and 2000 + year > today.year else 2000
        return _date(year, month, int(found[1]), first)
    return _date(around.year, month, int(found[1])) or _nearest(around, month, int(found[1]))


def _nearest(around: date, month: int, day: int) -> date | None:
    """The nearest day of that number in that month of any year; None where none has it."""
    years = range(around.year - 4, around.year + 5)  # one in four has a 29th of February
    days = [found for year in years if (found := _date(year, month, day)) is not None]
    return min(days, key=lambda each: abs(each - around), default=None)


def _weekday(word: str, formats: Formats) -> int | None:
    monday = date(2024, 1, 1)
    for number in range(7):
        if word == formats.weekday(monday + timedelta(days=number)).lower():
            return number
    return None


def _month(word: str, formats: Formats) -> int | None:
    """The month of a number or of the first three letters, or more, of its name; else None."""
    if word.isdecimal():
        return int(word)
    for number in range(1, 13):
        if formats.month_name(number).lower().startswith(word):
            return number
    return None


def _date(year: int, month: int, day: int, first: int = FIRST_YEAR) -> date | None:
    if not first <= year <= LAST_YEAR:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def far_ahead(ui: UiContext, day: date | None) -> str:
    """Words about a day so far ahead that date or clock must be wrong; else empty."""
    if day is None or day <= furthest_day(ui.today):
        return ""
    return ui.t(
        "{day} is too far ahead. This computer says that today is {today}: check the date, "
        "or set the computer's clock.",
        day=ui.formats.day(day),
        today=ui.formats.day(ui.today),
    )


_AROUND = 50
"""Width of the icon and the edges."""


class DateField(ClickSelects, Kept, QLineEdit):
    """A date as `Jumat, 5 Juni 2026`, where there is no room as `05/06/2026`. ↑ and ↓ step by a
    day; typing replaces it, for all of it is selected.

    What is left out when typing is taken from `near`, usually the month in hand.
    """

    changed = Signal()

    def __init__(
        self,
        ui: UiContext,
        value: date | None = None,
        *,
        required: bool = True,
        weekday: bool = True,
        past: bool = False,
        first: int = FIRST_YEAR,
    ) -> None:
        """`past`: the day is today at the latest, for it is of something that has happened;
        `first`: the first year there can be.
        """
        super().__init__()
        self._first = first
        self._past = past
        self._ui = ui
        self._value: date | None = None
        self.required, self._weekday = required, weekday
        self.near: date | None = None
        FieldIcon(ui, self, "calendar-blank", self.open_calendar)
        self.textEdited.connect(self._edited)
        self.setToolTip(ui.t("Type 5/6, 5 June or today; Alt+↓ opens the calendar"))
        self.set_value(value)

    def value(self) -> date | None:
        """The date; None where nothing, or no date, was typed."""
        return self._value

    def set_value(self, value: date | str | None) -> None:
        """Fills in a date; text is read as if it had been typed."""
        if isinstance(value, date):
            self._take(value)
        else:
            self.setText(value or "")
            self._edited(value or "")
        self._write()

    def text(self) -> str:
        return QLineEdit.text(self)

    def problem(self) -> str:
        """What is wrong, in words; empty where nothing is."""
        if self._value is not None:
            late = self._past and self._value > self._ui.today
            return self._ui.t("This day is in the future") if late else ""
        if (year := _YEAR.search(self.text())) and not self._first <= int(year[0]) <= LAST_YEAR:
            return self._ui.t("A year from {first} to {last}", first=self._first, last=LAST_YEAR)
        if self.text().strip():
            return self._ui.t("This date can't be read. Write it like 5/6/2026.")
        return self._ui.t("Fill in the date") if self.required else ""

    def state(self) -> object:
        """What a draft keeps: the date in ISO format, else the text that is no date."""
        return self._value.isoformat() if self._value else self.text()

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Room for a date in figures."""
        figures = self.fontMetrics().horizontalAdvance("00/00/0000")
        least = QSize(figures + self._ui.theme.px(_AROUND), 0)
        return super().minimumSizeHint().expandedTo(least)

    def _edited(self, text: str) -> None:
        self._take(parse_date(text, self._ui.today, self._ui.formats, self.near, self._first))

    def _take(self, value: date | None) -> None:
        if value != self._value:
            self._value = value
            self.changed.emit()

    def _write(self) -> None:
        if self._value is None:
            return
        formats, value = self._ui.formats, self._value
        short = formats.numeric_day(value)
        longer = [formats.weekday_day(value)] if self._weekday else []
        longer.append(formats.day(value))
        room = self.width() - self._ui.theme.px(_AROUND)
        fits = (text for text in longer if self.fontMetrics().horizontalAdvance(text) <= room)
        self.setText(next(fits, short))
        self.setCursorPosition(0)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        if not self.hasFocus():
            self._write()

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        self._write()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        super().focusOutEvent(event)
        self._write()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        step = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()))
        if step is not None and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.open_calendar()
        elif step is not None and self._value is not None:
            day = date.fromordinal(self._value.toordinal() + step)
            if self._first <= day.year <= LAST_YEAR:
                self.set_value(day)
                self.selectAll()
        else:
            super().keyPressEvent(event)

    def open_calendar(self) -> None:
        """Opens the calendar below the field."""
        from ui.kit.calendar import CalendarPopup  # not needed to show a window

        day = self._value or self.near or self._ui.today
        popup = CalendarPopup(self._ui, day, self, self._first)
        popup.chosen.connect(self.set_value)
        popup.show_below(self)


# -- The month in hand: the header's button ------------------------------------------------------


class MonthButton(EnterPresses, QPushButton):
    """Shows the month in hand; ← → and Ctrl+PgUp/PgDn step, a click opens the year's months."""

    chosen = Signal(str)

    def __init__(self, ui: UiContext) -> None:
        super().__init__()
        self._ui = ui
        self._month: Month = month_of(ui.today)
        self.setObjectName("month")
        self.setIcon(ui.theme.icon("calendar-blank", "text2", gap=True))
        self.setIconSize(ui.theme.icon_size(gap=True))
        self.setAutoDefault(False)
        self.clicked.connect(self.open)
        hint = with_keys(ui.t, ui.t("Previous month"), "Ctrl+PgUp")
        self.setToolTip(f"{hint}\n{with_keys(ui.t, ui.t('Next month'), 'Ctrl+PgDown')}")

    def show_month(self, month: Month) -> None:
        """Shows a month."""
        self._month = month
        self.setText(self._ui.formats.month(month))
        self.setAccessibleName(self._ui.t("Month: {month}", month=self.text()))

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As wide as the longest month's name asks for, so that nothing beside it moves."""
        hint, year = super().sizeHint(), Month(self._month).year
        names = (self._ui.formats.month(f"{year}-{month:02}") for month in range(1, 13))
        return QSize(
            hint.width() + max(map(self._wide, names)) - self._wide(self.text()), hint.height()
        )

    def _wide(self, text: str) -> int:
        """As Qt measures it for the hint, to the pixel."""
        return self.fontMetrics().size(Qt.TextFlag.TextShowMnemonic, text).width()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        super().paintEvent(event)
        theme, painter = self._ui.theme, QPainter(self)
        side, edge = theme.px(14), theme.px(12)
        place = QRect(self.width() - edge - side, (self.height() - side) // 2, side, side)
        theme.draw_icon(painter, "caret-down", theme.color("text2"), place)

    def open(self) -> None:
        """Opens the months of the year below the button."""
        from ui.kit.calendar import MonthPopup  # not needed to show a window

        popup = MonthPopup(self._ui, self._month)
        popup.chosen.connect(self.chosen)
        popup.show_below(self, right=True)
