"""The list of reports at the left: grouped, found by any word of what they are for."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QStandardItem,
    QStandardItemModel,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from ui.kit import Kit
from ui.pages.reports_catalog import Entry, groups
from ui.widgets.button import with_keys
from ui.widgets.card import Card
from ui.widgets.label import column
from ui.widgets.seek_field import SeekField

_NAME, _GLOSS = Qt.ItemDataRole.UserRole + 1, Qt.ItemDataRole.UserRole + 2
_HEADING, _ENTRY = 36, 48
_INSET = 12
Index = QModelIndex | QPersistentModelIndex


class _Delegate(QStyledItemDelegate):
    def __init__(self, kit: Kit, view: QListView) -> None:
        super().__init__(view)
        self._kit = kit

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802 - Qt's name
        return QSize(0, self._kit.theme.px(_ENTRY if index.data(_NAME) else _HEADING))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, rect = self._kit.theme, option.rect
        text = str(index.data(Qt.ItemDataRole.DisplayRole))
        painter.save()
        if not index.data(_NAME):
            self._draw(painter, rect.adjusted(0, theme.px(10), 0, 0), text, "caption", "text2")
            painter.restore()
            return
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        if selected or hovered:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("soft" if selected else "sunken"))
            painter.drawRoundedRect(rect.adjusted(0, 1, 0, -1), 6, 6)
        half = rect.center().y() + 2
        above = QRect(rect.left(), half - theme.px(20), rect.width(), theme.px(20))
        below = QRect(rect.left(), half - theme.px(1), rect.width(), theme.px(18))
        self._draw(painter, above, text, "body", "accent_text" if selected else "text")
        self._draw(painter, below, str(index.data(_GLOSS)), "caption", "text3", bold=False)
        painter.restore()

    def _draw(
        self, painter: QPainter, rect: QRect, text: str, size: str, color: str, *, bold: bool = True
    ) -> None:
        theme = self._kit.theme
        strong = bold and color != "text"
        painter.setFont(theme.font(size, bold=strong))
        painter.setPen(theme.color(color))
        inner = rect.adjusted(_INSET, 0, -_INSET, 0)
        shown = QFontMetrics(painter.font()).elidedText(
            text, Qt.TextElideMode.ElideRight, inner.width()
        )
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter, shown)


class _View(QListView):
    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.activated.emit(self.currentIndex())
            return
        super().keyPressEvent(event)


class ReportList(Card):
    """`chosen` says which report is wanted; ↓ from the search field goes into the list."""

    chosen = Signal(str)
    entered = Signal()
    """Enter: on into the report."""

    def __init__(self, kit: Kit) -> None:
        super().__init__(margins=0, space=0)
        self._kit, self._groups = kit, tuple(groups(kit.t))
        top = column(margins=12, space=0)
        top.setContentsMargins(12, 12, 12, 4)
        title = kit.t("Find a report")
        self.search = SeekField(kit, title, with_keys(kit.t, title, "Ctrl+L"))
        top.addWidget(self.search)
        self.body.addLayout(top)
        self._model = QStandardItemModel(self)
        self.view = _View()
        self.view.setModel(self._model)
        self.view.setItemDelegate(_Delegate(kit, self.view))
        self.view.setMouseTracking(True)
        self.view.setUniformItemSizes(False)
        self.view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.view.setAccessibleName(kit.t("Reports"))
        under = column(margins=8, space=0)
        under.setContentsMargins(8, 0, 4, 8)
        under.addWidget(self.view)
        self.body.addLayout(under, 1)
        self._current, self._quiet = "", False
        self._fill("")
        self.search.textChanged.connect(self._fill)
        self.search.returnPressed.connect(self._choose_first)
        self.view.selectionModel().currentChanged.connect(self._changed)
        self.view.activated.connect(lambda _index: self.entered.emit())

    @property
    def current(self) -> str:
        return self._current

    @property
    def names(self) -> list[str]:
        """Those that are listed now."""
        found = (self._model.item(row).data(_NAME) for row in range(self._model.rowCount()))
        return [str(name) for name in found if name]

    def show_current(self, name: str) -> None:
        """Marks a report without asking for it."""
        self._current = name
        if name not in self.names and self.search.text():
            self.search.clear()
        self._mark()

    def _mark(self) -> None:
        self._quiet = True
        for row in range(self._model.rowCount()):
            if self._model.item(row).data(_NAME) == self._current:
                index = self._model.index(row, 0)
                self.view.setCurrentIndex(index)
                self.view.scrollTo(index)
                break
        else:
            self.view.setCurrentIndex(QModelIndex())
        self._quiet = False

    def _fill(self, text: str) -> None:
        wanted = text.strip().casefold()
        self._quiet = True
        self._model.clear()
        for group in self._groups:
            entries = [each for each in group.entries if _matches(wanted, group.title, each)]
            if entries:
                self._model.appendRow(_heading(group.title))
                for entry in entries:
                    self._model.appendRow(_item(entry))
        self._mark()

    def _choose_first(self) -> None:
        if self.names:
            self.chosen.emit(self.names[0])
            self.view.setFocus()

    def _changed(self, index: QModelIndex, _before: QModelIndex) -> None:
        name = index.data(_NAME) if index.isValid() else None
        if name and not self._quiet and name != self._current:
            self._current = str(name)
            self.chosen.emit(self._current)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() == Qt.Key.Key_Down and self.search.hasFocus():
            self.view.setFocus()
            return
        super().keyPressEvent(event)


def _matches(wanted: str, title: str, entry: Entry) -> bool:
    text = f"{title} {entry.title} {entry.gloss}".casefold()
    return all(word in text for word in wanted.split())


def _heading(title: str) -> QStandardItem:
    item = QStandardItem(title)
    item.setFlags(Qt.ItemFlag.NoItemFlags)
    return item


def _item(entry: Entry) -> QStandardItem:
    item = QStandardItem(entry.title)
    item.setData(entry.name, _NAME)
    item.setData(entry.gloss, _GLOSS)
    item.setToolTip(f"{entry.title}: {entry.gloss}" if entry.gloss else entry.title)
    item.setData(item.toolTip(), Qt.ItemDataRole.AccessibleTextRole)
    return item
