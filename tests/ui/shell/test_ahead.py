"""Modules are read in while the book is asked nothing, and never in its way."""

from __future__ import annotations

import gc
import sys
import threading
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from kwt_books.book import Book
from kwt_books.domain.kind import named
from kwt_books.queries.overview import setup_data
from ui.kit.workspace import Workspace
from ui.shell.ahead import Ahead, with_what_it_needs
from ui.shell.places import ASKED_AHEAD

_CORE, _ROOMS = "heart", ("hall.one", "hall.two")
_THREAD = "import threading\nthread = threading.current_thread()\n"
_CODE = {
    "heart/deep.py": _THREAD,
    "heart/near.py": f"import heart.deep\n{_THREAD}",
    "hall/kit.py": f"from heart.near import thread as _other\n{_THREAD}",
    "hall/one.py": f"from hall.kit import thread as _other\n{_THREAD}",
    "hall/asked.py": "told = []\ndef first(book):\n    told.append(book.count())\n",
    "hall/two.py": f"import hall.one\n{_THREAD}",
}


@pytest.fixture(autouse=True)
def _rooms(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Modules that nobody has read in yet; each remembers the thread it was read on."""
    for name, code in _CODE.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(code, encoding="utf-8")
        (tmp_path / name).with_name("__init__.py").touch()
    monkeypatch.syspath_prepend(str(tmp_path))
    for name in [each for each in sys.modules if each.partition(".")[0] in ("hall", "heart")]:
        monkeypatch.delitem(sys.modules, name)


def test_what_makes_classes_of_qt_is_read_on_the_screen_s_thread(
    workspace: Workspace, qtbot: QtBot
) -> None:
    """PySide6 crashes where another thread makes them; all that knows no Qt is the worker's."""
    Ahead(workspace.tasks, _ROOMS, workspace, _CORE)
    qtbot.waitUntil(lambda: all(name in sys.modules for name in _ROOMS))
    worker: list[threading.Thread] = []
    workspace.tasks.run(lambda _book: threading.current_thread(), worker.append)
    qtbot.waitUntil(lambda: bool(worker))
    threads = {name: sys.modules[name].thread for name in ("heart.deep", "heart.near")}
    assert threads == dict.fromkeys(threads, worker[0])
    threads = {name: sys.modules[name].thread for name in (*_ROOMS, "hall.kit")}
    assert threads == dict.fromkeys(threads, threading.main_thread())


def test_modules_are_no_garbage_once_all_are_read(
    workspace: Workspace, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """To look through them again and again would hold the screen up."""
    read_when_kept: list[set[str]] = []
    monkeypatch.setattr(gc, "freeze", lambda: read_when_kept.append(set(_ROOMS) & set(sys.modules)))
    Ahead(workspace.tasks, _ROOMS, workspace, _CORE)
    qtbot.waitUntil(lambda: bool(read_when_kept))
    workspace.tasks.run(lambda book: book.read(setup_data), lambda _found: None)
    qtbot.waitUntil(lambda: not workspace.tasks.busy)
    assert read_when_kept == [set(_ROOMS)], "once, and not before"


def test_each_is_read_after_what_it_needs() -> None:
    assert with_what_it_needs("hall.two", _CORE) == ["hall.kit", "hall.one", "hall.two"]
    assert "heart.near" in sys.modules
    assert not {"hall.one", "hall.two"} & set(sys.modules)
    assert with_what_it_needs("heart.near", _CORE) == [], "there already"


def test_the_book_goes_first(workspace: Workspace, qtbot: QtBot) -> None:
    """What is asked before its time has come leaves the modules waiting."""
    ahead = Ahead(workspace.tasks, _ROOMS, workspace, _CORE)
    workspace.tasks.run(lambda book: book.read(setup_data), lambda _found: None)
    ahead.read_next()
    assert not set(_ROOMS) & set(sys.modules)
    qtbot.waitUntil(lambda: set(_ROOMS) <= set(sys.modules))


def test_what_takes_long_once_is_asked_when_the_modules_are_there(
    workspace: Workspace, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """But not of a server far away, where each question costs a desk that shares it."""
    kept: list[bool] = []
    monkeypatch.setattr(gc, "freeze", lambda: kept.append(True))
    monkeypatch.setattr(Book, "count", lambda _book: set(_ROOMS) <= set(sys.modules), raising=False)
    for is_far, told in ((False, [True]), (True, [])):
        monkeypatch.setattr(Book, "is_far", is_far)
        sys.modules.pop("hall.asked", None)
        kept.clear()
        Ahead(workspace.tasks, _ROOMS, workspace, _CORE, ("hall.asked:first",))
        qtbot.waitUntil(lambda: bool(kept))
        assert sys.modules["hall.asked"].told == told


def test_the_questions_asked_ahead_can_be_asked(workspace: Workspace, qtbot: QtBot) -> None:
    for name in ASKED_AHEAD:
        answered: list[object] = []
        workspace.tasks.run(named(name), answered.append)
        qtbot.waitUntil(lambda answered=answered: bool(answered))
