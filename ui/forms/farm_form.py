"""What forms of garden, kitchen and stock share: they learn, suggest, and foresee."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QWidget

from kwt_books.app import Book
from kwt_books.domain.documents.base import Document
from kwt_books.domain.month import first_day
from kwt_books.services.treasury import Foreseen
from ui.desk import Desk, Given
from ui.forms.base import Form
from ui.forms.money_given import as_state
from ui.forms.money_parts import usual_day
from ui.widgets.card import Note
from ui.widgets.date_field import DateField
from ui.widgets.field import FieldRow, TextField
from ui.widgets.label import row

NOTHING = Foreseen()


class FarmForm(Form):
    """Override `ask` (on the worker) and `learnt` for what the form has to know beforehand.

    What the program fills in by itself goes through `suggest`: it gives way to what someone
    typed, and is no draft. `foresee` is called with what the book would record.
    `given` carries values as documents do.
    """

    def __init__(self, desk: Desk, name: str, given: Given) -> None:
        super().__init__(desk, f"{name}_again" if given else name)
        self._given = given
        self._suggested: dict[str, object] = {}
        self.known: Any = None
        self._resting = ""

    # -- to be overridden ------------------------------------------------------------------

    def ask(self, book: Book) -> object:
        """What `learnt` gets."""
        return book.farm.supplies()

    def learnt(self, known: Any) -> None:
        """Fill the pickers and suggest."""

    def foresee(self, foreseen: Foreseen) -> None:
        """What would be recorded; nothing while something is still to be mended."""

    # -- parts -----------------------------------------------------------------------------

    def across(self, *parts: tuple[QWidget, int]) -> QHBoxLayout:
        """Parts beside each other, with their shares of the room."""
        line = row(space=12)
        for part, share in parts:
            line.addWidget(part, share)
        self.body.addLayout(line)
        return line

    def day_field(self) -> FieldRow:
        self.date = DateField(self.kit, usual_day(self.desk))
        self.date.near = first_day(self.desk.month)
        return self.labelled("date", self.t("Date"), self.date)

    def memo_field(self) -> FieldRow:
        self.memo = TextField(self.kit, placeholder=self.t("What was it? May stay empty"))
        return self.labelled("memo", self.t("In words"), self.memo)

    def finish(self, resting: str = "") -> None:
        """The words, the note on what would be recorded, and the form begins.

        `resting`: what the note says as long as nothing can be foreseen.
        """
        self.body.addWidget(self.memo_field())
        self._resting = resting
        self.outcome = Note(self.kit, resting)
        self.outcome.setVisible(bool(resting))
        self.body.addWidget(self.outcome)
        self.start()

    def start(self) -> None:
        given = dict(self._given)
        for path in given.keys() & self._inputs.keys():
            given[path] = as_state(self.kit, self._inputs[path], given[path])
        self.begin(**given)
        self.reload()

    def tell(self, text: str, tone: str = "", *, strong: str = "") -> None:
        """In the note below the fields."""
        text = text if text or strong else self._resting
        self.outcome.say(text, tone, strong=strong)
        self.outcome.setVisible(bool(text or strong))

    def lacks(self, text: str, missing: bool) -> None:
        """At the top of the form: what has to be set up before it can be filled in."""
        if missing:
            self.note.say(text, "warn")
            self.note.show()

    # -- what is known of the book ---------------------------------------------------------

    def reload(self) -> None:
        self.desk.tasks.run(self.ask, self.take, key=("known", id(self)), owner=self)

    def take(self, known: object) -> None:
        """What `ask` found."""
        self.known = known
        self._apply()

    def _apply(self) -> None:
        with self.preparing():
            self.learnt(self.known)
        self.check()

    def start_anew(self) -> None:
        super().start_anew()
        self.foresee(NOTHING)
        if self.known is not None:
            self._apply()

    # -- suggesting ------------------------------------------------------------------------

    @contextmanager
    def preparing(self) -> Iterator[None]:
        """What changes within is the program's doing: where nobody typed, it is no draft."""
        untouched = self.state() == self._blank
        yield
        if untouched:
            self._blank = self.state()

    def suggest(self, path: str, state: object) -> None:
        """Goes into the field unless it holds something of one's own."""
        field = self._inputs[path]
        if field.state() in (self._blank.get(path), self._suggested.get(path)):
            with self.preparing():
                field.restore(state)
            self._suggested[path] = field.state()

    # -- while one types -------------------------------------------------------------------

    def check(self) -> None:
        if self._unread():
            super().check()
            self.foresee(NOTHING)
            return
        command = self.command()
        assert isinstance(command, Document)
        self.desk.tasks.run(
            lambda book: book.foresee(command),
            self._foreseen,
            key=("check", id(self)),
            owner=self,
        )

    def _foreseen(self, foreseen: Foreseen) -> None:
        if self._unread():
            return  # the answer is to what stood there before
        self._checked(foreseen.issues)
        self.foresee(foreseen)
