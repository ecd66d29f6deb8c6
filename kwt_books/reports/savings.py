"""Simpanan anggota: what each member has paid in, taken out and holds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from kwt_books.domain.accounts import SAVINGS
from kwt_books.queries.parties import Standing, standings
from kwt_books.reports.asked import month_asked
from kwt_books.reports.context import Context
from kwt_books.reports.debts import NOBODY
from kwt_books.reports.model import Column, ColumnType, Report, Row, RowKind
from kwt_books.reports.totals import with_figures

_Figures = tuple[int, ...]


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
            rows=tuple(_rows(context)),
            parameters=month_asked(context),
            place_date=context.period.end,
        )
    )


def _rows(context: Context) -> Iterator[Row]:
    t, setup = context.words, context.setup
    found = _by_party(context)
    members = [code for code, party in setup.parties.items() if party.role == "member"]
    others = sorted(party for party in found if party is not None and party not in members)
    for party in (*members, *others, None):
        figures = _figures(found.get(party, {}))
        if party is None and not any(figures):
            continue
        name = setup.party_name(party) if party is not None else t("Without members' details")
        yield Row(name, figures, code=party or NOBODY)
    sums = [_figures(kinds) for kinds in ({}, *found.values())]
    total = tuple(sum(column) for column in zip(*sums, strict=True))
    yield Row(t("TOTAL"), total, code="total", kind=RowKind.TOTAL)


def _by_party(context: Context) -> dict[str | None, dict[str, Standing]]:
    period = context.period
    found: defaultdict[str | None, dict[str, Standing]] = defaultdict(dict)
    for kind, account in SAVINGS.items():
        for each in standings(context.connection, account, period.start, period.end, sign=-1):
            found[each.party][kind] = each
    return found


def _figures(kinds: dict[str, Standing]) -> _Figures:
    held = [kinds[kind].owed if kind in kinds else 0 for kind in SAVINGS]
    return (
        sum(each.opening for each in kinds.values()),
        sum(each.added for each in kinds.values()),
        sum(each.paid for each in kinds.values()),
        *held,
        sum(held),
    )
