"""The account across: what a book names beside each posting (kolom lawan)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kwt_books.domain.accounts import SURPLUS
from kwt_books.domain.posting import Posting

MORE = "+"
"""Behind the first account, where there are others across."""


def counters(postings: Sequence[Posting]) -> dict[str, str]:
    """Each account of one document with the account across from it: `4101+`.

    A document falls into parts that balance by themselves, in the order of its postings: a
    payment, and the release of a fund behind it. Within a part a posting belongs to the
    neighbour that undoes it, as a cost does to its stock; else to the first on the other side.
    A month's close brings every account to zero against 3301.
    """
    found: dict[str, str] = {}
    several: set[str] = set()
    for part in _parts(postings):
        for account, partner, more in _across(part):
            first = found[account] = found.get(account) or partner
            if more or (partner and first != partner):
                several.add(account)
    return {
        account: first + MORE if first and account in several else first
        for account, first in found.items()
    }


def _parts(postings: Sequence[Posting]) -> Iterator[Sequence[Posting]]:
    total = start = 0
    for end, posting in enumerate(postings, 1):
        total += posting.amount
        if total == 0:
            yield postings[start:end]
            start = end
    if start < len(postings):
        yield postings[start:]


def _across(part: Sequence[Posting]) -> Iterator[tuple[str, str, bool]]:
    """Account, the one across from it, and whether there are more."""
    partners = _neighbours(part)
    sides: tuple[dict[str, None], dict[str, None]] = ({}, {})
    left: tuple[dict[str, None], dict[str, None]] = ({}, {})
    for posting, partner in zip(part, partners, strict=True):
        sides[posting.amount > 0][posting.account] = None
        if not partner:
            left[posting.amount > 0][posting.account] = None
    for (account, amount, _, closing), partner in zip(part, partners, strict=True):
        if closing and account != SURPLUS:
            yield account, SURPLUS, False
            continue
        opposite = sides[amount < 0]
        if not partner:
            choice = (*left[amount < 0], *opposite)
            partner = next((each for each in choice if each != account), "")
        more = len(opposite) - (account in opposite) - (partner in opposite)
        yield account, partner, more > 0


def _neighbours(part: Sequence[Posting]) -> list[str]:
    """For each posting the account of the one beside it that undoes it; else nothing."""
    partners = [""] * len(part)
    waiting: list[int] = []
    for place, (account, amount, _, _) in enumerate(part):
        if waiting and part[waiting[-1]].amount == -amount:
            before = waiting.pop()
            if account != part[before].account:
                partners[before], partners[place] = account, part[before].account
        else:
            waiting.append(place)
    return partners
