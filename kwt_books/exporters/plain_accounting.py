"""A book for plain-text accounting programs, Beancount and hledger: chart and documents."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any, BinaryIO, NamedTuple

import orjson
from sqlalchemy import Connection, bindparam, func, select

from kwt_books.domain.accounts import Account, AccountType, Side
from kwt_books.domain.chain import short_code
from kwt_books.domain.values import iso, month_of
from kwt_books.exporters.whole import BookOrder
from kwt_books.reports.kinds import Describer
from kwt_books.store import tables
from kwt_books.store.expressions import HEADING, entry, in_order, oldest_first, with_original
from kwt_books.store.reads import streamed_rows

CURRENCY = "IDR"
_AT_ONCE = 500
"""Documents read from the file in one go."""

_DOCUMENTS = oldest_first(
    select(*HEADING, entry.c.recorded_at, entry.c.recorded_by, entry.c.hash)
    .select_from(with_original())
    .where(entry.c.number.is_not(None) | (entry.c.kind == bindparam("told")))
)
_POSTINGS = (
    select(
        tables.posting.c.account,
        tables.posting.c.amount,
        tables.posting.c.party,
        tables.posting.c.closing,
        entry.c.sequence,
    )
    .select_from(in_order(entry, tables.posting, tables.posting.c.document == entry.c.sequence))
    .where(entry.c.number.is_not(None))
    .order_by(entry.c.date, entry.c.sequence, tables.posting.c.line)
)
_FIRST_DAY = select(func.min(tables.document.c.date)).where(tables.document.c.number.is_not(None))


_TOLD = ("memo", "ref", "id", "reason", "programme")
"""What a document itself says, by its keys."""


PostingRow = tuple[str, int, str | None, int, int]
"""Account, amount, party, whether it closes a month, and its document's place in the chain."""


class LedgerDocument(NamedTuple):
    """One document, whether it has postings or moved goods alone."""

    sequence: int
    number: str | None
    """Nothing for a line of the group's books: it is told in a comment."""
    date: date
    kind: str
    description: str
    party: str
    """The name of whom it was with, where that is one."""
    facts: tuple[tuple[str, str], ...]
    """What else is known of it, each in one line, by name: kind, memo, ref, who recorded it and
    when, its seal.
    """
    corrects: str | None
    postings: list[PostingRow]


def documents(order: BookOrder) -> Iterator[LedgerDocument]:
    """Every numbered document and line of the group's books by date, then as recorded.

    A handful is in memory at a time.
    """
    connection, setup = order.context.connection, order.context.setup
    describer = Describer(setup, order.context.words)
    postings = groupby(streamed_rows(connection, _POSTINGS), key=itemgetter(-1))
    sequence, group = next(postings, (None, iter(())))
    for done, row in enumerate(streamed_rows(connection, _DOCUMENTS, "register"), 1):
        own: list[PostingRow] = []
        if row[0] == sequence:
            own = list(group)
            if order.before_closing:
                own = [each for each in own if not each[3]]
            sequence, group = next(postings, (None, iter(())))
        yield _document(describer, row, own)
        if order.progress is not None and done % _AT_ONCE == 0:
            order.progress(done)


def first_day(connection: Connection) -> date | None:
    """The day of the oldest document."""
    found = connection.execute(_FIRST_DAY).scalar()
    return date.fromisoformat(found) if found is not None else None


def _document(describer: Describer, row: Any, postings: list[PostingRow]) -> LedgerDocument:
    sequence, number, day, kind, written, corrected, at, by, seal = row
    payload = orjson.loads(written)
    facts = [("kind", _in_one_line(kind))]
    facts += [(name, _in_one_line(payload[name])) for name in _TOLD if payload.get(name)]
    if '"budget":' in written:
        facts.append(("budget", _in_one_line(", ".join(_budget_lines(payload)))))
    facts += [
        ("corrects", corrected or ""),
        ("recorded-at", _in_one_line(at)),
        ("recorded-by", _in_one_line(by)),
        ("sequence", str(sequence)),
        ("seal", seal),
    ]
    return LedgerDocument(
        sequence,
        number,
        date.fromisoformat(day),
        kind,
        describer.describe(kind, payload, corrected),
        describer.party(payload),
        tuple([each for each in facts if each[1]]),
        corrected,
        postings,
    )


