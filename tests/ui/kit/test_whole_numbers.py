"""No field shows a part of a number: the largest ones are typed into every field there is."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from kwt_books.domain.kinds import forms
from tests.ui.every_form import EveryForm, given_for
from ui.first_start.window import FirstStart
from ui.kit.date_field import DateField
from ui.kit.field import MoneyField, NumberField, QuantityField
from ui.kit.goods_row import Counter
from ui.kit.lines import Lines
from ui.kit.look import UiContext
from ui.kit.picker import DenominationGrid, Stepper
from ui.kit.workspace import Workspace
from ui.shell.start import Desktop

MONEY, QUANTITY = "999.999.999.999", "999.999,999"


def cut_off(within: QWidget) -> Iterator[str]:
    """Fields whose number begins left of what can be seen."""
    for field in within.findChildren(NumberField):
        if not field.isVisible() or not field.isEnabled() or field.isReadOnly():
            continue
        before = field.text()
        field.setText(QUANTITY if isinstance(field, QuantityField) else MONEY)
        field.setCursorPosition(len(field.text()))
        QApplication.processEvents()
        if field.cursorPositionAt(QPoint(1, field.height() // 2)):
            yield f"{field.accessibleName()} ({type(field).__name__}, {field.width()} wide)"
        field.setText(before)


def with_a_line_each(within: QWidget) -> None:
    for each in within.findChildren(Lines):
        if not each.lines:
            each.append()


def test_in_every_form(workspace: Workspace, qtbot: QtBot) -> None:
    every, found = EveryForm(workspace, qtbot), []
    every.window.resize(1366, 688)
    for name in [form.name for form in forms()]:
        dialog = every.open(name, given_for(name))
        with_a_line_each(dialog)
        every.settle()
        found += [f"{name}: {each}" for each in cut_off(dialog)]
        dialog.close()
        QApplication.processEvents()
    assert found == []


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
        with_a_line_each(window)
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
