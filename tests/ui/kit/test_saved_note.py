"""What is said once something is saved: its number, its amount, and the way to undo it."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from tests.ui.every_form import EveryForm, form_of
from ui.diary.correction import CorrectionForm
from ui.kit.button import Button
from ui.kit.workspace import Message, Workspace


def test_the_amount_and_a_way_to_undo_it(workspace: Workspace, qtbot: QtBot) -> None:
    every, said = EveryForm(workspace, qtbot), list[Message]()
    workspace.said.connect(said.append)
    given = {"date": "2026-07-01", "from": "1102", "to": "1101", "amount": 5000}
    form = form_of(every.open("transfer", given))
    assert form is not None
    form.save()
    every.settle()
    (message,) = said
    assert workspace.ui.formats.rupiah(5000) in message.strong
    undo = workspace.ui.t("Undo it")
    (button,) = (each for each in every.window.toast.findChildren(Button) if each.text() == undo)
    button.click()
    every.settle()
    asked = form_of(every.window.form("correction"))  # type: ignore[arg-type]
    assert isinstance(asked, CorrectionForm)
    assert asked.story.number in message.strong
