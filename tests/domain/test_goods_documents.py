"""Bought, made, taken and given away (STREAM.md, stock and documents)."""

from __future__ import annotations

import json
from dataclasses import replace
from fractions import Fraction
from math import floor

import pytest

from kwt_books.domain.documents.buying import Grant
from kwt_books.services.stream import parse_entry
from tests.domain.conftest import Desk
from tests.domain.examples import NEXT, Line, goods, on


def near(value: Fraction) -> int:
    """The nearest whole, halves up."""
    return floor(value + Fraction(1, 2))


def share(value: int, part: int, whole: int) -> int:
    return near(Fraction(value * part, whole))


def less(line: Line, *keys: str) -> Line:
    return {key: value for key, value in line.items() if key not in keys}


# -- purchases, grants, goods given away -------------------------------------------------------


def test_a_purchase_makes_a_lot_of_each_line(desk: Desk) -> None:
    entry = desk.entry(NEXT["purchase"][0])
    assert [each[:3] for each in entry.postings] == [
        ("1126", 60_001, None), ("1122", 12_000, None), ("1101", -72_001, None),
        ("3202", 50_000, None), ("3301", -50_000, None),
    ]  # fmt: skip
    named = [key for key in desk.stock() if key[:2] == ("pupuk", "store")]
    assert ("pupuk", "store", "PK-6") in named
    assert desk.stock()[("pupuk", "store", "PK-6")] == (2_500, 12_000)
    lots = desk.rows("SELECT received, expires FROM lot WHERE name = 'PK-6'")
    assert lots == [("2026-06-05", "2027-06-01")]
    assert desk.standing("tepung") == (9_000, 130_001)


def test_what_is_not_paid_is_owed_to_the_party(desk: Desk) -> None:
    line = less(NEXT["purchase"][0], "paid_from", "fund")
    entry = desk.entry(line)
    assert entry.postings[-1][:3] == ("2101", -72_001, "toko")
    assert entry.number == "BM-2606-0001"
    assert desk.codes(less(line, "party")) == {"paid-or-owed"}


def test_a_party_beside_paid_from_only_says_who(desk: Desk) -> None:
    entry = desk.entry(NEXT["purchase"][0])
    assert all(each.party is None for each in entry.postings)


@pytest.mark.parametrize(
    ("item", "account"),
    [("benih", "1121"), ("pupuk", "1122"), ("bibit", "1124"), ("sayur", "1125"),
     ("tepung", "1126"), ("plastik", "1127"), ("keripik", "1129")],
)  # fmt: skip
def test_goods_sit_on_the_account_of_their_class(desk: Desk, item: str, account: str) -> None:
    line = on("purchase", 5, paid_from="1101", lines=[goods(item, 1, amount=777)])
    assert desk.posted(line) == {account: 777, "1101": -777}


@pytest.mark.parametrize("kind", ["purchase", "grant", "production"])
def test_a_name_that_the_item_already_has_is_refused(desk: Desk, kind: str) -> None:
    lines: dict[str, Line] = {
        "purchase": on("purchase", 5, paid_from="1101",
                       lines=[goods("keripik", 1, amount=5, lot="K1")]),
        "grant": on("grant", 5, account="3104", items=[goods("keripik", 1, value=0, lot="K1")]),
        "production": on("production", 5, item="keripik", qty=1, inputs=[goods("tepung", 1)],
                         lot="K1"),
    }  # fmt: skip
    assert desk.codes(lines[kind]) == {"lot-exists"}
    twice = on("purchase", 5, paid_from="1101", lines=[goods("pupuk", 1, amount=5, lot="X")] * 2)
    assert desk.codes(twice) == {"lot-exists"}
    other = goods("tepung", 1, amount=5, lot="K1")
    desk.record(on("purchase", 5, paid_from="1101", lines=[other]))


def test_a_used_up_lot_keeps_its_name(desk: Desk) -> None:
    desk.record(on("distribution", 5, lines=[goods("keripik", 17)]))
    line = on("purchase", 5, paid_from="1101", lines=[goods("keripik", 1, amount=5, lot="K2")])
    assert desk.codes(line) == {"lot-exists"}


