"""The base of all forms: messages beside fields, checks while one types, drafts, recording once,
keys; and the dialogs that forms are shown in.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any, TypeVar
from uuid import uuid4

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QScrollArea, QWidget

from kwt_books.book import Book
from kwt_books.domain.access import Recorded
from kwt_books.domain.documents.base import Command, Document
from kwt_books.domain.documents.correction import Correction
from kwt_books.domain.documents.setup import Party
from kwt_books.domain.errors import BookError, InvalidDocument, Issue
from kwt_books.domain.kinds import is_correctable
from kwt_books.domain.values import first_day, last_day, month_of
from ui.kit.button import Button, on_keys
from ui.kit.card import Note, bare
from ui.kit.composite import Composite
from ui.kit.date_field import DateField, far_ahead
from ui.kit.dialog import dialog_head
from ui.kit.field import FieldRow, NumberField, TabShows
from ui.kit.field_set import FieldSet, enter_goes_on
from ui.kit.layout import Margins, column, fill, label, pass_by, row, rule
from ui.kit.lines import Lines, bound, shape_of
from ui.kit.look import GUTTER
from ui.kit.messages import Problem
from ui.kit.scrolling import Scrolling
from ui.kit.words import icon_of_form
from ui.kit.workspace import Given, Workspace

# -- The day that forms begin with ---------------------------------------------------------------


def usual_day(workspace: Workspace) -> date:
    """Today; where another month is in hand its last day, or its first where it
    is still to come.
    """
    today, month = workspace.ui.today, workspace.month
    if month_of(today) == month:
        return today
    return last_day(month) if last_day(month) < today else first_day(month)


# -- A field with a remark, which is shown as long as nothing is wrong ---------------------------


class RemarkRow(FieldRow):
    """A field with a remark, which is shown as long as nothing is wrong."""

    remark = ""

    def note(self, text: str) -> None:
        """Takes the remark, shown in amber: it blocks nothing."""
        if text != self.remark:
            self.remark = text
            self.say("")

    def say(self, text: str, tone: str = "") -> None:
        """Shows a message; an empty one shows the remark again."""
        super().say(text or self.remark, tone if text else "warn")


class Unusual(InvalidDocument):
    """The document can be recorded, but something about it is asked first."""


Field = Any
"""A widget that is an `Input`, as the kit's fields are."""
C = TypeVar("C", bound=Composite)
T = TypeVar("T")
DAY = "date"
_ANY = ("memo", "ref")
"""Keys that every document has."""
_QUIET = 250  # milliseconds without a key before the book is asked and the draft written


