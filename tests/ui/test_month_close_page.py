"""Tutup Bulan from the first look to the papers; opening again is the chair's alone."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kwt_books.app import Books
from kwt_books.domain.access import Role
from kwt_books.domain.documents.cash import Payment
from kwt_books.domain.documents.lines import AccountLine
from kwt_books.domain.money import share_out
from kwt_books.domain.month import last_day
from kwt_books.domain.recording import Person
from kwt_books.i18n.paths import resources_dir
from kwt_books.queries.closing import StockCounted
from tests.conftest import NOW
from tests.ui.sample_parts import left_by, lines_of
from ui.desk import Desk, Destination
from ui.drafts import drafts_of
from ui.forms.dialog import FormDialog
from ui.forms.month_close import CLOSE, LOOK, SHARE, MonthCloseForm
from ui.forms.month_reopen import MonthReopenForm
from ui.main_window import MainWindow
from ui.pages.month_close import MonthClosePage
from ui.pages.month_close_checks import Checker, Deeds, Looked
from ui.pages.month_close_list import ERROR, GOOD, OPEN, WARN
from ui.papers import PaperDialog

CTRL = Qt.KeyboardModifier.ControlModifier
Settle = Callable[[Desk], None]
Open = Callable[[Path], MonthClosePage]
Make = Callable[..., Path]


@pytest.fixture
def book_without(books: Books, sample_stream: Path, tmp_path: Path) -> Make:
    """A book of the sample without documents of some kinds, and with lines of one's own."""

    def make(*kinds: str, more: tuple[dict[str, Any], ...] = ()) -> Path:
        path = tmp_path / "open.kwt"
        lines = [line for line in lines_of(sample_stream) if line["kind"] not in kinds]
        texts = "\n".join(json.dumps(line) for line in (*lines, *more))
        books.import_stream(path, io.BytesIO(texts.encode()))
        return path

    return make


@pytest.fixture
def open_page(desk_for: Callable[[Path], Desk], qtbot: QtBot, settle: Settle) -> Open:
    def make(path: Path) -> MonthClosePage:
        desk = desk_for(path)
        window = MainWindow(desk, QIcon())
        qtbot.addWidget(window)
        desk.learn_setup()
        window.show_place(Destination("close"))
        with qtbot.waitActive(window):
            window.show()
        settle(desk)
        assert isinstance(window.page, MonthClosePage)
        return window.page

    return make


def form_of(page: MonthClosePage) -> MonthCloseForm:
    assert page.form is not None
    return page.form


def tone(page: MonthClosePage, name: str) -> str:
    return page.list.rows[name].check.tone


# -- the way through -------------------------------------------------------------------------


def test_closing_by_keys_is_the_close_imported(
    open_page: Open, book_without: Make, sample_path: Path, qtbot: QtBot, settle: Settle
) -> None:
    """Depreciation at a click, then from step to step with the keyboard, then the papers."""
    path = book_without("month_close", "depreciation")
    page = open_page(path)
    assert tone(page, "depreciation") == OPEN
    button = page.list.rows["depreciation"].button
    assert button is not None
    with qtbot.waitSignal(page.desk.tasks.changed):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    settle(page.desk)
    assert tone(page, "depreciation") == GOOD
    form = form_of(page)
    for step in range(1, CLOSE + 1):
        if form.step == SHARE:
            qtbot.keyClicks(form.decision, "BA-06/KWT/VI/2026")
        qtbot.keyClick(form, Qt.Key.Key_Return, CTRL)
        assert form.step == step
    with qtbot.waitSignal(page.desk.tasks.changed):
        qtbot.keyClick(form, Qt.Key.Key_S, CTRL)
    settle(page.desk)
    for kind in ("depreciation", "month_close"):
        assert left_by(path, kind, "2026-06-30") == left_by(sample_path, kind, "2026-06-30")
    assert page.closed.isVisible()
    papers = [w for w in QApplication.topLevelWidgets() if isinstance(w, PaperDialog)]
    assert len(papers) == 1, "the month's report, ready to be printed"
    assert papers[0].preview.pages > 1
    papers[0].reject()


