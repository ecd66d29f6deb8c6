"""What stands where in a spreadsheet: which sheet, what it holds, the row of its headings and which
column is what, guessed at first and chosen otherwise; and the base of the windows that take a file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QFrame, QWidget

from kwt_books.book import Book
from kwt_books.domain.errors import BookError
from kwt_books.domain.sheet_table import SheetTable
from kwt_books.services.intake import headings
from kwt_books.services.intake.headings import Layout
from kwt_books.services.intake.money_columns import MoneyColumn
from kwt_books.services.intake.remembered import SHEETS_FILE, Remembered
from kwt_books.services.intake.sheet import SheetFile, letter
from ui.kit.button import Button
from ui.kit.card import Card, Note
from ui.kit.dialog import dialog_head
from ui.kit.file_dialog import Use, ask_which
from ui.kit.layout import Part, clear, column, fill, grid_layout, label, open_up, row
from ui.kit.list import Heading, ListTable
from ui.kit.look import GUTTER, ROW_TWO_LINES, restyle
from ui.kit.party import account_name
from ui.kit.picker import Choice, Picker
from ui.kit.scrolling import Scrolling
from ui.kit.workspace import Workspace

SIDE = 316
_LEFT_OUT = ""
_NO_COLUMN = ""
_YEARS_BACK = 12
_WIDTH, _HEIGHT = 1180, 760


class ColumnsPart(QWidget):
    """Shows a layout's columns; what is chosen otherwise gives another layout."""

    chosen = Signal(object)
    """The layout as it was chosen."""

    def __init__(self, workspace: Workspace, tables: Mapping[str, SheetTable]) -> None:
        super().__init__()
        self._tables = tables
        self._workspace, self._ui, self._t = workspace, workspace.ui, workspace.ui.t
        self._layout: Layout | None = None
        self._grid = grid_layout(self, across=8, down=6, margins=0, wide=1)
        self.pickers: dict[str, Choice] = {}
        """By name of a column of the table: where it stands."""
        self.purposes: dict[int, Picker] = {}
        """By place: what the money in the column was for."""
        self.year = Choice(self._ui, [])
        self.point = Choice(self._ui, [])
        """The sign before sen."""

    def show_layout(self, layout: Layout | None) -> None:
        """Shows a layout; nothing where there is none."""
        clear(self._grid)
        self._layout, self.pickers, self.purposes = layout, {}, {}
        if layout is None:
            return
        table = self._tables[layout.table]
        for each in table.columns:
            picker = Choice(self._ui, self._offered(layout), str(layout.columns.get(each.name, "")))
            self.pickers[each.name] = picker
            self._line(self._t(each.title), picker, self._columns_chosen, strong=each.needed)
        if table.by_purpose:
            self._show_purposes(layout)
            self._show_year(layout)
        self._show_point(layout)

    def _line(
        self, title: str, field: Choice | Picker, changed: Callable[[], None], *, strong: bool
    ) -> None:
        place = self._grid.rowCount()
        field.setAccessibleName(title)
        field.changed.connect(changed)
        self._grid.addWidget(label(title, "strong" if strong else "body", wrap=True), place, 0)
        self._grid.addWidget(field, place, 1)

    def _offered(self, layout: Layout) -> list[tuple[str, str]]:
        """The columns of the sheet, by letter and heading."""
        titles = _titles(layout)
        named = [(str(n), " ".join(filter(None, (letter(n), each)))) for n, each in titles.items()]
        return [(_NO_COLUMN, "–"), *named]

    def _show_purposes(self, layout: Layout) -> None:
        """What else stands in the sheet, to be said what its money was for."""
        taken = set(layout.columns.values())
        free = {place: title for place, title in _titles(layout).items() if place not in taken}
        if not any(free.values()):
            return
        heading = label(self._t("Columns for a purpose"), "caption")
        self._grid.addWidget(heading, self._grid.rowCount(), 0, 1, 2)
        choices = self._purpose_choices()
        for place, title in free.items():
            column = layout.money.get(place)
            if not title and column is None:
                continue
            picker = Picker(self._ui, required=False, placeholder=self._t("No money"))
            picker.set_choices(choices)
            picker.set_value(str(column) if column is not None else None)
            self.purposes[place] = picker
            self._line(f"{letter(place)} {title}", picker, self._columns_chosen, strong=False)

    def _purpose_choices(self) -> list[tuple[str, str]]:
        t, setup = self._t, self._workspace.setup
        sides = (("in", t("Came in")), ("out", t("Went out")))
        found = [(f"{side}:", t("{side}, by its words", side=name)) for side, name in sides]
        for code, account in setup.accounts.items() if setup is not None else ():
            called = account_name(self._ui, account)
            found += [(f"{side}:{code}", f"{name}: {called}") for side, name in sides]
        return found

    def _show_year(self, layout: Layout) -> None:
        newest = self._ui.today.year + 1
        years = [str(year) for year in range(newest, newest - _YEARS_BACK, -1)]
        choices = [("", self._t("as it says")), *((year, year) for year in years)]
        self.year = Choice(self._ui, choices, str(layout.year or ""))
        self._line(self._t("Year"), self.year, self._columns_chosen, strong=False)

    def _show_point(self, layout: Layout) -> None:
        choices = [("", self._t("as it says")), (",", "1.234,56"), (".", "1,234.56")]
        self.point = Choice(self._ui, choices, layout.point)
        self._line(self._t("Amounts"), self.point, self._columns_chosen, strong=False)

    def _columns_chosen(self) -> None:
        layout = self._layout
        if layout is None:
            return
        said = {name: each.value() for name, each in self.pickers.items()}
        columns = {name: int(place) for name, place in said.items() if place != _NO_COLUMN}
        money = {}
        for place, picker in self.purposes.items():
            like = layout.money.get(place) or MoneyColumn(True, _titles(layout)[place])
            column = MoneyColumn.of(picker.value() or "", like)
            if column is not None and place not in columns.values():
                money[place] = column
        year = self.year.value() if self._tables[layout.table].by_purpose else ""
        chosen = replace(
            layout,
            columns=columns,
            money=money,
            year=int(year) if year else None,
            point=self.point.value(),
        )
        self._layout = chosen
        self.chosen.emit(chosen)


