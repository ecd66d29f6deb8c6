"""Beranda: the figures of the month, what waits, and where each leads."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kwt_books.app import Books
from tests.books import book_at
from ui.home.page import HomePage
from ui.home.to_do import BACKUP_DAYS
from ui.home.verbs import VERBS
from ui.kit.button import VerbButton
from ui.kit.list import ToDoList, ToDoRow
from ui.kit.look import UiContext
from ui.kit.workspace import Destination, Workspace

Open = Callable[[Path], HomePage]


@pytest.fixture
def open_page(
    desk_for: Callable[[Path], Workspace], qtbot: QtBot, settle: Callable[[Workspace], None]
) -> Open:
    def make(path: Path) -> HomePage:
        made = HomePage(desk_for(path))
        qtbot.addWidget(made)
        made.show()
        settle(made.workspace)
        return made

    return make


@pytest.fixture
def page(open_page: Open, book_path: Path) -> HomePage:
    return open_page(book_path)


def test_the_cards_say_the_sample_month(page: HomePage, expected: dict[str, Any]) -> None:
    rupiah = page.ui.formats.rupiah
    told = " ".join(card.accessibleName() for card in page.cards)
    for amount in (
        expected["profit"],
        expected["position"]["cash"],
        expected["position"]["total_assets"],
    ):
        assert rupiah(amount) in told
    assert rupiah(expected["profit"]) in page.chart.accessibleDescription()


def test_nothing_is_claimed_before_the_book_has_answered(
    workspace: Workspace, qtbot: QtBot, settle: Callable[[Workspace], None]
) -> None:
    workspace.tasks.pause()
    page = HomePage(workspace)
    qtbot.addWidget(page)
    page.show()
    blank = page.chart.grab().toImage()
    middle = blank.height() // 2
    assert len({blank.pixel(across, middle) for across in range(blank.width())}) == 1
    assert not page.count.isVisible()
    workspace.tasks.resume()
    settle(workspace)
    assert page.chart.grab().toImage() != blank
    assert page.count.isVisible()


def test_the_chart_begins_where_the_book_does(page: HomePage) -> None:
    """The sample is one month: eleven empty ones before it say nothing."""
    months = page.chart.accessibleDescription().split("\n")
    assert [each[:3] for each in months] == [page.ui.formats.month_name(6)[:3]]


def test_the_chart_stands_beside_what_waits_where_there_is_room(page: HomePage) -> None:
    for width, beside in ((1200, True), (600, False)):
        page.resize(width, 900)
        QApplication.processEvents()
        chart, list_ = (each.mapTo(page, each.rect().topLeft()) for each in (page.chart, page.list))
        assert (list_.x() > chart.x() + page.chart.width() // 2) is beside
        assert (list_.y() > chart.y() + page.chart.height()) is not beside


def test_every_verb_has_a_button_and_its_key(page: HomePage, qtbot: QtBot) -> None:
    buttons = page.findChildren(VerbButton)
    assert [button.text() for button in buttons] == [page.t(verb.title) for verb in VERBS]
    started: list[object] = []
    page.workspace.form_wanted.connect(lambda *wanted: started.append(wanted))
    page.workspace.place_wanted.connect(started.append)
    for number, button in enumerate(buttons, start=1):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        assert len(started) == number
        assert f"Alt+{number}" in button.toolTip()


def test_what_waits_leads_to_its_place(page: HomePage, qtbot: QtBot) -> None:
    gone: list[Destination] = []
    page.workspace.place_wanted.connect(gone.append)
    assert page.count.text == str(len(page.list.rows))
    for row in page.list.rows:
        qtbot.mouseClick(row, Qt.MouseButton.LeftButton)
    assert {there.place for there in gone} == {"settings"}, "the sample month lacks a backup alone"


def test_what_has_expired_is_told_apart_from_what_soon_will(
    open_page: Open, books: Books, tmp_path: Path, ui: UiContext
) -> None:
    days = {"lama": -1, "kini": 0, "nanti": 14, "kelak": 15}
    bought = [
        {"item": "keripik", "qty": 2, "amount": 20_000, "lot": lot,
         "expires": (ui.today + timedelta(days=away)).isoformat()}
        for lot, away in days.items()
    ]  # fmt: skip
    book = book_at(
        books,
        tmp_path / "lot.kwt",
        [
            {"kind": "item", "code": "keripik", "name": "Keripik", "unit": "bungkus",
             "class": "finished", "price": 10_000, "sales_account": "4102",
             "cost_account": "5102"},
            {"kind": "purchase", "date": (ui.today - timedelta(days=20)).isoformat(),
             "paid_from": "1101", "lines": bought},
        ],
    )  # fmt: skip
    rows = open_page(book).list.rows
    told = [f"{row.accessibleName()}: {row.accessibleDescription()}" for row in rows]
    expired, soon = (text for text in told if "kedaluwarsa" in text)
    assert expired.startswith("1 lot sudah kedaluwarsa")
    assert ui.formats.day(ui.today - timedelta(days=1)) in expired
    assert soon.startswith("2 lot kedaluwarsa dalam 14 hari")
    assert ui.formats.day(ui.today) in soon


def test_a_backup_waits_a_week(page: HomePage, settle: Callable[[Workspace], None]) -> None:
    workspace, today = page.workspace, page.ui.today
    for days, waits in ((0, False), (BACKUP_DAYS - 1, False), (BACKUP_DAYS, True)):
        workspace.preferences.of(workspace.book).backed_up = today - timedelta(days=days)
        page.invalidate()
        settle(workspace)
        assert bool(page.list.rows) is waits, days


def test_goods_that_cost_more_than_their_price_are_told(
    books: Books, tmp_path: Path, open_page: Open
) -> None:
    item = {"kind": "item", "code": "bayam", "name": "Bayam", "unit": "ikat", "class": "produce"}
    bought = {"kind": "purchase", "date": "2026-06-01", "paid_from": "1101"}
    lines = [{"item": "bayam", "qty": 10, "amount": 25_000}]
    stream = [item | {"price": 2_000}, bought | {"lines": lines}]
    page = open_page(book_at(books, tmp_path / "rugi.kwt", stream))
    told = [f"{row.text()} {row.accessibleDescription()}" for row in page.list.rows]
    rupiah = page.ui.formats.rupiah
    assert any("Bayam" in row and rupiah(2_500) in row and rupiah(2_000) in row for row in told)


def test_a_shop_s_name_makes_no_key_of_its_own(ui: UiContext, qtbot: QtBot) -> None:
    shown = ToDoList(ui)
    qtbot.addWidget(shown)
    shown.show_rows([ToDoRow("Warung Ani &Budi", "", "storefront", lambda: None)])
    (row,) = shown.rows
    assert row.shortcut().isEmpty()
    assert row.accessibleName() == "Warung Ani &Budi"


def test_a_new_book_is_told_how_to_begin(books: Books, tmp_path: Path, open_page: Open) -> None:
    path = tmp_path / "baru.kwt"
    books.create(path).close()
    page = open_page(path)
    assert len(page.list.rows) == 2
    assert not page.grab().isNull()
