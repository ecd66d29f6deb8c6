"""The pages beside a report: put away, and made when somebody looks."""

from __future__ import annotations

from collections.abc import Callable

from pytestqt.qtbot import QtBot

from tests.ui.windows import window_over
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
