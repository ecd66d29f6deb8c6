"""Everything the keyboard can reach has a name for a screen reader, in the order of the eye."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QIcon
from PySide6.QtWidgets import (
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from kwt_books.app import Books
from kwt_books.domain.access import Role, User
from tests.ui.every_form import ROOMS, EveryForm, edits, form_of, given_for, name_of
from tests.ui.hearing import called, goes_back, idle, nameless, reached
from tests.ui.rules import broken
from tests.ui.windows import window_over
from ui.first_start.step import Step
from ui.first_start.window import FirstStart
from ui.kit.button import Button, Segment
from ui.kit.help_keys import GLOSSARY, WINDOWS, topic_of_window
from ui.kit.layout import go_on
from ui.kit.list import ToDoList
from ui.kit.look import UiContext
from ui.kit.preferences import Preferences
from ui.kit.printing import PaperDialog
from ui.kit.recovery_key import KeyDialog
from ui.kit.workspace import Workspace
from ui.settings.about import AboutBox
from ui.shell.chrome import NavButton
from ui.shell.help import HelpDialog
from ui.shell.sign_in import RecoveryDialog, SignIn, Unlock
from ui.shell.startup_flow import Welcome

NAME = QAccessible.Text.Name
PEOPLE = (User("Aryanah", Role.CHAIR, True, True),)


@pytest.fixture
def every(workspace: Workspace, qtbot: QtBot) -> EveryForm:
    return EveryForm(workspace, qtbot)


def test_a_draft_can_be_thrown_away_before_it_is_gone_through(every: EveryForm) -> None:
    """The note above the fields, and its button, come later than they do; one begins below it, for
    Enter would throw the draft away.
    """
    dialog = every.open("sale_return")
    form = form_of(dialog)
    assert form is not None
    form.fields["memo"].set_value("Basi")
    dialog.reject()
    dialog = every.open("sale_return")
    assert called(reached(dialog)[0]) == form.t("Start over")
    assert called(dialog.focusWidget()) == form.t("Date")
    assert goes_back(dialog) == []


def test_where_tab_goes_is_seen(every: EveryForm, qtbot: QtBot) -> None:
    """Also from the head of a sheet, that doesn't scroll, to the first and the last that do."""
    dialog = every.open("market_day", given_for("market_day"))
    dialog.resize(dialog.minimumSizeHint().width(), 300)
    every.settle()
    for key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
        for _each in reached(dialog):
            qtbot.keyClick(dialog, key)
            focused = dialog.focusWidget()
            assert not focused.visibleRegion().isEmpty(), called(focused)


@pytest.mark.parametrize("room", ROOMS)
def test_enter_leads_to_what_is_filled_in_or_saves(
    room: str, every: EveryForm, qtbot: QtBot
) -> None:
    """From no line of any form to a button that opens something else, leaves or goes back."""
    astray = []
    for name in ROOMS[room][1]:
        dialog = every.open(name, given_for(name))
        leaving = [getattr(dialog, each, None) for each in ("cancel_button", "back_button")]
        for each in edits(dialog):
            each.setFocus(Qt.FocusReason.TabFocusReason)
            go_on(each)
            found = dialog.focusWidget()
            if isinstance(found, Button) and (not found.settles or found in leaving):
                astray.append((name, name_of(each), called(found)))
        dialog.reject()
        every.settle()
    assert astray == []


Make = Callable[[], QWidget]


@pytest.fixture
def windows(
    ui: UiContext,
    books: Books,
    workspace: Workspace,
    preferences: Preferences,
    tmp_path: Path,
    qtbot: QtBot,
) -> dict[str, Make]:
    """The windows beside the pages."""
    icon = QIcon()
    return {
        "welcome": lambda: Welcome(ui, preferences, icon),
        "first_start": lambda: FirstStart(ui, books, tmp_path, icon),
        "sign_in": lambda: SignIn(ui, workspace.tasks, PEOPLE, "Melati", icon=icon),
        "recovery": lambda: RecoveryDialog(ui, workspace.tasks, PEOPLE),
        "recovery_key": lambda: KeyDialog(ui, "ABCD-EFGH", lambda: None),
        "unlock": lambda: Unlock(ui, books, tmp_path / "Melati.kwt", icon),
        "paper": lambda: PaperDialog(ui, "Nota", b""),
        "about": lambda: AboutBox(ui, (), ()),
    }


@pytest.mark.parametrize("name", WINDOWS)
def test_every_other_window_can_be_heard_and_explains_itself(
    name: str, windows: dict[str, Make], qtbot: QtBot
) -> None:
    window = windows[name]()
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
    assert broken(window) == []
    assert nameless(window) == []
    assert idle(window) == []
    assert goes_back(window) == []
    for key, topic in (
        (Qt.KeyboardModifier.NoModifier, topic_of_window(name)),
        (Qt.KeyboardModifier.ShiftModifier, GLOSSARY),
    ):
        qtbot.keyClick(window, Qt.Key.Key_F1, key)
        dialog = window.findChild(HelpDialog)
        assert isinstance(dialog, HelpDialog)
        assert dialog.topic == topic
        dialog.reject()


def test_every_step_of_the_first_start_can_be_heard(windows: dict[str, Make], qtbot: QtBot) -> None:
    window = windows["first_start"]()
    assert isinstance(window, FirstStart)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()

    def heard(step: Step) -> None:
        assert nameless(window) == [], step.name
        assert idle(window) == [], step.name
        assert goes_back(step) == [], step.name
        assert broken(step) == [], step.name

    for place, step in enumerate(window.questions.steps):
        window.show_step(place)
        if step is window.questions.money:
            window.questions.money.show_more()
        qtbot.waitUntil(partial(heard, step))  # its parts find their places a moment later


def test_what_is_one_of_several_is_told_as_that(workspace: Workspace, qtbot: QtBot) -> None:
    """Places, tabs and segments are no boxes to tick; the list of what waits is no empty stop."""
    window = window_over(workspace, qtbot, "cash")
    segment = Segment(workspace.ui, (("a", "A"), ("b", "B")))
    qtbot.addWidget(segment)
    places = window.sidebar.findChildren(NavButton)
    buttons = [*places, *segment.findChildren(QPushButton)]
    roles = {QAccessible.queryAccessibleInterface(each).role() for each in buttons}
    assert roles == {QAccessible.Role.RadioButton}
    shown = ToDoList(workspace.ui)
    qtbot.addWidget(shown)
    assert shown.focusPolicy() == Qt.FocusPolicy.NoFocus
