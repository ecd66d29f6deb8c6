"""The bank's list of movements: spreadsheets and CSV of any bank, and OFX or QFX.

Amounts are rupiah as the account sees them: what came in is above zero. Banks count sen, books
don't: see `bank_order`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, tzinfo
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from kwt_books.domain.errors import Issue, RuleError
from kwt_books.domain.sheets import BANK_LIST
from kwt_books.domain.values import furthest_day
from kwt_books.i18n.formats import ParseError
from kwt_books.services.intake import headings, ofx, values
from kwt_books.services.intake.bank_order import Line, gaps, in_order, rupiah, whole
from kwt_books.services.intake.days import order_of
from kwt_books.services.intake.entry import (
    Cell,
    Fingerprints,
    Reader,
    Remark,
    is_carried,
    is_numbering,
    is_total,
)
from kwt_books.services.intake.headings import Layout
from kwt_books.services.intake.period import months_in
from kwt_books.services.intake.sheet import Row, SheetFile, Value, open_sheets, read_content
from kwt_books.services.intake.values import plain

_PERIOD = re.compile(r"\b\d{1,2}(?:[/-]\d{1,2}[/-]|\s+[A-Za-z]{3,9}\s+)\d{2,4}\b")
_TRAILERS = ("mutasi ", "saldo ", "total ", "jumlah ", "opening ", "closing ", "ending ")
"""How lines below a list begin that sum it up."""
_PENDING = frozenset({"pend", "pending"})
_SOME_DAY = date(2026, 1, 1)
"""Near it lie years of two digits, where a list names no period."""
_OUT = frozenset({"d", "db", "debit", "debet", "out", "keluar", "dr"})
_IN = frozenset({"k", "c", "cr", "kredit", "credit", "in", "masuk", "kr"})
_RUPIAH = frozenset({"IDR", "RP", "RUPIAH", "INDONESIAN RUPIAH"})
_CODE = re.compile(r"[A-Za-z]{2,3}")
_CURRENCY = re.compile(
    r"\b(?:mata uang|currency|ccy)\b[\s:=]*\(?\b([A-Za-z]{2,3}|Rupiah)\b", re.IGNORECASE
)
_CURRENCY_COLUMNS = frozenset({"mata uang", "kode mata uang", "currency", "ccy", "curr"})


class Movement(NamedTuple):
    """One movement on the bank's list."""

    day: date
    amount: int
    """Rupiah; below zero where it went out."""
    words: str
    print: str
    """Sixteen signs that stay the same whenever the movement is listed."""
    cell: Cell
    sen: bool = False
    """Whether the bank's own amount is none of whole rupiah: the book's may be the next one."""

    def agrees(self, amount: int) -> bool:
        """Whether a document of this amount may be the same movement."""
        return amount == self.amount or (self.sen and abs(amount - self.amount) == 1)


@dataclass(frozen=True, slots=True)
class BankList:
    """The movements of a list, the oldest first, and what it ends with."""

    name: str
    digest: str
    movements: tuple[Movement, ...]
    remarks: tuple[Remark, ...] = ()
    balance: int | None = None
    """Rupiah after the last movement; None where the list does not say."""
    layout: Layout | None = None
    account: str = ""
    """The bank's own number of the account; empty where the list does not say."""

    @property
    def last(self) -> date:
        """The day of the last movement."""
        return max(each.day for each in self.movements)

    @property
    def stops(self) -> tuple[Remark, ...]:
        """What has to be mended before the list can be held against a book."""
        return tuple(each for each in self.remarks if each.stops)

    def seen_on(self, today: date) -> BankList:
        """The list with a remark that stops it at each movement that no form would take: dated
        after the end of next month.
        """
        furthest, columns = furthest_day(today), self.layout.columns if self.layout else {}
        far = tuple(
            Remark(
                each.cell._replace(column=columns.get("date")),
                Issue("date", "day-too-far", {"date": each.day, "today": today}),
            )
            for each in self.movements
            if each.day > furthest
        )
        return replace(self, remarks=(*self.remarks, *far))


def open_bank_list(path: Path, account: str | None = None, zone: tzinfo | None = None) -> BankList:
    """The movements of a file; which column of a spreadsheet is what is guessed.

    Of OFX of several accounts, `account` is the bank's number of the one that is meant; `zone` is
    where the group is, else where the computer is. Raises `StorageError` and `RuleError` as
    `open_sheets`, `RuleError("several-accounts")` where none is said or another, and `RuleError`
    for a list without any movement.
    """
    if is_ofx(path):
        found = _of_ofx(path, account, zone)
    else:
        file = open_sheets(path)
        layout = next(iter(bank_layouts(file)), None)
        if layout is None:
            raise RuleError("no-bank-list", name=path.name)
        found = bank_list_of(file, layout)
    if not found.movements and not found.remarks:
        raise RuleError("no-bank-list", name=path.name)
    return found


