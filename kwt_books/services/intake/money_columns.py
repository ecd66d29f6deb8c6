"""Cash books with a column for each purpose, as exercise books are ruled: Penjualan, Bahan,
Transport; or with a pair of columns for each, and for the bank beside the cash box.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from kwt_books.domain.accounts import BANK
from kwt_books.i18n.formats import ParseError
from kwt_books.services.intake import values
from kwt_books.services.intake.purposes import usual_side
from kwt_books.services.intake.sheet import Row, Value


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_CAME = _words("masuk pemasukan pemasukkan penerimaan terima debet debit in db d m received")
_WENT = _words("keluar pengeluaran kredit credit out cr k paid")
_FILLING = _words("uang kas dana rp jumlah total jml nilai nominal dan tunai")
_SUMS = _words("jumlah total jml")
_AT_BANK = _words("bank rekening bri")
_NO_MONEY = _words(
    "qty banyak banyaknya volume vol satuan harga unit kg berat ikat bungkus no nomor saldo sisa "
    "balance hp telp telepon ket keterangan paraf ttd tanggal tgl bulan minggu nilai"
)
_TO_BANK = _words("setor setoran simpan tabung")
_FROM_BANK = _words("ambil tarik penarikan pengambilan")
_LEAST = 2
"""Columns for a purpose; a single one may be anything."""


class MoneyColumn(NamedTuple):
    """What the amounts of a column are: money that came in or went out, and what for."""

    came_in: bool
    words: str = ""
    """What its heading says of it; it tells the purpose where no account is chosen."""
    account: str = ""
    """The account that was chosen; empty where words tell it."""
    cash: str = ""
    """The cash account that the money is on; empty where it is the sheet's."""

    def __str__(self) -> str:
        """`in:4101`; it ends with the colon where words tell the purpose."""
        return f"{'in' if self.came_in else 'out'}:{self.account}"

    @classmethod
    def of(cls, text: str, like: MoneyColumn | None = None) -> MoneyColumn | None:
        """The column that `in:4101` says, its other sides as `like` has them; None for others."""
        side, sign, account = text.partition(":")
        if not sign or side not in ("in", "out"):
            return None
        base = like if like is not None else cls(True)
        return base._replace(came_in=side == "in", account=account)


@dataclass(frozen=True, slots=True)
class _Heading:
    """What a heading says, with the one that spans it."""

    side: bool | None
    cash: str
    words: str
    sums: bool

    @classmethod
    def of(cls, group: str, heading: str) -> _Heading:
        upper, lower = values.plain(group).split(), values.plain(heading).split()
        side = next((found for part in (lower, upper) if (found := _side(part)) is not None), None)
        both = [*upper, *lower]
        if _AT_BANK & set(both) and (_TO_BANK | _FROM_BANK) & set(both):
            return cls(bool(_FROM_BANK & set(both)), "", " ".join(both), False)
        known = _CAME | _WENT | _FILLING | _AT_BANK
        words = " ".join(dict.fromkeys(each for each in both if each not in known))
        cash = BANK if _AT_BANK & set(both) else ""
        return cls(side, cash, words, bool(_SUMS & set(lower)))

    @property
    def is_money(self) -> bool:
        return not _NO_MONEY & set(self.words.split())


def side_said(text: str) -> bool | None:
    """Whether money came in or went out, as a heading says it; None where it says neither."""
    return _side(values.plain(text).split())


def _side(words: Sequence[str]) -> bool | None:
    return True if _CAME & set(words) else False if _WENT & set(words) else None


