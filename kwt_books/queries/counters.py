"""The account across: what a book names beside each posting (kolom lawan)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from kwt_books.domain.accounts import SURPLUS

Posting = tuple[str, int, str | None, bool]
"""Account, amount, party, closing: a `domain.posting.Posting`, or a row that holds the same."""
MORE = "+"
"""Behind the first account, where there are others across."""


def counter(postings: Sequence[Posting], account: str) -> str:
    """The account across from one that a document is posted to: `4101+`.

    A document falls into parts that balance by themselves, in the order of its postings: a
    payment, and the release of a fund behind it. Within a part a posting belongs to the
    neighbour that undoes it, as a cost does to its stock; else to the first on the other side.
    A month's close brings every account to zero against 3301.
    """
    first, several = "", False
    for part in _parts(postings):
        if account not in [each[0] for each in part]:
            continue
        for name, partner, more in _across(part):
            if name == account:
                first = first or partner
                several = several or more or partner not in ("", first)
    return first + MORE if first and several else first


def _parts(postings: Sequence[Posting]) -> Iterator[Sequence[Posting]]:
    total = start = 0
    for end, (_, amount, _, _) in enumerate(postings, 1):
        total += amount
        if total == 0:
            yield postings[start:end]
            start = end
    if start < len(postings):
        yield postings[start:]


def _across(part: Sequence[Posting]) -> Iterable[tuple[str, str, bool]]:
    """Account, the one across from it, and whether there are more."""
    if len(part) == 2:
        (one, there, _, one_closes), (other, back, _, other_closes) = part
        if there == -back and one != other and not (one_closes or other_closes):
            return [(one, other, False), (other, one, False)]
    return _among(part)


def _among(part: Sequence[Posting]) -> Iterator[tuple[str, str, bool]]:
    partners = _neighbours(part)
    sides: tuple[dict[str, None], dict[str, None]] = ({}, {})
    left: tuple[dict[str, None], dict[str, None]] = ({}, {})
    for (account, amount, _, _), partner in zip(part, partners, strict=True):
        sides[amount > 0][account] = None
        if not partner:
            left[amount > 0][account] = None
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
        if waiting and part[waiting[-1]][1] == -amount:
            before = waiting.pop()
            if account != (across := part[before][0]):
                partners[before], partners[place] = account, across
        else:
            waiting.append(place)
    return partners
