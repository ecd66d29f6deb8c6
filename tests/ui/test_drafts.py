"""What was typed into any form is there again after the program was killed."""

from __future__ import annotations

import json

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.every_form import Edit, EveryForm, edits, form_of, paste
from ui.desk import Desk
from ui.drafts import drafts_of
from ui.forms.base import Form
from ui.forms.registry import FORMS
from ui.widgets.date_field import DateField
from ui.widgets.field import NoteField, NumberField, TextField
from ui.widgets.password_field import PasswordField
from ui.widgets.picker import Picker

WORD, FIGURE, DAY, HALF = "Contoh", "7", "3/7", "zz"
_NOT_DRAFTED = {"password", "correction", "person", "first_people"}
"""Passwords never go to the disk; a correction belongs to its document."""


def type_into(edit: Edit) -> None:
    if isinstance(edit, DateField):
        paste(edit, DAY)
    elif isinstance(edit.parentWidget(), Picker):
        paste(edit, HALF)
    elif isinstance(edit, TextField | NoteField) and not isinstance(edit, NumberField):
        paste(edit, WORD)
    else:
        paste(edit, FIGURE)


def opened(every: EveryForm, name: str) -> Form | None:
    return form_of(every.open(name))


def draft_of(desk: Desk, form: Form) -> dict[str, object] | None:
    return drafts_of(desk.folders.data, desk.book).read(form.name)


@pytest.mark.parametrize("name", [each for each in FORMS if each not in _NOT_DRAFTED])
def test_a_draft_survives_the_window(name: str, desk: Desk, qtbot: QtBot) -> None:
    form = opened(EveryForm(desk, qtbot), name)
    if form is None:
        pytest.skip("steps, tested elsewhere")
    before = form.state()
    for edit in list(edits(form)):
        type_into(edit)
    form.setFocus()
    left = json.loads(json.dumps(form.state()))
    if left == before:
        pytest.skip("nothing can be typed into it")
    qtbot.waitUntil(lambda: draft_of(desk, form) == left)

    again = opened(EveryForm(desk, qtbot), name)  # the first window is never closed
    assert again is not None
    assert json.loads(json.dumps(again.state())) == left
    assert again.note.isVisible(), "someone is told where it comes from"


@pytest.mark.parametrize("name", [each for each in FORMS if each != "correction"])
def test_a_form_that_nobody_typed_into_leaves_no_draft(name: str, desk: Desk, qtbot: QtBot) -> None:
    every = EveryForm(desk, qtbot)
    dialog = every.open(name)
    form = form_of(dialog)
    if form is None:
        pytest.skip("steps, tested elsewhere")
    dialog.reject()
    assert draft_of(desk, form) is None


@pytest.mark.parametrize("name", ["password", "person", "first_people"])
def test_passwords_stay_out_of_drafts(name: str, desk: Desk, qtbot: QtBot) -> None:
    form = opened(EveryForm(desk, qtbot), name)
    assert form is not None
    secrets = [edit for edit in edits(form) if isinstance(edit, PasswordField)]
    assert secrets
    for edit in secrets:
        paste(edit, "rahasia-sekali")
    form.keep_draft()
    assert "rahasia-sekali" not in json.dumps(draft_of(desk, form))
