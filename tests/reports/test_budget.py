"""The plan of a year beside what came of it."""

from __future__ import annotations

from collections.abc import Callable

from kwt_books.book import Book
from kwt_books.domain.values import Month
from kwt_books.reports.context import Parameters
from kwt_books.reports.model import Report, RowKind

from .figures import close, codes, earn, group, opening, row, spend

BookOf = Callable[..., Book]

PLAN = {"4101": 1_000, "4102": 600, "7101": 50, "6103": 400, "7201": 20, "8101": 5, "1141": 300}
LINES = (
    group(), opening("2025-12-31", a1101=9_000),
    {"kind": "budget", "year": 2026, "decision": "BA-RAT",
     "lines": [{"account": code, "amount": amount} for code, amount in PLAN.items()]},
    earn("2026-01-10", 250), spend("2026-01-11", 30, "4109"), close("2026-01"),
    earn("2026-02-10", 100), spend("2026-02-11", 500, "6103"), spend("2026-02-12", 10, "6104"),
    earn("2026-02-13", 25, "7101"), spend("2026-02-14", 7, "7201"), spend("2026-02-15", 2, "8101"),
    spend("2026-02-16", 60, "1141"), earn("2026-03-01", 999),
)  # fmt: skip


def budget(book: Book, month: str) -> Report:
    return book.report("budget", Parameters(month=Month(month)), "en")


def test_each_account_has_its_plan_and_what_month_and_year_brought(book_of: BookOf) -> None:
    found = budget(book_of(*LINES), "2026-02")
    assert {code: row(found, str(code)).cells for code in codes(found) if len(str(code)) == 4} == {
        "4101": (1_000, 100, 350, 650, 350),
        "4102": (600, 0, 0, 600, 0),
        "4109": (0, 0, -30, 30, None),
        "7101": (50, 25, 25, 25, 500),
        "6103": (400, 500, 500, -100, 1_250),
        "6104": (0, 10, 10, -10, None),
        "7201": (20, 7, 7, 13, 350),
        "8101": (5, 2, 2, 3, 400),
        "1141": (300, 60, 60, 240, 200),
    }
    income, costs = (1_650, 125, 345), (425, 519, 519)
    assert row(found, "income").cells == (*income, 1_305, 209)
    assert row(found, "costs").cells == (*costs, -94, 1_221)
    assert row(found, "balances").cells == (300, 60, 60, 240, 200)
    left = [one - other for one, other in zip(income, costs, strict=True)]
    assert row(found, "surplus").cells == (*left, left[0] - left[2], None)
    assert row(found, "surplus").kind is RowKind.TOTAL
    assert found.closing == ("Decision: BA-RAT.",)
    assert [column.label for column in found.columns] == [
        "Budget 2026", "February 2026", "Up to February 2026", "Left", "%",
    ]  # fmt: skip


def test_accounts_of_the_position_stand_there_only_where_they_are_planned(book_of: BookOf) -> None:
    found = codes(budget(book_of(*LINES), "2026-02"))
    assert found.index("income_section") < found.index("4101") < found.index("income")
    assert found.index("costs_section") < found.index("6103") < found.index("costs")
    assert found.index("balances_section") < found.index("1141") < found.index("balances")
    assert "1101" not in found
    assert found[-1] == "surplus"


def test_a_year_without_a_plan_shows_what_it_brought_and_says_so(book_of: BookOf) -> None:
    lines = [line for line in LINES if line["kind"] != "budget"]
    found = budget(book_of(*lines), "2026-02")
    assert row(found, "4101").cells == (0, 100, 350, -350, None)
    assert found.closing == ("No budget of 2026 is set up.",)
    assert "balances" not in codes(found)
    empty = budget(book_of(opening(a1101=1)), "2026-02")
    assert empty.rows == ()
    undecided = [{**line, "decision": None} if line["kind"] == "budget" else line
                 for line in LINES]  # fmt: skip
    kept = [{key: value for key, value in line.items() if value is not None} for line in undecided]
    assert budget(book_of(*kept), "2026-02").closing == ()
