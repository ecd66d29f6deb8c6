"""The bank's list held against the book: what agrees, what the book lacks, what is outstanding.

A movement agrees with a document of the same amount on the account, dated near it; of several, the
one with the same words and the nearest day. A settlement of QRIS agrees with the takings of the
days before it less the fee. What the book lacks is proposed as a document, and the end is a
reconciliation.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from hashlib import sha256
from typing import Any, NamedTuple

from kwt_books.domain.accounts import BANK, BANK_CHARGES, CASH, CASH_BOX, TILLS, Account
from kwt_books.domain.documents.base import Command
from kwt_books.domain.documents.lines import AccountLine, PaidLine
from kwt_books.domain.documents.money import BankReconciliation, Payment, Receipt, Transfer
from kwt_books.domain.errors import RuleError
from kwt_books.queries.intake import BANK as BANK_ID
from kwt_books.queries.intake import KnownToIntake, act_id, known_to_intake, new_act
from kwt_books.queries.reading import Reading
from kwt_books.queries.reconciliations import BankLine, bank_known, moved_between
from kwt_books.services.intake.bank_list import BankList, Movement
from kwt_books.services.intake.purposes import OTHER_IN, OTHER_OUT, Purposes, words_of

BEFORE, AFTER = timedelta(days=10), timedelta(days=3)
"""How long before and after its movement a document may be dated."""
_QRIS = "qris"
_FEE = "f"
"""What the id of a fee's payment has behind the fingerprint of its movement."""
_MOST_FEE = 10
"""Thousandths of the takings that a settlement of QRIS may cost."""
_MOST_TAKINGS = 40


class Agreed(NamedTuple):
    """A movement, and the documents that it shows; `fee` is what the bank kept of them."""

    movement: Movement
    lines: tuple[BankLine, ...]
    fee: int = 0


class Proposed(NamedTuple):
    """A movement that the book lacks, and the documents that would record it."""

    movement: Movement
    commands: tuple[Command, ...]
    account: str
    """What it was for."""
    sure: bool
    takings: tuple[BankLine, ...] = ()
    """Of a settlement of QRIS: the takings that it settles."""


