"""Taking sheets into a book: what each row becomes, and one act that records all of it or nothing.

The act can be cancelled as a whole. A row whose document stands is passed over, so that a sheet
that was taken and has grown since is simply taken again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any, Protocol, TypeVar

from kwt_books.domain.access import Recorded
from kwt_books.domain.accounts import BANK, SURPLUS
from kwt_books.domain.documents.base import Command, Document
from kwt_books.domain.documents.correction import LARGEST_FILE, Attachment, Correction
from kwt_books.domain.documents.opening import OpeningBalance
from kwt_books.domain.documents.setup import Party
from kwt_books.domain.errors import Issue, RefusedTogether, RuleError
from kwt_books.domain.opening_sheets import OPENING_TABLES
from kwt_books.domain.sheets import CASH_BOOK, TABLES
from kwt_books.domain.sheets_of_lists import BY_MONTH, SALES
from kwt_books.queries.intake import KnownToIntake, documents_of, known_to_intake, new_act
from kwt_books.queries.reading import Reading
from kwt_books.services.intake import headings
from kwt_books.services.intake.beginning import Beginning
from kwt_books.services.intake.by_month import ByMonth, kind_of, role_of
from kwt_books.services.intake.cash_book import CashBook
from kwt_books.services.intake.entry import Cell, Entry, Remark
from kwt_books.services.intake.headings import Layout
from kwt_books.services.intake.period import period_of
from kwt_books.services.intake.purposes import NameFinder
from kwt_books.services.intake.sheet import Row, SheetFile
from kwt_books.services.intake.unusual_rows import unusual_rows

T = TypeVar("T")
Purposes = Mapping[str, str]
"""By `Entry.print`: the account that somebody chose."""
Progress = Callable[[int], None]


class Door(Protocol):
    """What taking needs of the book."""

    def read(self, query: Callable[..., T], /, *arguments: Any, **named: Any) -> T:
        """What a query gives."""

    def record_together(
        self,
        commands: Iterable[Command],
        progress: Progress | None = None,
        *,
        head: str | None = None,
        trial: bool = False,
    ) -> tuple[Recorded, ...]:
        """Records all commands, or none."""


_MEDIA = {
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".xls": "application/vnd.ms-excel",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
    ".csv": "text/csv",
}
_TRIES = 3
_THOUSANDS = re.compile(
    r"\b(?:dalam (?:ribuan|jutaan|ribu|juta)|(?:ribuan|jutaan) rupiah|x ?1\.?000|rp\.? ?000)\b"
)
"""What a sheet says whose amounts are thousands: `(dalam ribuan rupiah)`, `x 1.000`."""
_ROWS_BETWEEN = 300


@dataclass(frozen=True, slots=True)
class Taking:
    """What taking a file would record, row by row, with everything there is to say of its cells."""

    file: str
    act: str
    head: str
    """The chain's end that it was made for."""
    layouts: tuple[Layout, ...]
    entries: tuple[Entry, ...]
    remarks: tuple[Remark, ...]
    known_rows: int
    """Rows whose documents stand already."""
    attachment: Attachment | None = None
    """The file itself, which goes to the first document."""

    @property
    def stops(self) -> tuple[Remark, ...]:
        """What has to be mended before anything can be recorded."""
        return tuple(each for each in self.remarks if each.stops)

    @property
    def asked(self) -> tuple[Remark, ...]:
        """What is so unusual that somebody has to say that it is meant."""
        return tuple(each for each in self.remarks if each.asks)

    @property
    def opening(self) -> date | None:
        """The day of the opening balance that the sheets say; None where they say none."""
        found = (each.command for each in self.entries if isinstance(each.command, OpeningBalance))
        return next((each.date for each in found), None)

    @property
    def documents(self) -> int:
        """How many documents it records."""
        return sum(isinstance(each.command, Document) for each in self.entries)

    @property
    def commands(self) -> tuple[Command, ...]:
        """Everything it records, in its order."""
        commands: tuple[Command, ...] = tuple(each.command for each in self.entries)
        return commands if self.attachment is None else (*commands, self.attachment)


def layouts_of(file: SheetFile) -> tuple[Layout, ...]:
    """What each sheet of the file holds, guessed; sheets that look like no table are left out."""
    found = (headings.guess(name, file.rows(name), TABLES.values()) for name in file.sheets)
    return tuple(each for each in found if each is not None)


