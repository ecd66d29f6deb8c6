"""A tool that is let: money comes in for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from kwt_books.domain.accounts import OVERAGE
from kwt_books.domain.documents.base import Dated, optional, required
from kwt_books.domain.documents.fields import CASH_ACCOUNT, MONEY, PartyCode, Text
from kwt_books.domain.draft import Draft
from kwt_books.domain.errors import Issue
from kwt_books.domain.facts import Facts


@dataclass(frozen=True, slots=True, kw_only=True)
class Rental(Dated):
    kind: ClassVar[str] = "rental"
    tool: str = required(Text())
    into: str = required(CASH_ACCOUNT)
    amount: int = required(MONEY)
    party: str | None = optional(PartyCode())

    def check(self, facts: Facts) -> Iterator[Issue]:
        if self.tool.isdigit():
            yield Issue("tool", "not-text", {"detail": self.tool})

    def post(self, draft: Draft) -> None:
        draft.debit(self.into, self.amount)
        draft.credit(OVERAGE, self.amount)  # other income
