"""Laporan arus kas, direct method: where cash came from and what it went to.

Amounts are the effect on cash: what came in positive, what went out negative. Documents of most
kinds have one purpose; a receipt or payment goes by its lines' accounts. So every rupiah has its
line, and the lines add up to the change in the cash accounts exactly. Cash set apart for others
(1104) is part of cash: its receipts and payments stand under activities of their own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, fields

from kwt_books.domain.accounts import (
    GRANT_INCOME,
    PROGRAMME_MONEY,
    SURPLUS,
    TEMPORARY,
    Account,
    AccountType,
)
from kwt_books.domain.kinds import KINDS
from kwt_books.i18n.catalogue import noop
from kwt_books.queries.balances import (
    Turnover,
    moved_by_kind,
    receipts_and_payments,
    results,
    turnovers,
)
from kwt_books.queries.funds import closed_to, releases
from kwt_books.queries.payables import paid_for_assets
from kwt_books.queries.programmes import programme_entries, standing_of
from kwt_books.reports.compared import NIL, Beside, Compared, summed
from kwt_books.reports.context import Context, Period, month_asked
from kwt_books.reports.model import Column, ColumnType, Report, Row, RowKind, account_ref
from kwt_books.reports.position import HELD_FOR_OTHERS, RESTRICTED_CASH, Part, result_label
from kwt_books.reports.profit_loss import beside


@dataclass(frozen=True, slots=True)
class Activity:
    """A section of the statement: its code, heading, sum and lines (code, label)."""

    code: str
    heading: str
    sum: str
    lines: tuple[tuple[str, str], ...]


ACTIVITIES = (
    Activity(
        "operating",
        noop("Operating activities"),
        noop("Net cash from operating activities"),
        (
            ("from_customers", noop("Received from customers and shops")),
            ("to_suppliers", noop("Paid to suppliers")),
            ("wages", noop("Wages and production costs")),
            ("expenses", noop("Operating expenses paid")),
            ("taxes", noop("Taxes paid")),
            ("other_operating", noop("Other receipts and payments")),
        ),
    ),
    Activity(
        "investing",
        noop("Investing activities"),
        noop("Net cash from investing activities"),
        (
            ("assets_bought", noop("Fixed assets bought")),
            ("assets_sold", noop("Fixed assets sold")),
        ),
    ),
    Activity(
        "financing",
        noop("Financing activities"),
        noop("Net cash from financing activities"),
        (
            ("savings", noop("Members' savings, net of withdrawals")),
            ("grants", noop("Grants received")),
            ("loans", noop("Loans received and repaid")),
            ("members", noop("Shared out to members and other equity")),
        ),
    ),
    Activity(
        "restricted",
        noop("Cash held for others (KPP and arisan)"),
        noop("Net cash held for others"),
        (("held", noop("Dues received and handed over")),),
    ),
)

_BY_ACCOUNT: Mapping[str, str] = {
    "1111": "from_customers",
    "1112": "from_customers",
    "2101": "to_suppliers",
    "2102": "to_suppliers",
    "2106": "savings",
    "2107": "members",
    "2108": "taxes",
    "2110": "grants",
    "3101": "savings",
    "3102": "savings",
    "3104": "grants",
    "4201": "grants",
    "6102": "wages",
    **dict.fromkeys(HELD_FOR_OTHERS, "held"),
}
_BY_TYPE: Mapping[AccountType, str] = {
    AccountType.INCOME: "from_customers",
    AccountType.COST: "expenses",
    AccountType.EXPENSE: "expenses",
    AccountType.TAX: "taxes",
    AccountType.EQUITY: "members",
}


def line_of(account: Account) -> str:
    """The line that a receipt for the account, or a payment on it, belongs to."""
    named = _BY_ACCOUNT.get(account.code)
    if named is not None:
        return named
    if account.type is AccountType.LIABILITY and account.code.startswith("22"):
        return "loans"
    return _BY_TYPE.get(account.type, "other_operating")


def flows(context: Context, period: Period) -> dict[str, int]:
    """What each line of the statement brought over a period."""
    accounts, connection = context.setup.accounts, context.connection
    cash = frozenset(context.setup.cash_accounts)
    found: defaultdict[str, int] = defaultdict(int)
    for moved in moved_by_kind(connection, cash, period.start, period.end):
        if moved.kind not in ("receipt", "payment"):
            kind = KINDS.get(moved.kind)
            found[kind.cash_flow if kind is not None else "other_operating"] += moved.amount
    for moved in receipts_and_payments(connection, period.start, period.end):
        if moved.account not in cash:
            found[line_of(accounts[moved.account])] -= moved.amount
    for release in releases(connection, period.start, period.end):
        if release.source == "payment":  # its pair of postings moved no cash
            found[line_of(accounts[release.fund])] += release.amount
            found["members"] -= release.amount
    for_assets = paid_for_assets(connection, period.start, period.end)
    found["to_suppliers"] += for_assets  # bought on credit, paid now: it bought an asset
    found["assets_bought"] -= for_assets
    known = context.setup.programmes
    named = programme_entries(connection, known.values(), period.start, period.end)
    used = sum(
        standing_of(known[code], entries).used_as_income for code, entries in named.items()
    )  # its pair of postings, 2110 and 4201, moved no cash either
    found[line_of(accounts[PROGRAMME_MONEY])] += used
    found[line_of(accounts[GRANT_INCOME])] -= used
    return found


def cash_flow(context: Context) -> Report:
    """The columns are those of the profit and loss: this period, the one before, the year."""
    t, period, columns = context.words, context.period, beside(context, noted=False)
    spans = [period, period.before(), *filter(None, (context.year_so_far,))]
    each = [flows(context, span) for span in spans]
    lines = {code: Compared(*(found.get(code, 0) for found in each)) for code in set().union(*each)}
    opening, closing, restricted = _cash(context, spans)
    rows = [row for activity in ACTIVITIES for row in _activity(context, activity, lines, columns)]
    change, cells = summed(lines.values()), columns.cells
    total, subtotal = RowKind.TOTAL, RowKind.SUBTOTAL
    rows += [
        Row(t("NET CHANGE IN CASH"), cells(change), "net_change", kind=subtotal),
        Row(t("Cash at the beginning of the period"), cells(opening), "opening_cash"),
        Row(t("CASH AT THE END OF THE PERIOD"), cells(closing), "closing_cash", kind=total),
    ]
    if any(restricted):
        label = t("of which KPP and arisan cash (restricted)")
        rows.append(Row(label, cells(restricted), account_ref(RESTRICTED_CASH), 1))
    return Report(
        name="cash-flow",
        title=t("Statement of Cash Flows"),
        columns=columns.columns(context),
        rows=tuple(rows),
        parameters=month_asked(context),
        period=context.spanning,
        unit=context.unit,
        closing=(*_closing(context), *columns.said(context)),
        place_date=period.end,
        figures={
            "opening_cash": opening.amount,
            "net_change": change.amount,
            "closing_cash": closing.amount,
        },
    )


def _activity(
    context: Context, activity: Activity, lines: Mapping[str, Compared], columns: Beside
) -> list[Row]:
    t = context.words
    known = [(code, label) for code, label in activity.lines if any(lines.get(code, NIL))]
    whole = summed(lines.get(code, NIL) for code, _ in activity.lines)
    section, subtotal = RowKind.SECTION, RowKind.SUBTOTAL
    return [
        Row(t(activity.heading), columns.blank, f"{activity.code}_section", kind=section),
        *(Row(t(label), columns.cells(lines[code]), code, 1) for code, label in known),
        Row(t(activity.sum), columns.cells(whole), activity.code, 1, subtotal),
    ]


def _cash(context: Context, spans: list[Period]) -> tuple[Compared, Compared, Compared]:
    """Cash at the beginning and the end of each span, and what of the end is restricted."""
    cash = context.setup.cash_accounts
    each = [turnovers(context.connection, span.start, span.end) for span in spans]
    stands = [[found[code] for code in cash if code in found] for found in each]
    held = [found.get(RESTRICTED_CASH, Turnover()).closing for found in each]
    return (
        Compared(*(sum(one.opening for one in found) for found in stands)),
        Compared(*(sum(one.closing for one in found) for found in stands)),
        Compared(*held),
    )


def _closing(context: Context) -> tuple[str, ...]:
    t = context.words
    return (
        t("Cash includes KPP and arisan cash (1104), which is held for others."),
        t("The notes are an integral part of this statement."),
    )


# -- Laporan perubahan ekuitas: each account of equity and its changes ----------------------------
#
# All amounts are credit positive; the columns of every row add up to its closing balance. The
# profit that no close has brought to equity yet stands in a row of its own, so that the column of
# profit comes to that of the profit and loss.


_PAID_IN = ("savings", "grant", "receipt", "payment")
"""Kinds that bring members' or donors' money, or give it back."""


@dataclass(slots=True)
class Change:
    """What an account of equity had and what changed it; rupiah, credit positive."""

    opening: int = 0
    profit: int = 0
    allocation: int = 0
    release: int = 0
    paid_in: int = 0
    other: int = 0
    closing: int = 0

    @property
    def cells(self) -> tuple[int, ...]:
        """The amounts in the order of the columns."""
        return tuple(getattr(self, each.name) for each in fields(self))

    def settle(self) -> None:
        """The change that no other column explains."""
        explained = self.opening + self.profit + self.allocation + self.release + self.paid_in
        self.other = self.closing - explained


def equity_changes(context: Context) -> Report:
    """The statement of changes in equity."""
    changes = _changes(context)
    labels = {code: context.account_name(code) for code in changes}
    result = changes.get(Part.RESULT.value)
    if result is not None:
        labels[Part.RESULT.value] = result_label(context, carried=result.opening != 0)
    rows = [
        Row(labels[code], each.cells, code if code == Part.RESULT else account_ref(code), 1)
        for code, each in changes.items()
    ]
    sums = tuple(map(sum, zip(Change().cells, *(row.cells for row in rows), strict=True)))
    t = context.words
    return Report(
        name="equity-changes",
        title=t("Statement of Changes in Equity"),
        columns=_columns(context),
        rows=(*rows, Row(t("TOTAL EQUITY"), sums, "equity", kind=RowKind.TOTAL)),
        parameters=month_asked(context),
        period=context.spanning,
        unit=context.unit,
        closing=(t("The notes are an integral part of this statement."),),
        place_date=context.period.end,
        figures={"opening_equity": sums[0], "profit": sums[1], "equity": sums[-1]},
    )


def _columns(context: Context) -> tuple[Column, ...]:
    t, money = context.words, ColumnType.MONEY
    return (
        Column("opening", t("Opening balance"), money),
        Column("profit", t("Profit (loss)"), money),
        Column("allocation", t("Allocation"), money),
        Column("release", t("Funds released"), money),
        Column("paid_in", t("Paid in, net"), money),
        Column("other", t("Other"), money),
        Column("closing", t("Closing balance"), money),
    )


def _changes(context: Context) -> dict[str, Change]:
    period, connection = context.period, context.connection
    stands = turnovers(connection, period.start, period.end)
    equity = [
        code
        for code, account in sorted(context.setup.accounts.items())
        if account.type is AccountType.EQUITY
    ]
    changes: defaultdict[str, Change] = defaultdict(Change)
    for code in equity:
        if code in stands:
            changes[code] = Change(opening=-stands[code].opening, closing=-stands[code].closing)
    _take_closes(context, changes, frozenset(equity))
    _take_releases(context, changes)
    for moved in moved_by_kind(connection, equity, period.start, period.end):
        if moved.kind in _PAID_IN:
            changes[moved.account].paid_in -= moved.amount
    changes[Part.RESULT.value] = _result(context, stands, changes[SURPLUS].profit)
    for each in changes.values():
        each.settle()
    return {code: each for code, each in changes.items() if any(each.cells)}


def _take_closes(
    context: Context, changes: defaultdict[str, Change], equity: frozenset[str]
) -> None:
    """Profit that closes brought to 3301, and what they shared of it."""
    period = context.period
    closed = closed_to(context.connection, period.start, period.end)
    for code, amount in closed.items():
        if code in equity:
            changes[code].allocation += amount
    profit = -sum(amount for code, amount in closed.items() if _temporary(context, code))
    changes[SURPLUS].profit = profit
    changes[SURPLUS].allocation -= profit


def _take_releases(context: Context, changes: defaultdict[str, Change]) -> None:
    """From a fund of equity to 3301; a payment that releases a fund pays nothing out of it."""
    period = context.period
    for each in releases(context.connection, period.start, period.end):
        for code, amount in ((each.fund, -each.amount), (each.to, each.amount)):
            if context.setup.accounts[code].type is AccountType.EQUITY:
                changes[code].release += amount
                changes[code].paid_in -= amount if each.source == "payment" else 0


def _result(context: Context, stands: dict[str, Turnover], closed: int) -> Change:
    """The temporary accounts: what they earned, less what closes took from them."""
    period = context.period
    earned = results(context.connection, period.start, period.end)
    mine = [each for code, each in stands.items() if _temporary(context, code)]
    return Change(
        opening=-sum(each.opening for each in mine),
        profit=-sum(amount for code, amount in earned.items() if _temporary(context, code))
        - closed,
        closing=-sum(each.closing for each in mine),
    )


def _temporary(context: Context, code: str) -> bool:
    return context.setup.accounts[code].type in TEMPORARY
