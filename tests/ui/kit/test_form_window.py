"""The window around a form: its buttons, what they say, and how large it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.windows import at_rest, said
from ui.kit.form import FormDialog, opens
from ui.kit.look import UiContext
from ui.kit.scrolling import Scrolling
from ui.kit.workspace import Workspace
from ui.money.forms import TransferForm


@pytest.fixture
def ui(english: UiContext) -> UiContext:
    return english


@pytest.fixture
def window(workspace: Workspace, qtbot: QtBot) -> Callable[..., FormDialog]:
    def make(**about: Any) -> FormDialog:
        made = FormDialog(TransferForm(workspace, {}), "Move money", **about)
        qtbot.addWidget(made)
        with qtbot.waitActive(made):
            made.show()
        at_rest(workspace, qtbot)
        return made

    return make


@pytest.mark.parametrize("prints", [True, False])
@pytest.mark.parametrize("keeps", [True, False])
def test_one_button_is_the_first_to_press_and_each_tells_its_keys(
    window: Callable[..., FormDialog], prints: bool, keeps: bool
) -> None:
    shown = window(prints=prints, keeps=keeps)
    cancel, save, print_ = shown.cancel_button, shown.save_button, shown.print_button
    assert [each.property("scale") for each in (cancel, save, print_)] == ["large"] * 3
    kinds = ("quiet", "default" if prints else "primary", "primary")
    assert (cancel.property("kind"), save.property("kind"), print_.property("kind")) == kinds
    assert print_.isVisible() is prints
    told = "Close; your draft is kept" if keeps else "Cancel"
    assert (cancel.toolTip(), save.toolTip()) == (f"{told} (Esc)", "Save (Ctrl+S)")
    assert ("Not recorded yet" in said(shown)) is keeps
    order = [each for each in (cancel, save, print_) if each.isVisible()]
    assert [each.x() for each in order] == sorted(each.x() for each in order)
    assert all(each.geometry().right() < shown.width() for each in order)
    assert all(each.settles for each in (save, print_)), "they decide"
    assert not cancel.settles
    assert {"Move money"} <= {*said(shown), shown.windowTitle()}


def test_what_else_can_be_done_stands_before_saving(window: Callable[..., FormDialog]) -> None:
    shown, done = window(verb="Record it"), list[bool]()
    assert (shown.save_button.text(), shown.save_button.toolTip()) == (
        "Record it", "Record it (Ctrl+S)",
    )  # fmt: skip
    shown.offer("Do without", lambda: done.append(True))
    QApplication.processEvents()
    row = shown.save_button.parentWidget()
    assert row is not None
    buttons = sorted((each for each in row.children() if hasattr(each, "when_clicked")),
                     key=lambda each: each.x())  # fmt: skip
    assert [each.text() for each in buttons][:3] == ["Cancel", "Do without", "Record it"]
    buttons[1].click()
    assert done == [True]
    assert buttons[1].settles


def test_it_is_as_high_as_its_fields_and_grows_with_messages(
    window: Callable[..., FormDialog], ui: UiContext
) -> None:
    shown = window(width=560)
    assert shown.width() == ui.theme.px(560)
    assert window(width=700).width() == ui.theme.px(700)
    before = shown.height()
    grown = QLabel("more\n" * 6)
    shown.form.body.addWidget(grown)
    QApplication.processEvents()
    QApplication.processEvents()
    room = shown.screen().availableSize().height()
    assert before < shown.height() <= max(room, before)
    assert shown.frameGeometry().bottom() <= max(room, shown.height())


def test_it_grows_as_far_as_a_large_window_allows(
    window: Callable[..., FormDialog], around: QWidget
) -> None:
    around.resize(1_900, 1_048)
    shown = window()
    shown.setParent(around, shown.windowFlags())
    shown.show()
    for lines, bar in ((30, False), (90, True)):
        shown.form.body.addWidget(QLabel("more\n" * lines))
        for _ in range(3):
            QApplication.processEvents()
        assert shown.findChild(Scrolling).bar.isVisible() == bar
    assert shown.height() == 1_000


def test_a_form_is_opened_with_its_title_and_what_is_given(
    workspace: Workspace, qtbot: QtBot
) -> None:
    make = opens(TransferForm, "Move money", prints=False, keeps=False, width=640, verb="Note it")
    shown = make(workspace, {"amount": 5_000})
    qtbot.addWidget(shown)
    assert isinstance(shown, FormDialog)
    assert (shown.windowTitle(), shown.save_button.text()) == (
        workspace.ui.t("Move money"), workspace.ui.t("Note it"),
    )  # fmt: skip
    assert shown.print_button.isHidden()
    assert shown.width() == workspace.ui.theme.px(640)
    assert shown.form.fields["amount"].value() == 5_000
