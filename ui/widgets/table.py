"""The table all lists and reports are shown in: row rules, an accent edge, two-line cells."""

from __future__ import annotations

from enum import IntEnum
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from ui.kit import Kit, restyle
from ui.tokens import GUTTER, ROW_LIST

_EDGE = 3
INDENT = 16
_TIGHT = 8
Index = QModelIndex | QPersistentModelIndex
_HOVERED = QStyle.StateFlag.State_MouseOver
_SELECTED = QStyle.StateFlag.State_Selected


class Role(IntEnum):
    """What a model tells the delegate beside the text."""

    BOLD = Qt.ItemDataRole.UserRole + 1
    SECOND = Qt.ItemDataRole.UserRole + 2
    """A second line below the text, small and grey."""
    ASIDE = Qt.ItemDataRole.UserRole + 3
    """A grey gloss behind the text."""
    TONE = Qt.ItemDataRole.UserRole + 4
    """good, warn, error or quiet; of the row where the row as a whole is meant (GROUND)."""
    LEVEL = Qt.ItemDataRole.UserRole + 5
    STRUCK = Qt.ItemDataRole.UserRole + 6
    BADGE = Qt.ItemDataRole.UserRole + 7
    """Whether the text stands on a coloured ground."""
    ICON = Qt.ItemDataRole.UserRole + 8
    GROUND = Qt.ItemDataRole.UserRole + 9
    """A colour of the palette behind the whole row."""
    RAW = Qt.ItemDataRole.UserRole + 10
    """The value itself."""


TONES = {"good": "accent_text", "warn": "amber", "error": "red", "quiet": "text3", "": "text"}
_GROUNDS = {"good": "soft", "warn": "amber_bg", "error": "red_bg", "quiet": "sunken", "": "sunken"}


