"""Batches of finished goods and what each pack cost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from kwt_books.book import Book
from kwt_books.reports.model import RowKind

from .figures import cell, day, opening, report, rows
from .trade import ITEMS, buy, make, undo

BookOf = Callable[..., Book]
RECIPE = {
    "kind": "recipe", "code": "r", "output": "keripik", "yield": 40,
    "inputs": [{"item": "sayur", "qty": 5}, {"item": "pupuk", "qty": 1}],
}  # fmt: skip


def kitchen(*more: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        opening(a1101=1_000_000), *ITEMS, buy("2026-01-02", "sayur", 100, 400_000),
        buy("2026-01-02", "pupuk", 100, 100_000), *more,
    ]  # fmt: skip


def test_the_sample_month(sample_book: Book) -> None:
    found = report(sample_book, "production", "2026-06")
    keys = ("quantity", "planned", "cost", "unit_cost")
    assert [cell(found, "KB-0608", key) for key in keys] == [40_000, 40_000, 254_000, 6_350]
    assert [cell(found, "KP-0615", key) for key in keys] == [40_000, 40_000, 287_000, 7_175]
    assert found.figures == {"used_value": 541_000, "cost": 541_000}


@pytest.mark.parametrize(
    ("made", "cost", "unit_cost"), [(3, 100, 33), (3, 101, 34), (2, 101, 51), ("0.5", 7, 14)]
)
def test_a_pack_costs_its_share_halves_up(
    book_of: BookOf, made: object, cost: int, unit_cost: int
) -> None:
    costs = [{"label": "Gas", "amount": cost, "from": "1101"}]
    found = report(
        book_of(*kitchen(make("2026-01-05", made, [], costs=costs, lot="A"))), "production"
    )
    assert cell(found, "A", "unit_cost") == unit_cost
    (gas,) = (row for row in found.rows if row.level == 2)
    assert (gas.label, gas.code, gas.cells[5]) == ("Gas", "1101", cost)


@pytest.mark.parametrize(
    ("setup", "inputs", "planned"),
    [
        ((RECIPE,), [{"item": "sayur", "qty": 5}], 40_000),
        ((RECIPE,), [{"item": "sayur", "qty": 5}, {"item": "sayur", "qty": "2.5"}], 60_000),
        ((RECIPE,), [{"item": "pupuk", "qty": 1}], 40_000),
        ((), [{"item": "sayur", "qty": 5}], None),
        ((RECIPE, {**RECIPE, "code": "a", "yield": 99, "inputs": [{"item": "benih", "qty": 1}]}),
         [{"item": "sayur", "qty": 10}], 80_000),
    ],
)  # fmt: skip
def test_the_plan_follows_the_main_ingredient(
    book_of: BookOf, setup: tuple[dict[str, Any], ...], inputs: list[Any], planned: int | None
) -> None:
    book = book_of(*kitchen(*setup, make("2026-01-05", 38, inputs, lot="A")))
    found = report(book, "production")
    assert cell(found, "A", "planned") == planned
    assert cell(found, "A", "quantity") == 38_000


def test_a_correction_takes_the_batch_back(book_of: BookOf) -> None:
    made = make("2026-01-05", 40, [{"item": "sayur", "qty": 5}], lot="A", id="x")
    book = book_of(*kitchen(RECIPE, made, undo("2026-02-02", "x")))
    found = report(book, "production", start=day("2026-01-01"), end=day("2026-02-28"))
    first, second = (row for row in rows(found, RowKind.LINE) if row.level == 1)
    assert first.cells[6:] == (40_000, 40_000, "bungkus", 20_000, 500)
    assert second.cells[6:] == (-40_000, -40_000, "bungkus", -20_000, 500)
    assert second.label == "Perbaikan, Keripik bayam"
    assert found.figures["cost"] == 0
    assert report(book, "production", "2026-02").figures["cost"] == -20_000
