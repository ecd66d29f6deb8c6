"""The bases of forms: of the setup, of documents, of money (party, receipt, remarks), of garden,
kitchen and stock (suggestions, previews), and of forms by day.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QShowEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from kwt_books.book import Book
from kwt_books.domain.access import Recorded
from kwt_books.domain.accounts import CASH_BOX
from kwt_books.domain.documents.base import Command, Document
from kwt_books.domain.documents.setup import Party
from kwt_books.domain.errors import Issue
from kwt_books.domain.suggested import code_for
from kwt_books.domain.values import first_day
from kwt_books.queries.layers import supplies
from kwt_books.queries.money import Choices, choices
from kwt_books.queries.overview import SetupData
from kwt_books.queries.reading import Reading
from kwt_books.services.recorder import Preview
from ui.kit.card import Note
from ui.kit.field import FieldRow, TextField
from ui.kit.form import DAY, Form, usual_day
from ui.kit.layout import clear, column, figures, holder, label, row
from ui.kit.lines import Lines, said_by
from ui.kit.party import PartyPicker, account_name
from ui.kit.picker import Picker
from ui.kit.receipt import ReceiptPhoto, attach, files_in
from ui.kit.workspace import Given, Workspace

NOTHING_SET_UP = SetupData(None, {}, {}, {}, {})


NOTHING_GIVEN: Given = {}


class SetupForm(Form):
    """The base of forms of the setup: of something new, or of what is there by the `code` that is
    given. Each has a draft of its own.
    """

    kept_in = ""
    """The mapping by code in `SetupData` that has what the form makes."""
    follows: ClassVar[Mapping[str, tuple[str, str]]] = {}
    """Days that come before no other: by their keys the key of that other, and the error's code.

    A slip of whoever types; a stream may say so, for a book that has it can be read again.
    """

    def __init__(self, workspace: Workspace, kind: str, given: Given = NOTHING_GIVEN) -> None:
        code = str(given.get("code") or "")
        mark = hashlib.sha256(code.encode("utf-8")).hexdigest()[:12]
        super().__init__(workspace, f"setup-{kind}-{mark}" if code else f"setup-{kind}")
        self.code = code
        self.known: SetupData = workspace.setup or NOTHING_SET_UP
        self.there: Any = self._others.get(code)
        """What is there already, None for something new."""

    @property
    def _others(self) -> Mapping[str, Any]:
        return getattr(self.known, self.kept_in) if self.kept_in else {}

    def window_title(self) -> str:
        return str(getattr(self.there, "name", ""))

    def wrong_with(self, path: str) -> str:
        """What is wrong with a field, in words; of a day also that it comes before another."""
        said = super().wrong_with(path)
        if said or path not in self.follows or not self.fields[path].isVisibleTo(self):
            return said
        other, code = self.follows[path]
        day, first = self.fields[path].value(), self.fields[other].value()
        wrong = day is not None and first is not None and day < first
        return self.explain(Issue(path, code, {"date": first})) if wrong else ""

    def code_for(self, name: str | None) -> str:
        """The code of what is there, else a new one that is made of a name."""
        return self.code or code_for(name or "", self._others)

    def start(self, standing: Given | None = None) -> None:
        """Fills in what is in the book, then the draft, if one was left."""
        standing = said_by(self.there) | dict(standing or {}) if self.there else standing or {}
        for path, each in self.fields.items():
            if path in standing:
                each.set_value(standing[path])
        self.begin()

    def commands(self) -> tuple[Command, ...]:
        """All that is recorded, together or not at all."""
        return (self.to_command(),)

    def send(self, done: Callable[[Recorded], None]) -> None:
        """Records all commands, together or not at all."""
        *before, command = self.commands()
        self.workspace.tasks.record(
            command, done, self._refused, before=before, settled=self._settled, owner=self
        )


# -- Small parts of forms of money ---------------------------------------------------------------


def level(widget: QWidget) -> QWidget:
    """A widget without a label, put on the line of the fields beside it."""
    return holder(column(label(" ", "label"), widget, ..., space=4))


@dataclass(frozen=True, slots=True)
class Remark:
    """A remark shown before saving; `offer` is the button that calls `act`."""

    strong: str
    text: str = ""
    tone: str = ""
    offer: str = ""
    act: Callable[[], object] | None = field(default=None, compare=False)


NOT_PREVIEWED = Preview()


class DocumentForm(Form):
    """The base of forms of documents, filled in with what is `given`.

    `ask` (on the worker) says what it has to know beforehand, `learnt` takes that to fill pickers
    and suggest. What the program fills in goes through `suggest`: it replaces nothing that was
    typed, and is no draft. `remarks` are notes on what was filled in. A form that is filled in from
    a document keeps a draft of its own.
    """

    previews = False
    """Whether `preview` is called with what the book would record."""
    by_day: ClassVar[bool] = False
    """Whether it asks again when its date is another."""
    asked_day: date | None = None
    """The date that it asks about."""
    _asks = False

    def __init__(self, workspace: Workspace, name: str, given: Given) -> None:
        super().__init__(workspace, f"{name}_again" if given else name)
        self._given = given
        self.known: Any = None
        self.photo: ReceiptPhoto | None = None
        self._files: tuple[Path, ...] = ()
        self._party: PartyPicker | None = None
        self._first_roles: Sequence[str] = ()
        self._cash: list[Picker] = []
        """The pickers of cash accounts."""
        self._notes: QVBoxLayout = column(space=8)
        self._notes_placed = False
        self._remarks: tuple[Remark, ...] = ()
        self._suggested: dict[str, object] = {}
        self._resting = ""
        self.changed.connect(self.show_remarks)

    # -- to be overridden ------------------------------------------------------------------

    def ask(self, book: Book) -> Any:
        """What the form has to know of the book, by default the `Choices` of money; runs on the
        worker.
        """
        return book.read(choices)

    def learnt(self, known: Any) -> None:
        """Takes what `ask` gave, to fill pickers and suggest."""

    def remarks(self) -> Iterable[Remark]:
        """Remarks on what was filled in so far."""
        return ()

    def preview(self, preview: Preview) -> None:
        """Shows what would be recorded; `NOT_PREVIEWED` while something is missing or wrong."""

    # -- parts -----------------------------------------------------------------------------

    def cash_field(
        self, path: str, title: str, *, usual: str = CASH_BOX
    ) -> tuple[Picker, FieldRow]:
        """A picker of cash accounts with their balances, and its row."""
        picker = Picker(self.ui)
        picker.set_value(usual)
        self._cash.append(picker)
        return picker, self.labelled(path, title, picker)

    def party_field(
        self, title: str, role: str, hint: str = "", *, first: Sequence[str] = ()
    ) -> FieldRow:
        """A picker of parties, which takes a new name too, in its row; a new one gets the `role`.
        Parties of the roles in `first` are offered before others.
        """
        self.party = self._party = PartyPicker(self.ui, role)
        self._first_roles = first
        return self.labelled("party", title, self.party, hint)

    def day_field(self) -> FieldRow:
        """The document's date, with its label."""
        self.date = self.usual_date()
        self.date.near = first_day(self.workspace.month)
        return self.labelled("date", self.t("Date"), self.date)

    def memo_field(self) -> FieldRow:
        """The document's memo, with its label."""
        self.memo = TextField(self.ui, placeholder=self.t("What was it? Optional"))
        return self.labelled("memo", self.t("In your own words"), self.memo)

    def words_fields(self, *, ref: str = "") -> None:
        """Adds the memo, and the number of the paper where `ref` is its title."""
        memo, self.ref = self.memo_field(), TextField(self.ui)
        if ref:
            self.across((memo, 5), (self.labelled("ref", ref, self.ref, self.t("Optional")), 2))
        else:
            self.body.addWidget(memo)

    def notes_here(self) -> None:
        """Puts the remarks here; without a call they are at the foot of the form."""
        self.body.addLayout(self._notes)
        self._notes_placed = True

    def outcome_here(self, resting: str = "") -> None:
        """Puts the note of `tell` here; `resting` is its text while there is nothing to tell."""
        self._resting = resting
        self.outcome = Note(self.ui, resting)
        self.body.addWidget(self.outcome)
        self.outcome.setVisible(bool(resting))

    def total(self) -> int:
        """The sum of the lines' amounts as far as they can be read, in whole rupiah."""
        return sum(each.total() for each in self.fields.values() if isinstance(each, Lines))

    def add_total(self, before: QWidget | None = None) -> None:
        """Adds the sum below the lines; `before` is put at its left."""
        parts = label(self.t("Total"), "caption"), self.total_figure()
        self.body.addLayout(row(*filter(None, (before,)), ..., *parts, space=12))

    def memo_and_total(self) -> None:
        """Adds the memo, with the sum at its right."""
        title = label(self.t("Total"), "label")
        title.setAlignment(Qt.AlignmentFlag.AlignRight)
        total = holder(column(title, self.total_figure(), ..., space=4))
        self.across((self.memo_field(), 3), (total, 1))

    def total_figure(self) -> QLabel:
        """A label that always shows `total`."""
        made = figures(self.ui, "", "title")
        self.changed.connect(lambda: made.setText(self.ui.formats.rupiah(self.total())))
        return made

    def receipt_field(self) -> None:
        """Adds the photo of the receipt, which may be dropped anywhere in the form."""
        self.photo = ReceiptPhoto(self.ui)
        self.add("receipt_files", self.photo)
        self.body.addWidget(self.photo)
        self.setAcceptDrops(True)
        self.changed.connect(self._leave_drops)

    def finish(self) -> None:
        """Adds the remarks where they have no place yet, and starts the form."""
        if not self._notes_placed:
            self.notes_here()
        self.start()

    def start(self) -> None:
        """Begins the form, and asks the book."""
        self.begin(**self._given)
        self.changed.emit()
        self.reload()

    # -- what is known of the book ---------------------------------------------------------

    def reload(self) -> None:
        """Asks the book again with `ask`."""
        self._asks, self.asked_day = True, self._day()
        self.ask_book(self.ask, self.take, key="known")

    def take_along(self, day: date | None, known: Any) -> None:
        """Takes what `ask` gives on a day, which came along with something else; where the form's
        date is another, it asks for itself.
        """
        if day != self._day():
            self.reload()
            return
        self._asks, self.asked_day = True, day
        self.take(known)

    def _day(self) -> date | None:
        return self.fields[DAY].value() if DAY in self.fields else None

    def show_day_remark(self) -> None:
        """Asks again where another day has other goods."""
        super().show_day_remark()
        if self.by_day and self._asks and self._day() != self.asked_day:
            self.reload()

    def take(self, known: Any) -> None:
        """Keeps what `ask` gave, offers cash accounts and parties, and calls `learnt`."""
        self.known = known
        for picker in self._cash:
            picker.set_choices(self.cash_choices(known))
        if self._party is not None:
            self._party.learn(known.setup, self._first_roles)
        if self.previews:
            self._apply()
        else:
            self.learnt(known)
        self.show_remarks()

    def _apply(self) -> None:
        with self.preparing():
            self.learnt(self.known)
        self.check()

    def start_anew(self) -> None:
        """Empties the form, and suggests anew."""
        super().start_anew()
        if self.previews:
            self.preview(NOT_PREVIEWED)
            if self.known is not None:
                self._apply()

    def cash_choices(self, known: Choices) -> list[tuple[str, str]]:
        """Codes of the cash accounts, with names and balances."""
        formats, balances = self.ui.formats, known.balances
        return [
            (each.code, f"{account_name(self.ui, each)} · {formats.rupiah(balances[each.code])}")
            for each in known.setup.cash_accounts
        ]

    def name_of(self, account: str | None) -> str:
        """An account's name; its code until the book has answered."""
        known = self.known.setup.accounts.get(account or "") if self.known else None
        return account_name(self.ui, known) if known is not None else account or ""

    # -- suggesting ------------------------------------------------------------------------

    @contextmanager
    def preparing(self) -> Iterator[None]:
        """Within it changes are the program's: where nobody typed, they are no draft."""
        untouched = self.state() == self._blank
        yield
        if untouched:
            self._blank = self.state()

    def suggest(self, path: str, value: object) -> None:
        """Fills a field in, unless something was typed there."""
        field = self.fields[path]
        if field.state() in (self._blank.get(path), self._suggested.get(path)):
            with self.preparing():
                field.set_value(value)
            self._suggested[path] = field.state()

    def suggest_only(self, path: str) -> None:
        """Picks what is the only choice, where nothing is picked."""
        picker = self.fields[path]
        if picker.value() is None and len(picker.codes) == 1:
            self.suggest(path, picker.codes[0])

    # -- remarks ---------------------------------------------------------------------------

    def show_remarks(self) -> None:
        """Shows the remarks anew where they have changed."""
        remarks = tuple(self.remarks())
        if remarks == self._remarks:
            return
        self._remarks = remarks
        clear(self._notes)
        for each in remarks:
            note = Note(self.ui, each.text, each.tone, strong=each.strong)
            if each.act is not None:
                note.offer(each.offer, each.act)
            self._notes.addWidget(note)

    def below_zero(self, account: str | None, spent: int) -> Iterable[Remark]:
        """A remark that the cash does not suffice; it can be recorded all the same."""
        if self.known is None or account is None or spent <= 0:
            return
        there = self.known.balances.get(account, 0)
        if spent > there:
            yield Remark(
                self.t("Not enough in {account}.", account=self.name_of(account)),
                self.t(
                    "The book says {there}. Check whether money that came in still has to be "
                    "recorded.",
                    there=self.ui.formats.rupiah(there),
                ),
                "warn",
            )

    def tell(self, text: str, tone: str = "", *, strong: str = "") -> None:
        """Shows a text in the note below the fields."""
        text = text if text or strong else self._resting
        self.outcome.say(text, tone, strong=strong)
        self.outcome.setVisible(bool(text or strong))

    def lacks(self, text: str, missing: bool) -> None:
        """Shows, at the top of the form, what has to be set up first."""
        if missing:
            self.say_above(text, "warn")

    # -- while one types -------------------------------------------------------------------

    def check(self) -> None:
        """Asks the book what it would say; of a form that previews, where nothing is missing, also
        what it would record.
        """
        if self.previews and not self.unread():
            command = self.command()
            assert isinstance(command, Document)
            self.ask_book(lambda book: book.preview(command), self._previewed, key="check")
            return
        super().check()
        if self.previews:
            self.preview(NOT_PREVIEWED)

    def _previewed(self, preview: Preview) -> None:
        if self.unread():
            return  # the answer is to what was filled in before
        self._checked(preview.issues)
        self.preview(preview)

    # -- saving ----------------------------------------------------------------------------

    def newcomer(self) -> Party | None:
        return self._party.new_party() if self._party is not None else None

    def save(self, *, then_print: bool = False) -> None:
        """Records the document, then attaches the receipts."""
        if not self.saving:
            self._files = tuple(self.photo.paths) if self.photo is not None else ()
        super().save(then_print=then_print)

    def _recorded(self, recorded: Recorded, *, then_print: bool) -> None:
        files = self._files
        super()._recorded(recorded, then_print=then_print)
        if recorded.number is not None:
            attach(self.workspace, recorded.number, files)

    # -- dropping a receipt anywhere -------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        super().showEvent(event)
        self._leave_drops()

    def _leave_drops(self) -> None:
        """Lets no field accept drops where the form does, for it would take a file for text."""
        if self.photo is None:
            return
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


