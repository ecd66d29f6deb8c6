"""Keys and clicks while a list is offered below a field: all reach who they are for."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.kit.field import TextField
from ui.kit.look import UiContext
from ui.kit.party import PartyPicker
from ui.kit.popup import Choices

SHOPS = [("siti", "Warung Bu Siti"), ("joko", "Warung Pak Joko"), ("kantin", "Kantin SDN 2")]
KEY = Qt.Key
TIMES = 50
"""What depends on which comes first, a key or the screen's word, goes wrong now and then only."""


class Desk(QDialog):
    """A window with a name, another field and a shortcut."""

    def __init__(self, ui: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name, self.after = PartyPicker(ui, "buyer"), TextField(ui)
        self.name.set_choices(SHOPS)
        self.saved = 0
        lines = QVBoxLayout(self)
        lines.addWidget(self.name)
        lines.addWidget(self.after)
        QShortcut(QKeySequence("Ctrl+S"), self).activated.connect(self._save)

    def _save(self) -> None:
        self.saved += 1

    def begin(self, typed: str = "") -> None:
        """The name as at first, with the keyboard and something typed."""
        self.name.set_value(None)
        self.after.clear()
        self.name.setFocus()
        press(typed)

    @property
    def offered(self) -> Choices:
        popup = self.name.completer().popup()
        assert isinstance(popup, Choices)
        return popup


def press(*keys: str | Qt.Key | QKeySequence) -> None:
    """Into whatever window has the keyboard, each key before anything else is done."""
    for each in keys:
        for key in each if isinstance(each, str) else (each,):
            window = QApplication.focusWindow()
            assert window is not None, "keys reach nobody"
            if isinstance(key, QKeySequence):
                QTest.keySequence(window, key)
            else:
                QTest.keyClick(window, key)


def click(widget: QWidget, at: QPoint | None = None) -> None:
    spot = widget.mapTo(widget.window(), widget.rect().center() if at is None else at)
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QTest.mouseClick(widget.window().windowHandle(), left, none, spot)


@pytest.fixture(params=["in a window", "in a dialog over another"])
def desk(ui: UiContext, qtbot: QtBot, request: pytest.FixtureRequest) -> Iterator[Desk]:
    below = made = Desk(ui)
    with qtbot.waitActive(below):
        below.show()
    if request.param != "in a window":
        made = Desk(ui, below)
        made.open()
        qtbot.waitUntil(lambda: QApplication.focusWindow() is made.windowHandle())
    made.resize(400, 400)
    yield made
    made.close()
    below.close()


def test_tab_leaves_a_name_typed_at_full_speed(desk: Desk) -> None:
    for _ in range(TIMES):
        desk.begin("warung baru")
        press(KEY.Key_Tab, "9")
        QApplication.processEvents()
        assert desk.after.hasFocus()
        press("0")
        assert (desk.name.new_name, desk.after.text()) == ("warung baru", "90")


def test_the_keyboard_stays_with_the_window_while_a_list_is_seen(desk: Desk) -> None:
    for _ in range(TIMES):
        desk.begin("warung")
        assert desk.offered.isVisible()
        QApplication.processEvents()
        assert QApplication.focusWindow() is desk.windowHandle()
        assert QApplication.activeWindow() is desk
        assert QApplication.activePopupWidget() is None


def test_one_is_chosen_by_arrows_and_enter(desk: Desk) -> None:
    for _ in range(TIMES):
        desk.begin("warung")
        press(KEY.Key_Down, KEY.Key_Down, KEY.Key_Return, "9")
        assert (desk.name.value(), desk.after.text()) == ("joko", "9")
        assert desk.isVisible()


def test_one_is_chosen_by_a_click(desk: Desk, qtbot: QtBot) -> None:
    for _ in range(TIMES):
        desk.begin("warung")
        offered = desk.offered
        second = offered.visualRect(offered.model().index(1, 0))
        assert offered.viewport().rect().contains(second), "seen whole"
        click(offered.viewport(), second.center())
        qtbot.waitUntil(offered.isHidden)
        assert desk.name.value() == "joko"
        assert desk.name.hasFocus()
        press(KEY.Key_Tab, "9")
        assert desk.after.text() == "9"


def test_what_is_typed_on_is_offered_from_its_first_line(desk: Desk) -> None:
    desk.name.set_choices([(f"m{number}", f"Anggota {number}") for number in range(40)])
    desk.begin("an")
    bar = desk.offered.verticalScrollBar()
    bar.setValue(bar.maximum())
    press("g")
    assert bar.value() == bar.minimum() < bar.maximum()
    bar.setValue(bar.maximum())
    press(KEY.Key_Escape, KEY.Key_Backspace)
    assert desk.offered.isVisible()
    assert bar.value() == bar.minimum()


def test_keys_of_the_form_reach_it_with_a_list_and_without(desk: Desk) -> None:
    for turn in range(1, TIMES + 1):
        desk.begin("warung")
        press(QKeySequence("Ctrl+S"))
        press(KEY.Key_Down, KEY.Key_Return, QKeySequence("Ctrl+S"))
        assert (desk.name.value(), desk.saved) == ("siti", 2 * turn)


def test_esc_closes_the_list_and_then_the_window(desk: Desk) -> None:
    for _ in range(TIMES):
        desk.begin("warung")
        press(KEY.Key_Escape)
        assert desk.offered.isHidden()
        assert desk.isVisible()
        assert desk.name.typed == "warung"
    press(KEY.Key_Escape)
    assert not desk.isVisible()


def test_a_list_goes_when_one_turns_to_something_else(desk: Desk) -> None:
    desk.begin("warung")
    click(desk.after)
    press("9")
    assert desk.offered.isHidden()
    assert desk.after.text() == "9", "the click is one into the other field"
    desk.begin("warung")
    click(desk, QPoint(2, 2))
    assert desk.offered.isHidden()
    assert desk.name.hasFocus()
    press(" baru")
    assert desk.name.new_name == "warung baru"
    desk.begin("warung")
    desk.move(desk.pos() + QPoint(40, 40))
    QApplication.processEvents()
    assert desk.offered.isHidden(), "it would hang in the air"


def test_a_list_goes_with_its_window(desk: Desk, ui: UiContext, qtbot: QtBot) -> None:
    desk.begin("warung")
    other = Desk(ui, desk)
    other.open()
    qtbot.waitUntil(desk.offered.isHidden)
    other.begin("warung")
    assert other.offered.isVisible()
    other.close()
    assert other.offered.isHidden()
