"""What people write in cells is read as they mean it, or refused with its reason."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kwt_books.i18n.formats import Formats, ParseError
from kwt_books.services.intake import values
from kwt_books.services.intake.sheet import address, letter

AMOUNTS = st.integers(-(10**12), 10**12)
DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))


@pytest.mark.parametrize(
    ("written", "rupiah"),
    [
        ("1.250.000", 1250000),
        ("1,250,000", 1250000),
        ("Rp 1.250.000,-", 1250000),
        ("Rp. 1.250.000,00", 1250000),
        ("Rp1.250.000,--", 1250000),
        ("IDR 1,250,000.00", 1250000),
        ("1250000", 1250000),
        ("1.250", 1250),
        ("1,250", 1250),
        ("1 250 000", 1250000),
        ("250 ribu", 250000),
        ("1,5 jt", 1500000),
        ("1.250.000 rupiah", 1250000),
        ("(250.000)", -250000),
        ("-250.000", -250000),
        ("−Rp250.000", -250000),
        ("Rp -250.000", -250000),
        ("250.000-", -250000),
        (Decimal(250000), 250000),
        (Decimal("-0"), 0),
        ("0", 0),
    ],
)
def test_amounts(written: values.Value, rupiah: int) -> None:
    assert values.money(written) == rupiah


@pytest.mark.parametrize("written", [None, "", "-", "–", "Rp -", "nihil"])
def test_nothing_written_is_no_amount(written: values.Value) -> None:
    assert values.money(written) is None


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("dua ratus", "amount-not-a-number"),
        ("1.25.000", "amount-not-a-number"),
        ("12,5", "amount-not-whole"),
        (Decimal("12500.5"), "amount-not-whole"),
        ("1.250.000,50", "amount-not-whole"),
        ("9" * 20, "amount-too-large"),
        (date(2026, 1, 5), "amount-is-a-day"),
        ("5/1/2026", "amount-not-a-number"),
        ("100 + 50", "amount-not-a-number"),
    ],
)
def test_what_is_no_amount_says_why(written: values.Value, code: str) -> None:
    with pytest.raises(ParseError) as refused:
        values.money(written)
    assert refused.value.code == code


@given(AMOUNTS, st.sampled_from(["id", "en"]))
def test_what_the_program_writes_is_read_again(amount: int, language: str) -> None:
    formats = Formats(language)
    for written in (
        formats.number(amount),
        formats.rupiah(amount),
        formats.accounting(amount),
        formats.rupiah_sen(amount),
        str(amount),
        Decimal(amount),
    ):
        assert values.money(written) == amount


@given(st.text(max_size=30))
def test_any_text_is_an_amount_or_refused(text: str) -> None:
    for read in (values.money, values.quantity, values.count, values.day):
        with suppress(ParseError):
            assert read(text) is None or read(text) == read(f" {text} ")


@pytest.mark.parametrize(
    ("written", "thousandths"),
    [
        ("2,5", 2500),
        ("2.5", 2500),
        ("2,5 kg", 2500),
        ("1.200", 1200000),
        ("24 bungkus", 24000),
        (Decimal("0.25"), 250),
        ("-", None),
    ],
)
def test_quantities(written: values.Value, thousandths: int | None) -> None:
    assert values.quantity(written) == thousandths


@pytest.mark.parametrize("written", ["2,5 x 3", "banyak", "1.2345.6", date(2026, 1, 1)])
def test_what_is_no_quantity_is_refused(written: values.Value) -> None:
    with pytest.raises(ParseError):
        values.quantity(written)


@pytest.mark.parametrize(
    "written",
    [
        "05/01/2026", "5/1/26", "5-1-2026", "5.1.2026", "05 Jan 2026", "5 Januari 2026",
        "Senin, 5 Januari 2026", "Senin 5/1/2026", "5-Jan-26", "2026-01-05", "2026/01/05",
        "20260105", "January 5, 2026", "5 Jan '26", "05/01/2026 14:30", Decimal(46027),
        date(2026, 1, 5),
    ],
)  # fmt: skip
def test_days(written: values.Value) -> None:
    assert values.day(written) == date(2026, 1, 5)


@pytest.mark.parametrize(
    ("written", "usual", "day"),
    [
        ("7", date(2026, 3, 1), date(2026, 3, 7)),
        (Decimal(28), date(2026, 2, 1), date(2026, 2, 28)),
        ("7/3", date(2026, 1, 1), date(2026, 3, 7)),
        ("7 Maret", date(2026, 1, 1), date(2026, 3, 7)),
        ("2024", None, date(2024, 1, 1)),
    ],
)
def test_days_that_leave_something_out(
    written: values.Value, usual: date | None, day: date
) -> None:
    assert values.day(written, usual) == day


@pytest.mark.parametrize(
    ("written", "before", "day"),
    [
        ("3/1", date(2025, 12, 28), date(2026, 1, 3)),
        ("28 Des", date(2026, 1, 3), date(2025, 12, 28)),
        ("3/1/2024", date(2025, 12, 28), date(2024, 1, 3)),
        ("15/6", date(2026, 1, 3), date(2026, 6, 15)),
    ],
)
def test_a_day_without_a_year_is_near_the_day_before(written: str, before: date, day: date) -> None:
    assert values.day_after(written, before) == day


@pytest.mark.parametrize(
    "written",
    [
        "31/02/2026",
        "kemarin",
        "7",
        "99/99/2026",
        "5 Brumaire 2026",
        Decimal(3),
        Decimal(50_000_000),
        "50000000",
        Decimal(20_261_340),
    ],
)
def test_what_is_no_day_is_refused(written: values.Value) -> None:
    with pytest.raises(ParseError) as refused:
        values.day(written)
    assert refused.value.code == "day-not-understood"


@given(DAYS)
def test_every_way_to_write_a_day_says_the_same_day(day: date) -> None:
    formats = Formats("id")
    serial = Decimal((day - date(1899, 12, 30)).days)
    for written in (
        formats.day(day),
        formats.weekday_day(day),
        formats.numeric_day(day),
        day.isoformat(),
        f"{day.day} {formats.month_name(day.month)[:3]} {day.year}",
        serial,
        str(serial),
    ):
        assert values.day(written) == day
    assert values.day(Decimal(day.day), day - timedelta(days=day.day - 1)) == day


@given(st.integers(-(10**14), 10**14), st.sampled_from([",", "."]), st.booleans())
def test_amounts_with_sen_are_read_by_the_sign_that_is_said(
    sen: int, point: str, grouped: bool
) -> None:
    group = "." if point == "," else ","
    whole, rest = divmod(abs(sen), 100)
    written = f"{whole:,}".replace(",", group) if grouped else str(whole)
    text = f"{'-' if sen < 0 else ''}{written}{point}{rest:02}"
    assert values.decimal(text, point) == Decimal(sen) / 100
    if rest:
        with pytest.raises(ParseError, match="amount-not-whole"):
            values.money(text, point)
    else:
        assert values.money(text, point) == (-whole if sen < 0 else whole)


@pytest.mark.parametrize(
    ("written", "point", "amount"),
    [
        ("1250.000", ".", 1250),
        ("100.000", ".", 100),
        ("100.000", ",", 100000),
        ("100.000", "", 100000),
        ("100,000", ",", 100),
        ("Rp 1,250.00", ".", 1250),
    ],
)
def test_three_digits_are_thousands_unless_the_sign_says_otherwise(
    written: str, point: str, amount: int
) -> None:
    assert values.money(written, point) == amount


@pytest.mark.parametrize(("written", "point"), [("1,00.50", "."), ("1.5.5", "."), ("1.250,5", ".")])
def test_what_the_sign_makes_no_number_of_is_told(written: str, point: str) -> None:
    with pytest.raises(ParseError, match="amount-not-a-number"):
        values.money(written, point)


@pytest.mark.parametrize(
    ("column", "letters"),
    [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (701, "ZZ"), (702, "AAA")],
)
def test_columns_are_called_as_spreadsheets_call_them(column: int, letters: str) -> None:
    assert letter(column) == letters
    assert address(7, column) == f"{letters}7"
