"""The oracle against the worked months: every figure of them, and lines that it must refuse."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from .figures import month_of
from .ledger import last_day
from .replay import Book, Document, Refused, replay

DATA = Path(__file__).parent.parent / "data"
MONTH = "2026-06"


def lines_of(sample: str) -> list[str]:
    return (DATA / f"{sample}.jsonl").read_text(encoding="utf-8").splitlines()


def expected_of(sample: str) -> dict[str, Any]:
    """Return what every figure of a sample must be, by month."""
    found = json.loads((DATA / f"{sample}.expected.json").read_text(encoding="utf-8"))
    return {found["month"]: found} if "month" in found else found


LINES = lines_of("juni-2026")
EXPECTED = expected_of("juni-2026")[MONTH]
WORKED = [
    (sample, month, key)
    for sample in ("juni-2026", "edisi-2")
    for month, figures in expected_of(sample).items()
    for key in figures
]


def position(book: Book, day: date) -> dict[str, int]:
    balances = book.balances(day)
    of_type = {"asset": 0, "liability": 0, "equity": 0}
    for code, amount in balances.items():
        kind = book.accounts[code]["type"]
        of_type[kind] = of_type.get(kind, 0) + amount

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


def figures(book: Book, month: str) -> dict[str, Any]:
    """Return a month's figures, of a book that has nothing after it."""
    end = last_day(month)
    vouchers = [x.voucher for x in book.documents if x.voucher and month_of(x.date) == month]
    return {
        "month": month,
        "documents": len(vouchers),
        "profit": sum(book.profit_loss(month).values()),
        "profit_loss": book.profit_loss(month),
        "position": position(book, end),
        "trial_balance_before_close": book.trial_balance(month, closed=False),
        "trial_balance_after_close": book.trial_balance(month),
        "stock": {
            f"{item}@{place}": {"qty_thousandths": quantity, "value": value}
            for (item, place), (quantity, value) in book.stock().items()
        },
        "growing": book.growing(),
        "voucher_numbers": vouchers,
        "programmes": {code: book.programme_figures(code, end) for code in book.programmes},
        "dues": dues(book, end),
        "savings": book.saved(end),
        "shu_payable": book.owed_to("2107", end),
        "reconciliations": [
            reconciliation(book, document)
            for document in book.documents
            if document.kind == "bank_reconciliation" and month_of(document.date) == month
        ],
    }


def dues(book: Book, day: date) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for (account, party), months in book.dues_months(day).items():
        balance = book.owed_to(account, day)[party]
        found.setdefault(account, {})[party] = {"months": months, "balance": balance}
    return found


def reconciliation(book: Book, document: Document) -> dict[str, Any]:
    account, statement = document.fields["account"], document.fields["statement"]
    balance = book.balance(account, document.date)
    return {
        "number": document.voucher,
        "date": document.date.isoformat(),
        "account": account,
        "book": balance,
        "outstanding": balance - statement,
        "statement": statement,
    }


def until(sample: str, month: str) -> list[str]:
    """Return a sample's lines up to the close of a month."""
    lines = lines_of(sample)
    closes = [
        number
        for number, line in enumerate(lines, start=1)
        if json.loads(line)["kind"] == "month_close" and json.loads(line)["month"] == month
    ]
    return lines[: closes[-1]]


@pytest.mark.parametrize(("sample", "month", "key"), WORKED)
def test_the_worked_months_show_the_figures_they_must(sample: str, month: str, key: str) -> None:
    found = figures(replay(until(sample, month)), month)
    assert found[key] == expected_of(sample)[month][key]


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
    ("closed-since", july("correction", of="o", reason="lagi")),
    ("not-correctable", july("correction", of="BM-2606-0016", reason="lagi")),
    ("used-since", july("correction", of="p2", reason="lagi")),
    ("before-the-document", july("correction", of="BM-2607-0001", reason="lagi")),
    ("not-first", july("opening_balance", balances={})),
    ("lot-exists", july("grant", account="3104", items=[{**SALE, "value": 0, "lot": "KP-0615"}])),
    ("denominations-differ", july("cash_count", account="1101", counted=5, denominations={"1": 4})),
    ("nothing", july("tending", bed="kebun")),
    ("not-the-last-closed", '{"kind": "month_reopen", "month": "2026-05", "reason": "x"}'),
]


