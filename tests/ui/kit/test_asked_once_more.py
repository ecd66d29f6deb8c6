"""What is seldom meant is asked once more beside its field; saved again, it is recorded."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from kwt_books.domain.documents.buying import Purchase, PurchaseLine
from kwt_books.domain.values import UNIT
from tests.ui.every_form import EveryForm, form_of
from ui.kit.button import Button
from ui.kit.form import Form
from ui.kit.workspace import Workspace
from ui.money.forms import PaymentForm
from ui.money.savings import SavingsForm

_OWED = Purchase(
    date=date(2026, 7, 1), party="toko-tani",
    lines=(PurchaseLine(item="pupuk", qty=60 * UNIT, amount=304_000),),
)  # fmt: skip


def transfer(workspace: Workspace, qtbot: QtBot, **given: Any) -> tuple[EveryForm, Form, list[Any]]:
    every, saved = EveryForm(workspace, qtbot), list[Any]()
    usual = {"date": "2026-07-01", "from": "1102", "to": "1101", "amount": 5000}
    form = form_of(every.open("transfer", {**usual, **given}))
    assert form is not None
    form.saved.connect(saved.append)
    return every, form, saved


def save(every: EveryForm, form: Form) -> None:
    form.save()
    every.settle()


def test_what_is_usual_is_not_asked(workspace: Workspace, qtbot: QtBot) -> None:
    every, form, saved = transfer(workspace, qtbot)
    save(every, form)
    assert len(saved) == 1


def test_cash_below_zero_is_asked_once_with_its_figures(workspace: Workspace, qtbot: QtBot) -> None:
    every, form, saved = transfer(workspace, qtbot, amount=900_000_000)
    save(every, form)
    assert saved == []
    assert form.note.isVisible()
    assert form.note.property("tone") == "warn"
    standing = form.asked[0].params["balance"]
    assert workspace.ui.formats.rupiah(standing) in form.note.text  # type: ignore[arg-type]
    save(every, form)
    assert len(saved) == 1


def test_a_double_click_answers_nothing(
    workspace: Workspace, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its second half comes when the question has just come up."""
    every, form, saved = transfer(workspace, qtbot, amount=900_000_000)
    monkeypatch.setattr(Button, "SETTLES", 3_600_000)
    save(every, form)
    save(every, form)
    assert saved == []
    monkeypatch.setattr(Button, "SETTLES", 0)
    save(every, form)
    assert len(saved) == 1


def test_more_than_is_owed_is_asked_beside_the_amount(workspace: Workspace, qtbot: QtBot) -> None:
    every, saved = EveryForm(workspace, qtbot), list[Any]()
    workspace.tasks.run(lambda book: book.record(_OWED), lambda _: None)
    every.settle()
    line = {"account": "2101", "amount": 2_000_000}
    paid = {"date": "2026-07-01", "party": "toko-tani", "lines": [line], "from": "1103"}
    form = form_of(every.open("payment", paid))
    assert isinstance(form, PaymentForm)
    form.saved.connect(saved.append)
    save(every, form)
    assert saved == []
    said = form.rows.lines[0].message
    assert "304.000" in said
    assert "2.000.000" in said
    assert form.rows.lines[0].fields["amount"].property("tone") == "warn", "asked, not refused"
    form.rows.lines[0].fields["amount"].set_value(304_000)
    save(every, form)
    assert len(saved) == 1, "what is owed is paid unasked"


def test_other_figures_are_asked_anew(workspace: Workspace, qtbot: QtBot) -> None:
    every, form, saved = transfer(workspace, qtbot, amount=900_000_000)
    save(every, form)
    form.fields["amount"].set_value(800_000_000)
    save(every, form)
    assert saved == []


def test_tomorrow_is_asked(workspace: Workspace, qtbot: QtBot) -> None:
    every, form, saved = transfer(workspace, qtbot, date="2026-07-02")
    save(every, form)
    assert saved == []
    assert form.day_row is not None
    assert form.day_row.message
    save(every, form)
    assert len(saved) == 1


def test_a_day_after_next_month_is_refused_with_a_word_on_the_clock(
    workspace: Workspace, qtbot: QtBot
) -> None:
    every, form, saved = transfer(workspace, qtbot, date="2062-11-29")
    for _ in range(2):
        save(every, form)
    assert saved == []
    assert form.day_row is not None
    assert "2062" in form.day_row.message
    assert workspace.ui.formats.day(workspace.ui.today) in form.day_row.message


def test_the_question_stands_until_something_else_is_filled_in(
    workspace: Workspace, qtbot: QtBot
) -> None:
    """Though the keyboard goes to another field, after which the book is asked again."""
    every, form, _ = transfer(workspace, qtbot, amount=900_000_000)
    save(every, form)
    amount = form.fields["from"]
    form.check()
    every.settle()
    assert amount.property("tone") == "warn" or form.fields["amount"].property("tone") == "warn"
    form.fields["amount"].set_value(5000)
    form.check()
    every.settle()
    assert not form.note.isVisible()
    tones = {each.property("tone") for each in (amount, form.fields["amount"])}
    assert tones <= {None, ""}


def test_a_member_with_a_nought_too_many_is_named_and_has_the_keyboard(
    workspace: Workspace, qtbot: QtBot
) -> None:
    every = EveryForm(workspace, qtbot)
    paid = [{"party": f"anggota-{n:02}", "amount": 10_000 if n < 3 else 100_000} for n in (1, 2, 3)]
    given = {"date": "2026-07-01", "type": "mandatory", "account": "1101", "lines": paid}
    form = form_of(every.open("savings", given))
    assert isinstance(form, SavingsForm)
    save(every, form)
    form.check()
    every.settle()
    tones = [form.grid.by_member[each["party"]].field.property("tone") for each in paid]
    assert tones == [None, None, "warn"] or tones == ["", "", "warn"]
    assert form.grid.by_member["anggota-03"].field.hasFocus()
    assert form.grid.by_member["anggota-03"].known.name in form.note.text
