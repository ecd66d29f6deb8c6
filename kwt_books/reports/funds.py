"""Dana: what each fund had, got and released, and what the releases were spent on.

Amounts are credit positive. `released` is positive and taken off: opening + allocated - released
(+ other, a column that stands there only when something else moved a fund) = closing. Below the
funds follow the releases, a row a voucher; the correction of one is negative.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from kwt_books.domain.accounts import FUNDS, SURPLUS, TEMPORARY, AccountType
from kwt_books.domain.documents.setup import Allocation
from kwt_books.domain.values import Month, first_day, last_day, share_out, shift
from kwt_books.queries.balances import Turnover, turnovers
from kwt_books.queries.closes import HeldClose, Sharing, close_of, sharing
from kwt_books.queries.funds import closed_to, released, releases
from kwt_books.reports.context import Context, month_asked
from kwt_books.reports.kinds import Describer
from kwt_books.reports.model import (
    Column,
    ColumnType,
    Report,
    Row,
    RowKind,
    account_ref,
    document_ref,
)
from kwt_books.reports.packs import Section

_MONEY = ColumnType.MONEY


@dataclass(frozen=True, slots=True)
class Movement:
    """One fund over a period."""

    opening: int = 0
    allocated: int = 0
    released: int = 0
    closing: int = 0

    @property
    def other(self) -> int:
        """What else changed the fund, besides allocation and release; rupiah."""
        return self.closing - self.opening - self.allocated + self.released

    @property
    def moved(self) -> bool:
        """Whether there is anything to show."""
        return any((self.opening, self.allocated, self.released, self.closing))


class FundBook:
    """The funds over the period, those of the group's decision first, in its order."""

    def __init__(self, context: Context) -> None:
        self.context = context
        period, connection = context.period, context.connection
        self.stands = turnovers(connection, period.start, period.end)
        self.releases = releases(connection, period.start, period.end)
        self._allocated = closed_to(connection, period.start, period.end)
        self._released = released(self.releases)
        self.movements: Mapping[str, Movement] = {
            code: each
            for code in self._codes()
            if (each := self._movement(code)).moved or code in self._shares
        }

    @property
    def _shares(self) -> Mapping[str, int]:
        group = self.context.setup.group
        return group.shares if group is not None else {}

    def _codes(self) -> list[str]:
        """Also accounts that got a share once, by a decision that no longer holds."""
        accounts = self.context.setup.accounts
        permanent = (AccountType.EQUITY, AccountType.LIABILITY)
        once = [code for code in self._allocated if accounts[code].type in permanent]
        codes = dict.fromkeys((*self._shares, *FUNDS, *sorted(once), *sorted(self._released)))
        return [code for code in codes if code != SURPLUS]

    def _movement(self, code: str) -> Movement:
        stands = self.stands.get(code, Turnover())
        return Movement(
            -stands.opening,
            self._allocated.get(code, 0),
            self._released.get(code, 0),
            -stands.closing,
        )


def funds(context: Context) -> Report:
    """Movements and releases in one table, for the screen and for programs."""
    t, book = context.words, FundBook(context)
    moved, spent = movements_table(book), releases_table(book)
    width, more = len(moved.columns), len(spent.columns)
    heading = Row(spent.title, (None,) * (width + more), "releases_section", 0, RowKind.SECTION)
    rows = [
        *(row._replace(cells=(*row.cells, *(None,) * more)) for row in moved.rows),
        heading,
        *(row._replace(cells=(*(None,) * width, *row.cells)) for row in spent.rows),
    ]
    return Report(
        name="funds",
        title=t("Statement of Funds"),
        columns=(*moved.columns, *spent.columns),
        rows=tuple(rows),
        parameters=month_asked(context),
        period=context.spanning,
        unit=context.unit,
        label=t("Fund"),
        place_date=context.period.end,
        figures={row.code: _last(row) for row in (moved.rows[-1], spent.rows[-1]) if row.code},
    )


