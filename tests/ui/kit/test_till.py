"""The money received, as an input by itself, and the bar of a paper that is being written."""

from __future__ import annotations

from typing import Any, cast

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from kwt_books.domain.accounts import BANK, CASH_BOX, Account, AccountType, Side
from tests.ui.windows import let_go
from ui.kit.form import Form
from ui.kit.layout import column
from ui.kit.look import UiContext
from ui.kit.printing import PaperWriter, WritingStrip
from ui.kit.till import CashField, MemoField, SaveBar, ShareField, Till, TillCard
from ui.kit.workspace import Workspace

OTHER = "1102"
AMOUNTS = st.integers(0, 10**12)


@pytest.fixture
def ui(english: UiContext) -> UiContext:
    return english


def made(ui: UiContext, around: QWidget, *, proposes: bool, **names: str) -> Till:
    till = Till(ui, proposes=proposes, **names)
    till.setParent(around)
    column(till.cash, till.bank, parent=around)
    return till


@pytest.fixture
def till(ui: UiContext, around: QWidget) -> Till:
    return made(ui, around, proposes=True)


def type_into(field: CashField, text: str) -> None:
    field.setText(text)
    field.textEdited.emit(text)


def test_what_is_due_is_proposed_as_cash_less_what_came_otherwise(till: Till) -> None:
    told: list[int] = []
    till.changed.connect(lambda: told.append(till.total))
    till.set_due(50_000)
    assert (till.cash.value(), till.cash.property("computed")) == (50_000, True)
    assert (till.value(), till.state()) == ({CASH_BOX: 50_000}, {}), "nothing was typed"
    type_into(till.bank, "20000")
    assert (till.cash.value(), till.total) == (30_000, 50_000)
    type_into(till.bank, "60000")
    assert (till.cash.value(), till.total) == (0, 60_000)
    assert told[-1] == 60_000
    type_into(till.cash, "1000")
    till.set_due(90_000)
    assert (till.cash.value(), till.cash.property("computed")) == (1_000, False)
    assert till.state() == {
        "cash": 1_000, "bank": 60_000, "accounts": [CASH_BOX, BANK]
    }  # fmt: skip
    till.set_value({})
    assert (till.cash.value(), till.bank.value()) == (90_000, None)
    till.set_due(0)
    assert (till.cash.value(), till.is_filled) == (None, False)


def test_what_proposes_nothing_waits_for_an_amount(ui: UiContext, around: QWidget) -> None:
    till = made(ui, around, proposes=False)
    till.set_due(5_000)
    assert (till.is_filled, till.problem()) == (False, "")
    till.is_needed = True
    assert till.problem() == "Count the money first. Write 0 if there was none."
    type_into(till.bank, "0")
    assert (till.is_filled, till.problem(), till.value()) == (True, "", {})
    type_into(till.bank, "much")
    assert till.problem() == till.bank.problem() != ""


def test_the_fields_are_called_for_what_they_hold(ui: UiContext, qtbot: QtBot) -> None:
    for given_, names in (
        ({}, ("Cash received", "Received by QRIS or transfer")),
        ({"cash": "Paid in cash", "bank": "Sent"}, ("Paid in cash", "Sent")),
    ):
        around = QWidget()
        qtbot.addWidget(around)
        till = made(ui, around, proposes=True, **given_)
        assert (till.cash.accessibleName(), till.bank.accessibleName()) == names


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.sampled_from([CASH_BOX, BANK, OTHER, "1104"]), AMOUNTS, max_size=2))
def test_a_document_s_amounts_come_back(till: Till, amounts: dict[str, int]) -> None:
    till.set_due(7)
    till.set_value(amounts)
    wanted = {code: amount for code, amount in amounts.items() if amount}
    assert till.value() == (wanted if amounts else {CASH_BOX: 7})
    kept = cast("Any", till.state())
    till.set_value({OTHER: 1, BANK: 2})
    till.set_value(kept)
    assert till.value() == (wanted if amounts else {CASH_BOX: 7}), "nor does a draft lose any"


