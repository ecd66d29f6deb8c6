"""Money in, out and across; cash counted; savings (STREAM.md, documents)."""

from __future__ import annotations

import pytest

from tests.domain.conftest import Desk
from tests.domain.examples import NEXT, Line, goods, on


def test_a_receipt_debits_the_cash_account_and_credits_each_line(desk: Desk) -> None:
    entry = desk.entry(NEXT["receipt"][0])
    assert [tuple(each) for each in entry.postings] == [
        ("1101", 20_000, None, False),
        ("7101", -12_000, "dinas", False),
        ("2104", -8_000, "dinas", False),
    ]
    assert entry.number == "BKM-2606-0002"


def test_a_payment_credits_the_cash_account_and_releases_the_fund(desk: Desk) -> None:
    """The fund holds 200.000 of the 250.000 that are spent."""
    entry = desk.entry(NEXT["payment"][0])
    assert [tuple(each) for each in entry.postings] == [
        ("6101", 150_000, "toko", False),
        ("6104", 100_000, "toko", False),
        ("1103", -250_000, None, False),
        ("3201", 200_000, None, False),
        ("3301", -200_000, None, False),
    ]
    assert entry.number == "BKK-2606-0001"


def pay(amount: int, fund: str | None = None, day: int = 5) -> Line:
    line = on("payment", day, from_="1101", lines=[{"account": "6101", "amount": amount}])
    return line | ({"fund": fund} if fund else {})


@pytest.mark.parametrize("spent", [1, 49_999, 50_000, 50_001, 10**9])
def test_a_fund_is_released_as_far_as_it_reaches(desk: Desk, spent: int) -> None:
    released = min(spent, 50_000)
    assert desk.posted(pay(spent, "3202")) == {
        "6101": spent, "1101": -spent, "3202": released, "3301": -released,
    }  # fmt: skip
    assert desk.balance("3202") == -50_000 + released


def test_an_empty_fund_releases_nothing(desk: Desk) -> None:
    """3203 holds nothing, and one that stands below zero is not filled by spending."""
    assert desk.posted(pay(5_000, "3203")) == {"6101": 5_000, "1101": -5_000}
    desk.record(on("transfer", 5, from_="1103", to="1101", amount=1))
    desk.record(on("payment", 5, from_="1101", lines=[{"account": "3204", "amount": 700}]))
    assert desk.balance("3204") == 700
    assert desk.posted(pay(5_000, "3204")) == {"6101": 5_000, "1101": -5_000}


def test_a_fund_counts_what_is_recorded_whatever_its_date(desk: Desk) -> None:
    late = on("receipt", "2026-07-20", into="1101", lines=[{"account": "3203", "amount": 9_000}])
    desk.record(late)
    assert desk.posted(pay(10_000, "3203"))["3203"] == 9_000


def test_an_account_in_the_groups_shares_is_a_fund(desk: Desk) -> None:
    assert desk.codes(pay(5, "2111")) == {"not-a-fund"}
    group = NEXT["group"][0]
    shares = {"shares": {"2111": 50, "3201": 50}}
    desk.record(group | {"allocation": group["allocation"] | shares})
    assert desk.posted(pay(5, "2111")) == {"6101": 5, "1101": -5}


def test_a_transfer_moves_money_from_one_account_to_the_other(desk: Desk) -> None:
    entry = desk.entry(NEXT["transfer"][0])
    assert [each[:2] for each in entry.postings] == [("1103", 250_000), ("1101", -250_000)]
    assert entry.number == "BM-2606-0001"
    same = {"from": "1101", "to": "1101"}
    assert desk.codes(NEXT["transfer"][0] | same) == {"same-account"}


@pytest.mark.parametrize("key", ["from", "to"])
@pytest.mark.parametrize("account", ["1111", "1129", "6101", "2101"])
def test_money_moves_between_cash_accounts_alone(desk: Desk, key: str, account: str) -> None:
    assert desk.codes(NEXT["transfer"][0] | {key: account}) == {"not-cash"}


