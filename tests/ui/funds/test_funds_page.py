"""Dana: bars that agree with the book, and the way from what was spent to its document."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from kwt_books.app import Books
from kwt_books.reports.context import Parameters
from tests.books import book_at
from tests.ui.sample_parts import lines_of
from tests.ui.windows import window_over
from ui.funds.page import FundsPage
from ui.kit.workspace import Destination, Workspace

Open = Callable[[Path], FundsPage]


@pytest.fixture
def open_page(desk_for: Callable[[Path], Workspace], qtbot: QtBot) -> Open:
    def make(path: Path) -> FundsPage:
        page = window_over(desk_for(path), qtbot, "funds").page
        assert isinstance(page, FundsPage)
        return page

    return make


@pytest.fixture
def page(open_page: Open, book_path: Path) -> FundsPage:
    return open_page(book_path)


def test_the_bars_agree_with_the_book(
    page: FundsPage, books: Books, book_path: Path, expected: dict[str, Any]
) -> None:
    book = books.open(book_path, read_only=True)
    report = book.report("funds", Parameters(month="2026-06"), "id")
    book.close()
    columns = [column.key for column in report.columns]
    rows = {row.code: row.cells for row in report.rows if row.code in page.list.buttons}
    assert len(rows) == 4
    for code, cells in rows.items():
        now = page.list.buttons[code].fund.now
        known = dict(zip(columns, cells, strict=True))
        assert (now.opening, now.received, now.spent, now.closing) == (
            known["opening"], known["allocated"], known["released"], known["closing"],
        )  # fmt: skip
        assert now.closing == -expected["trial_balance_after_close"][code]
    total = sum(each.fund.now.closing for each in page.list.buttons.values())
    assert page.total.text() == page.ui.formats.rupiah(total)


def test_before_the_close_nothing_was_shared_in(
    open_page: Open, books: Books, sample_stream: Path, tmp_path: Path, expected: dict[str, Any]
) -> None:
    lines = [line for line in lines_of(sample_stream) if line["kind"] != "month_close"]
    page = open_page(book_at(books, tmp_path / "open.kwt", lines))
    for code, button in page.list.buttons.items():
        now = button.fund.now
        assert now.received == 0
        assert now.closing == now.opening - now.spent
        assert now.closing == -expected["trial_balance_before_close"][code]


def test_what_was_spent_leads_to_its_document(page: FundsPage, qtbot: QtBot) -> None:
    qtbot.mouseClick(page.list.buttons["3204"], Qt.MouseButton.LeftButton)
    model = page.table.model()
    texts = [model.index(row, 2).data() for row in range(model.rowCount())]
    assert "Konsumsi rapat, transport" in texts
    assert len(texts) == 4, "two that hold, one that was undone, and what undid it"
    spent = [each.amount for each in page.bars.spent if each.fund == "3204"]  # type: ignore[union-attr]
    assert page.fund is not None
    assert sum(spent) == page.fund.now.spent
    wanted: list[Destination] = []
    page.workspace.place_wanted.connect(wanted.append)
    page.table.setFocus()
    page.table.select(texts.index("Konsumsi rapat, transport"))
    number = page.table.key
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert wanted == [Destination("journal", number)]
