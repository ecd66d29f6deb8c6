"""The list, found by words, kinds and months; one document: its story, its accounts, its papers."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from kwt_books.app import Books
from kwt_books.i18n.catalogue import resources_dir
from kwt_books.reports.diary import Sought, diary_page, diary_sums
from tests.ui.diary.hand import CTRL, SHOWN, UNDONE, page_of
from tests.ui.windows import paper_shown, window_over
from ui.diary.page import DiaryModel, JournalPage
from ui.kit.card import Note
from ui.kit.workspace import Workspace
from ui.shell.window import MainWindow


def numbers(page: JournalPage) -> list[str]:
    return [line.number for line in page.model.lines]


def test_the_month_is_listed_newest_first(
    page: JournalPage, books: Books, sample_path: Path, qtbot: QtBot
) -> None:
    book = books.open(sample_path, read_only=True)
    expected = [line.number for line in book.read_in("id", diary_page, Sought()).lines]
    book.close()
    assert numbers(page) == expected
    qtbot.waitUntil(lambda: page.document.story is not None)
    assert page.document.story is not None
    assert page.document.story.number == expected[0]
    qtbot.waitUntil(lambda: str(len(expected)) in page.filter.count.text())


@pytest.fixture
def long_book(books: Books, tmp_path: Path) -> Path:
    """A year of a group: several pages."""
    path = tmp_path / "year.kwt"
    (demo,) = (resources_dir() / "demo").glob("*.jsonl")
    books.import_stream(path, io.BytesIO(demo.read_bytes()))
    return path


def test_scrolling_brings_the_whole_book(
    desk_for: Callable[[Path], Workspace], long_book: Path, books: Books, qtbot: QtBot
) -> None:
    workspace = desk_for(long_book)
    page = page_of(window_over(workspace, qtbot, "journal"))
    page.filter.seek("", everywhere=True)
    qtbot.waitUntil(lambda: bool(page.model.lines))
    bar = page.table.verticalScrollBar()

    def at_the_end() -> bool:
        bar.setValue(bar.maximum())
        return not page.model.has_more and not workspace.tasks.busy

    qtbot.waitUntil(at_the_end)
    book = books.open(long_book, read_only=True)
    count = book.read_in("id", diary_sums, Sought()).documents
    book.close()
    assert len(numbers(page)) == len(set(numbers(page))) == count
    keys = [(line.day, line.number) for line in page.model.lines]
    assert [day for day, _ in keys] == sorted((day for day, _ in keys), reverse=True)


def test_the_model_keeps_qts_rules(page: JournalPage) -> None:
    model = DiaryModel(page.ui)
    mode = QAbstractItemModelTester.FailureReportingMode.Warning
    tester = QAbstractItemModelTester(model, mode)
    lines = page.model.lines
    model.show_lines(lines[:5], has_more=True)
    model.add_lines(lines[5:], has_more=False)
    model.show_lines([], has_more=False)
    assert tester.model() is model


def test_from_the_search_into_the_list_by_keys(page: JournalPage, qtbot: QtBot) -> None:
    qtbot.keyClick(page, Qt.Key.Key_F, CTRL)
    qtbot.keyClicks(page.filter.text, "rapat")
    qtbot.waitUntil(lambda: UNDONE in numbers(page) and len(numbers(page)) < 10)
    qtbot.keyClick(page.filter.text, Qt.Key.Key_Down)
    assert page.table.hasFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_Down)
    second = numbers(page)[1]
    qtbot.waitUntil(
        lambda: page.document.story is not None and page.document.story.number == second
    )


def test_the_headers_search_looks_in_the_whole_book(
    window: MainWindow, workspace: Workspace, qtbot: QtBot
) -> None:
    workspace.show_month("2027-01")
    workspace.go("home")
    window.header.search.setFocus()
    qtbot.keyClicks(window.header.search, "bunga bank")
    qtbot.keyClick(window.header.search, Qt.Key.Key_Return)
    page = page_of(window)
    qtbot.waitUntil(lambda: len(numbers(page)) == 1)


# -- one document --------------------------------------------------------------------------


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