def test_an_account_set_up_as_cash_takes_money(desk: Desk) -> None:
    assert desk.codes(NEXT["transfer"][0] | {"to": "1105"}) == {"unknown-account"}
    desk.record(NEXT["account"][0])
    entry = desk.entry(NEXT["transfer"][0] | {"to": "1105"})
    assert entry.number == "BM-2606-0001"


DETAILED = ("1121", "1122", "1123", "1124", "1125", "1126", "1127", "1129", "1130", "1201",
            "1202", "1203", "1204", "1211", "1212", "1213", "1214")  # fmt: skip


@pytest.mark.parametrize("account", DETAILED)
def test_lines_keep_off_the_accounts_that_are_kept_by_detail(desk: Desk, account: str) -> None:
    lines = [{"account": account, "amount": 5}]
    assert desk.codes(on("receipt", 5, into="1101", lines=lines)) == {"kept-by-detail"}
    assert desk.codes(on("payment", 5, from_="1101", lines=lines)) == {"kept-by-detail"}


def test_cash_below_zero_warns_and_is_recorded(desk: Desk) -> None:
    recorded = desk.record(pay(1_500_000))
    assert [(each.code, dict(each.params)) for each in recorded.warnings] == [
        ("cash-below-zero", {"account": "1101", "balance": -500_000})
    ]
    assert desk.record(pay(1)).warnings
    assert not desk.record(on("transfer", 5, from_="1103", to="1101", amount=10**6)).warnings


def test_savings_are_credited_to_each_member(desk: Desk) -> None:
    desk.record(NEXT["savings"][0])
    entry = desk.entry(NEXT["savings"][-1])
    assert [tuple(each) for each in entry.postings] == [
        ("1101", 30_000, None, False),
        ("2106", -50_000, "ani", False),
        ("2106", 20_000, "budi", False),
    ]
    assert entry.number == "BKM-2606-0003"


@pytest.mark.parametrize(
    ("kind", "account"), [("principal", "3101"), ("mandatory", "3102"), ("voluntary", "2106")]
)
def test_each_kind_of_savings_has_its_account(desk: Desk, kind: str, account: str) -> None:
    line = NEXT["savings"][-1] | {"type": kind, "lines": [{"party": "ani", "amount": 7_000}]}
    assert desk.posted(line) == {"1101": 7_000, account: -7_000}


def test_savings_withdrawn_are_cash_out(desk: Desk) -> None:
    desk.record(NEXT["savings"][0])
    line = NEXT["savings"][-1] | {"lines": [{"party": "budi", "amount": -7_000}]}
    assert desk.record(line).number == "BKK-2606-0001"
    assert desk.codes(line | {"lines": [{"party": "ani", "amount": 0}]}) == {"not-positive"}
    both = [{"party": "ani", "amount": 5}, {"party": "budi", "amount": -5}]
    entry = desk.entry(line | {"lines": both})
    assert entry.number == "BM-2606-0001"
    assert [each[:2] for each in entry.postings] == [("2106", -5), ("2106", 5)]


@pytest.mark.parametrize("difference", [-1, -999_999, 0, 1, 50_000])
def test_a_cash_count_books_what_differs(desk: Desk, difference: int) -> None:
    line = on("cash_count", 5, account="1101", counted=1_000_000 + difference)
    account = "7202" if difference < 0 else "7102"
    expected = {"1101": difference, account: -difference} if difference else {}
    assert desk.posted(line) == expected


def test_a_cash_count_looks_at_what_is_dated_up_to_its_day(desk: Desk) -> None:
    desk.record(on("transfer", 4, from_="1101", to="1103", amount=100))
    desk.record(on("transfer", 5, from_="1101", to="1103", amount=20))
    desk.record(on("transfer", 6, from_="1101", to="1103", amount=3))
    desk.record(on("transfer", "2026-07-01", from_="1103", to="1101", amount=7_000))
    assert desk.posted(on("cash_count", 5, account="1101", counted=10**6 - 120)) == {}
    assert desk.posted(on("cash_count", 30, account="1101", counted=10**6 - 123)) == {}
    last = on("cash_count", "2026-07-31", account="1101", counted=10**6 - 123)
    assert desk.posted(last) == {"1101": -7_000, "7202": 7_000}


