"""What the group has to pay: for goods, shares of profit, taxes and loans, named or not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kwt_books.app import Books
from kwt_books.domain.documents.registry import parse_command
from kwt_books.queries.money import debt_lines, open_debts
from tests.books import copied

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
