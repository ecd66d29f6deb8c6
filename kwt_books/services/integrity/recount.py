"""The sums of a book counted anew from its entries, to compare with those kept beside them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from sqlalchemy import Connection

from kwt_books.domain.chain import canonical
from kwt_books.domain.documents.base import Setup
from kwt_books.domain.documents.registry import COMMANDS, encode_command
from kwt_books.domain.documents.setup import AccountSetup
from kwt_books.domain.errors import Issue
from kwt_books.services.integrity.entries import Entry
from kwt_books.services.integrity.rows import select

_SETUP = {each.kind: each.keyed_by for each in COMMANDS if issubclass(each, Setup)}

Key = tuple[Any, ...]


class Kept(NamedTuple):
    """A kept table: what selects it, what its keys are called, what was counted.

    A key without a name tells people nothing. `differs` is the code of what is said of a row
    that is wrong.
    """

    check: str
    differs: str
    sql: str
    keys: tuple[str, ...]
    counted: dict[Key, Any]


_TABLES: tuple[tuple[str, str, str, tuple[str, ...]], ...] = (
    (
        "kept-balances",
        "kept-balance-differs",
        "SELECT account, month, closing, debit, credit FROM balance",
        ("account", "month", ""),
    ),
    (
        "kept-layers",
        "kept-layer-differs",
        "SELECT item, place, lot, quantity, value FROM layer",
        ("item", "place", "lot"),
    ),
    (
        "kept-plants",
        "kept-plant-differs",
        "SELECT place, opened, item, since, quantity, value, ended FROM growing",
        ("place", ""),
    ),
    (
        "kept-assets",
        "kept-asset-differs",
        "SELECT code, opened, name, account, cost, accumulated, acquired, life_months, ended"
        " FROM asset",
        ("code", ""),
    ),
    (
        "kept-numbers",
        "kept-number-differs",
        "SELECT prefix, month, last FROM voucher",
        ("prefix", "month"),
    ),
    (
        "kept-setup",
        "kept-setup-differs",
        "SELECT kind, code, payload FROM setup",
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
        self._vouchers: dict[Key, list[int]] = {}
        self._setup: dict[Key, list[str]] = {
            ("account", each.code): [canonical(encode_command(each))] for each in chart
        }

    def see(self, entry: Entry) -> Issue | None:
        """Counts an entry in. Raises where it makes no sense at all."""
        if entry.kind in _SETUP:
            code = entry.payload.get(_SETUP[entry.kind], "")
            self._setup[(entry.kind, code)] = [entry.text]
            return None
        if entry.number is not None and entry.date is not None:
            prefix, _, number = entry.number.rpartition("-")
            self._vouchers[(prefix.partition("-")[0], entry.date[:7])] = [int(number)]
        self._post(entry)
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
            self._vouchers,
            self._setup,
        )
        return tuple(Kept(*table, each) for table, each in zip(_TABLES, counted, strict=True))

    def _post(self, entry: Entry) -> None:
        month = (entry.date or "")[:7]
        for account, amount, _, closing, _, _, _ in entry.postings:
            key = (account, month, closing)
            sums = self._balances.get(key)
            if sums is None:
                sums = self._balances[key] = [0, 0]
            if amount > 0:
                sums[0] += amount
            else:
                sums[1] -= amount

    def _move(self, entry: Entry) -> Issue | None:
        touched = set()
        for place, item, lot, quantity, value, _, _ in entry.moves:
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
    for row in select(connection, kept.sql):
        key = row[: len(kept.keys)]
        if left.pop(key, None) != list(row[len(kept.keys) :]):
            break
    else:
        if not left:
            return None
        key = min(left, key=str)
    named = zip(kept.keys, key, strict=True)
    return Issue("", kept.differs, {name: str(value) for name, value in named if name})
