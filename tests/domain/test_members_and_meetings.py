"""Savings, dues, memorials, the yearly meeting, the bank's statement, the group's books."""

from __future__ import annotations

from collections import defaultdict
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kwt_books.domain.errors import InvalidDocument
from kwt_books.store.file import BookFile
from tests.domain.conftest import Desk
from tests.domain.examples import ALSO, NEXT, OPENING, SETUP, Line, goods, item, on
from tests.domain.test_on_its_date import Enough, undo
from tests.domain.test_programmes import fields


def save(amount: int, party: str = "ani", day: int = 5, **more: Any) -> Line:
    lines = [{"party": party, "amount": amount}]
    return on("savings", day, type="voluntary", account="1101", lines=lines) | more


# -- savings ----------------------------------------------------------------------------------


def test_a_member_takes_out_what_she_has_saved_of_that_type(desk: Desk) -> None:
    assert fields(desk, save(-1)) == [("lines.0.amount", "savings-overdrawn")]
    desk.record(save(50_000))
    assert fields(desk, save(-50_001)) == [("lines.0.amount", "savings-overdrawn")]
    assert desk.codes(save(-1, type="mandatory")) == {"savings-overdrawn"}
    assert desk.codes(save(-1, party="budi")) == {"savings-overdrawn"}
    desk.record(save(-50_000, day=1))
    assert desk.state.saved("2106", "ani") == 0


def test_what_bears_no_name_is_nobodys_to_take(desk: Desk) -> None:
    """100.000 of the opening stand on 2106 without a name; a memorial gives them one."""
    (issue,) = desk.issues(save(-40_000))
    assert dict(issue.params) == {
        "account": "2106", "party": "ani", "balance": 0, "total": 40_000,
    }  # fmt: skip
    desk.record(on("memorial", 5, reason="Nama", lines=[
        {"account": "2106", "debit": 40_000},
        {"account": "2106", "credit": 40_000, "party": "ani"}]))  # fmt: skip
    desk.record(save(-40_000))


def test_no_other_document_overdraws_a_member(desk: Desk) -> None:
    saved = desk.record(save(50_000)).number or ""
    line = {"account": "2106", "amount": 50_001}
    paid = on("payment", 5, from_="1101", party="ani", lines=[line])
    assert fields(desk, paid) == [("lines.0.amount", "savings-overdrawn")]
    moved = on("memorial", 5, reason="x", lines=[
        {"account": "3102", "credit": 50_001, "party": "ani"},
        {"account": "2106", "debit": 50_001, "party": "ani"}])  # fmt: skip
    assert fields(desk, moved) == [("lines.1.debit", "savings-overdrawn")]
    desk.record(save(9, party="budi"))
    desk.record(save(-9, party="budi"))
    taken = desk.record(save(-1)).number or ""
    (issue,) = desk.issues(undo(saved, 30))
    assert (issue.field, issue.code) == ("of", "savings-overdrawn")
    assert [each.number for each in issue.params["since"]] == [taken]  # type: ignore[attr-defined]


SAVING = st.builds(
    lambda amounts, kind: on("savings", 5, type=kind, account="1101", lines=[
        {"party": party, "amount": amount} for party, amount in amounts]),
    st.lists(st.tuples(st.sampled_from(["ani", "budi"]),
                       st.integers(-300, 300).filter(bool)), min_size=1, max_size=3),
    st.sampled_from(["principal", "voluntary"]),
)  # fmt: skip


@given(st.lists(SAVING | st.integers(0, 20), max_size=20))
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_member_is_ever_overdrawn(base_path: Path, offered: list[Line | int]) -> None:
    file, numbers = BookFile.open(base_path), []
    with suppress(Enough), closing(file), file.state(write=True) as state:
        desk = Desk(state)
        for each in offered:
            if isinstance(each, int) and each >= len(numbers):
                continue
            line = undo(numbers[each], 20) if isinstance(each, int) else each
            with suppress(InvalidDocument):
                numbers.append(desk.record(line).number or "")
            stands: defaultdict[tuple[str, str], int] = defaultdict(int)
            for account, party, amount in desk.rows(
                "SELECT account, party, -amount FROM posting WHERE party IS NOT NULL"
                " AND account IN ('3101', '3102', '2106')"
            ):
                stands[account, party] += amount
            assert all(amount >= 0 for amount in stands.values()), line
            kept = desk.rows("SELECT account, party, saved FROM saving")
            assert {tuple(row[:2]): row[2] for row in kept} == dict(stands)
        raise Enough


