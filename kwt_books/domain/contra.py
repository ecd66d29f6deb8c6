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
    found: dict[str, _Across] = {}
    for part in _parts(postings):
        _add(found, _across(part))
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


def _across(part: Sequence[PostingRow]) -> list[tuple[str, _Across]]:
    """For the accounts of a part, or for each of its postings, what stands across."""
    debits = [posting[0] for posting in part if posting[1] > 0]
    credits_ = [posting[0] for posting in part if posting[1] <= 0]
    one, others = (debits, credits_) if len(debits) == 1 else (credits_, debits)
    if len(one) != 1 or one[0] in others or not others or part[0][3]:
        return _among(part)
    # One against one or many, as in most documents: cash, and what was bought.
    only = (one[0], False)
    several = len(others) > 1 and others.count(others[0]) < len(others)
    return [(one[0], (others[0], several)), *[(other, only) for other in others]]


def _among(part: Sequence[PostingRow]) -> list[tuple[str, _Across]]:
    neighbours = _neighbours(part)
    debits = dict.fromkeys([posting[0] for posting in part if posting[1] > 0])
    credits_ = dict.fromkeys([posting[0] for posting in part if posting[1] <= 0])
    loose = [posting for posting, near in zip(part, neighbours, strict=True) if not near]
    found = []
    for posting, partner in zip(part, neighbours, strict=True):
        account, debit = posting[0], posting[1] > 0
        if posting[3] and account != SURPLUS:
            found.append((account, (SURPLUS, False)))
            continue
        opposite = credits_ if debit else debits
        if not partner:
            left = [each[0] for each in loose if (each[1] > 0) is not debit]
            partner = next((each for each in (*left, *opposite) if each != account), "")
        more = len(opposite) - (account in opposite) - (partner in opposite)
        found.append((account, (partner, more > 0)))
    return found


def _neighbours(part: Sequence[PostingRow]) -> list[str]:
    """For each posting the account of the next one with the opposite amount; else nothing."""
    partners = [""] * len(part)
    waiting: list[tuple[int, str, int]] = []
    for place, posting in enumerate(part):
        account, amount = posting[0], posting[1]
        if waiting and waiting[-1][2] == -amount:
            before, across, _ = waiting.pop()
            if account != across:
                partners[before], partners[place] = account, across
        else:
            waiting.append((place, account, amount))
    return partners
