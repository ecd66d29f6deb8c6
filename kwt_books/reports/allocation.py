"""Alokasi laba: how a month's profit is shared among the funds, and by whose decision.

Percents are tenths. A closed month shows what its close shared, by the shares of that close or
the group's at that time; an open one what its close would share now.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kwt_books.domain.accounts import SURPLUS, TEMPORARY
from kwt_books.domain.documents.setup import Allocation
from kwt_books.domain.money import share_out
from kwt_books.domain.month import Month, shift
from kwt_books.queries.balances import turnovers
from kwt_books.queries.closes import HeldClose, Sharing, close_of, sharing
from kwt_books.reports.asked import month_asked
from kwt_books.reports.context import Context
from kwt_books.reports.model import Column, ColumnType, Report, Row, RowKind


@dataclass(frozen=True, slots=True)
class ProfitSharing:
    """The sharing of the profit of some months, made or foreseen."""

    first: Month
    last: Month
    shares: Mapping[str, int]
    """Whole percents by fund, in the order of the decision."""
    sharing: Sharing
    close: HeldClose | None
    decided: Allocation | None
    """The group's decision; none where the close had shares of its own."""


def sharing_of(context: Context) -> ProfitSharing:
    """How the profit of the period's last month is shared."""
    month = context.period.last
    close = close_of(context.connection, month)
    if close is None:
        return _foreseen(context, month)
    own = close.command.shares
    group = close.group.allocation if close.group is not None and own is None else None
    types = {code: each.type for code, each in context.setup.accounts.items()}
    return ProfitSharing(
        _month_after(context, close.after),
        close.command.month,
        own or (group.shares if group is not None else {}),
        sharing(context.connection, close, types),
        close,
        group,
    )


def _month_after(context: Context, closed: Month | None) -> Month:
    return shift(closed, 1) if closed is not None else context.recorded_months[0]


def _foreseen(context: Context, month: Month) -> ProfitSharing:
    """What a close of the month would share (STREAM.md, `month_close`)."""
    accounts = context.setup.accounts
    stands = turnovers(context.connection, context.period.start, context.period.end)
    profit = -sum(each.closing for code, each in stands.items() if accounts[code].type in TEMPORARY)
    surplus = profit - (stands[SURPLUS].closing if SURPLUS in stands else 0)
    group = context.setup.group
    decided = group.allocation if group is not None else None
    shares = decided.shares if decided is not None else {}
    shared = max(0, min(profit, surplus)) if shares else 0
    parts = share_out(shared, shares) if shared else {}
    first = min(_month_after(context, context.chain.closed_through), month)
    return ProfitSharing(first, month, shares, Sharing(profit, shared, parts), None, decided)


def allocation(context: Context) -> Report:
    t, found = context.words, sharing_of(context)
    table = allocation_table(context, found)
    decision = Row(basis(context, found), (None, None), "decision", kind=RowKind.NOTE)
    return Report(
        name="allocation",
        title=t("Profit Allocation"),
        columns=table.columns,
        rows=(decision, *table.rows) if decision.label else table.rows,
        parameters=month_asked(context),
        period=context.spanning,
        unit=context.unit,
        label=table.label,
        closing=(*remarks(context, found), rounding(context)),
        place_date=context.period.end,
        figures={"profit": found.sharing.profit, "allocated": found.sharing.shared},
    )


def allocation_table(context: Context, found: ProfitSharing) -> Report:
    """The table alone, as it stands among others."""
    t, made = context.words, found.sharing
    rows = [Row(_profit_label(context, found), (None, made.profit), "profit")]
    if found.shares and 0 <= made.shared < made.profit:
        label = t("Kept to cover earlier losses")
        rows.append(Row(label, (None, made.shared - made.profit), "covered"))
    rows += [
        Row(context.account_name(code), (percent * 10, made.parts.get(code, 0)), code, 1)
        for code, percent in found.shares.items()
        if percent
    ]
    whole = 10 * sum(found.shares.values())
    total = Row(t("Total allocation"), (whole, made.shared), "allocated", kind=RowKind.TOTAL)
    return Report(
        name="allocation",
        title=t("Allocation"),
        columns=(
            Column("percent", t("Share"), ColumnType.PERCENT),
            Column("amount", t("Amount"), ColumnType.MONEY),
        ),
        rows=(*rows, total),
        label=t("Fund"),
    )


def _profit_label(context: Context, found: ProfitSharing) -> str:
    t, month = context.words, context.formats.month
    if found.first == found.last:
        return t("Profit after tax of {month}", month=month(found.last))
    return t(
        "Profit after tax, {first} to {last}", first=month(found.first), last=month(found.last)
    )


def basis(context: Context, found: ProfitSharing) -> str:
    """The decisions that the sharing stands on; empty where there is none."""
    t = context.words
    minutes = found.close.command.decision if found.close is not None else None
    if found.decided is None:
        own = found.close is not None and found.close.command.shares is not None
        if own and minutes:
            return t("Basis: {minutes}, with shares for this close alone.", minutes=minutes)
        return t("Basis: shares set for this close alone.") if own else ""
    decision, day = found.decided.decision, context.formats.day(found.decided.date)
    if minutes:
        return t(
            "Basis: decision {decision} of the members' meeting of {day}; this month's "
            "allocation was set by {minutes}.",
            decision=decision,
            day=day,
            minutes=minutes,
        )
    return t(
        "Basis: decision {decision} of the members' meeting of {day}.", decision=decision, day=day
    )


def remarks(context: Context, found: ProfitSharing) -> tuple[str, ...]:
    """What is to be known of the amounts: nothing for a profit that was shared."""
    t = context.words
    if found.sharing.profit <= 0:
        return (t("There is no profit to share."),)
    if found.close is None:
        return (t("The month is not closed yet: these amounts are foreseen, not allocated."),)
    return ()


def rounding(context: Context) -> str:
    return context.words(
        "Rounded by largest remainder: the parts always add up to the profit that is shared."
    )
