"""What stands on each account at the end of a period, and stood a month before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta

from kwt_books.domain.month import first_day
from kwt_books.queries.balances import turnovers
from kwt_books.reports.chart_of_statements import CAPTIONS, Part, part_of, sign_of
from kwt_books.reports.context import Context
from kwt_books.reports.statement import Pair, summed

CURRENT = (
    Part.CASH,
    Part.RESTRICTED_CASH,
    Part.RECEIVABLES,
    Part.INVENTORIES,
    Part.OTHER_CURRENT,
)
FIXED = (Part.FIXED_ASSETS, Part.DEPRECIATION)


class Standing:
    """Balances by the part of the position they stand in, signed for its reader.

    The result of open months is positive where it is a profit.
    """

    def __init__(self, context: Context) -> None:
        self.context = context
        first = first_day(context.period.last)
        self.before: date = first - timedelta(days=1)
        self._parts: defaultdict[Part, dict[str, Pair]] = defaultdict(dict)
        for code, each in turnovers(context.connection, first, context.period.end).items():
            account = context.setup.accounts[code]
            part = part_of(account)
            sign = -1 if part is Part.RESULT else sign_of(account)
            pair = Pair(each.closing, each.opening).times(sign)
            if any(pair):
                self._parts[part][code] = pair

    def of(self, part: Part) -> dict[str, Pair]:
        """The accounts of a part that anything stands on, in the order of their codes."""
        return self._parts[part]

    def sum(self, *parts: Part) -> Pair:
        return summed(pair for part in parts for pair in self._parts[part].values())

    @property
    def funds(self) -> Iterable[str]:
        """The accounts that get a share of profit."""
        group = self.context.setup.group
        return group.allocation.shares if group is not None else ()


def result_label(context: Context, *, carried: bool) -> str:
    """What the result of open months is called; `carried`: not of the last month alone."""
    t = context.words
    if carried:
        return t("Profit (loss) not closed yet")
    return t("Profit (loss) for the current month")


def caption_of(context: Context, code: str) -> str:
    """What the position calls an account: a caption of its own, else the account's name."""
    caption = CAPTIONS.get(code)
    return context.words(caption) if caption is not None else context.account_name(code)