def test_denominations_add_up_to_what_was_counted(desk: Desk) -> None:
    line = NEXT["cash_count"][0]
    assert desk.codes(line | {"counted": 999_501}) == {"denominations-differ"}
    assert desk.codes(line | {"denominations": {}}) == {"denominations-differ"}
    desk.record(line | {"counted": 0, "denominations": {}})
    desk.record(line | {"counted": 0, "denominations": {"500": 0}})
    for face in ("0", "-5", "5.5", "x", "", " 5", "05", "\u0665", "99999999"):
        codes = desk.codes(line | {"denominations": {face: 1}, "counted": 5})
        assert codes == {"bad-denomination"}, face


def test_numbers_run_by_prefix_and_month_of_the_date(desk: Desk) -> None:
    """The opening took BKM-2606-0001."""
    days = [5, "2026-07-01", 1, "2026-07-31", "2025-12-31", 30]
    lines = [pay(1, day=day) for day in days]  # type: ignore[arg-type]
    numbers = [desk.record(line).number for line in lines]
    assert numbers == ["BKK-2606-0001", "BKK-2607-0001", "BKK-2606-0002", "BKK-2607-0002",
                       "BKK-2512-0001", "BKK-2606-0003"]  # fmt: skip
    assert desk.record(NEXT["receipt"][0]).number == "BKM-2606-0002"
    assert desk.record(NEXT["transfer"][0]).number == "BM-2606-0001"


def test_a_refused_document_takes_no_number(desk: Desk) -> None:
    desk.record(pay(1))
    desk.codes(pay(0))
    desk.codes(pay(5, "6101"))
    assert desk.record(pay(1)).number == "BKK-2606-0002"


def test_memo_and_reference_may_be_left_blank(desk: Desk) -> None:
    """As forms leave them where nobody wrote anything."""
    before = desk.balance("7101")
    line = on("receipt", 5, into="1101", lines=[{"account": "7101", "amount": 5}], memo="", ref="")
    desk.record(line)
    assert desk.balance("7101") == before - 5


def test_amounts_that_the_books_sums_cannot_hold_are_refused(desk: Desk) -> None:
    most = 10**15
    line = on("receipt", 5, into="1101", lines=[{"account": "7101", "amount": most}] * 2)
    assert desk.codes(line) == {"too-large"}
    dear = on("sale", 5, party="rt", lines=[goods("sayur", 2, price=most)])
    assert [issue.code for issue in desk.issues(dear)] == ["too-large"], "said once"
    small = {"account": "7101", "amount": 1}
    line["lines"] = [small, {"account": "7101", "amount": most}]
    assert [each.field for each in desk.issues(line)] == ["lines.1.amount"], (
        "the largest is the one to mend"
    )
    one = on("receipt", 5, into="1101", lines=[{"account": "7101", "amount": most}])
    desk.record(one)
    assert desk.balance("7101") == -most


def test_balances_that_the_books_sums_cannot_hold_are_refused(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Up to the limit and no rupiah more, on either side of an account."""
    step, begun = 2 * 10**12, desk.balance("7101")
    most = max(abs(begun), desk.balance("1103")) + 3 * step
    monkeypatch.setattr("kwt_books.services.recorder.MAX_BALANCE", most)
    line = on("receipt", 5, into="1103", lines=[{"account": "7101", "amount": step}])
    for _ in range(3):
        desk.record(line)
    assert desk.balance("7101") == begun - 3 * step
    assert [(each.field, each.code) for each in desk.issues(line)] == [
        ("lines.0.amount", "too-large")
    ]
