"""The table of all lists and reports: what models tell of a cell, painting rows, widths of columns,
hover and keys.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Any, NamedTuple

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolTip,
    QWidget,
)

from ui.kit.layout import tooltip
from ui.kit.look import ENTER, GUTTER, ROW_LIST, UiContext, restyle
from ui.kit.scrolling import MarginBar

# -- What a cell shows, and the base of the models -----------------------------------------------


NOWHERE = QModelIndex()
Index = QModelIndex | QPersistentModelIndex
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class Role(IntEnum):
    """What a model tells of a cell besides its text."""

    BOLD = Qt.ItemDataRole.UserRole + 1
    SECOND = Qt.ItemDataRole.UserRole + 2
    ASIDE = Qt.ItemDataRole.UserRole + 3
    TONE = Qt.ItemDataRole.UserRole + 4
    LEVEL = Qt.ItemDataRole.UserRole + 5
    STRUCK = Qt.ItemDataRole.UserRole + 6
    BADGE = Qt.ItemDataRole.UserRole + 7
    ICON = Qt.ItemDataRole.UserRole + 8
    GROUND = Qt.ItemDataRole.UserRole + 9
    """The colour of the palette behind the whole row."""
    RAW = Qt.ItemDataRole.UserRole + 10
    """The value itself."""


class Cell(NamedTuple):
    """What a cell shows. `tone`: good, warn, error or quiet.

    A tuple is made in a third of the time of a dataclass, and a list has thousands of cells.
    """

    text: str = ""
    second: str = ""
    """A second line below the text, small and grey."""
    aside: str = ""
    """A grey gloss behind the text."""
    tone: str = ""
    icon: str = ""
    icon_says: str = ""
    """What a screen reader says for the icon."""
    bold: bool = False
    badge: bool = False
    """Whether the text has a coloured background."""
    struck: bool = False
    level: int = 0
    """Steps by which the text is indented."""


class CellModel(QAbstractTableModel):
    """The base of models. Override `cell`, `alignment` and `raw`.

    The delegate asks for a whole cell: asking through Qt for each part costs ten times as much.
    """

    def cell(self, row: int, column: int) -> Cell:
        """What a cell shows."""
        raise NotImplementedError

    def alignment(self, column: int) -> Qt.AlignmentFlag:
        """How a column is aligned."""
        raise NotImplementedError

    def raw(self, row: int, column: int) -> Any:
        """The value behind a cell."""
        raise NotImplementedError

    def runs_on(self, row: int) -> bool:
        """Whether words of the row run on over the empty cells that follow them."""
        return False

    def spills(self, column: int) -> bool:
        """Whether texts of the column run on into what room the figures beside them leave."""
        return False

    def ground(self, row: int) -> str:
        """The colour of the palette behind a row; empty for the table's own."""
        return ""

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = index.row(), index.column()
        match int(role):
            case Role.RAW:
                return self.raw(row, column)
            case Role.GROUND:
                return self.ground(row)
            case Qt.ItemDataRole.TextAlignmentRole:
                return self.alignment(column)
        name = _PARTS.get(int(role))
        if name is not None:
            return getattr(self.cell(row, column), name)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            cell = self.cell(row, column)
            return " ".join(filter(None, (cell.text, cell.second, cell.aside, cell.icon_says)))
        return None


_PARTS: dict[int, str] = {
    int(Qt.ItemDataRole.DisplayRole): "text",
    int(Role.BOLD): "bold",
    int(Role.SECOND): "second",
    int(Role.ASIDE): "aside",
    int(Role.TONE): "tone",
    int(Role.LEVEL): "level",
    int(Role.STRUCK): "struck",
    int(Role.BADGE): "badge",
    int(Role.ICON): "icon",
}


