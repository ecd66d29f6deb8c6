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
        ("'50.000", 50000),
        ("50\u00a0000", 50000),
        (".00", 0),
        ("+5.000", 5000),
        ("5.000+", 5000),
        ("(-5.000)", 5000),
        ("1'250'000", 1250000),
        ("1.250,00", 1250),
        ("1,25 ribu", 1250),
        ("1.250 rb", 1250),
        ("50 k", 50000),
        ("2.000 jt", 2000000),
        (str(values.MOST), values.MOST),
        (Decimal(-values.MOST), -values.MOST),
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
        ("50.000 DB", "amount-not-a-number"),
        ("50 000 0", "amount-not-a-number"),
        ("1.250.00", "amount-not-a-number"),
        ("1.25,000,5", "amount-not-a-number"),
        ("1,25.000", "amount-not-a-number"),
        ("1250.000", "amount-not-a-number"),
        ("0,4 rb 5", "amount-not-a-number"),
        (Decimal(values.MOST + 1), "amount-too-large"),
        (Decimal(-values.MOST - 1), "amount-too-large"),
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
    ("written", "point", "amount"),
    [
        ("1.250,55", "", "1250.55"),
        ("1.250", "", "1250"),
        ("1.250", ".", "1.25"),
        ("(5,50)", "", "-5.50"),
        ("-5,50", "", "-5.50"),
        ("−5,50", "", "-5.50"),
        ("5,50-", "", "-5.50"),
        ("Rp 5,50 kr", "", "5.50"),
    ],
)
def test_amounts_to_the_sen(written: str, point: str, amount: str) -> None:
    assert values.decimal(written, point) == Decimal(amount)


def test_words_are_no_amount_to_the_sen() -> None:
    with pytest.raises(ParseError, match="amount-not-a-number"):
        values.decimal("lunas")


@pytest.mark.parametrize(
    ("written", "side", "rest"),
    [
        ("50.000,00 DB", "D", "50.000,00"),
        (" 50.000 d.", "D", "50.000"),
        ("50.000 CR", "K", "50.000"),
        ("50.000 K", "K", "50.000"),
        ("50.000", None, "50.000"),
        ("50.000 kg", None, "50.000 kg"),
        (Decimal(5), None, Decimal(5)),
        (None, None, None),
    ],
)
def test_the_side_behind_an_amount(
    written: values.Value, side: str | None, rest: values.Value
) -> None:
    assert values.side_of(written) == side
    assert values.without_side(written) == rest


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (None, ""),
        ("Jual", "Jual"),
        (Decimal("1E+3"), "1000"),
        (Decimal("7.0"), "7"),
        (Decimal("12.50"), "12.5"),
        (date(2026, 1, 5), "2026-01-05"),
    ],
)
def test_what_a_cell_says(written: values.Value, said: str) -> None:
    assert values.text(written) == said


@pytest.mark.parametrize(
    ("written", "number"), [("12 tahun", 12), (Decimal(3), 3), ("1", 1), (None, None), ("-", None)]
)
def test_whole_numbers(written: values.Value, number: int | None) -> None:
    assert values.count(written) == number


@pytest.mark.parametrize("written", ["2,5", Decimal("0.5"), "12,001"])
def test_a_part_is_no_whole_number(written: values.Value) -> None:
    with pytest.raises(ParseError, match="quantity-not-a-number"):
        values.count(written)


@pytest.mark.parametrize(
    ("written", "thousandths"),
    [
        ("2,5", 2500),
        ("'3", 3000),
        ("nihil", None),
        ("1,250", 1250),
        ("1.250,5 kg", 1250500),
        ("0,001", 1),
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


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("2,5 x 3", "quantity-not-a-number"),
        ("banyak", "quantity-not-a-number"),
        ("1.2345.6", "quantity-not-a-number"),
        ("1.25.000", "quantity-not-a-number"),
        (date(2026, 1, 1), "quantity-not-a-number"),
        ("0,0005", "quantity-too-fine"),
        (Decimal("0.0005"), "quantity-too-fine"),
        ("9" * 14, "amount-too-large"),
        (Decimal("9" * 14), "amount-too-large"),
    ],
)
def test_what_is_no_quantity_says_why(written: values.Value, code: str) -> None:
    with pytest.raises(ParseError) as refused:
        values.quantity(written)
    assert refused.value.code == code


