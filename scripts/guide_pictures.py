"""The pictures of the guide, made from the program's own screens, in both languages.

    python scripts/guide_pictures.py [--only NAME …]

Writes resources/guide/LANGUAGE/pictures/NAME.webp, and those of the README in Indonesian. Forms
are shown as they stood when a document of the demo was about to be recorded: the demo is read up
to that line.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import sys
import tempfile
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QDeadlineTimer, QEventLoop, QRect, QSettings, QSize
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from kwt_books.app import Books
from kwt_books.domain.access import Person, Role
from kwt_books.i18n.catalogue import LANGUAGES, resources_dir
from ui.kit import folders as ui_folders
from ui.kit.folders import Drive, Folders
from ui.kit.form import Form
from ui.kit.look import Mode
from ui.kit.preferences import Preferences
from ui.kit.workspace import Destination
from ui.shell.start import Desktop
from ui.shell.window import MainWindow

DEMO = resources_dir() / "demo" / "2026.jsonl"
OUT = resources_dir() / "guide"
README = Path(__file__).resolve().parents[1] / "docs" / "pictures"
WIB = timezone(timedelta(hours=7))
PAGE = QSize(1316, 620)
_NOT_GIVEN = {"kind", "id", "recorded", "memo"}
_PATIENCE, _QUALITY = 20_000, 78

_MENDED, _RECENT = "BKM-2611-0008", "BKM-2611-0011"
"""Documents of the demo: one that was corrected, one that wasn't."""

Line = dict[str, Any]


@dataclass(frozen=True)
class Shot:
    """A place (`stock/count`), or else the form of the document to be recorded next.

    `kind` and `nth`: the document of the demo before which the book ends; without, it is whole.
    `act` does something before the picture; `part` picks what of the window is shown.
    """

    name: str
    place: str = ""
    kind: str = ""
    nth: int = -1
    size: QSize = PAGE
    act: Callable[[MainWindow], object] | None = None
    part: Callable[[MainWindow], QWidget] | None = None
    whole: bool = False


def _count(window: MainWindow) -> None:
    """Counts as in the book, but for a few that are short."""
    from ui.kit.field import QuantityField

    assert window.page is not None
    fields = [each for each in window.page.findChildren(QuantityField) if each.isVisible()]
    for field, counted in zip(fields, (10, 18, 0.25, 218, 29, 2), strict=False):
        field.set_value(round(counted * 1000))


def _press(text: str) -> Callable[[MainWindow], None]:
    """Presses the button of the page that says so (in English)."""

    def press(window: MainWindow) -> None:
        wanted = window.workspace.ui.t(text)
        assert window.page is not None
        buttons = window.page.findChildren(QPushButton)
        next(each for each in buttons if each.isVisible() and each.text() == wanted).click()

    return press


def _correction(window: MainWindow) -> QWidget:
    dialog = window.form("correction")
    assert dialog is not None
    return dialog


def _wait_for_pages(window: MainWindow) -> None:
    """Until the pages of a report stand beside it."""
    from ui.kit.preview import PdfPreview

    deadline = QDeadlineTimer(_PATIENCE)
    while not deadline.hasExpired():
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 50)
        assert window.page is not None
        if any(each.isVisible() for each in window.page.findChildren(PdfPreview)):
            return


_CASH_BOOK = """Tanggal;Uraian;Masuk;Keluar;Saldo
;Saldo bulan lalu;;;1.250.000
01/12/2026;Jual kangkung dan bayam;185.000;;1.435.000
02/12/2026;Beli pupuk kandang;;75.000;1.360.000
04/12/2026;Penjualan keripik bayam;260.000;;1.620.000
05/12/2026;Bensin dan parkir ke pasar;;35.000;1.585.000
08/12/2026;Konsumsi rapat;;120.000;1.465.000
11/12/2026;Jual bibit cabai;87.500;;1.552.500
12/12/2026;Setor ke bank;;500.000;1.052.500
31/12/2026;JUMLAH;532.500;730.000;
"""
_WRONG_BOOK = """Tanggal;Uraian;Masuk;Keluar;Saldo
01/12/2026;Jual kangkung dan bayam;185.000;;1.435.000
31/11/2026;Beli pupuk kandang;;75.000;1.360.000
04/12/2026;Penjualan keripik bayam;260.000;;1.620.000
05/12/2026;Bensin dan parkir ke pasar;;tiga puluh ribu;1.590.000
08/12/2026;Jual bibit cabai;8.750.000;;1.677.500
"""
_BANK_LIST = """Tanggal;Keterangan;Debet;Kredit
28/11/2026;SETOR TUNAI;;750.000
30/11/2026;BUNGA TABUNGAN;;3.420
30/11/2026;BIAYA ADM;6.500;
"""


