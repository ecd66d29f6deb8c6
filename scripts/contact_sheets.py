"""Many pictures on one sheet, each with its name: the quick way to look at all of them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter

_ACROSS, _DOWN = 3, 4
_CELL = QSize(522, 292)
_NAME, _GAP = 18, 8


def make_sheets(pictures: Sequence[Path], folder: Path, name: str) -> list[Path]:
    """Twelve a sheet, `NAME-01.png` and so on, in the order given."""
    made = []
    per_sheet = _ACROSS * _DOWN
    for number, start in enumerate(range(0, len(pictures), per_sheet), start=1):
        path = folder / f"{name}-{number:02}.png"
        _sheet(pictures[start : start + per_sheet]).save(str(path))
        made.append(path)
    return made


def _sheet(pictures: Sequence[Path]) -> QImage:
    down = -(-len(pictures) // _ACROSS)
    sheet = QImage(_ACROSS * _CELL.width(), down * _CELL.height(), QImage.Format.Format_RGB32)
    sheet.fill(QColor("#3b4048"))
    painter = QPainter(sheet)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    font = QFont("Inter")
    font.setPixelSize(13)
    painter.setFont(font)
    painter.setPen(QColor("#ffffff"))
    for place, path in enumerate(pictures):
        down, across = divmod(place, _ACROSS)
        corner = QPoint(across * _CELL.width(), down * _CELL.height())
        _paint(painter, QRect(corner, _CELL), path)
    painter.end()
    return sheet


def _paint(painter: QPainter, cell: QRect, path: Path) -> None:
    inner = cell.adjusted(_GAP, _GAP, -_GAP, -_GAP)
    words = QRect(inner.topLeft(), QSize(inner.width(), _NAME))
    painter.drawText(words, Qt.AlignmentFlag.AlignLeft, path.stem)
    room = inner.adjusted(0, _NAME, 0, 0).size()
    picture = QImage(str(path))
    if picture.width() > room.width() or picture.height() > room.height():
        picture = picture.scaled(
            room, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
    painter.drawImage(inner.topLeft() + QPoint(0, _NAME), picture)
