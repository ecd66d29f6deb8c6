"""What every form shares: checks while one types, drafts, recording once, and the keys."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any, TypeVar
from uuid import uuid4

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from kwt_books.domain.documents.base import Command
from kwt_books.domain.documents.setup import Party
from kwt_books.domain.errors import BookError, InvalidDocument, Issue
from kwt_books.domain.recording import Recorded
from ui.desk import Desk
from ui.drafts import drafts_of
from ui.forms.lines import Lines
from ui.forms.messages import Messages, Teller
from ui.forms.remark_row import RemarkRow
from ui.widgets.card import Note
from ui.widgets.field import FieldRow, Input
from ui.widgets.label import column

Field = Any
"""A widget that is an `Input`, as all fields of `ui.widgets` are."""
F = TypeVar("F", bound=QWidget)
DAY = "date"
_ANY = ("memo", "ref")
"""What any document may say."""
_QUIET = 250  # milliseconds without a key before the book is asked and the draft written


class Form(QWidget):
    """Override `to_command`; call `add` for each field and `begin` at the end of `__init__`.

    A field's path is its key in the command: `date`, `lines.0.qty`. The book's issues are shown
    beside the field of their path: while one types for fields one has been in, after an attempt
    to save for all.
    """

    saved = Signal(object)
    """`Recorded`: the document is in the book."""
    changed = Signal()
    """Something was typed or picked."""
    saving_changed = Signal(bool)

    def __init__(self, desk: Desk, name: str) -> None:
        super().__init__()
        self.desk, self.kit, self.t, self.name = desk, desk.kit, desk.kit.t, name
        self.body: QVBoxLayout = column(self, space=12)
        self.note = Note(self.kit)
        self.note.hide()
        self.body.addWidget(self.note)
        self.command_id = _new_id()
        self.saving = False
        self._inputs: dict[str, Field] = {}
        self._messages = Messages()
        self._drafts = drafts_of(desk.folders.data, desk.book)
        self._blank: dict[str, object] = {}
        self._unseen: dict[str, str] = {}
        """What a document said that comes back into a form without a field for it."""
        self._tried = False
        self._day_row: RemarkRow | None = None
        self._quiet = QTimer(self)
        self._quiet.setSingleShot(True)
        self._quiet.setInterval(_QUIET)
        self._quiet.timeout.connect(self._paused)
        self.add_keys(self)

    # -- to be overridden ------------------------------------------------------------------

    def to_command(self) -> Command:
        """What is to be recorded, with `id=self.command_id`. Every field can be read by now."""
        raise NotImplementedError

    def newcomer(self) -> Party | None:
        """Whoever the document names and the book does not know yet: set up along with it."""
        return None

    def command(self) -> Command:
        """What is in the form, and what is kept without being shown."""
        return replace(self.to_command(), **self._unseen)

    def saved_text(self, recorded: Recorded) -> str:
        """What the note says once it is recorded."""
        if recorded.number is None:
            return self.t("Saved.")
        return self.t("Saved {number}.", number=recorded.number)

    def explain(self, issue: Issue) -> str:
        """What the book has against it, in words."""
        return self.desk.explain(issue)

    def reload(self) -> None:
        """Asks the book anew what the form shows of it; what is filled in stays."""

    # -- fields ----------------------------------------------------------------------------

    def field(self, path: str, title: str, field: F, hint: str = "") -> F:
        """Adds a field below the ones before, with its label; the field itself is returned."""
        self.body.addWidget(self.labelled(path, title, field, hint))
        return field

    def lines(self, path: str, lines: Lines) -> Lines:
        """Adds lines below the fields before; they show what is wrong with each themselves."""
        self.body.addWidget(lines)
        self.add(path, lines, lines)
        return lines

    def labelled(self, path: str, title: str, field: Field, hint: str = "") -> FieldRow:
        """A field with its label, to be laid out by the form itself."""
        if path != DAY:
            made = FieldRow(self.kit, title, field, hint)
        else:
            made = self._day_row = RemarkRow(self.kit, title, field, hint)
            field.changed.connect(self.show_day_remark)
        self.add(path, field, made)
        return made

    def show_day_remark(self) -> None:
        if self._day_row is not None:
            self._day_row.note(self.day_remark())

    def day_remark(self) -> str:
        """What is worth knowing of the day of the document; one may go on all the same."""
        day = self._inputs[DAY].value() if DAY in self._inputs else None
        return self.t("This day is still to come") if day and day > self.kit.today else ""

    def add(self, path: str, field: Input, teller: Teller | None = None) -> None:
        """A field that stands somewhere in the form; `teller` shows what is wrong with it."""
        self._inputs[path] = field
        if teller is not None:
            self._messages.add(path, teller)
            teller.touched.connect(self._quiet.start)
        field.changed.connect(self._field_changed)

    def begin(self, **given: object) -> None:
        """All fields are there: what is `given` goes in, then the draft, if one was left."""
        for path, value in given.items():
            if path in self._inputs:
                self._inputs[path].restore(value)
            elif path in _ANY and isinstance(value, str):
                self._unseen[path] = value
        self._blank = self.state()
        self.show_day_remark()
        draft = self._drafts.read(self.name)
        if draft is not None and not given and draft != self._blank:
            self._restore(draft)
            self.note.say(self.t("What you typed last time is here again."))
            self.note.offer(self.t("Start anew"), self.start_anew)
            self.note.show()
        self._quiet.stop()

    def state(self) -> dict[str, object]:
        return {path: field.state() for path, field in self._inputs.items()}

    def _restore(self, state: dict[str, object]) -> None:
        for path, field in self._inputs.items():
            if path in state:
                field.restore(state[path])

    def start_anew(self) -> None:
        """An empty form, and no draft of what was in it."""
        self._restore(self._blank)
        self._drafts.discard(self.name)
        self.command_id = _new_id()
        self._unseen.clear()
        self._tried = False
        self._messages.clear()
        self.note.hide()
        self._quiet.stop()
        self.changed.emit()

    # -- while one types -------------------------------------------------------------------

    def _field_changed(self) -> None:
        self._quiet.start()
        self.changed.emit()

    def _paused(self) -> None:
        self.keep_draft()
        self.check()

    def keep_draft(self) -> None:
        """What stands in the form goes to the disk now."""
        if self.saving:
            return
        state = self.state()
        if state == self._blank:
            self._drafts.discard(self.name)
        else:
            self._drafts.write(self.name, state)

    def check(self) -> None:
        """Asks the book what it would say; answered beside the fields.

        Someone who is new is unknown to the book until the document is saved.
        """
        unread = self._unread()
        if unread or self.newcomer() is not None:
            self._show(unread)
            return
        command = self.command()
        self.desk.tasks.run(
            lambda book: book.check(command),
            self._checked,
            key=("check", id(self)),
            owner=self,
        )

    def _checked(self, issues: tuple[Issue, ...]) -> None:
        if self._unread():
            return  # the answer is to what stood there before
        self._show([(issue.field, self.explain(issue)) for issue in issues])

    def _unread(self) -> list[tuple[str, str]]:
        """Fields that don't hold what they should, with what is wrong."""
        found = []
        for path, field in self._inputs.items():
            if problem := field.problem():
                found.append((path, problem))
            if isinstance(field, Lines):
                found += [(f"{path}.{rest}", problem) for rest, problem in field.problems()]
        return found

    def _show(self, problems: list[tuple[str, str]]) -> bool:
        """Shows what is to be mended; whether all of it found a field."""
        left = self._messages.show(problems, everything=self._tried)
        if left:
            self.note.say("\n".join(dict.fromkeys(left)), "error")
            self.note.show()
        elif self.note.property("tone") == "error":
            self.note.hide()
        return not left

    # -- saving ----------------------------------------------------------------------------

    def save(self, *, then_print: bool = False) -> None:
        """Records what is in the form, once however often it is asked."""
        if self.saving:
            return
        self._quiet.stop()
        self._tried = True
        unread = self._unread()
        if unread:
            self._show(unread)
            self._messages.focus_first(unread)
            return

        def done(recorded: Recorded) -> None:
            self._recorded(recorded, then_print=then_print)

        self.send(done)
        self._set_saving(saving=True)

    def send(self, done: Callable[[Recorded], None]) -> None:
        """Hands the command to the book, after whoever is new: both, or neither."""
        command, made = self.command(), self.newcomer()
        if made is None:
            self.desk.tasks.record(command, done, self._refused, settled=self._settled, owner=self)
        else:
            self.desk.tasks.change(
                lambda book: book.record_all((made, command))[-1],
                {made.kind, command.kind},
                done,
                self._refused,
                settled=self._settled,
                owner=self,
            )

    def _recorded(self, recorded: Recorded, *, then_print: bool) -> None:
        self.start_anew()
        number = recorded.number
        warnings = " ".join(self.desk.explain(each) for each in recorded.warnings)
        text, tone = self.saved_text(recorded), "warn" if warnings else "good"
        if number is None or then_print:
            self.desk.say(warnings, tone, strong=text)
        else:
            act = partial(self.desk.print_voucher, number)
            self.desk.say(warnings, tone, strong=text, offer=self.t("Print"), act=act)
        if number is not None and then_print:
            self.desk.print_voucher(number)
        self.saved.emit(recorded)

    def _refused(self, error: BookError) -> None:
        if not isinstance(error, InvalidDocument):
            self.desk.problems.show(error)
            return
        problems = [(issue.field, self.explain(issue)) for issue in error.issues]
        self._show(problems)
        self._messages.focus_first(problems)
        self.reload()  # another computer may have recorded something meanwhile

    def _settled(self) -> None:
        self._set_saving(saving=False)

    def _set_saving(self, *, saving: bool) -> None:
        self.saving = saving
        self.saving_changed.emit(saving)

    # -- keys ------------------------------------------------------------------------------

    def add_keys(self, widget: QWidget) -> None:
        """Saving by keys while the keyboard is in `widget`, such as a button beside the form."""
        acts: tuple[tuple[str, Callable[[], None]], ...] = (
            ("Ctrl+S", self.save),
            ("Ctrl+P", lambda: self.save(then_print=True)),
        )
        for keys, act in acts:
            shortcut = QShortcut(QKeySequence(keys), widget)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        focused = self.focusWidget()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(focused, QLineEdit):
            self.focusNextChild()
        else:
            super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        super().hideEvent(event)
        if self._quiet.isActive():
            self.keep_draft()


def _new_id() -> str:
    return f"kwt-{uuid4().hex}"