def _titles(layout: Layout) -> dict[int, str]:
    """What is written over each column, by place."""
    places = (*layout.columns.values(), *layout.money)
    width = max([len(layout.headings), *(place + 1 for place in places)])
    titles = (*layout.headings, *("" for _ in range(width)))
    return {place: titles[place] for place in range(width)}


class LayoutPart(Scrolling):
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
        self.setFixedWidth(self._ui.theme.px(SIDE))
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
        first = next((name for name in names if name in self._layouts), names[0])
        self.sheet.set_choices(((name, name) for name in names), first)
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
            with QSignalBlocker(field):
                field.set_value(value)
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


class ImportDialog(QDialog):
    """The base of windows that take what a file says: the columns of its sheets at the left, the
    list of what its rows become at the right, below it what the chosen one was for. Ctrl+S records,
    Ctrl+O asks for a file.

    Override `lay_out`, which makes the parts; it is called once those that all have are there.
    """

    side: LayoutPart

    def __init__(self, workspace: Workspace, icon: str, title: str, files: str) -> None:
        """`files`: the words and patterns of the files that are taken."""
        super().__init__(workspace.window)
        self._workspace, self._ui, self._t = workspace, workspace.ui, workspace.ui.t
        self._title, self._files, self._icon = title, files, icon
        self._memory = Remembered(workspace.folders.data / SHEETS_FILE)
        self._path: Path | None = None
        self._purposes: dict[str, str] = {}
        """By print: the accounts that were chosen for single amounts."""
        t, ui = self._t, self._ui
        self.setWindowTitle(title)
        self.file_button = Button(ui, t("Choose file"), icon, kind="primary")
        self.file_button.when_clicked(self.choose_file)
        self.note = Note(ui)
        self.purpose = Picker(ui, required=False, placeholder=t("What for"))
        self.purpose.setAccessibleName(t("What for"))
        self.purpose.changed.connect(self._purpose_chosen)
        self._page = column(dialog_head(ui, icon, title), parent=self)
        self.lay_out()
        for keys, act in (("Ctrl+S", self.record), ("Ctrl+O", self.choose_file)):
            QShortcut(QKeySequence(keys), self).activated.connect(act)
        open_up(self, ui.theme.px(_WIDTH), ui.theme.px(_HEIGHT))

    # -- to be overridden ------------------------------------------------------------------------

    def lay_out(self) -> None:
        """Makes the parts, and puts them in with `put_in`."""
        raise NotImplementedError

    def open_file(self, path: Path) -> None:
        """Reads a file; what is wrong with it is told, and the one before stays."""
        raise NotImplementedError

    def choose_purpose(self, account: str) -> None:
        """Takes another account for what is chosen in the list."""
        raise NotImplementedError

    def record(self) -> None:
        """Records what is shown, all of it or nothing."""
        raise NotImplementedError

    # -- parts -----------------------------------------------------------------------------------

    def rows_table(
        self, name: str, headings_: Sequence[Heading], wide: int, beside: int
    ) -> ListTable:
        """The list of what the rows become; `wide` and `beside` are columns with long texts."""
        made = ListTable(self._ui, headings_, ROW_TWO_LINES, tight=True)
        made.stretch(wide, beside)
        made.setAccessibleName(name)
        return made

    def put_in(
        self, top: Sequence[Part], card: Sequence[Part], bar: Sequence[Part], done: str
    ) -> None:
        """Puts the parts in: a row at the top; `side`; a card with the list, the purpose of what is
        chosen behind the last of `card`; a bar whose button, named `done`, records.
        """
        t, ui = self._t, self._ui
        line = row(*top, space=12, margins=GUTTER)
        *above, beside = card
        purpose = row(
            beside, ..., label(t("What for"), "caption"), (self.purpose, 1),
            space=8, margins=(12, 8, 12, 8),
        )  # fmt: skip
        rows = Card(margins=0, space=0)
        fill(rows.body, *above, purpose)
        across = row(self.side, (rows, 1), space=GUTTER, margins=(GUTTER, 0, GUTTER, 12))
        foot = QFrame()
        foot.setObjectName("bar")
        close = Button(ui, t("Close")).when_clicked(self.reject)
        self.record_button = Button(ui, done, kind="primary").when_clicked(self.record)
        row(*bar, close, self.record_button, parent=foot, space=8, margins=GUTTER)
        fill(self._page, line, (across, 1), foot)

    def let_record(self, ready: bool) -> None:
        """Lets what is shown be recorded, or not; until it can be, a file is what comes first."""
        self.record_button.setEnabled(ready)
        restyle(self.file_button, kind="default" if ready else "primary")
        self.file_button.set_icon(self._icon)

    def show_purpose(self, account: str | None) -> None:
        """Offers the purposes, that of what is chosen picked; None where nothing is chosen."""
        setup = self._workspace.setup
        with QSignalBlocker(self.purpose):
            if account is not None and setup is not None:
                named = ((code, account_name(self._ui, x)) for code, x in setup.accounts.items())
                self.purpose.set_choices(named)
                self.purpose.set_value(account)
            self.purpose.setEnabled(account is not None)

    def _purpose_chosen(self) -> None:
        account, setup = self.purpose.value(), self._workspace.setup
        if account is not None and setup is not None and account in setup.accounts:
            self.choose_purpose(account)

    def choose_file(self) -> None:
        """Asks for a file and reads it."""
        for path in ask_which(self, self._title, self._files, Use.SHEET):
            self.open_file(path)
