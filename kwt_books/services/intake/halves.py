"""Pages that stand beside each other in one sheet: what came in at the left, what went out at the
right, or a month each. Every half has columns of its own, and nothing of one is read with another.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from kwt_books.domain.sheet_table import SheetTable
from kwt_books.services.intake.money_columns import side_said
from kwt_books.services.intake.sheet import Row
from kwt_books.services.intake.values import plain

_MONEY = ("in", "out", "amount")


class Half(NamedTuple):
    """One of several tables beside each other in a sheet."""

    start: int
    """Its first column, from 0; it ends where the next one begins."""
    columns: Mapping[str, int]
    title: str = ""
    """What stands over its headings."""
    guessed: bool = False
    """Whether nothing says if its money came in or went out."""


def starts(table: SheetTable, headings: Sequence[str], below: Sequence[Row]) -> list[int]:
    """The first column of each half; one alone where the sheet is no such one.

    A half has words and money of its own: `Tanggal, Keterangan, Jumlah` twice.
    """
    said = [_role(table, each) for each in headings]
    memos = [spot for spot, each in enumerate(said) if each == "memo"]
    money = [spot for spot, each in enumerate(said) if each in _MONEY]
    found = [0]
    for before, memo in pairwise(memos):
        between = [spot for spot in money if before < spot < memo]
        behind = [spot for spot in money if spot > memo]
        if not between or not behind or not _goes_with(below, memo, behind[0]):
            continue
        ends = [spot for spot in range(before, memo) if said[spot] in (*_MONEY, "balance")]
        found.append(max(ends) + 1)
    return found


def _role(table: SheetTable, heading: str) -> str:
    """The column that a heading names with its first words; empty where it names none."""
    said = plain(heading)
    fits = [
        (len(word), each.name)
        for each in table.columns
        for word in each.words
        if said == word or said.startswith(f"{word} ")
    ]
    return max(fits)[1] if fits else ""


def _goes_with(below: Sequence[Row], words: int, money: int) -> bool:
    """Whether the words are those of this money: a column of remarks is mostly empty."""
    paid = [row for row in below if row.at(money) is not None]
    return sum(row.at(words) is not None for row in paid) * 2 >= len(paid)


def with_sides(halves: Sequence[Half]) -> list[Half]:
    """The halves with what came in and went out told apart, as the titles over them say.

    Where neither says it, the left one came in: it is the usual side.
    """
    said = [None if _knows(each) else side_said(each.title) for each in halves]
    if len(halves) == 2 and not any(map(_knows, halves)):
        first, other = said
        if first is None and other is not None:
            said = [not other, other]
        elif first is not None and (other is None or other == first):
            said = [first, not first]
    guessed = len(halves) == 2 and not any(map(_knows, halves)) and None in said
    sides = [True, False] if guessed else said
    return [_with_side(each, side, guessed) for each, side in zip(halves, sides, strict=True)]


def _knows(half: Half) -> bool:
    return bool({"in", "out"} & half.columns.keys())


def _with_side(half: Half, came_in: bool | None, guessed: bool) -> Half:
    if came_in is None or "amount" not in half.columns:
        return half
    columns = {name: spot for name, spot in half.columns.items() if name != "amount"}
    columns["in" if came_in else "out"] = half.columns["amount"]
    return half._replace(columns=columns, guessed=guessed)


def of_half(row: Row, half: Half, end: int | None) -> Row:
    """The row as if only the half stood in it: its columns, and those it shares with the first."""
    kept = set(half.columns.values())
    return row._replace(
        values=tuple(
            value if spot in kept or (half.start <= spot and (end is None or spot < end)) else None
            for spot, value in enumerate(row.values)
        )
    )
