"""The settings in a real window: showing a part, opening a form, saving it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from kwt_books.queries.overview import SetupData
from ui.kit.document_form import SetupForm
from ui.kit.form import FormDialog
from ui.kit.workspace import Destination, Workspace
from ui.settings.page import SettingsPage
from ui.shell.window import MainWindow

P = TypeVar("P", bound=QWidget)


@pytest.fixture
def part(
    window: MainWindow, workspace: Workspace, settle: Callable[[Workspace], None]
) -> Callable[[str, type[P]], P]:
    """Shows a part of the settings."""

    def show(name: str, kind: type[P]) -> P:
        window.show_place(Destination("settings", name))
        settle(workspace)
        settings = window.page
        assert isinstance(settings, SettingsPage)
        found = settings.findChild(kind)
        assert found is not None
        assert found.isVisible()
        return found

    return show


@pytest.fixture
def form(
    window: MainWindow, workspace: Workspace, settle: Callable[[Workspace], None]
) -> Callable[..., SetupForm]:
    """Opens a form by its name."""

    def open_(name: str, **given: object) -> SetupForm:
        workspace.open_form(name, **given)
        settle(workspace)
        dialog = window.form(name)
        assert isinstance(dialog, FormDialog)
        found = dialog.form
        assert isinstance(found, SetupForm)
        return found

    return open_


@pytest.fixture
def saved(
    workspace: Workspace, qtbot: QtBot, settle: Callable[[Workspace], None]
) -> Callable[[SetupForm], SetupData]:
    """Saves a form; the set-up as it is then."""

    def save(form: SetupForm) -> SetupData:
        with qtbot.waitSignal(workspace.setup_changed):
            form.save()
        settle(workspace)
        assert workspace.setup is not None
        return workspace.setup

    return save
