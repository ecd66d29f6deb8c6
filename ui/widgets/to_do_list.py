"""What waits, as rows one can open."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QScrollArea, QSizePolicy, QWidget

from ui.kit import Kit
from ui.tokens import GUTTER, ICON_LARGE, ROW_TODO
from ui.widgets.icon import Disc
from ui.widgets.label import column, label


@dataclass(frozen=True, slots=True)
class ToDoRow:
    title: str
    second: str
    icon: str
    act: Callable[[], None]
    urgent: bool = True


class _Row(QAbstractButton):
    def __init__(self, kit: Kit, shown: ToDoRow) -> None:
        super().__init__()
        self._kit, self._shown = kit, shown
        self.setText(shown.title.replace("&", "&&"))
        self.setAccessibleName(shown.title)
        self.setAccessibleDescription(shown.second)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(kit.theme.px(ROW_TODO))
        self.clicked.connect(lambda _on=False: shown.act())

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(self._kit.theme.px(200), self._kit.theme.px(ROW_TODO))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        theme, painter = self._kit.theme, QPainter(self)
        if self.underMouse():
            painter.fillRect(self.rect(), theme.color("sunken"))
        painter.setPen(theme.color("grid"))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
        side, middle = theme.px(ICON_LARGE + 2), self.height() // 2
        color = theme.color("amber" if self._shown.urgent else "text2")
        icon = QRect(GUTTER, middle - side // 2, side, side)
        theme.draw_icon(painter, self._shown.icon, color, icon)
        caret = theme.px(16)
        arrow = QRect(self.width() - caret - 12, middle - caret // 2, caret, caret)
        theme.draw_icon(painter, "caret-right", theme.color("text3"), arrow)
        words = QRect(icon.right() + 13, 0, arrow.left() - icon.right() - 20, self.height())
        self._paint_words(painter, words, middle)

    def _paint_words(self, painter: QPainter, words: QRect, middle: int) -> None:
        theme = self._kit.theme
        lines = (
            (self._shown.title, theme.font(bold=True), "text", middle - theme.px(20)),
            (self._shown.second, theme.font("caption"), "text2", middle),
        )
        for text, font, color, top in lines:
            painter.setFont(font)
            painter.setPen(theme.color(color))
            place = QRect(words.left(), top, words.width(), theme.px(20))
            shown = painter.fontMetrics().elidedText(
                text, Qt.TextElideMode.ElideRight, words.width()
            )
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, shown)


class ToDoList(QScrollArea):
    """Empty, it says so kindly."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        self.rows: list[QAbstractButton] = []

    def show_rows(self, rows: Sequence[ToDoRow]) -> None:
        ground = QWidget()
        ground.setObjectName("bare")
        page = column(ground)
        self.rows = [_Row(self._kit, each) for each in rows]
        for row in self.rows:
            page.addWidget(row)
        if not rows:
            page.addStretch(1)
            centre = Qt.AlignmentFlag.AlignHCenter
            page.addWidget(Disc(self._kit, "check", 56), 0, centre)
            page.addSpacing(8)
            page.addWidget(label(self._kit.t("Nothing waits"), "strong"), 0, centre)
        page.addStretch(1)
        self.setWidget(ground)
