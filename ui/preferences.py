"""What someone chose for the program on this computer. Not part of any book."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QSettings

from kwt_books.domain.errors import RuleError
from kwt_books.domain.long_paths import reachable
from kwt_books.i18n.catalogue import LANGUAGES
from ui.digests import book_digest, digest
from ui.theme import Mode
from ui.tokens import TEXT_SIZES

if TYPE_CHECKING:  # not needed to show a window
    from kwt_books.domain.audit import Thresholds

_RECENT = 8
IDLE_MINUTES = (5, 10, 20, 60, 0)
"""What one can choose from; 0 is never."""


class Preferences:
    """Typed over QSettings. Values that make no sense count as not given."""

    def __init__(self, settings: QSettings) -> None:
        self._settings = settings

    def _text(self, key: str) -> str:
        found = self._settings.value(key, "")
        return found if isinstance(found, str) else ""

    @property
    def language(self) -> str:
        found = self._text("language")
        return found if found in LANGUAGES else "id"

    @language.setter
    def language(self, language: str) -> None:
        self._settings.setValue("language", language)

    @property
    def mode(self) -> Mode:
        found = self._text("mode")
        return Mode(found) if found in list(Mode) else Mode.SYSTEM

    @mode.setter
    def mode(self, mode: Mode) -> None:
        self._settings.setValue("mode", str(mode))

    @property
    def text_percent(self) -> int:
        found = self._text("text_percent")
        return int(found) if found.isdecimal() and int(found) in TEXT_SIZES else 100

    @text_percent.setter
    def text_percent(self, percent: int) -> None:
        self._settings.setValue("text_percent", str(percent))

    @property
    def recent(self) -> list[Path]:
        """Books opened on this computer, the newest first, those that are there now."""
        return [path for path in self._opened() if reachable(path).is_file()]

    def _opened(self) -> list[Path]:
        """Those on a stick that is not plugged in too."""
        count = self._settings.beginReadArray("recent")
        found = []
        for place in range(count):
            self._settings.setArrayIndex(place)
            found.append(Path(self._text("path")))
        self._settings.endArray()
        return found

    def remember(self, book: Path) -> None:
        """`book` was opened now."""
        book = book.absolute()
        paths = [book, *(path for path in self._opened() if path != book)][:_RECENT]
        self._settings.remove("recent")
        self._settings.beginWriteArray("recent", len(paths))
        for place, path in enumerate(paths):
            self._settings.setArrayIndex(place)
            self._settings.setValue("path", str(path))
        self._settings.endArray()

    def backed_up(self, book: Path) -> date | None:
        """The day of the last backup made from here."""
        try:
            return date.fromisoformat(self._text(_backup_key(book)))
        except ValueError:
            return None

    def note_backup(self, book: Path, day: date) -> None:
        self._settings.setValue(_backup_key(book), day.isoformat())

    def licence(self, book: Path, item: str) -> str:
        """The number of a product's P-IRT, as it was printed last."""
        return self._text(f"licence/{book_digest(book)}/{item}")

    def note_licence(self, book: Path, item: str, number: str) -> None:
        self._settings.setValue(f"licence/{book_digest(book)}/{item}", number)

    def audit_file(self, book: Path) -> Path | None:
        """The audit's own file, where it is not beside the book."""
        text = self._text(f"audit/{book_digest(book)}")
        return Path(text) if text else None

    def note_audit_file(self, book: Path, file: Path) -> None:
        self._settings.setValue(f"audit/{book_digest(book)}", str(file))

    def thresholds(self, book: Path, person: str) -> Thresholds:
        """From when on something in a book looks odd to a person at this computer."""
        from kwt_books.domain.audit import Thresholds

        values = {}
        for each in self._text(_odd_key(book, person)).split():
            name, _, value = each.partition("=")
            if value.isdecimal():
                values[name] = int(value)
        try:
            return Thresholds().with_values(values)
        except RuleError:
            return Thresholds()

    def note_thresholds(self, book: Path, person: str, thresholds: Thresholds) -> None:
        self._settings.setValue(_odd_key(book, person), str(thresholds))

    @property
    def backup_folder(self) -> Path | None:
        """Where the last backup went."""
        text = self._text("backup_folder")
        return Path(text) if text else None

    @backup_folder.setter
    def backup_folder(self, folder: Path) -> None:
        self._settings.setValue("backup_folder", str(folder))

    def knows_synced(self, book: Path) -> bool:
        """Whether someone was told that the book's folder is copied into the cloud."""
        return bool(self._text(f"synced/{book_digest(book)}"))

    def know_synced(self, book: Path) -> None:
        self._settings.setValue(f"synced/{book_digest(book)}", "known")

    @property
    def skipped_setup(self) -> str:
        """The version that is not to be offered again."""
        return self._text("skipped_setup")

    @skipped_setup.setter
    def skipped_setup(self, version: str) -> None:
        self._settings.setValue("skipped_setup", version)

    @property
    def crash_seen(self) -> str:
        """The name of the last report of a crash that was told of."""
        return self._text("crash_seen")

    @crash_seen.setter
    def crash_seen(self, name: str) -> None:
        self._settings.setValue("crash_seen", name)

    @property
    def idle_minutes(self) -> int:
        """After so many minutes without a key the book asks again who is there; 0: never."""
        found = self._text("idle_minutes")
        return int(found) if found.isdecimal() and int(found) in IDLE_MINUTES else 10

    @idle_minutes.setter
    def idle_minutes(self, minutes: int) -> None:
        self._settings.setValue("idle_minutes", str(minutes))

    @property
    def pages_folded(self) -> bool:
        """Whether the pages beside a report are out of the way also where there is room."""
        return self._text("pages_folded") == "yes"

    @pages_folded.setter
    def pages_folded(self, folded: bool) -> None:
        self._settings.setValue("pages_folded", "yes" if folded else "no")

    @property
    def geometry(self) -> QByteArray:
        found = self._settings.value("geometry")
        return found if isinstance(found, QByteArray) else QByteArray()

    @geometry.setter
    def geometry(self, geometry: QByteArray) -> None:
        self._settings.setValue("geometry", geometry)


def _backup_key(book: Path) -> str:
    return f"backup/{book_digest(book)}"


def _odd_key(book: Path, person: str) -> str:
    return f"odd/{book_digest(book)}/{digest(person)}"