# -- dues -------------------------------------------------------------------------------------


def dues(*months: str, party: str = "rt", **more: Any) -> Line:
    line = {"party": party, "months": list(months), "amount": 5_000 * len(months)}
    return on("dues", 5, account="1103", lines=[line]) | more


def test_dues_are_kept_for_others(desk: Desk) -> None:
    entry = desk.entry(dues("2026-05", "2026-06"))
    assert [tuple(each)[:3] for each in entry.postings] == [
        ("1103", 10_000, None), ("2104", -10_000, "rt"),
    ]  # fmt: skip


def test_a_month_is_paid_once_for_each_who_and_what_for(desk: Desk) -> None:
    number = desk.record(dues("2026-05", "2026-06")).number or ""
    (issue,) = desk.issues(dues("2026-06", "2026-07"))
    assert (issue.field, issue.code) == ("lines.0.months", "month-paid")
    assert dict(issue.params) == {"party": "rt", "month": "2026-06"}
    desk.record(dues("2026-06", party="ani"))
    desk.record(dues("2026-06", **{"for": "2105"}))
    desk.record(undo(number, 6))
    desk.record(dues("2026-06", "2026-07"))


def test_a_month_stands_once_in_a_document(desk: Desk) -> None:
    twice = dues("2026-06")
    twice["lines"] *= 2
    assert fields(desk, twice) == [("lines.1.months", "month-paid")]
    assert fields(desk, dues("2026-06", "2026-06")) == [("lines.0.months.1", "named-twice")]
    assert fields(desk, dues()) == [
        ("lines.0.months", "empty-list"),
        ("lines.0.amount", "not-positive"),
    ]
    assert fields(desk, dues("2026-13")) == [("lines.0.months.0", "bad-month")]


@pytest.mark.parametrize("account", ["1101", "3201", "4101"])
def test_dues_stand_on_a_liability(desk: Desk, account: str) -> None:
    assert fields(desk, dues("2026-06", **{"for": account})) == [("for", "not-for-dues")]


# -- memorial and meeting ---------------------------------------------------------------------


def memorial(*lines: Line) -> Line:
    return on("memorial", 5, reason="Jurnal", lines=list(lines))


def test_a_memorial_posts_as_it_says(desk: Desk) -> None:
    line = memorial({"account": "8101", "debit": 7_550}, {"account": "2108", "credit": 7_550})
    assert desk.posted(line) == {"8101": 7_550, "2108": -7_550}


def test_both_sides_of_a_memorial_are_equal(desk: Desk) -> None:
    line = memorial({"account": "8101", "debit": 7_550}, {"account": "2108", "credit": 7_500})
    (issue,) = desk.issues(line)
    assert (issue.field, issue.code) == ("lines", "memorial-unbalanced")
    assert dict(issue.params) == {"total": 7_550, "received": 7_500, "difference": 50}
    both = memorial({"account": "8101", "debit": 5, "credit": 5})
    neither = memorial({"account": "8101"})
    for each in (both, neither):
        assert fields(desk, each) == [("lines.0.debit", "debit-or-credit")]


@pytest.mark.parametrize(
    "account", ["1101", "1103", "1123", "1129", "1130", "1201", "1211", "1121", "1127"]
)
def test_a_memorial_keeps_off_cash_and_what_is_kept_by_detail(desk: Desk, account: str) -> None:
    line = memorial({"account": "6101", "debit": 5}, {"account": account, "credit": 5})
    assert fields(desk, line) == [("lines.1.account", "not-by-memorial")]