class RowDelegate(QStyledItemDelegate):
    """Paints a cell in the theme's colours; hover and selection go over the whole row."""

    def __init__(self, kit: Kit, view: QTableView, height: int, pad: int) -> None:
        super().__init__(view)
        self._kit, self._view, self.height, self.pad = kit, view, height, pad
        self.hovered = -1

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802 - Qt's name
        theme = self._kit.theme
        text = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        width = QFontMetrics(self._font(index)).horizontalAdvance(text)
        if aside := index.data(Role.ASIDE) or index.data(Role.SECOND):
            small = QFontMetrics(theme.font("caption")).horizontalAdvance(str(aside))
            width = width + small + 8 if index.data(Role.ASIDE) else max(width, small)
        width += 2 * self.pad + 4 + int(index.data(Role.LEVEL) or 0) * INDENT
        width += 16 if index.data(Role.BADGE) else 0
        return QSize(
            width + (theme.px(18) + 8 if index.data(Role.ICON) else 0), theme.px(self.height)
        )

    def _font(self, index: Index) -> QFont:
        figures = bool(int(self._alignment(index)) & Qt.AlignmentFlag.AlignRight.value)
        font = self._kit.theme.font(bold=bool(index.data(Role.BOLD)), figures=figures)
        font.setStrikeOut(bool(index.data(Role.STRUCK)))
        return font

    @staticmethod
    def _alignment(index: Index) -> int:
        found = index.data(Qt.ItemDataRole.TextAlignmentRole)
        return int(found) if found is not None else Qt.AlignmentFlag.AlignLeft.value

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect: QRect = option.rect
        selected = bool(option.state & _SELECTED)
        self._paint_ground(painter, rect, index, selected=selected)
        inner = rect.adjusted(self.pad, 0, -self.pad, -1)
        inner.setLeft(inner.left() + int(index.data(Role.LEVEL) or 0) * INDENT)
        painter.save()
        if index.data(Role.BADGE):
            self._paint_badge(painter, inner, index)
            painter.restore()
            return
        inner = self._paint_icon(painter, inner, index)
        if second := index.data(Role.SECOND):
            self._paint_two(painter, inner, index, str(second))
        else:
            self._paint_text(painter, inner, index)
        painter.restore()

    def _paint_ground(
        self, painter: QPainter, rect: QRect, index: Index, *, selected: bool
    ) -> None:
        theme = self._kit.theme
        ground = index.data(Role.GROUND)
        if selected:
            painter.fillRect(rect, theme.color("soft"))
        elif ground:
            painter.fillRect(rect, theme.color(str(ground)))
        elif index.row() == self.hovered:
            painter.fillRect(rect, theme.color("sunken"))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), theme.color("grid"))
        if selected and index.column() == self._first_column():
            edge = QRect(rect.left(), rect.top(), _EDGE, rect.height())
            painter.fillRect(edge, theme.color("accent"))

    def _first_column(self) -> int:
        return self._view.horizontalHeader().logicalIndex(0)

    def _color(self, index: Index) -> QColor:
        return self._kit.theme.color(TONES[str(index.data(Role.TONE) or "")])

    def _paint_icon(self, painter: QPainter, rect: QRect, index: Index) -> QRect:
        name = index.data(Role.ICON)
        if not name:
            return rect
        side = self._kit.theme.px(18)
        place = QRect(rect.left(), rect.center().y() - side // 2 + 1, side, side)
        tone = str(index.data(Role.TONE) or "")
        color = self._kit.theme.color(TONES[tone] if tone else "text2")
        self._kit.theme.draw_icon(painter, str(name), color, place)
        return rect.adjusted(side + 8, 0, 0, 0)

    def _paint_text(self, painter: QPainter, rect: QRect, index: Index) -> None:
        text = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        font = self._font(index)
        painter.setFont(font)
        painter.setPen(self._color(index))
        metrics = QFontMetrics(font)
        aside = str(index.data(Role.ASIDE) or "")
        small = self._kit.theme.font("caption")
        wanted = QFontMetrics(small).horizontalAdvance(aside) + 8 if aside else 0
        left = rect.width() - metrics.horizontalAdvance(text)
        room = rect.width() - (wanted if left < wanted * 2 // 3 else min(wanted, left))
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
        flags = self._alignment(index) | Qt.AlignmentFlag.AlignVCenter.value
        painter.drawText(rect, flags, shown)
        if aside:
            painter.setFont(small)
            painter.setPen(self._kit.theme.color("text3"))
            place = rect.adjusted(metrics.horizontalAdvance(shown) + 8, 0, 0, 0)
            aside = QFontMetrics(small).elidedText(
                aside, Qt.TextElideMode.ElideRight, place.width()
            )
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, aside)

    def _paint_two(self, painter: QPainter, rect: QRect, index: Index, second: str) -> None:
        theme, side = self._kit.theme, self._alignment(index)
        middle = rect.center().y() + 1
        self._paint_line(
            painter,
            QRect(rect.left(), middle - theme.px(20), rect.width(), theme.px(20)),
            (str(index.data(Qt.ItemDataRole.DisplayRole) or ""), self._font(index)),
            self._color(index),
            side,
        )
        self._paint_line(
            painter,
            QRect(rect.left(), middle, rect.width(), theme.px(18)),
            (second, theme.font("caption")),
            theme.color("text2"),
            side,
        )

    @staticmethod
    def _paint_line(
        painter: QPainter, rect: QRect, words: tuple[str, QFont], color: QColor, side: int
    ) -> None:
        text, font = words
        painter.setFont(font)
        painter.setPen(color)
        shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        painter.drawText(rect, side | Qt.AlignmentFlag.AlignVCenter.value, shown)

    def _paint_badge(self, painter: QPainter, rect: QRect, index: Index) -> None:
        theme, text = self._kit.theme, str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        if not text:
            return
        tone = str(index.data(Role.TONE) or "")
        font = theme.font("caption", bold=True)
        icon, side = index.data(Role.ICON), theme.px(16)
        width, height = QFontMetrics(font).horizontalAdvance(text) + 16, theme.px(22)
        width += side + 4 if icon else 0
        right = bool(self._alignment(index) & Qt.AlignmentFlag.AlignRight.value)
        left = rect.right() - width + 1 if right else rect.left()
        place = QRect(left, rect.center().y() - height // 2 + 1, width, height)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color(_GROUNDS[tone]))
        painter.drawRoundedRect(place, 6, 6)
        painter.setFont(font)
        color = theme.color(TONES[tone] if tone not in ("", "quiet") else "text2")
        painter.setPen(color)
        if icon:
            spot = QRect(place.left() + 8, place.center().y() - side // 2 + 1, side, side)
            theme.draw_icon(painter, str(icon), color, spot)
            place = place.adjusted(side + 4, 0, 0, 0)
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, text)


class Table(QTableView):
    """Whole rows, no grid, headings aligned like their columns. Enter activates a row.

    `tight` columns stand nearer to each other: more of their texts can be read.
    """

    def __init__(
        self,
        kit: Kit,
        height: int = ROW_LIST,
        parent: QWidget | None = None,
        *,
        tight: bool = False,
    ) -> None:
        super().__init__(parent)
        self._kit = kit
        self.setProperty("tight", tight)
        self._delegate = RowDelegate(kit, self, height, _TIGHT if tight else GUTTER)
        self.setItemDelegate(self._delegate)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setCornerButtonEnabled(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(kit.theme.px(height))
        self.verticalHeader().setMinimumSectionSize(kit.theme.px(height))
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setResizeContentsPrecision(60)
        header.setMinimumSectionSize(kit.theme.px(40))
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        kit.theme.changed.connect(self._dress)

    def _dress(self) -> None:
        self.viewport().update()

    def use(self, model: QAbstractItemModel, stretched: int = 0) -> None:
        """Shows a model; the column `stretched` takes what room is left."""
        old = self.selectionModel()
        self.setModel(model)
        if old is not None:
            old.deleteLater()
        self.stretch(stretched)

    def stretch(self, column: int) -> None:
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        if 0 <= column < header.count():
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)

    @property
    def pad(self) -> int:
        """Between the edge of a column and its text."""
        return self._delegate.pad

    @property
    def pad_usual(self) -> int:
        return GUTTER

    def set_tight(self, tight: bool) -> None:
        """Columns nearer to each other, or at their usual distance."""
        self._delegate.pad = _TIGHT if tight else GUTTER
        restyle(self, tight=tight)

    def select(self, row: int) -> None:
        if 0 <= row < self.model().rowCount():
            self.selectRow(row)
            self.scrollTo(self.model().index(row, 0))

    # -- hover over the whole row ----------------------------------------------------------

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        super().mouseMoveEvent(event)
        self._hover(self.rowAt(event.position().toPoint().y()))

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        super().leaveEvent(event)
        self._hover(-1)

    def _hover(self, row: int) -> None:
        if row != self._delegate.hovered:
            self._delegate.hovered = row
            self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.activated.emit(self.currentIndex())
            return
        super().keyPressEvent(event)

    def row_rect(self, row: int) -> QRect:
        """Where a row stands in the viewport."""
        top = self.rowViewportPosition(row)
        return QRect(QPoint(0, top), QSize(self.viewport().width(), self.rowHeight(row)))


def raw(index: Index) -> Any:
    return index.data(Role.RAW)
