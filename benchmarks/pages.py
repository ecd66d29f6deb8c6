"""What opening pages costs the screen's thread: those of much, and the sheet of many goods.

python -m benchmarks.pages [--documents 100000] [--book FILE] [--goods 40]

Counted is the processor time of the screen's thread alone, from the click until everything has
been shown; the book's own thread works beside it. Of a month's pack all of its time is counted,
until its first page is drawn. Screens are rendered offscreen.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime, timedelta, timezone
from io import BytesIO
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QSettings, QSize
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from benchmarks import workload
from benchmarks.books import write_stream
from kwt_books.app import Books
from kwt_books.domain.access import Person, Role
from kwt_books.domain.values import month_of
from kwt_books.i18n.catalogue import Translator, resources_dir
from kwt_books.i18n.formats import Formats
from kwt_books.reports.diary import Sought, diary_page
from kwt_books.services.statements import monthly_pack
from ui.diary.page import JournalPage
from ui.kit.errors import Problems, keep_log
from ui.kit.folders import Folders
from ui.kit.look import Mode, Theme, UiContext
from ui.kit.preferences import Preferences
from ui.kit.preview import Paper
from ui.kit.worker import Tasks
from ui.kit.workspace import Destination, Workspace
from ui.shell.window import MainWindow

_NOW = datetime(2026, 7, 1, 9, 0, tzinfo=timezone(timedelta(hours=7)))
_AIM = 0.100
_PACK_AIM = 0.500
_QUIET = 0.4  # seconds after which nothing more is shown by itself
_FLOOR = 0.002  # seconds that one round of an idle event loop may take and count as none


def make_book(path: Path, documents: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        stream = Path(folder) / "stream.jsonl"
        write_stream(stream, documents)
        with stream.open("rb") as file:
            _books().import_stream(path, file)


def make_shelf(path: Path, goods: int) -> None:
    lines = "\n".join(workload.shelf(goods)).encode()
    _books().import_stream(path, BytesIO(lines))


def _books() -> Books:
    return Books(resources_dir(), lambda: _NOW, Person("Bendahara", Role.CHAIR))


@contextmanager
def window_over(app: QApplication, path: Path, folder: Path) -> Iterator[MainWindow]:
    books = _books()
    theme = Theme(app, resources_dir(), folder / "icons")
    theme.use(Mode.LIGHT, 100)
    ui = UiContext(theme, Translator("id"), Formats("id"), books.clock)
    logger, log = keep_log(folder / "log")
    settings = QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat)
    workspace = Workspace(
        ui,
        Tasks(lambda: books.open(path)),
        Problems(ui, logger, log),
        Preferences(settings),
        Folders(folder / "data", folder / "cache", folder / "log"),
        books.person,
        path,
    )
    newest = books.open(path, read_only=True)
    workspace.show_month(month_of(newest.read_in("id", diary_page, Sought()).lines[0].day))
    newest.close()
    window = MainWindow(workspace, QIcon())
    window.resize(1366, 688)
    workspace.learn_setup()
    window.show_place(Destination("home"))
    window.show()
    settle(app, workspace)
    yield window
    workspace.tasks.close()
    window.close()


def settle(app: QApplication, workspace: Workspace) -> float:
    """Until nothing more comes; the screen's thread's seconds."""
    spent, quiet = 0.0, time.monotonic()
    while time.monotonic() - quiet < _QUIET:
        start = time.thread_time()
        app.processEvents()
        used = time.thread_time() - start
        spent += used
        if used > _FLOOR or workspace.tasks.busy:
            quiet = time.monotonic()
        time.sleep(0.001)
    return spent


def cost(app: QApplication, workspace: Workspace, act: Callable[[], object]) -> float:
    start = time.thread_time()
    act()
    return time.thread_time() - start + settle(app, workspace)


def pack_shown(path: Path) -> float:
    """A month's pack, read, written and its first page drawn."""
    with closing(_books().open(path, read_only=True)) as book:
        month = month_of(book.read_in("id", diary_page, Sought()).lines[0].day)
        start, out = time.process_time(), BytesIO()
        pack = book.read(monthly_pack, month)
        _books().write(pack, "pdf", out)
        Paper(out.getvalue()).document.render(0, QSize(800, 1200))
        return time.process_time() - start


def line(what: str, seconds: float, aim: float = _AIM) -> str:
    return f"{what:<52}{seconds * 1000:>9.0f} ms{'' if seconds < aim else '   more than aimed at'}"


def measure(app: QApplication, window: MainWindow) -> Iterator[tuple[str, float]]:
    workspace = window.workspace

    def go(place: str, part: str = "") -> Callable[[], None]:
        return lambda: workspace.go(place, part)

    yield "the diary, first time", cost(app, workspace, go("journal"))
    yield "the reports, first time", cost(app, workspace, go("reports"))
    yield "another report", cost(app, workspace, go("reports", "position"))
    yield "a month's ledger", cost(app, workspace, go("reports", "general-ledger"))
    yield "the diary again", cost(app, workspace, go("journal"))
    journal = window.page
    assert isinstance(journal, JournalPage)
    yield (
        "a word sought in the whole book",
        cost(app, workspace, lambda: journal.filter.seek("transport", everywhere=True)),
    )
    yield "the next page of it", cost(app, workspace, journal._ask_more)


def measure_sheet(app: QApplication, window: MainWindow) -> Iterator[tuple[str, float]]:
    workspace = window.workspace
    yield (
        "the Friday sheet, first time",
        cost(app, workspace, lambda: workspace.go("sell", "market_day")),
    )
    yield "a product fair", cost(app, workspace, lambda: workspace.go("sell", "fair"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--book", type=Path, help="a book to look at; else one is made")
    parser.add_argument("--goods", type=int, default=40, help="in store, for the Friday sheet")
    asked = parser.parse_args()
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        path = asked.book or folder / "book.kwt"
        if asked.book is None:
            make_book(path, asked.documents)
        with window_over(app, path, folder) as window:
            for what, seconds in measure(app, window):
                print(line(what, seconds))
        for what in ("a month's pack, first time", "a month's pack again"):
            print(line(what, pack_shown(path), _PACK_AIM))
        make_shelf(folder / "shelf.kwt", asked.goods)
        with window_over(app, folder / "shelf.kwt", folder / "shelf") as window:
            for what, seconds in measure_sheet(app, window):
                print(line(what, seconds))


if __name__ == "__main__":
    main()
