"""What is checked of each entry as it passes. A check is done with its first bad entry."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection

from kwt_books.domain.accounts import (
    ACCUMULATED,
    CASH,
    CLASS_ACCOUNTS,
    CONSIGNED,
    GROWING,
    PAYABLE,
    SHOP_RECEIVABLE,
    TRADE_RECEIVABLE,
    kept_by_detail,
)
from kwt_books.domain.chain import GENESIS, seal
from kwt_books.domain.documents.base import Document
from kwt_books.domain.documents.registry import COMMANDS
from kwt_books.domain.errors import Issue
from kwt_books.domain.month import last_day
from kwt_books.domain.posting import STORE
from kwt_books.services.integrity.entries import Entry
from kwt_books.services.integrity.rows import select

See = Callable[[Entry], Issue | None]
"""Looks at the next entry; what is wrong with it, or nothing."""

_NUMBERED = {each.kind for each in COMMANDS if issubclass(each, Document) and each.numbered}
_OF_A_MONTH = {"depreciation", "month_close", "month_reopen"}
_OUTSIDE_CLOSES = {"month_reopen", "attachment"}


def _found(code: str, **params: object) -> Issue:
    return Issue("", code, params)


class Chain:
    """Every seal, every link, no entry missing."""

    def __init__(self) -> None:
        self._last, self._head = 0, GENESIS

    def see(self, entry: Entry) -> Issue | None:
        expected, previous = self._last + 1, self._head
        self._last, self._head = entry.sequence, entry.hash
        if entry.sequence != expected:
            return _found("entry-missing", sequence=expected)
        if entry.previous != previous:
            return _found("link-broken")
        sealed = seal(
            previous,
            entry.number,
            entry.kind,
            entry.date,
            entry.text,
            entry.postings,
            entry.moves,
            entry.lots,
            entry.at,
            entry.by,
        )
        return None if sealed == entry.hash else _found("seal-broken")


class Entries:
    """The columns say what the sealed entry says."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def see(self, entry: Entry) -> Issue | None:
        payload = entry.payload
        if not payload:
            return _found("entry-unreadable")
        if payload.get("kind") != entry.kind:
            return _found("column-differs", column="kind")
        if payload.get("id") != entry.id:
            return _found("column-differs", column="id")
        dated = payload.get("date")
        if entry.kind in _OF_A_MONTH:
            dated = last_day(payload["month"]).isoformat()
        column = "date" if dated != entry.date else _wrong_row(entry)
        if column is not None:
            return _found("column-differs", column=column)
        if entry.kind == "correction" or entry.corrects is not None:
            return self._corrects(entry)
        return None

    def _corrects(self, entry: Entry) -> Issue | None:
        of = entry.payload.get("of") if entry.kind == "correction" else None
        for column in ("id", "number"):
            sql = f"SELECT sequence FROM document WHERE {column} = ? AND sequence < ?"  # noqa: S608
            found = next(select(self._connection, sql, of, entry.sequence), None)
            if found is not None:
                break
        corrected = found[0] if found is not None else None
        return None if corrected == entry.corrects else _found("column-differs", column="corrects")


def _wrong_row(entry: Entry) -> str | None:
    """The column by which a posting, move or lot departs from its entry, or from its order."""
    day = entry.date
    for line, row in enumerate(entry.postings):
        if row[4] != day or row[5] != line:
            return "date" if row[5] == line else "line"
    for line, row in enumerate(entry.moves):
        if row[5] != line:
            return "line"
    for line, row in enumerate(entry.lots):
        if row[2] != day or row[4] != line:
            return "received" if row[4] == line else "line"
    return None


def balanced(entry: Entry) -> Issue | None:
    """Debit and credit are equal, in whole rupiah."""
    total = sum([row[1] for row in entry.postings])
    if total or type(total) is not int:
        return _found("not-balanced", total=total)
    return None


