"""Laporan posisi keuangan: what the group has, owes and owns on a day, and a month before.

`amount` stands at the end of the period, `previous` at the end of the month before (or on the day
before a span that was asked for), `year` at the end of the year before. Liabilities and equity
are positive, accumulated depreciation is negative.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from enum import IntEnum, StrEnum

from kwt_books.domain.accounts import (
    FUNDS,
    MEMBER_RECEIVABLE,
    SHOP_RECEIVABLE,
    SHORTAGE,
    SURPLUS,
    TRADE_RECEIVABLE,
    Account,
    AccountType,
    Side,
)
from kwt_books.i18n.catalogue import noop
from kwt_books.queries.balances import NIL, net, nets, opening_brought
from kwt_books.queries.documents import eve
from kwt_books.reports.compared import Beside, Compared, summed
from kwt_books.reports.context import Context, month_asked
from kwt_books.reports.model import Report, Row, RowKind, Value, account_ref

# -- The place of each account in the statements, and its note ------------------------------------
#
# Accounts that a group adds fall in with those of their type and the first digits of their code.


RESTRICTED_CASH = "1104"
HELD_FOR_OTHERS = ("2104", "2105")
DEPRECIATION = "6109"


class Note(IntEnum):
    """Numbers of the notes; the statements refer to them."""

    GENERAL = 1
    COMPLIANCE = 2
    POLICIES = 3
    CASH = 4
    RECEIVABLES = 5
    INVENTORIES = 6
    FIXED_ASSETS = 7
    LIABILITIES = 8
    CAPITAL = 9
    FUNDS = 10
    REVENUE = 11
    SPOILAGE = 12
    SHORTAGES = 13
    TAX = 14
    MENDED = 15


class Part(StrEnum):
    """Parts of the statement of financial position, by their stable codes."""

    CASH = "group_cash"
    RESTRICTED_CASH = RESTRICTED_CASH
    RECEIVABLES = "receivables"
    INVENTORIES = "inventories"
    OTHER_CURRENT = "other_current_assets"
    FIXED_ASSETS = "fixed_assets"
    DEPRECIATION = "accumulated_depreciation"
    LIABILITIES = "liabilities"
    EQUITY = "equity"
    RESULT = "current_profit"


NOTE_OF_PART: Mapping[Part, Note] = {
    Part.CASH: Note.CASH,
    Part.RESTRICTED_CASH: Note.CASH,
    Part.RECEIVABLES: Note.RECEIVABLES,
    Part.INVENTORIES: Note.INVENTORIES,
    Part.OTHER_CURRENT: Note.RECEIVABLES,
    Part.FIXED_ASSETS: Note.FIXED_ASSETS,
    Part.DEPRECIATION: Note.FIXED_ASSETS,
    Part.LIABILITIES: Note.LIABILITIES,
    Part.RESULT: Note.FUNDS,
}
NOTE_OF_RESULT: Mapping[str, Note] = {
    DEPRECIATION: Note.FIXED_ASSETS,
    SHORTAGE: Note.SHORTAGES,
}
"""Accounts of profit and loss that a note of their own explains."""

CAPTIONS: Mapping[str, str] = {
    TRADE_RECEIVABLE: noop("Trade receivables"),
    SHOP_RECEIVABLE: noop("Consignment receivables"),
    MEMBER_RECEIVABLE: noop("Receivables from members"),
    "1141": noop("Advances"),
}
"""What the statement of financial position calls an account, if not by its name."""


def part_of(account: Account) -> Part:
    """The part of the statement of financial position that the account belongs to."""
    if account.type is AccountType.ASSET:
        return _asset_part(account)
    if account.type is AccountType.LIABILITY:
        return Part.LIABILITIES
    return Part.EQUITY if account.type is AccountType.EQUITY else Part.RESULT


def _asset_part(account: Account) -> Part:
    code = account.code
    if code == RESTRICTED_CASH:
        return Part.RESTRICTED_CASH
    if account.cash:
        return Part.CASH
    if code.startswith("111"):
        return Part.RECEIVABLES
    if code.startswith(("112", "113")):
        return Part.INVENTORIES
    if code.startswith("12"):
        return Part.DEPRECIATION if account.normal is Side.CREDIT else Part.FIXED_ASSETS
    return Part.OTHER_CURRENT


def note_of_equity(code: str, funds: Iterable[str]) -> Note:
    """Savings and grants in one note; funds and what is left of profit in another."""
    return Note.FUNDS if code == SURPLUS or code in FUNDS or code in funds else Note.CAPITAL


def sign_of(account: Account) -> int:
    """What a debit-positive balance is multiplied by for its reader.

    Assets, costs and expenses are positive by their debit, liabilities, equity and income by
    their credit: accumulated depreciation and discounts come out negative. Other income and
    other expenses are both positive, each by its normal side.
    """
    if account.type is AccountType.OTHER:
        return -1 if account.normal is Side.CREDIT else 1
    credit = (AccountType.LIABILITY, AccountType.EQUITY, AccountType.INCOME)
    return -1 if account.type in credit else 1


# -- Balances at the end of a period and a month before -------------------------------------------


CURRENT = (
    Part.CASH,
    Part.RESTRICTED_CASH,
    Part.RECEIVABLES,
    Part.INVENTORIES,
    Part.OTHER_CURRENT,
)
FIXED = (Part.FIXED_ASSETS, Part.DEPRECIATION)


class Standing:
    """Balances by the part of the position they stand in, signed for its reader.

    The result of open months is positive where it is a profit.
    """

    def __init__(self, context: Context) -> None:
        self.context, formats = context, context.formats
        first, end = context.span.start, context.period.end
        self.before: date = first - timedelta(days=1)
        year = context.year_so_far
        self.beside = Beside(
            formats.day(end),
            formats.day(self.before),
            formats.day(year.start - timedelta(days=1)) if year is not None else "",
            available=first >= context.begins,
        )
        self._parts: defaultdict[Part, dict[str, Compared]] = defaultdict(dict)
        for code, found in self._stands(first, end, year.start if year is not None else None):
            account = context.setup.accounts[code]
            part = part_of(account)
            signed = found.times(-1 if part is Part.RESULT else sign_of(account))
            if any(signed):
                self._parts[part][code] = signed

    def _stands(
        self, first: date, end: date, new_year: date | None
    ) -> Iterator[tuple[str, Compared]]:
        """What stands on each account, debit positive; the opening balance as what stood before."""
        connection = self.context.connection
        days = [end, self.before] + ([eve(new_year)] if new_year is not None else [])
        stands = nets(connection, [(date.min, day) for day in days])
        opening = opening_brought(connection)
        before = opening.within(first, end)
        began = opening.within(new_year, new_year) if new_year is not None else {}
        for code in sorted({*stands, *before}):
            now, then, year = (*stands.get(code, (0, 0)), 0)[:3]
            yield (
                code,
                Compared(now, then + net(before.get(code, NIL)), year + net(began.get(code, NIL))),
            )

    def cells(self, found: Compared, note: Note | None = None) -> tuple[Value, ...]:
        """A row's values for the statement's columns."""
        return self.beside.cells(found, note)

    def of(self, part: Part) -> dict[str, Compared]:
        """The accounts of a part that anything stands on, in the order of their codes."""
        return self._parts[part]

    def sum(self, *parts: Part) -> Compared:
        """The sum of some parts of the statement; rupiah."""
        return summed(pair for part in parts for pair in self._parts[part].values())

    @property
    def funds(self) -> Iterable[str]:
        """The accounts that get a share of profit."""
        group = self.context.setup.group
        return group.shares if group is not None else ()


def result_label(context: Context, *, carried: bool) -> str:
    """What the result of open months is called; `carried`: not of the last month alone."""
    t = context.words
    if carried:
        return t("Profit (loss) not closed yet")
    return t("Profit (loss) for the current month")


def caption_of(context: Context, code: str) -> str:
    """What the position calls an account: a caption of its own, else the account's name."""
    caption = CAPTIONS.get(code)
    return context.words(caption) if caption is not None else context.account_name(code)


