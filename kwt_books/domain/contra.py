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
_NONE = ("", False)


def contras(postings: Sequence[PostingRow]) -> list[str]:
    """For each posting of a document what stands across from its account: `1101`, `4101+`.

    All postings of an account have the same; it is empty where nothing stands across.
    """
    if len(postings) == 2 and _undo_each_other(*postings):
        return [postings[1][0], postings[0][0]]
    sides = _one_against_others(postings)
    if sides is not None:  # all of it is one part
        one, first, several = sides
        others = first + MORE if several else first
        return [others if posting[0] == one else one for posting in postings]
    parts = list(_parts(postings))
    found: dict[str, _Across] = {}
    for part in parts:
        _add(found, _across(part) if len(parts) > 1 else _among(part))
    return [
        partner + MORE if more else partner for partner, more in (found[p[0]] for p in postings)
    ]


def _add(found: dict[str, _Across], across: Iterable[tuple[str, _Across]]) -> None:
    """Takes in what stands across from accounts; the first of several is named."""
    for account, (partner, more) in across:
        first, several = found.get(account, _NONE)
        if not partner:
            found[account] = (first, several)
        elif not first:
            found[account] = (partner, more)
        else:
            found[account] = (first, several or more or partner != first)


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


def _one_against_others(part: Sequence[PostingRow]) -> tuple[str, str, bool] | None:
    """Where one posting stands against one or many, as in most documents: its account, the first
    of theirs, and whether there are others.
    """
    debits = [posting[0] for posting in part if posting[1] > 0]
    credits_ = [posting[0] for posting in part if posting[1] <= 0]
    one, others = (debits, credits_) if len(debits) == 1 else (credits_, debits)
    if len(one) != 1 or not others or one[0] in others or part[0][3]:
        return None
    return one[0], others[0], others.count(others[0]) < len(others)


def _across(part: Sequence[PostingRow]) -> list[tuple[str, _Across]]:
    """For the accounts of a part, or for each of its postings, what stands across."""
    sides = _one_against_others(part)
    if sides is None:
        return _among(part)
    one, first, several = sides
    only = (one, False)
    return [
        (posting[0], only) if posting[0] != one else (one, (first, several)) for posting in part
    ]


def _among(part: Sequence[PostingRow]) -> list[tuple[str, _Across]]:
    """Of many against many: each beside the neighbour that undoes it, the others beside those of
    the other side that are left.
    """
    neighbours = _neighbours(part)
    sides: dict[bool, dict[str, None]] = {True: {}, False: {}}
    loose: dict[bool, list[str]] = {True: [], False: []}
    for posting, near in zip(part, neighbours, strict=True):
        account, debit = posting[0], posting[1] > 0
        sides[debit][account] = None
        if not near:
            loose[debit].append(account)
    found = []
    for posting, partner in zip(part, neighbours, strict=True):
        account, credit = posting[0], posting[1] <= 0
        if posting[3] and account != SURPLUS:
            found.append((account, (SURPLUS, False)))
            continue
        opposite = sides[credit]
        if not partner:
            partner = next((each for each in (*loose[credit], *opposite) if each != account), "")
        more = len(opposite) - (account in opposite) - (partner in opposite)
        found.append((account, (partner, more > 0)))
    return found


def _neighbours(part: Sequence[PostingRow]) -> list[str]:
    """For each posting the account of the next one with the opposite amount; else nothing."""
    partners = [""] * len(part)
    waiting: list[tuple[int, str, int]] = []
    last = 0
    for place, posting in enumerate(part):
        account, amount = posting[0], posting[1]
        if last == -amount:
            before, across, _ = waiting.pop()
            last = waiting[-1][2] if waiting else 0
            if account != across:
                partners[before], partners[place] = account, across
        else:
            waiting.append((place, account, amount))
            last = amount
    return partners
