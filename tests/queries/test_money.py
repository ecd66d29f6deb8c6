"""What forms of money begin with, and how a debt came about, of a small group's days."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from hashlib import sha256

import pytest

from kwt_books.app import Books
from kwt_books.book import Book
from kwt_books.domain.values import Month
from kwt_books.queries.money import (
    choices,
    debt_lines,
    debts,
    dues_accounts,
    dues_known,
    open_debts,
    standings,
    till,
)
from tests.books import book_at
from tests.reports.figures import group, opening
from tests.reports.trade import ITEMS, Line, buy, sell, undo

pytestmark = pytest.mark.only_files
DAY = date(2026, 2, 1)
"""A debt that arose on the first of the days asked for is of these days."""


def dues(day: str, party: str, months: list[str], amount: int, **more: object) -> Line:
    lines = [{"party": party, "months": months, "amount": amount}]
    return {"kind": "dues", "date": day, "account": "1101", "lines": lines, **more}


@pytest.fixture(scope="module")
def book(books: Books, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    """Toko Tani is owed for two purchases, one of them paid; somebody unnamed is owed too."""
    programme = {"kind": "programme", "code": "p2l", "name": "P2L", "from": "2026-01-01"}
    grant = {"kind": "grant", "date": "2026-01-10", "account": "2110", "programme": "p2l",
             "cash": {"into": "1103", "amount": 80_000}}  # fmt: skip
    paid = {"kind": "payment", "date": "2026-02-20", "from": "1101", "party": "toko",
            "lines": [{"account": "2101", "amount": 30_000}]}  # fmt: skip
    photo = {"kind": "attachment", "of": "bayar", "name": "nota.jpg", "type": "image/jpeg",
             "sha256": sha256(b"foo").hexdigest(), "data": "Zm9v"}  # fmt: skip
    lines: tuple[Line, ...] = (
        group({"3201": 60, "2107": 40}), *ITEMS, programme,
        opening(a1101=500_000, a1111=7_000, a2101=-9_000, a3203=-45_000),
        grant,
        buy("2026-01-20", "pupuk", 1, 30_000, party="toko"),
        buy("2026-02-01", "pupuk", 1, 20_000, party="toko"),
        {**paid, "id": "bayar"}, photo,
        {**paid, "id": "salah", "date": "2026-02-21"}, undo("2026-02-22", "salah"),
        buy("2026-02-02", "sayur", 1, 4_000),
        sell("2026-02-28", "sayur", 1, party="rina", price=9_000),
        dues("2026-02-03", "ani", ["2026-01", "2026-02"], 10_000),
        dues("2026-02-03", "ani", ["2026-01"], 3_000, **{"for": "2105"}),
        dues("2026-02-04", "budi", ["2026-01", "2026-02", "2026-03"], 18_000),
        dues("2026-02-05", "budi", ["2026-04"], 1_000, id="keliru"), undo("2026-02-06", "keliru"),
    )  # fmt: skip
    path = book_at(books, tmp_path_factory.mktemp("money") / "book.kwt", lines)
    with closing(books.open(path, read_only=True)) as made:
        yield made


def test_what_a_party_is_owed_before_within_and_since_when(book: Book) -> None:
    found = book.read(
        lambda reading: standings(reading.connection, "2101", DAY, date(2026, 2, 28), sign=-1)
    )
    told = [(each.party, each.opening, each.added, each.paid, each.owed) for each in found]
    assert told == [("toko", 30_000, 20_000, 30_000, 20_000), (None, 9_000, 0, 0, 9_000)]
    assert [each.unpaid for each in found] == [((DAY, 20_000),), ((date(2026, 1, 1), 9_000),)]


def test_how_a_debt_came_about(book: Book) -> None:
    """What names nobody is a debt of its own; what was undone stands there with what undid it."""
    owed = {(each.account.code, each.party): each for each in book.read(open_debts)}
    assert {of: (each.name, each.owed, each.since) for of, each in owed.items()} == {
        ("2101", ""): ("Utang Usaha", 9_000, date(2026, 1, 1)),
        ("2101", "toko"): ("Toko Tani", 20_000, DAY),
        ("1111", ""): ("Piutang Usaha", 7_000, date(2026, 1, 1)),
        ("1111", "rina"): ("Ibu Rina", 9_000, date(2026, 2, 28)),
    }
    lines = book.read(debt_lines, owed["2101", "toko"])
    assert [(each.day.day, each.amount, each.balance) for each in lines] == [
        (22, -30_000, -20_000),
        (21, 30_000, 10_000),
        (20, 30_000, -20_000),
        (1, -20_000, -50_000),
        (20, -30_000, -30_000),
    ]
    assert [each.attached for each in lines] == [False, False, True, False, False]
    undoing, wrong = lines[:2]
    assert (undoing.corrects, wrong.corrected_by) == (wrong.number, undoing.number)
    unnamed = book.read(debt_lines, owed["2101", ""])
    assert [(each.amount, each.balance) for each in unnamed] == [(-9_000, -9_000)]
    claim = book.read(debt_lines, owed["1111", "rina"])
    assert [(each.amount, each.balance) for each in claim] == [(9_000, 9_000)]


def test_debts_of_a_day_are_of_that_day_too(book: Book) -> None:
    def owed(until: date) -> int:
        found = book.read(lambda reading: debts(reading.connection, reading.setup, ["2101"], until))
        return sum(each.owed for each in found if each.party == "toko")

    assert [owed(date(2026, 1, 31)), owed(DAY), owed(date(2026, 2, 20))] == [30_000, 50_000, 20_000]


def test_forms_begin_with_what_is_there_now(book: Book) -> None:
    found = book.read(choices)
    cash = 500_000 - 30_000 - 4_000 + 10_000 + 3_000 + 18_000
    assert dict(found.balances) == {"1101": cash, "1102": 0, "1103": 80_000, "1104": 0}
    assert {each.account.code: each.left for each in found.funds} == {
        "2107": 0, "3201": 0, "3202": 0, "3203": 45_000, "3204": 0,
    }  # fmt: skip
    assert (found.left("3203"), found.left("9999"), found.left(None)) == (45_000, 0, 0)
    assert [(each.account.code, each.party, each.owed) for each in found.owed] == [
        ("2101", "", 9_000), ("2101", "toko", 20_000),
    ]  # fmt: skip
    assert [(each.account.code, each.party, each.owed) for each in found.claims] == [
        ("1111", "", 7_000), ("1111", "rina", 9_000),
    ]  # fmt: skip
    assert dict(found.programmes) == {"p2l": 80_000}


def test_a_book_without_a_group_has_the_charts_funds(book_of: Callable[..., Book]) -> None:
    found = book_of(opening(a1101=1_000)).read(choices)
    assert [each.account.code for each in found.funds] == ["3201", "3202", "3203", "3204"]


def test_dues_begin_with_the_months_paid_and_the_last_amount(book: Book) -> None:
    found = book.read(dues_known)
    january, february, march = (Month(f"2026-0{number}") for number in (1, 2, 3))
    assert dict(found.paid) == {
        ("2104", "ani"): {january, february},
        ("2105", "ani"): {january},
        ("2104", "budi"): {january, february, march},
    }
    assert found.usual == 6_000
    assert book.read(lambda reading: dues_accounts(reading.connection)) == ["2104", "2105"]


def test_without_dues_nothing_is_usual(book_of: Callable[..., Book]) -> None:
    empty = book_of(opening(a1101=1_000))
    found = empty.read(dues_known)
    assert (found.paid, found.usual) == ({}, None)
    assert empty.read(lambda reading: dues_accounts(reading.connection)) == ["2104"]


def test_cash_is_counted_on_the_last_day_too(book_of: Callable[..., Book]) -> None:
    count = {"kind": "cash_count", "account": "1101", "date": "2026-01-31", "counted": 1_000}
    found = book_of(opening(a1101=1_000), count).read(till, Month("2026-01"))
    (drawer,) = (each for each in found.accounts if each.account.code == "1101")
    assert (drawer.counted, drawer.by_bank) == (date(2026, 1, 31), False)
    assert found.recorded


def test_a_bank_account_is_compared_and_what_was_done_last_is_told(
    book_of: Callable[..., Book],
) -> None:
    def compared(day: str) -> dict[str, object]:
        return {"kind": "bank_reconciliation", "account": "1103", "date": day, "statement": 1_000}

    def bank(*lines: dict[str, object]) -> tuple[date | None, bool]:
        found = book_of(opening(a1101=1, a1103=1_000), *lines).read(till, Month("2026-01"))
        accounts = {each.account.code: each for each in found.accounts}
        assert (accounts["1101"].counted, accounts["1101"].by_bank) == (None, False)
        return accounts["1103"].counted, accounts["1103"].by_bank

    count = {"kind": "cash_count", "account": "1103", "date": "2026-01-20", "counted": 1_000}
    assert bank() == (None, True)
    assert bank(compared("2026-01-10"), compared("2026-02-01")) == (date(2026, 1, 10), True)
    assert bank(compared("2026-01-10"), count) == (date(2026, 1, 20), False)
    assert bank(count, compared("2026-01-21")) == (date(2026, 1, 21), True)


def test_the_till_of_an_empty_book_is_empty(book_of: Callable[..., Book]) -> None:
    month = Month("2026-01")
    found = book_of(*ITEMS).read(till, month)
    assert (found.lines, found.received, found.paid, found.recorded) == ((), 0, 0, False)
    assert found.months == {month: 0}