def _opened(form: str, name: str, content: str) -> Callable[[MainWindow], None]:
    """Opens the window that takes lists, with a list in it."""

    def open_list(window: MainWindow) -> None:
        path = window.workspace.folders.data / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
        window.open_form(form, {})
        dialog: Any = window.form(form)
        dialog.resize(QSize(1180, 620))
        dialog.open_file(path)

    return open_list


def _form_of(name: str) -> Callable[[MainWindow], QWidget]:
    def found(window: MainWindow) -> QWidget:
        dialog = window.form(name)
        assert dialog is not None
        return dialog

    return found


SHOTS = (
    Shot(
        "take",
        "journal",
        size=QSize(1366, 700),
        act=_opened("take_sheets", "buku kas desember.csv", _CASH_BOOK),
        part=_form_of("take_sheets"),
    ),
    Shot(
        "faults",
        "journal",
        size=QSize(1366, 700),
        act=_opened("take_sheets", "buku kas.csv", _WRONG_BOOK),
        part=_form_of("take_sheets"),
    ),
    Shot(
        "bank",
        "journal",
        size=QSize(1366, 700),
        act=_opened("bank_list", "mutasi november.csv", _BANK_LIST),
        part=_form_of("bank_list"),
    ),
    Shot("home", "home", size=QSize(1280, 660), whole=True),
    Shot("friday", kind="market_day", size=QSize(1160, 600)),
    Shot("sale", kind="sale", size=QSize(940, 480)),
    Shot("shops", "shops", size=QSize(1366, 688)),
    Shot("cash", "cash/till"),
    Shot("purchase", kind="purchase", nth=19, size=QSize(1000, 744)),
    Shot("garden", "garden", "seedlings_ready", 1, size=QSize(1366, 660)),
    Shot("harvest", kind="harvest", size=QSize(560, 460)),
    Shot("production", kind="production", size=QSize(960, 792)),
    Shot("recipes", "kitchen/recipes"),
    Shot("stock", "stock/on_hand"),
    Shot("count", "stock/count", act=_count),
    Shot("funds", "funds", size=QSize(1316, 688)),
    Shot("close", "close", size=QSize(1300, 720)),
    Shot("reports", "reports", size=QSize(1366, 700), act=_wait_for_pages),
    Shot("journal", f"journal/{_MENDED}", size=QSize(1316, 620)),
    Shot("correction", f"journal/{_RECENT}", act=_press("Correct"), part=_correction),
    Shot("evidence", f"journal/{_RECENT}", size=QSize(1366, 760)),
    Shot("verify", "audit/verify", act=_press("Check now")),
    Shot("registers", "registers/upkeep", size=QSize(1366, 640)),
    Shot("kpp", "registers/dues", size=QSize(1366, 640)),
    Shot("items", "settings/items"),
    Shot("backup", "settings/backup", size=QSize(1316, 540)),
)

_LAPTOP = QSize(1366, 688)
README_SHOTS = (
    Shot("beranda", "home", size=_LAPTOP, whole=True),
    Shot("outlet-jumat", "sell/market_day", "market_day", size=_LAPTOP, whole=True),
    Shot("laporan", "reports", size=_LAPTOP, act=_wait_for_pages, whole=True),
    Shot("tutup-bulan", "close", size=_LAPTOP, whole=True),
)
"""Whole windows; the printed report beside them comes from its PDF."""


