"""The oracle on small books worked by hand: what is there on a date, which names are free."""

import json
from typing import Any

import pytest

from .replay import Book, Document, Refused


class Small:
    """A book with a few items, recorded a document at a time on days of February 2027."""

    def __init__(self) -> None:
        self.book = Book()
        for code, kind in (("pupuk", "input"), ("bibit", "seedling"), ("sayur", "produce")):
            keys = {"name": code, "unit": "kg", "class": kind, "price": 100}
            self.book.record(json.dumps({"kind": "item", "code": code, **keys}))
        self.book.record('{"kind": "party", "code": "ani", "name": "Ani", "role": "member"}')

    def add(self, day: int, kind: str, **keys: Any) -> Document:
        line = {"kind": kind, "date": f"2027-02-{day:02d}", **keys}
        done = self.book.record(json.dumps(line))
        assert done is not None
        return done

    def buy(self, day: int, quantity: int, amount: int, **keys: Any) -> Document:
        line = {"item": "pupuk", "qty": quantity, "amount": amount, **keys}
        return self.add(day, "purchase", paid_from="1101", lines=[line])

    def give(self, day: int, quantity: Any, item: str = "pupuk") -> Document:
        return self.add(day, "distribution", lines=[{"item": item, "qty": quantity}])

    def undo(self, day: int, document: Document) -> Document:
        return self.add(day, "correction", of=document.voucher, reason="x")


@pytest.fixture
def small() -> Small:
    return Small()


def cost(document: Document) -> int:
    return sum(p.amount for p in document.postings if p.account == "6111")


def test_a_layer_is_used_as_far_as_it_offers_and_then_the_next_one_is(small: Small) -> None:
    small.buy(1, 10, 1000)
    small.buy(2, 10, 3000)
    small.give(20, 7)
    assert cost(small.give(5, 5)) == 3 * 100 + 2 * 300
    assert cost(small.give(19, 8)) == 8 * 300
    with pytest.raises(Refused, match="pupuk store 1 0"):
        small.give(19, "0.001")


def test_what_came_later_in_date_offers_nothing_and_its_expiry_doesnt_matter(small: Small) -> None:
    small.buy(10, 10, 5000, expires="2027-03-01")
    small.buy(5, 10, 1000)
    assert cost(small.give(9, 10)) == 1000
    with pytest.raises(Refused, match="insufficient-stock"):
        small.give(9, 1)
    assert cost(small.give(10, 1)) == 500


def test_a_correction_is_refused_where_a_later_day_would_stand_below_zero(small: Small) -> None:
    small.buy(1, 4, 400)
    small.add(2, "stock_count", place="store", lines=[{"item": "pupuk", "counted": 6}])
    given = small.give(3, 4)
    found = small.book.documents[1]
    small.give(8, 2)
    with pytest.raises(Refused, match="used-since"):
        small.undo(9, found)
    small.undo(9, given)
    with pytest.raises(Refused, match="used-since"):
        small.undo(2, found)


def test_a_count_is_against_what_stood_on_its_day(small: Small) -> None:
    small.buy(1, 10, 1000)
    small.buy(10, 10, 3000)
    short = small.add(5, "stock_count", place="store", lines=[{"item": "pupuk", "counted": 8}])
    assert [(p.account, p.amount) for p in short.postings] == [("1122", -200), ("5105", 200)]
    over = small.add(5, "stock_count", place="store", lines=[{"item": "pupuk", "counted": 9}])
    assert [(p.account, p.amount) for p in over.postings] == [("1122", 300), ("7102", -300)]


def test_a_lots_name_is_free_again_once_all_that_moved_it_is_corrected(small: Small) -> None:
    bought = small.buy(1, 10, 1000, lot="A")
    given = small.give(2, 3)
    small.undo(3, given)
    with pytest.raises(Refused, match="lot-exists"):
        small.buy(4, 1, 100, lot="A")
    small.undo(3, bought)
    small.buy(4, 1, 100, lot="A")
    with pytest.raises(Refused, match="insufficient-stock"):
        small.give(3, 1)
    assert cost(small.give(4, 1)) == 100


def test_a_batch_has_one_lot_that_keeps_its_date_while_any_of_it_stands(small: Small) -> None:
    small.add(1, "sowing", batch="S", item="bibit", qty=100)
    first = small.add(10, "seedlings_ready", batch="S", ready=10)
    second = small.add(5, "seedlings_ready", batch="S", ready=10)
    with pytest.raises(Refused, match="bibit store 1000 0"):
        small.give(7, 1, "bibit")
    small.undo(10, first)
    with pytest.raises(Refused, match="bibit store 1000 0"):
        small.give(7, 1, "bibit")
    small.undo(10, second)
    small.add(6, "seedlings_ready", batch="S", ready=10)
    small.give(7, 1, "bibit")


def test_plants_and_assets_are_not_touched_before_they_are_there(small: Small) -> None:
    small.add(9, "sowing", batch="S", item="bibit", qty=100)
    small.add(9, "tending", bed="B", costs=[{"label": "x", "amount": 500, "from": "1101"}])
    keys = {"name": "Alat", "account": "1202", "cost": 900, "life_months": 9}
    small.add(9, "asset_acquisition", code="A", paid_from="1101", **keys)
    for kind, given in (
        ("seedlings_ready", {"batch": "S", "ready": 1}),
        ("harvest", {"bed": "B", "item": "sayur", "qty": 1}),
        ("planting_end", {"bed": "B"}),
        ("asset_disposal", {"code": "A"}),
    ):
        with pytest.raises(Refused, match="before-it-was-made"):
            small.add(8, kind, **given)
        small.add(9, kind, **given)


def test_an_opening_is_corrected_and_given_anew_while_nothing_of_it_was_used(small: Small) -> None:
    stock = [{"item": "pupuk", "qty": 5, "value": 500, "lot": "O"}]
    keys = {"balances": {"1122": 500, "3102": -500}, "stock": stock}
    keys["parties"] = [{"party": "ani", "account": "3102", "amount": -200}]
    opening = small.add(2, "opening_balance", **keys)
    with pytest.raises(Refused, match="not-first"):
        small.add(2, "opening_balance", **keys)
    given = small.give(3, 1)
    with pytest.raises(Refused, match="used-since"):
        small.undo(4, opening)
    small.undo(3, given)
    small.undo(4, opening)
    small.add(5, "opening_balance", **keys)
    assert small.book.owned == {("ani", "3102"): 200}
    lines = [{"party": "ani", "amount": -201}]
    with pytest.raises(Refused, match="savings-overdrawn"):
        small.add(6, "savings", type="mandatory", account="1101", lines=lines)


def test_what_a_fund_paid_for_becomes_surplus_and_an_asset_capital(small: Small) -> None:
    small.add(1, "receipt", into="1101", lines=[{"account": "3202", "amount": 1000}])
    line = {"item": "pupuk", "qty": 1, "amount": 300}
    small.add(2, "purchase", party="ani", paid_from="1101", paid=100, fund="3202", lines=[line])
    keys = {"name": "Alat", "account": "1202", "cost": 900, "life_months": 9}
    small.add(3, "asset_acquisition", code="A", paid_from="1101", fund="3202", **keys)
    left = small.book.balances()
    assert (left.get("3202", 0), left["3301"], left["3105"]) == (0, -300, -700)
    assert left["2101"] == -200
