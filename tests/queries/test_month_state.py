"""What is done and what is not before a month is closed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from kwt_books.book import Book
from kwt_books.domain.values import Month
from kwt_books.queries.closing import MonthState, month_state
from tests.reports.figures import close, earn, group, opening, spend
from tests.reports.trade import ITEMS, Line, buy, undo

pytestmark = pytest.mark.only_files


@pytest.fixture
def state(book_of: Callable[..., Book]) -> Callable[..., MonthState]:
    """Of a month, after these lines; today is the first of July 2026."""

    def make(month: str, *lines: Line) -> MonthState:
        begun = (group(), opening("2026-04-01", a1101=900, a1103=500))
        return book_of(*begun, *ITEMS, *lines).read(month_state, Month(month))

    return make


def count(day: str, counted: int, account: str = "1101", **more: Any) -> Line:
    return {"kind": "cash_count", "date": day, "account": account, "counted": counted, **more}


def test_counts_tell_what_differed_and_whether_something_moved_since(
    state: Callable[..., MonthState],
) -> None:
    earned = earn("2026-05-04", 100)
    found = state(
        "2026-05", earned, count("2026-05-30", 1_000), count("2026-05-31", 970),
        earn("2026-06-01", 5), count("2026-05-31", 510, "1103"), spend("2026-05-31", 7),
    ).counts  # fmt: skip
    assert [
        (each.account.code, each.counted, each.difference, each.moved_since) for each in found
    ] == [
        ("1101", 970, -30, True),
        ("1103", 510, 10, False),
    ]
    assert [each.day for each in found] == [date(2026, 5, 31)] * 2
    assert [each.balance for each in found] == [963, 510]
    right = state("2026-05", earned, count("2026-05-30", 1_000), spend("2026-06-01", 7)).counts
    assert [
        (each.account.code, each.counted, each.difference, each.moved_since) for each in right
    ] == [
        ("1101", 1_000, 0, False),
        ("1103", 0, 0, False),
    ]
    undone = state("2026-05", count("2026-05-30", 870, id="x"), undo("2026-06-01", "x")).counts
    assert [each.number for each in undone] == [None, None]
    assert [each.account.code for each in state("2026-05", spend("2026-04-02", 900)).counts] == [
        "1103",
    ], "nothing was on the other in May"


@pytest.mark.parametrize(
    ("lines", "month", "following", "along"),
    [
        ((), "2026-05", "2026-04", ["2026-04"]),
        ((close("2026-04"),), "2026-05", "2026-05", []),
        ((close("2026-04"),), "2026-07", "2026-05", ["2026-05", "2026-06"]),
        ((close("2026-06"),), "2026-07", "2026-07", []),  # the month in hand
        ((close("2026-07"),), "2026-07", None, []),
        ((earn("2026-08-03", 5), close("2026-07")), "2026-08", "2026-08", []),
    ],
)
def test_the_next_month_to_close_and_those_that_go_along(
    lines: tuple[Line, ...], month: str, following: str | None, along: list[str],
    state: Callable[..., MonthState],
) -> None:  # fmt: skip
    found = state(month, *lines)
    assert (found.next_open, list(found.along)) == (following, along)


def test_a_close_tells_the_months_it_closed(state: Callable[..., MonthState]) -> None:
    lines = (earn("2026-05-04", 100), close("2026-05", decision="BA-5"), close("2026-06"))
    may = state("2026-05", *lines).closed
    assert may is not None
    assert (may.first, may.month, may.decision, may.last) == ("2026-04", "2026-05", "BA-5", False)
    june = state("2026-06", *lines).closed
    assert june is not None
    assert (june.first, june.month, june.decision, june.last) == ("2026-06", "2026-06", "", True)
    assert state("2026-04", *lines).closed == may
    assert state("2026-07", *lines).closed is None


def test_documents_and_depreciation_of_the_month_are_told(
    state: Callable[..., MonthState],
) -> None:
    tool = {"kind": "asset_acquisition", "date": "2026-05-08", "code": "A", "name": "Alat",
            "account": "1202", "cost": 300, "life_months": 3, "paid_from": "1101"}  # fmt: skip
    written = {"kind": "depreciation", "month": "2026-05", "id": "susut"}
    found = state("2026-05", tool, buy("2026-05-09", "pupuk", 1, 50), earn("2026-06-01", 5))
    assert (found.documents, found.depreciated) == (2, None)
    assert state("2026-05", tool, written).depreciated == "BM-2605-0001"
    undone = state("2026-05", tool, written, undo("2026-05-31", "susut"))
    assert undone.depreciated is None


def test_goods_that_were_not_counted_are_named(state: Callable[..., MonthState]) -> None:
    there = (buy("2026-05-01", "pupuk", 5, 500), buy("2026-05-01", "benih", 9, 90))

    def counted(day: str, *codes: str, **more: Any) -> Line:
        lines = [{"item": code, "counted": 1} for code in codes]
        return {"kind": "stock_count", "date": day, "place": "store", "lines": lines, **more}

    found = state("2026-05", *there, counted("2026-05-09", "pupuk")).stock
    assert (found.standing, found.missed, found.day) == (2, ("Benih cabai",), date(2026, 5, 9))
    both = counted("2026-05-30", "benih"), counted("2026-05-20", "pupuk")
    assert state("2026-05", *there, *both).stock.missed == ()
    assert state("2026-05", *there, *both).stock.day == date(2026, 5, 30)
    other = counted("2026-06-01", "benih"), counted("2026-05-20", "pupuk", id="x")
    none = state("2026-05", *there, *other, undo("2026-06-02", "x")).stock
    assert (none.missed, none.day) == (("Benih cabai", "Pupuk NPK"), None)
