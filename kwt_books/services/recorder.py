"""Recording: check, post, number, seal. The one way anything enters a book."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from operator import itemgetter

from kwt_books.domain.access import Person, Recorded, Stamp, may_record
from kwt_books.domain.accounts import PROGRAMME_MONEY
from kwt_books.domain.documents.base import Command, Document
from kwt_books.domain.documents.closing import task_of
from kwt_books.domain.documents.correction import Attachment
from kwt_books.domain.documents.registry import CODECS, encode_command, parse_command
from kwt_books.domain.draft import Draft
from kwt_books.domain.errors import InvalidDocument, Issue, RefusedAt, RuleError
from kwt_books.domain.facts import since
from kwt_books.domain.kinds import KINDS
from kwt_books.domain.posting import PROGRAMME, Move, Posting
from kwt_books.domain.values import MAX_AMOUNT, iso, month_of
from kwt_books.store.buffer import DocumentRow
from kwt_books.store.rows import payload_of
from kwt_books.store.seal import seal
from kwt_books.store.state import BookState

Written = dict[str, object]
"""A command's values as JSON has them, by the keys of a stream's line."""

MAX_BALANCE = 10**18
"""Kept sums stay well inside SQLite's integers."""
_LARGE = MAX_AMOUNT // 1000
"""Amounts up to this are too small to bring a kept sum there."""


@dataclass(frozen=True, slots=True)
class Preview:
    """What a document would leave in the book, or what is to be mended first."""

    postings: tuple[Posting, ...] = ()
    moves: tuple[Move, ...] = ()
    issues: tuple[Issue, ...] = ()


