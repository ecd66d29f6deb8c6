"""Terbilang against a second, independent reading: words are read back into the number."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kwt_books.i18n.catalogue import capitalised, in_words, rupiah_in_words

DIGITS = ["nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan"]
SCALES = {"ribu": 10**3, "juta": 10**6, "miliar": 10**9, "triliun": 10**12, "kuadriliun": 10**15}
WHOLE = {"sepuluh": 10, "sebelas": 11, "seratus": 100, "seribu": 1000}
TIMES = {"belas": 10, "puluh": 10, "ratus": 100}


def read_back(text: str) -> int:
    """The number that `text` says, by the grammar of Indonesian numerals."""
    total = below_thousand = digit = 0
    for word in text.split(" "):
        if word in SCALES:
            total += (below_thousand + digit) * SCALES[word]
            below_thousand = digit = 0
        elif word == "seribu":
            assert below_thousand == digit == 0, "'seribu' stands alone in its place"
            total += 1000
        elif word in WHOLE:
            below_thousand += WHOLE[word]
        elif word == "belas":
            below_thousand += 10 + digit
            digit = 0
        elif word in TIMES:
            assert digit > 1 or word == "belas", f"'satu {word}' is 'se{word}'"
            below_thousand += digit * TIMES[word]
            digit = 0
        else:
            digit = DIGITS.index(word)
    return total + below_thousand + digit


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "nol"), (1, "satu"), (10, "sepuluh"), (11, "sebelas"), (19, "sembilan belas"),
        (20, "dua puluh"), (100, "seratus"), (111, "seratus sebelas"), (1_000, "seribu"),
        (1_100, "seribu seratus"), (11_000, "sebelas ribu"), (21_000, "dua puluh satu ribu"),
        (101_000, "seratus satu ribu"), (1_001_000, "satu juta seribu"),
        (1_000_001_001, "satu miliar seribu satu"), (21_001_000, "dua puluh satu juta seribu"),
        (10**9, "satu miliar"), (10**12, "satu triliun"), (10**15, "satu kuadriliun"),
        (1_730_900, "satu juta tujuh ratus tiga puluh ribu sembilan ratus"),
        (-5_000, "minus lima ribu"),
    ],
)  # fmt: skip
def test_indonesian(number: int, words: str) -> None:
    assert in_words(number) == words


@given(
    st.one_of(
        st.integers(0, 10**15),
        st.sampled_from([10**n + d for n in range(15) for d in (-1, 0, 1, 1000)]),
    )
)
def test_words_read_back_to_the_number(number: int) -> None:
    words = in_words(number)
    assert read_back(words) == number
    assert words == words.strip().lower()
    assert "  " not in words
    assert "nol" not in words or number == 0


def test_every_small_number() -> None:
    assert all(read_back(in_words(n)) == n for n in range(2_000))


def test_rupiah() -> None:
    assert rupiah_in_words(180_000) == "seratus delapan puluh ribu rupiah"
    assert rupiah_in_words(0) == "nol rupiah"
    assert rupiah_in_words(180_000, "en") == "one hundred and eighty thousand rupiah"
    assert capitalised(rupiah_in_words(300_000)) == "Tiga ratus ribu rupiah"
