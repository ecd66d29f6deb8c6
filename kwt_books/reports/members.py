"""Members by name: savings cards, savings month by month, and the list of profit shared out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

import orjson

from kwt_books.domain.accounts import SAVINGS, SURPLUS_PAYABLE
from kwt_books.domain.errors import RuleError
from kwt_books.domain.values import Month, month_range
from kwt_books.queries.members import Saving, saved_before, savers, savings_by_month, savings_of
from kwt_books.queries.money import standings
from kwt_books.reports.context import Context, month_asked
from kwt_books.reports.kinds import Describer
from kwt_books.reports.model import (
    Column,
    ColumnType,
    Layout,
    Report,
    Row,
    RowKind,
    Value,
    document_ref,
    party_ref,
    with_figures,
)

_MONEY = ColumnType.MONEY
NOBODY = "none"
"""Code of the line for what names no member."""


def member_names(context: Context) -> list[str]:
    """Codes of the members, and of others who have savings; the one asked for alone."""
    parties = context.setup.parties
    asked = context.parameters.member
    if asked is not None:
        if asked not in parties:
            raise RuleError("unknown-party", party=asked)
        return [asked]
    members = [code for code, party in parties.items() if party.role == "member"]
    others = savers(context.connection, context.period.end)
    return [*members, *(code for code in others if code not in members)]


# -- Kartu simpanan: what one member paid in and took out, and what she then had -----------------


def savings_card(context: Context) -> Report:
    """A section a member. Kinds of savings in columns, what was taken out apart and positive."""
    t = context.words
    return Report(
        name="savings-card",
        title=t("Savings Card"),
        columns=(
            Column("date", t("Date"), ColumnType.DATE),
            Column("number", t("Voucher"), ColumnType.CODE),
            Column("principal", t("Principal"), _MONEY),
            Column("mandatory", t("Mandatory"), _MONEY),
            Column("voluntary", t("Voluntary"), _MONEY),
            Column("withdrawn", t("Withdrawn"), _MONEY),
            Column("balance", t("Balance"), _MONEY),
            Column("initials", t("Initials"), ColumnType.TEXT),
        ),
        rows=tuple(_cards(context)),
        parameters=month_asked(context),
        period=context.in_month,
        unit=context.unit,
        label=t("Description"),
        label_at=2,
        layout=Layout.BOOK,
        place_date=context.period.end,
    )


def _cards(context: Context) -> Iterator[Row]:
    asked = (member_names(context), context.period.start, context.period.end)
    before = saved_before(context.connection, *asked)
    moved = savings_of(context.connection, *asked)
    for code in asked[0]:
        yield from _card(context, code, before.get(code, {}), moved.get(code, []))


def _card(
    context: Context, code: str, before: Mapping[str, int], moved: Iterable[Saving]
) -> Iterator[Row]:
    t, describer = context.words, Describer(context.setup, context.words)
    held = [before.get(account, 0) for account in SAVINGS.values()]
    yield Row(context.member_name(code), (None,) * 8, party_ref(code), 0, RowKind.SECTION)
    yield Row(t("Opening balance"), (None, None, *held, None, sum(held), None), "opening")
    balance, sums = sum(held), list(held)
    out = 0
    for each in moved:
        paid, taken = _paid(each)
        balance += sum(each.amounts.values())
        out += taken
        sums = [a + b for a, b in zip(sums, paid, strict=True)]
        label = describer.describe(each.kind, orjson.loads(each.payload), each.corrected)
        cells = [amount or None for amount in paid]
        yield Row(
            label,
            (each.day, each.number, *cells, taken or None, balance, None),
            document_ref(each.number),
        )
    cells_: tuple[Value, ...] = (None, None, *sums, out, balance, None)
    yield Row(t("Total"), cells_, f"{code}:total", kind=RowKind.TOTAL)


def _paid(each: Saving) -> tuple[list[int], int]:
    """What came in by kind, and what went out of all of them."""
    amounts = [each.amounts.get(account, 0) for account in SAVINGS.values()]
    return [max(amount, 0) for amount in amounts], -sum(min(amount, 0) for amount in amounts)


# -- Simpanan per bulan: members down, months across ---------------------------------------------


def savings_grid(context: Context) -> Report:
    """What each month of the year brought, less what was taken out; the columns are months."""
    t, end = context.words, context.period.end
    months = list(month_range(Month.of(date(end.year, 1, 1)), context.period.last))
    brought, moved = savings_by_month(context.connection, end)
    codes: list[str | None] = [*member_names(context)]
    if context.parameters.member is None and (None in brought or None in moved):
        codes.append(None)
    rows = [
        Row(
            context.member_name(code) if code else t("Without members' details"),
            _grid_cells(brought.get(code, 0), moved.get(code, {}), months),
            party_ref(code) if code else NOBODY,
        )
        for code in codes
    ]
    width = len(months) + 2
    sums = tuple(map(sum, zip((0,) * width, *(row.cells for row in rows), strict=True)))
    names = context.formats.month_name
    return with_figures(
        Report(
            name="savings-grid",
            title=t("Savings Month by Month"),
            columns=(
                Column("opening", t("Up to last year"), _MONEY),
                *(Column(month, names(month.number)[:3], _MONEY) for month in months),
                Column("balance", t("Balance"), _MONEY),
            ),
            rows=(*rows, Row(t("TOTAL"), sums, "total", kind=RowKind.TOTAL)),
            parameters=month_asked(context),
            period=t("Year {year}", year=end.year),
            unit=context.unit,
            label=t("Member"),
            layout=Layout.LEDGER,
            place_date=end,
        )
    )


def _grid_cells(brought: int, moved: dict[Month, int], months: list[Month]) -> tuple[int, ...]:
    first = months[0]
    before = brought + sum(amount for month, amount in moved.items() if month < first)
    here = [moved.get(month, 0) for month in months]
    return (before, *here, before + sum(here))


# -- Daftar SHU: what the yearly meeting gave each member, and what is still to be paid ----------


def member_shares(context: Context) -> Report:
    """A line a member: owed before this year, given this year, paid, left; a column to sign in."""
    t, end = context.words, context.period.end
    start = date(end.year, 1, 1)
    found = standings(context.connection, SURPLUS_PAYABLE, start, end, sign=-1)
    rows = [
        Row(
            context.member_name(each.party) if each.party else t("Without a name"),
            (str(n), each.opening, each.added, each.paid, each.owed, None),
            party_ref(each.party) if each.party else NOBODY,
        )
        for n, each in enumerate(found, start=1)
    ]
    sums = [sum(column) for column in zip((0,) * 4, *(row.cells[1:5] for row in rows), strict=True)]
    return with_figures(
        Report(
            name="member-shares",
            title=t("Members' Share of Profit (SHU)"),
            columns=(
                Column("number", t("No."), ColumnType.CODE),
                Column("opening", t("Owed before"), _MONEY),
                Column("given", t("Share of {year}", year=end.year), _MONEY),
                Column("paid", t("Paid"), _MONEY),
                Column("owed", t("Left"), _MONEY),
                Column("signature", t("Signature"), ColumnType.TEXT, by_hand=22),
            ),
            rows=(
                *rows,
                Row(t("TOTAL"), (None, *sums, None), "total", kind=RowKind.TOTAL),
            ),
            parameters=month_asked(context),
            period=t("Year {year}", year=end.year),
            unit=context.unit,
            label=t("Name"),
            label_at=1,
            layout=Layout.BOOK,
            place_date=end,
        )
    )
