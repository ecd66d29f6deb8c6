"""What the rows of a sheet become: entries to be recorded, and remarks about cells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from types import MappingProxyType
from typing import NamedTuple, TypeVar

from kwt_books.domain.documents.base import Command
from kwt_books.domain.errors import Issue
from kwt_books.domain.kinds import KINDS
from kwt_books.domain.sheet_table import SheetTable
from kwt_books.i18n.catalogue import noop
from kwt_books.i18n.formats import ParseError
from kwt_books.services.intake import values
from kwt_books.services.intake.headings import Layout
from kwt_books.services.intake.sheet import Row, Value, address
from kwt_books.services.intake.values import plain

T = TypeVar("T")
_LONGEST_SAID = 60
_NOWHERE: Mapping[str, Cell] = MappingProxyType({})
_SET_UP = {
    "account": noop("Account"),
    "item": noop("Item"),
    "shop": noop("Shop"),
    "supplier": noop("Supplier"),
    "customer": noop("Customer"),
    "member": noop("Member"),
    "agency": noop("Office or institution"),
    "resident": noop("Resident"),
}
"""What sheets set up, by kind; parties by their role."""


class Cell(NamedTuple):
    """A cell of a file, or a whole row where it names no column."""

    sheet: str
    row: int
    column: int | None = None

    def __str__(self) -> str:
        """`Kas!B7`; `Kas!7` for the row."""
        place = address(self.row, self.column) if self.column is not None else str(self.row)
        return f"{self.sheet}!{place}"


@dataclass(frozen=True, slots=True)
class Remark:
    """Something about a cell. One that `stops` has to be mended; others are to be looked at."""

    cell: Cell
    issue: Issue
    stops: bool = True
    said: str = ""
    """What stands in the cell."""
    asks: bool = False
    """Whether somebody has to say that it is meant."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry to be recorded, and the row it was made of."""

    command: Command
    cell: Cell
    """The row."""
    columns: Mapping[str, int] = field(default_factory=dict)
    """By paths of the command: the column that its value stood in."""
    cells: Mapping[str, Cell] = field(default_factory=lambda: _NOWHERE)
    """By paths: the cells, where they stand in several sheets."""
    doubtful: bool = False
    """Whether the purpose was only guessed."""
    account: str = ""
    """Of money: the account it was for; empty where there is none to choose."""
    print: str = ""
    """Of money: sixteen signs by which another account is chosen for it."""
    said: str = ""
    """Of money: the words of its column and its row, by which the choice is remembered."""

    @property
    def title(self) -> str:
        """What people call what is recorded; an English message."""
        kind = self.command.kind
        return KINDS[kind].title or _SET_UP[getattr(self.command, "role", kind)]

    def at(self, path: str) -> Cell:
        """The cell that a path of the command was read from; the row where none says so."""
        while path:
            if path in self.cells:
                return self.cells[path]
            if path in self.columns:
                return self.cell._replace(column=self.columns[path])
            path = path.rpartition(".")[0]
        return self.cell


