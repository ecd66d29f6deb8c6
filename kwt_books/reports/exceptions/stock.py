"""Rules about goods on their day: what stood below nil, and what went before it had come.

The book refuses both by now; one that was kept before the second edition of the manual, or was
changed by hand, can hold them.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from kwt_books.i18n.catalogue import noop
from kwt_books.queries.exceptions import goods_by_day, last_taken, taken_early
from kwt_books.reports.context import place_name
from kwt_books.reports.exceptions.rule import Case, Finding, Rule, runs


def _explain_negative(case: Case) -> str:
    return case.t(
        "Days on which goods at a place were below zero at the end. Nobody can sell or use what "
        "isn't there: something is missing, or has a wrong date."
    )


def _negative(case: Case) -> Iterator[Finding]:
    by_day = goods_by_day(case.connection, case.start, case.end)
    for (item, place), days in groupby(by_day, key=lambda each: (each.item, each.place)):
        standing = [(each.day, each.quantity) for each in days]
        for start, end, lowest in runs(standing, case.end, above=False, limit=0):
            reason = case.t(
                "{item}, {place}: {quantity} from {start} to {end}",
                item=case.item(item), place=place_name(case.context, place),
                quantity=case.describer.quantity(item, lowest),
                start=case.day(start), end=case.day(end),
            )  # fmt: skip
            yield Finding(reason, last_taken(case.connection, item, place, start), start)


def _explain_early(case: Case) -> str:
    return case.t(
        "Goods that left before the day their lot was received. One of the two documents has a "
        "wrong date."
    )


def _early(case: Case) -> Iterator[Finding]:
    for each in taken_early(case.connection, case.start, case.end):
        reason = case.t(
            "{item}: {quantity} of lot {lot}, received on {day}",
            item=case.item(each.item), quantity=case.describer.quantity(each.item, each.quantity),
            lot=each.lot, day=case.day(each.received),
        )  # fmt: skip
        yield Finding(reason, each.number, each.day, each.value)


STOCK_RULES = (
    Rule("stock-below-nil", noop("Stock below zero"), _explain_negative, _negative),
    Rule("before-lot", noop("Gone before it came"), _explain_early, _early),
)