_EDGE = 3
INDENT = 16
PAD_TIGHT = 8
_SPARE = 4
"""What a cell is given beyond the width of its words."""
_ASIDE = 40
"""Least width of a gloss; the text before it is never shortened for it."""
_MEASURED = 8
"""How many of a column's texts, the longest, are measured."""
_SAMPLE = 200
"""Rows measured for a column's width."""
_SELECTED = QStyle.StateFlag.State_Selected
_AT_RIGHT = Qt.AlignmentFlag.AlignRight.value
_MIDDLE = Qt.AlignmentFlag.AlignVCenter.value
TONES = {"good": "accent_text", "warn": "amber", "error": "red", "quiet": "text3", "": "text"}
_EDGES = {"warn": "amber", "error": "red"}
_GROUNDS = {"good": "soft", "warn": "amber_bg", "error": "red_bg", "quiet": "sunken", "": "sunken"}


class RowDelegate(QStyledItemDelegate):
    """Paints a cell in the theme's colours; hover and selection cover the whole row."""

    def __init__(self, ui: UiContext, view: QTableView, height: int, pad: int) -> None:
        super().__init__(view)
        self._ui, self._view, self.height, self.pad = ui, view, height, pad
        self.edge = GUTTER
        self.hovered = -1

    def use(self, model: CellModel) -> None:
        """Paints from this model."""
        self._model = model

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802 - Qt's name
        return QSize(
            self.width(self._model.cell(index.row(), index.column()), index.column()),
            self._ui.theme.px(self.height),
        )

    def column_width(self, column: int) -> int:
        """The width of a column's longest texts among its first rows, in pixels."""
        model = self._model
        rows = range(min(model.rowCount(), _SAMPLE))
        told = dict.fromkeys(model.cell(row, column) for row in rows)
        cells = sorted(told, key=_length, reverse=True)
        return max((self.width(cell, column) for cell in cells[:_MEASURED]), default=0)

    def width(self, cell: Cell, column: int) -> int:
        """The width that a cell needs, in pixels."""
        theme = self._ui.theme
        wide = self._metrics(cell, self._figures(column)).horizontalAdvance(cell.text)
        small = theme.metrics("caption")
        if cell.aside:
            wide += small.horizontalAdvance(cell.aside) + 8
        elif cell.second:
            wide = max(wide, small.horizontalAdvance(cell.second))
        wide += sum(self.pads(column)) + _SPARE + cell.level * INDENT + (16 if cell.badge else 0)
        return wide + (theme.px(18) + 8 if cell.icon else 0)

    def pads(self, column: int) -> tuple[int, int]:
        """Pixels between a column's edges and its text; the table's own edges keep their distance
        where columns are close to each other, the right one always, for the bar lies over it.
        """
        header = self._view.horizontalHeader()
        first, last = header.logicalIndex(0), header.logicalIndex(header.count() - 1)
        right = max(GUTTER, self.edge)
        return self.edge if column == first else self.pad, right if column == last else self.pad

    def _figures(self, column: int) -> bool:
        return bool(self._model.alignment(column).value & _AT_RIGHT)

    def _metrics(self, cell: Cell, figures: bool) -> QFontMetrics:
        return self._ui.theme.metrics(bold=cell.bold, figures=figures)

    def helpEvent(  # noqa: N802 - Qt's name
        self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index
    ) -> bool:
        """Tells the words of a cell that are shortened; else what the model says of it."""
        said = self._shortened(option.rect, index) if index.isValid() else ""
        if event.type() != QEvent.Type.ToolTip or not said:
            return super().helpEvent(event, view, option, index)
        QToolTip.showText(event.globalPos(), tooltip(said), view.viewport(), option.rect)
        return True

    def _shortened(self, rect: QRect, index: Index) -> str:
        """The words of a cell that has no room for them; empty where it has."""
        column, model = index.column(), self._model
        if index.data(Qt.ItemDataRole.ToolTipRole):
            return ""
        if model.runs_on(index.row()):
            column, rect = self._run_on(index.row(), column, rect)
        cell = model.cell(index.row(), column)._replace(aside="")
        room = self._room_beside(index.row(), column) if model.spills(column) else 0
        if self.width(cell, column) - _SPARE <= rect.width() + room:
            return ""
        return "\n".join(filter(None, (cell.text, cell.second)))

    def _room_beside(self, row: int, column: int) -> int:
        """What the figures beside a cell leave it of their column, in pixels."""
        beside = self.width(self._model.cell(row, column + 1), column + 1)
        return max(0, self._view.columnWidth(column + 1) - beside)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paints a cell."""
        row, column = index.row(), index.column()
        rect: QRect = option.rect
        selected = bool(option.state & _SELECTED)
        self._paint_ground(painter, rect, (row, column), selected=selected)
        painter.save()
        if self._model.runs_on(row):
            painter.setClipRect(rect, Qt.ClipOperation.IntersectClip)
            column, rect = self._run_on(row, column, rect)
        elif self._model.spills(column):
            painter.setClipRect(rect, Qt.ClipOperation.IntersectClip)
        elif column and self._model.spills(column - 1):
            painter.setClipRect(rect, Qt.ClipOperation.IntersectClip)
            before = self._view.columnWidth(column - 1)
            left = rect.adjusted(-before, 0, -rect.width(), 0)
            self._paint_cell(painter, left, (row, column - 1), selected=selected)
        self._paint_cell(painter, rect, (row, column), selected=selected)
        painter.restore()

    def _paint_cell(
        self, painter: QPainter, rect: QRect, place: tuple[int, int], *, selected: bool
    ) -> None:
        row, column = place
        cell = self._model.cell(row, column)
        left, right = self.pads(column)
        inner = rect.adjusted(left + cell.level * INDENT, 0, -right, -1)
        if self._model.spills(column):
            inner.adjust(0, 0, self._room_beside(row, column), 0)
        side = self._model.alignment(column).value
        if cell.badge:
            alike = self._ground(row, selected=selected) == _GROUNDS[cell.tone]
            self._paint_badge(painter, inner, cell, side, alike=alike)
        else:
            inner = self._paint_icon(painter, inner, cell)
            paint = self._paint_two if cell.second else self._paint_text
            paint(painter, inner, cell, side)

    def _run_on(self, row: int, column: int, rect: QRect) -> tuple[int, QRect]:
        """The cell whose words run on to here, and its rectangle with the empty cells behind it."""
        header, model = self._view.horizontalHeader(), self._model
        first = column
        while first > 0 and not model.cell(row, first).text:
            first -= 1
        last = column
        while last + 1 < model.columnCount() and not model.cell(row, last + 1).text:
            last += 1
        left = rect.left() - header.sectionPosition(column) + header.sectionPosition(first)
        right = rect.right() - header.sectionPosition(column) - header.sectionSize(column)
        right += header.sectionPosition(last) + header.sectionSize(last)
        return first, QRect(left, rect.top(), right - left + 1, rect.height())

    def _paint_ground(
        self, painter: QPainter, rect: QRect, place: tuple[int, int], *, selected: bool
    ) -> None:
        theme, (row, column) = self._ui.theme, place
        if ground := self._ground(row, selected=selected):
            painter.fillRect(rect, theme.color(ground))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), theme.color("grid"))
        if selected and column == self._first_column():
            edge = QRect(rect.left(), rect.top(), _EDGE, rect.height())
            painter.fillRect(edge, theme.color("accent"))

    def _ground(self, row: int, *, selected: bool) -> str:
        """The colour behind a row; empty for the table's own."""
        if selected:
            return "soft"
        return self._model.ground(row) or ("sunken" if row == self.hovered else "")

    def _first_column(self) -> int:
        return self._view.horizontalHeader().logicalIndex(0)

    def _font(self, cell: Cell, side: int) -> QFont:
        font = self._ui.theme.font(bold=cell.bold, figures=bool(side & _AT_RIGHT))
        if cell.struck:
            font.setStrikeOut(True)
        return font

    def _color(self, cell: Cell) -> QColor:
        return self._ui.theme.color(TONES[cell.tone])

    def _paint_icon(self, painter: QPainter, rect: QRect, cell: Cell) -> QRect:
        if not cell.icon:
            return rect
        side = self._ui.theme.px(18)
        place = QRect(rect.left(), rect.center().y() - side // 2 + 1, side, side)
        color = self._ui.theme.color(TONES[cell.tone] if cell.tone else "text2")
        self._ui.theme.draw_icon(painter, cell.icon, color, place)
        return rect.adjusted(side + 8, 0, 0, 0)

    def _paint_text(self, painter: QPainter, rect: QRect, cell: Cell, side: int) -> None:
        painter.setFont(self._font(cell, side))
        painter.setPen(self._color(cell))
        metrics = self._metrics(cell, bool(side & _AT_RIGHT))
        shown = metrics.elidedText(cell.text, Qt.TextElideMode.ElideRight, rect.width())
        painter.drawText(rect, side | _MIDDLE, shown)
        place = rect.adjusted(metrics.horizontalAdvance(shown) + 8, 0, 0, 0)
        if not cell.aside or place.width() < self._ui.theme.px(_ASIDE):
            return
        painter.setFont(self._ui.theme.font("caption"))
        painter.setPen(self._ui.theme.color("text3"))
        small = self._ui.theme.metrics("caption")
        aside = small.elidedText(cell.aside, Qt.TextElideMode.ElideRight, place.width())
        painter.drawText(place, _MIDDLE, aside)

    def _paint_two(self, painter: QPainter, rect: QRect, cell: Cell, side: int) -> None:
        theme, middle = self._ui.theme, rect.center().y() + 1
        painter.setFont(self._font(cell, side))
        painter.setPen(self._color(cell))
        above = QRect(rect.left(), middle - theme.px(20), rect.width(), theme.px(20))
        metrics = self._metrics(cell, bool(side & _AT_RIGHT))
        shown = metrics.elidedText(cell.text, Qt.TextElideMode.ElideRight, rect.width())
        painter.drawText(above, side | _MIDDLE, shown)
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.color("text2"))
        below = QRect(rect.left(), middle, rect.width(), theme.px(18))
        metrics = theme.metrics("caption")
        shown = metrics.elidedText(cell.second, Qt.TextElideMode.ElideRight, rect.width())
        painter.drawText(below, side | _MIDDLE, shown)

    def _paint_badge(
        self, painter: QPainter, rect: QRect, cell: Cell, at: int, *, alike: bool
    ) -> None:
        """`alike`: the row has the badge's colour, so that another background is needed."""
        if not cell.text:
            return
        theme, side = self._ui.theme, self._ui.theme.px(16)
        wide = theme.metrics("caption", bold=True).horizontalAdvance(cell.text) + 16
        wide += side + 4 if cell.icon else 0
        height = theme.px(22)
        left = rect.right() - wide + 1 if at & _AT_RIGHT else rect.left()
        place = QRect(left, rect.center().y() - height // 2 + 1, wide, height)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = "surface" if alike else _GROUNDS[cell.tone]
        edge = _EDGES.get(cell.tone, "line") if theme.strong else ""
        within = 0.5 if edge else 0.0  # a pen of one pixel fills the pixels at the edge
        around = QRectF(place).adjusted(within, within, -within, -within)
        theme.paint_round(painter, around, ground, 6, edge=edge)
        painter.setFont(theme.font("caption", bold=True))
        color = theme.color(TONES[cell.tone] if cell.tone not in ("", "quiet") else "text2")
        painter.setPen(color)
        if cell.icon:
            spot = QRect(place.left() + 8, place.center().y() - side // 2 + 1, side, side)
            theme.draw_icon(painter, cell.icon, color, spot)
            place = place.adjusted(side + 4, 0, 0, 0)
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, cell.text)


def _length(cell: Cell) -> int:
    return max(len(cell.text) + len(cell.aside), len(cell.second))


class Table(QTableView):
    """A table of whole rows, without grid lines, headings aligned like their columns. Enter
    activates a row.

    With `tight`, columns are closer to each other, so that more of their texts can be read; the
    last one keeps its distance from the table's edge, and unless it is crowded the first one too.
    """

    def __init__(
        self,
        ui: UiContext,
        height: int = ROW_LIST,
        parent: QWidget | None = None,
        *,
        tight: bool = False,
    ) -> None:
        super().__init__(parent)
        self._ui = ui
        self._widths: dict[int, int] = {}
        """Widths of the columns measured, kept because Qt asks for them many times."""
        self._stretched, self._beside = 0, -1
        self.setProperty("tight", tight)
        self.setProperty("crowded", False)
        self._delegate = RowDelegate(ui, self, height, PAD_TIGHT if tight else GUTTER)
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
        self.bar = MarginBar(self)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ui.theme.px(height))
        self.verticalHeader().setMinimumSectionSize(ui.theme.px(height))
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setResizeContentsPrecision(60)
        header.setMinimumSectionSize(ui.theme.px(40))
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        ui.theme.changed.connect(self._dress)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self.bar.fit()

    def _dress(self) -> None:
        self._forget_widths()
        self.viewport().update()

    def use(self, model: CellModel, stretched: int = 0) -> None:
        """Shows a model; the column `stretched` takes what room is left."""
        old = self.selectionModel()
        self._delegate.use(model)
        # Before the rows change, for then Qt asks for the widths at once.
        for signal in (model.modelAboutToBeReset, model.rowsAboutToBeInserted):
            signal.connect(self._forget_widths)
        self.setModel(model)
        if old is not None:
            old.deleteLater()
        for changed in (model.modelReset, model.rowsInserted, model.rowsRemoved):
            changed.connect(self._take_tab)
        self._take_tab()
        self.stretch(stretched)

    def _forget_widths(self) -> None:
        """Measures the columns anew when they are next asked for."""
        self._widths.clear()

    def _take_tab(self) -> None:
        """Is no stop of Tab while there is no row to go to."""
        tab = Qt.FocusPolicy.StrongFocus if self.model().rowCount() else Qt.FocusPolicy.ClickFocus
        self.setFocusPolicy(tab)

    def stretch(self, column: int, beside: int = -1) -> None:
        """Gives a column what room is left; the others are as wide as their texts. `beside` has
        half of it, or what the one of both that needs less leaves the other.
        """
        self._stretched, self._beside = column, beside
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        if 0 <= column < header.count():
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)

    def sizeHintForColumn(self, column: int) -> int:  # noqa: N802 - Qt's name
        return self._half() if column == self._beside else self._measured(column)

    def _measured(self, column: int) -> int:
        if column not in self._widths:
            self._widths[column] = self._delegate.column_width(column)
        return self._widths[column]

    def _half(self) -> int:
        """The width of the column beside the one that stretches."""
        head = self.horizontalHeader()
        needed = [max(head.sectionSizeHint(at), self._measured(at)) for at in range(head.count())]
        one, other = needed[self._stretched], needed[self._beside]
        room = self.viewport().width() - (sum(needed) - one - other)
        return sorted((room // 2, other, room - one))[1]

    @property
    def pad(self) -> int:
        """Pixels between a column's edge and its text."""
        return self._delegate.pad

    def pads(self, column: int) -> tuple[int, int]:
        """Pixels between a column's edges and its text."""
        return self._delegate.pads(column)

    @property
    def pad_usual(self) -> int:
        """The padding of a table that isn't tight."""
        return GUTTER

    def set_tight(self, tight: bool, *, crowded: bool = False) -> None:
        """Moves the columns closer to each other, or back; `crowded`, to the left edge too."""
        pad, edge = PAD_TIGHT if tight else GUTTER, PAD_TIGHT if crowded else GUTTER
        if (pad, edge) == (self._delegate.pad, self._delegate.edge):
            return
        self._delegate.pad, self._delegate.edge = pad, edge
        self._forget_widths()
        restyle(self, tight=tight, crowded=crowded)
        head = self.horizontalHeader()  # its look is known before the table's, once it was asked
        for style in (head.style().unpolish, head.style().polish):
            style(head)
        head.resizeSections()

    def select(self, row: int) -> None:
        """Selects a row and scrolls to it."""
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
        if event.key() in ENTER and self.currentIndex().isValid():
            self.activated.emit(self.currentIndex())
            return
        super().keyPressEvent(event)

    def row_rect(self, row: int) -> QRect:
        """The rectangle of a row in the viewport."""
        top = self.rowViewportPosition(row)
        return QRect(QPoint(0, top), QSize(self.viewport().width(), self.rowHeight(row)))


def raw(index: Index) -> Any:
    """The value behind a cell."""
    return index.data(Role.RAW)