def test_a_memorial_keeps_off_cash_that_the_group_set_up(desk: Desk) -> None:
    desk.record(NEXT["account"][0])
    line = memorial({"account": "6101", "debit": 5}, {"account": "1105", "credit": 5})
    assert desk.codes(line) == {"not-by-memorial"}


def share(amount: int, account: str = "2111", day: int = 5) -> Line:
    lines = [{"account": account, "amount": amount}]
    return on("appropriation", day, decision="BA-RAT", lines=lines)


def test_the_meeting_shares_no_more_than_is_left_on_its_day(desk: Desk) -> None:
    (issue,) = desk.issues(share(500_001))
    assert (issue.field, issue.code) == ("lines", "more-than-surplus")
    assert dict(issue.params) == {"total": 500_001, "balance": 500_000}
    desk.record(on("payment", 20, from_="1101", fund="3201",
                   lines=[{"account": "6101", "amount": 700}]))  # fmt: skip
    assert desk.codes(share(500_001, day=19)) == {"more-than-surplus"}
    assert desk.posted(share(500_700, day=20)) == {"3301": 500_700, "2111": -500_700}
    assert desk.codes(share(1, day=20)) == {"more-than-surplus"}


@pytest.mark.parametrize("account", ["3101", "2110", "3301", "2104", "6101", "1101"])
def test_the_meeting_shares_to_funds_members_and_the_social_fund(desk: Desk, account: str) -> None:
    assert fields(desk, share(5, account)) == [("lines.0.account", "not-appropriated")]


# -- the bank ---------------------------------------------------------------------------------


def reconcile(statement: int, *outstanding: str, day: int = 9, **more: Any) -> Line:
    line = on("bank_reconciliation", day, account="1103", statement=statement)
    return line | ({"outstanding": list(outstanding)} if outstanding else {}) | more


def test_a_statement_agrees_with_what_the_bank_can_know(desk: Desk) -> None:
    desk.record(on("transfer", 8, from_="1101", to="1103", amount=700, id="setor"))
    assert desk.record(reconcile(2_000_000, "setor")).number == "BM-2606-0002"
    desk.record(reconcile(2_000_700))
    desk.record(reconcile(2_000_000, day=7))
    (issue,) = desk.issues(reconcile(2_000_001, "setor"))
    assert (issue.field, issue.code) == ("statement", "statement-differs")
    assert dict(issue.params) == {"counted": 2_000_001, "total": 2_000_000, "difference": 1}


def test_a_statement_may_be_below_zero(desk: Desk) -> None:
    desk.record(on("payment", 8, from_="1103", lines=[{"account": "6101", "amount": 2_000_000}]))
    desk.record(reconcile(0))
    desk.record(on("payment", 8, from_="1103", lines=[{"account": "6101", "amount": 5}]))
    desk.record(reconcile(-5))
    assert desk.rows("SELECT count(*) FROM document WHERE kind = 'bank_reconciliation'") == [(2,)]


@pytest.mark.parametrize("account", ["1101", "1102", "6101", "1111"])
def test_only_banks_send_statements(desk: Desk, account: str) -> None:
    assert fields(desk, reconcile(5) | {"account": account}) == [("account", "not-a-bank")]


def test_what_is_outstanding_is_there_by_then_and_touches_the_account(desk: Desk) -> None:
    desk.record(on("transfer", 10, from_="1101", to="1103", amount=700, id="nanti"))
    assert fields(desk, reconcile(5, "nanti")) == [("outstanding.0", "outstanding-later")]
    assert fields(desk, reconcile(5, "tidak ada")) == [("outstanding.0", "unknown-document")]
    desk.record(on("payment", 8, from_="1101", lines=[{"account": "6101", "amount": 5}], id="lain"))
    assert fields(desk, reconcile(5, "lain")) == [("outstanding.0", "outstanding-elsewhere")]
    number = desk.record(on("transfer", 7, from_="1101", to="1103", amount=9, id="dua")).number
    both = reconcile(2_000_000, "dua", number or "")
    assert fields(desk, both) == [("outstanding.1", "named-twice")]
    assert fields(desk, reconcile(5, "dua", "dua")) == [("outstanding.1", "named-twice")]


