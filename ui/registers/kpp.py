"""Iuran KPP: houses against months, who is behind, and what is kept for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtGui import QResizeEvent

from kwt_books.book import Book
from kwt_books.domain.accounts import DUES
from kwt_books.domain.values import Month, last_day, months_of
from kwt_books.i18n.catalogue import noop_plural
from kwt_books.queries.residents import House, houses, standing_now
from kwt_books.reports.position import RESTRICTED_CASH
from ui.kit.button import Button
from ui.kit.form import usual_day
from ui.kit.list import Heading, ListRow, head_row
from ui.kit.look import ROW_TWO_LINES
from ui.kit.page import Action
from ui.kit.party import since_when_left, who_belongs
from ui.kit.table import Cell
from ui.kit.ticks import TICK
from ui.kit.workspace import Workspace
from ui.registers.book_part import BookPart

_MONTHS = 12
_SHORT = 3
_LEAST, _NAME = 24, 80
"""The least width of a month, and that of names beside amounts."""


class DuesPart(BookPart[House]):
    """The houses and the months of the year; Enter on a house takes in what it owes."""

    ticks = False
    """Whether there is too little room for a year of amounts: a tick stands for each."""
    _needed = 0
    """Pixels that the year of amounts needs."""
    shown_kinds = frozenset({"dues", "receipt", "payment", "memorial", "correction", "party"})

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        t = self.t
        new_house = Action(t("New house"), "plus", "party", given={"role": "resident"})
        upkeep = {"from": RESTRICTED_CASH, "lines": [{"account": DUES}]}
        actions = (
            Action(t("Residents' dues"), "house-line", "dues"),
            Action(t("Pay for upkeep"), "wrench", "payment", given=upkeep),
            new_house,
        )
        report = Button(self.ui, t("KPP report"), "file-text")
        report.hint(t("Money, facilities and arrears, for the residents"))
        report.when_clicked(partial(self.print_report, "residents"))
        self.lay_out(
            self._headings(), report, report="dues", actions=actions,
            sums=(t("Kept for the residents"), t("In their cash")),
            height=ROW_TWO_LINES, tight=True,
        )  # fmt: skip
        self.table.crowded = True  # a year of figures leaves no pixel
        self.table.horizontalHeader().setMinimumSectionSize(self.ui.theme.px(_LEAST))
        self._known = Residents((), 0, 0)
        text = t("Set up the houses that pay dues, then tick the months that each has paid.")
        self.invite("house-line", t("No houses yet"), text, new_house)

    def _headings(self) -> tuple[Heading, ...]:
        t, name = self.t, self.ui.formats.month_name
        months = [str(n) if self.ticks else name(n)[:_SHORT] for n in range(1, _MONTHS + 1)]
        titles = (t("House"), *months, t("Paid"), t("Arrears"))
        return head_row(*titles, figures=range(1, len(titles)))

    def fill(self) -> None:
        """Lists the houses, with amounts where there is room for a year of them."""
        self._fill(ticks=False)
        texts, heading = self.table.sizeHintForColumn, self.table.horizontalHeader().sectionSizeHint
        figures = (max(texts(at), heading(at)) for at in range(1, _MONTHS + 3))
        self._needed = self.ui.theme.px(_NAME) + sum(figures)
        if self._has_ticks():
            self._fill(ticks=True)

    def _fill(self, *, ticks: bool) -> None:
        self.ticks = ticks
        self.table.list_model.name_columns(self._headings())
        super().fill()

    def _has_ticks(self) -> bool:
        return self.table.width() < self._needed

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        if self.ticks != self._has_ticks():
            self.fill()

    def refresh(self) -> None:
        month = Month(self.workspace.month)
        self.ask(lambda book: _known(book, month), self._show)

    def span(self) -> dict[str, date]:
        """From January to the end of the month in hand."""
        month = Month(self.workspace.month)
        return {"start": date(month.year, 1, 1), "end": last_day(month)}

    def _show(self, known: Residents) -> None:
        self._known = known
        self.show_all(known.houses)

    def _sums(self, found: Sequence[House]) -> Sequence[str]:
        rupiah = self.ui.formats.rupiah
        return rupiah(self._known.kept), rupiah(self._known.cash)

    def _counted(self, found: Sequence[House]) -> str:
        here = noop_plural("{n} house", "{n} houses")
        gone = noop_plural("{n} has moved out", "{n} have moved out")
        parties, day = (each.party for each in found), usual_day(self.workspace)
        return who_belongs(self.t, parties, day, here, gone)

    def _words(self, house: House) -> str:
        return f"{house.party.name} {house.party.address or ''}"

    def _row(self, house: House) -> ListRow:
        number, year = self.ui.formats.number, Month(self.workspace.month).year
        months = months_of(year)
        cells = []
        for month in months:
            if month in house.paid:
                cells.append(Cell(TICK if self.ticks else number(house.paid[month])))
            elif month in house.owing:
                cells.append(Cell("✕", tone="warn"))
            else:
                cells.append(Cell("·", tone="quiet"))
        owed = number(house.owed) if house.owed else ""
        party = house.party
        left = since_when_left(self.ui, party, usual_day(self.workspace))
        where = filter(None, (left, party.address))
        return ListRow(
            party.code,
            (
                Cell(party.name, " · ".join(where), bold=True),
                *cells,
                Cell(number(sum(house.paid.values())), bold=True),
                Cell(owed, tone="warn"),
            ),
        )

    def open(self, key: Any) -> None:
        """Opens the form of dues with the months ticked that this house still owes."""
        house = self.found[key]
        if not self.workspace.may("dues"):
            return
        if not house.owing:
            self.workspace.say("", strong=self.t("{name} owes nothing.", name=house.party.name))
            return
        line: dict[str, object] = {"party": key, "months": [str(month) for month in house.owing]}
        if house.owed:
            line["amount"] = house.owed
        self.workspace.open_form("dues", lines=[line])


@dataclass(frozen=True, slots=True)
class Residents:
    """The houses of a year, what is kept for them, and what lies in their cash; rupiah."""

    houses: tuple[House, ...]
    kept: int
    cash: int


def _known(book: Book, month: Month) -> Residents:
    found = book.read(houses, month)
    kept, cash = book.read(standing_now, DUES, RESTRICTED_CASH)
    return Residents(found, -kept, cash)
