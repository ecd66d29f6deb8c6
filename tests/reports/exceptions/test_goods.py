"""Goods: sold under cost, yields and losses out of the usual range, shops unsettled."""

from __future__ import annotations

from datetime import date

import pytest

from kwt_books.domain.audit import Thresholds
from kwt_books.queries.reading import Reading
from kwt_books.queries.sales import find_sales
from tests.oracle.streams import random_stream
from tests.reports.exceptions.lines import (
    CASH,
    SETUP,
    BookOf,
    Line,
    found,
    only,
    purchase,
    report_of,
)


def produced(quantity: int, day: str, leaves: int = 5) -> Line:
    inputs = [{"item": "bayam", "qty": leaves}, {"item": "kemasan", "qty": quantity}]
    return {"kind": "production", "date": day, "item": "keripik", "qty": quantity, "inputs": inputs}


@pytest.mark.parametrize(("price", "is_odd"), [(3_901, False), (3_900, True)])
def test_sold_under_cost(book_of: BookOf, price: int, is_odd: bool) -> None:
    sale = {"kind": "sale", "date": "2026-06-05", "received": {"1101": 10 * price},
            "lines": [{"item": "bayam", "qty": 10, "price": price}]}  # fmt: skip
    report = report_of(book_of(*SETUP, CASH, purchase("bayam", 20, 80_000), sale))
    assert [row.cells[2] for row in found(report, "under-cost")] == ([1_000] if is_odd else [])


@pytest.mark.parametrize("seed", [5, 12])
def test_every_line_sold_under_cost_is_found(book_of: BookOf, seed: int) -> None:
    book, (start, end) = book_of(*random_stream(seed, 150, 4)), (date(2020, 1, 1), date(2030, 1, 1))
    report = report_of(book, Thresholds(under_cost_from=1), start=start, end=end)

    def sold_under_cost(reading: Reading) -> list[tuple[str, int]]:
        goods = find_sales(reading.connection, reading.setup, start, end).goods
        undone = {each.effect.source for each in goods if each.effect.sign < 0}
        return [
            (each.effect.number, each.cost - each.revenue)
            for each in goods
            if each.cost > each.revenue and each.effect.source not in undone
        ]

    expected = book.read(sold_under_cost)
    assert expected, "of what is sold in this stream some is sold for less than it cost"
    rows = [(str(row.cells[0]), row.cells[2]) for row in found(report, "under-cost")]
    assert sorted(rows) == sorted(expected)


def productions(*quantities: int) -> list[Line]:
    bought = [purchase("bayam", 200, 800_000), purchase("kemasan", 2_000, 100_000)]
    days = (f"2026-06-{n + 3:02}" for n in range(len(quantities)))
    return [*bought, *(produced(made, day) for made, day in zip(quantities, days, strict=True))]


def test_a_yield_out_of_the_usual_range(book_of: BookOf) -> None:
    usual = (40, 41, 39, 40, 38, 42, 40, 41)
    report = report_of(book_of(*SETUP, CASH, *productions(*usual, 25)))
    (row,) = found(report, "yields")
    assert row.cells[1] == date(2026, 6, 11)
    assert " 5 " in row.label, "25 from 5 kg is 5 a kg"
    assert "yields" not in only(report_of(book_of(*SETUP, CASH, *productions(*usual, 37))))


def test_of_several_ingredients_it_is_the_one_used_most(book_of: BookOf) -> None:
    """A little chilli in each tells nothing of how much a kilogram of leaves gives."""
    chilli = {"kind": "item", "code": "cabai", "name": "Cabai", "unit": "kg", "class": "produce",
              "price": 30_000, "standard_cost": 9_000}  # fmt: skip
    made = [
        {**line, "inputs": [*line["inputs"], {"item": "cabai", "qty": 1}]}
        if line["kind"] == "production" else line
        for line in productions(40, 41, 39, 40, 38, 42, 40, 41, 25)
    ]  # fmt: skip
    lines = [*SETUP, chilli, CASH, purchase("cabai", 20, 180_000), *made]
    (row,) = found(report_of(book_of(*lines)), "yields")
    assert row.cells[1] == date(2026, 6, 11)
    assert "Bayam" in row.label
    assert "Cabai" not in row.label


def test_few_productions_have_no_usual_range(book_of: BookOf) -> None:
    assert "yields" not in only(report_of(book_of(*SETUP, CASH, *productions(40, 40, 40, 5))))


def test_a_loss_out_of_the_usual_range(book_of: BookOf) -> None:
    def market(n: int, spoiled: int) -> Line:
        line = {"item": "bayam", "taken": 20, "sold": 20 - spoiled, "spoiled": spoiled}
        return {"kind": "market_day", "date": f"2026-06-{n + 3:02}", "venue": "outlet",
                "lines": [line], "received": {"1101": 10_000 * (20 - spoiled)}}  # fmt: skip

    days = [market(n, spoiled) for n, spoiled in enumerate((1, 0, 2, 1, 0, 1, 2, 1, 9))]
    report = report_of(book_of(*SETUP, CASH, purchase("bayam", 200, 800_000), *days))
    (row,) = found(report, "losses")
    assert row.cells[1] == date(2026, 6, 11)
    assert "45%" in row.label


def test_shops_unsettled_for_long(book_of: BookOf) -> None:
    sent = {"kind": "consignment", "date": "2026-05-15", "shop": "siti",
            "lines": [{"item": "bayam", "qty": 10}]}  # fmt: skip
    bought = purchase("bayam", 20, 80_000, "2026-05-02")
    lines = [*SETUP, {**CASH, "date": "2026-05-01"}, bought, sent]
    (row,) = found(report_of(book_of(*lines)), "shops")
    assert row.cells[1:3] == (date(2026, 5, 15), 40_000)
    settled = {"kind": "consignment_settlement", "date": "2026-06-05", "shop": "siti",
               "lines": [{"item": "bayam", "sold": 4}], "received": {"1101": 40_000}}  # fmt: skip
    assert "shops" not in only(report_of(book_of(*lines, settled)))


def test_the_usual_range_is_that_of_the_months_before(book_of: BookOf) -> None:
    """What was usual long ago says nothing; a month further back and it is not looked at."""
    usual = (40, 41, 39, 40, 38, 42, 40, 41)
    start = {**CASH, "date": "2026-04-01"}
    lines = [
        {**line, "date": line["date"].replace("2026-06", "2026-04")} for line in productions(*usual)
    ]
    more = [
        purchase("bayam", 5, 20_000),
        purchase("kemasan", 25, 1_250),
        produced(25, "2026-06-20"),
    ]
    book = book_of(*SETUP, start, *lines, *more)
    assert len(found(report_of(book, Thresholds(usual_months=3)), "yields")) == 1
    assert found(report_of(book, Thresholds(usual_months=2)), "yields") == []
