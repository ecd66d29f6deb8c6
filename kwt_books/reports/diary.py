"""Buku harian: documents newest first, as people look through them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import orjson

from kwt_books.domain.accounts import MEMBER_RECEIVABLE, PAYABLE, SHOP_RECEIVABLE, TRADE_RECEIVABLE
from kwt_books.i18n.formats import ParseError, parse_rupiah
from kwt_books.queries.diary import (
    PAGE,
    Line,
    Place,
    Sums,
    Term,
    Wanted,
    amounts_of,
    attached_to,
    page_of,
    sums_of,
)
from kwt_books.reports.context import Context
from kwt_books.reports.kinds import Describer, kinds_called
from kwt_books.reports.ledger import must_be_short

_NUMBER = re.compile(r"(BKM|BKK|BM)-[0-9]{0,4}(-[0-9]*)?")
_YEAR = re.compile(r"20[0-9]{2}")
_SHORTEST_MONTH = 3
_OWED_TO_US = frozenset({TRADE_RECEIVABLE, SHOP_RECEIVABLE, MEMBER_RECEIVABLE})


@dataclass(frozen=True, slots=True)
class Sought:
    """What is looked for: words, days, kinds. None: from the first, to the last."""

    text: str = ""
    start: date | None = None
    end: date | None = None
    kinds: tuple[str, ...] = ()


class Effect(StrEnum):
    """What a document is to the money."""

    CASH = "cash"
    """Cash came in (positive) or went out."""
    MOVED = "moved"
    """From one cash account to another."""
    BILLED = "billed"
    """Somebody owes it to the group."""
    OWED = "owed"
    """The group owes it."""
    NONE = "none"


@dataclass(frozen=True, slots=True)
class DiaryLine:
    """One document in a list: what it was, and its effect and amount in rupiah."""

    number: str
    day: date
    kind: str
    text: str
    effect: Effect
    amount: int
    corrects: str | None = None
    """Number of the document that this one undoes."""
    corrected_by: str | None = None
    attachments: int = 0


@dataclass(frozen=True, slots=True)
class DiaryPage:
    """`after` goes on to the next page; None: this was the last."""

    lines: tuple[DiaryLine, ...]
    after: Place | None


def diary_page(
    context: Context, sought: Sought, after: Place | None = None, size: int = PAGE
) -> DiaryPage:
    """One page of the documents that are sought, newest first, from behind `after` on."""
    wanted, cash = _wanted(context, sought), context.setup.cash_accounts
    found, place = page_of(context.connection, wanted, cash, after, size)
    return DiaryPage(tuple(_lines(context, found, frozenset(cash))), place)


def diary_sums(context: Context, sought: Sought) -> Sums:
    """How many documents are meant, and what they brought and took in cash."""
    return sums_of(context.connection, _wanted(context, sought), context.setup.cash_accounts)


def _lines(context: Context, found: list[Line], cash: frozenset[str]) -> Iterator[DiaryLine]:
    describe = Describer(context.setup, context.words)
    amounts = amounts_of(context.connection, (line.sequence for line in found))
    payloads = [orjson.loads(line.payload) for line in found]
    names = [str(payload["id"]) for payload in payloads if "id" in payload]
    attached = attached_to(context.connection, [*names, *(line.number for line in found)])
    for line, payload in zip(found, payloads, strict=True):
        effect, amount = effect_on_money(amounts.get(line.sequence, ()), cash)
        yield DiaryLine(
            line.number,
            line.day,
            line.kind,
            describe.describe(line.kind, payload, line.corrects),
            effect,
            amount,
            line.corrects,
            line.corrected_by,
            attached.get(line.number, 0) + attached.get(payload.get("id", ""), 0),
        )


def effect_on_money(
    postings: Iterable[tuple[str, int]], cash: frozenset[str]
) -> tuple[Effect, int]:
    """What account-and-amount pairs of one document do to the money; rupiah, signed for cash."""
    net = moved = billed = owed = 0
    for account, amount in postings:
        if account in cash:
            net += amount
            moved += max(amount, 0)
        elif account in _OWED_TO_US:
            billed += amount
        elif account == PAYABLE:
            owed -= amount
    for effect, amount in ((Effect.CASH, net), (Effect.MOVED, moved)):
        if amount:
            return effect, amount
    if billed > 0:
        return Effect.BILLED, billed
    return (Effect.OWED, owed) if owed > 0 else (Effect.NONE, 0)


def _wanted(context: Context, sought: Sought) -> Wanted:
    start, end = sought.start or date.min, sought.end or date.max
    text = " ".join(sought.text.split())
    must_be_short(text)
    if _NUMBER.fullmatch(text.upper()):
        return Wanted(start, end, sought.kinds, number=text.upper())
    return Wanted(start, end, sought.kinds, tuple(_terms(context, text)))


def _terms(context: Context, text: str) -> Iterator[Term]:
    whole = _amount(text, context.language)
    words: Sequence[str] = text.split() if whole is None else (text,)
    for word in words:
        yield _term(context, word.casefold(), _amount(word, context.language))


def _term(context: Context, word: str, amount: int | None) -> Term:
    setup, formats = context.setup, context.formats
    accounts = tuple(
        code for code in setup.accounts if word in context.account_name(code).casefold()
    )
    names = [
        code
        for code, item in setup.items.items()
        if word in item.name.casefold() or item.unit.casefold().startswith(word)
    ]
    names += [code for code, party in setup.parties.items() if word in party.name.casefold()]
    months = tuple(
        f"{number:02}"
        for number in range(1, 13)
        if len(word) >= _SHORTEST_MONTH and formats.month_name(number).casefold().startswith(word)
    )
    return Term(
        word,
        amount,
        accounts,
        tuple(names),
        tuple(kinds_called(context.words, word)),
        months,
        word if _YEAR.fullmatch(word) else "",
    )


def _amount(text: str, language: str) -> int | None:
    try:
        return abs(parse_rupiah(text, language)) or None
    except ParseError:
        return None
