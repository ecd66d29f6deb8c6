"""A list that is a book on paper: searched, and printed as the paper book is ruled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from kwt_books.domain.values import Month
from kwt_books.reports.context import Parameters
from kwt_books.reports.registry import KINDS
from ui.kit.button import Button
from ui.kit.layout import Part
from ui.kit.list import Heading
from ui.kit.list_page import E, ListPage
from ui.kit.look import ROW_LIST
from ui.kit.page import Action
from ui.kit.printing import PaperWriter

_LEAST = 2 * ROW_LIST + 44
"""The height of the list: its headings and two lines, however small the screen."""


class BookPart(ListPage[E]):
    """A list that is a book on paper; `lay_out` is told which report prints it."""

    def lay_out(
        self, headings: Sequence[Heading], *top: Part, report: str = "", **more: Any
    ) -> None:
        """Makes the list with its search, and the buttons that print `report`, filled or blank."""
        t, ui = self.t, self.ui
        self.report = report
        filled = Button(ui, t("Print"), "printer").hint(t("Ruled like the paper book"))
        blank = Button(ui, t("Blank form"), "file")
        blank.hint(t("A form with empty lines, to fill in by hand"))
        filled.when_clicked(partial(self.print_report, report))
        blank.when_clicked(partial(self.print_report, report, blank=True))
        blank.only_where("blank" in KINDS[report].asks)
        self.print_button, self.blank_button = filled, blank
        self.body.setSpacing(12)
        super().lay_out(headings, (self.search_box(), 1), ..., filled, blank, *top, **more)
        self.table.setMinimumHeight(ui.theme.px(_LEAST))
        self.writer = PaperWriter(self.workspace, self)

    def invite_to_write(self, icon: str, title: str, text: str, *actions: Action) -> None:
        """Says what the book is for while it is empty; a blank one can be printed all the same."""
        empty = self.invite(icon, title, text, *actions)
        if "blank" in KINDS[self.report].asks:
            empty.offer(
                self.t("Blank form"),
                partial(self.print_report, self.report, blank=True),
                "file",
                primary=False,
            )

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
