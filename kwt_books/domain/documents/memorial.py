"""Memorial entries of the chair, and profit shared out by the yearly meeting."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from kwt_books.domain.accounts import (
    APPROPRIATED,
    PROGRAMME_MONEY,
    SURPLUS,
    is_fund,
    kept_by_detail,
)
from kwt_books.domain.documents.base import Dated, optional, required
from kwt_books.domain.documents.fields import MONEY, AccountCode, Many, PartyCode, Text, is_cash
from kwt_books.domain.documents.setup import NAME, ProgrammeCode
from kwt_books.domain.draft import Draft
from kwt_books.domain.errors import Issue
from kwt_books.domain.facts import Facts


def _takes_memorials(code: str, facts: Facts) -> bool:
    return not (is_cash(code, facts) or kept_by_detail(code))


def _takes_profit(code: str, facts: Facts) -> bool:
    shares = facts.group.shares if facts.group is not None else {}
    return code in APPROPRIATED or is_fund(code, shares)


@dataclass(frozen=True, slots=True, kw_only=True)
class MemorialLine:
    """An account with either a debit or a credit, in rupiah."""

    account: str = required(AccountCode(_takes_memorials, "not-by-memorial"))
    debit: int | None = optional(MONEY)
    credit: int | None = optional(MONEY)
    party: str | None = optional(PartyCode())

    @property
    def signed(self) -> int:
        """The amount in rupiah, debit positive."""
        return (self.debit or 0) - (self.credit or 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Memorial(Dated):
    """What no other document posts: accruals, taxes due, advances, reclassifications."""

    kind: ClassVar[str] = "memorial"
    reason: str = required(Text())
    lines: tuple[MemorialLine, ...] = required(Many(MemorialLine))
    programme: str | None = optional(ProgrammeCode())

    def check(self, facts: Facts) -> Iterator[Issue]:
        """Each line has a debit or a credit, and both add up to the same."""
        for place, line in enumerate(self.lines):
            if (line.debit is None) == (line.credit is None):
                yield Issue(f"lines.{place}.debit", "debit-or-credit", {"account": line.account})
        debit = sum(line.debit or 0 for line in self.lines)
        credit = sum(line.credit or 0 for line in self.lines)
        if debit != credit:
            yield Issue(
                "lines",
                "memorial-unbalanced",
                {"total": debit, "received": credit, "difference": abs(debit - credit)},
            )
        if self.programme is None and self._on_programmes:
            yield Issue("programme", "programme-needed", {"account": PROGRAMME_MONEY})

    @property
    def _on_programmes(self) -> list[int]:
        return [line.signed for line in self.lines if line.account == PROGRAMME_MONEY]

    def post(self, draft: Draft) -> None:
        """Posts each line as given."""
        for line in self.lines:
            draft.debit(line.account, line.signed, line.party)
        if self.programme is not None:
            draft.earmark(self.programme, -sum(self._on_programmes))

    def field_of(self, account: str, party: str | None) -> str:
        """The first line that takes from the account."""
        spots = [
            place
            for place, line in enumerate(self.lines)
            if line.account == account and line.debit and party in (None, line.party)
        ]
        return f"lines.{spots[0]}.debit" if spots else "lines"


@dataclass(frozen=True, slots=True, kw_only=True)
class AppropriationLine:
    """A part of the profit and the fund or liability that it goes to; rupiah."""

    account: str = required(AccountCode(_takes_profit, "not-appropriated"))
    amount: int = required(MONEY)
    party: str | None = optional(PartyCode())


@dataclass(frozen=True, slots=True, kw_only=True)
class Appropriation(Dated):
    """The yearly meeting shares what is left of the profit."""

    kind: ClassVar[str] = "appropriation"
    decision: str = required(NAME)
    lines: tuple[AppropriationLine, ...] = required(Many(AppropriationLine))

    def check(self, facts: Facts) -> Iterator[Issue]:
        """Not more is shared than stands on 3301 at its date."""
        total = sum(line.amount for line in self.lines)
        there_is = -facts.balance_until(SURPLUS, self.date)
        if total > there_is:
            yield Issue("lines", "more-than-surplus", {"total": total, "balance": there_is})

    def post(self, draft: Draft) -> None:
        """Debits 3301 and credits each line."""
        draft.debit(SURPLUS, sum(line.amount for line in self.lines))
        for line in self.lines:
            draft.credit(line.account, line.amount, line.party)
