"""Papers for phones: their pages as pictures, to be pasted into a message or sent as files."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count, islice
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize
from PySide6.QtGui import QImage, QPainter, QTransform
from PySide6.QtPdf import QPdfDocument

WIDTH = 1080
"""Pixels: as wide as the screens of most phones."""
SIDEWAYS = 2 * WIDTH
"""Pixels, of a page that is wider than high: a wide table is looked at on a phone held sideways."""
_MARGIN = 36
_TO_SIGN = 180
"""Rows of blank paper in which somebody may sign, at most."""
_WHITE = 0xFF


def page_picture(document: QPdfDocument, page: int) -> QImage:
    """A page on white, `WIDTH` pixels wide or `SIDEWAYS`, without the blank paper around and
    between its writing: letters are as large as the phone has room for.
    """
    points = document.pagePointSize(page)
    across = WIDTH if points.width() <= points.height() else SIDEWAYS
    looked_at = _rendered(document, page, across)
    bands = _bands(looked_at.transformed(QTransform().rotate(90)))  # its rows are the columns
    if not bands:
        return looked_at
    left, right = max(0, bands[0][0] - _MARGIN), min(across - 1, bands[-1][1] + _MARGIN)
    larger = across / (right - left + 1)
    image = _rendered(document, page, round(across * larger))
    at = min(round(left * larger), image.width() - across)
    spans = ((max(0, first - _MARGIN), min(image.height() - 1, last + _MARGIN))
             for first, last in _bands(image))  # fmt: skip
    return stacked([image.copy(at, top, across, low - top + 1) for top, low in spans])


def _rendered(document: QPdfDocument, page: int, wide: int) -> QImage:
    points = document.pagePointSize(page)
    size = QSize(wide, round(wide * points.height() / points.width()))
    image = QImage(size, QImage.Format.Format_RGB32)
    image.fill(0xFFFFFFFF)
    painter = QPainter(image)
    painter.drawImage(0, 0, document.render(page, size))
    painter.end()
    return image


def _bands(image: QImage) -> list[tuple[int, int]]:
    """First and last row of each part of a picture in which anything stands; less than `_TO_SIGN`
    blank rows part nothing.
    """
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    wide, line, data = grey.width(), grey.bytesPerLine(), bytes(grey.constBits())
    blank = bytes([_WHITE]) * wide
    bands: list[tuple[int, int]] = []
    for n in range(grey.height()):
        if data[n * line : n * line + wide] == blank:
            continue
        first = bands.pop()[0] if bands and n - bands[-1][1] <= _TO_SIGN else n
        bands.append((first, n))
    return bands


def stacked(pictures: Sequence[QImage]) -> QImage:
    """The pictures below each other, on white where one is narrower than the widest."""
    wide = max(each.width() for each in pictures)
    image = QImage(wide, sum(each.height() for each in pictures), QImage.Format.Format_RGB32)
    image.fill(0xFFFFFFFF)
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


def places_of(path: Path, pages: int) -> list[Path]:
    """Where the pictures of pages go: the first to `path`, the second to `nota (2).png` beside it.

    Where that first one is new, a number that another file has is passed over.
    """
    renewed = path.exists()
    beside = (path.with_name(f"{path.stem} ({page}){path.suffix}") for page in count(2))
    return [path, *islice((each for each in beside if renewed or not each.exists()), pages - 1)]
