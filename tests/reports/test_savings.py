"""What members have saved."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from kwt_books.book import Book

from .figures import cell, codes, opening, report, spend
from .trade import ITEMS, undo

BookOf = Callable[..., Book]


def save(when: str, kind: str, *, more: dict[str, Any] | None = None, **by: int) -> dict[str, Any]:
    lines = [{"party": party, "amount": amount} for party, amount in by.items()]
    return {"kind": "savings", "date": when, "type": kind, "account": "1101", "lines": lines,
            **(more or {})}  # fmt: skip


def test_the_sample_month(sample_book: Book, expected: dict[str, Any]) -> None:
    found = report(sample_book, "savings", "2026-06")
    stands = expected["trial_balance_after_close"]
    assert [cell(found, "total", key) for key in ("principal", "mandatory", "voluntary")] == [
        -stands["3101"], -stands["3102"], -stands["2106"],
    ]  # fmt: skip
    assert cell(found, "anggota-07", "paid_in") == 10_000
    assert found.rows[-2].label == "Tanpa rincian anggota"
    assert len(found.rows) == 22


def test_in_and_out_by_kind(book_of: BookOf) -> None:
    book = book_of(
        opening(a1101=0), *ITEMS, save("2026-01-05", "principal", ani=100),
        save("2026-01-05", "voluntary", ani=50, budi=70), save("2026-02-05", "mandatory", ani=10),
        save("2026-02-06", "voluntary", ani=-20), spend("2026-02-07", 5, "2106", party="ani"),
        save("2026-02-08", "mandatory", budi=900, more={"id": "x"}), undo("2026-02-09", "x"),
    )  # fmt: skip
    found = report(book, "savings", "2026-02")
    keys = ("opening", "paid_in", "withdrawn", "principal", "mandatory", "voluntary", "balance")
    assert [cell(found, "ani", key) for key in keys] == [150, 10, 25, 100, 10, 25, 135]
    assert [cell(found, "budi", key) for key in keys] == [70, 0, 0, 0, 0, 70, 70]
    assert codes(found) == ["ani", "budi", "total"]


def test_members_without_savings_stand_in_the_list(book_of: BookOf) -> None:
    found = report(book_of(opening(a1101=0), *ITEMS), "savings")
    assert codes(found) == ["ani", "budi", "total"]
    assert found.figures["balance"] == 0


def test_the_grid_has_a_column_a_month_and_what_stood_before_the_year(book_of: BookOf) -> None:
    book = book_of(
        opening("2025-11-30", a1101=70, a3102=-70), *ITEMS,
        save("2025-12-05", "principal", ani=100), save("2026-01-05", "mandatory", ani=50, budi=7),
        save("2026-02-06", "voluntary", ani=30), save("2026-03-06", "voluntary", ani=-20),
    )  # fmt: skip
    found = report(book, "savings-grid", "2026-03")
    assert [each.key for each in found.columns] == [
        "opening", "2026-01", "2026-02", "2026-03", "balance",
    ]  # fmt: skip
    assert [(row.label, row.cells) for row in found.rows] == [
        ("Ani", (100, 50, 30, -20, 160)), ("Budi", (0, 7, 0, 0, 7)),
        ("Tanpa rincian anggota", (70, 0, 0, 0, 70)), ("JUMLAH", (170, 57, 30, -20, 237)),
    ]  # fmt: skip
    assert found.period == "Tahun 2026"
    alone = report(book, "savings-grid", "2026-03", member="budi")
    assert [row.label for row in alone.rows] == ["Budi", "JUMLAH"]
    assert alone.rows[-1].cells == (0, 7, 0, 0, 7)


@pytest.mark.parametrize("name", ["savings", "savings-grid", "savings-card"])
def test_who_has_left_is_told_from_the_month_on(book_of: BookOf, name: str) -> None:
    ani = next(each for each in ITEMS if each.get("code") == "ani")
    book = book_of(
        opening("2025-11-30", a1101=0), *ITEMS, save("2026-01-05", "voluntary", ani=80, budi=50),
        {**ani, "left": "2026-02-28"},
    )  # fmt: skip
    for month, told in (("2026-01", "Ani"), ("2026-02", "Ani (keluar 28 Februari 2026)")):
        labels = [
            row.label for row in report(book, name, month).rows if row.code in ("ani", "budi")
        ]
        assert labels == [told, "Budi"]


def test_a_card_goes_from_what_was_saved_before_to_what_stands_now(book_of: BookOf) -> None:
    book = book_of(
        opening("2025-11-30", a1101=0), *ITEMS, save("2025-12-05", "principal", ani=100),
        save("2026-01-05", "mandatory", ani=50), save("2026-01-06", "voluntary", ani=80),
        save("2026-01-09", "voluntary", ani=-30),
    )  # fmt: skip
    found = report(book, "savings-card", "2026-01", member="ani")
    *_, taken, total = found.rows
    at = {column.key: place for place, column in enumerate(found.columns)}
    assert [row.cells[at["balance"]] for row in found.rows] == [
        None, 100, 150, 230, 200, 200,
    ]  # fmt: skip
    assert taken.cells[at["withdrawn"]] == 30
    said = {key: total.cells[at[key]] for key in ("principal", "mandatory", "voluntary")}
    assert said == {"principal": 100, "mandatory": 50, "voluntary": 80}
    assert total.cells[at["withdrawn"]] == 30
    assert total.code == "ani:total"
