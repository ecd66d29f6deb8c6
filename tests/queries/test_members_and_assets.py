"""What lists of savings, assets and grants show, and what a bank has yet to show."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from kwt_books.book import Book
from kwt_books.domain.values import Month
from kwt_books.queries.assets import asset_register, grants, members
from kwt_books.queries.reconciliations import bank_known, moved_between, reconciled_months
from tests.reports.figures import opening
from tests.reports.trade import ITEMS, Line, undo

pytestmark = pytest.mark.only_files


def save(day: str, kind: str, **amounts: int) -> Line:
    lines = [{"party": party, "amount": amount} for party, amount in amounts.items()]
    return {"kind": "savings", "date": day, "type": kind, "account": "1101", "lines": lines}


def test_members_hold_what_they_paid_in_and_begin_with_the_last(
    book_of: Callable[..., Book],
) -> None:
    """Who is no member and has savings stands behind them; what was undone was never paid, and
    what is taken out is not what one usually pays in.
    """
    brought = [{"party": "rina", "account": "3101", "amount": -20_000}]
    book = book_of(
        *ITEMS, {**opening(a1101=500_000), "parties": brought},
        save("2026-01-05", "mandatory", ani=10_000, budi=10_000),
        save("2026-01-10", "voluntary", ani=5_000),
        save("2026-02-05", "mandatory", ani=12_000),
        {**save("2026-02-06", "mandatory", budi=99_000), "id": "salah"},
        undo("2026-02-07", "salah"),
        save("2026-03-01", "voluntary", ani=-5_000),
        {"kind": "party", "code": "ani", "name": "Ani", "role": "member", "left": "2026-04-01"},
    )  # fmt: skip
    found = book.read(members)
    told = {each.party: (each.name, each.held, each.last, each.total) for each in found}
    assert told == {
        "ani": ("Ani", {"mandatory": 22_000}, {"mandatory": 12_000, "voluntary": 5_000}, 22_000),
        "budi": ("Budi", {"mandatory": 10_000}, {}, 10_000),
        "rina": ("Ibu Rina", {"principal": 20_000}, {}, 20_000),
    }
    assert list(told) == ["ani", "budi", "rina"]
    assert [each.left for each in found] == [date(2026, 4, 1), None, None]


def acquire(day: str, code: str, account: str, **more: object) -> Line:
    return {"kind": "asset_acquisition", "date": day, "code": code, "name": f"Alat {code}",
            "account": account, "cost": 10_000, "life_months": 10, "paid_from": "1101",
            **more}  # fmt: skip


def test_assets_stand_by_account_and_age_and_no_code_is_forgotten(
    book_of: Callable[..., Book],
) -> None:
    given = {"code": "G", "name": "Pompa", "account": "1203", "cost": 8_000, "life_months": 8}
    book = book_of(
        *ITEMS, opening(a1101=500_000),
        acquire("2026-01-06", "A", "1203"), acquire("2026-01-05", "B", "1203"),
        acquire("2026-01-07", "C", "1202"), acquire("2026-01-07", "D", "1202"),
        {"kind": "grant", "date": "2026-01-06", "account": "4201", "assets": [given]},
        {"kind": "depreciation", "month": "2026-01"},
        {"kind": "asset_disposal", "date": "2026-02-01", "code": "D"},
    )  # fmt: skip
    found = book.read(asset_register)
    told = [
        (each.asset.code, each.account.code, each.source, each.value, each.number is not None)
        for each in found.owned
    ]
    assert told == [
        ("C", "1202", "asset_acquisition", 9_000, True),
        ("B", "1203", "asset_acquisition", 9_000, True),
        ("A", "1203", "asset_acquisition", 9_000, True),
        ("G", "1203", "grant", 7_000, True),
    ]
    assert found.codes == {"A", "B", "C", "D", "G"}
    assert {"1202", "1203"} < {each.code for each in found.accounts}


def test_grants_tell_who_gave_what_and_all_it_is_worth(book_of: Callable[..., Book]) -> None:
    agency = {"kind": "party", "code": "dinas", "name": "Dinas Pertanian", "role": "agency"}
    given = {"code": "G", "name": "Pompa", "account": "1203", "cost": 8_000, "life_months": 8}
    goods = [{"item": "pupuk", "qty": 2, "value": 3_000}]
    book = book_of(
        *ITEMS, agency,
        {"kind": "grant", "date": "2026-01-06", "account": "4201", "party": "dinas",
         "items": goods, "assets": [given], "cash": {"into": "1101", "amount": 500}},
        {"kind": "grant", "date": "2026-01-07", "account": "4201", "items": goods, "id": "salah"},
        undo("2026-01-08", "salah"),
    )  # fmt: skip
    undone, held = book.read(grants)
    assert (held.day, held.giver, held.goods) == (
        date(2026, 1, 6), "Dinas Pertanian", ("Pupuk NPK", "Pompa"),
    )  # fmt: skip
    assert (held.cash, held.amount, held.corrected_by) == (500, 11_500, None)
    assert (undone.giver, undone.cash, undone.amount) == ("", 0, 3_000)
    assert undone.corrected_by is not None


def into_bank(day: str, amount: int, **more: object) -> Line:
    return {"kind": "receipt", "date": day, "into": "1103",
            "lines": [{"account": "4201", "amount": amount}], **more}  # fmt: skip


def test_a_bank_has_yet_to_show_what_waited_or_came_since(book_of: Callable[..., Book]) -> None:
    """Also what was recorded since, though it is dated before; not what moved nothing there."""
    there_and_back = {"kind": "transfer", "from": "1103", "to": "1101", "amount": 7}
    book = book_of(
        *ITEMS, opening(a1101=500, a1103=1_000),
        into_bank("2026-01-05", 500), into_bank("2026-01-20", 300, id="tunggu"),
        {"kind": "bank_reconciliation", "date": "2026-01-31", "account": "1103",
         "statement": 1_500, "outstanding": ["tunggu"]},
        {"kind": "bank_reconciliation", "date": "2026-02-01", "account": "1103",
         "statement": 1_800, "id": "salah"},
        undo("2026-02-01", "salah"),
        into_bank("2026-01-15", 40), into_bank("2026-02-03", 50),
        {**there_and_back, "date": "2026-02-04"},
        into_bank("2026-02-05", 60, id="keliru"), undo("2026-02-09", "keliru"),
        into_bank("2026-02-20", 1_000),
        earned("2026-02-06"),
    )  # fmt: skip
    known = book.read(bank_known, "1103", date(2026, 2, 10))
    assert [(each.day.day, each.amount, each.waited) for each in known.lines] == [
        (4, -7, False), (3, 50, False), (20, 300, True), (15, 40, False),
    ]  # fmt: skip
    assert (known.balance, known.since) == (1_000 + 500 + 300 + 40 + 50 - 7, date(2026, 1, 31))
    before = book.read(bank_known, "1103", date(2026, 2, 8))
    assert [each.amount for each in before.lines] == [60, -7, 50, 300, 40]
    first = book.read(bank_known, "1103", date(2026, 1, 30))
    assert (first.since, first.balance) == (None, 1_840)
    assert [each.amount for each in first.lines] == [300, 40, 500, 1_000]
    other = book.read(bank_known, "1104", date(2026, 2, 10))
    assert (other.balance, other.last, other.lines) == (0, None, ())
    between = book.read(moved_between, "1103", date(2026, 1, 15), date(2026, 2, 3))
    assert [(each.day.day, each.amount) for each in between] == [(3, 50), (20, 300), (15, 40)]
    done = book.read(lambda reading: reconciled_months(reading.connection))
    assert done == {("1103", Month("2026-01"))}


def earned(day: str) -> Line:
    """In the drawer: no business of the bank's."""
    return {"kind": "receipt", "date": day, "into": "1101",
            "lines": [{"account": "4201", "amount": 9}]}  # fmt: skip
