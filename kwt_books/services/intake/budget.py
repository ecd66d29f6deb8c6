"""The budget of a programme (RAB) from a spreadsheet, as groups and agencies write it.

Sections are rows that have words alone, or the sum of the rows below them. A line without an amount
is its quantity times its price.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from kwt_books.domain.documents.setup import BudgetLine
from kwt_books.domain.errors import RuleError
from kwt_books.domain.sheets import BUDGET
from kwt_books.domain.values import UNIT, half_up
from kwt_books.services.intake import headings
from kwt_books.services.intake.entry import Reader, Remark, is_numbering, is_total
from kwt_books.services.intake.sheet import Row, SheetFile
from kwt_books.services.intake.values import plain

_LONGEST, _LONGEST_UNIT, _LONGEST_CODE = 200, 40, 20


class BudgetRead(NamedTuple):
    """The lines of a budget, and what there is to say of cells."""

    lines: tuple[BudgetLine, ...]
    remarks: tuple[Remark, ...]

    @property
    def stops(self) -> tuple[Remark, ...]:
        """What has to be mended before the budget can be used."""
        return tuple(each for each in self.remarks if each.stops)


@dataclass(slots=True)
class _Row:
    """A row as it is read: rupiah, thousandths."""

    row: Row
    said: str
    """Its number, as it is written."""
    name: str
    qty: int | None
    unit: str
    price: int | None
    amount: int | None

    @property
    def heads(self) -> bool:
        """Whether it may be the heading of a section."""
        return self.qty is None and self.price is None


def read_budget(file: SheetFile) -> BudgetRead:
    """The budget in the first sheet that looks like one. Raises `RuleError("no-budget")`."""
    for name in file.sheets:
        layout = headings.guess(name, file.rows(name), [BUDGET])
        if layout is None or not {"amount", "price"} & set(layout.columns):
            continue
        remarks: list[Remark] = []
        reader = Reader(BUDGET, layout, remarks)
        rows = [
            each
            for row in file.rows(name, layout.last)
            if not is_numbering(row) and (each := _row(reader, row)) is not None
        ]
        lines = tuple(_lines(reader, rows))
        if lines or remarks:
            return BudgetRead(lines, tuple(remarks))
    raise RuleError("no-budget", name=file.name)


def _row(reader: Reader, row: Row) -> _Row | None:
    name = reader.text(row, "name")
    if not name:  # the heading of a section often stands in the column of numbers
        name = row.first_text
    if not name or is_total(name):
        return None
    return _Row(
        row,
        reader.text(row, "line").strip(" .)") if reader.text(row, "line") != name else "",
        name[:_LONGEST],
        reader.quantity(row, "qty"),
        reader.text(row, "unit")[:_LONGEST_UNIT],
        reader.money(row, "price"),
        reader.money(row, "amount"),
    )


def _lines(reader: Reader, rows: Sequence[_Row]) -> Iterator[BudgetLine]:
    taken: set[str] = set()
    section, mark = "", ""
    for place, each in enumerate(rows):
        if each.heads and (each.amount is None or _sums_up(each, rows[place + 1 :])):
            if any(not later.heads or later.amount for later in rows[place + 1 :]):
                section, mark = each.name, each.said
            continue  # words below the table head nothing
        amount = _amount(reader, each)
        if amount is None:
            continue
        code = _code(each.said, mark, taken)
        taken.add(code)
        yield BudgetLine(
            line=code,
            name=each.name,
            section=section or None,
            qty=each.qty,
            unit=each.unit or None,
            amount=amount,
        )


def _sums_up(head: _Row, below: Sequence[_Row]) -> bool:
    """Whether an amount is that of at least two rows right below it, or of a single row that is
    numbered where this one has a letter or a Roman number.
    """
    total = 0
    for count, each in enumerate(below, 1):
        total += each.amount or _counted(each) or 0
        if total == head.amount:
            alone = head.said and not head.said.isdecimal() and each.said.isdecimal()
            if count > 1 or alone:
                return True
        if head.amount is None or total > head.amount:
            return False
    return False


def _counted(each: _Row) -> int | None:
    """Rupiah: quantity times price, where both are told."""
    if each.qty is None or each.price is None:
        return None
    return half_up(each.qty * each.price, UNIT)


def _amount(reader: Reader, each: _Row) -> int | None:
    """Rupiah; None, with a remark, where the row says none."""
    counted = _counted(each)
    if each.amount is None and counted is None:
        reader.wrong(each.row, "amount", "budget-amount-missing")
        return None
    if each.amount is not None and counted is not None and each.amount != counted:
        reader.odd(each.row, "amount", "budget-differs", balance=each.amount, total=counted)
    return each.amount if each.amount is not None else counted


def _code(said: str, mark: str, taken: set[str]) -> str:
    """A number of its own: the one that is written, with that of its section where it is taken."""
    short = plain(said).replace(" ", ".").upper()[:_LONGEST_CODE]
    for code in (short, f"{plain(mark).upper()}{short}"[:_LONGEST_CODE]):
        if code and code not in taken:
            return code
    number = len(taken) + 1
    while str(number) in taken:
        number += 1
    return str(number)
