"""The pages beside a report: put away, and made when somebody looks."""

from __future__ import annotations

from collections.abc import Callable

from pytestqt.qtbot import QtBot

from tests.ui.windows import window_over
from ui.kit.table import RowDelegate
from ui.kit.workspace import Destination, Workspace
from ui.reports.page import ReportsPage
from ui.shell.window import MainWindow


def test_pages_that_were_put_away_stay_away(
    page: ReportsPage, workspace: Workspace, qtbot: QtBot
) -> None:
    page.side.fold_wanted.emit(True)
    later = window_over(workspace, qtbot, "reports")
    assert isinstance(later.page, ReportsPage)
    assert later.page.side.folded
    later.page.side.fold_wanted.emit(False)
    assert not later.page.side.folded
    assert not workspace.preferences.pages_folded


def test_pages_are_made_when_somebody_looks(
    window: MainWindow,
    page: ReportsPage,
    workspace: Workspace,
    qtbot: QtBot,
    settle: Callable[[Workspace], None],
) -> None:
    window.show_place(Destination("home"))
    settle(workspace)
    page.forget_pages()
    page.looks.timeout.emit()
    assert not page.looker.busy
    window.show_place(Destination("reports"))
    qtbot.waitUntil(lambda: page.pdf is not None)


def test_names_of_a_statement_are_read_whole_beside_the_pages(
    page: ReportsPage, window: MainWindow
) -> None:
    """The first month's, whose second column is empty, on a laptop's screen."""
    table = page.view.table
    assert (window.width(), page.side.folded) == (1366, False)
    at = table.model.label_column
    names = [table.model.cell(row, at)._replace(aside="") for row in range(table.model.rowCount())]
    delegate = table.view.itemDelegate()
    assert isinstance(delegate, RowDelegate)
    assert table.view.columnWidth(at) >= max(delegate.width(each, at) for each in names)
