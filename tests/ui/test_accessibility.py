"""Everything the keyboard can reach has a name for a screen reader, in the order of the eye."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QIcon
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from kwt_books.app import Books
from kwt_books.domain.access import Role, User
from kwt_books.domain.kinds import forms
from tests.ui.every_form import EveryForm, form_of, given_for
from tests.ui.windows import window_over
from ui.first_start.step import Step
from ui.first_start.window import FirstStart
from ui.kit.button import EnterPresses, Segment
from ui.kit.chart import Plot
from ui.kit.chart_picture import ChartPicture
from ui.kit.field import FieldRow
from ui.kit.help_keys import GLOSSARY, WINDOWS, topic_of_window
from ui.kit.list import ToDoList
from ui.kit.look import UiContext
from ui.kit.page import TabbedPage
from ui.kit.preferences import Preferences
from ui.kit.printing import PaperDialog
from ui.kit.recovery_key import KeyDialog
from ui.kit.workspace import Destination, Workspace
from ui.settings.about import AboutBox
from ui.shell.chrome import NavButton, WhoButton
from ui.shell.help import HelpDialog
from ui.shell.places import PLACES
from ui.shell.sign_in import RecoveryDialog, SignIn, Unlock
from ui.shell.startup_flow import Welcome

NAME = QAccessible.Text.Name
PEOPLE = (User("Aryanah", Role.CHAIR, True, True),)


def reached(window: QWidget) -> list[QWidget]:
    """What Tab goes to, from the first on."""
    found: list[QWidget] = []
    each = window.nextInFocusChain()
    while each is not None and each is not window:
        tabs = each.focusPolicy() & Qt.FocusPolicy.TabFocus
        part = isinstance(each.parentWidget(), QAbstractSpinBox | QComboBox)
        if (
            tabs
            and not part
            and each.isVisible()
            and each.isEnabled()
            and window.isAncestorOf(each)
        ):
            found.append(each)
        each = each.nextInFocusChain()
    return found


def called(widget: QWidget) -> str:
    if isinstance(widget, QComboBox):  # what is chosen is its name on Linux alone
        return widget.accessibleName()
    return QAccessible.queryAccessibleInterface(widget).text(NAME)


def nameless(window: QWidget) -> list[str]:
    return [
        f"{type(each).__name__} in {type(each.parentWidget()).__name__}"
        for each in reached(window)
        if not called(each).strip()
    ]


def misnamed(window: QWidget) -> list[str]:
    """Fields whose names lack a word of what stands above them."""
    return [
        f"{called(each.field)} below {each.title.text()}"
        for each in window.findChildren(FieldRow)
        if each.isVisible() and not _words(each.title.text()) <= _words(called(each.field))
    ]


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.casefold()))


_TAKES_KEYS = (QLineEdit, QTextEdit, QPlainTextEdit, QComboBox, QAbstractSpinBox, QPdfView, Plot)


def idle(window: QWidget) -> list[str]:
    """What Tab goes to though no key does anything there: frames, lists without a row; buttons that
    Enter doesn't press; and what the wheel would give the keyboard.
    """
    return [
        f"{type(each).__name__} '{called(each)}'" for each in reached(window) if not _is_used(each)
    ]


def _is_used(widget: QWidget) -> bool:
    if widget.focusPolicy() == Qt.FocusPolicy.WheelFocus and not isinstance(widget, QTextEdit):
        return False
    if isinstance(widget, QAbstractButton):
        return isinstance(widget, EnterPresses | WhoButton | QCheckBox)
    if isinstance(widget, QAbstractItemView):
        model = widget.model()
        return model is not None and model.rowCount() > 0
    if isinstance(widget, QScrollArea):
        return widget.verticalScrollBar().maximum() > 0
    return isinstance(widget, _TAKES_KEYS)


def strays(window: QWidget) -> list[str]:
    """Buttons with an "and" that Qt takes for a key: `Garden & Seedlings` would be Alt+Space."""
    buttons = window.findChildren(QAbstractButton)
    return [each.text() for each in buttons if "&" in each.text().replace("&&", "")]


def goes_back(window: QWidget) -> list[str]:
    """Steps of Tab that go up, other than to a column further right, or left along a line."""
    return [
        f"{called(one)} -> {called(other)}"
        for one, other in pairwise(reached(window))
        if _is_back(_seen(one, window, other), _seen(other, window, one))
    ]


def _seen(widget: QWidget, window: QWidget, other: QWidget) -> QRect:
    """Where it stands for one who comes from `other`, or goes there: what is scrolled out of
    an area that has the one and not the other counts as at its edge."""
    place, area = _place(widget, window), widget.parentWidget()
    while area is not None and area is not window and not area.isAncestorOf(other):
        if isinstance(area, QScrollArea):
            shown = _place(area.viewport(), window)
            place.moveTop(max(shown.top(), min(place.top(), shown.bottom() - place.height())))
        area = area.parentWidget()
    return place


def _place(widget: QWidget, window: QWidget) -> QRect:
    return QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())


def _is_back(one: QRect, other: QRect) -> bool:
    down = other.center().y() - one.center().y()
    level = abs(down) < min(one.height(), other.height()) // 2
    up = not level and down < 0
    return (up and other.left() < one.right()) or (level and other.right() <= one.left())


@pytest.fixture
def every(workspace: Workspace, qtbot: QtBot) -> EveryForm:
    return EveryForm(workspace, qtbot)


def test_every_form_can_be_heard_and_tabbed_through(every: EveryForm) -> None:
    for name in [each.name for each in forms()]:
        dialog = every.open(name, given_for(name))
        assert nameless(dialog) == [], name
        assert idle(dialog) == [], name
        assert strays(dialog) == [], name
        assert goes_back(getattr(dialog, "form", dialog)) == [], name
        assert misnamed(dialog) == [], name
        dialog.close()


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


def test_every_place_can_be_heard(every: EveryForm) -> None:
    every.workspace.show_month("2026-06")
    for place in PLACES:
        every.window.show_place(Destination(place))
        every.settle()
        page = every.window.page
        for part in page.tabs.names if isinstance(page, TabbedPage) else ("",):
            every.window.show_place(Destination(place, part))
            every.settle()
            assert nameless(every.window) == [], (place, part)
            assert idle(every.window) == [], (place, part)
            assert strays(every.window) == [], (place, part)
            for chart in page.findChildren(Plot):
                assert chart.findChild(ChartPicture), f"{type(chart).__name__} offers no picture"


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
