"""Funds month by month: what stood before, their share of profit, what was spent of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from kwt_books.book import Book
from kwt_books.domain.values import Month
from kwt_books.queries.funds import MONTHS, FundMonth, fund_bars, surplus_on
from tests.reports.figures import close, earn, group, opening, spend
from tests.reports.trade import undo

pytestmark = pytest.mark.only_files
JANUARY, FEBRUARY = Month("2026-01"), Month("2026-02")


def test_a_fund_goes_on_from_month_to_month(book_of: Callable[..., Book]) -> None:
    """What the opening brought stood there before; a correction counts in its own month."""
    book = book_of(
        group(), opening("2026-01-05", a1101=100_000, a3203=-9_000),
        earn("2026-01-10", 1_000), earn("2026-01-20", 500, "3203"), close("2026-01"),
        spend("2026-02-05", 150, fund="3204"), spend("2026-02-06", 70, fund="3204", id="salah"),
        undo("2026-02-07", "salah"),
    )  # fmt: skip
    found = book.read(fund_bars, FEBRUARY)
    assert [(each.account.code, each.percent) for each in found.funds] == [
        ("3201", 60), ("3204", 40), ("3203", 0),
    ]  # fmt: skip
    reserve, operating, seeds = found.funds
    assert {len(each.months) for each in found.funds} == {MONTHS}
    assert reserve.months[-2:] == (
        FundMonth(JANUARY, 0, 600, 0, 0, 600), FundMonth(FEBRUARY, 600, 0, 0, 0, 600),
    )  # fmt: skip
    assert operating.months[-2:] == (
        FundMonth(JANUARY, 0, 400, 0, 0, 400), FundMonth(FEBRUARY, 400, 0, 150, 0, 250),
    )  # fmt: skip
    assert seeds.months[-2:] == (
        FundMonth(JANUARY, 9_000, 0, 0, 500, 9_500), FundMonth(FEBRUARY, 9_500, 0, 0, 0, 9_500),
    )  # fmt: skip
    assert seeds.months[0] == FundMonth(Month("2025-03"), 0, 0, 0, 0, 0)
    assert seeds.now is seeds.months[-1]
    assert found.total == 600 + 250 + 9_500
    assert [(each.day.day, each.fund, each.amount) for each in found.spent] == [
        (7, "3204", -70), (6, "3204", 70), (5, "3204", 150),
    ]  # fmt: skip
    assert found.spent[0].corrected == found.spent[1].number
    assert (found.decision, found.decided) == ("BA-01", date(2026, 1, 5))
    later = book.read(fund_bars, Month("2027-02"))
    assert [each.months[0].opening for each in later.funds] == [600, 250, 9_500]
    days = (date(2026, 1, 31), *(date(2026, 2, day) for day in (4, 5, 6, 7)))
    assert [book.read(surplus_on, each) for each in days] == [0, 0, 150, 220, 150]


def test_without_a_group_there_is_no_decision(book_of: Callable[..., Book]) -> None:
    found = book_of(opening(a1101=1_000)).read(fund_bars, JANUARY)
    assert (found.funds, found.spent, found.decision, found.decided) == ((), (), "", None)
