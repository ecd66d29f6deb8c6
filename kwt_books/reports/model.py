"""What a report is: typed values in rows and columns, nothing formatted.

The same object is rendered as text, JSON, CSV, XLSX, PDF and as a table on screen.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from kwt_books.domain.values import Month

Value = str | int | date | None
"""A cell: text (a `Ref` too), whole rupiah, thousandths of a unit, a count, a date, or nothing."""


class RefKind(StrEnum):
    """What a `Ref` names, in the order in which one of a row is followed before another."""

    DOCUMENT = "document"
    LOT = "lot"
    ITEM = "item"
    PARTY = "party"
    ACCOUNT = "account"


class Ref(str):
    """A code in a row that says what it is the code of; as text it is written like any other.

    `of` is the item of a lot. `text` is what is written where that is more than the code: the
    account across, `1101+`, when there are several.
    """

    __slots__ = ("code", "kind", "of")

    kind: RefKind
    code: str
    of: str

    def __new__(cls, kind: RefKind, code: str, *, of: str = "", text: str | None = None) -> Ref:
        ref = super().__new__(cls, code if text is None else text)
        ref.kind, ref.code, ref.of = kind, code, of
        return ref

    def __getnewargs_ex__(self) -> tuple[tuple[RefKind, str], dict[str, str]]:
        return (self.kind, self.code), {"of": self.of, "text": str(self)}


def account_ref(code: str) -> Ref:
    """The reference to an account."""
    return Ref(RefKind.ACCOUNT, code)


def item_ref(code: str) -> Ref:
    """The reference to an item."""
    return Ref(RefKind.ITEM, code)


def lot_ref(item: str, name: str) -> Ref:
    """The reference to a lot of an item."""
    return Ref(RefKind.LOT, name, of=item)


def party_ref(code: str) -> Ref:
    """The reference to a party."""
    return Ref(RefKind.PARTY, code)


def document_ref(number: str | None) -> Ref | None:
    """A document by its voucher number; `None` for an entry without one.

    Every line has one, and made like this it takes half the time.
    """
    if number is None:
        return None
    ref = str.__new__(Ref, number)
    ref.kind, ref.code, ref.of = RefKind.DOCUMENT, number, ""
    return ref


class ColumnType(StrEnum):
    """What the values of a column are, and in which unit."""

    TEXT = "text"
    CODE = "code"
    DATE = "date"
    MONEY = "money"
    QUANTITY = "quantity"  # integer thousandths
    COUNT = "count"
    PERCENT = "percent"  # integer tenths of a percent


NUMBERS = frozenset({ColumnType.MONEY, ColumnType.QUANTITY, ColumnType.COUNT, ColumnType.PERCENT})
NOTE_KEYS = frozenset({"note", "notes"})
"""Columns that refer to the notes: centred, and a figure there is a number, not an amount."""


class RowKind(StrEnum):
    """What a row is in its report."""

    SECTION = "section"
    LINE = "line"
    SUBTOTAL = "subtotal"
    TOTAL = "total"
    NOTE = "note"


HEADINGS, SUMS = (RowKind.SECTION, RowKind.NOTE), (RowKind.SUBTOTAL, RowKind.TOTAL)


class Layout(StrEnum):
    """How the printed page is set: pitch, size and rules differ."""

    STATEMENT = "statement"
    BOOK = "book"
    LEDGER = "ledger"
    TRIAL_BALANCE = "trial-balance"
    NOTES = "notes"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a report: its name for programs, its heading, and what its values are."""

    key: str
    label: str
    type: ColumnType
    summed: bool = False
    """Whether a page break carries this column's running total forward."""
    group: str = ""
    """Heading that neighbouring columns share: `Saldo awal` over Debit and Kredit."""
    deducted: bool = False
    """Its amounts are taken off: paper shows them in parentheses (`reports.printed`)."""
    printed: bool = True
    """Whether people are shown it too; a code that the row's label says already is not."""
    by_hand: int = 0
    """Millimetres that it has on paper at least, for somebody writes or signs in it; rows are then
    high enough for that.
    """


class Row(NamedTuple):
    """A row of a report: its label, and a value for each column."""

    label: str
    cells: tuple[Value, ...] = ()
    code: str | None = None
    """A `Ref` to what the row is about, or the row's own stable name: `total`."""
    level: int = 0
    kind: RowKind = RowKind.LINE
    deducted: bool = False
    """As in `Column`: the costs of a profit and loss."""

    @property
    def is_text(self) -> bool:
        """Whether it is a heading or a paragraph, which says nothing in any column."""
        return self.kind in HEADINGS and all(cell is None or cell == "" for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Report:
    """One report. `cells` of each row stand in the order of `columns`."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: Sequence[Row]
    """A tuple; of a long ledger `long_rows.LongRows`, which the book reads as they are wanted."""
    parameters: Mapping[str, str] = field(default_factory=dict)
    head: str = ""
    """The book's chain head when the report was made (64 hex digits)."""
    period: str = ""
    unit: str = ""
    label: str = ""
    """Heading of the column of row labels."""
    label_at: int = 0
    """Where the column of row labels stands among the others on screen and paper."""
    label_by_hand: int = 0
    """As in `Column`: millimetres for writing labels by hand."""
    layout: Layout = Layout.STATEMENT
    closing: tuple[str, ...] = ()
    """Sentences below the table."""
    provisional: bool = False
    """The month is not closed yet."""
    place_date: date | None = None
    """The date that stands above the signatures; none: the paper is not signed."""
    initialled: bool = False
    """Whether chair and treasurer put their initials on it: the cover is signed for all."""
    examiner: str = ""
    """Who signs alone, having examined the books; else the group's officers do."""
    figures: Mapping[str, int] = field(default_factory=dict)
    """What the report comes to, by stable names for other programs: `total_assets`."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Whose paper it is: letterhead and signatories."""

    name: str = ""
    village: str = ""
    village_kind: str | None = None
    """`desa` or `kelurahan`; None: nobody said."""
    district: str = ""
    city: str = ""
    chair: str = ""
    treasurer: str = ""
    umbrella: str = ""
    coordinator: str = ""
    officer: str = ""
    officer_nip: str = ""
    language: str = "id"
    paper: str = "F4"


@dataclass(frozen=True, slots=True)
class Imprint:
    """What the foot of every page says of the book it came from."""

    head: str
    documents: int
    printed_at: datetime
    printed_by: str
    version: str
    closed_through: Month | None = None
    """The last month that is closed; None where none is."""


# -- What a report comes to, for other programs: the amounts and quantities of its total ---------


_SUMS = (ColumnType.MONEY, ColumnType.QUANTITY)


def with_figures(report: Report) -> Report:
    """The report with the sums of its last row, if that is a total, by their columns' keys."""
    if not report.rows or report.rows[-1].kind is not RowKind.TOTAL:
        return report
    figures = {
        column.key: cell
        for column, cell in zip(report.columns, report.rows[-1].cells, strict=True)
        if column.type in _SUMS and isinstance(cell, int)
    }
    return replace(report, figures=figures)
