"""Batches and beds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from kwt_books.book import Book

from .figures import cell, codes, day, opening, report
from .trade import ITEMS, buy, sell, undo

BookOf = Callable[..., Book]


def sow(when: str = "2026-01-05", **more: Any) -> dict[str, Any]:
    return {"kind": "sowing", "date": when, "batch": "SM-1", "item": "bibit", "qty": 100,
            "inputs": [{"item": "benih", "qty": 100}], **more}  # fmt: skip


def tend(when: str, **more: Any) -> dict[str, Any]:
    costs = [{"label": "Upah", "amount": 1_000, "from": "1101"}]
    return {"kind": "tending", "date": when, "costs": costs, **more}


def ready(when: str, count: int, **more: Any) -> dict[str, Any]:
    return {"kind": "seedlings_ready", "date": when, "batch": "SM-1", "ready": count, **more}


def harvest(when: str, qty: object, **more: Any) -> dict[str, Any]:
    return {"kind": "harvest", "date": when, "bed": "B1", "item": "sayur", "qty": qty, **more}


START = (opening(a1101=100_000), *ITEMS, buy("2026-01-02", "benih", 100, 20_000))


def test_the_sample_month(sample_book: Book, expected: dict[str, Any]) -> None:
    found = report(sample_book, "nursery", "2026-06")
    assert cell(found, "kebun", "value") == expected["growing"]["kebun"]
    figures = [cell(found, "SM-0604", key) for key in ("sown", "ready", "lost", "left", "stage")]
    assert figures == [400_000, 300_000, 100_000, 0, "siap tanam"]
    assert cell(found, "sayur", "harvested") == 140_000
    assert cell(found, "kebun", "harvested_value") == 580_000


@pytest.mark.parametrize(
    ("more", "until", "stage"),
    [
        ((), "2026-01-14", "semai"),
        ((), "2026-01-15", "pembibitan"),
        ((tend("2026-01-08", batch="SM-1"),), "2026-01-07", "semai"),
        ((tend("2026-01-08", batch="SM-1"),), "2026-01-08", "pembibitan"),
        ((ready("2026-01-20", 10),), "2026-01-20", "siap tanam"),
        ((ready("2026-01-20", 10), sell("2026-01-21", "bibit", 10, received={"1101": 20_000})),
         "2026-01-21", "pembibitan"),
        ((ready("2026-01-20", 0, destroyed=100),), "2026-01-31", "selesai"),
    ],
)  # fmt: skip
def test_a_batch_grows_up(
    book_of: BookOf, more: tuple[dict[str, Any], ...], until: str, stage: str
) -> None:
    found = report(book_of(*START, sow(), *more), "nursery", until=day(until))
    assert cell(found, "SM-1", "stage") == stage
    assert cell(found, "SM-1", "age_days") == (day(until) - day("2026-01-05")).days


def test_losses_are_told_apart_and_corrections_count_for_nothing(book_of: BookOf) -> None:
    book = book_of(
        *START, sow(), ready("2026-01-20", 30, lost=10, destroyed=20),
        ready("2026-01-22", 5, id="x"), undo("2026-01-23", "x"),
    )  # fmt: skip
    found = report(book, "nursery", "2026-01")
    assert [cell(found, "SM-1", key) for key in ("sown", "ready", "lost", "destroyed", "left")] == [
        100_000, 30_000, 10_000, 20_000, 40_000,
    ]  # fmt: skip
    before = report(book, "nursery", until=day("2026-01-22"))
    assert cell(before, "SM-1", "ready") == 35_000


def test_what_was_undone_stood_until_then(book_of: BookOf) -> None:
    """A bed that was made meanwhile is none of its business."""
    book = book_of(*START, sow(id="x"), tend("2026-01-06", bed="B1"), undo("2026-02-10", "x"))
    there = report(book, "nursery", "2026-01")
    assert codes(there) == ["batches", "SM-1", "beds", "B1", "total"]
    assert [cell(there, "SM-1", key) for key in ("sown", "left", "value")] == [
        100_000, 100_000, 20_000,
    ]  # fmt: skip
    assert codes(report(book, "nursery", "2026-02")) == ["beds", "B1", "total"]


def test_a_bed_that_is_back_stands_as_it_did(book_of: BookOf) -> None:
    """Its end is undone after another of its name has come and gone."""
    end = {"kind": "planting_end", "date": "2026-02-05", "bed": "B1"}
    book = book_of(
        *START, tend("2026-01-05", bed="B1"), {**end, "id": "x"}, tend("2026-02-06", bed="B1"),
        {**end, "date": "2026-02-07"}, undo("2026-02-08", "x"), tend("2026-02-09", bed="B1"),
    )  # fmt: skip
    found = report(book, "nursery", "2026-02")
    beds = [(row.cells[1], row.cells[10]) for row in found.rows if row.code == "B1"]
    assert beds == [(day("2026-01-05"), 2_000), (day("2026-02-06"), 0)]


def test_a_bed_ends_and_comes_anew(book_of: BookOf) -> None:
    book = book_of(
        *START, tend("2026-01-05", bed="B1"), harvest("2026-01-20", "0.2", spoiled="0.05"),
        {"kind": "planting_end", "date": "2026-02-05", "bed": "B1"},
        tend("2026-03-01", bed="B1"), harvest("2026-03-20", "0.1", id="x"),
        undo("2026-04-02", "x"),
    )  # fmt: skip
    january = report(book, "nursery", "2026-01")
    assert cell(january, "B1", "value") == 0
    assert [cell(january, "sayur", key) for key in ("harvested", "harvested_value")] == [200, 800]
    assert cell(report(book, "nursery", "2026-02"), "B1", "harvested_value") == 0
    assert cell(report(book, "nursery", "2026-03"), "B1", "value") == 600
    assert cell(report(book, "nursery", "2026-03"), "B1", "age_days") == 30
    april = report(book, "nursery", "2026-04")
    assert [cell(april, "B1", key) for key in ("value", "harvested_value")] == [1_000, -400]
    assert cell(april, "sayur", "harvested") == -100
