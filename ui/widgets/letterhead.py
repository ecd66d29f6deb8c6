"""A printed page in small: how the names that were typed will stand on every report."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.kit import Kit
from ui.tokens import LIGHT

_RATIO = {"F4": (215, 330), "A4": (210, 297)}
"""Millimetres across and down."""
_CENTRE = Qt.AlignmentFlag.AlignCenter


@dataclass(frozen=True, slots=True)
class Named:
    """What stands on a page; what is empty is left blank."""

    group: str = ""
    place: str = ""
    above: str = ""
    """Whose group it is: its LKM."""
    city: str = ""
    chair: str = ""
    treasurer: str = ""
    coordinator: str = ""
    paper: str = "F4"


class Letterhead(QWidget):
    """Paper is white in the dark too. What is not filled in yet shows as a grey bar."""

    def __init__(self, kit: Kit, width: int = 300) -> None:
        super().__init__()
        self._kit, self._width = kit, width
        self._named = Named()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(kit.t("A page of a report in small"))

    def show_names(self, named: Named) -> None:
        self._named = named
        self.setAccessibleDescription(", ".join(filter(None, (named.group, named.place))))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        across, down = _RATIO[self._named.paper]
        width = self._kit.theme.px(self._width)
        return QSize(width, width * down // across)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self._kit.theme.color("line"))
        painter.setBrush(QColor(LIGHT.surface))
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), 4, 4)
        self._paint_head(painter)
        self._paint_body(painter)
        self._paint_foot(painter)

    # -- parts of the page -----------------------------------------------------------------

    def _px(self, pixels: int) -> int:
        """A measure of a page 300 wide."""
        return self._kit.theme.px(pixels * self._width // 300)

    def _font(self, painter: QPainter, pixels: int, *, bold: bool = False) -> None:
        font = self._kit.theme.font(bold=bold)
        font.setPixelSize(max(7, self._px(pixels)))
        painter.setFont(font)

    def _line(self, painter: QPainter, rect: QRect, text: str, bar: int) -> None:
        """The text in the middle of `rect`, or a bar of that width in its place."""
        if not text:
            middle = rect.center()
            size = QSize(self._px(bar), self._px(5))
            place = QRect(middle.x() - size.width() // 2, middle.y() - 2, *size.toTuple())
            painter.fillRect(place, QColor(LIGHT.grid))
            return
        painter.setPen(QColor(LIGHT.text))
        elide = Qt.TextElideMode.ElideRight
        shown = painter.fontMetrics().elidedText(text, elide, rect.width())
        painter.drawText(rect, _CENTRE, shown)

    def _paint_head(self, painter: QPainter) -> None:
        px, named = self._px, self._named
        theme, side = self._kit.theme, px(30)
        mark = QRect(px(18), px(17), side, side)
        painter.setPen(QColor(LIGHT.text))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(mark)
        inset = px(7)
        glyph = mark.adjusted(inset, inset, -inset, -inset)
        theme.draw_icon(painter, "leaf", QColor(LIGHT.text), glyph)
        left, width = mark.right() + px(6), self.width() - mark.right() - px(6) - px(18)
        self._font(painter, 12, bold=True)
        self._line(painter, QRect(left, px(14), width, px(16)), named.group.upper(), 150)
        self._font(painter, 8)
        above = self._kit.t("Under {name}", name=named.above) if named.above else ""
        self._line(painter, QRect(left, px(30), width, px(11)), above, 110)
        self._line(painter, QRect(left, px(41), width, px(11)), named.place, 130)
        below = px(57)
        for offset, thickness in ((0, 2), (4, 1)):
            rule = QRect(px(18), below + offset, self.width() - 2 * px(18), thickness)
            painter.fillRect(rule, QColor(LIGHT.text))

    def _paint_body(self, painter: QPainter) -> None:
        px = self._px
        grey, head = QColor(LIGHT.grid), QColor(LIGHT.sunken)
        left, right = px(18), self.width() - px(18)
        painter.fillRect(QRect(self.width() // 2 - px(45), px(72), px(90), px(7)), head)
        top, bottom = px(92), self.height() - px(112)
        for place, at in enumerate(range(top, bottom, px(15))):
            wide = (130, 95, 112, 84, 120)[place % 5]
            painter.fillRect(QRect(left, at, px(wide), px(5)), grey)
            painter.fillRect(QRect(right - px(44), at, px(44), px(5)), grey)

    def _paint_foot(self, painter: QPainter) -> None:
        px, named, t = self._px, self._named, self._kit.t
        half = (self.width() - 2 * px(18)) // 2
        left, right = px(18), px(18) + half
        top = self.height() - px(104)
        self._font(painter, 8)
        city = f"{named.city}, …" if named.city else ""
        self._line(painter, QRect(right, top, half, px(11)), city, 70)
        for at, title in ((left, t("Chair,")), (right, t("Treasurer,"))):
            self._line(painter, QRect(at, top + px(11), half, px(11)), title, 50)
        self._font(painter, 9, bold=True)
        for at, name in ((left, named.chair), (right, named.treasurer)):
            self._line(painter, QRect(at, top + px(40), half, px(13)), name, 80)
        self._font(painter, 8)
        middle = QRect(self.width() // 2 - half // 2, top + px(58), half, px(11))
        self._line(painter, middle, t("Seen by,"), 50)
        self._font(painter, 9, bold=True)
        self._line(painter, middle.translated(0, px(25)), named.coordinator, 80)
