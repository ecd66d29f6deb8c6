"""What a document's sentences say of money and goods: every figure is worked out here by hand."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kwt_books.book import Book
from kwt_books.domain.kinds import KINDS
from kwt_books.reports.diary import Sought, diary_page
from kwt_books.reports.story import story

from .figures import close, earn, group, opening, spend
from .trade import ITEMS, Line, buy, make, market, sell, send, settle, undo

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
    (market("2026-01-28", 12_000, {"item": "sayur", "taken": 5, "sold": 1, "spoiled": "2.5",
                                   "sampled": "1.5"}),
     "Sold 1 kg Sayur campur, worth Rp12,000. Spoiled: 2.5 kg Sayur campur."
     " Given as samples: 1.5 kg Sayur campur. The money agrees: Rp12,000."),
    (market("2026-01-29", 0, {"item": "sayur", "taken": 1, "sold": 0, "spoiled": 1}),
     "Nothing was sold. Spoiled: 1 kg Sayur campur."),
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

OTHERS: tuple[tuple[Line, str], ...] = (
    (send("2026-01-05", "siti", "keripik", 2),
     "Left at Warung Bu Siti: 2 bungkus Keripik bayam. The goods stay the group's until they are"
     " sold."),
    (spend("2026-01-06", 7_000, "6104"), "Paid Rp7,000 from Treasurer's cash for Utilities."),
    (earn("2026-01-07", 9_000, "7101"), "Received Rp9,000 into Treasurer's cash: Interest income."),
    ({"kind": "transfer", "date": "2026-01-08", "from": "1101", "to": "1103", "amount": 40_000},
     "Moved Rp40,000 from Treasurer's cash to Group bank account."),
    ({"kind": "dues", "date": "2026-01-09", "account": "1104", "lines": [
        {"party": "tini", "months": ["2026-01", "2026-02"], "amount": 10_000},
        {"party": "wati", "months": ["2026-01"], "amount": 5_000}]},
     "2 residents paid dues of Rp15,000."),
    ({"kind": "dues", "date": "2026-01-10", "account": "1104", "lines": [
        {"party": "wati", "months": ["2026-02"], "amount": 5_000}]},
     "1 resident paid dues of Rp5,000."),
    ({"kind": "purchase_return", "date": "2026-01-11", "into": "1101",
      "lines": [{"item": "sayur", "qty": 2, "amount": 8_000},
                {"item": "keripik", "qty": 1, "amount": 5_000}]},
     "Sent back 2 kg Sayur campur and 1 bungkus Keripik bayam for Rp13,000."),
    ({"kind": "sale_return", "date": "2026-01-12", "lines": [
        {"item": "sayur", "qty": 2, "spoiled": 1}], "refund": {"1101": 20_000, "1103": 4_000}},
     "Came back: 2 kg Sayur campur. Spoiled: 1 kg Sayur campur. Rp24,000 was paid back."),
    ({"kind": "sale_return", "date": "2026-01-13", "party": "rina", "lines": [
        {"item": "sayur", "qty": 1}]},
     "Came back: 1 kg Sayur campur."),
    ({"kind": "memorial", "date": "2026-01-15", "reason": "Listrik  Januari...", "lines": [
        {"account": "6104", "debit": 3_000}, {"account": "2108", "credit": 3_000}]},
     "An entry without money or goods: Utilities, Tax payable. Reason: Listrik Januari."),
    ({"kind": "harvest", "date": "2026-01-17", "bed": "B1", "item": "sayur", "qty": 3,
      "spoiled": 1},
     "Harvested 3 kg Sayur campur from B1. Spoiled: 1 kg Sayur campur."),
    ({"kind": "sowing", "date": "2026-01-04", "batch": "SM-1", "item": "bibit", "qty": 100,
      "inputs": [{"item": "benih", "qty": 100}]},
     "Sowed 100 batang Bibit cabai as batch SM-1. Used: 100 biji Benih cabai."),
    ({"kind": "tending", "date": "2026-01-18", "batch": "SM-1",
      "costs": [{"label": "Upah", "amount": 1_000, "from": "1101"}]},
     "Cared for batch SM-1. Upah: Rp1,000."),
    ({"kind": "seedlings_ready", "date": "2026-01-19", "batch": "SM-1", "ready": 60, "lost": 3,
      "destroyed": 4},
     "60 seedlings of batch SM-1 are ready to plant. 7 were lost."),
    ({"kind": "seedlings_ready", "date": "2026-01-20", "batch": "SM-1", "ready": 1,
      "destroyed": 1},
     "1 seedling of batch SM-1 is ready to plant. 1 was lost."),
    ({"kind": "seedlings_ready", "date": "2026-01-21", "batch": "SM-1", "ready": 5},
     "5 seedlings of batch SM-1 are ready to plant."),
    ({"kind": "tending", "date": "2026-01-22", "bed": "B2",
      "seedlings": [{"item": "bibit", "qty": 20}], "inputs": [{"item": "pupuk", "qty": "1.5"}]},
     "Cared for bed B2. Planted: 20 batang Bibit cabai. Used: 1.5 kg Pupuk NPK."),
    ({"kind": "planting_end", "date": "2026-01-23", "bed": "B2"},
     "The planting in B2 has ended."),
    ({"kind": "distribution", "date": "2026-01-24", "lines": [
        {"item": "sayur", "qty": 1}, {"item": "keripik", "qty": 1}]},
     "Shared among the members: 1 kg Sayur campur and 1 bungkus Keripik bayam."),
    ({"kind": "asset_acquisition", "date": "2026-01-25", "code": "P", "name": "Pompa",
      "account": "1203", "cost": 900, "life_months": 9, "paid_from": "1101"},
     "Bought Pompa for Rp900. Paid from Treasurer's cash."),
    ({"kind": "stock_count", "date": "2026-01-26", "place": "shop:siti", "lines": [
        {"item": "keripik", "counted": 18}]},
     "Counted 1 kind of goods, Warung Bu Siti."),
    ({"kind": "stock_count", "date": "2026-01-27", "place": "store", "lines": [
        {"item": "benih", "counted": 0}, {"item": "pupuk", "counted": "98.5"}]},
     "Counted 2 kinds of goods, store. All of it agrees with the book."),
    ({"kind": "depreciation", "month": "2026-01"},
     "Tools and buildings lost Rp100 of their value in January 2026."),
)  # fmt: skip
"""Kinds that say little of the money."""

BEFORE = (
    opening(a1101=1_000_000), *ITEMS,
    buy("2026-01-02", "sayur", 100, 400_000), buy("2026-01-02", "keripik", 50, 300_000),
    send("2026-01-03", "siti", "keripik", 17),
)  # fmt: skip


def sentences(book: Book) -> dict[str, str]:
    """What is told of the documents of a book, by their day, in the order of recording."""
    lines = book.read_in("en", diary_page, Sought()).lines
    found: dict[str, str] = {}
    for told in (book.read_in("en", story, line.number) for line in reversed(lines)):
        day, text = told.day.isoformat(), "".join(word.text for word in told.told)
        found[day] = f"{found[day]} {text}" if day in found else text
    return found


def test_sentences_say_what_came_of_the_money(book_of: BookOf) -> None:
    told = sentences(book_of(*BEFORE, *(line for line, _ in TOLD)))
    assert {line["date"]: told[line["date"]] for line, _ in TOLD} == {
        line["date"]: text for line, text in TOLD
    }


def test_each_kind_says_what_happened(book_of: BookOf) -> None:
    residents = ({"kind": "party", "code": code, "name": code, "role": "resident"}
                 for code in ("tini", "wati"))  # fmt: skip
    bought = (buy("2026-01-02", item, 100, 20_000) for item in ("benih", "pupuk"))
    costs = [{"label": "Upah", "amount": 1, "from": "1101"}]
    dug = {"kind": "tending", "date": "2026-01-03", "bed": "B1", "costs": costs}
    told = sentences(book_of(*BEFORE, *residents, *bought, dug, *(line for line, _ in OTHERS)))
    dated = {line.get("date", "2026-01-31"): text for line, text in OTHERS}
    assert {day: told[day] for day in dated} == dated


def test_what_undoes_says_what_was_undone(book_of: BookOf) -> None:
    wrong = spend("2026-01-10", 70_000, id="w", memo="Beli  lampu. ")
    shared = {"account": "3204", "amount": 60_000}
    told = sentences(book_of(
        group({"3201": 100}, decision="BA-01"), opening(a1101=1_000_000, a3301=-80_000), wrong,
        undo("2026-01-11", "w", reason="Salah catat.."), earn("2026-01-12", 90_000),
        close("2026-01", decision="BA-02"), earn("2026-02-12", 10_000), close("2026-02"),
        {"kind": "month_reopen", "month": "2026-02", "reason": "Nota  susulan."},
        {"kind": "appropriation", "date": "2026-02-13", "decision": "BA-03", "lines": [shared]},
    ))  # fmt: skip
    assert told["2026-01-01"] == "What the group owned and owed when the book began."
    assert told["2026-01-11"] == "Undoes BKK-2601-0001: Beli lampu. Reason: Salah catat."
    assert told["2026-01-31"] == (
        "January 2026 was closed with a profit of Rp90,000. Decision: BA-02."
    )
    assert told["2026-02-28"] == (
        "February 2026 was closed with a profit of Rp10,000."
        " February 2026 was opened again. Reason: Nota susulan."
    )
    assert told["2026-02-13"] == (
        "The annual meeting shared Rp60,000 of the profit. Decision: BA-03."
    )


@pytest.mark.parametrize(("waiting", "said"), [
    ((), ""), (("a",), " 1 document has not reached the bank yet."),
    (("a", "b"), " 2 documents have not reached the bank yet."),
])  # fmt: skip
def test_a_comparison_with_the_bank_counts_what_it_waits_for(
    waiting: tuple[str, ...], said: str, book_of: BookOf
) -> None:
    lines = [{"kind": "transfer", "date": "2026-01-05", "id": each, "from": "1101", "to": "1103",
              "amount": 10} for each in "ab"]  # fmt: skip
    compared = {"kind": "bank_reconciliation", "date": "2026-01-31", "account": "1103",
                "statement": 20 - 10 * len(waiting), "outstanding": waiting}  # fmt: skip
    told = sentences(book_of(opening(a1101=90), *lines, compared))["2026-01-31"]
    assert told == (
        f"The statement of Group bank account says Rp{20 - 10 * len(waiting)}, and so does the"
        f" book.{said}"
    )


@pytest.mark.parametrize("count", [1, 2, 6, 7, 9])
def test_of_many_goods_the_first_five_are_named_and_the_others_counted(
    count: int, book_of: BookOf
) -> None:
    items = [{"kind": "item", "code": each, "name": each, "unit": "kg", "class": "produce"}
             for each in "abcdefghi"[:count]]  # fmt: skip
    lines = [{"item": item["code"], "qty": 1, "amount": 1} for item in items]
    bought = {"kind": "purchase", "date": "2026-01-02", "paid_from": "1101", "lines": lines}
    names = [f"1 kg {item['code']}" for item in items]
    if count > 6:
        names[5:] = [f"{count - 5} others"]
    *most, last = names
    goods = f"{', '.join(most)} and {last}" if most else last
    told = sentences(book_of(opening(a1101=90), *items, bought))["2026-01-02"]
    assert told.startswith(f"Bought {goods} for Rp{count}.")


def test_every_kind_that_is_told_has_its_sentence_here() -> None:
    elsewhere = {"cash_count", "month_close", "month_reopen", "correction", "opening_balance",
                 "appropriation", "bank_reconciliation"}  # fmt: skip
    here = {line["kind"] for line, _ in (*TOLD, *OTHERS)}
    assert here | elsewhere == {name for name, kind in KINDS.items() if kind.narrative}


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
