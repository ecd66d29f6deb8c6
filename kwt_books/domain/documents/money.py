"""Money in, out and across; cash counted; members' savings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar

from kwt_books.domain.accounts import OVERAGE, SAVINGS, SHORTAGE
from kwt_books.domain.documents.base import Dated, optional, required
from kwt_books.domain.documents.fields import (
    CASH_ACCOUNT,
    MONEY,
    MONEY_OR_NIL,
    AmountsBy,
    Choice,
    Issues,
    Many,
    NonZeroMoney,
    PartyCode,
    Path,
    Plain,
    Whole,
    wrong,
)
from kwt_books.domain.documents.lines import FUND, AccountLine
from kwt_books.domain.draft import Draft
from kwt_books.domain.errors import Issue
from kwt_books.domain.facts import Facts


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt(Dated):
    kind: ClassVar[str] = "receipt"
    into: str = required(CASH_ACCOUNT)
    lines: tuple[AccountLine, ...] = required(Many(AccountLine))
    party: str | None = optional(PartyCode())

    def post(self, draft: Draft) -> None:
        draft.debit(self.into, sum(line.amount for line in self.lines))
        for line in self.lines:
            draft.credit(line.account, line.amount, self.party)


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment(Dated):
    kind: ClassVar[str] = "payment"
    source: str = required(CASH_ACCOUNT, key="from")
    lines: tuple[AccountLine, ...] = required(Many(AccountLine))
    party: str | None = optional(PartyCode())
    fund: str | None = optional(FUND)

    def post(self, draft: Draft) -> None:
        total = sum(line.amount for line in self.lines)
        for line in self.lines:
            draft.debit(line.account, line.amount, self.party)
        draft.credit(self.source, total)
        draft.release(self.fund, total)


@dataclass(frozen=True, slots=True, kw_only=True)
class Transfer(Dated):
    kind: ClassVar[str] = "transfer"
    source: str = required(CASH_ACCOUNT, key="from")
    to: str = required(CASH_ACCOUNT)
    amount: int = required(MONEY)

    def check(self, facts: Facts) -> Iterator[Issue]:
        if self.source == self.to:
            yield Issue("to", "same-account", {"account": self.to})

    def post(self, draft: Draft) -> None:
        draft.debit(self.to, self.amount)
        draft.credit(self.source, self.amount)


class _FaceValue(Plain):
    """The face value of a note or coin, as the digits JSON keys must be."""

    def parse(self, raw: object, path: Path, issues: Issues) -> str | None:
        if (
            type(raw) is str
            and raw.isascii()
            and raw.isdigit()
            and 0 < len(raw) < 8
            and raw[0] != "0"
        ):
            return raw
        wrong(issues, path, "bad-denomination", text=str(raw)[:40])
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class CashCount(Dated):
    kind: ClassVar[str] = "cash_count"
    may_record_nothing: ClassVar[bool] = True
    account: str = required(CASH_ACCOUNT)
    counted: int = required(MONEY_OR_NIL)
    denominations: Mapping[str, int] | None = optional(AmountsBy(_FaceValue(), Whole(0, 10**9)))

    def check(self, facts: Facts) -> Iterator[Issue]:
        if self.denominations is not None:
            total = sum(int(face) * pieces for face, pieces in self.denominations.items())
            if total != self.counted:
                yield Issue(
                    "denominations",
                    "denominations-differ",
                    {"total": total, "counted": self.counted},
                )

    def post(self, draft: Draft) -> None:
        book = draft.facts.balance_until(self.account, self.date)
        post_difference(draft, self.counted - book, self.account)


def post_difference(draft: Draft, difference: int, account: str | None = None) -> None:
    """What was counted beyond the book to 7102, what was missing to 7202."""
    if account is not None:
        draft.debit(account, difference)
    if difference < 0:
        draft.debit(SHORTAGE, -difference)
    else:
        draft.credit(OVERAGE, difference)


@dataclass(frozen=True, slots=True, kw_only=True)
class SavingsLine:
    party: str = required(PartyCode())
    amount: int = required(NonZeroMoney())


@dataclass(frozen=True, slots=True, kw_only=True)
class Savings(Dated):
    kind: ClassVar[str] = "savings"
    type: str = required(Choice(SAVINGS))
    account: str = required(CASH_ACCOUNT)
    lines: tuple[SavingsLine, ...] = required(Many(SavingsLine))

    def post(self, draft: Draft) -> None:
        draft.debit(self.account, sum(line.amount for line in self.lines))
        for line in self.lines:
            draft.credit(SAVINGS[self.type], line.amount, line.party)