class Form(FieldSet, QWidget):
    """The base of forms. `makes` is the class of the command; the paths of the fields are its keys:
    `date`, `lines.0.qty`.

    Call `add` for each field and `begin` at the end of `__init__`. Override `derived` for values
    that follow from several fields, or `to_command` for the whole command. The book's issues are
    shown beside the field of their path: while one types for fields one has been in, after an
    attempt to save for all.
    """

    saved = Signal(object)
    """The command was recorded: its `Recorded`."""
    changed = Signal()
    """Something was typed or picked."""
    saving_changed = Signal(bool)

    def __init__(self, workspace: Workspace, name: str) -> None:
        super().__init__(_QUIET)
        self.workspace, self.ui, self.t, self.name = workspace, workspace.ui, workspace.ui.t, name
        self.note = Note(self.ui)
        self.note.hide()
        self._stands = ""
        """What the note says while nothing is wrong: where what is filled in comes from."""
        self._anew: Button | None = None
        self.body = column(self.note, parent=self, space=12)
        self.command_id = _new_id()
        self.saving = False
        self._drafts = workspace.shared_drafts if self.is_shared else workspace.drafts
        self._blank: dict[str, object] = {}
        self._begins_on: Callable[[Workspace], date] | None = None
        """What day the form begins with; None where that is given, or it has none."""
        self._unseen: dict[str, str] = {}
        """Values of a document, filled in again, for which the form has no field."""
        self.asked: tuple[Issue, ...] = ()
        """The issues asked about; saving again with the same figures records."""
        self._asked_of: dict[str, object] | None = None
        """What was filled in when they were asked about."""
        self._asking = QElapsedTimer()
        """How long ago that was."""
        self._after: tuple[Command, ...] = ()
        """Commands recorded before the form's own, all or none."""
        self.day_row: RemarkRow | None = None
        self.add_keys(self)

    # -- to be overridden ------------------------------------------------------------------

    makes: type[Command]
    is_the_page = False
    """Whether its page has no other form, so that its keys work wherever the keyboard is."""
    is_shared = False
    """Whether another person may finish what one has begun."""
    says_amount = True
    """Whether the note after recording says what was moved, in rupiah."""

    def to_command(self) -> Command:
        """The command of what was filled in. Called only when every field can be read."""
        return bound(self.makes, {"id": self.command_id, **self.values(), **self.derived()})

    def derived(self) -> Mapping[str, Any]:
        """Values of the command that no field has, or that replace a field's, by the command's
        keys.
        """
        return {}

    def newcomer(self) -> Party | None:
        """A party that the document names and the book does not know, recorded along with it; or
        None.
        """
        return None

    def command(self) -> Command:
        """The command of what was filled in, with what is kept without being shown."""
        return replace(self.to_command(), **self._unseen)

    def saved_text(self, recorded: Recorded) -> str:
        """The words of the note after recording."""
        if recorded.number is None:
            return self.t("Saved.")
        return self.t("Saved {number}.", number=recorded.number)

    def window_title(self) -> str:
        """The title of its window; empty for that of its kind."""
        return ""

    def explain(self, issue: Issue) -> str:
        """An issue of the book in words."""
        return self.workspace.explain(issue)

    def reload(self) -> None:
        """Asks the book anew for what the form shows of it; what is filled in stays."""

    # -- fields ----------------------------------------------------------------------------

    def lines(self, path: str, lines: C) -> C:
        """Adds lines, or another input that shows its own messages, below the fields before; gives
        it.
        """
        self.body.addWidget(lines)
        self.add(path, lines, lines)
        return lines

    def labelled(self, path: str, title: str, field: Field, hint: str = "") -> FieldRow:
        """A field with its label, to be laid out by the form itself; that of the day can have a
        remark.
        """
        if path != DAY:
            return super().labelled(path, title, field, hint)
        self.day_row = RemarkRow(self.ui, title, field, hint)
        field.changed.connect(self.show_day_remark)
        self.add(path, field, self.day_row)
        return self.day_row

    def show_day_remark(self) -> None:
        """Shows the remark on the document's day."""
        if self.day_row is not None:
            self.day_row.note(self.day_remark())

    def day_remark(self) -> str:
        """A remark on the document's day, which blocks nothing; empty for none."""
        day = self.fields[DAY].value() if DAY in self.fields else None
        return self.t("This day is in the future") if day and day > self.ui.today else ""

    def begin(self, **given: object) -> None:
        """Fills in what is `given`, then the draft, if one was left; call it when all fields are
        there.

        `given` has values as the JSON of documents does.
        """
        for path, value in given.items():
            if path in self.fields:
                self.fields[path].set_value(self._in_terms(path, value))
            elif path in _ANY and isinstance(value, str):
                self._unseen[path] = value
        if "date" in given:
            self._begins_on = None
        self._blank = self.state()
        self.show_day_remark()
        draft = self._drafts.read(self.name)
        if draft is not None and not given and draft != self._blank:
            self.restore(draft)
            self._anew = self.note.offer(self.t("Start over"), self.start_anew)
            self._stands = self.t("Your last draft is here again.")
            self._say_what_stands()
        self.pause.stop()

    def _in_terms(self, path: str, raw: object) -> object:
        """A JSON value as the command has it, where the field takes that."""
        shape = shape_of(self.makes, path) if hasattr(self, "makes") else None
        if shape is None or not isinstance(self.fields[path], NumberField | Lines):
            return raw
        issues: list[Issue] = []
        value = shape.parse(raw, (), issues)
        return raw if issues else value

    def replace_document(self, correction: Correction) -> None:
        """Lets the form record this correction first, then its document in place of the corrected
        one: both or neither.

        It gets a draft of its own.
        """
        self._after = (correction,)
        self.name = f"{self.name}-for-{correction.of}"
        stays = (
            "{number} stays as it is until you save; "
            "then it is undone and this one takes its place."
        )
        if getattr(getattr(self, "makes", None), "numbered", True):
            self._stands = self.t(stays, number=correction.of)
        else:
            self._stands = self.t("The old one stays until you save; then it is struck out.")
        self._say_what_stands()
        if (draft := self._drafts.read(self.name)) is not None:
            self.restore(draft)
        self.reload()
        self.pause.stop()

    def usual_date(self, usual: Callable[[Workspace], date] = usual_day) -> DateField:
        """A field for the form's `date`: it holds the usual day, that of now as long as the form is
        empty.
        """
        self._begins_on = usual
        self.workspace.month_changed.connect(self._month_changed)
        self.workspace.day_changed.connect(self._day_changed)
        return DateField(self.ui, usual(self.workspace))

    def _month_changed(self, _month: str) -> None:
        self._day_changed()

    def _day_changed(self) -> None:
        empty = self.state() == self._blank
        self._take_usual()
        if empty and "date" in self._blank:
            self.fields["date"].restore(self._blank["date"])

    def _take_usual(self) -> None:
        if self._begins_on is not None:
            self._blank["date"] = self._begins_on(self.workspace).isoformat()

    def start_anew(self) -> None:
        """Empties the form and discards its draft."""
        self._take_usual()
        self.restore(self._blank)
        self._drafts.discard(self.name)
        self.workspace.drafts_changed.emit()
        self.command_id = _new_id()
        self._unseen.clear()
        self._after = self.asked = ()
        self._asked_of = None
        self._tried = False
        self._messages.clear()
        self._stands = ""
        self._say_what_stands()
        self.pause.stop()
        self.changed.emit()

    # -- while one types -------------------------------------------------------------------

    def _paused(self) -> None:
        self.keep_draft()
        self.check()

    def keep_draft(self) -> None:
        """Writes the draft to the disk now."""
        if self.saving:
            return
        before = self._drafts.names()
        self._drafts.keep(self.name, self.state(), self._blank)
        if self._drafts.names() != before:
            self.workspace.drafts_changed.emit()

    def ask_book(self, work: Callable[[Book], T], done: Callable[[T], object], *, key: str) -> None:
        """Asks the book as it will be once the commands before the form's own are recorded."""
        before = self._after

        def supposed(book: Book) -> T:
            with book.supposing(before):
                return work(book)

        self.workspace.tasks.run(supposed, done, key=(key, id(self)), owner=self)

    def check(self) -> None:
        """Asks the book what it would say, and shows that beside the fields.

        A new party is unknown to the book until the document is saved.
        """
        unread = self.unread()
        if unread or self.newcomer() is not None:
            self.show_problems(unread)
            return
        command = self.command()
        self.ask_book(lambda book: book.check(command), self._checked, key="check")

    def _checked(self, issues: tuple[Issue, ...]) -> None:
        if self.unread():
            return  # the answer is to what was filled in before
        self.show_problems([(issue.field, self.explain(issue)) for issue in issues])

    def wrong_with(self, path: str) -> str:
        """What is wrong with a field, in words; of the date also that it is far ahead."""
        said = super().wrong_with(path)
        return said if said or path != DAY else far_ahead(self.ui, self.fields[path].value())

    def show_problems(self, problems: list[Problem]) -> bool:
        """Shows problems beside their fields, and above them all those that have none; whether
        each has a place. What is asked about stays there as long as nothing else is filled in.
        """
        asks = self._asked_of is not None and self.state() == self._asked_of
        if asks and not problems:
            return True
        left = self._messages.show(problems, everything=self._tried)
        if left:
            self.say_above("\n".join(dict.fromkeys(left)), "error")
        elif self.note.property("tone") == "error" or self._asked_of is not None:
            self._say_what_stands()
        self._asked_of = None
        return not left

    def say_above(self, text: str, tone: str, strong: str = "") -> None:
        """Shows what is wrong or asked; what throws the draft away is no answer to that."""
        if self._anew is not None:
            self._anew.hide()
        self.note.say(text, tone, strong=strong)
        self.note.show()

    def _say_what_stands(self) -> None:
        """Shows where what is filled in comes from; nothing where it was typed just now."""
        self.note.say(self._stands)
        self.note.setVisible(bool(self._stands))
        if self._anew is not None:
            self._anew.setVisible(bool(self._stands))

    # -- saving ----------------------------------------------------------------------------

    def save(self, *, then_print: bool = False) -> None:
        """Records what was filled in, once however often it is called meanwhile.

        The second half of a double click, or of keys pressed twice, answers nothing that has just
        been asked.
        """
        if self.saving or (self._asking.isValid() and self._asking.elapsed() < Button.SETTLES):
            return
        self.pause.stop()
        if not self.complete():
            return
        self.send(partial(self._recorded, then_print=then_print))
        self._set_saving(saving=True)

    def send(self, done: Callable[[Recorded], None]) -> None:
        """Records the command, after the commands before it: all or none.

        Where something unusual is asked about first, nothing is recorded yet.
        """
        command, made = self.command(), self.newcomer()
        before = (*self._after, *((made,) if made is not None else ()))
        meant = self.asked

        def ask_first(book: Book) -> None:
            if isinstance(command, Document):
                with book.supposing(before):
                    found = book.unusual(command)
                if any(each not in meant for each in found):
                    raise Unusual(found)

        self.workspace.tasks.record(
            command,
            done,
            self._refused,
            before=before,
            settled=self._settled,
            owner=self,
            first=ask_first,
        )

    def _recorded(self, recorded: Recorded, *, then_print: bool) -> None:
        self.start_anew()
        number = recorded.number
        warnings = " ".join(self.workspace.explain(each) for each in recorded.warnings)
        text, tone = self.saved_text(recorded), "warn" if warnings else "good"
        if recorded.moved and self.says_amount:
            text = f"{text} {self.ui.formats.rupiah(recorded.moved)}"
        undo: tuple[tuple[str, Callable[[], object]], ...] = ()
        if number is not None and is_correctable(recorded.kind):
            undo = ((self.t("Undo it"), partial(self.workspace.correct, number)),)
        if number is None or then_print:
            self.workspace.say(warnings, tone, strong=text, also=undo)
        else:
            act = partial(self.workspace.print_voucher, number)
            self.workspace.say(
                warnings, tone, strong=text, offer=self.t("Print"), act=act, also=undo
            )
        if number is not None and then_print:
            self.workspace.print_voucher(number)
        self.saved.emit(recorded)

    def _refused(self, error: BookError) -> None:
        if not isinstance(error, InvalidDocument):
            self.workspace.problems.show(error)
            return
        problems = [(issue.field, self.explain(issue)) for issue in error.issues]
        if isinstance(error, Unusual):
            self._ask_once_more(error.issues, problems)
            return
        self.show_problems(problems)
        self._messages.focus_first(problems)
        self.reload()  # another computer may have recorded something meanwhile

    def _ask_once_more(self, issues: tuple[Issue, ...], problems: list[Problem]) -> None:
        """Shows what is asked about; saving again with the same figures records."""
        self.asked, self._asked_of = issues, self.state()
        self._asking.start()
        self._messages.show(problems, everything=True, tone="warn")
        text = self.t("Please check once more. If it is right, save again.")
        said = dict.fromkeys(text for _, text in problems)
        self.say_above("\n".join(said), "warn", text)
        self._messages.focus_first(problems)

    def _settled(self) -> None:
        self._set_saving(saving=False)

    def _set_saving(self, *, saving: bool) -> None:
        self.saving = saving
        self.saving_changed.emit(saving)

    def locks(self, *buttons: QWidget) -> None:
        """Disables these buttons while the form is being recorded."""
        for each in buttons:
            self.saving_changed.connect(each.setDisabled)

    # -- keys ------------------------------------------------------------------------------

    def add_keys(self, widget: QWidget) -> None:
        """Lets the form's keys work while the keyboard is in `widget`, such as
        a button beside it.
        """
        # keys may be held down since before the form was there
        anywhere = self.is_the_page and widget is self
        on_keys(widget, "Ctrl+S", self.save, repeats=False, anywhere=anywhere)
        save_and_print = partial(self.save, then_print=True)
        on_keys(widget, "Ctrl+P", save_and_print, repeats=False, anywhere=anywhere)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if not enter_goes_on(self, event):
            super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        super().hideEvent(event)
        if self.pause.isActive():
            self.keep_draft()


