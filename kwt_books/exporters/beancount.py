"""The whole ledger as a file of Beancount."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from typing import BinaryIO

from kwt_books.domain.chain import short_code
from kwt_books.exporters.order import BookOrder
from kwt_books.exporters.plain_accounting import (
    CURRENCY,
    LedgerDocument,
    NamedAccount,
    documents,
    first_day,
    named_accounts,
)

_ODD = re.compile(r"[^A-Za-z0-9]+")


def write_beancount(order: BookOrder, out: BinaryIO) -> None:
    """Accepted by `bean-check`; balances are those of the trial balance."""
    out.writelines(f"{line}\n".encode() for line in _lines(order))


def _lines(order: BookOrder) -> Iterator[str]:
    group, accounts = order.context.setup.group, named_accounts(order, _legal)
    yield f"; KWT Books {order.imprint.version}, {short_code(order.imprint.head)}"
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
    for document in documents(order):
        yield ""
        yield from _transaction(document, accounts)


def _transaction(document: LedgerDocument, accounts: dict[str, NamedAccount]) -> Iterator[str]:
    texts = [document.party, document.description] if document.party else [document.description]
    links = [each for each in (document.number, document.corrects) if each]
    head = " ".join((
        document.date.isoformat(), "*", *map(_string, texts), *(f"^{each}" for each in links),
    ))  # fmt: skip
    yield head
    yield f"  voucher: {_string(document.number)}"
    for name, value in document.facts:
        yield f"  {name}: {_string(value)}"
    for posting in document.postings:
        yield f"  {accounts[posting.account].name}  {posting.amount} {CURRENCY}"
        if posting.party is not None:
            yield f"    party: {_string(posting.party)}"
        if posting.closing:
            yield "    closing: TRUE"


def _legal(text: str) -> str:
    """A part of an account's name: a capital or a digit, then letters, digits and dashes."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    name = _ODD.sub("-", plain).strip("-")
    return name if name[:1].isdigit() or name[:1].isupper() else f"X{name}"


def _string(text: str) -> str:
    quoted = " ".join(text.split()).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{quoted}"'
