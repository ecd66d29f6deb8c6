"""Receivables, payables and savings: who owes how much, and since when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kwt_books.domain.accounts import (
    MEMBER_RECEIVABLE,
    PROGRAMME_MONEY,
    SAVED,
    SAVINGS,
    SHOP_RECEIVABLE,
    SOCIAL_FUND,
    TRADE_RECEIVABLE,
    AccountType,
)
from kwt_books.queries.money import Standing, standings
from kwt_books.reports.context import Context, month_asked
from kwt_books.reports.model import (
    Column,
    ColumnType,
    Report,
    Row,
    RowKind,
    Value,
    account_ref,
    party_ref,
    with_figures,
)
from kwt_books.reports.position import HELD_FOR_OTHERS

NOBODY = "none"
"""Code of the line for what names no party."""
_AGES = (30, 60, 90)
"""Days: the last of each group by age; what is older has its own."""


_Figures = tuple[int, ...]
_NOTHING: _Figures = (0,) * 8


@dataclass(frozen=True, slots=True)
class Debts:
    """Which accounts, what they are called, and which side adds to them."""

    name: str
    title: str
    accounts: tuple[str, ...]
    sign: int
    added: str
    paid: str
    owed: str


def debts_report(context: Context, debts: Debts) -> Report:
    """A section an account, a line a party; each section adds up to its account.

    Ages are days from when a debt arose to the end of the period; what was paid, paid the
    oldest. Who paid too much stands below zero.
    """
    t, period = context.words, context.period
    money = ColumnType.MONEY
    age = t("Age in days")
    return with_figures(
        Report(
            name=debts.name,
            title=debts.title,
            period=context.in_month,
            unit=context.unit,
            label=t("Name"),
            columns=(
                Column("account", t("Account code"), ColumnType.CODE),
                Column("opening", t("Opening balance"), money),
                Column("added", debts.added, money),
                Column("paid", debts.paid, money),
                Column("owed", debts.owed, money),
                Column("days_0_30", "0–30", money, group=age),
                Column("days_31_60", "31–60", money, group=age),
                Column("days_61_90", "61–90", money, group=age),
                Column("days_over_90", ">90", money, group=age),
            ),
            rows=tuple(_party_rows(context, debts)),
            parameters=month_asked(context),
            place_date=period.end,
        )
    )


def _party_rows(context: Context, debts: Debts) -> Iterator[Row]:
    t, period = context.words, context.period
    sums: list[_Figures] = []
    for account in debts.accounts:
        found = standings(context.connection, account, period.start, period.end, sign=debts.sign)
        lines = [
            _line(context, each, figures)
            for each in found
            if any(figures := _party_figures(context, each))
        ]
        if not lines:
            continue
        name, ref = context.account_name(account), account_ref(account)
        yield Row(name, (ref, *(None,) * 8), code=ref, kind=RowKind.SECTION)
        yield from lines
        sums.append(_added([_party_figures(context, each) for each in found]))
        label = t("Total {account}", account=name)
        yield Row(label, (ref, *sums[-1]), code=ref, kind=RowKind.SUBTOTAL)
    yield Row(t("TOTAL"), (None, *_added([_NOTHING, *sums])), code="total", kind=RowKind.TOTAL)


def _line(context: Context, each: Standing, figures: _Figures) -> Row:
    name = (
        context.setup.party_name(each.party)
        if each.party is not None
        else context.words("Not by name")
    )
    cells: tuple[Value, ...] = (account_ref(each.account), *figures)
    return Row(name, cells, code=party_ref(each.party) if each.party else NOBODY, level=1)


def _party_figures(context: Context, each: Standing) -> _Figures:
    """Opening, added, paid, owed, and what is owed by age."""
    ages = [0] * (len(_AGES) + 1)
    for day, amount in each.unpaid:
        old = (context.period.end - day).days
        ages[sum(old > most for most in _AGES)] += amount
    return (each.opening, each.added, each.paid, each.owed, *ages)


def _added(figures: Sequence[_Figures]) -> _Figures:
    return tuple(sum(column) for column in zip(*figures, strict=True))


# -- Piutang: what buyers, shops and members owe, and since when ---------------------------------


def receivables(context: Context) -> Report:
    """The report of what buyers, shops and members owe."""
    t = context.words
    accounts = (TRADE_RECEIVABLE, SHOP_RECEIVABLE, MEMBER_RECEIVABLE)
    return debts_report(
        context,
        Debts(
            name="receivables",
            title=t("Receivables"),
            accounts=accounts,
            sign=1,
            added=t("New receivables"),
            paid=t("Settled"),
            owed=t("Receivable left"),
        ),
    )


# -- Utang: what the group owes its suppliers and members, and since when ------------------------


def payables(context: Context) -> Report:
    """The report of what the group owes."""
    t = context.words
    return debts_report(
        context,
        Debts(
            name="payables",
            title=t("Payables"),
            accounts=tuple(_owed_accounts(context)),
            sign=-1,
            added=t("New payables"),
            paid=t("Paid"),
            owed=t("Payable left"),
        ),
    )


def _owed_accounts(context: Context) -> Iterator[str]:
    """Every liability but members' savings, what is held for others, and money of programmes."""
    apart = {*SAVED, *HELD_FOR_OTHERS, PROGRAMME_MONEY, SOCIAL_FUND}
    for code, account in sorted(context.setup.accounts.items()):
        if account.type is AccountType.LIABILITY and code not in apart:
            yield code


