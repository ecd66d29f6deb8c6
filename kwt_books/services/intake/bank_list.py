"""The bank's list of movements: spreadsheets and CSV of any bank, and OFX or QFX.

Amounts are rupiah as the account sees them: what came in is above zero. Banks count sen, books
don't: each amount is brought to the nearest rupiah, halves up.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

from kwt_books.domain.errors import RuleError
from kwt_books.domain.sheets import BANK_LIST
from kwt_books.i18n.formats import ParseError
from kwt_books.services.intake import headings, values
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
from kwt_books.services.intake.sheet import Row, SheetFile, Value, open_sheets, read_content
from kwt_books.services.intake.values import plain

_OFX = (".ofx", ".qfx")
_PERIOD = re.compile(r"\b\d{1,2}[/-]\d{1,2}[/-]\d{2,4}\b")
_OUT = frozenset({"d", "db", "debit", "debet", "out", "keluar", "dr"})
_IN = frozenset({"k", "c", "cr", "kredit", "credit", "in", "masuk", "kr"})


class Movement(NamedTuple):
    """One movement on the bank's list."""

    day: date
    amount: int
    """Rupiah; below zero where it went out."""
    words: str
    print: str
    """Sixteen signs that stay the same whenever the movement is listed."""
    cell: Cell


@dataclass(frozen=True, slots=True)
class BankList:
    """The movements of a list in the order of their days, and what it ends with."""

    name: str
    digest: str
    movements: tuple[Movement, ...]
    remarks: tuple[Remark, ...] = ()
    balance: int | None = None
    """Rupiah after the last movement; None where the list does not say."""
    layout: Layout | None = None

    @property
    def last(self) -> date:
        """The day of the last movement."""
        return max(each.day for each in self.movements)


def open_bank_list(path: Path, layout: Layout | None = None) -> BankList:
    """The movements of a file; `layout` says which column is what, else it is guessed.

    Raises `StorageError` and `RuleError` as `open_sheets`, and `RuleError` for a list without any
    movement.
    """
    if path.suffix.lower() in _OFX:
        found = _of_ofx(path)
    else:
        file = open_sheets(path)
        layout = layout or guess_bank_list(file)
        if layout is None:
            raise RuleError("no-bank-list", name=path.name)
        found = _of_sheet(file, layout)
    if not found.movements and not found.remarks:
        raise RuleError("no-bank-list", name=path.name)
    return found


def guess_bank_list(file: SheetFile) -> Layout | None:
    """What the first sheet that looks like a bank's list holds."""
    found = (headings.guess(name, file.rows(name), [BANK_LIST]) for name in file.sheets)
    return next((each for each in found if each is not None), None)


# -- Spreadsheets and lists ------------------------------------------------------------------------


def _of_sheet(file: SheetFile, layout: Layout) -> BankList:
    remarks: list[Remark] = []
    reader = Reader(BANK_LIST, layout, remarks)
    above = [row for row in file.rows(layout.sheet) if row.number <= layout.last]
    usual = _period(above)
    prints = Fingerprints()
    movements: list[Movement] = []
    balances: list[int] = []
    for row in file.rows(layout.sheet, layout.last):
        words = reader.text(row, "memo") or _first_words(row)
        if is_numbering(row) or is_total(words) or is_carried(words):
            continue
        amount = _amount(reader, row)
        if amount is None or not amount:
            continue
        day = reader.day(row, "date", usual)
        if day is None:
            if reader.raw(row, "date") is None:
                reader.wrong(row, "date", "day-missing")
            continue
        usual = day
        cell = Cell(layout.sheet, row.number)
        said = prints.of(day, amount, plain(words), plain(reader.text(row, "ref")))
        movements.append(Movement(day, amount, words, said, cell))
        with suppress(ParseError):
            if (balance := _rupiah(reader.raw(row, "balance"))) is not None:
                balances.append(balance)
    newest_first = len(movements) > 1 and movements[0].day > movements[-1].day
    if newest_first:
        movements.reverse()
        balances.reverse()
    ended = balances[-1] if len(balances) == len(movements) and balances else None
    return BankList(file.name, file.digest, tuple(movements), tuple(remarks), ended, layout)


def _first_words(row: Row) -> str:
    return next((each for each in row.values if isinstance(each, str)), "")


def _amount(reader: Reader, row: Row) -> int | None:
    """What a row moved; None where it can't be read or nothing stands there."""
    total = 0
    for name, sign in (("in", 1), ("out", -1), ("amount", 0)):
        raw = reader.raw(row, name)
        try:
            found = _rupiah(raw)
        except ParseError as error:
            if raw is not None and any(char.isdigit() for char in values.text(raw)):
                reader.wrong(row, name, error.code)
            return None
        if found is None:
            continue
        total += sign * abs(found) if sign else _signed(reader, row, found)
    return total


def _signed(reader: Reader, row: Row, amount: int) -> int:
    """An amount by what stands beside or behind it: `50.000 DB`, `D`, or its own sign."""
    behind = values.side_of(reader.raw(row, "amount")) or ""
    side = plain(reader.text(row, "side") or behind)
    if side in _OUT:
        return -abs(amount)
    if side in _IN:
        return abs(amount)
    return amount


def _rupiah(raw: Value) -> int | None:
    """Whole rupiah of an amount with sen."""
    raw = values.without_side(raw)
    try:
        return values.money(raw)
    except ParseError as error:
        if error.code != "amount-not-whole":
            raise
    exact = raw if isinstance(raw, Decimal) else values.decimal(values.text(raw))
    return _nearest(exact)


def _nearest(amount: Decimal) -> int:
    return int(amount.quantize(Decimal(1), ROUND_HALF_UP))


def _period(above: Iterable[Row]) -> date | None:
    """A day of the period that the rows over the list name; it gives the year to short days."""
    for row in above:
        for each in row.values:
            for written in _PERIOD.findall(each) if isinstance(each, str) else ():
                with suppress(ParseError):
                    return values.day(written)
    return None


# -- OFX and QFX -----------------------------------------------------------------------------------


def _of_ofx(path: Path) -> BankList:
    content = read_content(path)
    prints = Fingerprints()
    movements: list[Movement] = []
    balance: int | None = None
    for statement in _statements(path.name, content):
        for number, each in enumerate(statement.transactions or (), 1):
            words = " ".join(filter(None, (each.name, each.memo))) or str(each.trntype)
            amount, day = _nearest(each.trnamt), each.dtposted.date()
            said = prints.of(day, amount, plain(words), each.fitid)
            movements.append(Movement(day, amount, words, said, Cell(path.name, number)))
        if statement.ledgerbal is not None:
            balance = _nearest(statement.ledgerbal.balamt)
    movements.sort(key=lambda each: each.day)
    kept = tuple(each for each in movements if each.amount)
    return BankList(path.name, sha256(content).hexdigest(), kept, (), balance)


def _statements(name: str, content: bytes) -> Iterator[Any]:
    from ofxtools.Parser import OFXTree

    tree = OFXTree()
    try:
        tree.parse(BytesIO(content))
        yield from tree.convert().statements
    except (SyntaxError, ValueError, TypeError, AttributeError, LookupError) as error:
        raise RuleError("no-bank-list", name=name) from error
