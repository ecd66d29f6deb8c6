"""Printed papers compared with a book: the state their code stands for, and the figures since."""

from __future__ import annotations

import re
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from lzma import LZMAError
from pathlib import Path
from typing import NamedTuple
from zipfile import BadZipFile, ZipFile

import orjson
from sqlalchemy import Connection, bindparam, case, func, select

from kwt_books.domain.accounts import TEMPORARY, Account, AccountType
from kwt_books.domain.audit import read_code
from kwt_books.domain.chain import GENESIS, short_code
from kwt_books.domain.errors import BookError, Issue, RuleError, StorageError
from kwt_books.domain.files import reachable
from kwt_books.domain.values import Month, first_day, last_day, month_of
from kwt_books.i18n.catalogue import noop
from kwt_books.reports.context import Context
from kwt_books.reports.kinds import Describer
from kwt_books.reports.model import (
    Column,
    ColumnType,
    Layout,
    Report,
    Row,
    RowKind,
    Value,
    account_ref,
    document_ref,
)
from kwt_books.services.integrity.checks import Chain
from kwt_books.services.integrity.entries import entries
from kwt_books.store.expressions import (
    DEBITS,
    NIL,
    dated_within,
    entry,
    original,
    total,
    with_original,
)
from kwt_books.store.tables import document, posting

Progress = Callable[[int, int], None]
"""Told how many entries have passed, of how many; raises to cancel."""

_EACH = 1_000
_FIND = (
    select(
        document.c.sequence,
        document.c.number,
        document.c.kind,
        document.c.date,
        document.c.recorded_at,
        document.c.recorded_by,
    )
    .where(document.c.hash.startswith(bindparam("code")))
    .order_by(document.c.sequence)
)
_COUNT = select(func.count()).select_from(document)


class Verdict(StrEnum):
    """Whether a book contains the state whose code a paper bears."""

    CONTAINED = "contained"
    """Every entry up to that one is as it was sealed."""
    CHANGED = "changed"
    """The code is there, but an entry before it is not what was sealed."""
    UNKNOWN = "unknown"
    """No state of this book ever had that code; the book itself is sealed throughout."""
    UNKNOWN_CHANGED = "unknown-changed"
    """As before, and an entry of the book is not what was sealed."""


@dataclass(frozen=True, slots=True)
class State:
    """What a code stands for in a book. `sequence` 0 is the book before its first entry."""

    verdict: Verdict
    code: str
    sequence: int | None = None
    number: str | None = None
    kind: str = ""
    date: str | None = None
    at: str = ""
    by: str = ""
    bad: str | None = None
    """The first entry that is not as it was sealed: its voucher or its place."""
    details: Issue | None = None


def find_state(connection: Connection, code: str, progress: Progress | None = None) -> State:
    """Looks the code up and computes every seal up to it anew; nothing is believed."""
    if GENESIS.startswith(code):
        return State(Verdict.CONTAINED, code, 0)
    found = connection.execute(_FIND, {"code": code}).first()
    last = found[0] if found is not None else None
    bad, details = _first_bad(connection, last, progress)
    if found is None:
        verdict = Verdict.UNKNOWN if bad is None else Verdict.UNKNOWN_CHANGED
        return State(verdict, code, bad=bad, details=details)
    verdict = Verdict.CONTAINED if bad is None else Verdict.CHANGED
    sequence, number, kind, day, at, by = found
    return State(verdict, code, sequence, number, kind, day, at, by, bad, details)


def _first_bad(
    connection: Connection, last: int | None, progress: Progress | None
) -> tuple[str | None, Issue | None]:
    """The first entry up to `last` whose seal, link or place is wrong, and what is."""
    total = last or connection.execute(_COUNT).scalar_one()
    chain = Chain()
    for passed, each in enumerate(entries(connection), start=1):
        if last is not None and each.sequence > last:
            break
        try:
            details = chain.see(each)
        except (TypeError, ValueError, LookupError) as error:  # rows that no program wrote
            details = Issue("", "entry-unreadable", {"detail": str(error)})
        if details is not None:
            return each.number or f"#{each.sequence}", details
        if progress is not None and passed % _EACH == 0:
            progress(passed, total)
    return None, None


# -- What a month's statements said when a paper was printed, and what they say today ------------


