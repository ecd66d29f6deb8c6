"""The opening balance and the setup lines (STREAM.md)."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest

from kwt_books.domain.documents.correction import LARGEST_FILE
from kwt_books.services.stream import MAX_LINE
from tests.domain.conftest import Desk
from tests.domain.examples import GROUP, NEXT, OPENING, SETUP, Line, cost, goods, item, on, party


@pytest.fixture
def ready(empty_desk: Desk) -> Desk:
    """A book that is set up and has no documents."""
    for line in SETUP:
        empty_desk.record(line)
    return empty_desk


def opening(**changes: Any) -> Line:
    return copy.deepcopy(OPENING) | changes


def balanced(balances: dict[str, int], **details: Any) -> Line:
    """An opening of these balances, 3104 making up for them."""
    total = sum(balances.values())
    line = on("opening_balance", 1, balances=balances | ({"3104": -total} if total else {}))
    return line | details


def test_the_opening_posts_its_balances_and_keeps_their_detail(ready: Desk) -> None:
    entry = ready.entry(OPENING)
    posted = {each.account: each.amount for each in entry.postings}
    assert posted == OPENING["balances"]
    assert [each.party for each in entry.postings if each.account == "1112"] == ["siti"]
    assert (entry.number, str(entry.date)) == ("BKM-2606-0001", "2026-06-01")
    assert ready.standing("sayur") == (10_500, 41_001)
    assert ready.standing("keripik", "shop:siti") == (5_000, 30_000)
    bed, batch = ready.state.growing("bed:kebun"), ready.state.growing("batch:SM-1")
    assert bed is not None
    assert batch is not None
    assert (bed.value, batch.quantity, batch.value) == (200_000, 130_000, 130_000)
    asset = ready.state.asset("RB-1")
    assert asset is not None
    assert (asset.cost, asset.accumulated, str(asset.acquired)) == (
        6_000_000, 1_000_000, "2025-01-20",
    )  # fmt: skip


def test_an_empty_opening_is_recorded(ready: Desk) -> None:
    assert ready.entry(balanced({})).postings == ()


def test_balances_add_to_zero(ready: Desk) -> None:
    line = opening()
    line["balances"]["1101"] += 1
    (issue,) = ready.issues(line)
    assert (issue.code, dict(issue.params)) == ("opening-unbalanced", {"total": 1})


@pytest.mark.parametrize(
    "account", ["1121", "1122", "1123", "1124", "1129", "1130", "1201", "1211"]
)
@pytest.mark.parametrize("change", [1, -1])
def test_what_is_kept_by_detail_equals_it(ready: Desk, account: str, change: int) -> None:
    line = opening()
    line["balances"][account] += change
    line["balances"]["3104"] -= change
    assert {x.field for x in ready.issues(line)} == {f"balances.{account}"}
    assert ready.codes(line) == {"opening-detail-differs"}


@pytest.mark.parametrize("part", ["stock", "beds", "batches", "assets"])
def test_a_detail_left_out_is_missed(ready: Desk, part: str) -> None:
    assert ready.codes(opening(**{part: []})) == {"opening-detail-differs"}


def test_parties_add_to_the_balance_of_their_account(ready: Desk) -> None:
    line = opening()
    line["parties"].append({"party": "joko", "account": "1112", "amount": 1})
    assert ready.codes(line) == {"opening-parties-differ"}
    line["parties"][-1]["amount"] = -1
    assert ready.codes(line) == {"party-on-other-side"}
    line["parties"][-1]["amount"] = 1
    line["balances"] |= {"1112": 50_001, "1101": 999_999}
    line["parties"] += [{"party": "ani", "account": "2106", "amount": -60_000},
                        {"party": "budi", "account": "2106", "amount": -40_000}]  # fmt: skip
    entry = ready.entry(line)
    by_party = {(x.account, x.party): x.amount for x in entry.postings if x.party}
    assert by_party == {("1112", "siti"): 50_000, ("1112", "joko"): 1,
                        ("2106", "ani"): -60_000, ("2106", "budi"): -40_000}  # fmt: skip


def test_an_opening_is_the_first_document_and_stands_once(ready: Desk) -> None:
    ready.record(balanced({}))
    assert ready.codes(opening()) == {"opening-not-first"}


def test_an_opening_after_another_document_is_refused(ready: Desk) -> None:
    ready.record(on("receipt", 1, into="1101", lines=[{"account": "7101", "amount": 5}]))
    assert ready.codes(opening()) == {"opening-not-first"}


def stock(**more: Any) -> Line:
    return goods("keripik", 1, value=10, lot="K1", expires="2026-08-01") | more


def test_one_lot_may_stand_at_several_places_once_at_each(ready: Desk) -> None:
    places = [stock(), stock(place="shop:siti"), stock(place="shop:joko")]
    ready.record(balanced({"1129": 10, "1130": 20}, stock=places))
    assert ready.rows("SELECT count(*) FROM lot") == [(1,)]
    assert len(ready.stock()) == 3


def test_one_lot_twice_at_a_place_is_refused(ready: Desk) -> None:
    line = balanced({"1129": 20}, stock=[stock(), stock()])
    assert ready.codes(line) == {"lot-exists"}
    differs = [stock(), stock(place="shop:siti", expires="2026-09-01")]
    assert ready.codes(balanced({"1129": 10, "1130": 10}, stock=differs)) == {"lot-differs"}


@pytest.mark.parametrize(
    ("field", "line"),
    [
        ("beds", {"bed": "a", "value": 5}),
        ("batches", {"batch": "a", "item": "bibit", "qty": 1, "value": 5}),
    ],
)
def test_beds_and_batches_are_named_once(ready: Desk, field: str, line: Line) -> None:
    issues = ready.issues(balanced({"1123": 10}, **{field: [line] * 2}))
    assert [(each.field, each.code) for each in issues] == [(field, "named-twice")]


def test_an_asset_is_written_off_by_no_more_than_its_cost(ready: Desk) -> None:
    line = opening()
    line["assets"][0]["accumulated"] = 6_000_001
    line["balances"] |= {"1211": -6_000_001, "3104": line["balances"]["3104"] + 5_000_001}
    assert ready.codes(line) == {"more-than-cost"}


# -- setup ------------------------------------------------------------------------------------


def test_setup_lines_are_sealed_without_a_number(empty_desk: Desk) -> None:
    heads = set()
    for line in (*SETUP, *(NEXT[kind][-1] for kind in ("account", "item", "party", "recipe"))):
        recorded = empty_desk.record(line)
        assert recorded.number is None
        heads.add(recorded.hash)
    assert len(heads) == len(SETUP) + 4
    assert empty_desk.state.next_sequence == len(heads) + 1


def test_giving_a_setup_line_again_changes_it(desk: Desk) -> None:
    desk.record(GROUP | {"chair": "Wati"})
    desk.record(party("siti", "shop", phone="0812"))
    assert desk.state.group is not None
    assert desk.state.group.chair == "Wati"
    siti = desk.state.party("siti")
    assert siti is not None
    assert siti.phone == "0812"


def test_an_account_is_renamed_and_keeps_its_type(desk: Desk) -> None:
    name = {"name": "Kas Bendahara", "name_en": "Cash"}
    account = {"kind": "account", "code": "1101", "type": "asset", "normal": "debit"} | name
    desk.record(account)
    known = desk.state.account("1101")
    assert known is not None
    assert (known.name, known.cash) == ("Kas Bendahara", True)
    for change in ({"type": "expense"}, {"normal": "credit"}):
        assert desk.codes(account | change) == {"account-in-use"}


@pytest.mark.parametrize("code", ["1111", "1123", "1129", "2101", "3301", "5105", "6109", "7202"])
def test_accounts_that_documents_post_to_keep_their_type(empty_desk: Desk, code: str) -> None:
    account = {"kind": "account", "code": code, "name": "X", "name_en": "X", "type": "tax",
               "normal": "debit"}  # fmt: skip
    assert empty_desk.codes(account) == {"account-in-use"}


def test_an_account_of_ones_own_changes_as_long_as_it_is_unused(desk: Desk) -> None:
    account = {"kind": "account", "code": "6120", "name": "Pelatihan", "name_en": "Training",
               "type": "expense", "normal": "debit"}  # fmt: skip
    desk.record(account)
    desk.record(account | {"type": "asset", "cash": True})
    desk.record(account)
    desk.record(on("payment", 5, from_="1101", lines=[{"account": "6120", "amount": 5}]))
    assert desk.codes(account | {"type": "asset"}) == {"account-in-use"}
    assert desk.codes(account | {"type": "asset", "cash": True}) == {"account-in-use"}
    desk.record(account | {"name": "Pelatihan anggota"})


@pytest.mark.parametrize("code", ["1129", "1123", "1130", "1201"])
def test_goods_plants_and_assets_are_no_cash(desk: Desk, code: str) -> None:
    account = {"kind": "account", "code": code, "name": "X", "name_en": "X", "type": "asset",
               "normal": "debit", "cash": True}  # fmt: skip
    assert "cash-not-asset" in desk.codes(account)


def test_cash_is_an_asset(desk: Desk) -> None:
    account = NEXT["account"][0] | {"type": "liability", "normal": "credit"}
    assert desk.codes(account) == {"cash-not-asset"}


def test_a_finished_item_names_both_accounts(desk: Desk) -> None:
    for accounts in ({}, {"sales_account": "4102"}, {"cost_account": "5102"}):
        assert desk.codes(item("kue", "finished", **accounts)) == {"finished-needs-accounts"}


NAMED = {
    "4106": item("jahe", "produce", sales_account="4106"),
    "5106": item("jahe", "produce", cost_account="5106"),
    "3205": GROUP | {"allocation": GROUP["allocation"] | {"shares": {"3205": 100}}},
}


@pytest.mark.parametrize("code", NAMED)
def test_an_account_that_goods_or_shares_name_keeps_its_type(desk: Desk, code: str) -> None:
    fitting = {"4": ("income", "credit"), "5": ("cost", "debit"), "3": ("equity", "credit")}
    kind, normal = fitting[code[0]]
    account = {"kind": "account", "code": code, "name": "X", "name_en": "X", "type": kind,
               "normal": normal}  # fmt: skip
    other = account | {"type": "expense", "normal": "debit"}
    desk.record(account)
    desk.record(other)
    desk.record(account)
    desk.record(NAMED[code])
    assert desk.codes(other) == {"account-in-use"}
    desk.record(account | {"name": "Y"})
    desk.record(GROUP if code == "3205" else item("jahe", "produce"))
    desk.record(other)


@pytest.mark.parametrize("key", ["sales_account", "cost_account"])
def test_items_are_sold_to_income_at_a_cost(desk: Desk, key: str) -> None:
    code = "not-income" if key == "sales_account" else "not-a-cost"
    for account in ("1129", "6101", "5101" if key == "sales_account" else "4101"):
        assert desk.codes(item("jahe", "produce", **{key: account})) == {code}


def test_an_items_class_is_fixed_once_it_had_a_lot_or_grew(desk: Desk) -> None:
    assert desk.codes(item("sayur", "seed")) == {"item-in-use"}
    desk.record(item("daun", "seed"))
    desk.record(item("jahe", "seedling"))
    desk.record(on("sowing", 5, batch="J", item="jahe", qty=5))
    assert desk.codes(item("jahe", "seed")) == {"item-in-use"}
    desk.record(item("sayur", "produce", price=1))


def test_a_shop_with_goods_stays_a_shop(desk: Desk) -> None:
    assert desk.codes(party("siti", "member")) == {"shop-holds-goods"}
    desk.record(party("joko", "member"))
    desk.record(party("siti", "shop", address="Pasar"))


def test_a_recipe_is_of_items_that_are_set_up(desk: Desk) -> None:
    recipe = NEXT["recipe"][0]
    assert desk.codes(recipe | {"output": "kue"}) == {"unknown-item"}
    assert desk.codes(recipe | {"inputs": [goods("kue", 1)]}) == {"unknown-item"}
    desk.record(recipe | {"output": "sayur"})


def test_setup_stands_before_its_first_use(empty_desk: Desk) -> None:
    line = on("sale", 5, lines=[goods("sayur", 1)], party="rt")
    assert empty_desk.codes(line) == {"unknown-item", "unknown-party"}
    assert empty_desk.codes(GROUP | {"allocation": GROUP["allocation"] | {"shares": {"3205": 100}}})


def test_attachments_name_a_document_and_their_bytes(desk: Desk) -> None:
    line = NEXT["attachment"][0]
    assert desk.codes(line | {"of": "tidak ada"}) == {"unknown-document"}
    assert desk.codes(line | {"sha256": "0" * 64}) == {"digest-differs"}
    assert desk.codes(line | {"sha256": "0" * 63}) == {"bad-digest"}
    assert desk.codes(line | {"sha256": line["sha256"].upper()}) == {"bad-digest"}
    assert desk.codes(line | {"data": "***"}) == {"bad-base64"}
    desk.record(line)
    desk.record({key: value for key, value in line.items() if key != "data"})
    assert desk.codes(line | {"date": "2026-06-05"}) == {"unknown-key"}
    assert desk.rows("SELECT data FROM attachment") == [(b"nota",)]
    assert "data" not in json.loads(desk.rows("SELECT payload FROM document ORDER BY 1 DESC")[0][0])
    desk.record(line | {"of": "BKM-2606-0001"})


def test_an_attachment_is_no_larger_than_a_line_of_a_stream_can_carry(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert LARGEST_FILE * 4 / 3 + 100_000 < MAX_LINE, "what is recorded can be exported and read"
    monkeypatch.setattr("kwt_books.domain.documents.correction.LARGEST_FILE", 3)
    assert desk.codes(NEXT["attachment"][0]) == {"file-too-large"}


def test_a_document_without_effect_is_refused(desk: Desk) -> None:
    """Except those that the manual lists."""
    assert desk.codes(on("tending", 5, batch="SM-1", costs=[])) == {"records-nothing"}
    with_fund = on("tending", 5, batch="SM-1", costs=[cost(5)])
    desk.record(with_fund)