class Recorder:
    """Records commands on one state of the book, within its transaction.

    `free`: nobody needs to have signed in, as where a new book is made of a stream. `state` is the
    state it records on.
    """

    def __init__(
        self,
        state: BookState,
        person: Person,
        clock: Callable[[], datetime],
        *,
        free: bool = False,
    ) -> None:
        self.state = state
        self._person = person
        self._clock = clock
        self._free = free

    def on(self, state: BookState) -> Recorder:
        """The same recorder on another state."""
        return Recorder(state, self._person, self._clock, free=self._free)

    def stamped(self, stamp: Stamp | None) -> Stamp | None:
        """A stamp that a stream bears: kept where it makes a new book, else nothing.

        Raises `RuleError` in a book with people: whoever signed in there records now.
        """
        if stamp is None or self._free:
            return stamp
        if any(True for _ in self.state.people()):
            raise RuleError("recorded-elsewhere")
        return None

    def stamp(self) -> Stamp:
        """The present time, and who records."""
        return Stamp(self._clock().isoformat(timespec="seconds"), self._person.name)

    def check(self, command: Command) -> tuple[Issue, ...]:
        """Everything to be mended before the command can be recorded; nothing is recorded."""
        try:
            valid = normal(command)
            if isinstance(valid, Document):
                self._post(valid)
            else:
                self._examine(valid)
        except InvalidDocument as error:
            return error.issues
        return ()

    def preview(self, command: Document) -> Preview:
        """What recording the document would post and move; nothing is recorded."""
        try:
            valid = normal(command)
            assert isinstance(valid, Document)
            draft = self._post(valid)
        except InvalidDocument as error:
            return Preview(issues=error.issues)
        return Preview(tuple(draft.postings), tuple(draft.moves))

    def draft(self, command: Document) -> Draft:
        """What a valid document would leave in the book; raises as `record` does."""
        return self._post(command)

    def record_parsed(
        self, command: Command, stamp: Stamp | None = None, payload: str | None = None
    ) -> Recorded:
        """Records a command parsed from a stream, whose shapes were checked already.

        `payload`: what is sealed of it, where it was written out before. Raises as `record` does.
        """
        written = payload or sealed(encode_command(command))
        return self._record(command, written, stamp or self.stamp())

    def record(self, command: Command) -> Recorded:
        """Records a command.

        Raises `InvalidDocument` where it isn't valid and `RuleError` where this person may not
        record it; nothing is recorded then.
        """
        valid, written = _valid(command)
        return self._record(valid, sealed(written), self.stamp())

    def record_each(self, commands: Iterable[Command]) -> Iterator[Recorded]:
        """Records the commands in their order. Raises `RefusedAt` with the place of a bad one."""
        for place, command in enumerate(commands):
            try:
                yield self.record(command)
            except InvalidDocument as error:
                raise RefusedAt(place, error) from error

    def _permit(self, command: Command) -> None:
        role, task = self._person.role, command.kind
        if not self._free and any(True for _ in self.state.people()):
            known = self.state.person(self._person.name)
            if known is None or not known.active or not self._person.signed_in:
                raise RuleError("sign-in-first")
            role, task = known.role, task_of(command, self.state.group)
        if not may_record(role, task):
            raise RuleError("not-permitted", role=role, kind=task)

    def _record(self, command: Command, payload: str, stamp: Stamp) -> Recorded:
        self._permit(command)
        if isinstance(command, Document):
            return self._record_document(command, payload, stamp)
        return self._record_setup(command, payload, stamp)

    def _record_setup(self, command: Command, payload: str, stamp: Stamp) -> Recorded:
        self._examine(command)
        row = self._row(command, None, None, payload, Draft(self.state, date.min), stamp)
        self.state.append_setup(row, command, payload)
        return Recorded(row.sequence, row.kind, None, row.hash)

    def _record_document(self, command: Document, payload: str, stamp: Stamp) -> Recorded:
        draft = self._post(command)
        cash_accounts = self.state.cash_accounts
        cash = [each for each in draft.postings if each.account in cash_accounts]
        net = sum([each.amount for each in cash])
        prefix = _prefix(net) if command.numbered else None
        number = self._number(prefix, draft.date) if prefix is not None else None
        day = command.day
        row = self._row(
            command, number, iso(day) if day is not None else None, payload, draft, stamp
        )
        self.state.append(row, draft, prefix)
        if isinstance(command, Attachment) and command.data is not None:
            self.state.attach(row.sequence, command.data)
        comes_to = abs(net) or sum([each.amount for each in draft.postings if each.amount > 0])
        return Recorded(row.sequence, row.kind, number, row.hash, self._warnings(cash), comes_to)

    def _examine(self, command: Command) -> None:
        issues: list[Issue] = []
        CODECS[command.kind].refer(command, self.state, (), issues)
        if not issues:
            issues.extend(command.check(self.state))
        if issues:
            raise InvalidDocument(tuple(issues))

    def _post(self, command: Document) -> Draft:
        issues = self._closed(command)
        if command.id is not None and self.state.id_taken(command.id):
            issues.append(Issue("id", "id-taken", {"id": command.id}))
        if issues:
            raise InvalidDocument(tuple(issues))
        self._examine(command)
        draft = Draft(self.state, command.day or date.min)
        command.post(draft)
        if not draft.issues and not command.records(draft):
            draft.refuse("", "records-nothing")
        self._guard(command, draft)
        self._bound(command, draft)
        if draft.issues:
            raise InvalidDocument(tuple(draft.issues))
        balance = sum([posting.amount for posting in draft.postings])
        assert balance == 0, (command, draft.postings)
        return draft

    def _closed(self, command: Document) -> list[Issue]:
        last, day = self.state.last_close, command.day
        if last is None or day is None or month_of(day) > last.month:
            return []
        kind = KINDS[command.kind]
        if kind.in_closed_months:
            return []
        field = "month" if kind.of_month else "date"
        return [Issue(field, "month-closed", {"month": month_of(day), "closed": last.month})]

    def _guard(self, command: Document, draft: Draft) -> None:
        """No programme and no named member's savings are left with less than nothing.

        Of a correction the documents are named that spent or took out since.
        """
        facts, undone = self.state, draft.corrects
        for programme, left in draft.programmes.items():
            before = facts.programme_left(programme)
            if left < 0 and left < before:
                spent = facts.moved_since(PROGRAMME + programme, "", "", undone) if undone else ()
                draft.refuse(
                    command.field_of(PROGRAMME_MONEY, None),
                    "programme-overdrawn",
                    programme=programme,
                    balance=before,
                    total=before - left,
                    **since(spent),
                )
        for (account, party), (taken, saved) in draft.overdrawn_savings().items():
            out = facts.withdrawn_since(account, party, undone) if undone else ()
            draft.refuse(
                command.field_of(account, party),
                "savings-overdrawn",
                account=account,
                party=party,
                balance=saved,
                total=taken,
                **since(out),
            )

    def _bound(self, command: Document, draft: Draft) -> None:
        """Refuses amounts, made of prices and quantities, that the book's sums cannot hold.

        The largest number of the document is the one to be mended.
        """
        for account, signed, _, _ in draft.postings:
            if -_LARGE <= signed <= _LARGE:
                continue
            amount = abs(signed)
            if amount > MAX_AMOUNT or abs(self.state.balance(account)) + amount > MAX_BALANCE:
                _, field = _largest(encode_command(command))
                draft.refuse(field, "too-large", most=MAX_AMOUNT)
                return

    def _number(self, prefix: str, day: date) -> str:
        month = month_of(day)
        last = self.state.last_voucher(prefix, month)
        return f"{prefix}-{month[2:4]}{month[5:]}-{last + 1:04d}"

    def _warnings(self, cash: list[Posting]) -> tuple[Issue, ...]:
        """Cash accounts that stand below zero now: a receipt is probably still to come."""
        balance = self.state.balance
        below = {each.account for each in cash if balance(each.account) < 0}
        if not below:
            return ()
        return tuple(
            [
                Issue("", "cash-below-zero", {"account": account, "balance": balance(account)})
                for account in sorted(below)
            ]
        )

    def _row(
        self,
        command: Command,
        number: str | None,
        day: str | None,
        payload: str,
        draft: Draft,
        stamp: Stamp,
    ) -> DocumentRow:
        state = self.state
        lots = [
            (lot.item, lot.name, iso(lot.received), lot.expires and iso(lot.expires))
            for lot in draft.lots
        ]
        sealed = seal(
            state.head,
            number,
            command.kind,
            day,
            payload,
            draft.postings,
            draft.moves,
            lots,
            stamp.at,
            stamp.by,
        )
        return DocumentRow(
            state.next_sequence,
            command.kind,
            number,
            day,
            getattr(command, "id", None),
            draft.corrects,
            payload,
            stamp.at,
            stamp.by,
            state.head,
            sealed,
        )


