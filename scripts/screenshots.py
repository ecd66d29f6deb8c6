"""Pictures of the desktop: every page and dialog, both languages, light and dark, two sizes.

    python scripts/screenshots.py FOLDER [--only NAME …] [--quick]

`--quick`: Indonesian, light, 1366x688, full book. Runs offscreen where no screen is chosen.
"""

from __future__ import annotations

import argparse
import itertools
import os
import sys
import tempfile
import traceback
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path
from types import TracebackType

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from component_sheet import ComponentSheet
from PySide6.QtCore import QDeadlineTimer, QEventLoop, QSettings, QSize
from PySide6.QtWidgets import QApplication, QWidget

from kwt_books.app import Books
from kwt_books.domain.access import Role
from kwt_books.domain.month import last_day, month_of
from kwt_books.domain.recording import Person
from kwt_books.i18n.paths import resources_dir
from ui.desk import Destination, Folders
from ui.forms.registry import FORMS
from ui.main_window import MainWindow
from ui.pages.base import TabbedPage
from ui.pages.registry import PLACES
from ui.preferences import Preferences
from ui.start import Desktop
from ui.theme import Mode

ROOT = Path(__file__).resolve().parents[1]
SIZES = (QSize(1366, 688), QSize(1920, 1080))
WIB = timezone(timedelta(hours=7))
STREAMS = (
    ROOT / "resources" / "demo" / "2026.jsonl",
    ROOT / "tests" / "data" / "juni-2026.jsonl",
)
_PATIENCE = 20_000


@dataclass(frozen=True)
class Setting:
    language: str
    mode: Mode
    size: QSize
    book: str

    @property
    def name(self) -> str:
        return f"{self.language}-{self.mode}-{self.size.width()}-{self.book}"


def settings(*, quick: bool) -> Iterator[Setting]:
    every = itertools.product(("id", "en"), (Mode.LIGHT, Mode.DARK), SIZES, ("full", "empty"))
    for setting in itertools.starmap(Setting, every):
        yield setting
        if quick:
            return


class Photographer:
    def __init__(self, app: QApplication, folder: Path, temporary: Path) -> None:
        self._app, self._folder, self._temporary = app, folder, temporary
        self.broken = 0
        self._now = datetime(2026, 7, 1, 9, 12, tzinfo=WIB)
        person = Person("Siti Rohmah", Role.TREASURER)
        self._books = Books(resources_dir(), lambda: self._now, person)
        self._paths = {"full": temporary / "full.kwt", "empty": temporary / "empty.kwt"}
        stream = next(path for path in STREAMS if path.exists())
        with stream.open("rb") as file:
            self._books.import_stream(self._paths["full"], file)
        self._books.create(self._paths["empty"]).close()
        book = self._books.open(self._paths["full"], read_only=True)
        recorded = book.overview(month_of(self._now.date())).recorded
        book.close()
        if recorded is not None:
            self._now = datetime.combine(last_day(recorded[1]), self._now.timetz())

    def shoot(self, setting: Setting, only: list[str]) -> None:
        name = f"{setting.language}-{setting.mode}"
        ini = QSettings(str(self._temporary / f"{name}.ini"), QSettings.Format.IniFormat)
        preferences = Preferences(ini)
        preferences.language, preferences.mode = setting.language, setting.mode
        folders = Folders(*(self._temporary / each for each in ("data", "cache", "log")))
        desktop = Desktop(self._app, self._books, folders, preferences)
        desktop.problems.install()
        sys.excepthook = self._broke
        desktop.start(self._paths[setting.book])
        self._wait(lambda: desktop.window is not None)
        window = desktop.window
        assert window is not None
        window.resize(setting.size)
        for place in PLACES:
            if not only or place in only:
                self._shoot_place(window, place, setting)
        if setting.size == SIZES[0] and setting.book == "full":
            self._shoot_dialogs(window, setting, only)
            if not only or "components" in only:
                sheet = ComponentSheet(desktop.kit)
                sheet.resize(1366, 768)
                self._keep(sheet, f"components-{setting.name}")
        desktop.close()

    def _broke(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        traceback.print_exception(kind, error, trace)
        self.broken += 1

    def _shoot_place(self, window: MainWindow, place: str, setting: Setting) -> None:
        window.show_place(Destination(place))
        self._settle(window)
        page = window.page
        parts = page.tabs.names if isinstance(page, TabbedPage) else ()
        if not parts:
            self._keep(window, f"{place}-{setting.name}")
        for part in parts:
            window.show_place(Destination(place, part))
            self._settle(window)
            self._keep(window, f"{place}-{part}-{setting.name}")

    def _shoot_dialogs(self, window: MainWindow, setting: Setting, only: list[str]) -> None:
        for name in FORMS:
            if only and name not in only:
                continue
            window.open_form(name, {})
            self._settle(window)
            dialog = window.form(name)
            if dialog is not None:
                self._keep(dialog, f"form-{name}-{setting.name}")
                dialog.reject()
                self._settle(window)

    def _settle(self, window: MainWindow) -> None:
        self._wait(lambda: not window.desk.tasks.busy)
        for _ in range(3):
            self._app.processEvents()

    def _wait(self, done: object) -> None:
        assert callable(done)
        deadline = QDeadlineTimer(_PATIENCE)
        while not done():
            self._app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 50)
            if deadline.hasExpired():
                raise TimeoutError("the desktop did not come to rest")

    def _keep(self, widget: QWidget, name: str) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        widget.grab().save(str(self._folder / f"{name}.png"))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", nargs="*", default=[], help="places, forms, or components")
    parser.add_argument("--quick", action="store_true")
    asked = parser.parse_args()
    app = QApplication([])
    app.setQuitOnLastWindowClosed(False)
    with tempfile.TemporaryDirectory() as temporary:
        photographer = Photographer(app, asked.folder, Path(temporary))
        for setting in settings(quick=asked.quick):
            photographer.shoot(setting, asked.only)
            print(setting.name)
    return 1 if photographer.broken else 0


if __name__ == "__main__":
    sys.exit(main())
