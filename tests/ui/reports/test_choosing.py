"""Every report is shown, and what is asked of it is what it knows."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from kwt_books.domain.values import first_day
from kwt_books.reports.model import Layout
from kwt_books.reports.registry import KINDS
from ui.kit.targets import part_of
from ui.kit.workspace import Workspace
from ui.reports.catalogue import groups
from ui.reports.page import ReportsPage
from ui.shell.window import MainWindow


def test_every_report_has_its_place_in_the_list(page: ReportsPage) -> None:
    listed = [entry.name for group in groups(page.t) for entry in group.entries]
    assert sorted(listed) == sorted(name for name, kind in KINDS.items() if kind.listed)
    assert page.list.names == listed
    assert all(entry.gloss for group in groups(page.t) for entry in group.entries)


def test_every_report_is_shown(
    page: ReportsPage, go: Callable[[str], None], window: MainWindow
) -> None:
    for name in (name for name, kind in KINDS.items() if kind.listed):
        go(part_of(name, item="keripik-bayam") if name == "stock-card" else name)
        report = page.report
        assert report is not None, name
        assert report.name == name
        assert page.list.current == name
        assert page.part_title() in window.header.title
        if report.layout is Layout.NOTES:
            assert report.rows[0].label in page.view.notes.toPlainText()
        elif report.rows and name != "trial-balance":  # whose sums are made anew
            table = page.view.table
            assert table.model.total_rows + (table.bar.row is not None) == len(report.rows)


def test_the_heading_of_an_account_makes_no_column_wider(
    page: ReportsPage, go: Callable[[str], None], window: MainWindow, qtbot: QtBot
) -> None:
    """At the smallest width meant the ledger is read without scrolling to the side."""
    window.resize(1366, 688)
    go("general-ledger")
    table = page.view.table
    qtbot.waitUntil(lambda: table.view.horizontalScrollBar().maximum() == 0)
    assert page.report is not None
    head = page.report.rows[0]
    side = next(each for each in head.cells if each is not None)
    shown = [table.model.cell(0, column) for column in range(table.model.columnCount())]
    assert [each.text for each in shown if each.text] == [head.label]
    assert [each.aside for each in shown if each.aside] == [side]
    with qtbot.waitSignal(table.found) as found:
        table.search(str(side))
    assert found.args[0] > 0


@pytest.mark.usefixtures("large_letters")
def test_with_the_largest_letters_the_list_makes_room_for_a_wide_table(
    page: ReportsPage, go: Callable[[str], None], window: MainWindow, qtbot: QtBot
) -> None:
    assert page.list.isVisible()
    page.list.view.setFocus()
    go("general-ledger")
    qtbot.waitUntil(lambda: not page.list.isVisible())
    qtbot.waitUntil(lambda: page.view.table.view.horizontalScrollBar().maximum() == 0)
    assert page.view.table.view.hasFocus(), "the keyboard does not go with the list"
    qtbot.mouseClick(page.side.list_button, Qt.MouseButton.LeftButton)
    assert page.list.search.hasFocus()
    go("position")
    assert page.list.isVisible()
    assert not page.side.list_button.isVisible()


def test_the_month_of_the_header_is_the_reports(
    page: ReportsPage, workspace: Workspace, settle: Callable[[Workspace], None]
) -> None:
    workspace.show_month("2026-05")
    settle(workspace)
    assert page.report is not None
    assert page.report.parameters["month"] == "2026-05"


def test_no_late_answer_stands_below_another_question(
    page: ReportsPage,
    workspace: Workspace,
    go: Callable[[str], None],
    settle: Callable[[Workspace], None],
) -> None:
    go("sales")
    page.asked.span.set_value("days")
    page.asked.start.set_value(first_day("2026-06").replace(day=20))  # asked, and on its way
    page.asked.end.set_value(first_day("2026-06").replace(day=10))
    assert page.report is None
    settle(workspace)
    assert page.report is None
    assert page.view.why.isVisible()


def test_pages_give_way_to_a_wide_table(page: ReportsPage, go: Callable[[str], None]) -> None:
    assert not page.side.folded
    go("consignment")
    assert page.side.folded
    go("profit-loss")
    assert not page.side.folded
