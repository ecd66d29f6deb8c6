"""What was chosen for the program on this computer, apart from any book; Qt's own texts in
Indonesian; and the program's icon.
"""

from __future__ import annotations

from collections.abc import Callable, Container
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from PySide6.QtCore import QByteArray, QObject, QRect, QSettings, QSize, Qt, QTranslator
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

from kwt_books.domain.address import Address, ServerAddress, address_of, server_of
from kwt_books.domain.errors import RuleError, StorageError
from kwt_books.domain.files import reachable
from kwt_books.i18n.catalogue import LANGUAGES, Translator
from ui.kit.drafts import book_digest, digest
from ui.kit.look import SIDEBAR_FOLDED, TEXT_SIZES, Mode, UiContext, smooth

if TYPE_CHECKING:
    from kwt_books.domain.audit import Thresholds


K = TypeVar("K")
_RECENT = 8
IDLE_MINUTES = (5, 10, 20, 60, 0)
"""Minutes to choose from; 0 is never."""


class _Texts(Protocol):
    """Where preferences are kept, as texts by their keys."""

    def text(self, key: str) -> str: ...

    def keep(self, key: str, text: str) -> None: ...


class _Kept(Generic[K]):
    """A preference that is kept as a text: `read` makes its value of the text, empty where none
    was chosen; `write` makes the text. It is kept by its own name, or by another `key`.
    """

    def __init__(
        self, read: Callable[[str], K], write: Callable[[K], str] = str, *, key: str = ""
    ) -> None:
        self._read, self._write, self._key = read, write, key

    def __set_name__(self, _owner: type, name: str) -> None:
        self._key = self._key or name

    def __get__(self, kept: _Texts, _owner: type) -> K:
        return self._read(kept.text(self._key))

    def __set__(self, kept: _Texts, value: K) -> None:
        kept.keep(self._key, self._write(value))


def _one_of(numbers: Container[int], usual: int) -> Callable[[str], int]:
    """What reads one of these numbers, else the usual one."""
    return lambda text: int(text) if text.isdecimal() and int(text) in numbers else usual


def _path(text: str) -> Path | None:
    return Path(text) if text else None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _server(text: str) -> ServerAddress | None:
    with suppress(StorageError):
        return server_of(text) if text else None
    return None


def _check(text: str) -> tuple[date, bool] | None:
    day, _, outcome = text.partition(" ")
    found = _day(day)
    return (found, outcome == "passed") if found is not None else None


def _check_text(check: tuple[date, bool] | None) -> str:
    return f"{check[0]} {'passed' if check[1] else 'failed'}" if check is not None else ""