@pytest.mark.parametrize(
    "written",
    [
        "05/01/2026", "5/1/26", "5-1-2026", "5.1.2026", "05 Jan 2026", "5 Januari 2026",
        "Senin, 5 Januari 2026", "Senin 5/1/2026", "5-Jan-26", "2026-01-05", "2026/01/05",
        "20260105", "January 5, 2026", "5 Jan '26", "05/01/2026 14:30", Decimal(46027),
        date(2026, 1, 5), Decimal(20260105), "'05/01/2026", "Sukawangi, 5 Januari 2026",
        "tgl 5 Januari 2026", "5\u00a0Januari\u00a02026", "january 5th 2026",
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
        (Decimal(31), date(2026, 1, 5), date(2026, 1, 31)),
        (Decimal(1950), None, date(1950, 1, 1)),
        (Decimal(2099), None, date(2099, 1, 1)),
        (Decimal(10_001), None, date(1927, 5, 19)),
        ("5/1/99", None, date(2099, 1, 5)),
        ("1/1/1900", None, date(1900, 1, 1)),
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
        ("3/7", date(2026, 1, 1), date(2026, 7, 3)),  # 183 days
        ("4/7", date(2026, 1, 1), date(2025, 7, 4)),
        ("1/1", date(2026, 7, 3), date(2026, 1, 1)),
        ("1/1", date(2026, 7, 4), date(2027, 1, 1)),
        (date(2019, 1, 1), date(2026, 7, 4), date(2019, 1, 1)),
        (None, date(2026, 7, 4), None),
        ("28 Feb 2020", date(2026, 2, 28), date(2020, 2, 28)),
    ],
)
def test_a_day_without_a_year_is_near_the_day_before(
    written: values.Value, before: date, day: date | None
) -> None:
    assert values.day_after(written, before) == day


def test_a_day_that_follows_is_read_in_the_order_of_its_column() -> None:
    assert values.day_after("1/3", date(2025, 12, 28), values.MONTH_FIRST) == date(2026, 1, 3)
    assert values.day("1/13", date(2025, 12, 28), order=values.MONTH_FIRST) == date(2025, 1, 13)
    assert values.day("3/1", None, 2024, values.YEAR_FIRST) == date(2024, 1, 3)
    assert values.day("26/1/3", order=values.YEAR_FIRST) == date(2026, 1, 3)


@pytest.mark.parametrize(
    ("written", "has"),
    [("7/3", False), ("29 Februari", False), ("7/3/2026", True), ("7 Mar 26", True),
     (Decimal(46027), True), (date(2000, 1, 1), True)],
)  # fmt: skip
def test_whether_a_day_says_its_year(written: values.Value, has: bool) -> None:
    assert values.has_year(written) is has


@pytest.mark.parametrize(
    ("written", "number"),
    [("05", 5), ("1", 1), ("31", 31), ("Senin 5", 5), (Decimal(1), 1), (Decimal(31), 31),
     ("0", None), ("32", None), ("005", None), ("5/1", None), (Decimal(32), None),
     (Decimal("5.5"), None), (date(2026, 1, 5), None), (None, None)],
)  # fmt: skip
def test_a_day_that_stands_without_its_month(written: values.Value, number: int | None) -> None:
    assert values.day_alone(written) == number


@pytest.mark.parametrize(
    ("written", "alone"),
    [("2026", True), ("'2026", True), (Decimal(2026), True), ("202", False), ("20261", False),
     ("Juli", False), ("5/1/2026", False), (date(2026, 1, 5), False)],
)  # fmt: skip
def test_a_year_alone_is_no_day(written: values.Value, alone: bool) -> None:
    assert values.year_alone(written) is alone


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
        Decimal(10_000),
        Decimal(80_000),
        Decimal(1949),
        Decimal(2100),
        "7/3",
        "7 Maret",
        "5/1/026",
        "31/12/1899",
        "1/1/2100",
    ],
)
def test_what_is_no_day_is_refused(written: values.Value) -> None:
    with pytest.raises(ParseError) as refused:
        values.day(written)
    assert refused.value.code == "day-not-understood"


@pytest.mark.parametrize("number", [Decimal(0), Decimal(32), Decimal("5.5")])
def test_no_month_has_such_a_day(number: Decimal) -> None:
    with pytest.raises(ParseError, match="day-not-understood"):
        values.day(number, date(2026, 1, 1))


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
