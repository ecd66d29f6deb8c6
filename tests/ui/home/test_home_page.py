"""Beranda: the figures of the month, what waits, and where each leads."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui.home.page import HomePage
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


def test_the_chart_stands_beside_what_waits_where_there_is_room(page: HomePage) -> None:
    for width, beside in ((1200, True), (600, False)):
        page.resize(width, 900)
        QApplication.processEvents()
        chart, list_ = (each.mapTo(page, each.rect().topLeft()) for each in (page.chart, page.list))
        assert (list_.x() > chart.x() + page.chart.width() // 2) is beside
        assert (list_.y() > chart.y() + page.chart.height()) is not beside


def test_what_waits_leads_to_its_place(page: HomePage, qtbot: QtBot) -> None:
    gone: list[Destination] = []
    page.workspace.place_wanted.connect(gone.append)
    assert page.count.text == str(len(page.list.rows))
    for row in page.list.rows:
        qtbot.mouseClick(row, Qt.MouseButton.LeftButton)
    assert {there.place for there in gone} == {"settings"}, "the sample month lacks a backup alone"


def test_a_shop_s_name_makes_no_key_of_its_own(ui: UiContext, qtbot: QtBot) -> None:
    shown = ToDoList(ui)
    qtbot.addWidget(shown)
    shown.show_rows([ToDoRow("Warung Ani &Budi", "", "storefront", lambda: None)])
    (row,) = shown.rows
    assert row.shortcut().isEmpty()
    assert row.accessibleName() == "Warung Ani &Budi"
