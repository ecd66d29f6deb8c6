"""All rules of the exceptions report: goods, money, and how documents were recorded."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import groupby

from kwt_books.domain.accounts import SHOP_RECEIVABLE
from kwt_books.domain.audit import CASH_ON_HAND, Usual, usual_range
from kwt_books.domain.kinds import KINDS
from kwt_books.domain.posting import SHOP
from kwt_books.domain.values import half_up, moment_of
from kwt_books.i18n.catalogue import noop
from kwt_books.queries.documents import effects_at
from kwt_books.queries.exceptions import (
    Examined,
    Measure,
    Values,
    balances_by_day,
    goods_below_nil,
    last_spent,
    last_taken,
    losses,
    perhaps_under_cost,
    taken_early,
    yields,
)
from kwt_books.queries.money import standings
from kwt_books.queries.sales import ItemsThen, sold
from kwt_books.queries.stock import standing_at
from kwt_books.queries.visits import NEVER, visited
from kwt_books.reports.context import place_name
from kwt_books.reports.exceptions.rule import Case, Finding, Rule, runs
from kwt_books.store.first_look import file_written_at


def _explain_under_cost(case: Case) -> str:
    return case.t(
        "Lines sold for {amount} or more below the cost of the goods.",
        amount=case.rupiah(case.thresholds.under_cost_from),
    )


def _under_cost(case: Case) -> Iterator[Finding]:
    items, least = ItemsThen(case.connection), case.thresholds.under_cost_from
    asked = perhaps_under_cost(case.connection, case.holding, items, least)
    found = effects_at(case.connection, asked) if asked else []
    for each in sold(case.connection, found, items):
        under = each.cost - each.revenue
        if under >= least:
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
        "Productions that yielded more or less per unit of their main input than is usual for "
        "the product: outside one and a half times the middle half of its productions of "
        "{months} months, and more than {percent} off the middle. From {count} productions on.",
        percent=case.context.formats.percent(limits.yield_tolerance), count=limits.observations,
        months=limits.usual_months,
    )  # fmt: skip


def _yields(case: Case) -> Iterator[Finding]:
    quantity = case.context.formats.quantity
    classes = {code: item.item_class for code, item in case.context.setup.items.items()}
    if not any(each.kind == "production" for each in case.holding):
        return
    asked, values = yields(case.connection, classes, case.usual_since, case.start, case.end)
    for each, usual in _ranged(case, asked, values):
        slack = half_up(usual.middle * case.thresholds.yield_tolerance, 1_000)
        if usual.low <= each.value <= usual.high or abs(each.value - usual.middle) <= slack:
            continue
        reason = case.t(
            "{item}: {value} per unit of {input}, usually {low} to {high}",
            item=case.item(each.item), value=quantity(each.value), input=case.item(each.of),
            low=quantity(max(usual.low, 0)), high=quantity(usual.high),
        )  # fmt: skip
        yield Finding(reason, each.number, each.date)


def _explain_losses(case: Case) -> str:
    limits = case.thresholds
    return case.t(
        "Goods spoiled and seedlings lost beyond what is usual for the product, judged as with "
        "yields; up to {percent}, or less than {least} units, always counts as normal. From "
        "{count} documents of its kind on.",
        percent=case.context.formats.percent(limits.loss_tolerance), count=limits.observations,
        least=case.context.formats.quantity(limits.loss_from),
    )  # fmt: skip


def _losses(case: Case) -> Iterator[Finding]:
    percent, limits = case.context.formats.percent, case.thresholds
    asked = [
        each
        for each in losses(case.connection, case.start, case.end, all_of_them=False)
        if each.value > limits.loss_tolerance and each.quantity >= limits.loss_from
    ]
    kinds = {each.of for each in asked}
    values: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    if kinds:
        for each in losses(case.connection, case.usual_since, case.end, kinds):
            values[each.item, each.of].append(each.value)
    for each, usual in _ranged(case, asked, values):
        most = max(usual.high, limits.loss_tolerance)
        if each.value <= most:
            continue
        reason = case.t(
            "{item}: {value} lost ({quantity}), usually up to {high}",
            item=case.item(each.item), value=percent(each.value),
            quantity=case.describer.quantity(each.item, each.quantity), high=percent(most),
        )  # fmt: skip
        yield Finding(reason, each.number, each.date)


def _ranged(case: Case, asked: list[Measure], values: Values) -> Iterator[tuple[Measure, Usual]]:
    """The measures whose product has a usual range, with that range."""
    least = case.thresholds.observations
    keys = {(each.item, each.of) for each in asked}
    usual = {key: usual_range(values[key], least) for key in keys}
    for each in asked:
        found = usual[each.item, each.of]
        if found is not None:
            yield each, found


# -- shops ---------------------------------------------------------------------------------


def _explain_shops(case: Case) -> str:
    return case.t.ngettext(
        "Shops that hold goods or owe money and have not settled for more than {n} day, by"
        " {day}; with the cost of the goods and the debt.",
        "Shops that hold goods or owe money and have not settled for more than {n} days, by"
        " {day}; with the cost of the goods and the debt.",
        case.thresholds.unsettled_days, day=case.day(_by(case)),
    )  # fmt: skip


def _by(case: Case) -> date:
    """The end of the period, as far as it has come."""
    return max(case.start, min(case.end, case.context.today))


def _shops(case: Case) -> Iterator[Finding]:
    goods: defaultdict[str, int] = defaultdict(int)
    holds: set[str] = set()
    by = _by(case)
    for (_, place, _), (_, value) in standing_at(case.connection, by).items():
        if place.startswith(SHOP):
            shop = place.removeprefix(SHOP)
            goods[shop] += value
            holds.add(shop)
    debts = {
        each.party: each
        for each in standings(case.connection, SHOP_RECEIVABLE, case.start, by)
        if each.party is not None and each.owed > 0
    }
    known = visited(case.connection, case.end) if holds else {}
    for shop in sorted(holds | debts.keys()):
        debt = debts.get(shop)
        oldest = debt.unpaid[0][0] if debt is not None and debt.unpaid else None
        waits = known.get(shop, NEVER).waiting_since if shop in holds else None
        since = min((day for day in (waits, oldest) if day is not None), default=None)
        if since is not None and (by - since).days > case.thresholds.unsettled_days:
            reason = case.t.ngettext(
                "{shop}: {n} day since {day}", "{shop}: {n} days since {day}", (by - since).days,
                shop=case.context.setup.party_name(shop), day=case.day(since),
            )  # fmt: skip
            amount = goods[shop] + (debt.owed if debt is not None else 0)
            yield Finding(reason, None, since, amount)


GOODS_RULES = (
    Rule("under-cost", noop("Sold below cost"), _explain_under_cost, _under_cost),
    Rule("yields", noop("Yields outside the usual range"), _explain_yields, _yields),
    Rule("losses", noop("Losses outside the usual range"), _explain_losses, _losses),
    Rule("shops", noop("Shops that have not settled for a long time"), _explain_shops, _shops),
)


# -- Payments and receipts, and the cash that stands in the house --------------------------------


def _receipted(name: str) -> bool:
    kind = KINDS.get(name)
    return kind is not None and kind.receipted


_STAMPS = ("meterai", "materai")


def _explain_twice(case: Case) -> str:
    return case.t(
        "Documents with the same kind, day, party and amount that occur more than once. Those "
        "that name nobody count only if cash moved."
    )


def _twice(case: Case) -> Iterator[Finding]:
    alike = Counter((each.kind, each.date, each.cash, each.size) for each in case.holding)
    same: defaultdict[tuple[object, ...], list[Examined]] = defaultdict(list)
    for each in case.holding:
        if not each.size or alike[each.kind, each.date, each.cash, each.size] == 1:
            continue
        payload = each.payload
        party = case.describer.party(payload)
        if party or each.cash:
            lines = str(payload.get("lines")) if not party else ""
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
        return case.t("Payments of {amount} and more without an attached receipt.", amount=amount)
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
        "Payments that are a multiple of {amount}. Prices are seldom so round.",
        amount=case.rupiah(case.thresholds.round_to),
    )


def _round(case: Case) -> Iterator[Finding]:
    for each in case.holding:
        if case.paid_out(each) and each.cash % case.thresholds.round_to == 0:
            yield Finding(case.text(each), each.number, each.date, -each.cash)


def _explain_stamps(case: Case) -> str:
    return case.t(
        "Receipts of more than {amount} from or to an outside party, where neither memo nor "
        "paper number mentions the duty stamp (meterai).",
        amount=case.rupiah(case.thresholds.stamp_above),
    )


def _stamps(case: Case) -> Iterator[Finding]:
    members = {code for code, each in case.context.setup.parties.items() if each.role == "member"}
    for each in case.holding:
        if not _receipted(each.kind) or abs(each.cash) <= case.thresholds.stamp_above:
            continue
        payload = each.payload
        said = f"{payload.get('memo', '')} {payload.get('ref', '')}".casefold()
        if payload.get("party") in members or any(word in said for word in _STAMPS):
            continue
        yield Finding(case.text(each), each.number, each.date, abs(each.cash))


# -- cash in the house ---------------------------------------------------------------------


def _explain_negative(case: Case) -> str:
    return case.t(
        "Days on which a cash account was below zero at the end. Nobody can pay what isn't "
        "there: something is missing, or has a wrong date."
    )


def _negative(case: Case) -> Iterator[Finding]:
    for account in case.context.setup.cash_accounts:
        for start, end, lowest in runs(_standing(case, [account]), case.end, above=False, limit=0):
            reason = case.t(
                "{account} from {start} to {end}", account=case.context.account_name(account),
                start=case.day(start), end=case.day(end),
            )  # fmt: skip
            number = last_spent(case.connection, account, start)
            yield Finding(reason, number, start, lowest)


def _explain_much(case: Case) -> str:
    return case.t.ngettext(
        "Treasurer's cash and outlet float together over {amount} for more than {n} day in a "
        "row: what isn't needed belongs in the bank.",
        "Treasurer's cash and outlet float together over {amount} for more than {n} days in a "
        "row: what isn't needed belongs in the bank.",
        case.thresholds.cash_limit_days, amount=case.rupiah(case.thresholds.cash_limit),
    )  # fmt: skip


def _much(case: Case) -> Iterator[Finding]:
    limits = case.thresholds
    standing = _standing(case, CASH_ON_HAND)
    for start, end, highest in runs(standing, case.end, above=True, limit=limits.cash_limit):
        days = (end - start).days + 1
        if days > limits.cash_limit_days:
            reason = case.t.ngettext(
                "From {start} to {end}, {n} day", "From {start} to {end}, {n} days", days,
                start=case.day(start), end=case.day(end),
            )  # fmt: skip
            yield Finding(reason, None, start, highest)


def _standing(case: Case, accounts: Sequence[str]) -> Iterator[tuple[date, int]]:
    return balances_by_day(case.connection, accounts, case.end, case.start)


MONEY_RULES = (
    Rule("twice", noop("Same amount, party and day twice"), _explain_twice, _twice),
    Rule("receipts", noop("Payments without a receipt"), _explain_receipts, _receipts),
    Rule("round", noop("Round amounts"), _explain_round, _round),
    Rule("stamps", noop("Receipts without duty stamp"), _explain_stamps, _stamps),
    Rule("cash-below-nil", noop("Cash below zero"), _explain_negative, _negative),
    Rule("much-cash", noop("Too much cash on hand"), _explain_much, _much),
)


# -- When and how documents were recorded, undone, and counted -----------------------------------


def _explain_backdated(case: Case) -> str:
    text = case.t.ngettext(
        "Documents recorded more than {n} day after the date they bear.",
        "Documents recorded more than {n} days after the date they bear.",
        case.thresholds.backdated_days,
    )
    taken_in = sum(each.taken_in for each in case.documents)
    if not taken_in:
        return text
    return text + " " + case.t.ngettext(
        "{count} document was imported and is left out: nobody can tell when it was first "
        "written down.",
        "{count} documents were imported and are left out: nobody can tell when they were first "
        "written down.",
        taken_in, count=case.context.formats.number(taken_in),
    )  # fmt: skip


def _backdated(case: Case) -> Iterator[Finding]:
    for each in case.documents:
        moment = each.moment
        days = (moment.date() - each.date).days if moment is not None else 0
        if moment is not None and days > case.thresholds.backdated_days:
            reason = case.t.ngettext(
                "Recorded {n} day after its date, on {day} by {name}: {text}",
                "Recorded {n} days after its date, on {day} by {name}: {text}",
                days, day=case.day(moment.date()), name=each.recorded_by,
                text=case.text(each),
            )  # fmt: skip
            yield Finding(reason, each.number, each.date, each.size)


def _explain_odd_hours(case: Case) -> str:
    limits, hour = case.thresholds, case.context.formats.hour
    return case.t(
        "Documents recorded before {begin} or from {end} on, by the clock of the computer.",
        begin=hour(limits.day_begins), end=hour(limits.day_ends),
    )  # fmt: skip


def _odd_hours(case: Case) -> Iterator[Finding]:
    limits, formats = case.thresholds, case.context.formats
    for each in case.documents:
        moment = each.moment
        if moment is not None and not limits.day_begins <= moment.hour < limits.day_ends:
            reason = case.t(
                "Recorded {moment} by {name}: {text}",
                moment=formats.date_time(moment), name=each.recorded_by, text=case.text(each),
            )  # fmt: skip
            yield Finding(reason, each.number, each.date, each.size)


_SLACK = timedelta(minutes=5)
"""The difference between computers' clocks that is no exception."""


