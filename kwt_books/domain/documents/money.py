"""Money received, paid and transferred; cash counts, savings, bank reconciliations and dues."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from kwt_books.domain.accounts import (
    DUES,
    GRANT_INCOME,
    OVERAGE,
    PROGRAMME_MONEY,
    SAVINGS,
    SHORTAGE,
    TILLS,
    AccountType,
)
from kwt_books.domain.documents.base import Dated, optional, required
from kwt_books.domain.documents.fields import (
    CASH_ACCOUNT,
    MONEY,
    MONEY_OR_NIL,
    SIGNED_MONEY,
    AccountCode,
    AmountsBy,
    Choice,
    Code,
    Issues,
    Many,
    MonthShape,
    NonZeroMoney,
    PartyCode,
    Path,
    Plain,
    Several,
    Whole,
    is_cash,
    wrong,
)
from kwt_books.domain.documents.lines import FUND, AccountLine, PaidLine
from kwt_books.domain.documents.setup import ProgrammeCode, of_budget, one_purse
from kwt_books.domain.draft import Draft, Due
from kwt_books.domain.errors import Issue
from kwt_books.domain.facts import Entry, Facts
from kwt_books.domain.values import Month


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt(Dated):
    """Money received for any plain account (STREAM.md, receipt)."""

    kind: ClassVar[str] = "receipt"
    into: str = required(CASH_ACCOUNT)
    lines: tuple[AccountLine, ...] = required(Many(AccountLine))
    party: str | None = optional(PartyCode())

    def check(self, facts: Facts) -> Iterator[Issue]:
        """Money of a programme comes in as a grant, not as a receipt."""
        for place, line in enumerate(self.lines):
            if line.account == PROGRAMME_MONEY:
                yield Issue(f"lines.{place}.account", "programme-money", {"account": line.account})

    def post(self, draft: Draft) -> None:
        """Debits the cash account and credits each line."""
        draft.debit(self.into, sum(line.amount for line in self.lines))
        for line in self.lines:
            draft.credit(line.account, line.amount, self.party)


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment(Dated):
    """Money paid for any plain account, also from a fund or a programme (STREAM.md, payment)."""

    kind: ClassVar[str] = "payment"
    source: str = required(CASH_ACCOUNT, key="from")
    lines: tuple[PaidLine, ...] = required(Many(PaidLine))
    party: str | None = optional(PartyCode())
    fund: str | None = optional(FUND)
    programme: str | None = optional(ProgrammeCode())

    def check(self, facts: Facts) -> Iterator[Issue]:
        """A fund or a programme pays, not both, and a fund never for itself."""
        yield from one_purse(self.fund, self.programme)
        for place, line in enumerate(self.lines):
            if line.account == self.fund:
                yield Issue(f"lines.{place}.account", "fund-pays-itself", {"account": line.account})
        if self.programme is None and self._given_back:
            yield Issue("programme", "programme-needed", {"account": PROGRAMME_MONEY})
        named = ((f"lines.{place}.budget", each.budget) for place, each in enumerate(self.lines))
        yield from of_budget(facts, self.programme, named)

    @property
    def _given_back(self) -> int:
        """What goes back to the giver of a programme's money."""
        return sum(line.amount for line in self.lines if line.account == PROGRAMME_MONEY)

    def post(self, draft: Draft) -> None:
        """Debits each line, credits the cash account, and releases fund or programme."""
        total = sum(line.amount for line in self.lines)
        for line in self.lines:
            draft.debit(line.account, line.amount, self.party)
        draft.credit(self.source, total)
        draft.release(self.fund, total)
        back = self._given_back
        draft.use_programme(self.programme, total - back, GRANT_INCOME, back)

    def field_of(self, account: str, party: str | None) -> str:
        """The first line on the account."""
        spots = [place for place, line in enumerate(self.lines) if line.account == account]
        return f"lines.{spots[0]}.amount" if spots else "lines"


