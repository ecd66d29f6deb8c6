from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from babel.dates import get_day_names, get_month_names

from kwt_books.i18n.formats import Formats, several

ID, EN = Formats("id"), Formats("en")
FRIDAY = date(2026, 6, 5)
WIB = timezone(timedelta(hours=7))


@pytest.mark.parametrize(
    ("amount", "rupiah", "number", "accounting"),
    [
        (1_200_000, "Rp1.200.000", "1.200.000", "1.200.000"),
        (-5_000, "−Rp5.000", "−5.000", "(5.000)"),
        (0, "Rp0", "0", "0"),
        (999, "Rp999", "999", "999"),
        (10**15, "Rp1.000.000.000.000.000", "1.000.000.000.000.000", "1.000.000.000.000.000"),
    ],
)
def test_money(amount: int, rupiah: str, number: str, accounting: str) -> None:
    assert ID.rupiah(amount) == rupiah
    assert ID.number(amount) == number
    assert ID.accounting(amount) == accounting
    assert EN.rupiah(amount) == rupiah.replace(".", ",")


def test_money_of_a_receipt_and_nil() -> None:
    assert ID.rupiah_sen(180_000) == "Rp180.000,00"
    assert EN.rupiah_sen(180_000) == "Rp180,000.00"
    assert ID.accounting(0, nil="–") == "–"


@pytest.mark.parametrize(
    ("thousandths", "text"),
    [(2_500, "2,5"), (0, "0"), (1_000, "1"), (250, "0,25"), (1, "0,001"), (-250, "−0,25"),
     (1_234_567_000, "1.234.567"), (1_050, "1,05")],
)  # fmt: skip
def test_quantity(thousandths: int, text: str) -> None:
    assert ID.quantity(thousandths) == text


def test_percent() -> None:
    assert ID.percent(683) == "68,3%"
    assert ID.percent(300) == "30%"
    assert ID.percent_fixed(1000) == "100,0%"
    assert ID.percent_fixed(-5) == "−0,5%"
    assert EN.percent(683) == "68.3%"


def test_compact() -> None:
    assert ID.compact(1_200_000) == "1,2 jt"
    assert ID.compact(250_000) == "250 rb"
    assert ID.compact(-1_000_000) == "−1 jt"
    assert ID.compact(500) == "500"
    assert EN.compact(1_200_000) == "1.2m"


def test_dates() -> None:
    assert ID.day(FRIDAY) == "5 Juni 2026"
    assert ID.weekday_day(FRIDAY) == "Jumat, 5 Juni 2026"
    assert ID.day_month(FRIDAY) == "05/06"
    assert ID.numeric_day(FRIDAY) == "05/06/2026"
    assert ID.short_day(FRIDAY, 2026) == "5 Jun"
    assert ID.short_day(FRIDAY, 2027) == "5 Jun 2026"
    assert ID.month("2026-06") == "Juni 2026"
    assert EN.weekday_day(FRIDAY) == "Friday, 5 June 2026"
    assert [ID.month_name(n) for n in range(1, 13)] == [
        "Januari", "Februari", "Maret", "April", "Mei", "Juni",
        "Juli", "Agustus", "September", "Oktober", "November", "Desember",
    ]  # fmt: skip
    week = [ID.weekday(FRIDAY + timedelta(days=n)) for n in range(7)]
    assert week == ["Jumat", "Sabtu", "Minggu", "Senin", "Selasa", "Rabu", "Kamis"]


def test_moments_name_the_zone() -> None:
    moment = datetime(2026, 7, 1, 9, 12, tzinfo=WIB)
    assert ID.date_time(moment) == "1 Juli 2026 pukul 09.12 WIB"
    assert EN.date_time(moment) == "1 July 2026 at 09:12 WIB"
    assert ID.date_time(moment.replace(tzinfo=None)) == "1 Juli 2026 pukul 09.12"
    assert ID.date_time(moment.replace(tzinfo=timezone(timedelta(hours=9)))).endswith(" WIT")
    assert ID.date_time(moment.replace(tzinfo=UTC)).endswith(" UTC+00:00")
    half = timezone(timedelta(hours=5, minutes=30))
    assert ID.date_time(moment.replace(tzinfo=half)).endswith(" UTC+05:30")


@pytest.mark.parametrize(
    ("at", "told"),
    [
        ("2026-07-01T09:12:00+07:00", "1 Juli 2026 pukul 09.12 WIB"),
        ("2026-07-01", "1 Juli 2026"),
        ("kemarin", "kemarin"),
        ("kemarin malam", "kemarin malam"),
        ("", ""),
    ],
)
def test_when_something_was_recorded_is_told_as_its_stamp_has_it(at: str, told: str) -> None:
    assert ID.recorded(at) == told


@pytest.mark.parametrize("formats", [ID, EN], ids=lambda formats: formats.language)
def test_names_of_months_and_days_are_those_of_babel(formats: Formats) -> None:
    months = get_month_names("wide", locale=formats.language)
    assert {n: formats.month_name(n) for n in range(1, 13)} == dict(months)
    week = [FRIDAY + timedelta(days=n) for n in range(7)]
    days = get_day_names("wide", locale=formats.language)
    assert {day.weekday(): formats.weekday(day) for day in week} == dict(days)


def test_one_whole_thing_alone_is_told_in_the_singular() -> None:
    assert [several(quantity) for quantity in (1_000, 1_500, 500, 0, 2_000)] == [1, 2, 2, 2, 2]