def _last(row: Row) -> int:
    value = row.cells[-1]
    assert isinstance(value, int), row
    return value


def movements_table(book: FundBook) -> Report:
    """What each fund had, got, released and has."""
    t, context, found = book.context.words, book.context, book.movements
    other = any(each.other for each in found.values())
    rows = [
        Row(context.account_name(code), _cells(each, other=other), account_ref(code))
        for code, each in found.items()
    ]
    filled = [_cells(each, other=other) for each in (Movement(), *found.values())]
    total = tuple(sum(column) for column in zip(*filled, strict=True))
    return Report(
        name="fund-movements",
        title=t("Movements"),
        columns=_columns(context, other=other),
        rows=(*rows, Row(t("Total funds"), total, "funds", kind=RowKind.TOTAL)),
        label=t("Fund"),
    )


def _columns(context: Context, *, other: bool) -> tuple[Column, ...]:
    t, period = context.words, context.period
    before = context.formats.day(period.start - timedelta(days=1))
    span = context.column_of(period)
    columns = [
        Column("opening", f"{t('Balance')}\n{before}", _MONEY),
        Column("allocated", f"{t('Allocated')}\n{span}", _MONEY),
        Column("released", f"{t('Released')}\n{span}", _MONEY, deducted=True),
        Column("closing", f"{t('Balance')}\n{context.formats.day(period.end)}", _MONEY),
    ]
    if other:
        columns.insert(3, Column("other", f"{t('Other movements')}\n{span}", _MONEY))
    return tuple(columns)


def _cells(each: Movement, *, other: bool) -> tuple[int, ...]:
    more = (each.other,) if other else ()
    return (each.opening, each.allocated, each.released, *more, each.closing)


def releases_table(book: FundBook) -> Report:
    """What the releases were spent on, document by document."""
    t, context = book.context.words, book.context
    describer = Describer(context.setup, t)
    rows = [
        Row(
            describer.describe(each.kind, each.payload, each.corrected),
            (each.date, context.account_name(each.fund), each.amount),
            document_ref(each.number),
            1,
        )
        for each in book.releases
    ]
    total = sum(each.amount for each in book.releases)
    return Report(
        name="fund-releases",
        title=t("Releases"),
        columns=(
            Column("date", t("Date"), ColumnType.DATE),
            Column("fund", t("Fund"), ColumnType.TEXT),
            Column("amount", t("Amount"), _MONEY),
        ),
        rows=(*rows, Row(t("Total releases"), (None, None, total), "releases", 0, RowKind.TOTAL)),
        label=t("Description"),
        label_at=1,
    )


# -- Alokasi laba: how a month's profit is shared among the funds, and by whose decision ---------
#
# Percents are tenths. A closed month shows what its close shared, by the shares of that close or
# the group's at that time; an open one what its close would share now.


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
        return _previewed(context, month)
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


def _previewed(context: Context, month: Month) -> ProfitSharing:
    """What a close of the month would share (STREAM.md, `month_close`)."""
    accounts = context.setup.accounts
    stands = turnovers(context.connection, context.period.start, context.period.end)
    profit = -sum(each.closing for code, each in stands.items() if accounts[code].type in TEMPORARY)
    surplus = profit - (stands[SURPLUS].closing if SURPLUS in stands else 0)
    group = context.setup.group
    decided = group.allocation if group is not None else None
    shares = decided.shares if decided is not None else {}
    base = profit
    if decided is not None and decided.before_fund_spending:
        base += spent_of_funds(context, month)
    shared = max(0, min(base, surplus)) if shares else 0
    parts = share_out(shared, shares) if shared else {}
    first = min(_month_after(context, context.chain.closed_through), month)
    return ProfitSharing(first, month, shares, Sharing(profit, shared, parts), None, decided)


