from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kwt_books.i18n.formats import (
    MOST,
    Formats,
    ParseError,
    parse_product,
    parse_quantity,
    parse_rupiah,
)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1200000", 1_200_000), ("1.200.000", 1_200_000), ("Rp 1.200.000", 1_200_000),
        ("Rp1.200.000,00", 1_200_000), ("Rp. 250.000,-", 250_000), ("1,2jt", 1_200_000),
        ("1,2 juta", 1_200_000), ("250rb", 250_000), ("250 ribu", 250_000), ("1.5jt", 1_500_000),
        ("1.500rb", 1_500_000), ("1.500 jt", 1_500_000_000), ("2 M", 2_000_000_000),
        ("0", 0), ("  5000  ", 5_000), ("-5.000", -5_000), ("−5.000", -5_000), ("(5.000)", -5_000),
        ("\u00a01.000", 1_000), ("0,0005jt", 500), ("1000000000000000", MOST), ("IDR 500", 500),
    ],
)  # fmt: skip
def test_rupiah(text: str, amount: int) -> None:
    assert parse_rupiah(text) == amount


@pytest.mark.parametrize(
    ("text", "amount"),
    [("1,200,000", 1_200_000), ("1.5 million", 1_500_000), ("250k", 250_000), ("1,5jt", 1_500_000),
     ("1,200,000.00", 1_200_000), ("1.2m", 1_200_000)],
)  # fmt: skip
def test_rupiah_in_english(text: str, amount: int) -> None:
    assert parse_rupiah(text, "en") == amount


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "amount-missing"), ("   ", "amount-missing"), ("Rp", "amount-not-a-number"),
        ("abc", "amount-not-a-number"), ("1.20", "amount-not-a-number"),
        ("12.00.000", "amount-not-a-number"), ("1,200,000", "amount-not-a-number"),
        ("1e3", "amount-not-a-number"), ("٣", "amount-not-a-number"),
        ("--5", "amount-not-a-number"),
        ("1,5", "amount-not-whole"), ("0,0000001jt", "amount-not-whole"),
        ("5 kg", "amount-not-a-number"),
        ("1000000000000001", "amount-too-large"), ("9" * 5000, "amount-not-a-number"),
        ("9999 triliun", "amount-too-large"), ("1,2,3jt", "amount-not-a-number"),
    ],
)  # fmt: skip
def test_refused_amounts(text: str, code: str) -> None:
    with pytest.raises(ParseError) as refused:
        parse_rupiah(text)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("text", "thousandths"),
    [("2,5", 2_500), ("2.5", 2_500), ("2", 2_000), ("0,001", 1), ("1.000", 1_000_000),
     ("1.234,5", 1_234_500), ("-3", -3_000), ("1,50", 1_500)],
)  # fmt: skip
def test_quantity(text: str, thousandths: int) -> None:
    assert parse_quantity(text) == thousandths


@pytest.mark.parametrize(
    ("text", "code"),
    [("", "quantity-missing"), ("x", "quantity-not-a-number"), ("0,0001", "quantity-too-fine"),
     ("2jt", "quantity-not-a-number"), ("9" * 30, "quantity-too-large")],
)  # fmt: skip
def test_refused_quantities(text: str, code: str) -> None:
    with pytest.raises(ParseError) as refused:
        parse_quantity(text)
    assert refused.value.code == code


@given(st.integers(-MOST, MOST), st.sampled_from(["id", "en"]))
def test_what_is_written_is_read(number: int, language: str) -> None:
    formats = Formats(language)
    assert parse_rupiah(formats.number(number), language) == number
    assert parse_rupiah(formats.rupiah(number), language) == number
    assert parse_rupiah(formats.accounting(number), language) == number
    assert parse_quantity(formats.quantity(number), language) == number


@given(st.text(max_size=20))
def test_any_text_is_an_amount_or_refused(text: str) -> None:
    with suppress(ParseError):
        assert isinstance(parse_rupiah(text), int)


@given(packs=st.integers(1, 99_999), each=st.integers(1, 99_999))
def test_packs_times_their_content(packs: int, each: int) -> None:
    """`10x50` is ten packs of fifty: exact, in thousandths."""
    for sign in ("x", " X ", "×", "*"):
        assert parse_product(f"{packs}{sign}{each}") == packs * each * 1000
    assert parse_product(str(packs)) == parse_quantity(str(packs))


@pytest.mark.parametrize("text", ["x5", "5x", "2x3x4", "1,5x0,001", "999999999x999999999", "axb"])
def test_a_product_that_can_t_be_read_is_refused(text: str) -> None:
    with pytest.raises(ParseError):
        parse_product(text)