def _explain_clock(case: Case) -> str:
    return case.t(
        "Documents with an impossible time of recording: before that of the entry before them, "
        "before their own date, after the book's file was last written, or in the future. The "
        "computer's clock was wrong, or somebody changed it."
    )


def _clock(case: Case) -> Iterator[Finding]:
    written = file_written_at(case.connection)
    for each in case.documents:
        reason = _wrong_time(case, each, written)
        if reason:
            text = case.text(each)
            yield Finding(f"{reason} {text}", each.number, each.date, each.size)


def _wrong_time(case: Case, each: Examined, written: datetime | None) -> str:
    moment, formats = each.moment, case.context.formats
    if moment is None:
        return ""
    before = moment_of(each.recorded_before or "")
    said = {"moment": formats.date_time(moment), "name": each.recorded_by}
    if moment.date() > case.context.today + timedelta(days=1):
        return case.t("Recorded {moment} by {name}, which is in the future:", **said)
    if moment.date() + timedelta(days=1) < each.date:
        return case.t("Recorded {moment} by {name}, before its own date:", **said)
    if written is not None and moment.astimezone() > written + timedelta(days=1):
        last = formats.date_time(written)
        return case.t(
            "Recorded {moment} by {name}, though the file was last written {last}:",
            **said, last=last,
        )  # fmt: skip
    if before is not None and moment + _SLACK < before:
        earlier = formats.date_time(before)
        return case.t(
            "Recorded {moment} by {name}, after an entry of {earlier}:", **said, earlier=earlier
        )
    return ""


