"""Which way a list of debts goes: what others owe the group, or what it owes them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from kwt_books.services.intake.values import plain

_AMOUNTS = frozenset(("jumlah", "jml", "nominal", "sisa", "total", "jumlah rp", "rp", "nilai",
                      "saldo", "besarnya", "jumlah uang", "total rp", "amount"))  # fmt: skip
_DEBT = frozenset(("hutang", "utang"))
_LENDERS = frozenset(("kepada", "hutang kepada", "utang kepada", "nama toko", "toko", "pemasok",
                      "supplier", "kreditur"))  # fmt: skip


def with_side(
    columns: Mapping[str, int], headings: Sequence[str], texts: Iterable[str]
) -> dict[str, int]:
    """The columns of a list of debts with its amounts as `owes` or `owed`.

    `texts` are the sheet's name and the titles over it. A list that says both in columns of their
    own, or neither anywhere, stays as it is.
    """
    found = dict(columns)
    if {"owes", "owed"} <= found.keys():
        return found
    words = {word for each in texts for word in plain(each).split()}
    place = found.pop("owes", found.pop("owed", None))
    if place is None:
        free = set(range(len(headings))) - set(found.values())
        place = min((at for at in free if plain(headings[at]) in _AMOUNTS), default=None)
    if place is None:
        return dict(columns)
    over = set(plain(headings[place]).split()) & (_DEBT | {"piutang"})
    if "piutang" in over or (not words & _DEBT and "piutang" in words):
        return {**found, "owes": place}
    if over or words & _DEBT:
        return {**found, "owed": place}
    return dict(columns)


def is_sure(columns: Mapping[str, int], headings: Sequence[str], sheet: str) -> bool:
    """Whether the way the debts go is said, and not only that there are some."""
    sides = {"owes", "owed"} & columns.keys()
    if len(sides) == 2 or "role" in columns:
        return True
    (side,) = sides
    said = f" {plain(headings[columns[side]])} {plain(sheet)} "
    if side == "owes":
        return " piutang " in said or not _DEBT & set(said.split())
    lenders = plain(headings[columns["name"]]) in _LENDERS
    return lenders or " kelompok " in said
