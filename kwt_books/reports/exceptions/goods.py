"""Goods: what was sold under cost, made or lost otherwise than usual, left long at shops."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

from kwt_books.domain.accounts import SHOP_RECEIVABLE
from kwt_books.domain.audit import Usual, usual_range
from kwt_books.domain.money import half_up
from kwt_books.domain.posting import SHOP
from kwt_books.i18n.catalogue import noop
from kwt_books.queries.consignment import last_settlement
from kwt_books.queries.documents import effects
from kwt_books.queries.exceptions import Measure, first_consigned, losses, yields
from kwt_books.queries.parties import standings
from kwt_books.queries.sales import SELLING, ItemsThen, sold
from kwt_books.queries.stock import stock_at
from kwt_books.reports.exceptions.rule import Case, Finding, Rule


def _explain_under_cost(case: Case) -> str:
    return case.t(
        "Lines sold for {amount} or more under what the goods had cost.",
        amount=case.rupiah(case.thresholds.under_cost_from),
    )


def _under_cost(case: Case) -> Iterator[Finding]:
    holding = {each.sequence for each in case.holding}
    found = [
        each
        for each in effects(case.connection, SELLING, case.start, case.end)
        if each.sequence in holding
    ]
    for each in sold(case.connection, found, ItemsThen(case.connection)):
        under = each.cost - each.revenue
        if under >= case.thresholds.under_cost_from:
            reason = case.t(
                "{item}: sold for {revenue}, cost {cost}",
                item=case.item(each.item), revenue=case.rupiah(each.revenue),
                cost=case.rupiah(each.cost),
            )  # fmt: skip
            yield Finding(reason, each.effect.number, each.effect.date, under)


# -- the usual range -----------------------------------------------------------------------


def _explain_yields(case: Case) -> str:
    limits = case.thresholds
    return case.t(
        "Productions that brought more or less for a unit of their main input than is usual of"
        " the product: outside one and a half times the middle half of its productions of {months}"
        " months, and more than {percent} off the middle. From {count} productions on.",
        percent=case.context.formats.percent(limits.yield_tolerance), count=limits.observations,
        months=limits.usual_months,
    )  # fmt: skip


def _yields(case: Case) -> Iterator[Finding]:
    quantity = case.context.formats.quantity
    classes = {code: item.item_class for code, item in case.context.setup.items.items()}
    asked = list(yields(case.connection, classes, case.start, case.end))
    known = yields(case.connection, classes, case.usual_since, case.end) if asked else ()
    for each, usual in _ranged(case, asked, known):
        slack = half_up(usual.middle * case.thresholds.yield_tolerance, 1_000)
        if usual.low <= each.value <= usual.high or abs(each.value - usual.middle) <= slack:
            continue
        reason = case.t(
            "{item}: {value} for a unit of {input}, usually {low} to {high}",
            item=case.item(each.item), value=quantity(each.value), input=case.item(each.of),
            low=quantity(max(usual.low, 0)), high=quantity(usual.high),
        )  # fmt: skip
        yield Finding(reason, each.number, each.date)


def _explain_losses(case: Case) -> str:
    limits = case.thresholds
    return case.t(
        "Goods spoiled and seedlings lost beyond what is usual of the product, told as with"
        " yields; up to {percent}, or less than {least} units, is never odd. From {count} documents"
        " of its kind on.",
        percent=case.context.formats.percent(limits.loss_tolerance), count=limits.observations,
        least=case.context.formats.quantity(limits.loss_from),
    )  # fmt: skip


def _losses(case: Case) -> Iterator[Finding]:
    percent, limits = case.context.formats.percent, case.thresholds
    asked = [
        each
        for each in losses(case.connection, case.start, case.end)
        if each.value > limits.loss_tolerance and each.quantity >= limits.loss_from
    ]
    kinds = {each.of for each in asked}
    known = losses(case.connection, case.usual_since, case.end, kinds) if kinds else ()
    for each, usual in _ranged(case, asked, known):
        most = max(usual.high, limits.loss_tolerance)
        if each.value <= most:
            continue
        reason = case.t(
            "{item}: {value} lost ({quantity}), usually up to {high}",
            item=case.item(each.item), value=percent(each.value),
            quantity=case.describer.quantity(each.item, each.quantity), high=percent(most),
        )  # fmt: skip
        yield Finding(reason, each.number, each.date)


def _ranged(
    case: Case, asked: Iterable[Measure], known: Iterable[Measure]
) -> Iterator[tuple[Measure, Usual]]:
    """What is asked about, each with its product's usual range by what is known of it."""
    values: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for each in known:
        values[each.item, each.of].append(each.value)
    least = case.thresholds.observations
    usual = {key: usual_range(group, least) for key, group in values.items()}
    for each in asked:
        found = usual[each.item, each.of]
        if found is not None:
            yield each, found


# -- shops ---------------------------------------------------------------------------------


def _explain_shops(case: Case) -> str:
    return case.t(
        "Shops that hold goods or owe money and have not settled for more than {days} days, by"
        " {day}; with the cost of the goods and the debt.",
        days=case.thresholds.unsettled_days, day=case.day(_by(case)),
    )  # fmt: skip


def _by(case: Case) -> date:
    """The end of the period, as far as it has come."""
    return max(case.start, min(case.end, case.context.today))


def _shops(case: Case) -> Iterator[Finding]:
    goods: defaultdict[str, int] = defaultdict(int)
    holds: set[str] = set()
    by = _by(case)
    for stand in stock_at(case.connection, by):
        if stand.place.startswith(SHOP):
            shop = stand.place.removeprefix(SHOP)
            goods[shop] += stand.value
            holds.add(shop)
    debts = {
        each.party: each
        for each in standings(case.connection, SHOP_RECEIVABLE, case.start, by)
        if each.party is not None and each.owed > 0
    }
    for shop in sorted(holds | debts.keys()):
        debt = debts.get(shop)
        oldest = debt.unpaid[0][0] if debt is not None and debt.unpaid else None
        since = _waiting_since(case, shop, holds=shop in holds, owed=oldest)
        if since is not None and (by - since).days > case.thresholds.unsettled_days:
            reason = case.t(
                "{shop}: {days} days since {day}", shop=case.context.setup.party_name(shop),
                days=(by - since).days, day=case.day(since),
            )  # fmt: skip
            amount = goods[shop] + (debt.owed if debt is not None else 0)
            yield Finding(reason, None, since, amount)


def _waiting_since(case: Case, shop: str, *, holds: bool, owed: date | None) -> date | None:
    """Since when goods wait for a settlement or a debt for its payment: the older of both."""
    settled = None
    if holds:
        settled = last_settlement(case.connection, shop, case.end) or first_consigned(
            case.connection, shop, case.end
        )
    days = [day for day in (settled, owed) if day is not None]
    return min(days, default=None)


RULES = (
    Rule("under-cost", noop("Sold under cost"), _explain_under_cost, _under_cost),
    Rule("yields", noop("Yields out of the usual range"), _explain_yields, _yields),
    Rule("losses", noop("Losses out of the usual range"), _explain_losses, _losses),
    Rule("shops", noop("Shops unsettled for long"), _explain_shops, _shops),
)
