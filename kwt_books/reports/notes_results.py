"""Notes 11 to 14: what the lines of the profit and loss are made of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from kwt_books.domain.accounts import SHORTAGE, SPOILAGE, AccountType
from kwt_books.i18n.catalogue import noop
from kwt_books.queries.disclosures import Channel, causes, channels
from kwt_books.reports.chart_of_statements import Note
from kwt_books.reports.context import Context
from kwt_books.reports.descriptions import venue_name
from kwt_books.reports.model import Row
from kwt_books.reports.note_rows import heading, movements, nothing, sentence, total
from kwt_books.reports.profit_loss import Earned
from kwt_books.reports.statement import Pair, summed

_FEW = 3
"""How many vouchers a line names before it only counts them."""

_CHANNELS: Mapping[str, tuple[str, str]] = {
    "sale": ("direct", noop("Direct sales")),
    "consignment_settlement": ("consignment", noop("Consignment at the shops")),
    "grant": ("grant", noop("Grants")),
}
_OTHER = ("other", noop("Other"))

_SPOILED: Mapping[str, str] = {
    "harvest": noop("Spoiled at harvest"),
    "market_day": noop("Spoiled on market days"),
    "consignment_settlement": noop("Spoiled at shops"),
    "stock_count": noop("Missing when stock was counted"),
    "seedlings_ready": noop("Seedlings that died"),
}
_SHORT: Mapping[str, str] = {
    "market_day": noop("Cash short on market days"),
    "cash_count": noop("Cash short when counted"),
    "asset_disposal": noop("Loss on disposal of assets"),
    "payment": noop("Other expenses paid"),
}


def result_notes(context: Context) -> Iterator[Row]:
    t, earned = context.words, Earned(context)
    yield heading(Note.REVENUE, t("Revenue by channel"))
    yield from _table(context, _by_channel(context), "revenue")
    yield heading(Note.SPOILAGE, t("Spoilage, mortality and expiry"))
    yield from _table(context, _by_cause(context, SPOILAGE, _SPOILED), "spoilage")
    yield heading(Note.SHORTAGES, t("Other expense and shortages"))
    yield from _table(context, _by_cause(context, SHORTAGE, _SHORT), "shortages")
    yield heading(Note.TAX, t("Income tax"))
    taxes = earned.of(AccountType.TAX)
    if taxes:
        named = {code: (context.account_name(code), pair) for code, pair in taxes.items()}
        yield from _table(context, named, "tax")
    else:
        yield sentence(t("No income tax expense is recognised in this period."))


_Lines = Mapping[str, tuple[str, Pair]]
"""By code: label and amounts."""


def _table(context: Context, lines: _Lines, code: str) -> Iterator[Row]:
    if not lines:
        yield nothing(context.words)
        return
    for key, (label, pair) in lines.items():
        yield Row(label, movements(pair), key)
    yield total(context.words, movements(summed(pair for _, pair in lines.values())), code)


def _by_channel(context: Context) -> _Lines:
    """The largest of this period first; they add up to the revenue of the profit and loss."""
    t = context.words
    accounts = [
        code
        for code, account in context.setup.accounts.items()
        if account.type is AccountType.INCOME
    ]
    labels: dict[str, str] = {}
    sums: list[defaultdict[str, int]] = []
    for period in (context.period, context.period.before()):
        found: defaultdict[str, int] = defaultdict(int)
        for each in channels(context.connection, accounts, period.start, period.end):
            code, label = _channel(each)
            labels[code] = label if each.venue is not None else t(label)
            found[code] += each.amount
        sums.append(found)
    pairs = {code: Pair(sums[0][code], sums[1][code]) for code in labels}
    ordered = sorted(pairs, key=lambda code: (-pairs[code].amount, code))
    return {code: (labels[code], pairs[code]) for code in ordered if any(pairs[code])}


def _channel(each: Channel) -> tuple[str, str]:
    if each.venue is not None:
        return each.venue, venue_name(each.venue)
    return _CHANNELS.get(each.kind, _OTHER)


def _by_cause(context: Context, account: str, known: Mapping[str, str]) -> _Lines:
    """By kind of document, with the vouchers of this period where they are few."""
    t = context.words
    sums: list[defaultdict[str, int]] = []
    vouchers: defaultdict[str, list[str]] = defaultdict(list)
    for period in (context.period, context.period.before()):
        found: defaultdict[str, int] = defaultdict(int)
        for kind, number, amount in causes(context.connection, account, period.start, period.end):
            code = kind if kind in known else _OTHER[0]
            found[code] += amount
            if not sums:
                vouchers[code].append(number)
        sums.append(found)
    lines = {}
    for code in (*known, _OTHER[0]):
        pair = Pair(sums[0][code], sums[1][code])
        if any(pair):
            label = t(known.get(code, _OTHER[1]))
            lines[code] = (_with_vouchers(context, label, vouchers[code]), pair)
    return lines


def _with_vouchers(context: Context, label: str, numbers: list[str]) -> str:
    if not numbers:
        return label
    if len(numbers) <= _FEW:
        return f"{label} ({', '.join(numbers)})"
    return context.words("{label} ({count} vouchers)", label=label, count=len(numbers))
