"""Months closed, their profit shared, and opened again (STREAM.md, month_close)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from kwt_books.domain.access import SHARING
from kwt_books.domain.accounts import TEMPORARY
from kwt_books.domain.documents.closing import MonthClose, task_of
from kwt_books.domain.documents.registry import parse_command
from kwt_books.domain.documents.setup import Group
from kwt_books.domain.values import Month
from tests.domain.conftest import Desk
from tests.domain.examples import GROUP, NEXT, SETUP, SHARES, Line, cost, on


def close(month: str = "2026-06", **more: object) -> Line:
    return {"kind": "month_close", "month": month} | more


def reopen(month: str = "2026-06") -> Line:
    return {"kind": "month_reopen", "month": month, "reason": "Nota terlewat"}


def earn(amount: int, day: int | str = 5) -> Line:
    return on("receipt", day, into="1101", lines=[{"account": "7101", "amount": amount}])


def spend(amount: int, day: int | str = 5) -> Line:
    return on("payment", day, from_="1101", lines=[{"account": "6101", "amount": amount}])


def shared(amount: int, shares: dict[str, int]) -> dict[str, int]:
    """Floors, and a rupiah each to the largest remainders; ties in the order of the keys."""
    parts = {fund: amount * percent // 100 for fund, percent in shares.items()}
    left = amount - sum(parts.values())
    for fund in sorted(shares, key=lambda fund: amount * shares[fund] % 100, reverse=True)[:left]:
        parts[fund] += 1
    return parts


OTHERWISE = {"3202": 40, "3203": 20, "3204": 25, "3201": 15}


def group_of(**more: Any) -> Group:
    made = parse_command(GROUP | more, [])
    assert isinstance(made, Group)
    return made


def test_sharing_profit_otherwise_is_a_task_of_its_own() -> None:
    """Whoever may close a month or set up the group may not do that by the way."""
    standing, without = group_of(), replace(group_of(), allocation=None)
    other = replace(standing, allocation=replace(standing.allocation, shares=OTHERWISE))
    month = MonthClose(month=Month("2026-06"))
    as_ever, otherwise = replace(month, shares=SHARES), replace(month, shares=OTHERWISE)
    for command, group, task in (
        (month, standing, "month_close"), (as_ever, standing, "month_close"),
        (otherwise, standing, SHARING), (otherwise, without, "month_close"),
        (otherwise, None, "month_close"),
        (replace(standing, name="KWT Mawar"), standing, "group"), (other, standing, SHARING),
        (without, standing, SHARING), (other, None, "group"),
    ):  # fmt: skip
        assert task_of(command, group) == task, command


@pytest.mark.parametrize("profit", [1, 2, 3, 99, 100, 101, 1_234_567])
def test_a_profit_is_closed_and_shared(desk: Desk, profit: int) -> None:
    """3301 held 500.000 in credit."""
    desk.record(earn(profit + 40))
    desk.record(spend(40))
    entry = desk.entry(close())
    parts = {fund: -part for fund, part in shared(profit, SHARES).items() if part}
    sums: dict[str, int] = {}
    for posting in entry.postings:
        assert posting.closing
        sums[posting.account] = sums.get(posting.account, 0) + posting.amount
    assert sums == {"7101": profit + 40, "6101": -40, "3301": 0, **parts}
    assert desk.balance("3301") == -500_000
    assert str(entry.date) == "2026-06-30"


def test_every_temporary_account_is_zero_after_its_close(desk: Desk) -> None:
    for kind in ("market_day", "sale", "consignment_settlement", "stock_count", "payment",
                 "depreciation", "distribution", "cash_count", "planting_end"):  # fmt: skip
        desk.record(NEXT[kind][0])
    desk.record(on("payment", 5, from_="1101", lines=[{"account": "8101", "amount": 3}]))
    desk.record(close())
    for account in desk.state.accounts():
        if account.type in TEMPORARY:
            assert desk.balance(account.code) == 0, account


def test_a_loss_is_carried_and_not_shared(desk: Desk) -> None:
    assert desk.posted(spend(700)) == {"6101": 700, "1101": -700}
    assert desk.posted(close()) == {"6101": -700, "3301": 700}


def test_no_more_is_shared_than_the_surplus_holds(desk: Desk) -> None:
    """An earlier loss of 500.300 leaves 300 below zero; a profit of 1.000 leaves 700."""
    desk.record(spend(500_300))
    desk.record(close())
    desk.record(earn(1_000, "2026-07-05"))
    posted = desk.posted(close("2026-07"))
    assert {fund: -posted.get(fund, 0) for fund in SHARES} == shared(700, SHARES)
    assert desk.balance("3301") == 0


def test_nothing_is_shared_where_the_surplus_stays_below_zero(desk: Desk) -> None:
    desk.record(spend(600_000))
    desk.record(close())
    desk.record(earn(1_000, "2026-07-05"))
    assert desk.posted(close("2026-07")) == {"7101": 1_000, "3301": -1_000}


def test_the_surplus_counts_as_it_stands_on_the_months_last_day(desk: Desk) -> None:
    """What is dated later does not; a payment of July took 499.900 of it."""
    take = [{"account": "3301", "amount": 500_100}]
    desk.record(on("payment", "2026-07-01", from_="1101", lines=take))
    desk.record(earn(1_000))
    assert {fund: -desk.posted(close()).get(fund, 0) for fund in ("3202",)} == {"3202": 300}


def test_shares_of_the_close_come_before_the_groups(desk: Desk) -> None:
    desk.record(earn(77_777))
    shares = {"3201": 60, "3204": 40}
    posted = desk.posted(close(shares=shares, decision="BA-6"))
    assert {fund: -posted.get(fund, 0) for fund in shares} == shared(77_777, shares)
    assert "3202" not in posted


def test_ties_go_in_the_order_of_the_keys(desk: Desk) -> None:
    desk.record(earn(2))
    posted = desk.posted(close(shares={"3204": 25, "3203": 25, "3202": 25, "3201": 25}))
    assert {fund: posted.get(fund, 0) for fund in ("3204", "3203", "3202", "3201")} == {
        "3204": -1, "3203": -1, "3202": 0, "3201": 0,
    }  # fmt: skip


@pytest.mark.parametrize("shares", [{"3201": 99}, {"3201": 50, "3202": 51}, {}])
def test_shares_add_up_to_a_hundred(desk: Desk, shares: dict[str, int]) -> None:
    assert desk.codes(close(shares=shares)) == {"shares-not-100"}
    group = NEXT["group"][0]
    allocation = group["allocation"] | {"shares": shares}
    assert desk.codes(group | {"allocation": allocation}) == {"shares-not-100"}


def test_shares_go_to_funds(desk: Desk) -> None:
    for account in ("1101", "6101", "4101"):
        assert desk.codes(close(shares={account: 100})) == {"not-a-fund"}
    assert desk.codes(close(shares={"9999": 100})) == {"unknown-account"}
    desk.record(close(shares={"2111": 100}))


def test_a_profit_without_shares_is_refused(empty_desk: Desk) -> None:
    empty_desk.record(earn(5))
    assert empty_desk.codes(close()) == {"no-shares"}
    assert empty_desk.posted(close(shares={"3201": 100}))["3201"] == -5
    empty_desk.record(spend(5, "2026-07-01"))
    empty_desk.record(close("2026-07"))


def test_a_month_without_anything_can_be_closed(desk: Desk) -> None:
    entry = desk.entry(close())
    assert (entry.postings, entry.number) == ((), "BM-2606-0001")


def test_a_close_takes_all_months_before_it(desk: Desk) -> None:
    desk.record(earn(10))
    desk.record(earn(5, "2026-07-01"))
    assert desk.posted(close("2026-07"))["7101"] == 15
    assert desk.codes(earn(1)) == {"month-closed"}
    assert desk.codes(close("2026-06")) == {"month-closed"}


DATED = [kind for kind in NEXT if "date" in NEXT[kind][-1] and kind != "register"]


@pytest.mark.parametrize("kind", [*DATED, "depreciation", "month_close", "correction"])
def test_nothing_is_recorded_in_a_closed_month(desk: Desk, kind: str) -> None:
    for line in NEXT[kind][:-1]:
        desk.record(line)
    desk.record(close())
    (issue,) = desk.issues(NEXT[kind][-1])
    assert (issue.code, dict(issue.params)) == (
        "month-closed", {"month": "2026-06", "closed": "2026-06"},
    )  # fmt: skip


def test_the_groups_books_are_kept_in_a_closed_month_too(desk: Desk) -> None:
    desk.record(close())
    entry = desk.entry(NEXT["register"][0])
    assert (entry.number, entry.postings, entry.moves) == (None, (), ())


def test_a_paper_can_be_attached_to_a_document_of_a_closed_month(desk: Desk) -> None:
    desk.record(close())
    assert desk.record(NEXT["attachment"][0]).number is None


def test_reopening_negates_the_close_and_opens_its_months(desk: Desk) -> None:
    desk.record(earn(77_777))
    before = {code.code: desk.balance(code.code) for code in desk.state.accounts()}
    closed = desk.entry(close())
    opened = desk.entry(reopen())
    assert [each._replace(amount=-each.amount) for each in opened.postings] == list(closed.postings)
    assert {code.code: desk.balance(code.code) for code in desk.state.accounts()} == before
    assert (str(opened.date), opened.number) == ("2026-06-30", "BM-2606-0002")
    desk.record(earn(3))
    posted = desk.posted(close())
    assert posted["7101"] == 77_780


def test_reopening_opens_what_the_same_close_had_closed(desk: Desk) -> None:
    desk.record(close("2026-06"))
    desk.record(close("2026-09"))
    desk.record(reopen("2026-09"))
    desk.record(earn(5, "2026-07-01"))
    assert desk.codes(earn(5)) == {"month-closed"}
    desk.record(close("2026-07"))
    desk.record(reopen("2026-07"))
    desk.record(reopen("2026-06"))
    desk.record(earn(5))
    desk.record(earn(5, "2026-01-05"))


def test_only_the_last_close_is_undone(desk: Desk) -> None:
    assert desk.codes(reopen()) == {"not-last-close"}
    desk.record(close("2026-06"))
    desk.record(close("2026-07"))
    assert desk.codes(reopen("2026-06")) == {"not-last-close"}
    assert desk.codes(reopen("2026-08")) == {"not-last-close"}
    desk.record(reopen("2026-07"))
    assert desk.codes(reopen("2026-07")) == {"not-last-close"}


def test_a_fund_may_go_below_zero_by_reopening(desk: Desk) -> None:
    desk.record(earn(100_000))
    desk.record(close(shares={"3203": 100}))
    lines = [{"account": "6101", "amount": 100_000}]
    desk.record(on("payment", "2026-07-01", from_="1101", fund="3203", lines=lines))
    desk.record(reopen())
    assert desk.balance("3203") == 100_000


def test_closing_postings_stand_apart_in_the_kept_sums(desk: Desk) -> None:
    desk.record(earn(100))
    desk.record(close())
    desk.record(reopen())
    rows = desk.rows("SELECT closing, debit, credit FROM balance WHERE account = '7101'")
    assert rows == [(0, 0, 100), (1, 100, 100)]


def test_setup_and_costs_do_not_mind_closed_months(desk: Desk) -> None:
    desk.record(close())
    for line in SETUP:
        desk.record(line)
    desk.record(on("tending", "2026-07-01", bed="kebun", costs=[cost(5)]))
    assert desk.rows("SELECT count(*) FROM document WHERE kind = 'tending'") == [(1,)]
