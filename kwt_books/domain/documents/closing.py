"""A month closed and its profit shared; a month opened again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar

from kwt_books.domain.access import SHARING
from kwt_books.domain.accounts import SURPLUS, TEMPORARY
from kwt_books.domain.documents.base import Command, Document, optional, required
from kwt_books.domain.documents.fields import MonthShape, Text
from kwt_books.domain.documents.setup import FUND_SHARES, Group
from kwt_books.domain.draft import Draft
from kwt_books.domain.errors import Issue
from kwt_books.domain.facts import Facts
from kwt_books.domain.posting import Posting
from kwt_books.domain.values import (
    Month,
    first_day,
    last_day,
    share_out,
    shift,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthClose(Document):
    """A month closed: income and costs to zero, profit shared (STREAM.md, month_close)."""

    kind: ClassVar[str] = "month_close"
    may_record_nothing: ClassVar[bool] = True
    month: Month = required(MonthShape())
    decision: str | None = optional(Text(longest=200))
    shares: Mapping[str, int] | None = optional(FUND_SHARES)

    @property
    def day(self) -> dt.date:
        """The last day of its month."""
        return last_day(self.month)

    def post(self, draft: Draft) -> None:
        """Closes the temporary accounts to 3301 and shares what there is of profit out.

        Refuses (`no-shares`) where there is profit to share and nobody has decided how.
        """
        profit = self._close_temporary(draft)
        base = profit + self._spent_of_funds(draft.facts)
        if base <= 0:
            return
        group = draft.facts.group
        shares = self.shares or (group.shares if group is not None else None)
        if not shares:
            draft.refuse("shares", "no-shares")
            return
        surplus = profit - draft.facts.balance_until(SURPLUS, self.day)
        shared = min(base, surplus)
        if shared > 0:
            _post(draft, SURPLUS, shared)
            for fund, part in share_out(shared, shares).items():
                _post(draft, fund, -part)

    def _spent_of_funds(self, facts: Facts) -> int:
        """What the months of this close released from funds, where the group shares that too."""
        decided = facts.group.allocation if facts.group is not None else None
        if decided is None or not decided.before_fund_spending:
            return 0
        last = facts.last_close
        first = first_day(shift(last.month, 1)) if last is not None else None
        return facts.released(first, self.day)

    def _close_temporary(self, draft: Draft) -> int:
        """Income, costs and all like them to zero against 3301; the profit."""
        result = 0
        for account in draft.facts.accounts():
            if account.type in TEMPORARY:
                balance = draft.facts.balance_until(account.code, self.day)
                _post(draft, account.code, -balance)
                result += balance
        _post(draft, SURPLUS, result)
        return -result


def _post(draft: Draft, account: str, amount: int) -> None:
    if amount:
        draft.postings.append(Posting(account, amount, None, True))


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthReopen(Document):
    """Undoes the last close, and leaves its trace."""

    kind: ClassVar[str] = "month_reopen"
    may_record_nothing: ClassVar[bool] = True
    month: Month = required(MonthShape())
    reason: str = required(Text())

    @property
    def day(self) -> dt.date:
        """The last day of its month."""
        return last_day(self.month)

    def check(self, facts: Facts) -> Iterator[Issue]:
        """Only the last close can be undone."""
        last = facts.last_close
        if last is None or last.month != self.month:
            known = last.month if last is not None else ""
            yield Issue("month", "not-last-close", {"month": self.month, "last": known})

    def post(self, draft: Draft) -> None:
        """The mirror image of the close's postings."""
        last = draft.facts.last_close
        close = draft.facts.entry(last.sequence) if last is not None else None
        if close is not None:
            draft.postings.extend(each._replace(amount=-each.amount) for each in close.postings)


def task_of(command: Command, group: Group | None) -> str:
    """What recording a command comes to, for `access.may_record`: its kind, or `SHARING`."""
    standing = group.allocation if group is not None else None
    if isinstance(command, Group) and group is not None and standing != command.allocation:
        return SHARING
    if isinstance(command, MonthClose) and command.shares is not None and standing is not None:
        return command.kind if command.shares == standing.shares else SHARING
    return command.kind
