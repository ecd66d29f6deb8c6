"""A paper that is kept: where it is offered a place, what is said of it, what it never replaces."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtPrintSupport import QPrinterInfo
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from ui.kit import folders
from ui.kit.button import Button
from ui.kit.dialog import MessageDialog
from ui.kit.look import UiContext
from ui.kit.printing import PaperDialog

PDF = b"%PDF-1.4 of a test"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The documents of a computer on which nothing was saved yet."""
    found = tmp_path / "Documents"
    found.mkdir()
    monkeypatch.setattr(folders, "_SAVED", [])
    monkeypatch.setattr(folders, "documents", lambda: found)
    return found


@pytest.fixture
def paper(ui: UiContext, qtbot: QtBot) -> PaperDialog:
    made = PaperDialog(ui, "BKK-2606-0011", PDF)
    qtbot.addWidget(made)
    made.show()
    return made


def choose(monkeypatch: pytest.MonkeyPatch, chosen: Path | None) -> list[str]:
    """Answers the next questions for a place; what was offered."""
    offered: list[str] = []

    def ask(_parent: object, _title: str, proposed: str, _filter: str) -> tuple[str, str]:
        offered.append(proposed)
        return str(chosen or ""), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", ask)
    return offered


def test_it_begins_in_documents_and_goes_on_where_one_saved_last(
    paper: PaperDialog, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = tmp_path / "stik"
    elsewhere.mkdir()
    offered = choose(monkeypatch, elsewhere / "bukti")
    paper.choose_file()
    assert (elsewhere / "bukti.pdf").read_bytes() == PDF, "the ending comes by itself"
    paper.choose_file()
    name = "BKK-2606-0011.pdf"
    assert offered == [str(home / name), str(elsewhere / name)]


def test_where_it_went_stays_and_can_be_opened(
    paper: PaperDialog, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Path] = []
    monkeypatch.setattr("ui.kit.printing.show_file", opened.append)
    assert paper.saved.isHidden()
    choose(monkeypatch, home / "bukti.pdf")
    paper.choose_file()
    assert paper.saved.isVisible()
    assert str(home) in paper.saved.text
    for button in paper.saved.findChildren(Button):
        button.click()
    assert opened == [home / "bukti.pdf", home]


def test_a_book_is_never_written_over(
    paper: PaperDialog, sample_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = home / "kas.pdf"
    book.write_bytes(sample_path.read_bytes())
    before = book.read_bytes()
    choose(monkeypatch, book)
    paper.choose_file()
    assert book.read_bytes() == before
    assert paper.saved.isHidden()
    assert paper.findChild(MessageDialog) is not None


def test_without_a_printer_it_says_so_and_offers_to_save(
    paper: PaperDialog, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", list)
    offered = choose(monkeypatch, None)
    paper.preview.print_out()
    said = paper.findChild(MessageDialog)
    assert said is not None
    last = said.findChildren(Button)[-1]
    last.click()
    assert offered == [str(home / "BKK-2606-0011.pdf")]
