"""Each step of the first start keeps the rules of the house, as large as it may be and as small."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from kwt_books.app import Books
from tests.ui.all_rules import at_sizes, wrong_with
from tests.ui.first_start.test_bad_answers import ANSWERS
from ui.first_start.window import STEPS, Done, FirstStart
from ui.kit.folders import Folders
from ui.kit.look import UiContext

SIZES = ((1_366, 688), (800, 448))
BUT = ("56 pixels", "cut off: 'Sayur campur'")
"""The margin of a step is wider than others; the end of a name in a list may be out of sight."""


@pytest.fixture
def first(english: UiContext, books: Books, folders: Folders, qtbot: QtBot) -> FirstStart:
    made = FirstStart(english, books, folders.data, QIcon())
    qtbot.addWidget(made)
    made.questions.restore(ANSWERS)
    made.questions.officers.use.set_value("yes")
    with qtbot.waitActive(made):
        made.show()
    return made


@pytest.mark.parametrize("place", range(len(STEPS)), ids=[name for name, *_ in STEPS])
def test_a_step_keeps_the_rules(first: FirstStart, place: int) -> None:
    first.show_step(place)
    assert at_sizes(first, SIZES, *BUT) == {}


@pytest.mark.parametrize("keys", [(None, None), ("AAAA-BBBB-CCCC", "DDDD-EEEE")], ids=str)
def test_the_end_keeps_the_rules(
    english: UiContext, around: QWidget, qtbot: QtBot, keys: tuple[str | None, str | None]
) -> None:
    shown = Done(english, *keys, "KWT Melati · Melati.kwt")
    qtbot.addWidget(shown)
    with qtbot.waitActive(shown):
        shown.show()
    shown.leave()
    for size in ((1_060, 688), (736, 448)):
        shown.resize(*size)
        assert wrong_with(shown) == [], size
