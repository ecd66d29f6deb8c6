"""The About box: what is inside, this computer, and the way there."""

from __future__ import annotations

import json
import re
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QMenu
from pytestqt.qtbot import QtBot

from kwt_books import __version__
from kwt_books.i18n.catalogue import resources_dir
from kwt_books.store.driver import sqlite3
from ui.kit.folders import Folders
from ui.kit.look import UiContext
from ui.kit.workspace import Workspace
from ui.settings.about import AboutBox, Part, licence_texts, shipped_parts, system_facts
from ui.settings.page import LookPage
from ui.shell.window import MainWindow

PARTS = (Part("Qt", "6.12", "LGPL-3.0-only"), Part("Alembic", "1.16", "MIT"))


@pytest.fixture
def box(ui: UiContext, folders: Folders, qtbot: QtBot) -> AboutBox:
    made = AboutBox(ui, system_facts(ui.t, folders), PARTS)
    qtbot.addWidget(made)
    made.show()
    return made


def names(box: AboutBox) -> list[object]:
    return [row.key for row in box.table.list_model.rows]


def test_it_says_what_this_is(box: AboutBox) -> None:
    assert box.windowTitle() == "Tentang KWT Books"
    assert f"KWT Books {__version__}" in [each.text() for each in box.findChildren(QLabel)]


def test_the_list_is_searched_by_name_and_by_licence(box: AboutBox) -> None:
    box.side.choose("parts")
    assert box.table.isVisible()
    assert names(box) == ["Qt", "Alembic"]
    for typed, found in (("alem", ["Alembic"]), ("lgpl", ["Qt"]), ("qt mit", []), ("", 2)):
        box.search.setText(typed)
        assert names(box) == found or len(names(box)) == found


def test_the_facts_are_copied_for_who_helps(box: AboutBox, folders: Folders) -> None:
    box.copy()
    copied = QApplication.clipboard().text()
    for fact in (__version__, sqlite3.sqlite_version, str(folders.log)):
        assert fact in copied


def test_a_built_program_shows_the_list_it_was_built_with(tmp_path: Path) -> None:
    told = {
        "program": "9.9",
        "parts": [
            {"name": "b", "version": "2", "licence": "MIT", "home": ""},
            {"name": "A", "version": "1", "licence": "BSD", "home": ""},
        ],
    }
    (tmp_path / "shipped.json").write_text(json.dumps(told), encoding="utf-8")
    assert shipped_parts(tmp_path) == [Part("A", "1", "BSD"), Part("b", "2", "MIT")]


def test_from_source_it_shows_what_the_project_leans_on() -> None:
    project = resources_dir().parent / "pyproject.toml"
    wanted = tomllib.loads(project.read_text(encoding="utf-8"))["project"]["dependencies"]
    parts = {each.name.lower(): each for each in shipped_parts(resources_dir())}
    for each in wanted:
        if "sys_platform" not in each:
            assert parts[re.split(r"[>\[]", each)[0]].version
    assert parts["mako"].licence, "what Alembic needs in turn"
    assert "pytest" not in parts
    assert {"python", "qt", "sqlite"} <= set(parts)
    assert all(each.licence for each in parts.values())


def test_installed_from_its_wheel_it_shows_what_that_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    info = tmp_path / "kwt_books-1.0.0.dist-info"
    info.mkdir()
    head = "Metadata-Version: 2.4\nName: kwt-books\nVersion: 1.0.0\n"
    (info / "METADATA").write_text(f"{head}Requires-Dist: alembic>=1\n", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    parts = {each.name for each in shipped_parts(tmp_path / "kwt_books" / "resources")}
    assert {"alembic", "mako"} <= {each.lower() for each in parts}
    assert "reportlab" not in parts


def test_the_texts_of_the_licences_lie_beside_a_built_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert licence_texts() is None
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "KWT Books.exe"))
    assert licence_texts() is None
    (tmp_path / "LICENCES.txt").touch()
    assert licence_texts() == tmp_path / "LICENCES.txt"


def opened(window: MainWindow) -> AboutBox:
    return next(each for each in window.findChildren(AboutBox) if each.isVisible())


def test_it_opens_from_the_menu(window: MainWindow, settle: Callable[[Workspace], None]) -> None:
    menu = window.header.person.findChild(QMenu)
    assert menu is not None
    action = next(each for each in menu.actions() if each.text() == "Tentang KWT Books")
    action.trigger()
    box = opened(window)
    assert __version__ in " ".join(each.text() for each in box.findChildren(QLabel))
    box.close()
    settle(window.workspace)


def test_it_opens_from_the_settings(
    workspace: Workspace, window: MainWindow, settle: Callable[[Workspace], None]
) -> None:
    workspace.go("settings", "look")
    page = next(iter(window.findChildren(LookPage)))
    page.about.click()
    box = opened(window)
    assert box.table.model().rowCount(), "what it is made of"
    box.close()
    settle(workspace)
