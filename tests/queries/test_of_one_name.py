"""Which of several beds or batches of one name an entry concerned, and what dues came to last."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import pytest

from kwt_books.book import Book
from kwt_books.queries.money import dues_known
from kwt_books.queries.plots import concerned
from tests.reports.figures import opening
from tests.reports.trade import Line, undo


class Row(NamedTuple):
    """A bed by the entries that made and ended it."""

    opened: int
    ended: int | None


@pytest.mark.parametrize(
    ("rows", "source", "found"),
    [
        ([Row(2, 5), Row(7, None)], 4, Row(2, 5)),
        ([Row(2, 5), Row(7, None)], 8, Row(7, None)),
        ([Row(2, 9), Row(4, 12)], 6, Row(4, 12)),  # the first was brought back: both stood
        ([Row(4, 12), Row(2, 9)], 6, Row(4, 12)),
        ([Row(2, 9), Row(6, 12)], 6, Row(6, 12)),  # what it made itself
        ([Row(2, 5), Row(7, None)], 6, Row(2, 5)),  # none stood then
        ([Row(2, 5)], 1, None),
    ],
)
def test_it_is_the_one_that_stood_or_the_newest_by_then(
    rows: list[Row], source: int, found: Row | None
) -> None:
    assert concerned(rows, source) == found


def _paid(day: str, amount: int, *months: str, **more: str) -> Line:
    lines = [{"party": "rumah-1", "months": [*months], "amount": amount}]
    return {"kind": "dues", "date": day, "account": "1104", "lines": lines, **more}


@pytest.mark.only_files
def test_a_month_is_usually_what_it_came_to_last(book_of: Callable[..., Book]) -> None:
    """Of several months paid at once it is the share of one; what was undone does not count."""
    house = {"kind": "party", "code": "rumah-1", "name": "Bu Ani", "role": "resident"}
    book = book_of(
        opening(a1101=1_000_000),
        house,
        _paid("2026-01-05", 45_000, "2026-01", "2026-02", "2026-03"),
        _paid("2026-01-06", 90_000, "2026-04", id="salah"),
        undo("2026-01-07", "salah"),
    )
    found = book.read(dues_known)
    assert found.usual == 15_000
    (months,) = found.paid.values()
    assert months == {"2026-01", "2026-02", "2026-03"}
