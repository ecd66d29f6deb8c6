"""Pictures of the desktop: every page and dialog, both languages, all looks, sizes and letters.

    python scripts/screenshots.py FOLDER [--only NAME …] [--within TEXT …] [--quick]
    python scripts/screenshots.py --check [--only NAME …] [--within TEXT …] [--quick]

Each setting (language, look, size, book) has a folder of pictures, and sheets of twelve beside
them. `--quick`: Indonesian, light, 1366x688, full book. `--within en dark`: settings that have both
in their names. `--only forms reports`: parts of the walk, or single places and forms. Strong
contrast is shown of the full book on a laptop, and so are letters half as large again. `--check`
makes no pictures: it lists what is cut off or lies over something else, with letters of the usual
size and half as large again. Runs offscreen where no screen is chosen, on one of the size asked
for.
"""

from __future__ import annotations

import argparse
import gc
import itertools
import json
import os
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from component_sheet import ComponentSheet
from contact_sheets import make_sheets
from dialog_walk import DialogWalk
from entrance_walk import EntranceWalk
from layout_faults import faults
from PySide6.QtCore import QDeadlineTimer, QEvent, QEventLoop, QSettings, QSize
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QApplication, QWidget
from sample_books import SampleBooks, demo_lines
from screen_walk import ScreenWalk, Shown

from ui.kit import folders as ui_folders
from ui.kit.folders import Drive, Folders
from ui.kit.look import Mode
from ui.kit.preferences import Preferences
from ui.shell.start import Desktop

SIZES = (QSize(1366, 688), QSize(1920, 1032))
"""A laptop's screen and a large one, less what Windows keeps for itself."""
_TITLE, _PATIENCE = 32, 20_000
_LOOKS, _LOOKS_CHECKED = 300, 100
_DRAWS, _COLOURS = 3_000, 8
"""How long a page of a paper may take to be drawn, and how many colours tell that it is."""
_PARTS = _PLACES, _FORMS, _DIALOGS, _ENTRANCE, _COMPONENTS = (
    "places", "forms", "dialogs", "entrance", "components",
)  # fmt: skip

Keep = Callable[[str, QWidget], object]


@dataclass(frozen=True)
class Setting:
    language: str
    mode: Mode
    size: QSize
    book: str
    percent: int = 100

    @property
    def name(self) -> str:
        letters = f"-{self.percent}" if self.percent != 100 else ""
        return f"{self.language}-{self.mode}-{self.size.width()}-{self.book}{letters}"


def settings(asked: argparse.Namespace) -> Iterator[Setting]:
    modes = (Mode.LIGHT,) if asked.check else (Mode.LIGHT, Mode.DARK, Mode.CONTRAST)
    every = itertools.product(("id", "en"), modes, SIZES, ("full", "empty"), (100, 150))
    last = (2 if asked.check else 1) if asked.quick else None
    for setting in itertools.islice(itertools.starmap(Setting, every), last):
        usual = (setting.size, setting.book) == (SIZES[0], "full")
        if setting.mode is Mode.CONTRAST and not usual:
            continue
        if setting.percent > 100 and not asked.check and (setting.mode, usual) != (modes[0], True):
            continue
        if all(each in setting.name.split("-") for each in asked.within):
            yield setting


def give_screen(folder: Path, sizes: set[int]) -> None:
    """Offscreen, a screen that the smallest size asked for fills: dialogs keep within it."""
    if os.environ["QT_QPA_PLATFORM"] != "offscreen":
        return
    size = next(each for each in SIZES if not sizes or each.width() in sizes)
    screen = {
        "name": "screen",
        "x": 0,
        "y": 0,
        "width": size.width(),
        "height": size.height() + _TITLE,
    }
    path = folder / "screens.json"
    path.write_text(json.dumps({"screens": [screen]}), encoding="utf-8")
    os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={path.as_posix()}"


