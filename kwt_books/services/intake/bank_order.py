"""The lines of a bank's list in the order in which the bank moved the money, and in whole rupiah.

Banks list the newest first or last, and count sen. The balance beside each line tells the order,
and whether a line is missing. Books count rupiah: the account stands after each line at the bank's
balance, halves up, so that what is rounded away of one line comes with the next: nothing is lost.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from itertools import groupby, pairwise

from kwt_books.services.intake.entry import Cell


@dataclass(frozen=True, slots=True)
class Line:
    """A line as the list has it; amounts to the sen."""

    day: date
    amount: Decimal
    words: str
    ref: str
    cell: Cell
    balance: Decimal | None = None
    """What the account held after it; None where the list does not say."""


@dataclass(frozen=True, slots=True)
class Gap:
    """A line whose balance is not that of the line before it with its own amount."""

    line: Line
    expected: Decimal


def in_order(lines: Sequence[Line], first: Decimal | None) -> list[Line]:
    """The lines from the oldest to the newest. `first`: the balance before them, where it is said.

    Where all days are one, and within each day, the balances tell which end is the newest.
    """
    days = [each.day for each in lines]
    turned = list(reversed(lines))
    if days != sorted(days):
        if days != sorted(days, reverse=True):
            return sorted(lines, key=lambda each: each.day)
        lines = turned
    ordered: list[Line] = []
    before = first
    for _, group in groupby(lines, key=lambda each: each.day):
        of_day = list(group)
        both = [of_day, of_day[::-1]]
        kept, other = (_chained(each, before) for each in both)
        ordered += both[other > kept]
        before = ordered[-1].balance
    return ordered


def _chained(lines: Sequence[Line], before: Decimal | None) -> int:
    """How many lines follow from the one before them."""
    balances = [before, *(each.balance for each in lines)]
    return sum(
        then is not None and now is not None and then + line.amount == now
        for then, now, line in zip(balances, balances[1:], lines, strict=False)
    )


def gaps(lines: Sequence[Line], first: Decimal | None) -> Iterator[Gap]:
    """The lines, in their order, whose balance does not follow from the line before."""
    if first is not None and lines and lines[0].balance not in (None, first + lines[0].amount):
        yield Gap(lines[0], first + lines[0].amount)
    for one, other in pairwise(lines):
        if one.balance is None or other.balance is None:
            continue
        if (expected := one.balance + other.amount) != other.balance:
            yield Gap(other, expected)


def whole(lines: Sequence[Line], last: Decimal | None) -> list[int]:
    """The rupiah of each line, by which the account stands after it at the bank's balance.

    `last` is the balance after the last line; without any, sen are carried from the first line on.
    """
    if last is None:
        last = next((each.balance for each in reversed(lines) if each.balance is not None), None)
    total = sum((each.amount for each in lines), Decimal(0))
    running = last - total if last is not None else Decimal(0)
    found = []
    for each in lines:
        after = running + each.amount
        found.append(rupiah(after) - rupiah(running))
        running = after
    return found


def rupiah(amount: Decimal) -> int:
    """The nearest rupiah, halves up."""
    return int(amount.quantize(Decimal(1), ROUND_HALF_UP))
