"""The text that is sent in: it tells of the computer, tries the program, and names nobody."""

from __future__ import annotations

import os
import re
import struct
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QStorageInfo, qVersion
from PySide6.QtGui import QPageSize

from kwt_books import __version__
from kwt_books.app import Books
from kwt_books.book import Book
from kwt_books.domain.errors import StorageError
from kwt_books.store.driver import sqlite3
from tests import ROOT
from ui.kit.folders import Folders
from ui.kit.preferences import Preferences
from ui.shell import self_check as checked
from ui.shell import start
from ui.shell.self_check import passed, self_check
from ui.shell.start import check_itself


@pytest.mark.usefixtures("theme")
def test_it_tells_of_the_computer_and_tries_the_program(
    books: Books, folders: Folders, preferences: Preferences, book_path: Path,
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path,
) -> None:  # fmt: skip
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    preferences.remember(book_path)
    text = self_check(books, folders, preferences)
    assert passed(text), text
    told = (__version__, sqlite3.sqlite_version, qVersion(), "dpi", "QLineEdit: ", "documents: ",
            "verified", "backed up", "printed to PDF", "encrypted, and opened", "libpq ",
            "passwords: ")  # fmt: skip
    for each in told:
        assert each in text
    assert " -1 MB" not in text, "a folder that isn't made yet lies on a disk that is there"
    assert str(tmp_path) not in text
    assert book_path.stem not in text, "what a book is called may be somebody's name"


@pytest.mark.usefixtures("theme")
def test_what_goes_wrong_is_told_and_the_rest_follows(
    books: Books, folders: Folders, preferences: Preferences, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: object) -> None:
        raise StorageError("disk-full")

    monkeypatch.setattr(Book, "back_up", full)
    text = self_check(books, folders, preferences)
    assert not passed(text)
    assert "FAILED StorageError: ('disk-full', {})" in text
    assert "verified" in text


@pytest.mark.parametrize(
    ("key", "told"),
    [(None, "never, for no key is known"), (b"\xab" * 32, "where the key abababababababab signed")],
)
def test_it_tells_whose_setups_are_offered(
    monkeypatch: pytest.MonkeyPatch, key: bytes | None, told: str
) -> None:
    monkeypatch.setattr(checked, "known_key", lambda: key)
    assert f"newer setups are offered {told}" in "\n".join(checked.of_program())


@pytest.mark.parametrize(("there", "told"), [(True, "from source"), (False, "as a package")])
def test_it_tells_where_the_program_came_from(
    monkeypatch: pytest.MonkeyPatch, there: bool, told: str
) -> None:
    monkeypatch.setattr(checked, "is_checkout", lambda: there)
    assert next(checked.of_program()).endswith(told)


