"""The chair's entries and goods that go back, filled in by hand: what is meant is recorded."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from kwt_books.domain.access import Role, may_record
from kwt_books.domain.kinds import KINDS
from kwt_books.store.driver import sqlite3
from tests.ui.money_hand import Hand
from tests.ui.sample_parts import left_by
from tests.ui.windows import message, notes_of
from ui.funds.sharing import AppropriationForm
from ui.kit.card import Note
from ui.kit.form import Form
from ui.money.memorial import (
    AdvanceForm,
    CostOwedForm,
    FreeMemorialForm,
    SavingsNamedForm,
    TaxDueForm,
)
from ui.money.returned import MONEY, PurchaseReturnForm
from ui.selling.returned import SaleReturnForm

DAY = "2026-07-01"


def last_of(path: Path, number: str) -> dict[str, Any]:
    """What a document says, as it is kept."""
    with closing(sqlite3.connect(path)) as opened:
        found = opened.execute(
            "SELECT payload FROM document WHERE number = ?", (number,)
        ).fetchone()
    said: dict[str, Any] = json.loads(found[0])
    return said


def recorded(hand: Hand, form: Form, path: Path) -> dict[str, Any]:
    number = hand.save(form).number
    assert number is not None
    return last_of(path, number)


def fill_line(hand: Hand, line: Any, **said: str) -> None:
    for key, text in said.items():
        field = line.fields[key]
        if key in ("account", "item", "party"):
            hand.pick(field, text)
        else:
            hand.type(field, text)


def save(form: Form, qtbot: QtBot) -> None:
    """Tries to; over once the book has answered."""
    qtbot.keyClick(form, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: not form.saving)


# -- memorial --------------------------------------------------------------------------------


def test_a_cost_not_paid_yet_is_owed_to_who_has_to_be_paid(
    hand: Hand, book_path: Path, qtbot: QtBot
) -> None:
    form = hand.open("cost_owed")
    assert isinstance(form, CostOwedForm)
    hand.day(form.date, DAY)
    fill_line(hand, form.rows.lines[0], account="6104", amount="150rb")
    hand.type(form.reason, "Listrik Juni")
    save(form, qtbot)
    assert message(form, "party")
    hand.pick(form.party, "toko-tani")
    found = recorded(hand, form, book_path)
    assert found["reason"] == "Listrik Juni"
    assert found["lines"] == [
        {"account": "6104", "debit": 150_000},
        {"account": "2101", "credit": 150_000, "party": "toko-tani"},
    ]


def test_an_advance_is_accounted_for_by_what_it_was_spent_on(hand: Hand, book_path: Path) -> None:
    form = hand.open("advance_spent")
    assert isinstance(form, AdvanceForm)
    hand.day(form.date, DAY)
    hand.pick(form.party, "siti")
    fill_line(hand, form.rows.lines[0], account="6103", amount="60000")
    fill_line(hand, form.rows.lines[1], account="6106", amount="40000")
    hand.type(form.reason, "Panjar studi banding")
    assert recorded(hand, form, book_path)["lines"] == [
        {"account": "6103", "debit": 60_000},
        {"account": "6106", "debit": 40_000},
        {"account": "1141", "credit": 100_000, "party": "siti"},
    ]


def test_a_tax_due_is_known_without_an_account(hand: Hand, book_path: Path, qtbot: QtBot) -> None:
    form = hand.open("tax_due")
    assert isinstance(form, TaxDueForm)
    hand.day(form.date, DAY)
    save(form, qtbot)
    assert message(form, "lines.0.debit")
    assert message(form, "reason")
    hand.type(form.amount, "7550")
    hand.type(form.reason, "PPh final")
    assert recorded(hand, form, book_path)["lines"] == [
        {"account": "8101", "debit": 7_550},
        {"account": "2108", "credit": 7_550},
    ]


def test_savings_get_their_names(hand: Hand, book_path: Path) -> None:
    form = hand.open("savings_named")
    assert isinstance(form, SavingsNamedForm)
    hand.day(form.date, DAY)
    form.type.choose("voluntary")
    first, second = form.names.lines[0].fields["party"].codes[:2]
    fill_line(hand, form.names.lines[0], party=first, credit="120000")
    fill_line(hand, form.names.lines[1], party=second, credit="80000")
    hand.type(form.reason, "Nama dari buku lama")
    assert recorded(hand, form, book_path)["lines"] == [
        {"account": "2106", "credit": 120_000, "party": first},
        {"account": "2106", "credit": 80_000, "party": second},
        {"account": "2106", "debit": 200_000},
    ]


def test_sides_that_differ_are_refused_below_the_lines(
    hand: Hand, book_path: Path, qtbot: QtBot
) -> None:
    form = hand.open("memorial")
    assert isinstance(form, FreeMemorialForm)
    hand.day(form.date, DAY)
    fill_line(hand, form.rows.lines[0], account="6104", debit="5000")
    fill_line(hand, form.rows.lines[1], account="2101", credit="4000", party="toko-tani")
    hand.type(form.reason, "Betulkan")
    save(form, qtbot)
    qtbot.waitUntil(lambda: "1.000" in form.rows.message.text())
    fill_line(hand, form.rows.lines[0], debit="4000")
    assert recorded(hand, form, book_path)["lines"] == [
        {"account": "6104", "debit": 4_000},
        {"account": "2101", "credit": 4_000, "party": "toko-tani"},
    ]


def test_an_amount_on_both_sides_is_refused_beside_its_line(hand: Hand, qtbot: QtBot) -> None:
    form = hand.open("memorial")
    fill_line(hand, form.rows.lines[0], account="6104", debit="5000", credit="5000")
    hand.type(form.reason, "Betulkan")
    save(form, qtbot)
    qtbot.waitUntil(lambda: "salah satu" in form.rows.lines[0].message)
    assert left_by(form.workspace.book, "memorial", form.date.value().isoformat()) == []


def test_forms_of_the_chair_are_the_chairs_alone() -> None:
    chairs = [form.name for name in ("memorial", "appropriation") for form in KINDS[name].forms]
    assert "cost_owed" in chairs
    for name in chairs:
        assert may_record(Role.CHAIR, name)
        assert not may_record(Role.TREASURER, name)
    assert may_record(Role.TREASURER, "purchase_return")


# -- returns ---------------------------------------------------------------------------------


def test_goods_go_back_off_the_debt_or_for_money(hand: Hand, book_path: Path, qtbot: QtBot) -> None:
    form = hand.open("purchase_return")
    assert isinstance(form, PurchaseReturnForm)
    hand.day(form.date, DAY)
    fill_line(hand, form.rows.lines[0], item="kemasan", qty="2", amount="2000")
    save(form, qtbot)
    assert message(form, "party")
    hand.pick(form.party, "toko-tani")
    save(form, qtbot)
    assert "Rp0" in form.note.text, "nothing is owed to it: asked once more"
    found = recorded(hand, form, book_path)
    assert (found["party"], found.get("into")) == ("toko-tani", None)
    form = hand.open("purchase_return")
    hand.day(form.date, DAY)
    fill_line(hand, form.rows.lines[0], item="kemasan", qty="2", amount="2000")
    form.way.choose(MONEY)
    found = recorded(hand, form, book_path)
    assert (found.get("party"), found["into"]) == (None, "1101")


def test_more_than_the_store_has_does_not_go_back(hand: Hand, qtbot: QtBot) -> None:
    form = hand.open("purchase_return")
    hand.day(form.date, DAY)
    fill_line(hand, form.rows.lines[0], item="kemasan", qty="999999", amount="2000")
    hand.pick(form.party, "toko-tani")
    save(form, qtbot)
    qtbot.waitUntil(lambda: bool(form.rows.lines[0].message))
    assert left_by(form.workspace.book, "purchase_return", DAY) == []


def test_what_comes_back_is_refunded_or_taken_off_the_claim(
    hand: Hand, book_path: Path, qtbot: QtBot
) -> None:
    form = hand.open("sale_return")
    assert isinstance(form, SaleReturnForm)
    hand.day(form.date, DAY)
    fill_line(hand, form.rows.lines[0], item="keripik-pare", qty="3", spoiled="1", price="9000")
    assert form.total() == 27_000
    hand.type(form.refund.cash, "30000")
    save(form, qtbot)
    qtbot.waitUntil(lambda: bool(form.refund.cash.parentWidget().message))  # type: ignore[attr-defined]
    hand.type(form.refund.cash, "20000")
    assert any("7.000" in note.text for note in form.findChildren(Note))
    save(form, qtbot)
    qtbot.waitUntil(lambda: bool(message(form, "party")))
    hand.pick(form.party, "joko")
    save(form, qtbot)
    assert "Rp0" in form.note.text, "he owes nothing for sales: asked once more"
    found = recorded(hand, form, book_path)
    assert found["refund"] == {"1101": 20_000}
    assert found["party"] == "joko"
    assert found["lines"][0]["price"] == 9_000


# -- profit of the year ----------------------------------------------------------------------


def surplus(path: Path) -> int:
    """3301 by what the file holds on that day."""
    with closing(sqlite3.connect(path)) as file:
        query = "SELECT -sum(amount) FROM posting WHERE account = '3301' AND date <= ?"
        (left,) = file.execute(query, (DAY,)).fetchone()
    return int(left)


def rupiah(amount: int) -> str:
    return f"Rp{amount:,}".replace(",", ".")


def test_the_yearly_meeting_shares_no_more_than_there_is(
    hand: Hand, book_path: Path, qtbot: QtBot
) -> None:
    form = hand.open("appropriation")
    assert isinstance(form, AppropriationForm)
    hand.day(form.date, DAY)
    hand.type(form.decision, "BA-01/RAT")
    member = form.rows.lines[0].fields["party"].codes[0]
    fill_line(hand, form.rows.lines[0], account="2107", amount="1miliar", party=member)
    fill_line(hand, form.rows.lines[0], amount="999000000")
    left = surplus(book_path)
    assert rupiah(left) in notes_of(form)
    assert rupiah(999_000_000 - left) in notes_of(form), "so much more than there is"
    save(form, qtbot)
    qtbot.waitUntil(lambda: bool(form.rows.message.text()))
    fill_line(hand, form.rows.lines[0], amount="1000")
    assert rupiah(left - 1_000) in notes_of(form), "what is left after it"
    assert form.total() == 1_000
    found = recorded(hand, form, book_path)
    assert found["decision"] == "BA-01/RAT"
    assert found["lines"] == [{"account": "2107", "amount": 1_000, "party": member}]
