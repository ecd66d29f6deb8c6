"""What a document did to the money and to the goods, line by line, worked out here by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from kwt_books.book import Book
from kwt_books.reports.diary import Sought, diary_page
from kwt_books.reports.story import Story, story
from tests.conftest import NOW

from .figures import close, earn, group, opening, spend
from .trade import ITEMS, Line, buy, make, market, sell, send, settle, undo

pytestmark = pytest.mark.only_files  # words don't know which engine keeps the book
BookOf = Callable[..., Book]

DAY = "2026-01-20"
BEFORE = (
    opening(a1101=1_000_000, a1103=500_000), *ITEMS,
    buy("2026-01-02", "sayur", 100, 400_000, lot="S-1"), buy("2026-01-03", "keripik", 50, 300_000),
    buy("2026-01-02", "benih", 100, 20_000, lot="B-1"),
    send("2026-01-04", "siti", "keripik", 17),
    {"kind": "sowing", "date": "2026-01-05", "batch": "SM-1", "item": "bibit", "qty": 90,
     "inputs": [{"item": "benih", "qty": 90}]},
)  # fmt: skip
"""Greens at 4.000 a kg, chips at 6.000 a pack, seeds at 200."""

SUM, RESULT = "sum", "result"
MONEY: tuple[tuple[Line, list[tuple[Any, ...]]], ...] = (
    (market(DAY, 21_000, {"item": "sayur", "taken": 2, "sold": 2}),
     [("Vegetable sales", 24_000), ("Cash short", -3_000, "line", "warn"),
      ("Treasurer's cash goes up", 21_000, SUM), ("Cost of the goods sold", -8_000),
      ("Profit of this event", 13_000, RESULT, "good")]),
    (market(DAY, 25_000, {"item": "sayur", "taken": 2, "sold": 2}),
     [("Vegetable sales", 24_000), ("Cash over", 1_000), ("Treasurer's cash goes up", 25_000, SUM),
      ("Cost of the goods sold", -8_000), ("Profit of this event", 17_000, RESULT, "good")]),
    (market(DAY, 12_000, {"item": "sayur", "taken": 5, "sold": 1, "spoiled": 2, "sampled": 1,
                          "returned": 1}),
     [("Vegetable sales", 12_000), ("Treasurer's cash goes up", 12_000, SUM),
      ("Cost of the goods sold", -4_000), ("Goods spoiled", -8_000),
      ("Goods given as samples", -4_000), ("Loss of this event", -4_000, RESULT, "warn")]),
    (market(DAY, 0, {"item": "sayur", "taken": 1, "sold": 0, "sampled": 1}),
     [("Goods given as samples", -4_000)]),
    (spend(DAY, 7_000, "6108"),
     [("Events, promotion", -7_000), ("Treasurer's cash goes down", -7_000, SUM)]),
    (settle(DAY, "siti", {"item": "keripik", "sold": 13, "returned": 2, "spoiled": 1},
            received={"1101": 20_000}, commission=10_000),
     [("Spinach-chip sales", 130_000), ("Consignee commission", -10_000),
      ("Treasurer's cash goes up", 20_000, SUM), ("Consignment receivables goes up", 100_000),
      ("Cost of the goods sold", -78_000), ("Goods spoiled", -6_000),
      ("Profit of this event", 36_000, RESULT, "good")]),
    (sell(DAY, "keripik", 2, price=3_000, received={"1103": 6_000}),
     [("Spinach-chip sales", 6_000), ("Group bank account goes up", 6_000, SUM),
      ("Cost of the goods sold", -12_000), ("Loss of this event", -6_000, RESULT, "warn")]),
    (sell(DAY, "keripik", 2, price=6_000, received={"1103": 12_000}),
     [("Spinach-chip sales", 12_000), ("Group bank account goes up", 12_000, SUM),
      ("Cost of the goods sold", -12_000), ("Profit of this event", 0, RESULT, "good")]),
    (buy(DAY, "pupuk", 2, 30_000, party="toko", paid_from="1101", paid=10_000),
     [("Treasurer's cash goes down", -10_000, SUM), ("Trade payables goes up", 20_000),
      ("Value of goods goes up", 30_000)]),
    (make(DAY, 4, [{"item": "sayur", "qty": 2}], costs=[
        {"label": "Minyak", "amount": 3_000, "from": "1101"}]),
     [("Treasurer's cash goes down", -3_000, SUM), ("Value of goods goes up", 3_000)]),
    ({"kind": "transfer", "date": DAY, "from": "1103", "to": "1101", "amount": 40_000},
     [("Treasurer's cash goes up", 40_000, SUM), ("Group bank account goes down", -40_000, SUM)]),
    (spend(DAY, 7_000, "6104"),
     [("Utilities", -7_000), ("Treasurer's cash goes down", -7_000, SUM)]),
    (spend(DAY, 7_000, "8101"),
     [("Income tax", -7_000), ("Treasurer's cash goes down", -7_000, SUM)]),
    (earn(DAY, 9_000, "7101"),
     [("Interest income", 9_000), ("Treasurer's cash goes up", 9_000, SUM)]),
    ({"kind": "savings", "date": DAY, "account": "1101", "type": "mandatory",
      "lines": [{"party": "ani", "amount": 2_000}]},
     [("Treasurer's cash goes up", 2_000, SUM), ("Mandatory savings goes up", 2_000)]),
    ({"kind": "distribution", "date": DAY, "lines": [{"item": "sayur", "qty": 1}]},
     [("Produce shared with members", -4_000), ("Value of goods goes down", -4_000)]),
    ({"kind": "stock_count", "date": DAY, "place": "store", "lines": [
        {"item": "keripik", "counted": 32}]},
     [("Goods spoiled", -6_000)]),
    (send(DAY, "siti", "keripik", 1), []),
    ({"kind": "cash_count", "date": DAY, "account": "1101", "counted": 279_000},
     [("Cash short", -1_000, "line", "warn"), ("Treasurer's cash goes down", -1_000, SUM)]),
)  # fmt: skip


def told(book: Book, day: str = DAY) -> Story:
    """The story of the only document of a day."""
    sought = Sought(start=date.fromisoformat(day), end=date.fromisoformat(day))
    (line,) = book.read_in("en", diary_page, sought).lines
    return book.read_in("en", story, line.number)


@pytest.mark.parametrize(("line", "money"), MONEY)
def test_the_money_of_a_document_is_told_line_by_line(
    line: Line, money: list[tuple[Any, ...]], book_of: BookOf
) -> None:
    found = told(book_of(*BEFORE, line)).money
    whole = [(*each, *("line", "")[len(each) - 2 :]) for each in money]
    assert [(each.label, each.amount, each.weight.value, each.tone) for each in found] == whole


KB = ("keripik", "260103-14", date(2026, 1, 3))
GOODS: tuple[tuple[Line, list[tuple[str, list[tuple[Any, ...]]]]], ...] = (
    (sell(DAY, "sayur", 2, received={"1101": 24_000}),
     [("Goods out of the store", [("Sayur campur", 2_000, "kg", "S-1", None)])]),
    (settle(DAY, "siti", {"item": "keripik", "sold": 3, "returned": 2}, received={"1101": 30_000}),
     [("Goods from Warung Bu Siti", [("Keripik bayam", 5_000, "bungkus", "260103-14", KB[2])]),
      ("Goods into the store", [("Keripik bayam", 2_000, "bungkus", "260103-14", KB[2])])]),
    (send(DAY, "joko", "keripik", 1),
     [("Goods out of the store", [("Keripik bayam", 1_000, "bungkus", "260103-14", KB[2])]),
      ("Goods to Warung Pak Joko", [("Keripik bayam", 1_000, "bungkus", "260103-14", KB[2])])]),
    ({"kind": "seedlings_ready", "date": DAY, "batch": "SM-1", "ready": 60, "lost": 3},
     [("Goods into the store", [("Bibit cabai", 60_000, "batang", "SM-1", None)]),
      ("Plants out of batch SM-1", [("Bibit cabai", 63_000, "batang", "", None)])]),
    ({"kind": "sowing", "date": DAY, "batch": "SM-2", "item": "bibit", "qty": 10,
      "inputs": [{"item": "benih", "qty": 10}]},
     [("Goods out of the store", [("Benih cabai", 10_000, "biji", "B-1", None)]),
      ("Plants into batch SM-2", [("Bibit cabai", 10_000, "batang", "", None)])]),
    ({"kind": "tending", "date": DAY, "bed": "B1",
      "costs": [{"label": "Upah", "amount": 1_000, "from": "1101"}]}, []),
)  # fmt: skip


@pytest.mark.parametrize(("line", "goods"), GOODS)
def test_goods_are_told_by_place_and_way_with_their_lots(
    line: Line, goods: list[tuple[str, list[tuple[Any, ...]]]], book_of: BookOf
) -> None:
    found = told(book_of(*BEFORE, line)).goods
    assert [
        (each.title, [(one.item, one.quantity, one.unit, one.lot, one.came) for one in each.lines])
        for each in found
    ] == goods


def test_a_close_tells_what_each_fund_got(book_of: BookOf) -> None:
    lines = (group(), opening(a1101=900), earn("2026-01-10", 500), spend("2026-01-11", 100))
    found = told(book_of(*lines, close("2026-01")), "2026-01-31")
    assert [(each.label, each.amount, each.weight.value) for each in found.money] == [
        ("Reserve", 240, "line"), ("Operating fund", 160, "line"),
        ("Shared among the funds", 400, RESULT),
    ]  # fmt: skip
    lost = told(book_of(*lines[:2], lines[3], close("2026-01")), "2026-01-31")
    assert lost.money == ()


@pytest.mark.parametrize("closed", [False, True])
def test_an_opening_can_be_corrected_until_a_month_was_closed(
    closed: bool, book_of: BookOf
) -> None:
    book = book_of(opening(a1101=900), *([close("2026-01")] if closed else []))
    assert told(book, "2026-01-01").correctable is not closed
    assert told(book, "2026-01-01").open_from == date(2026, 2 if closed else 1, 1)


def test_what_was_undone_is_not_offered_to_be_undone_again(book_of: BookOf) -> None:
    book = book_of(opening(a1101=900), spend(DAY, 5, id="x"), undo("2026-01-21", "x"))
    undone = told(book)
    assert (undone.correctable, undone.corrected_by, undone.corrects) == (
        False, "BKM-2601-0002", None
    )  # fmt: skip
    correction = told(book, "2026-01-21")
    assert (correction.correctable, correction.corrects) == (False, undone.number)


@pytest.mark.parametrize(("sampled", "way"), [(1, "Profit goes down"), (9, "Profit goes up")])
def test_what_undoes_a_market_day_takes_each_amount_back_and_earns_nothing(
    sampled: int, way: str, book_of: BookOf
) -> None:
    greens = {"item": "sayur", "taken": 2 + sampled, "sold": 2, "sampled": sampled}
    book = book_of(*BEFORE, market(DAY, 21_000, greens, id="x"), undo("2026-01-21", "x"))
    did, undid = told(book).money, told(book, "2026-01-21").money
    assert [each.amount for each in undid] == [-each.amount for each in did]
    names = [[each.label for each in found if each.weight == "line"] for found in (did, undid)]
    assert names[0] == names[1]
    assert (undid[-1].label, undid[-1].weight, undid[-1].tone) == (way, RESULT, "")


def test_a_story_has_what_was_recorded_and_how_it_was_sealed(book_of: BookOf) -> None:
    sold = sell(DAY, "sayur", 2, party="rina", received={"1101": 4_000}, memo="Jual  sayur\n lagi",
                ref="N-7")  # fmt: skip
    found = told(book_of(*BEFORE, sold))
    assert (found.kind, found.numbered, found.day) == ("sale", True, date.fromisoformat(DAY))
    assert (found.title, found.memo, found.reference) == ("Sale", "Jual sayur lagi", "N-7")
    assert (found.recorded_at, found.recorded_by, found.sound) == (
        NOW.isoformat(),
        "Siti Rohmah",
        True,
    )
    assert [len(each) for each in found.seal.split("-")] == [4, 4, 4]
    assert {(each.code, each.name, each.amount) for each in found.postings} == {
        ("1101", "Treasurer's cash", 4_000), ("1111", "Trade receivables (Ibu Rina)", 20_000),
        ("4101", "Vegetable sales", -24_000), ("5101", "Cost: vegetables", 8_000),
        ("1125", "Fresh produce", -8_000),
    }  # fmt: skip
    (move,) = found.moves
    assert (move.place, move.item, move.lot) == ("store", "Sayur campur", "S-1")
    assert (move.quantity, move.unit, move.value) == (-2_000, "kg", -8_000)


def test_moves_name_the_place_as_people_do(book_of: BookOf) -> None:
    sent = told(book_of(*BEFORE, send(DAY, "siti", "keripik", 1)))
    assert {each.place for each in sent.moves} == {"store", "Warung Bu Siti"}
    sown = {"kind": "sowing", "date": DAY, "batch": "SM-2", "item": "bibit", "qty": 10,
            "inputs": [{"item": "benih", "qty": 10}]}  # fmt: skip
    assert {each.place for each in told(book_of(*BEFORE, sown)).moves} == {"store", "SM-2"}
    day = told(book_of(*BEFORE, market(DAY, 0, {"item": "sayur", "taken": 1, "returned": 1,
                                                "sold": 0})))  # fmt: skip
    assert (day.title, day.memo, day.reference) == ("Pasar Pagi", "", "")
