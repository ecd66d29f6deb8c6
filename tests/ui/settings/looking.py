"""What tests of the settings look at."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from ui.desk import Desk
from ui.forms.setup_form import SetupForm
from ui.widgets.field import FieldRow


def message(form: SetupForm, path: str) -> str:
    row = form._inputs[path].parentWidget()  # type: ignore[attr-defined]
    assert isinstance(row, FieldRow)
    return row.message


def verified(desk: Desk, qtbot: QtBot) -> bool:
    told: list[bool] = []
    desk.tasks.run(lambda book: all(each.passed for each in book.verify()), told.append)
    qtbot.waitUntil(lambda: bool(told))
    return told[0]
