"""Payments and receipts, and the cash that stands in the house."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

from kwt_books.domain.audit import CASH_ON_HAND
from kwt_books.i18n.catalogue import noop
from kwt_books.queries.exceptions import Examined, balances_by_day, last_spent
from kwt_books.reports.exceptions.rule import Case, Finding, Rule

_ON_PAPER = frozenset(
    {
        "receipt", "payment", "purchase", "sale", "consignment_settlement", "asset_acquisition",
        "asset_disposal", "grant",
    }
)  # fmt: skip
"""Kinds of documents for which money changes hands against a receipt."""
_STAMPS = ("meterai", "materai")


def _explain_twice(case: Case) -> str:
    return case.t(
        "Documents of one kind, day, party and amount that stand more than once. Those that name"
        " nobody count only where cash moved."
    )


def _twice(case: Case) -> Iterator[Finding]:
    same: defaultdict[tuple[object, ...], list[Examined]] = defaultdict(list)
    for each in case.holding:
        party = case.describer.party(each.payload)
        if each.size and (party or each.cash):
            lines = json.dumps(each.payload.get("lines")) if not party else ""
            same[each.kind, each.date, party, each.cash, each.size, lines].append(each)
    for first, *others in same.values():
        for each in others:
            reason = case.t("As in {number}: {text}", number=first.number, text=case.text(each))
            yield Finding(reason, each.number, each.date, each.size)


def _unreceipted(case: Case) -> list[Examined]:
    least = case.thresholds.receipt_from
    found = (each for each in case.holding if case.paid_out(each) and not each.attached)
    return [each for each in found if -each.cash >= least]


def _explain_receipts(case: Case) -> str:
    amount = case.rupiah(case.thresholds.receipt_from)
    if case.attached:
        return case.t(
            "Payments of {amount} and more to which no receipt is attached.", amount=amount
        )
    return case.t(
        "Nothing is attached to any document of this book: its receipts are on paper. Payments of"
        " {amount} and more in this period, to be looked up there: {count}.",
        amount=amount, count=case.context.formats.number(len(_unreceipted(case))),
    )  # fmt: skip


def _receipts(case: Case) -> Iterator[Finding]:
    if case.attached:
        for each in _unreceipted(case):
            yield Finding(case.text(each), each.number, each.date, -each.cash)


def _explain_round(case: Case) -> str:
    return case.t(
        "Payments that are a multiple of {amount}. What things cost is seldom so round.",
        amount=case.rupiah(case.thresholds.round_to),
    )


def _round(case: Case) -> Iterator[Finding]:
    for each in case.holding:
        if case.paid_out(each) and each.cash % case.thresholds.round_to == 0:
            yield Finding(case.text(each), each.number, each.date, -each.cash)


def _explain_stamps(case: Case) -> str:
    return case.t(
        "Receipts of more than {amount} from or to somebody outside, where neither memo nor paper"
        " number mentions the duty stamp (meterai).",
        amount=case.rupiah(case.thresholds.stamp_above),
    )


def _stamps(case: Case) -> Iterator[Finding]:
    members = {code for code, each in case.context.setup.parties.items() if each.role == "member"}
    for each in case.holding:
        if each.kind not in _ON_PAPER or abs(each.cash) <= case.thresholds.stamp_above:
            continue
        said = f"{each.payload.get('memo', '')} {each.payload.get('ref', '')}".casefold()
        if each.payload.get("party") in members or any(word in said for word in _STAMPS):
            continue
        yield Finding(case.text(each), each.number, each.date, abs(each.cash))


# -- cash in the house ---------------------------------------------------------------------


def _explain_negative(case: Case) -> str:
    return case.t(
        "Days at whose end a cash account stood below nil. Nobody can pay what isn't there:"
        " something is missing, or bears a wrong date."
    )


def _negative(case: Case) -> Iterator[Finding]:
    for account in case.context.setup.cash_accounts:
        for start, end, lowest in _runs(case, [account], above=False, limit=0):
            reason = case.t(
                "{account} from {start} to {end}", account=case.context.account_name(account),
                start=case.day(start), end=case.day(end),
            )  # fmt: skip
            number = last_spent(case.connection, account, start)
            yield Finding(reason, number, start, lowest)


def _explain_much(case: Case) -> str:
    return case.t(
        "Treasurer's cash and outlet float together over {amount} for more than {days} days on"
        " end: what isn't needed belongs in the bank.",
        amount=case.rupiah(case.thresholds.cash_limit), days=case.thresholds.cash_limit_days,
    )  # fmt: skip


def _much(case: Case) -> Iterator[Finding]:
    limits = case.thresholds
    for start, end, highest in _runs(case, CASH_ON_HAND, above=True, limit=limits.cash_limit):
        days = (end - start).days + 1
        if days > limits.cash_limit_days:
            reason = case.t(
                "From {start} to {end}, {days} days", start=case.day(start), end=case.day(end),
                days=days,
            )  # fmt: skip
            yield Finding(reason, None, start, highest)


def _runs(
    case: Case, accounts: tuple[str, ...] | list[str], *, above: bool, limit: int
) -> Iterator[tuple[date, date, int]]:
    """First and last day, and the furthest balance, of each time it was beyond the limit."""
    since: date | None = None
    furthest = limit
    beyond = max if above else min
    days = [
        *balances_by_day(case.connection, accounts, case.end, case.start),
        (case.end + timedelta(days=1), limit),
    ]
    for day, balance in days:
        if (balance > limit) if above else (balance < limit):
            since = since or day
            furthest = beyond(furthest, balance)
        elif since is not None:
            yield since, day - timedelta(days=1), furthest
            since, furthest = None, limit


RULES = (
    Rule("twice", noop("Same amount, party and day twice"), _explain_twice, _twice),
    Rule("receipts", noop("Payments without a receipt"), _explain_receipts, _receipts),
    Rule("round", noop("Round amounts"), _explain_round, _round),
    Rule("stamps", noop("Receipts without duty stamp"), _explain_stamps, _stamps),
    Rule("cash-below-nil", noop("Cash below nil"), _explain_negative, _negative),
    Rule("much-cash", noop("Much cash in the house"), _explain_much, _much),
)