def taken_together(movement: Movement, lines: Sequence[BankLine]) -> tuple[BankLine, ...]:
    """Of a movement that several takings make, or one less a fee: the takings; else none."""
    takings = tuple(each for each in lines if each.amount > 0)
    fee = sum(each.amount for each in takings) - movement.amount
    return takings if movement.amount > 0 and (len(takings) > 1 or fee > 1) else ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """A bank's list beside the book."""

    account: str
    listed: BankList
    agreed: tuple[Agreed, ...]
    proposed: tuple[Proposed, ...]
    outstanding: tuple[BankLine, ...]
    """Documents that the list does not show."""
    balance: int
    """The book's balance at the end of the list, before anything proposed."""
    known_rows: int
    """Movements that were recorded from a list before; they agree as well."""
    head: str
    last: BankReconciliation | None = None
    """The last reconciliation up to the list's end."""
    sen: str = ""
    """The words of a document that records sen."""

    @property
    def expected(self) -> int:
        """What the bank's balance is once everything proposed is recorded; rupiah."""
        return self.expected_with(self.proposed)

    def expected_with(self, accepted: Iterable[Proposed]) -> int:
        """What the bank's balance is once these proposals are recorded; rupiah."""
        moved = sum(each.movement.amount for each in accepted)
        return self.balance + moved - sum(each.amount for each in self.outstanding) - self._fees

    def rounding(self, accepted: Iterable[Proposed], statement: int) -> int:
        """What the bank has more than the book, where sen alone explain it; rupiah, else 0.

        A movement of sen may stand in the book a rupiah higher or lower than it came to the
        balance.
        """
        off = statement - self.expected_with(accepted)
        return off if abs(off) <= self._with_sen else 0

    @property
    def _with_sen(self) -> int:
        return sum(each.movement.sen for each in self.agreed) + sum(
            each.movement.sen for each in self.proposed
        )

    def settled(self) -> Comparison:
        """Without documents from before the list, which an earlier list has shown.

        Where the list begins can't be seen in it: documents of the days before its first movement
        are outstanding only where the bank's balance then agrees, or where they waited already.
        """
        lines = sorted(self.outstanding, key=lambda each: each.day)
        waited = [each for each in lines if each.waited]
        fresh = [each for each in lines if not each.waited]
        first = min(each.day for each in self.listed.movements)
        usual = sum(each.day < first for each in fresh)
        tries = [replace(self, outstanding=(*waited, *fresh[at:])) for at in range(len(fresh) + 1)]
        balance = self.listed.balance
        agreeing = [
            at for at, each in enumerate(tries)
            if balance is not None and abs(each.expected - balance) <= self._with_sen
        ]  # fmt: skip
        return tries[min(agreeing, key=lambda at: abs(at - usual), default=usual)]

    @property
    def _fees(self) -> int:
        return sum(each.fee for each in self.agreed)

    def commands(self, accepted: Sequence[Proposed], statement: int | None) -> tuple[Command, ...]:
        """What is recorded: the proposals that were accepted, the fees, and, with the bank's
        balance, the reconciliation and what sen make between both.
        """
        made = [each for proposal in accepted for each in proposal.commands]
        made += [fee_of(self, each) for each in self.agreed if each.fee]
        if statement is not None:
            if off := self.rounding(accepted, statement):
                made.append(self._sen_recorded(off))
            if made or not self.is_reconciled(statement):
                made.append(self._reconciliation(statement))
        return tuple(made)

    def is_reconciled(self, statement: int) -> bool:
        """Whether a reconciliation with this balance says the same already."""
        last, said = self.last, self._reconciliation(statement)
        return last is not None and (last.date, last.statement) == (said.date, statement) and (
            self._known_outstanding(last.outstanding) == self._known_outstanding(said.outstanding)
        )  # fmt: skip

    def _known_outstanding(self, named: Sequence[str]) -> set[str]:
        numbers = {each.id: each.number for each in self.outstanding}
        return {numbers.get(each, each) for each in named}

    def _reconciliation(self, statement: int) -> BankReconciliation:
        return BankReconciliation(
            date=self.listed.last,
            account=self.account,
            statement=statement,
            outstanding=tuple(each.id or each.number for each in self.outstanding),
        )

    def _sen_recorded(self, amount: int) -> Receipt | Payment:
        row = sha256(f"sen {self.account} {self.listed.digest}".encode()).hexdigest()[:16]
        common: dict[str, Any] = {
            "id": act_id(BANK_ID, new_act(self.listed.digest, self.head), row),
            "date": self.listed.last,
            "memo": self.sen,
            "ref": f"{BANK_ID} {row}",
        }
        if amount > 0:
            lines = (AccountLine(account=OTHER_IN, amount=amount),)
            return Receipt(into=self.account, lines=lines, **common)
        paid = (PaidLine(account=OTHER_OUT, amount=-amount),)
        return Payment(source=self.account, lines=paid, **common)


