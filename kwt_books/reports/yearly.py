"""Pages of the yearly meeting that are no statements: its agenda, the plan, the supervisors."""

from __future__ import annotations

from collections.abc import Iterator

from kwt_books.domain.accounts import TEMPORARY
from kwt_books.i18n.catalogue import noop
from kwt_books.queries.balances import results
from kwt_books.reports.context import Context
from kwt_books.reports.model import Column, ColumnType, Layout, Report, Row, RowKind, account_ref
from kwt_books.reports.position import sign_of

_AGENDA = (
    noop("Opening and prayer"),
    noop("Addresses by the chair and the guests"),
    noop("Reading of the rules of the meeting; check of the quorum"),
    noop("Report of the chair and the treasurer on the past year"),
    noop("Report of the supervisors"),
    noop("Answers, and approval of the report"),
    noop("Sharing of the remaining profit (SHU)"),
    noop("Work plan and budget for the coming year"),
    noop("Election of officers, where it is due"),
    noop("Closing and prayer"),
)
_WRITING = 8
"""Lines for what the supervisors found, to be written by hand."""


def agenda(context: Context) -> Report:
    """The agenda of the yearly meeting."""
    t = context.words
    rows = [Row(t(text), (), f"{n}.", 1, RowKind.NOTE) for n, text in enumerate(_AGENDA, start=1)]
    return Report(
        name="agenda",
        title=t("Agenda of the Annual Meeting"),
        columns=(),
        rows=(
            Row(t("Order of the day"), (), None, 0, RowKind.SECTION),
            Row(t("Day, date, place and time: {blank}", blank="…" * 50), (), None, 0, RowKind.NOTE),
            *rows,
        ),
        head=context.chain.hash,
        period=t("Year {year}", year=context.period.end.year),
        layout=Layout.NOTES,
    )


def next_year(context: Context) -> Report:
    """Rencana kerja dan RAPB: the plan of the coming year beside what this one brought.

    Where no budget is set up yet the column of the plan is empty, to be filled in by hand.
    """
    t, year, money = context.words, context.period.end.year, ColumnType.MONEY
    plan = context.setup.budgets.get(str(year + 1))
    return Report(
        name="next-year",
        title=t("Work Plan and Budget"),
        columns=(
            Column("realised", t("Realised {year}", year=year), money),
            Column("plan", t("Plan {year}", year=year + 1), money),
            Column("work", t("Planned activities"), ColumnType.TEXT),
        ),
        rows=tuple(_planned(context)),
        head=context.chain.hash,
        period=t("Year {year}", year=year + 1),
        unit=context.unit,
        label=t("Description"),
        closing=(t("Decision: {decision}.", decision=plan.decision),)
        if plan is not None and plan.decision
        else (),
        layout=Layout.BOOK,
        place_date=context.period.end,
    )


def _planned(context: Context) -> Iterator[Row]:
    period, accounts = context.period, context.setup.accounts
    plan = context.setup.budgets.get(str(period.end.year + 1))
    wanted = {line.account: line.amount for line in plan.lines} if plan is not None else {}
    realised = results(context.connection, period.start, period.end)
    for code in sorted({*wanted, *(c for c in realised if accounts[c].type in TEMPORARY)}):
        if code in wanted or realised.get(code):
            amount = sign_of(accounts[code]) * realised.get(code, 0)
            yield Row(
                context.account_name(code), (amount, wanted.get(code), None), account_ref(code)
            )


def supervisors(context: Context) -> Report:
    """The page of the supervisors (pengawas): what they looked at, and lines to write on."""
    t, year = context.words, context.period.end.year
    texts = (
        t(
            "We have examined the books, supporting documents, cash, stock and assets of the "
            "year {year}.",
            year=year,
        ),
        *("…" * 95 for _ in range(_WRITING)),
        t("Supervisors:"),
        *(f"{n}. {'…' * 50}" for n in (1, 2, 3)),
    )
    return Report(
        name="supervisors",
        title=t("Report of the Supervisors"),
        columns=(),
        rows=(
            Row(t("Findings and advice"), (), None, 0, RowKind.SECTION),
            *(Row(text, (), None, 0, RowKind.NOTE) for text in texts),
        ),
        head=context.chain.hash,
        period=t("Year {year}", year=year),
        layout=Layout.NOTES,
    )
