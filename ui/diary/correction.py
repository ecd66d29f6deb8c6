"""Perbaiki: a document's own form opens filled in; saved, it is recorded together with the
correction of the document, in one go.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog

from kwt_books.domain.access import Recorded
from kwt_books.domain.documents.correction import Correction
from kwt_books.domain.errors import Issue
from kwt_books.domain.kinds import KINDS, form_of
from kwt_books.reports.story import Story
from ui.diary.parts import told
from ui.kit.card import Card
from ui.kit.date_field import DateField
from ui.kit.field import TextField
from ui.kit.form import Form, FormDialog
from ui.kit.layout import fill, label
from ui.kit.workspace import CORRECTED, Workspace

_OF_THE_RECORDING = frozenset({"kind", "id", "recorded", "data"})
"""Keys of a document that no form has a field for."""


def contents_of(story: Story) -> dict[str, Any]:
    """What a document's own form is filled in with to say the same."""
    return {key: each for key, each in story.payload.items() if key not in _OF_THE_RECORDING}


class CorrectionForm(Form):
    """Asks for the reason and day of a correction; the day is the document's, or today where that
    month is closed.
    """

    makes = Correction
    filled_in = Signal()
    """Reason and day are filled in, and the document's own form opens."""

    def __init__(self, workspace: Workspace, story: Story) -> None:
        super().__init__(workspace, f"correction-{story.number}")
        self.story, t = story, self.t
        card = Card(margins=12, space=6)
        card.setProperty("sunken", True)
        heading = " · ".join(dict.fromkeys((story.title, called(workspace, story))))
        fill(card.body, label(heading, "strong", wrap=True), told(self.ui, story.told))
        fill(self.body, card, label(self._what_follows(), "caption", wrap=True))
        reason = TextField(self.ui, required=True, placeholder=t("For example: one zero too many"))
        self.reason = self.field("reason", t("What was wrong?"), reason)
        self.date = self.field("date", t("Date of the correction"), DateField(self.ui, self._day()))
        self.begin()
        self.reason.setFocus()

    def _day(self) -> date:
        story = self.story
        return story.day if story.open_from == story.day else max(self.ui.today, story.open_from)

    def derived(self) -> dict[str, Any]:
        """The number of the document to be undone."""
        return {"of": self.story.number}

    def explain(self, issue: Issue) -> str:
        """The issue in words; also why a document that moved nothing can't be undone."""
        if issue.code == "records-nothing":
            return self.t(
                "{number} changed neither money nor goods: there is nothing to undo. Record the "
                "right one by itself.",
                number=self.story.number,
            )
        return super().explain(issue)

    def saved_text(self, recorded: Recorded) -> str:
        return self.t(
            "{number} is undone by {other}.",
            number=called(self.workspace, self.story),
            other=recorded.number or "",
        )

    # -- undone and replaced in one go -----------------------------------------------------

    @property
    def form_name(self) -> str:
        """The form that the document is filled in again with; empty where there is none."""
        form = form_of(self.story.kind)
        return form.name if form is not None else ""

    def _what_follows(self) -> str:
        if not self.form_name:
            return self.t(
                "The document stays in the book, crossed out, with a second one that undoes it."
            )
        return self.t(
            "Its form opens with the same contents, for you to put right. Nothing changes until "
            "you save it; then the document stays in the book, crossed out, together with one "
            "that undoes it and the right one."
        )

    def save(self, *, then_print: bool = False) -> None:
        """Opens the document's own form, where there is one, without recording anything yet."""
        if not self.form_name:
            self.undo_alone()
            return
        self.pause.stop()
        if not self.complete():
            return
        correction = self.to_command()
        assert isinstance(correction, Correction)
        self.workspace.tasks.run(
            lambda book: book.check(correction),
            lambda issues: self._go_on(correction, issues),
            key=("replace", id(self)),
            owner=self,
        )

    def undo_alone(self) -> None:
        """Records the correction, with nothing in place of the document."""
        super().save()

    def _go_on(self, correction: Correction, issues: tuple[Issue, ...]) -> None:
        problems = [(issue.field, self.explain(issue)) for issue in issues]
        self.show_problems(problems)
        if problems:
            self._messages.focus_first(problems)
            return
        self.start_anew()
        self.filled_in.emit()
        given = contents_of(self.story)
        known = KINDS.get(self.story.kind)
        may_stay = known is not None and known.in_closed_months
        if self.story.open_from != self.story.day and "date" in given and not may_stay:
            given["date"] = self._day().isoformat()
        given[CORRECTED] = correction
        self.workspace.form_wanted.emit(self.form_name, given)  # a key may be called `name`


def called(workspace: Workspace, story: Story) -> str:
    """The document's voucher number; of a line of the group's books, which has none, its day."""
    return story.number if story.numbered else workspace.ui.formats.day(story.day)


def make_correction(workspace: Workspace, given: Mapping[str, object]) -> QDialog:
    """The dialog of a correction; `given["story"]` is the story of the document."""
    story = given["story"]
    assert isinstance(story, Story)
    t = workspace.ui.t
    form = CorrectionForm(workspace, story)
    title = t("Correct {number}", number=called(workspace, story))
    dialog = FormDialog(form, title, prints=False)
    form.filled_in.connect(dialog.accept)
    if form.form_name:
        dialog.save_button.setText(t("Fill in again"))
        dialog.offer(t("Just undo it"), form.undo_alone)
    else:
        dialog.save_button.setText(t("Undo it"))
    return dialog
