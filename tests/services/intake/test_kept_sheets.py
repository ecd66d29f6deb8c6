"""Sheets as groups keep them go in without a word typed into them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from kwt_books.app import Book
from kwt_books.domain.access import Recorded
from kwt_books.domain.documents.base import Dated
from kwt_books.queries.intake import known_to_intake
from kwt_books.services.intake.sheet import open_sheets
from kwt_books.services.intake.taking import Taking, layouts_of, plan, rehearse, take
from tests.services.intake.kept import EVERY, Kept

TODAY = date(2026, 11, 30)


@pytest.mark.parametrize("kept", EVERY, ids=lambda kept: kept.name)
def test_it_is_taken_as_it_is_and_once(kept: Kept, new_book: Book, tmp_path: Path) -> None:
    path = tmp_path / kept.name
    kept.write(path)
    file = open_sheets(path)
    before = new_book.standing()
    looked_at = plan(file, new_book.read(known_to_intake), layouts_of(file), TODAY)
    assert not rehearse(new_book, looked_at).stops
    assert new_book.standing() == before, "looking at it records nothing"

    taking, recorded = take(new_book, file, layouts_of(file), TODAY, meant=True)

    assert taking.entries == looked_at.entries
    _came_to(kept, new_book, taking, recorded)
    before = new_book.standing()
    again, more = take(new_book, file, layouts_of(file), TODAY, meant=True)
    assert (more, again.entries) == ((), ()), "taken twice, nothing doubles"
    assert new_book.standing() == before


def _came_to(kept: Kept, new_book: Book, taking: Taking, recorded: Sequence[Recorded]) -> None:
    numbers = [each for each in recorded if each.number is not None]
    assert len(numbers) == kept.documents
    assert sum(not each.stops for each in taking.remarks) == kept.odd
    moved = _money(new_book, kept)
    assert moved["opened"] == kept.opened
    assert moved["came"] == kept.came
    assert moved["went"] == kept.went
    for account, balance in kept.accounts.items():
        assert _balance(new_book, account) == balance, account
    setup = new_book.read(lambda reading: reading.setup.names())
    assert {each.name: each.role for each in setup.parties.values()} == kept.parties
    assert {name: setup_class(setup, name) for name in kept.items} == kept.items
    days = [each.command.date for each in taking.entries if isinstance(each.command, Dated)
            and each.command.kind != "opening_balance"]  # fmt: skip
    if kept.first is not None:
        assert (min(days), max(days)) == (kept.first, kept.last)
    assert all(each.passed for each in new_book.verify())


def setup_class(setup, name: str) -> str | None:
    found = (each.item_class for each in setup.items.values() if each.name == name)
    return next(found, None)


def _balance(book: Book, account: str) -> int:
    from sqlalchemy import func, select

    from kwt_books.store.tables import posting

    query = select(func.sum(posting.c.amount)).where(posting.c.account == account)
    return book.read(lambda reading: reading.connection.execute(query).scalar()) or 0


def _money(book: Book, kept: Kept) -> dict[str, dict[str, int]]:
    """What came into and went out of each cash account, opening apart."""
    from sqlalchemy import select

    from kwt_books.store.tables import document, posting

    query = select(document.c.kind, posting.c.account, posting.c.amount).join(
        document, document.c.sequence == posting.c.document
    )
    found: dict[str, dict[str, int]] = {key: defaultdict(int) for key in ("opened", "came", "went")}
    cash = {"1101", "1103"}
    for kind, account, amount in book.read(lambda reading: reading.connection.execute(query).all()):
        if account in cash:
            key = "opened" if kind == "opening_balance" else "came" if amount > 0 else "went"
            found[key][account] += abs(amount)
    return {key: dict(values) for key, values in found.items()}
