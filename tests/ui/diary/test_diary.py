"""The list: the month's documents, found by words, kinds and months."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from kwt_books.app import Books
from kwt_books.i18n.catalogue import resources_dir
from kwt_books.reports.diary import Sought, diary_page, diary_sums
from tests.ui.diary.hand import CTRL, UNDONE, page_of
from tests.ui.windows import window_over
from ui.diary.page import DiaryModel, JournalPage
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
