"""Every error has its words in both languages, and reads as a sentence with names in it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from string import Formatter

import pytest

from kwt_books.book import Book
from kwt_books.domain.access import Role
from kwt_books.domain.documents.registry import command_classes
from kwt_books.domain.errors import Issue
from kwt_books.domain.facts import Later
from kwt_books.i18n.catalogue import LANGUAGES, Translator
from kwt_books.i18n.formats import Formats
from kwt_books.queries.overview import setup_data
from kwt_books.services.explain import explain, explain_outcome
from kwt_books.services.integrity.entries import CHECKS, Outcome
from tests.services.error_codes import used_codes

INSUFFICIENT = Issue(
    "lines.0.qty",
    "insufficient-stock",
    {"item": "sayur", "place": "shop:siti", "wanted": 12500, "available": 2250},
)


@pytest.fixture(scope="module")
def codes() -> dict[str, set[str]]:
    found = used_codes()
    assert len(found) > 200
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_is_worded_with_what_it_passes(
    codes: dict[str, set[str]], language: str
) -> None:
    words = Translator(language)
    assert [code for code in codes if not words.knows(code)] == []
    for code, passed in codes.items():
        asked = {name for _, name, _, _ in Formatter().parse(words.gettext(code)) if name}
        derived = {"unit"} if "item" in passed else set()
        assert asked <= passed | derived, code


@pytest.mark.parametrize("language", LANGUAGES)
def test_names_within_sentences_are_worded(language: str) -> None:
    words = Translator(language)
    named = [f"kind-{each.kind}" for each in command_classes()]
    named += [f"role-{role}" for role in Role]
    named += [f"check-{check}" for check in CHECKS]
    assert [msgid for msgid in named if not words.knows(msgid)] == []


def said(issue: Issue, book: Book, language: str = "id") -> str:
    return explain(issue, book.read(setup_data), Translator(language), Formats(language))


def test_codes_and_thousandths_become_names_and_quantities(sample_book: Book) -> None:
    assert said(INSUFFICIENT, sample_book) == (
        "Stok Sayur campur di Warung Bu Siti tinggal 2,25 kg; yang diminta 12,5 kg."
    )
    assert said(INSUFFICIENT, sample_book, "en") == (
        "Only 2.25 kg of Sayur campur are left at Warung Bu Siti; 12.5 kg are needed."
    )


@pytest.mark.parametrize(
    ("issue", "text"),
    [
        (Issue("", "not-cash", {"account": "1111"}), "Akun Piutang Usaha bukan"),
        (Issue("", "cash-would-be-short", {"account": "1101", "balance": -5}), "Saldo Kas Tunai "),
        (Issue("", "who-owes", {"unpaid": 125000}), "Masih kurang bayar Rp125.000."),
        (Issue("", "shares-not-100", {"total": 90}), "berjumlah 90%"),
        (Issue("", "before-original", {"date": date(2026, 6, 5)}), "yaitu 5 Juni 2026."),
        (Issue("", "month-closed", {"month": "2026-05", "closed": "2026-06"}), "Bulan Mei 2026"),
        (Issue("", "built-upon", {"place": "bed:kebun"}), "bedeng kebun sudah dirawat"),
        (Issue("", "less-than-nothing", {"item": "x", "place": "store", "lot": "L"}), "di gudang"),
        (Issue("", "not-permitted", {"role": Role.AUDITOR, "kind": "sale"}), "pemeriksa"),
        (Issue("", "wrong-class", {"item": "sayur", "needed": "seedling"}), "diperlukan bibit."),
        (Issue("", "wrong-role", {"party": "siti", "needed": "member"}), "diperlukan anggota."),
        (Issue("", "too-large", {"most": 10**15}), "1.000.000.000.000.000"),
        (Issue("", "less-than-nothing", {"item": "x", "place": "peti", "lot": "L"}), "peti"),
        (Issue("", "built-upon", {"place": "batch:SM-1"}), "SM-1"),
        (Issue("", "month-closed", {"month": "lalu", "closed": "2026-06"}), "Bulan lalu"),
        (Issue("", "not-permitted", {"role": Role.AUDITOR, "kind": "sale"}), "penjualan"),
    ],
)
def test_parameters_read_as_what_they_are(sample_book: Book, issue: Issue, text: str) -> None:
    assert text in said(issue, sample_book)


REFUSED = (
    ("stock-used", {"item": "sayur", "place": "store", "lot": "L1"}),
    ("built-upon", {"place": "bed:kebun"}),
    ("asset-used", {"asset": "RB-1"}),
    ("programme-overdrawn", {"programme": "p2l", "balance": 1, "total": 2}),
    ("savings-overdrawn", {"account": "3101", "party": "siti", "balance": 1, "total": 2}),
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_in_the_way_of_undoing_is_named_the_newest_first(
    sample_book: Book, language: str
) -> None:
    later = tuple(Later(f"BKK-2606-{n:04d}", date(2026, 6, n)) for n in range(6, 0, -1))
    formats = Formats(language)
    named = [f"{each.number} ({formats.day(each.date)})" for each in later]
    for code, params in REFUSED:
        one = said(Issue("of", code, {**params, "since": later[:1]}), sample_book, language)
        assert one.endswith(f": {named[0]}."), code
        many = said(Issue("of", code, {**params, "since": later}), sample_book, language)
        assert ", ".join(named[:4]) in many, code
        assert named[4] not in many
        assert "2" in many.partition(named[3])[2]


def test_without_a_book_codes_stand_for_themselves() -> None:
    text = explain(INSUFFICIENT, None, Translator("id"), Formats("id"))
    assert text == "Stok sayur di siti tinggal 2,25 satuan; yang diminta 12,5 satuan."


def test_unknown_codes_in_names_stay_readable(sample_book: Book) -> None:
    assert said(Issue("", "not-cash", {"account": "9999"}), sample_book).startswith("Akun 9999 ")
    assert "joko-2" in said(Issue("", "shop-holds-goods", {"party": "joko-2"}), sample_book)
    assert "p2l" in said(Issue("", "unknown-programme", {"programme": "p2l"}), sample_book)
    assert said(Issue("", "unknown-item", {"item": "beras"}), sample_book).startswith(
        "Barang beras"
    )


def test_an_outcome_names_the_document_and_what_is_wrong(
    book_of: Callable[..., Book], sample_book: Book
) -> None:
    outcome = Outcome("balanced", False, 7, "BM-2606-0002", Issue("", "not-balanced", {"total": 5}))
    text = explain_outcome(outcome, sample_book.read(setup_data), Translator("id"), Formats("id"))
    assert text == (
        "Setiap catatan seimbang: BM-2606-0002: Debit dan kreditnya tidak sama; selisihnya Rp5."
    )
