"""Checks of each entry in turn, and the recount of what is kept beside the chain.

A check ends with its first bad entry.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, bindparam, select

from kwt_books.domain.accounts import (
    ACCUMULATED,
    CASH,
    CLASS_ACCOUNTS,
    CONSIGNED,
    GROWING,
    PROGRAMME_MONEY,
    SAVED,
    kept_by_detail,
)
from kwt_books.domain.chain import GENESIS, canonical
from kwt_books.domain.contra import contras
from kwt_books.domain.documents.base import Document, Setup
from kwt_books.domain.documents.money import dues_of
from kwt_books.domain.documents.registry import command_classes, encode_command
from kwt_books.domain.documents.setup import AccountSetup
from kwt_books.domain.errors import Issue
from kwt_books.domain.kinds import KINDS
from kwt_books.domain.posting import PROGRAMME, STORE
from kwt_books.domain.values import last_day, month_of_text
from kwt_books.services.integrity.entries import Entry
from kwt_books.store.reads import raw_rows, streamed_rows
from kwt_books.store.seal import seal
from kwt_books.store.tables import (
    asset,
    balance,
    document,
    dues,
    growing,
    layer,
    programme,
    saving,
    setup,
    voucher,
)

See = Callable[[Entry], Issue | None]
"""A check of the next entry: what is wrong with it, or None."""

_BEFORE = [
    select(document.c.sequence).where(
        column == bindparam("name"), document.c.sequence < bindparam("sequence")
    )
    for column in (document.c.id, document.c.number)
]
"""An earlier entry by its id, or by its voucher number."""


def _found(code: str, **params: object) -> Issue:
    return Issue("", code, params)


class Chain:
    """Every entry has its seal and its link to the one before; none is missing."""

    def __init__(self) -> None:
        self._last, self._head = 0, GENESIS

    def see(self, entry: Entry) -> Issue | None:
        """A missing entry, a broken link or a broken seal; None where all is well."""
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
    """The columns of an entry say what its sealed text says."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._of_month = {kind.name for kind in KINDS.values() if kind.of_month}

    def see(self, entry: Entry) -> Issue | None:
        """The first column that differs; None where all is well."""
        payload = entry.payload
        if not payload:
            return _found("entry-unreadable")
        if payload.get("kind") != entry.kind:
            return _found("column-differs", column="kind")
        if payload.get("id") != entry.id:
            return _found("column-differs", column="id")
        dated = payload.get("date")
        if entry.kind in self._of_month:
            dated = last_day(payload["month"]).isoformat()
        column = "date" if dated != entry.date else _wrong_row(entry)
        if column is not None:
            return _found("column-differs", column=column)
        if entry.kind == "correction" or entry.corrects is not None:
            return self._corrects(entry)
        return None

    def _corrects(self, entry: Entry) -> Issue | None:
        of = entry.payload.get("of") if entry.kind == "correction" else None
        for named in _BEFORE:
            found = next(raw_rows(self._connection, named, of, entry.sequence), None)
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
        if row[6] != day or row[5] != line:
            return "date" if row[5] == line else "line"
    for line, row in enumerate(entry.lots):
        if row[2] != day or row[4] != line:
            return "received" if row[4] == line else "line"
    kept = [row[6] for row in entry.postings]
    return None if kept == contras(entry.postings) else "contra"


def balanced(entry: Entry) -> Issue | None:
    """An entry whose debits and credits differ, in rupiah; None where all is well."""
    total = sum([row[1] for row in entry.postings])
    if total or type(total) is not int:
        return _found("not-balanced", total=total)
    return None


class Numbers:
    """Vouchers are gapless by prefix and month, and the prefix is that of the effect on cash."""

    def __init__(self) -> None:
        self._cash = set(CASH)
        self._last: dict[str, int] = {}
        documents = (each for each in command_classes() if issubclass(each, Document))
        self._numbered = {each.kind for each in documents if each.numbered}

    def see(self, entry: Entry) -> Issue | None:
        """A number that differs from the expected one; None where all is well."""
        expected = self._next(entry) if entry.kind in self._numbered else None
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
    """Nothing is recorded in a month while it is closed."""

    def __init__(self) -> None:
        self._closes: list[str] = []
        self._outside = {kind.name for kind in KINDS.values() if kind.in_closed_months}

    def see(self, entry: Entry) -> Issue | None:
        """An entry after the close of its month; None where all is well."""
        if entry.date is None:
            return None
        month, closed = month_of_text(entry.date), self._closes[-1] if self._closes else ""
        if entry.kind == "month_reopen":
            if month != closed:
                return _found("reopened-other", month=month)
            self._closes.pop()
            return None
        if month <= closed and entry.kind not in self._outside:
            return _found("recorded-after-close", month=month)
        if entry.kind == "month_close":
            self._closes.append(month)
        return None


