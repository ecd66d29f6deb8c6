"""What closing a month would come to, read from what it would post."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kwt_books.domain.accounts import FUNDS, SURPLUS, TEMPORARY, Account, AccountType
from kwt_books.domain.documents.closing import MonthClose
from kwt_books.domain.month import Month
from kwt_books.services.treasury import Foreseen

FOR_THE_SUMS = {FUNDS[-1]: 100}
"""Shares that stand in while none are decided: profit and what is shared don't depend on them."""


@dataclass(frozen=True, slots=True)
class CloseSums:
    """Whole rupiah. `by_type` adds to `profit`: costs are negative. `shared` is part of it."""

    profit: int = 0
    shared: int = 0
    by_type: Mapping[AccountType, int] = field(default_factory=dict)

    @property
    def covered(self) -> int:
        """What of the profit makes up for earlier losses."""
        return max(0, self.profit) - self.shared


def preview(month: Month) -> MonthClose:
    """A close to be foreseen, never recorded."""
    return MonthClose(month=month, shares=FOR_THE_SUMS)


def close_sums(foreseen: Foreseen, accounts: Mapping[str, Account]) -> CloseSums:
    """The temporary accounts first, 3301 for their sum; then 3301 shared, and the parts."""
    by_type: dict[AccountType, int] = {}
    shared = 0
    for posting in foreseen.postings:
        kind = accounts[posting.account].type
        if kind in TEMPORARY:
            by_type[kind] = by_type.get(kind, 0) + posting.amount
        elif posting.account != SURPLUS:
            shared -= posting.amount
    return CloseSums(sum(by_type.values()), shared, by_type)
