"""What a document leaves in the book: postings, moves, lots, plants and fixed assets."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import NamedTuple, TypeVar

STORE = "store"
SHOP = "shop:"
BATCH, BED, ASSET, DEPRECIATED = "batch:", "bed:", "asset:", "depreciation:"
PROGRAMME = "programme:"
LOTS_PER_ENTRY = 1_000_000


class Posting(NamedTuple):
    """A signed amount on an account: debit positive, whole rupiah."""

    account: str
    amount: int
    party: str | None = None
    closing: bool = False


class Move(NamedTuple):
    """A change of what stands at a place.

    `store` and `shop:CODE` hold lots of items; `batch:NAME` plants (thousandths) and their
    value; `bed:NAME` value alone; `asset:CODE` its cost; `depreciation:CODE` what of it has
    been written off; `programme:CODE` what of its money is left.
    """

    place: str
    item: str
    lot: str
    quantity: int
    value: int


class Lot(NamedTuple):
    """One receipt of one item. `order` is its age among all lots."""

    item: str
    name: str
    received: date
    expires: date | None
    order: int

    @property
    def sequence(self) -> int:
        """The entry that made it."""
        return self.order // LOTS_PER_ENTRY

    @property
    def taking_order(self) -> tuple[date, date, int]:
        """By expiry (none last), then receipt, then age (STREAM.md, stock)."""
        return (self.expires or date.max, self.received, self.order)


class Layer(NamedTuple):
    """What stands of a lot at one place: thousandths and rupiah."""

    lot: Lot
    quantity: int
    value: int


# A document makes a dozen of these. Of a whole tuple one is made in half the time that it takes
# by its fields.
posting_of: Callable[[tuple[str, int, str | None, bool]], Posting] = partial(tuple.__new__, Posting)
move_of: Callable[[tuple[str, str, str, int, int]], Move] = partial(tuple.__new__, Move)
layer_of: Callable[[tuple[Lot, int, int]], Layer] = partial(tuple.__new__, Layer)


@dataclass(frozen=True, slots=True)
class Growing:
    """A sown batch or a bed: plants (thousandths; none for a bed) and value.

    `opened` and `ended` are the entries that made and ended it.
    """

    place: str
    item: str
    since: date
    quantity: int
    value: int
    opened: int
    ended: int | None = None


@dataclass(frozen=True, slots=True)
class Asset:
    """A fixed asset: what it cost and what of it was written off, in rupiah.

    `opened` and `ended` are the entries that brought it in and disposed of it.
    """

    code: str
    name: str
    account: str
    cost: int
    accumulated: int
    acquired: date
    life_months: int
    opened: int
    ended: int | None = None


Named = TypeVar("Named", Growing, Asset)


def held_back(later: Mapping[str, int]) -> int:
    """How much of what a layer holds now it did not hold on an earlier day; thousandths.

    `later`: by ISO date of every day after that day, what was put on the layer less what was taken.
    It is the most that came on since that day or since any day between.
    """
    most = since = 0
    for day in sorted(later, reverse=True):
        since += later[day]
        most = max(most, since)
    return most


def bearing_name(rows: Iterable[Named], at: int | None) -> Named | None:
    """Of batches, beds or assets that bore one name in turn: the living one, else the newest.

    With `at`, the one that this entry moved; None where that can't be told, because one of
    them was brought back and ended again.
    """
    if at is None:
        return max(rows, key=lambda row: (row.ended is None, row.opened), default=None)
    stood = [row for row in rows if row.opened <= at and (row.ended is None or row.ended >= at)]
    ended = [row for row in stood if row.ended == at] or stood
    return ended[0] if len(ended) == 1 else None
