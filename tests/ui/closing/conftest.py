"""Books whose June is still open, and Tutup Bulan over them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from kwt_books.app import Books
from tests.books import book_at
from tests.ui.closing.hand import Make, Open
from tests.ui.sample_parts import lines_of
from tests.ui.windows import window_over
from ui.closing.page import MonthClosePage
from ui.kit.workspace import Workspace


@pytest.fixture
def book_without(books: Books, sample_stream: Path, tmp_path: Path) -> Make:
    """A book of the sample without documents of some kinds, and with lines of one's own."""

    def make(*kinds: str, more: tuple[dict[str, Any], ...] = ()) -> Path:
        lines = [line for line in lines_of(sample_stream) if line["kind"] not in kinds]
        return book_at(books, tmp_path / "open.kwt", (*lines, *more))

    return make


@pytest.fixture
def open_page(desk_for: Callable[[Path], Workspace], qtbot: QtBot) -> Open:
    def make(path: Path) -> MonthClosePage:
        page = window_over(desk_for(path), qtbot, "close").page
        assert isinstance(page, MonthClosePage)
        return page

    return make