@dataclass(slots=True)
class _Left:
    """Documents that no movement has shown yet."""

    lines: list[BankLine] = field(default_factory=list)

    def best(self, movement: Movement) -> BankLine | None:
        """The document that the movement shows, if there is one."""
        near = [
            each
            for each in self.lines
            if movement.agrees(each.amount)
            and movement.day - BEFORE <= each.day <= movement.day + AFTER
        ]
        said = set(words_of(movement.words))

        def distance(line: BankLine) -> tuple[int, int]:
            return -len(said & set(words_of(line.text))), abs((line.day - movement.day).days)

        found = min(near, key=distance, default=None)
        if found is not None:
            self.lines.remove(found)
        return found

    def recorded_before(
        self, movements: Iterable[Movement], rows: Set[str]
    ) -> tuple[list[Agreed], list[Movement]]:
        """The movements that were recorded from a list before, and the others."""
        agreed: list[Agreed] = []
        others: list[Movement] = []
        by_print = {each.id.rpartition("-")[2]: each for each in self.lines if each.id}
        for movement in movements:
            line = by_print.get(movement.print)
            if line is not None:
                self.lines.remove(line)
                agreed.append(Agreed(movement, (line,)))
            elif movement.print in rows:
                agreed.append(Agreed(movement, ()))
            else:
                others.append(movement)
        return agreed, others

    def settled(self, movement: Movement) -> Agreed | None:
        """The takings by QRIS that the movement settles, with the fee that the bank kept."""
        if movement.amount <= 0 or _QRIS not in movement.words.lower():
            return None
        run = self.takings(movement, self.lines)
        if not run:
            return None
        fee = sum(each.amount for each in run) - movement.amount
        for each in self.lines:
            if each.id is not None and each.id.endswith(f"{movement.print}{_FEE}"):
                run, fee = (*run, each), 0  # recorded from this list before
        self.lines = [each for each in self.lines if each not in run]
        return Agreed(movement, run, fee)

    def takings(self, movement: Movement, lines: Sequence[BankLine]) -> tuple[BankLine, ...]:
        """The run of takings, the newest, that comes to the movement and a fee."""
        before = sorted(
            (each for each in lines if each.amount > 0 and each.day <= movement.day),
            key=lambda each: each.day,
        )[-_MOST_TAKINGS:]
        for end in range(len(before), 0, -1):
            total = 0
            for start in range(end - 1, -1, -1):
                total += before[start].amount
                fee = total - movement.amount
                if fee >= 0 and fee * 1000 <= total * _MOST_FEE:
                    return tuple(before[start:end])
                if fee * 1000 > total * _MOST_FEE:
                    break
        return ()


def _must_be_banked(code: str, accounts: Mapping[str, Account]) -> None:
    if code not in accounts:
        raise RuleError("unknown-account", account=code)
    if code in TILLS or not (code in CASH or accounts[code].cash):
        raise RuleError("not-a-bank", account=code)


def _of_account(movements: Iterable[Movement], account: str) -> tuple[Movement, ...]:
    """The movements by fingerprints of this account: others have the same charges on a day."""
    if account == BANK:
        return tuple(movements)
    return tuple(
        each._replace(print=sha256(f"{account} {each.print}".encode()).hexdigest()[:16])
        for each in movements
    )


def compare(
    reading: Reading,
    listed: BankList,
    account: str = BANK,
    purposes: Mapping[str, str] | None = None,
) -> Comparison:
    """Holds a list against the book; `purposes`: accounts that somebody chose, by fingerprint.

    Raises `RuleError` where `account` is none that a bank keeps.
    """
    known = known_to_intake(reading)
    _must_be_banked(account, known.accounts)
    book = bank_known(reading, account, listed.last)
    open_ = {each.number for each in book.lines}
    movements = _of_account(listed.movements, account)
    first = min(each.day for each in movements) - BEFORE
    # What was reconciled is looked at too: a list may be held against the book once more.
    there = moved_between(reading, account, first, listed.last)
    left = _Left([*book.lines, *(each for each in there if each.number not in open_)])
    agreed, lacking = left.recorded_before(movements, known.rows)
    again = len(agreed)
    proposer = _Proposer(
        reading, known, account, new_act(listed.digest, known.head), purposes or {}
    )
    proposed: list[Proposed] = []
    unseen: list[Movement] = []
    for movement in lacking:  # whole amounts first: a settlement must not use up what is another's
        if (found := left.best(movement)) is not None:
            agreed.append(Agreed(movement, (found,)))
        else:
            unseen.append(movement)
    for movement in unseen:
        settled = left.settled(movement)
        if settled is not None:
            agreed.append(settled)
        else:
            proposed.append(proposer.of(movement))
    return Comparison(
        account,
        listed,
        tuple(sorted(agreed, key=lambda each: each.movement.day)),
        tuple(proposed),
        tuple(each for each in left.lines if each.number in open_),
        book.balance,
        again,
        known.head,
        book.last,
        reading.words("Sen of the bank's list"),
    ).settled()