def test_the_treasurer_prepares_and_the_chair_closes(
    desk_for: Callable[[Path], Desk], book_without: Make, qtbot: QtBot, settle: Settle
) -> None:
    path = book_without("month_close", "depreciation")
    desk = desk_for(path)
    desk.person = Person("Siti Rohmah", Role.TREASURER, signed_in=True)
    page = MonthClosePage(desk)
    qtbot.addWidget(page)
    with qtbot.waitActive(page):
        page.show()
    settle(desk)
    assert page.list.rows["depreciation"].button is not None, "the checklist is hers"
    form = form_of(page)
    for _ in range(CLOSE):
        qtbot.keyClick(form, Qt.Key.Key_Return, CTRL)
    assert form.close_button.isHidden()
    assert form.hint.text() == desk.kit.t("The chair closes the month.")
    form.decision.setText("BA-06")
    qtbot.keyClick(form, Qt.Key.Key_S, CTRL)
    settle(desk)
    assert not left_by(path, "month_close", "2026-06-30")
    with qtbot.waitSignal(desk.chair_wanted):
        qtbot.mouseClick(form.chair_button, Qt.MouseButton.LeftButton)
    kept = drafts_of(desk.folders.data, desk.book).read(form.name)
    assert kept is not None, "the chair goes on with it"
    assert kept["decision"] == "BA-06"


def test_nothing_closes_before_the_last_step(
    open_page: Open, book_without: Make, qtbot: QtBot, settle: Settle
) -> None:
    path = book_without("month_close")
    form = form_of(open_page(path))
    for key in (Qt.Key.Key_S, Qt.Key.Key_P):
        qtbot.keyClick(form, key, CTRL)
    settle(form.desk)
    assert not left_by(path, "month_close", "2026-06-30")
    assert form.step == LOOK


def test_what_it_comes_to_is_what_the_close_will_say(
    open_page: Open, book_without: Make, expected: dict[str, Any]
) -> None:
    page = open_page(book_without("month_close"))
    form = form_of(page)
    assert form.sums.profit == expected["profit"]
    group = page.desk.group
    assert group is not None
    assert form.shares.parts == share_out(expected["profit"], group.allocation.shares)


def test_going_on_later_keeps_the_decision(
    open_page: Open, book_without: Make, qtbot: QtBot
) -> None:
    page = open_page(book_without("month_close"))
    form = form_of(page)
    qtbot.keyClicks(form.decision, "BA-07")
    qtbot.mouseClick(form.later, Qt.MouseButton.LeftButton)
    window = page.window()
    assert isinstance(window, MainWindow)
    assert window.place == "home"
    drafts = drafts_of(page.desk.folders.data, page.desk.book)
    kept = drafts.read("month_close_2026-06")
    assert kept is not None
    assert kept["decision"] == "BA-07"


# -- sharing ---------------------------------------------------------------------------------


def test_shares_must_come_to_a_hundred(open_page: Open, book_without: Make, qtbot: QtBot) -> None:
    page = open_page(book_without("month_close"))
    form = form_of(page)
    form.show_step(SHARE)
    first = next(iter(form.shares._shares.values())).stepper
    first.setFocus()
    qtbot.keyClick(first, Qt.Key.Key_Down)
    qtbot.keyClick(form, Qt.Key.Key_Return, CTRL)
    assert form.step == SHARE
    assert form.shares._message.text()
    assert not form.shares.parts
    qtbot.mouseClick(form.shares.reset_button, Qt.MouseButton.LeftButton)
    qtbot.keyClick(form, Qt.Key.Key_Return, CTRL)
    assert form.step == CLOSE
    assert form.to_command().shares is None, "as the group decided"


