"""Nonsense in every field of every form: said beside the field or recorded, never lost."""

from __future__ import annotations

import re

import pytest
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from kwt_books.domain.kind import Form, Kind
from kwt_books.domain.kinds import KINDS, forms
from tests.ui.every_form import (
    STEPPED,
    Edit,
    EveryForm,
    edits,
    form_of,
    given_for,
    name_of,
    nonsense_for,
    paste,
    places,
    said,
    text_of,
)
from ui.kit.field import TextField
from ui.kit.form import FormDialog
from ui.kit.party import PartyPicker
from ui.kit.picker import Picker
from ui.kit.till import MemoField
from ui.kit.workspace import Workspace
from ui.settings.group import SharingForm

NEW: list[tuple[str, dict[str, object]]] = [
    ("party", {"role": "shop"}),
    ("item", {"class": "finished"}),
    ("item", {"class": "seed"}),
    ("sharing", {}),
]
"""Forms that change something and make it new: the sample has them changed. And one that stands
in a page."""
_WITHOUT_A_FIELD = {"correction"}
"""That a document is corrected already is said of the whole."""
_CODE = re.compile(r"[a-z]+(-[a-z]+)+")
_BARE = re.compile(r"[^0-9A-Za-z]")


class Typist:
    """Types into one field after another of a form and presses save."""

    def __init__(
        self, every: EveryForm, name: str, given: dict[str, object], problems: list[object]
    ) -> None:
        self.every, self.name, self.problems = every, name, problems
        self.given = given
        self._open()

    def _open(self) -> None:
        self.dialog = self.every.open(self.name, self.given)
        self.form = form_of(self.dialog)
        for memo in self.dialog.findChildren(MemoField):
            memo.open()
        for edit in edits(self.dialog):  # so that the book is asked, whatever stands elsewhere
            if isinstance(edit, TextField) and edit.required and not edit.text():
                paste(edit, "7")

    @property
    def is_open(self) -> bool:
        return isValid(self.dialog) and self.dialog.isVisible()

    def close(self) -> None:
        if self.is_open:
            self.dialog.close()

    def edit(self, place: int) -> Edit | None:
        if not self.is_open:
            self._open()
        assert self.form is not None
        found = list(edits(self.form))
        return found[place] if place < len(found) else None

    def type(self, place: int, bad: str, qtbot: QtBot) -> None:
        edit = self.edit(place)
        if edit is None:
            return
        before, who = text_of(edit), f"{self.name}, {name_of(edit)}: {bad[:20]!r}"
        owner = edit.parentWidget()
        must_be_known = isinstance(owner, Picker) and not isinstance(owner, PartyPicker)
        paste(edit, bad)
        typed = text_of(edit)
        form = self.form
        assert form is not None
        form.save()
        self.every.settle()
        if self.is_open and form.note.isVisible() and form.note.property("tone") == "warn":
            form.save()  # what was asked once more is meant
            self.every.settle()
        assert not self.problems, f"{who}: {self.problems}"
        if not self.is_open:
            assert not must_be_known, f"{who}: passed over"
            return
        qtbot.waitUntil(lambda: bool(said(form)))
        by_itself = form.note.isVisible() and form.note.property("tone") == "error"
        assert not by_itself or self.name in _WITHOUT_A_FIELD, f"{who}: {form.note.text}"
        for text in said(form):
            assert not _CODE.fullmatch(text), f"{who}: {text}"
        assert _BARE.sub("", text_of(edit)) == _BARE.sub("", typed), who
        paste(edit, before) if before else edit.clear()


_EMPTY = [(form.name, given_for(form.name)) for form in forms() if form.name not in STEPPED]


def make_sharing(workspace: Workspace, _given: object) -> FormDialog:
    return FormDialog(SharingForm(workspace), "x")


@pytest.mark.parametrize(("name", "given"), [*_EMPTY, *NEW])
def test_nonsense_is_said_or_recorded_and_never_lost(
    name: str,
    given: dict[str, object],
    workspace: Workspace,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    long: bool,
) -> None:
    problems: list[object] = []
    form = Form("sharing", f"{__name__}:make_sharing", "start")
    monkeypatch.setitem(KINDS, "sharing", Kind(name="sharing", command="", forms=(form,)))
    for way in ("show", "show_bug"):
        monkeypatch.setattr(workspace.problems, way, lambda error, *_more: problems.append(error))
    every = EveryForm(workspace, qtbot)
    typist = Typist(every, name, given, problems)
    assert typist.form is not None
    for place in places(typist.form):
        edit = typist.edit(place)
        if edit is None:  # goods counted away have no row in the next sheet
            continue
        for bad in nonsense_for(edit, place, long=long):
            typist.type(place, bad, qtbot)
    typist.close()
