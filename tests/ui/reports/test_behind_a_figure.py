"""From a figure to what stands behind it, and back."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.ui.reports.hand import ALT, enter, marked
from ui.diary.page import JournalPage
from ui.kit.table import Role
from ui.kit.workspace import Destination, Workspace
from ui.reports.page import ReportsPage
from ui.shell.window import MainWindow


def test_from_a_figure_to_its_ledger_to_its_document_and_back(
    page: ReportsPage,
    window: MainWindow,
    workspace: Workspace,
    qtbot: QtBot,
    settle: Callable[[Workspace], None],
) -> None:
    enter(page, qtbot, "4102")
    settle(workspace)
    assert page.report is not None
    assert (page.name, page.report.parameters["account"]) == ("general-ledger", "4102")
    number = next(row.code for row in page.report.rows if row.code and row.code.startswith("BKM"))
    enter(page, qtbot, number)
    qtbot.waitUntil(lambda: isinstance(window.page, JournalPage))
    journal = window.page
    assert isinstance(journal, JournalPage)
    qtbot.waitUntil(lambda: journal.document.story is not None)
    assert journal.document.story is not None
    assert journal.document.story.number == number
    qtbot.keyClick(window, Qt.Key.Key_Left, ALT)
    assert window.page is page
    settle(workspace)
    assert marked(page) == number
    qtbot.keyClick(window, Qt.Key.Key_Left, ALT)
    settle(workspace)
    assert (page.name, marked(page)) == ("profit-loss", "4102")


def test_back_leads_to_the_period_and_the_account_that_were_chosen(
    page: ReportsPage,
    window: MainWindow,
    workspace: Workspace,
    qtbot: QtBot,
    settle: Callable[[Workspace], None],
) -> None:
    page.asked.span.set_value("year")
    settle(workspace)
    enter(page, qtbot, "4102")
    settle(workspace)
    page.asked.picker("account").set_value("4101")
    settle(workspace)
    assert page.report is not None
    number = next(row.code for row in page.report.rows if row.code and row.code.startswith("BKM"))
    enter(page, qtbot, number)
    qtbot.waitUntil(lambda: isinstance(window.page, JournalPage))
    settle(workspace)
    seen = []
    for _ in range(2):
        qtbot.keyClick(window, Qt.Key.Key_Left, ALT)
        settle(workspace)
        seen.append((page.name, page.asked.picker("account").value(), page.report.parameters))
    (ledger, account, days), (statement, _, whole) = seen
    assert (ledger, account, statement) == ("general-ledger", "4101", "profit-loss")
    assert page.asked.span.value() == "year"
    assert (days["start"], days["end"]) == (whole["start"], whole["end"])
    assert days["start"] == f"{workspace.month[:4]}-01-01"


def test_back_leads_to_the_document_that_was_looked_at_last(
    window: MainWindow, workspace: Workspace, qtbot: QtBot, settle: Callable[[Workspace], None]
) -> None:
    window.show_place(Destination("journal"))
    settle(workspace)
    journal = window.page
    assert isinstance(journal, JournalPage)
    first, second = (str(journal.model.index(row, 0).data(Role.RAW)) for row in (0, 1))
    workspace.go("journal", first)
    settle(workspace)
    qtbot.keyClick(journal.table, Qt.Key.Key_Down)
    settle(workspace)
    workspace.go("reports", "profit-loss")
    settle(workspace)
    qtbot.keyClick(window, Qt.Key.Key_Left, ALT)
    settle(workspace)
    assert journal.document.story is not None
    assert journal.document.story.number == second


def test_cash_leads_to_the_cash_book(
    page: ReportsPage, go: Callable[[str], None], qtbot: QtBot, workspace: Workspace,
    settle: Callable[[Workspace], None],
) -> None:  # fmt: skip
    go("trial-balance")
    enter(page, qtbot, "1103")
    settle(workspace)
    assert page.report is not None
    assert (page.name, page.report.parameters["account"]) == ("cash-book", "1103")


def test_goods_lead_to_their_card_and_lots_to_their_trace(
    page: ReportsPage, go: Callable[[str], None], qtbot: QtBot, workspace: Workspace,
    settle: Callable[[Workspace], None],
) -> None:  # fmt: skip
    go("sales")
    enter(page, qtbot, "keripik-bayam")
    settle(workspace)
    assert page.report is not None
    assert (page.name, page.report.parameters["item"]) == ("stock-card", "keripik-bayam")
    go("lots")
    enter(page, qtbot, "KB-0608")
    settle(workspace)
    assert page.report is not None
    assert page.report.parameters["lot"] == "KB-0608"
    assert page.asked.picker("lot").value() == "keripik-bayam KB-0608"
