"""A form from the first key to the voucher."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from kwt_books.domain.access import Recorded
from kwt_books.domain.documents.lines import AccountLine
from kwt_books.domain.documents.money import Receipt, Transfer
from kwt_books.queries.overview import SetupData, setup_data
from ui.kit.button import Button
from ui.kit.date_field import DateField
from ui.kit.drafts import drafts_of
from ui.kit.field import FieldRow, MoneyField
from ui.kit.form import Form, FormDialog
from ui.kit.lines import LineField, Lines
from ui.kit.picker import Picker
from ui.kit.workspace import Message, Workspace


class TransferForm(Form):
    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace, "transfer")
        self.date = self.field("date", "Tanggal", DateField(self.ui, self.ui.today))
        self.source = self.field("from", "Dari", Picker(self.ui))
        self.to = self.field("to", "Ke", Picker(self.ui))
        self.amount = self.field("amount", "Jumlah", MoneyField(self.ui))
        self.begin()
        workspace.tasks.run(lambda book: book.read(setup_data), self._learnt, owner=self)

    def _learnt(self, setup: SetupData) -> None:
        for picker in (self.source, self.to):
            picker.set_choices([(each.code, each.name) for each in setup.cash_accounts])

    def to_command(self) -> Transfer:
        return Transfer(
            id=self.command_id,
            date=self.date.value(),  # type: ignore[arg-type]
            source=self.source.value() or "",
            to=self.to.value() or "",
            amount=self.amount.value() or 0,
        )

    def said(self, path: str) -> str:
        row = self.fields[path].parentWidget()  # type: ignore[attr-defined]
        assert isinstance(row, FieldRow)
        return row.message


@pytest.fixture
def form(workspace: Workspace, qtbot: QtBot, settle: Callable[[Workspace], None]) -> TransferForm:
    workspace.show_month("2026-07")
    made = TransferForm(workspace)
    qtbot.addWidget(made)
    made.show()
    settle(workspace)
    return made


def fill(form: TransferForm, amount: str = "250rb", to: str = "1103") -> None:
    form.source.set_value("1101")
    form.to.set_value(to)
    form.amount.setText(amount)


def test_records_and_says_the_number(form: TransferForm, qtbot: QtBot) -> None:
    fill(form)
    said: list[Message] = []
    form.workspace.said.connect(said.append)
    found: list[Recorded] = []
    form.saved.connect(found.append)
    with qtbot.waitSignal(form.workspace.tasks.changed):
        form.save()
    recorded = found[0]
    assert recorded.number is not None
    assert recorded.number in said[0].strong
    assert said[0].act is not None
    assert form.amount.value() is None, "the form is empty again"


def test_a_name_half_typed_is_read_when_one_saves_from_its_field(
    form: TransferForm, qtbot: QtBot
) -> None:
    """As if it had been left by Tab; the list of what was found may still be seen."""
    fill(form)
    with qtbot.waitActive(form):
        form.activateWindow()
    form.to.set_value(None)
    form.to.setFocus()
    wanted = form.to.itemText(form.to.findData("1103"))
    qtbot.keyClicks(form.to, wanted[:-1])
    assert form.to.value() is None
    with qtbot.waitSignal(form.saved):
        form.save()
    form.to.clearFocus()


def test_a_double_click_records_once(form: TransferForm, qtbot: QtBot) -> None:
    fill(form)
    found: list[Recorded] = []
    form.saved.connect(found.append)
    form.save()
    form.save()
    qtbot.waitUntil(lambda: not form.workspace.tasks.busy)
    assert len(found) == 1


def test_an_issue_stands_beside_its_field(form: TransferForm, qtbot: QtBot) -> None:
    fill(form, to="1101")
    form.save()
    qtbot.waitUntil(lambda: bool(form.said("to")))
    assert not form.said("from")
    fill(form, to="1103")
    qtbot.waitUntil(lambda: not form.said("to"))


def test_untouched_fields_are_left_in_peace_until_one_saves(
    form: TransferForm, qtbot: QtBot
) -> None:
    form.check()
    assert not form.said("amount")
    form.save()
    assert form.said("amount")
    assert not form.workspace.tasks.busy, "nothing was sent to the book"


@pytest.mark.parametrize("prints", [True, False])
def test_enter_after_the_last_field_goes_to_what_saves(
    form: TransferForm, qtbot: QtBot, prints: bool
) -> None:
    """Not to what leaves, which Tab reaches before it: Enter once more would throw all away."""
    dialog = FormDialog(form, "Pindah uang", prints=prints)
    qtbot.addWidget(dialog)
    with qtbot.waitActive(dialog):
        dialog.show()
    form.amount.setFocus()
    qtbot.keyClick(form.amount, Qt.Key.Key_Return)
    saves = dialog.print_button if prints else dialog.save_button
    assert dialog.focusWidget() is saves
    form.amount.setFocus()
    qtbot.keyClick(form.amount, Qt.Key.Key_Tab)
    assert dialog.focusWidget() is dialog.cancel_button, "it is still in the order of Tab"


def test_a_field_that_one_comes_back_to_is_left_in_peace(form: TransferForm) -> None:
    """Another window, or a list that pops up, has the keyboard for a while."""
    reason = Qt.FocusReason
    away = (reason.ActiveWindowFocusReason, reason.PopupFocusReason, reason.TabFocusReason)
    row = form.amount.parentWidget()
    assert isinstance(row, FieldRow)
    touched = []
    for why in away:
        QApplication.sendEvent(form.amount, QFocusEvent(QFocusEvent.Type.FocusOut, why))
        touched.append(row.was_touched)
    assert touched == [False, False, True], "Tab leaves it"


def test_what_is_wrong_offers_no_way_to_throw_the_draft_away(
    form: TransferForm, workspace: Workspace, qtbot: QtBot
) -> None:
    """It is offered beside the words that a draft is here again, once nothing is wrong any more."""
    fill(form, "1,2jt")
    form.keep_draft()
    again = TransferForm(workspace)
    qtbot.addWidget(again)
    again.show()
    told = again.note.text
    (anew,) = again.note.findChildren(Button)
    assert anew.isVisible()
    again.amount.set_value(None)
    again.save()
    again.show_problems([("elsewhere", "Tidak bisa")])
    assert again.note.text == "Tidak bisa"
    assert not anew.isVisible()
    again.show_problems([])
    assert (again.note.text, again.note.property("tone")) == (told, "")
    assert anew.isVisible()
    anew.click()
    assert again.note.isHidden()
    assert again.amount.value() is None


def test_what_was_typed_is_there_again(
    form: TransferForm, workspace: Workspace, qtbot: QtBot, settle: Callable[[Workspace], None]
) -> None:
    drafts = drafts_of(workspace.folders.data, workspace.book)
    fill(form, "1,2jt")
    qtbot.waitUntil(lambda: drafts.read("transfer") is not None)
    again = TransferForm(workspace)
    qtbot.addWidget(again)
    settle(workspace)
    assert again.amount.value() == 1_200_000
    assert again.source.value() == "1101"
    assert not again.note.isHidden()
    again.start_anew()
    assert again.amount.value() is None
    assert drafts.read("transfer") is None


def test_saving_takes_the_draft_away(
    form: TransferForm, workspace: Workspace, qtbot: QtBot
) -> None:
    fill(form)
    form.keep_draft()
    with qtbot.waitSignal(form.saved):
        form.save()
    assert drafts_of(workspace.folders.data, workspace.book).read("transfer") is None


def test_keys(form: TransferForm, workspace: Workspace, qtbot: QtBot) -> None:
    dialog = FormDialog(form, "Pindah uang")
    qtbot.addWidget(dialog)
    fill(form)
    with qtbot.waitActive(dialog):
        dialog.show()
    form.date.setFocus()
    qtbot.keyClick(form.date, Qt.Key.Key_Return)
    assert dialog.focusWidget() is form.source.lineEdit() or form.source.hasFocus()
    printed: list[str] = []
    workspace.print_wanted.connect(printed.append)
    with qtbot.waitSignals([form.saved, dialog.accepted]):
        qtbot.keyClick(form.amount, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert len(printed) == 1


def test_esc_closes_and_keeps(form: TransferForm, workspace: Workspace, qtbot: QtBot) -> None:
    dialog = FormDialog(form, "Pindah uang")
    qtbot.addWidget(dialog)
    with qtbot.waitActive(dialog):
        dialog.show()
    fill(form, "75.000")
    with qtbot.waitSignal(dialog.rejected):
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    draft = drafts_of(workspace.folders.data, workspace.book).read("transfer")
    assert draft is not None
    assert draft["amount"] == 75_000


def test_esc_waits_while_it_is_recorded(
    form: TransferForm, workspace: Workspace, qtbot: QtBot
) -> None:
    """Else what is in the book by then would come back as a draft, to be recorded twice."""
    dialog = FormDialog(form, "Pindah uang")
    qtbot.addWidget(dialog)
    dialog.show()
    fill(form)
    form.keep_draft()
    workspace.tasks.pause()
    form.save()
    dialog.reject()
    assert dialog.isVisible()
    with qtbot.waitSignal(dialog.accepted):
        workspace.tasks.resume()
    assert drafts_of(workspace.folders.data, workspace.book).read("transfer") is None


def test_a_late_answer_does_not_wipe_off_what_is_wrong_by_now(
    form: TransferForm, workspace: Workspace, settle: Callable[[Workspace], None]
) -> None:
    form.save()
    fill(form)
    workspace.tasks.pause()
    form.check()
    form.amount.setText("banyak")
    form.check()
    said = form.said("amount")
    assert said
    workspace.tasks.resume()
    settle(workspace)
    assert form.said("amount") == said


class ReceiptForm(Form):
    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace, "receipt")
        ui = self.ui
        accounts = [("7101", "Bunga"), ("1130", "Titip")]
        fields = (
            LineField("account", "Akun", lambda: Picker(ui, accounts)),
            LineField("amount", "Jumlah", lambda: MoneyField(ui)),
        )
        self.rows = self.lines("lines", Lines(ui, fields))
        self.begin()

    def to_command(self) -> Receipt:
        lines = tuple(
            AccountLine(
                account=line.fields["account"].value(), amount=line.fields["amount"].value()
            )
            for line in self.rows.filled
        )
        return Receipt(id=self.command_id, date=self.ui.today, into="1101", lines=lines)


def test_lines_say_what_is_wrong_with_each(workspace: Workspace, qtbot: QtBot) -> None:
    form = ReceiptForm(workspace)
    qtbot.addWidget(form)
    first = form.rows.lines[0].field
    form.save()
    assert form.rows.message.text(), "a line is wanted"
    assert first.property("tone") == "error", "and it is seen where"
    for place, account in enumerate(("7101", "1130")):
        form.rows.lines[place].fields["account"].set_value(account)
        form.rows.lines[place].fields["amount"].setText("5.000")
    assert len(form.rows.lines) == 3, "a blank one is always left"
    form.rows.lines[1].fields["amount"].setText("lima")
    assert form.rows.field is form.rows.lines[1].fields["amount"], "where to mend it"
    form.rows.lines[1].fields["amount"].setText("5.000")
    form.save()
    qtbot.waitUntil(lambda: bool(form.rows.lines[1].message))
    assert not form.rows.lines[0].message
    assert not first.property("tone")
    form.rows.remove(form.rows.lines[1])
    with qtbot.waitSignal(form.saved):
        form.save()
    assert len(form.rows.lines) == 1


def test_a_line_is_removed_by_its_keys(workspace: Workspace, qtbot: QtBot) -> None:
    """Also while a text stands in the field, which would take the keys for its own; the keyboard
    stays where it was, and the line that is always left blank stays.
    """
    form = ReceiptForm(workspace)
    qtbot.addWidget(form)
    with qtbot.waitActive(form):
        form.show()
    for place, amount in enumerate(("1.000", "2.000", "3.000")):
        form.rows.lines[place].fields["amount"].setText(amount)

    def press(place: int, key: str) -> None:
        field = form.rows.lines[place].fields[key]
        field.setFocus()
        at = form.focusWidget()
        assert at is not None
        if isinstance(at, QLineEdit):
            at.setCursorPosition(0)
        qtbot.keyClick(at, Qt.Key.Key_Delete, Qt.KeyboardModifier.ControlModifier)

    def amounts() -> list[int]:
        return [line.fields["amount"].value() for line in form.rows.filled]

    press(1, "amount")
    assert amounts() == [1000, 3000]
    assert form.rows.lines[1].fields["amount"].hasFocus()
    press(0, "account")
    assert amounts() == [3000]
    assert form.rows.lines[0].isAncestorOf(form.focusWidget())
    press(1, "amount")  # the blank one
    assert (amounts(), len(form.rows.lines)) == ([3000], 2)
    press(0, "amount")
    assert (amounts(), len(form.rows.lines)) == ([], 1)
    assert form.rows.lines[0].fields["amount"].hasFocus()


def test_a_day_that_is_still_to_come_is_remarked_and_may_be_recorded(
    form: TransferForm, qtbot: QtBot
) -> None:
    fill(form)
    form.date.set_value("2026-07-20")
    assert "belum tiba" in form.said("date")
    form.date.set_value("2026-07-01")
    assert not form.said("date")
    form.date.set_value("2026-07-20")
    form.save()
    qtbot.waitUntil(lambda: not form.saving)
    with qtbot.waitSignal(form.saved):
        form.save()
    assert not form.said("date")
