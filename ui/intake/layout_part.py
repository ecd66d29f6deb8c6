"""What stands where in a spreadsheet: which sheet, what it holds, the row of its headings and which
column is what. Guessed at first, and chosen otherwise.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea

from kwt_books.book import Book
from kwt_books.domain.errors import BookError
from kwt_books.domain.sheet_table import SheetTable
from kwt_books.services.intake import headings
from kwt_books.services.intake.headings import Layout
from kwt_books.services.intake.sheet import SheetFile
from ui.intake.columns import ColumnsPart
from ui.kit.card import Card
from ui.kit.layout import fill, label
from ui.kit.picker import Choice
from ui.kit.workspace import Workspace

SIDE = 316
_LEFT_OUT = ""


class LayoutPart(QScrollArea):
    """Shows and changes the layouts of a file's sheets.

    Where there are several `tables`, a sheet may also hold nothing that is taken.
    """

    guessing = Signal()
    """Sent before the sheet is read: by one at a time."""
    changed = Signal()
    """Something is said otherwise: `layouts` are new."""

    def __init__(
        self,
        workspace: Workspace,
        tables: Mapping[str, SheetTable],
        refused: Callable[[BookError], None],
    ) -> None:
        super().__init__()
        self._workspace, self._ui, self._t = workspace, workspace.ui, workspace.ui.t
        self._tables, self._refused = tables, refused
        self._file: SheetFile | None = None
        self._layouts: dict[str, Layout] = {}
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFixedWidth(self._ui.theme.px(SIDE))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its fields are what one comes to
        self.setWidget(self._card())

    def _card(self) -> Card:
        t, ui = self._t, self._ui
        card = Card(t("What is where"))
        self.sheet = Choice(ui, [("", t("No file yet"))])
        self.table = Choice(ui, self._offered_tables())
        self.heading = Choice(ui, self._heading_rows())
        fields: list[tuple[str, Choice, Callable[[], None]]]
        fields = [(t("Sheet"), self.sheet, self._sheet_chosen)]
        if len(self._tables) > 1:
            fields.append((t("It holds"), self.table, self._table_chosen))
        fields.append((t("Headings in row"), self.heading, self._table_chosen))
        for name, field, changed in fields:
            field.setAccessibleName(name)
            field.changed.connect(changed)
            fill(card.body, label(name, "caption"), field)
        self.columns = ColumnsPart(self._workspace, self._tables)
        self.columns.chosen.connect(self._columns_chosen)
        fill(card.body, 6, label(t("Columns"), "caption"), self.columns, ...)
        return card

    def _offered_tables(self) -> list[tuple[str, str]]:
        tables = [(each.name, self._t(each.title)) for each in self._tables.values()]
        return [(_LEFT_OUT, self._t("Not imported")), *tables] if len(tables) > 1 else tables

    def _heading_rows(self) -> list[tuple[str, str]]:
        numbers = [(str(number), str(number)) for number in range(1, headings.SEARCHED + 1)]
        return [("0", self._t("No headings")), *numbers]

    # -- what is shown ---------------------------------------------------------------------------

    def show_file(self, file: SheetFile, layouts: Iterable[Layout]) -> None:
        """Shows the sheets of a file with what each holds, as far as it is known."""
        self._file, self._layouts = file, {each.sheet: each for each in layouts}
        names = file.sheets
        self.sheet.blockSignals(True)
        self.sheet.clear()
        for name in names:
            self.sheet.addItem(name, name)
        self.sheet.set_value(next((name for name in names if name in self._layouts), names[0]))
        self.sheet.blockSignals(False)
        self._sheet_chosen(asked=False)

    @property
    def layouts(self) -> tuple[Layout, ...]:
        """The layouts of the sheets that are taken, in the order of the file."""
        sheets = self._file.sheets if self._file is not None else ()
        return tuple(self._layouts[each] for each in sheets if each in self._layouts)

    @property
    def layout_shown(self) -> Layout | None:
        """The layout of the sheet that is chosen; None where nothing is taken from it."""
        return self._layouts.get(self.sheet.value())

    # -- what is chosen --------------------------------------------------------------------------

    def _sheet_chosen(self, *, asked: bool = True) -> None:
        layout = self.layout_shown
        for field, value in (
            (self.table, layout.table if layout is not None else _LEFT_OUT),
            (self.heading, str(layout.heading) if layout is not None else "1"),
        ):
            field.blockSignals(True)
            field.set_value(value)
            field.blockSignals(False)
        self.columns.show_layout(layout)
        if asked and len(self._tables) == 1:  # only the sheet that is chosen is read
            self.changed.emit()

    def _table_chosen(self) -> None:
        """Another table or another row of headings: the columns are guessed anew."""
        file, sheet, name = self._file, self.sheet.value(), self.table.value()
        if file is None:
            return
        if name == _LEFT_OUT:
            self._layouts.pop(sheet, None)
            self.columns.show_layout(None)
            self.changed.emit()
            return
        table, heading = self._tables[name], int(self.heading.value())

        def guess(_book: Book) -> Layout:
            return headings.at(sheet, file.rows(sheet), table, heading)

        self.guessing.emit()
        self._workspace.tasks.run(
            guess, self._layout_guessed, self._refused, key="layout", owner=self
        )

    def _layout_guessed(self, layout: Layout) -> None:
        self._layouts[layout.sheet] = layout
        if self.sheet.value() == layout.sheet:
            self.columns.show_layout(layout)
        self.changed.emit()

    def _columns_chosen(self, layout: Layout) -> None:
        self._layouts[layout.sheet] = layout
        self.changed.emit()
