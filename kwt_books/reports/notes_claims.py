"""Notes 8 to 10: what the group owes, and what of it is members', donors' and set aside."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from kwt_books.domain.accounts import SAVINGS
from kwt_books.domain.month import first_day
from kwt_books.i18n.catalogue import noop
from kwt_books.queries.disclosures import saved
from kwt_books.queries.documents import Effect, effects
from kwt_books.reports.chart_of_statements import Note, Part
from kwt_books.reports.context import Context
from kwt_books.reports.model import Row
from kwt_books.reports.note_rows import (
    balances,
    by_party,
    heading,
    month_label,
    nothing,
    sentence,
    total,
)
from kwt_books.reports.standing import Standing
from kwt_books.reports.statement import Pair, summed

_TOLD = {
    "2104": noop(
        "{account} of {amount} are residents' dues that the Group keeps for KPP, not its own."
    ),
    "2105": noop("{account} of {amount} is the arisan members' money that the Group keeps."),
    "2106": noop("{account} of {amount} can be withdrawn by members at any time."),
    "2110": noop("{account} of {amount} stays a liability until the grant's conditions are met."),
}
"""Liabilities that a sentence explains; the others stand in a table, by whom they are owed to."""


def claim_notes(standing: Standing) -> Iterator[Row]:
    yield from _liabilities(standing)
    yield from _capital(standing)
    yield from _funds(standing.context)


def _liabilities(standing: Standing) -> Iterator[Row]:
    context, t = standing.context, standing.context.words
    owed = standing.of(Part.LIABILITIES)
    yield heading(Note.LIABILITIES, t("Liabilities"))
    if not owed:
        yield nothing(t)
    told = " ".join(_told(context, code, pair) for code, pair in owed.items() if code in _TOLD)
    if told:
        yield sentence(told)
    others = {code: pair for code, pair in owed.items() if code not in _TOLD}
    for code, pair in others.items():
        yield from by_party(context, code, pair, headed=len(others) > 1, sign=-1)
    if others:
        yield total(t, balances(summed(others.values())), "other_liabilities")


def _told(context: Context, code: str, pair: Pair) -> str:
    """What the liability is, and how it changed in the month."""
    t, rupiah = context.words, context.formats.rupiah
    name, change = context.account_name(code), pair.amount - pair.previous
    text = t(_TOLD[code], account=name, amount=rupiah(pair.amount))
    values = {"month": month_label(context), "amount": rupiah(abs(change))}
    if change > 0:
        text += " " + t("In {month} it rose by {amount}.", **values)
    elif change < 0:
        text += " " + t("In {month} it fell by {amount}.", **values)
    return text


def _capital(standing: Standing) -> Iterator[Row]:
    """What came in the month: savings by kind, and every grant."""
    context, t = standing.context, standing.context.words
    yield heading(Note.CAPITAL, t("Savings and donated capital"))
    start, end = first_day(context.period.last), context.period.end
    told = [
        t(
            "{account} grew by {amount} in {month}, from {members} members.",
            account=context.account_name(account),
            amount=context.formats.rupiah(amount),
            month=month_label(context),
            members=members,
        )
        for account, amount, members in saved(context.connection, start, end)
        if amount > 0 and account != SAVINGS["voluntary"]
    ]
    told += [
        _grant(context, grant)
        for grant in _uncorrected(effects(context.connection, ("grant",), start, end))
    ]
    if told:
        yield sentence(" ".join(told))
    else:
        month = month_label(context)
        yield sentence(t("Neither savings of capital nor grants came in {month}.", month=month))


def _uncorrected(found: list[Effect]) -> Iterable[Effect]:
    undone = {each.source for each in found if each.sign < 0}
    return (each for each in found if each.sign > 0 and each.sequence not in undone)


def _grant(context: Context, grant: Effect) -> str:
    """One grant of the month: when, from whom, worth what."""
    t, payload = context.words, grant.payload
    donor = context.setup.party_name(payload["party"]) if "party" in payload else t("a donor")
    values = {
        "day": context.formats.day(grant.date),
        "number": grant.number,
        "giver": donor,
        "what": payload.get("memo") or t("grant"),
    }
    value = _value(payload)
    if not value:
        return t(
            "On {day} a grant was received from {giver} ({what}; {number}), recorded at nil value.",
            **values,
        )
    return t(
        "On {day} a grant of {amount} was received from {giver} ({what}; {number}).",
        amount=context.formats.rupiah(value),
        **values,
    )


def _value(grant: dict[str, Any]) -> int:
    amounts = [item["value"] for item in grant.get("items", ())]
    amounts += [asset["cost"] for asset in grant.get("assets", ())]
    if "cash" in grant:
        amounts.append(grant["cash"]["amount"])
    return sum(map(int, amounts))


def _funds(context: Context) -> Iterator[Row]:
    t = context.words
    yield heading(Note.FUNDS, t("Funds and unallocated profit"))
    yield sentence(
        t(
            "Balance, allocation and releases of every fund stand in {report}.",
            report=t("Profit Allocation and Funds"),
        )
    )
