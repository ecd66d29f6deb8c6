"""What a document's sentences say of money and goods: every figure is worked out here by hand."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kwt_books.book import Book
from kwt_books.reports.diary import Sought, diary_page
from kwt_books.reports.story import story

from .figures import close, group, opening, spend
from .trade import ITEMS, Line, buy, make, market, sell, send, settle

pytestmark = pytest.mark.only_files  # words don't know which engine keeps the book
BookOf = Callable[..., Book]

GREENS = {"item": "sayur", "taken": 2, "sold": 2}  # at 12.000 a kg
OWED = "Rp100,000 is not paid yet."

TOLD: tuple[tuple[Line, str], ...] = (
    (market("2026-01-05", 24_000, GREENS),
     "Sold 2 kg Sayur campur, worth Rp24,000. The money agrees: Rp24,000."),
    (market("2026-01-06", 21_000, GREENS),
     "Sold 2 kg Sayur campur, worth Rp24,000. Money counted: Rp21,000, Rp3,000 short."),
    (market("2026-01-07", 25_000, GREENS),
     "Sold 2 kg Sayur campur, worth Rp24,000. Money counted: Rp25,000, Rp1,000 over."),
    (market("2026-01-08", 0, {"item": "sayur", "taken": 1, "sold": 0, "returned": 1}),
     "Nothing was sold."),
    (sell("2026-01-09", "keripik", 1, received={"1101": 10_000}),
     "Sold 1 bungkus Keripik bayam for Rp10,000. Paid in full."),
    (sell("2026-01-10", "keripik", 12, received={"1101": 20_000}, party="rina"),
     f"Sold 12 bungkus Keripik bayam for Rp120,000. Rp20,000 was paid. {OWED}"),
    (sell("2026-01-11", "keripik", 10, party="rina"),
     f"Sold 10 bungkus Keripik bayam for Rp100,000. {OWED}"),
    (settle("2026-01-14", "siti", {"item": "keripik", "sold": 13, "returned": 2, "spoiled": 1},
            received={"1101": 20_000}, commission=10_000),
     "Warung Bu Siti sold 13 bungkus Keripik bayam, worth Rp130,000. Back in the store: 2 bungkus"
     f" Keripik bayam. Spoiled: 1 bungkus Keripik bayam. Rp20,000 was paid. {OWED}"),
    (settle("2026-01-15", "siti", {"item": "keripik", "sold": 0, "returned": 1}),
     "Warung Bu Siti sold nothing. Back in the store: 1 bungkus Keripik bayam."),
    ({"kind": "grant", "date": "2026-01-24", "account": "4201", "party": "rina",
      "cash": {"into": "1101", "amount": 5_000},
      "items": [{"item": "pupuk", "qty": 2, "value": 3_000}]},
     "A grant from Ibu Rina: Rp5,000, 2 kg Pupuk NPK."),
    ({"kind": "grant", "date": "2026-01-25", "account": "4201",
      "items": [{"item": "pupuk", "qty": 2, "value": 3_000}],
      "assets": [{"code": "P", "name": "Pompa", "account": "1203", "cost": 9, "life_months": 9}]},
     "A grant: 2 kg Pupuk NPK, Pompa."),
    (buy("2026-01-16", "pupuk", 2, 30_000),
     "Bought 2 kg Pupuk NPK for Rp30,000. Paid from Treasurer's cash."),
    (buy("2026-01-17", "pupuk", 2, 30_000, party="toko"),
     "Bought 2 kg Pupuk NPK for Rp30,000. Not paid yet, owed to Toko Tani."),
    (buy("2026-01-18", "pupuk", 2, 30_000, party="toko", paid_from="1101", paid=10_000),
     "Bought 2 kg Pupuk NPK for Rp30,000. Rp10,000 was paid from Treasurer's cash, the rest is"
     " owed to Toko Tani."),
    (make("2026-01-19", 4, [{"item": "sayur", "qty": 2}], costs=[
        {"label": "Minyak", "amount": 3_000, "from": "1101"}]),
     "Made 4 bungkus Keripik bayam. Used: 2 kg Sayur campur. Minyak: Rp3,000."
     " Cost of 1 bungkus: Rp2,750."),  # 2 kg of 4.000, and the oil, over four
    ({"kind": "savings", "date": "2026-01-20", "account": "1101", "type": "voluntary",
      "lines": [{"party": "ani", "amount": 20_000}, {"party": "budi", "amount": 5_000}]},
     "2 members paid in Rp25,000."),
    ({"kind": "savings", "date": "2026-01-21", "account": "1101", "type": "voluntary",
      "lines": [{"party": "ani", "amount": -15_000}, {"party": "budi", "amount": -1_000}]},
     "2 members took out Rp16,000."),
    ({"kind": "savings", "date": "2026-01-22", "account": "1101", "type": "voluntary",
      "lines": [{"party": "ani", "amount": 2_000}]},
     "1 member paid in Rp2,000."),
    ({"kind": "savings", "date": "2026-01-23", "account": "1101", "type": "voluntary",
      "lines": [{"party": "ani", "amount": -1_000}]},
     "1 member took out Rp1,000."),
)  # fmt: skip
"""A document and its sentences, each on a day of its own."""

BEFORE = (
    opening(a1101=1_000_000), *ITEMS,
    buy("2026-01-02", "sayur", 100, 400_000), buy("2026-01-02", "keripik", 50, 300_000),
    send("2026-01-03", "siti", "keripik", 17),
)  # fmt: skip


def sentences(book: Book) -> dict[str, str]:
    """What is told of the documents of a book, by their day."""
    lines = book.read_in("en", diary_page, Sought()).lines
    stories = [book.read_in("en", story, line.number) for line in lines]
    return {each.day.isoformat(): "".join(word.text for word in each.told) for each in stories}


def test_sentences_say_what_came_of_the_money(book_of: BookOf) -> None:
    told = sentences(book_of(*BEFORE, *(line for line, _ in TOLD)))
    assert {line["date"]: told[line["date"]] for line, _ in TOLD} == {
        line["date"]: text for line, text in TOLD
    }


def test_what_is_short_warns_and_what_is_over_does_not(book_of: BookOf) -> None:
    book = book_of(*BEFORE, *(line for line, _ in TOLD[:3]))
    tones = {}
    for line in book.read_in("en", diary_page, Sought()).lines:
        told = book.read_in("en", story, line.number)
        tones[told.day.day] = [word.tone for word in told.told if word.tone]
    assert [tones[day] for day in (5, 6, 7)] == [[], ["warn"], ["good"]]


def test_a_count_says_whether_it_is_short_over_or_right(book_of: BookOf) -> None:
    counts = [
        {"kind": "cash_count", "date": f"2026-01-{day}", "account": "1101", "counted": counted}
        for day, counted in ((10, 990_000), (11, 995_000), (12, 995_000))
    ]
    told = sentences(book_of(opening(a1101=1_000_000), *counts))
    for day, counted, gap in (
        (10, "990,000", "Rp10,000 short"),
        (11, "995,000", "Rp5,000 over"),
        (12, "995,000", "as in the book"),
    ):
        text = f"Counted Rp{counted} in Treasurer's cash, {gap}."
        assert told[f"2026-01-{day}"] == text


def test_a_closed_month_says_what_it_came_to(book_of: BookOf) -> None:
    book = book_of(
        group(),
        opening(a1101=1_000_000),
        spend("2026-01-10", 70_000),
        close("2026-01"),
        {"kind": "receipt", "date": "2026-02-10", "into": "1101",
         "lines": [{"account": "4109", "amount": 90_000}]},
        close("2026-02"),
    )  # fmt: skip
    told = sentences(book)
    assert told["2026-01-31"].startswith("January 2026 was closed with a loss of Rp70,000.")
    assert told["2026-02-28"].startswith("February 2026 was closed with a profit of Rp90,000.")
