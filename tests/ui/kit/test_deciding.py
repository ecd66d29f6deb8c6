"""Nothing is decided by a click or a key that was meant for what stood there before."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QIcon, QMouseEvent
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from kwt_books.app import Books
from kwt_books.domain.documents.money import Transfer
from kwt_books.domain.kinds import forms
from tests.ui.every_form import EveryForm, form_of, given_for
from tests.ui.windows import at_rest, window_over
from ui.closing.form import CLOSE, SHARE
from ui.closing.page import MonthClosePage
from ui.first_start.opening import OpeningDialog
from ui.first_start.window import FirstStart
from ui.kit.button import Button, Segment, TabStrip, VerbButton
from ui.kit.dialog import Choice, MessageDialog
from ui.kit.look import UiContext
from ui.kit.workspace import Workspace

LEFT = Qt.MouseButton.LeftButton
FOREVER = 3_600_000


@pytest.fixture
def unsettled(monkeypatch: pytest.MonkeyPatch) -> None:
    """However slow the computer, what comes up in this test was seen too lately."""
    monkeypatch.setattr(Button, "SETTLES", FOREVER)


def second_click(widget: QWidget) -> None:
    """The second half of a double click, the first of which something else got."""
    at = QPointF(widget.rect().center())
    for kind in (QEvent.Type.MouseButtonDblClick, QEvent.Type.MouseButtonRelease):
        QApplication.sendEvent(
            widget,
            QMouseEvent(
                kind, at, widget.mapToGlobal(at), LEFT, LEFT, Qt.KeyboardModifier.NoModifier
            ),
        )


def count(button: QPushButton) -> list[bool]:
    clicks: list[bool] = []
    button.clicked.connect(lambda: clicks.append(True))
    return clicks


@pytest.mark.usefixtures("unsettled")
@pytest.mark.parametrize("kind", ["primary", "danger"])
def test_what_decides_is_deaf_while_it_is_new(ui: UiContext, qtbot: QtBot, kind: str) -> None:
    button = Button(ui, "Simpan", kind=kind)
    qtbot.addWidget(button)
    clicks = count(button)
    button.show()
    qtbot.mouseClick(button, LEFT)
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Return):
        qtbot.keyClick(button, key)
    assert clicks == []


def test_it_hears_once_it_has_been_seen(
    ui: UiContext, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Button, "SETTLES", 30)
    button = Button(ui, "Simpan", kind="primary")
    qtbot.addWidget(button)
    clicks = count(button)
    button.show()
    qtbot.waitUntil(lambda: not button.deaf)
    qtbot.mouseClick(button, LEFT)
    assert len(clicks) == 1


def test_a_double_click_ends_where_it_began(ui: UiContext, qtbot: QtBot) -> None:
    button = Button(ui, "Kembali")
    qtbot.addWidget(button)
    clicks = count(button)
    button.show()
    second_click(button)
    assert clicks == []
    qtbot.mouseClick(button, LEFT)
    second_click(button)
    assert len(clicks) == 2, "a fast hand on one button presses it twice"


@pytest.mark.usefixtures("unsettled")
def test_a_question_does_not_answer_itself(ui: UiContext, qtbot: QtBot) -> None:
    done: list[str] = []
    choices = (Choice("Batal"), Choice("Buang", act=lambda: done.append("x")))
    dialog = MessageDialog(ui, "Buang?", "Sungguh?", choices=choices)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.keyClick(dialog.focusWidget() or dialog, Qt.Key.Key_Return)
    for button in dialog.findChildren(Button):
        if button.text() == "Buang":
            qtbot.mouseClick(button, LEFT)
    assert done == []


@pytest.mark.usefixtures("unsettled")
def test_no_form_is_saved_by_what_opened_it(
    workspace: Workspace, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each form, filled in: every button of its window is pressed as soon as it is there."""
    every = EveryForm(workspace, qtbot)
    saved: list[str] = []
    for name in [form.name for form in forms()]:
        dialog = every.open(name, given_for(name))
        form = form_of(dialog)
        if form is None:
            dialog.close()
            continue
        monkeypatch.setattr(form, "save", lambda name=name, **_how: saved.append(name))
        for button in dialog.findChildren(Button):
            if button.isVisible() and button.isEnabled() and button.deaf:
                qtbot.mouseClick(button, LEFT)
        savers = [each for each in dialog.findChildren(Button) if each.isVisible() and each.deaf]
        assert savers, f"{name}: nothing in it decides"
        dialog.close()
        QApplication.processEvents()
    assert saved == []


def on_screen(widget: QWidget) -> QRect:
    return QRect(widget.mapToGlobal(QPoint(0, 0)), widget.size())


