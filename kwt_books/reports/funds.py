"""Dana: what each fund had, got and released, and what the releases were spent on.

Amounts are credit positive. `released` is positive and taken off: opening + allocated - released
(+ other, a column that stands there only when something else moved a fund) = closing. Below the
funds follow the releases, a row a voucher; the correction of one is negative.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from kwt_books.domain.accounts import FUNDS, SURPLUS, AccountType
from kwt_books.queries.balances import Turnover, turnovers
from kwt_books.queries.funds import closed_to, released, releases
from kwt_books.reports.asked import month_asked
from kwt_books.reports.context import Context
from kwt_books.reports.descriptions import Describer
from kwt_books.reports.model import Column, ColumnType, Report, Row, RowKind

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
        return self.closing - self.opening - self.allocated + self.released

    @property
    def moved(self) -> bool:
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
        return group.allocation.shares if group is not None else {}

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
        *(replace(row, cells=(*row.cells, *(None,) * more)) for row in moved.rows),
        heading,
        *(replace(row, cells=(*(None,) * width, *row.cells)) for row in spent.rows),
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
    t, context, found = book.context.words, book.context, book.movements
    other = any(each.other for each in found.values())
    rows = [
        Row(context.account_name(code), _cells(each, other=other), code)
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
    t, context = book.context.words, book.context
    describer = Describer(context.setup, t)
    rows = [
        Row(
            describer.describe(each.kind, each.payload, each.corrected),
            (each.date, context.account_name(each.fund), each.amount),
            each.number,
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