def spent_of_funds(context: Context, month: Month) -> int:
    """What payments and purchases released to 3301 in the months that a close would close."""
    start = first_day(_month_after(context, context.chain.closed_through))
    found = releases(context.connection, start, last_day(month))
    return sum(each.amount for each in found if each.source in ("payment", "purchase"))


def allocation(context: Context) -> Report:
    """The report of how the period's profit is shared."""
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
    elif made.shared > 0 and made.shared > made.profit:
        label = t("Spent from funds, shared as well")
        rows.append(Row(label, (None, made.shared - made.profit), "spent"))
    rows += [
        Row(
            context.account_name(code),
            (percent * 10, made.parts.get(code, 0)),
            account_ref(code),
            1,
        )
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
    """A sentence on provisional amounts; empty for a profit that was shared."""
    t = context.words
    if found.sharing.profit <= 0 and not found.sharing.shared:
        return (t("There is no profit to share."),)
    if found.close is None:
        return (t("The month is not closed yet: these amounts are foreseen, not allocated."),)
    return ()


def rounding(context: Context) -> str:
    """The sentence that says how shares are rounded."""
    return context.words(
        "Rounded by largest remainder: the parts always add up to the profit that is shared."
    )


# -- Laporan alokasi laba dan dana: allocation, movements and releases on one paper --------------


def allocation_and_funds(context: Context) -> Section:
    """The paper of the period, its allocation that of the last month."""
    t, book, found = context.words, FundBook(context), sharing_of(context)
    parts = (allocation_table(context, found), movements_table(book), _numbered(book))
    return replace(
        _paper(context, t("Profit Allocation and Funds"), parts),
        intro=tuple(filter(None, (basis(context, found),))),
        closing=(*remarks(context, found), _surplus(book), rounding(context)),
    )


def movements_and_releases(context: Context) -> Section:
    """The paper of a period with several closes: what moved in the funds, and what was released."""
    book = FundBook(context)
    parts = (movements_table(book), _numbered(book))
    return _paper(context, context.words("Statement of Funds"), parts)


def _paper(context: Context, title: str, parts: Sequence[Report]) -> Section:
    lettered = (
        replace(part, title=f"{letter}. {part.title}")
        for letter, part in zip("ABC", parts, strict=False)
    )
    return Section(
        title=title,
        parts=tuple(lettered),
        period=context.spanning,
        unit=context.unit,
        provisional=context.provisional,
        place_date=context.period.end,
        parameters={**context.parameters.given(), **month_asked(context)},
    )


def _numbered(book: FundBook) -> Report:
    """The releases as paper has them: the voucher in a column of its own, funds by short names."""
    table, t = releases_table(book), book.context.words
    date, fund, amount = table.columns
    short = t("Fund") + " "
    return replace(
        table,
        columns=(date, Column("number", t("Voucher"), ColumnType.CODE), fund, amount),
        rows=tuple(
            row._replace(
                level=0,
                cells=(
                    row.cells[0],
                    row.code if row.kind is RowKind.LINE else None,
                    str(row.cells[1]).removeprefix(short) if row.cells[1] else None,
                    row.cells[2],
                ),
            )
            for row in table.rows
        ),
        label_at=2,
    )


def _surplus(book: FundBook) -> str:
    """The rows that explain how much of the profit is not allocated."""
    context, t = book.context, book.context.words
    stands = book.stands.get(SURPLUS, Turnover())
    rupiah = context.formats.rupiah
    spent = sum(each.amount for each in book.releases if each.to == SURPLUS)
    values = {
        "closing": rupiah(-stands.closing),
        "opening": rupiah(-stands.opening),
        "day": context.formats.day(context.period.start - timedelta(days=1)),
    }
    if spent and stands.opening - spent == stands.closing:
        return t(
            "Unallocated profit after allocation: {closing} ({day}: {opening}, plus funds "
            "released {released}).",
            released=rupiah(spent),
            **values,
        )
    return t("Unallocated profit after allocation: {closing} ({day}: {opening}).", **values)