def test_a_book_that_lies_deep_in_folders_is_asked_by_the_path_that_reaches_it(
    book_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On Windows a path of more than 260 signs needs a form of its own."""
    deep = tmp_path / "deep" / book_path.name
    forms = {deep: book_path, deep.parent: book_path.parent}
    monkeypatch.setattr(checked, "reachable", lambda path: forms.get(path, path))
    (told,) = checked.of_books(SimpleNamespace(recent=[deep]))  # type: ignore[arg-type]
    assert told.startswith("1: ")
    assert "not made yet" not in told


def test_a_disk_of_which_the_system_tells_nothing_has_no_sizes(
    folders: Folders, preferences: Preferences, book_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checked, "QStorageInfo", lambda path: QStorageInfo())
    preferences.remember(book_path)
    told = list(checked.of_books(preferences))
    assert len(told) == 1
    assert told[0].endswith(" KB (nothing is known of its disk)")
    assert not any(" MB" in each for each in [*checked.of_folders(folders)][:6])


@pytest.mark.parametrize(("size", "told"), [(0, "has no signature"), (9_496, "bears a signature")])
def test_a_built_program_tells_whether_it_was_signed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int, told: str
) -> None:
    """The places of the numbers are those of Microsoft's description of programs (PE32+)."""
    of_one, of_another, head = b"\x11" * 8, b"\x22" * 8, 0x80
    tables = [of_one] * 4 + [struct.pack("<II", 0x3C00, size)] + [of_another] * 11
    before = b"MZ".ljust(0x3C, b"\0") + struct.pack("<I", head)
    optional = struct.pack("<H", 0x20B).ljust(112, b"\0")
    written = before.ljust(head, b"\0") + b"PE\0\0" + bytes(20) + optional + b"".join(tables)
    program = tmp_path / "kwt-books.exe"
    program.write_bytes(written)
    monkeypatch.setattr(sys, "executable", str(program))
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert f"this program {told} for Windows" in list(checked.of_program())


class Printer:
    """Stands for a printer of the computer."""

    def __init__(self, model: str, name: str, usual: bool, *papers: str) -> None:
        self._about, self._usual, self._papers = (model, name), usual, papers

    def makeAndModel(self) -> str:  # noqa: N802 - Qt's name
        return self._about[0]

    def printerName(self) -> str:  # noqa: N802 - Qt's name
        return self._about[1]

    def isDefault(self) -> bool:  # noqa: N802 - Qt's name
        return self._usual

    def supportedPageSizes(self) -> list[QPageSize]:  # noqa: N802 - Qt's name
        return [QPageSize(QPageSize.PageSizeId[each]) for each in self._papers]


@pytest.mark.parametrize(
    ("printers", "told"),
    [([], ["none"]),
     ([Printer("Epson L3110", "Siti", True, "A4", "A5"), Printer("", "Office", False, "A4")],
      ["Epson L3110, the usual one: A4, A5", "Office: A4"])],
)  # fmt: skip
def test_printers_are_told_by_their_model(
    monkeypatch: pytest.MonkeyPatch, printers: list[Printer], told: list[str]
) -> None:
    monkeypatch.setattr("PySide6.QtPrintSupport.QPrinterInfo.availablePrinters", lambda: printers)
    assert list(checked.of_printers()) == told


@pytest.mark.parametrize("passes", [True, False])
def test_its_exit_code_tells_whether_all_went_well(
    books: Books, folders: Folders, preferences: Preferences, tmp_path: Path, passes: bool,
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    dressed: list[tuple[object, int]] = []
    preferences.text_percent = 125
    look = SimpleNamespace(use=lambda mode, percent: dressed.append((mode, percent)))
    monkeypatch.setattr(start, "own_folders", lambda: folders)
    monkeypatch.setattr(start, "Preferences", lambda _settings: preferences)
    monkeypatch.setattr(start, "Theme", lambda *_: look)
    monkeypatch.setattr("ui.kit.folders.documents", lambda: tmp_path / "Dokumen")
    monkeypatch.setattr(checked, "self_check", lambda *_: "é")
    monkeypatch.setattr(checked, "passed", lambda text: passes and text == "é")
    path = tmp_path / "Dokumen" / "KWT-Books-self-check.txt"
    assert check_itself(books, None) == (0 if passes else 1)
    assert path.read_text(encoding="utf-8") == "é"
    assert capsys.readouterr().out == f"{path}\n"
    assert dressed == [(preferences.mode, 125)], "letters are measured as they are seen"
    monkeypatch.setattr(sys, "stdout", None)  # a program with windows alone
    check_itself(books, tmp_path / "there.txt")
    assert (tmp_path / "there.txt").exists()


def test_it_is_one_command_also_without_a_screen(tmp_path: Path) -> None:
    out = tmp_path / "periksa.txt"
    without = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
    given = {key: value for key, value in os.environ.items() if key not in without}
    done = subprocess.run(
        [sys.executable, ROOT / "main.py", "--self-check", out],
        env=given | {"XDG_CACHE_HOME": str(tmp_path / "cache")}, capture_output=True, check=True,
    )  # fmt: skip
    assert done.stdout.decode().strip() == str(out)
    text = out.read_text(encoding="utf-8")
    assert passed(text)
    letters = re.findall(r"^  (?:Q[A-Z]\w+|tooltips): (.+)$", text, re.MULTILINE)
    assert len(letters) == 7
    assert set(letters) == {"Inter 14 px"}, "Windows has others for menus, lists and tooltips"