class Preferences:
    """Preferences in a QSettings, typed. A value that makes no sense counts as not given."""

    language = _Kept(lambda text: text if text in LANGUAGES else "id")
    """The language's code, `id` unless another was chosen."""
    mode = _Kept(lambda text: Mode(text) if text in list(Mode) else Mode.SYSTEM)
    """The mode of the look, the computer's unless another was chosen."""
    text_percent = _Kept(_one_of(TEXT_SIZES, 100))
    """The text size in percent."""
    idle_minutes = _Kept(_one_of(IDLE_MINUTES, 10))
    """Minutes without a key after which the screen is locked; 0 is never."""
    pages_folded = _Kept(lambda text: text == "yes", lambda folded: "yes" if folded else "no")
    """Whether the pages beside a report are folded away also where there is room."""
    backup_folder = _Kept(_path)
    """The folder of the last backup."""
    skipped_setup = _Kept(str)
    """The version that is not to be offered again."""
    crash_seen = _Kept(str)
    """The name of the last crash report that was shown."""
    pack = _Kept(str)
    """Which pack of papers was printed together last; empty before the first."""

    def __init__(self, settings: QSettings) -> None:
        self._settings = settings

    def text(self, key: str) -> str:
        """The text that is kept by a key; empty where none is."""
        found = self._settings.value(key, "")
        return found if isinstance(found, str) else ""

    def keep(self, key: str, text: str) -> None:
        """Keeps a text by a key."""
        self._settings.setValue(key, text)

    def of(self, book: Address) -> BookPreferences:
        """What was noted of one book on this computer."""
        return BookPreferences(self, book)

    @property
    def recent(self) -> list[Address]:
        """Books opened on this computer, the newest first, as far as their files are there now.

        Whether a server is there is not asked.
        """
        return [
            path
            for path in self._opened()
            if not isinstance(path, Path) or reachable(path).is_file()
        ]

    @property
    def missing(self) -> Path | None:
        """The book opened last, where its file is not there now: on a stick that is not plugged in,
        or moved. None where it is there, or on a server.
        """
        last = next(iter(self._opened()), None)
        return last if isinstance(last, Path) and not reachable(last).is_file() else None

    def _opened(self) -> list[Address]:
        """All books opened, also those whose stick is not plugged in."""
        count = self._settings.beginReadArray("recent")
        found: list[Address] = []
        for place in range(count):
            self._settings.setArrayIndex(place)
            with suppress(StorageError):
                found.append(address_of(self.text("path")))
        self._settings.endArray()
        return found

    def remember(self, book: Address) -> None:
        """Notes that a book was opened now."""
        book = book.absolute() if isinstance(book, Path) else book
        paths = [book, *(path for path in self._opened() if path != book)][:_RECENT]
        self._settings.remove("recent")
        self._settings.beginWriteArray("recent", len(paths))
        for place, path in enumerate(paths):
            self._settings.setArrayIndex(place)
            self._settings.setValue("path", str(path))
        self._settings.endArray()

    def last_folder(self, use: str) -> Path | None:
        """The folder that files of a use were last saved in or taken from; None at first."""
        return _path(self.text(f"folder/{use}"))

    def note_last_folder(self, use: str, folder: Path) -> None:
        """Notes the folder that a file was saved in or taken from."""
        self.keep(f"folder/{use}", str(folder))

    def seen(self, first: str) -> tuple[int, str, datetime] | None:
        """The state of a book when it was last open here, by the hash of its first entry:
        the number of entries, and the newest one's hash and time."""
        try:
            entries, head, at = self.text(f"seen/{first[:16]}").split(" ")
            return int(entries), head, datetime.fromisoformat(at)
        except ValueError:
            return None

    def note_seen(self, first: str, entries: int, head: str, at: datetime) -> None:
        """Notes the state of a book."""
        self.keep(f"seen/{first[:16]}", f"{entries} {head} {at.isoformat()}")

    @property
    def geometry(self) -> QByteArray:
        """The window's size and place, as Qt keeps them."""
        found = self._settings.value("geometry")
        return found if isinstance(found, QByteArray) else QByteArray()

    @geometry.setter
    def geometry(self, geometry: QByteArray) -> None:
        self._settings.setValue("geometry", geometry)


class BookPreferences:
    """What was noted of one book on this computer; no setting tells where the book lies."""

    backed_up = _Kept(_day, key="backup")
    """The day of the last backup that was made by hand."""
    not_kept = _Kept(str)
    """Why the last automatic backup failed; empty where it didn't."""
    mirror = _Kept(_server)
    """Where the book was last sent to; None where it never was."""
    sent = _Kept(_day)
    """The day on which it was sent there."""
    recorder = _Kept(str)
    """Who records in a book without passwords; empty where nobody was chosen."""
    audit_file = _Kept(_path, key="audit")
    """The audit's own file where it is not beside the book, else None."""
    checked = _Kept(_check, _check_text)
    """The day on which the whole book was last checked here, and whether it passed."""
    knows_synced = _Kept(bool, lambda known: "known" if known else "", key="synced")
    """Whether someone was told that the book's folder is copied into a cloud."""

    def __init__(self, preferences: Preferences, book: Address) -> None:
        self._preferences, self._digest = preferences, book_digest(book)

    def text(self, key: str, part: str = "") -> str:
        """The text that is kept by a key, and by a part of it; empty where none is."""
        return self._preferences.text(f"{key}/{self._digest}{part}")

    def keep(self, key: str, text: str, part: str = "") -> None:
        """Keeps a text by a key, and by a part of it."""
        self._preferences.keep(f"{key}/{self._digest}{part}", text)

    def licence(self, item: str) -> str:
        """The P-IRT number of a product that was printed last."""
        return self.text("licence", f"/{item}")

    def note_licence(self, item: str, number: str) -> None:
        """Notes a product's P-IRT number."""
        self.keep("licence", number, f"/{item}")

    def thresholds(self, person: str) -> Thresholds:
        """A person's thresholds for the exceptions report of the book."""
        from kwt_books.domain.audit import Thresholds

        values = {}
        for each in self.text("odd", f"/{digest(person)}").split():
            name, _, value = each.partition("=")
            if value.isdecimal():
                values[name] = int(value)
        try:
            return Thresholds().with_values(values)
        except RuleError:
            return Thresholds()

    def note_thresholds(self, person: str, thresholds: Thresholds) -> None:
        """Notes a person's thresholds for the book."""
        self.keep("odd", str(thresholds), f"/{digest(person)}")


