"""What the screens of money, funds and the month's close ask of a book; nothing is written."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date

from kwt_books.domain.documents.base import Document
from kwt_books.domain.errors import InvalidDocument, Issue
from kwt_books.domain.posting import Move, Posting
from kwt_books.domain.values import Month
from kwt_books.queries.assets import AssetRegister, Granted, Members, belongings, grants, members
from kwt_books.queries.closing import MonthState, month_state
from kwt_books.queries.funds import FundBars, fund_bars
from kwt_books.queries.money import (
    CLAIMS,
    TO_PAY,
    CashSummary,
    Choices,
    Debt,
    MoneyLine,
    choices,
    debts,
    lines_of,
    till,
)
from kwt_books.reports.context import Context, Parameters
from kwt_books.reports.kinds import Describer
from kwt_books.reports.model import Imprint
from kwt_books.services.recorder import Recorder, normal

Reading = Callable[[Parameters, str], AbstractContextManager[tuple[Context, Imprint]]]
"""One consistent view of the book, for these parameters, in this language."""


class Treasury:
    def __init__(self, reading: Reading) -> None:
        self._reading = reading

    def till(self, month: Month, language: str, account: str | None = None) -> CashSummary:
        """What lies where at the end of a month; the month's lines of one account or of all."""
        with self._reading(Parameters(), language) as (context, _):
            return till(context.connection, context.setup, month, _describe(context), account)

    def choices(self) -> Choices:
        """What forms offer, with what stands there now."""
        with self._reading(Parameters(), "id") as (context, _):
            return choices(context.connection, context.setup)

    def debts(self) -> tuple[Debt, ...]:
        """What the group owes, then what is owed to it; each the oldest first."""
        with self._reading(Parameters(), "id") as (context, _):
            owed = debts(context.connection, context.setup, TO_PAY)
            return (*owed, *debts(context.connection, context.setup, CLAIMS))

    def debt_lines(self, debt: Debt, language: str) -> tuple[MoneyLine, ...]:
        """How a debt came about, newest first; debit positive."""
        standing = -debt.owed if debt.account.code in TO_PAY else debt.owed
        with self._reading(Parameters(), language) as (context, _):
            return lines_of(
                context.connection,
                [debt.account.code],
                (date.min, date.max),
                _describe(context),
                standing=standing,
                party=debt.party,
            )

    def members(self) -> Members:
        with self._reading(Parameters(), "id") as (context, _):
            return members(context.connection, context.setup)

    def belongings(self) -> AssetRegister:
        """The assets the group has now."""
        with self._reading(Parameters(), "id") as (context, _):
            return belongings(context.connection, context.setup)

    def grants(self, language: str) -> tuple[Granted, ...]:
        with self._reading(Parameters(), language) as (context, _):
            return grants(context.connection, context.setup, _describe(context))

    def fund_bars(self, month: Month, language: str) -> FundBars:
        """The funds over the twelve months up to this one."""
        with self._reading(Parameters(), language) as (context, _):
            return fund_bars(context.connection, context.setup, month, _describe(context))

    def closed_through(self) -> Month | None:
        """The last closed month."""
        with self._reading(Parameters(), "id") as (context, _):
            return context.chain.closed_through

    def month_state(self, month: Month) -> MonthState:
        """What is done and what is not before a month is closed."""
        with self._reading(Parameters(), "id") as (context, _):
            return month_state(context.connection, context.setup, month, context.today)


def _describe(context: Context) -> Callable[..., str]:
    return Describer(context.setup, context.words).describe


@dataclass(frozen=True, slots=True)
class Preview:
    """What a document would leave in the book; nothing while there is something to mend."""

    postings: tuple[Posting, ...] = ()
    moves: tuple[Move, ...] = ()
    issues: tuple[Issue, ...] = ()


def preview(recorder: Recorder, command: Document) -> Preview:
    try:
        valid = normal(command)
        assert isinstance(valid, Document)
        draft = recorder.draft(valid)
    except InvalidDocument as error:
        return Preview(issues=error.issues)
    return Preview(tuple(draft.postings), tuple(draft.moves))