def _list(
    name: str,
    digest: str,
    lines: Sequence[Line],
    remarks: Sequence[Remark],
    first: Decimal | None,
    last: Decimal | None,
    layout: Layout | None = None,
    account: str = "",
) -> BankList:
    """The list of these lines; `first` and `last` are the balances before and after them."""
    prints = Fingerprints()
    printed = {id(each): prints.of(each.day, _exact(each.amount), plain(each.words),
                                   plain(each.ref)) for each in lines}  # fmt: skip
    ordered = in_order(lines, first)
    if last is None and ordered and all(each.balance is not None for each in ordered):
        last = ordered[-1].balance
    amounts = whole(ordered, last)
    movements = tuple(
        Movement(each.day, amount, each.words, printed[id(each)], each.cell, _sen(each.amount))
        for each, amount in zip(ordered, amounts, strict=True)
        if amount
    )
    told = [_gap(layout, each.line, each.expected) for each in gaps(ordered, first)]
    balance = rupiah(last) if last is not None else None
    return BankList(name, digest, movements, (*remarks, *told), balance, layout, account)


def _gap(layout: Layout | None, line: Line, expected: Decimal) -> Remark:
    assert line.balance is not None
    place = layout.columns.get("balance") if layout is not None else None
    cell = line.cell._replace(column=place)
    issue = Issue(
        "balance",
        "bank-balance-differs",
        {"balance": rupiah(line.balance), "total": rupiah(expected)},
    )
    return Remark(cell, issue, stops=False)


def _sen(amount: Decimal) -> bool:
    return amount != amount.to_integral_value()


def _exact(amount: Decimal) -> str:
    """An amount as it goes into fingerprints: without needless digits."""
    return str(amount.normalize()) if _sen(amount) else str(int(amount))


def is_ofx(path: Path) -> bool:
    """Whether a file says by its name that it is OFX or QFX, whose columns need no telling."""
    return path.suffix.lower() in ofx.SUFFIXES


def bank_layouts(file: SheetFile) -> tuple[Layout, ...]:
    """What each sheet that looks like a bank's list holds."""
    found = (headings.guess(name, file.rows(name), [BANK_LIST]) for name in file.sheets)
    return tuple(each for each in found if each is not None)


# -- Spreadsheets and lists ------------------------------------------------------------------------


def bank_list_of(file: SheetFile, layout: Layout) -> BankList:
    """The movements of a sheet whose columns `layout` tells; none where it tells too little."""
    remarks: list[Remark] = []
    reader = Reader(BANK_LIST, layout, remarks)
    above = [row for row in file.rows(layout.sheet) if row.number <= layout.last]
    _must_be_rupiah(file, layout, above)
    cells = (reader.raw(row, "date") for row in file.rows(layout.sheet, layout.last))
    days = _BankDays(reader, above, cells)
    told = _of_words(layout)
    first: Decimal | None = None
    lines: list[Line] = []
    for row in file.rows(layout.sheet, layout.last):
        words = " ".join(dict.fromkeys(filter(None, (reader.text(row, at) for at in told))))
        words = words or row.first_text
        if is_carried(words) and not lines:
            first = _balance(reader, row)
        summed = is_total(words) or is_carried(words) or _sums_up(reader.raw(row, "date"))
        if is_numbering(row) or summed:
            continue
        amount = _amount(reader, row)
        day = days.of(row) if amount else None
        if not amount or day is None:
            continue
        cell, ref = Cell(layout.sheet, row.number), reader.text(row, "ref")
        lines.append(Line(day, amount, words, ref, cell, _balance(reader, row)))
    return _list(file.name, file.digest, lines, remarks, first, None, layout)


def _must_be_rupiah(file: SheetFile, layout: Layout, above: Iterable[Row]) -> None:
    """Refuses a list that names another currency over its rows or in a column for it."""
    over = (row for row in above if row.number < layout.heading)
    said = [" ".join(row.texts) for row in over]
    named = [found[1] for each in said if (found := _CURRENCY.search(each)) is not None]
    places = [at for at, each in enumerate(layout.headings) if plain(each) in _CURRENCY_COLUMNS]
    rows = file.rows(layout.sheet, layout.last) if places else ()
    named += [each for row in rows for at in places
              if isinstance(each := row.at(at), str) and _CODE.fullmatch(each)]  # fmt: skip
    foreign = next((each for each in named if each.upper() not in _RUPIAH), None)
    if foreign is not None:
        raise RuleError("not-in-rupiah", name=file.name, text=foreign)