class Both(NamedTuple):
    """One figure by the entries up to the paper's, and by all of them."""

    then: int = 0
    now: int = 0

    def plus(self, other: Both) -> Both:
        """The sum of two figures, then and now."""
        return Both(self.then + other.then, self.now + other.now)

    @property
    def negated(self) -> Both:
        """The figure with the other sign, then and now."""
        return Both(-self.then, -self.now)

    @property
    def differs(self) -> bool:
        """Whether the figure has changed since."""
        return self.then != self.now


@dataclass(frozen=True, slots=True)
class Figures:
    """Of one month. Balances by account are debit positive, at its end."""

    month: Month
    cash: Both
    assets: Both
    liabilities: Both
    profit: Both
    balances: dict[str, Both]

    @property
    def equity(self) -> Both:
        """Assets less liabilities."""
        return self.assets.plus(self.liabilities.negated)

    @property
    def differ(self) -> bool:
        """Whether any balance or the profit has changed since."""
        return any(each.differs for each in self.balances.values()) or self.profit.differs


class Since(NamedTuple):
    """An entry recorded after the paper was printed, dated within its time."""

    sequence: int
    number: str
    kind: str
    date: date
    payload: str
    corrects: str | None
    amount: int


_THEN = total(case((posting.c.document <= bindparam("sequence"), posting.c.amount), else_=NIL))
_NOW = total(posting.c.amount)
_BALANCES = (
    select(posting.c.account, _THEN, _NOW)
    .where(posting.c.date <= bindparam("end"))
    .group_by(posting.c.account)
    .order_by(posting.c.account)
)
_EARNED = (
    select(posting.c.account, _THEN, _NOW)
    .where(dated_within(posting.c.date), posting.c.closing == 0)
    .group_by(posting.c.account)
)
_LAST_DAY = select(func.max(document.c.date)).where(
    document.c.sequence <= bindparam("sequence"), document.c.number.is_not(None)
)
_SINCE = (
    select(
        entry.c.sequence,
        entry.c.number,
        entry.c.kind,
        entry.c.date,
        entry.c.payload,
        original.c.number,
        DEBITS,
    )
    .select_from(with_original())
    .where(entry.c.sequence > bindparam("sequence"), entry.c.number.is_not(None))
    .where(entry.c.date <= bindparam("end"))
    .order_by(entry.c.sequence)
)


def last_month(connection: Connection, sequence: int) -> Month | None:
    """The newest month that anything up to that entry was dated in."""
    found = connection.execute(_LAST_DAY, {"sequence": sequence}).scalar()
    return month_of(date.fromisoformat(found)) if found is not None else None


def figures(
    connection: Connection, accounts: dict[str, Account], sequence: int, month: Month
) -> Figures:
    """A month's figures by the entries up to `sequence`, and by all of them; rupiah."""
    values = {
        "sequence": sequence,
        "start": first_day(month).isoformat(),
        "end": last_day(month).isoformat(),
    }
    balances = {code: Both(*both) for code, *both in connection.execute(_BALANCES, values)}
    sums: defaultdict[AccountType, Both] = defaultdict(Both)
    cash = profit = Both()
    for code, both in balances.items():
        sums[accounts[code].type] = sums[accounts[code].type].plus(both)
        if accounts[code].cash:
            cash = cash.plus(both)
    for code, *earned in connection.execute(_EARNED, values):
        if accounts[code].type in TEMPORARY:
            profit = profit.plus(Both(*earned).negated)
    liabilities = sums[AccountType.LIABILITY].negated
    return Figures(month, cash, sums[AccountType.ASSET], liabilities, profit, balances)


def recorded_since(connection: Connection, sequence: int, month: Month) -> list[Since]:
    """What was recorded after that entry and changes the month or one before it."""
    values = {"sequence": sequence, "end": last_day(month).isoformat()}
    return [
        Since(number, voucher, kind, date.fromisoformat(day), payload, corrects, amount)
        for number, voucher, kind, day, payload, corrects, amount in connection.execute(
            _SINCE, values
        )
    ]


# -- The code that a printed file carries in its properties: a PDF's, a workbook's ---------------


