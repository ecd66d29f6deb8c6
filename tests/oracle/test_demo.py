"""The bundled demo: what the script writes, accepted by the oracle, and true to its calendar."""

import json
from datetime import date, timedelta

import pytest

from tests import ROOT

from .kinds import DOCUMENTS
from .replay import Book, replay

DEMO = ROOT / "resources" / "demo" / "2026.jsonl"
LEFT_OUT = {"month_reopen", "appropriation"}


@pytest.fixture(scope="module")
def book() -> Book:
    return replay(DEMO.read_text(encoding="utf-8").splitlines())


def test_the_file_is_what_the_script_writes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "scripts"))
    import make_demo

    assert DEMO.read_bytes() == make_demo.stream().encode("utf-8")


def test_june_is_the_worked_month_byte_for_byte() -> None:
    june = (ROOT / "tests" / "data" / "juni-2026.jsonl").read_bytes()
    assert DEMO.read_bytes().startswith(june)


def test_every_kind_but_the_rare_ones_is_shown(book: Book) -> None:
    assert {document.kind for document in book.documents} == DOCUMENTS.keys() - LEFT_OUT


def test_four_more_months_are_closed_and_november_is_open(book: Book) -> None:
    assert book.closed_until() == "2026-10"
    assert max(document.date for document in book.documents) == date(2026, 11, 20)


@pytest.mark.parametrize("month", ["2026-07", "2026-08", "2026-09", "2026-10"])
def test_each_month_is_of_a_plausible_size(book: Book, month: str) -> None:
    result = book.profit_loss(month)
    sales = sum(amount for code, amount in result.items() if code.startswith("41"))
    assert 3_000_000 <= sales <= 4_200_000
    assert 900_000 <= sum(result.values()) <= 1_600_000


def test_no_cash_account_is_ever_below_zero(book: Book) -> None:
    days = [date(2026, 6, 1) + timedelta(n) for n in range(180)]
    lowest = {
        (account, day): balance
        for day in days
        for account, balance in book.balances(day).items()
        if book.is_cash(account) and balance < 0
    }
    assert lowest == {}


def test_the_outlet_days_are_fridays() -> None:
    lines = [json.loads(line) for line in DEMO.read_text(encoding="utf-8").splitlines()]
    outlets = [line["date"] for line in lines if line.get("venue") == "outlet-jumat"]
    assert len(outlets) == 25
    assert {date.fromisoformat(day).weekday() for day in outlets} == {4}
