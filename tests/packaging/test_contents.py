"""What goes into the program's folder, and what is removed with it."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from bundle_contents import EXCLUDED_MODULES, belongs, modules_below
from installer import removal_of
from PIL import Image
from places import ICON, IDENTITY, MANIFEST, four_numbers, version
from windows_python import check_digest

from kwt_books import __version__
from ui.shell import system_integration


def test_shortcuts_and_program_share_an_identity() -> None:
    assert system_integration.IDENTITY == IDENTITY


@pytest.mark.parametrize(
    "name",
    [
        "PySide6/Qt6Core.dll",
        "PySide6\\plugins\\platforms\\qwindows.dll",
        "PySide6/QtWidgets.pyd",
        "qtawesome/fonts/phosphor-1.3.0.ttf",
        "resources/accounts.csv",
        "sqlcipher3/_sqlite3.cp313-win_amd64.pyd",
    ],
)
def test_what_is_used_goes_in(name: str) -> None:
    assert belongs(name)


@pytest.mark.parametrize(
    "name",
    [
        "PySide6/opengl32sw.dll",
        "PySide6\\Qt6Quick.dll",
        "PySide6/plugins/platforms/qminimal.dll",
        "PySide6/translations/qtbase_de.qm",
        "qtawesome/fonts/fontawesome5-solid-webfont-5.15.4.ttf",
        "icuuc.dll",
        "MSCMS.dll",
    ],
)
def test_what_is_not_used_or_not_ours_stays_out(name: str) -> None:
    assert not belongs(name)


@pytest.mark.parametrize("package", ["ui.garden", "kwt_books.store.migrations"])
def test_modules_imported_by_name_are_among_those_packed(package: str) -> None:
    folder = Path(str(import_module(package).__file__)).parent
    packed = modules_below(package.split(".")[0])
    assert package in packed
    assert {f"{package}.{each.stem}" for each in folder.glob("[a-z]*.py")} <= set(packed)


def test_removal_names_every_file_and_empties_folders_from_the_inside(tmp_path: Path) -> None:
    (tmp_path / "_internal" / "a").mkdir(parents=True)
    (tmp_path / "KWT Books.exe").touch()
    (tmp_path / "_internal" / "a" / "cost$.dat").touch()
    assert list(removal_of(tmp_path)) == [
        'Delete "$INSTDIR\\KWT Books.exe"',
        'Delete "$INSTDIR\\_internal\\a\\cost$$.dat"',
        'RMDir "$INSTDIR\\_internal\\a"',
        'RMDir "$INSTDIR\\_internal"',
    ]


def test_a_download_that_is_not_the_one_looked_at_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "python.tar.gz"
    file.write_bytes(b"x")
    check_digest(file, hashlib.sha256(b"x").hexdigest())
    with pytest.raises(SystemExit, match=r"python\.tar\.gz"):
        check_digest(file, hashlib.sha256(b"y").hexdigest())


def test_windows_is_told_of_long_paths_sharp_screens_and_letters_beyond_ascii() -> None:
    told = ET.parse(MANIFEST).getroot().iter()
    said = {each.tag.rpartition("}")[2]: each.text for each in told}
    assert said["longPathAware"] == "true"
    assert said["dpiAwareness"] == "PerMonitorV2"
    assert said["activeCodePage"] == "UTF-8"


def test_the_programs_icon_has_every_size_that_windows_shows() -> None:
    with Image.open(ICON) as icon:
        assert {(side, side) for side in (16, 24, 32, 48, 256)} <= set(icon.info["sizes"])


def test_versions_as_windows_keeps_them() -> None:
    assert four_numbers("1.2") == (1, 2, 0, 0)
    assert version() == __version__


def test_what_the_program_leans_on_does_without_what_is_left_out() -> None:
    """Libraries that are imported late, so that no start would tell what they lack."""
    leaning = ("psycopg", "sqlalchemy.dialects.postgresql.psycopg", "keyring",
               "python_calamine", "xlsxwriter", "num2words", "reportlab.platypus",
               "argon2.low_level", "nacl.signing")  # fmt: skip
    script = (
        "import sys, importlib\n"
        f"for each in {EXCLUDED_MODULES!r}: sys.modules[each] = None\n"
        f"for each in {leaning!r}: importlib.import_module(each)\n"
    )
    subprocess.run([sys.executable, "-c", script], check=True)


def test_what_calls_a_server_on_windows_has_its_ssl() -> None:
    """Only there psycopg imports it, before it loads libpq."""
    assert not {"ssl", "_ssl"} & {*EXCLUDED_MODULES}
    assert belongs("libssl-3.dll")
    assert belongs("_ssl.pyd")
