"""No field of the first start shows a part of a number, and a click into one selects it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.rules import cut_off
from ui.first_start.window import FirstStart
from ui.kit.date_field import DateField
from ui.kit.field import MoneyField
from ui.kit.goods_fields import Counter
from ui.kit.look import UiContext
from ui.kit.picker import DenominationGrid, Stepper
from ui.shell.start import Desktop


def test_in_the_first_start(desktop: Desktop, qtbot: QtBot) -> None:
    assert desktop.welcome is not None
    qtbot.mouseClick(desktop.welcome.ways[0], Qt.MouseButton.LeftButton)
    window = desktop.entrance.first_start
    assert isinstance(window, FirstStart)
    with qtbot.waitActive(window):
        window.show()
    window.resize(1366, 688)
    window.questions.money.show_more()
    found = []
    for place in range(window.stack.count()):
        window.show_step(place)
        QApplication.processEvents()
        found += [f"step {place + 1}: {each}" for each in cut_off(window)]
    assert found == []


def _around(field: QWidget, qtbot: QtBot) -> QWidget:
    ground = QWidget()
    qtbot.addWidget(ground)
    width = field.width()
    field.setParent(ground)
    field.resize(width, 36)
    ground.resize(500, 60)
    field.show()
    ground.show()
    return ground


@pytest.mark.parametrize("make", [
    MoneyField, Stepper, lambda ui: Counter(ui, "Laku"), DateField, DenominationGrid,
], ids=["money", "stepper", "counter", "date", "pieces"])  # fmt: skip
def test_a_click_into_a_number_selects_it(
    ui: UiContext, qtbot: QtBot, make: Callable[[UiContext], QWidget]
) -> None:
    field, other = make(ui), MoneyField(ui)
    ground = _around(field, qtbot)
    other.setParent(ground)
    other.setGeometry(410, 0, 80, 36)
    other.show()
    edit = field if isinstance(field, QLineEdit) else field.findChildren(QLineEdit)[0]
    edit.setText("24")
    other.setFocus()
    with qtbot.waitActive(ground):
        ground.activateWindow()
    qtbot.mouseClick(edit, Qt.MouseButton.LeftButton)
    here = edit.focusProxy() or edit
    qtbot.keyClicks(here, "5")
    assert edit.text() == "5", "what is typed after the first click replaces it"
    qtbot.keyClicks(here, "0")
    qtbot.mouseClick(edit, Qt.MouseButton.LeftButton)
    assert not edit.hasSelectedText(), "a second click sets the cursor"
