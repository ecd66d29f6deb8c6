"""Beds and yards: what they hold, what they gave, what can be done with the chosen one."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QGridLayout, QLabel

from kwt_books.domain.access import may_record
from kwt_books.queries.garden import Garden
from kwt_books.queries.garden_beds import Bed
from ui.desk import Desk
from ui.pages.nursery_words import last_work, together
from ui.tokens import GUTTER, ROW_TWO_LINES
from ui.widgets.button import Button
from ui.widgets.card import Card, Note
from ui.widgets.label import Elided, column, figures, label, row, rule
from ui.widgets.list_table import Cell, Heading, ListRow, ListTable

_LEAST = 380


class BedsCard(Card):
    def __init__(self, desk: Desk) -> None:
        super().__init__(margins=0, space=0)
        self._desk, self._kit, self._t = desk, desk.kit, desk.kit.t
        self.setMinimumHeight(self._kit.theme.px(_LEAST))
        t = self._t
        heading = row(space=8)
        heading.setContentsMargins(GUTTER, 8, 8, 8)
        heading.addWidget(Elided(t("Beds & yards"), "card"), 1)
        self._may_tend = may_record(desk.person.role, "tending")
        if self._may_tend:
            add = Button(self._kit, t("Add"), "plus", kind="quiet")
            add.hint(t("A new bed begins with the first work on it"))
            heading.addWidget(add.when_clicked(self._add))
        self.body.addLayout(heading)
        self.body.addWidget(rule())
        self.table = ListTable(
            self._kit, (Heading(t("Bed")), Heading(t("Harvested"), figures=True)), ROW_TWO_LINES
        )
        self.table.horizontalHeader().hide()
        self.table.setAccessibleName(t("Beds & yards"))
        self.table.chosen.connect(lambda _key: self._show_acts())
        self.table.opened.connect(partial(self._open, "harvest"))
        self.body.addWidget(self.table, 1)
        self._none = label(t("No beds yet"), "caption", wrap=True)
        self._none.setContentsMargins(GUTTER, 12, GUTTER, 12)
        self.body.addWidget(self._none)
        self.body.addStretch(0)
        self.body.addWidget(rule())
        self._sums = self._make_sums()
        self._make_foot()

    def _make_sums(self) -> dict[str, tuple[QLabel, QLabel]]:
        grid = QGridLayout()
        grid.setContentsMargins(GUTTER, 10, GUTTER, 6)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(0, 1)
        made: dict[str, tuple[QLabel, QLabel]] = {}
        for place, name in enumerate(("harvest", "spoiled", "value")):
            title, figure = Elided("", "caption"), figures(self._kit, "", "strong")
            grid.addWidget(title, place, 0)
            grid.addWidget(figure, place, 1)
            made[name] = (title, figure)
        self.body.addLayout(grid)
        return made

    def _make_foot(self) -> None:
        t = self._t
        page = column(space=8)
        page.setContentsMargins(GUTTER, 6, GUTTER, GUTTER)
        words = t("Pick a bed to tend, harvest or close it.")
        self.note = Note(self._kit, words)
        page.addWidget(self.note)
        line = row(space=8)
        self.buttons: dict[str, Button] = {}
        for kind, text in (
            ("harvest", t("Harvest")),
            ("tending", t("Tend")),
            ("planting_end", t("Close")),
        ):
            button = Button(self._kit, text, scale="small")
            button.when_clicked(partial(self._open_chosen, kind))
            button.setVisible(may_record(self._desk.person.role, kind))
            self.buttons[kind] = button
            line.addWidget(button, 1)
        self.buttons["planting_end"].hint(t("Nothing more is harvested from this bed"))
        page.addLayout(line)
        self.body.addLayout(page)
        self._show_acts()

    # -- acting ----------------------------------------------------------------------------

    def _add(self) -> None:
        self._desk.open_form("tending", where="new_bed")

    def _open(self, kind: str, bed: object) -> None:
        if may_record(self._desk.person.role, kind):
            self._desk.open_form(kind, bed=bed)

    def _open_chosen(self, kind: str) -> None:
        if self.table.key is not None:
            self._open(kind, self.table.key)

    def _show_acts(self) -> None:
        chosen = self.table.key is not None
        self.note.setVisible(not chosen and self._may_tend)
        for kind, button in self.buttons.items():
            allowed = may_record(self._desk.person.role, kind)
            button.setVisible(chosen and allowed)

    # -- what the book says ----------------------------------------------------------------

    def show_garden(self, garden: Garden, month: str) -> None:
        """`month` names the one that harvests are of."""
        t = self._t
        self.table.show_rows([self._row(bed) for bed in garden.beds])
        self.table.setVisible(bool(garden.beds))
        self._none.setVisible(not garden.beds)
        self.note.setVisible(False)
        for name, title, text in (
            ("harvest", t("Harvest {month}", month=month), together(self._kit, garden.yields)),
            ("spoiled", t("Spoiled at harvest"), together(self._kit, garden.spoiled)),
            ("value", t("Money still in the ground"), self._kit.formats.rupiah(garden.value)),
        ):
            self._sums[name][0].setText(title)
            self._sums[name][1].setText(text or "–")
        self._show_acts()

    def _row(self, bed: Bed) -> ListRow:
        given = together(self._kit, bed.yields)
        holds = ", ".join(bed.crops) or self._t("Nothing planted yet")
        return ListRow(
            bed.name,
            (
                Cell(bed.name, holds, bold=True),
                Cell(given or "–", last_work(self._kit, bed), bold=bool(given)),
            ),
        )