def _in_one_line(text: str) -> str:
    return " ".join(text.split())


def _budget_lines(payload: dict[str, Any]) -> list[str]:
    """Lines of a programme's budget that a document names."""
    lines = (payload, *payload.get("lines", ()))
    return list(dict.fromkeys([each["budget"] for each in lines if "budget" in each]))


# -- the chart -----------------------------------------------------------------------------

_ROOTS = {
    AccountType.ASSET: "Assets",
    AccountType.LIABILITY: "Liabilities",
    AccountType.EQUITY: "Equity",
    AccountType.INCOME: "Income",
    AccountType.COST: "Expenses:Cost",
    AccountType.EXPENSE: "Expenses:Operating",
    AccountType.TAX: "Expenses:Tax",
}


@dataclass(frozen=True, slots=True)
class NamedAccount:
    """An account of the chart under the name it has in the other program."""

    account: Account
    name: str


def named_accounts(order: BookOrder, legal: Callable[[str], str]) -> dict[str, NamedAccount]:
    """Every account of the chart by its code, as `Assets:1101 Kas`; no name twice.

    `legal` makes a part of a name of any text.
    """
    found: dict[str, NamedAccount] = {}
    taken: set[str] = set()
    for code, account in sorted(order.context.setup.accounts.items()):
        label = legal(f"{code} {order.context.account_name(code)}")
        stem = name = f"{_root(account)}:{label}"
        number = 1
        while name.casefold() in taken:
            number += 1
            name = f"{stem}-{number}"
        taken.add(name.casefold())
        found[code] = NamedAccount(account, name)
    return found


def _root(account: Account) -> str:
    if account.type is AccountType.OTHER:
        return "Income:Other" if account.normal is Side.CREDIT else "Expenses:Other"
    return _ROOTS[account.type]


# -- The whole ledger as a file of Beancount -----------------------------------------------------


_ODD = re.compile(r"[^A-Za-z0-9]+")


def write_beancount(order: BookOrder, out: BinaryIO) -> None:
    """Accepted by `bean-check`; balances are those of the trial balance."""
    out.writelines(f"{line}\n".encode() for line in _beancount_lines(order))


def _beancount_lines(order: BookOrder) -> Iterator[str]:
    group, accounts = order.context.setup.group, named_accounts(order, _beancount_legal)
    yield f"; KWT Books {order.context.imprint.version}, {short_code(order.context.imprint.head)}"
    title = _string(group.name if group is not None else "")
    yield f'option "title" {title}'
    yield f'option "operating_currency" "{CURRENCY}"'
    yield ""
    opened = (first_day(order.context.connection) or date(2000, 1, 1)).isoformat()
    yield f"{opened} commodity {CURRENCY}"
    for each in accounts.values():
        yield f"{opened} open {each.name} {CURRENCY}"
        yield f"  code: {_string(each.account.code)}"
        yield f"  name: {_string(order.context.account_name(each.account.code))}"
    beginnings = {code: f"  {each.name}  " for code, each in accounts.items()}
    for document in documents(order):
        yield ""
        if document.number is None:
            yield f"; {document.date.isoformat()} {_in_one_line(document.description)}"
        else:
            yield "\n".join(_beancount_transaction(document, beginnings))


def _beancount_transaction(document: LedgerDocument, beginnings: dict[str, str]) -> list[str]:
    """`beginnings`: by the code of its account, how the line of a posting begins."""
    texts = [document.party, document.description] if document.party else [document.description]
    links = [each for each in (document.number, document.corrects) if each]
    head = " ".join((
        iso(document.date), "*", *map(_string, texts), *(f"^{each}" for each in links),
    ))  # fmt: skip
    lines = [head, f"  voucher: {_string(document.number or '')}"]
    lines += [f"  {name}: {_quoted(value)}" for name, value in document.facts]
    for account, amount, party, closing, _ in document.postings:
        lines.append(f"{beginnings[account]}{amount} {CURRENCY}")
        if party is not None:
            lines.append(f"    party: {_string(party)}")
        if closing:
            lines.append("    closing: TRUE")
    return lines


