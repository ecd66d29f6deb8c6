"""A treasurer's hand: fills in the forms of money from lines of a stream, key by key."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from kwt_books.domain.access import Recorded
from tests.ui.windows import at_rest, window_over
from ui.kit.button import Segment
from ui.kit.date_field import DateField
from ui.kit.document_form import MoneyForm
from ui.kit.form import Form, FormDialog
from ui.kit.lines import Line, Lines
from ui.kit.picker import FACES, Choice, Picker
from ui.kit.workspace import Workspace
from ui.money.buying import GrantForm, PurchaseForm
from ui.money.forms import CashCountForm, PaymentForm, ReceiptForm, TransferForm
from ui.money.savings import SavingsForm
from ui.shell.window import MainWindow

CTRL = Qt.KeyboardModifier.ControlModifier
Payload = Mapping[str, Any]


def hand_at(workspace: Workspace, qtbot: QtBot, place: str) -> Hand:
    """A hand at the window over a desk's book, at a place of the sidebar."""
    return Hand(window_over(workspace, qtbot, place), qtbot)


class Hand:
    def __init__(self, window: MainWindow, qtbot: QtBot) -> None:
        self.window, self._qtbot = window, qtbot
        self._fill: dict[str, Callable[[Any, Payload], None]] = {
            "purchase": self._purchase,
            "payment": self._payment,
            "receipt": self._receipt,
            "transfer": self._transfer,
            "savings": self._savings,
            "cash_count": self._cash_count,
            "grant": self._grant,
        }

    @property
    def kinds(self) -> frozenset[str]:
        return frozenset(self._fill)

    def settle(self) -> None:
        at_rest(self.window.workspace, self._qtbot)

    def open(self, name: str, **given: object) -> Any:
        """The form of that name, ready to be filled in."""
        self.window.workspace.open_form(name, **given)
        dialog = self.window.form(name)
        assert isinstance(dialog, FormDialog)
        self.settle()
        return dialog.form

    def record(self, payload: Payload) -> Recorded:
        """The document of a stream's line, typed and saved."""
        form = self.open(str(payload["kind"]))
        self.fill(form, payload)
        return self.save(form)

    def fill(self, form: Form, payload: Payload) -> None:
        self._fill[str(payload["kind"])](form, payload)

    def save(self, form: Form, *, prints: bool = False) -> Recorded:
        found: list[Recorded] = []
        form.saved.connect(found.append)
        with self._qtbot.waitSignal(form.workspace.tasks.changed):
            self._qtbot.keyClick(form, Qt.Key.Key_P if prints else Qt.Key.Key_S, CTRL)
        self.settle()
        return found[0]

    # -- fields ----------------------------------------------------------------------------

    def type(self, field: QWidget, text: str) -> None:
        """From an empty field to the next, with Enter."""
        target = field.lineEdit() if isinstance(field, Picker) else field
        assert isinstance(target, QLineEdit)
        target.setFocus()
        target.selectAll()
        self._qtbot.keyClick(target, Qt.Key.Key_Delete)
        self._qtbot.keyClicks(target, text)
        self._qtbot.keyClick(target, Qt.Key.Key_Return)

    def day(self, field: DateField, iso: str) -> None:
        day = date.fromisoformat(iso)
        self.type(field, f"{day.day}/{day.month}/{day.year}")
        assert field.value() == day

    def pick(self, picker: Picker, code: str | None) -> None:
        """By the words before the middle dot of its choice."""
        if code is None or picker.value() == code:
            return
        self.pick_another(picker, code)

    def pick_another(self, picker: Picker, code: str) -> None:
        text = picker.itemText(picker.findData(code))
        self.type(picker, text.partition(" · ")[0])
        assert picker.value() == code, text

    def choose(self, field: Segment | Choice, name: str) -> None:
        field.set_value(name) if isinstance(field, Choice) else field.choose(name)

    def take_away(self, lines: Lines, line: Line) -> None:
        lines.remove(line)

    def fill_for_all(self, form: SavingsForm) -> None:
        self._qtbot.keyClick(form, Qt.Key.Key_F2)

    def words(self, form: MoneyForm, payload: Payload) -> None:
        self.day(form.date, payload["date"])
        self.type(form.memo, payload.get("memo", ""))

    # -- the kinds -------------------------------------------------------------------------

    def _purchase(self, form: PurchaseForm, payload: Payload) -> None:
        self.words(form, payload)
        self.pick(form.party, payload.get("party"))
        for at, line in enumerate(payload["lines"]):
            fields = self._line(form.rows.lines[at])
            self.pick(fields["item"], line["item"])
            self.type(fields["qty"], str(line["qty"]))
            self.type(fields["amount"], str(line["amount"]))
        self.pick(form.source, payload.get("paid_from"))
        self.pick(form.fund, payload.get("fund"))

    def _payment(self, form: PaymentForm, payload: Payload) -> None:
        self.words(form, payload)
        self._accounts(form, payload)
        self.pick(form.source, payload["from"])
        self.pick(form.fund, payload.get("fund"))

    def _receipt(self, form: ReceiptForm, payload: Payload) -> None:
        self.words(form, payload)
        self._accounts(form, payload)
        self.pick(form.into, payload["into"])

    def _accounts(self, form: PaymentForm | ReceiptForm, payload: Payload) -> None:
        self.pick(form.party, payload.get("party"))
        for at, line in enumerate(payload["lines"]):
            fields = self._line(form.rows.lines[at])
            self.pick(fields["account"], line["account"])
            self.type(fields["amount"], str(line["amount"]))

    @staticmethod
    def _line(line: Line) -> dict[str, Any]:
        return line.fields

    def _transfer(self, form: TransferForm, payload: Payload) -> None:
        self.words(form, payload)
        self.type(form.amount, str(payload["amount"]))
        self.pick(form.source, payload["from"])
        self.pick(form.to, payload["to"])

    def _savings(self, form: SavingsForm, payload: Payload) -> None:
        """The same for all of them, with one key."""
        self.words(form, payload)
        self.choose(form.type, payload["type"])
        amounts = {line["amount"] for line in payload["lines"]}
        self.type(form.same, str(amounts.pop()))
        assert not amounts
        self.fill_for_all(form)

    def _cash_count(self, form: CashCountForm, payload: Payload) -> None:
        self.words(form, payload)
        self.pick(form.account, payload["account"])
        fields = dict(zip(FACES, form.pieces.findChildren(QLineEdit), strict=True))
        for face, pieces in payload["denominations"].items():
            self.type(fields[int(face)], str(pieces))

    def _grant(self, form: GrantForm, payload: Payload) -> None:
        self.words(form, payload)
        self.pick(form.party, payload.get("party"))
        self.choose(form.account, payload["account"])
        for at, line in enumerate(payload["items"]):
            fields = self._line(form.goods.lines[at])
            self.pick(fields["item"], line["item"])
            self.type(fields["qty"], str(line["qty"]))
            self.type(fields["value"], str(line["value"]))
            self.type(fields["lot"], line.get("lot", ""))
