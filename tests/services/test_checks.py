"""Each check of an entry, on entries given by hand: what it just passes and just refuses."""

from __future__ import annotations

from typing import Any

import pytest

from kwt_books.services.integrity.checks import (
    ClosedMonths,
    Controls,
    Numbers,
    Parties,
    Recount,
    balanced,
)
from kwt_books.services.integrity.entries import Entry

Found = tuple[str, dict[str, object]] | None


def entry(
    kind: str, *posted: tuple[Any, ...], day: str | None = "2026-06-05", **more: Any
) -> Entry:
    """An entry with its postings: account and amount, perhaps a party."""
    rows = [(*each[:2], each[2] if len(each) > 2 else None, False, day, line, "", 1)
            for line, each in enumerate(posted)]  # fmt: skip
    moves = [(*each, line, day, 1) for line, each in enumerate(more.pop("moves", ()))]
    said = {"number": None, "payload": {}, "corrects": None, "sequence": 1} | more
    unsealed = ("", "", "", "", "")
    return Entry(said["sequence"], kind, said["number"], day, None, said["corrects"], *unsealed,
                 said["payload"], rows, moves, [])  # fmt: skip


def told(check: Any, made: Entry) -> Found:
    issue = check(made)
    return (issue.code, dict(issue.params)) if issue is not None else None


@pytest.mark.parametrize(
    ("amounts", "total"), [([5, -5], None), ([], None), ([5, -4], 1), ([-1], -1), ([0.0], 0.0)]
)
def test_debits_and_credits_come_to_the_same(amounts: list[Any], total: Any) -> None:
    made = entry("memorial", *(("1101", each) for each in amounts))
    assert told(balanced, made) == (None if total is None else ("not-balanced", {"total": total}))


def test_what_is_owed_names_somebody() -> None:
    see = Parties().see
    missing = ("party-missing", {"account": "1111"})
    assert told(see, entry("sale", ("1111", 1))) == missing
    assert told(see, entry("sale", ("1111", 1, "rt"))) is None
    assert told(see, entry("sale", ("1111", -1))) is None
    assert told(see, entry("sale", ("1101", 1))) is None
    assert told(see, entry("purchase", ("2101", -1))) == ("party-missing", {"account": "2101"})
    assert told(see, entry("receipt", ("1111", 1))) is None
    see(entry("item", payload={"code": "x", "sales_account": "1111", "cost_account": None}))
    assert told(see, entry("sale", ("1111", 1))) is None, "goods are sold to that account"


def test_vouchers_are_numbered_by_prefix_and_month_without_gaps() -> None:
    see = Numbers().see

    def number(said: str | None, amount: int, day: str = "2026-06-05", **more: Any) -> Found:
        made = entry("receipt", (more.pop("account", "1101"), amount), ("7102", -amount), day=day,
                     number=said)  # fmt: skip
        return told(see, made)

    assert number("BKM-2606-0001", 1) is None
    assert number("BKM-2606-0002", 1) is None
    assert number("BKK-2606-0001", -1) is None
    assert number("BM-2606-0001", 0) is None
    assert number("BKM-2607-0001", 1, "2026-07-01") is None
    assert number("BKM-2606-0004", 1) == (
        "number-differs", {"number": "BKM-2606-0004", "expected": "BKM-2606-0003"},
    )  # fmt: skip
    assert number("BM-2606-0002", 1, account="1105") is None
    account = {"code": "1105", "cash": True}
    assert told(see, entry("account", payload=account, day=None)) is None
    assert number("BKM-2606-0004", 1, account="1105") is None
    see(entry("account", payload={"code": "1105"}, day=None))
    assert number("BM-2606-0003", 1, account="1105") is None, "it is no cash account any more"
    see(entry("account", payload={"code": "1101"}, day=None))
    assert number("BKM-2606-0005", 1) is None, "the cash box always is one"
    register = entry("register", number="BM-2606-0004")
    assert told(see, register) == ("number-differs", {"number": "BM-2606-0004", "expected": ""})