_SECTION, _SUBTOTAL, _TOTAL = RowKind.SECTION, RowKind.SUBTOTAL, RowKind.TOTAL


def position(context: Context) -> Report:
    """The statement of financial position."""
    t, day = context.words, context.period.end
    standing = Standing(context)
    return Report(
        name="position",
        title=t("Statement of Financial Position"),
        columns=standing.beside.columns(context),
        rows=(*_assets(standing), *_claims(standing)),
        parameters={**month_asked(context), "as_of": day.isoformat()},
        period=context.per,
        unit=context.unit,
        closing=(
            t("The notes are an integral part of this statement."),
            *standing.beside.said(context),
            *_warnings(standing),
        ),
        place_date=day,
        figures=_figures(standing),
    )


def _assets(standing: Standing) -> list[Row]:
    t = standing.context.words
    current, fixed = standing.sum(*CURRENT), standing.sum(*FIXED)
    rows = [
        Row(t("ASSETS"), standing.beside.blank, "assets", 0, _SECTION),
        Row(t("Current assets"), standing.beside.blank, "current_assets", 1, _SECTION),
        _line(standing, t("Group cash and bank"), Part.CASH),
    ]
    if any(standing.sum(Part.RESTRICTED_CASH)):
        rows.append(_line(standing, t("KPP cash held (restricted)"), Part.RESTRICTED_CASH))
    rows += _by_account(standing, Part.RECEIVABLES)
    if any(standing.sum(Part.INVENTORIES)):
        rows.append(_line(standing, t("Inventories"), Part.INVENTORIES))
    rows += _by_account(standing, Part.OTHER_CURRENT)
    rows += [
        Row(
            t("Total current assets"), standing.cells(current), "current_assets_total", 1, _SUBTOTAL
        ),
        Row(t("Fixed assets"), standing.beside.blank, "fixed_assets", 1, _SECTION),
        *_by_account(standing, Part.FIXED_ASSETS),
    ]
    if any(standing.sum(Part.DEPRECIATION)):
        rows.append(_line(standing, t("Accumulated depreciation"), Part.DEPRECIATION))
    return [
        *rows,
        Row(t("Net fixed assets"), standing.cells(fixed), "fixed_assets_net", 1, _SUBTOTAL),
        Row(t("TOTAL ASSETS"), standing.cells(current.plus(fixed)), "total_assets", 0, _TOTAL),
    ]


