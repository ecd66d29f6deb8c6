"""Books that fill themselves, while there is nothing in them yet."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from kwt_books.app import Books
from tests.ui.windows import at_rest, paper_shown, window_over
from ui.kit.button import Button
from ui.kit.workspace import Workspace
from ui.registers.book_part import BookPart
from ui.registers.kept import InventoryPart, MembersPart, OfficersPart


@pytest.mark.parametrize(
    ("name", "kind", "form"),
    [
        ("members", MembersPart, "party"),
        ("officers", OfficersPart, "group"),
        ("inventory", InventoryPart, "asset_acquisition"),
    ],
)
def test_an_empty_book_says_how_it_begins_and_is_printed_blank(
    books: Books,
    desk_for: Callable[[Path], Workspace],
    qtbot: QtBot,
    tmp_path: Path,
    name: str,
    kind: type[BookPart[object]],
    form: str,
) -> None:
    path = tmp_path / "baru.kwt"
    books.create(path).close()
    workspace = desk_for(path)
    window = window_over(workspace, qtbot, "registers", name)
    at_rest(workspace, qtbot)
    assert window.page is not None
    part = window.page.findChild(kind)
    assert part is not None
    assert part.empty.isVisible()
    assert not part.card.isVisible()
    begins, blank = (each for each in part.empty.findChildren(Button))
    qtbot.mouseClick(begins, Qt.MouseButton.LeftButton)
    at_rest(workspace, qtbot)
    opened = window.form(form)
    assert opened is not None
    opened.reject()
    qtbot.mouseClick(blank, Qt.MouseButton.LeftButton)
    paper_shown(qtbot).close()