def test_a_grant_debits_what_was_given_and_credits_its_account(desk: Desk) -> None:
    entry = desk.entry(NEXT["grant"][0])
    assert [each[:3] for each in entry.postings] == [
        ("1103", 500_000, None), ("1121", 7_500, None), ("1202", 90_000, None),
        ("3104", -597_500, "dinas"),
    ]  # fmt: skip
    assert desk.stock()[("benih", "store", "HB-1")] == (50_000, 7_500)


@pytest.mark.parametrize("account", ["3104", "4201"])
def test_a_grant_goes_where_the_policy_says(desk: Desk, account: str) -> None:
    line = on("grant", 5, account=account, cash={"into": "1101", "amount": 9})
    assert desk.posted(line) == {"1101": 9, account: -9}


def test_a_grant_is_worth_all_that_came() -> None:
    command, _ = parse_entry(json.dumps(NEXT["grant"][0]).encode())
    assert isinstance(command, Grant)
    assert command.worth == 500_000 + 7_500 + 90_000
    assert replace(command, cash=None).worth == 97_500


def test_a_gift_at_nil_value_moves_goods_and_posts_nothing(desk: Desk) -> None:
    before = desk.standing("bibit")
    line = on("grant", 5, account="3104", items=[goods("bibit", 100, value=0)])
    entry = desk.entry(line)
    assert (entry.postings, entry.number) == ((), "BM-2606-0001")
    assert desk.standing("bibit") == (before[0] + 100_000, before[1])
    assert desk.codes(on("grant", 5, account="3104")) == {"records-nothing"}
    assert desk.codes(on("grant", 5, account="3104", items=[])) == {"records-nothing"}


def test_goods_shared_out_are_an_expense(desk: Desk) -> None:
    value = share(41_001, 2_000, 10_500)
    assert desk.posted(NEXT["distribution"][0]) == {"6111": value, "1125": -value}


# -- taking -----------------------------------------------------------------------------------


def test_goods_are_taken_by_expiry_then_receipt_then_age(desk: Desk) -> None:
    """K2 expires before K1; without expiry is last; same expiry: received first."""
    for day, lot, expires in ((9, "A", "2026-07-15"), (8, "B", "2026-07-15"), (8, "C", None),
                              (7, "D", None), (8, "E", "2026-07-15")):  # fmt: skip
        line = goods("keripik", 1, amount=1_000, lot=lot)
        more = {"expires": expires} if expires else {}
        desk.record(on("purchase", day, paid_from="1101", lines=[line | more]))
    entry = desk.entry(on("distribution", 9, lines=[goods("keripik", 22)]))
    assert [move.lot for move in entry.moves] == ["K2", "B", "E", "A", "K1", "D", "C"]


@pytest.mark.parametrize("taken", [1, 333, 1_000, 7_999, 8_000, 8_001, 12_345, 17_000])
def test_what_is_taken_costs_its_share_of_each_layer(desk: Desk, taken: int) -> None:
    """Layers of 8 worth 50.003 and 9 worth 50.000."""
    first = min(taken, 8_000)
    cost = share(50_003, first, 8_000) + share(50_000, taken - first, 9_000)
    quantity = f"{taken // 1000}.{taken % 1000:03}"
    line = on("distribution", 5, lines=[goods("keripik", quantity)])
    assert desk.posted(line) == {"6111": cost, "1129": -cost}
    assert desk.standing("keripik") == (17_000 - taken, 100_003 - cost)


def test_the_last_of_a_layer_takes_all_that_is_left_of_its_value(desk: Desk) -> None:
    costs = [
        -desk.entry(on("distribution", 5, lines=[goods("sayur", part)])).moves[0].value
        for part in ("3.333", "3.333", "3.333", "0.501")
    ]
    assert sum(costs) == 41_001
    assert desk.standing("sayur") == (0, 0)


def test_lines_of_one_item_are_taken_one_after_the_other(desk: Desk) -> None:
    lines = [goods("sayur", "0.333"), goods("sayur", "0.333"), goods("sayur", 9)]
    entry = desk.entry(on("distribution", 5, lines=lines))
    left, values = (10_500, 41_001), []
    for part in (333, 333, 9_000):
        cost = share(left[1], part, left[0])
        left = (left[0] - part, left[1] - cost)
        values.append(-cost)
    assert [move.value for move in entry.moves] == values
    assert desk.codes(on("distribution", 5, lines=[goods("sayur", "0.5")] * 2)) == {
        "insufficient-stock"
    }


