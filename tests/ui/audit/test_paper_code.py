"""A printed paper is laid beside the book."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from kwt_books.app import Books
from kwt_books.domain.chain import short_code
from kwt_books.reports.context import Parameters
from kwt_books.services.audit.paper_check import Verdict
from tests.ui.audit.hand import LATER, Part, Settle, head_of, record
from ui.audit.paper import PaperPart
from ui.kit.workspace import Workspace
from ui.shell.window import MainWindow


def test_a_paper_printed_before_is_found_with_its_figures_then_and_now(
    window: MainWindow, part: Part[PaperPart], workspace: Workspace, settle: Settle, books: Books,
    book_path: Path, qtbot: QtBot,
) -> None:  # fmt: skip
    code = f"KWT:{short_code(head_of(books, book_path))}"
    page = part(window, "paper", PaperPart)
    qtbot.keyClicks(page.code, code)
    qtbot.keyClick(page.code, Qt.Key.Key_Return)
    settle(workspace)
    assert page.compared is not None
    assert page.compared.verdict is Verdict.CONTAINED
    assert all(row.cells[4] == 0 for row in page.compared.figures)
    assert page.compared.since == ()
    record(workspace, settle)
    page.step_month(1)
    settle(workspace)
    assert [row.cells[3] for row in page.compared.since] == [LATER.amount]
    changed = {row.code: row.cells[4] for row in page.compared.figures if row.cells[4]}
    assert changed == {"1101": -LATER.amount, "1103": LATER.amount}
    assert page.note.property("tone") == "good"
    page.since.select(0)
    qtbot.keyClick(page.since, Qt.Key.Key_Return)
    assert window.place == "journal"


def test_a_papers_file_tells_its_code(
    window: MainWindow, part: Part[PaperPart], workspace: Workspace, settle: Settle, books: Books,
    book_path: Path, tmp_path: Path,
) -> None:  # fmt: skip
    book = books.open(book_path, read_only=True)
    paper = tmp_path / "neraca.pdf"
    books.write(book.pack("position", Parameters(month="2026-06"), "id"), "pdf", paper)
    book.close()
    page = part(window, "paper", PaperPart)
    page.open_file(paper)
    settle(workspace)
    assert page.compared is not None
    assert page.compared.verdict is Verdict.CONTAINED
