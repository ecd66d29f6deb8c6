"""Sold, consigned and counted (STREAM.md, documents)."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from tests.domain.conftest import Desk
from tests.domain.examples import NEXT, Line, goods, on
from tests.domain.test_goods_documents import less, near, share

# -- sales ------------------------------------------------------------------------------------


def test_a_sale_books_revenue_cost_discount_and_what_is_owed(desk: Desk) -> None:
    revenue = 8 * 9_500 + 3 * 2_500
    bibit = share(20_000, 3_000, 10_000)
    assert desk.posted(NEXT["sale"][0]) == {
        "4102": -8 * 9_500, "5102": 50_003, "1129": -50_003, "4104": -3 * 2_500, "5104": bibit,
        "1124": -bibit, "4109": 2_000, "1101": 60_000, "1111": revenue - 62_000,
    }  # fmt: skip
    parties = desk.rows("SELECT party, amount FROM posting WHERE account = '1111'")
    assert parties == [("rt", revenue - 62_000)]


@pytest.mark.parametrize("sold", ["0.001", "0.333", "1.5", "2.0005"[:5]])
def test_revenue_is_rounded_line_by_line(desk: Desk, sold: str) -> None:
    thousandths = int(Fraction(sold) * 1000)
    revenue = near(Fraction(12_000 * thousandths, 1000))
    line = on("sale", 5, lines=[goods("sayur", sold)], received={"1101": revenue})
    posted = desk.posted(line)
    assert (posted["4101"], posted["1101"]) == (-revenue, revenue)


def test_a_paid_sale_needs_nobody_and_an_unpaid_one_someone(desk: Desk) -> None:
    line = on("sale", 5, lines=[goods("sayur", 1)], received={"1101": 12_000})
    assert "1111" not in desk.posted(line)
    less_paid = line | {"received": {"1101": 11_999}}
    (issue,) = desk.issues(less_paid)
    assert (issue.code, dict(issue.params)) == ("who-owes", {"unpaid": 1})
    assert desk.posted(less_paid | {"party": "rt"})["1111"] == 1
    assert desk.posted(less(line, "received") | {"party": "rt"})["1111"] == 12_000


def test_more_than_is_due_is_refused(desk: Desk) -> None:
    line = on("sale", 5, lines=[goods("sayur", 1)], received={"1101": 12_001}, party="rt")
    assert desk.codes(line) == {"more-than-due"}
    assert desk.codes(line | {"received": {"1101": 6_000, "1103": 6_001}}) == {"more-than-due"}
    (issue,) = desk.issues(line | {"received": {}, "discount": 12_001})
    assert (issue.field, issue.code) == ("discount", "more-off-than-sold")
    settled = on("consignment_settlement", 5, shop="siti", received={"1101": 9_001},
                 commission=1_000, lines=[{"item": "keripik", "sold": 1}])  # fmt: skip
    assert desk.codes(settled) == {"more-than-due"}
    (issue,) = desk.issues(settled | {"received": {}, "commission": 10_001})
    assert (issue.field, issue.code) == ("commission", "more-off-than-sold")


@pytest.mark.parametrize("item", ["benih", "pupuk", "tepung", "plastik"])
def test_an_item_without_accounts_is_not_for_sale(desk: Desk, item: str) -> None:
    line = on("sale", 5, lines=[goods(item, 1, price=5)], received={"1101": 5})
    assert desk.codes(line) == {"not-for-sale"}


def test_an_item_without_a_price_needs_one(desk: Desk) -> None:
    desk.record(on("purchase", 5, paid_from="1101", lines=[goods("daun", 2, amount=900)]))
    line = on("sale", 5, lines=[goods("daun", 1)], received={"1101": 700})
    assert desk.codes(line) == {"no-price"}
    assert desk.posted(line | {"lines": [goods("daun", 1, price=700)]})["4101"] == -700


def test_a_price_changed_in_the_setup_holds_from_there_on(desk: Desk) -> None:
    line = on("sale", 5, lines=[goods("sayur", 1)], party="rt")
    assert desk.posted(line)["1111"] == 12_000
    desk.record({"kind": "item", "code": "sayur", "name": "Sayur", "unit": "kg",
                 "class": "produce", "price": 15_000})  # fmt: skip
    assert desk.posted(line)["1111"] == 15_000


def test_an_item_can_name_accounts_of_its_own(desk: Desk) -> None:
    desk.record({"kind": "item", "code": "sayur", "name": "Sayur", "unit": "kg",
                 "class": "produce", "price": 10, "sales_account": "4103",
                 "cost_account": "5103"})  # fmt: skip
    posted = desk.posted(on("sale", 5, lines=[goods("sayur", 1)], party="rt"))
    cost = share(41_001, 1_000, 10_500)
    assert posted == {"4103": -10, "5103": cost, "1125": -cost, "1111": 10}


def test_a_market_day_is_one_sheet(desk: Desk) -> None:
    """Sold, spoiled and sampled are taken in this order; what returned stays."""
    left, costs = (10_500, 41_001), []
    for part in (7_500, 750, 250):
        cost = share(left[1], part, left[0])
        left = (left[0] - part, left[1] - cost)
        costs.append(cost)
    revenue = near(Fraction(12_000 * 7_500, 1000))
    assert desk.posted(NEXT["market_day"][0]) == {
        "4101": -revenue, "5101": costs[0], "5105": costs[1], "6108": costs[2],
        "1125": -sum(costs), "1101": 90_000, "1102": 5_000, "7102": revenue - 95_000,
    }  # fmt: skip
    assert desk.standing("sayur") == left


@pytest.mark.parametrize("received", [0, 89_999, 90_000, 90_001])
def test_a_till_that_differs_is_booked(desk: Desk, received: int) -> None:
    line = NEXT["market_day"][0] | {"received": {"1101": received}}
    posted = desk.posted(line)
    assert posted.get("7202", 0) == max(0, 90_000 - received)
    assert posted.get("7102", 0) == min(0, 90_000 - received)


def market(**line: Any) -> Line:
    return on("market_day", 5, venue="Outlet", lines=[{"item": "sayur"} | line], received={})


def test_what_was_taken_is_accounted_for(desk: Desk) -> None:
    assert desk.codes(market(taken=5, sold=3, returned=1)) == {"taken-differs"}
    assert desk.codes(market(taken=5, sold=3, returned=1, spoiled="1.001")) == {"taken-differs"}
    assert desk.codes(market(taken=11, sold=0, returned=11)) == {"insufficient-stock"}


def test_a_market_day_that_sold_nothing_is_recorded(desk: Desk) -> None:
    entry = desk.entry(market(taken=5, sold=0, returned=5))
    assert (entry.postings, entry.moves, entry.number) == ((), (), "BM-2606-0001")


def test_what_is_only_shown_needs_no_price(desk: Desk) -> None:
    line = on("market_day", 5, venue="Outlet", received={}, lines=[
        {"item": "tepung", "taken": 1, "sold": 0, "returned": 1},
        {"item": "tepung", "taken": 1, "sold": 0, "sampled": 1}])  # fmt: skip
    assert desk.posted(line) == {"6108": 14_000, "1126": -14_000}
    line["lines"][0] |= {"sold": 1, "returned": 0}
    assert desk.codes(line) == {"not-for-sale", "no-price"}


# -- consignment ------------------------------------------------------------------------------


def test_goods_left_at_a_shop_keep_lot_expiry_and_value(desk: Desk) -> None:
    value = 50_003 + share(50_000, 2_000, 9_000)
    assert desk.posted(NEXT["consignment"][0]) == {"1130": value, "1129": -value}
    stock = desk.stock()
    assert stock[("keripik", "shop:joko", "K2")] == (8_000, 50_003)
    assert stock[("keripik", "shop:joko", "K1")] == (2_000, value - 50_003)
    assert ("keripik", "store", "K2") not in stock


def test_a_settlement_takes_sold_spoiled_and_returned_in_this_order(desk: Desk) -> None:
    left, costs = (5_000, 30_000), []
    for part in (2_000, 1_000, 1_000):
        cost = share(left[1], part, left[0])
        left = (left[0] - part, left[1] - cost)
        costs.append(cost)
    assert desk.posted(NEXT["consignment_settlement"][0]) == {
        "4102": -18_000, "5102": costs[0], "5105": costs[1], "1129": costs[2],
        "1130": -sum(costs), "6107": 1_000, "1101": 15_000, "1112": 18_000 - 16_000,
    }  # fmt: skip
    stock = desk.stock()
    assert stock[("keripik", "store", "K1")] == (10_000, 50_000 + costs[2])
    assert stock[("keripik", "shop:siti", "K1")] == left
    owed = desk.rows("SELECT party FROM posting WHERE account = '1112' ORDER BY document DESC")
    assert owed[0] == ("siti",)


def test_shops_are_parties_of_that_role(desk: Desk) -> None:
    for kind in ("consignment", "consignment_settlement"):
        assert desk.codes(NEXT[kind][0] | {"shop": "toko"}) == {"wrong-role"}
        assert desk.codes(NEXT[kind][0] | {"shop": "store"}) == {"unknown-party"}


def test_a_shop_gives_back_no_more_than_it_has(desk: Desk) -> None:
    line = NEXT["consignment_settlement"][0]
    more = [{"item": "keripik", "sold": 2, "returned": 2, "spoiled": "1.001"}]
    (issue,) = desk.issues(line | {"lines": more})
    assert dict(issue.params) == {
        "item": "keripik", "place": "shop:siti", "wanted": 5_001, "available": 5_000,
    }  # fmt: skip
    nothing = line | {"lines": [{"item": "keripik", "sold": 0}], "commission": 0, "received": {}}
    assert desk.codes(nothing) == {"records-nothing"}


# -- counts -----------------------------------------------------------------------------------


def test_a_count_books_shortage_and_overage(desk: Desk) -> None:
    """Sayur short by 1,5; keripik over by 2, valued like its last layer; tepung agrees."""
    short, over = share(41_001, 1_500, 10_500), share(50_000, 2_000, 9_000)
    assert desk.posted(NEXT["stock_count"][0]) == {
        "5105": short, "1125": -short, "1129": over, "7102": -over,
    }  # fmt: skip
    assert desk.standing("keripik") == (19_000, 100_003 + over)
    lots = desk.rows("SELECT received, expires FROM lot ORDER BY ordinal DESC LIMIT 1")
    assert lots == [("2026-06-05", None)]


def count(item: str, counted: Any, place: str = "store") -> Line:
    return on("stock_count", 5, place=place, lines=[{"item": item, "counted": counted}])


def test_goods_found_where_none_stood_are_valued_at_standard_cost(desk: Desk) -> None:
    assert desk.posted(count("daun", 3)) == {}
    assert desk.standing("daun") == (3_000, 0)
    desk.record(on("distribution", 5, lines=[goods("sayur", "10.5")]))
    assert desk.posted(count("sayur", "2.5")) == {"1125": 10_000, "7102": -10_000}


def test_a_count_that_agrees_is_recorded(desk: Desk) -> None:
    entry = desk.entry(count("sayur", "10.500"))
    assert (entry.postings, entry.moves) == ((), ())
    assert entry.number == "BM-2606-0001"


def test_a_count_at_a_shop_moves_the_goods_there(desk: Desk) -> None:
    cost = share(30_000, 2_000, 5_000)
    assert desk.posted(count("keripik", 3, "shop:siti")) == {"5105": cost, "1130": -cost}
    over = near(Fraction((30_000 - cost) * 1_000, 3_000))
    assert desk.posted(count("keripik", 4, "shop:siti")) == {"1130": over, "7102": -over}


def test_an_item_stands_once_in_a_count(desk: Desk) -> None:
    line = on("stock_count", 5, place="store", lines=[{"item": "sayur", "counted": 1}] * 2)
    assert desk.codes(line) == {"item-twice"}


@pytest.mark.parametrize("place", ["gudang", "shop:", "shop:toko", "shop:nobody", "bed:kebun"])
def test_a_place_is_the_store_or_a_shop(desk: Desk, place: str) -> None:
    assert desk.codes(count("sayur", 1, place)) <= {"unknown-place"}