class Parties:
    """Postings of what is owed name who owes it or is owed."""

    def __init__(self) -> None:
        self._of_items: set[str] = set()
        """Accounts that items were set up to be sold or costed to: they bear no party."""
        self._on_credit = {kind.name: kind.on_credit for kind in KINDS.values() if kind.on_credit}

    def see(self, entry: Entry) -> Issue | None:
        """A posting that names nobody; None where all is well."""
        if entry.kind == "item":
            accounts = (entry.payload.get(key) for key in ("sales_account", "cost_account"))
            self._of_items.update(code for code in accounts if code)
        if entry.kind not in self._on_credit:
            return None
        for account, amount, party, *_ in entry.postings:
            owed = (account, amount > 0) == self._on_credit[entry.kind]
            if owed and party is None and account not in self._of_items:
                return _found("party-missing", account=account)
        return None


class Controls:
    """Each entry's moves of goods, plants and assets come to its postings on their accounts.

    Moves of programmes likewise, where it names them.
    """

    def __init__(self) -> None:
        self._items: dict[str, str] = {}
        self._assets: dict[str, str] = {}
        self._kept: dict[str, bool] = {}

    def see(self, entry: Entry) -> Issue | None:
        """An account on which moves and postings differ; None where all is well."""
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
        on_programmes = 0
        for place, item, lot, _, value, _, _, _ in entry.moves:
            sign = 1
            if lot:
                account = self._items[item] if place == STORE else CONSIGNED
            elif place.startswith(PROGRAMME):
                on_programmes += 1
                account, sign = PROGRAMME_MONEY, -1
            else:
                account = self._account(entry.payload, place)
                sign = -1 if account in _CONTRA else 1
            sums[account] = sums.get(account, 0) - sign * value
        if on_programmes:
            of_them = sum(row[1] for row in entry.postings if row[0] == PROGRAMME_MONEY)
            sums[PROGRAMME_MONEY] += of_them
        for account, difference in sums.items():
            if difference:
                return _found("control-differs", account=account, difference=difference)
        return None

    def _account(self, payload: dict[str, Any], place: str) -> str:
        kind, _, code = place.partition(":")
        if kind not in ("asset", "depreciation"):
            return GROWING
        for new in (payload, *payload.get("assets", ())):
            if new.get("code") == code and "life_months" in new:
                self._assets[code] = new["account"]
        return self._assets[code] if kind == "asset" else ACCUMULATED[self._assets[code]]


_CONTRA = frozenset(ACCUMULATED.values())


# -- The sums of a book counted anew from its entries, to compare with those kept beside them ----


Key = tuple[Any, ...]


class Kept(NamedTuple):
    """A kept table: what selects it, what its keys are called, what was counted.

    A key without a name tells people nothing. `differs` is the code of what is said of a row
    that is wrong.
    """

    check: str
    differs: str
    rows: Select[Any]
    keys: tuple[str, ...]
    counted: dict[Key, Any]