class _Proposer:
    """Says what would record a movement that the book lacks."""

    def __init__(
        self,
        reading: Reading,
        known: KnownToIntake,
        account: str,
        act: str,
        chosen: Mapping[str, str],
    ) -> None:
        self._known, self._account, self._act, self._chosen = known, account, act, chosen
        self._purposes = Purposes(known.accounts, known.spoken)
        self._cash = {code for code, each in known.accounts.items() if each.cash}
        self._wallets = {
            code: list(bank_known(reading, code, date.max).lines)
            for code, each in known.accounts.items()
            if each.cash and code != account and _QRIS in each.name.lower()
        }
        """Cash accounts on which QRIS is taken before the bank settles it."""

    def of(self, movement: Movement) -> Proposed:
        came_in = movement.amount > 0
        chosen = self._chosen.get(movement.print)
        if chosen is None and came_in and _QRIS in movement.words.lower():
            for wallet, lines in self._wallets.items():
                run = _Left().takings(movement, lines)
                if run:
                    self._wallets[wallet] = [each for each in lines if each not in run]
                    return self._settled(movement, wallet, run)
        if chosen is not None:
            account, sure = chosen, True
        elif self._purposes.is_transfer(movement.words, came_in=came_in, at_bank=True):
            account, sure = CASH_BOX, True
        else:
            account, sure = self._purposes.guess(movement.words, came_in=came_in, at_bank=True)
        return Proposed(movement, (self._command(movement, account),), account, sure)

    def _settled(self, movement: Movement, wallet: str, run: tuple[BankLine, ...]) -> Proposed:
        """The net amount moved from where QRIS is taken, and the fee paid from there."""
        common = self._common(movement)
        net = Transfer(source=wallet, to=self._account, amount=movement.amount, **common)
        fee = sum(each.amount for each in run) - movement.amount
        if not fee:
            return Proposed(movement, (net,), wallet, True, run)
        paid = Payment(
            source=wallet,
            lines=(PaidLine(account=BANK_CHARGES, amount=fee),),
            **{**common, "id": f"{common['id']}{_FEE}"},
        )
        return Proposed(movement, (net, paid), wallet, True, run)

    def _common(self, movement: Movement) -> dict[str, Any]:
        return {
            "id": act_id(BANK_ID, self._act, movement.print),
            "date": movement.day,
            "memo": movement.words,
            "ref": f"{BANK_ID} {movement.print}",
        }

    def _command(self, movement: Movement, account: str) -> Command:
        amount, common = abs(movement.amount), self._common(movement)
        if account in self._cash:
            pair = (account, self._account) if movement.amount > 0 else (self._account, account)
            return Transfer(source=pair[0], to=pair[1], amount=amount, **common)
        if movement.amount > 0:
            lines = (AccountLine(account=account, amount=amount),)
            return Receipt(into=self._account, lines=lines, **common)
        paid = (PaidLine(account=account, amount=amount),)
        return Payment(source=self._account, lines=paid, **common)


def fee_of(compared: Comparison, agreed: Agreed) -> Payment:
    """The payment of what the bank kept of takings by QRIS that it settled."""
    movement = agreed.movement
    act = new_act(compared.listed.digest, compared.head)
    return Payment(
        id=act_id(BANK_ID, act, movement.print) + _FEE,
        date=movement.day,
        source=compared.account,
        memo=movement.words,
        ref=f"{BANK_ID} {movement.print}",
        lines=(PaidLine(account=BANK_CHARGES, amount=agreed.fee),),
    )
