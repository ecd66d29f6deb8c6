"""Photos and PDF files of receipts: read, made small enough for a book, attached to a document; and
the field they are dropped on.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QMimeData, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QImage
from PySide6.QtWidgets import QFrame, QWidget

from kwt_books.book import Book
from kwt_books.domain.documents.correction import Attachment
from kwt_books.domain.files import reachable
from ui.kit.button import Button
from ui.kit.card import Icon
from ui.kit.field import Kept
from ui.kit.file_dialog import Use, ask_which
from ui.kit.layout import Elided, column, discard, label, row
from ui.kit.look import UiContext, restyle
from ui.kit.picture import kind_of, picture
from ui.kit.workspace import Workspace

# ------------------------------------------------------------------------------------------------
# Photos and PDF files of receipts: read, made small enough for a book, attached to a document.


PHOTOS = (".jpg", ".jpeg", ".png", ".webp", ".bmp")
SUFFIXES = (*PHOTOS, ".pdf")
_LARGEST, _LARGEST_PDF = 20_000_000, 5_000_000
_SIDE = 1_800
"""Pixels of a photo's longer side, at which every line of a receipt can still be read."""
_SMALL = 400_000
"""Bytes up to which a photo stays as it is."""
_QUALITY = 80
_NAME = 200
_PDF = b"%PDF-"


def largest(path: Path) -> int:
    """Bytes that a file may have; more for a photo, which is made smaller, than for a PDF."""
    return _LARGEST_PDF if path.suffix.lower() == ".pdf" else _LARGEST


class UnreadableFile(Exception):  # noqa: N818 - says what the file is
    """The file is gone, no photo or PDF, or too large."""


@dataclass(frozen=True, slots=True)
class ReceiptFile:
    """A file as it goes into the book."""

    name: str
    type: str
    data: bytes

    def attached_to(self, number: str) -> Attachment:
        """The command that attaches it to a document, with its SHA-256."""
        digest = sha256(self.data).hexdigest()
        return Attachment(of=number, name=self.name, type=self.type, sha256=digest, data=self.data)


def read_receipt(path: Path) -> ReceiptFile:
    """Reads a PDF as it is, or a photo, upright and no larger than needed. Not on the screen's
    thread.

    Raises UnreadableFile where it is gone, too large, or neither.
    """
    path = reachable(path)
    try:
        if path.stat().st_size > largest(path):
            raise UnreadableFile(path.name)
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableFile(path.name) from error
    if data.startswith(_PDF):
        return ReceiptFile(path.name[-_NAME:], "application/pdf", data)
    kind = kind_of(data)
    if len(data) <= _SMALL and kind in (b"jpeg", b"png"):
        return ReceiptFile(path.name[-_NAME:], f"image/{kind.decode()}", data)
    return ReceiptFile(f"{path.stem[-_NAME:]}.jpg", "image/jpeg", _photo(path, data))


def _photo(path: Path, data: bytes) -> bytes:
    image = picture(data, _SIDE)
    if image.isNull():
        raise UnreadableFile(path.name)
    made = QBuffer()
    made.open(QIODevice.OpenModeFlag.WriteOnly)
    image.convertToFormat(QImage.Format.Format_RGB32).save(made, "JPG", _QUALITY)  # type: ignore[call-overload]
    return bytes(made.data().data())


def attach(workspace: Workspace, number: str, paths: Iterable[Path], called: str = "") -> None:
    """Attaches files to a document; shows a message where one could not be read.

    `number` is its voucher or its id, `called` what it is called in that message.
    """
    wanted = tuple(paths)

    def work(book: Book) -> tuple[str, ...]:
        missed = []
        for path in wanted:
            try:
                book.record(read_receipt(path).attached_to(number))
            except UnreadableFile:
                missed.append(path.name)
        return tuple(missed)

    def done(missed: tuple[str, ...]) -> None:
        if missed:
            names = ", ".join(missed)
            text = workspace.ui.t("{names} can't be read and was not attached.", names=names)
            saved = workspace.ui.t("{number} is saved.", number=called or number)
            workspace.say(text, "warn", strong=saved)

    if wanted:
        workspace.tasks.change(work, ("attachment",), done)


_MOST = 6


def files_in(mime: QMimeData) -> list[Path]:
    """Paths of the files of this computer that are dragged, whatever their type."""
    return [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]