def january(kind: str, **keys: Any) -> str:
    return json.dumps({"kind": kind, "date": "2027-02-03", **keys})


def pay(account: str, amount: int, **keys: Any) -> str:
    line = {"account": account, "amount": amount, **keys.pop("line", {})}
    return january("payment", **{"from": "1103", "lines": [line], **keys})


def memorial(*lines: tuple[str, str, int], **keys: Any) -> str:
    entries = [{"account": account, side: amount} for account, side, amount in lines]
    return january("memorial", reason="x", lines=entries, **keys)


MEDIA = {"item": "media", "qty": 1, "amount": 15000}
CHIPS = {"item": "keripik-bayam", "qty": 2}
BACK = {"party": "ratna", "lines": [{**CHIPS, "spoiled": 3}]}
REFUSED_IN_2027 = [
    ("insufficient-stock", january("distribution", lines=[{**CHIPS, "qty": 5}])),
    ("before-it-was-made", january("asset_disposal", code="PT-3")),
    ("insufficient-stock", january("distribution", lines=[{"item": "pupuk", "qty": 71}])),
    ("restricted", january("receipt", into="1101", lines=[{"account": "2110", "amount": 1}])),
    ("restricted", pay("2110", 1)),
    ("restricted", january("grant", account="2110", cash={"into": "1101", "amount": 1})),
    (
        "cash-alone",
        january("grant", account="2110", programme="p2l", items=[{**CHIPS, "value": 1}]),
    ),
    ("programme-overdrawn", pay("2110", 8470001, programme="p2l")),
    ("fund-or-programme", pay("6101", 1, programme="p2l", fund="3202")),
    ("budget-without-programme", pay("6101", 1, line={"budget": "A1"})),
    ("unknown-budget-line", pay("6101", 1, line={"budget": "Z"}, programme="p2l")),
    ("pays-its-own-fund", pay("3202", 1, fund="3202")),
    ("savings-overdrawn", pay("2106", 150001, party="nurhayati")),
    ("paid-whole", january("purchase", paid_from="1101", party="pasar", paid=15000, lines=[MEDIA])),
    ("unpaid-without-party", january("purchase", paid_from="1101", paid=1, lines=[MEDIA])),
    ("paid-without-account", january("purchase", party="pasar", paid=1, lines=[MEDIA])),
    ("unknown-lot", january("purchase_return", party="pasar", lines=[{**MEDIA, "lot": "X"}])),
    ("party-or-into", january("purchase_return", lines=[MEDIA])),
    ("more-than-came-back", january("sale_return", **BACK)),
    ("unpaid-without-party", january("sale_return", lines=[CHIPS])),
    ("more-than-due", january("sale_return", lines=[CHIPS], refund={"1101": 20001})),
    ("unbalanced", memorial(("6101", "debit", 2), ("2108", "credit", 1))),
    ("cash-account", memorial(("6101", "debit", 1), ("1104", "credit", 1))),
    ("kept-by-detail", memorial(("6109", "debit", 1), ("1213", "credit", 1))),
    ("restricted", memorial(("2110", "debit", 1), ("4201", "credit", 1))),
    ("debit-or-credit", memorial(("6101", "debit", 1)).replace("}]", ', "credit": 1}]')),
    (
        "more-than-the-surplus",
        january("appropriation", decision="x", lines=[{"account": "3201", "amount": 704501}]),
    ),
    (
        "not-a-fund",
        january("appropriation", decision="x", lines=[{"account": "2106", "amount": 1}]),
    ),
    ("not-a-bank", january("bank_reconciliation", account="1101", statement=164500)),
    ("differs", january("bank_reconciliation", account="1103", statement=16180101)),
    (
        "not-outstanding",
        january("bank_reconciliation", account="1104", statement=330000, outstanding=["setor-31"]),
    ),
    (
        "paid-already",
        january(
            "dues",
            account="1104",
            lines=[{"party": "hartati", "months": ["2027-02", "2027-01"], "amount": 1}],
        ),
    ),
    (
        "restricted",
        january(
            "dues",
            **{"for": "2110"},
            account="1104",
            lines=[{"party": "hartati", "months": ["2027-02"], "amount": 1}],
        ),
    ),
    (
        "not-a-liability",
        january(
            "dues",
            **{"for": "3202"},
            account="1104",
            lines=[{"party": "hartati", "months": ["2027-02"], "amount": 1}],
        ),
    ),
    ("unknown-book", january("register", book="diary", title="x")),
    ("missing-key", january("register", book="letters", direction="in", number="1", party="x")),
    ("unknown-word", january("register", book="upkeep", facility="x", condition="good?")),
    (
        "closed-month",
        january("bank_reconciliation", account="1103", statement=16180100).replace(
            "02-03", "01-31"
        ),
    ),
    ("line-in-use", '{"kind": "programme", "code": "p2l", "name": "P2L"}'),
    ("no-chair", '{"kind": "person", "name": "Aryanah", "role": "auditor"}'),
    ("name-in-use", '{"kind": "person", "name": "ARYANAH", "role": "chair"}'),
    ("not-first", january("opening_balance", balances={})),
    ("closed-since", january("correction", of="saldo-2", reason="x")),
]


