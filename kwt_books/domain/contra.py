"""The contra account of each posting: what a book names across from it (kolom lawan).

A document falls into parts that balance by themselves, in the order of its postings: a payment,
and the release of a fund behind it. Within a part a posting belongs to the neighbour that undoes
it, as a cost does to its stock; else to the first on the other side. A month's close brings every
account to zero against 3301.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from kwt_books.domain.accounts import SURPLUS

PostingRow = Sequence[Any]
"""Account, amount, party, closing: a `domain.posting.Posting`, or a row that begins like one."""
MORE = "+"
"""Follows the first contra account where there are others."""
_Across = tuple[str, bool]
"""A contra account, and whether there are more."""


def contras(postings: Sequence[PostingRow]) -> list[str]:
    """For each posting of a document what stands across from its account: `1101`, `4101+`.

    All postings of an account have the same; it is empty where nothing stands across.
    """
    if len(postings) == 2 and _undo_each_other(*postings):
        return [postings[1][0], postings[0][0]]
    first: dict[str, str] = {}
    several: set[str] = set()
    for part in _parts(postings):
        for posting, (partner, more) in zip(part, _across(part), strict=True):
            account = posting[0]
            known = first.get(account) or partner
            first[account] = known
            if more or partner not in ("", known):
                several.add(account)
    found = {
        account: partner + MORE if partner and account in several else partner
        for account, partner in first.items()
    }
    return [found[posting[0]] for posting in postings]


def _undo_each_other(one: PostingRow, other: PostingRow) -> bool:
    return bool(one[1] == -other[1] and one[0] != other[0] and not (one[3] or other[3]))


def _parts(postings: Sequence[PostingRow]) -> Iterator[Sequence[PostingRow]]:
    total = start = 0
    for end, posting in enumerate(postings, 1):
        total += posting[1]
        if total == 0:
            yield postings[start:end]
            start = end
    if start < len(postings):
        yield postings[start:]


def _across(part: Sequence[PostingRow]) -> Iterable[_Across]:
    """For each posting of a part its contra account."""
    if len(part) == 2 and _undo_each_other(*part):
        return (part[1][0], False), (part[0][0], False)
    neighbours = _neighbours(part)
    sides: tuple[list[str], list[str]] = ([], [])
    loose: tuple[list[str], list[str]] = ([], [])
    for (account, amount, *_), neighbour in zip(part, neighbours, strict=True):
        sides[amount > 0].append(account)
        if not neighbour:
            loose[amount > 0].append(account)
    accounts = tuple(dict.fromkeys(side) for side in sides)
    return [
        _one(posting, neighbour, loose[posting[1] <= 0], accounts[posting[1] <= 0])
        for posting, neighbour in zip(part, neighbours, strict=True)
    ]


def _one(
    posting: PostingRow, neighbour: str, loose: Sequence[str], opposite: dict[str, None]
) -> _Across:
    account = posting[0]
    if posting[3] and account != SURPLUS:
        return SURPLUS, False
    partner = neighbour or next((each for each in (*loose, *opposite) if each != account), "")
    return partner, len(opposite) - (account in opposite) - (partner in opposite) > 0


def _neighbours(part: Sequence[PostingRow]) -> list[str]:
    """For each posting the account of the next one with the opposite amount; else nothing."""
    partners = [""] * len(part)
    waiting: list[int] = []
    for place, posting in enumerate(part):
        if waiting and part[waiting[-1]][1] == -posting[1]:
            before = waiting.pop()
            account, across = posting[0], part[before][0]
            if account != across:
                partners[before], partners[place] = account, across
        else:
            waiting.append(place)
    return partners
