"""What is seen first: the choices before a book is open, the program's mark, and what waits until
the window has been drawn.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.painted import painted
from tests.ui.windows import said
from ui.kit.look import SIDEBAR, SIDEBAR_FOLDED, UiContext
from ui.kit.preferences import Brand, Preferences, app_icon
from ui.shell.start import FirstPaint
from ui.shell.startup_flow import Said, Way, Welcome


@pytest.fixture
def ui(english: UiContext) -> UiContext:
    return english


@pytest.mark.parametrize("main", [False, True])
@pytest.mark.parametrize("down", [False, True])
def test_a_way_bears_icon_title_and_a_second_line(
    ui: UiContext, qtbot: QtBot, main: bool, down: bool
) -> None:
    way = Way(ui, Said("New & first", "For a group", "plus"), main=main)
    qtbot.addWidget(way)
    way.resize(300, way.sizeHint().height())
    way.setDown(down)
    drawn = painted(way, ui.theme).drawn
    ground = ("accent_hover" if down else "accent") if main else "sunken" if down else "surface"
    colors = ["on_accent"] * 3 if main else ["accent_text", "text", "text2"]
    names = {"on_accent", "surface"}  # both are white
    assert drawn[0].color == ground
    for each, color in zip(drawn[1:], colors, strict=True):
        assert each.color == color or {each.color, color} <= names
    assert [each.what for each in drawn] == ["", "<plus>", "New & first", "For a group"]
    assert [each.font.bold() for each in drawn[2:]] == [True, False]
    _, icon, title, second = (each.place for each in drawn)
    assert icon.right() < title.left() == second.left()
    assert title.bottom() <= second.top() + 1
    assert title.right() < way.width()
    assert way.rect().contains(icon)
    assert (way.accessibleName(), way.accessibleDescription(), way.toolTip()) == (
        "New & first", "For a group", "For a group",
    )  # fmt: skip


def welcome(ui: UiContext, preferences: Preferences, qtbot: QtBot, **about: str) -> Welcome:
    made = Welcome(ui, preferences, QIcon(), **about)
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
    return made


def ways(shown: Welcome) -> list[tuple[str, str]]:
    found = shown.findChildren(Way)
    return [(each.accessibleName(), each.accessibleDescription()) for each in found]


def test_whoever_has_no_book_is_welcomed(
    ui: UiContext, preferences: Preferences, qtbot: QtBot
) -> None:
    shown, told = welcome(ui, preferences, qtbot), list[str]()
    assert "Welcome to KWT Books" in said(shown)
    assert shown.missing.isHidden()
    assert ways(shown) == [
        ("New book", "For a group that starts here"),
        ("Try the demo book", "To look around in first"),
        ("Open a file", "A book that is on this computer"),
        ("Restore a backup", "From a flash drive"),
        ("Open a book on a server", "Several desks, one book"),
    ]  # fmt: skip
    first, *others = shown.ways
    assert painted(first, ui.theme).drawn[0].color == "accent"
    assert {painted(each, ui.theme).drawn[0].color for each in others} == {"surface"}
    for name in ("begin", "demo", "restore", "server"):
        getattr(shown, f"{name}_wanted").connect(lambda name=name: told.append(name))
    for place in (0, 1, 3, 4):
        shown.ways[place].click()
    assert told == ["begin", "demo", "restore", "server"]
    shown.language_chosen.connect(told.append)
    shown.language.choose("id")
    assert told[-1] == "id"


def test_books_opened_last_stand_first(
    ui: UiContext, preferences: Preferences, qtbot: QtBot, tmp_path: Path
) -> None:
    books = [tmp_path / f"{n}.kwt" for n in range(6)]
    for each in books:
        each.touch()
        preferences.remember(each)
    shown, wanted = welcome(ui, preferences, qtbot), list[object]()
    shown.open_wanted.connect(wanted.append)
    assert {"Which book do you want to open?", "Last opened"} <= {*said(shown)}
    latest = list(reversed(books))[:4]
    assert ways(shown)[:4] == [(each.stem, str(tmp_path)) for each in latest]
    first, second = shown.findChildren(Way)[:2]
    assert first.hasFocus()
    assert painted(first, ui.theme).drawn[0].color == "accent"
    assert painted(shown.ways[0], ui.theme).drawn[0].color == "surface"
    second.click()
    assert wanted == [latest[1]]


def test_the_mark_stands_beside_the_name_or_alone(ui: UiContext, qtbot: QtBot) -> None:
    brand = Brand(ui, 56, 8, lower=4)
    qtbot.addWidget(brand)
    for width, named in ((SIDEBAR, True), (SIDEBAR_FOLDED, False)):
        brand.resize(width, 56)
        ground, leaf, *words = painted(brand, ui.theme).drawn
        assert (leaf.what, leaf.color) == ("<leaf>", "on_accent") or leaf.color == "surface"
        assert ground.place.contains(leaf.place)
        assert abs(ground.place.center().x() - leaf.place.center().x()) <= 1
        assert [each.what for each in words] == ["KWT Books"] * named
        if named:
            assert (ground.place.left(), words[0].font.bold()) == (8, True)
            assert words[0].place.left() > ground.place.right()
        else:
            assert abs(ground.place.center().x() - width // 2) <= 1
        assert abs(ground.place.center().y() - (56 // 2 + 4)) <= 1
    sizes = [each.width() for each in app_icon(ui).availableSizes()]
    assert sizes == sorted(sizes)
    picture = app_icon(ui).pixmap(QSize(64, 64)).toImage()
    green = ui.theme.color("accent")
    assert picture.pixelColor(32, 4) == green
    assert picture.pixelColor(0, 0).alpha() == 0, "its corners are round"


def test_what_waits_for_the_window_is_done_once_after_it_was_drawn(qtbot: QtBot) -> None:
    window, done = QWidget(), list[bool]()
    qtbot.addWidget(window)
    FirstPaint(window, lambda: done.append(window.isVisible()))
    QApplication.processEvents()
    assert done == []
    with qtbot.waitExposed(window):
        window.show()
    qtbot.waitUntil(lambda: bool(done))
    for _ in range(3):
        window.repaint()
        QApplication.processEvents()
    assert done == [True]