# -- Qt's own texts (Undo, Save, Print …) in the language chosen: Qt ships no Indonesian ones ----
#
# The texts are in the `ui` catalogue as `Qt|English`: apart from our own, whose `Left` may be
# what is left over. Names of keys stay English, as on the keyboards.


CONTEXTS = frozenset(
    {
        "QPlatformTheme", "QDialogButtonBox", "QLineEdit", "QWidgetTextControl", "QMessageBox",
        "QFileDialog", "QFileSystemModel", "QPrintDialog", "QPrintPreviewDialog",
        "QPrintPropertiesWidget", "QPrintPropertiesDialog", "QPageSetupWidget", "QPrintWidget",
        "QPrintSettingsOutput", "QAbstractSpinBox", "QProgressDialog", "QScrollBar", "QComboBox",
        "QInputDialog", "QDialog", "QCalendarWidget",
    }
)  # fmt: skip


class QtTexts(QTranslator):
    """Qt's texts from the program's catalogue.

    It belongs to `parent`, so that Python's collector never ends it: that may come while Qt asks
    for a text with a lock held, and a translator's end waits for that lock.
    """

    def __init__(self, t: Translator, parent: QObject) -> None:
        super().__init__(parent)
        self._t = t
        t.knows("Qt|Cancel")  # reads the catalogue now: Qt asks with a lock held

    def isEmpty(self) -> bool:  # noqa: N802 - Qt's name
        return False

    def translate(
        self, context: str, source: str, disambiguation: str | None = None, n: int = -1
    ) -> str:
        """The text in the catalogue, else Qt's own English; an empty text would
        be shown as such.
        """
        msgid = f"Qt|{source}"
        known = context in CONTEXTS and self._t.knows(msgid)
        return self._t.gettext(msgid) if known else source


# -- The program's icon, drawn in any size -------------------------------------------------------


_MARK = 32
_ICON_SIZES = (16, 24, 32, 48, 64, 256)


def app_icon(ui: UiContext) -> QIcon:
    """The program's icon."""
    return QIcon(_Mark(ui))


def draw_mark(ui: UiContext, painter: QPainter, mark: QRect) -> None:
    """Draws the program's mark, a leaf on a rounded green square, into `mark`."""
    theme = ui.theme
    theme.paint_round(painter, mark, "accent", mark.width() // 4)
    inset = mark.width() * 7 // 32
    glyph = mark.adjusted(inset, inset, -inset, -inset)
    theme.draw_icon(painter, "leaf", theme.color("on_accent"), glyph)


class Brand(QWidget):
    """The program's mark and, where there is room, its name; `height` and the mark's `left` edge
    are pixels at a text size of 100 percent.
    """

    def __init__(self, ui: UiContext, height: int, left: int, *, lower: int = 0) -> None:
        """`lower`: so much the mark is below the middle."""
        super().__init__()
        self._ui, self._left, self._lower = ui, left, lower
        self.setFixedHeight(ui.theme.px(height))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        theme, painter = self._ui.theme, smooth(self)
        side = theme.px(_MARK)
        folded = self.width() <= theme.px(SIDEBAR_FOLDED)
        left = (self.width() - side) // 2 if folded else self._left
        mark = QRect(left, (self.height() - side) // 2 + self._lower, side, side)
        draw_mark(self._ui, painter, mark)
        if not folded:
            words = QRect(mark.right() + 11, mark.top(), self.width(), side)
            theme.write(painter, words, "KWT Books", size="card", bold=True)


class _Mark(QIconEngine):
    """Draws the mark in whatever size the system asks for."""

    def __init__(self, ui: UiContext) -> None:
        super().__init__()
        self._ui = ui

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_mark(self._ui, painter, rect)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        pixmap = QPixmap(size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        self.paint(painter, pixmap.rect(), mode, state)
        painter.end()
        return pixmap

    def availableSizes(  # noqa: N802 - Qt's name
        self, mode: QIcon.Mode = QIcon.Mode.Normal, state: QIcon.State = QIcon.State.Off
    ) -> list[QSize]:
        return [QSize(side, side) for side in _ICON_SIZES]