class _File(QWidget):
    """A file's name with a button that removes it."""

    def __init__(self, ui: UiContext, path: Path, remove: Button) -> None:
        super().__init__()
        icon = "file-pdf" if path.suffix.lower() == ".pdf" else "image"
        row(Icon(ui, icon, "accent_text"), (Elided(path.name), 1), remove, parent=self, space=8)


class ReceiptPhoto(Kept, QFrame):
    """The paths of receipts as an input; the files are read when the document is saved."""

    changed = Signal()

    def __init__(self, ui: UiContext, invited: str = "") -> None:
        """`invited`: what may be dropped here, in words; a receipt where nothing is said."""
        super().__init__()
        self._ui = ui
        self._invited = invited or ui.t("Drop the photo or PDF of the receipt here")
        self.paths: list[Path] = []
        self.setObjectName("drop")
        self.setAcceptDrops(True)
        self._rows = column(space=2)
        self._icon = Icon(ui, "paperclip", "text2")
        self.words = label("", "caption", wrap=True)
        self.choose_button = Button(ui, ui.t("Choose a file"), kind="quiet", scale="small")
        self.choose_button.when_clicked(self.choose)
        line = row(self._icon, (self.words, 1), self.choose_button, space=8)
        column(self._rows, line, parent=self, space=4, margins=(12, 8, 8, 8))
        self.say("")

    def say(self, text: str) -> None:
        """Shows what was wrong with a file; an empty text shows the invitation."""
        more = self._ui.t("Drop another page here")
        self.words.setText(text or (more if self.paths else self._invited))
        restyle(self.words, tone="warn" if text else "")
        self._icon.show_icon("warning" if text else "paperclip", "amber" if text else "text2")

    def choose(self) -> None:
        """Asks for files, and adds them."""
        t = self._ui.t
        patterns = " ".join(f"*{suffix}" for suffix in SUFFIXES)
        pattern = f"{t('Photos and PDF')} ({patterns})"
        self.take(ask_which(self, t("Choose the receipt"), pattern, Use.RECEIPT, several=True))

    def take(self, paths: Iterable[Path]) -> None:
        """Adds files; shows a message about those it can't take."""
        said, before = "", len(self.paths)
        for path in paths:
            if path in self.paths:
                continue
            if problem := self._against(path):
                said = problem
                continue
            self.paths.append(path)
            self._show(path)
        self.say(said)
        if len(self.paths) != before:
            self.changed.emit()

    def _against(self, path: Path) -> str:
        t = self._ui.t
        if len(self.paths) >= _MOST:
            return t("{n} files are enough for one receipt.", n=_MOST)
        if path.suffix.lower() not in SUFFIXES:
            return t("{name} is neither a photo nor a PDF.", name=path.name)
        try:
            size = path.stat().st_size
        except OSError:
            return t("{name} can't be read.", name=path.name)
        if size > largest(path):
            most = self._ui.formats.number(largest(path) // 1_000_000)
            return t("{name} is larger than {most} MB.", name=path.name, most=most)
        return ""

    def _show(self, path: Path) -> None:
        remove = Button(self._ui, "", "x", kind="quiet", scale="small")
        remove.hint(self._ui.t("Remove {name}", name=path.name))
        shown = _File(self._ui, path, remove)
        remove.when_clicked(partial(self._remove, path, shown))
        self._rows.addWidget(shown)

    def _remove(self, path: Path, shown: QWidget) -> None:
        self.paths.remove(path)
        self._rows.removeWidget(shown)
        discard(shown)
        self.say("")
        self.changed.emit()

    # -- as an input -----------------------------------------------------------------------

    def value(self) -> list[str]:
        """The paths as text."""
        return [str(path) for path in self.paths]

    def set_value(self, value: object) -> None:
        """Shows these paths in place of those before; files that are gone are left out."""
        while self.paths:
            item = self._rows.itemAt(0)
            shown = item.widget() if item is not None else None
            assert shown is not None
            self._remove(self.paths[0], shown)
        wanted = value if isinstance(value, list) else []
        there = [Path(path) for path in wanted if isinstance(path, str)]
        self.take(path for path in there if path.is_file())

    # -- dragging --------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's name
        if files_in(event.mimeData()):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self.show_over(over=True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:  # noqa: N802 - Qt's name
        self.show_over(over=False)

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's name
        self.show_over(over=False)
        self.take(files_in(event.mimeData()))
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()

    def show_over(self, *, over: bool) -> None:
        """Marks the field while files are held above it."""
        restyle(self, over=over)
