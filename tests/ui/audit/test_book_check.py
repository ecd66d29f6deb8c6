"""The book is checked from Pemeriksaan, and what is wrong leads to its document."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from kwt_books.app import Books
from kwt_books.domain.chain import short_code
from kwt_books.services.integrity.entries import CHECKS
from tests.services.forging import tampered
from tests.ui.audit.hand import Part, Settle, head_of, texts
from ui.audit.verify import MEANS, VerifyPart
from ui.diary.page import JournalPage
from ui.kit.workspace import Workspace
from ui.shell.window import MainWindow


def test_every_check_is_explained() -> None:
    assert list(MEANS) == list(CHECKS)


def test_a_good_book_passes_every_check(
    window: MainWindow, part: Part[VerifyPart], qtbot: QtBot, workspace: Workspace, settle: Settle,
    books: Books, book_path: Path,
) -> None:  # fmt: skip
    page = part(window, "verify", VerifyPart)
    assert set(texts(page.table, 2)) == {page.t("Not checked yet")}
    qtbot.keyClick(page, Qt.Key.Key_F5)
    settle(workspace)
    assert page.checked is not None
    assert [each.passed for each in page.checked.outcomes] == [True] * len(CHECKS)
    assert set(texts(page.table, 2)) == {page.t("In order")}
    assert page.note.property("tone") == "good"
    assert short_code(head_of(books, book_path)) in page.note.text
    assert not page.show_button.isVisible()


def test_a_changed_amount_is_named_and_shown(
    book_path: Path, tmp_path: Path, desk_for: Callable[[Path], Workspace], settle: Settle,
    window_of: Callable[[Workspace], MainWindow], part: Part[VerifyPart], qtbot: QtBot,
) -> None:  # fmt: skip
    bad = tampered(
        book_path,
        tmp_path / "bad.kwt",
        "UPDATE posting SET amount = amount + 1 WHERE document ="
        " (SELECT sequence FROM document WHERE number = 'BKK-2606-0002')",
    )
    workspace = desk_for(bad)
    window = window_of(workspace)
    page = part(window, "verify", VerifyPart)
    page.run_button.click()
    settle(workspace)
    assert page.first_bad is not None
    assert page.first_bad.number == "BKK-2606-0002"
    assert page.note.property("tone") == "error"
    assert "BKK-2606-0002" in page.note.text
    failed = len(page.failures)
    assert texts(page.table, 2)[: failed + 1] == [page.t("WRONG")] * failed + [page.t("In order")]
    place = next(i for i, each in enumerate(page.failures) if each.number)
    where = page.table.visualRect(page.table.model().index(place, 0)).center()
    qtbot.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=where)
    qtbot.waitUntil(lambda: isinstance(window.page, JournalPage))
    journal = window.page
    assert isinstance(journal, JournalPage)
    qtbot.waitUntil(lambda: journal.document.story is not None)
    assert journal.document.story is not None
    assert journal.document.story.number == "BKK-2606-0002"


def test_leaving_while_the_book_is_checked_is_no_mistake(
    window: MainWindow, part: Part[VerifyPart], workspace: Workspace, settle: Settle
) -> None:
    """The window is built anew in another language, say."""
    page = part(window, "verify", VerifyPart)
    workspace.tasks.pause()
    page.run()
    delete(page)
    workspace.tasks.resume()
    settle(workspace)
