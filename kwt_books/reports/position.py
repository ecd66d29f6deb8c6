"""Laporan posisi keuangan: what the group has, owes and owns on a day, and a month before.

`amount` stands at the end of the period, `previous` at the end of the month before. Liabilities
and equity are positive, accumulated depreciation is negative.
"""

from __future__ import annotations

from kwt_books.reports.asked import month_asked
from kwt_books.reports.chart_of_statements import (
    NOTE_OF_PART,
    Part,
    note_of_equity,
)
from kwt_books.reports.context import Context
from kwt_books.reports.model import Report, Row, RowKind
from kwt_books.reports.standing import CURRENT, FIXED, Standing, caption_of, result_label
from kwt_books.reports.statement import NO_CELLS, cells, columns

_SECTION, _SUBTOTAL, _TOTAL = RowKind.SECTION, RowKind.SUBTOTAL, RowKind.TOTAL


def position(context: Context) -> Report:
    t, day = context.words, context.period.end
    standing = Standing(context)
    return Report(
        name="position",
        title=t("Statement of Financial Position"),
        columns=columns(t, context.formats.day(day), context.formats.day(standing.before)),
        rows=(*_assets(standing), *_claims(standing)),
        parameters={**month_asked(context), "as_of": day.isoformat()},
        period=context.per,
        unit=context.unit,
        closing=(t("The notes are an integral part of this statement."), *_warnings(standing)),
        place_date=day,
        figures=_figures(standing),
    )


def _assets(standing: Standing) -> list[Row]:
    t = standing.context.words
    current, fixed = standing.sum(*CURRENT), standing.sum(*FIXED)
    rows = [
        Row(t("ASSETS"), NO_CELLS, "assets", 0, _SECTION),
        Row(t("Current assets"), NO_CELLS, "current_assets", 1, _SECTION),
        _line(standing, t("Group cash and bank"), Part.CASH),
    ]
    if any(standing.sum(Part.RESTRICTED_CASH)):
        rows.append(_line(standing, t("KPP cash held (restricted)"), Part.RESTRICTED_CASH))
    rows += _by_account(standing, Part.RECEIVABLES)
    if any(standing.sum(Part.INVENTORIES)):
        rows.append(_line(standing, t("Inventories"), Part.INVENTORIES))
    rows += _by_account(standing, Part.OTHER_CURRENT)
    rows += [
        Row(t("Total current assets"), cells(current), "current_assets_total", 1, _SUBTOTAL),
        Row(t("Fixed assets"), NO_CELLS, "fixed_assets", 1, _SECTION),
        *_by_account(standing, Part.FIXED_ASSETS),
    ]
    if any(standing.sum(Part.DEPRECIATION)):
        rows.append(_line(standing, t("Accumulated depreciation"), Part.DEPRECIATION))
    return [
        *rows,
        Row(t("Net fixed assets"), cells(fixed), "fixed_assets_net", 1, _SUBTOTAL),
        Row(t("TOTAL ASSETS"), cells(current.plus(fixed)), "total_assets", 0, _TOTAL),
    ]


def _claims(standing: Standing) -> list[Row]:
    t = standing.context.words
    owed, own = standing.sum(Part.LIABILITIES), standing.sum(Part.EQUITY, Part.RESULT)
    whole = owed.plus(own)
    return [
        Row(t("LIABILITIES AND EQUITY"), NO_CELLS, "liabilities_and_equity", 0, _SECTION),
        Row(t("Liabilities"), NO_CELLS, "liabilities_section", 1, _SECTION),
        *_by_account(standing, Part.LIABILITIES),
        Row(t("Total liabilities"), cells(owed), "liabilities", 1, _SUBTOTAL),
        Row(t("Equity"), NO_CELLS, "equity_section", 1, _SECTION),
        *_equity(standing),
        Row(t("Total equity"), cells(own), "equity", 1, _SUBTOTAL),
        Row(
            t("TOTAL LIABILITIES AND EQUITY"),
            cells(whole),
            "total_liabilities_and_equity",
            0,
            _TOTAL,
        ),
    ]


def _line(standing: Standing, label: str, part: Part) -> Row:
    return Row(label, cells(standing.sum(part), NOTE_OF_PART[part]), part.value, 2)


def _by_account(standing: Standing, part: Part) -> list[Row]:
    return [
        Row(caption_of(standing.context, code), cells(pair, NOTE_OF_PART[part]), code, 2)
        for code, pair in standing.of(part).items()
    ]


def _equity(standing: Standing) -> list[Row]:
    """By account; and the result that no close has brought there yet, so that it balances."""
    context = standing.context
    rows = [
        Row(
            context.account_name(code),
            cells(pair, note_of_equity(code, standing.funds)),
            code,
            2,
        )
        for code, pair in standing.of(Part.EQUITY).items()
    ]
    open_result = standing.sum(Part.RESULT)
    if any(open_result):
        label = result_label(context, carried=open_result.previous != 0)
        rows.append(Row(label, cells(open_result, NOTE_OF_PART[Part.RESULT]), Part.RESULT.value, 2))
    return rows


def _warnings(standing: Standing) -> list[str]:
    """Cash accounts below zero: a receipt is probably still to be recorded."""
    t, formats = standing.context.words, standing.context.formats
    return [
        t(
            "Attention: {account} stands below zero ({amount}); check for receipts that are "
            "not recorded yet.",
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
