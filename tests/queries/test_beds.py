"""What a bed is said to hold: what was planted or harvested there within ninety days."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from kwt_books.book import Book
from kwt_books.domain.values import Month
from kwt_books.queries.garden import Amount, beds, garden
from tests.reports.figures import opening
from tests.reports.trade import ITEMS, buy, undo

HARVESTED, PLANTED = date(2026, 1, 5), date(2026, 1, 20)
PLAIN_SEEDLINGS = {"kind": "item", "code": "lain", "name": "Bibit", "unit": "batang",
                   "class": "seedling", "price": 2_000}  # fmt: skip


@pytest.fixture
def book(book_of: Callable[..., Book]) -> Book:
    planting = [{"item": "bibit", "qty": 20}, {"item": "lain", "qty": 5}]
    return book_of(
        opening(a1101=1_000_000),
        *ITEMS,
        PLAIN_SEEDLINGS,
        buy("2026-01-02", "bibit", 30, 30_000),
        buy("2026-01-02", "lain", 5, 5_000),
        {"kind": "tending", "date": "2026-01-03", "bed": "kebun",
         "costs": [{"label": "Upah", "amount": 1_000, "from": "1101"}]},
        {"kind": "harvest", "date": "2026-01-05", "bed": "kebun", "item": "sayur", "qty": 3,
         "spoiled": "0.5"},
        {"kind": "tending", "date": "2026-01-20", "bed": "kebun", "seedlings": planting},
        {"kind": "harvest", "date": "2026-01-21", "bed": "kebun", "item": "sayur", "qty": 1,
         "id": "salah"},
        undo("2026-01-22", "salah"),
    )  # fmt: skip


def test_after_ninety_days_a_crop_is_forgotten_but_not_when_it_was(book: Book) -> None:
    """A crop is called without the word for seedlings, where there is another."""
    for today, crops in (
        (PLANTED, ("Sayur campur", "Cabai", "Bibit")),
        (HARVESTED + timedelta(days=90), ("Sayur campur", "Cabai", "Bibit")),
        (HARVESTED + timedelta(days=91), ("Cabai", "Bibit")),
        (PLANTED + timedelta(days=91), ()),
    ):
        (found,) = book.read(
            lambda reading, day=today: beds(reading.connection, reading.setup, day)
        )
        assert found.crops == crops
        assert (found.planted, found.harvested) == (PLANTED if crops else None, HARVESTED)


def test_a_month_gave_what_was_harvested_and_not_undone(book: Book) -> None:
    found = book.read(garden, Month("2026-01"))
    (bed,) = found.beds
    assert bed.yields == found.yields == (Amount("Sayur campur", "kg", 3_000),)
    assert found.spoiled == (Amount("Sayur campur", "kg", 500),)
    assert book.read(garden, Month("2026-02")).yields == ()
