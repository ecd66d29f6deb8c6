"""Fixed assets (STREAM.md, documents)."""

from __future__ import annotations

import pytest

from kwt_books.domain.posting import Asset
from tests.domain.conftest import Desk
from tests.domain.examples import NEXT, Line, on
from tests.domain.test_goods_documents import less, share


def depreciate(month: str) -> Line:
    return {"kind": "depreciation", "month": month}


def asset(desk: Desk, code: str) -> Asset:
    found = desk.state.asset(code)
    assert found is not None
    return found


def test_an_acquisition_debits_its_account_and_releases_the_fund(desk: Desk) -> None:
    entry = desk.entry(NEXT["asset_acquisition"][0])
    assert [each[:3] for each in entry.postings] == [
        ("1203", 600_000, None), ("1103", -600_000, None), ("3201", 200_000, None),
        ("3105", -200_000, None),
    ]  # fmt: skip


def test_an_asset_can_be_owed(desk: Desk) -> None:
    line = less(NEXT["asset_acquisition"][0], "paid_from", "fund")
    assert desk.entry(line).postings[-1][:3] == ("2101", -600_000, "toko")
    assert desk.codes(less(line, "party") | {"code": "BL-2"}) == {"paid-or-owed"}


@pytest.mark.parametrize("account", ["1101", "1205", "1211", "6101"])
def test_fixed_assets_have_four_accounts(desk: Desk, account: str) -> None:
    line = NEXT["asset_acquisition"][0] | {"account": account}
    assert desk.codes(line) == {"not-a-choice"}


def test_a_code_belongs_to_one_asset_at_a_time(desk: Desk) -> None:
    line = NEXT["asset_acquisition"][0] | {"code": "RB-1"}
    assert desk.codes(line) == {"asset-exists"}
    desk.record(on("asset_disposal", 5, code="RB-1"))
    desk.record(line)
    assert asset(desk, "RB-1").cost == 600_000
    twice = [{"code": "X", "name": "X", "account": "1202", "cost": 5, "life_months": 5}] * 2
    assert desk.codes(on("grant", 5, account="3104", assets=twice)) == {"asset-exists"}


@pytest.mark.parametrize(
    ("account", "accumulated"),
    [("1201", "1211"), ("1202", "1212"), ("1203", "1213"), ("1204", "1214")],
)
def test_each_account_is_written_off_on_its_own(desk: Desk, account: str, accumulated: str) -> None:
    desk.record(depreciate("2026-06"))
    desk.record(NEXT["asset_acquisition"][0] | {"account": account, "life_months": 7})
    due = share(600_000, 1, 7)
    assert desk.posted(depreciate("2026-06")) == {"6109": due, accumulated: -due}


def test_depreciation_is_straight_line_from_the_month_of_acquisition(desk: Desk) -> None:
    """RB-1: 6.000.000 over 60 months from January 2025; 1.000.000 is written off already."""
    desk.record(NEXT["asset_acquisition"][0] | {"cost": 1_000_001, "life_months": 3})
    written = 1_000_000
    for months, month in enumerate(("2026-06", "2026-07", "2026-08", "2026-09"), start=1):
        house = share(6_000_000, 17 + months, 60) - written
        written += house
        blender = share(1_000_001, months, 3) - share(1_000_001, months - 1, 3)
        posted = desk.posted(depreciate(month))
        expected = {"6109": house + blender, "1211": -house, "1213": -blender}
        if months == 4:
            expected = {"6109": house, "1211": -house}
        assert posted == expected
    assert asset(desk, "BL-1").accumulated == 1_000_001


def test_months_that_were_left_out_are_caught_up(desk: Desk) -> None:
    due = share(6_000_000, 24, 60) - 1_000_000
    entry = desk.entry(depreciate("2026-12"))
    assert {each.account: each.amount for each in entry.postings} == {"6109": due, "1211": -due}
    assert str(entry.date) == "2026-12-31"
    assert entry.number == "BM-2612-0001"


def test_depreciation_is_never_below_zero_nor_above_cost(desk: Desk) -> None:
    desk.record(depreciate("2026-12"))
    assert desk.posted(depreciate("2026-06")) == {}
    assert desk.posted(depreciate("2024-12")) == {}
    desk.record(depreciate("2099-12"))
    assert asset(desk, "RB-1").accumulated == 6_000_000
    assert desk.posted(depreciate("2099-12")) == {}


@pytest.mark.parametrize("received", [0, 1, 4_999_999, 5_000_000, 5_000_001, 9_000_000])
def test_a_disposal_books_the_difference(desk: Desk, received: int) -> None:
    line = on("asset_disposal", 5, code="RB-1", received={"1101": received})
    difference = 5_000_000 - received
    expected = {"1211": 1_000_000, "1201": -6_000_000, "1101": received,
                "7202": max(0, difference), "7102": min(0, difference)}  # fmt: skip
    assert desk.posted(line) == {account: each for account, each in expected.items() if each}
    assert desk.codes(line) == {"unknown-asset"}
    assert desk.posted(depreciate("2026-06")) == {}


def test_an_asset_without_value_can_go(desk: Desk) -> None:
    desk.record(depreciate("2099-12"))
    posted = desk.posted(on("asset_disposal", 5, code="RB-1"))
    assert posted == {"1211": 6_000_000, "1201": -6_000_000}