def plan(
    file: SheetFile,
    known: KnownToIntake,
    layouts: Sequence[Layout],
    today: date,
    purposes: Purposes | None = None,
    progress: Progress | None = None,
    *,
    bank: int | None = None,
) -> Taking:
    """What the rows of the sheets become; nothing is recorded.

    Sheets of the opening come first, then cash books in the order of the file. `progress` hears of
    every few hundred rows; what it raises ends the reading. `bank`: what the bank held when the
    cash books began, rupiah; it goes into the opening that they say. Raises `RuleError` where the
    file can't be read to its end.
    """
    act = new_act(file.digest, known.head)
    remarks: list[Remark] = []
    entries: list[Entry] = []
    for layout in layouts:
        remarks.extend(_in_thousands(file, layout))
    beginning = _beginning(file, layouts, Beginning(known, act, remarks), today)
    grids = [
        _Grid(file, each, known, act, today) for each in layouts if each.table == BY_MONTH.name
    ]
    for grid in grids:
        beginning.meet(grid.months.names(grid.rows()), role_of(grid.kind))
    entries.extend(beginning.entries(today))
    has_opening = any(each.command.kind == "opening_balance" for each in entries)
    cash = CashBook(known, act, remarks, purposes)
    parties = [each.command for each in entries if isinstance(each.command, Party)]
    cash.learn((each.code, each.name, each.role) for each in parties)
    may_open = known.may_open and not has_opening
    read = list(_cash(file, layouts, cash, today, progress, may_open=may_open))
    for grid in grids:
        read.extend(grid.months.entries(grid.rows(), _people(known, parties, role_of(grid.kind))))
        remarks.extend(grid.months.remarks)
    entries.extend(_one_opening(read, bank))
    return Taking(
        file.name,
        act,
        known.head,
        tuple(layouts),
        tuple(entries),
        (*remarks, *unusual_rows(entries, known, today)),
        cash.known_rows + sum(each.months.known_months for each in grids),
        _attachment(file, entries),
    )


def _cash(
    file: SheetFile,
    layouts: Iterable[Layout],
    cash: CashBook,
    today: date,
    progress: Progress | None,
    *,
    may_open: bool,
) -> Iterator[Entry]:
    """The entries of cash books and lists of sales, in the order of the file."""
    for layout in layouts:
        if layout.table not in (CASH_BOOK.name, SALES.name):
            continue
        above = _above(file, layout)
        rows = partial(_rows, file, layout, progress)
        period = period_of(file, layout, above, today)
        if layout.table == SALES.name:
            yield from cash.read_sales(layout, above, rows, period)
        else:
            yield from cash.read(layout, above, rows, period, may_open=may_open)


class _Grid:
    """A sheet of members against months."""

    def __init__(
        self, file: SheetFile, layout: Layout, known: KnownToIntake, act: str, today: date
    ) -> None:
        above = _above(file, layout)
        self.kind = kind_of(layout, above)
        period = period_of(file, layout, above, today)
        self.months = ByMonth(known, act, layout, self.kind, period)
        self.rows = partial(_rows, file, layout, None)


def _above(file: SheetFile, layout: Layout) -> list[Row]:
    """The rows over the headings."""
    return [row for row in file.rows(layout.sheet) if row.number < layout.heading]


def _in_thousands(file: SheetFile, layout: Layout) -> Iterator[Remark]:
    """A title or heading by which amounts are no whole rupiah."""
    for row in file.rows(layout.sheet):
        if row.number > max(layout.last, layout.heading):
            return
        for place, each in enumerate(row.values):
            if isinstance(each, str) and (found := _THOUSANDS.search(each.lower())) is not None:
                issue = Issue("", "in-thousands", {"text": found[0]})
                yield Remark(Cell(layout.sheet, row.number, place), issue, said=each[:60])
                return


def _people(known: KnownToIntake, new: Iterable[Party], role: str) -> NameFinder:
    found = {each.code: each for each in (*known.parties.values(), *new) if each.role == role}
    return NameFinder((each.code, each.name) for each in found.values())


def _beginning(
    file: SheetFile, layouts: Sequence[Layout], beginning: Beginning, today: date
) -> Beginning:
    for table in OPENING_TABLES:  # goods before shops, members before debts
        for layout in layouts:
            if layout.table == table.name:
                beginning.read(layout, partial(_rows, file, layout, None), today)
    return beginning