@dataclass(frozen=True, slots=True, kw_only=True)
class Transfer(Dated):
    """Money moved from one cash account to another."""

    kind: ClassVar[str] = "transfer"
    source: str = required(CASH_ACCOUNT, key="from")
    to: str = required(CASH_ACCOUNT)
    amount: int = required(MONEY)

    def check(self, facts: Facts) -> Iterator[Issue]:
        """The two accounts differ."""
        if self.source == self.to:
            yield Issue("to", "same-account", {"account": self.to})

    def post(self, draft: Draft) -> None:
        """Debits where it goes, credits where it comes from."""
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
    """Money of a cash account counted and compared with the book (STREAM.md, cash_count)."""

    kind: ClassVar[str] = "cash_count"
    may_record_nothing: ClassVar[bool] = True
    account: str = required(CASH_ACCOUNT)
    counted: int = required(MONEY_OR_NIL)
    denominations: Mapping[str, int] | None = optional(AmountsBy(_FaceValue(), Whole(0, 10**9)))

    def check(self, facts: Facts) -> Iterator[Issue]:
        """The denominations, where given, add up to what was counted."""
        if self.denominations is not None:
            total = sum(int(face) * pieces for face, pieces in self.denominations.items())
            if total != self.counted:
                yield Issue(
                    "denominations",
                    "denominations-differ",
                    {"total": total, "counted": self.counted},
                )

    def post(self, draft: Draft) -> None:
        """Brings the account to what was counted; the difference goes to 7102 or 7202."""
        book = draft.facts.balance_until(self.account, self.date)
        post_difference(draft, self.counted - book, self.account)


def post_difference(draft: Draft, difference: int, account: str | None = None) -> None:
    """Posts what was counted beyond the book to 7102, what was missing to 7202; rupiah.

    With `account`, the difference is debited there too, so that it stands as it was counted.
    """
    if account is not None:
        draft.debit(account, difference)
    if difference < 0:
        draft.debit(SHORTAGE, -difference)
    else:
        draft.credit(OVERAGE, difference)


@dataclass(frozen=True, slots=True, kw_only=True)
class SavingsLine:
    """What a member pays in, or with a negative amount takes out; rupiah."""

    party: str = required(PartyCode())
    amount: int = required(NonZeroMoney())


@dataclass(frozen=True, slots=True, kw_only=True)
class Savings(Dated):
    """Savings of one type that members pay in or take out (STREAM.md, savings)."""

    kind: ClassVar[str] = "savings"
    type: str = required(Choice(SAVINGS))
    account: str = required(CASH_ACCOUNT)
    lines: tuple[SavingsLine, ...] = required(Many(SavingsLine))

    def post(self, draft: Draft) -> None:
        """Debits the cash account with the sum; credits each member's savings."""
        draft.debit(self.account, sum(line.amount for line in self.lines))
        for line in self.lines:
            draft.credit(SAVINGS[self.type], line.amount, line.party)

    def field_of(self, account: str, party: str | None) -> str:
        """The member's first line that takes out."""
        spots = [
            place
            for place, line in enumerate(self.lines)
            if line.party == party and line.amount < 0
        ]
        return f"lines.{spots[0]}.amount" if spots else "lines"


# -- Bank reconciliation: the book against the bank's statement -----------------------------------


def _is_banked(code: str, facts: Facts) -> bool:
    return is_cash(code, facts) and code not in TILLS


