"""Money given for a purpose: received, used, given back, never more than there is."""

from __future__ import annotations

from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kwt_books.domain.errors import InvalidDocument
from kwt_books.store.file import BookFile
from tests.domain.conftest import Desk
from tests.domain.examples import ALSO, GROUP, NEXT, PROGRAMME, Line, goods, on
from tests.domain.test_on_its_date import Enough, undo


def pay(amount: int, account: str = "6102", day: int = 6, **more: Any) -> Line:
    lines = [{"account": account, "amount": amount}]
    return on("payment", day, from_="1103", lines=lines) | {"programme": "p2l"} | more


def given_money(amount: int, day: int = 4) -> Line:
    return on(
        "grant", day, account="2110", programme="p2l", cash={"into": "1103", "amount": amount}
    )


def fields(desk: Desk, line: Line) -> list[tuple[str, str]]:
    return [(issue.field, issue.code) for issue in desk.issues(line)]


def left(desk: Desk) -> int:
    return desk.state.programme_left("p2l")


def test_a_programmes_money_is_owed_until_it_is_used(desk: Desk) -> None:
    assert left(desk) == 50_000, "of the opening"
    assert desk.posted(given_money(500_000)) == {"1103": 500_000, "2110": -500_000}
    assert desk.posted(pay(120_000)) == {
        "6102": 120_000, "1103": -120_000, "2110": 120_000, "4201": -120_000,
    }  # fmt: skip
    assert left(desk) == 430_000


@pytest.mark.parametrize("spent", [1, 49_999, 50_000, 50_001, 10**9])
def test_it_covers_as_much_as_is_left(desk: Desk, spent: int) -> None:
    used = min(spent, 50_000)
    assert desk.posted(pay(spent)).get("4201", 0) == -used
    assert left(desk) == 50_000 - used
    assert "4201" not in desk.posted(pay(5_000)) or left(desk) >= 0


def test_what_is_kept_becomes_the_groups_capital(desk: Desk) -> None:
    assert desk.posted(ALSO["purchase in part"][0]) == {
        "1121": 30_000, "1103": -20_000, "2101": -10_000, "2110": 30_000, "3104": -30_000,
    }  # fmt: skip
    assert desk.posted(ALSO["asset in part"][0]) == {
        "1203": 40_000, "1103": -10_000, "2101": -30_000, "2110": 20_000, "3104": -20_000,
    }  # fmt: skip
    assert left(desk) == 0


def test_what_is_given_back_goes_first(desk: Desk) -> None:
    """Of 50.000, 8.000 go back: what is left covers 30.000 of wages."""
    assert desk.posted(ALSO["payment of a programme"][0]) == {
        "6102": 30_000, "2110": 38_000, "1103": -38_000, "4201": -30_000,
    }  # fmt: skip
    assert left(desk) == 12_000
    line = pay(12_001, "2110")
    assert fields(desk, line) == [("lines.0.amount", "programme-overdrawn")]
    desk.record(pay(12_000, "2110"))
    assert desk.balance("2110") == 0


def test_2110_is_touched_only_under_a_programme(desk: Desk) -> None:
    lines = [{"account": "2110", "amount": 5}]
    receipt = on("receipt", 5, into="1101", lines=lines)
    assert fields(desk, receipt) == [("lines.0.account", "programme-money")]
    payment = on("payment", 5, from_="1101", lines=lines)
    assert fields(desk, payment) == [("programme", "programme-needed")]
    grant = on("grant", 5, account="2110", cash={"into": "1101", "amount": 5})
    assert fields(desk, grant) == [("programme", "programme-needed")]
    memorial = NEXT["memorial"][0]
    bare = {key: value for key, value in memorial.items() if key != "programme"}
    assert fields(desk, bare) == [("programme", "programme-needed")]
    dues = NEXT["dues"][0] | {"for": "2110"}
    assert fields(desk, dues) == [("for", "not-for-dues")]


def test_a_grant_of_a_programme_is_cash_alone(desk: Desk) -> None:
    line = given_money(5) | {
        "items": [goods("benih", 1, value=5)],
        "assets": [{"code": "X", "name": "X", "account": "1202", "cost": 5, "life_months": 5}],
    }
    assert fields(desk, line) == [("items", "cash-alone"), ("assets", "cash-alone")]
    desk.record(line | {"account": "3104"})
    assert left(desk) == 50_000


