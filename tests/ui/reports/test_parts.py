"""The report in the middle and the pages at its right, each by itself, and the page around them
without a book.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from kwt_books.domain.accounts import Account, AccountType, Side
from kwt_books.domain.documents.setup import Group
from kwt_books.domain.errors import RuleError
from kwt_books.domain.values import Month
from kwt_books.queries.margins import Margin
from kwt_books.queries.overview import SetupData
from kwt_books.reports.model import (
    Column,
    ColumnType,
    Identity,
    Imprint,
    Layout,
    Report,
    Row,
    RowKind,
)
from kwt_books.reports.packs import Pack
from tests.conftest import NOW
from tests.ui.answers import Answers
from tests.ui.rules import flaws
from tests.ui.windows import said, shown_with, stand_in
from ui.kit.button import Button
from ui.kit.look import UiContext
from ui.kit.workspace import Destination, Workspace
from ui.reports.catalogue import entry_of
from ui.reports.page import Answer, ReportsPage
from ui.reports.view import NARROW, WIDE, ReportSide, ReportView

JUNE = Month("2026-06")
MONEY = Column("amount", "Amount", ColumnType.MONEY)
LEDGER = Report(
    "cash-book", "Cash book", (MONEY,),
    (Row("Sales", (5_000,), "a"), Row("Seeds", (-2_000,), "b"), Row("Fares", (-700,), "c")),
    period="June 2026", label="Details",
)  # fmt: skip
NOTES = Report("notes", "Notes", (MONEY,), (Row("Founded in 2020.", kind=RowKind.NOTE),),
               layout=Layout.NOTES)  # fmt: skip
RESULT = Report("profit-loss", "Profit or loss", (MONEY,),
                (Row("Sales", (5_000_000,)),
                 Row("Profit", (5_000_000,), "profit", kind=RowKind.TOTAL)),
                figures={"profit": 5_000})  # fmt: skip


# -- the report -----------------------------------------------------------------------------------


@pytest.fixture
def view(english: UiContext, around: QWidget, qtbot: QtBot) -> ReportView:
    made = ReportView(english, around)
    stand_in(around, made, (900, 600), qtbot)
    return made


def seen(view: ReportView) -> list[str]:
    """Which of its parts are in sight, but the fields."""
    parts = {"table": view.table, "notes": vars(view).get("notes"), "why": vars(view).get("why"),
             "progress": view.progress, "left": view.left, "state": view.state,
             "seek": view.seek}  # fmt: skip
    QApplication.processEvents()
    shown = [name for name, each in parts.items() if each is not None and each.isVisible()]
    return [*shown, *buttons(view)]


def buttons(part: QWidget) -> dict[str, Button]:
    """Those in sight, by what they are called."""
    return {each.accessibleName() or each.text(): each for each in part.findChildren(Button)
            if each.isVisible()}  # fmt: skip


def test_a_report_is_a_table_a_text_or_why_there_is_none(view: ReportView) -> None:
    for report, parts, caption in (
        (LEDGER, ["table", "seek"], "June 2026"),
        (replace(LEDGER, provisional=True, period=""), ["table", "state", "seek"], "Cash book"),
        (NOTES, ["notes"], "Notes"),
        (replace(LEDGER, rows=()), ["why", "seek"], "June 2026"),
        (LEDGER, ["table", "seek"], "June 2026"),
    ):
        view.show_report(report, JUNE)
        assert (seen(view), view.period.text()) == (parts, caption)
        assert view.shown is (report if report.rows else None)
    view.show_report(replace(LEDGER, rows=()), JUNE)
    assert view.why.text() == "Nothing was recorded in June 2026 for this report."
    assert view.state.text == "Provisional"
    assert view.state.toolTip() == "The month is not closed: figures may still change."


def test_what_is_said_in_place_of_a_report_offers_what_can_be_done(
    view: ReportView, qtbot: QtBot
) -> None:
    done: list[str] = []
    view.stopped.connect(lambda: done.append("stopped"))
    view.show_report(replace(LEDGER, provisional=True), JUNE)
    with qtbot.waitSignal(view.table.found):
        view.seek.setText("s")
        view.show_missing("Stopped.", offer="Again", act=lambda: done.append("again"))
    view.table.searched.emit(1, 1)
    assert seen(view) == ["why", "Again"]
    assert (view.why.text(), view.count.text(), view.period.text()) == ("Stopped.", "", "")
    again = buttons(view)["Again"]
    again.click()
    view.show_missing("Choose an item")
    assert seen(view) == ["why"]
    again.click()
    view.show_working()
    assert seen(view) == ["Stop"]
    buttons(view)["Stop"].click()
    assert done == ["again", "stopped"]
    assert (view.natural_width(), view.least_width()) == (0, 0), "there is no table"
    view.show_report(LEDGER, JUNE)
    assert view.natural_width() >= view.least_width() > 0


def test_rows_are_sought_and_the_keyboard_goes_on_to_them(
    view: ReportView, english: UiContext, qtbot: QtBot
) -> None:
    view.seek.setText("s")
    view.show_report(LEDGER, JUNE)
    qtbot.waitUntil(lambda: view.count.text() == "3 found")
    for text, count in (("see", "1 found"), ("nothing", "0 found"), ("  ", ""), ("", "")):
        with qtbot.waitSignal(view.table.found, raising=True) as heard:
            view.seek.setText(text)
        assert heard.args is not None
        assert view.count.text() == count
    assert view.table.model.rowCount() == 3
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Down):
        view.seek.setFocus()
        view.table.view.clearSelection()
        qtbot.keyClick(view.seek, key)
        assert view.table.view.hasFocus()
        assert view.table.view.currentIndex().row() == 0
    view.seek.setText("s")
    view.table.searched.emit(1, 1)
    assert view.count.text() == f"1 found in {english.formats.percent(333)} so far"


def test_a_row_of_the_table_is_the_report_s_own(view: ReportView, qtbot: QtBot) -> None:
    assert view.row_at(view.table.model.index(0, 0)) is None
    view.show_report(LEDGER, JUNE)
    for place, row in enumerate(LEDGER.rows):
        assert view.row_at(view.table.model.index(place, 0)) == row
    with qtbot.waitSignal(view.table.found):
        view.seek.setText("fares")
    assert view.row_at(view.table.model.index(0, 0)) == LEDGER.rows[2]


def test_a_profit_is_green_and_formal_words_are_explained(view: ReportView) -> None:
    for report, tone in ((RESULT, "good"), (replace(RESULT, figures={"profit": 0}), "good"),
                         (replace(RESULT, figures={"profit": -1}), ""), (LEDGER, "")):  # fmt: skip
        view.show_report(report, JUNE)
        assert view.table.bar.property("tone") == tone
    view.show_report(RESULT, JUNE)
    assert view.table.model.glosses["gross_profit"] == "before running costs"
    view.show_report(LEDGER, JUNE)
    assert view.table.model.glosses == {}
    assert view.table.model.headerData(0, Qt.Orientation.Horizontal) == "Details"
    view.show_report(replace(LEDGER, label=""), JUNE)
    assert view.table.model.headerData(0, Qt.Orientation.Horizontal) == "Cash book"


def month(code: str, turnover: int | None, profit: int | None) -> Row:
    return Row(code, (turnover, profit), code)


def test_progress_is_drawn_from_two_months_on(view: ReportView) -> None:
    columns = tuple(Column(key, key, ColumnType.MONEY) for key in ("turnover", "profit"))
    total = Row("Total", (9, 9), "total", kind=RowKind.TOTAL)
    rows = (month("2025-12", 5, -2), month("2026-01", None, None), month("2026-02", 7, 3))
    progress = Report("progress", "Progress", columns, (*rows, total))
    view.show_report(progress, JUNE)
    assert seen(view) == ["table", "progress", "seek"]
    told = [view.progress.describe(place) for place in range(2)]
    assert told == ["Dec 2025: Turnover Rp5, Profit −Rp2", "Feb 2025: Turnover Rp7, Profit Rp3"]
    view.show_report(replace(progress, rows=(rows[0], total)), JUNE)
    assert seen(view) == ["table", "seek"]
    view.show_report(progress, JUNE)
    view.show_report(replace(LEDGER, columns=columns, rows=rows), JUNE)
    assert seen(view) == ["table", "seek"], "of no other report"
    years = replace(progress, rows=(month("2025-12", 5, 1), month("2026-01", 6, 1)))
    view.show_report(years, JUNE)
    assert view.progress.describe(1).startswith("Jan 2026:")


def margin(name: str, left: int) -> Margin:
    return Margin(name, name, left + 60, 30, 20, 10)


def test_what_products_earn_is_drawn_the_least_of_many_together(view: ReportView) -> None:
    few = [margin("Chips", 50), margin("Jam", -5)]
    view.show_report(LEDGER, JUNE, few)
    assert seen(view) == ["table", "left", "seek"]
    assert [(each.label, each.value, each.tone) for each in view.margins.bars] == [
        ("Chips", 50, ""), ("Jam", -5, "warn")
    ]  # fmt: skip
    assert view.margins.bars[0].told == (
        "Chips: sold Rp110, cost Rp30, spoiled Rp20, tasters Rp10, earned Rp50"
    )
    for shown in ([margin("Chips", 0)], []):
        view.show_report(LEDGER, JUNE, shown)
        assert seen(view) == ["table", "seek"]
    for count in (8, 9, 12):
        many = [margin(f"P{place}", 100 - place) for place in range(count)]
        view.show_report(LEDGER, JUNE, many)
        bars = view.margins.bars
        assert len(bars) == 8
        assert sum(each.value for each in bars) == sum(each.left for each in many)
        rest = count - 7
        told = many[7].name if rest == 1 else f"{rest} others"
        assert (bars[-1].label, bars[6].label) == (told, "P6")
        assert bars[-1].told.startswith(f"{told}: ")


# -- the pages at the right -----------------------------------------------------------------------


@pytest.fixture
def side(english: UiContext, around: QWidget, qtbot: QtBot) -> ReportSide:
    made = ReportSide(english, around)
    stand_in(around, made, (600, 700), qtbot)
    return made


def in_sight(side: ReportSide) -> list[str]:
    QApplication.processEvents()
    return [*buttons(side)]


ACTS = ["Print", "Save PDF", "Excel / CSV", "Summary"]


def test_open_or_folded_it_offers_the_same(side: ReportSide, english: UiContext) -> None:
    px = english.theme.px
    for wide in (0, 400):
        side.fold(narrow=False, wide=wide)
        assert (side.folded, side.width()) == (False, max(px(WIDE), wide))
        assert in_sight(side) == ACTS
        assert side.summary_button is side.buttons["copy"]
    side.fold(narrow=True)
    assert (side.folded, side.width()) == (True, px(NARROW))
    assert in_sight(side)[:-1] == [*ACTS, "Pages"], "and what unfolds it"
    assert side.summary_button is buttons(side)["Summary"]
    side.fold(narrow=True, forced=True)
    assert in_sight(side) == [*ACTS, "Pages"], "there is no room"


@pytest.mark.parametrize("folded", [False, True])
def test_each_button_of_it_is_heard_and_tells_its_keys(side: ReportSide, folded: bool) -> None:
    told: list[object] = []
    for name in ("print", "pdf", "table", "summary", "preview", "list"):
        getattr(side, f"{name}_wanted").connect(lambda name=name: told.append(name))
    side.fold_wanted.connect(told.append)
    side.list_button.show()
    side.fold(narrow=folded)
    shown = buttons(side)
    for each in shown.values():
        each.click()
    acts = ["print", "pdf", "table", "summary"]
    assert told == (["list", *acts, "preview", False] if folded else acts)
    hints = [each.toolTip() for each in shown.values()]
    for keys in ("Ctrl+P", "Ctrl+S", "Ctrl+E", *(("Ctrl+L",) if folded else ())):
        assert sum(keys in each for each in hints) == 1
    assert sum("WhatsApp" in each for each in hints) == 1
    assert sum("Excel" in each for each in hints) == 1
    assert shown["Print"].property("kind") == "primary"


def test_without_a_report_only_the_summary_can_be_had(side: ReportSide) -> None:
    for on in (False, True):
        side.enable(on=on)
        enabled = {name: each.isEnabled() for name, each in side.buttons.items()}
        assert enabled == {"print": on, "pdf": on, "table": on, "copy": True}


def test_it_says_why_there_are_no_pages(side: ReportSide) -> None:
    told: list[bool] = []
    side.preview_wanted.connect(lambda: told.append(True))
    for offer in (False, True, False):
        side.show_none("Too long", offer=offer)
        assert "Too long" in said(side)
        assert ("Show the pages" in in_sight(side)) is offer
        if offer:
            buttons(side)["Show the pages"].click()
    assert told == [True]
    side.show_none("The first day is after the last day. " * 4, offer=True)
    assert flaws(side) == []


# -- the page around them -------------------------------------------------------------------------

GROUP = Group(name="KWT", village="v", district="d", city="c", chair="Ani", treasurer="Wati",
              language="id", paper="F4")  # fmt: skip
SETUP = SetupData(
    GROUP, {"1101": Account("1101", "Kas", "Cash", AccountType.ASSET, Side.DEBIT, True)},
    {}, {}, {},
)  # fmt: skip
IMPRINT = Imprint("h", 1, NOW, "Wati", "1")
PACK = Pack((LEDGER,), Identity(), IMPRINT, "en")


@pytest.fixture
def answers(still: Workspace, monkeypatch: pytest.MonkeyPatch) -> Answers:
    """Of which the test gives each."""
    return Answers(still, monkeypatch, later=True)


@pytest.fixture
def page(still: Workspace, answers: Answers, qtbot: QtBot) -> ReportsPage:
    still.setup = SETUP
    still.show_month(JUNE)
    made = ReportsPage(still)
    qtbot.addWidget(made)
    made.resize(1400, 700)
    return made


def ask(page: ReportsPage, name: str = "cash-book") -> None:
    """Asks for a report; the set-up is known."""
    page.show_part(name)
    shown_with(page, setup=(SETUP, Month("2026-07")))


def show(page: ReportsPage, answers: Answers, name: str = "cash-book", **answer: Any) -> None:
    """Shows a report and answers."""
    ask(page, name)
    answers.jobs[-1].done(Answer(replace(PACK, **answer)))


def slow(page: ReportsPage) -> QTimer:
    """What says that an answer takes long."""
    (found,) = (each for each in page.findChildren(QTimer) if each.interval() == 400)
    return found


def test_a_report_is_asked_for_and_the_one_before_let_go(
    page: ReportsPage, answers: Answers
) -> None:
    titles: list[str] = []
    page.workspace.title_changed.connect(titles.append)
    page.show_part("no-such-report")
    assert (page.name, titles, page.part_title()) == ("", [], "")
    assert page.here("x") == "x"
    ask(page)
    entry = entry_of(page.t, "cash-book")
    assert entry is not None
    assert (page.name, titles, page.list.current) == ("cash-book", [entry.title], "cash-book")
    assert page.asked.newest == "2026-07"
    assert slow(page).isActive()
    page.asked.picker("account").set_value("1101")
    assert [each.cancelled for each in answers.jobs] == [True, False]
    assert page.here("") == "cash-book?account=1101"
    answers.jobs[-1].done(Answer(PACK))
    assert page.report is LEDGER
    assert not slow(page).isActive()
    assert page.view.table.model.accounts == {"1101": "Cash"}
    page.show_part("journal")
    assert page.here("") == "journal"


def test_what_is_missing_or_refused_is_told_in_place_of_the_report(
    page: ReportsPage, answers: Answers
) -> None:
    show(page, answers)
    assert page.side.buttons["print"].isEnabled()
    ask(page, "stock-card")
    assert (page.report, len(answers.jobs)) == (None, 1), "nothing is asked"
    assert page.view.why.text() == "Choose the item whose card you want to see."
    assert not page.side.buttons["print"].isEnabled()
    assert "Nothing to print yet." in said(page.side)
    show(page, answers)
    page.asked.changed.emit()
    answers.jobs[-1].failed(RuleError("no-shares"))
    assert page.report is None
    assert page.view.why.text() == page.workspace.explain(RuleError("no-shares"))
    assert not page.side.buttons["pdf"].isEnabled()
    show(page, answers, parts=(replace(LEDGER, rows=()),))
    assert not page.side.buttons["pdf"].isEnabled()


def test_a_report_that_takes_long_can_be_stopped_and_asked_for_again(
    page: ReportsPage, answers: Answers
) -> None:
    page.show()
    show(page, answers)
    page.asked.changed.emit()
    slow(page).timeout.emit()
    QApplication.processEvents()
    buttons(page.view)["Stop"].click()
    assert answers.jobs[-1].cancelled
    assert not slow(page).isActive()
    assert page.view.why.text() == "Stopped."
    asked = len(answers.jobs)
    QApplication.processEvents()
    buttons(page.view)["Recalculate"].click()
    assert len(answers.jobs) == asked + 1


@pytest.fixture
def made(page: ReportsPage, monkeypatch: pytest.MonkeyPatch) -> list[Callable[[bytes], object]]:
    """The PDFs that were asked for."""
    found: list[Callable[[bytes], object]] = []
    monkeypatch.setattr(page.looker, "show", lambda _make, done: found.append(done))
    return found


@pytest.fixture
def seen_by(page: ReportsPage, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Who got pages: beside the table, the printer, a window of their own."""
    got: list[str] = []

    class Window:
        def __init__(self, *_given: object, **_more: object) -> None:
            got.append("window")

        def open(self) -> None:
            got.append("open")

    monkeypatch.setattr(page.side, "show_pages", lambda _pdf: got.append("side"))
    monkeypatch.setattr("ui.reports.page.print_paper", lambda *_: got.append("printer"))
    monkeypatch.setattr("ui.reports.page.Paper", bytes)
    monkeypatch.setattr("ui.reports.page.PaperDialog", Window)
    return got


