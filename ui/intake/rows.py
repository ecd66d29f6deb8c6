"""What a sheet's rows become, as rows of a list: the document, and what is wrong in which cell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from kwt_books.domain.accounts import CASH
from kwt_books.domain.documents.base import Document
from kwt_books.domain.documents.money import Payment, Receipt, Savings, Transfer
from kwt_books.domain.documents.opening import OpeningBalance
from kwt_books.domain.kinds import KINDS
from kwt_books.services.intake.entry import Cell as SheetCell
from kwt_books.services.intake.entry import Entry, Remark
from kwt_books.services.intake.taking import Taking
from ui.kit.list import Heading, ListRow
from ui.kit.look import UiContext
from ui.kit.table import Cell
from ui.kit.workspace import Workspace

BECOMES, REMARKS = 1, 3
"""The places of the columns whose texts can be long."""
Key = tuple[str, int]
"""A sheet and a row of it."""
Line = tuple[str, int, int]
"""A line of the list: sheet, row, and which of the row's entries, from 0."""


def entry_of(taking: Taking, line: Line) -> Entry | None:
    """The entry that a line of the list shows; None where it shows remarks alone."""
    sheet, row, place = line
    made = [each for each in taking.entries if (each.cell.sheet, each.cell.row) == (sheet, row)]
    return made[place] if place < len(made) else None


def columns(ui: UiContext) -> list[Heading]:
    """The headings of the list."""
    t = ui.t
    return [
        Heading(t("Row")),
        Heading(t("Becomes")),
        Heading(t("Amount"), figures=True),
        Heading(t("Needs a look")),
    ]


class RowWriter:
    """Writes the rows of a taking in the user's words."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace, self._ui, self._t = workspace, workspace.ui, workspace.ui.t

    def rows(self, taking: Taking, *, wrong_only: bool) -> list[ListRow]:
        """A row for each row of the sheets that becomes something or has something to be said."""
        said: defaultdict[Key, list[Remark]] = defaultdict(list)
        for remark in taking.remarks:
            said[remark.cell.sheet, remark.cell.row].append(remark)
        made: defaultdict[Key, list[Entry]] = defaultdict(list)
        for entry in taking.entries:
            made[entry.cell.sheet, entry.cell.row].append(entry)
        keys = sorted(said) if wrong_only else sorted({*said, *made})
        order = {layout.sheet: place for place, layout in enumerate(taking.layouts)}
        keys.sort(key=lambda key: (order.get(key[0], -1), key[1]))
        alone = len(taking.layouts) < 2  # then the row's number says which row it is
        named = {key: str(key[1]) if alone else str(SheetCell(*key)) for key in keys if key[0]}
        return [
            row for key in keys for row in self._of(key, named.get(key, ""), made[key], said[key])
        ]

    def _of(
        self, key: Key, place: str, entries: Sequence[Entry], remarks: Sequence[Remark]
    ) -> Iterator[ListRow]:
        told = self._told(remarks)
        for at, entry in enumerate(entries or (None,)):
            day, *others = self._document(entry) if entry is not None else ("", Cell(), Cell())
            if told.text or entry is None or not entry.doubtful:
                last = told
            else:
                last = Cell(self._t("Purpose not known, booked as other"), tone="warn")
            ground = "red_bg" if any(each.stops for each in remarks) else ""
            yield ListRow((*key, at), (Cell(place, day, tone="quiet"), *others, last), ground)

    def _told(self, remarks: Sequence[Remark]) -> Cell:
        if not remarks:
            return Cell()
        tone = "error" if any(each.stops for each in remarks) else "warn"
        return Cell(" ".join(map(self.said, remarks)), tone=tone)

    def said(self, remark: Remark) -> str:
        """`B7 (31/02/2026): …`."""
        place = str(remark.cell).rpartition("!")[2]
        cell = f"{place} ({remark.said})" if remark.said else place
        return f"{cell}: {self._workspace.explain(replace(remark.issue, field=''))}"

    def _document(self, entry: Entry) -> tuple[str, Cell, Cell]:
        """Its day, what it is with what was written, and its amount."""
        command: Any = entry.command
        formats = self._ui.formats
        day = getattr(command, "date", None) if isinstance(command, Document) else None
        amount = amount_of(command)
        comes_in = amount > 0 and not isinstance(command, Transfer)
        written = getattr(command, "memo", None) or getattr(command, "name", "")
        second = " · ".join(filter(None, (self._purpose(command), written)))
        return (
            formats.numeric_day(day) if day is not None else "",
            Cell(self._t(KINDS[command.kind].title or command.kind), second),
            Cell(formats.number(amount) if amount else "", tone="good" if comes_in else ""),
        )

    def _purpose(self, command: Any) -> str:
        """What the money was for, or who is named."""
        setup = self._workspace.setup
        accounts: Mapping[str, Any] = setup.accounts if setup is not None else {}
        if isinstance(command, Receipt | Payment):
            account = accounts.get(command.lines[0].account)
            return "" if account is None else self._named(account)
        if isinstance(command, OpeningBalance):
            held = ((accounts.get(code), amount) for code, amount in command.balances.items())
            return " · ".join(f"{self._named(account)} {self._ui.formats.number(amount)}"
                              for account, amount in held
                              if account is not None and account.cash)  # fmt: skip
        return ""

    def _named(self, account: Any) -> str:
        name: str = account.name_en if self._ui.language == "en" else account.name
        return name


def amount_of(command: Any) -> int:
    """What a document moves in cash; below zero where it went out. Rupiah; nil for others."""
    if isinstance(command, Receipt | Savings):
        return sum(line.amount for line in command.lines)
    if isinstance(command, Payment):
        return -sum(line.amount for line in command.lines)
    if isinstance(command, OpeningBalance):
        return sum(amount for code, amount in command.balances.items() if code in CASH)
    return command.amount if isinstance(command, Transfer) else 0