class Demo:
    """The demo as books: all of it, or up to just before a document."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._text = DEMO.read_text(encoding="utf-8").splitlines()
        self.lines: list[Line] = [json.loads(line, parse_float=str) for line in self._text]
        self.now = datetime(2026, 11, 30, 15, 20, tzinfo=WIB)
        self.books = Books(resources_dir(), lambda: self.now, Person("Aryanah", Role.CHAIR))

    def before(self, kind: str, nth: int) -> tuple[Path, Line]:
        """A book that ends before a document, and what that document says."""
        places = [at for at, line in enumerate(self.lines) if line["kind"] == kind]
        at = places[nth]
        line = self.lines[at]
        self.now = datetime.combine(
            date.fromisoformat(line["date"]), self.now.timetz(), tzinfo=None
        ).replace(tzinfo=WIB)
        given = {key: value for key, value in line.items() if key not in _NOT_GIVEN}
        return self._book(kind, at), given

    def whole(self) -> Path:
        self.now = datetime(2026, 11, 30, 15, 20, tzinfo=WIB)
        return self._book("whole", len(self._text))

    def _book(self, name: str, count: int) -> Path:
        path = self._folder / f"{name}.kwt"
        if not path.exists():
            stream = "\n".join(self._text[:count]).encode()
            self.books.import_stream(path, io.BytesIO(stream))
        return path


class Photographer:
    def __init__(self, app: QApplication, demo: Demo, temporary: Path, language: str) -> None:
        self._app, self._demo, self._language = app, demo, language
        ini = QSettings(str(temporary / f"{language}.ini"), QSettings.Format.IniFormat)
        preferences = Preferences(ini)
        preferences.language, preferences.mode = language, Mode.LIGHT
        folders = Folders(*(temporary / each / language for each in ("data", "cache", "log")))
        self._desktop = Desktop(app, demo.books, folders, preferences)

    def take(self, shot: Shot) -> None:
        path, given = (
            self._demo.before(shot.kind, shot.nth) if shot.kind else (self._demo.whole(), {})
        )
        window = self._open(path)
        if not shot.place:
            self._keep(self._form(window, shot, given), shot.name)
            return
        window.resize(shot.size)
        place, _, part = shot.place.partition("/")
        window.show_place(Destination(place, part))
        self._settle(window)
        self._fill(window, shot.kind, given)
        if shot.act is not None:
            shot.act(window)
            self._settle(window)
        shown: QWidget | None = window if shot.whole else window.page
        if shot.part is not None:
            shown = shot.part(window)
        assert shown is not None
        self._keep(shown, shot.name, readme=shot in README_SHOTS)

    def _fill(self, window: MainWindow, kind: str, given: Line) -> None:
        """The form that is part of a page, as it stands before the document is recorded."""
        assert window.page is not None
        for form in window.page.findChildren(Form):
            if form.isVisible() and form.name == kind:
                form.begin(**given)
        self._settle(window)

    def _form(self, window: MainWindow, shot: Shot, given: Line) -> QWidget:
        window.resize(QSize(1366, 688))
        window.open_form(shot.kind, given)
        self._settle(window)
        dialog = window.form(shot.kind)
        assert dialog is not None
        dialog.resize(shot.size)
        self._settle(window)
        return dialog

    def _open(self, path: Path) -> MainWindow:
        window = self._desktop.window
        if window is None or window.workspace.book != path:
            self._desktop.open_book(path)
            self._wait(lambda: (w := self._desktop.window) is not None and w.workspace.book == path)
            window = self._desktop.window
            assert window is not None
            self._settle(window)
        return window

    def close(self) -> None:
        self._desktop.close()

    def _settle(self, window: MainWindow) -> None:
        for _ in range(3):
            self._wait(lambda: not window.workspace.tasks.busy)
            self._pause(120)

    def _pause(self, milliseconds: int) -> None:
        deadline = QDeadlineTimer(milliseconds)
        while not deadline.hasExpired():
            self._app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 20)

    def _wait(self, done: Callable[[], bool]) -> None:
        deadline = QDeadlineTimer(_PATIENCE)
        while not done():
            self._app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 50)
            if deadline.hasExpired():
                raise TimeoutError("the desktop did not come to rest")

    def _keep(self, widget: QWidget, name: str, *, readme: bool = False) -> None:
        focused = self._app.focusWidget()
        if focused is not None:
            focused.clearFocus()
            self._pause(50)
        if readme:
            widget.grab().save(str(README / f"{name}.png"))
            return
        path = OUT / self._language / "pictures" / f"{name}.webp"
        path.parent.mkdir(parents=True, exist_ok=True)
        framed(widget.grab().toImage(), self._desktop.theme.color("line")).save(
            str(path), quality=_QUALITY
        )


def framed(picture: QImage, color: QColor) -> QImage:
    """With a thin line around it, so that it stands off from the page."""
    painter = QPainter(picture)
    painter.setPen(color)
    painter.drawRect(QRect(0, 0, picture.width() - 1, picture.height() - 1))
    painter.end()
    return picture


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--only", nargs="*", default=[], help="names of pictures")
    asked = parser.parse_args()
    app = QApplication([])
    app.setQuitOnLastWindowClosed(False)
    broken: list[BaseException] = []
    sys.excepthook = lambda kind, error, trace: broken.append(error)
    # The page of backups takes this as it is when it is imported: a drive is plugged in.
    ui_folders.drives = lambda: (Drive("FLASHDISK", Path("E:/"), 14_300_000_000),)
    with tempfile.TemporaryDirectory() as temporary:
        demo = Demo(Path(temporary))
        for language in LANGUAGES:
            photographer = Photographer(app, demo, Path(temporary), language)
            for shot in SHOTS + (README_SHOTS if language == "id" else ()):
                if not asked.only or shot.name in asked.only:
                    photographer.take(shot)
            photographer.close()
    for error in broken:
        traceback.print_exception(error)
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
