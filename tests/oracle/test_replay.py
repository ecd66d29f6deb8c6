"""The oracle against the worked month: every figure of it, and a few lines it must refuse."""

import json
from pathlib import Path
from typing import Any

import pytest

from .ledger import last_day
from .replay import Book, Refused, replay

DATA = Path(__file__).parent.parent / "data"
LINES = (DATA / "juni-2026.jsonl").read_text(encoding="utf-8").splitlines()
EXPECTED: dict[str, Any] = json.loads((DATA / "juni-2026.expected.json").read_text("utf-8"))
MONTH = EXPECTED["month"]


def position(book: Book) -> dict[str, int]:
    balances = book.balances(last_day(MONTH))
    of_type = {"asset": 0, "liability": 0, "equity": 0}
    for code, amount in balances.items():
        of_type[book.accounts[code]["type"]] += amount

    def between(low: str, high: str) -> int:
        return sum(amount for code, amount in balances.items() if low <= code <= high)

    return {
        "cash": sum(amount for code, amount in balances.items() if book.is_cash(code)),
        "receivables": between("1111", "1113"),
        "inventories": between("1121", "1130"),
        "fixed_assets_net": between("1201", "1214"),
        "total_assets": of_type["asset"],
        "liabilities": -of_type["liability"],
        "equity": -of_type["equity"],
    }


def figures(book: Book) -> dict[str, Any]:
    return {
        "month": MONTH,
        "documents": len(book.documents),
        "profit": sum(book.profit_loss(MONTH).values()),
        "profit_loss": book.profit_loss(MONTH),
        "position": position(book),
        "trial_balance_before_close": book.trial_balance(MONTH, closed=False),
        "trial_balance_after_close": book.trial_balance(MONTH),
        "stock": {
            f"{item}@{place}": {"qty_thousandths": quantity, "value": value}
            for (item, place), (quantity, value) in book.stock().items()
        },
        "growing": book.growing(),
        "voucher_numbers": book.voucher_numbers,
    }


@pytest.mark.parametrize("key", EXPECTED)
def test_the_worked_month_shows_the_figures_it_must(key: str) -> None:
    found = figures(replay(LINES))
    assert found[key] == EXPECTED[key]
    assert found.keys() == EXPECTED.keys()


def july(kind: str, **keys: Any) -> str:
    return json.dumps({"kind": kind, "date": "2026-07-03", **keys})


SALE = {"item": "keripik-pare", "qty": 1}
REFUSED = [
    ("not-json", "{"),
    ("unknown-kind", july("gift")),
    ("unknown-key", july("transfer", **{"from": "1101", "to": "1103", "amount": 1, "note": "x"})),
    ("missing-key", july("transfer", **{"from": "1101", "to": "1103"})),
    ("doubled-key", '{"kind": "transfer", "kind": "transfer"}'),
    ("not-an-integer", july("transfer", **{"from": "1101", "to": "1103", "amount": 1.0})),
    ("not-an-integer", july("transfer", **{"from": "1101", "to": "1103", "amount": True})),
    ("out-of-range", july("transfer", **{"from": "1101", "to": "1103", "amount": 10**15 + 1})),
    ("out-of-range", july("transfer", **{"from": "1101", "to": "1103", "amount": 0})),
    ("not-cash", july("transfer", **{"from": "1101", "to": "1111", "amount": 1})),
    ("not-a-quantity", july("distribution", lines=[{"item": "keripik-pare", "qty": "1,5"}])),
    ("not-a-quantity", july("distribution", lines=[{"item": "keripik-pare", "qty": 0.0001}])),
    ("not-a-quantity", july("distribution", lines=[{"item": "keripik-pare", "qty": 1e-05}])),
    ("insufficient-stock", july("distribution", lines=[{"item": "keripik-pare", "qty": "2.001"}])),
    ("closed-month", july("distribution", date="2026-06-30", lines=[SALE])),
    ("not-a-date", july("distribution", date="20260703", lines=[SALE])),
    ("more-than-due", july("sale", lines=[SALE], received={"1101": 10001})),
    ("unpaid-without-party", july("sale", lines=[SALE], received={"1101": 9999})),
    ("wrong-role", july("consignment", shop="dinas", lines=[SALE])),
    ("kept-by-detail", july("receipt", into="1101", lines=[{"account": "1129", "amount": 1}])),
    ("already-corrected", july("correction", of="rapat", reason="lagi")),
    ("not-correctable", july("correction", of="o", reason="lagi")),
    ("used-since", july("correction", of="p2", reason="lagi")),
    ("before-the-document", july("correction", of="BM-2607-0001", reason="lagi")),
    ("not-first", july("opening_balance", balances={})),
    ("lot-exists", july("grant", account="3104", items=[{**SALE, "value": 0, "lot": "KP-0615"}])),
    ("denominations-differ", july("cash_count", account="1101", counted=5, denominations={"1": 4})),
    ("nothing", july("tending", bed="kebun")),
    ("not-the-last-closed", '{"kind": "month_reopen", "month": "2026-05", "reason": "x"}'),
]


@pytest.mark.parametrize(("code", "line"), REFUSED, ids=lambda value: value[:60])
def test_a_line_that_breaks_a_rule_is_refused_with_its_number(code: str, line: str) -> None:
    later = july("distribution", date="2026-07-05", lines=[SALE])
    with pytest.raises(Refused) as refused:
        replay([*LINES, later, line])
    assert (refused.value.line_number, refused.value.code) == (len(LINES) + 2, code)


def test_a_reopened_month_is_as_before_its_close_and_closes_to_the_same_figures() -> None:
    reopen = '{"kind": "month_reopen", "month": "2026-06", "reason": "Nota terlewat"}'
    book, once = replay([*LINES, reopen]), replay(LINES)
    assert book.balances() == once.trial_balance(MONTH, closed=False)
    assert book.profit_loss(MONTH) == EXPECTED["profit_loss"]
    book.record(LINES[-1])
    assert book.balances() == once.balances()
    assert book.voucher_numbers[-3:] == ["BM-2606-0016", "BM-2606-0017", "BM-2606-0018"]


def test_money_comes_back_and_the_fund_too_when_a_payment_is_corrected() -> None:
    pay = july("payment", id="x", lines=[{"account": "6101", "amount": 900000}], fund="3202")
    pay = pay.replace('"id"', '"from": "1101", "id"')
    book, before = replay([*LINES, pay]), replay(LINES)
    assert book.funds()["3202"] == 0
    book.record(july("correction", of="BKK-2607-0001", reason="Salah"))
    assert book.balances() == before.balances()
    assert book.voucher_numbers[-1] == "BKM-2607-0001"
