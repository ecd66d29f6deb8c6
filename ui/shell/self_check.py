"""What this computer is and whether the program does on it what it should: one text to send in.

Nothing out of anybody's book is read, and nobody's name is written: a home is `~`.
"""

from __future__ import annotations

import io
import locale
import os
import platform
import struct
import sys
import time
from collections.abc import Callable, Iterator
from importlib.metadata import distributions
from pathlib import Path
from secrets import token_hex
from tempfile import TemporaryDirectory

from PySide6.QtCore import QLibraryInfo, QStorageInfo, QSysInfo, qVersion
from PySide6.QtGui import QFont, QFontInfo, QGuiApplication
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QLineEdit,
    QMenu,
    QMessageBox,
    QPushButton,
    QTableView,
    QToolTip,
    QWidget,
)

from kwt_books import __version__
from kwt_books.app import Books
from kwt_books.book import Book
from kwt_books.domain.files import reachable
from kwt_books.domain.values import Month
from kwt_books.i18n.catalogue import is_checkout, resources_dir
from kwt_books.services.statements import monthly_pack
from ui.kit.folders import Folders, documents, drives, guarded, shared, synced_by
from ui.kit.preferences import Preferences
from ui.shell.newer_setup import known_key

_MONTH = Month("2026-08")
"""The month that is printed of the demo's book."""
_NUMBER, _HEAD = struct.Struct("<I"), 4096
_POINTS_TO_HEAD, _SIZE_OF_SIGNATURE = 0x3C, 0xAC
"""Where numbers stand in a program of 64 bits: the second one counted from the head."""
Lines = Iterator[str]


def self_check(books: Books, folders: Folders, preferences: Preferences) -> str:
    """A text about the computer and the program on it, in English; an error in a part is told
    there, and the other parts follow.
    """
    parts: tuple[tuple[str, Callable[[], Lines]], ...] = (
        ("Program", of_program),
        ("Computer", _computer),
        ("Screens", _screens),
        ("Fonts", _fonts),
        ("Printers", of_printers),
        ("Folders", lambda: of_folders(folders)),
        ("Servers", _servers),
        ("Books opened last", lambda: of_books(preferences)),
        ("A book is made, verified, backed up and printed", lambda: _trial(books)),
    )
    text = "\n".join(line for title, told in parts for line in _part(title, told))
    return text.replace(str(Path.home()), "~")


def passed(text: str) -> bool:
    """Whether nothing in the text failed."""
    return "  FAILED" not in text


def _part(title: str, told: Callable[[], Lines]) -> Lines:
    yield f"{title}\n{'-' * len(title)}"
    try:
        yield from (f"  {line}" for line in told())
    except Exception as error:  # whatever it is, it belongs into the text
        yield f"  FAILED {type(error).__name__}: {error}"
    yield ""


def of_program() -> Lines:
    """The program's version, and the versions of what it leans on."""
    built = getattr(sys, "frozen", False)
    made = "built" if built else "from source" if is_checkout() else "installed as a package"
    yield f"KWT Books {__version__}, {made}"
    yield f"Python {platform.python_version()} ({platform.architecture()[0]})"
    yield ", ".join(f"{name} {version}" for name, version in Books.versions().items())
    yield f"Qt {qVersion()}, platform {QGuiApplication.platformName()}"
    key = known_key()
    signed = f"where the key {key.hex()[:16]} signed them" if key else "never, for no key is known"
    yield f"newer setups are offered {signed}"
    if built:
        has_one = bears_signature(Path(sys.executable))
        yield f"this program {'bears a' if has_one else 'has no'} signature for Windows"
    found = {each.metadata["Name"]: each.version for each in distributions()}
    yield ", ".join(f"{name} {version}" for name, version in sorted(found.items()) if name)


def bears_signature(program: Path) -> bool:
    """Whether a program for Windows was signed; whether that is trusted, Windows tells.

    A signature is the fifth of the tables that a program's head names.
    """
    with program.open("rb") as file:
        head = file.read(_HEAD)
    (at,) = _NUMBER.unpack_from(head, _POINTS_TO_HEAD)
    (size,) = _NUMBER.unpack_from(head, at + _SIZE_OF_SIGNATURE)
    return bool(size)


def _computer() -> Lines:
    yield f"{QSysInfo.prettyProductName()}, {platform.version()}, {platform.machine()}"
    yield f"language {locale.getlocale()[0]}, text encoding {sys.getfilesystemencoding()}"
    yield f"clock {time.strftime('%Y-%m-%d %H:%M %z')}"
    yield f"{os.cpu_count()} processors"


