"""What a row of a cash book says of money: as a whole, by its purposes, or both."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kwt_books.services.intake.entry import Reader
from kwt_books.services.intake.headings import CAME_IN, WENT_OUT
from kwt_books.services.intake.money_columns import MoneyColumn
from kwt_books.services.intake.sheet import Row
from kwt_books.services.intake.values import plain


class Change(NamedTuple):
    """Money of a row: what came in, or below zero went out; and the column it stood in."""

    amount: int
    column: str | int
    of: MoneyColumn = MoneyColumn(True)
    """What its column says of it."""
    account: str = ""
    """The account it was for, where the row leaves no doubt."""


def changes_of(reader: Reader, row: Row) -> Iterator[Change]:
    """What came in and went out by a row, as a whole or by its purposes."""
    before = len(reader.remarks)
    by_column = _by_column(reader, row)
    purposes = [each for each in by_column if not each.of.cash]
    whole = list(_whole(reader, row))
    if len(reader.remarks) > before:
        return
    if purposes and whole:
        yield from _shared_out(reader, row, whole, purposes)
    else:
        yield from _once_moved([*(purposes or whole), *(x for x in by_column if x.of.cash)])


def ask_sides(reader: Reader, row: Row, changes: Sequence[Change]) -> None:
    """Asks about money on both sides of a row, and what came in and is below nil."""
    by_side = {each.column: each.amount for each in changes}
    if {"in", "out"} <= by_side.keys():
        reader.asked(row, "out", "both-sides")
    elif by_side.get("in", 0) < 0:
        reader.asked(row, "in", "in-below-nil")


def _by_column(reader: Reader, row: Row) -> list[Change]:
    """What stands in the columns for a purpose."""
    found = []
    for place, column in reader.layout.money.items():
        if amount := reader.money(row, place):
            found.append(Change(amount if column.came_in else -amount, place, column))
    return found


def _shared_out(
    reader: Reader, row: Row, whole: list[Change], purposes: list[Change]
) -> Iterator[Change]:
    """The purposes of an amount that stands beside them as a whole; both must come to the same."""
    total = sum(each.amount for each in whole)
    if len(whole) == 1:  # it says on which side they stand
        purposes = [
            each._replace(amount=each.amount * (1 if each.of.came_in == (total > 0) else -1))
            for each in purposes
        ]
    told = sum(each.amount for each in purposes)
    if told != total:
        reader.wrong(row, whole[0].column, "columns-differ", balance=abs(total), total=abs(told))
        return
    yield from purposes


def _once_moved(changes: list[Change]) -> list[Change]:
    """What went from the cash box and came to the bank in one row is moved once."""
    if len(changes) == 2 and not any(each.of.words for each in changes):
        box, other = sorted(changes, key=lambda each: bool(each.of.cash))
        if box.amount == -other.amount and not box.of.cash and other.of.cash:
            return [box._replace(account=other.of.cash)]
    return changes


def _whole(reader: Reader, row: Row) -> Iterator[Change]:
    """What came in and went out by a row. What stands in brackets or below zero where money went
    out went out all the same.
    """
    came, went = reader.money(row, "in"), reader.money(row, "out")
    if came:
        yield Change(came, "in")
    if went:
        yield Change(-abs(went), "out")
    if {"in", "out"} & set(reader.layout.columns):
        return
    amount = reader.money(row, "amount")
    if amount:
        side = plain(reader.text(row, "side"))
        if side in WENT_OUT:
            amount = -abs(amount)
        elif side not in CAME_IN and reader.raw(row, "side") is not None:
            said = reader.text(row, "side")[:40]
            reader.wrong(row, "side", "side-not-understood", text=said)
            return
        elif not side and amount > 0 and reader.place("side") is not None:
            reader.wrong(row, "side", "side-missing")
            return
        yield Change(amount, "amount")
