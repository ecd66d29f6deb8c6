"""What a hand does in Pemeriksaan, and what it sees there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtWidgets import QApplication, QDialog

from kwt_books.app import Books
from kwt_books.domain.documents.money import Transfer
from kwt_books.reports.context import Parameters
from ui.audit.room import AuditPart
from ui.kit.list import ListTable
from ui.kit.printing import PaperDialog, PaperWriter
from ui.kit.workspace import Workspace
from ui.shell.window import MainWindow

P = TypeVar("P", bound=AuditPart)
D = TypeVar("D", bound=QDialog)
Settle = Callable[[Workspace], None]
LATER = Transfer(
    id="after-the-paper", date=date(2026, 7, 1), source="1101", to="1103", amount=25_000
)
Part = Callable[[MainWindow, str, type[P]], P]


def opened(kind: type[D]) -> D:
    shown = [each for each in QApplication.topLevelWidgets() if isinstance(each, kind)]
    assert len(shown) == 1
    return shown[0]


def texts(table: ListTable, column: int) -> list[str]:
    model = table.model()
    return [str(model.index(row, column).data()) for row in range(model.rowCount())]


def head_of(books: Books, path: Path) -> str:
    book = books.open(path, read_only=True)
    try:
        return book.pack("trial-balance", Parameters(), "id").imprint.head
    finally:
        book.close()


def record(workspace: Workspace, settle: Settle) -> None:
    workspace.tasks.record(LATER, lambda _found: None)
    settle(workspace)


def kept_table(
    paper: PaperDialog, writer: PaperWriter, workspace: Workspace, settle: Settle, folder: Path
) -> list[str]:
    """The lines of the table that the window of a paper keeps."""
    out = folder / "tabel.csv"
    with pytest.MonkeyPatch.context() as patched:
        chosen = (str(out), "")
        patched.setattr("ui.kit.file_dialog.QFileDialog.getSaveFileName", lambda *_a, **_k: chosen)
        paper.table.click()
    settle(workspace)
    paper.close()
    assert not writer.busy
    return out.read_text(encoding="utf-8").splitlines()[1:]
