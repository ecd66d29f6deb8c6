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
from ui.kit.form import FormDialog
from ui.kit.workspace import Destination, Workspace
from ui.money.forms import PaymentForm
from ui.shell.window import MainWindow

Settle = Callable[[Workspace], None]
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


def test_arrows_go_from_fund_to_fund(page: FundsPage, qtbot: QtBot) -> None:
    first, second, *_ = page.list.buttons
    assert page.list.current == first
    page.list.buttons[first].setFocus()
    qtbot.keyClick(page.list, Qt.Key.Key_Down)
    assert page.list.current == second
    assert page.fund is not None
    assert page.fund.account.name in page.name.text()


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


def test_a_fund_that_nobody_spent_of_says_so(page: FundsPage) -> None:
    """In the card, where the payments would stand."""
    spending = {each.fund for each in page.bars.spent}  # type: ignore[union-attr]
    for code, spent in ((code, code in spending) for code in page.list.buttons):
        page.list.choose(code)
        assert page.table.isVisible() == spent
        assert page.nothing.isVisible() != spent
        assert page.nothing.window() is page.window(), "not a window of its own"
    assert len(spending) < len(page.list.buttons)


def test_paying_out_of_a_fund_starts_with_it(page: FundsPage, qtbot: QtBot, settle: Settle) -> None:
    page.list.choose("3202")
    qtbot.mouseClick(page.pay_button, Qt.MouseButton.LeftButton)
    settle(page.workspace)
    window = page.window()
    assert isinstance(window, MainWindow)
    dialog = window.form("payment")
    assert isinstance(dialog, FormDialog)
    assert isinstance(dialog.form, PaymentForm)
    assert dialog.form.fund.value() == "3202"


def test_the_months_can_be_heard(page: FundsPage, qtbot: QtBot) -> None:
    """The chart in words, for those who don't see it; arrows go through its months."""
    heard = page.chart.accessibleDescription().splitlines()
    assert len(heard) == 12
    assert "Juni 2026" in heard[-1]
    page.chart.setFocus()
    qtbot.keyClick(page.chart, Qt.Key.Key_Left)
    assert page.chart.selected == 11


def test_without_any_fund_it_says_how_they_come(
    open_page: Open, books: Books, tmp_path: Path
) -> None:
    path = tmp_path / "empty.kwt"
    books.create(path).close()
    page = open_page(path)
    assert page.empty.isVisible()
    assert not page.beside.isVisible()