def test_pages_are_made_for_those_who_see_them(
    page: ReportsPage, answers: Answers, made: list[Callable[[bytes], object]], seen_by: list[str]
) -> None:
    show(page, answers)
    assert page.looks.isActive(), "soon"
    page.looks.timeout.emit()
    assert made == [], "nobody sees the page"
    page.show()
    answers.jobs[-1].done(Answer(PACK))
    for folded, asked in ((True, 0), (False, 1)):
        page.side.fold(narrow=folded)
        page.looks.timeout.emit()
        assert len(made) == asked
    made[0](b"pdf")
    assert (page.pdf, seen_by) == (b"pdf", ["side"])
    page.looks.timeout.emit()
    assert (len(made), seen_by) == (1, ["side"] * 2), "made once"
    page.asked.paper.set_value("A4")
    assert (page.pdf, page.looks.isActive()) == (None, True)
    assert page.paper().paper == "A4"


def test_all_that_wait_for_the_pages_get_them_once(
    page: ReportsPage, answers: Answers, made: list[Callable[[bytes], object]],
    seen_by: list[str], monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    show(page, answers)
    page.print_report()
    monkeypatch.setattr(type(page.looker), "busy", property(lambda _self: True))
    page.look_at_pages()
    assert len(made) == 1
    made[0](b"pdf")
    assert seen_by == ["side", "printer", "window", "open"], "beside the table too"
    seen_by.clear()
    monkeypatch.setattr(type(page.looker), "busy", property(lambda _self: False))
    page.side.fold(narrow=True)
    page.forget_pages()
    page.print_report()
    made[-1](b"pdf")
    assert seen_by == ["printer"], "but where they are folded away"
    page.forget_pages()
    page.print_report()
    page.looker.stopped.emit()
    made[-1](b"pdf")
    assert seen_by == ["printer"], "nobody waits any more"
    asked = len(made)
    show(page, answers, parts=(replace(LEDGER, rows=()),))
    page.print_report()
    page.look_at_pages()
    ask(page, "stock-card")
    page.print_report()
    assert len(made) == asked, "there is nothing to print"


def test_a_long_report_s_pages_are_offered(page: ReportsPage, answers: Answers) -> None:
    page.show()
    for rows, soon in ((2_500, True), (2_501, False)):
        show(page, answers, parts=(replace(LEDGER, rows=LEDGER.rows[:1] * rows),))
        assert page.looks.isActive() is soon
        assert ("A long report: its pages are made when you ask for them." in said(page.side)
                ) is not soon  # fmt: skip
        page.looks.stop()
    page.side.fold(narrow=False)
    QApplication.processEvents()
    assert "Show the pages" in buttons(page.side)


def test_the_group_s_paper_holds_until_another_is_chosen(page: ReportsPage) -> None:
    desk = page.workspace
    for paper in ("A4", "F4"):
        desk.setup = replace(SETUP, group=replace(GROUP, paper=paper))
        desk.setup_changed.emit()
        assert page.asked.paper.value() == paper
        assert not page.looks.isActive(), "nothing is shown"
    page.asked.paper.set_value("A4")
    desk.setup_changed.emit()
    assert page.asked.paper.value() == "A4"


def test_whoever_comes_back_finds_the_row_that_led_away(
    page: ReportsPage, answers: Answers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.reports.page.target_of", lambda *_: Destination("journal", "BM-1"))
    went: list[Destination] = []
    page.workspace.place_wanted.connect(went.append)
    table = page.view.table
    show(page, answers)
    ask(page, "stock-card")
    table.view.activated.emit(table.model.index(1, 0))
    assert went == [], "it is shown no more"
    show(page, answers)
    table.view.activated.emit(table.model.index(1, 0))
    assert went == [Destination("journal", "BM-1")]
    show(page, answers)
    assert table.view.currentIndex().row() == 1
    show(page, answers)
    assert table.view.currentIndex().row() != 1, "once"


def test_its_keys_do_what_its_buttons_do(
    page: ReportsPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[Any] = []
    for name in ("save_report", "show_list", "print_report", "look_at_pages"):
        monkeypatch.setattr(page, name, lambda *given, name=name: told.append((name, *given)))
    keys = {each.key().toString(): each for each in page.findChildren(QShortcut)}
    assert {*keys} >= {"Ctrl+P", "Ctrl+S", "Ctrl+E", "Ctrl+Shift+C", "Ctrl+F", "Ctrl+L"}
    for each in ("Ctrl+S", "Ctrl+E"):
        keys[each].activated.emit()
    page.side.pdf_wanted.emit()
    page.side.table_wanted.emit()
    assert told == [("save_report", "pdf"), ("save_report", "xlsx", "csv")] * 2


def test_what_is_folded_away_stays_away(
    page: ReportsPage, answers: Answers, made: list[Callable[[bytes], object]], qtbot: QtBot
) -> None:
    page.resize(1600, 700)
    page.show()
    show(page, answers)
    for folded in (True, False):
        page.looks.stop()
        page.side.fold_wanted.emit(folded)
        assert page.side.folded is folded
        assert len(made) == (not folded), "they are made at once"
        assert page.workspace.preferences.pages_folded is folded
    page.side.fold_wanted.emit(True)
    again = ReportsPage(page.workspace)
    qtbot.addWidget(again)
    again.resize(1600, 700)
    again.show()
    show(again, answers)
    assert again.side.folded


@pytest.mark.parametrize("width", [960, 1100, 1300, 1500, 1900, 2400])
def test_the_pages_take_what_the_list_and_the_table_leave(
    page: ReportsPage, answers: Answers, width: int
) -> None:
    """List, table and pages stand beside each other; the pages fold where a table of its least
    width has no room, and never get wider than they can be read.
    """
    page.resize(width, 700)
    page.show()
    show(page, answers)
    QApplication.processEvents()
    parts = (page.list, page.view, page.side)
    places = [QRect(each.mapTo(page, QPoint()), each.size()) for each in parts if each.isVisible()]
    assert all(one.right() < other.left() for one, other in pairwise(places))
    assert places[0].left() > 0
    assert places[-1].right() < width
    table = page.view.table
    edges = table.mapTo(page.view, QPoint()).x(), page.view.width() - table.width()
    assert max(edges) <= 3, "the table reaches from edge to edge of its card"
    px = page.ui.theme.px
    room = width - page.list.width() - page.side.width()
    if page.side.folded:
        assert room + px(NARROW) - px(WIDE) < px(430) + 4 * 12, "there was no room"
    else:
        assert px(WIDE) <= page.side.width() <= px(520)
        assert page.side.width() <= max(px(WIDE), width * 27 // 100)
        assert page.view.width() >= px(430)


@pytest.mark.parametrize("width", [1160, 1600])
@pytest.mark.parametrize("report", ["table", "notes", "missing", "long"])
def test_the_rules_are_kept(page: ReportsPage, answers: Answers, report: str, width: int) -> None:
    page.resize(width, 640)
    page.show()
    if report == "missing":
        ask(page, "stock-card")
    else:
        parts = {
            "table": RESULT,
            "notes": NOTES,
            "long": replace(RESULT, rows=RESULT.rows[:1] * 2_600),
        }
        show(page, answers, parts=(parts[report],))
    assert flaws(page) == []
