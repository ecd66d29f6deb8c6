"""The cash book: its sums as on paper, and how it is closed in words."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest

from kwt_books.book import Book
from kwt_books.domain.errors import RuleError
from kwt_books.i18n.catalogue import rupiah_in_words
from kwt_books.reports.model import Layout

from .figures import cell, day, earn, opening, report, spend
from .trade import undo

BookOf = Callable[..., Book]


def count(when: str, counted: int, **more: Any) -> dict[str, Any]:
    return {"kind": "cash_count", "date": when, "account": "1101", "counted": counted, **more}


def test_the_sample_month_reads_as_on_paper(sample_book: Book) -> None:
    found = report(sample_book, "cash-book", "2026-06")
    assert (found.title, found.layout, found.label_at) == ("Buku Kas Tunai", Layout.BOOK, 2)
    assert found.unit == "Akun 1101 Kas Tunai Bendahara (dalam Rupiah)"
    assert found.rows[0].cells[5] == 850_000
    assert [(row.label, row.cells[3:]) for row in found.rows[-3:]] == [
        ("Jumlah bulan ini", (4_130_500, 3_249_600, None)),
        ("Jumlah s.d. bulan lalu", (850_000, 0, None)),
        ("Jumlah s.d. bulan ini", (4_980_500, 3_249_600, 1_730_900)),
    ]
    assert found.closing == (
        "Pada hari ini, Selasa, 30 Juni 2026, Buku Kas Tunai ditutup dengan saldo Rp1.730.900 "
        "(satu juta tujuh ratus tiga puluh ribu sembilan ratus rupiah), terdiri atas uang kertas "
        "Rp1.730.000 dan uang logam Rp900, sesuai hasil pemeriksaan kas, bukti BKK-2606-0013.",
    )
    assert len(found.rows) == 1 + 24 + 3


def test_a_month_goes_on_where_the_one_before_ended(book_of: BookOf) -> None:
    book = book_of(
        opening("2026-01-05", a1101=100), earn("2026-01-10", 30), spend("2026-02-10", 7),
        earn("2026-03-10", 5),
    )  # fmt: skip
    months = [report(book, "cash-book", f"2026-{n:02d}") for n in (1, 2, 3, 4)]
    for before, after in pairwise(months):
        assert cell(after, "until_last_month", "in") == cell(before, "until_this_month", "in")
        assert cell(after, "until_last_month", "out") == cell(before, "until_this_month", "out")
        assert after.rows[0].cells[5] == before.figures["balance"]
    assert cell(months[0], "until_last_month", "in") == 100


def test_a_book_that_begins_below_zero_begins_with_what_was_paid(book_of: BookOf) -> None:
    """It lacks ten that somebody lent; later only its payments of the year go on."""
    book = book_of(opening("2026-01-05", a1101=-10), earn("2026-01-10", 30))
    for month, came, went in (("2026-01", 0, 10), ("2026-02", 30, 10), ("2027-01", 20, 0)):
        found = report(book, "cash-book", month)
        sums = [cell(found, "until_last_month", key) for key in ("in", "out")]
        assert sums == [came, went], month


def test_a_year_begins_with_what_is_left_of_the_last(book_of: BookOf) -> None:
    book = book_of(
        opening("2025-11-05", a1101=100), earn("2025-12-10", 30), spend("2025-12-11", 50),
        earn("2026-01-10", 5), earn("2026-02-10", 3),
    )  # fmt: skip
    first = report(book, "cash-book", "2026-01")
    assert [cell(first, "until_last_month", key) for key in ("in", "out")] == [80, 0]
    second = report(book, "cash-book", "2026-02")
    assert [cell(second, "until_last_month", key) for key in ("in", "out")] == [85, 0]


def test_other_days_than_a_month_have_their_own_words(book_of: BookOf) -> None:
    book = book_of(opening(a1101=100), earn("2026-01-10", 30), earn("2026-01-20", 7))
    found = report(book, "cash-book", start=day("2026-01-11"), end=day("2026-01-31"))
    assert [row.label for row in found.rows[-3:]] == [
        "Jumlah periode ini", "Jumlah sebelum periode ini", "Jumlah s.d. akhir periode",
    ]  # fmt: skip
    assert cell(found, "until_last_month", "in") == 130


def test_a_correction_is_a_line_of_its_own(book_of: BookOf) -> None:
    book = book_of(
        opening(a1101=100), {**spend("2026-01-10", 30), "id": "x", "memo": "Beli ATK"},
        undo("2026-01-12", "x", "BKK ganda"),
    )  # fmt: skip
    lines = report(book, "cash-book").rows[1:3]
    assert [(row.label, row.cells[3:]) for row in lines] == [
        ("Beli ATK", (0, 30, 70)),
        ("Perbaikan BKK-2601-0001: BKK ganda", (30, 0, 100)),
    ]


@pytest.mark.parametrize(
    ("denominations", "words"),
    [
        ({"100000": 1, "500": 3}, "terdiri atas uang kertas Rp100.000 dan uang logam Rp1.500"),
        ({"1000": 2}, "seluruhnya uang kertas"),
        ({"500": 2}, "seluruhnya uang logam"),
        (None, None),
    ],
)
def test_notes_and_coins_are_told_apart(
    book_of: BookOf, denominations: dict[str, int] | None, words: str | None
) -> None:
    counted = sum(int(face) * n for face, n in (denominations or {"900": 1}).items())
    more: dict[str, Any] = {"denominations": denominations} if denominations else {}
    book = book_of(
        opening(a1101=counted), count("2026-01-31", counted, ref="BA-05/KWT/I/2026", **more)
    )
    (sentence,) = report(book, "cash-book").closing
    assert f"({rupiah_in_words(counted)})" in sentence
    assert sentence.endswith(
        f"({rupiah_in_words(counted)})"
        + (f", {words}" if words else "")
        + ", sesuai Berita Acara Pemeriksaan Kas BA-05/KWT/I/2026."
    )


@pytest.mark.parametrize(
    "after",
    [
        (earn("2026-01-31", 5),),
        (undo("2026-01-31", "count"),),
        (),
    ],
)
def test_a_count_that_holds_no_more_is_not_named(
    book_of: BookOf, after: tuple[dict[str, Any], ...]
) -> None:
    when = "2026-01-31" if after else "2026-01-30"
    book = book_of(
        opening(a1101=1_000), count(when, 900, denominations={"100": 9}, id="count"), *after
    )
    (sentence,) = report(book, "cash-book").closing
    assert "logam" not in sentence
    assert "BKK" not in sentence


def test_days_below_zero_are_named(book_of: BookOf) -> None:
    book = book_of(
        opening(a1101=10), spend("2026-01-05", 30), earn("2026-01-07", 5), earn("2026-01-09", 40),
        spend("2026-01-12", 90), earn("2026-01-12", 90), spend("2026-01-20", 100),
        earn("2026-01-21", 100), spend("2026-01-31", 26),
    )  # fmt: skip
    sentence = report(book, "cash-book", "2026-01").closing[1]
    assert sentence == (
        "Saldo berada di bawah nol pada 5 Januari 2026 s.d. 8 Januari 2026, 20 Januari 2026, "
        "31 Januari 2026."
    )
    (_, still) = report(book, "cash-book", "2026-02").closing
    assert still == "Saldo berada di bawah nol pada 1 Februari 2026 s.d. 28 Februari 2026."


def test_only_cash_accounts_have_one(sample_book: Book) -> None:
    assert report(sample_book, "cash-book", account="1103").title == "Buku Bank"
    for code, refusal in (("4101", "not-cash"), ("9999", "unknown-account")):
        with pytest.raises(RuleError) as refused:
            report(sample_book, "cash-book", account=code)
        assert refused.value.code == refusal