def _claims(standing: Standing) -> list[Row]:
    t = standing.context.words
    owed, own = standing.sum(Part.LIABILITIES), standing.sum(Part.EQUITY, Part.RESULT)
    whole = owed.plus(own)
    return [
        Row(
            t("LIABILITIES AND EQUITY"),
            standing.beside.blank,
            "liabilities_and_equity",
            0,
            _SECTION,
        ),
        Row(t("Liabilities"), standing.beside.blank, "liabilities_section", 1, _SECTION),
        *_by_account(standing, Part.LIABILITIES),
        Row(t("Total liabilities"), standing.cells(owed), "liabilities", 1, _SUBTOTAL),
        Row(t("Equity"), standing.beside.blank, "equity_section", 1, _SECTION),
        *_equity(standing),
        Row(t("Total equity"), standing.cells(own), "equity", 1, _SUBTOTAL),
        Row(
            t("TOTAL LIABILITIES AND EQUITY"),
            standing.cells(whole),
            "total_liabilities_and_equity",
            0,
            _TOTAL,
        ),
    ]


def _line(standing: Standing, label: str, part: Part) -> Row:
    return Row(label, standing.cells(standing.sum(part), NOTE_OF_PART[part]), part.value, 2)


def _by_account(standing: Standing, part: Part) -> list[Row]:
    return [
        Row(
            caption_of(standing.context, code),
            standing.cells(pair, NOTE_OF_PART[part]),
            account_ref(code),
            2,
        )
        for code, pair in standing.of(part).items()
    ]


def _equity(standing: Standing) -> list[Row]:
    """Equity by account, with the result that is not closed yet, so that the statement balances."""
    context = standing.context
    rows = [
        Row(
            context.account_name(code),
            standing.cells(pair, note_of_equity(code, standing.funds)),
            account_ref(code),
            2,
        )
        for code, pair in standing.of(Part.EQUITY).items()
    ]
    open_result = standing.sum(Part.RESULT)
    if any(open_result):
        label = result_label(context, carried=open_result.previous != 0)
        rows.append(
            Row(label, standing.cells(open_result, NOTE_OF_PART[Part.RESULT]), Part.RESULT.value, 2)
        )
    return rows


def _warnings(standing: Standing) -> list[str]:
    """Cash accounts below zero: a receipt is probably still to be recorded."""
    t, formats = standing.context.words, standing.context.formats
    return [
        t(
            "Attention: {account} is below zero ({amount}); check for receipts that are not "
            "recorded yet.",
            account=f"{code} {standing.context.account_name(code)}",
            amount=formats.rupiah(pair.amount),
        )
        for part in (Part.CASH, Part.RESTRICTED_CASH)
        for code, pair in standing.of(part).items()
        if pair.amount < 0
    ]


def _figures(standing: Standing) -> dict[str, int]:
    sums = {
        "cash": standing.sum(Part.CASH, Part.RESTRICTED_CASH),
        "restricted_cash": standing.sum(Part.RESTRICTED_CASH),
        "receivables": standing.sum(Part.RECEIVABLES),
        "inventories": standing.sum(Part.INVENTORIES),
        "fixed_assets_net": standing.sum(*FIXED),
        "total_assets": standing.sum(*CURRENT, *FIXED),
        "liabilities": standing.sum(Part.LIABILITIES),
        "equity": standing.sum(Part.EQUITY, Part.RESULT),
    }
    return {name: pair.amount for name, pair in sums.items()}
