"""What the book refuses of the first entries is told at the field that asked for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from kwt_books.app import Books
from kwt_books.domain.documents.base import Command
from kwt_books.domain.documents.opening import OpeningBalance, OpeningParty
from kwt_books.domain.documents.setup import Item, Party
from kwt_books.domain.errors import InvalidDocument, Issue, RefusedAt
from tests.ui.first_start.test_bad_answers import ANSWERS
from tests.ui.windows import let_go
from ui.first_start.side import place_of
from ui.first_start.window import Questions
from ui.kit.look import UiContext

SHOP = Party(code="siti", name="Warung Bu Siti", role="shop")
GREENS = Item(code="g", name="Peyek", unit="pack", item_class="finished", price=5_000,
              sales_account="4102", cost_account="5102")  # fmt: skip
OPENING = OpeningBalance(
    date=date(2026, 1, 1), balances={"1101": 5},
    parties=(OpeningParty(party="unknown", account="1112", amount=1),
             OpeningParty(party="siti", account="1112", amount=180_000)),
)  # fmt: skip


@pytest.fixture
def questions(ui: UiContext, books: Books) -> Iterator[Questions]:
    made = Questions(ui, books)
    made.restore(ANSWERS)
    yield made
    for step in made.steps:
        step.deleteLater()
    let_go()


@pytest.mark.parametrize(
    ("command", "path", "found"),
    [
        (SHOP, "name", ("money", "owing.0.name")),
        (replace(SHOP, name="Warung Pak Joko"), "name", ("goods", "shops.0.name")),
        (replace(SHOP, name="nobody said"), "name", None),
        (GREENS, "price", ("goods", "own.0.name")),
        (replace(GREENS, name="of the usual goods"), "price", ("goods", "usual")),
        (OPENING, "balances.1101", ("money", "owing.0")),
        (OPENING, "parties.1.amount", ("money", "owing.0.name")),
        (OPENING, "parties.0.amount", None),
        (OPENING, "date", ("money", "start")),
        (OPENING, "assets.0.cost", ("stock", "things.0.cost")),
        (OPENING, "batches.0.qty", ("stock", "growing.0.qty")),
        (OPENING, "stock.0.value", ("stock", "stock.0.value")),
    ],
)
def test_what_is_refused_is_told_where_it_was_asked(
    questions: Questions, command: Command, path: str, found: tuple[str, str] | None
) -> None:
    error = RefusedAt(1, InvalidDocument((Issue(path, "too-large"),)))
    place = place_of(questions.steps, [OPENING, command, SHOP], error)
    assert (place and (place[0].name, place[1])) == found