class Reader:
    """Reads the cells of one sheet's rows, by the names of its table's columns or by their places.

    What can't be read becomes a remark, and counts as empty.
    """

    def __init__(self, table: SheetTable, layout: Layout, remarks: list[Remark]) -> None:
        self._table = table
        self.layout = layout
        self.remarks = remarks
        self.orders: dict[str | int, str] = {}
        """By column of days: the order of their figures, one of `values.ORDERS`."""

    def place(self, name: str | int) -> int | None:
        """Where a column stands; None where the sheet has no such column."""
        return name if isinstance(name, int) else self.layout.columns.get(name)

    def cell(self, row: Row, name: str | int) -> Cell:
        """The cell of a column; the row where the sheet has no such column."""
        return Cell(self.layout.sheet, row.number, self.place(name))

    def raw(self, row: Row, name: str | int) -> Value:
        """What stands in a column; None where nothing does."""
        return row.at(self.place(name))

    def text(self, row: Row, name: str | int) -> str:
        """The words of a cell; empty where there are none."""
        return values.text(self.raw(row, name))

    def money(self, row: Row, name: str | int) -> int | None:
        """Rupiah; None where nothing stands or it can't be read, and below the first row of an
        amount that stands in one cell for several.
        """
        if self.place(name) in row.merged and name != "balance":
            return None
        return self._read(row, name, lambda value: values.money(value, self.layout.point))

    def quantity(self, row: Row, name: str | int) -> int | None:
        """Thousandths; None where nothing stands or it can't be read."""
        return self._read(row, name, values.quantity)

    def count(self, row: Row, name: str) -> int | None:
        """A whole number; None where nothing stands or it can't be read."""
        return self._read(row, name, values.count)

    def day(
        self, row: Row, name: str, usual: date | None = None, year: int | None = None
    ) -> date | None:
        """A day; None where nothing stands or it can't be read."""
        order = self._order(name)
        return self._read(row, name, lambda value: values.day(value, usual, year, order))

    def day_after(self, row: Row, name: str, before: date) -> date | None:
        """A day of a row that follows one of the day `before`."""
        order = self._order(name)
        return self._read(row, name, lambda value: values.day_after(value, before, order))

    def _order(self, name: str | int) -> str:
        return self.orders.get(name, values.DAY_FIRST)

    def _read(self, row: Row, name: str | int, read: Callable[[Value], T]) -> T | None:
        try:
            return read(self.raw(row, name))
        except ParseError as error:
            self.wrong(row, name, error.code)
            return None

    def wrong(self, row: Row, name: str | int, code: str, /, **params: object) -> None:
        """Remarks what has to be mended in a cell."""
        self._remark(row, name, Issue(str(name), code, params), stops=True)

    def odd(self, row: Row, name: str | int, code: str, /, **params: object) -> None:
        """Remarks what is to be looked at."""
        self._remark(row, name, Issue(str(name), code, params), stops=False)

    def asked(self, row: Row, name: str | int, code: str, /, **params: object) -> None:
        """Remarks what somebody has to say is meant."""
        self._remark(row, name, Issue(str(name), code, params), stops=False, asks=True)

    def asked_of(self, row: Row, code: str, /, **params: object) -> None:
        """Remarks of a whole row what somebody has to say is meant."""
        said = next((each for each in map(values.text, row.values) if each), "")[:_LONGEST_SAID]
        issue = Issue("", code, params)
        cell = Cell(self.layout.sheet, row.number)
        self.remarks.append(Remark(cell, issue, False, said, asks=True))

    def _remark(
        self, row: Row, name: str | int, issue: Issue, *, stops: bool, asks: bool = False
    ) -> None:
        said = self.text(row, name)[:_LONGEST_SAID]
        self.remarks.append(Remark(self.cell(row, name), issue, stops, said, asks))

    def is_example(self, row: Row) -> bool:
        """Whether the row is one of the template's examples."""
        first = next((each for each in row.values if each is not None), None)
        return isinstance(first, str) and plain(first) in ("contoh", "example", "cth")


_TOTALS = (
    "jumlah ", "total ", "totals ", "sub total ", "subtotal ", "jml ", "grand total ",
    "saldo akhir ", "sisa saldo ", "rekapitulasi ", "rekap ", "dipindahkan ", "sisa kas ", "sum ",
)  # fmt: skip
_CARRIED = (
    "saldo awal ", "saldo bulan ", "saldo lalu ", "saldo pindahan ", "pindahan ", "saldo per ",
    "jumlah pindahan ", "sisa saldo bulan lalu ", "sisa bulan lalu ", "sisa tahun lalu ",
    "sisa lalu ", "saldo tahun lalu ", "saldo kas awal ", "saldo sebelumnya ",
    "sisa uang bulan lalu ",
    "saldo s d bulan lalu ", "sisa kas bulan lalu ", "opening balance ", "brought forward ",
    "balance brought forward ",
)  # fmt: skip


def is_total(words: str) -> bool:
    """Whether a row of these words sums up others: `JUMLAH`, `Total bulan ini`."""
    return f"{plain(words)} ".startswith(_TOTALS)


def is_carried(words: str) -> bool:
    """Whether a row of these words only says what stood before: `Saldo bulan lalu`."""
    return f"{plain(words)} ".startswith(_CARRIED)


def is_numbering(row: Row) -> bool:
    """Whether the row only counts the columns: 1, 2, 3 under the headings."""
    said = [values.text(each) for each in row.values if each is not None]
    counted = [each.strip("().") for each in said]
    return len(said) > 2 and counted == [str(number) for number in range(1, len(said) + 1)]


class Fingerprints:
    """Tells rows apart by what they say: the same words on the same day are one row each time.

    The second such row of one taking is another than the first.
    """

    def __init__(self) -> None:
        self._seen: Counter[tuple[object, ...]] = Counter()

    def of(self, *said: object) -> str:
        """Sixteen signs that stay the same as long as the row does."""
        self._seen[said] += 1
        whole = "\x1f".join(map(str, (*said, self._seen[said])))
        return sha256(whole.encode("utf-8")).hexdigest()[:16]