def _screens() -> Lines:
    for screen in QGuiApplication.screens():
        size, free = screen.size(), screen.availableSize()
        yield (
            f"{size.width()} x {size.height()}, free {free.width()} x {free.height()},"
            f" scaled {screen.devicePixelRatio():g}, {screen.logicalDotsPerInch():.0f} dpi"
        )


def _fonts() -> Lines:
    kinds: tuple[type[QWidget], ...] = (QLabel, QPushButton, QLineEdit, QTableView, QMenu)
    for kind in (*kinds, QMessageBox):
        yield f"{kind.__name__}: {_letters(QApplication.font(kind()))}"
    yield f"tooltips: {_letters(QToolTip.font())}"


def _letters(font: QFont) -> str:
    info = QFontInfo(font)
    return f"{info.family()} {info.pixelSize()} px"


def of_printers() -> Lines:
    """The computer's printers, with the papers that each takes."""
    from PySide6.QtPrintSupport import QPrinterInfo

    found = QPrinterInfo.availablePrinters()
    if not found:
        yield "none"
    for printer in found:
        usual = ", the usual one" if printer.isDefault() else ""
        papers = ", ".join(each.name() for each in printer.supportedPageSizes())
        yield f"{printer.makeAndModel() or printer.printerName()}{usual}: {papers}"


def of_folders(folders: Folders) -> Lines:
    """Where the program keeps things, and what is known of each place and its disk."""
    named = (
        ("documents", documents()),
        ("data", folders.data),
        ("icons", folders.cache),
        ("log", folders.log),
        ("resources", resources_dir()),
        ("Qt", Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath))),
    )
    for name, folder in named:
        yield f"{name}: {folder} ({_kind_of(folder)})"
    if sys.platform == "win32":
        yield f"controlled folder access: {'on' if guarded() else 'off'}"
    for drive in drives():
        yield f"plugged in: {drive.free // 1_000_000} MB free"


def _servers() -> Lines:
    """What calls a server, and where its password would be kept."""
    import keyring
    import psycopg
    from psycopg import pq

    yield f"psycopg {psycopg.__version__} ({pq.__impl__}), libpq {pq.version_pretty(pq.version())}"
    yield f"passwords: {keyring.get_keyring().name}"


def _kind_of(folder: Path) -> str:
    service = synced_by(folder / "x", os.environ)
    there = next(each for each in (folder, *folder.parents) if reachable(each).exists())
    volume = QStorageInfo(str(there))
    if volume.isValid():
        said = [bytes(volume.fileSystemType().data()).decode(errors="replace")]
        said += [f"{volume.bytesAvailable() // 1_000_000} MB free"]
    else:
        said = ["nothing is known of its disk"]
    said += ["not made yet"] if there != folder else []
    said += [f"copied by {service}"] if service else []
    said += ["on another computer"] if shared(folder) else []
    return ", ".join(said)


def of_books(preferences: Preferences) -> Lines:
    """The books opened last by their sizes and disks, without their names."""
    for number, path in enumerate(preferences.recent, start=1):
        if isinstance(path, Path):
            size = reachable(path).stat().st_size // 1024
            yield f"{number}: {size} KB ({_kind_of(path.parent)})"
        else:
            yield f"{number}: on a server"


def _tried_encrypted(books: Books, book: Book, path: Path) -> str:
    """Encrypts the trial's book, forgets its key, and opens it with the key on paper."""
    key = book.encrypt(token_hex()).key or ""
    books.lock(path)
    books.unlock(path, key)
    books.open(path, read_only=True).close()
    books.lock(path)
    return "encrypted, and opened with its key"


def _trial(books: Books) -> Lines:
    """Tries the demo's book in a folder of its own."""
    demo = (resources_dir() / "demo" / "2026.jsonl").read_bytes()
    with TemporaryDirectory(prefix="kwt-books-") as folder:
        path, began = Path(folder) / "buku.kwt", time.perf_counter()
        made = books.import_stream(path, io.BytesIO(demo))
        yield f"made: {made.entries} entries"
        book = books.open(path)
        try:
            failed = [each.check for each in book.verify() if not each.passed]
            yield "verified" if not failed else f"FAILED to verify: {', '.join(failed)}"
            book.back_up(Path(folder) / "cadangan.kwt")
            yield "backed up"
            pack = book.read_in("id", monthly_pack, _MONTH)
            books.write(pack, "pdf", Path(folder) / "laporan.pdf")
            yield f"printed to PDF: {(Path(folder) / 'laporan.pdf').stat().st_size // 1024} KB"
            yield _tried_encrypted(books, book, path)
        finally:
            book.close()
        yield f"in {time.perf_counter() - began:.1f} s"
