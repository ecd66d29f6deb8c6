"""What is looked at before a month is closed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from kwt_books.app import Books
from kwt_books.domain.documents.lines import PaidLine
from kwt_books.domain.documents.money import Payment
from kwt_books.domain.values import last_day
from kwt_books.queries.closing import StockCounted, month_state
from tests.books import book_at
from tests.conftest import NOW
from tests.ui.closing.hand import Make, Open, Settle, form_of, tone
from tests.ui.sample_parts import lines_of
from ui.closing.checks import ERROR, GOOD, OPEN, WARN, Checker, CloseActions, Looked
from ui.kit.form import FormDialog
from ui.kit.workspace import Workspace
from ui.shell.window import MainWindow


def test_the_list_says_what_is_done_and_what_is_not(
    open_page: Open, book_without: Make, qtbot: QtBot, settle: Settle
) -> None:
    page = open_page(book_without("month_close"))
    assert tone(page, "fridays") == GOOD
    assert tone(page, "count-1101") == GOOD
    assert tone(page, "count-1103") == WARN
    assert tone(page, "settled") == GOOD
    assert tone(page, "owing-joko") == WARN
    assert "68.000" in page.list.rows["owing-joko"].check.title
    assert tone(page, "stock") == WARN
    assert not page.list.count(ERROR)
    button = page.list.rows["count-1103"].button
    assert button is not None
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    settle(page.workspace)
    window = page.window()
    assert isinstance(window, MainWindow)
    dialog = window.form("cash_count")
    assert isinstance(dialog, FormDialog)
    assert dialog.form.state()["account"] == "1103"
    assert dialog.form.state()["date"] == "2026-06-30"


@pytest.mark.parametrize(("missed", "more"), [(1, None), (2, None), (3, "1 lainnya")])
def test_what_was_not_counted_is_named(
    workspace: Workspace, books: Books, book_path: Path, missed: int, more: str | None
) -> None:
    names = ("Kangkung", "Sawi", "Terung")[:missed]
    book = books.open(book_path, read_only=True)
    state = book.read(month_state, "2026-06")
    book.close()
    state = replace(state, stock=StockCounted(5, names, last_day("2026-06")))
    actions = CloseActions(lambda: None, lambda: None)
    found = {
        each.name: each for each in Checker(workspace, Looked(state, 0, (), None), actions).checks()
    }
    title = found["stock"].title
    assert all(name in title for name in names[:2])
    assert title.endswith(more or names[-1])


def test_a_count_is_old_once_money_has_moved_since(
    open_page: Open, book_without: Make, qtbot: QtBot, settle: Settle
) -> None:
    page = open_page(book_without("month_close"))
    late = Payment(
        date=NOW.date().replace(month=6, day=30),
        source="1101",
        lines=(PaidLine(account="6103", amount=10_000),),
    )
    with qtbot.waitSignal(page.workspace.tasks.changed):
        page.workspace.tasks.record(late, lambda _recorded: None)
    settle(page.workspace)
    assert tone(page, "count-1101") == WARN


def test_a_friday_without_a_sheet_is_missed(
    open_page: Open, books: Books, sample_stream: Path, tmp_path: Path
) -> None:
    gone = ("market_day", "2026-06-26")
    lines = [
        line
        for line in lines_of(sample_stream)
        if (line["kind"], line.get("date")) != gone and line["kind"] != "month_close"
    ]
    page = open_page(book_at(books, tmp_path / "friday.kwt", lines))
    assert tone(page, "fridays") == WARN
    assert "26 Jun" in page.list.rows["fridays"].check.title


def test_an_earlier_open_month_is_warned_of_and_suggested(
    open_page: Open, book_without: Make, qtbot: QtBot, settle: Settle
) -> None:
    more = {
        "kind": "payment", "date": "2026-07-01", "from": "1101",
        "lines": [{"account": "6103", "amount": 5_000}],
    }  # fmt: skip
    page = open_page(book_without("month_close", more=(more,)))
    page.workspace.show_month("2026-07")
    settle(page.workspace)
    assert tone(page, "along") == WARN
    button = page.list.rows["along"].button
    assert button is not None
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert page.workspace.month == "2026-06"
    settle(page.workspace)
    assert form_of(page).month == "2026-06"
    assert "along" not in page.list.rows


def test_a_month_to_come_can_t_be_closed(
    open_page: Open, book_without: Make, settle: Settle
) -> None:
    page = open_page(book_without("month_close"))
    page.workspace.show_month("2026-08")
    settle(page.workspace)
    assert tone(page, "future") == ERROR
    assert not form_of(page).next_button.isEnabled()


def test_an_empty_book_has_nothing_to_close(open_page: Open, books: Books, tmp_path: Path) -> None:
    path = tmp_path / "empty.kwt"
    books.create(path).close()
    page = open_page(path)
    assert page.empty.isVisible()
    assert page.form is None


def test_the_counts_of_the_first_step_and_the_last_agree(
    open_page: Open, book_without: Make
) -> None:
    """What step one says is to be looked at is what step four says is open."""
    page = open_page(book_without("month_close", "depreciation"))
    form = page.form
    assert form is not None
    waits = page.list.count(WARN, OPEN)
    assert page.list.count(OPEN), "the sample has something of both"
    assert page.badges[WARN].text == page.t("{n} to check", n=waits)
    assert form.open == waits


def test_the_last_step_names_the_decision_the_close_rests_on(
    open_page: Open, book_without: Make
) -> None:
    page = open_page(book_without("month_close"))
    assert page.form is not None
    group = page.workspace.group
    assert group is not None
    assert group.allocation is not None
    assert page.form.decided() == group.allocation.decision
    page.form.decision.setText("BA-99")
    page.form.decision.textEdited.emit("BA-99")
    assert page.form.decided() == "BA-99"
