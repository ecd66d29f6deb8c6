"""Perbaiki: a document is undone, and its form comes back filled in, to be put right."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from PySide6.QtWidgets import QDialog

from kwt_books.domain.access import Recorded
from kwt_books.domain.documents.correction import Correction
from kwt_books.domain.errors import Issue
from kwt_books.domain.kinds import form_of
from kwt_books.reports.story import Story
from ui.diary.parts import told
from ui.kit.card import Card
from ui.kit.date_field import DateField
from ui.kit.field import TextField
from ui.kit.form import Form, FormDialog
from ui.kit.layout import fill, label
from ui.kit.workspace import Workspace

_OF_THE_RECORDING = frozenset({"kind", "id", "recorded", "data"})
"""Keys of a document that a form does not fill in."""


class CorrectionForm(Form):
    """Asks why, and dates the correction like the document, or today where its month is closed."""

    makes = Correction

    def __init__(self, workspace: Workspace, story: Story) -> None:
        super().__init__(workspace, f"correction-{story.number}")
        self.story, t = story, self.t
        card = Card(margins=12, space=6)
        card.setProperty("sunken", True)
        card.body.addWidget(label(f"{story.title} · {story.number}", "strong", wrap=True))
        card.body.addWidget(told(self.ui, story.told))
        text = t(
            "The document stays in the book, crossed out, with a second one that undoes it. Then "
            "its form opens with the same contents, for you to put right."
        )
        fill(self.body, card, label(text, "caption", wrap=True))
        reason = TextField(
            self.ui, required=True, placeholder=t("for example: one nought too many")
        )
        self.reason = self.field("reason", t("What was wrong?"), reason)
        self.date = self.field("date", t("Date of the correction"), DateField(self.ui, self._day()))
        self.begin()
        self.reason.setFocus()

    def _day(self) -> date:
        story = self.story
        return story.day if story.open_from == story.day else max(self.ui.today, story.open_from)

    def derived(self) -> dict[str, Any]:
        return {"of": self.story.number}

    def explain(self, issue: Issue) -> str:
        if issue.code == "records-nothing":
            return self.t(
                "{number} changed neither money nor goods: there is nothing to undo. Record the "
                "right one by itself.",
                number=self.story.number,
            )
        return super().explain(issue)

    def saved_text(self, recorded: Recorded) -> str:
        return self.t(
            "{number} is undone by {other}.", number=self.story.number, other=recorded.number or ""
        )

    def open_again(self) -> None:
        """The document's own form, with what it said. Its date moves where its month is closed."""
        story = self.story
        form = form_of(story.kind)
        if form is None:
            return
        given = {k: v for k, v in story.payload.items() if k not in _OF_THE_RECORDING}
        if story.open_from != story.day and "date" in given:
            given["date"] = self._day().isoformat()
        self.workspace.form_wanted.emit(form.name, given)  # keys of a document may be called `name`


def make_correction(workspace: Workspace, given: Mapping[str, object]) -> QDialog:
    """`given` holds the `story` of the document."""
    story = given["story"]
    assert isinstance(story, Story)
    t = workspace.ui.t
    form = CorrectionForm(workspace, story)
    dialog = FormDialog(form, t("Correct {number}", number=story.number), prints=False)
    dialog.save_button.setText(t("Undo and fill in again"))
    form.saved.connect(lambda _recorded: form.open_again())
    return dialog
