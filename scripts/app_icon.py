"""Draws the program's mark into resources/icons: for the setup, the launcher and the taskbar."""

from __future__ import annotations

import os
import struct
import sys
import tempfile
from datetime import datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QIcon, QImageWriter
from PySide6.QtWidgets import QApplication

from kwt_books.i18n.catalogue import Translator, resources_dir
from kwt_books.i18n.formats import Formats
from ui.kit.look import Mode, Theme, UiContext
from ui.kit.preferences import app_icon

SIDES = (16, 24, 32, 48, 64, 256)


def main() -> int:
    app = QApplication([])
    with tempfile.TemporaryDirectory() as cache:
        theme = Theme(app, resources_dir(), Path(cache))
        theme.use(Mode.LIGHT, 100)
        ui = UiContext(theme, Translator("id"), Formats("id"), datetime.now)
        pictures = {side: _png(app_icon(ui), side) for side in SIDES}
    folder = resources_dir() / "icons"
    (folder / "kwt-books.png").write_bytes(pictures[SIDES[-1]])
    (folder / "kwt-books.ico").write_bytes(_ico(pictures))
    return 0


def _png(icon: QIcon, side: int) -> bytes:
    out = QBuffer()
    out.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(out, QByteArray(b"png")).write(icon.pixmap(side, side).toImage())
    return bytes(out.data().data())


def _ico(pictures: dict[int, bytes]) -> bytes:
    """A directory of the pictures, then the pictures; a side of 256 is written as 0."""
    head = struct.pack("<HHH", 0, 1, len(pictures))
    offset = len(head) + 16 * len(pictures)
    for side, picture in pictures.items():
        head += struct.pack("<4B2H2I", side % 256, side % 256, 0, 0, 1, 32, len(picture), offset)
        offset += len(picture)
    return head + b"".join(pictures.values())


if __name__ == "__main__":
    sys.exit(main())
