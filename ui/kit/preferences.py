"""What was chosen for the program on this computer, apart from any book; Qt's own texts in
Indonesian; and the program's icon.
"""

from __future__ import annotations

from collections.abc import Callable, Container
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeVar

from PySide6.QtCore import QByteArray, QObject, QRect, QSettings, QSize, Qt, QTranslator
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

from kwt_books.domain.address import Address, ServerAddress, address_of, server_of
from kwt_books.domain.errors import RuleError, StorageError
from kwt_books.domain.files import reachable
from kwt_books.i18n.catalogue import LANGUAGES, Translator
from ui.kit.drafts import book_digest, digest
from ui.kit.look import SIDEBAR_FOLDED, TEXT_SIZES, Mode, UiContext

if TYPE_CHECKING:
    from kwt_books.domain.audit import Thresholds


K = TypeVar("K")
_RECENT = 8
IDLE_MINUTES = (5, 10, 20, 60, 0)
"""Minutes to choose from; 0 is never."""


class _Kept(Generic[K]):
    """A preference that is kept as a text: `read` makes its value of the text, empty where none
    was chosen; `write` makes the text.
    """

    def __init__(self, read: Callable[[str], K], write: Callable[[K], str] = str) -> None:
        self._read, self._write = read, write

    def __set_name__(self, _owner: type, name: str) -> None:
        self._key = name

    def __get__(self, preferences: Preferences, _owner: type) -> K:
        return self._read(preferences.text(self._key))

    def __set__(self, preferences: Preferences, value: K) -> None:
        preferences.keep(self._key, self._write(value))


def _one_of(numbers: Container[int], usual: int) -> Callable[[str], int]:
    """What reads one of these numbers, else the usual one."""
    return lambda text: int(text) if text.isdecimal() and int(text) in numbers else usual


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
    backup_folder = _Kept[Path | None](lambda text: Path(text) if text else None)
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

    def backed_up(self, book: Address) -> date | None:
        """The day of the last backup of a book made on this computer."""
        try:
            return date.fromisoformat(self.text(_backup_key(book)))
        except ValueError:
            return None

    def note_backup(self, book: Address, day: date) -> None:
        """Notes the day of a backup."""
        self.keep(_backup_key(book), day.isoformat())

    def not_kept(self, book: Address) -> str:
        """Why the last automatic backup of a book failed; empty where it didn't."""
        return self.text(f"not_kept/{book_digest(book)}")

    def note_kept(self, book: Address, why_not: str = "") -> None:
        """Notes why an automatic backup failed; empty where it didn't."""
        self.keep(f"not_kept/{book_digest(book)}", why_not)

    def mirror(self, book: Address) -> ServerAddress | None:
        """Where a book was last sent to; None where it never was."""
        text = self.text(f"mirror/{book_digest(book)}")
        with suppress(StorageError):
            return server_of(text) if text else None
        return None

    def sent(self, book: Address) -> date | None:
        """The day on which a book was last sent to its mirror."""
        try:
            return date.fromisoformat(self.text(f"sent/{book_digest(book)}"))
        except ValueError:
            return None

    def note_sent(self, book: Address, mirror: ServerAddress, day: date) -> None:
        """Notes where a book was sent to, and when."""
        self.keep(f"mirror/{book_digest(book)}", str(mirror))
        self.keep(f"sent/{book_digest(book)}", day.isoformat())

    def recorder(self, book: Address) -> str:
        """The name of who records in a book without passwords; empty where none was chosen."""
        return self.text(f"recorder/{book_digest(book)}")

    def note_recorder(self, book: Address, name: str) -> None:
        """Notes who records in a book without passwords."""
        self.keep(f"recorder/{book_digest(book)}", name)

    def licence(self, book: Address, item: str) -> str:
        """The P-IRT number of a product that was printed last."""
        return self.text(f"licence/{book_digest(book)}/{item}")

    def note_licence(self, book: Address, item: str, number: str) -> None:
        """Notes a product's P-IRT number."""
        self.keep(f"licence/{book_digest(book)}/{item}", number)

    def audit_file(self, book: Address) -> Path | None:
        """The audit's own file where it is not beside the book, else None."""
        text = self.text(f"audit/{book_digest(book)}")
        return Path(text) if text else None

    def note_audit_file(self, book: Address, file: Path) -> None:
        """Notes where a book's audit file is."""
        self.keep(f"audit/{book_digest(book)}", str(file))

    def last_folder(self, use: str) -> Path | None:
        """The folder that files of a use were last saved in or taken from; None at first."""
        text = self.text(f"folder/{use}")
        return Path(text) if text else None

    def note_last_folder(self, use: str, folder: Path) -> None:
        """Notes the folder that a file was saved in or taken from."""
        self.keep(f"folder/{use}", str(folder))

    def thresholds(self, book: Address, person: str) -> Thresholds:
        """A person's thresholds for the exceptions report of a book, on this computer."""
        from kwt_books.domain.audit import Thresholds

        values = {}
        for each in self.text(_odd_key(book, person)).split():
            name, _, value = each.partition("=")
            if value.isdecimal():
                values[name] = int(value)
        try:
            return Thresholds().with_values(values)
        except RuleError:
            return Thresholds()

    def note_thresholds(self, book: Address, person: str, thresholds: Thresholds) -> None:
        """Notes a person's thresholds for a book."""
        self.keep(_odd_key(book, person), str(thresholds))

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

    def checked(self, book: Address) -> tuple[date, bool] | None:
        """The day on which the whole book was last checked here, and whether it passed."""
        day, _, outcome = self.text(f"checked/{book_digest(book)}").partition(" ")
        try:
            return date.fromisoformat(day), outcome == "passed"
        except ValueError:
            return None

    def note_checked(self, book: Address, day: date, *, passed: bool) -> None:
        """Notes a check of the whole book."""
        outcome = "passed" if passed else "failed"
        self.keep(f"checked/{book_digest(book)}", f"{day.isoformat()} {outcome}")

    def knows_synced(self, book: Address) -> bool:
        """Whether someone was told that the book's folder is copied into a cloud."""
        return bool(self.text(f"synced/{book_digest(book)}"))

    def know_synced(self, book: Address) -> None:
        """Notes that someone was told."""
        self.keep(f"synced/{book_digest(book)}", "known")

    @property
    def geometry(self) -> QByteArray:
        """The window's size and place, as Qt keeps them."""
        found = self._settings.value("geometry")
        return found if isinstance(found, QByteArray) else QByteArray()

    @geometry.setter
    def geometry(self, geometry: QByteArray) -> None:
        self._settings.setValue("geometry", geometry)


def _backup_key(book: Address) -> str:
    return f"backup/{book_digest(book)}"


def _odd_key(book: Address, person: str) -> str:
    return f"odd/{book_digest(book)}/{digest(person)}"


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
        return self._t.gettext(msgid) if self._knows(context, msgid) else source

    def _knows(self, context: str, msgid: str) -> bool:
        return context in CONTEXTS and self._t.knows(msgid)


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
        theme, painter = self._ui.theme, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
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
