"""What is looked at before a month is closed."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from kwt_books.domain.documents.lines import PaidLine
from kwt_books.domain.documents.money import Payment
from tests.conftest import NOW
from tests.ui.closing.hand import Make, Open, Settle, form_of, tone
from ui.closing.checks import ERROR, GOOD, WARN
from ui.kit.form import FormDialog
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
