"""Books whose June is still open, and Tutup Bulan over them."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QIcon
from pytestqt.qtbot import QtBot

from kwt_books.app import Books
from tests.ui.month_close.hand import Make, Open, Settle
from tests.ui.sample_parts import lines_of
from ui.desk import Desk, Destination
from ui.main_window import MainWindow
from ui.pages.month_close import MonthClosePage


@pytest.fixture
def book_without(books: Books, sample_stream: Path, tmp_path: Path) -> Make:
    """A book of the sample without documents of some kinds, and with lines of one's own."""

    def make(*kinds: str, more: tuple[dict[str, Any], ...] = ()) -> Path:
        path = tmp_path / "open.kwt"
        lines = [line for line in lines_of(sample_stream) if line["kind"] not in kinds]
        texts = "\n".join(json.dumps(line) for line in (*lines, *more))
        books.import_stream(path, io.BytesIO(texts.encode()))
        return path

    return make


@pytest.fixture
def open_page(desk_for: Callable[[Path], Desk], qtbot: QtBot, settle: Settle) -> Open:
    def make(path: Path) -> MonthClosePage:
        desk = desk_for(path)
        window = MainWindow(desk, QIcon())
        qtbot.addWidget(window)
        desk.learn_setup()
        window.show_place(Destination("close"))
        with qtbot.waitActive(window):
            window.show()
        settle(desk)
        assert isinstance(window.page, MonthClosePage)
        return window.page

    return make