def test_shares_of_one_s_own_and_the_rupiah_left_over(
    open_page: Open, book_without: Make, qtbot: QtBot, settle: Settle
) -> None:
    """1.200.001 by thirds: what rounding leaves over is seen where it goes."""
    more = {
        "kind": "receipt", "date": "2026-06-30", "into": "1101",
        "lines": [{"account": "7102", "amount": 1}],
    }  # fmt: skip
    path = book_without("month_close", more=(more,))
    page = open_page(path)
    form = form_of(page)
    own = {"3201": 34, "3202": 33, "3203": 33}
    form.show_step(SHARE)
    form.shares.set_shares(own)
    parts = share_out(form.sums.shared, own)
    assert form.shares.parts == parts
    floors = {code: form.sums.shared * percent // 100 for code, percent in own.items()}
    extra = {code for code in own if parts[code] > floors[code]}
    assert extra
    shown = {c for c, each in form.shares._shares.items() if not each.extra.isHidden()}
    assert shown == extra
    form.show_step(CLOSE)
    with qtbot.waitSignal(page.desk.tasks.changed):
        form.save()
    settle(page.desk)
    [left] = left_by(path, "month_close", "2026-06-30")
    assert {a: -n for a, n, _, _ in left.postings if a in own} == parts


def test_without_a_decision_the_shares_stand_in_the_way(
    open_page: Open, book_without: Make, qtbot: QtBot, settle: Settle
) -> None:
    """A book without a group can still close, once the shares are filled in."""
    path = book_without("month_close", "group")
    page = open_page(path)
    form = form_of(page)
    assert tone(page, "shares") == ERROR
    qtbot.keyClick(form, Qt.Key.Key_Return, CTRL)
    assert form.step == LOOK
    button = page.list.rows["shares"].button
    assert button is not None
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert form.step == SHARE
    form.shares.set_shares({"3201": 100})
    assert "shares" not in page.list.rows
    form.show_step(CLOSE)
    with qtbot.waitSignal(page.desk.tasks.changed):
        form.save()
    settle(page.desk)
    assert len(left_by(path, "month_close", "2026-06-30")) == 1


# -- what is looked at -----------------------------------------------------------------------


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
    settle(page.desk)
    window = page.window()
    assert isinstance(window, MainWindow)
    dialog = window.form("cash_count")
    assert isinstance(dialog, FormDialog)
    assert dialog.form.state()["account"] == "1103"
    assert dialog.form.state()["date"] == "2026-06-30"


@pytest.mark.parametrize(("missed", "more"), [(1, None), (2, None), (3, "1 lainnya")])
def test_what_was_not_counted_is_named(
    desk: Desk, books: Books, book_path: Path, missed: int, more: str | None
) -> None:
    names = ("Kangkung", "Sawi", "Terung")[:missed]
    book = books.open(book_path, read_only=True)
    state = book.treasury.month_state("2026-06")
    book.close()
    state = replace(state, stock=StockCounted(5, names, last_day("2026-06")))
    deeds = Deeds(lambda: None, lambda: None)
    found = {each.name: each for each in Checker(desk, Looked(state, 0, (), None), deeds).checks()}
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
        lines=(AccountLine(account="6103", amount=10_000),),
    )
    with qtbot.waitSignal(page.desk.tasks.changed):
        page.desk.tasks.record(late, lambda _recorded: None)
    settle(page.desk)
    assert tone(page, "count-1101") == WARN


def test_a_friday_without_a_sheet_is_missed(
    open_page: Open, books: Books, sample_stream: Path, tmp_path: Path
) -> None:
    path = tmp_path / "friday.kwt"
    gone = ("market_day", "2026-06-26")
    lines = [
        line
        for line in lines_of(sample_stream)
        if (line["kind"], line.get("date")) != gone and line["kind"] != "month_close"
    ]
    books.import_stream(path, io.BytesIO("\n".join(map(json.dumps, lines)).encode()))
    page = open_page(path)
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
    page.desk.show_month("2026-07")
    settle(page.desk)
    assert tone(page, "along") == WARN
    button = page.list.rows["along"].button
    assert button is not None
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert page.desk.month == "2026-06"
    settle(page.desk)
    assert form_of(page).month == "2026-06"
    assert "along" not in page.list.rows


