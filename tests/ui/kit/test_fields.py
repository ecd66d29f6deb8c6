"""Fields: what is typed, what is read, and what is said of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QDate, QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from kwt_books.domain.documents.setup import Party
from kwt_books.domain.values import FIRST_YEAR, LAST_YEAR, Month
from kwt_books.i18n.formats import Formats
from kwt_books.queries.overview import SetupData
from scripts.layout_faults import faults
from ui.kit.button import Button, Segment
from ui.kit.calendar import CalendarPopup
from ui.kit.date_field import DateField, parse_date
from ui.kit.field import MoneyField, QuantityField, TextField
from ui.kit.look import FIELD, FIELD_SMALL, UiContext
from ui.kit.party import PartyPicker
from ui.kit.picker import Choice, DenominationGrid, Picker, Stepper

SHOPS = [("siti", "Warung Bu Siti"), ("joko", "Warung Pak Joko"), ("kantin", "Kantin SDN 2")]


Show = Callable[..., None]


@pytest.fixture
def show(qtbot: QtBot) -> Iterator[Show]:
    """Puts widgets into an active window, one below the other."""
    windows: list[QWidget] = []

    def make(*widgets: QWidget) -> None:
        window = QWidget()
        page = QVBoxLayout(window)
        for widget in widgets:
            page.addWidget(widget)
        windows.append(window)
        with qtbot.waitActive(window):
            window.show()

    yield make
    for window in windows:
        window.close()


# -- dates ---------------------------------------------------------------------------------

TODAY = date(2026, 7, 1)  # a Wednesday
FIRST, LAST = date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("5/6", date(2026, 6, 5)),
        ("5-6-26", date(2026, 6, 5)),
        ("05/06/2026", date(2026, 6, 5)),
        ("5 juni", date(2026, 6, 5)),
        ("5 jun 2025", date(2025, 6, 5)),
        ("Jumat, 5 Juni 2026", date(2026, 6, 5)),
        ("2026-06-05", date(2026, 6, 5)),
        ("5", date(2026, 7, 5)),
        ("hari ini", TODAY),
        ("Kemarin", date(2026, 6, 30)),
        ("jumat", date(2026, 6, 26)),
        ("rabu", TODAY),
        ("31/6", None),
        ("5/6/1999", None),
        ("entah", None),
        ("", None),
    ],
)
def test_dates_are_read_as_they_are_said(typed: str, day: date | None) -> None:
    assert parse_date(typed, TODAY, Formats("id")) == day


def test_a_year_out_of_reach_is_told_as_one(ui: UiContext) -> None:
    """It can be read, so that whoever bought a hoe in 1995 is told what is wrong with it."""
    field = DateField(ui)
    field.setText("1/1/1995")
    assert "2000" in field.problem()
    field.setText("31/11/2026")
    assert "2000" not in field.problem()
    assert field.problem()


def test_what_is_left_out_comes_from_the_month_in_hand() -> None:
    formats = Formats("en")
    assert parse_date("5", TODAY, formats, date(2026, 3, 31)) == date(2026, 3, 5)
    assert parse_date("yesterday", TODAY, formats) == date(2026, 6, 30)
    assert parse_date("5 june", TODAY, formats) == date(2026, 6, 5)


@pytest.mark.parametrize(
    ("near", "year"),
    [(date(2024, 12, 31), 2024), (date(2025, 1, 5), 2024), (date(2026, 2, 27), 2024),
     (date(2026, 3, 2), 2028), (date(2027, 6, 1), 2028), (FIRST, 2000), (LAST, 2096)],
)  # fmt: skip
def test_a_leap_day_without_a_year_is_the_nearest_there_is(near: date, year: int) -> None:
    formats = Formats("id")
    for typed in ("29/2", "29 feb"):
        assert parse_date(typed, TODAY, formats, near) == date(year, 2, 29)
    assert parse_date("29/2/2027", TODAY, formats, near) is None, "a year that was typed is meant"
    assert parse_date("30/2", TODAY, formats, near) is None


@given(st.dates(FIRST, LAST), st.dates(FIRST, LAST))
def test_a_day_and_month_are_of_the_year_at_hand_wherever_it_has_them(
    day: date, near: date
) -> None:
    read = parse_date(f"{day.day}/{day.month}", TODAY, Formats("id"), near)
    assert read is not None
    assert (read.day, read.month) == (day.day, day.month)
    leap = near.year % 4 == 0  # as all are from 2000 to 2099
    assert read.year == near.year or ((day.day, day.month) == (29, 2) and not leap)


def test_a_day_alone_is_of_the_month_at_hand_or_none() -> None:
    assert parse_date("29", TODAY, Formats("id"), date(2026, 2, 10)) is None


def test_a_date_is_written_out_once_one_leaves(ui: UiContext, qtbot: QtBot, show: Show) -> None:
    field, other = DateField(ui), TextField(ui)
    show(field, other)
    field.setFocus()
    qtbot.keyClicks(field, "5/6")
    assert field.value() == date(2026, 6, 5)
    other.setFocus()
    field.setFixedWidth(300)
    assert field.text() == ui.formats.weekday_day(date(2026, 6, 5))
    field.setFixedWidth(150)
    assert field.text() == ui.formats.day(date(2026, 6, 5)), "what there is room for"
    field.setFocus()
    qtbot.keyClick(field, Qt.Key.Key_Up)
    assert field.value() == date(2026, 6, 6)
    field.clear()
    qtbot.keyClicks(field, "entah")
    assert field.value() is None
    assert field.problem()


def test_a_date_is_whole_in_the_least_room(ui: UiContext, qtbot: QtBot) -> None:
    field = DateField(ui, date(2026, 12, 30), weekday=False)
    qtbot.addWidget(field)
    field.show()
    field.resize(field.minimumSizeHint())
    assert (field.text(), faults(field)) == (ui.formats.numeric_day(date(2026, 12, 30)), [])


def test_the_calendar_gives_a_day(ui: UiContext, qtbot: QtBot, show: Show) -> None:
    field = DateField(ui, date(2026, 6, 5))
    show(field)
    field.open_calendar()
    popup = field.findChild(CalendarPopup)
    assert popup is not None
    assert popup.calendar.locale().monthName(6) == ui.formats.month_name(6)
    popup.calendar.activated.emit(popup.calendar.selectedDate().addDays(2))
    assert field.value() == date(2026, 6, 7)


def test_the_calendar_knows_today_fridays_and_closed_days(ui: UiContext, qtbot: QtBot) -> None:
    """A closed day is pale, and so is one of another month; today leads back to today."""
    ui.days.closed_through = Month("2026-05")
    field = DateField(ui)
    qtbot.addWidget(field)
    popup = CalendarPopup(ui, date(2026, 5, 5), field)
    days = popup.calendar
    assert days.tone_of(date(2026, 5, 5)) == days.tone_of(date(2026, 6, 1)) == "field"
    days.setSelectedDate(QDate(2026, 6, 5))
    assert days.tone_of(date(2026, 6, 5)) == "text"
    today = next(b for b in popup.findChildren(Button) if b.text() == ui.t("Go to today"))
    with qtbot.waitSignal(popup.chosen) as chosen:
        today.click()
    assert chosen.args == [ui.today]


# -- picking -------------------------------------------------------------------------------


def test_what_is_typed_after_arrows_takes_the_place_of_the_choice(
    ui: UiContext, qtbot: QtBot, show: Show
) -> None:
    picker = Picker(ui, SHOPS)
    show(picker, TextField(ui))
    picker.setFocus()
    qtbot.keyClick(picker, Qt.Key.Key_Down)
    assert picker.value() == SHOPS[0][0]
    qtbot.keyClicks(picker.lineEdit(), "joko")
    assert picker.currentText() == "joko"


def test_a_name_that_two_bear_makes_no_third(ui: UiContext, qtbot: QtBot, show: Show) -> None:
    picker = PartyPicker(ui, "member")
    people = {code: Party(code=code, name="Siti", role="member") for code in ("siti", "siti-2")}
    picker.learn(SetupData(None, {}, {}, people, {}), ())
    show(picker)
    qtbot.keyClicks(picker, "Siti")
    assert picker.new_party() is None
    assert picker.problem()
    qtbot.keyClicks(picker, " Aminah")
    made = picker.new_party()
    assert made is not None
    assert made.name == "Siti Aminah"


def test_the_wheel_scrolls_the_page_and_changes_nothing(ui: UiContext, show: Show) -> None:
    """Of what a page of fields consists, also while one of them has the keyboard."""
    pairs = (("a", "A"), ("b", "B"))
    fields = (
        Choice(ui, pairs), Picker(ui, pairs), Stepper(ui, 5_000), MoneyField(ui),
        QuantityField(ui), DateField(ui, ui.today),
    )  # fmt: skip
    nowhere = QLineEdit()
    show(nowhere, *fields)
    for field in fields:
        for keyboard in (False, True):
            (field if keyboard else nowhere).setFocus()
            before = field.state()
            assert field.focusPolicy() != Qt.FocusPolicy.WheelFocus
            for inner in (field, *field.findChildren(QLineEdit)):
                at = QPointF(inner.rect().center())
                event = QWheelEvent(
                    at, inner.mapToGlobal(at), QPoint(), QPoint(0, -120),
                    Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
                    Qt.ScrollPhase.NoScrollPhase, False,
                )  # fmt: skip
                QApplication.sendEvent(inner, event)
            assert not event.isAccepted(), "the page scrolls"
            assert field.state() == before, type(field).__name__
            assert field.hasFocus() is keyboard, type(field).__name__


@pytest.mark.parametrize("kind", [Choice, Segment])
def test_enter_goes_on_from_a_choice(
    kind: type[Choice | Segment], ui: UiContext, qtbot: QtBot, show: Show
) -> None:
    before, other = TextField(ui), TextField(ui)
    choice = kind(ui, (("month", "Satu bulan"), ("year", "Satu tahun")), "year")
    show(before, choice, other)
    before.setFocus()
    qtbot.keyClick(before, Qt.Key.Key_Tab)
    here = QApplication.focusWidget()
    assert here is not None
    assert here is choice or choice.isAncestorOf(here)
    qtbot.keyClick(here, Qt.Key.Key_Return)
    assert other.hasFocus()
    assert choice.value() == "year"


def test_keys_step_and_type(ui: UiContext, qtbot: QtBot, show: Show) -> None:
    stepper, other = Stepper(ui, 5_000), TextField(ui)
    show(stepper, other)
    stepper.setFocus()
    for key, value in (
        (Qt.Key.Key_Up, 6_000),
        (Qt.Key.Key_Plus, 7_000),
        (Qt.Key.Key_Minus, 6_000),
        (Qt.Key.Key_Down, 5_000),
    ):
        qtbot.keyClick(stepper, key)
        assert stepper.value() == value, key
    stepper.selectAll()
    qtbot.keyClicks(stepper, "12")
    assert stepper.value() == 12_000
    qtbot.keyClick(stepper, Qt.Key.Key_Return)
    assert not stepper.hasFocus()


# -- counting ------------------------------------------------------------------------------


def test_notes_and_coins_have_larger_fields_where_there_is_room(
    ui: UiContext, qtbot: QtBot
) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    grid = DenominationGrid(ui)
    grid.setParent(page)
    page.show()
    small = grid.minimumSizeHint()
    sizes = []
    for height in (small.height(), 10 * ui.theme.px(40), small.height()):
        grid.resize(small.width(), height)
        field = grid.findChild(QLineEdit)
        assert field is not None
        sizes.append(field.height())
        assert grid.minimumSizeHint() == small, "what they take they give back"
    assert sizes == [ui.theme.px(each) for each in (FIELD_SMALL, FIELD, FIELD_SMALL)]


@pytest.mark.parametrize(
    ("typed", "day"),
    [("8/3/1975", date(1975, 3, 8)), ("8/3/75", date(1975, 3, 8)), ("8/3/05", date(2005, 3, 8)),
     ("1/1/1900", date(1900, 1, 1)), ("1975-03-08", date(1975, 3, 8)), ("8/3/1899", None)],
)  # fmt: skip
def test_a_day_may_lie_in_the_century_before(
    typed: str, day: date | None, ui: UiContext, qtbot: QtBot
) -> None:
    """As a birthday does; the days of the book itself don't."""
    field, usual = DateField(ui, first=1900), DateField(ui)
    for each in (field, usual):
        qtbot.addWidget(each)
        each.set_value(typed)
    assert field.value() == day
    assert ("1900" in field.problem()) == (day is None)
    if day is not None and day.year < 2000:
        assert usual.value() is None or usual.value().year >= 2000
    popup = CalendarPopup(ui, date(1975, 3, 8), field, 1900)
    assert popup.calendar.yearShown() == 1975
    popup.close()
