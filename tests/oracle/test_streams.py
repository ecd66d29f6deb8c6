"""Sanity of the random streams, and of the oracle's own book while it replays them."""

from collections import Counter
from datetime import date

import pytest

from .corrections import NEVER
from .figures import NOMINAL, SAVED
from .kinds import DOCUMENTS, SETUP, read
from .ledger import AT_SHOPS, GROWING, STOCK_ACCOUNTS
from .near_misses import NearMisses
from .replay import Book, Refused, replay
from .streams import random_stream

SEEDS = range(8)
REFUSED = (
    '{"kind": "transfer", "date": "2026-06-01", "from": "1101", "to": "1101", "amount": 5}',
    '{"kind": "sale", "date": "2026-06-01", "lines": [{"item": "sayur", "qty": 900000}]}',
)


def check_details(book: Book) -> None:
    """Check that layers equal their control accounts, and growing plants theirs."""
    values = dict.fromkeys([*STOCK_ACCOUNTS.values(), AT_SHOPS], 0)
    for (item, place), (quantity, value) in book.stock().items():
        values[book.stock_account(item, place)] += value
        assert quantity > 0
        assert value >= 0
    assert values == {code: book.totals.get(code, 0) for code in values}
    assert sum(book.growing().values()) == book.totals.get(GROWING, 0)
    assert sum(book.totals.values()) == 0
    for code, accumulated in book.accumulated().items():
        assert 0 <= accumulated <= book.assets[code].cost


def test_every_kind_occurs_and_a_correction_of_every_kind() -> None:
    kinds, corrected, shops = Counter[str](), Counter[str](), set[str]()
    for seed in range(14):
        lines = random_stream(seed, 250, 5, with_people=True)
        kinds.update(read(line)["kind"] for line in lines)
        book = replay(lines)
        corrected.update(book.documents[number - 1].kind for number in book.corrected)
        shops.update(x.fields["shop"] for x in book.documents if x.kind == "consignment")
    assert kinds.keys() == DOCUMENTS.keys() | SETUP.keys()
    assert corrected.keys() == DOCUMENTS.keys() - set(NEVER)
    assert len(shops) == 3


@pytest.mark.parametrize("seed", SEEDS)
def test_everything_balances_at_each_step(seed: int) -> None:
    book = Book()
    for line in random_stream(seed, 150, 4):
        book.record(line)
        check_details(book)
    assert book.balances() == {code: amount for code, amount in book.totals.items() if amount}
    assert len(book.voucher_numbers) == len(set(book.voucher_numbers))


@pytest.mark.parametrize("seed", SEEDS)
def test_no_card_of_stock_shows_less_than_nothing_on_any_day(seed: int) -> None:
    book = replay(random_stream(seed, 250, 5))
    days = {document.date for document in book.documents}
    for (item, place, lot), history in book.histories.items():
        for day in days:
            held = sum(quantity for moved, quantity in history if moved <= day)
            assert held >= 0, (item, place, lot, day)
    for (item, place), (quantity, _) in book.stock().items():
        assert book.standing(item, place, max(days)) == quantity


@pytest.mark.parametrize("seed", SEEDS)
def test_programmes_and_savings_of_members_are_never_below_zero(seed: int) -> None:
    book = Book()
    for line in random_stream(seed, 250, 5):
        book.record(line)
        left = [book.programme_figures(code, date.max)["left"] for code in book.programmes]
        saved = [-owed for (_, code), owed in book.party_balances().items() if code in SAVED]
        assert min([0, *left, *saved]) == 0
    for code in book.programmes:
        found = book.programme_figures(code, date.max)
        used = found["used_4201"] + found["used_3104"] + found["given_back"]
        assert found["left"] == found["received"] - used == book.left.get(code, 0)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_closed_month_leaves_its_nominal_accounts_at_zero(seed: int) -> None:
    book = Book()
    for line in random_stream(seed, 150, 6):
        done = book.record(line)
        if done and done.kind == "month_close":
            left = book.balances(done.date)
            assert not [code for code in left if book.accounts[code]["type"] in NOMINAL]
            assert book.closed_until() == done.fields["month"]


def test_the_least_too_much_is_refused_and_for_every_reason_that_there_is() -> None:
    codes = Counter[str]()
    for seed in SEEDS:
        writer = NearMisses(seed)
        writer.write(120, 4)
        codes.update(code for _, code in writer.missed)
        assert replay(writer.lines).totals == writer.book.totals
    assert codes.keys() >= {
        "insufficient-stock",
        "savings-overdrawn",
        "programme-overdrawn",
        "more-than-the-surplus",
        "differs",
        "paid-already",
        "before-it-was-made",
        "before-the-document",
        "not-first",
        "lot-exists",
        "paid-whole",
        "unbalanced",
    }


def test_a_refused_line_leaves_the_book_as_it_was() -> None:
    lines = random_stream(3, 120, 3)
    book, pestered = Book(), Book()
    for line in lines:
        book.record(line)
        for bad in (*REFUSED, line.replace('"date": "2026', '"date": "2025')[:-1]):
            with pytest.raises(Refused):
                pestered.record(bad)
        pestered.record(line)
    assert book.documents == pestered.documents
    assert book.stock_layers == pestered.stock_layers
    assert (book.totals, book.plot_holds) == (pestered.totals, pestered.plot_holds)


def test_the_same_seed_writes_the_same_stream() -> None:
    assert random_stream(7, 60, 2) == random_stream(7, 60, 2)
    assert random_stream(7, 60, 2) != random_stream(8, 60, 2)
