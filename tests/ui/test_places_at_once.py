"""Each room's places over a book that answers at once: they keep the rules of the house, can be
heard and tabbed through, and stand alike however one came there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QLabel,
    QLineEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from kwt_books.book import Book
from scripts.layout_faults import faults, parts
from tests.ui.all_rules import flashes
from tests.ui.every_form import ROOMS
from tests.ui.rules import flaws
from tests.ui.windows import LAPTOP, let_go, pauses_over
from ui.kit.chart import Plot
from ui.kit.chart_picture import ChartPicture
from ui.kit.page import TabbedPage
from ui.kit.workspace import Destination, Workspace
from ui.shell.window import MainWindow

NARROWEST = (800, 560)
_TURNS = 6
"""Until all is laid out."""
_BESIDE = "reports"
"""Its papers are shown by a worker of their own, in their time; it has a test of the rules too."""
_OPEN = "journal"
"""What was open beside the list stays in front where there is room for one of them."""
Outline = list[tuple[str, str, tuple[int, ...]]]


class Walk:
    """A window over a desk, which is laid out as soon as it is shown or made larger."""

    def __init__(self, desk: Workspace, qtbot: QtBot, size: tuple[int, int]) -> None:
        self.window = MainWindow(desk, QIcon())
        qtbot.addWidget(self.window)
        self.window.resize(*size)
        self.window.show()

    def parts_of(self, place: str) -> Iterator[str]:
        self.at(place)
        page = self.window.page
        yield from page.tabs.names if isinstance(page, TabbedPage) else ("",)

    def at(self, place: str, part: str = "") -> Outline:
        self.window.show_place(Destination(place, part))
        return self.outline()

    def sized(self, size: tuple[int, int]) -> Outline:
        self.window.resize(*size)
        return self.outline()

    def outline(self) -> Outline:
        """What stands on the page, and where, once all pauses are over."""
        page = self.window.page
        assert page is not None
        for _ in range(_TURNS):
            pauses_over(page)
            let_go()
            QApplication.processEvents()
        return sorted(
            (type(each).__name__, _words(each), _place(each, page))
            for each in parts(page)
            if each.isVisible() and not isinstance(each.parentWidget(), QAbstractSpinBox)
        )


def _words(part: QWidget) -> str:
    return part.text() if isinstance(part, QLabel | QAbstractButton | QLineEdit) else ""


def _place(part: QWidget, page: QWidget) -> tuple[int, ...]:
    return QRect(part.mapTo(page, QPoint()), part.size()).getRect()


def _other(one: Outline, other: Outline) -> list[object]:
    return [each for each in one if each not in other][:3]


PAGES = [room for room in ROOMS if ROOMS[room][0] and room != _BESIDE]


@pytest.mark.parametrize("room", PAGES)
def test_places_keep_the_rules(room: str, prompt: Workspace, qtbot: QtBot) -> None:
    with flashes() as found:
        walk, wrong = Walk(prompt, qtbot, LAPTOP), {"windows of their own": found}
        for place in ROOMS[room][0]:
            for part in walk.parts_of(place):
                walk.at(place, part)
                wrong[f"{place} {part}"] = [*flaws(walk.window), *_without_picture(walk.window)]
    assert not {where: them for where, them in wrong.items() if them}


def _without_picture(window: QWidget) -> list[str]:
    return [
        f"{type(chart).__name__} offers no picture"
        for chart in window.findChildren(Plot)
        if not chart.findChild(ChartPicture)
    ]


@pytest.mark.parametrize("room", PAGES)
def test_a_place_stands_alike_however_one_came_there(
    room: str, prompt_desk: Callable[[Book], Workspace], read_book: Book, qtbot: QtBot
) -> None:
    desk = prompt_desk(read_book)
    wide, narrow = Walk(desk, qtbot, LAPTOP), Walk(prompt_desk(read_book), qtbot, NARROWEST)
    found: dict[str, list[object]] = {}
    for place in ROOMS[room][0]:
        for part in wide.parts_of(place):
            before = wide.at(place, part)
            small = wide.sized(NARROWEST)
            found[f"{place} {part} in little room"] = [*faults(wide.window)]
            if place != _OPEN:
                found[f"{place} {part} narrow"] = _other(small, narrow.at(place, part))
            found[f"{place} {part} wide again"] = _other(wide.sized(LAPTOP), before)
            desk.show_month("2026-05")
            wide.outline()
            desk.show_month("2026-06")
            found[f"{place} {part} this month again"] = _other(wide.outline(), before)
    assert not {where: them for where, them in found.items() if them}
