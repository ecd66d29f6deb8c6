"""What is kept for the residents (KPP): their dues month by month, what is spent of them, and how
the facilities are that they pay for.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

import orjson
from sqlalchemy import Connection, bindparam, select

from kwt_books.domain.accounts import DUES
from kwt_books.domain.documents.setup import Party
from kwt_books.domain.values import Month, month_of, months_of
from kwt_books.queries.documents import span
from kwt_books.queries.members import dues_paid
from kwt_books.queries.reading import Reading
from kwt_books.queries.registers import Entered, entered
from kwt_books.store.expressions import (
    dated_within,
    entry,
    in_force,
    oldest_first,
    one_of,
    total,
)
from kwt_books.store.tables import balance, posting

# -- Dues of a year, house by house --------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class House:
    """What a resident paid for each month of a year, and which months are still to be paid."""

    party: Party
    paid: Mapping[Month, int]
    """Rupiah by month, whenever it was paid."""
    owing: tuple[Month, ...]
    """Months up to the last one looked at that nothing was paid for."""
    usual: int | None
    """What a month costs this house: as it paid last, else as anybody did; None if nobody did."""

    @property
    def owed(self) -> int:
        """What the months still to be paid come to; rupiah, 0 where no month was ever paid."""
        return len(self.owing) * (self.usual or 0)


def houses(reading: Reading, last: Month, end: date = date.max) -> tuple[House, ...]:
    """Every resident by name, with the dues (2104) of the year of `last` as paid by a day.

    What is owing goes up to `last`; a house owes from the month it joined until the one it left.
    """
    year = last.year
    months = months_of(year)
    paid: defaultdict[str, dict[Month, int]] = defaultdict(dict)
    usual: dict[str, int] = {}
    anybody: int | None = None
    for due in dues_paid(reading.connection, end, DUES):
        if due.account == DUES:
            paid[due.party].update(due.amounts)
            anybody = usual[due.party] = min(due.amounts.values())
    residents = [each for each in reading.setup.parties.values() if each.role == "resident"]
    residents.sort(key=lambda each: (each.name.casefold(), each.code))
    return tuple(
        House(
            each,
            {month: paid[each.code][month] for month in months if month in paid[each.code]},
            tuple(_owing(each, months, last, paid[each.code])),
            usual.get(each.code, anybody),
        )
        for each in residents
    )


def _owing(
    resident: Party, months: Sequence[Month], last: Month, paid: Mapping[Month, int]
) -> Iterator[Month]:
    first = month_of(resident.joined) if resident.joined is not None else months[0]
    until = min(last, month_of(resident.left)) if resident.left is not None else last
    yield from (month for month in months if first <= month <= until and month not in paid)


# -- Their money: what came in, and what was spent for them --------------------------------------


_NOW = select(balance.c.account, total(balance.c.debit - balance.c.credit)).where(
    balance.c.account.in_(one_of("accounts"))
)


def standing_now(reading: Reading, *accounts: str) -> tuple[int, ...]:
    """What stands on these accounts by all that is recorded, debit positive; rupiah."""
    query = _NOW.group_by(balance.c.account)
    found = dict(map(tuple, reading.connection.execute(query, {"accounts": list(accounts)})))
    return tuple(found.get(account, 0) for account in accounts)


class Moved(NamedTuple):
    """What a document that holds did to the money kept for the residents; added is positive."""

    day: date
    number: str
    kind: str
    payload: Mapping[str, Any]
    amount: int


_MOVED = oldest_first(
    select(entry.c.date, entry.c.number, entry.c.kind, entry.c.payload, -total(posting.c.amount))
    .select_from(posting.join(entry, entry.c.sequence == posting.c.document))
    .where(posting.c.account == bindparam("account"), dated_within(posting.c.date))
    .where(entry.c.corrects.is_(None), entry.c.kind != "opening_balance", in_force())
    .group_by(entry.c.sequence)
)


def residents_money(connection: Connection, start: date, end: date) -> list[Moved]:
    """The documents of these days on the residents' account (2104), those undone left out."""
    found = connection.execute(_MOVED, {"account": DUES, **span(start, end)})
    return [
        Moved(date.fromisoformat(day), number, kind, orjson.loads(raw), amount)
        for day, number, kind, raw, amount in found
        if amount
    ]


# -- Facilities ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Facility:
    """A path, drain or well as the book of upkeep tells of it."""

    name: str
    before: Entered | None
    """The last line before the days asked for."""
    lines: tuple[Entered, ...]
    """Those of the days, in their order."""

    def is_named_in(self, payload: Mapping[str, Any]) -> bool:
        """Whether a document's memo speaks of it."""
        return self.name.casefold() in str(payload.get("memo") or "").casefold()


def facilities(connection: Connection, start: date, end: date) -> tuple[Facility, ...]:
    """Every facility that was looked at by the end of these days, by name.

    Names that differ in capitals alone are one.
    """
    names: dict[str, str] = {}
    lines: defaultdict[str, list[Entered]] = defaultdict(list)
    for each in entered(connection, "upkeep", date.min, end):
        name = " ".join(str(each.entry["facility"]).split())
        names.setdefault(name.casefold(), name)
        lines[name.casefold()].append(each)
    return tuple(
        Facility(
            names[key],
            next((each for each in reversed(lines[key]) if each.day < start), None),
            tuple(each for each in lines[key] if each.day >= start),
        )
        for key in sorted(names)
    )
