"""A table over rows of cells with second lines, tones, badges and icons; and the list of what waits
to be done.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Collection, Hashable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from PySide6.QtCore import QModelIndex, QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ui.kit.button import EnterPresses
from ui.kit.card import Disc
from ui.kit.layout import label
from ui.kit.look import GUTTER, ICON_LARGE, ROW_LIST, ROW_TODO, UiContext
from ui.kit.scrolling import Scrolling
from ui.kit.table import LEFT, NOWHERE, RIGHT, Cell, CellModel, Index, Role, Table

_NARROW = 900
"""Width of a window below which lists are tight."""
_LARGE = 1500
"""Width of a window from which a list that is crowded on a laptop's screen has room."""
_ENOUGH = 1120
"""Width beyond which the columns share what is left."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A column's heading."""

    title: str
    figures: bool = False
    """Whether the column has numbers: right-aligned, digits of one width."""


def head_row(*titles: str, figures: Collection[int] = ()) -> tuple[Heading, ...]:
    """Headings of these titles; `figures` are the places of columns with numbers."""
    return tuple(Heading(title, place in figures) for place, title in enumerate(titles))


class ListRow(NamedTuple):
    """A row; `key` identifies what it stands for, as a code or number."""

    key: Hashable
    cells: tuple[Cell, ...]
    ground: str = ""
    """The colour of the palette behind the row; empty for none."""


