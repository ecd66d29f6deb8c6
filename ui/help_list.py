"""The list at the left of the help: chapters, or what was found."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ui.kit import Kit
from ui.tokens import ICON, ROW_TWO_LINES

_TOPIC, _ICON, _SECOND = (Qt.ItemDataRole.UserRole + each for each in (1, 2, 3))
_INSET, _ROW = 10, 34
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Entry:
    """`topic` is a chapter or `chapter#section`; `second` a quiet line below."""

    topic: str
    title: str
    icon: str = ""
    second: str = ""


class HelpList(QListView):
    chosen = Signal(str)
    """The topic of the entry one came to, by mouse or keys."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._entries = QStandardItemModel(self)
        self._quiet = False
        self.setModel(self._entries)
        self.setItemDelegate(_Delegate(kit, self))
        self.setObjectName("bare")
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.selectionModel().currentChanged.connect(self._changed)
        self.clicked.connect(self._choose)

    @property
    def topics(self) -> list[str]:
        return [self._entries.item(row).data(_TOPIC) for row in range(self._entries.rowCount())]

    def show_entries(self, entries: Iterable[Entry]) -> None:
        self._quiet = True
        self._entries.clear()
        for entry in entries:
            item = QStandardItem(entry.title)
            item.setData(entry.topic, _TOPIC)
            item.setData(entry.icon, _ICON)
            item.setData(entry.second, _SECOND)
            item.setToolTip(entry.title if entry.second else "")
            item.setAccessibleText(
                f"{entry.title}. {entry.second}" if entry.second else entry.title
            )
            self._entries.appendRow(item)
        self._quiet = False

    def mark(self, topic: str) -> None:
        """Shows where one is, without choosing it."""
        self._quiet = True
        topics = self.topics
        row = topics.index(topic) if topic in topics else -1
        self.setCurrentIndex(self._entries.index(row, 0) if row >= 0 else QModelIndex())
        self._quiet = False

    def choose_first(self) -> None:
        if self.topics:
            self.setFocus()
            self.setCurrentIndex(self._entries.index(0, 0))
            self._choose(self.currentIndex())

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._choose(self.currentIndex())
            return
        super().keyPressEvent(event)

    def _changed(self, index: QModelIndex, _before: QModelIndex) -> None:
        if not self._quiet:
            self._choose(index)

    def _choose(self, index: QModelIndex) -> None:
        if index.isValid():
            self.chosen.emit(str(index.data(_TOPIC)))


class _Delegate(QStyledItemDelegate):
    def __init__(self, kit: Kit, parent: QWidget) -> None:
        super().__init__(parent)
        self._kit = kit

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802 - Qt's name
        return QSize(0, self._kit.theme.px(ROW_TWO_LINES if index.data(_SECOND) else _ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, rect = self._kit.theme, option.rect.adjusted(0, 1, 0, -1)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        if selected or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("soft" if selected else "sunken"))
            painter.drawRoundedRect(rect, 6, 6)
        inner = rect.adjusted(_INSET, 0, -_INSET, 0)
        color = "accent_text" if selected else "text"
        if icon := str(index.data(_ICON) or ""):
            side = theme.px(ICON)
            box = QRect(inner.left(), rect.center().y() - side // 2 + 1, side, side)
            theme.draw_icon(painter, icon, theme.color("accent_text" if selected else "text2"), box)
            inner.setLeft(inner.left() + side + _INSET)
        title, second = str(index.data()), str(index.data(_SECOND) or "")
        if second:
            upper, lower = QRect(inner), QRect(inner)
            upper.setBottom(rect.center().y() + 1)
            lower.setTop(rect.center().y() + 1)
            self._draw(painter, upper.adjusted(0, 5, 0, 0), title, color, "body")
            self._draw(painter, lower.adjusted(0, 0, 0, -5), second, "text3", "caption")
        else:
            self._draw(painter, inner, title, color, "body", bold=selected)
        painter.restore()

    def _draw(
        self,
        painter: QPainter,
        rect: QRect,
        text: str,
        color: str,
        size: str,
        *,
        bold: bool = False,
    ) -> None:
        painter.setFont(self._kit.theme.font(size, bold=bold))
        painter.setPen(self._kit.theme.color(color))
        shown = QFontMetrics(painter.font()).elidedText(
            text, Qt.TextElideMode.ElideRight, rect.width()
        )
        painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