def test_what_was_corrected_by_then_is_not_outstanding(desk: Desk) -> None:
    desk.record(on("transfer", 7, from_="1101", to="1103", amount=9, id="dua"))
    desk.record(undo("dua", 9))
    assert fields(desk, reconcile(5, "dua")) == [("outstanding.0", "outstanding-corrected")]
    desk.record(reconcile(2_000_000, "dua", day=8))


def test_a_reconciliation_is_corrected_with_a_number(desk: Desk) -> None:
    number = desk.record(reconcile(2_000_000)).number or ""
    entry = desk.entry(undo(number, 9))
    assert (entry.postings, entry.number) == ((), "BM-2606-0002")


# -- the group's books ------------------------------------------------------------------------

BOOKS = [NEXT["register"][0], *(each[0] for each in ALSO.values() if each[0]["kind"] == "register")]
MAY_BE_MISSING = {"from", "position", "impression", "place", "people", "result", "number", "done",
                  "action"}  # fmt: skip


@pytest.mark.parametrize("line", BOOKS, ids=lambda line: line["book"])
def test_each_book_has_its_own_keys(desk: Desk, line: Line) -> None:
    assert desk.record(line).number is None
    for key in line.keys() - {"kind", "date", "book"}:
        less = {name: value for name, value in line.items() if name != key}
        if key in MAY_BE_MISSING and (line["book"], key) != ("letters", "number"):
            desk.record(less)
        else:
            assert fields(desk, less) == [(key, "missing")]
    foreign = "facility" if line["book"] != "upkeep" else "officer"
    assert fields(desk, line | {foreign: "x"}) == [(foreign, "unknown-key")]


def test_a_line_of_a_book_is_struck_out_with_a_number(desk: Desk) -> None:
    desk.record(NEXT["register"][0] | {"id": "tamu"})
    assert desk.record(undo("tamu", 6)).number == "BM-2606-0001"
    assert desk.codes(undo("tamu", 6)) == {"already-corrected"}


# -- returns ----------------------------------------------------------------------------------


def test_goods_go_back_at_their_cost(desk: Desk) -> None:
    """1.5 of a lot of 3 worth 12.001, and a kilo of vegetables; 10.000 are taken off the debt."""
    desk.record(NEXT["purchase_return"][0])
    line = NEXT["purchase_return"][-1]
    lot, greens = (2 * 12_001 * 1_500 + 3_000) // 6_000, (2 * 41_001 * 1_000 + 10_500) // 21_000
    assert desk.posted(line) == {
        "2101": 10_000, "1122": -lot, "1125": -greens, "7102": lot + greens - 10_000,
    }  # fmt: skip


def test_goods_go_back_from_the_lot_that_is_named(desk: Desk) -> None:
    desk.record(NEXT["purchase_return"][0])
    lines = [goods("pupuk", 4, amount=5, lot="PK-7")]
    line = on("purchase_return", 5, party="toko", lines=lines)
    (issue,) = desk.issues(line)
    assert (issue.field, issue.code) == ("lines.0.qty", "insufficient-stock")
    assert issue.params["available"] == 3_000
    lines[0]["lot"] = "lain"
    assert fields(desk, line) == [("lines.0.lot", "unknown-lot")]
    del line["party"]
    assert ("party", "returned-to-whom") in fields(desk, line)


def test_money_for_goods_sent_back_goes_into_cash(desk: Desk) -> None:
    line = on("purchase_return", 5, into="1101", party="toko", lines=[
        goods("sayur", "10.5", amount=50_000)])  # fmt: skip
    entry = desk.entry(line)
    assert [tuple(each)[:3] for each in entry.postings] == [
        ("1125", -41_001, None), ("1101", 50_000, None), ("7102", -8_999, None),
    ]  # fmt: skip


