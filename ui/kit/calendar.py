"""The calendar of a field, and the months of a year below the header's button."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import QDate, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QIcon, QPainter, QPen, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QTableView, QWidget

from kwt_books.domain.values import FIRST_YEAR, LAST_YEAR, Month, month_of, shift
from ui.kit.button import Button
from ui.kit.layout import column, grid_layout, label, row
from ui.kit.look import UiContext, restyle
from ui.kit.popup import Surface

_SIZE = (304, 236)
_ROUND = 6


class CalendarPopup(Surface):
    """A calendar in the language chosen; Enter takes the day, Esc closes it.

    Today has a ring, Fridays a dot, days of closed months are pale.
    """

    chosen = Signal(date)

    def __init__(
        self, ui: UiContext, shown: date, parent: QWidget, first: int = FIRST_YEAR
    ) -> None:
        """`first`: the first year there can be."""
        super().__init__(ui, parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.calendar = _Days(ui, first)
        self.calendar.setSelectedDate(QDate(shown.year, shown.month, shown.day))
        self.calendar.activated.connect(self._activated)
        self.calendar.clicked.connect(self._activated)
        self.calendar.currentPageChanged.connect(self._show_title)
        self._title = label("", "card")
        self._title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        back = Button(ui, "", "caret-left", kind="quiet").hint(ui.t("Previous month"))
        after = Button(ui, "", "caret-right", kind="quiet").hint(ui.t("Next month"))
        top = row(
            back.when_clicked(self.calendar.showPreviousMonth),
            (self._title, 1),
            after.when_clicked(self.calendar.showNextMonth),
            space=4,
        )
        today = Button(ui, ui.t("Go to today"), kind="quiet", scale="small")
        today.when_clicked(partial(self._take, ui.today))
        foot = row(label(ui.t("• Friday"), "quiet"), ..., today, space=8, margins=(8, 0, 0, 0))
        column(top, self.calendar, foot, parent=self, margins=8, space=4)
        self._show_title(self.calendar.yearShown(), self.calendar.monthShown())
        self.calendar.setFocus()

    def _show_title(self, year: int, month: int) -> None:
        self._title.setText(f"{self._ui.formats.month_name(month)} {year}")

    def _activated(self, day: QDate) -> None:
        self._take(date(day.year(), day.month(), day.day()))

    def _take(self, day: date) -> None:
        self.chosen.emit(day)
        self.close()


class _Days(QCalendarWidget):
    """The days of a month, each painted by what is to be known of it."""

    def __init__(self, ui: UiContext, first: int) -> None:
        super().__init__()
        self._ui = ui
        px = ui.theme.px
        self.setMinimumSize(px(_SIZE[0]), px(_SIZE[1]))
        self.setLocale(ui.locale)
        self.setNavigationBarVisible(False)
        self.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.setMinimumDate(QDate(first, 1, 1))
        self.setMaximumDate(QDate(LAST_YEAR, 12, 31))
        heading = QTextCharFormat()
        heading.setForeground(ui.theme.color("text2"))
        heading.setBackground(ui.theme.color("surface"))
        self.setHeaderTextFormat(heading)
        for weekend in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            self.setWeekdayTextFormat(weekend, heading)
        for view in self.findChildren(QTableView):
            view.setAccessibleName(ui.t("Calendar"))

    def paintCell(self, painter: QPainter, rect: QRect, day: QDate | date) -> None:  # noqa: N802
        theme, shown = self._ui.theme, _plain(day)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        cell = QRectF(rect).adjusted(3, 2, -3, -2)
        chosen = _plain(self.selectedDate()) == shown
        if chosen:
            theme.paint_round(painter, cell, "accent", _ROUND)
        elif shown == self._ui.today:
            painter.setPen(QPen(theme.color("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(cell.adjusted(1, 1, -1, -1), _ROUND, _ROUND)
        color = theme.color("on_accent" if chosen else self.tone_of(shown))
        painter.setFont(theme.font(bold=chosen or shown == self._ui.today, figures=True))
        painter.setPen(color)
        painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, str(shown.day))
        if shown.isoweekday() == Qt.DayOfWeek.Friday.value:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color)
            dot = theme.px(2)
            middle = QPointF(cell.center().x(), cell.bottom() - 2 * dot)
            painter.drawEllipse(middle, dot, dot)
        painter.restore()

    def tone_of(self, day: date) -> str:
        """The colour of a day's figure."""
        closed = self._ui.days.closed_through
        if day.month != self.monthShown() or (closed is not None and month_of(day) <= closed):
            return "field"
        return "red" if day.isoweekday() == Qt.DayOfWeek.Sunday.value else "text"


def _plain(day: QDate | date) -> date:
    return date(day.year(), day.month(), day.day()) if isinstance(day, QDate) else day


class MonthPopup(Surface):
    """The twelve months of a year; arrows lead to the year before and after.

    Closed months bear a lock; what is still to come, or was before the book, can't be chosen.
    """

    chosen = Signal(str)

    def __init__(self, ui: UiContext, month: Month) -> None:
        super().__init__(ui)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._month, self._year = month, Month(month).year
        self._back = Button(ui, "", "caret-left", kind="quiet").hint(ui.t("Previous year"))
        self._after = Button(ui, "", "caret-right", kind="quiet").hint(ui.t("Next year"))
        self._label = label("", "card")
        self._label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        top = row(
            self._back.when_clicked(lambda: self._step(-1)),
            (self._label, 1),
            self._after.when_clicked(lambda: self._step(1)),
            space=4,
        )
        page = column(top, parent=self, margins=8, space=8)
        grid = grid_layout(across=4, down=4)
        self._buttons = [self._cell(number) for number in range(1, 13)]
        for place, button in enumerate(self._buttons):
            grid.addWidget(button, place // 3, place % 3)
        page.addLayout(grid)
        self._step(0)

    def _cell(self, number: int) -> Button:
        button = Button(self._ui, self._ui.formats.month_name(number), kind="quiet", scale="small")
        button.setProperty("cell", True)
        button.setMinimumWidth(self._ui.theme.px(108))
        return button.when_clicked(partial(self._choose, number))

    def _step(self, years: int) -> None:
        self._year = max(FIRST_YEAR, min(self._year + years, LAST_YEAR))
        today, closed = month_of(self._ui.today), self._ui.days.closed_through
        self._label.setText(str(self._year))
        self._back.setEnabled(self._can_be(shift(self._name(1), -1)))
        self._after.setEnabled(self._can_be(shift(self._name(12), 1)))
        for number, button in enumerate(self._buttons, start=1):
            month = self._name(number)
            there = self._can_be(month)
            locked = there and closed is not None and month <= closed
            if locked:
                button.setIcon(self._ui.theme.icon("lock-simple", "text3", gap=True))
                button.setIconSize(self._ui.theme.icon_size(14, gap=True))
            else:
                button.setIcon(QIcon())
            button.setAccessibleName(self._in_words(number, locked=locked))
            button.setEnabled(there)
            restyle(button, chosen=month == self._month, now=month == today)
            if month == self._month:
                button.setFocus()

    def _can_be(self, month: Month) -> bool:
        """Whether a month can be chosen, as the one in hand always can."""
        return month == self._month or self._ui.days.can_hold(month, self._ui.today)

    def _in_words(self, number: int, *, locked: bool) -> str:
        name = self._ui.formats.month_name(number)
        return self._ui.t("{month}, closed", month=name) if locked else name

    def _name(self, number: int) -> Month:
        return Month(f"{self._year:04}-{number:02}")

    def _choose(self, number: int) -> None:
        self.chosen.emit(self._name(number))
        self.close()