def find(
    columns: Mapping[str, int],
    headings: Sequence[str],
    groups: Sequence[str],
    below: Sequence[Row],
) -> tuple[dict[str, int], dict[int, MoneyColumn]]:
    """The columns for a purpose, by place, and the other columns without them.

    `groups`: the headings that span several columns, for each of them. Where there are sums of
    what came in and went out too, they stay `in` and `out`.
    """
    roles = {spot: name for name, spot in columns.items()}
    said = {
        spot: _Heading.of(groups[spot], heading)
        for spot, heading in enumerate(headings)
        if (heading or groups[spot]) and roles.get(spot) in (None, "in", "out", "amount")
    }
    free = {spot: each for spot, each in said.items() if spot not in roles}
    found = _purposes(free, below)
    kept = dict(columns)
    banked = _at_bank(free, below)
    for spot, each in free.items():
        if each.side is not None and not each.words and not each.cash and _filled(below, spot):
            kept.setdefault("in" if each.side else "out", spot)
    if len(found) < _LEAST:
        return kept, banked
    for spot, each in said.items():
        if (name := roles.get(spot)) is None:
            continue
        if each.words and _holds_money(below, spot):
            found |= _purposes({spot: each}, below, side=name != "out")
            del kept[name]
        elif name == "amount":
            del kept[name]
            if each.side is not None:  # the sum of one side stands under its heading
                kept["in" if each.side else "out"] = spot
    found = _by_balance(kept, _with_those_between(found, free, below), below)
    return kept, dict(sorted({**found, **banked}.items()))


def _purposes(
    said: Mapping[int, _Heading], below: Sequence[Row], side: bool = True
) -> dict[int, MoneyColumn]:
    found: dict[int, MoneyColumn] = {}
    for spot, each in said.items():
        if not each.words or not each.is_money or not _holds_money(below, spot, least=3):
            continue
        known = each.side if each.side is not None else usual_side(each.words, side)
        if known is not None:
            side = known
            found[spot] = MoneyColumn(known, each.words, cash=each.cash)
    return found


def _with_those_between(
    found: Mapping[int, MoneyColumn], said: Mapping[int, _Heading], below: Sequence[Row]
) -> dict[int, MoneyColumn]:
    """With the columns between them whose headings say nothing that is known."""
    every, side = dict(found), True
    for spot in range(min(found), max(found)):
        if spot in found:
            side = found[spot].came_in
        elif (
            (each := said.get(spot)) is not None
            and (each.is_money and not each.sums)
            and _filled(below, spot)
        ):
            every[spot] = MoneyColumn(side, each.words, cash=each.cash)
    return every


def _at_bank(said: Mapping[int, _Heading], below: Sequence[Row]) -> dict[int, MoneyColumn]:
    """What came in and went out of the bank, beside the cash box's columns."""
    return {
        spot: MoneyColumn(each.side, cash=each.cash)
        for spot, each in said.items()
        if each.cash and each.side is not None and not each.words and _holds_money(below, spot)
    }


def _filled(rows: Sequence[Row], spot: int) -> bool:
    return any(row.at(spot) is not None for row in rows) and _holds_money(rows, spot)


def _holds_money(rows: Sequence[Row], spot: int, least: int = 7) -> bool:
    """Whether `least` of ten cells are amounts; fewer will do where the heading is known."""
    cells = [each for row in rows if (each := row.at(spot)) is not None]
    return sum(map(_is_money, cells)) * 10 >= len(cells) * least


def _is_money(value: Value) -> bool:
    try:
        values.money(value)
    except ParseError:
        return False
    return True


def _by_balance(
    columns: Mapping[str, int], found: Mapping[int, MoneyColumn], rows: Sequence[Row]
) -> dict[int, MoneyColumn]:
    """The sides as the balance beside them tells: it rises by what came in."""
    place = columns.get("balance")
    if place is None:
        return dict(found)
    votes = dict.fromkeys(found, 0)
    before: int | None = None
    for row in rows:
        try:
            now = values.money(row.at(place))
            amounts = {spot: values.money(row.at(spot)) for spot in found}
        except ParseError:
            continue
        filled = [spot for spot, amount in amounts.items() if amount]
        if now is None:
            continue
        if before is not None and len(filled) == 1:
            amount = amounts[filled[0]] or 0
            votes[filled[0]] += (now - before == amount) - (before - now == amount)
        before = now
    return {
        spot: each._replace(came_in=votes[spot] > 0) if votes[spot] else each
        for spot, each in found.items()
    }