def test_goods_that_came_back_whole_are_a_lot_of_their_own(desk: Desk) -> None:
    """Two of three are whole; they are worth what the last layer is: 9 for 50.000."""
    line = on("sale_return", 8, party="rt", lines=[goods("keripik", 3, price=9_500, spoiled=1)])
    worth = (2 * 50_000 * 2_000 + 9_000) // 18_000
    assert desk.posted(line) == {"4109": 28_500, "1111": -28_500, "1129": worth, "5102": -worth}
    lots = desk.rows("SELECT received, expires FROM lot ORDER BY ordinal DESC LIMIT 1")
    assert lots == [("2026-06-08", None)]
    assert desk.standing("keripik") == (19_000, 100_003 + worth)


def test_what_is_paid_back_is_no_more_than_it_was_worth(desk: Desk) -> None:
    line = on("sale_return", 8, lines=[goods("keripik", 1)], refund={"1101": 10_000})
    assert fields(desk, line | {"refund": {"1101": 10_001}}) == [("refund", "more-than-returned")]
    (refused,) = desk.issues(line | {"refund": {"1101": 10_001}})
    assert refused.params == {"due": 10_000, "received": 10_001}
    assert fields(desk, line | {"refund": {"1101": 9_999}}) == [("party", "who-is-owed")]
    assert fields(desk, line | {"refund": {"6101": 5}}) == [("refund.6101", "not-cash")]
    desk.record(line)
    spoiled = line | {"lines": [goods("keripik", 1, spoiled="1.001")]}
    assert fields(desk, spoiled) == [("lines.0.spoiled", "more-spoiled-than-returned")]
    unsold = line | {"lines": [goods("tepung", 1, price=5)]}
    assert desk.codes(unsold) == {"not-for-sale"}


def test_all_of_it_may_be_spoiled(desk: Desk) -> None:
    line = on("sale_return", 8, refund={"1101": 10_000}, lines=[goods("keripik", 1, spoiled=1)])
    assert desk.posted(line) == {"4109": 10_000, "1101": -10_000}


# -- openings ---------------------------------------------------------------------------------


@pytest.fixture
def ready(empty_desk: Desk) -> Desk:
    for line in SETUP:
        empty_desk.record(line)
    return empty_desk


def opened(**balances: int) -> Line:
    found = {code.removeprefix("a"): amount for code, amount in balances.items()}
    return on("opening_balance", 1, balances=found)


def test_an_opening_holds_what_a_group_owns_and_owes(ready: Desk) -> None:
    for account in ("4101", "5101", "6101", "7101", "8101"):
        line = on("opening_balance", 1, balances={"1101": 5, account: -5})
        assert fields(ready, line) == [(f"balances.{account}", "not-in-position")]
    assert fields(ready, opened(a1101=5, a3101=-5, a2101=0)) == [("balances.2101", "nil-balance")]


def test_parties_may_leave_a_rest_without_a_name(ready: Desk) -> None:
    line = opened(a1101=100, a2106=-100) | {
        "parties": [{"party": "ani", "account": "2106", "amount": -60}]
    }
    entry = ready.entry(line)
    assert [tuple(each)[:3] for each in entry.postings] == [
        ("1101", 100, None), ("2106", -40, None), ("2106", -60, "ani"),
    ]  # fmt: skip


def test_programmes_make_up_all_of_2110(ready: Desk) -> None:
    line = opened(a1101=100, a2110=-100)
    named = [{"programme": "p2l", "amount": -99}]
    assert fields(ready, line | {"programmes": named}) == [
        ("balances.2110", "opening-programmes-differ")
    ]
    named[0]["amount"] = 100
    assert ("programmes.0.amount", "programme-not-owed") in fields(
        ready, line | {"programmes": named}
    )
    ready.record(line)
    assert ready.state.programme_left("p2l") == 0


