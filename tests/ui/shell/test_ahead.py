"""Modules are read in while the book is asked nothing, and never in its way."""

from __future__ import annotations

import sys
import threading
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from kwt_books.queries.overview import setup_data
from ui.kit.workspace import Workspace
from ui.shell.window import Ahead


@pytest.fixture
def rooms(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[str, ...]:
    """Modules that nobody has read in yet; each remembers the thread it was read on."""
    names = ("room_one", "room_two")
    for name in names:
        code = "import threading\nthread = threading.current_thread()\n"
        (tmp_path / f"{name}.py").write_text(code, encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    for name in names:
        monkeypatch.delitem(sys.modules, name, raising=False)
    return names


def test_all_of_them_are_read_on_the_worker(
    workspace: Workspace, rooms: tuple[str, ...], qtbot: QtBot
) -> None:
    Ahead(workspace.tasks, rooms, workspace)
    qtbot.waitUntil(lambda: all(name in sys.modules for name in rooms))
    qtbot.waitUntil(lambda: not workspace.tasks.busy)
    threads = {sys.modules[name].thread for name in rooms}
    worker: list[threading.Thread] = []
    workspace.tasks.run(lambda _book: threading.current_thread(), worker.append)
    qtbot.waitUntil(lambda: bool(worker))
    assert threads == {*worker}


def test_the_book_goes_first(workspace: Workspace, rooms: tuple[str, ...], qtbot: QtBot) -> None:
    """What is asked before its time has come leaves the modules waiting."""
    ahead = Ahead(workspace.tasks, rooms, workspace)
    workspace.tasks.run(lambda book: book.read(setup_data), lambda _found: None)
    ahead.read_next()
    assert not set(rooms) & set(sys.modules)
    qtbot.waitUntil(lambda: set(rooms) <= set(sys.modules))
