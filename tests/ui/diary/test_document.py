"""One document: its story, its accounts, its papers, where it leads."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from tests.ui.diary.hand import CTRL, SHOWN
from tests.ui.windows import paper_shown
from ui.diary.page import JournalPage
from ui.kit.card import Note
from ui.shell.window import MainWindow


def texts(page: JournalPage) -> str:
    """Everything the document's card says."""
    found = page.document.findChildren(QLabel)
    return "\n".join(each.text() for each in found if not each.isHidden())


def test_a_story_shows_money_goods_and_its_seal(
    opened: Callable[[str], JournalPage], qtbot: QtBot
) -> None:
    page = opened("BKM-2606-0012")
    story = page.document.story
    assert story is not None
    qtbot.waitUntil(lambda: story.money[0].label in texts(page))
    text = texts(page)
    for amount in story.money:
        assert amount.label in text
        assert page.ui.formats.number(abs(amount.amount)) in text
    for moved in story.goods:
        assert moved.title in text
    notes = " ".join(note.text for note in page.document.findChildren(Note))
    assert story.seal in notes
    assert story.recorded_by in notes


def test_accounts_unfold_and_stay_unfolded(
    opened: Callable[[str], JournalPage], qtbot: QtBot
) -> None:
    page = opened("BKM-2606-0012")
    codes = [line.code for line in page.document.story.postings]  # type: ignore[union-attr]
    assert not any(code in texts(page) for code in codes)
    qtbot.mouseClick(page.document.accounts.button, Qt.MouseButton.LeftButton)  # type: ignore[union-attr]
    qtbot.waitUntil(lambda: all(code in texts(page) for code in codes))
    opened(SHOWN)
    assert page.document.accounts is not None
    assert page.document.accounts.unfolded


def test_where_it_is_narrow_a_search_comes_out_from_behind_a_document(
    opened: Callable[[str], JournalPage], window: MainWindow, qtbot: QtBot
) -> None:
    found = "BKM-2606-0003"
    page = opened(SHOWN)
    window.resize(800, 600)
    qtbot.waitUntil(lambda: not page.table.isVisible())
    qtbot.keyClick(window, Qt.Key.Key_F, CTRL)
    qtbot.keyClicks(page.filter.text, found)
    qtbot.waitUntil(lambda: [line.number for line in page.model.lines] == [found])
    assert page.table.isVisible()
    assert page.filter.text.hasFocus()
    qtbot.keyClick(page.filter.text, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.document.story is not None)
    assert page.document.story is not None
    assert page.document.story.number == found


def test_the_papers_of_a_document_are_shown(
    opened: Callable[[str], JournalPage], qtbot: QtBot
) -> None:
    page = opened("BKM-2606-0012")
    qtbot.keyClick(page, Qt.Key.Key_P, CTRL)
    assert paper_shown(qtbot).preview.pages > 0
    assert len(page.document.menu_actions()) > len(page.document.shown.papers)  # type: ignore[union-attr]
