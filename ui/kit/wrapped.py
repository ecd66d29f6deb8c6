"""Labels whose text wraps, its lines as far apart as the look says for their size."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QLabel

_ENDLESS = 1 << 24
"""A width that no text fills, in pixels."""
_WIDTHS = 16
"""For so many widths a text's lines are kept."""
_LONG = "n" * 32
"""As wide as any word is that somebody says; the name of a file may be longer, and goes on in the
next line where there is no room for it.
"""


def line_height(font: QFont) -> int:
    """How far lines of text are apart, in pixels: 18 for captions and 20 for the body at 100
    percent, whatever the font's family asks for.
    """
    return (font.pixelSize() * 14 + 5) // 10


_BACKSLASH, _MAY_END = "\\", "\u200b"
"""What folders of Windows are parted by, behind which no line would end by itself; a place without
width where one may.
"""


def ending_at_folders(text: str) -> str:
    """The text, whose lines may end behind each folder of a long path."""
    return text.replace(_BACKSLASH, _BACKSLASH + _MAY_END)


_OTHER_LOOK = (QEvent.Type.FontChange, QEvent.Type.ContentsRectChange)


class Wrapped(QLabel):
    """A label of plain text that wraps, its lines as far apart as the look says for their size."""

    def __init__(self, text: str = "") -> None:
        super().__init__(ending_at_folders(text))
        self.setWordWrap(True)
        self._layouts: dict[int, QTextLayout] = {}
        self._heights: dict[int, int] = {}

    def text(self) -> str:
        """As it was given."""
        return super().text().replace(_BACKSLASH + _MAY_END, _BACKSLASH)

    def setText(self, text: str) -> None:  # noqa: N802 - Qt's name
        if text != self.text():
            self._forget()
            super().setText(ending_at_folders(text))

    def setAlignment(self, alignment: Qt.AlignmentFlag) -> None:  # noqa: N802 - Qt's name
        self._forget()
        super().setAlignment(alignment)

    def event(self, event: QEvent) -> bool:
        if event.type() in _OTHER_LOOK:
            self._forget()
        return super().event(event)

    def _forget(self) -> None:
        """Forgets what was laid out, for the text or its look is another."""
        self._layouts.clear()
        self._heights.clear()

    def _lay_out(self, width: int) -> QTextLayout:
        """The text in lines of this width; kept, for Qt asks often, a few widths in turn."""
        if (laid := self._layouts.get(width)) is not None:
            return laid
        if len(self._layouts) > _WIDTHS:
            self._forget()
        font, align = self.font(), self.alignment()
        made = QTextLayout(super().text().replace("\n", "\u2028"), font)
        option = QTextOption(align & Qt.AlignmentFlag.AlignHorizontal_Mask)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        made.setTextOption(option)
        made.beginLayout()
        step, spare = line_height(font), line_height(font) - QFontMetrics(font).height()
        top = (spare + 1) // 2
        while (line := made.createLine()).isValid():
            line.setLineWidth(width)
            line.setPosition(QPointF(0, top))
            top += step
        made.endLayout()
        self._layouts[width] = made
        return made

    def _tall(self, width: int) -> int:
        if (tall := self._heights.get(width)) is not None:
            return tall
        around = self.contentsMargins()
        beside, above = around.left() + around.right(), around.top() + around.bottom()
        lines = max(1, self._lay_out(max(0, width - beside)).lineCount())
        tall = self._heights[width] = lines * line_height(self.font()) + above
        return tall

    def heightForWidth(self, width: int) -> int:  # noqa: N802 - Qt's name
        self.ensurePolished()
        return self._tall(width)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        wide = super().sizeHint().width()
        return QSize(wide, self._tall(wide))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        long = self.fontMetrics().horizontalAdvance(_LONG)
        return QSize(min(super().minimumSizeHint().width(), long), self._tall(_ENDLESS))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter, room = QPainter(self), self.contentsRect()
        laid = self._lay_out(room.width())
        spare = room.height() - laid.lineCount() * line_height(self.font())
        top = room.top()
        if not self.alignment() & Qt.AlignmentFlag.AlignTop:
            top += spare if self.alignment() & Qt.AlignmentFlag.AlignBottom else spare // 2
        painter.setPen(self.palette().color(self.foregroundRole()))
        laid.draw(painter, QPointF(room.left(), top))


class Rich(QLabel):
    """A label of rich text that wraps, its lines as far apart as those of `Wrapped`."""

    def __init__(self, html: str = "") -> None:
        super().__init__()
        self._html = html
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setWordWrap(True)
        self._space()

    def show_html(self, html: str) -> None:
        """Shows another text."""
        self._html = html
        self._space()

    def _space(self) -> None:
        html = ending_at_folders(self._html)
        self.setText(f"<div style='line-height:{line_height(self.font())}px'>{html}</div>")

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._space()
