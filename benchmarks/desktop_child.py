"""The processes that `benchmarks.desktop` starts; each prints a line when it has come so far.

python -m benchmarks.desktop_child bare | start | pages BOOK FOLDER DAY
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication, QWidget

    from ui.shell.window import MainWindow

SHOWN, READY = "shown", "ready"
"""The window stands drawn and its loop is free for a key or a click; its figures stand too."""
_TICK, _STILL = 10, 0.4  # milliseconds between looks; seconds without work until all is done


def bare() -> None:
    """What any program of this kind pays: both libraries and an empty window."""
    import sqlalchemy  # noqa: F401 - its import is measured
    from PySide6 import QtCore, QtGui, QtWidgets  # noqa: F401

    app = QtWidgets.QApplication([])
    window = QtWidgets.QMainWindow()
    window.resize(1366, 688)
    window.show()
    _until(app, lambda: _is_seen(window))
    _tell(SHOWN)
    _tell(READY)
    _tell("0")
    _tell(_resident())


def start(book: Path, folder: Path, day: str) -> None:
    """The program; `READY` once its first page says what it has to. Then the longest time, in
    milliseconds, that the screen let one wait while the book was opened behind it.
    """
    app, window = _opened(book, folder, day)
    _tell(SHOWN)
    longest = _until(app, lambda: not window.workspace.tasks.busy)
    _tell(READY)
    _tell(f"{longest * 1000}")
    _settle(app, window)
    _tell(_resident())
    window.workspace.tasks.close()


def pages(book: Path, folder: Path, day: str) -> None:
    """Each place shown for the first time, then again: milliseconds that the screen's thread
    worked in all, and at most before it looked up. Home is open when the program has started.
    """
    from ui.kit.workspace import Destination
    from ui.shell.places import PLACES

    app, window = _opened(book, folder, day)
    _settle(app, window)
    home = window.place
    for turn in ("first", "again"):
        for name in (each for each in (*PLACES, home) if each != window.place):
            blocks = [_worked(lambda: window.show_place(Destination(name)))]  # noqa: B023
            blocks += _settle(app, window)
            if (turn, name) != ("first", home):
                _tell(f"{turn} {name} {sum(blocks)} {max(blocks)}")
    _tell(_resident())
    window.workspace.tasks.close()


def _opened(book: Path, folder: Path, day: str) -> tuple[QApplication, MainWindow]:
    """The program's window over a book, as `main.py` opens it; its settings are in `folder`."""
    from datetime import UTC, datetime

    from PySide6.QtCore import QSettings
    from PySide6.QtWidgets import QApplication

    from kwt_books.app import Books
    from kwt_books.domain.access import Person, Role
    from kwt_books.i18n.catalogue import resources_dir
    from ui.kit.folders import Folders
    from ui.kit.preferences import Preferences
    from ui.shell.start import Desktop

    now = datetime.fromisoformat(f"{day}T09:00:00").replace(tzinfo=UTC)
    books = Books(resources_dir(), lambda: now, Person("Bendahara", Role.CHAIR))
    app = QApplication([])
    app.setQuitOnLastWindowClosed(False)
    settings = QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat)
    folders = Folders(folder / "data", folder / "cache", folder / "log")
    desktop = Desktop(app, books, folders, Preferences(settings))
    app.setProperty("desktop", desktop)  # lives as long as the application
    desktop.start(book)
    _until(app, lambda: desktop.window is not None and _is_seen(desktop.window))
    assert desktop.window is not None
    return app, desktop.window


def _is_seen(window: QWidget) -> bool:
    handle = window.windowHandle()
    return handle is not None and handle.isExposed()


def _until(app: QApplication, done: Callable[[], bool]) -> float:
    """Seconds between two turns of the loop, at most."""
    from time import monotonic

    from PySide6.QtCore import QEventLoop, QTimer

    timer = QTimer()  # wakes the loop below, so that it looks again
    timer.start(_TICK)
    longest, since = 0.0, monotonic()
    while not done():
        app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        since, before = monotonic(), since
        longest = max(longest, since - before)
    app.processEvents()
    return longest


def _settle(app: QApplication, window: MainWindow) -> list[float]:
    """Until nothing has been done for a while: milliseconds of each turn of the event loop."""
    from time import monotonic

    from PySide6.QtCore import QEventLoop, QTimer

    timer = QTimer()
    timer.start(_TICK)
    blocks, since = [0.0], monotonic()
    while monotonic() - since < _STILL:
        took = _worked(lambda: app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents))
        if took > 1 or window.workspace.tasks.busy:
            since = monotonic()
        blocks.append(took)
    return blocks


def _worked(act: Callable[[], object]) -> float:
    """Milliseconds that this thread worked; what it waits does not count."""
    from time import thread_time

    before = thread_time()
    act()
    return (thread_time() - before) * 1000


def _resident() -> str:
    """Memory in use, MiB; nothing where the system does not tell."""
    status = Path("/proc/self/status")
    if not status.exists():
        return ""
    kilobytes = status.read_text(encoding="ascii").split("VmRSS:")[1].split()[0]
    return f"{int(kilobytes) / 1024:.1f}"


def _tell(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main() -> None:
    what, book, folder, day = sys.argv[1:]
    if what == "bare":
        bare()
    else:
        {"start": start, "pages": pages}[what](Path(book), Path(folder), day)


if __name__ == "__main__":
    main()
