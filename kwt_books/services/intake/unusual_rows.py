"""What rows of a sheet hold that is seldom meant: far too much money, a cash box below nil.

The rules are those of a single document (`services.unusual`); what is usual is looked up once for
all rows, in the book and, where that is too new, in the sheet itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from statistics import median_low

from kwt_books.domain.documents.money import Payment, Receipt, Savings, Transfer
from kwt_books.domain.documents.opening import OpeningBalance
from kwt_books.domain.errors import Issue
from kwt_books.domain.values import MUCH, furthest_day
from kwt_books.queries.intake import KnownToIntake
from kwt_books.services.intake.entry import Entry, Remark
from kwt_books.services.unusual import ENOUGH, LOOKED_AT

_Side = tuple[str, bool]
"""An account, and whether money came in."""


def unusual_rows(entries: Sequence[Entry], known: KnownToIntake, today: date) -> Iterator[Remark]:
    """What is to be asked about once before the rows are recorded, and what is to be looked at.

    A day that no form would take stops them.
    """
    yield from _far_ahead(entries, today)
    yield from _much_money(entries, known)
    yield from _below_nil(entries, known)


def _far_ahead(entries: Sequence[Entry], today: date) -> Iterator[Remark]:
    """A year mistyped, or a computer's clock that is behind: forms refuse such days as well."""
    furthest = furthest_day(today)
    for each in entries:
        day = getattr(each.command, "date", None)
        if isinstance(day, date) and day > furthest:
            issue = Issue("date", "day-too-far", {"date": day, "today": today})
            yield Remark(each.at("date"), issue)


def _much_money(entries: Sequence[Entry], known: KnownToIntake) -> Iterator[Remark]:
    """One nought too many."""
    recorded: defaultdict[_Side, list[int]] = defaultdict(list)
    for said in known.spoken:
        if len(recorded[said.account, said.came_in]) < LOOKED_AT:
            recorded[said.account, said.came_in].append(said.amount)
    here: defaultdict[_Side, list[int]] = defaultdict(list)
    for each in entries:
        for side, amount in _sides(each):
            here[side].append(amount)
    usual = {side: _usual(recorded.get(side, ()), amounts) for side, amounts in here.items()}
    for each in entries:
        for side, amount in _sides(each):
            if usual[side] and amount >= MUCH * usual[side]:
                issue = Issue(
                    "lines.0.amount",
                    "much-more-money",
                    {"account": side[0], "total": amount, "due": usual[side]},
                )
                yield Remark(each.at("lines.0.amount"), issue, stops=False, asks=True)


def _sides(entry: Entry) -> Iterator[tuple[_Side, int]]:
    command = entry.command
    if isinstance(command, Receipt | Payment):
        for line in command.lines:
            yield (line.account, isinstance(command, Receipt)), line.amount


def _usual(recorded: Sequence[int], here: Sequence[int]) -> int:
    """The middle of what was recorded last, else of the sheet's rows; 0 where both are few."""
    if len(recorded) >= ENOUGH:
        return median_low(recorded)
    return median_low(here) if len(here) > ENOUGH else 0


def _below_nil(entries: Sequence[Entry], known: KnownToIntake) -> Iterator[Remark]:
    """The first row by which a cash account would hold less than nothing, each account once."""
    stands = dict(known.cash)
    told: set[str] = set()
    dated = [each for each in entries if isinstance(getattr(each.command, "date", None), date)]
    for each in sorted(dated, key=lambda entry: entry.command.date):  # type: ignore[attr-defined]
        for account, amount in _moves(each).items():
            if account not in stands:
                continue
            stands[account] += amount
            if stands[account] < 0 and amount < 0 and account not in told:
                told.add(account)
                issue = Issue(
                    "", "cash-would-be-short", {"account": account, "balance": stands[account]}
                )
                yield Remark(each.cell, issue, stops=False)


def _moves(entry: Entry) -> Mapping[str, int]:
    """By cash account: what a document brings or takes; rupiah."""
    command = entry.command
    if isinstance(command, Receipt):
        return {command.into: sum(line.amount for line in command.lines)}
    if isinstance(command, Payment):
        return {command.source: -sum(line.amount for line in command.lines)}
    if isinstance(command, Savings):
        return {command.account: sum(line.amount for line in command.lines)}
    if isinstance(command, Transfer):
        return {command.source: -command.amount, command.to: command.amount}
    return command.balances if isinstance(command, OpeningBalance) else {}