def _balance(reader: Reader, row: Row) -> Decimal | None:
    with suppress(ParseError):
        return _decimal(reader.raw(row, "balance"), reader.layout.point)
    return None


def _amount(reader: Reader, row: Row) -> Decimal | None:
    """What a row moved, to the sen; None where it can't be read or nothing stands there."""
    total = Decimal(0)
    for name, sign in (("in", 1), ("out", -1), ("amount", 0)):
        raw = reader.raw(row, name)
        try:
            found = _decimal(raw, reader.layout.point)
        except ParseError as error:
            if raw is not None and any(char.isdigit() for char in values.text(raw)):
                reader.wrong(row, name, error.code)
            return None
        if found is None:
            continue
        total += sign * abs(found) if sign else _signed(reader, row, found)
    return total


def _signed(reader: Reader, row: Row, amount: Decimal) -> Decimal:
    """An amount by what stands beside or behind it: `50.000 DB`, `D`, or its own sign."""
    behind = values.side_of(reader.raw(row, "amount")) or ""
    side = plain(reader.text(row, "side") or behind)
    if side in _OUT:
        return -abs(amount)
    if side in _IN:
        return abs(amount)
    return amount


def _decimal(raw: Value, point: str) -> Decimal | None:
    """An amount to the sen; None where nothing stands."""
    raw = values.without_side(raw)
    try:
        found = values.money(raw, point)
    except ParseError as error:
        if error.code != "amount-not-whole":
            raise
        return raw if isinstance(raw, Decimal) else values.decimal(values.text(raw), point)
    return Decimal(found) if found is not None else None


def _of_words(layout: Layout) -> list[int]:
    """The places of everything that is said of a movement: some banks have two such columns."""
    memo, known = layout.columns.get("memo"), BANK_LIST.column("memo").words
    if memo is None:
        return []
    free = set(range(len(layout.headings))) - set(layout.columns.values())
    also = {at for at in free if plain(layout.headings[at]) in known}
    return sorted({memo, *also})


def _sums_up(date_said: Value) -> bool:
    """Whether a line below the list sums it up: `Mutasi Debet` stands where days would."""
    return isinstance(date_said, str) and f"{plain(date_said)} ".startswith(_TRAILERS)


class _BankDays:
    """Reads the days of a list; those without a year have that of the period over the list."""

    def __init__(self, reader: Reader, above: Iterable[Row], cells: Iterable[Value]) -> None:
        self._reader = reader
        texts = [each for row in above for each in row.texts]
        written = [found for each in texts for found in _PERIOD.findall(each)]
        said_months = (said for each in texts for said in months_in(each, _SOME_DAY))
        months = (date(said.year, said.month, 1) for said in said_months if said.year)
        month = next(months, None)
        found = order_of([*cells, *written], _SOME_DAY, month)
        self._order, self._told = found, False
        reader.orders["date"] = found.order
        period = []
        for each in written:
            with suppress(ParseError):
                period.append(values.day(each, order=found.order))
        said = [each for each in period if each is not None]
        self._before = said[0] if said else month
        self._span = (min(said), max(said)) if len(said) == 2 else None

    def of(self, row: Row) -> date | None:
        """The day of a row; None where it can't be told, and its remark says why."""
        reader = self._reader
        raw = reader.raw(row, "date")
        if raw is None:
            reader.wrong(row, "date", "day-missing")
            return None
        if isinstance(raw, str) and plain(raw) in _PENDING:
            reader.odd(row, "date", "bank-pending")
            return None
        if self._before is None:
            found = reader.day(row, "date")
        else:
            found = reader.day_after(row, "date", self._before)
        if found is not None:
            self._before = found
            self._ask(row, found)
        return found

    def _ask(self, row: Row, found: date) -> None:
        outside = self._span is not None and not self._span[0] <= found <= self._span[1]
        if not self._told and (outside or self._order.doubtful):
            code = "day-outside" if outside else "day-order-guessed"
            self._reader.asked(row, "date", code, date=found)
            self._told = True


# -- OFX and QFX -----------------------------------------------------------------------------------


def _of_ofx(path: Path, account: str | None, zone: tzinfo | None) -> BankList:
    content = read_content(path)
    found = ofx.read_ofx(path.name, content, zone)
    if account is None and len(found) == 1:
        account = next(iter(found))
    if account is None or account not in found:
        raise RuleError("several-accounts", name=path.name, known=", ".join(found))
    statement, digest = found[account], sha256(content).hexdigest()
    if statement.currency:
        raise RuleError("not-in-rupiah", name=path.name, text=statement.currency[:20])
    return _list(
        path.name, digest, statement.lines, (), None, statement.balance, account=statement.account
    )
