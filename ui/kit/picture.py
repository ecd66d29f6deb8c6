"""Pictures out of a book: photos of a few known formats, recognised by their first bytes.

A file's name counts for nothing: Qt would take any format it has a reader for, and some of those,
as SVG, open other files.
"""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader

_MOST_MEGABYTES = 256
"""Greatest size of a decoded picture: a small file can claim to be a huge one."""


def kind_of(data: bytes) -> bytes:
    """Qt's name of the picture's format; empty where it is none of those read."""
    if data.startswith(b"\xff\xd8\xff"):
        return b"jpeg"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return b"png"
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return b"webp"
    return b"bmp" if data.startswith(b"BM") else b""


def picture(data: bytes, longest: int | None = None) -> QImage:
    """The picture, upright, its longer side `longest` pixels at most; a null image where it can't
    be read.
    """
    kind = kind_of(data)
    if not kind:
        return QImage()
    source = QBuffer()
    source.setData(QByteArray(data))
    source.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(source, QByteArray(kind))
    reader.setAutoDetectImageFormat(False)
    reader.setAutoTransform(True)
    reader.setAllocationLimit(_MOST_MEGABYTES)
    size = reader.size()
    if longest is not None and size.isValid() and max(size.width(), size.height()) > longest:
        reader.setScaledSize(
            size.scaled(QSize(longest, longest), Qt.AspectRatioMode.KeepAspectRatio)
        )
    return reader.read()