def _prefix(net: int) -> str:
    """By the net effect on cash (STREAM.md, voucher numbers)."""
    return "BKM" if net > 0 else "BKK" if net < 0 else "BM"


def _largest(written: object, path: tuple[object, ...] = ()) -> tuple[int, str]:
    """The largest number in a JSON value, and the path to it."""
    if isinstance(written, dict):
        inside = [_largest(each, (*path, key)) for key, each in written.items()]
    elif isinstance(written, list):
        inside = [_largest(each, (*path, place)) for place, each in enumerate(written)]
    else:
        size = abs(written) if type(written) is int else 0
        return size, ".".join(map(str, path)) if size else ""
    return max(inside, key=itemgetter(0), default=(0, ""))


def sealed(written: Written) -> str:
    """What is sealed of a command; an attachment's bytes stand beside the chain."""
    written.pop("data", None)
    return payload_of(written)


def normal(command: Command) -> Command:
    """The command as a stream carries it. Raises `InvalidDocument` where no stream could."""
    return _valid(command)[0]


def _valid(command: Command) -> tuple[Command, Written]:
    """The command as a stream would carry it, so that forms and files share one set of rules.

    It is written out once: the second value is what is sealed.
    """
    issues: list[Issue] = []
    try:
        written = encode_command(command)
    except (AttributeError, TypeError, ValueError) as error:
        raise InvalidDocument((Issue("", "not-text", {"detail": str(error)}),)) from error
    parsed = parse_command(dict(written), issues)
    if parsed is None:
        raise InvalidDocument(tuple(issues))
    # Reading can tidy up, as with an empty list that need not be there: then the two differ.
    return parsed, written if parsed == command else encode_command(parsed)
