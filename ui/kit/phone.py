"""Papers for phones: their pages as pictures, to be pasted into a message or sent as files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRect, QSize
from PySide6.QtGui import QImage, QPainter
from PySide6.QtPdf import QPdfDocument

WIDTH = 1080
"""Pixels: as wide as the screens of most phones."""
_MARGIN = 36
_WHITE = 0xFF


def page_picture(document: QPdfDocument, page: int) -> QImage:
    """A page on white, `WIDTH` pixels wide, without the blank paper above and below its writing."""
    points = document.pagePointSize(page)
    size = QSize(WIDTH, round(WIDTH * points.height() / points.width()))
    image = QImage(size, QImage.Format.Format_RGB32)
    image.fill(0xFFFFFFFF)
    painter = QPainter(image)
    painter.drawImage(0, 0, document.render(page, size))
    painter.end()
    return image.copy(written(image))


def written(image: QImage) -> QRect:
    """The rows of a picture from the first to the last that isn't white, with a margin."""
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    wide, line, data = grey.width(), grey.bytesPerLine(), bytes(grey.constBits())
    blank = bytes([_WHITE]) * wide
    rows = [n for n in range(grey.height()) if data[n * line : n * line + wide] != blank]
    if not rows:
        return image.rect()
    top = max(0, rows[0] - _MARGIN)
    return QRect(0, top, wide, min(image.height(), rows[-1] + 1 + _MARGIN) - top)


def stacked(pictures: Sequence[QImage]) -> QImage:
    """The pictures, all `WIDTH` wide, below each other."""
    image = QImage(WIDTH, sum(each.height() for each in pictures), QImage.Format.Format_RGB32)
    painter, top = QPainter(image), 0
    for each in pictures:
        painter.drawImage(0, top, each)
        top += each.height()
    painter.end()
    return image


def png_of(image: QImage) -> bytes:
    """The picture as PNG."""
    out = QByteArray()
    buffer = QBuffer(out)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(out.data())


def place_of(path: Path, page: int) -> Path:
    """Where the picture of a page goes: the first at `path`, `nota (2).png` for the second."""
    return path if page == 0 else path.with_name(f"{path.stem} ({page + 1}){path.suffix}")
