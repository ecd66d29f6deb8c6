"""A ledger of very many lines on screen: rows come as they are looked at."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QItemSelectionRange, QObject, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from kwt_books.book import Book
from kwt_books.queries.overview import setup_data
from kwt_books.reports import long_rows
from kwt_books.reports.long_rows import WINDOW, LongRows, ReadRows
from kwt_books.reports.model import Column, ColumnType, Layout, Report, Row, RowKind
from kwt_books.reports.packs import Pack
from tests.books import rows
from tests.ui.windows import window_over
from ui.kit.look import UiContext
from ui.kit.printing import PaperWriter
from ui.kit.report_model import COMING, ReportModel
from ui.kit.report_table import ReportTable
from ui.kit.worker import Tasks
from ui.kit.workspace import Workspace
from ui.reports.page import ReportsPage

COUNT = 120_000


class Shelf:
    """Rows made when they are read, by somebody who answers when told to."""

    def __init__(self) -> None:
        self.read: list[tuple[int, int]] = []
        self.waiting: list[Callable[[], None]] = []

    def rows(self) -> LongRows:
        lines = ReadRows(COUNT, self.lines)
        return LongRows([lines, (Row("Jumlah", (COUNT,), kind=RowKind.TOTAL),)])

    def lines(self, start: int, stop: int) -> list[Row]:
        self.read.append((start, stop))
        return [Row(f"Baris {n}", (n,)) for n in range(start, stop)]

    def away(self, read: Callable[[], Any], done: Callable[[Any], object], _: QObject) -> None:
        self.waiting.append(lambda: done(read()))

    def answer(self) -> None:
        while self.waiting:
            self.waiting.pop(0)()


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


@pytest.fixture
def table(ui: UiContext, qtbot: QtBot, shelf: Shelf) -> ReportTable:
    made = ReportTable(ui)
    qtbot.addWidget(made)
    made.model.away = shelf.away
    made.resize(600, 400)
    rows = shelf.rows()
    rows.read_ahead()
    columns = (Column("n", "Nomor", ColumnType.COUNT),)
    made.show_report(Report("x", "Buku", columns, rows, label="Uraian", layout=Layout.LEDGER))
    made.show()
    shelf.answer()
    return made


def label(table: ReportTable, row: int) -> str:
    return table.model.row(table.model.index(row, 0)).label


def test_all_rows_can_be_scrolled_to_though_few_were_read(table: ReportTable, shelf: Shelf) -> None:
    assert table.model.rowCount() == COUNT
    assert table.bar.row is not None
    assert table.bar.row.cells == (COUNT,)
    assert sum(stop - start for start, stop in shelf.read) <= 8 * WINDOW
    assert label(table, 0) == "Baris 0"


def test_a_row_that_is_looked_at_comes(table: ReportTable, shelf: Shelf) -> None:
    place = 54_321
    assert label(table, place) == COMING.label
    changed: list[QItemSelectionRange] = []
    table.model.dataChanged.connect(
        lambda one, last: changed.append(QItemSelectionRange(one, last))
    )
    shelf.answer()
    assert changed
    assert all(each.height() == COUNT for each in changed), "from the first to the last"
    assert all(each.width() == table.model.columnCount() for each in changed)
    assert label(table, place) == f"Baris {place}"


def test_who_scrolls_past_does_not_wait_for_what_lies_between(
    table: ReportTable, shelf: Shelf
) -> None:
    shelf.read.clear()
    for place in range(20 * WINDOW, 220 * WINDOW, WINDOW):
        label(table, place)
    shelf.answer()
    assert label(table, 219 * WINDOW) == f"Baris {219 * WINDOW}"
    assert len(shelf.read) < 10


def test_what_lies_far_back_is_let_go(table: ReportTable, shelf: Shelf) -> None:
    for place in range(10 * WINDOW, 90 * WINDOW, WINDOW):
        label(table, place)
        shelf.answer()
    shelf.read.clear()
    label(table, 89 * WINDOW)
    shelf.answer()
    assert not shelf.read, "what was just seen is kept"
    label(table, 10 * WINDOW)
    shelf.answer()
    assert shelf.read


def test_a_search_looks_through_everything_in_turns(
    table: ReportTable, shelf: Shelf, qtbot: QtBot
) -> None:
    looked: list[tuple[int, int]] = []
    table.searched.connect(lambda *told: looked.append(told))
    with qtbot.waitSignal(table.found) as found:
        table.search("BARIS 9999")
        turns = 0
        while shelf.waiting:
            shelf.waiting.pop(0)()
            turns += 1
    assert found.args == [11]
    assert turns == len(looked) + 1 > 50
    assert [told[0] for told in looked] == sorted(told[0] for told in looked)
    assert [label(table, row) for row in range(2)] == ["Baris 9999", "Baris 99990"]


def test_a_search_can_be_left(table: ReportTable, shelf: Shelf) -> None:
    table.search("baris")
    shelf.waiting.pop(0)()
    table.search("")
    shelf.answer()
    assert table.model.rowCount() == COUNT
    shelf.read.clear()
    assert label(table, 3) == "Baris 3"
    assert not shelf.read


def test_the_model_keeps_qt_s_rules(ui: UiContext, shelf: Shelf) -> None:
    """Through all its changes: what the tester finds wrong is a warning, which fails."""
    model = ReportModel(ui)
    model.away = shelf.away
    watch = QAbstractItemModelTester(model)
    watch.setUseFetchMore(False)
    rows = LongRows([ReadRows(900, shelf.lines)])
    columns = (Column("n", "Nomor", ColumnType.COUNT),)
    model.show_report(Report("x", "Buku", columns, rows, layout=Layout.LEDGER), rows)
    shelf.answer()
    model.find("77")
    shelf.answer()
    model.find("")
    del watch


def test_a_long_book_is_shown_sought_and_followed(
    workspace: Workspace,
    qtbot: QtBot,
    settle: Callable[[Workspace], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The month's cash book as if it were long: the same rows, from the worker."""
    page = window_over(workspace, qtbot, "reports", "cash-book").page
    assert isinstance(page, ReportsPage)
    assert page.report is not None
    held = page.report.rows
    monkeypatch.setattr(long_rows, "MOST_HELD", 3)
    page.invalidate()
    page.refresh()
    settle(workspace)
    assert isinstance(page.report.rows, LongRows)
    model = page.view.table.model
    assert [model.row(model.index(n, 0)) for n in range(len(held) - 1)] == list(held[:-1])
    with qtbot.waitSignal(page.view.table.found):
        page.view.seek.setText("titip")
    assert 0 < model.rowCount() < len(held)
    index = model.index(0, 0)
    assert page.view.row_at(index) == model.row(index)


ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"


