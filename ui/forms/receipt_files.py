"""Photos and PDF files of receipts: read, made small enough for a book, attached to a document."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader

from kwt_books.app import Book
from kwt_books.domain.documents.attachment import Attachment
from kwt_books.domain.long_paths import reachable
from ui.desk import Desk

PHOTOS = (".jpg", ".jpeg", ".png", ".webp", ".bmp")
SUFFIXES = (*PHOTOS, ".pdf")
_LARGEST, _LARGEST_PDF = 20_000_000, 5_000_000
_SIDE = 1_800
"""Pixels of a photo's longer side: every line of a receipt can still be read."""
_SMALL = 400_000
"""Bytes that a photo may have and stay as it is."""
_QUALITY = 80
_NAME = 200
_JPEG, _PNG, _PDF = b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"%PDF-"


def largest(path: Path) -> int:
    """Bytes that a file may have: photos are made smaller, a PDF goes in as it is."""
    return _LARGEST_PDF if path.suffix.lower() == ".pdf" else _LARGEST


class UnreadableFile(Exception):  # noqa: N818 - says what the file is
    """Gone, not a photo or PDF, or too large."""


@dataclass(frozen=True, slots=True)
class ReceiptFile:
    """What goes into the book."""

    name: str
    type: str
    data: bytes

    def attached_to(self, number: str) -> Attachment:
        digest = sha256(self.data).hexdigest()
        return Attachment(of=number, name=self.name, type=self.type, sha256=digest, data=self.data)


def read_receipt(path: Path) -> ReceiptFile:
    """A PDF as it is, a photo upright and no larger than needed. Not on the screen's thread."""
    path = reachable(path)
    try:
        if path.stat().st_size > largest(path):
            raise UnreadableFile(path.name)
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableFile(path.name) from error
    if data.startswith(_PDF):
        return ReceiptFile(path.name[-_NAME:], "application/pdf", data)
    if len(data) <= _SMALL and data.startswith((_JPEG, _PNG)):
        kind = "image/jpeg" if data.startswith(_JPEG) else "image/png"
        return ReceiptFile(path.name[-_NAME:], kind, data)
    return ReceiptFile(f"{path.stem[-_NAME:]}.jpg", "image/jpeg", _photo(path, data))


def _photo(path: Path, data: bytes) -> bytes:
    source = QBuffer()
    source.setData(QByteArray(data))
    source.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(source)
    reader.setAutoTransform(True)
    size = reader.size()
    if size.isValid() and max(size.width(), size.height()) > _SIDE:
        reader.setScaledSize(size.scaled(QSize(_SIDE, _SIDE), Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    if image.isNull():
        raise UnreadableFile(path.name)
    made = QBuffer()
    made.open(QIODevice.OpenModeFlag.WriteOnly)
    image.convertToFormat(QImage.Format.Format_RGB32).save(made, "JPG", _QUALITY)  # type: ignore[call-overload]
    return bytes(made.data().data())


def attach(desk: Desk, number: str, paths: Iterable[Path]) -> None:
    """Puts files beside a document; says so where one could not be read."""
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
            text = desk.kit.t("{names} can't be read and was not attached.", names=names)
            desk.say(text, "warn", strong=desk.kit.t("{number} is saved.", number=number))

    if wanted:
        desk.tasks.change(work, ("attachment",), done)