def _new_id() -> str:
    return f"kwt-{uuid4().hex}"


# -- A form in a window of its own, with its buttons ---------------------------------------------


def print_button(form: Form) -> Button:
    """The button that saves a form and prints what was recorded."""
    made = Button(form.ui, form.t("Save & print"), "printer", kind="primary", scale="large")
    made.when_clicked(partial(form.save, then_print=True))
    return made.hint(form.t("Save and print"), "Ctrl+P")


_WIDTH, _LEAST = 520, 240
_ROOM = 8
"""Height left for messages."""


def _takes_keys(widget: QWidget) -> bool:
    tabs = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    return bool(tabs) and widget.isVisible() and widget.isEnabled()


class FormWindow(TabShows, QDialog):
    """A form in a window of its own; it closes once it is saved, and Esc keeps a draft.

    It can't be closed while it is being recorded, for that would leave a draft of it.
    """

    def __init__(self, form: Form, title: str) -> None:
        super().__init__(form.workspace.window)  # at once: Qt styles all again that comes later
        self.form = form
        self.setWindowTitle(title)
        form.saved.connect(self._saved)

    def lay_out(self, title: str, margins: Margins = GUTTER) -> None:
        """Puts a form that has its own buttons below a head, with one that leaves at its end."""
        form = self.form
        form.setParent(self)  # before the button, which is not what one comes to
        leave = Button(form.ui, form.t("Cancel"), kind="quiet", scale="small")
        leave.hint(form.t("Close; your draft is kept"), "Esc").when_clicked(self.reject)
        head = dialog_head(form.ui, icon_of_form(form.name), title, leave)
        column(head, (column(form, margins=margins), 1), parent=self)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Begins in the first field: Enter on what throws a draft away would do so."""
        super().showEvent(event)
        note = self.form.note
        if note.isHidden() or self.focusWidget() is not None:
            return
        each = note.nextInFocusChain()
        while each is not None and (note.isAncestorOf(each) or not _takes_keys(each)):
            each = each.nextInFocusChain() if each is not note else None
        if each is not None:
            each.setFocus(Qt.FocusReason.TabFocusReason)

    def _saved(self, _recorded: Recorded) -> None:
        self.accept()

    def reject(self) -> None:
        """Keeps a draft and closes, but not while the form is being recorded."""
        if not self.form.saving:
            self.form.keep_draft()
            super().reject()


class FormDialog(FormWindow):
    """A form with its buttons: Ctrl+S saves, Ctrl+P saves and prints, Esc keeps a draft.

    `prints`: whether there is a paper of what the form records. `keeps`: whether all
    that is typed goes into the draft; passwords don't.
    """

    def __init__(
        self,
        form: Form,
        title: str,
        *,
        prints: bool = True,
        keeps: bool = True,
        width: int = _WIDTH,
        verb: str = "",
    ) -> None:
        """`verb`: what the button that saves says; `Simpan` where nothing else is said."""
        super().__init__(form, title)
        self._ui, self._verb = form.ui, verb or form.t("Save")
        head = dialog_head(self._ui, icon_of_form(form.name), title)
        page = column(head, (self._scrolled(), 1), parent=self)
        column(form, ..., parent=self._ground, margins=GUTTER)  # now that all around it stands
        fill(page, rule(), self._buttons(prints=prints, keeps=keeps))
        self.resize(form.ui.theme.px(width), form.ui.theme.px(_LEAST))
        self._ground.installEventFilter(self)
        form.locks(self.save_button, self.print_button)

    def _scrolled(self) -> QScrollArea:
        self._ground = bare()
        self._area = Scrolling(self._ground)
        return self._area

    def _buttons(self, *, prints: bool, keeps: bool) -> QHBoxLayout:
        t, ui = self._ui.t, self._ui
        self.cancel_button = Button(ui, t("Cancel"), kind="quiet", scale="large")
        self.cancel_button.hint(t("Close; your draft is kept") if keeps else t("Cancel"), "Esc")
        self.form.add_keys(self.cancel_button.when_clicked(self.reject))
        self.save_button = Button(ui, self._verb, kind="default" if prints else "primary")
        self.save_button.setProperty("scale", "large")
        self.save_button.hint(self._verb, "Ctrl+S").when_clicked(self.form.save)
        self.print_button = print_button(self.form)
        if not prints:
            self.print_button.hide()
        for button in (self.save_button, self.print_button):
            self.form.add_keys(button.decides())
        pass_by(self.cancel_button, self.print_button if prints else self.save_button)
        told = (label(t("Not recorded yet"), "quiet"),) if keeps else ()
        buttons = self.cancel_button, self.save_button, self.print_button
        self._choices = row(*told, ..., *buttons, space=8, margins=GUTTER)
        return self._choices

    def offer(self, text: str, act: Callable[[], object]) -> None:
        """Adds a button for something else than saving."""
        other = Button(self._ui, text, scale="large").when_clicked(act).decides()
        self.form.locks(other)
        self._choices.insertWidget(self._choices.indexOf(self.save_button), other)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """As high as its fields, within the screen, whatever the text size."""
        self.resize(self.size().boundedTo(self._room()))
        if (layout := self.layout()) is not None:
            layout.activate()
        least, most = self._ui.theme.px(_LEAST), self._room().height()
        high = self.height() + self._area.missing() + self._ui.theme.px(_ROOM)
        self.resize(self.width(), min(max(least, high), most))
        super().showEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Grows with the form's messages, as far as the screen allows."""
        if event.type() == QEvent.Type.LayoutRequest and watched is self._ground:
            missing = self._area.missing()
            if missing > 0 and self.isVisible():
                self.resize(self.width(), min(self.height() + missing, self._room().height()))
                self._stay_on_screen()
        return super().eventFilter(watched, event)

    def _stay_on_screen(self) -> None:
        """Moves up where the buttons would be below the screen's edge."""
        room, frame = self.screen().availableGeometry(), self.frameGeometry()
        below = min(frame.bottom() - room.bottom(), frame.top() - room.top())
        if below > 0:
            self.move(self.x(), self.y() - below)

    def _room(self) -> QSize:
        """The size of the screen, or of the parent window where that is larger."""
        room, parent = self.screen().availableSize(), self.parentWidget()
        if parent is not None:
            room = room.expandedTo(parent.window().size())
        return room - QSize(24, 48)


def opens(
    form: Callable[[Workspace, Given], Form],
    title: str,
    *,
    prints: bool = True,
    keeps: bool = True,
    width: int = _WIDTH,
    verb: str = "",
) -> Callable[[Workspace, Given], QDialog]:
    """What opens a form in a dialog, for `Kind.form`; `title` is an English message, for forms
    without a `window_title` of their own, and so is `verb`, what the button that saves says.
    """

    def make(workspace: Workspace, given: Given) -> QDialog:
        made = form(workspace, given)
        t = workspace.ui.t
        words, said = made.window_title() or t(title), t(verb) if verb else ""
        return FormDialog(made, words, prints=prints, keeps=keeps, width=width, verb=said)

    return make