def test_reading_stops_in_the_middle_of_a_question(workspace: Workspace, qtbot: QtBot) -> None:
    tasks: Tasks = workspace.tasks
    begun: list[int] = []

    def ask(book: Book) -> None:
        book.read(lambda reading: (begun.append(1), rows(reading, ENDLESS)))

    answers: list[object] = []
    job = tasks.read(ask, answers.append)
    qtbot.waitUntil(lambda: bool(begun))
    job.cancel()
    tasks.read(lambda book: book.read(setup_data).group, answers.append)
    qtbot.waitUntil(lambda: not tasks.busy)
    assert len(answers) == 1


def test_long_work_that_reads_stops_in_the_middle_of_a_question(
    workspace: Workspace, qtbot: QtBot
) -> None:
    """As does the making of a paper: its rows are asked for while it is written."""
    begun: list[int] = []

    def ask(book: Book, _told: object) -> None:
        book.read(lambda reading: (begun.append(1), rows(reading, ENDLESS)))

    def make(book: Book) -> Pack:
        ask(book, None)
        raise AssertionError

    job = workspace.tasks.long(ask, lambda _: None, lambda _: None, reads=True)
    qtbot.waitUntil(lambda: bool(begun))
    job.cancel()
    writer = PaperWriter(workspace)
    writer.show(make, lambda _: None)
    qtbot.waitUntil(lambda: len(begun) == 2)
    writer.cancel()
    qtbot.waitUntil(lambda: not workspace.tasks.busy)


def test_end_shows_the_last_line(table: ReportTable, shelf: Shelf, qtbot: QtBot) -> None:
    qtbot.keyClick(table.view, Qt.Key.Key_End)
    shelf.answer()
    assert table.view.currentIndex().row() == COUNT - 1
    assert label(table, COUNT - 1) == f"Baris {COUNT - 1}"