_TABLES: tuple[tuple[str, str, Select[Any], tuple[str, ...]], ...] = (
    (
        "kept-balances",
        "kept-balance-differs",
        select(
            balance.c.account, balance.c.month, balance.c.closing, balance.c.debit, balance.c.credit
        ),
        ("account", "month", ""),
    ),
    (
        "kept-layers",
        "kept-layer-differs",
        select(layer.c.item, layer.c.place, layer.c.lot, layer.c.quantity, layer.c.value),
        ("item", "place", "lot"),
    ),
    (
        "kept-plants",
        "kept-plant-differs",
        select(
            growing.c.place,
            growing.c.opened,
            growing.c.item,
            growing.c.since,
            growing.c.quantity,
            growing.c.value,
            growing.c.ended,
        ),
        ("place", ""),
    ),
    (
        "kept-assets",
        "kept-asset-differs",
        select(
            asset.c.code,
            asset.c.opened,
            asset.c.name,
            asset.c.account,
            asset.c.cost,
            asset.c.accumulated,
            asset.c.acquired,
            asset.c.life_months,
            asset.c.ended,
        ),
        ("code", ""),
    ),
    (
        "kept-programmes",
        "kept-programme-differs",
        select(programme.c.code, programme.c.remains),
        ("programme",),
    ),
    (
        "kept-savings",
        "kept-saving-differs",
        select(saving.c.account, saving.c.party, saving.c.saved),
        ("account", "party"),
    ),
    (
        "kept-dues",
        "kept-dues-differ",
        select(dues.c.account, dues.c.party, dues.c.month, dues.c.document),
        ("account", "party", "month"),
    ),
    (
        "kept-numbers",
        "kept-number-differs",
        select(voucher.c.prefix, voucher.c.month, voucher.c.last),
        ("prefix", "month"),
    ),
    (
        "kept-setup",
        "kept-setup-differs",
        select(setup.c.kind, setup.c.code, setup.c.payload),
        ("kind", "code"),
    ),
)


class Recount:
    """Everything that is kept, by the keys of its table."""

    def __init__(self, chart: Iterable[AccountSetup]) -> None:
        self._balances: dict[Key, list[int]] = {}
        self._layers: dict[Key, list[int]] = {}
        self._plants: dict[str, list[_Row]] = {}
        self._assets: dict[str, list[_Row]] = {}
        self._programmes: dict[Key, list[int]] = {}
        self._savings: dict[Key, list[int]] = {}
        self._dues: dict[Key, list[int]] = {}
        self._dues_by: dict[int, list[Key]] = {}
        """What each document of dues paid."""
        self._vouchers: dict[Key, list[int]] = {}
        self._keyed_by = {
            each.kind: each.keyed_by for each in command_classes() if issubclass(each, Setup)
        }
        self._setup: dict[Key, list[str]] = {
            ("account", each.code): [canonical(encode_command(each))] for each in chart
        }

    def see(self, entry: Entry) -> Issue | None:
        """Counts an entry in. Raises where it makes no sense at all."""
        if entry.kind in self._keyed_by:
            code = str(entry.payload.get(self._keyed_by[entry.kind], ""))
            self._setup[(entry.kind, code)] = [entry.text]
            return None
        if entry.number is not None and entry.date is not None:
            prefix, _, number = entry.number.rpartition("-")
            self._vouchers[(prefix.partition("-")[0], month_of_text(entry.date))] = [int(number)]
        self._post(entry)
        self._pay_dues(entry)
        if entry.moves:
            return self._move(entry)
        return None

    def kept(self) -> tuple[Kept, ...]:
        """What the tables of kept sums must hold."""
        counted: tuple[dict[Key, Any], ...] = (
            self._balances,
            self._layers,
            _rows(self._plants),
            _rows(self._assets),
            self._programmes,
            self._savings,
            self._dues,
            self._vouchers,
            self._setup,
        )
        return tuple(Kept(*table, each) for table, each in zip(_TABLES, counted, strict=True))

    def _post(self, entry: Entry) -> None:
        month = month_of_text(entry.date or "")
        for account, amount, party, closing, _, _, _, _ in entry.postings:
            if party is not None and account in SAVED:
                saved = self._savings.setdefault((account, party), [0])
                saved[0] -= amount
            key = (account, month, closing)
            sums = self._balances.get(key)
            if sums is None:
                sums = self._balances[key] = [0, 0]
            if amount > 0:
                sums[0] += amount
            else:
                sums[1] -= amount

    def _pay_dues(self, entry: Entry) -> None:
        if entry.kind == "dues":
            paid = self._dues_by[entry.sequence] = list(dues_of(entry.payload))
            self._dues.update({due: [entry.sequence] for due in paid})
        elif entry.corrects is not None:
            for due in self._dues_by.pop(entry.corrects, ()):
                del self._dues[due]

    def _move(self, entry: Entry) -> Issue | None:
        touched = set()
        for place, item, lot, quantity, value, _, _, _ in entry.moves:
            if lot:
                key = (item, place, lot)
                layer = self._layers.get(key)
                if layer is None:
                    layer = self._layers[key] = [0, 0]
                layer[0] += quantity
                layer[1] += value
                touched.add(key)
            else:
                kind, _, code = place.partition(":")
                if kind == "asset":
                    self._asset(entry, code, quantity, value)
                elif kind == "depreciation":
                    self._write_off(entry, code, value)
                elif kind == "programme":
                    self._programmes.setdefault((code,), [0])[0] += value
                else:
                    self._grow(entry, place, item, quantity, value)
        return self._settle(touched)

    def _settle(self, touched: set[Key]) -> Issue | None:
        """No layer is left with less than nothing, or with value and no quantity."""
        for key in touched:
            quantity, value = self._layers[key]
            if quantity < 0 or value < 0 or (value and not quantity):
                item, place, lot = key
                return Issue("", "less-than-nothing", {"item": item, "place": place, "lot": lot})
            if not quantity:
                del self._layers[key]
        return None

    # -- plants and assets ----------------------------------------------------------------

    def _grow(self, entry: Entry, place: str, item: str, quantity: int, value: int) -> None:
        rows = self._plants.setdefault(place, [])
        there = _moved(rows, entry)
        if there is None:
            there = _Row(entry.sequence, [item, entry.date, 0, 0, None])
            rows.append(there)
        there.values[2] += quantity
        there.values[3] += value
        if entry.kind == "planting_end":
            there.values[-1] = entry.sequence
        elif entry.corrects is not None and there.opened == entry.corrects:
            rows.remove(there)
        elif entry.corrects is not None and there.values[-1] == entry.corrects:
            there.values[-1] = None

    def _asset(self, entry: Entry, code: str, quantity: int, value: int) -> None:
        rows = self._assets.setdefault(code, [])
        there = _moved(rows, entry)
        if there is None:
            new = _named(entry.payload, code)
            acquired, life = new.get("acquired", entry.date), new["life_months"]
            values = [new["name"], new["account"], value, 0, acquired, life, None]
            rows.append(_Row(entry.sequence, values))
        elif entry.kind == "asset_disposal":
            there.values[-1] = entry.sequence
        elif quantity > 0:
            there.values[-1] = None
        else:
            rows.remove(there)

    def _write_off(self, entry: Entry, code: str, value: int) -> None:
        """What was written off stays beside an asset disposed of, and comes back with it."""
        place = f"asset:{code}"
        came_back = entry.corrects is not None and any(move[0] == place for move in entry.moves)
        if entry.kind != "asset_disposal" and not came_back:
            there = _moved(self._assets[code], entry)
            if there is None:
                raise LookupError(code)
            there.values[3] += value


