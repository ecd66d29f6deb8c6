"""A form that is opened before the book has said anything is filled in like one opened later."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication, QComboBox, QDialog, QLabel
from pytestqt.qtbot import QtBot

from kwt_books.domain.kinds import forms
from tests.ui.every_form import DAY, edits, given_for, name_of, text_of
from ui.kit.goods_grid import GoodsGrid
from ui.kit.workspace import Workspace
from ui.shell.window import MainWindow


def shown(dialog: QDialog) -> list[str]:
    """All that can be read and picked in it."""
    labels = [each.text() for each in dialog.findChildren(QLabel) if each.isVisible()]
    typed = [f"{name_of(each)}: {text_of(each)}" for each in edits(dialog)]
    boxes = [each for each in dialog.findChildren(QComboBox) if each.isVisible()]
    picked = [[each.itemText(place) for place in range(each.count())] for each in boxes]
    return sorted([*labels, *typed, *map(str, picked)])


@pytest.mark.parametrize("name", [each.name for each in forms() if each.name != "correction"])
@pytest.mark.parametrize("filled", [False, True], ids=["empty", "filled"])
def test_it_is_like_one_opened_later(
    name: str, workspace: Workspace, qtbot: QtBot, *, filled: bool
) -> None:
    window = MainWindow(workspace, QIcon())
    qtbot.addWidget(window)
    window.resize(1366, 688)
    workspace.show_month(DAY[:7])
    with qtbot.waitActive(window):
        window.show()

    def opened() -> QDialog:
        qtbot.waitUntil(lambda: not workspace.tasks.busy)
        QApplication.processEvents()
        dialog = window.form(name)
        assert dialog is not None
        for grid in dialog.findChildren(GoodsGrid):
            for good in grid.goods:  # also those whose rows aren't in sight
                grid.row(good.code)
        QApplication.processEvents()
        return dialog

    workspace.form_wanted.emit(name, given_for(name) if filled else {})
    workspace.learn_setup()
    dialog = opened()
    early = shown(dialog)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    workspace.form_wanted.emit(name, given_for(name) if filled else {})
    assert shown(opened()) == early