def test_money_in_a_third_account_is_refused_and_not_dropped(till: Till) -> None:
    till.set_value({CASH_BOX: 300_000, BANK: 200_000, OTHER: 110_000})
    told = f"This form has no room for the money in {OTHER}. Undo the document instead."
    assert (till.problem(), till.total) == (told, 500_000)
    for field in (till.cash, till.bank):
        type_into(field, "")
    kept = till.state()
    till.set_value({})
    assert (till.problem(), till.state()) == ("", {}), "it is begun anew"
    till.set_value(kept)
    assert till.problem() == told, "a draft tells it too"
    till.set_value({OTHER: 1})
    assert till.problem() == ""


def test_both_ways_may_go_into_one_account(till: Till) -> None:
    till.set_value({CASH_BOX: 3, BANK: 4})
    told: list[bool] = []
    till.changed.connect(lambda: told.append(True))
    till.use_accounts(OTHER, OTHER)
    assert (till.value(), told) == ({OTHER: 7}, [True])


def test_a_field_that_is_being_rubbed_out_is_not_filled_in(
    ui: UiContext, qtbot: QtBot, around: QWidget
) -> None:
    field, other = CashField(ui, "Cash"), CashField(ui, "Other")
    column(field, other, parent=around)
    with qtbot.waitActive(around):
        around.show()
    field.setFocus()
    field.compute(5)
    assert field.text() == "", "it has the keyboard and is empty"
    other.setFocus()
    field.compute(5)
    assert field.value() == 5
    field.setFocus()
    field.compute(6)
    assert field.value() == 6, "it is not empty"
    field.put(7)
    field.compute(8)
    assert (field.value(), field.is_own) == (7, True)
    field.put(None)
    assert (field.text(), field.is_own, field.property("computed")) == ("", False, False)


def test_a_share_that_was_typed_is_kept_and_another_computed_anew(
    ui: UiContext, qtbot: QtBot
) -> None:
    field = ShareField(ui, "Fund")
    qtbot.addWidget(field)
    field.compute(500)
    assert (field.state(), field.value(), field.is_own) == ("", 500, False)
    for value in (0, 250):
        field.set_value(value)
        assert (field.is_own, field.value(), field.state()) == (True, value, value)
    field.set_value(None)
    assert (field.is_own, field.state()) == (False, "")


def test_a_note_stands_where_it_was_asked_for_or_has_words(
    ui: UiContext, qtbot: QtBot, around: QWidget
) -> None:
    field = MemoField(ui)
    column(field.opener, field.row, parent=around)
    with qtbot.waitActive(around):
        around.show()

    def seen() -> tuple[bool, bool]:
        return field.opener.isVisible(), field.row.isVisible()

    assert seen() == (True, False)
    assert not field.row.title.isVisible()
    assert (field.opener.text(), field.accessibleName()) == ("Add a note", "Note")
    field.opener.click()
    assert (seen(), field.hasFocus()) == ((False, True), True)
    field.set_value("")
    assert seen() == (True, False)
    field.set_value("Rain")
    assert seen() == (False, True)
    small = MemoField(ui, small=True)
    small.setParent(around)
    assert (small.opener.text(), small.opener.accessibleName()) == ("", "Add a note")


def test_the_money_is_touched_once_it_was_left(ui: UiContext, around: QWidget) -> None:
    class Stub:
        t = ui.t

    form = Stub()
    form.ui = ui  # type: ignore[attr-defined]
    card, told = TillCard(cast("Form", form), around, proposes=True, space=8), list[bool]()
    column(card.till.cash, parent=around)
    card.till.cash.installEventFilter(card)
    card.touched.connect(lambda: told.append(True))
    for kind, times in ((QEvent.Type.FocusIn, 0), (QEvent.Type.FocusOut, 1)):
        for _ in range(2):
            QApplication.sendEvent(
                card.till.cash, QFocusEvent(kind, Qt.FocusReason.MouseFocusReason)
            )
        assert (len(told), card.was_touched) == (times, bool(times))
    assert card.field is card.till.cash
    assert card.said.isHidden()
    card.say("Too much")
    assert (card.message, card.said.isHidden()) == ("Too much", False)
    card.say("")
    assert card.said.isHidden()