def test_what_closes_a_month_is_not_where_one_went_on(
    workspace: Workspace, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    moved = Transfer(date=date(2026, 7, 1), source="1101", to="1102", amount=5000)
    with qtbot.waitSignal(workspace.tasks.changed):
        workspace.tasks.record(moved, lambda _recorded: None)
    workspace.show_month("2026-07")
    window = window_over(workspace, qtbot, "close")
    page = window.page
    assert isinstance(page, MonthClosePage)
    assert page.form is not None
    form = page.form
    form.show_step(SHARE)
    QApplication.processEvents()
    with monkeypatch.context() as slow:
        slow.setattr(Button, "SETTLES", FOREVER)
        assert form.next_button.deaf
        assert form.back_button.deaf
    assert page.steps is not None
    went_on, back = on_screen(form.next_button), on_screen(form.back_button)
    form.show_step(CLOSE)
    at_rest(workspace, qtbot)
    QApplication.processEvents()
    assert form.close_button.isVisible()
    assert not on_screen(form.close_button).intersects(went_on)
    assert not on_screen(form.close_button).intersects(back)
    assert on_screen(form.back_button) == back, "what one pressed stays where it was"
    assert workspace.ui.formats.month(form.month) in form.close_button.text()
    steps = page.steps
    first = QPoint(steps.width() // 8, steps.height() // 2)
    qtbot.mouseClick(steps, LEFT, pos=first)
    assert form.step == 0, "a step that was seen can be clicked"
    qtbot.mouseClick(steps, LEFT, pos=QPoint(steps.width() - 20, steps.height() // 2))
    assert form.step == CLOSE or form.blocking


def test_a_double_click_on_next_goes_one_step(
    ui: UiContext, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is above the button is new to the eye, also where it stays in sight."""
    button = Button(ui, "Lanjut", kind="primary")
    qtbot.addWidget(button)
    clicks = count(button)
    button.clicked.connect(button.rest)
    button.show()
    monkeypatch.setattr(Button, "SETTLES", 0)  # it has been there for long
    qtbot.mouseClick(button, LEFT)
    monkeypatch.setattr(Button, "SETTLES", FOREVER)
    second_click(button)
    qtbot.mouseClick(button, LEFT)
    assert len(clicks) == 1


@pytest.mark.usefixtures("unsettled")
def test_steps_rest_after_each(workspace: Workspace, books: Books, qtbot: QtBot) -> None:
    """In every window of steps; and what records stands where nothing was pressed before."""
    first = FirstStart(workspace.ui, books, workspace.folders.data, QIcon())
    opening = OpeningDialog(workspace)
    for window, records in ((first, first.make_button), (opening, opening.save_button)):
        qtbot.addWidget(window)
        window.show()
        window.show_step(len(window.steps) - 2)
        QApplication.processEvents()
        assert window.next_button.deaf
        went_on = on_screen(window.next_button)
        window.show_step(len(window.steps) - 1)
        QApplication.processEvents()
        assert records.isVisible()
        assert not on_screen(records).intersects(went_on)
        window.next()  # by its keys, too early to be meant
        assert records.isEnabled(), "nothing is being recorded"


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
@pytest.mark.parametrize(
    "make",
    [
        lambda ui: Button(ui, "Lihat"),
        lambda ui: VerbButton(ui, "Jual", "basket", 1),
        lambda ui: Segment(ui, (("a", "A"), ("b", "B"))).buttons["b"],
    ],
    ids=["button", "verb", "segment"],
)
def test_enter_presses_a_button(
    ui: UiContext, qtbot: QtBot, make: Callable[[UiContext], QPushButton], key: Qt.Key
) -> None:
    button, ground = make(ui), QWidget()
    qtbot.addWidget(ground)
    QVBoxLayout(ground).addWidget(button)
    ground.show()
    clicks = count(button)
    qtbot.keyClick(button, key)
    assert len(clicks) == 1


def test_enter_chooses_a_tab(ui: UiContext, qtbot: QtBot) -> None:
    tabs = TabStrip(ui)
    qtbot.addWidget(tabs)
    tabs.add("a", "A")
    tabs.add("b", "B")
    tabs.show()
    qtbot.keyClick(tabs.tabs["b"], Qt.Key.Key_Return)
    assert tabs.current == "b"


def test_enter_on_save_saves(workspace: Workspace, qtbot: QtBot) -> None:
    """In a form's own window, where Enter in a field goes on to the next."""
    every = EveryForm(workspace, qtbot)
    dialog = every.open("transfer", {
        "date": date(2026, 7, 1).isoformat(), "from": "1101", "to": "1102", "amount": 5000,
    })  # fmt: skip
    form = form_of(dialog)
    assert form is not None
    with qtbot.waitSignal(form.saved):
        qtbot.keyClick(dialog.save_button, Qt.Key.Key_Return)
