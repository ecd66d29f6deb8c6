"""A list that is a book on paper: searched, and printed as the paper book is ruled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtWidgets import QWidget

from kwt_books.domain.values import Month
from kwt_books.reports.context import Parameters
from kwt_books.reports.registry import KINDS
from ui.kit.button import Button
from ui.kit.card import Card
from ui.kit.field import SeekField
from ui.kit.layout import column, fill, label, row, rule
from ui.kit.list import Heading, ListRow, ListTable
from ui.kit.look import GUTTER, ROW_LIST
from ui.kit.page import Page
from ui.kit.printing import PaperWriter

_LEAST = 2 * ROW_LIST + 44
"""The height of the list: its headings and two lines, however small the screen."""


class BookPart(Page):
    """A list that is a book on paper. Call `lay_out` in the constructor; override `fill`."""

    def lay_out(
        self,
        report: str,
        headings: Sequence[Heading],
        above: QWidget | None = None,
        *,
        height: int = ROW_LIST,
        tight: bool = False,
    ) -> None:
        """Makes the search and the buttons that print `report`, the list, and its foot.

        `height`: of a row; `tight`: columns closer to each other, for there are many.
        """
        t, ui = self.t, self.ui
        self.body.setSpacing(12)
        if above is not None:
            self.body.addWidget(above)
        self.card = Card(margins=0, space=0)
        self.seek = SeekField(ui, t("Search"))
        self.seek.setMaximumWidth(ui.theme.px(260))
        self.seek.textChanged.connect(lambda _text: self.fill())
        filled = Button(ui, t("Print"), "printer").hint(t("As the paper book is ruled"))
        blank = Button(ui, t("Blank form"), "file")
        blank.hint(t("A form of empty lines, for writing by hand"))
        filled.when_clicked(partial(self.print_report, report))
        blank.when_clicked(partial(self.print_report, report, blank=True))
        blank.setVisible("blank" in KINDS[report].asks)
        self.print_button, self.blank_button = filled, blank
        self.top = row(
            (self.seek, 1), ..., filled, blank, space=8, margins=(GUTTER, 12, GUTTER, 12)
        )
        self.table = ListTable(ui, headings, height, tight=tight)
        self.table.setMinimumHeight(ui.theme.px(_LEAST))
        self.count = label("", "caption")
        self.foot = row(self.count, ..., space=8, margins=(GUTTER, 10, GUTTER, 10))
        below = column(rule(), space=0)
        below.addLayout(self.foot)
        fill(self.card.body, self.top, (self.table, 1))
        self.card.body.addLayout(below)
        self.body.addWidget(self.card, 1)
        self.writer = PaperWriter(self.workspace, self)

    def fill(self) -> None:
        """Shows the lines in which the search is found."""

    def show_found(self, rows: list[ListRow], counted: str) -> None:
        """Shows these lines, and how many there are in words."""
        self.table.show_rows(rows)
        if rows and self.table.key is None:
            self.table.select(0)
        self.count.setText(counted)

    @property
    def sought(self) -> str:
        """What is searched for, in small letters."""
        return self.seek.text().strip().casefold()

    def search(self, text: str) -> None:
        """Searches for the header's words."""
        self.seek.setText(text)

    def span(self) -> dict[str, date]:
        """The days that are printed, as a report is asked for them: up to the year's end."""
        year = Month(self.workspace.month).year
        return {"until": date(year, 12, 31)}

    def print_report(self, report: str, *, blank: bool = False) -> None:
        """Shows a report as it is printed, over the days of the book."""
        name, language = self.t(KINDS[report].title), self.ui.language
        days = {key: day for key, day in self.span().items() if key in KINDS[report].asks}
        month = self.workspace.month if not days else None
        asked = Parameters(**days, month=month, blank=blank)  # type: ignore[arg-type]
        group = self.workspace.group
        paper = group.paper if group is not None else ""
        self.writer.open(
            name,
            lambda book: replace(book.pack(report, asked, language), paper=paper),
            self,
        )
