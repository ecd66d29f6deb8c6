"""What is worked out of a list beside the book: balances, what waits, what is recorded."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from kwt_books.app import Book
from kwt_books.domain.documents.money import BankReconciliation, Payment, Receipt
from kwt_books.queries.reconciliations import BankLine
from kwt_books.services.intake.bank_list import BankList, Movement
from kwt_books.services.intake.bank_match import Agreed, Comparison, Proposed, compare, fee_of
from kwt_books.services.intake.entry import Cell
from tests.services.intake.test_bank_order import a_list

JULY = date(2026, 7, 10)


def movement(amount: int, day: date = JULY, sen: bool = False) -> Movement:
    return Movement(day, amount, "MUTASI", f"{amount:016}", Cell("S", 1), sen)


def line(amount: int, number: str, day: date = JULY, waited: bool = False) -> BankLine:
    return BankLine("", number, day, "", amount, waited)


def comparison(**more: Any) -> Comparison:
    movements = more.pop("movements", (movement(500),))
    listed = BankList("bank.csv", "digest", movements, balance=more.pop("listed", None))
    said: dict[str, Any] = {"agreed": (), "proposed": (), "outstanding": (), "balance": 10_000}
    return Comparison("1103", listed, known_rows=0, head="head", sen="Sen", **(said | more))


def proposed(amount: int, sen: bool = False) -> Proposed:
    return Proposed(movement(amount, sen=sen), (), "7102", True)


def test_the_bank_stands_where_the_book_does_with_what_it_lacks_and_without_what_waits() -> None:
    found = comparison(
        agreed=(Agreed(movement(500), (line(600, "a"), line(-90, "b")), 10),),
        proposed=(proposed(70), proposed(-20)),
        outstanding=(line(300, "x"), line(-100, "y")),
    )
    assert found.expected == 10_000 + 70 - 20 - (300 - 100) - 10
    assert found.expected_with(found.proposed[:1]) == 10_000 + 70 - 200 - 10


@pytest.mark.parametrize(("off", "rounding"), [(0, 0), (2, 2), (-2, -2), (3, 0), (-3, 0)])
def test_what_sen_alone_explain_is_rounding(off: int, rounding: int) -> None:
    found = comparison(
        agreed=(Agreed(movement(500, sen=True), ()), Agreed(movement(5), ())),
        proposed=(proposed(70, sen=True),),
    )
    assert found.rounding(found.proposed, found.expected + off) == rounding


def test_sen_are_received_or_paid_and_the_statement_is_reconciled() -> None:
    agreed = (Agreed(movement(500, sen=True), (line(500, "a"),), 30),)
    found = comparison(agreed=agreed, outstanding=(line(300, "BKM-1"),))
    paid, received, said = found.commands((), found.expected + 1)
    assert isinstance(paid, Payment)
    assert isinstance(received, Receipt)
    assert isinstance(said, BankReconciliation)
    assert (paid.source, paid.lines[0].account, paid.lines[0].amount) == ("1103", "7201", 30)
    assert paid == fee_of(found, agreed[0])
    assert (received.into, received.lines[0].account, received.lines[0].amount) == (
        "1103", "7102", 1,
    )  # fmt: skip
    assert (received.memo, received.date) == ("Sen", JULY)
    acts = {str(each.id).rpartition("-")[0] for each in (paid, received)}
    assert len(acts) == 1, "both are cancelled with the act"
    assert (said.date, said.account, said.statement, said.outstanding) == (
        JULY, "1103", found.expected + 1, ("BKM-1",),
    )  # fmt: skip
    less = found.commands((), found.expected - 1)[1]
    assert isinstance(less, Payment)
    assert (less.lines[0].account, less.lines[0].amount) == ("7202", 1)
    assert [each.kind for each in found.commands((), None)] == ["payment"]


def test_a_reconciliation_that_says_the_same_is_not_made_again() -> None:
    made = comparison(outstanding=(line(300, "BKM-1"),))
    (said,) = made.commands((), 9_700)
    assert isinstance(said, BankReconciliation)
    again = comparison(outstanding=(line(300, "BKM-1"),), last=said)
    assert again.is_reconciled(9_700)
    assert again.commands((), 9_700) == ()
    assert not again.is_reconciled(9_701)
    assert not comparison(last=said).is_reconciled(9_700)
    assert not made.is_reconciled(9_700)


@pytest.mark.parametrize(
    ("listed", "left"),
    [
        (None, ["old", "c", "d"]),  # what is before the list was shown by an earlier one
        (10_000 - 1 - 30 - 40, ["old", "c", "d"]),
        (10_000 - 1 - 20 - 30 - 40, ["old", "b", "c", "d"]),
        (10_000 - 1 - 10 - 20 - 30 - 40, ["old", "a", "b", "c", "d"]),
        (10_000 - 1 - 40, ["old", "d"]),
        (77, ["old", "c", "d"]),
    ],
)
def test_what_waits_from_before_the_list_is_what_the_balance_says(
    listed: int | None, left: list[str]
) -> None:
    before = [line(10, "a", JULY - timedelta(days=3)), line(20, "b", JULY - timedelta(days=1))]
    within = [line(40, "d", JULY + timedelta(days=1)), line(30, "c", JULY)]
    old = line(1, "old", JULY - timedelta(days=30), waited=True)
    found = comparison(outstanding=(*within, old, *before), listed=listed).settled()
    assert [each.number for each in found.outstanding] == left


@pytest.mark.parametrize(
    ("day", "agrees"), [(date(2026, 7, 10), True), (date(2026, 7, 9), False),
                        (date(2026, 7, 23), True), (date(2026, 7, 24), False)]
)  # fmt: skip
def test_a_document_is_dated_ten_days_before_its_movement_or_three_after(
    day: date, agrees: bool, book_of: Callable[..., Book], tmp_path: Path
) -> None:
    paid = {"kind": "payment", "date": day.isoformat(), "from": "1103",
            "lines": [{"account": "6101", "amount": 5_000}]}  # fmt: skip
    listed = a_list(tmp_path, ["20/07/2026", "TRF", "5.000", "", ""],
                    ["25/07/2026", "BUNGA", "", "10", ""])  # fmt: skip
    assert len(book_of(paid).read(compare, listed).agreed) == agrees