def test_a_fund_or_a_programme_pays(desk: Desk) -> None:
    assert fields(desk, pay(5, fund="3201")) == [("programme", "fund-or-programme")]
    assert desk.codes(pay(5) | {"programme": "lain"}) == {"unknown-programme"}
    itself = on("payment", 5, from_="1101", fund="3201",
                lines=[{"account": "3201", "amount": 5}])  # fmt: skip
    assert fields(desk, itself) == [("lines.0.account", "fund-pays-itself")]


@pytest.mark.parametrize("kind", ["payment of a programme", "purchase in part"])
def test_lines_name_the_budget_of_their_programme(desk: Desk, kind: str) -> None:
    line = ALSO[kind][0]
    lines = [line["lines"][0] | {"budget": "Z9"}, *line["lines"][1:]]
    assert fields(desk, line | {"lines": lines}) == [("lines.0.budget", "unknown-budget-line")]
    bare = {key: value for key, value in line.items() if key != "programme"}
    assert ("lines.0.budget", "budget-without-programme") in fields(desk, bare)


def test_an_asset_names_it_beside_the_programme(desk: Desk) -> None:
    line = ALSO["asset in part"][0]
    assert fields(desk, line | {"budget": "Z9"}) == [("budget", "unknown-budget-line")]
    bare = {key: value for key, value in line.items() if key != "programme"}
    assert fields(desk, bare) == [("budget", "budget-without-programme")]


def test_a_budgets_line_that_was_used_stays(desk: Desk) -> None:
    used = ALSO["payment of a programme"][0]
    first, second = PROGRAMME["budget"]
    number = desk.record(used).number or ""
    assert fields(desk, PROGRAMME | {"budget": [first]}) == [("budget", "budget-line-used")]
    desk.record(undo(number, 30))
    assert fields(desk, PROGRAMME | {"budget": [first]}) == [("budget", "budget-line-used")]
    twice = PROGRAMME | {"budget": [first, first, second]}
    assert fields(desk, twice) == [("budget.1.line", "budget-line-twice")]
    desk.record(PROGRAMME | {"budget": [second]})


def test_a_correction_leaves_no_programme_below_zero(desk: Desk) -> None:
    got = desk.record(given_money(100_000)).number or ""
    used = desk.record(pay(120_000)).number or ""
    desk.record(given_money(5_000))
    later = desk.record(pay(1_000)).number or ""
    (issue,) = desk.issues(undo(got, 30))
    assert (issue.field, issue.code) == ("of", "programme-overdrawn")
    assert [each.number for each in issue.params["since"]] == [later, used]  # type: ignore[attr-defined]
    desk.record(undo(later, 30))
    desk.record(undo(used, 30))
    desk.record(undo(got, 30))
    assert left(desk) == 55_000


def test_a_memorial_takes_no_more_than_is_left(desk: Desk) -> None:
    def line(amount: int) -> Line:
        return NEXT["memorial"][0] | {"lines": [
            {"account": "6106", "credit": amount}, {"account": "2110", "debit": amount},
        ]}  # fmt: skip

    assert fields(desk, line(50_001)) == [("lines.1.debit", "programme-overdrawn")]
    desk.record(line(50_000))
    assert left(desk) == 0


# -- parts of a payment -----------------------------------------------------------------------


@given(st.integers(2, 10**9), st.data())
def test_what_is_paid_and_what_is_owed_add_up(total: int, data: st.DataObject) -> None:
    from kwt_books.domain.documents.lines import needs_payer, pay_or_owe

    paid = data.draw(st.integers(1, total - 1))
    posted: list[tuple[str, int, str | None]] = []

    class Credits:
        def credit(self, account: str, amount: int, party: str | None = None) -> None:
            posted.append((account, amount, party))

    assert not list(needs_payer("1101", "toko", paid, total))
    pay_or_owe(Credits(), "1101", "toko", total, paid)  # type: ignore[arg-type]
    assert posted == [("1101", paid, None), ("2101", total - paid, "toko")]


@pytest.mark.parametrize("kind", ["purchase in part", "asset in part"])
def test_a_part_is_less_than_the_whole_and_says_from_whom(desk: Desk, kind: str) -> None:
    line = ALSO[kind][0]
    whole = line["lines"][0]["amount"] if "lines" in line else line["cost"]
    assert fields(desk, line | {"paid": whole}) == [("paid", "paid-not-less")]
    assert fields(desk, line | {"paid": whole + 1}) == [("paid", "paid-not-less")]
    for key in ("paid_from", "party"):
        less = {name: value for name, value in line.items() if name != key}
        assert fields(desk, less) == [(key, "part-paid-needs-both")]


# -- for all books ----------------------------------------------------------------------------

