"""The window with Buku Harian in front."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.diary.hand import page_of
from ui.diary.document import PhotoDialog
from ui.diary.page import JournalPage
from ui.kit.form import FormDialog
from ui.kit.printing import PaperDialog
from ui.shell.window import MainWindow


@pytest.fixture
def in_front() -> str:
    return "journal"


@pytest.fixture
def page(window: MainWindow) -> JournalPage:
    return page_of(window)


@pytest.fixture
def opened(page: JournalPage, qtbot: QtBot) -> Callable[[str], JournalPage]:
    """Opens a document and waits for its story."""

    def show(number: str) -> JournalPage:
        page.workspace.go("journal", number)

        def there() -> bool:
            story = page.document.story
            return story is not None and story.number == number

        qtbot.waitUntil(there)
        return page

    return show


@pytest.fixture(autouse=True)
def closed_dialogs() -> Iterator[None]:
    yield
    for each in QApplication.topLevelWidgets():
        if isinstance(each, PaperDialog | PhotoDialog | FormDialog):
            each.close()