def test_nothing_is_recorded_in_a_month_while_it_is_closed() -> None:
    see = ClosedMonths().see
    assert told(see, entry("month_close", day="2026-06-30")) is None
    late = ("recorded-after-close", {"month": "2026-06"})
    assert told(see, entry("receipt", day="2026-06-30")) == late
    assert told(see, entry("receipt", day="2026-05-30")) == (late[0], {"month": "2026-05"})
    assert told(see, entry("receipt", day="2026-07-01")) is None
    assert told(see, entry("register", day="2026-06-30")) is None
    assert told(see, entry("item", day=None)) is None
    assert told(see, entry("month_close", day="2026-07-31")) is None
    assert told(see, entry("month_reopen", day="2026-06-30")) == (
        "reopened-other", {"month": "2026-06"},
    )  # fmt: skip
    assert told(see, entry("month_reopen", day="2026-07-31")) is None
    assert told(see, entry("receipt", day="2026-07-31")) is None
    assert told(see, entry("receipt", day="2026-06-30")) == late


ASSET = {"code": "BL", "account": "1203", "life_months": 24}


@pytest.mark.parametrize(
    ("made", "differs"),
    [
        (entry("purchase", ("1125", 100), ("1101", -100), moves=[("store", "sayur", "L", 5, 100)]),
         None),
        (entry("purchase", ("1125", 100), ("1101", -100), moves=[("store", "sayur", "L", 5, 99)]),
         ("1125", 1)),
        (entry("consignment", ("1130", 100), ("1125", -100),
               moves=[("store", "sayur", "L", -5, -100), ("shop:siti", "sayur", "L", 5, 100)]),
         None),
        (entry("tending", ("1123", 70), ("1101", -70), moves=[("bed:kebun", "", "", 0, 69)]),
         ("1123", 1)),
        (entry("asset_acquisition", ("1203", 60), ("1101", -60), payload=ASSET,
               moves=[("asset:BL", "", "", 1_000, 60)]), None),
        (entry("opening_balance", ("1203", 60), ("1213", -10), ("3301", -50),
               payload={"assets": [ASSET]},
               moves=[("asset:BL", "", "", 1_000, 60), ("depreciation:BL", "", "", 0, 10)]), None),
        (entry("opening_balance", ("1203", 60), ("1213", -10), ("3301", -50),
               payload={"assets": [ASSET]},
               moves=[("asset:BL", "", "", 1_000, 60), ("depreciation:BL", "", "", 0, 9)]),
         ("1213", -1)),
        (entry("grant", ("1103", 500), ("2110", -500), moves=[("programme:p2l", "", "", 0, 500)]),
         None),
        (entry("grant", ("1103", 500), ("2110", -500), moves=[("programme:p2l", "", "", 0, 499)]),
         ("2110", -1)),
        (entry("payment", ("2110", 5), ("1101", -5)), None),
    ],
)  # fmt: skip
def test_moves_come_to_what_was_posted(made: Entry, differs: tuple[str, int] | None) -> None:
    controls = Controls()
    item = {"code": "sayur", "class": "produce"}
    assert told(controls.see, entry("item", payload=item, day=None)) is None
    expected = differs and ("control-differs", {"account": differs[0], "difference": differs[1]})
    assert told(controls.see, made) == expected


@pytest.mark.parametrize(
    ("quantity", "value", "is_well"),
    [(0, 0, True), (-5, -99, False), (-5, -101, False), (-6, -100, False), (-4, -100, True)],
)
def test_no_layer_is_left_with_less_than_nothing(quantity: int, value: int, is_well: bool) -> None:
    counted = Recount(())
    layer = ("store", "sayur", "L")
    assert told(counted.see, entry("purchase", moves=[(*layer, 5, 100)])) is None
    left = {"item": "sayur", "place": "store", "lot": "L"}
    found = told(counted.see, entry("distribution", moves=[(*layer, quantity, value)]))
    assert found == (None if is_well else ("less-than-nothing", left))
