"""The window with Buku Harian in front."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.journal.hand import page_of
from tests.ui.windows import window_over
from ui.desk import Desk
from ui.forms.dialog import FormDialog
from ui.main_window import MainWindow
from ui.pages.document_attached import PhotoDialog
from ui.pages.journal import JournalPage
from ui.papers import PaperDialog


@pytest.fixture
def window(desk: Desk, qtbot: QtBot) -> MainWindow:
    return window_over(desk, qtbot, "journal")


@pytest.fixture
def page(window: MainWindow) -> JournalPage:
    return page_of(window)


@pytest.fixture
def opened(page: JournalPage, qtbot: QtBot) -> Callable[[str], JournalPage]:
    """Opens a document and waits for its story."""

    def show(number: str) -> JournalPage:
        page.desk.go("journal", number)

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