@pytest.mark.parametrize(("code", "line"), REFUSED_IN_2027, ids=lambda value: value[:60])
def test_a_line_that_breaks_a_rule_of_programmes_members_and_returns_is_refused(
    code: str, line: str
) -> None:
    later = january(
        "asset_acquisition",
        code="PT-3",
        name="Alat",
        account="1202",
        cost=9,
        life_months=9,
        paid_from="1101",
    ).replace("02-03", "02-05")
    with pytest.raises(Refused) as refused:
        replay([*lines_of("edisi-2"), later, line])
    assert (refused.value.line_number, refused.value.code) == (103, code)


def test_a_register_is_kept_in_a_closed_month_without_a_number_and_struck_out_with_one() -> None:
    book = replay(lines_of("edisi-2"))
    before = book.voucher_numbers
    book.record(
        january("register", id="r", book="activities", title="x").replace("2027-02", "2026-12")
    )
    assert book.voucher_numbers == before
    book.record(january("correction", of="r", reason="x"))
    assert book.voucher_numbers == [*before, "BM-2702-0001"]


def test_what_stood_on_a_day_is_all_that_a_document_of_it_can_take() -> None:
    book = Book()
    book.record('{"kind": "item", "code": "pupuk", "name": "x", "unit": "kg", "class": "input"}')
    for day, kind, quantity in (("01", "in", 10), ("09", "in", 5), ("05", "out", 8)):
        line = {"item": "pupuk", "qty": quantity, "value": 1000 * quantity}
        if kind == "out":
            del line["value"]
            given = {"kind": "distribution", "lines": [line]}
        else:
            given = {"kind": "grant", "account": "3104", "items": [line]}
        book.record(json.dumps({**given, "date": f"2027-02-{day}"}))
    taken = {"kind": "distribution", "date": "2027-02-03"}
    with pytest.raises(Refused, match="insufficient-stock pupuk store 2001 2000"):
        book.record(json.dumps({**taken, "lines": [{"item": "pupuk", "qty": 2.001}]}))
    counted = [{"item": "pupuk", "counted": 12}]
    count = {"kind": "stock_count", "date": "2027-02-04", "place": "store", "lines": counted}
    done = book.record(json.dumps(count))
    assert done is not None
    assert [(p.account, p.amount) for p in done.postings] == [("1122", 2000), ("7102", -2000)]
    with pytest.raises(Refused, match="used-since"):
        book.record(
            '{"kind": "correction", "date": "2027-02-09", "of": "BM-2702-0001", "reason": "x"}'
        )


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