# -- a paper that is being written ---------------------------------------------------------------


class Writer(QObject):
    started, told, ended = Signal(str), Signal(int), Signal()

    def __init__(self) -> None:
        super().__init__()
        self.cancelled = 0

    def cancel(self) -> None:
        self.cancelled += 1


def test_the_bar_tells_of_what_was_begun_last(ui: UiContext, qtbot: QtBot) -> None:
    one, other = Writer(), Writer()
    strip = WritingStrip(ui, *cast("list[PaperWriter]", [one, other]))
    qtbot.addWidget(strip)
    assert strip.isHidden()
    strip.stop.click()
    one.started.emit("Making the pages")
    assert (strip.label.text(), strip.isHidden()) == ("Making the pages", False)
    one.told.emit(1_200)
    assert strip.label.text() == "Making the pages: 1,200"
    other.started.emit("Writing the file")
    one.told.emit(1_300)
    one.ended.emit()
    assert (strip.label.text(), strip.isHidden()) == ("Writing the file", False)
    strip.stop.click()
    assert (one.cancelled, other.cancelled) == (0, 1)
    other.ended.emit()
    assert strip.isHidden()


class Saved(Form):
    """A form that notes what is done with it."""

    def __init__(self, desk: Workspace) -> None:
        super().__init__(desk, "saved")
        self.done: list[object] = []

    def save(self, *, then_print: bool = False) -> None:
        self.done.append(then_print)

    def start_anew(self) -> None:
        self.done.append("anew")


def test_what_is_needed_less_often_stands_in_the_menu_beside_what_prints(
    still: Workspace, around: QWidget
) -> None:
    till = made(still.ui, around, proposes=True)
    till.accounts = tuple(
        Account(code, f"Akun {code}", f"Account {code}", AccountType.ASSET, Side.DEBIT, True)
        for code in (CASH_BOX, OTHER, BANK)
    )
    form = Saved(still)
    form.setParent(around)
    bar = SaveBar(form, till)
    bar.setParent(around)
    for _ in range(2):
        bar.menu.aboutToShow.emit()
        let_go()
        acts = bar.menu.actions()
        names = [each.text().partition("\t")[0] for each in acts]
        assert names == ["Save without printing", "Clear the form", "", "Cash goes into",
                         "QRIS and transfers go into"]  # fmt: skip
        assert [each.isSeparator() for each in acts] == [False, False, True, False, False]
    assert "Ctrl+S" in acts[0].text()
    for each in acts[:2]:
        each.trigger()
    bar.print_button.click()
    assert form.done == [False, "anew", True]
    for place, (cash, bank) in ((3, (OTHER, BANK)), (4, (OTHER, CASH_BOX))):
        choices = acts[place].menu().actions()
        assert [each.text() for each in choices] == [
            f"Account {each.code}" for each in till.accounts
        ]
        held = (till.cash_account, till.bank_account)[place - 3]
        assert [each.isChecked() for each in choices] == [
            each.code == held for each in till.accounts
        ]  # fmt: skip
        choices[1 if place == 3 else 0].trigger()
        assert (till.cash_account, till.bank_account) == (cash, bank)
    form.saving_changed.emit(True)
    assert [each.isEnabled() for each in (bar.print_button, bar.more)] == [False, False]
    plain = SaveBar(form)
    plain.setParent(around)
    plain.menu.aboutToShow.emit()
    assert len(plain.menu.actions()) == 2
