"""What forms of money share: the day, the words, the receipt, what is to be known first."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from kwt_books.app import Book
from kwt_books.domain.accounts import CASH_BOX
from kwt_books.domain.documents.setup import Party
from kwt_books.domain.month import first_day
from kwt_books.domain.recording import Recorded
from kwt_books.queries.money import Choices
from ui.desk import Desk, Given
from ui.forms.base import Form
from ui.forms.money_given import as_state
from ui.forms.money_parts import usual_day
from ui.forms.money_party import PartyPicker
from ui.forms.money_words import account_name
from ui.forms.receipt_files import attach
from ui.forms.receipt_photo import ReceiptPhoto, files_in
from ui.widgets.card import Note
from ui.widgets.date_field import DateField
from ui.widgets.field import FieldRow, TextField
from ui.widgets.label import clear, column, figures, label, row
from ui.widgets.picker import Picker


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to know before one saves; `offer` names what `act` does about it."""

    strong: str
    text: str = ""
    tone: str = ""
    offer: str = ""
    act: Callable[[], object] | None = field(default=None, compare=False)


class MoneyForm(Form):
    """A form that learns the `Choices` of the book and says what there is to know.

    Override `remarks` for what stands in the notes above the buttons, `learnt` for what the
    pickers offer. `given` carries values as documents do.
    """

    def __init__(self, desk: Desk, name: str, given: Given) -> None:
        super().__init__(desk, f"{name}_again" if given else name)
        self._given = given
        self.known: Choices | None = None
        self.photo: ReceiptPhoto | None = None
        self._files: tuple[Path, ...] = ()
        self._party: PartyPicker | None = None
        self._notes: QVBoxLayout = column(space=8)
        self._notes_placed = False
        self._remarks: tuple[Remark, ...] = ()
        self.changed.connect(self.show_remarks)
        self.changed.connect(self._leave_drops)
        desk.setup_changed.connect(self.reload)

    # -- parts -----------------------------------------------------------------------------

    def across(self, *parts: tuple[QWidget, int], space: int = 12) -> QHBoxLayout:
        """Parts beside each other, with their shares of the room."""
        line = row(space=space)
        for part, share in parts:
            line.addWidget(part, share)
        self.body.addLayout(line)
        return line

    def day_field(self) -> FieldRow:
        self.date = DateField(self.kit, usual_day(self.desk))
        self.date.near = first_day(self.desk.month)
        return self.labelled("date", self.t("Date"), self.date)

    def cash_field(
        self, path: str, title: str, *, usual: str = CASH_BOX
    ) -> tuple[Picker, FieldRow]:
        """One of the cash accounts, with what stands on it."""
        picker = Picker(self.kit)
        picker.choose(usual)
        return picker, self.labelled(path, title, picker)

    def party_field(self, title: str, role: str, hint: str = "") -> FieldRow:
        """Known people, or a new name."""
        self.party = self._party = PartyPicker(self.kit, role)
        return self.labelled("party", title, self.party, hint)

    def words_fields(self, *, ref: str = "") -> None:
        """Memo, and the number of the paper where there is one."""
        t = self.t
        self.memo = TextField(self.kit, placeholder=t("What was it? May stay empty"))
        memo = self.labelled("memo", t("In words"), self.memo)
        self.ref = TextField(self.kit)
        if ref:
            number = self.labelled("ref", ref, self.ref, t("May stay empty"))
            self.across((memo, 5), (number, 2))
        else:
            self.body.addWidget(memo)

    def notes_here(self) -> None:
        """What is to be known stands here; else it comes last."""
        self.body.addLayout(self._notes)
        self._notes_placed = True

    def total(self) -> int:
        """What it comes to, as far as it can be read; whole rupiah."""
        return 0

    def add_total(self, before: QWidget | None = None) -> None:
        """`total`, below the lines; `before` stands on the left."""
        line = row(space=12)
        if before is not None:
            line.addWidget(before)
        line.addStretch(1)
        line.addWidget(label(self.t("Total"), "caption"))
        line.addWidget(self.total_figure())
        self.body.addLayout(line)

    def total_figure(self) -> QLabel:
        """`total` as it is at any time."""
        made = figures(self.kit, "", "title")
        self.changed.connect(lambda: made.setText(self.kit.formats.rupiah(self.total())))
        return made

    def finish(self, *, receipt: bool = True) -> None:
        """The receipt, the notes, and the form begins."""
        if receipt:
            self.photo = ReceiptPhoto(self.kit)
            self.add("receipt_files", self.photo)
            self.body.addWidget(self.photo)
            self.setAcceptDrops(True)
        if not self._notes_placed:
            self.notes_here()
        self.begin(**{path: self._as_state(path, each) for path, each in self._given.items()})
        self.changed.emit()
        self.reload()

    def _as_state(self, path: str, value: object) -> object:
        return as_state(self.kit, self._inputs[path], value) if path in self._inputs else value

    # -- what is known of the book ---------------------------------------------------------

    def reload(self) -> None:
        self.desk.tasks.run(self.ask, self._take_choices, key=("choices", id(self)), owner=self)

    def ask(self, book: Book) -> Choices:
        """On the worker."""
        return book.treasury.choices()

    def _take_choices(self, known: Choices) -> None:
        self.known = known
        self.learnt(known)
        self.show_remarks()

    def learnt(self, known: Choices) -> None:
        """Fill the pickers."""

    def cash_choices(self, known: Choices) -> list[tuple[str, str]]:
        formats, balances = self.kit.formats, known.balances
        return [
            (each.code, f"{account_name(self.kit, each)} · {formats.rupiah(balances[each.code])}")
            for each in known.setup.cash_accounts
        ]

    def name_of(self, account: str | None) -> str:
        known = self.known.setup.accounts.get(account or "") if self.known else None
        return account_name(self.kit, known) if known is not None else account or ""

    # -- what is to be known beforehand ----------------------------------------------------

    def remarks(self) -> Iterable[Remark]:
        """On what was filled in so far."""
        return ()

    def show_remarks(self) -> None:
        remarks = tuple(self.remarks())
        if remarks == self._remarks:
            return
        self._remarks = remarks
        clear(self._notes)
        for each in remarks:
            note = Note(self.kit, each.text, each.tone, strong=each.strong)
            if each.act is not None:
                note.offer(each.offer, each.act)
            self._notes.addWidget(note)

    def below_zero(self, account: str | None, spent: int) -> Iterable[Remark]:
        """That cash does not reach; it is recorded all the same."""
        if self.known is None or account is None or spent <= 0:
            return
        there = self.known.balances.get(account, 0)
        if spent > there:
            yield Remark(
                self.t("{account} does not reach.", account=self.name_of(account)),
                self.t(
                    "There is {there} in the book. See whether money that came in is still to "
                    "be recorded.",
                    there=self.kit.formats.rupiah(there),
                ),
                "warn",
            )

    # -- saving ----------------------------------------------------------------------------

    def newcomer(self) -> Party | None:
        return self._party.new_party() if self._party is not None else None

    def save(self, *, then_print: bool = False) -> None:
        if not self.saving:
            self._files = tuple(self.photo.paths) if self.photo is not None else ()
        super().save(then_print=then_print)

    def _recorded(self, recorded: Recorded, *, then_print: bool) -> None:
        files = self._files
        super()._recorded(recorded, then_print=then_print)
        if recorded.number is not None:
            attach(self.desk, recorded.number, files)

    # -- dropping a receipt anywhere -------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        super().showEvent(event)
        self._leave_drops()

    def _leave_drops(self) -> None:
        """Fields would take a dropped file for text."""
        for each in (*self.findChildren(QLineEdit), *self.findChildren(QPlainTextEdit)):
            each.setAcceptDrops(False)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's name
        if self.photo is not None:
            self.photo.dragEnterEvent(event)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:  # noqa: N802 - Qt's name
        if self.photo is not None:
            self.photo.dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's name
        if self.photo is not None and files_in(event.mimeData()):
            self.photo.dropEvent(event)