AMOUNT = st.integers(1, 90_000)
SPENDING = st.one_of(
    st.builds(given_money, AMOUNT),
    st.builds(pay, AMOUNT, st.sampled_from(["6102", "2110"])),
    st.builds(lambda amount, back: on("payment", 6, from_="1103", programme="p2l", lines=[
        {"account": "6102", "amount": amount}, {"account": "2110", "amount": back}]),
        AMOUNT, AMOUNT),
    st.builds(lambda amount: on("purchase", 6, paid_from="1103", programme="p2l",
                                lines=[goods("daun", 1, amount=amount)]), AMOUNT),
    st.builds(lambda amount, side: on("memorial", 6, reason="x", programme="p2l", lines=[
        {"account": "2110", side: amount},
        {"account": "6106", "debit" if side == "credit" else "credit": amount}]),
        AMOUNT, st.sampled_from(["debit", "credit"])),
)  # fmt: skip


@given(st.lists(SPENDING | st.integers(0, 20), max_size=20))
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_programme_is_ever_below_zero(base_path: Path, offered: list[Line | int]) -> None:
    file, numbers = BookFile.open(base_path), []
    with suppress(Enough), closing(file), file.state(write=True) as state:
        desk = Desk(state)
        for each in offered:
            if isinstance(each, int) and each >= len(numbers):
                continue
            line = undo(numbers[each], 20) if isinstance(each, int) else each
            with suppress(InvalidDocument):
                numbers.append(desk.record(line).number or "")
            assert 0 <= left(desk) == -desk.balance("2110"), line
        raise Enough


# -- what is shared ---------------------------------------------------------------------------


def test_the_basis_before_fund_spending_gives_back_what_funds_released(desk: Desk) -> None:
    """300 of profit after 120 of costs paid by a fund: 420 are shared; an asset does not count."""
    basis = {"basis": "before_fund_spending"}
    desk.record(GROUP | {"allocation": GROUP["allocation"] | basis})
    desk.record(on("receipt", 4, into="1101", lines=[{"account": "7101", "amount": 420}]))
    spent = on("payment", 5, from_="1101", fund="3201", lines=[{"account": "6101", "amount": 120}])
    desk.record(spent)
    desk.record(NEXT["asset_acquisition"][0] | {"cost": 1_000, "fund": "3202"})
    corrected = desk.record(spent).number or ""
    desk.record(undo(corrected, 6))
    posted = desk.posted({"kind": "month_close", "month": "2026-06"})
    funds = {code: -amount for code, amount in posted.items() if code.startswith("32")}
    assert sum(funds.values()) == 420
    assert posted["3301"] == 420 - 300


def test_profit_is_the_basis_where_nothing_else_is_said(desk: Desk) -> None:
    desk.record(on("receipt", 4, into="1101", lines=[{"account": "7101", "amount": 420}]))
    desk.record(on("payment", 5, from_="1101", fund="3201",
                   lines=[{"account": "6101", "amount": 120}]))  # fmt: skip
    posted = desk.posted({"kind": "month_close", "month": "2026-06"})
    assert sum(-amount for code, amount in posted.items() if code.startswith("32")) == 300


def test_a_loss_is_shared_where_funds_paid_for_more_than_it(desk: Desk) -> None:
    basis = {"basis": "before_fund_spending"}
    desk.record(GROUP | {"allocation": GROUP["allocation"] | basis})
    desk.record(on("payment", 5, from_="1101", fund="3201",
                   lines=[{"account": "6101", "amount": 120}]))  # fmt: skip
    desk.record(on("receipt", 4, into="1101", lines=[{"account": "7101", "amount": 100}]))
    posted = desk.posted({"kind": "month_close", "month": "2026-06"})
    assert sum(-amount for code, amount in posted.items() if code.startswith("32")) == 100


def test_a_group_that_decided_nothing_shares_nothing(desk: Desk) -> None:
    bare = {key: each for key, each in GROUP.items() if key not in ("allocation", "umbrella")}
    desk.record(bare)
    desk.record(on("receipt", 4, into="1101", lines=[{"account": "7101", "amount": 420}]))
    close: Line = {"kind": "month_close", "month": "2026-06"}
    assert fields(desk, close) == [("shares", "no-shares")]
    desk.record(close | {"shares": {"3201": 100}})


@pytest.mark.parametrize("account", ["2110", "3301", "3101", "3102", "2106", "1101", "4101"])
def test_profit_is_not_shared_to_what_is_no_fund(desk: Desk, account: str) -> None:
    shares = {"shares": {account: 100}}
    assert desk.codes(GROUP | {"allocation": GROUP["allocation"] | shares}) == {"not-a-fund"}