def _explain_corrections(case: Case) -> str:
    return case.t(
        "Every correction and what it undid. A correction is right where a mistake was made; "
        "many of a kind, or by one person, show where to look."
    )


def _corrections(case: Case) -> Iterator[Finding]:
    for each in case.documents:
        if each.corrects is not None:
            yield Finding(case.text(each), each.number, each.date, each.size)


def _explain_reopened(case: Case) -> str:
    return case.t(
        "Months reopened after their close: compare the statements signed then with today's."
    )


def _reopened(case: Case) -> Iterator[Finding]:
    for each in case.documents:
        if each.kind == "month_reopen":
            yield Finding(case.text(each), each.number, each.date)


def _explain_counts(case: Case) -> str:
    return case.t(
        "Counts of cash and goods, and market days, that differed from the book by {amount} or "
        "more.",
        amount=case.rupiah(case.thresholds.difference_from),
    )


def _counts(case: Case) -> Iterator[Finding]:
    for each in case.holding:
        if each.kind == "stock_count":
            difference = each.amount
        elif (kind := KINDS.get(each.kind)) is not None and kind.counts_cash:
            difference = abs(each.difference)
        else:
            continue
        if difference >= case.thresholds.difference_from:
            yield Finding(case.text(each), each.number, each.date, difference)


RECORDING_RULES = (
    Rule("backdated", noop("Recorded long after the date"), _explain_backdated, _backdated),
    Rule("odd-hours", noop("Recorded at odd hours"), _explain_odd_hours, _odd_hours),
    Rule("clock", noop("The clock was wrong"), _explain_clock, _clock),
    Rule("corrections", noop("Corrections"), _explain_corrections, _corrections),
    Rule("reopened", noop("Reopened months"), _explain_reopened, _reopened),
    Rule("counts", noop("Counts with differences"), _explain_counts, _counts),
)


# -- Goods on their day: what stood below nil, and what went before it had come -------------------


def _explain_below_nil(case: Case) -> str:
    return case.t(
        "Days on which goods at a place were below zero at the end. Nobody can sell or use what "
        "isn't there: something is missing, or has a wrong date."
    )


def _below_nil(case: Case) -> Iterator[Finding]:
    by_day = goods_below_nil(case.connection, case.start, case.end)
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
    Rule("stock-below-nil", noop("Stock below zero"), _explain_below_nil, _below_nil),
    Rule("before-lot", noop("Gone before it came"), _explain_early, _early),
)