class Visitor:
    """Shows everything there is in one setting after another to whoever keeps it."""

    def __init__(self, app: QApplication, temporary: Path, looks: int) -> None:
        """`looks`: milliseconds until what waits for a pause is there."""
        self._app, self._temporary, self._looks = app, temporary, looks
        self.sample = SampleBooks(temporary)
        self.broken = 0
        self._lines = demo_lines()

    def visit(self, setting: Setting, only: list[str], keep: Keep) -> None:
        for name, shown in self._everything(setting, only):
            keep(name, shown)

    def _everything(self, setting: Setting, only: list[str]) -> Shown:
        desktop = self._desktop(setting, "window")
        desktop.start(self.sample.paths[setting.book])
        self._wait(lambda: desktop.window is not None)
        window = desktop.window
        assert window is not None
        window.resize(setting.size)
        settle = self._settler(desktop)
        lines = self._lines if setting.book == "full" else None
        walk = ScreenWalk(window, settle, lines)
        names = [each for each in only if each not in _PARTS]
        wanted = {each for each in _PARTS if each in only or not only}
        if names or _PLACES in wanted:
            yield from walk.places([] if _PLACES in wanted else names)
        small, full = setting.size == SIZES[0], setting.book == "full"
        if full and (names or _FORMS in wanted):
            yield from walk.forms([] if _FORMS in wanted else names)
        if full and _DIALOGS in wanted:
            yield from DialogWalk(window, walk, settle, self.sample.photo).everything()
        if full and small and setting.percent == 100 and _COMPONENTS in wanted:
            yield from self._components(desktop)
        desktop.close()
        if full and _ENTRANCE in wanted:
            yield from self._entrance(setting)

    def _components(self, desktop: Desktop) -> Shown:
        sheet = ComponentSheet(desktop.ui)
        sheet.resize(1366, 768)
        sheet.show()
        self._app.processEvents()
        yield _COMPONENTS, sheet
        sheet.close()

    def _entrance(self, setting: Setting) -> Shown:
        desktop = self._desktop(setting, "entrance")
        settle = self._settler(desktop)
        for name, shown in EntranceWalk(desktop, self.sample, settle).everything():
            if shown.windowTitle().startswith(desktop.ui.t("New book")):
                shown.resize(setting.size)
                settle()
            yield name, shown
        desktop.close()

    def _desktop(self, setting: Setting, what: str) -> Desktop:
        folder = self._temporary / f"{setting.name}-{what}"
        ini = QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat)
        preferences = Preferences(ini)
        preferences.language, preferences.mode = setting.language, setting.mode
        preferences.text_percent = setting.percent
        folders = Folders(*(folder / each for each in ("data", "cache", "log")))
        desktop = Desktop(self._app, self.sample.books, folders, preferences)
        sys.excepthook = self._broke
        return desktop

    def _broke(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        traceback.print_exception(kind, error, trace)
        self.broken += 1

    # -- waiting ---------------------------------------------------------------------------

    def _settler(self, desktop: Desktop) -> Callable[[], None]:
        def busy() -> bool:
            return desktop.tasks is not None and desktop.tasks.busy

        def settle() -> None:
            for _ in range(2):
                self._wait(lambda: not busy())
                self._pause(self._looks // 2)
            self._wait(lambda: not busy())
            self._pause(_DRAWS, lambda: all(map(_is_drawn, self._app.allWidgets())))

        return settle

    def _pause(self, milliseconds: int, enough: Callable[[], bool] = lambda: False) -> None:
        deadline = QDeadlineTimer(milliseconds)
        self._app.processEvents()
        while not deadline.hasExpired() and not enough():
            self._app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 20)

    def _wait(self, done: Callable[[], bool]) -> None:
        deadline = QDeadlineTimer(_PATIENCE)
        while not done():
            self._app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 50)
            if deadline.hasExpired():
                raise TimeoutError("the desktop did not come to rest")


def _is_drawn(widget: QWidget) -> bool:
    """Whether the page of a paper that is shown stands there: Qt draws it on another thread."""
    if not isinstance(widget, QPdfView) or not widget.isVisible() or not widget.document():
        return True
    seen = widget.viewport().grab().toImage()
    points = itertools.product(range(0, seen.width(), 3), range(0, seen.height(), 3))
    return len({seen.pixel(*each) for each in points}) > _COLOURS


def take_pictures(visitor: Visitor, asked: argparse.Namespace) -> None:
    for setting in settings(asked):
        folder = asked.folder / setting.name
        folder.mkdir(parents=True, exist_ok=True)
        taken: list[Path] = []

        def keep(
            name: str, shown: QWidget, folder: Path = folder, into: list[Path] = taken
        ) -> None:
            path = folder / f"{name}.png"
            shown.grab().save(str(path))
            into.append(path)

        visitor.visit(setting, asked.only, keep)
        make_sheets(taken, asked.folder, setting.name)
        print(setting.name, len(taken), flush=True)


def look_for_faults(visitor: Visitor, asked: argparse.Namespace) -> int:
    count = 0
    for setting in settings(asked):
        found: dict[str, list[str]] = {}
        visitor.visit(
            setting,
            asked.only,
            lambda name, shown, into=found: [  # type: ignore[misc]
                into.setdefault(each, []).append(name) for each in faults(shown)
            ],
        )
        for fault, names in found.items():
            print(f"{setting.name} {names[0]}{' …' if len(names) > 1 else ''}: {fault}", flush=True)
        count += len(found)
    return count


def take_apart(app: QApplication) -> None:
    """All windows go before the application: left over, Python lets them go in any order."""
    for each in app.topLevelWidgets():
        each.close()
        each.deleteLater()
    gc.collect()
    app.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()


def show_all(visitor: Visitor, asked: argparse.Namespace) -> int:
    count = look_for_faults(visitor, asked) if asked.check else 0
    if asked.folder is not None:
        take_pictures(visitor, asked)
    return 1 if visitor.broken or count else 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("folder", type=Path, nargs="?")
    names = f"{', '.join(_PARTS)}, or the names of single places and forms"
    parser.add_argument("--only", nargs="*", default=[], help=names)
    parser.add_argument("--within", nargs="*", default=[], help="parts of settings' names")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--check", action="store_true")
    asked = parser.parse_args()
    if asked.folder is None and not asked.check:
        parser.error("a folder for the pictures, or --check")
    # The pages take these as they are when they are imported: a drive is plugged in.
    ui_folders.drives = lambda: (Drive("FLASHDISK", Path("E:/"), 14_300_000_000),)
    with tempfile.TemporaryDirectory() as temporary:
        give_screen(Path(temporary), {each.size.width() for each in settings(asked)})
        app = QApplication([])
        app.setQuitOnLastWindowClosed(False)
        visitor = Visitor(app, Path(temporary), _LOOKS_CHECKED if asked.check else _LOOKS)
        code = show_all(visitor, asked)
        del visitor
        take_apart(app)
        return code


if __name__ == "__main__":
    sys.exit(main())