def test_more_than_stands_is_refused_with_what_there_is(desk: Desk) -> None:
    (issue,) = desk.issues(on("distribution", 5, lines=[goods("sayur", "10.501")]))
    assert (issue.field, issue.code, dict(issue.params)) == (
        "lines.0.qty",
        "insufficient-stock",
        {"item": "sayur", "place": "store", "wanted": 10_501, "available": 10_500},
    )
    both = [goods("sayur", 50), goods("tepung", 50)]
    assert [x.field for x in desk.issues(on("distribution", 5, lines=both))] == [
        "lines.0.qty", "lines.1.qty",
    ]  # fmt: skip


def test_goods_received_later_in_date_are_not_there_yet(desk: Desk) -> None:
    line = on("purchase", 20, paid_from="1101", lines=[goods("daun", 2, amount=900)])
    desk.record(line)
    (issue,) = desk.issues(on("distribution", 19, lines=[goods("daun", 2)]))
    assert (issue.code, issue.params["available"]) == ("insufficient-stock", 0)
    assert desk.posted(on("distribution", 20, lines=[goods("daun", 2)]))["6111"] == 900


# -- production -------------------------------------------------------------------------------


def test_production_gathers_what_it_used(desk: Desk) -> None:
    tepung, sayur = share(70_000, 2_500, 5_000), share(41_001, 6_000, 10_500)
    plastik = share(8_000, 38_000, 80_000)
    total = tepung + sayur + plastik + 48_000
    assert desk.posted(NEXT["production"][0]) == {
        "1129": total, "1126": -tepung, "1125": -sayur, "1127": -plastik, "1101": -18_000,
        "1103": -30_000,
    }  # fmt: skip
    assert desk.stock()[("keripik", "store", "K3")] == (38_000, total)


@pytest.mark.parametrize(
    ("item", "given", "expires"),
    [("keripik", None, "2026-08-19"), ("keripik", "2026-06-30", "2026-06-30"),
     ("sambal", None, None), ("sambal", "2026-06-30", "2026-06-30")],
)  # fmt: skip
def test_what_is_made_expires_by_its_shelf_life(
    desk: Desk, item: str, given: str | None, expires: str | None
) -> None:
    line = on("production", 5, item=item, qty=1, lot="X", inputs=[goods("tepung", 1)])
    desk.record(line | ({"expires": given} if given else {}))
    assert desk.rows(f"SELECT expires FROM lot WHERE item = '{item}' AND name = 'X'") == [
        (expires,)
    ]


def test_shelf_life_makes_an_expiry_in_production_alone(desk: Desk) -> None:
    desk.record(on("purchase", 5, paid_from="1101", lines=[goods("keripik", 1, amount=1, lot="X")]))
    assert desk.rows("SELECT expires FROM lot WHERE name = 'X'") == [(None,)]


def test_only_finished_goods_are_made(desk: Desk) -> None:
    line = on("production", 5, item="sayur", qty=1, inputs=[goods("tepung", 1)])
    assert desk.codes(line) == {"wrong-class"}


def test_lots_without_a_name_are_called_by_their_day_and_place_in_the_chain(desk: Desk) -> None:
    """Three of one item in one purchase are told apart, and from one that bears such a name."""
    place = desk.state.next_sequence
    taken = goods("pupuk", 1, amount=1_000, lot=f"260605-{place}-3")
    unnamed = [goods("pupuk", 1, amount=1_000) for _ in range(3)]
    other = goods("benih", 1, amount=1_000)
    desk.record(on("purchase", 5, paid_from="1101", lines=[taken, *unnamed, other]))
    made = [lot for item, _, lot in desk.stock() if item == "pupuk" and str(place) in lot]
    stem = f"260605-{place}"
    assert sorted(made) == [stem, f"{stem}-2", f"{stem}-3", f"{stem}-4"]
    assert ("benih", "store", stem) in desk.stock()
