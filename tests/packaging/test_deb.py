"""What Debian's package holds, and what it says of itself."""

from __future__ import annotations

import ast
import configparser
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from deb import FOLDER, NAME, copy_packages, copy_program, kinds_of_books, write_control
from deb_contents import belongs
from places import HERE, version
from system_packages import QT_LIBRARIES

from kwt_books.i18n.catalogue import COMMAND

LINUX = HERE / "linux"


@pytest.mark.parametrize(
    "name",
    [
        "PySide6/Qt/lib/libQt6XcbQpa.so.6",
        "PySide6/Qt/lib/libicudata.so.73",
        "PySide6/Qt/plugins/platforms/libqxcb.so",
        "PySide6/QtWidgets.abi3.so",
        "PySide6/libpyside6.abi3.so.6.12",
        "PySide6/__init__.py",
        "shiboken6/Shiboken.abi3.so",
        "qtawesome/fonts/phosphor-1.3.0.ttf",
        "reportlab-5.1.0.dist-info/licenses/LICENSE",
        "psycopg/pq/pq_ctypes.py",
    ],
)
def test_what_is_used_goes_in(name: str) -> None:
    assert belongs(name)


@pytest.mark.parametrize(
    "name",
    [
        "PySide6/Qt/lib/libQt6Quick.so.6",
        "PySide6/Qt/qml/QtQuick/qmldir",
        "PySide6/Qt/plugins/platforms/libqvnc.so",
        "PySide6/QtQuick.abi3.so",
        "PySide6/libpyside6qml.abi3.so.6.12",
        "PySide6/QtCore.pyi",
        "PySide6/designer",
        "qtawesome/fonts/fontawesome5-solid-webfont-5.15.4.ttf",
        "bin/alembic",
        "psycopg_binary/pq.cpython-313-x86_64-linux-gnu.so",
        "psycopg_binary.libs/libpq-e9b5c9ac.so.5.18",
        "requirements.txt",
    ],
)
def test_what_is_not_used_stays_out(name: str) -> None:
    assert not belongs(name)


def test_packages_and_program_lie_in_one_folder(tmp_path: Path) -> None:
    packages, folder = tmp_path / "packages", tmp_path / "tree"
    for name in ("typer/__init__.py", "bin/typer"):
        (packages / name).parent.mkdir(parents=True)
        (packages / name).touch()
    copy_packages(packages, folder)
    copy_program(folder)
    for name in ("typer/__init__.py", "kwt_books/__main__.py", "kwt_books/resources/accounts.csv",
                 "kwt_books/desktop/ui/shell/start.py"):  # fmt: skip
        assert (folder / name).is_file(), name
    assert not (folder / "bin").exists()
    assert not [*folder.rglob("__pycache__")]


def test_it_asks_for_its_python_and_the_systems_libraries(tmp_path: Path) -> None:
    write_control(tmp_path, "python3.13", "amd64")
    text = (tmp_path / "DEBIAN" / "control").read_text(encoding="utf-8")
    fields = dict(line.split(": ", 1) for line in text.splitlines() if line[0] != " ")
    assert (fields["Package"], fields["Version"]) == (NAME, version())
    assert {"python3.13", "libpq5", *QT_LIBRARIES.values()} == set(fields["Depends"].split(", "))


def test_a_double_click_on_a_book_finds_the_command() -> None:
    entry = configparser.ConfigParser(interpolation=None)
    entry.optionxform = str  # type: ignore[assignment, method-assign]
    entry.read(LINUX / "kwt-books.desktop", encoding="utf-8")
    told = entry["Desktop Entry"]
    assert told["Exec"] == f"{COMMAND} %f"
    kind = ET.parse(LINUX / "kwt-books.xml").getroot()[0]
    assert told["MimeType"] == f"{kind.attrib['type']};"
    (ending,) = [each for each in kind if each.tag.endswith("glob")]
    assert ending.attrib["pattern"] == "*.kwt"
    assert int(ending.attrib["weight"]) > 50, (
        "KWord's templates end likewise, with the usual weight"
    )


@pytest.mark.parametrize(("weight", "kinds"), [(60, {"ours"}), (50, {"ours", "x-kword"})])
def test_of_two_kinds_the_heavier_is_what_a_book_is_taken_for(
    tmp_path: Path, weight: int, kinds: set[str]
) -> None:
    listed = tmp_path / "usr" / "share" / "mime" / "globs2"
    listed.parent.mkdir(parents=True)
    lines = ("# a word", "80:text:*.txt", "50:x-kword:*.kwt", f"{weight}:ours:*.kwt")
    listed.write_text("\n".join(lines), encoding="utf-8")
    assert kinds_of_books(tmp_path) == kinds


def test_the_command_starts_what_lies_in_the_packages_folder() -> None:
    text = (LINUX / COMMAND).read_text(encoding="utf-8").format(python="python3.13", folder=FOLDER)
    assert text.startswith("#!/usr/bin/python3.13 -I\n")
    assert f'sys.path.insert(0, "{FOLDER}")' in text
    ast.parse(text)
