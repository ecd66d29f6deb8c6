"""Pages that list things of one sort."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from kwt_books.i18n.catalogue import noop_plural
from ui.kit.list import ListRow, head_row
from ui.kit.list_page import ListPage
from ui.kit.table import Cell
from ui.kit.workspace import Workspace


class Names(ListPage[str]):
    """A list of names, which notes each row that it makes."""

    counts = noop_plural("{n} person", "{n} people")

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self.made: list[str] = []
        self.lay_out(head_row("Name"), self.search_box())

    def _row(self, each: str) -> ListRow:
        self.made.append(each)
        return ListRow(each, (Cell(each),))


def test_each_row_is_worded_once_while_one_searches(qtbot: QtBot, workspace: Workspace) -> None:
    page = Names(workspace)
    qtbot.addWidget(page)
    page.show_all(["Siti", "Wayan", "Sri"])
    assert page.foot.remark.text() == "3 orang"
    page.made.clear()
    for text in ("w", "wa"):
        page.seek.setText(text)
    assert page.made == ["Siti", "Wayan", "Sri"] * 2, "once for each letter typed"
    assert list(page.found) == ["Wayan"]
    assert page.foot.remark.text() == "1 orang"


def test_esc_clears_the_search_and_then_goes_to_the_rows(
    qtbot: QtBot, workspace: Workspace
) -> None:
    page = Names(workspace)
    qtbot.addWidget(page)
    page.show_all(["Siti", "Wayan", "Sri"])
    with qtbot.waitActive(page):
        page.show()
    page.seek.setFocus()
    qtbot.keyClicks(page.seek, "w")
    qtbot.keyClick(page.seek, Qt.Key.Key_Escape)
    assert page.seek.text() == ""
    assert page.seek.hasFocus()
    assert len(page.found) == len(page.things)
    for key in (Qt.Key.Key_Escape, Qt.Key.Key_Down, Qt.Key.Key_Return):
        page.seek.setFocus()
        qtbot.keyClick(page.seek, key)
        assert page.table.hasFocus()
        assert page.table.key == "Wayan", "the selection stays on what was found"


def test_esc_leaves_a_search_that_found_nothing_only_once_it_is_empty(
    qtbot: QtBot, workspace: Workspace
) -> None:
    page = Names(workspace)
    qtbot.addWidget(page)
    page.show_all(["Siti"])
    with qtbot.waitActive(page):
        page.show()
    page.seek.setFocus()
    qtbot.keyClicks(page.seek, "xyz")
    qtbot.keyClick(page.seek, Qt.Key.Key_Return)
    assert page.seek.hasFocus(), "there is no row to go to"
    qtbot.keyClick(page.seek, Qt.Key.Key_Escape)
    qtbot.keyClick(page.seek, Qt.Key.Key_Escape)
    assert page.table.hasFocus()