@dataclass(frozen=True, slots=True, kw_only=True)
class BankReconciliation(Dated):
    """The bank's statement compared with the book (STREAM.md, bank_reconciliation)."""

    kind: ClassVar[str] = "bank_reconciliation"
    may_record_nothing: ClassVar[bool] = True
    account: str = required(AccountCode(_is_banked, "not-a-bank"))
    statement: int = required(SIGNED_MONEY)
    outstanding: tuple[str, ...] = optional(Several(Code(), 0), ())

    def check(self, facts: Facts) -> Iterator[Issue]:
        """The book, less the documents that the bank has yet to show, makes the statement."""
        entries = [_recorded(facts, name) for name in self.outstanding]
        wrong = [
            issue
            for place, entry in enumerate(entries)
            for issue in self._against(facts, f"outstanding.{place}", entry, entries[:place])
        ]
        if wrong:
            yield from wrong
            return
        book = facts.balance_until(self.account, self.date)
        expected = book - sum(_effect(entry, self.account) for entry in entries if entry)
        if expected != self.statement:
            yield Issue(
                "statement",
                "statement-differs",
                {
                    "counted": self.statement,
                    "total": expected,
                    "difference": self.statement - expected,
                },
            )

    def _against(
        self, facts: Facts, field: str, entry: Entry | None, before: Sequence[Entry | None]
    ) -> Iterator[Issue]:
        """Yields why a document can't be outstanding on the bank's statement."""
        name = self.outstanding[int(field.rpartition(".")[2])]
        if entry is None:
            yield Issue(field, "unknown-document", {"of": name})
        elif any(each is not None and each.sequence == entry.sequence for each in before):
            yield Issue(field, "named-twice", {"name": name})
        elif entry.date is None or entry.date > self.date:
            yield Issue(field, "outstanding-later", {"of": name})
        elif entry.corrected_by is not None and facts.dated(entry.corrected_by) <= self.date:
            yield Issue(field, "outstanding-corrected", {"of": name})
        elif not _effect(entry, self.account):
            yield Issue(field, "outstanding-elsewhere", {"of": name, "account": self.account})

    def post(self, draft: Draft) -> None:
        """Nothing: the book is right already, and `check` has compared it."""


def _recorded(facts: Facts, name: str) -> Entry | None:
    """The document of that id or voucher, with its postings."""
    found = facts.find(name)
    return facts.entry(found.sequence) if found is not None else None


def _effect(entry: Entry, account: str) -> int:
    return sum(each.amount for each in entry.postings if each.account == account)


# -- Dues that the group keeps for others, month by month (KPP) ----------------------------------


def _keeps_dues(code: str, facts: Facts) -> bool:
    account = facts.account(code)
    liability = account is not None and account.type is AccountType.LIABILITY
    return liability and code != PROGRAMME_MONEY


@dataclass(frozen=True, slots=True, kw_only=True)
class DuesLine:
    """Months of dues that a party pays, `YYYY-MM`, and what all of them come to in rupiah."""

    party: str = required(PartyCode())
    months: tuple[Month, ...] = required(Several(MonthShape()))
    amount: int = required(MONEY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dues(Dated):
    """Monthly dues that are kept for others (STREAM.md, dues)."""

    kind: ClassVar[str] = "dues"
    account: str = required(CASH_ACCOUNT)
    lines: tuple[DuesLine, ...] = required(Many(DuesLine))
    kept_on: str | None = optional(AccountCode(_keeps_dues, "not-for-dues"), key="for")

    def check(self, facts: Facts) -> Iterator[Issue]:
        """A month is paid once for each party and account."""
        kept_on, seen = self.kept_on or DUES, set()
        for place, line in enumerate(self.lines):
            for month in line.months:
                due = (kept_on, line.party, month)
                if due in seen or facts.dues_paid(*due):
                    yield Issue(
                        f"lines.{place}.months",
                        "month-paid",
                        {"party": line.party, "month": month},
                    )
                seen.add(due)

    def post(self, draft: Draft) -> None:
        """Debits the cash account and credits 2104, or `kept_on`, for each party."""
        kept_on = self.kept_on or DUES
        draft.debit(self.account, sum(line.amount for line in self.lines))
        for line in self.lines:
            draft.credit(kept_on, line.amount, line.party)
            draft.dues.extend((kept_on, line.party, month) for month in line.months)


def dues_of(payload: Mapping[str, Any]) -> Iterable[Due]:
    """What a recorded document of dues paid, as it stands in a stream."""
    kept_on = payload.get("for", DUES)
    return [
        (kept_on, line["party"], Month(month))
        for line in payload["lines"]
        for month in line["months"]
    ]
