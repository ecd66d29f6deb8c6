"""Iuran warga: residents down, the months of a year across, and the cash that is kept for them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from kwt_books.domain.accounts import DUES
from kwt_books.domain.values import Month, last_day, months_of
from kwt_books.queries.balances import turnovers
from kwt_books.queries.members import dues_paid
from kwt_books.reports.context import Context, month_asked
from kwt_books.reports.model import (
    Column,
    ColumnType,
    Layout,
    Report,
    Row,
    RowKind,
    account_ref,
    party_ref,
    with_figures,
)
from kwt_books.reports.position import RESTRICTED_CASH


def dues(context: Context) -> Report:
    """What was paid by the end of the period for each month of its year, whenever it was paid.

    A section a liability that dues are kept on; residents who paid nothing stand there too.
    """
    t, end = context.words, context.period.end
    year = end.year
    months = months_of(year)
    names = context.formats.month_name
    return with_figures(
        Report(
            name="dues",
            title=t("Residents' Dues"),
            columns=(
                Column("address", t("Address"), ColumnType.TEXT),
                *(Column(each, names(each.number)[:3], ColumnType.MONEY) for each in months),
                Column("total", t("Total"), ColumnType.MONEY),
            ),
            rows=tuple(_rows(context, months)),
            parameters=month_asked(context),
            period=t("Year {year}", year=year),
            unit=context.unit,
            label=t("Resident"),
            layout=Layout.LEDGER,
            closing=(_kept(context),),
            place_date=end,
        )
    )


def _rows(context: Context, months: list[Month]) -> Iterator[Row]:
    t, setup = context.words, context.setup
    paid: defaultdict[str, defaultdict[str, defaultdict[Month, int]]] = defaultdict(
        lambda: defaultdict(lambda: defaultdict(int))
    )
    for each in dues_paid(context.connection, context.period.end, DUES):
        for month, amount in each.amounts.items():
            paid[each.account][each.party][month] += amount
    residents = [code for code, party in setup.parties.items() if party.role == "resident"]
    sums = []
    for account in sorted({DUES, *paid}):
        here = paid[account]
        codes = [*residents, *sorted(set(here) - set(residents))]
        yield Row(
            context.account_name(account), (None,) * 14, account_ref(account), 0, RowKind.SECTION
        )
        lines = [
            tuple(here[code][month] if code in here else 0 for month in months) for code in codes
        ]
        for code, line in zip(codes, lines, strict=True):
            party = setup.parties.get(code)
            address = party.address if party is not None else None
            yield Row(setup.party_name(code), (address, *line, sum(line)), party_ref(code), 1)
        sums.append(tuple(map(sum, zip((0,) * 12, *lines, strict=True))))
        label = t("Total {account}", account=context.account_name(account))
        cells = (None, *sums[-1], sum(sums[-1]))
        yield Row(label, cells, f"{account}:total", 0, RowKind.SUBTOTAL)
    whole = tuple(map(sum, zip(*sums, strict=True)))
    yield Row(t("TOTAL"), (None, *whole, sum(whole)), "total", 0, RowKind.TOTAL)


def _kept(context: Context) -> str:
    """What is kept for the residents, and the cash that it lies in."""
    stands = turnovers(context.connection, context.span.start, context.period.end)
    owed, cash = (stands[code].closing if code in stands else 0 for code in (DUES, RESTRICTED_CASH))
    return context.words(
        "On {day} {owed} is kept for the residents; the ring-fenced cash holds {cash}.",
        day=context.formats.day(last_day(context.period.last)),
        owed=context.formats.rupiah(-owed),
        cash=context.formats.rupiah(cash),
    )