PAPER_FILES = (".pdf", ".xlsx")
"""How the names of such files end."""
_LARGEST = 200 * 1024 * 1024
_MOST_UNPACKED = 8 * 1024 * 1024
"""Bytes of one unpacked part: properties are small, and a made-up file may be no bomb."""
_KEYWORDS = re.compile(rb"/Keywords\s*(?:\(((?:[^()\\]|\\.)*)\)|<([0-9A-Fa-f\s]*)>)", re.DOTALL)
_OBJECTS = re.compile(rb"/ObjStm\b.{0,400}?stream\r?\n", re.DOTALL)
_IN_WORKBOOK = re.compile(r"<cp:keywords>([^<]*)</cp:keywords>")


def code_in(path: Path) -> str:
    """The twelve hex digits; refuses a file without them."""
    path = reachable(path)
    try:
        if path.stat().st_size > _LARGEST:
            raise RuleError("no-code-in-file", path=path)
        data = path.read_bytes()
    except OSError as error:
        raise StorageError("cannot-read", path=path, detail=str(error)) from error
    keywords = _workbook(path) if data.startswith(b"PK") else _pdf(data)
    for keyword in keywords:
        try:
            return read_code(keyword)
        except BookError:
            continue
    raise RuleError("no-code-in-file", path=path)


def _workbook(path: Path) -> Iterator[str]:
    try:
        with ZipFile(path) as archive, archive.open("docProps/core.xml") as part:
            text = part.read(_MOST_UNPACKED).decode("utf-8", "replace")
    except (BadZipFile, KeyError, OSError, EOFError, zlib.error, LZMAError, RuntimeError):
        return
    yield from _IN_WORKBOOK.findall(text)


def _pdf(data: bytes) -> Iterator[str]:
    """Keywords of the properties as they stand in the file, or packed among other objects.

    The last ones first: what a program adds to a file it adds at its end.
    """
    found = list(_keywords(data))
    for match in _OBJECTS.finditer(data):
        try:
            end = data.find(b"endstream", match.end())
            unpacked = zlib.decompressobj().decompress(data[match.end() : end], _MOST_UNPACKED)
        except zlib.error:
            continue
        found += _keywords(unpacked)
    yield from reversed(found)


def _keywords(data: bytes) -> Iterator[str]:
    for literal, digits in _KEYWORDS.findall(data):
        raw = bytes.fromhex(_even(digits)) if digits else _unescaped(literal)
        if raw.startswith(b"\xfe\xff"):
            yield raw[2:].decode("utf-16-be", "replace")
        else:
            yield raw.decode("latin-1")


def _even(digits: bytes) -> str:
    """Hex digits as PDF has them: spaces between, a missing last one is a nil."""
    text = b"".join(digits.split()).decode("ascii")
    return text + "0" * (len(text) % 2)


def _unescaped(literal: bytes) -> bytes:
    r"""A literal string without its escapes: `\055`, `\(`, a line broken off."""
    return _ESCAPE.sub(_plain, literal)


_ESCAPE = re.compile(rb"\\([0-7]{1,3}|\r\n|.)", re.DOTALL)
_SIGNS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def _plain(match: re.Match[bytes]) -> bytes:
    escaped = match[1]
    if escaped.isdigit():
        return bytes([int(escaped, 8) & 255])
    if escaped in (b"\n", b"\r", b"\r\n"):
        return b""
    return _SIGNS.get(escaped, escaped)


# -- The result as a report -----------------------------------------------------------------------


_LISTED = 200
_COLUMNS = ("number", "date", "then", "now", "difference")
_SENTENCES = {
    Verdict.CONTAINED: noop(
        "The book still holds exactly what was printed: every entry up to {entry} is as it was "
        "sealed."
    ),
    Verdict.CHANGED: noop(
        "The book no longer holds what was printed: the code is that of {entry}, but {bad} "
        "before it is not as it was sealed."
    ),
    Verdict.UNKNOWN: noop(
        "This book never held what was printed. Either the paper is from another book, or the "
        "book was rewritten since: every entry in it is sealed as it is now."
    ),
    Verdict.UNKNOWN_CHANGED: noop(
        "This book does not hold what was printed, and its chain is broken: {bad} is not as it "
        "was sealed."
    ),
}