class MoneyForm(DocumentForm):
    """A form of money, with a receipt at its foot; it learns the book's `Choices`."""

    known: Choices | None
    found: Any = None
    """What `also` gave."""

    def __init__(self, workspace: Workspace, name: str, given: Given) -> None:
        super().__init__(workspace, name, given)
        workspace.setup_changed.connect(self.reload)

    def ask(self, book: Book) -> Any:
        """The choices, and what `also` asks; runs on the worker."""
        self.found = book.read(self.also)
        return super().ask(book)

    @staticmethod
    def also(_reading: Reading, /) -> Any:
        """A further query of what the form has to know; by default nothing."""
        return None

    def finish(self, *, receipt: bool = True) -> None:
        """Adds the receipt, and finishes the form."""
        if receipt:
            self.receipt_field()
        super().finish()


class FarmForm(DocumentForm):
    """A form of garden, kitchen or stock, with what would be recorded at its foot; it learns the
    `Supplies` that its day has.
    """

    by_day = True
    previews = True

    def ask(self, book: Book) -> Any:
        """The goods, lots and cash of the book; runs on the worker."""
        return book.read(supplies, self.asked_day)

    def finish(self, resting: str = "") -> None:
        """Adds the memo and the note of `tell`, and finishes the form."""
        self.body.addWidget(self.memo_field())
        self.outcome_here(resting)
        super().finish()


