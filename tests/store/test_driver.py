"""One SQLite everywhere, new enough, and nothing that goes around it."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from kwt_books.app import Books
from kwt_books.domain.errors import StorageError
from kwt_books.i18n.catalogue import Translator
from kwt_books.i18n.formats import Formats
from kwt_books.services.explain import explain
from kwt_books.store import driver

ROOT = Path(__file__).parents[2]
SQLITE = {"sqlite3", "sqlcipher3"}


def test_sqlite_is_without_the_fault_of_the_log() -> None:
    assert driver.sqlite3.sqlite_version_info >= (3, 51, 3)
    version = driver.versions()["SQLite"]
    assert tuple(map(int, version.split("."))) == driver.sqlite3.sqlite_version_info


def test_an_older_one_opens_and_makes_no_book(
    books: Books, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "buku.kwt"
    books.create(path).close()
    monkeypatch.setattr(driver.sqlite3, "sqlite_version_info", (3, 51, 2))
    monkeypatch.setattr(driver.sqlite3, "sqlite_version", "3.51.2")
    for read_only in (False, True):
        with pytest.raises(StorageError) as refused:
            books.open(path, read_only=read_only)
        assert refused.value.code == "old-sqlite"
    new = tmp_path / "baru.kwt"
    with pytest.raises(StorageError):
        books.create(new)
    assert not new.exists()
    said = explain(refused.value, None, Translator("id"), Formats("id"))
    assert "3.51.2" in said
    assert "3.51.3" in said


def imported(path: Path) -> set[str]:
    """The modules that a file names as such; `from x import y` counts as x."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {each.name for each in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add(node.module or "")
    return found


@pytest.mark.parametrize("room", ["kwt_books", "ui", "tests", "benchmarks", "scripts"])
def test_nothing_goes_around_the_driver(room: str) -> None:
    """Two builds of SQLite in one process don't see each other's locks and damage the book."""
    asking = [path for path in (ROOT / room).rglob("*.py") if imported(path) & SQLITE]
    assert [path.name for path in asking] == (["driver.py"] if room == "kwt_books" else [])
