"""The settings in a real window: showing a part, opening a form, saving it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from kwt_books.queries.overview import SetupData
from tests.ui.windows import window_over
from ui.desk import Desk, Destination
from ui.forms.dialog import FormDialog
from ui.forms.setup_form import SetupForm
from ui.main_window import MainWindow
from ui.pages.settings import SettingsPage

P = TypeVar("P", bound=QWidget)


@pytest.fixture
def window(desk: Desk, qtbot: QtBot) -> MainWindow:
    return window_over(desk, qtbot)


@pytest.fixture
def part(
    window: MainWindow, desk: Desk, settle: Callable[[Desk], None]
) -> Callable[[str, type[P]], P]:
    """Shows a part of the settings."""

    def show(name: str, kind: type[P]) -> P:
        window.show_place(Destination("settings", name))
        settle(desk)
        settings = window.page
        assert isinstance(settings, SettingsPage)
        found = settings._stack.currentWidget()
        assert isinstance(found, kind)
        assert found.isVisible()
        return found

    return show


@pytest.fixture
def form(
    window: MainWindow, desk: Desk, settle: Callable[[Desk], None]
) -> Callable[..., SetupForm]:
    """Opens a form by its name."""

    def open_(name: str, **given: object) -> SetupForm:
        desk.open_form(name, **given)
        settle(desk)
        dialog = window.form(name)
        assert isinstance(dialog, FormDialog)
        found = dialog.form
        assert isinstance(found, SetupForm)
        return found

    return open_


@pytest.fixture
def saved(
    desk: Desk, qtbot: QtBot, settle: Callable[[Desk], None]
) -> Callable[[SetupForm], SetupData]:
    """Saves a form; the set-up as it is then."""

    def save(form: SetupForm) -> SetupData:
        with qtbot.waitSignal(desk.setup_changed):
            form.save()
        settle(desk)
        assert desk.setup is not None
        return desk.setup

    return save
