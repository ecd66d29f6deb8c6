"""What a form offers is what a document of its day may take, by the book itself."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from kwt_books.app import Books
from kwt_books.domain.documents.registry import parse_command
from kwt_books.domain.values import Month
from kwt_books.queries.closing import month_state
from kwt_books.queries.selling import selling
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
