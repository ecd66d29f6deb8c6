"""What was typed into any form is there again after the program was killed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from kwt_books.domain.kinds import forms
from tests.ui.every_form import STEPPED, Edit, EveryForm, edits, form_of, paste
from ui.home.page import HomePage
from ui.kit.date_field import DateField
from ui.kit.drafts import drafts_of
from ui.kit.field import NoteField, NumberField, PasswordField, TextField
from ui.kit.form import Form
from ui.kit.picker import Picker
from ui.kit.workspace import Workspace

WORD, FIGURE, DAY, HALF = "Contoh", "7", "3/7", "zz"
_NOT_DRAFTED = STEPPED | {"password", "correction", "person", "first_people"}
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


_NOTHING_TO_TYPE = {"depreciation"}


def opened(every: EveryForm, name: str) -> Form:
    form = form_of(every.open(name))
    assert form is not None, name
    return form


def draft_of(workspace: Workspace, form: Form) -> dict[str, object] | None:
    return drafts_of(workspace.folders.data, workspace.book).read(form.name)


def names(but: set[str]) -> list[str]:
    return [each.name for each in forms() if each.name not in but]


def test_drafts_survive_the_window(workspace: Workspace, qtbot: QtBot) -> None:
    every, left = EveryForm(workspace, qtbot), {}
    drafted = names(_NOT_DRAFTED | _NOTHING_TO_TYPE)
    for name in drafted:
        form = opened(every, name)
        before = form.state()
        for edit in list(edits(form)):
            type_into(edit)
        form.setFocus()
        left[name] = json.loads(json.dumps(form.state()))
        assert left[name] != before, f"{name}: nothing was typed"
        qtbot.waitUntil(lambda form=form, typed=left[name]: draft_of(workspace, form) == typed)

    after = EveryForm(workspace, qtbot)  # the first window is never closed, nor its forms
    for name in drafted:
        again = opened(after, name)
        assert json.loads(json.dumps(again.state())) == left[name], name
        assert again.note.isVisible(), f"{name}: someone is told where it comes from"


def test_a_form_that_nobody_typed_into_leaves_no_draft(workspace: Workspace, qtbot: QtBot) -> None:
    every = EveryForm(workspace, qtbot)
    for name in names(STEPPED | {"correction"}):
        dialog = every.open(name)
        form = form_of(dialog)
        assert form is not None, name
        dialog.reject()
        assert draft_of(workspace, form) is None, name


@pytest.mark.parametrize("name", ["password", "person", "first_people"])
def test_passwords_stay_out_of_drafts(name: str, workspace: Workspace, qtbot: QtBot) -> None:
    form = opened(EveryForm(workspace, qtbot), name)
    secrets = [edit for edit in edits(form) if isinstance(edit, PasswordField)]
    assert secrets
    for edit in secrets:
        paste(edit, "rahasia-sekali")
    form.keep_draft()
    assert "rahasia-sekali" not in json.dumps(draft_of(workspace, form))


def test_what_is_not_recorded_waits_on_home(workspace: Workspace, qtbot: QtBot) -> None:
    """It says so beside Save, stands among what is to be done, and leads back to the form."""
    every = EveryForm(workspace, qtbot)
    home = every.window.page
    assert isinstance(home, HomePage)
    before = len(home.list.rows)
    dialog = every.open("transfer")
    said = [each.text() for each in dialog.findChildren(QLabel) if each.isVisible()]
    assert workspace.ui.t("Not recorded yet") in said
    form = form_of(dialog)
    assert form is not None
    form.fields["amount"].setText("75000")
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: len(home.list.rows) == before + 1)
    waiting = next(row for row in home.list.rows if "belum dicatat" in row.accessibleName())
    qtbot.mouseClick(waiting, Qt.MouseButton.LeftButton)
    every.settle()
    again = form_of(every.window.form("transfer"))
    assert again is not None
    assert again.fields["amount"].value() == 75_000
    again.start_anew()
    assert len(home.list.rows) == before


def test_what_was_begun_before_anybody_signed_in_is_whose_who_opens_it_first(
    tmp_path: Path,
) -> None:
    """One who has a draft of her own keeps that, and the other stays for the next."""
    book = tmp_path / "book.kwt"
    nobodys, siti, wati = (drafts_of(tmp_path, book, each) for each in ("", "Siti", "Wati"))
    hers = {"amount": 1}
    siti.write("payment", hers)
    for name in ("payment", "sale"):
        nobodys.write(name, {"memo": name})
    assert siti.names() == wati.names() == ("payment", "sale"), "told before it is opened"
    assert siti.read("payment") == hers
    assert siti.read("sale") == {"memo": "sale"}
    assert wati.read("sale") is None
    assert wati.names() == ("payment",)
    assert wati.read("payment") == {"memo": "payment"}
    assert nobodys.names() == ()
    siti.discard("sale")
    assert (siti.names(), siti.read("sale")) == (("payment",), None)
