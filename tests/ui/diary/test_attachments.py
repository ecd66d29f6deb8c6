"""Photos and notas are attached to a document; not by the auditor."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDropEvent, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kwt_books.app import Books
from kwt_books.domain.access import Person, Role
from tests.ui.diary.hand import SHOWN, page_of
from tests.ui.windows import window_over
from ui.diary.document import AttachedPart, PhotoDialog
from ui.diary.page import EVENT, JournalPage
from ui.kit.workspace import Workspace


def drop(page: JournalPage, *paths: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    how = (
        Qt.DropAction.CopyAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    # Without a drag that Qt itself has begun, a drop comes in by the filter alone.
    page.document.drop.eventFilter(page.document, QDropEvent(QPointF(50, 50), *how))


def test_a_photo_dropped_is_attached_and_can_be_looked_at(
    opened: Callable[[str], JournalPage], workspace: Workspace, qtbot: QtBot, tmp_path: Path
) -> None:
    photo, nota = tmp_path / "nota.png", tmp_path / "kuitansi.pdf"
    image = QImage(40, 60, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    image.save(str(photo))
    nota.write_bytes(b"%PDF-1.4\n%%EOF\n")
    page = opened(SHOWN)
    drop(page, photo, nota)
    qtbot.waitUntil(lambda: len(page.document.story.attached) == 2)  # type: ignore[union-attr]
    row = page.model.row_of(SHOWN)
    qtbot.waitUntil(lambda: page.model.lines[row].attachments == 2)  # type: ignore[index]
    cell = page.model.cell(row, EVENT)  # type: ignore[arg-type]
    assert (cell.icon, cell.icon_says) == ("paperclip", "2 lampiran")
    (part,) = page.document.findChildren(AttachedPart)
    first = page.document.story.attached[0]  # type: ignore[union-attr]
    part.open(first)

    def photos() -> list[PhotoDialog]:
        return [w for w in QApplication.topLevelWidgets() if isinstance(w, PhotoDialog)]

    qtbot.waitUntil(lambda: bool(photos()))
    assert photos()[0].photo.size() == image.size()


def test_what_cannot_be_attached_is_said(
    opened: Callable[[str], JournalPage], workspace: Workspace, qtbot: QtBot, tmp_path: Path
) -> None:
    other = tmp_path / "catatan.txt"
    other.write_text("bukan foto", encoding="utf-8")
    page = opened(SHOWN)
    with qtbot.waitSignal(workspace.said):
        drop(page, other)
    qtbot.waitUntil(lambda: not workspace.tasks.busy)
    assert page.document.story.attached == ()  # type: ignore[union-attr]


@pytest.fixture
def auditor(books: Books) -> Person:
    return replace(books.person, role=Role.AUDITOR)


def test_the_auditor_looks_and_changes_nothing(
    desk_for: Callable[[Path], Workspace],
    book_path: Path,
    auditor: Person,
    qtbot: QtBot,
    tmp_path: Path,
) -> None:
    workspace = desk_for(book_path)
    workspace.person = auditor
    page = page_of(window_over(workspace, qtbot, "journal"))
    page.open(SHOWN)
    qtbot.waitUntil(lambda: page.document.story is not None and page.document.story.number == SHOWN)
    assert page.document.correct_button is None
    assert page.document.drop.text == ""
    page.document.correct()
    photo = tmp_path / "nota.png"
    QImage(4, 4, QImage.Format.Format_RGB32).save(str(photo))
    drop(page, photo)
    qtbot.waitUntil(lambda: not workspace.tasks.busy)
    assert page.document.story.attached == ()  # type: ignore[union-attr]