class Numbers:
    """Vouchers are gapless by prefix and month, and the prefix is that of the effect on cash."""

    def __init__(self) -> None:
        self._cash = set(CASH)
        self._last: dict[str, int] = {}

    def see(self, entry: Entry) -> Issue | None:
        expected = self._next(entry) if entry.kind in _NUMBERED else None
        if entry.kind == "account" and entry.payload.get("cash"):
            self._cash.add(entry.payload["code"])
        elif entry.kind == "account":
            self._cash.discard(entry.payload["code"])
            self._cash.update(CASH)
        if entry.number != expected:
            return _found("number-differs", number=entry.number or "", expected=expected or "")
        return None

    def _next(self, entry: Entry) -> str:
        day = entry.date or ""
        cash = self._cash
        net = sum([row[1] for row in entry.postings if row[0] in cash])
        prefix = "BKM" if net > 0 else "BKK" if net < 0 else "BM"
        stem = f"{prefix}-{day[2:4]}{day[5:7]}"
        self._last[stem] = number = self._last.get(stem, 0) + 1
        return f"{stem}-{number:04d}"


class ClosedMonths:
    """Nothing was recorded in a month after the close of it that holds."""

    def __init__(self) -> None:
        self._closes: list[str] = []

    def see(self, entry: Entry) -> Issue | None:
        if entry.date is None:
            return None
        month, closed = entry.date[:7], self._closes[-1] if self._closes else ""
        if entry.kind == "month_reopen":
            if month != closed:
                return _found("reopened-other", month=month)
            self._closes.pop()
            return None
        if month <= closed and entry.kind not in _OUTSIDE_CLOSES:
            return _found("recorded-after-close", month=month)
        if entry.kind == "month_close":
            self._closes.append(month)
        return None


_ON_CREDIT = {
    "sale": (TRADE_RECEIVABLE, True),
    "consignment_settlement": (SHOP_RECEIVABLE, True),
    "purchase": (PAYABLE, False),
    "asset_acquisition": (PAYABLE, False),
}
"""The account of what is left unpaid on a kind of document, and whether it is debited."""


class Parties:
    """What is owed is owed by or to someone."""

    def __init__(self) -> None:
        self._of_items: set[str] = set()
        """Accounts that items were set up to be sold or costed to: they bear no party."""

    def see(self, entry: Entry) -> Issue | None:
        if entry.kind == "item":
            accounts = (entry.payload.get(key) for key in ("sales_account", "cost_account"))
            self._of_items.update(code for code in accounts if code)
        if entry.kind not in _ON_CREDIT:
            return None
        for account, amount, party, _, _, _, _ in entry.postings:
            owed = (account, amount > 0) == _ON_CREDIT[entry.kind]
            if owed and party is None and account not in self._of_items:
                return _found("party-missing", account=account)
        return None


class Controls:
    """Each entry changes goods, plants and assets by what it posts on their accounts."""

    def __init__(self) -> None:
        self._items: dict[str, str] = {}
        self._assets: dict[str, str] = {}
        self._kept: dict[str, bool] = {}

    def see(self, entry: Entry) -> Issue | None:
        if entry.kind == "item":
            self._items[entry.payload["code"]] = CLASS_ACCOUNTS[entry.payload["class"]]
            return None
        sums: dict[str, int] = {}
        kept = self._kept
        for row in entry.postings:
            account = row[0]
            if account not in kept:
                kept[account] = kept_by_detail(account)
            if kept[account]:
                sums[account] = sums.get(account, 0) + row[1]
        for place, item, lot, _, value, _, _ in entry.moves:
            account = self._account(entry.payload, place, item, lot)
            sign = -1 if account in _CONTRA else 1
            sums[account] = sums.get(account, 0) - sign * value
        for account, difference in sums.items():
            if difference:
                return _found("control-differs", account=account, difference=difference)
        return None

    def _account(self, payload: dict[str, Any], place: str, item: str, lot: str) -> str:
        if lot:
            return self._items[item] if place == STORE else CONSIGNED
        kind, _, code = place.partition(":")
        if kind not in ("asset", "depreciation"):
            return GROWING
        for new in (payload, *payload.get("assets", ())):
            if new.get("code") == code and "life_months" in new:
                self._assets[code] = new["account"]
        return self._assets[code] if kind == "asset" else ACCUMULATED[self._assets[code]]


_CONTRA = frozenset(ACCUMULATED.values())
