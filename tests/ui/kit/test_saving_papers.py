"""A paper that is kept: where it is offered a place, what is said of it, what it never replaces."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtPrintSupport import QPrinterInfo
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from ui.kit import file_dialog, folders
from ui.kit.button import Button
from ui.kit.dialog import MessageDialog
from ui.kit.file_dialog import LastFolders, Use, ask_where
from ui.kit.look import UiContext
from ui.kit.preferences import Preferences
from ui.kit.printing import PaperDialog

PDF = b"%PDF-1.4 of a test"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The documents of a computer on which nothing was saved yet."""
    found = tmp_path / "Documents"
    found.mkdir()
    monkeypatch.setattr(file_dialog, "last_folders", LastFolders())
    monkeypatch.setattr(folders, "documents", lambda: found)
    return found


@pytest.fixture
def paper(ui: UiContext, qtbot: QtBot) -> PaperDialog:
    made = PaperDialog(ui, "BKK-2606-0011", PDF)
    qtbot.addWidget(made)
    made.show()
    return made


def choose(monkeypatch: pytest.MonkeyPatch, *chosen: Path) -> list[str]:
    """Answers the next questions for a place; what was offered."""
    offered: list[str] = []

    left = list(chosen)

    def ask(_parent: object, _title: str, proposed: str, _filter: str) -> tuple[str, str]:
        offered.append(proposed)
        return str(left.pop(0) if left else ""), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", ask)
    return offered


def test_it_begins_in_documents_and_goes_on_where_one_saved_last(
    paper: PaperDialog, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = tmp_path / "stik"
    elsewhere.mkdir()
    offered = choose(monkeypatch, elsewhere / "bukti", elsewhere / "lain")
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
    offered = choose(monkeypatch)
    paper.preview.print_out()
    said = paper.findChild(MessageDialog)
    assert said is not None
    last = said.findChildren(Button)[-1]
    last.click()
    assert offered == [str(home / "BKK-2606-0011.pdf")]


def test_a_name_without_ending_never_replaces_unasked(
    paper: PaperDialog, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The dialog asked about `bukti`, not about the `bukti.pdf` that would be written."""
    (home / "bukti.pdf").write_bytes(b"another paper")
    offered = choose(monkeypatch, home / "bukti")
    paper.choose_file()
    assert (home / "bukti.pdf").read_bytes() == b"another paper"
    assert offered[-1] == str(home / "bukti.pdf")


def test_the_last_folder_is_known_at_the_next_start(
    preferences: Preferences, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick = tmp_path / "stik"
    stick.mkdir()
    kinds = [(".pdf", "PDF (*.pdf)")]
    for _start in range(2):
        started = LastFolders()
        started.keep_in(preferences)
        monkeypatch.setattr(file_dialog, "last_folders", started)
        offered = choose(monkeypatch, stick / "a.pdf")
        ask_where(None, "", "a", kinds)
    assert offered == [str(stick / "a.pdf")]
    assert started.of(Use.RECEIPT) == home, "receipts have a folder of their own"


def test_a_folder_that_is_gone_is_not_offered(
    preferences: Preferences, home: Path, tmp_path: Path
) -> None:
    started = LastFolders()
    started.keep_in(preferences)
    started.note(Use.PAPER, tmp_path / "dicabut")
    assert started.of(Use.PAPER) == home


def test_without_documents_it_begins_in_the_users_own_folder(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home.rmdir()
    monkeypatch.setattr(Path, "home", lambda: home.parent)
    assert LastFolders().of(Use.PAPER) == home.parent