class ListModel(CellModel):
    """The rows of a list, as a model."""

    def __init__(self, headings: Sequence[Heading], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._headings = tuple(headings)
        self.rows: Sequence[ListRow] = ()

    def show_rows(self, rows: Sequence[ListRow]) -> None:
        """Shows these rows in place of those before."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def name_columns(self, headings: Sequence[Heading]) -> None:
        """Gives the columns other headings."""
        self._headings = tuple(headings)
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self._headings) - 1)

    def rowCount(self, parent: Index = NOWHERE) -> int:  # noqa: N802 - Qt's name
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = NOWHERE) -> int:  # noqa: N802 - Qt's name
        return 0 if parent.isValid() else len(self._headings)

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        heading = self._headings[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return heading.title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self.alignment(section)
        return None

    def cell(self, row: int, column: int) -> Cell:
        return self.rows[row].cells[column]

    def alignment(self, column: int) -> Qt.AlignmentFlag:
        """Right for columns of numbers, else left."""
        return RIGHT if self._headings[column].figures else LEFT

    def raw(self, row: int, column: int) -> Hashable:
        """The row's key, whichever cell it is."""
        return self.rows[row].key

    def ground(self, row: int) -> str:
        return self.rows[row].ground


class ListTable(Table):
    """A table over `ListRow`s. The selection stays when the rows come anew."""

    chosen = Signal(object)
    """The key of the row that is selected now."""
    opened = Signal(object)
    """The key of the row that Enter or a double click is on."""

    def __init__(
        self,
        ui: UiContext,
        headings: Sequence[Heading],
        height: int = ROW_LIST,
        *,
        tight: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(ui, height, parent, tight=tight)
        self._always_tight = tight
        self._needed: int | None = None
        """Pixels that headings and texts of all columns need; None until they are measured."""
        self.crowded = False
        """Whether its columns leave no pixel on a laptop's screen."""
        self.give_way: Collection[int] = ()
        """Columns of words that are cut, the widest first, before the list scrolls sideways."""
        self.setAccessibleName(", ".join(filter(None, (each.title for each in headings))))
        self.list_model = ListModel(headings, self)
        self._quiet = False
        self.use(self.list_model)
        self.activated.connect(lambda index: self.opened.emit(index.data(Role.RAW)))
        self.selectionModel().currentRowChanged.connect(self._current_changed)

    def sizeHintForColumn(self, column: int) -> int:  # noqa: N802 - Qt's name
        """The column's width; on a wide screen all share what is left, lest gaps grow large."""
        wide = super().sizeHintForColumn(column) + self._share()
        return min(wide, self._cut()) if column in self.give_way else wide

    def _cut(self) -> int:
        """The width that columns which give way have at most, so that there is room for all."""
        room, heading = self.viewport().width(), self.horizontalHeader().sectionSizeHint
        spans = []
        for each in range(self.model().columnCount()):
            wide = max(heading(each), super().sizeHintForColumn(each))
            spans.append((heading(each) if each in self.give_way else wide, wide))

        def taken(cut: int) -> int:
            return sum(min(wide, max(least, cut)) for least, wide in spans)

        return max(0, bisect_right(range(room), room, key=taken) - 1)

    def _share(self) -> int:
        """What is left for each column beside the texts of all, also of the one that stretches."""
        room, enough = self.viewport().width(), self._ui.theme.px(_ENOUGH)
        if room <= enough:
            return 0
        columns = range(self.model().columnCount())
        if self._needed is None:
            heading, texts = self.horizontalHeader().sectionSizeHint, super().sizeHintForColumn
            self._needed = sum(max(heading(each), texts(each)) for each in columns)
        return max(0, room - max(enough, self._needed)) // len(columns)

    def _forget_widths(self) -> None:
        super()._forget_widths()
        self._needed = None

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Moves columns closer to each other in a narrow window, before names are cut off."""
        width, px = self.window().width(), self._ui.theme.px
        narrow, large = width < px(_NARROW), width >= px(_LARGE)
        crowded = narrow or (self.crowded and not large)
        self.set_tight(self._always_tight or narrow, crowded=crowded)
        super().resizeEvent(event)

    @property
    def key(self) -> Any:
        """The key of the selected row, or None."""
        index = self.currentIndex()
        return index.data(Role.RAW) if index.isValid() else None

    def show_rows(self, rows: Sequence[ListRow]) -> None:
        """Shows these rows; the row with the selected key stays selected."""
        before = self.key
        self._quiet = True
        self.list_model.show_rows(rows)
        self._quiet = False
        if before is not None:
            self.choose(before)

    def choose(self, key: Hashable) -> None:
        """Selects the row of `key`, where there is one."""
        for place, row in enumerate(self.list_model.rows):
            if row.key == key:
                self.select(place)
                return

    def _current_changed(self, index: QModelIndex, _old: QModelIndex) -> None:
        if index.isValid() and not self._quiet:
            self.chosen.emit(index.data(Role.RAW))


# -- The list of what waits to be done -----------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ToDoRow:
    """Something that waits; `act` leads there."""

    title: str
    second: str
    icon: str
    act: Callable[[], None]
    urgent: bool = True


class _Row(EnterPresses, QAbstractButton):
    def __init__(self, ui: UiContext, shown: ToDoRow) -> None:
        super().__init__()
        self._ui, self._shown = ui, shown
        self.setText(shown.title.replace("&", "&&"))
        self.setAccessibleName(shown.title)
        self.setAccessibleDescription(shown.second)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(ui.theme.px(ROW_TODO))
        self.clicked.connect(lambda _on=False: shown.act())

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(self._ui.theme.px(200), self._ui.theme.px(ROW_TODO))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        theme, painter = self._ui.theme, QPainter(self)
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
        theme = self._ui.theme
        high = theme.px(20)
        above = QRect(words.left(), middle - high, words.width(), high)
        theme.write(painter, above, self._shown.title, bold=True, elided=True)
        below, second = above.translated(0, high), self._shown.second
        theme.write(painter, below, second, "text2", "caption", elided=True)


class ToDoList(Scrolling):
    """What waits, one button each; says so where nothing does."""

    def __init__(self, ui: UiContext) -> None:
        super().__init__()
        self._ui = ui
        self.viewport().setAutoFillBackground(False)
        self.rows: list[QAbstractButton] = []

    def show_rows(self, rows: Sequence[ToDoRow]) -> None:
        """Shows these in place of those before."""
        self.rows = [_Row(self._ui, each) for each in rows]
        if rows:
            self.show_parts(*self.rows)
            return
        done, centre = label(self._ui.t("Nothing to do"), "strong"), Qt.AlignmentFlag.AlignHCenter
        self.show_parts(..., (Disc(self._ui, "check", 56), 0, centre), 8, (done, 0, centre))
