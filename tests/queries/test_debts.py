"""What the group has to pay: for goods, shares of profit, taxes and loans, named or not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kwt_books.app import Books
from kwt_books.book import Book
from kwt_books.domain.documents.registry import parse_command
from kwt_books.queries.money import debt_lines, open_debts
from tests.books import copied
from tests.reports.figures import opening
from tests.reports.trade import ITEMS, buy

DAY = "2026-07-01"


def recorded(line: dict[str, Any]) -> Any:
    command = parse_command({"date": DAY, **line}, issues := [])
    assert command is not None, issues
    return command


@pytest.mark.parametrize("account", ["2101", "2102", "2107", "2108", "2201"])
@pytest.mark.parametrize("party", ["toko-tani", None])
def test_all_that_is_to_be_paid_stands_there(
    books: Books, sample_path: Path, tmp_path: Path, account: str, party: str | None
) -> None:
    path = tmp_path / "juni.kwt"
    copied(books, sample_path, path)
    book = books.open(path)
    before = {(each.account.code, each.party): each.owed for each in book.read(open_debts)}
    line = {"account": account, "amount": 500_000}
    named = {"party": party} if party else {}
    book.record(recorded({"kind": "receipt", "into": "1101", "lines": [line], **named}))
    after = {(each.account.code, each.party): each for each in book.read(open_debts)}
    debt = after[(account, party or "")]
    assert debt.owed == before.get((account, party or ""), 0) + 500_000
    assert debt.name
    assert book.read_in("id", debt_lines, debt)[0].balance == -debt.owed
    book.close()


@pytest.mark.only_files
def test_a_debt_is_as_old_as_the_oldest_that_is_not_paid(book_of: Callable[..., Book]) -> None:
    """What is paid goes to the oldest first; the oldest debt stands first."""
    begun = (
        opening(a1101=900), *ITEMS, buy("2026-01-05", "pupuk", 1, 100, party="toko"),
        buy("2026-02-07", "pupuk", 1, 50, party="toko"),
        buy("2026-01-20", "pupuk", 1, 30, party="joko"),
    )  # fmt: skip

    def found(*paid: int) -> list[tuple[str, int, date | None]]:
        lines = (
            {"kind": "payment", "date": "2026-03-01", "from": "1101", "party": "toko",
             "lines": [{"account": "2101", "amount": amount}]}
            for amount in paid
        )  # fmt: skip
        owed = book_of(*begun, *lines).read(open_debts)
        return [(each.party, each.owed, each.since) for each in owed]

    joko = ("joko", 30, date(2026, 1, 20))
    assert found() == [("toko", 150, date(2026, 1, 5)), joko]
    assert found(99) == [("toko", 51, date(2026, 1, 5)), joko]
    assert found(100) == [joko, ("toko", 50, date(2026, 2, 7))]
    assert found(100, 50) == [joko]
