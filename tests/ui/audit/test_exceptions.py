"""What looks odd, rule by rule."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from kwt_books.book import Book
from kwt_books.reports.context import Parameters
from tests.ui.audit.hand import Part, opened
from ui.audit.conclusion import FindingDialog
from ui.audit.exceptions import DIGITS, DigitChart, ExceptionsPart, Share
from ui.kit.look import UiContext
from ui.kit.table import LEFT, RIGHT
from ui.kit.workspace import Workspace
from ui.shell.window import MainWindow


def test_oddities_are_those_of_the_report_rule_by_rule(
    window: MainWindow,
    part: Part[ExceptionsPart],
    workspace: Workspace,
    sample_book: Book,
    qtbot: QtBot,
) -> None:
    page = part(window, "exceptions", ExceptionsPart)
    report = sample_book.report("exceptions", Parameters(month="2026-06"), "id")
    shown = {rule.code: len(rule.found) for rule in page.rules if rule.code != DIGITS}
    assert shown == report.figures
    assert all(rule.why for rule in page.rules)
    model = page.list.list_model
    assert [model.alignment(column) for column in (0, 1)] == [LEFT, RIGHT], "numbers at the right"
    asked = next(rule for rule in page.rules if any(each.document for each in rule.found))
    page.list.choose(asked.code)
    assert page.title.text() == asked.title
    place = next(i for i, each in enumerate(asked.found) if each.document)
    page.table.select(place)
    page.new_finding()
    dialog = opened(FindingDialog)
    odd = asked.found[place]
    assert (dialog.text.value(), dialog.document.value()) == (odd.text, odd.document)
    dialog.reject()
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert window.place == "journal"


def test_first_digits_are_drawn_and_told(ui: UiContext, qtbot: QtBot) -> None:
    chart = DigitChart(ui)
    qtbot.addWidget(chart)
    with qtbot.waitActive(chart):
        chart.show()
    shares = (Share("1", 90, 300, 301), Share("2", 90, 300, 176))
    chart.show_shares("digits", shares)
    assert [each.stands_out for each in shares] == [False, True]
    chart.setFocus()
    qtbot.keyClick(chart, Qt.Key.Key_Right)
    assert chart.selected == 0
    assert "30,0%" in chart.describe(0)
    assert "30,1%" in chart.accessibleDescription()