# -- The base of forms that follow the month in hand ----------------------------------------------


FRIDAY = 4


def last_friday(workspace: Workspace) -> date:
    """The Friday on or before `usual_day`."""
    day = usual_day(workspace)
    return day - timedelta(days=(day.weekday() - FRIDAY) % 7)


class DayForm(DocumentForm):
    """The base of forms whose date follows the month in hand as long as nobody has changed it."""

    def __init__(
        self,
        workspace: Workspace,
        name: str,
        given: Mapping[str, object],
        usual: Callable[[Workspace], date] = usual_day,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(workspace, name, given)
        if parent is not None:
            self.setParent(parent)  # before its parts are made, so that Qt styles them only once
        self.is_again = bool(given)
        self.date = self.usual_date(usual)
        self.date.near = usual(workspace)

    def begin(self, **given: object) -> None:
        """Fills in what is given; a document without money received had none."""
        if "lines" in given:  # a document; one without `received` had no money
            given.setdefault("received", {CASH_BOX: 0})
        super().begin(**given)

    def _month_changed(self, _month: str) -> None:
        untouched = self.date.state() == self._blank.get("date")
        self._take_usual()
        if untouched:
            self.date.restore(self._blank["date"])

    def _take_usual(self) -> None:
        super()._take_usual()
        if self._begins_on is not None:
            self.date.near = self._begins_on(self.workspace)
