"""The whole ledger as a journal of hledger."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from kwt_books.domain.accounts import Account, AccountType, Side
from kwt_books.domain.chain import short_code
from kwt_books.domain.posting import Posting
from kwt_books.exporters.order import BookOrder
from kwt_books.exporters.plain_accounting import (
    CURRENCY,
    LedgerDocument,
    NamedAccount,
    documents,
    named_accounts,
)

_TAGS = (
    "kind", "memo", "ref", "id", "reason", "corrects", "recorded-at", "recorded-by", "sequence",
    "seal", "party", "closing", "code", "type",
)  # fmt: skip
_TYPES = {
    AccountType.ASSET: "A",
    AccountType.LIABILITY: "L",
    AccountType.EQUITY: "E",
    AccountType.INCOME: "R",
}


def write_hledger(order: BookOrder, out: BinaryIO) -> None:
    """Accepted by `hledger check --strict`; balances are those of the trial balance."""
    out.writelines(f"{line}\n".encode() for line in _lines(order))


def _lines(order: BookOrder) -> Iterator[str]:
    group, accounts = order.context.setup.group, named_accounts(order, _legal)
    if group is not None:
        yield f"; {_comment(group.name)}"
    yield f"; KWT Books {order.imprint.version}, {short_code(order.imprint.head)}"
    yield ""
    yield "decimal-mark ."
    yield f"commodity {CURRENCY} 1000."
    yield from (f"tag {tag}" for tag in _TAGS)
    yield ""
    for each in accounts.values():
        yield f"account {each.name}"
        yield f"    ; code: {_comment(each.account.code)}"
        yield f"    ; type: {_type(each.account)}"
    for document in documents(order):
        yield ""
        yield from _transaction(document, accounts)


def _type(account: Account) -> str:
    if account.cash:
        return "C"
    if account.type is AccountType.OTHER and account.normal is Side.CREDIT:
        return "R"
    return _TYPES.get(account.type, "X")


def _transaction(document: LedgerDocument, accounts: dict[str, NamedAccount]) -> Iterator[str]:
    text = _description(document.description)
    if document.party:
        text = f"{_description(document.party)} | {text}"
    yield f"{document.date.isoformat()} * ({document.number}) {text}".rstrip()
    for name, value in document.facts:
        yield f"    ; {name}: {_comment(value)}"
    for posting in document.postings:
        yield f"    {accounts[posting.account].name}  {CURRENCY} {posting.amount}{_aside(posting)}"


def _aside(posting: Posting) -> str:
    """What a posting says besides its amount."""
    tags = []
    if posting.party is not None:
        tags.append(f"party: {_comment(posting.party)}")
    if posting.closing:
        tags.append("closing: yes")
    return f"  ; {', '.join(tags)}" if tags else ""


def _legal(text: str) -> str:
    """A part of an account's name: no colon, no second space, nothing that begins a comment."""
    return " ".join(text.replace(":", "-").replace(";", ",").split())


def _description(text: str) -> str:
    """A semicolon would begin a comment, a bar part payee and note."""
    return " ".join(text.replace(";", ",").replace("|", "/").split())


def _comment(text: str) -> str:
    """The value of a tag: it ends at a comma, and brackets would be dates."""
    return " ".join(text.translate(_IN_COMMENTS).split())


_IN_COMMENTS = str.maketrans({",": ";", "[": "(", "]": ")"})