# -- Simpanan anggota: what each member has paid in, taken out and holds -------------------------


def savings(context: Context) -> Report:
    """A line a member. The columns `principal`, `mandatory` and `voluntary` are what stands at
    the end of the period, and add up to the accounts; what names no member has its own line.
    """
    t = context.words
    money = ColumnType.MONEY
    standing = t("Balance by kind")
    return with_figures(
        Report(
            name="savings",
            title=t("Members' Savings"),
            period=context.in_month,
            unit=context.unit,
            label=t("Member"),
            columns=(
                Column("opening", t("Opening balance"), money),
                Column("paid_in", t("Paid in"), money),
                Column("withdrawn", t("Withdrawn"), money),
                Column("principal", t("Principal"), money, group=standing),
                Column("mandatory", t("Mandatory"), money, group=standing),
                Column("voluntary", t("Voluntary"), money, group=standing),
                Column("balance", t("Balance"), money),
            ),
            rows=tuple(_member_rows(context)),
            parameters=month_asked(context),
            place_date=context.period.end,
        )
    )


def _member_rows(context: Context) -> Iterator[Row]:
    t = context.words
    found = _by_party(context)
    members = [code for code, each in context.setup.parties.items() if each.role == "member"]
    others = sorted(party for party in found if party is not None and party not in members)
    for party in (*members, *others, None):
        figures = _member_figures(found.get(party, {}))
        if party is None and not any(figures):
            continue
        name = context.member_name(party) if party else t("Without members' details")
        yield Row(name, figures, code=party_ref(party) if party else NOBODY)
    sums = [_member_figures(kinds) for kinds in ({}, *found.values())]
    total = tuple(sum(column) for column in zip(*sums, strict=True))
    yield Row(t("TOTAL"), total, code="total", kind=RowKind.TOTAL)


def _by_party(context: Context) -> dict[str | None, dict[str, Standing]]:
    period = context.period
    found: defaultdict[str | None, dict[str, Standing]] = defaultdict(dict)
    for kind, account in SAVINGS.items():
        for each in standings(context.connection, account, period.start, period.end, sign=-1):
            found[each.party][kind] = each
    return found


def _member_figures(kinds: dict[str, Standing]) -> _Figures:
    held = [kinds[kind].owed if kind in kinds else 0 for kind in SAVINGS]
    return (
        sum(each.opening for each in kinds.values()),
        sum(each.added for each in kinds.values()),
        sum(each.paid for each in kinds.values()),
        *held,
        sum(held),
    )
