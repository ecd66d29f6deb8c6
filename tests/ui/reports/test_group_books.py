"""What is asked of programmes, members and the group's own books: which one, filled or blank."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from kwt_books.app import Books
from kwt_books.reports.model import RowKind
from kwt_books.reports.packs import Proofs
from tests.books import book_at
from tests.conftest import DATA
from tests.ui.windows import window_over
from ui.kit.workspace import Workspace
from ui.reports.page import ReportsPage

Go = Callable[[str], None]


@pytest.fixture
def workspace(desk_for: Callable[[Path], Workspace], books: Books, tmp_path: Path) -> Workspace:
    """Two months with programmes, dues and registers."""
    lines = (DATA / "edisi-2.jsonl").read_text("utf-8").splitlines()
    made = desk_for(book_at(books, tmp_path / "edisi-2.kwt", lines))
    made.show_month("2026-12")
    return made


@pytest.fixture
def page(workspace: Workspace, qtbot: QtBot) -> ReportsPage:
    found = window_over(workspace, qtbot, "reports").page
    assert isinstance(found, ReportsPage)
    return found


def test_one_programme_or_all(page: ReportsPage, go: Go, settle: Callable[..., None]) -> None:
    go("programme")
    assert page.report is not None
    sections = [row.code for row in page.report.rows if row.kind is RowKind.SECTION]
    assert sorted(page.asked.picker("programme").codes) == sorted(map(str, sections))
    assert len(sections) == 2
    page.asked.picker("programme").set_value("p2l")
    settle(page.workspace)
    assert page.report is not None
    assert [r.code for r in page.report.rows if r.kind is RowKind.SECTION] == ["p2l"]
    assert page.report.parameters["programme"] == "p2l"
    page.asked.check("proofs").setChecked(True)
    settle(page.workspace)
    assert isinstance(page.paper().on_paper[-1], Proofs)