def _rows(file: SheetFile, layout: Layout, progress: Progress | None) -> Iterator[Row]:
    for number, row in enumerate(file.rows(layout.sheet, layout.last)):
        if progress is not None and number % _ROWS_BETWEEN == 0:
            progress(0)  # none is recorded yet
        yield row


def _one_opening(read: list[Entry], bank: int | None) -> list[Entry]:
    """What stood in several cash books at first is one opening balance, before all else."""
    openings = [each for each in read if each.command.kind == "opening_balance"]
    if not openings:
        return read
    first = openings[0]
    balances: dict[str, int] = {BANK: bank, SURPLUS: -bank} if bank else {}
    for each in openings:
        for account, amount in each.command.balances.items():  # type: ignore[attr-defined]
            balances[account] = balances.get(account, 0) + amount
    day = min(each.command.date for each in openings)  # type: ignore[attr-defined]
    kept = {account: amount for account, amount in balances.items() if amount}
    whole = replace(first.command, balances=kept, date=day)  # type: ignore[call-arg]
    return [replace(first, command=whole), *(each for each in read if each not in openings)]


def _attachment(file: SheetFile, entries: Iterable[Entry]) -> Attachment | None:
    first = next((each.command for each in entries if isinstance(each.command, Document)), None)
    if first is None or first.id is None:
        return None
    data = file.content if len(file.content) <= LARGEST_FILE else None
    suffix = file.name[file.name.rfind(".") :].lower()
    media = _MEDIA.get(suffix, "application/octet-stream")
    return Attachment(of=first.id, name=file.name[-255:], type=media, sha256=file.digest, data=data)


def rehearse(book: Door, taking: Taking, progress: Progress | None = None) -> Taking:
    """The taking with what the book has against its entries as further remarks.

    Nothing is recorded.
    """
    try:
        book.record_together(taking.commands, progress, trial=True)
    except RefusedTogether as error:
        return replace(taking, remarks=(*taking.remarks, *_remarks(taking, error)))
    return taking


def _remarks(taking: Taking, error: RefusedTogether) -> list[Remark]:
    return [
        Remark(taking.entries[place].at(issue.field), issue)
        for place, issues in error.refused.items()
        if place < len(taking.entries)  # the file is refused where its document is
        for issue in issues
    ]


class RowsRefused(RuleError):  # noqa: N818 - named for what the caller holds
    """Rows of a sheet can't be recorded, or not before somebody says that they are meant; nothing
    was. `taking` says what is wrong with them.
    """

    def __init__(self, taking: Taking) -> None:
        first = (*taking.stops, *taking.asked)[0].issue
        super().__init__(first.code, **first.params)
        self.taking = taking


def take(
    book: Door,
    file: SheetFile,
    layouts: Sequence[Layout],
    today: date,
    purposes: Purposes | None = None,
    progress: Progress | None = None,
    *,
    meant: bool = False,
    bank: int | None = None,
) -> tuple[Taking, tuple[Recorded, ...]]:
    """Records all rows of the sheets, or nothing.

    Raises `RowsRefused` with what is wrong in which cell, and with what is unusual unless somebody
    said that it is `meant`. `bank` as in `plan`. Where another program has recorded
    meanwhile, the sheets are read once more, so that no row is taken twice.
    """
    for last in range(_TRIES):
        taking = plan(file, book.read(known_to_intake), layouts, today, purposes, progress,
                      bank=bank)  # fmt: skip
        if taking.stops or (taking.asked and not meant):
            raise RowsRefused(rehearse(book, taking, progress))
        try:
            return taking, book.record_together(taking.commands, progress, head=taking.head)
        except RefusedTogether as error:
            found = (*taking.remarks, *_remarks(taking, error))
            raise RowsRefused(replace(taking, remarks=found)) from error
        except RuleError as error:
            if error.code != "book-moved-on" or last == _TRIES - 1:
                raise
    raise AssertionError


def cancellation(reading: Reading, act: str, today: date, reason: str) -> tuple[Correction, ...]:
    """The corrections that cancel an act as a whole, to be recorded together; newest first.

    Each bears its document's date, or today's where that month is closed. Raises `RuleError` for an
    act of which nothing stands.
    """
    closed = reading.chain.closed_through
    found = documents_of(reading, act)
    if not found:
        raise RuleError("nothing-to-cancel")
    return tuple(
        Correction(
            date=each.date
            if closed is None or f"{each.date:%Y-%m}" > closed
            else max(today, each.date),
            of=each.id,
            reason=reason,
        )
        for each in found
    )
