"""One item in and out."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kwt_books.book import Book
from kwt_books.domain.errors import RuleError
from kwt_books.reports.model import Report, Row, RowKind

from .figures import opening, report
from .trade import ITEMS, buy, send, settle, undo

BookOf = Callable[..., Book]


def cards(found: Report) -> dict[str, list[Row]]:
    parts: dict[str, list[Row]] = {}
    for row in found.rows:
        if row.kind is RowKind.SECTION:
            parts[row.code or ""] = []
        else:
            parts[list(parts)[-1]].append(row)
    return parts


def test_the_sample_month_of_spinach_chips(sample_book: Book) -> None:
    found = report(sample_book, "stock-card", "2026-06", item="keripik-bayam")
    parts = cards(found)
    assert list(parts) == ["store", "shop:joko", "shop:siti", "all"]
    assert parts["store"][0].cells[4:] == (20_000, None, None, 114_000)
    assert parts["store"][-1].cells[2:] == (46_000, 66_000, 0, 290_150, 404_150, 0)
    assert parts["all"][-1].cells[4:8:3] == (2_000, 12_700)
    assert found.unit == "Keripik bayam 100 g (bungkus), nilai dalam Rupiah"


def test_a_correction_takes_out_what_came_in(book_of: BookOf) -> None:
    book = book_of(
        opening(a1101=100_000), *ITEMS, {**buy("2026-01-10", "pupuk", 10, 50_000), "id": "x"},
        undo("2026-01-20", "x"),
    )  # fmt: skip
    rows = cards(report(book, "stock-card", item="pupuk"))["store"]
    assert [row.cells[2:] for row in rows[1:]] == [
        (10_000, 0, 10_000, 50_000, 0, 50_000),
        (0, 10_000, 0, 0, 50_000, 0),
        (10_000, 10_000, 0, 50_000, 50_000, 0),
    ]


def test_two_places_are_summed_up_and_one_is_not(book_of: BookOf) -> None:
    begun = (opening(a1101=100_000), *ITEMS, buy("2026-01-10", "keripik", 10, 50_000))
    alone = cards(report(book_of(*begun), "stock-card", item="keripik"))
    assert list(alone) == ["store"]
    sent = book_of(*begun, send("2026-01-12", "siti", "keripik", 4))
    two = cards(report(sent, "stock-card", item="keripik"))
    assert list(two) == ["store", "shop:siti", "all"]
    closing = [two[place][-1].cells[4:8:3] for place in two]
    assert closing == [(6_000, 30_000), (4_000, 20_000), (10_000, 50_000)]


def test_one_shop_alone(book_of: BookOf) -> None:
    book = book_of(
        opening(a1101=100_000), *ITEMS, buy("2026-01-02", "keripik", 10, 50_000),
        send("2026-01-03", "siti", "keripik", 4), send("2026-01-03", "joko", "keripik", 2),
        settle("2026-02-05", "siti", {"item": "keripik", "sold": 3, "returned": 1},
               received={"1101": 30_000}),
    )  # fmt: skip
    found = report(book, "stock-card", "2026-02", item="keripik", shop="siti")
    (place, (before, settled, after)) = next(iter(cards(found).items()))
    assert place == "shop:siti"
    assert before.cells[4] == 4_000
    assert settled.cells[2:] == (0, 4_000, 0, 0, 20_000, 0)
    assert found.figures["left"] == after.cells[4] == 0


@pytest.mark.parametrize(
    ("asked", "refusal"),
    [
        ({}, "item-needed"),
        ({"item": "emas"}, "unknown-item"),
        ({"item": "pupuk", "shop": "nobody"}, "unknown-party"),
        ({"item": "pupuk", "shop": "toko-tani"}, "wrong-role"),
    ],
)
def test_what_is_not_known_is_refused(
    sample_book: Book, asked: dict[str, str], refusal: str
) -> None:
    with pytest.raises(RuleError) as refused:
        report(sample_book, "stock-card", **asked)
    assert refused.value.code == refusal


def test_an_item_that_never_was_there_has_an_empty_card(book_of: BookOf) -> None:
    assert report(book_of(opening(a1101=1), *ITEMS), "stock-card", item="sayur").rows == ()
