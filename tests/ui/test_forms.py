"""A form from the first key to the voucher."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from kwt_books.domain.documents.cash import Receipt, Transfer
from kwt_books.domain.documents.lines import AccountLine
from kwt_books.domain.recording import Recorded
from kwt_books.queries.overview import SetupData
from ui.desk import Desk, Message
from ui.drafts import drafts_of
from ui.forms.base import Form
from ui.forms.dialog import FormDialog
from ui.forms.lines import LineField, Lines
from ui.widgets.date_field import DateField
from ui.widgets.field import FieldRow, MoneyField
from ui.widgets.picker import Picker


class TransferForm(Form):
    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "transfer")
        self.date = self.field("date", "Tanggal", DateField(self.kit, self.kit.today))
        self.source = self.field("from", "Dari", Picker(self.kit))
        self.to = self.field("to", "Ke", Picker(self.kit))
        self.amount = self.field("amount", "Jumlah", MoneyField(self.kit))
        self.begin()
        desk.tasks.run(lambda book: book.setup(), self._learnt, owner=self)

    def _learnt(self, setup: SetupData) -> None:
        for picker in (self.source, self.to):
            picker.set_choices([(each.code, each.name) for each in setup.cash_accounts])

    def to_command(self) -> Transfer:
        return Transfer(
            id=self.command_id,
            date=self.date.value(),  # type: ignore[arg-type]
            source=self.source.code() or "",
            to=self.to.code() or "",
            amount=self.amount.number() or 0,
        )

    def said(self, path: str) -> str:
        row = self._inputs[path].parentWidget()  # type: ignore[attr-defined]
        assert isinstance(row, FieldRow)
        return row.message


@pytest.fixture
def form(desk: Desk, qtbot: QtBot, settle: Callable[[Desk], None]) -> TransferForm:
    desk.show_month("2026-07")
    made = TransferForm(desk)
    qtbot.addWidget(made)
    made.show()
    settle(desk)
    return made


def fill(form: TransferForm, amount: str = "250rb", to: str = "1103") -> None:
    form.source.choose("1101")
    form.to.choose(to)
    form.amount.setText(amount)


def test_records_and_says_the_number(form: TransferForm, qtbot: QtBot) -> None:
    fill(form)
    said: list[Message] = []
    form.desk.said.connect(said.append)
    found: list[Recorded] = []
    form.saved.connect(found.append)
    with qtbot.waitSignal(form.desk.tasks.changed):
        form.save()
    recorded = found[0]
    assert recorded.number is not None
    assert recorded.number in said[0].strong
    assert said[0].act is not None
    assert form.amount.number() is None, "the form is empty again"


def test_a_double_click_records_once(form: TransferForm, qtbot: QtBot) -> None:
    fill(form)
    found: list[Recorded] = []
    form.saved.connect(found.append)
    form.save()
    form.save()
    qtbot.waitUntil(lambda: not form.desk.tasks.busy)
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
    assert not form.desk.tasks.busy, "nothing was sent to the book"


def test_what_was_typed_is_there_again(
    form: TransferForm, desk: Desk, qtbot: QtBot, settle: Callable[[Desk], None]
) -> None:
    drafts = drafts_of(desk.folders.data, desk.book)
    fill(form, "1,2jt")
    qtbot.waitUntil(lambda: drafts.read("transfer") is not None)
    again = TransferForm(desk)
    qtbot.addWidget(again)
    settle(desk)
    assert again.amount.number() == 1_200_000
    assert again.source.code() == "1101"
    assert not again.note.isHidden()
    again.start_anew()
    assert again.amount.number() is None
    assert drafts.read("transfer") is None


def test_saving_takes_the_draft_away(form: TransferForm, desk: Desk, qtbot: QtBot) -> None:
    fill(form)
    form.keep_draft()
    with qtbot.waitSignal(form.saved):
        form.save()
    assert drafts_of(desk.folders.data, desk.book).read("transfer") is None


def test_keys(form: TransferForm, desk: Desk, qtbot: QtBot) -> None:
    dialog = FormDialog(form, "Pindah uang")
    qtbot.addWidget(dialog)
    fill(form)
    with qtbot.waitActive(dialog):
        dialog.show()
    form.date.setFocus()
    qtbot.keyClick(form.date, Qt.Key.Key_Return)
    assert dialog.focusWidget() is form.source.lineEdit() or form.source.hasFocus()
    printed: list[str] = []
    desk.print_wanted.connect(printed.append)
    with qtbot.waitSignals([form.saved, dialog.accepted]):
        qtbot.keyClick(form.amount, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert len(printed) == 1


def test_esc_closes_and_keeps(form: TransferForm, desk: Desk, qtbot: QtBot) -> None:
    dialog = FormDialog(form, "Pindah uang")
    qtbot.addWidget(dialog)
    with qtbot.waitActive(dialog):
        dialog.show()
    fill(form, "75.000")
    with qtbot.waitSignal(dialog.rejected):
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    draft = drafts_of(desk.folders.data, desk.book).read("transfer")
    assert draft is not None
    assert draft["amount"] == "75.000"


def test_esc_waits_while_it_is_recorded(form: TransferForm, desk: Desk, qtbot: QtBot) -> None:
    """Else what is in the book by then would come back as a draft, to be recorded twice."""
    dialog = FormDialog(form, "Pindah uang")
    qtbot.addWidget(dialog)
    dialog.show()
    fill(form)
    form.keep_draft()
    desk.tasks.hold()
    form.save()
    dialog.reject()
    assert dialog.isVisible()
    with qtbot.waitSignal(dialog.accepted):
        desk.tasks.go_on()
    assert drafts_of(desk.folders.data, desk.book).read("transfer") is None


def test_a_late_answer_does_not_wipe_off_what_is_wrong_by_now(
    form: TransferForm, desk: Desk, settle: Callable[[Desk], None]
) -> None:
    form.save()
    fill(form)
    desk.tasks.hold()
    form.check()
    form.amount.setText("banyak")
    form.check()
    said = form.said("amount")
    assert said
    desk.tasks.go_on()
    settle(desk)
    assert form.said("amount") == said


class ReceiptForm(Form):
    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "receipt")
        kit = self.kit
        accounts = [("7101", "Bunga"), ("1130", "Titip")]
        fields = (
            LineField("account", "Akun", lambda: Picker(kit, accounts)),
            LineField("amount", "Jumlah", lambda: MoneyField(kit)),
        )
        self.rows = self.lines("lines", Lines(kit, fields))
        self.begin()

    def to_command(self) -> Receipt:
        lines = tuple(
            AccountLine(
                account=line.fields["account"].code(), amount=line.fields["amount"].number()
            )
            for line in self.rows.filled
        )
        return Receipt(id=self.command_id, date=self.kit.today, into="1101", lines=lines)


def test_lines_say_what_is_wrong_with_each(desk: Desk, qtbot: QtBot) -> None:
    form = ReceiptForm(desk)
    qtbot.addWidget(form)
    for place, account in enumerate(("7101", "1130")):
        form.rows.lines[place].fields["account"].choose(account)
        form.rows.lines[place].fields["amount"].setText("5.000")
    assert len(form.rows.lines) == 3, "a blank one is always left"
    form.save()
    qtbot.waitUntil(lambda: bool(form.rows.lines[1].message))
    assert not form.rows.lines[0].message
    form.rows.remove(form.rows.lines[1])
    with qtbot.waitSignal(form.saved):
        form.save()
    assert len(form.rows.lines) == 1


def test_lines_come_back_from_a_draft(desk: Desk, qtbot: QtBot) -> None:
    form = ReceiptForm(desk)
    qtbot.addWidget(form)
    form.rows.lines[0].fields["amount"].setText("1,5jt")
    form.rows.lines[1].fields["account"].choose("7101")
    state = form.rows.state()
    form.start_anew()
    assert not form.rows.filled
    form.rows.restore(state)
    assert form.rows.state() == state
    assert len(form.rows.lines) == 3


def test_a_day_that_is_still_to_come_is_remarked_and_may_be_recorded(
    form: TransferForm, qtbot: QtBot
) -> None:
    fill(form)
    form.date.restore("2030-07-01")
    assert "belum tiba" in form.said("date")
    form.date.restore("2026-07-01")
    assert not form.said("date")
    form.date.restore("2030-07-01")
    with qtbot.waitSignal(form.saved):
        form.save()
    assert not form.said("date")
