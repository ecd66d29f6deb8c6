from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from kwt_books.i18n.catalogue import Translator, noop, resources_dir


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    words = Catalog("id")
    words.mime_headers = [("Plural-Forms", "nplurals=1; plural=0;")]
    words.add("month-closed", "Bulan {month} sudah ditutup")
    words.add("Save {name}", "Simpan {name}")
    words.add(("{n} file", "{n} files"), ("{n} berkas",))
    path = tmp_path / "id" / "LC_MESSAGES" / "kwt_books.mo"
    path.parent.mkdir(parents=True)
    with path.open("wb") as file:
        write_mo(file, words)
    return tmp_path


def test_texts_codes_and_plurals(folder: Path) -> None:
    t = Translator("id", folder)
    assert t("month-closed", month="Juni 2026") == "Bulan Juni 2026 sudah ditutup"
    assert t("Save {name}", name="kas") == "Simpan kas"
    assert t.ngettext("{n} file", "{n} files", 3) == "3 berkas"
    assert t.knows("month-closed")


def test_unknown_messages_and_languages_come_back(folder: Path) -> None:
    assert Translator("id", folder)("Nothing {here}", here=1) == "Nothing 1"
    english = Translator("en", folder)
    assert english("Save {name}", name="cash") == "Save cash"
    assert english.ngettext("{n} file", "{n} files", 1) == "1 file"
    assert english.ngettext("{n} file", "{n} files", 2) == "2 files"
    assert english("") == ""
    assert not english.knows("Save {name}")


def test_a_missing_parameter_stays_readable(folder: Path) -> None:
    assert Translator("id", folder)("Save {name}", other=1) == "Simpan {name}"
    assert Translator("id", folder)("Save {name}") == "Simpan {name}"


def test_noop_marks_only() -> None:
    assert noop("Equity") == "Equity"


def test_resources_of_the_frozen_program(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert (resources_dir() / "locale").is_dir()
    monkeypatch.setattr("sys._MEIPASS", str(tmp_path), raising=False)
    assert resources_dir() == tmp_path / "resources"
