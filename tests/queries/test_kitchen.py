"""What the kitchen can make, what it made and at what cost, and the names it suggests."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date

import pytest

from kwt_books.app import Books
from kwt_books.book import Book
from kwt_books.domain.values import Month
from kwt_books.queries.kitchen import Kitchen, Need, Spent, kitchen, next_batch, next_lot
from tests.books import book_at
from tests.reports.figures import opening
from tests.reports.trade import ITEMS, Line, buy, make, sell, undo

pytestmark = pytest.mark.only_files
BAG: Line = {"kind": "item", "code": "plastik", "name": "Plastik", "unit": "lembar",
             "class": "packaging"}  # fmt: skip
SAUCE: Line = {"kind": "item", "code": "sambal", "name": "sambal", "unit": "botol",
               "class": "finished", "sales_account": "4102", "cost_account": "5102"}  # fmt: skip


def recipe(code: str, output: str, yields: int, **needs: int) -> Line:
    inputs = [{"item": item, "qty": qty} for item, qty in needs.items()]
    return {"kind": "recipe", "code": code, "output": output, "yield": yields, "inputs": inputs}


def took(**inputs: int) -> list[Line]:
    return [{"item": item, "qty": qty} for item, qty in inputs.items()]


@pytest.fixture(scope="module")
def book(books: Books, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    gas = {"costs": [{"label": "Gas", "amount": 3_000, "from": "1101"}]}
    lines: tuple[Line, ...] = (
        *ITEMS, BAG, SAUCE,
        recipe("r-sambal", "sambal", 4, sayur=7),
        recipe("r-keripik", "keripik", 10, sayur=2, plastik=10),
        opening(a1101=500_000),
        buy("2026-01-02", "sayur", 9, 36_000), buy("2026-01-02", "plastik", 25, 2_500),
        {**make("2026-01-03", 5, took(sayur=1)), "item": "sambal"},
        make("2026-01-05", 10, took(sayur=2, plastik=10), lot="KB-0105", **gas),
        make("2026-02-20", 20, took(sayur=2), lot="KB-0220", id="salah", **gas),
        undo("2026-02-21", "salah"),
        sell("2026-02-22", "keripik", 3, received={"1101": 30_000}),
        {"kind": "sowing", "date": "2026-01-10", "batch": "SM-0110", "item": "bibit", "qty": 5},
    )  # fmt: skip
    path = book_at(books, tmp_path_factory.mktemp("kitchen") / "book.kwt", lines)
    with closing(books.open(path, read_only=True)) as made:
        yield made


def test_a_recipe_tells_how_often_it_can_be_made_and_at_what_cost(book: Book) -> None:
    """Of nine kilograms three went; what was undone came back and taught nothing."""
    found = book.read(kitchen, Month("2026-01"))
    cards = [
        (each.code, each.name, each.yields, each.times, each.is_short, each.price, each.last_cost)
        for each in found.recipes
    ]
    assert cards == [
        ("r-keripik", "Keripik bayam", 10_000, 1, False, 10_000, 1_200),
        ("r-sambal", "sambal", 4_000, 0, True, None, 800),
    ]
    needs = [(each.item, each.quantity, each.on_hand, each.missing) for each in cards_needs(found)]
    assert needs == [
        ("sayur", 2_000, 6_000, 0), ("plastik", 10_000, 15_000, 0), ("sayur", 7_000, 6_000, 1_000),
    ]  # fmt: skip
    assert found.recipe("r-sambal") is found.recipes[1]
    assert found.recipe("lain") is None
    then = book.read(kitchen, Month("2026-01"), date(2026, 1, 2))
    on_hand = [each.on_hand for each in cards_needs(then)]
    assert on_hand == [4_000, 15_000, 4_000], "until the wrong one was undone there was no more"


def cards_needs(found: Kitchen) -> list[Need]:
    return [need for card in found.recipes for need in card.needs]


def test_productions_of_a_month_with_what_is_left_of_them(book: Book) -> None:
    january, february = (book.read(kitchen, Month(f"2026-0{number}")) for number in (1, 2))
    made = [
        (each.item, each.lot, each.quantity, each.cost, each.unit_cost, each.left, each.expires)
        for each in january.made
    ]
    sauce = january.made[1].lot
    assert made == [
        ("keripik", "KB-0105", 10_000, 12_000, 1_200, 7_000, date(2026, 2, 4)),
        ("sambal", sauce, 5_000, 4_000, 800, 5_000, None),
    ]
    assert [each.corrected_by is None for each in (*january.made, *february.made)] == [
        True, True, False,
    ]  # fmt: skip
    assert [each.last_month for each in (january, february)] == [Month("2026-02")] * 2
    assert [(each.lot, each.left) for each in february.made] == [("KB-0220", 0)]


def test_costs_begin_as_the_last_time_of_the_item_or_of_any(book: Book) -> None:
    found = book.read(kitchen, Month("2026-01"))
    gas = (Spent("Gas", 3_000, "1101"),)
    assert found.last_costs == {"keripik": gas, "sambal": ()}
    assert [found.costs_of(item) for item in ("keripik", "sambal", "lain")] == [gas] * 3


def test_a_kitchen_that_made_nothing_suggests_nothing(book_of: Callable[..., Book]) -> None:
    found = book_of(*ITEMS).read(kitchen, Month("2026-01"))
    assert (found.made, found.last_month, found.costs_of("keripik")) == ((), None, ())


def test_suggested_names_are_free(book: Book) -> None:
    """Numbered within a day, with the year where another year has the name."""
    days = (date(2026, 1, 10), date(2026, 1, 11), date(2027, 1, 10))
    assert [book.read(next_batch, each) for each in days] == ["SM-0110-2", "SM-0111", "SM-270110"]
    days = (date(2026, 1, 5), date(2026, 1, 6), date(2027, 1, 5))
    lots = [book.read(next_lot, "keripik", each) for each in days]
    assert lots == ["KB-0105-2", "KB-0106", "KB-270105"]
