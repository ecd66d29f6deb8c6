"""The first Friday's sheet before it is recorded, and sheets over the whole sample."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from kwt_books.app import Books
from tests.ui.sample_parts import book_before
from tests.ui.selling.hand import ALT, Settle
from ui.kit.workspace import Workspace
from ui.selling.market_day import MarketDayForm
from ui.selling.page import FormPart
from ui.shell.window import MainWindow


@pytest.fixture
def friday(books: Books, sample_stream: Path, tmp_path: Path) -> Path:
    """The sample as it stood when the first Friday was to be recorded."""
    path = tmp_path / "friday.kwt"
    book_before(books, sample_stream, path, lambda line: line["kind"] == "market_day")
    return path


@pytest.fixture
def beneath(desk_for: Callable[[Path], Workspace], friday: Path) -> Workspace:
    return desk_for(friday)


@pytest.fixture
def form(window: MainWindow, qtbot: QtBot, settle: Settle) -> MarketDayForm:
    """The page of the Friday outlet, come to with its key."""
    qtbot.keyClick(window, Qt.Key.Key_1, ALT)
    settle(window.workspace)
    shown = window.findChild(FormPart)
    assert shown is not None
    found = shown.form
    assert isinstance(found, MarketDayForm)
    return found


@pytest.fixture
def full(
    workspace: Workspace, qtbot: QtBot, settle: Settle
) -> Callable[[dict[str, object]], MarketDayForm]:
    """Sheets over the whole sample month."""

    def make(given: dict[str, object]) -> MarketDayForm:
        made = MarketDayForm(workspace, given)
        qtbot.addWidget(made)
        made.reload()
        settle(workspace)
        return made

    return make