class _Row:
    """A batch, bed or asset: the entry that made it, its kept columns, which end with `ended`."""

    def __init__(self, opened: int, values: list[Any]) -> None:
        self.opened = opened
        self.values = values


def _moved(rows: list[_Row], entry: Entry) -> _Row | None:
    """Of those that bore one name in turn, the living one, or the one to be brought back."""
    ended = [row for row in rows if row.values[-1] == entry.corrects] if entry.corrects else []
    living = [row for row in rows if row.values[-1] is None]
    return next(iter(ended or living), None)


def _named(payload: dict[str, Any], code: str) -> dict[str, Any]:
    found: dict[str, Any] = next(
        each for each in (payload, *payload.get("assets", ())) if each.get("code") == code
    )
    return found


def _rows(named: dict[str, list[_Row]]) -> dict[Key, list[Any]]:
    return {(name, row.opened): row.values for name, rows in named.items() for row in rows}


def first_difference(connection: Connection, kept: Kept) -> Issue | None:
    """The first row that is kept otherwise than counted, or on one side alone."""
    left = dict(kept.counted)
    for row in streamed_rows(connection, kept.rows):
        key = row[: len(kept.keys)]
        if left.pop(key, None) != list(row[len(kept.keys) :]):
            break
    else:
        if not left:
            return None
        key = min(left, key=str)
    named = zip(kept.keys, key, strict=True)
    return Issue("", kept.differs, {name: str(value) for name, value in named if name})
