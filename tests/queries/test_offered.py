"""What a form offers is what a document of its day may take, by the book itself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from kwt_books.app import Books
from kwt_books.book import Book
from kwt_books.domain.documents.registry import parse_command
from kwt_books.domain.values import Month
from kwt_books.queries.closing import month_state
from kwt_books.queries.layers import supplies
from kwt_books.queries.selling import selling
from kwt_books.queries.shops import shops
from tests.books import copied


@pytest.mark.parametrize("back", [0, 3, 10, 17, 24, 60])
def test_no_more_is_offered_than_the_book_gives(
    books: Books, sample_path: Path, tmp_path: Path, back: int
) -> None:
    path = tmp_path / "juni.kwt"
    copied(books, sample_path, path)
    book = books.open(path)
    month = Month("2026-06")
    closed = book.read(month_state, month).closed
    if closed is not None:
        reopened = parse_command({"kind": "month_reopen", "month": month, "reason": "coba"}, [])
        assert reopened is not None
        book.record(reopened)
    day = date(2026, 6, 30) - timedelta(days=back)
    for good in book.read(selling, day).goods:
        for quantity, allowed in ((good.on_hand, True), (good.on_hand + 1000, False)):
            if not quantity:
                continue
            line = {"item": good.code, "qty": f"{quantity / 1000:g}", "price": 1000}
            sale = parse_command(
                {"kind": "sale", "date": day.isoformat(), "lines": [line],
                 "received": {"1101": quantity}}, [],
            )  # fmt: skip
            assert sale is not None
            short = any(each.code == "insufficient-stock" for each in book.check(sale))
            assert short != allowed, (day, good, quantity)
    book.close()


KERIPIK = {
    "kind": "item", "code": "keripik", "name": "Keripik", "unit": "bungkus", "class": "finished",
    "price": 10_000, "sales_account": "4102", "cost_account": "5102",
}  # fmt: skip
SITI = {"kind": "party", "code": "siti", "name": "Warung Bu Siti", "role": "shop"}


def came(day: int, qty: int) -> dict[str, object]:
    line = {"item": "keripik", "qty": qty, "amount": 5_000 * qty}
    return {"kind": "purchase", "date": f"2026-06-{day:02}", "paid_from": "1101", "lines": [line]}


def left(day: int, qty: int) -> dict[str, object]:
    lines = [{"item": "keripik", "qty": qty}]
    return {"kind": "consignment", "date": f"2026-06-{day:02}", "shop": "siti", "lines": lines}


@pytest.mark.parametrize(("day", "there", "later"), [(1, 0, 6), (2, 1, 5), (9, 1, 5), (10, 6, 0)])
def test_kitchen_garden_and_shops_are_offered_what_a_day_has(
    book_of: Callable[..., Book], day: int, there: int, later: int
) -> None:
    """Four came on the second, three went to a shop on the fifth, five more came on the tenth."""
    book = book_of(KERIPIK, SITI, came(2, 4), left(5, 3), came(10, 5))
    when = date(2026, 6, day)
    store = book.read(supplies, when)
    assert store.on_hand.get("keripik", 0) == 1000 * there
    assert store.later.get("keripik", 0) == 1000 * later
    shown = book.read(shops, when)
    (good,) = shown.goods
    assert (good.on_hand, good.later) == (1000 * there, 1000 * later)
    at_shop = shown.shop("siti").goods  # type: ignore[union-attr]
    assert sum(each.quantity for each in at_shop) == (3000 if day >= 5 else 0)
