"""Which column of a sheet is what: those of its table, and those that hold money for a purpose."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from kwt_books.domain.sheet_table import SheetTable
from kwt_books.services.intake.headings import Layout
from kwt_books.services.intake.money_columns import MoneyColumn
from kwt_books.services.intake.sheet import letter
from ui.kit.layout import clear, label
from ui.kit.picker import Choice, Picker
from ui.kit.workspace import Workspace

_NO_COLUMN = ""
_YEARS_BACK = 12


class ColumnsPart(QWidget):
    """Shows a layout's columns; what is chosen otherwise gives another layout."""

    chosen = Signal(object)
    """The layout as it was chosen."""

    def __init__(self, workspace: Workspace, tables: Mapping[str, SheetTable]) -> None:
        super().__init__()
        self._tables = tables
        self._workspace, self._ui, self._t = workspace, workspace.ui, workspace.ui.t
        self._layout: Layout | None = None
        self._grid = QGridLayout(self)
        self._grid.setColumnStretch(1, 1)
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
        english = self._ui.language == "en"
        sides = (("in", t("Came in")), ("out", t("Went out")))
        found = [(f"{side}:", t("{side}, by its words", side=name)) for side, name in sides]
        for code, account in setup.accounts.items() if setup is not None else ():
            called = account.name_en if english else account.name
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
