"""A form that is opened before the book has said anything is filled in like one opened later."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QComboBox, QDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from kwt_books.book import Book
from kwt_books.domain.kind import named
from kwt_books.domain.kinds import form_named
from tests.ui.at_once import AtOnce
from tests.ui.every_form import DAY, ROOMS, edits, given_for, name_of, text_of
from tests.ui.windows import LAPTOP
from ui.kit.goods_grid import GoodsGrid
from ui.kit.worker import Tasks
from ui.kit.workspace import Workspace


def shown(dialog: QDialog) -> list[str]:
    """All that can be read and picked in it."""
    for grid in dialog.findChildren(GoodsGrid):
        for good in grid.goods:  # also those whose rows aren't in sight
            grid.row(good.code)
    QApplication.processEvents()
    labels = [each.text() for each in dialog.findChildren(QLabel) if each.isVisible()]
    typed = [f"{name_of(each)}: {text_of(each)}" for each in edits(dialog)]
    boxes = [each for each in dialog.findChildren(QComboBox) if each.isVisible()]
    picked = [[each.itemText(place) for place in range(each.count())] for each in boxes]
    return sorted([*labels, *typed, *map(str, picked)])


@pytest.mark.parametrize("room", [room for room in ROOMS if ROOMS[room][1] and room != "diary"])
@pytest.mark.parametrize("filled", [False, True], ids=["empty", "filled"])
def test_it_is_like_one_opened_later(
    room: str, desk_with: Callable[[Tasks, Path], Workspace], read_book: Book, around: QWidget,
    tmp_path: Path, qtbot: QtBot, *, filled: bool,
) -> None:  # fmt: skip
    around.resize(*LAPTOP)

    def opened(name: str, *, early: bool) -> list[str]:
        form, tasks = form_named(name), AtOnce(read_book, waits=early)
        assert form is not None
        early = early and not form.shows_setup  # the window waits with these
        desk = desk_with(tasks, tmp_path / "prompt.kwt")
        desk.window = around
        desk.show_month(DAY[:7])
        if not early:
            desk.learn_setup()
            tasks.answer()
        dialog = named(form.make)(desk, given_for(name) if filled else {})
        qtbot.addWidget(dialog)
        dialog.show()
        if early:
            desk.learn_setup()
            QApplication.processEvents()
            tasks.answer()
        found = shown(dialog)
        dialog.close()
        return found

    for name in ROOMS[room][1]:
        assert opened(name, early=True) == opened(name, early=False), name
