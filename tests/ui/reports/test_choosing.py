"""Every report is shown, and what is asked of it is what it knows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from kwt_books.domain.values import first_day, last_day
from kwt_books.queries.margins import Margin, margins
from kwt_books.reports.model import Layout
from kwt_books.reports.registry import KINDS
from tests.ui.reports.hand import CTRL
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


def test_the_sales_report_draws_what_each_product_leaves(
    page: ReportsPage, go: Callable[[str], None], workspace: Workspace, qtbot: QtBot
) -> None:
    """Of the month that is shown, and of no other report."""
    go("sales")
    found: list[tuple[Margin, ...]] = []
    june = (date(2026, 6, 1), date(2026, 6, 30))
    workspace.tasks.run(lambda book: book.read(margins, *june), found.append)
    qtbot.waitUntil(lambda: bool(found))
    assert [each.value for each in page.view.margins.bars] == [each.left for each in found[0]]
    assert page.view.left.isVisible()
    go("profit-loss")
    assert not page.view.left.isVisible()


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


def test_only_what_a_report_knows_is_asked(page: ReportsPage, go: Callable[[str], None]) -> None:
    for name, kind in KINDS.items():
        go(name)
        shown = {key for key, row in page.asked.rows.items() if not row.isHidden()}
        expected = {"paper"} | ({"span"} if "start" in kind.asks else set())
        expected |= {"moment"} if "until" in kind.asks and "start" not in kind.asks else set()
        given = {"account", "item", "shop", "lot", "number", "member", "programme"}
        expected |= (given | {"before_closing", "blank", "proofs"}) & {*kind.asks}
        assert shown == expected, name


def test_the_month_of_the_header_is_the_reports(
    page: ReportsPage, workspace: Workspace, settle: Callable[[Workspace], None]
) -> None:
    workspace.show_month("2026-05")
    settle(workspace)
    assert page.report is not None
    assert page.report.parameters["month"] == "2026-05"


def test_days_of_choice_are_asked_for(
    page: ReportsPage,
    workspace: Workspace,
    go: Callable[[str], None],
    settle: Callable[[Workspace], None],
) -> None:
    go("sales")
    page.asked.span.set_value("days")
    settle(workspace)
    page.asked.start.set_value(first_day("2026-06").replace(day=8))
    page.asked.end.set_value(last_day("2026-06").replace(day=14))
    settle(workspace)
    assert page.report is not None
    assert page.report.parameters["start"] == "2026-06-08"
    assert page.report.parameters["end"] == "2026-06-14"


def test_days_the_wrong_way_round_are_said(
    page: ReportsPage,
    workspace: Workspace,
    go: Callable[[str], None],
    settle: Callable[[Workspace], None],
) -> None:
    go(part_of("sales", start="2026-06-20", end="2026-06-10"))
    assert page.report is None
    assert page.view.why.text()
    assert not page.side.buttons["print"].isEnabled()


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


def test_the_whole_book_goes_to_the_last_month(
    page: ReportsPage,
    workspace: Workspace,
    go: Callable[[str], None],
    settle: Callable[[Workspace], None],
) -> None:
    go("journal")
    whole = page.report
    page.asked.span.set_value("book")
    settle(workspace)
    assert page.report is not None
    assert whole is not None
    assert page.report.rows == whole.rows


def test_a_stock_card_waits_for_its_item(
    page: ReportsPage,
    workspace: Workspace,
    go: Callable[[str], None],
    settle: Callable[[Workspace], None],
) -> None:
    go("stock-card")
    assert page.report is None
    page.asked.picker("item").set_value("keripik-pare")
    settle(workspace)
    assert page.report is not None
    assert page.report.parameters["item"] == "keripik-pare"


def test_typing_finds_a_report(
    page: ReportsPage, qtbot: QtBot, workspace: Workspace, settle: Callable[[Workspace], None]
) -> None:
    qtbot.keyClick(page, Qt.Key.Key_L, CTRL)
    qtbot.keyClicks(page.list.search, "neraca")
    assert page.list.names == ["trial-balance"]
    qtbot.keyClick(page.list.search, Qt.Key.Key_Return)
    settle(workspace)
    assert page.name == "trial-balance"
    assert page.list.search.text() == "neraca", "stays while it finds what is shown"


def test_typing_finds_rows(page: ReportsPage, qtbot: QtBot, go: Callable[[str], None]) -> None:
    go("cash-book")
    model = page.view.table.model
    with qtbot.waitSignal(page.view.table.found):
        page.view.seek.setText("titip")
    labels = [model.row(model.index(row, 0)).label for row in range(model.rowCount())]
    assert labels
    assert all("titip" in label.lower() for label in labels)
    qtbot.keyClick(page.view.seek, Qt.Key.Key_Escape)
    assert page.view.seek.text() == ""


def test_pages_give_way_to_a_wide_table(page: ReportsPage, go: Callable[[str], None]) -> None:
    assert not page.side.folded
    go("consignment")
    assert page.side.folded
    go("profit-loss")
    assert not page.side.folded