def _beancount_legal(text: str) -> str:
    """A part of an account's name: a capital or a digit, then letters, digits and dashes."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    name = _ODD.sub("-", plain).strip("-")
    return name if name[:1].isdigit() or name[:1].isupper() else f"X{name}"


def _string(text: str) -> str:
    return _quoted(_in_one_line(text))


def _quoted(line: str) -> str:
    if "\\" in line or '"' in line:
        line = line.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{line}"'


# -- The whole ledger as a journal of hledger ----------------------------------------------------


_TAGS = (
    "kind", "memo", "ref", "id", "reason", "programme", "budget", "corrects", "recorded-at",
    "recorded-by", "sequence", "seal", "party", "retain", "code", "type",
)  # fmt: skip
_TYPES = {
    AccountType.ASSET: "A",
    AccountType.LIABILITY: "L",
    AccountType.EQUITY: "E",
    AccountType.INCOME: "R",
}


def write_hledger(order: BookOrder, out: BinaryIO) -> None:
    """Accepted by `hledger check --strict`; balances are those of the trial balance."""
    out.writelines(f"{line}\n".encode() for line in _hledger_lines(order))


def _hledger_lines(order: BookOrder) -> Iterator[str]:
    group, accounts = order.context.setup.group, named_accounts(order, _hledger_legal)
    if group is not None:
        yield f"; {_comment(group.name)}"
    yield f"; KWT Books {order.context.imprint.version}, {short_code(order.context.imprint.head)}"
    yield ""
    yield "decimal-mark ."
    yield f"commodity {CURRENCY} 1000."
    yield from (f"tag {tag}" for tag in _TAGS)
    yield ""
    for each in accounts.values():
        yield f"account {each.name}"
        yield f"    ; code: {_comment(each.account.code)}"
        yield f"    ; type: {_type(each.account)}"
    beginnings = {code: f"    {each.name}  {CURRENCY} " for code, each in accounts.items()}
    for document in documents(order):
        yield ""
        if document.number is None:
            yield f"; {document.date.isoformat()} {_comment(document.description)}"
        else:
            yield "\n".join(_hledger_transaction(document, beginnings))


def _type(account: Account) -> str:
    if account.cash:
        return "C"
    if account.earns_otherwise:
        return "R"
    return _TYPES.get(account.type, "X")


def _hledger_transaction(document: LedgerDocument, beginnings: dict[str, str]) -> list[str]:
    """`beginnings`: by the code of its account, how the line of a posting begins."""
    text = _description(document.description)
    if document.party:
        text = f"{_description(document.party)} | {text}"
    lines = [f"{iso(document.date)} * ({document.number}) {text}".rstrip()]
    lines += [f"    ; {name}: {_mild(value)}" for name, value in document.facts]
    for account, amount, party, closing, _ in document.postings:
        aside = _aside(party, closing, document.date) if party or closing else ""
        lines.append(f"{beginnings[account]}{amount}{aside}")
    return lines


def _aside(party: str | None, closing: int, day: date) -> str:
    """What a posting says besides its amount.

    `retain` is hledger's own tag of what carries a result over to equity.
    """
    tags = []
    if party is not None:
        tags.append(f"party: {_comment(party)}")
    if closing:
        tags.append(f"retain: {month_of(day)}")
    return f"  ; {', '.join(tags)}"


def _hledger_legal(text: str) -> str:
    """A part of an account's name: no colon, no second space, nothing that begins a comment."""
    return " ".join(text.replace(":", "-").replace(";", ",").split())


def _description(text: str) -> str:
    """A semicolon would begin a comment, a bar part payee and note."""
    return " ".join(text.replace(";", ",").replace("|", "/").split())


def _comment(text: str) -> str:
    """The value of a tag: it ends at a comma, and brackets would be dates."""
    return " ".join(_mild(text).split())


def _mild(text: str) -> str:
    return text.replace(",", ";").replace("[", "(").replace("]", ")")