def test_a_month_to_come_can_t_be_closed(
    open_page: Open, book_without: Make, settle: Settle
) -> None:
    page = open_page(book_without("month_close"))
    page.desk.show_month("2026-08")
    settle(page.desk)
    assert tone(page, "future") == ERROR
    assert not form_of(page).next_button.isEnabled()


def test_an_empty_book_has_nothing_to_close(open_page: Open, books: Books, tmp_path: Path) -> None:
    path = tmp_path / "empty.kwt"
    books.create(path).close()
    page = open_page(path)
    assert page.empty.isVisible()
    assert page.form is None


# -- a closed month --------------------------------------------------------------------------


def test_a_closed_month_shows_what_it_came_to(
    open_page: Open, book_path: Path, expected: dict[str, Any], qtbot: QtBot, settle: Settle
) -> None:
    page = open_page(book_path)
    assert page.closed.isVisible()
    assert page.form is None
    [left] = left_by(book_path, "month_close", "2026-06-30")
    assert page.closed.number.text == left.number
    assert page.closed.preview.result.text() == page.kit.formats.rupiah(expected["profit"])
    qtbot.mouseClick(page.closed.next_button, Qt.MouseButton.LeftButton)
    settle(page.desk)
    assert page.desk.month == "2026-07"
    assert page.closed.isHidden()


def test_the_chair_opens_it_again_and_says_why(
    open_page: Open, book_path: Path, qtbot: QtBot, settle: Settle
) -> None:
    page = open_page(book_path)
    assert page.desk.person.role is Role.CHAIR
    qtbot.mouseClick(page.closed.reopen_button, Qt.MouseButton.LeftButton)
    settle(page.desk)
    window = page.window()
    assert isinstance(window, MainWindow)
    dialog = window.form("month_reopen")
    assert isinstance(dialog, FormDialog)
    qtbot.keyClick(dialog.form, Qt.Key.Key_S, CTRL)
    assert not left_by(book_path, "month_reopen", "2026-06-30"), "a reason is needed"
    assert isinstance(dialog.form, MonthReopenForm)
    qtbot.keyClicks(dialog.form.reason, "Nota transport tertinggal")
    with qtbot.waitSignal(page.desk.tasks.changed):
        qtbot.keyClick(dialog.form.reason, Qt.Key.Key_S, CTRL)
    settle(page.desk)
    [close] = left_by(book_path, "month_close", "2026-06-30")
    [reopen] = left_by(book_path, "month_reopen", "2026-06-30", "Nota transport tertinggal")
    assert [(a, -n) for a, n, _, _ in close.postings] == [(a, n) for a, n, _, _ in reopen.postings]
    assert form_of(page).month == "2026-06"


@pytest.fixture
def treasurers_desk(
    desk_for: Callable[[Path], Desk], book_path: Path, monkeypatch: pytest.MonkeyPatch,
    books: Books,
) -> Desk:  # fmt: skip
    """The same book in the treasurer's hands."""
    person = Person("Siti Rohmah", Role.TREASURER)
    hers = Books(resources_dir(), lambda: NOW, person)
    monkeypatch.setattr(books, "open", hers.open)
    desk = desk_for(book_path)
    desk.person = person
    return desk


def test_the_treasurer_is_refused_by_the_book_itself(
    treasurers_desk: Desk, qtbot: QtBot, settle: Settle, book_path: Path
) -> None:
    desk = treasurers_desk
    page = MonthClosePage(desk)
    qtbot.addWidget(page)
    page.show()
    settle(desk)
    assert not page.closed.reopen_button.isVisible(), "the screen only hides"
    form = MonthReopenForm(desk, {})
    qtbot.addWidget(form)
    form.show()
    settle(desk)
    assert not form.chair_only.isHidden()
    form.reason.setPlainText("Mau mengubah")
    form.save()
    settle(desk)
    assert not left_by(book_path, "month_reopen", "2026-06-30")
    assert desk.problems._open is not None, "said calmly, with what can be done"
    desk.problems._open.reject()
