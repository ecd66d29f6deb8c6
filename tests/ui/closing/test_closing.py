"""What is looked at first, and from there to the papers; who prepares, and who closes."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from kwt_books.app import Books
from kwt_books.domain.access import Person, Role
from kwt_books.domain.documents.lines import PaidLine
from kwt_books.domain.documents.money import Payment
from kwt_books.domain.values import share_out
from scripts.layout_faults import faults
from tests.conftest import NOW
from tests.ui.closing.hand import CTRL, Make, Open, Settle, form_of, tone
from tests.ui.sample_parts import left_by
from tests.ui.windows import LAPTOP, SCALED, paper_shown, window_over
from ui.closing.checks import ERROR, GOOD, OPEN, WARN
from ui.closing.form import CLOSE, SHARE
from ui.closing.page import MonthClosePage
from ui.kit.card import Note
from ui.kit.drafts import drafts_of
from ui.kit.field import FieldRow
from ui.kit.form import FormDialog
from ui.kit.workspace import Workspace
from ui.shell.window import MainWindow


def test_closing_by_keys_is_the_close_imported(
    open_page: Open, book_without: Make, sample_path: Path, qtbot: QtBot, settle: Settle
) -> None:
    """Depreciation at a click, then from step to step with the keyboard, then the papers: also
    while the keyboard is in the window's search.
    """
    path = book_without("month_close", "depreciation")
    page = open_page(path)
    assert tone(page, "depreciation") == OPEN
    button = page.list.rows["depreciation"].button
    assert button is not None
    with qtbot.waitSignal(page.workspace.tasks.changed):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    settle(page.workspace)
    assert tone(page, "depreciation") == GOOD
    form = form_of(page)
    for step in range(1, CLOSE + 1):
        if form.step == SHARE:
            qtbot.keyClicks(form.decision, "BA-06/KWT/VI/2026")
        qtbot.keyClick(form, Qt.Key.Key_Return, CTRL)
        assert form.step == step
    window = page.window()
    assert isinstance(window, MainWindow)
    window.header.search.setFocus()
    with qtbot.waitSignal(page.workspace.tasks.changed):
        qtbot.keyClick(window.header.search, Qt.Key.Key_S, CTRL)
    settle(page.workspace)
    for kind in ("depreciation", "month_close"):
        assert left_by(path, kind, "2026-06-30") == left_by(sample_path, kind, "2026-06-30")
    assert page.closed.isVisible()
    paper = paper_shown(qtbot)  # the month's report, ready to be printed
    assert paper.preview.pages > 1
    paper.reject()


def test_the_last_step_tells_what_others_recorded_meanwhile(
    open_page: Open, book_without: Make, books: Books, settle: Settle
) -> None:
    """By another program, of which a book in a file hears nothing."""
    path = book_without("month_close")
    page = open_page(path)
    form = form_of(page)
    before, costs = form.sums, 50_000
    with closing(books.open(path)) as other:
        line = PaidLine(account="6104", amount=costs)
        other.record(Payment(date=date(2026, 6, 28), source="1101", lines=(line,)))
    form.go_to(CLOSE)
    settle(page.workspace)
    assert form.step == CLOSE
    assert form.sums.profit == before.profit - costs
    assert form.sums.shared == before.shared - costs


def test_the_treasurer_prepares_and_the_chair_closes(
    desk_for: Callable[[Path], Workspace], book_without: Make, qtbot: QtBot, settle: Settle
) -> None:
    path = book_without("month_close", "depreciation")
    workspace = desk_for(path)
    workspace.person = Person("Siti Rohmah", Role.TREASURER, signed_in=True)
    page = MonthClosePage(workspace)
    qtbot.addWidget(page)
    with qtbot.waitActive(page):
        page.show()
    settle(workspace)
    assert page.list.rows["depreciation"].button is not None, "the checklist is hers"
    form = form_of(page)
    for _ in range(CLOSE):
        qtbot.keyClick(form, Qt.Key.Key_Return, CTRL)
    assert form.close_button.isHidden()
    waits = workspace.ui.t("The chair closes the month.")
    assert any(waits in each.text for each in form.findChildren(Note))
    form.decision.setText("BA-06")
    qtbot.keyClick(form, Qt.Key.Key_S, CTRL)
    settle(workspace)
    assert not left_by(path, "month_close", "2026-06-30")
    with qtbot.waitSignal(workspace.chair_wanted):
        qtbot.mouseClick(form.chair_button, Qt.MouseButton.LeftButton)
    kept = drafts_of(workspace.folders.data, workspace.book).read(form.name)
    assert kept is not None, "the chair goes on with it"
    assert kept["decision"] == "BA-06"


@pytest.mark.parametrize("signed_in", [False, True])
def test_every_step_is_whole_on_a_laptops_screen(
    desk_for: Callable[[Path], Workspace], book_without: Make, qtbot: QtBot, signed_in: bool
) -> None:
    """What the month came to stands beside all four; the chair's buttons and the treasurer's."""
    workspace = desk_for(book_without("month_close"))
    if signed_in:
        workspace.person = Person("Siti Rohmah", Role.TREASURER, signed_in=True)
    window = window_over(workspace, qtbot, "close")
    assert isinstance(window.page, MonthClosePage)
    form = form_of(window.page)
    longest = max((workspace.ui.formats.month(f"2026-{n:02}") for n in range(1, 13)), key=len)
    form.close_button.setText(workspace.ui.t("Close {month}", month=longest))
    for screen in (LAPTOP, SCALED):
        window.resize(*screen)
        for step in range(CLOSE + 1):
            form.show_step(step)
            qtbot.waitUntil(lambda: faults(window) == [])


def test_what_it_comes_to_is_what_the_close_will_say(
    open_page: Open, book_without: Make, expected: dict[str, Any]
) -> None:
    page = open_page(book_without("month_close"))
    form = form_of(page)
    assert form.sums.profit == expected["profit"]
    group = page.workspace.group
    assert group is not None
    assert form.shares.parts == share_out(expected["profit"], group.allocation.shares)


def test_a_decision_that_is_refused_is_told_where_it_was_typed(
    open_page: Open, book_without: Make, qtbot: QtBot, settle: Settle
) -> None:
    page = open_page(book_without("month_close"))
    form = form_of(page)
    form.decision.setText("x" * 500)
    form.show_step(CLOSE)
    form.save()
    settle(page.workspace)
    assert form.step == SHARE
    assert form.decision.hasFocus()
    row = form.decision.parentWidget()
    assert isinstance(row, FieldRow)
    assert row.isVisible()
    assert "200" in row.message


# -- what is looked at first ---------------------------------------------------------------


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