def paper_report(context: Context, state: State, month: Month | None = None) -> Report:
    """The verdict; of a state that holds also the month's figures then and today."""
    t, money = context.words, ColumnType.MONEY
    month = month or last_month(context.connection, state.sequence or 0)
    made = _Made(context, state)
    rows = list(made.verdict())
    found = None
    if state.verdict is Verdict.CONTAINED and month is not None:
        accounts = context.setup.accounts
        found = figures(context.connection, accounts, state.sequence or 0, month)
        rows += [*made.figures(found), *made.since(month)]
    return Report(
        name="paper",
        title=t("Paper against Book"),
        columns=(
            Column("number", t("Voucher"), ColumnType.CODE),
            Column("date", t("Date"), ColumnType.DATE),
            Column("then", t("When printed"), money),
            Column("now", t("Today"), money),
            Column("difference", t("Difference"), money),
        ),
        rows=tuple(rows),
        parameters={"code": short_code(state.code), "verdict": str(state.verdict),
                    **({"month": month} if found is not None and month else {})},
        head=context.chain.hash,
        unit=context.unit,
        layout=Layout.NOTES,
        figures={"sequence": state.sequence or 0, "differs": int(bool(found and found.differ))},
    )  # fmt: skip


def _cells(**values: Value) -> tuple[Value, ...]:
    return tuple(values.get(key) for key in _COLUMNS)


def _both(label: str, both: Both, code: str) -> Row:
    cells = _cells(then=both.then, now=both.now, difference=both.now - both.then)
    return Row(label, cells, code)


class _Made:
    """The rows of one report, section by section."""

    def __init__(self, context: Context, state: State) -> None:
        self._context, self._state = context, state
        self._describer = Describer(context.setup, context.words)
        self.t = context.words

    def verdict(self) -> Iterator[Row]:
        t, state = self.t, self._state
        yield Row(t("Result"), kind=RowKind.SECTION)
        text = t(_SENTENCES[state.verdict], entry=self._entry(), bad=state.bad or "")
        yield Row(text, kind=RowKind.NOTE)
        if state.details is not None:
            broken = t(state.details.code, **state.details.params)
            yield Row(f"{state.bad}: {broken}", kind=RowKind.NOTE)
        if state.sequence:
            at = self._context.formats.recorded(state.at)
            recorded = t("Last entry when it was printed, recorded {moment} by {name}",
                         moment=at, name=state.by)  # fmt: skip
            day = date.fromisoformat(state.date) if state.date else None
            yield Row(recorded, _cells(number=self._entry(), date=day), "entry")

    def _entry(self) -> str:
        state = self._state
        return document_ref(state.number or None) or f"#{state.sequence or 0}"

    def figures(self, found: Figures) -> Iterator[Row]:
        t, month = self.t, self._context.formats.month(found.month)
        yield Row(t("Figures of {month}", month=month), kind=RowKind.SECTION)
        yield _both(t("Cash and bank"), found.cash, "cash")
        yield _both(t("Total assets"), found.assets, "total_assets")
        yield _both(t("Liabilities"), found.liabilities, "liabilities")
        yield _both(t("Equity"), found.equity, "equity")
        yield _both(t("Profit of the month"), found.profit, "profit")
        changed = {code: both for code, both in found.balances.items() if both.differs}
        if not found.differ:
            text = t("No figure of {month} has changed since the paper was printed.", month=month)
            yield Row(text, kind=RowKind.NOTE)
        elif changed:
            yield Row(t("Accounts whose balance has changed"), kind=RowKind.SECTION)
        for code, both in changed.items():
            yield _both(self._context.account_name(code), both, account_ref(code))

    def since(self, month: Month) -> Iterator[Row]:
        """What was recorded since, dated by the end of the month."""
        t = self.t
        found = recorded_since(self._context.connection, self._state.sequence or 0, month)
        if not found:
            return
        name = self._context.formats.month(month)
        heading = t("Recorded since then, dated {month} or before", month=name)
        yield Row(heading, kind=RowKind.SECTION)
        for each in found[:_LISTED]:
            text = self._describer.describe(each.kind, orjson.loads(each.payload), each.corrects)
            number = document_ref(each.number)
            cells = _cells(number=number, date=each.date, now=each.amount)
            yield Row(text, cells, number)
        rest = len(found) - _LISTED
        if rest > 0:
            count = self._context.formats.number(rest)
            yield Row(t("And {count} more.", count=count), kind=RowKind.NOTE)
