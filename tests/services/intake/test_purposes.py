"""What money was for, by words: the book's own first, then those that groups use; and names."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kwt_books.domain.accounts import Account
from kwt_books.i18n.catalogue import resources_dir
from kwt_books.queries.intake import Spoken
from kwt_books.services.intake.purposes import (
    Guess,
    NameFinder,
    Purposes,
    said_of,
    usual_side,
    words_of,
)
from kwt_books.store.credentials import default_chart

CHART: dict[str, Account] = {
    each.code: Account(each.code, each.name, each.name_en, each.type, each.normal)
    for each in default_chart(resources_dir())
}


def spoken(*said: tuple[str, str], came_in: bool = True) -> list[Spoken]:
    """What was recorded, the newest first."""
    return [Spoken(words, account, came_in) for words, account in said]


@pytest.mark.parametrize(
    ("words", "side"),
    [("Penjualan", True), ("Jual bayam", True), ("Bensin", False), ("Beli", False),
     ("Operasional", False), ("KPP", None), ("Lain-lain", None), ("Xyzzy", None)],
)  # fmt: skip
def test_the_side_that_a_heading_usually_means(words: str, side: bool | None) -> None:
    """Where it is both, what stands beside it decides; of what nobody knows nothing is said."""
    both = words in ("KPP", "Lain-lain")
    assert usual_side(words, True) is (True if both else side)
    assert usual_side(words, False) is (False if both else side)


@pytest.mark.parametrize(
    ("text", "code"),
    [("4101", "4101"), (CHART["4101"].name, "4101"), (CHART["4101"].name_en, "4101"),
     (f"4101 {CHART['4101'].name.upper()}", "4101"), ("4101. sayur", "4101"),
     ("4101: sayur", "4101"), ("410 sayur", None), ("9999 sayur", None), ("Xyzzy", None),
     ("", None)],
)  # fmt: skip
def test_an_account_is_known_by_code_and_name(text: str, code: str | None) -> None:
    assert Purposes(CHART).named(text) == code


@pytest.mark.parametrize(
    ("memo", "came_in", "at_bank", "guess"),
    [
        ("Jual bayam", True, False, ("4101", True)),
        ("Keripik bayam 3 bks", True, False, ("4102", True)),
        ("Biaya adm", False, True, ("7201", True)),
        ("Fee", False, True, ("7201", True)),
        ("Fee", False, False, ("7202", False)),
        ("Bunga", True, True, ("7101", True)),
        ("Pajak bunga", False, True, ("8101", True)),
        ("Beli 2 pupuk", False, True, ("5101", True)),
        ("Bibit", True, False, ("4104", True)),
        ("Bibit", False, False, ("5101", True)),
        ("Xyzzy", True, False, ("7102", False)),
        ("Xyzzy", False, False, ("7202", False)),
    ],
)
def test_what_groups_usually_mean(
    memo: str, came_in: bool, at_bank: bool, guess: tuple[str, bool]
) -> None:
    found = Purposes(CHART)
    for _ in range(2):  # what was asked before is told again
        assert found.guess(memo, came_in=came_in, at_bank=at_bank) == guess


def test_a_phrase_is_sought_without_figures_and_by_whole_words() -> None:
    found = Purposes(CHART)
    assert found.guess("Es 3 teh", came_in=False) == ("6106", True)
    assert found.guess("Biaya 12 transfer", came_in=False) == ("7201", True)
    assert found.guess("Pesan kursi", came_in=False).sure is False, "`es` is no part of a word"
    assert found.guess("Panenan", came_in=True) == ("4101", True), "`panen*` begins longer words"


def test_an_account_that_the_book_has_not_is_passed_over() -> None:
    without = {code: each for code, each in CHART.items() if code != "4102"}
    assert Purposes(without).guess("Keripik bayam", came_in=True) == ("4101", True)


def test_what_the_book_said_counts_first_and_the_newest_of_it() -> None:
    found = Purposes(CHART, spoken(("Jual bayam pagi", "4201"), ("Jual bayam pagi", "4104")))
    assert found.guess("JUAL bayam, pagi 3 kg", came_in=True) == ("4201", True)
    assert found.guess("Jual bayam pagi", came_in=False).account != "4201"


@pytest.mark.parametrize(
    ("memo", "guess"),
    [
        ("tenda hajatan", ("4201", True)),  # both words are known, and of one account
        ("tenda kuning", ("7102", False)),  # one of two: 500 of 1000 points
        ("tenda tenda kuning", ("7102", False)),  # a word counts once
        ("hajatan tenda besok", ("4201", True)),  # two of three: 667
        ("tikar", ("4104", True)),  # two times of three
        ("piring", ("7102", False)),  # of two accounts alike
    ],
)
def test_words_of_the_book_speak_for_an_account_with_six_tenths(
    memo: str, guess: tuple[str, bool]
) -> None:
    said = spoken(
        ("tenda hajatan satu", "4201"), ("tikar dua", "4104"), ("tikar tiga", "4104"),
        ("tikar empat", "4201"), ("piring lima", "4201"), ("piring enam", "4104"),
    )  # fmt: skip
    found = Purposes(CHART, said).guess(memo, came_in=True)
    assert found == guess if guess[1] else not found.sure


def test_what_is_usual_is_better_than_words_that_leave_doubt() -> None:
    said = spoken(("bayam satu", "4201"), ("bayam dua", "4104"))
    assert Purposes(CHART, said).guess("bayam", came_in=True) == ("4101", True)
    said = spoken(("bayam satu", "4201"))
    assert Purposes(CHART, said).guess("bayam", came_in=True) == ("4201", True)


@pytest.mark.parametrize(
    ("memo", "came_in", "at_bank", "moved"),
    [
        ("Setor ke bank", False, False, True),
        ("Setor ke bank", True, False, False),
        ("Setor ke bank", False, True, False),
        ("Ambil di bank", True, False, True),
        ("Ambil di bank", False, False, False),
        ("Setor tunai", True, True, True),
        ("Tarik tunai", False, True, True),
        ("Tarik tunai", True, False, True),
        ("Jual bayam", True, False, False),
    ],
)
def test_money_between_the_cash_box_and_the_bank(
    memo: str, came_in: bool, at_bank: bool, moved: bool
) -> None:
    assert Purposes(CHART).is_transfer(memo, came_in=came_in, at_bank=at_bank) is moved


@pytest.mark.parametrize(
    ("words", "memo", "came_in", "guess"),
    [
        ("Penjualan Bibit", "Jual bayam", True, ("4104", True)),
        ("Penjualan", "Keripik bayam", True, ("4102", True)),
        ("Penjualan", "Xyzzy", True, ("4101", True)),
        ("Penjualan", "Hibah dinas", True, ("4201", True)),
        ("Penjualan", "Arisan", True, ("4101", True)),
        ("Simpanan", "Simpanan pokok Bu Ani", True, ("3101", True)),
        ("Lain-lain", "Hibah dinas", True, ("4201", True)),
        ("Bahan", "Bensin", False, ("5101", True)),
        ("Belanja", "Bensin", False, ("6103", True)),
        ("Transport", "Beli pupuk", False, ("6103", True)),
        ("Ibu A", "Beli pupuk", False, ("5101", True)),
        ("Ibu A", "Xyzzy", False, ("7202", False)),
    ],
)
def test_a_column_for_a_purpose_and_what_its_row_says(
    words: str, memo: str, came_in: bool, guess: tuple[str, bool]
) -> None:
    assert Purposes(CHART).in_column(words, memo, came_in=came_in) == guess


def test_a_heading_for_an_account_that_the_book_has_not_leaves_it_to_the_row() -> None:
    without = {code: each for code, each in CHART.items() if code != "4101"}
    found = Purposes(without).in_column("Penjualan", "Xyzzy", came_in=True)
    assert found == Guess("7102", sure=False)


def test_the_name_of_an_account_alone_leaves_no_doubt() -> None:
    renamed = {**CHART, "4201": replace(CHART["4201"], name="Sewa Tenda")}
    assert Purposes(renamed).in_column("Sewa tenda", "Jual bayam", came_in=True) == ("4201", True)


def test_words_that_say_something() -> None:
    assert words_of("Beli 2 kg pupuk di Bu Ani, beli es 100") == ("beli", "pupuk", "ani")
    assert said_of("Bahan (Rp)", "Beli 2 kg pupuk") == "bahan rp|beli pupuk"
    assert said_of("", "12 kg") == "|12 kg", "where nothing else is said, that"


NAMES = (("ani", "Bu Ani"), ("ani-s", "Ani Sutrisno"), ("hj", "Hj. Warni"), ("toko", "Toko Jaya"),
         ("x", "Sri"), ("y", "Pak Sri"))  # fmt: skip


@pytest.mark.parametrize(
    ("text", "code"),
    [("Bu Ani", "ani"), ("ani", "ani"), ("Ibu Ani", "ani"), ("Warni", "hj"), ("hj warni", "hj"),
     ("Pak Sri", "y"), ("Sri", None), ("Anita", None), ("", None)],
)  # fmt: skip
def test_who_is_called_so(text: str, code: str | None) -> None:
    """A name that two bear names nobody."""
    assert NameFinder(NAMES).of(text) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [("Simpanan Ani bulan ini", "ani"), ("Simpanan Ani Sutrisno", "ani-s"),
     ("dari toko jaya, lunas", "toko"), ("toko lain jaya", None), ("Anita", None), ("", None)],
)  # fmt: skip
def test_who_is_named_within_a_text_by_the_longest_name(text: str, code: str | None) -> None:
    assert NameFinder(NAMES).within(text) == code