def test_an_opening_is_corrected_and_given_anew(ready: Desk) -> None:
    ready.record(OPENING)
    ready.record(on("receipt", 2, into="1101", lines=[{"account": "7101", "amount": 5}]))
    assert ready.codes(OPENING | {"id": "lagi"}) == {"opening-not-first"}
    ready.record(undo("awal", 1))
    assert ready.stock() == {}
    again = OPENING | {"id": "awal-2"}
    ready.record(again)
    assert ready.stock()[("keripik", "store", "K1")] == (9_000, 50_000)
    ready.record(undo("awal-2", 1))
    ready.record(opened(a1101=5, a3101=-5))


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (on("distribution", 5, lines=[goods("sayur", 1)]), "stock-used"),
        (on("tending", 5, bed="kebun", costs=[{"label": "x", "amount": 5, "from": "1101"}]),
         "built-upon"),
        ({"kind": "depreciation", "month": "2026-06"}, "asset-used"),
        (on("payment", 5, from_="1101", programme="p2l",
            lines=[{"account": "6101", "amount": 5}]), "programme-overdrawn"),
    ],
)  # fmt: skip
def test_an_opening_stands_once_something_was_built_on_it(
    ready: Desk, line: Line, code: str
) -> None:
    ready.record(OPENING)
    number = ready.record(line).number or ""
    assert code in ready.codes(undo("awal", 30))
    ready.record(undo(number, 30))
    ready.record(undo("awal", 30))


def test_an_opening_stands_once_a_month_was_closed(ready: Desk) -> None:
    ready.record(OPENING)
    ready.record({"kind": "month_close", "month": "2026-06"})
    ready.record({"kind": "month_reopen", "month": "2026-06", "reason": "x"})
    assert fields(ready, undo("awal", 30)) == [("of", "opening-closed")]


def test_a_new_opening_brings_no_plants_that_stand_already(ready: Desk) -> None:
    ready.record(OPENING)
    ready.record(undo("awal", 1))
    ready.record(on("tending", 2, bed="kebun", costs=[{"label": "x", "amount": 5, "from": "1101"}]))
    assert fields(ready, OPENING | {"id": "awal-2"}) == [("beds", "named-twice")]


def test_members_that_owe_savings_open_no_book(ready: Desk) -> None:
    line = opened(a2106=100, a3101=-100) | {
        "parties": [{"party": "ani", "account": "2106", "amount": 100}]
    }
    assert fields(ready, line) == [("parties.0.amount", "savings-overdrawn")]


# -- setup ------------------------------------------------------------------------------------


def test_a_plan_of_a_year_is_replaced(desk: Desk) -> None:
    plan = NEXT["budget"][0]
    desk.record(plan)
    desk.record(plan | {"decision": "BA-3"})
    assert len(desk.rows("SELECT * FROM setup WHERE kind = 'budget'")) == 1
    for year in (1999, 2100, "2027", 20.5):
        assert desk.codes(plan | {"year": year}) == {"bad-year"}


def test_a_group_given_again_is_whole(desk: Desk) -> None:
    group = NEXT["group"][0]
    assert desk.codes(group | {"village_kind": "kampung"}) == {"not-a-choice"}
    desk.record({key: value for key, value in group.items() if key != "allocation"})
    assert desk.state.group is not None
    assert desk.state.group.allocation is None
    assert desk.codes(on("payment", 5, from_="1101", fund="2111",
                         lines=[{"account": "6101", "amount": 5}])) == {"not-a-fund"}  # fmt: skip


def test_a_name_is_free_once_all_that_moved_its_lot_is_corrected(desk: Desk) -> None:
    line = on("purchase", 5, paid_from="1101", lines=[goods("daun", 4, amount=8_000, lot="D1")])
    bought = desk.record(line).number or ""
    used = desk.record(on("distribution", 6, lines=[goods("daun", 4)])).number or ""
    assert desk.codes(line) == {"lot-exists"}, "used up, and its name is still its own"
    desk.record(undo(used, 7))
    assert desk.codes(line) == {"lot-exists"}
    desk.record(undo(bought, 8))
    desk.record(line | {"date": "2026-06-09"})
    assert desk.standing("daun") == (4_000, 8_000)
    desk.record(item("daun", "produce"))
    entry = desk.entry(on("distribution", 9, lines=[goods("daun", 4)]))
    assert [move.lot for move in entry.moves] == ["D1"]
