"""What a sample is drawn from: documents with their amounts, in the order of date and recording."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from kwt_books.domain.errors import RuleError
from kwt_books.domain.sampling import Unit
from kwt_books.queries.exceptions import Examined, amounts_on, examined
from kwt_books.reports.context import Context

PAYMENTS, RECEIPTS, ALL = "payments", "receipts", "all"
STRATA = ("amount", "kind", "month")
_NEVER = frozenset({"opening_balance", "month_close", "month_reopen"})


@dataclass(frozen=True, slots=True)
class Asked:
    """Of what: payments, receipts, all documents, or those on the account of a code."""

    of: str = PAYMENTS
    by: str = "amount"
    """How strata are told apart, where there are any."""


class Population(NamedTuple):
    units: tuple[Unit, ...]
    documents: dict[str, Examined]
    """By their vouchers."""


def population(context: Context, asked: Asked) -> Population:
    """Of the period, without what was undone, openings and closes."""
    if asked.by not in STRATA:
        raise RuleError("unknown-strata", text=asked.by, known=", ".join(STRATA))
    start, end = context.period.start, context.period.end
    found = [
        each
        for each in examined(context.connection, start, end, context.setup.cash_accounts, 0)
        if each.kind not in _NEVER
    ]
    amounts = _amounts(context, asked.of, found, start, end)
    holding = {
        each.number: each for each in found if each.holds and amounts.get(each.number, 0) > 0
    }
    units = tuple(
        Unit(number, amounts[number], _stratum(asked.by, each, amounts[number]))
        for number, each in holding.items()
    )
    return Population(units, holding)


def _amounts(
    context: Context, of: str, found: list[Examined], start: date, end: date
) -> dict[str, int]:
    if of == PAYMENTS:
        return {each.number: -each.cash for each in found}
    if of == RECEIPTS:
        return {each.number: each.cash for each in found}
    if of == ALL:
        return {each.number: each.size for each in found}
    if of not in context.setup.accounts:
        raise RuleError("unknown-account", account=of)
    return amounts_on(context.connection, of, start, end)


def _stratum(by: str, document: Examined, amount: int) -> str:
    """Amounts go by their number of digits: `06` is from 100.000 to under a million."""
    if by == "kind":
        return document.kind
    if by == "month":
        return document.date.isoformat()[:7]
    return f"{len(str(amount)):02}"
